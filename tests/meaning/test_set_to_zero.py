"""``dL/dm = a = 0`` at the end of a chain sets the derivative to 0; it claims nothing."""

from __future__ import annotations

import pytest

import derive

START = r"""
$$\ell = -\frac{1}{2} \sum_{i=1}^n (x_i - \mu)^2$$

Then
"""
STEP = r"$$\frac{\partial \ell}{\partial \mu} = \sum_{i=1}^n (x_i - \mu) = 0$$"
ENDS = [
    r"so $\hat\mu = \frac{1}{n} \sum_i x_i$.",
    "\nwhich gives\n\n" + r"$$\mu = \frac{1}{n} \sum_i x_i$$",
    "\nHence we get\n\n" + r"$$\hat\mu = \frac{1}{n} \sum_i x_i$$",
]


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize("end", ENDS)
def test_what_is_solved_is_supposed(end: str) -> None:
    assert "refuted" not in outcomes(f"{START}{STEP}\n{end}")
    assert outcomes(f"{START}{STEP}\n{end}")[0] == "proved"


@pytest.mark.parametrize("end", ENDS)
def test_the_derivative_before_it_is_claimed(end: str) -> None:
    assert outcomes(f"{START}{STEP.replace('x_i -', 'x_i +')}\n{end}")[0] == "refuted"


def test_where_nothing_is_solved_it_may_be_either() -> None:
    assert outcomes(START + STEP) == ["proved", "unproved"]


def test_what_begins_with_the_derivative_is_claimed() -> None:
    assert outcomes(START + r"$$\frac{\partial \ell}{\partial \mu} = 0$$") == ["refuted"]
