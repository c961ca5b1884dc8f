"""Shorter proofs: the two sides of a claim often meet before both are in normal form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

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
    forms = zip_longest(_forms(left, proof.left, scope), _forms(right, proof.right, scope))
    seen: tuple[dict[Term, int], dict[Term, int]] = {}, {}  # after how many steps it was first
    best: tuple[int, int] | None = None  # so many steps on both sides, and on the left
    for n, new in enumerate(forms):
        for form, found in zip(new, seen, strict=True):
            if form is not None:
                found.setdefault(form, n)
        for form in filter(None, new):
            if all(form in found for found in seen):
                met = seen[0][form] + seen[1][form], seen[0][form]
                best = met if best is None else min(best, met)
        if best is not None and best[0] <= n:
            break  # they cannot have met with fewer steps
    if best is None:
        return proof
    both, on_left = best
    return Rewriting(proof.left[:on_left], proof.right[: both - on_left])


def _forms(term: Term, steps: tuple[Step, ...], scope: Scope) -> Iterator[Term | None]:
    """The arithmetic normal form at the beginning and after each step that may change it."""
    arithmetic = scope.facts.arithmetic
    yield arithmetic.normal(canonical(term))
    for step in steps:
        term = apply(term, step, scope)
        yield None if step.rule == "arithmetic" else arithmetic.normal(canonical(term))
