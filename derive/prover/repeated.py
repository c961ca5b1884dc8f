"""Sums over repeated letters that are not written: ``y_i = W_{ij} x_j``.

Many write so without a word about it.  Where a claim is false as it stands and true with the
sums, it is not known which of them the author claims, who writes no sum sign anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from derive.logic.problem import Claim
from derive.logic.terms import Add, Index, Sum, Term, Variable, free_indices, subterms
from derive.meaning.statement import Meaning
from derive.refuter.refute import Effort, sample

__all__ = ["may_be_summed", "writes_sums"]


def writes_sums(meaning: Meaning) -> bool:
    """Whether the document has sum signs: where one is missing, it is forgotten."""
    sides = (side for one in meaning.statements for side in (one.left, one.right))
    return any("\\sum" in side or "∑" in side or "Σ_" in side for side in sides)


def may_be_summed(claims: Iterable[Claim], effort: Effort) -> str:
    """The letters that one side alone repeats, if a claim may hold of sums over them."""
    return next(filter(None, (_summed_letters(claim, effort) for claim in claims)), "")


def _summed_letters(claim: Claim, effort: Effort) -> str:
    left, right = free_indices(claim.left), free_indices(claim.right)
    extra = sorted(left ^ right, key=lambda index: index.name)
    if not extra or (left - right and right - left):
        return ""
    summed = replace(claim, left=_summed(claim.left, extra), right=_summed(claim.right, extra))
    if not free_indices(summed.left) == free_indices(summed.right) == left & right:
        return ""
    survey = sample(summed, effort)
    holds = survey.contradiction is None and survey.points > 0
    return ", ".join(index.name for index in extra) if holds else ""


def _summed(side: Term, letters: list[Index]) -> Term:
    """The side with each of its terms summed over the letters that it repeats."""
    if isinstance(side, Add):
        return Add(tuple(_summed(term, letters) for term in side.terms))
    for index in letters:
        places = [
            place
            for part in subterms(side)
            if isinstance(part, Variable)
            for place in part.indices
            if place == index
        ]
        if len(places) > 1:
            side = Sum(index, (), side)
    return side
