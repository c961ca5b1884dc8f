"""Brackets behind powers, slopes and sums of functions hold what these are applied to."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


def test_a_power_of_a_function_is_one_of_its_value() -> None:
    text = r"Let $f(x) = x^3$. Then $f^2(x) = x^6$ and $f^2(2) = 64$. Thus $f^2(x) = x^7$."
    assert outcomes(text) == ["proved", "proved", "unproved"]


@pytest.mark.parametrize(
    "claim",
    [
        r"f^{-1}(y) = y^{1/3}",
        r"f^{-1}(f(x)) = x",
        r"f^n(x) = x^{3n}",
        r"(f + g)(x) = x^3 + \sin x",
        r"(f \circ g)(x) = \sin^3 x",
        r"\frac{df}{dx}(2) = 12",
    ],
)
def test_what_is_not_read_is_not_refuted(claim: str) -> None:
    text = rf"Let $f(x) = x^3$ and $g(x) = \sin x$. Then ${claim}$."
    assert outcomes(text) == ["unproved"]


SLOPES = r"""Let $f_w(x) = w x^2$ and $y = w x^2$. Then

$$ \frac{\partial f_w}{\partial w}(x) = x^2 $$

$$ \frac{d f_w}{d x}(x) = 2 w x $$

$$ \frac{d y}{d x}(x) = 2 w x $$

$$ \frac{d y}{d x} (w + 1) = 2 w^2 x + 2 w x $$
"""


def test_slopes_with_their_arguments() -> None:
    assert outcomes(SLOPES) == ["proved"] * 4
    assert outcomes(SLOPES.replace("(x) = x^2 $", "(x) = x^3 $"))[0] == "refuted"


def test_a_variance_beside_a_function_of_the_same_letter() -> None:
    text = r"""Let $\sigma(x) = \frac{1}{1 + e^{-x}}$ and $L = -\sigma^2 (m - 1)$. Then

$$ \frac{\partial L}{\partial m} = -\sigma^2 $$
"""
    assert outcomes(text) != ["refuted"]


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\frac{\partial}{\partial w} - \log \sigma(w x) = -(1 - \sigma(w x)) x", "proved"),
        (r"\frac{\partial}{\partial w} - \log \sigma(w x) = (1 - \sigma(w x)) x", "refuted"),
        (r"-3 \frac{\partial}{\partial w} -w^2 = 6 w", "proved"),
        (r"\frac{\partial}{\partial w} - w^2 - w = -2 w - 1", "unproved"),
        (r"\left(\frac{d}{dw} - w\right) w = 0", "unproved"),
        (r"\frac{d}{dw} - x = 0", "unproved"),
    ],
)
def test_the_minus_behind_a_derivative_sign(claim: str, outcome: str) -> None:
    text = rf"Let $\sigma(z) = \frac{{1}}{{1 + e^{{-z}}}}$. Then ${claim}$."
    assert outcomes(text) == [outcome]
