"""Definitions with all of their cases in one formula: no case is passed over."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


SLOPES = r"""$$ DEFINITION $$

$$ f'(x) = 2x $$

$$ f'(x) = 2x \quad \text{if } x > 0 $$

$$ f'(x) = 0 \quad \text{if } x < 0 $$
"""


@pytest.mark.parametrize(
    "definition",
    [
        r"f(x) = x^2 \text{ if } x > 0 \text{ and } 0 \text{ otherwise}",
        r"f(x) = x^2 \text{ if } x > 0 \text{ else } 0",
        r"f(x) = x^2 \text{ if } x > 0, \text{ otherwise } 0",
        r"f(x) = x^2 \text{ for } x > 0, \text{ and } f(x) = 0 \text{ for } x \le 0",
    ],
)
def test_all_cases_in_one_formula(definition: str) -> None:
    text = SLOPES.replace("DEFINITION", definition)
    assert outcomes(text) == ["conditional", "proved", "proved"]


@pytest.mark.parametrize(
    "definition",
    [
        r"f(x) = x^2 \quad \text{if } x > 0, \quad 0 \text{ else}",
        r"f(x) = x^2 \text{ if } x > 0 \text{ and } 1 \text{ on the rest, otherwise}",
    ],
)
def test_cases_that_are_not_read_are_not_taken_for_one(definition: str) -> None:
    assert outcomes(SLOPES.replace("DEFINITION", definition))[0] == "unproved"


def test_each_case_is_a_claim() -> None:
    text = r"""Let $p_i = e^{z_i} / \sum_j e^{z_j}$. Then

$$ \frac{\partial p_i}{\partial z_k} = p_i (1 - p_i) \text{ if } i = k
\text{ and } -p_i p_k \text{ otherwise} $$
"""
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("-p_i p_k", "p_i p_k")) == ["proved", "refuted"]
