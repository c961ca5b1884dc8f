"""Equations that are no identities: of data that nothing relates, such as ``c = a b``.

Whoever writes them supposes them, sets them, or looks for where they hold.  That they fail for
other data is no news, and refutes nothing.
"""

from __future__ import annotations

from fractions import Fraction

from derive.logic.problem import Claim
from derive.logic.terms import (
    Add,
    Application,
    Derivative,
    Mul,
    Number,
    Pow,
    Size,
    Sum,
    Variable,
    names,
    subterms,
)
from derive.meaning.contexts import fact_names

__all__ = ["is_condition", "made_of_others", "reached"]


def is_condition(claim: Claim) -> bool:
    """Whether a claim relates data that the text relates nowhere.

    Nothing in it is defined, differentiated or spoken of by a hypothesis; and it equates what is
    made of other data (``a b = c d``), or says what one quantity, or one size, is (``c = a b``,
    ``N = 1``).
    """
    left, right = names(claim.left), names(claim.right)
    if isinstance(claim.left, Size | Variable) and isinstance(claim.right, Size | Number):
        return not any(map(claim.context.definition, left)) and not _spoken_of(claim, left)
    if not left | right or any(map(claim.context.definition, left | right)):
        return False
    if any(isinstance(p, Derivative) for side in (claim.left, claim.right) for p in subterms(side)):
        return False
    if _spoken_of(claim, left | right):
        return False
    if left - right and right - left:
        return True
    if _is_constraint(claim):
        return True
    sides = ((claim.left, claim.right), (claim.right, claim.left))
    return any(
        isinstance(one, Variable | Application)
        and one.name not in names(other)
        and (bool(names(other)) or isinstance(other, Number))
        for one, other in sides
    )


def _is_constraint(claim: Claim) -> bool:
    """``\\sqrt{\\sum_i w_i^2} = 1``, ``y \\theta x > 0``: sides made of data alone and a number."""
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if not isinstance(other, Number):
            continue
        if claim.relation != "=":
            plain = (
                isinstance(p, Variable | Number | Mul | Add | Sum | Pow) for p in subterms(one)
            )
            return other.value == 0 and all(plain)
        if other.value == 1 and isinstance(one, Pow) and isinstance(one.base, Sum):
            return one.exponent == Number(Fraction(1, 2))
    return False


def _spoken_of(claim: Claim, found: frozenset[str]) -> bool:
    """Whether a hypothesis speaks of one of the names."""
    return any(fact_names(fact) & found for h in claim.context.hypotheses for fact in h.facts)


def made_of_others(claim: Claim) -> str:
    """A function of m, differentiated by m, that was read as made of other things and no m.

    ``l(m) = prod_i f_X(x_i)`` says nothing of m as long as f is not known to depend on it.
    """
    for side, against in ((claim.left, claim.right), (claim.right, claim.left)):
        for part in subterms(side):
            match part:
                case Derivative(Application(name, _, arguments, _), by) if by in arguments:
                    definition = claim.context.definition(name)
                    if definition is None or isinstance(definition.body, Variable):
                        continue
                    made_of = reached(claim, names(definition.body))
                    strange = made_of - reached(claim, names(against)) - {by.name}
                    formal = definition.arguments[arguments.index(by)]
                    if formal not in made_of and len(strange) > 1:
                        return name
    return ""


def reached(claim: Claim, found: frozenset[str]) -> frozenset[str]:
    """The names, and those that they are defined by."""
    reached: set[str] = set()
    pending = list(found)
    while pending:
        name = pending.pop()
        if name not in reached:
            reached.add(name)
            definition = claim.context.definition(name)
            pending.extend(names(definition.body) if definition is not None else ())
    return frozenset(reached)
