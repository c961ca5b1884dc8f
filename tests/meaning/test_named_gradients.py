"""Gradients with a name of two letters, ``delta h``, and names that stand midway in a chain."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""Let $L = \sum_i h_i^2$, $h_i = a_i c_i$. With
$\delta h_i = \frac{\partial L}{\partial h_i}$:

"""
MIDWAY = r"""We have $L = (y - \hat y)^2$, where $\hat{y} = a = \tanh(z)$ and $z = w x + b$. Then
"""


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (PAGE + r"$$\delta h_i = 2 h_i$$", "proved"),
        (PAGE + r"$$\delta h_i = 3 h_i$$", "conditional"),  # or another meaning
        (PAGE + r"$$\frac{\partial L}{\partial a_i} = \delta h_i c_i$$", "proved"),
        (PAGE + r"$$\frac{\partial L}{\partial a_i} = \delta h_i a_i$$", "refuted"),
        (PAGE + r"$$\frac{\partial L}{\partial a_i} = \delta c_i h_i$$", "unproved"),
        (MIDWAY + r"$\frac{da}{dw} = (1 - a^2) x$.", "proved"),
        (MIDWAY + r"$\frac{da}{dw} = (1 - a) x$.", "refuted"),
        (MIDWAY + r"$\frac{dL}{dz} = -2 (y - a) (1 - a^2)$.", "proved"),
        (MIDWAY + r"$\frac{dL}{dz} = 2 (y - a) (1 - a^2)$.", "refuted"),
    ],
)
def test_names_of_quantities(text: str, outcome: str) -> None:
    (*_, claim) = derive.check(text, format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == outcome


def test_a_number_delta_stays_a_number() -> None:
    text = r"Let $f(x) = x^2$. Then $f(x + \delta h) - f(x) = 2 \delta h x + \delta^2 h^2$."
    (claim,) = derive.check(text, format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "proved"


DENOTED = r"""Let $y_{ij} = \gamma_j x_{ij} + \beta_j$.

We are given the gradient $\frac{\partial L}{\partial y_{ij}}$ (denoted as $g_{ij}$ or `dout`).

$$\frac{\partial L}{\partial x_{ij}} = g_{ij} RIGHT$$
"""


def test_a_name_that_words_give_to_a_gradient() -> None:
    for right, expected in ((r"\gamma_j", "proved"), (r"\beta_j", "refuted")):
        found = derive.check(DENOTED.replace("RIGHT", right), format="markdown").claims
        assert [j.verdict.outcome for j in found if j.verdict] == [expected]
