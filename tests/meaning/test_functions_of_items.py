"""Functions that are defined by what they are of one item: ``f_{w,b}(x^{(i)}) = w x^{(i)} + b``."""

from __future__ import annotations

import pytest

import derive

MODEL = r"""$$f_{w,b}(x^{(i)}) = w x^{(i)} + b$$
$$J(w,b) = \frac{1}{2m} \sum_{i=1}^{m} (f_{w,b}(x^{(i)}) - y^{(i)})^2$$
"""
BY_W = r"""$$\frac{\partial J(w,b)}{\partial w}
= \frac{1}{m} \sum_{i=1}^{m} (f_{w,b}(x^{(i)}) - y^{(i)}) x^{(i)}$$
"""
CLASSES = r"""- $f_{\mathbf{w},b}(\mathbf{x}^{(i)}) = g(\mathbf{w} \cdot \mathbf{x}^{(i)} + b)$
- $g(z) = \frac{1}{1+e^{-z}}$
- $L(f_{\mathbf{w},b}(\mathbf{x}^{(i)}), y^{(i)})
  = -y^{(i)} \log(f_{\mathbf{w},b}(\mathbf{x}^{(i)}))
- (1 - y^{(i)}) \log(1 - f_{\mathbf{w},b}(\mathbf{x}^{(i)}))$
- $J(\mathbf{w},b) = \frac{1}{m} \sum_{i=1}^{m} L(f_{\mathbf{w},b}(\mathbf{x}^{(i)}), y^{(i)})$
"""
BY_W_J = r"""$$\frac{\partial J(\mathbf{w},b)}{\partial w_j}
= \frac{1}{m} \sum_{i = 1}^{m} (f_{\mathbf{w},b}(\mathbf{x}^{(i)}) - y^{(i)})x_{j}^{(i)}$$
"""
LAW = r"""Let $p(y_i|x_i) = \theta(x_i)^{y_i}(1-\theta(x_i))^{1-y_i}$, where
$\theta(x_i) = \frac{1}{1+\exp(-x_i^T w)}$, and $L(w) = \sum_{i=1}^n \log p(y_i|x_i)$. Then
"""
SLOPE = r"$$\nabla_w L(w) = \sum_{i=1}^n (y_i - \theta(x_i))x_i$$"
FIRST = r"Let $f(x_i) = a x_i + b$ and $S = \sum_i f(x_i)^2$. Then "
SQUARE = r"Let $h(x) = w x + b$ and $J(w, b) = (h(x) - y)^2$. Then "
NESTED = r"Let $h(x) = w x + b$, $u = h(x) - y$ and $J(w, b) = u^2$. Then "

RIGHT = [
    MODEL + BY_W,
    MODEL + BY_W + "We update\n$$w = w - \\alpha \\frac{\\partial J(w,b)}{\\partial w}$$\n",
    CLASSES + BY_W_J,
    LAW + SLOPE,
    FIRST + r"$\frac{\partial S}{\partial x_j} = 2 a f(x_j)$.",
    FIRST + r"$f(x_1) - f(x_2) = a (x_1 - x_2)$.",
    SQUARE + "$J(0, 0) = y^2$ and $J(0, b) = (b - y)^2$.",
    NESTED + "$J(0, 0) = y^2$.",
    MODEL + r"$$J(0, b) = \frac{1}{2m} \sum_{i=1}^m (b - y^{(i)})^2$$",
]
WRONG = [
    MODEL + BY_W.replace(") x^", ") y^"),
    MODEL + BY_W.replace("{m}", "{2m}", 1),
    CLASSES + BY_W_J.replace("x_{j}", "x_{k}"),
    CLASSES + BY_W_J.replace(" - y", " + y"),
    LAW + SLOPE.replace("(y_i - ", "(1 - "),
    LAW + SLOPE.replace(r"\theta(x_i))x_i", r"\theta(x_1))x_i"),
    FIRST + r"$\frac{\partial S}{\partial x_j} = 2 a f(x_i)$.",
    FIRST + r"$f(x_1) - f(x_2) = a x_1$.",
    SQUARE + "$J(0, 0) = (h(x) - y)^2$.",
    SQUARE + "$J(0, b) = (w x + b - y)^2$.",
    NESTED + "$J(0, 0) = J(w, b)$.",
    MODEL + r"$$J(0, b) = J(w, b)$$",
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("text", RIGHT)
def test_the_item_shows_in_the_argument(text: str) -> None:
    assert set(outcomes(text)) == {"proved"}


@pytest.mark.parametrize("text", WRONG)
def test_another_item(text: str) -> None:
    assert outcomes(text)[-1] in ("refuted", "conditional")


def test_other_arguments_are_not_put_in_for_part_of_a_loss() -> None:
    text = r"Let $L(f(x), y) = (f(x) - y)^2$. Then $L(g(x), y) = (f(x) - y)^2$."
    assert outcomes(text) == ["unproved"]
