"""Rounded numbers: e^2 = 7.389 is right if 7.389 is the rounding of the value."""

from __future__ import annotations

from flint import arb

from derive.logic.problem import Claim
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate

RULE = "rounding, by interval arithmetic"


def is_rounding(claim: Claim) -> bool:
    """Whether both sides are numbers that certainly differ by no more than the rounding allows.

    A statement about numbers alone needs no rules: balls that contain both sides decide it.
    """
    if claim.rounding is None or claim.relation != "=":
        return False
    try:
        here = at({}, {})
        left = evaluate(claim.left, claim.context, here)
        right = evaluate(claim.right, claim.context, here)
    except CannotEvaluate:
        return False
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return False
    allowed = arb(claim.rounding.numerator) / arb(claim.rounding.denominator)
    return bool(abs(left - right) <= allowed)
