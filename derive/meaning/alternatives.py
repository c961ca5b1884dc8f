"""Equations that the words of a sentence complete.

``y_k = 1 if k = c and y_k = 0 otherwise`` has the rows of cases; ``S stands for a + b`` defines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from derive.meaning.spelling import spelling
from derive.reader import syntax as s
from derive.reader.document import Formula, Item, Prose

__all__ = ["abbreviation_in_words", "cases_in_words"]

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
