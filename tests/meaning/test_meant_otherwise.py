"""Notation that a reader may take for something else, and what is then said of it."""

from __future__ import annotations

import pytest

import derive


def verdicts(text: str) -> list[str]:
    return [c.verdict.outcome for c in derive.check(text, format="markdown").claims if c.verdict]


def notes(text: str) -> str:
    return "".join(j.statement.note for j in derive.check(text, format="markdown").judgements)


@pytest.mark.parametrize(
    "text",
    [
        r"The first stage is $F(x)^1 = 3x$ and the second is $F(x)^2 = x + F(x)^1$.",
        r"Let $F(x) = 2x$. At stage 1, $F(x)^1 = 3x$.",
        r"The loss is $L = \sum_k a_k^2$. For the last but one layer $l + 1 = L$.",
    ],
)
def test_stages_and_layers_refute_nothing(text: str) -> None:
    assert set(verdicts(text)) == {"unproved"}


def test_powers_and_sums_are_still_refuted() -> None:
    assert verdicts(r"Let $F(x) = 2x$. Then $F(x)^2 = 3x$.") == ["refuted"]
    assert verdicts(r"Let $m = \sum_k a_k^2$. Then $n + 1 = m$ and $m = 2 m$.")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Let $a = 3b$ and $b > 0$. Suppose $a = 2b$. Then $3b = 2b$, a contradiction.",
        r"Let $p_i = e^{z_i}$. Suppose that $p_1 = 0$. Then $e^{z_1} = 0$. A contradiction.",
    ],
)
def test_what_leads_to_a_contradiction_is_not_refuted(text: str) -> None:
    assert set(verdicts(text)) == {"unproved"}
    assert "refuted" in verdicts(text.partition("Suppose")[0] + "Then $b = b + 1$.")


def test_a_contradiction_elsewhere_excuses_nothing() -> None:
    text = r"Let $a = 3b$. Then $a = 2b$. Suppose $b = c$. Then $a = 3c$, a contradiction."
    assert verdicts(text)[0] != "unproved"


CHAIN = (
    r"Let $Y = X W$ and $L = \sum_{ab} Y_{ab}^2$. Then $$\frac{\partial L}{\partial X_{ij}} = "
    r"\frac{\partial L}{\partial Y} \frac{\partial Y}{\partial X_{ij}} = \sum_b 2 Y_{ib} W_{jb}$$"
)


def test_the_chain_rule_sums_over_all_components_between() -> None:
    assert verdicts(CHAIN) == ["proved", "proved"]
    assert "all components between" in notes(CHAIN)
    assert verdicts(CHAIN.replace("2 Y_{ib}", "Y_{ib}")) == ["proved", "refuted"]
    assert verdicts(CHAIN.replace("W_{jb}", "W_{bj}"))[-1] != "proved"


SQUARES = "$$(A+B)(A-B) = A^2 - B^2$$"


@pytest.mark.parametrize(
    "before",
    [
        "Matrices: ",
        "Let $C$ be a square matrix with inverse $C^{-1}$. ",
        "We have $(AB)^T = B^T A^T$. ",
        "The entries are $W_{ij}$ with $W = V^T$. ",
    ],
)
def test_what_may_be_a_matrix_does_not_commute(before: str) -> None:
    assert verdicts(before + SQUARES)[-1] == "unproved"
    assert verdicts("Matrices: $$(A B)^2 = A^2 B^2$$") == ["unproved"]
    assert verdicts("Matrices: $$(A B)^{-1} = A^{-1} B^{-1}$$") == ["unproved"]


def test_capital_numbers_are_told() -> None:
    assert verdicts(SQUARES) == ["proved"]
    assert "read as numbers" in notes(SQUARES)
    assert notes("$$(a+b)(a-b) = a^2 - b^2$$") == ""


def test_two_vectors_side_by_side_are_told() -> None:
    text = r"Let $x$ and $y$ be vectors. $$x y = \sum_i x_i y_i$$"
    assert "scalar product" in notes(text)
    assert notes(text.replace("x y", r"x \cdot y")) == ""


def test_exchanged_arguments_are_told() -> None:
    text = "Let $f_w(x) = w x$. Let $f_x(w) = w^2$."
    assert "another function" in notes(text)
    assert notes(text.replace("f_x(w)", "f_u(v)").replace("w^2", "v^2")) == ""


@pytest.mark.parametrize(("right", "outcome"), [("1", "unproved"), ("3", "refuted")])
def test_a_sum_over_j_that_is_not_k_may_be_one_for_each_k(right: str, outcome: str) -> None:
    """Of all pairs it is 2 at N = 2; for one k it is 1, but for N = 1, where it is empty."""
    shares = r"Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. Then"
    step = rf"$$\sum_{{j \neq k}} \frac{{p_j}}{{1 - p_k}} = {right}$$"
    assert verdicts(f"{shares}\n\n{step}\n") == [outcome]
