"""Slopes that a text sets to zero without writing them: "setting the gradient to zero, w = ...".

They are worked out by the rules of the logic alone, so that what is taken to be 0 is the derivative
of the function as the text defines it.
"""

from __future__ import annotations

from collections.abc import Mapping

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.problem import Context, Definition
from derive.logic.rules import CHAIN, Scope, rewrite
from derive.logic.terms import (
    Derivative,
    Sum,
    Term,
    Variable,
    canonical,
    mapped,
    names,
    subterms,
)

__all__ = ["made_of", "slope"]

_MOST_STEPS = 400
_DERIVATIVES = (
    "derivative of a constant",
    "derivative of a variable",
    "derivative of a sum of terms",
    "constant factor",
    "product rule",
    "power rule",
    "derivative inside the sum",
    *CHAIN,
)
_SUMS = (
    "linearity of the sum",
    "only one term survives",
    "constant factor out of the sum",
)


def slope(body: Term, by: Variable, definitions: Mapping[str, Definition]) -> Term | None:
    """The derivative of ``body`` by ``by``, without derivatives in it; None where rules fail."""
    facts = Facts(Context(tuple(definitions.values())))
    scope = Scope(facts)
    try:
        whole = _unfolded(canonical(body), by.name, facts)
        left = [_MOST_STEPS]
        found = _worked_out(Derivative(whole, by), scope, left)
        before = None
        while found is not before:  # products are flat only then, and sums over deltas end
            before = facts.arithmetic.normal(canonical(found))
            found = facts.arithmetic.normal(canonical(_worked_out(before, scope, left)))
    except Refused:
        return None
    if any(isinstance(part, Derivative) for part in subterms(found)):
        return None
    return found


def made_of(term: Term, name: str, definitions: Mapping[str, Definition]) -> Term:
    """The term with the definitions put in that depend on a name, as far as they can be."""
    try:
        return _unfolded(term, name, Facts(Context(tuple(definitions.values()))))
    except Refused:
        return term


def _unfolded(term: Term, name: str, facts: Facts) -> Term:
    """The term with the definitions put in that depend on a name."""
    if isinstance(term, Variable) and term.name in facts.definitions:
        if name not in facts.ancestors(names(term)):
            return term
        return _unfolded(facts.unfolded(term.name, term.indices), name, facts)
    return mapped(
        term, lambda part: _unfolded(part, name, facts) if isinstance(part, Term) else part
    )


def _worked_out(term: Term, scope: Scope, left: list[int]) -> Term:
    """The term with the rules applied until none applies."""
    left[0] -= 1
    if left[0] < 0:
        raise Refused("too many steps")
    if isinstance(term, Derivative):
        for rule in _DERIVATIVES:
            new = _try(rule, term, scope)
            if new is not None:
                return _worked_out(new, scope, left)
        raise Refused("no rule applies")
    inner = scope.inside(term)
    term = mapped(
        term, lambda part: _worked_out(part, inner, left) if isinstance(part, Term) else part
    )
    if isinstance(term, Sum):
        for rule in _SUMS:
            new = _try(rule, term, scope)
            if new is not None:
                return _worked_out(new, scope, left)
    return term


def _try(rule: str, term: Term, scope: Scope) -> Term | None:
    try:
        return rewrite(rule, term, scope)
    except Refused:
        return None
