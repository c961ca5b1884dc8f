"""Equations that are split over two formulas: ``$f(x)$ $= x^2$``, with nothing in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from derive.reader import syntax as s
from derive.reader.document import Formula, Item, Prose
from derive.reader.source import Span

__all__ = ["with_chains_whole"]


def with_chains_whole(
    items: Sequence[Item], formulas: Mapping[int, s.ParsedFormula]
) -> dict[int, s.ParsedFormula]:
    """The formulas, with what stands alone before a relation as its left side."""
    found = dict(formulas)
    written = [item for item in items if not (isinstance(item, Prose) and not item.text.strip())]
    for one, other in pairwise(written):
        if not (isinstance(one, Formula) and isinstance(other, Formula)):
            continue
        before, after = found[id(one)], found[id(other)]
        left = before.rows[0].body if len(before.rows) == 1 else None
        match after.rows[:1]:
            case (s.Row(body=s.Chain(span, None, rest)) as row,) if _is_side(left, before):
                assert left is not None
                chain = s.Chain(Span(left.span.start, span.end), left, rest)
                rows = (replace(row, body=chain), *after.rows[1:])
                found[id(one)] = replace(before, rows=())
                found[id(other)] = replace(after, rows=rows)
    return found


def _is_side(body: s.Syntax | None, formula: s.ParsedFormula) -> bool:
    """Whether a formula is one expression that may be equated with another."""
    others = (s.Chain, s.List, s.Sequence, s.Text, s.Unreadable)
    plain = body is not None and not isinstance(body, others)
    return plain and not formula.rows[0].notes and formula.rows[0].condition is None
