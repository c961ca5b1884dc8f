"""Slopes that are 0 for want of what depends on what, within a definition that a proof uses."""

from __future__ import annotations

import derive

SETTING = (
    r"Let $C = \frac{1}{2} \sum_j (y_j - a_j)^2$ and $g = \frac{\partial C}{\partial w}$. Then "
)


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


def test_what_needs_the_slope_to_be_zero_is_not_proved() -> None:
    assert outcomes(SETTING + r"$$v g = b v g + (1 - b) g$$") == ["unproved"]
    assert outcomes(SETTING + r"$$v g = b v g - (1 + b) g$$") == ["unproved"]


def test_what_holds_for_any_slope_is_proved() -> None:
    assert outcomes(SETTING + r"$$2 g - g = g$$") == ["proved"]


SOLVED = (
    r"Let $f = n \log p - p s$. Setting the derivative to zero: "
    r"$$\frac{d f}{d p} = \frac{n}{p} - s = 0 \implies p = \frac{n}{s} = VALUE$$"
)


def test_each_member_behind_a_solution_is_a_step_of_its_own() -> None:
    assert outcomes(SOLVED.replace("VALUE", r"\frac{2 n}{2 s}"))[-1] == "proved"
    assert "proved" not in outcomes(SOLVED.replace("VALUE", r"\frac{2 n}{s}"))[2:]
