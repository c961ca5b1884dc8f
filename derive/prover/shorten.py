"""Shorter proofs: the two sides of a claim often meet before both are in normal form."""

from __future__ import annotations

from functools import lru_cache

from derive.logic.checker import (
    Cases,
    Proof,
    Rewriting,
    Step,
    apply,
    cases,
    opening,
)  # fmt: skip
from derive.logic.problem import Claim
from derive.logic.rules import Scope
from derive.logic.terms import Term, canonical


@lru_cache(maxsize=32)
def begin(claim: Claim) -> tuple[Term, Term, Scope]:
    """``opening``, with what its facts have computed kept while one claim is worked on."""
    return opening(claim)


def shortened(claim: Claim, proof: Proof) -> Proof:
    """The proof without the steps that come after the two sides have met.  May raise Refused."""
    if isinstance(proof, Cases):
        parts = zip(cases(claim, proof.about), proof.proofs, strict=True)
        return Cases(proof.about, tuple(shortened(case, part) for case, part in parts))
    left, right, scope = begin(claim)
    on_left, on_right = _forms(left, proof.left, scope), _forms(right, proof.right, scope)
    both = on_left.keys() & on_right.keys()
    if not both:
        return proof
    meeting = min(both, key=lambda form: (on_left[form] + on_right[form], on_left[form]))
    return Rewriting(proof.left[: on_left[meeting]], proof.right[: on_right[meeting]])


def _forms(term: Term, steps: tuple[Step, ...], scope: Scope) -> dict[Term, int]:
    """After how many steps each arithmetic normal form is first seen."""
    arithmetic = scope.facts.arithmetic
    found = {arithmetic.normal(canonical(term)): 0}
    for n, step in enumerate(steps, 1):
        term = apply(term, step, scope)
        if step.rule != "arithmetic":
            found.setdefault(arithmetic.normal(canonical(term)), n)
    return found
