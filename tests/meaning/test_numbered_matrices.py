"""Matrices that are numbered or named by what stands below them: their products do not commute."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


@pytest.mark.parametrize(
    "said",
    [
        r"$A_1, A_2 \in \mathbb{R}^{n \times n}$",
        r"$A_1 \in \mathbb{R}^{n \times n}$ and $A_2 \in \mathbb{R}^{n \times n}$",
        r"$A^{(1)}, A^{(2)} \in \mathbb{R}^{n \times n}$",
        r"$A^{[1]}, A^{[2]} \in \mathbb{R}^{n \times n}$",
        r"$\mathbf{A}_1, \mathbf{A}_2$ be given",
    ],
)
def test_numbered_matrices_do_not_commute(said: str) -> None:
    one, other = said.partition("$")[2].replace("$", ",").split(",")[:2]
    one = one.partition(r"\in")[0]
    other = other.partition(r"\in")[0].replace(" and ", "")
    if not other.strip():
        other = one.replace("1", "2")
    text = f"Let {said} and $C = {one} {other}$. Then $C = RESULT$."
    assert outcomes(text.replace("RESULT", f"{one} {other}")) == ["proved"]
    assert outcomes(text.replace("RESULT", f"{other} {one}")) == ["refuted"]


LAYERS = r"""Let $a^{(1)} = W_1 x$ and $a^{(2)} = W_2 a^{(1)}$, with
$W_1 \in \mathbb{R}^{h\times d}$ and $W_2 \in \mathbb{R}^{k\times h}$. Then

$$ \frac{\partial a^{(2)}}{\partial x} = W_2 W_1 $$
"""


def test_layers_with_sizes() -> None:
    assert outcomes(LAYERS) == ["proved"]
    assert outcomes(LAYERS.replace("= W_2 W_1 $", "= W_1 W_2 $")) == ["unproved"]


@pytest.mark.parametrize(
    "said",
    ["The weight matrices $W_1$ and $W_2$", "The $d \\times d$ matrices $W_1$ and $W_2$"],
)
def test_what_words_call_a_matrix_is_no_number(said: str) -> None:
    text = said + r" give $y = W_2 W_1 x$. Then $y = W_1 W_2 x$."
    assert outcomes(text) == ["unproved"]


def test_what_is_called_a_matrix_of_a_size() -> None:
    text = r"Let $W_Q$ and $W_K$ be $d \times d$ matrices and $S = W_Q W_K$. Then $S = W_K W_Q$."
    assert outcomes(text) == ["unproved"]


def test_a_numbered_matrix_that_is_symmetric() -> None:
    text = r"""Let $A_1 \in \mathbb{R}^{d \times d}$ be symmetric and $f(x) = x^T A_1 x$.
Then $\nabla f = 2 A_1 x$."""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("be symmetric", "be given")) == ["conditional"]


@pytest.mark.parametrize(
    "said",
    [
        r"$A, B \in \mathbb{C}^{n \times n}$",
        r"$A, B \in \mathbf{R}^{n, n}$",
        r"$A, B \in GL_n$",
        r"$A, B$ be linear operators",
        r"$A$ and $B$ be the Jacobians",
    ],
)
def test_what_is_no_number_does_not_commute(said: str) -> None:
    assert outcomes(f"Let {said} and $M = A B$. Then $M = B A$.") == ["unproved"]


def test_primed_matrices() -> None:
    text = r"Let $A', B' \in \mathbb{R}^{n \times n}$ and $M = A' B'$. Then $M = B' A'$."
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace(r"^{n \times n}", "")) == ["proved"]


def test_a_matrix_written_out_with_an_index() -> None:
    text = r"""Let $R_\theta = \begin{pmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta
\end{pmatrix}$ and $M = R_\theta A$. Then $M = A R_\theta$."""
    assert outcomes(text) == ["unproved"]
