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
