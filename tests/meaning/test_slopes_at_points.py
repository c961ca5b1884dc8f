"""Derivatives that are taken at a point: worked out, and then the point put in."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims if step.verdict is not None]


def at(slope: str, point: str, value: str) -> str:
    return rf"$\left. {slope} \right|_{{{point}}} = {value}$"


CUBE = "Let $f(x) = x^3$. Then "
MOMENTS = r"Let $M(t) = e^{m t + v t^2 / 2}$. Then "
SQUARES = r"Let $L = \sum_i (x_i - m)^2$. Then "
DF, DDF = r"\frac{df}{dx}", r"\frac{d^2 f}{dx^2}"
DM, DDM = r"\frac{dM}{dt}", r"\frac{d^2 M}{dt^2}"
DL = r"\frac{\partial L}{\partial m}"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (CUBE + at(DF, "x=2", "VALUE"), "12", "8"),
        (CUBE + at(DDF, "x=2", "VALUE"), "12", "6"),
        (CUBE + rf"${DF}\Big|_{{x=1}} = VALUE$", "3", "1"),
        (MOMENTS + at(DM, "t=0", "VALUE"), "m", "v"),
        (MOMENTS + at(DDM, "t=0", "VALUE"), "m^2 + v", "v"),
        (SQUARES + at(DL, "m=0", "VALUE"), r"-2 \sum_i x_i", r"2 \sum_i x_i"),
    ],
)
def test_a_slope_at_a_point(text: str, right: str, wrong: str) -> None:
    """3 x^2 is 12 at 2; the moments of a normal law are m and m^2 + v."""
    assert outcomes(text.replace("VALUE", right)) == ["proved"]
    assert outcomes(text.replace("VALUE", wrong)) == ["refuted"]


@pytest.mark.parametrize(
    "text",
    [
        "Let $L(m)$ be a loss. Then " + at(DL, "m=0", "0"),
        "The loss is $L$. Then " + at(DL, "m=0", "0"),
        r"The loss is $K$. Let $L = K^2$. Then " + at(DL, "m=0", "0"),
        r"Let $L = c m$ where $c$ depends on $m$. Then " + at(DL, "m=1", "c"),
    ],
)
def test_what_may_depend_on_it_has_a_slope(text: str) -> None:
    """Of an open loss nothing says that its slope is 0."""
    assert outcomes(text) == ["unproved"]
