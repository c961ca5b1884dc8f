"""Inverses and determinants of matrices that are data: known by their names."""

from __future__ import annotations

import pytest

import derive

NORMAL = r"""The log-likelihood of $x_1, \dots, x_N$ under $\mathcal{N}(\mu, \Sigma)$ is

$$\ell(\mu) = -\frac{N}{2} \log |\Sigma|
- \frac12 \sum_{n=1}^N (x_n - \mu)^\top \Sigma^{-1} (x_n - \mu)$$

"""
DISTANCE = r"""Let $A$ be a symmetric matrix, $x \in \mathbb{R}^d$, and
$D(x) = (x - m)^\top A^{-1} (x - m)$. """
OPEN = r"Let $B$ be a $d \times d$ matrix, $x \in \mathbb{R}^d$ and $q(x) = x^\top B^{-1} x$. "
RIGHT = [
    NORMAL + r"$$\nabla_\mu \ell = \Sigma^{-1} \sum_{n=1}^N (x_n - \mu)$$",
    NORMAL + r"$$\nabla_\mu \ell = \sum_{n=1}^N \Sigma^{-1} (x_n - \mu)$$",
    DISTANCE + r"$$\nabla_x D = 2 A^{-1} (x - m)$$",
    DISTANCE + r"Let $z = A^{-1} b$. Then $A z = b$ and $b^\top z = b^\top A^{-1} b$.",
    OPEN + r"$$\nabla_x q = B^{-1} x + (B^{-1})^\top x$$",
    OPEN + r"$$B^{-1} B x = x$$",
]
WRONG = [
    NORMAL + r"$$\nabla_\mu \ell = -\Sigma^{-1} \sum_{n=1}^N (x_n - \mu)$$",
    NORMAL + r"$$\nabla_\mu \ell = \Sigma \sum_{n=1}^N (x_n - \mu)$$",
    NORMAL + r"$$\nabla_\mu \ell = 2 \sum_{n=1}^N \Sigma^{-1} (x_n - \mu)$$",
    DISTANCE + r"$$\nabla_x D = A^{-1} (x - m)$$",
    DISTANCE + r"Let $z = A^{-1} b$. Then $A z = 2 b$.",
    OPEN + r"$$\nabla_x q = 2 B^{-1} x$$",
    OPEN + r"$$B^{-1} B x = 2 x$$",
    OPEN + r"$$B^{-1} x = B x$$",
]


