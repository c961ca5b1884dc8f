"""Rounded numbers: e^2 = 7.389 is right if 7.389 is the rounding of the value."""

from __future__ import annotations

from flint import arb

from derive.logic.problem import Claim
from derive.meaning.rounding import given_numbers, given_sizes
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate
from derive.refuter.refute import sample

RULE = "rounding, by interval arithmetic"


def is_rounding(claim: Claim) -> bool:
    """Whether both sides are numbers that certainly differ by no more than the rounding allows.

    A statement about numbers alone needs no rules: balls that contain both sides decide it.  So
    does one about data that the hypotheses give as numbers, where they have a model.
    """
    if claim.rounding is None or claim.relation != "=":
        return False
    try:
        here = at(given_sizes(claim.context.hypotheses), given_numbers(claim.context))
        left = evaluate(claim.left, claim.context, here)
        right = evaluate(claim.right, claim.context, here)
    except CannotEvaluate:
        return False
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return False
    allowed = arb(claim.rounding.numerator) / arb(claim.rounding.denominator)
    if not abs(left - right) <= allowed:
        return False
    survey = sample(claim)
    return survey.points > 0 and survey.contradiction is None
