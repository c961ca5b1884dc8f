"""What is defined for one example, and goes on with an index for each of many."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


PAGE = r"""
The score is $z = w_1 x_1 + w_2 x_2 + b$, and $\sigma(z) = \frac{1}{1 + e^{-z}}$. For the examples

$$ z_i = w_1 x_{i1} + w_2 x_{i2} + b $$

$$ J = \frac{1}{N} \sum_{i=1}^N [\ln(1 + e^{-z_i}) + (1 - y_i) z_i] $$

$$ \frac{\partial z_i}{\partial w_1} = x_{i1} $$

$$ \frac{\partial J}{\partial w_1} = \frac{1}{N} \sum_{i=1}^N (\sigma(z_i) - y_i) x_{i1} $$
"""


def test_numbers_alone_are_features_where_they_are_beside_letters() -> None:
    assert outcomes(PAGE) == ["proved"] * 3


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("} = x_{i1}", "} = x_{i2}", 1),
        ("(z_i) - y_i) x", "(z_i) + y_i) x", 2),
        (r"\sum_{i=1}^N (\sigma(z_i)", r"\sum_{i=1}^N (\sigma(-z_i)", 2),
    ],
)
def test_wrong_steps_for_the_examples_are_refuted(right: str, wrong: str, place: int) -> None:
    assert outcomes(PAGE.replace(right, wrong))[place] == "refuted"


def test_another_score_of_the_examples_is_not_the_same() -> None:
    assert outcomes(PAGE.replace("w_2 x_{i2} + b", "w_2 x_{i2} - 2 b"))[0] == "conditional"


def test_a_numbered_example_is_no_feature() -> None:
    page = r"""Let $s_i = \sum_j x_{ij}$ for the examples $x_1, \dots, x_N$ with $x_{i1} = 1$. Then

$$ \|x_1\|^2 = \sum_j x_{1j}^2 $$
"""
    assert outcomes(page) == ["proved"]
    assert outcomes(page.replace("x_{1j}", "x_{j1}")) != ["proved"]


WITHIN = r"""
Let $J = \sum_{i=1}^N \log(1 + e^{w x_i})$. Let $f = \log(1 + e^{w x_i})$ and $z_i = w x_i$.

$$ \frac{\partial J}{\partial w} = \sum_{i=1}^N \frac{\partial f}{\partial w} $$
"""


def test_within_a_sum_over_i_what_has_a_silent_i_is_that_of_this_i() -> None:
    assert outcomes(WITHIN) == ["proved"]
    assert outcomes(WITHIN.replace(r"= \sum_{i=1}^N \frac", r"= 2 \sum_{i=1}^N \frac")) == [
        "refuted"
    ]


def test_not_where_it_stands_outside_the_sum_as_well() -> None:
    page = r"""Let $p_k = e^{z_k} / \sum_j e^{z_j}$ and $L = -\log p_i$.

$$ \frac{\partial L}{\partial z_k} = \sum_i \frac{\partial L}{\partial p_i} x_{ik} $$
"""
    assert outcomes(page) == ["unproved"]
