"""Decimals that may have been rounded before they were put in: 0.53 may stand for 0.5346."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from flint import arb

from derive.logic.problem import Claim
from derive.logic.terms import Number, Term, children, names, rebuild
from derive.meaning.rounding import Loose
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate

__all__ = ["WITHIN", "within_rounding"]

WITHIN = "the two sides differ by no more than the rounding of the decimals that are written"
MOST = 6  # decimals; each doubles the work


def within_rounding(claim: Claim, decimals: Sequence[Loose]) -> bool:
    """Whether a false equation of numbers is true of other numbers that round to those written.

    It is if its sides differ by both signs at the corners of what the decimals may stand for:
    somewhere between they are equal.
    """
    if claim.relation != "=" or not decimals or len(decimals) > MOST:
        return False
    if names(claim.left) or names(claim.right):
        return False
    signs = set[bool]()
    for corner in product(*((d.low, d.high) for d in decimals)):
        new = {d.value: value for d, value in zip(decimals, corner, strict=True)}
        difference = _difference(claim, new)
        if difference is None:
            return False
        signs |= {s for s, found in ((True, difference >= 0), (False, difference <= 0)) if found}
    return len(signs) == 2


def _difference(claim: Claim, new: dict[Fraction, Fraction]) -> arb | None:
    moved = replace(claim, left=_moved(claim.left, new), right=_moved(claim.right, new))
    try:
        left = evaluate(moved.left, moved.context, at({}, {}))
        right = evaluate(moved.right, moved.context, at({}, {}))
    except CannotEvaluate:
        return None
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return None
    return left - right


def _moved(term: Term, new: dict[Fraction, Fraction]) -> Term:
    if isinstance(term, Number):
        if term.value in new:
            return Number(new[term.value])
        return Number(-new[-term.value]) if -term.value in new else term
    inner = tuple(_moved(child, new) for child in children(term))
    return rebuild(term, inner) if inner else term
