"""Words that say of data what no formula says: orthogonal matrices, unit vectors, even numbers."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims if step.verdict is not None]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (
            r"Let $u$ and $v$ be unit vectors. Then $\|u - v\|^2 = 2 - 2 u^T v$. "
            r"It follows that $\|u - v\|^2 = 2 + 2 u^T v$.",
            ["proved", "refuted"],
        ),
        (
            r"The unit vector $w$ gives $a = (w^T x) w$. Then $\|x - a\|^2 = \|x\|^2 - (w^T x)^2$ "
            r"and $\|x - a\|^2 = \|x\|^2 - 2 (w^T x)^2$.",
            ["proved", "refuted"],
        ),
        (
            r"Let $x_i$ have mean zero. Then "
            r"$\sum_{i=1}^n (x_i - a)^2 = \sum_{i=1}^n x_i^2 + n a^2$ "
            r"and $\sum_{i=1}^n (x_i - a)^2 = \sum_{i=1}^n x_i^2 + a^2$.",
            ["proved", "refuted"],
        ),
        (
            r"Suppose $\|w\| = 3$. Then $w^T w = 9$ and $w^T w = 3$.",
            ["proved", "refuted"],
        ),
        (
            r"Let $w$ satisfy $\|w\| = 1$ and let $a = (w^T x) w$. "
            r"Then $\|x - a\|^2 = \|x\|^2 - (w^T x)^2$ and $\|x - a\|^2 = \|x\|^2 + (w^T x)^2$.",
            ["proved", "refuted"],
        ),
    ],
)
def test_what_equations_can_say_is_supposed(text: str, verdicts: list[str]) -> None:
    """Of unit vectors u^T u = 1; of what has the mean zero, sum_i x_i = 0."""
    assert outcomes(text) == verdicts


@pytest.mark.parametrize(
    "text",
    [
        r"Let $Q$ be an orthogonal matrix. Then $\|Q x\|^2 = \|x\|^2$.",
        r"For orthogonal matrices $Q$ we have $\|Q x\|^2 = \|x\|^2$.",
        r"Suppose $x$ and $y$ are orthogonal. Then $\|x + y\|^2 = \|x\|^2 + \|y\|^2$.",
        r"Let $P$ be a projection matrix. Then $\|P x\|^2 = x^T P x$.",
        r"For normalized embeddings $u$ and $v$, $\|u - v\|^2 = 2 - 2 u^T v$.",
        r"Let $y$ be binary. Then $y^2 = y$.",
        r"Let $n$ be an integer. Then $(-1)^{2n} = 1$.",
        r"Let $n$ be even. Then $(-1)^n = 1$.",
        r"Let $f(x)$ be odd. Then $f'(-x) = f'(x)$.",
    ],
)
def test_what_may_hold_for_such_data_is_not_refuted(text: str) -> None:
    """Each step is right of the data that the words speak of, and wrong of others."""
    assert outcomes(text) == ["unproved"]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $n$ be a positive integer and $f(x) = x^n$. Then $f'(x) = n x^n$.",
        r"Let $y$ be binary. Then $y^2 = 2y$.",
        r"For normalized embeddings $u$ and $v$, $\|u - v\|^2 = 2 - u^T v$.",
        r"Consider the linear model $f(x) = w x + b$. Then $f(2x) = 2 f(x)$.",
        r"The number $x$ is even larger than $y$. Let $f(x) = x^2$. Then $f'(x) = x$.",
        r"With binary labels $y_i$ and $p_i = 1/(1 + e^{-z_i})$ let "
        r"$L = -\sum_i (y_i \log p_i + (1 - y_i) \log(1 - p_i))$. "
        r"Then $\frac{\partial L}{\partial z_i} = y_i - p_i$.",
    ],
)
def test_what_is_false_of_such_data_is_refuted(text: str) -> None:
    """The counterexample is of the kind that the words speak of, or one of each meaning is."""
    assert outcomes(text) == ["refuted"]


def of_units(before: str, between: str = "", behind: str = "") -> str:
    """A page with a step that is right of unit vectors and wrong of others."""
    return f"{before}\n\n{between}$$\\|u - v\\|^2 = 2 - 2 u^T v$$\n{behind}"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (of_units("For unit vectors $u$ and $v$,"), "proved"),
        (of_units("Let $u$ and $v$ be unit vectors.", "Some words.\n\nThen\n"), "proved"),
        (of_units("For unit vectors $u$ and $v$ it is easy.", "\n\n\n\nIn general,\n"), "unproved"),
        (of_units("# A\nLet $u$ and $v$ be unit vectors.", "# B\nNow\n"), "unproved"),
        (of_units("Then", behind="where $u$ and $v$ are unit vectors."), "unproved"),
        (of_units("Here $u$ and $v$ are not unit vectors. Still"), "refuted"),
    ],
)
def test_a_word_holds_where_it_is_said(text: str, verdict: str) -> None:
    """A condition holds for its step; what is supposed, to the end of the section."""
    assert outcomes(text) == [verdict]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (
            r"For distributions $p$ and $q$ with $q_i = 1/N$, $-\sum_i p_i \log q_i = \log N$.",
            ["proved"],
        ),
        (
            r"For distributions $p$ and $q$ with $q_i = 1/N$, $-\sum_i p_i \log q_i = 2 \log N$.",
            ["refuted"],
        ),
        (
            r"Let $p_{ij}$ be a joint distribution. Then $\sum_{i,j} p_{ij} x = x$ and "
            r"$\sum_{i,j} p_{ij} x = 2 x$.",
            ["proved", "refuted"],
        ),
        (
            r"For a probability distribution $p_{ij}$ over pairs $\sum_j p_{ij} x = x$.",
            ["unproved"],
        ),
        (
            r"Let $p_k$ be distributions. Then $\sum_k p_k a = a$.",
            ["unproved"],
        ),
    ],
)
def test_distributions_sum_to_one(text: str, verdicts: list[str]) -> None:
    """A joint one over both indices, and a family of them over neither."""
    assert outcomes(text) == verdicts
