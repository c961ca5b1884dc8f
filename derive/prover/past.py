"""Derivatives in which some of what depends on the variable is held fixed.

Of ``h_t = f(w, h_{t-1})`` the derivative by w goes back through all steps.  Texts also write
``\\partial h_t / \\partial w`` for the last step alone, with h_{t-1} held fixed, as they do before
they sum over all steps.  In the same way ``\\partial h_i / \\partial x_i = 1 / s`` of
``h_i = (x_i - m) / s`` is meant with the mean m and the deviation s held fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from derive.logic.problem import Claim, Definition, Equation, Hypothesis, Unknown
from derive.logic.terms import (
    Derivative,
    Index,
    IndexTerm,
    Shift,
    Term,
    Variable,
    mapped,
    names,
    substitute,
    subterms,
)
from derive.prover.explain import spell

__all__ = ["differentiated_by", "with_others_fixed", "with_past_fixed", "with_slopes_written"]

_PAST, _FIXED = "^{\\text{past}}", "^{\\text{fixed}}"


def with_past_fixed(claim: Claim) -> tuple[Claim, Hypothesis] | None:
    """The claim with earlier values as data, and the words for it; None where there are none."""
    recurring = _recurring(claim.context.definitions)
    if not any(True for _ in _derivatives(claim)):
        return None
    return _fixed(claim, lambda x: x.name in recurring and _is_earlier(x), _PAST)


def with_others_fixed(claim: Claim) -> tuple[Claim, Hypothesis, frozenset[str]] | None:
    """The claim with all as data that stands between a quantity and what it is differentiated by.

    These are the quantities in its definition that depend on the variable themselves; their names
    come last.
    """
    between: set[str] = set()
    below = _below(claim.context.definitions, claim.context.unknowns)
    for derivative in _derivatives(claim):
        if isinstance(derivative.body, Variable):
            definition = claim.context.definition(derivative.body.name)
            by = derivative.variable.name
            inner = names(definition.body) if definition is not None else frozenset[str]()
            between.update(x for x in inner if by in below.get(x, ()) and x != by)
            between.discard(derivative.body.name)
    fixed = _fixed(claim, lambda x: x.name in between, _FIXED) if between else None
    return (*fixed, frozenset(between)) if fixed is not None else None


def with_slopes_written(claim: Claim) -> tuple[Claim, Hypothesis, frozenset[str]] | None:
    """The claim with each derivative of a quantity that has a definition as that is written.

    In ``dL/dx_i = dL/dh_i dh_i/dx_i + dL/dm dm/dx_i`` each way from x_i to L is a term, and
    dh_i/dx_i the slope of ``h_i = x_i - m`` with m held fixed; m is so in that factor alone.
    """
    below = _below(claim.context.definitions, claim.context.unknowns)
    between: set[str] = set()

    def written(term: Term) -> Term:
        match term:
            case Derivative(Variable(name, places), Variable(by)) if name != by:
                definition = claim.context.definition(name)
                inner = names(definition.body) if definition is not None else frozenset[str]()
                held = {x for x in inner if by in below.get(x, ()) and x not in (by, name)}
                if definition is None or not held or len(definition.indices) != len(places):
                    return term
                if by not in inner:  # dL/dw of an L(y(w)): nothing would be left of it
                    return term
                at: dict[Index, IndexTerm] = dict(zip(definition.indices, places, strict=True))
                body = _marked(substitute(definition.body, at), held, between)
                return Derivative(body, term.variable)
        return mapped(term, lambda part: written(part) if isinstance(part, Term) else part)

    left, right = written(claim.left), written(claim.right)
    if not between:
        return None
    quantities: tuple[Definition | Unknown, ...] = (
        *claim.context.definitions,
        *claim.context.unknowns,
    )
    values = tuple(
        Equation(Variable(d.name + _FIXED, d.indices), Variable(d.name, d.indices), d.indices)
        for d in quantities
        if d.name in between
    )
    told = Hypothesis(values, f"{', '.join(sorted(between))} \\text{{ held fixed}}")
    context = replace(claim.context, hypotheses=(*claim.context.hypotheses, told))
    return replace(claim, left=left, right=right, context=context), told, frozenset(between)


def _marked(term: Term, held: set[str], found: set[str]) -> Term:
    """The term with the quantities that are held fixed under names of their own."""
    if isinstance(term, Variable) and term.name in held:
        found.add(term.name)
        return Variable(term.name + _FIXED, term.indices)
    return mapped(term, lambda part: _marked(part, held, found) if isinstance(part, Term) else part)


def differentiated_by(claim: Claim) -> Iterator[Variable]:
    """The variables of the derivatives in the claim."""
    return (derivative.variable for derivative in _derivatives(claim))


def _derivatives(claim: Claim) -> Iterator[Derivative]:
    for side in (claim.left, claim.right):
        for part in subterms(side):
            if isinstance(part, Derivative):
                yield part


def _fixed(
    claim: Claim, chosen: Callable[[Variable], bool], mark: str
) -> tuple[Claim, Hypothesis] | None:
    """The claim with the chosen quantities as data."""
    found: dict[str, None] = {}

    def held(term: Term) -> Term:
        if isinstance(term, Variable) and chosen(term):
            places = ", ".join(map(spell, term.indices))
            found[f"{term.name}_{{{places}}}" if places else term.name] = None
            return Variable(term.name + mark, term.indices)
        return mapped(term, lambda part: held(part) if isinstance(part, Term) else part)

    definitions = tuple(replace(d, body=held(d.body)) for d in claim.context.definitions)
    left, right = held(claim.left), held(claim.right)
    if not found:
        return None
    context = replace(claim.context, definitions=definitions)
    fixed = replace(claim, left=left, right=right, context=context)
    return fixed, Hypothesis((), f"{', '.join(found)} \\text{{ held fixed}}")


def _is_earlier(term: Variable) -> bool:
    return any(isinstance(index, Shift) and index.offset < 0 for index in term.indices)


def _recurring(definitions: tuple[Definition, ...]) -> frozenset[str]:
    """The names that are defined by earlier values of themselves, directly or by others."""
    return frozenset(name for name, seen in _below(definitions).items() if name in seen)


def _below(
    definitions: tuple[Definition, ...], unknowns: tuple[Unknown, ...] = ()
) -> dict[str, set[str]]:
    """All names that each defined name, and each unknown one, depends on."""
    direct = {d.name: names(d.body) for d in definitions}
    direct |= {u.name: frozenset(u.depends_on) for u in unknowns if u.name not in direct}
    found: dict[str, set[str]] = {}
    for name in direct:
        seen: set[str] = set()
        pending = list(direct[name])
        while pending:
            other = pending.pop()
            if other not in seen:
                seen.add(other)
                pending.extend(direct.get(other, ()))
        found[name] = seen
    return found
