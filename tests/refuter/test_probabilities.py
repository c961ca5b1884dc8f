"""Claims with logarithms of numbers that sum to 1 are tried where these numbers are positive."""

from __future__ import annotations

import pytest

import derive

SUM = r"Assume $\sum_i p_i = 1$. Let $H = -\sum_i p_i \log p_i$."


@pytest.mark.parametrize(
    "claim",
    [
        r"2 H = 2 \sum_i \log p_i",
        r"2 H = -2 \log \sum_i p_i^2",
        r"\sum_i p_i \log (2 p_i) = \log 2 + H",
        r"\frac{\partial H}{\partial p_i} = -\frac{1}{p_i}",
    ],
)
def test_what_is_true_of_one_class_only_is_refuted(claim: str) -> None:
    (found,) = derive.check(f"{SUM}\n\n$${claim}$$", format="markdown").claims
    assert found.verdict is not None
    assert found.verdict.outcome == "refuted"


def test_and_what_is_true_of_all_is_proved() -> None:
    text = rf"{SUM} $$\sum_i p_i \log (2 p_i) = \log 2 - H$$"
    (found,) = derive.check(text, format="markdown").claims
    assert found.verdict is not None
    assert found.verdict.outcome == "proved"
