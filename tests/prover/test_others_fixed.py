"""Derivatives along one path, with what stands on the others held fixed."""

from __future__ import annotations

import pytest

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


CHAIN = r"""
$$m = \frac{1}{n} \sum_{i=1}^n x_i$$

$$v = \frac{1}{n} \sum_{i=1}^n (x_i - m)^2$$

$$h_i = \frac{x_i - m}{\sqrt{v + \epsilon}}$$

The loss $f$ is a function of the $h_i$. By the chain rule

$$\frac{\partial f}{\partial x_i}
= \frac{\partial f}{\partial h_i} \frac{\partial h_i}{\partial x_i}
+ \frac{\partial f}{\partial m} \frac{\partial m}{\partial x_i}
+ \frac{\partial f}{\partial v} \frac{\partial v}{\partial x_i}$$
"""


def test_each_factor_of_a_chain_rule_is_the_slope_of_what_is_written() -> None:
    """The path over m is a term of its own, and so not in dh_i/dx_i."""
    (step,) = derive.check(CHAIN).claims
    assert step.verdict.outcome == "conditional"
    assert "held fixed" in step.verdict.message


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"+ \frac{\partial f}{\partial v}", r"- \frac{\partial f}{\partial v}"),
        (r"{\partial f}{\partial m} \frac", r"{\partial f}{\partial m} 2 \frac"),
        (r"+ \frac{\partial f}{\partial m} \frac{\partial m}{\partial x_i}", ""),
    ],
)  # fmt: skip
def test_a_wrong_chain_rule_is_false_however_its_factors_are_meant(right: str, wrong: str) -> None:
    assert right in CHAIN
    (step,) = derive.check(CHAIN.replace(right, wrong)).claims
    assert step.verdict.outcome == "refuted"


TOLD = r"""
We normalise with the mean $m$ of the batch:

$$\hat{x}_i = \frac{x_i - m}{\sqrt{s^2 + \epsilon}}$$

$$s^2 = \frac{1}{n} \sum_{i=1}^n (x_i - m)^2$$

$$\frac{\partial m}{\partial x_i} = \frac{1}{n}$$

$$\frac{\partial s^2}{\partial x_i} = \frac{2 (x_i - m)}{n}$$
"""


def test_what_holds_for_the_slope_that_is_told_is_not_refuted_by_another() -> None:
    """Nothing says what m is, but that its slopes are those of a mean."""
    slope, step = derive.check(TOLD).claims
    assert slope.verdict.outcome == step.verdict.outcome == "unproved"
    assert "what m is" in step.verdict.message


def test_what_is_false_for_the_slope_that_is_told_is_refuted() -> None:
    wrong = TOLD.replace(r"\frac{2 (x_i - m)}{n}", r"\frac{x_i - m}{n}")
    assert derive.check(wrong).claims[-1].verdict.outcome == "refuted"
