"""Ranges of which the text fixes the number of positions: sums over them written out in full.

With N = 2, ``sum_i f_i`` is ``f_1 + f_2``; nothing else changes, so the value is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from derive.logic.problem import Claim
from derive.logic.terms import (
    Add,
    Binder,
    Index,
    IndexTerm,
    Mul,
    Number,
    Position,
    Product,
    Sum,
    Term,
    children,
    rebuild,
    substitute,
)
from derive.meaning.sums import own_positions, replace_position

__all__ = ["MOST_POSITIONS", "from_the_front", "written_out"]

MOST_POSITIONS = 4


def written_out(claim: Claim, sizes: Mapping[str, int]) -> Claim:
    """The claim with all sums over the ranges in ``sizes`` written out, definitions included."""
    definitions = tuple(
        replace(definition, body=_expand(definition.body, sizes))
        for definition in claim.context.definitions
    )
    return replace(
        claim,
        left=_expand(claim.left, sizes),
        right=_expand(claim.right, sizes),
        context=replace(claim.context, definitions=definitions),
    )


def from_the_front(claim: Claim, sizes: Mapping[str, int]) -> Claim:
    """The claim with z_3 for z_N, where N = 3."""

    def turned(term: Term) -> Term:
        return _from_the_front(rebuild(term, tuple(map(turned, children(term)))), sizes)

    definitions = tuple(replace(d, body=turned(d.body)) for d in claim.context.definitions)
    context = replace(claim.context, definitions=definitions)
    return replace(claim, left=turned(claim.left), right=turned(claim.right), context=context)


def _expand(term: Term, sizes: Mapping[str, int]) -> Term:
    term = rebuild(term, tuple(_expand(child, sizes) for child in children(term)))
    term = _from_the_front(term, sizes)
    if not isinstance(term, Sum | Product) or term.index.range not in sizes:
        return term
    here = [Position(n + 1, term.index.range) for n in range(sizes[term.index.range])]
    if any(not isinstance(x, Position) for x in term.excluded):
        return term
    parts = [_at(term, position) for position in here if position not in term.excluded]
    neutral = Number(Fraction(0 if isinstance(term, Sum) else 1))
    if len(parts) < 2:
        return parts[0] if parts else neutral
    return Add(tuple(parts)) if isinstance(term, Sum) else Mul(tuple(parts))


def _at(term: Binder, position: IndexTerm) -> Term:
    new: dict[Index, IndexTerm] = {term.index: position}
    return substitute(term.body, new)


def _from_the_front(term: Term, sizes: Mapping[str, int]) -> Term:
    """Positions that are counted from the back, counted from the front."""
    left_out = term.excluded if isinstance(term, Binder) else ()
    for at in (*own_positions(term), *left_out):
        if isinstance(at, Position) and at.value <= 0 and at.range in sizes:
            front = sizes[at.range] + at.value
            if front > 0:
                term = replace_position(term, at, Position(front, at.range))
    return term
