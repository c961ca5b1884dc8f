"""Suppositions about all positions, about some, and for a while."""

from __future__ import annotations

import pytest

import derive

LOSS = r"Let $L = \sum_i (w x_i - y_i)^2$. "
SLOPE = r"$$\frac{dL}{dw} = 2 \sum_i (w - y_i)$$"


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    "words",
    [
        "Suppose $x_i = 1$ for all $i$. Then",
        "If all $x_i = 1$, then",
        "Assume every $x_i = 1$. Then",
    ],
)
def test_it_is_supposed_of_all(words: str) -> None:
    assert outcomes(f"{LOSS}{words} {SLOPE}") == ["proved"]
    assert outcomes(f"{LOSS}{words} {SLOPE.replace('2 ', '3 ')}") == ["refuted"]


@pytest.mark.parametrize(
    "words",
    [
        "Suppose $x_i = 1$ for some $i$. Then",
        "Not all $x_i = 1$. Then",
        "If not all $x_i = 1$, then",
        "Suppose $x_1 = 1$. Then",
        "Suppose $x_i = 1$ for all $i$. In general,",
    ],
)
def test_it_is_not_supposed_of_all(words: str) -> None:
    assert outcomes(f"{LOSS}{words} {SLOPE}")[-1] != "proved"


@pytest.mark.parametrize("words", ["Since $y_i = w x_i$ at the optimum,", "If $y_i = w x_i$, then"])
def test_a_meaning_for_a_while_is_left(words: str) -> None:
    assert outcomes(f"{LOSS}{words} $L = 0$. In general, $$L = 0$$")[-1] != "proved"