HAT = r"""Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$ and
$H = X (X^T X)^{-1} X^T$. Then

"""
RIDGE = r"""Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$ and
$w = (X^T X + \lambda I)^{-1} X^T y$. Then

"""
MATRIX = "Let $A \\in \\mathbb{R}^{d \\times d}$ be invertible. It is known that\n\n"
RIGHT += [
    HAT + r"$$H^T = H$$",
    HAT + r"$$H X = X$$",
    HAT + r"$$(I - H) X = 0$$",
    HAT + r"$$\mathrm{tr}(X^T X (X^T X)^{-1}) = d$$",
    HAT + r"Let $v = (X^T X)^{-1} X^T y$. Then $X^T X v = X^T y$ and $X v = H y$.",
    RIDGE + r"$$(X^T X + \lambda I) w = X^T y$$",
    RIDGE + r"$$X^T X w + \lambda w = X^T y$$",
    RIDGE + r"$$\frac{\partial w}{\partial y} = (X^T X + \lambda I)^{-1} X^T$$",
    MATRIX + r"$$A A^{-1} = A^{-1} A = I$$",
]
WRONG += [
    HAT + r"$$H^T = -H$$",
    HAT + r"$$H X = 2 X$$",
    HAT + r"$$\mathrm{tr}(X^T X (X^T X)^{-1}) = 2 d$$",
    HAT + r"Let $v = (X^T X)^{-1} X^T y$. Then $X^T X v = 2 X^T y$.",
    RIDGE + r"$$X^T X w = X^T y$$",
    RIDGE + r"$$X^T X w - \lambda w = X^T y$$",
    MATRIX + r"$$(2 A)^{-1} = 2 A^{-1}$$",
]
# What the inverse is made of moves: nothing is known of the inverse there.
MOVED = [
    RIDGE + r"$$\frac{d w}{d \lambda} = 0$$",
    RIDGE + r"$$\left. w \right|_{\lambda = 0} = w$$",
    RIDGE.replace("w = (", r"w(\lambda) = (") + r"$$w(1) = w(2)$$",
    RIDGE.replace("w = (", r"w(X) = (") + r"$$w(2 X) = w(X)$$",
    HAT + r"$$\frac{\partial}{\partial X_{kl}} \sum_i H_{ii} = 1$$",
    MATRIX + r"$$\frac{\partial}{\partial A_{ij}} x^T (A^{-1} + C)^{-1} x = 0$$",
    MATRIX + r"Let $f(A) = A^{-1}$. Then $$f(2 A) = A^{-1}$$",
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("text", RIGHT)
def test_inverses_by_name(text: str) -> None:
    assert set(outcomes(text)) == {"proved"}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_slopes_and_products_of_inverses(text: str) -> None:
    assert outcomes(text)[-1] in ("refuted", "conditional")


@pytest.mark.parametrize("matrix", [r"\Sigma", r"\mu"])
def test_nothing_is_said_of_derivatives_by_what_is_inverted(matrix: str) -> None:
    text = NORMAL + rf"$$\nabla_{matrix} \ell = 0$$"
    assert outcomes(text) == ["unproved" if matrix == r"\Sigma" else "refuted"]


def test_a_matrix_that_is_defined_has_no_inverse_of_its_own() -> None:
    text = r"Let $B = X^\top X$ and $q(x) = x^\top B^{-1} x$. Then "
    assert outcomes(text + r"$\frac{\partial q}{\partial X} = 0$.") == ["unproved"]


RIDGE = r"""$$J(w) = \|Xw - y\|^2 + \lambda \|w\|^2$$

The gradient is $\nabla_w J = 2 X^\top (Xw - y) + 2 \lambda w$. Setting it to zero gives

$$w = (X^\top X + \lambda I)^{-1} X^\top y.$$
"""


@pytest.mark.parametrize("mark", ["w", r"\hat w", "w^*"])
def test_normal_equations_solved_by_an_inverse(mark: str) -> None:
    text = RIDGE.replace("$$w =", f"$${mark} =")
    assert outcomes(text) == ["proved", "proved"]
    for right, wrong in [
        (r"+ \lambda I", r"- \lambda I"),
        (r"^{-1} X^\top y", r"^{-1} X y"),
        (r"^{-1} X^\top y", r"^{-1} y"),
        (r"^{-1} X^\top y", r"^{-1} 2 X^\top y"),
    ]:
        assert outcomes(text.replace(right, wrong))[-1] != "proved"


@pytest.mark.parametrize("text", MOVED)
def test_what_is_made_of_an_inverse_moves_with_its_matrix(text: str) -> None:
    assert outcomes(text)[-1] == "unproved"


def test_the_same_matrix_has_one_inverse() -> None:
    text = HAT + r"$$X (X^{\top} X)^{-1} X^{\top} = H$$"
    assert outcomes(text) == ["proved"]


def test_a_symmetric_matrix_has_a_symmetric_inverse() -> None:
    text = r"Let $S$ be a {} invertible $d \times d$ matrix. Then $x^T S^{-1} y = y^T S^{-1} x$."
    assert outcomes(text.replace("{}", "symmetric")) == ["proved"]
    assert outcomes(text.replace("{}", "square")) != ["proved"]


def test_an_inverse_of_functions_may_be_meant_of_each_entry() -> None:
    text = r"Let $Z \in \mathbb{R}^{d \times d}$. Then $(1 + e^{-Z})^{-1} = \frac{1}{1 + e^{-Z}}$."
    assert outcomes(text) == ["unproved"]
