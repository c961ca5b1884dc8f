"""Equations that tell which open function is meant: ``u'(t) = -u(t)^2``.

No rule says how the slope of an open function comes from its values; whoever writes so knows which
function it is, or looks for it.
"""

from __future__ import annotations

from derive.logic.problem import Claim
from derive.logic.terms import (
    Application,
    Derivative,
    Function,
    Mul,
    Number,
    Pow,
    Term,
    Variable,
    names,
    subterms,
)
from derive.prover.unsaid import spoken_of

__all__ = ["tells_slope"]


def tells_slope(claim: Claim) -> str:
    """The open function u of ``u'(t) = ...`` or of ``u(t)^2 = u(t)``; "" where it is none.

    Nothing in the claim is defined, and it is about this function alone.
    """
    if claim.relation != "=":
        return ""
    parts = [p for side in (claim.left, claim.right) for p in subterms(side)]
    applied = [p for p in parts if isinstance(p, Application)]
    told = {p.name for p in applied}
    everything = names(claim.left) | names(claim.right)
    if len(told) != 1 or any(isinstance(p, Derivative) for p in parts):
        return ""
    if any(map(claim.context.definition, everything)) or spoken_of(claim, frozenset(told)):
        return ""
    if len({p.orders for p in applied}) == 1 and not any(map(_multiplies, parts)):
        return ""  # f(x) + f(x) = 3 f(x) is a slip
    plain = all(isinstance(a, Variable) for p in applied for a in p.arguments)
    highest = max(sum(p.orders) for p in applied)
    alone = any(_is_highest(side, highest) for side in (claim.left, claim.right))
    both = all(
        any(isinstance(p, Application) for p in subterms(s)) for s in (claim.left, claim.right)
    )
    return min(told) if plain and alone and (highest or both) else ""


def _multiplies(part: Term) -> bool:
    """Whether values of the function are multiplied with each other, or put into others."""
    match part:
        case Mul(factors):
            return sum(_holds_values(f) for f in factors) > 1
        case Pow(base, exponent):
            return _holds_values(base) or _holds_values(exponent)
        case Function(_, arguments):
            return any(map(_holds_values, arguments))
    return False


def _holds_values(term: Term) -> bool:
    return any(isinstance(p, Application) for p in subterms(term))


def _is_highest(side: Term, highest: int) -> bool:
    """Whether a side is a multiple of the highest slope alone."""
    factors = side.factors if isinstance(side, Mul) else (side,)
    rest = [f for f in factors if not isinstance(f, Number | Variable)]
    return len(rest) == 1 and isinstance(rest[0], Application) and sum(rest[0].orders) == highest
