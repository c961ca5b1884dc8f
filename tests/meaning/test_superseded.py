"""Definitions that could not be taken in, and what another section says of their names."""

from __future__ import annotations

import pytest

import derive

UNREAD = r"""
# Two layers

With $b \in \mathbb{R}^{m}$ and $X \in \mathbb{R}^{n \times d}$:

$$H = X V + c$$
$$Y = H U + e$$

"""
LAYER = r"""
# One layer

WORDS

$$Y = X W + b$$

where $W \in \mathbb{R}^{d \times m}$ and $Y \in \mathbb{R}^{n \times m}$.

$$\frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial Y}$$
"""


def outcomes(text: str) -> list[str]:
    found = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in found if j.verdict is not None]


def test_another_section_says_what_it_is() -> None:
    text = LAYER.replace("WORDS", "The output of a layer is")
    known = outcomes(text)
    assert known[-1] == "proved"
    assert outcomes(UNREAD + text)[-1] == "proved"
    wrong = text.replace("X^T", "2 X^T")
    assert outcomes(UNREAD + wrong)[-1] != "proved"


@pytest.mark.parametrize("words", ["Hence", "This can be rewritten as", "It follows that"])
def test_what_is_concluded_is_claimed(words: str) -> None:
    text = (
        r"""
# Model

$$s = \int_0^1 g(x, u)\, du$$

# Result

"""
        + words
        + r"""

$$s = 3 x^2$$

$$\frac{ds}{dx} = 6 x$$
"""
    )
    assert "proved" not in outcomes(text)


def test_the_slope_of_what_is_not_known_is_not_refuted() -> None:
    text = r"""
$$H = X V + c$$
$$Y = \operatorname{layer}(H) + e$$

Let $L$ be the loss.

$$
\frac{\partial L}{\partial Y_{ij}} \frac{\partial Y_{ij}}{\partial X_{ik}}
= \frac{\partial L}{\partial Y_{ij}} W_{kj}
$$
"""
    assert "refuted" not in outcomes(text)


@pytest.mark.parametrize(("end", "expected"), [("D_{\\text{in}}", "proved"), ("D_{in}", "proved")])
def test_a_size_with_a_word(end: str, expected: str) -> None:
    text = r"Let $y_j = \sum_{k=1}^{END} x_k w_{kj}$. "
    text += r"Then $\frac{\partial y_j}{\partial x_k} = w_{kj}$."
    assert outcomes(text.replace("END", end)) == [expected]
    assert outcomes(text.replace("END", end).replace("= w_", "= 2 w_")) == ["refuted"]


def test_a_gradient_of_a_sum_behind_a_constant() -> None:
    text = r"$$\nabla_w \frac{1}{n} (w^T w + 3) = \frac{2}{n} w$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace(r"\frac{2}{n} w", r"\frac{1}{n} w")) == ["refuted"]


def test_about_how_large_it_is() -> None:
    text = r"""Let $\epsilon \approx 10^{-5}$ be small, and $y = x^2 + \epsilon x$.

$$\frac{dy}{dx} = 2 x + \epsilon$$
"""
    assert outcomes(text)[-1] == "proved"
    assert outcomes(text.replace("2 x + ", "x + "))[-1] == "refuted"


SECTIONS = r"""
# Background

$$y = f(x), \quad x \in \mathbb{R}^n, \quad y \in \mathbb{R}^m$$

# First

The scalar derivative can be expressed by the output. Let:

$$y = e^{2x}$$

$$\frac{dy}{dx} = 2 y$$

# Second

The scalar derivative can be expressed by the output. Let:

$$y = \tanh(x)$$

$$\frac{dy}{dx} = 1 - y^2$$
"""


def test_a_name_of_each_section() -> None:
    assert outcomes(SECTIONS) == ["proved", "proved"]
    assert outcomes(SECTIONS.replace("2 y$$", "3 y$$"))[0] != "proved"
