"""Derivatives at one time step: what a step is where the values before it are held fixed.

Of ``h_t = f(w, h_{t-1})`` the derivative by w goes back through all steps.  Texts also write
``\\partial h_t / \\partial w`` for the last step alone, with h_{t-1} held fixed, as they do before
they sum over all steps.
"""

from __future__ import annotations

from dataclasses import replace

from derive.logic.problem import Claim, Definition, Hypothesis
from derive.logic.terms import (
    Derivative,
    Shift,
    Term,
    Variable,
    mapped,
    names,
    subterms,
)
from derive.prover.explain import spell

__all__ = ["with_past_fixed"]

_PAST = "^{\\text{past}}"


def with_past_fixed(claim: Claim) -> tuple[Claim, Hypothesis] | None:
    """The claim with earlier values as data, and the words for it; None where there are none."""
    sides = (claim.left, claim.right)
    recurring = _recurring(claim.context.definitions)
    if not any(isinstance(part, Derivative) for side in sides for part in subterms(side)):
        return None
    found: dict[str, None] = {}

    def held(term: Term) -> Term:
        if isinstance(term, Variable) and term.name in recurring and _is_earlier(term):
            places = ", ".join(map(spell, term.indices))
            found[f"{term.name}_{{{places}}}"] = None
            return Variable(term.name + _PAST, term.indices)
        return mapped(term, lambda part: held(part) if isinstance(part, Term) else part)

    definitions = tuple(replace(d, body=held(d.body)) for d in claim.context.definitions)
    if not found:
        return None
    context = replace(claim.context, definitions=definitions)
    fixed = replace(claim, left=held(claim.left), right=held(claim.right), context=context)
    return fixed, Hypothesis((), f"{', '.join(found)} \\text{{ held fixed}}")


def _is_earlier(term: Variable) -> bool:
    return any(isinstance(index, Shift) and index.offset < 0 for index in term.indices)


def _recurring(definitions: tuple[Definition, ...]) -> frozenset[str]:
    """The names that are defined by earlier values of themselves, directly or by others."""
    below = {d.name: names(d.body) for d in definitions}
    found: set[str] = set()
    for name in below:
        seen: set[str] = set()
        pending = list(below[name])
        while pending:
            other = pending.pop()
            if other not in seen:
                seen.add(other)
                pending.extend(below.get(other, ()))
        if name in seen:
            found.add(name)
    return frozenset(found)
