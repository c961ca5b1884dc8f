"""Equations that the words of a sentence complete.

``y_k = 1 if k = c and y_k = 0 otherwise`` has the rows of cases; ``S stands for a + b`` defines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from derive.meaning.spelling import spelling
from derive.reader import syntax as s
from derive.reader.document import Formula, Item, Prose
from derive.reader.source import Span

__all__ = [
    "abbreviation_in_words",
    "cases_in_row",
    "cases_in_words",
    "gives_several_values",
    "tells_of_the_rest",
]

_IF = re.compile(r"[\s,(]*(?:only\s+)?(?:if|when|whenever|for|where)\s+", re.I)
_AND = re.compile(r"[\s,;]*(?:and|but|while)?\s*(?:is\s+|are\s+|equals\s+)?", re.I)
_OTHERWISE = re.compile(r"[\s,(]*(?:otherwise|else\b|elsewhere)", re.I)
_STANDS_FOR = re.compile(
    r"\s*,?\s*(?:simply\s+|just\s+)?(?:stands\s+for|is\s+(?:an?\s+)?(?:short(?:hand)?|"
    r"abbreviation|short\s+notation)\s+(?:for|of)|abbreviates)\s+(?:the\s+(?:sum|term|expression)\s+)?",
    re.I,
)
# "the □ sign to represent □", "□ denotes □", "write □ for □"
_REPRESENTS = re.compile(
    r"\s*(?:\([^()]{1,30}\)\s*)?(?:(?:sign|symbol|letter|notation)\s+)?"
    r"(?:to\s+(?:represent|denote|stand\s+for|abbreviate)|represents|denotes)\s*"
    r"(?:\bthe\s+(?:sum|term|expression|denominator)\s*)?",
    re.I,
)
_ZERO_OTHERWISE = re.compile(
    r"[\s,;]*(?:and|but|while)?\s*(?:is\s+|are\s+|equals\s+)?(?:0|zero)\s+"
    r"(?:otherwise|else\b|elsewhere)",
    re.I,
)


def cases_in_words(
    first: Formula,
    after: Sequence[Item],
    formulas: Mapping[int, s.ParsedFormula],
    supposes: bool = False,
) -> tuple[s.Chain, tuple[Formula, ...]] | None:
    """The equation with a ``cases`` block that the sentence spells out, and what it took for it.

    None where the words after the formula are no such thing, or spell out two equations, each with
    its own condition, that are claimed and not supposed.
    """
    chain = _equation(first, formulas)
    match after:
        case [Prose(text=if_), Formula() as condition, Prose(text=between), *rest]:
            pass
        case _:
            return None
    where = _body(condition, formulas)
    if chain is None or not isinstance(where, s.Chain) or not _IF.fullmatch(if_):
        return None
    left, sign, value = chain
    span = value.span
    row = s.CasesRow(span, value, where)
    otherwise: s.Syntax = s.Text(span, "otherwise")
    taken: tuple[Formula, ...] = (condition,)
    if _ZERO_OTHERWISE.match(between):
        other: s.Syntax | None = s.Numeral(span, "0")
    elif rest and isinstance(rest[0], Formula) and _AND.fullmatch(between):
        other = _other_value(left, rest[0], formulas)
        match rest:
            case [Formula() as second, Prose(text=end), *_] if _OTHERWISE.match(end):
                taken = condition, second
            case [Formula() as second, Prose(text=if_), Formula() as last, *_] if _IF.fullmatch(
                if_
            ):
                opposed = _body(last, formulas)
                claimed = not supposes and _equation(second, formulas) is not None
                if claimed or not isinstance(opposed, s.Chain):
                    return None
                otherwise, taken = opposed, (condition, second, last)
            case _:
                return None
    else:
        return None
    if other is None:
        return None
    rows = row, s.CasesRow(span, other, otherwise)
    return s.Chain(first.span, left, ((sign, s.Cases(span, rows)),)), taken


def cases_in_row(row: s.Row) -> s.Chain | None:
    """``f(x) = x^2 \\text{ if } x > 0 \\text{ and } 0 \\text{ otherwise}``, with rows of cases."""
    match row:
        case s.Row(body=s.Chain(_, left, ((sign, value),)), condition=s.Sequence(span, items)) if (
            left is not None and value is not None and sign.text in ("=", "assign")
        ):
            pass
        case _:
            return None
    told = [i for i in items if not (isinstance(i, s.Text) and _AND.fullmatch(i.text))]
    match told:
        case [s.Chain() as where, other, s.Text(text=words) as rest] if _OTHERWISE.match(words):
            pass
        case [s.Chain() as where, s.Text(text=words) as rest, other] if _OTHERWISE.match(words):
            pass
        case [s.Chain() as where, other, s.Text(text=words), s.Chain() as rest] if _IF.fullmatch(
            f"{words} "
        ):
            pass
        case _:
            return None
    match other:
        case s.Chain(_, again, ((s.RelationSign(text="="), s.Node() as found),)) if (
            again is not None and spelling(again) == spelling(left)
        ):
            other = found
        case s.Chain() | s.List() | s.Text():
            return None
    first = s.CasesRow(Span(value.span.start, where.span.end), value, where)
    second = s.CasesRow(Span(other.span.start, rest.span.end), other, rest)
    whole = s.Cases(Span(value.span.start, span.end), (first, second))
    return s.Chain(Span(left.span.start, span.end), left, ((sign, whole),))


def gives_several_values(rows: Sequence[s.Row]) -> bool:
    """``y = 1, p = 0 \\\\ y = 0, p = 1``: values of several names, of one of them more than one."""
    given: dict[str, set[str]] = {}
    for row in rows:
        match row.body:
            case s.Chain(
                _,
                s.Name() | s.Scripts() as left,
                ((s.RelationSign(text="="), s.Numeral(text=number)),),
            ):
                given.setdefault(spelling(left), set()).add(number)
            case _:
                return False
    return len(given) > 1 and any(len(numbers) > 1 for numbers in given.values())


def tells_of_the_rest(condition: s.Syntax | None) -> bool:
    """Whether what stands as a condition gives another value: "x > 0, 0 otherwise"."""
    if not isinstance(condition, s.Sequence):
        return False
    for item in condition.items:
        match item:
            case s.Text(text=words):
                if _OTHERWISE.match(words):
                    return True
            case s.Chain(_, s.Product(_, (_, s.Group()), ("",)), _):
                return True
            case s.Chain() | s.List() | s.Name() | s.Group():
                pass
            case _:
                return True
    return False


def _other_value(
    left: s.Syntax, second: Formula, formulas: Mapping[int, s.ParsedFormula]
) -> s.Syntax | None:
    """The other value of ``left``, from an equation for it or as it stands."""
    again, body = _equation(second, formulas), _body(second, formulas)
    if again is not None:
        return again[2] if spelling(again[0]) == spelling(left) else None
    return None if isinstance(body, s.Chain | s.List | s.Sequence) else body


def abbreviation_in_words(
    first: Formula, after: Sequence[Item], formulas: Mapping[int, s.ParsedFormula]
) -> tuple[s.Chain, tuple[Formula, ...]] | None:
    """``S`` and what it "stands for", as an equation; None where the words say nothing such."""
    match after:
        case [Prose(text=words), Formula() as second, *_] if _STANDS_FOR.fullmatch(
            words
        ) or _REPRESENTS.fullmatch(words):
            left, right = _body(first, formulas), _body(second, formulas)
            whole = not isinstance(right, s.Chain | s.List | s.Sequence | s.Text | s.Unreadable)
            told = _STANDS_FOR.fullmatch(words) is not None or isinstance(right, s.Operator)
            if isinstance(left, s.Name | s.Scripts) and right is not None and whole and told:
                sign = s.RelationSign(right.span, "=")
                return s.Chain(first.span, left, ((sign, right),)), (second,)
    return None


def _body(item: Formula, formulas: Mapping[int, s.ParsedFormula]) -> s.Syntax | None:
    rows = formulas[id(item)].rows
    return rows[0].body if len(rows) == 1 and not item.display else None


def _equation(
    item: Formula, formulas: Mapping[int, s.ParsedFormula]
) -> tuple[s.Syntax, s.RelationSign, s.Syntax] | None:
    body = _body(item, formulas)
    if isinstance(body, s.Chain) and body.first is not None and len(body.rest) == 1:
        sign, right = body.rest[0]
        if sign.text == "=" and right is not None:
            return body.first, sign, right
    return None
