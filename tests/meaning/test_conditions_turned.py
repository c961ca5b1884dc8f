"""Conditions that are denied, and sets that data are said to lie in."""

from __future__ import annotations

import pytest

import derive

SOFTMAX = r"Let $y_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}$. "
OTHERS = r"$$\frac{\partial y_i}{\partial z_k} = -y_i y_k$$"
OWN = r"$$\frac{\partial y_i}{\partial z_k} = y_i (1 - y_k)$$"


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize("words", ["Except for $i = k$,", "Unless $i = k$,", "If not $i = k$,"])
def test_what_holds_except_for_a_case(words: str) -> None:
    assert outcomes(f"{SOFTMAX}{words} {OTHERS}") == ["proved"]
    assert outcomes(f"{SOFTMAX}{words} {OWN}")[-1] != "proved"


@pytest.mark.parametrize("words", ["except for $i = k$.", "unless $i = k$."])
def test_the_exception_may_stand_behind(words: str) -> None:
    assert outcomes(f"{SOFTMAX}{OTHERS} {words}") == ["proved"]
    assert outcomes(f"{SOFTMAX}{OWN} {words}")[-1] != "proved"


@pytest.mark.parametrize(
    "text",
    [
        "Except for $x > 0$, we have $$|x| = x$$",
        "Other than for $x > 0$, $$|x| = x$$",
        "If not $x > 0$, then $$|x| = x$$",
        "Not only for $x > 0$, we have $$|x| = x$$",
        r"$$|x| = x \text{ unless } x > 0$$",
        r"$$|x| = x \text{ except for } x > 0$$",
    ],
)
def test_a_denied_condition_is_not_supposed(text: str) -> None:
    assert outcomes(text)[-1] != "proved"
    assert outcomes("For $x > 0$, we have $$|x| = x$$") == ["proved"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $x \\in [0, 1]$. Then $|x| = x$.", ["proved"]),
        ("Let $x \\in [-1, 1]$. Then $|x| = x$.", ["conditional"]),
        ("Let $x \\in (-\\infty, 0]$. Then $|x| = -x$.", ["proved"]),
        ("Let $p \\in (0, 1)$. Then $|1 - p| = 1 - p$.", ["proved"]),
        ("Let $x_i \\in [0, 1]$. Then $\\sum_i |x_i| = \\sum_i x_i$.", ["proved"]),
        ("$$y^2 = y, \\quad y \\in \\{0, 1\\}$$", ["proved"]),
        ("$$y^2 = y$$ for $y \\in \\{0, 1\\}$.", ["proved"]),
        ("$$y^2 = y$$ for $y \\in \\{-1, 1\\}$.", ["refuted"]),
    ],
)
def test_data_lie_in_a_set(text: str, expected: list[str]) -> None:
    assert outcomes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "If $x \\in [0, 1]$, then $|x| = x$. In general, $$|x| = x$$",
        "For $x \\in [0, 1]$ we have $|x| = x$. Now let $x \\in \\mathbb{R}$. $$|x| = x$$",
        "Unless $x \\in [0, 1]$, $$|x| = x$$",
        "If $y \\in \\{0, 1\\}$, then $y^2 = y$. In general, $$y^2 = y$$",
        "Suppose $y \\in \\{0, 1\\}$. Then $y^2 = y$. In general, $$y^2 = y$$",
        "Let $y \\in \\{0, 1\\}$. Then $y^2 = y$. Now let $y \\in \\mathbb{R}$. $$y^2 = y$$",
        "Some authors use $y \\in \\{0, 1\\}$. $$y^2 = y$$",
    ],
)
def test_data_lie_there_for_a_while(text: str) -> None:
    assert outcomes(text)[-1] != "proved"
