"""Words that speak of one term of a sum alone: what the others are does not matter."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    "said",
    ["Only the term $j = k$ depends on $w_k$, so", "All other terms are constant, so"],
)
def test_the_others_may_be_left_out(said: str) -> None:
    assert outcomes(rf"{said} $$\sum_j x_j w_j = x_k w_k$$") == ["unproved"]
    assert outcomes(rf"{said} $$\sum_j x_j w_j = x_k w_k + 1$$") == ["refuted"]


def test_without_such_words_they_may_not() -> None:
    assert outcomes(r"We see that $$\sum_j x_j w_j = x_k w_k$$") == ["conditional"]
