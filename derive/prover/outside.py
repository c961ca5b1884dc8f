"""Counterexamples beyond the positions of an index, where a hypothesis is not looked at.

Where ``v_{t+1} = 2 v_t`` is supposed for all t, ``v_t = 2 v_{t-1}`` is no news; at t = 1 it is
about v_0, which no position has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.logic.problem import Claim, Different, Equation, Fact, Hypothesis
from derive.logic.terms import Position, Shift, Term, Variable, names, subterms
from derive.prover.missing import with_hypothesis
from derive.prover.unsaid import reached
from derive.refuter.counterexample import Counterexample

__all__ = ["AT_NUMBERS", "NOT_SUPPOSED", "is_outside", "shifts_within", "within_positions"]

AT_NUMBERS = re.compile(r"_-?\d+(?:,-?\d+)*$")  # as the refuter writes what lies before the first
NOT_SUPPOSED = "it was looked at only where an index leads out of its range"
INSIDE = "\\text{no index leads out of its range}"
_MOST = 3  # positions at either end


def is_outside(claim: Claim, found: Counterexample | None) -> bool:
    """Whether the counterexample is about what a recurrence among the hypotheses reaches."""
    if found is None:
        return False
    stated = [f for h in claim.context.hypotheses for f in h.facts if isinstance(f, Equation)]
    recurring = {
        variable.name
        for fact in stated
        for variable, shift in _shifted(fact.left, fact.right)
        if shift.index in fact.every
    }
    outside = {name.rpartition("_")[0] for name in found.values if AT_NUMBERS.search(name)}
    return not reached(claim, frozenset(recurring)).isdisjoint(outside)


def _shifted(*terms: Term) -> Iterator[tuple[Variable, Shift]]:
    """What stands with an index like t + 1, and that."""
    for part in (p for term in terms for p in subterms(term) if isinstance(p, Variable)):
        yield from ((part, index) for index in part.indices if isinstance(index, Shift))


def shifts_within(claim: Claim) -> bool:
    """Whether a definition that the claim rests on leads on to other positions."""
    about = reached(claim, names(claim.left) | names(claim.right))
    made_of = [d.body for d in claim.context.definitions if d.name in about]
    return any(True for _ in _shifted(*made_of))


def within_positions(claim: Claim) -> Claim | None:
    """The claim for positions from which no shift leads out of the range; None if it is that."""
    known: dict[Fact, None] = {}
    for _, shift in _shifted(claim.left, claim.right):
        far = min(abs(shift.offset), _MOST)
        for at in range(1, far + 1) if shift.offset < 0 else range(1 - far, 1):
            known[Different(shift.index, Position(at, shift.index.range))] = None
    said = {fact for h in claim.context.hypotheses for fact in h.facts}
    new = tuple(fact for fact in known if fact not in said)
    return with_hypothesis(claim, Hypothesis(new, INSIDE)) if new else None
