"""Positions that have a number or are the last: ``x_{i1}``, ``\\delta_{1k}``, ``x_N``."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


COLUMN = r"""Let $y_1 = \sum_i W_{i1} x_i$. Then

$$ \frac{\partial y_1}{\partial x_k} = W_{k1} $$

$$ y_1 = W_{i1} \sum_i x_i $$
"""
PAIRS = r"""Let $s = \sum_i (x_{i1} - x_{i2})^2$. Then

$$ \frac{\partial s}{\partial x_{i1}} = 2 (x_{i1} - x_{i2}) $$

$$ \frac{\partial s}{\partial x_{i2}} = 2 (x_{i1} - x_{i2}) $$
"""


def test_a_letter_and_a_number_are_two_indices() -> None:
    assert outcomes(COLUMN) == ["proved", "refuted"]
    assert outcomes(PAIRS) == ["proved", "refuted"]


def test_a_letter_and_a_number_that_are_a_label() -> None:
    text = r"""Let $n_{h1} = w_1 i_1 + w_2 i_2$ and $o_{h1} = \frac{1}{1 + e^{-n_{h1}}}$. Then

$$ \frac{\partial o_{h1}}{\partial n_{h1}} = o_{h1} (1 - o_{h1}) $$
"""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("(1 - o_{h1}) $", "(1 - n_{h1}) $")) == ["refuted"]


@pytest.mark.parametrize("delta", [r"\delta_{1k}", r"\delta_{k1}", r"\delta_{1,k}"])
def test_a_delta_with_a_number(delta: str) -> None:
    text = r"""Let $L = \sum_{i \ne 1} x_i$.

$$ \frac{\partial L}{\partial x_k} = 1 - DELTA $$
"""
    assert outcomes(text.replace("DELTA", delta)) == ["proved"]
    assert outcomes(text.replace("1 - DELTA", delta)) == ["refuted"]


LAST = r"""Let $N \ge 2$ and $f = x_1 x_N$. Then

$$ \frac{\partial f}{\partial x_1} = x_N $$

$$ \frac{\partial f}{\partial x_k} = \delta_{1k} x_N + \delta_{kN} x_1 $$
"""


def test_the_last_position_without_a_sum() -> None:
    assert outcomes(LAST) == ["proved", "proved"]
    assert outcomes(LAST.replace(r"$N \ge 2$ and ", "")) == ["conditional", "proved"]
    assert outcomes(LAST.replace("= x_N $", "= x_1 $"))[0] == "refuted"
    third = LAST.replace(r"\partial x_1} = x_N $", r"\partial x_2} = 0 $")
    assert outcomes(third)[0] == "conditional"
    assert outcomes(third.replace(r"\ge 2", r"\ge 3"))[0] == "proved"


def test_a_position_behind_the_last() -> None:
    text = r"""Let $S = \sum_{i=0}^{N-1} y_i$. Then

$$ \frac{\partial S}{\partial y_N} = 0, \quad \frac{\partial S}{\partial y_{N-1}} = 1 $$
"""
    assert outcomes(text) == ["unproved", "proved"]
    assert outcomes(text.replace("i=0}^{N-1}", "i=1}^{N}"))[0] == "refuted"


def test_a_size_that_was_said_of_the_sentence_before() -> None:
    text = r"""For $N \geq 2$, $\sum_{i=1}^N x_i = x_1 + x_N + \sum_{i=2}^{N-1} x_i$ and so

$$ \frac{\partial}{\partial x_1} \prod_{i=1}^N x_i = x_N \prod_{i=2}^{N-1} x_i $$
"""
    assert outcomes(text) == ["proved", "unproved"]
    assert outcomes(text.replace(r"= x_N \prod", r"= x_1 \prod")) == ["proved", "refuted"]
