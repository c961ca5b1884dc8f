r"""Steps about one letter, ``\sigma(a) (1 - \sigma(a))``, where a_j are components elsewhere."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


UNIT = r"""
The activations are $a_j = \sum_i w_{ji} x_i$ and $z_j = h(a_j)$. For one of them we use

$$z = \sigma(a) = \frac{1}{1 + \exp(-a)}$$

"""


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\frac{\partial \sigma(a)}{\partial a} = \sigma(a)(1 - \sigma(a))", "proved"),
        (r"\frac{\partial \sigma(a)}{\partial a} = \sigma(a)(1 + \sigma(a))", "refuted"),
    ],
)
def test_an_activation_is_differentiated_as_a_function_of_a_number(
    claim: str, outcome: str
) -> None:
    assert outcomes(f"{UNIT}$${claim}$$")[-1] == outcome


ROWS = r"""
For each example $s = \mathbf{w}^T \mathbf{x}$, and the scores of all are $s_1, s_2, \ldots, s_N$
with $L = \sum_i s_i$. We have

$$\frac{e^{-s}}{(1 + e^{-s})^2} = \frac{1}{1 + e^{-s}} \frac{e^{-s}}{1 + e^{-s}}$$
"""


def test_products_of_one_letter_with_itself_are_those_of_numbers() -> None:
    assert outcomes(ROWS)[-1] == "proved"
    assert outcomes(ROWS.replace(r"\frac{e^{-s}}{1 + e^{-s}}$$", r"\frac{1}{1 + e^{-s}}$$"))[
        -1
    ] in ("refuted", "unproved")


@pytest.mark.parametrize(
    "claim",
    [
        r"\frac{\partial x}{\partial x} = 1",
        r"x x = 2 \sum_i x_i^2",
        r"\mathrm{softmax}(x) \mathrm{softmax}(x) = \mathrm{softmax}(x)^2",
        r"\frac{\partial}{\partial x} \mathrm{softmax}(x) = 0",
    ],
)
def test_what_is_more_than_of_one_number_is_not_proved_so(claim: str) -> None:
    text = f"Let $y_j = \\sum_i w_{{ji}} x_i$ with a vector $x$. Then $${claim}$$"
    assert outcomes(text)[-1] != "proved"
