"""Derivatives along one path, with what stands on the others held fixed."""

from __future__ import annotations

import derive

NORMALISED = r"""Let $\mu = \frac1n \sum_i x_i$ and $v = \frac1n \sum_i (x_i - \mu)^2$, and let
$h_i = \frac{x_i - \mu}{\sqrt{v + \epsilon}}$.

"""
SLOPE = r"$$ \frac{\partial h_i}{\partial x_i} = \frac{1}{\sqrt{v + \epsilon}} $$" + "\n\n"
PATHS = r"""$$ \frac{\partial h_i}{\partial v} = -\frac12 (x_i - \mu) (v + \epsilon)^{-3/2} $$

$$ \frac{\partial h_i}{\partial \mu} = -\frac{1}{\sqrt{v + \epsilon}} $$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


def test_where_each_path_is_followed_the_others_are_meant_to_be_fixed() -> None:
    report = derive.check(NORMALISED + SLOPE + PATHS)
    verdict = report.claims[0].verdict
    assert verdict is not None
    assert verdict.outcome == "conditional"
    assert "held fixed" in verdict.message
    assert verdict.counterexample is not None
    assert outcomes(NORMALISED + SLOPE + PATHS)[1:] == ["proved", "proved"]


def test_what_is_false_with_them_fixed_is_refuted() -> None:
    assert outcomes(NORMALISED + SLOPE.replace("{1}", "{2}") + PATHS)[0] == "refuted"


def test_where_no_other_path_is_followed_it_is_refuted() -> None:
    assert outcomes(NORMALISED + SLOPE) == ["refuted"]
    softmax = r"Let $S = \sum_j e^{z_j}$ and $y_i = \frac{e^{z_i}}{S}$. "
    assert outcomes(softmax + r"$$\frac{\partial y_i}{\partial z_i} = y_i$$") == ["refuted"]
