"""Words that call a matrix symmetric, or a vector one-hot, and words that do not."""

from __future__ import annotations

import pytest

import derive

MATRIX = r"Let $A \in \mathbb{R}^{n \times n}$. "
SLOPE = r"$$\nabla_x (x^T A x) = 2 A x$$"
TARGETS = r"Let $L = -\sum_i t_i \log y_i$. "
SUM = r"$$\sum_i t_i = 1$$"


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    "said",
    [
        "$A$ is symmetric. ",
        "Let $A$ be a real symmetric matrix. ",
        "Let $B$ and $A$ be symmetric. ",
        "Consider a symmetric $n \\times n$ matrix $A$. ",
        "Here $A$ is the covariance matrix. ",
        "With $A$ symmetric: ",
        "Because $A$ is symmetric, ",
    ],
)
def test_a_matrix_is_called_symmetric(said: str) -> None:
    assert outcomes(MATRIX + said + SLOPE) == ["proved"]


def test_the_reason_stands_behind_the_step() -> None:
    assert outcomes(MATRIX + SLOPE + " because $A$ is symmetric.") == ["proved"]
    assert outcomes(MATRIX + SLOPE + " even if $A$ is not symmetric.") == ["conditional"]


@pytest.mark.parametrize(
    "said",
    [
        "Suppose $A$ is symmetric. Now drop this assumption. ",
        "Suppose $A$ is symmetric. In general, ",
        "If $A$ is symmetric, it is simple. In general, ",
        "Is $A$ symmetric? ",
        "We do not assume that $A$ is symmetric. ",
        "Some authors assume $A$ to be symmetric. ",
        "The symmetric part of $A$ is $S$. ",
        "The matrix $A A^T$ is symmetric. ",
        "Since $A + A^T$ is symmetric, ",
        "Were $A$ symmetric, it would be easy. ",
        "$A$ was symmetric in the last section. ",
        "$A$ is skew-symmetric. ",
        "Let $B$ be symmetric. ",
    ],
)
def test_a_matrix_is_not_called_symmetric(said: str) -> None:
    assert outcomes(MATRIX + said + SLOPE)[-1] != "proved"


@pytest.mark.parametrize(
    "said",
    [
        "Let $t$ be one-hot. Now drop this assumption. ",
        "Is $t$ one-hot? ",
        "$t$ is almost one-hot. ",
        "$t$ is close to one-hot. ",
        "Some people use one-hot targets $t$. We do not. ",
    ],
)
def test_a_vector_is_not_called_one_hot(said: str) -> None:
    assert outcomes(TARGETS + "Let $t$ be one-hot. " + SUM) == ["proved"]
    assert outcomes(TARGETS + said + SUM)[-1] != "proved"


ROWS = (
    r"Let $X \in \mathbb{R}^{N \times D}$, $y \in \mathbb{R}^N$, $w \in \mathbb{R}^D$ and "
    r"$L = \|X w - y\|^2$. $$L = \sum_{n=1}^N (x_n^T w - y_n)^2$$ "
)


@pytest.mark.parametrize(
    "said", ["where $x_n$ is row $n$ of $X$.", "where $x_n$ are the rows of $X$."]
)
def test_rows_are_told_behind_the_step(said: str) -> None:
    assert outcomes(ROWS + said) == ["proved"]
    assert outcomes(ROWS + said.replace("row", "column")) != ["proved"]


def test_otherwise_the_sign_is_the_other_one() -> None:
    text = "For $x > 0$ we have $|x| = x$. Otherwise $$|x| = -x$$"
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("= -x", "= x")) == ["proved", "refuted"]
    three = "For $x > 0$, $|x| = x$. For $x < 0$, $|x| = -x$. Otherwise, $|x| = 0$."
    assert outcomes(three) == ["proved", "proved", "unproved"]


def test_a_condition_with_a_letter_of_the_text() -> None:
    text = (
        r"Let $y_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}$ and $L = -\sum_i t_i \log y_i$. "
        r"Let $t$ be one-hot with $t_k = 1$. Then for $i \neq k$ "
        r"$$\frac{\partial L}{\partial z_i} = y_i$$"
    )
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace(r"i \neq k", "i = k")) != ["proved"]


def test_a_condition_for_all_letters_refutes_nothing() -> None:
    text = (
        r"If $z_k > z_i$ for all $i \neq k$, then "
        r"$$\frac{\partial}{\partial z_k} \max_i z_i = 1$$"
    )
    assert outcomes(text) == ["unproved"]
    assert outcomes(r"$$\frac{\partial}{\partial z_k} \max_i z_i = 1$$") == ["refuted"]


SOFTMAX = (
    r"Let $y_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}$ and $L = -\sum_i t_i \log y_i$. SAID "
    r"$$\frac{\partial L}{\partial z_i} = y_i - t_i$$"
)


@pytest.mark.parametrize(
    "said",
    [
        "Is $t_i$ 1 for the correct class and 0 otherwise?",
        "Some authors let $t_i$ be 1 for the correct class and 0 otherwise.",
        "Let $t$ be a vector, whereas $y$ is a probability distribution.",
        "Let $t$ be a vector from which a probability distribution is made later.",
        "Let $t$ be proportional to a probability vector.",
        "$t$ is the sum of two probability vectors.",
        "$t$ are the targets for the predicted probability distribution.",
        "Suppose $t$ is a probability distribution. In general,",
        r"Assuming $\sum_i t_i = 1$ is too restrictive.",
        r"Others assume that $\sum_i t_i = 1$.",
        r"Let $\sum_i t_i = 1$ be violated.",
        r"The condition $\sum_i t_i = 1$ is not needed.",
    ],
)
def test_targets_are_not_said_to_be_a_distribution(said: str) -> None:
    assert outcomes(SOFTMAX.replace("SAID", said))[-1] != "proved"


@pytest.mark.parametrize(
    "said",
    [
        "Here $t_i$ is 1 for the correct class and 0 otherwise.",
        "Assume $t$ is a probability distribution.",
        r"We use that $\sum_i t_i = 1$.",
        r"Note that $\sum_i t_i = 1$.",
    ],
)
def test_targets_are_said_to_be_a_distribution(said: str) -> None:
    assert outcomes(SOFTMAX.replace("SAID", said)) == ["proved"]


def test_what_is_said_of_any_argument_is_not_said_of_the_optimum() -> None:
    text = (
        r"Let $f(m, v) = \sum_{n=1}^N (x_n - m)^2 / v$. "
        r"$$m = \frac{1}{N} \sum_{n=1}^N x_n$$ minimizes f. SAID $$\sum_{n=1}^N (x_n - m) = 0$$"
    )
    assert outcomes(text.replace("SAID", "Hence")) == ["proved"]
    assert outcomes(text.replace("SAID", "For any $m$:"))[-1] != "proved"
