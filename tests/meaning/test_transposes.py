"""Transposes that are not written with a T."""

from __future__ import annotations

import pytest

import derive

SQUARES = r"""Let $X$ be a matrix and $y$ a vector. The loss is $L = (y - X b)MARK (y - X b)$. Then

$$ L = yMARK y - 2 bMARK XMARK y + bMARK XMARK X b $$

$$ \frac{\partial L}{\partial b} = -2 XMARK y + 2 XMARK X b $$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


@pytest.mark.parametrize("mark", ["'", "^t", "^{Tr}", r"^{\mathrm{tr}}", "^T"])
def test_normal_equations(mark: str) -> None:
    page = SQUARES.replace("MARK", mark)
    assert outcomes(page) == ["proved", "proved"]
    assert outcomes(page.replace("- 2 b", "+ 2 b")) == ["refuted", "proved"]
    assert outcomes(page.replace("= -2 X", "= 2 X")) == ["proved", "refuted"]


def test_a_t_that_is_a_quantity_is_an_exponent() -> None:
    text = r"Let $t = 2$ and $f = (1 + r)^t$. Then $f = (1 + r)^2$ and $f = 1 + r$."
    assert outcomes(text) == ["proved", "refuted"]


def test_derivatives_keep_their_primes() -> None:
    text = r"Let $F(x) = x^2$ and $G(x) = x^3$. Then $(F G)'(x) = 5 x^4$ and $F'(x) = 3 x$."
    assert outcomes(text)[-1] == "refuted"
    text = r"Let $f(x) = x^2$. Then $f'(x) f(x) = 2 x^3$ and $f'(x) f(x) = x^3$."
    assert outcomes(text) == ["proved", "refuted"]


def test_the_transpose_of_an_inverse_makes_no_number_of_t() -> None:
    text = r"Beside $A^{-T}$ stands $(A B)^T = B^T A^T$ for $A, B \in \mathbb{R}^{n \times n}$."
    assert [j.verdict.outcome for j in derive.check(text).claims if j.verdict] == ["proved"]
    wrong = text.replace("= B^T A^T", "= A^T B^T")
    assert [j.verdict.outcome for j in derive.check(wrong).claims if j.verdict] == ["refuted"]


def test_a_matrix_that_is_positive_may_be_definite() -> None:
    text = r"Let $W > 0$ with $W \in \mathbb{R}^{n \times n}$. Then $\sqrt{W_{ij}^2} = W_{ij}$."
    assert outcomes(text) != ["proved"]
    text = r"Let $v > 0$ with $v \in \mathbb{R}^{n}$. Then $\sqrt{v_i^2} = v_i$."
    assert outcomes(text) == ["proved"]


@pytest.mark.parametrize("above", ["[1]T", r"[1]\top", "(1)T", "(1),T"])
def test_a_transpose_behind_the_number_of_a_layer(above: str) -> None:
    page = (
        r"$$u^{[1]} = \tanh(A^{[1]} x), \quad u^{[2]} = A^{[2]} u^{[1]}$$"
        r"$$E = \frac{1}{2} \|u^{[2]} - y\|^2$$"
        r"$$\frac{\partial E}{\partial A^{[2]}} = (u^{[2]} - y) u^{[1]T}$$"
    )
    if above.startswith("("):
        page = page.replace("[", "(").replace("]", ")")
    text = page.replace("[1]T" if "[1]T" in page else "(1)T", above)
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("- y) u", "+ y) u")) == ["refuted"]


def test_a_transpose_before_a_quotient() -> None:
    """``q^T k_i / t`` is a number, of vectors q and k_i."""
    page = (
        r"$$E = \log \sum_{i=1}^n \exp(q^\top k_i / t), \quad "
        r"p_i = \frac{\exp(q^\top k_i / t)}{\sum_j \exp(q^\top k_j / t)}$$"
        r"$$\frac{\partial E}{\partial q} = \frac{1}{t} \sum_{i=1}^n p_i k_i$$"
    )
    assert outcomes(page) == ["proved"]
    assert outcomes(page.replace(r"\sum_{i=1}^n p_i k_i", r"\sum_{i=1}^n p_i q_i")) != ["proved"]
    assert outcomes(page.replace(r"\frac{1}{t} \sum", r"\frac{2}{t} \sum")) == ["refuted"]


def test_the_matrix_from_one_layer_to_another_is_transposed_as_a_whole() -> None:
    """The letters of W_{hy} are no indices where h and y are quantities."""
    text = r"""Let $h_t = x_t + b_h$ and $y_t = W_{hy} h_t + b_y$.

$$ W_{hy}^T y_t = W_{hy}^T W_{hy} h_t + W_{hy}^T b_y $$
"""
    report = derive.check(text)
    assert not [j for j in report.judgements if j.statement.kind == "unread"]
    assert outcomes(text.replace("+ W_{hy}^T b_y", "- W_{hy}^T b_y")) != ["proved"]
