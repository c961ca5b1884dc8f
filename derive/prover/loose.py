"""Decimals that may have been rounded before they were put in: 0.53 may stand for 0.5346."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product
from typing import TypeAlias

from flint import arb

from derive.logic.problem import Claim
from derive.logic.terms import (
    Add,
    Mul,
    Number,
    Term,
    Variable,
    children,
    names,
    rebuild,
    subterms,
)
from derive.meaning.rounding import Loose, given_numbers, given_sizes
from derive.meaning.substituted import substitute_variable
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate

__all__ = ["WITHIN", "rounded_in_parts", "within_rounding"]

WITHIN = "the two sides differ by no more than the rounding of the decimals that are written"
MOST = 6  # decimals of which all corners are looked at; each doubles the work
MOST_GREEDY = 40  # and of which one after the other is moved to where it helps most
MOST_NAMES = 2
MOST_PARTS = 4  # terms of a sum, of which all orders are looked at
# A decimal on the left (0) or right side (1): 0.21 = tanh 0.21 holds of 0.207 = tanh 0.21.
_Place: TypeAlias = tuple[int, Loose]
_Moves: TypeAlias = dict[tuple[int, Fraction], Fraction]
TRIED = tuple(Number(Fraction(n)) for n in (1, 2, 7))


def within_rounding(claim: Claim, decimals: Sequence[Loose]) -> bool:
    """Whether a false equation of numbers is true of other numbers that round to those written.

    It is if its sides differ by both signs for two choices of what the decimals may stand for:
    somewhere between they are equal.  Where both sides hold the same open numbers, as in
    ``e^{2.85} / Z = 17.29 / Z``, it is if that holds for several values of these.  What an example
    gives as numbers has these values.
    """
    near = tuple(
        (n, d)
        for n, side in enumerate((claim.left, claim.right))
        for d in decimals
        if d.value in _written(side)
    )
    if claim.relation != "=" or not near or len(near) > MOST_GREEDY:
        return False
    open_ = {part for side in (claim.left, claim.right) for part in subterms(side)
             if isinstance(part, Variable)}  # fmt: skip
    if names(claim.left) | names(claim.right) and _within(claim, near):
        return True  # with the numbers of an example
    if names(claim.left) != names(claim.right) or len(open_) > MOST_NAMES:
        return False
    if any(v.indices or claim.context.definition(v.name) is not None for v in open_):
        return False
    if names(claim.left) != {v.name for v in open_}:
        return False
    return all(
        _within(_with_values(claim, dict(zip(open_, values, strict=True))), near)
        for values in (product(TRIED, repeat=len(open_)) if open_ else ((),))
    )


def rounded_in_parts(claim: Claim, decimals: Sequence[Loose]) -> bool:
    """Whether each number on the right is the rounding of the part of the left that it stands for.

    ``w h + b = 2 * 0.73 + 1`` where w is 2, b is 1 and h is 0.7311.
    """
    half = {d.value: d.half for d in decimals}
    here = at(given_sizes(claim.context.hypotheses), given_numbers(claim.context))

    def matches(left: Term, right: Term) -> bool:
        if isinstance(right, Number):
            try:
                value = evaluate(left, claim.context, here)
            except CannotEvaluate:
                return False
            if isinstance(value, Undefined):
                return False
            near = half.get(abs(right.value), Fraction(0))
            return bool(abs(value - _ball(right.value)) <= _ball(near))
        mine, theirs = children(left), children(right)
        if len(theirs) == len(mine) + 1:
            theirs = _signed(theirs)
        if type(left) is not type(right) or len(mine) != len(theirs) or not mine:
            return False
        if isinstance(left, Add | Mul):
            return len(mine) <= MOST_PARTS and any(
                all(map(matches, order, theirs)) for order in permutations(mine)
            )
        alike = rebuild(left, theirs) is right
        return alike and all(map(matches, mine, theirs))

    return bool(half) and claim.relation == "=" and matches(claim.left, claim.right)


def _signed(factors: Sequence[Term]) -> tuple[Term, ...]:
    """The factors of ``-1 * 0.2689 * 0.7311`` with the sign in the first number after it."""
    match factors:
        case [Number(value), Number(first), *rest] if value == -1:
            return (Number(-first), *rest)
    return tuple(factors)


def _ball(number: Fraction) -> arb:
    return arb(number.numerator) / arb(number.denominator)


def _with_values(claim: Claim, values: dict[Variable, Number]) -> Claim:
    left, right = claim.left, claim.right
    for variable, value in values.items():
        left = substitute_variable(left, variable, value)
        right = substitute_variable(right, variable, value)
    return replace(claim, left=left, right=right)


def _written(side: Term) -> set[Fraction]:
    return {abs(part.value) for part in subterms(side) if isinstance(part, Number)}


def _within(claim: Claim, decimals: Sequence[_Place]) -> bool:
    signs = set[bool]()
    for corner in _corners(claim, decimals):
        difference = _difference(claim, corner)
        if difference is None:
            return False
        signs |= {s for s, found in ((True, difference >= 0), (False, difference <= 0)) if found}
    return len(signs) == 2


def _corners(claim: Claim, decimals: Sequence[_Place]) -> Iterator[_Moves]:
    """All corners of what few decimals may stand for; of many, the two that lie farthest apart."""
    if len(decimals) <= MOST:
        for corner in product(*((d.low, d.high) for _, d in decimals)):
            yield {(n, d.value): x for (n, d), x in zip(decimals, corner, strict=True)}
        return
    upwards: _Moves = {}
    downwards: _Moves = {}
    for n, d in decimals:
        low, high = (_difference(claim, {(n, d.value): value}) for value in (d.low, d.high))
        rises = low is None or high is None or bool(low <= high)
        one, other = (d.high, d.low) if rises else (d.low, d.high)
        upwards[n, d.value], downwards[n, d.value] = one, other
    yield upwards
    yield downwards


def _difference(claim: Claim, new: _Moves) -> arb | None:
    sides: list[Term] = []
    for n, side in enumerate((claim.left, claim.right)):
        sides.append(_moved(side, {value: x for (at_, value), x in new.items() if at_ == n}))
    try:
        here = at(given_sizes(claim.context.hypotheses), given_numbers(claim.context))
        left, right = (evaluate(side, claim.context, here) for side in sides)
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
