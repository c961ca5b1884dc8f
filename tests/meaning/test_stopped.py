"""Functions that have a value and no derivative, and slopes that may be factors."""

from __future__ import annotations

import pytest

import derive


@pytest.mark.parametrize("word", ["sg", "stopgrad", "stop\\_gradient", "StopGrad", "detach"])
@pytest.mark.parametrize("slope", ["0", "2 (z - y)"])
def test_losses_that_stop_gradients_are_not_differentiated(word: str, slope: str) -> None:
    r"""Of L = (sg(z) - y)^2 the slope by z is 0, and as an open function of z it is another."""
    loss = rf"L = (\mathrm{{{word}}}(z) - y)^2"
    text = rf"Let ${loss}$. Then $\frac{{\partial L}}{{\partial z}} = {slope}$."
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    assert step.verdict.outcome == "unproved"


def test_brackets_of_any_kind_are_heard() -> None:
    r"""``\operatorname{sg}[z]`` as papers on codebooks write it."""
    text = (
        r"Let $L = (\operatorname{sg}[z] - y)^2$. Then $\frac{\partial L}{\partial y} = 2 (y - z)$."
    )
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    assert step.verdict.outcome == "unproved"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"$\tan' x = 1 + \tan^2 x$", "unproved"),
        (r"$\tan'(x) = 1 + \tan^2 x$", "proved"),
        (r"$\tan'(x) = 1 - \tan^2 x$", "refuted"),
    ],
)
def test_a_slope_before_a_letter_is_no_number(text: str, verdict: str) -> None:
    """tan' x is the slope at x, or the slope of tan somewhere, times x."""
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    assert step.verdict.outcome == verdict
