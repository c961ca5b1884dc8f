"""Rows of a display that say the same thing of several cases, each under its own condition.

``|x| &= x \\text{ if } x \\geq 0 \\\\ &= -x \\text{ otherwise}`` has the rows of cases.  Of
``&= p_k - 1 \\text{ if } k = y \\\\ &= p_k \\text{ otherwise}`` both go on from the row before
them, and what follows a row with a condition, and has none, holds under it, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.meaning.limited import restricting
from derive.meaning.spelling import spelling
from derive.meaning.steps import negated, otherwise
from derive.reader import syntax as s
from derive.reader.source import Span

__all__ = ["continued", "with_cases"]


def with_cases(rows: Sequence[s.Row]) -> tuple[s.Row, ...]:
    """The rows, with one row of cases for those that give one left side its values in turn."""
    found: list[s.Row] = []
    n = 0
    while n < len(rows):
        group = [rows[n]]
        left = _left(rows[n])
        while left is not None and n + len(group) < len(rows):
            row = rows[n + len(group)]
            goes_on = isinstance(row.body, s.Chain) and row.body.first is None
            again = _left(row)
            if _value(row) is None or row.notes or row.tag:
                break
            if not (goes_on or (again is not None and spelling(again) == spelling(left))):
                break
            group.append(row)
            if otherwise((row.condition,) if row.condition is not None else ()):
                break
        found.append(_of_cases(group) if len(group) > 1 else rows[n])
        n += len(group)
    return tuple(found)


def _left(row: s.Row) -> s.Syntax | None:
    body = row.body
    return body.first if isinstance(body, s.Chain) and _value(row) is not None else None


def _value(row: s.Row) -> s.CasesRow | None:
    """What the row equates under its condition, where it has one."""
    match row:
        case s.Row(
            body=s.Chain(_, _, ((s.RelationSign(text="="), s.Node() as value),)),
            condition=s.Node() as condition,
        ) if restricting(condition):
            span = Span(value.span.start, max(value.span.end, condition.span.end))
            return s.CasesRow(span, value, condition)
    return None


def _of_cases(group: Sequence[s.Row]) -> s.Row:
    first = group[0].body
    assert isinstance(first, s.Chain)
    assert first.first is not None
    rows = tuple(value for row in group if (value := _value(row)) is not None)
    whole = s.Cases(Span(rows[0].span.start, rows[-1].span.end), rows)
    span = Span(first.first.span.start, whole.span.end)
    chain = s.Chain(span, first.first, ((first.rest[0][0], whole),))
    return replace(group[0], body=chain, condition=None)


def continued(rows: Sequence[s.Row]) -> list[tuple[s.Row, s.Syntax | int | None]]:
    """The rows, with the conditions that they hold under, and what each goes on from.

    That is some syntax, or the end of the row with a number; None: the row before, as usual.
    """
    found: list[tuple[s.Row, s.Syntax | int | None]] = []
    conditions: list[s.Syntax] = []
    base: s.Syntax | int | None = None
    for n, row in enumerate(rows):
        condition, body = row.condition, row.body
        first = body.first if isinstance(body, s.Chain) else None
        again = first is not None and isinstance(base, s.Node) and spelling(base) == spelling(first)
        if not isinstance(body, s.Chain) or (first is not None and not again):
            conditions, base = [], None
        if not isinstance(body, s.Chain):
            found.append((row, None))
        elif condition is not None and restricting(condition):
            opposite = negated(conditions[0]) if len(conditions) == 1 else None
            if otherwise((condition,)) and opposite is not None:
                row = replace(row, condition=replace(opposite, span=condition.span))
            found.append((row, base if conditions and first is None else None))
            if not conditions:
                base = n - 1 if first is None else first
            conditions.append(condition)
        else:
            if conditions and condition is None and first is None:
                row = replace(row, condition=conditions[-1])
            found.append((row, None))
    return found
