"""Words that say that data are positive, and words that do not."""

from __future__ import annotations

import pytest

import derive

STEP = "$$|x| = x$$"


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    "words",
    [
        "Let $x$ be positive.",
        "Let $y$ and $x$ be positive numbers.",
        "For positive $x$,",
        "Let $x$ be non-negative.",
        "Since $x$ is strictly positive,",
    ],
)
def test_a_sign_is_said(words: str) -> None:
    assert outcomes(f"{words} {STEP}") == ["proved"]
    assert outcomes(words.replace("x", "z") + STEP) != ["proved"]


def test_signs_of_components_and_negative_ones() -> None:
    text = r"The weights $w_i$ are positive. $$\sum_i |w_i| = \sum_i w_i$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("positive", "negative")) != ["proved"]
    assert outcomes("Let $x$ be negative. $$|x| = -x$$") == ["proved"]


@pytest.mark.parametrize(
    "words",
    [
        "Let $x$ be negative.",
        "$x$ could be positive.",
        "$x$ is not positive.",
        "The square of $x$ is positive.",
        "The gradient with respect to $x$ is positive.",
        "Let $x$ be a positive example.",
        "Let $x$ be in the positive class.",
        "For positive $x$ it is simple. For negative $x$,",
        "Suppose $x$ is positive. Then $|x| = x$. In general,",
        "Is $x$ positive?",
        "$x + y$ is positive.",
        "We do not assume that $x$ is positive.",
        "Let $x$ be positive. Now let $x$ be arbitrary.",
    ],
)
def test_a_sign_is_not_said(words: str) -> None:
    assert outcomes(f"{words} {STEP}")[-1] != "proved"
