"""What a text says of the rows or columns of a matrix: "$X$, whose rows are the $x_i^T$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from derive.meaning.names import TRANSPOSES, Names, reference
from derive.reader import syntax as s
from derive.reader.document import Formula, Item, Prose

__all__ = ["said_rows"]

_LINES = r"(?P<line>row|column)s"
_THE = (
    r"\s*(?:all\s+(?:of\s+)?)?(?:the\s+)?"
    r"(?:(?:['\"‘“`]+\w+['\"’”]+|data|design|feature|input|output|outside|cent(?:er|re)|context|word|"
    r"matrix|vectors?|inputs|samples|examples)\s+){0,3}"
)
_ITS_ROWS = re.compile(
    r"^[\s,(]*(?:whose|with|has|having|"
    r"(?:is|be|being|denotes?) (?:the|an?) (?:\w+ ){0,2}matrix (?:with|whose))\s+"
    rf"(?:the\s+)?{_LINES}\s*(?:are|being|is|equal to|given by|,)?{_THE}$",
    re.I,
)
_ROWS_OF = re.compile(rf"(?:^|[.;]\s*|\bthe\s+){_LINES} of{_THE}$", re.I)
_ARE = re.compile(rf"^\s*(?:are|is|be){_THE}$", re.I)
_IS_THE = re.compile(r"^\s*(?:is|be|denotes?|are)\s+the\s*$", re.I)
_TH_ROW = re.compile(rf"^\s*(?:-|–|th|st|\s)*(?P<line>row|column)s? of{_THE}$", re.I)
_IS_ROW = re.compile(r"^\s*(?:is|be|denotes?)\s+(?:the\s+)?(?P<line>row|column)\s*$", re.I)
_OF = re.compile(rf"^\s*of{_THE}$", re.I)
_A_ROW = re.compile(r"\b(?P<line>row|column)\s*$", re.I)
_ARE_ROWS = re.compile(rf"^\s*(?:are|be|denote)\s+(?:the\s+)?{_LINES}\s+of{_THE}$", re.I)
# "with rows $x_i^T$ divided by their norms" says something else.
_ENDS = re.compile(r"^\s*(?:[.;:,)]|and\b|for\b|where\b|$)", re.I)


def said_rows(
    items: Sequence[Item], formulas: Mapping[int, s.ParsedFormula], names: Names
) -> Iterator[str]:
    """Keys of the choices that take a matrix to have certain vectors for its rows, or columns."""
    for n, item in enumerate(items):
        if not isinstance(item, Formula):
            continue
        words = [x.text for x in items[n - 1 : n] if isinstance(x, Prose)]
        before = words[0] if words else ""
        match items[n + 1 : n + 5]:
            case [Prose(text=said), Formula() as other, *_] if found := _ITS_ROWS.match(said):
                pair = item, other
            case [Prose(text=said), Formula() as other, *_] if _ARE.match(said) and (
                found := _ROWS_OF.search(before)
            ):
                pair = item, other
            case [Prose(text=one), Formula(), Prose(text=two), Formula() as other, *_] if (
                _IS_THE.match(one) and (found := _TH_ROW.match(two))
            ):
                pair = other, item
            case [Prose(text=one), Formula(), Prose(text=two), Formula() as other, *_] if _OF.match(
                two
            ) and (found := _IS_ROW.match(one)):
                pair = other, item
            case [Prose(text=one), Formula() as of, Prose(text=two), Formula() as other, *_] if (
                _ARE.match(two) and (found := _TH_ROW.match(one))
            ):  # the $i$-th row of $X$ is $x_i$
                pair = of, other
            case [Prose(text=one), Formula() as of, Prose(text=two), Formula() as other, *_] if (
                _OF.match(one) and _ARE.match(two) and (found := _A_ROW.search(before))
            ):  # row $i$ of $X$ is $x_i$
                pair = of, other
            case [Prose(text=said), Formula() as other, *_] if found := _ARE_ROWS.match(said):
                pair = other, item
            case _:
                continue
        at = next(k for k, x in enumerate(items) if x is other)
        if any(isinstance(x, Prose) and not _ENDS.match(x.text) for x in items[at + 1 : at + 2]):
            continue
        matrix, row = (_data(formulas[id(f)], names) for f in pair)
        if matrix != row and names.slots.get(matrix) == names.slots.get(row) == 2:
            yield f"{found['line'].lower()}s:{matrix}:{row}"


def _data(formula: s.ParsedFormula, names: Names) -> str:
    """The name that is a formula by itself, and the X of ``X \\in \\mathbb{R}^{n \\times d}``."""
    body = formula.rows[0].body if len(formula.rows) == 1 else None
    if isinstance(body, s.Chain) and len(body.rest) == 1 and body.rest[0][0].text == "in":
        body = body.first
    match body:
        case s.Scripts(_, s.Group(_, inner, "()"), None, s.Name(_, mark)) if mark in TRANSPOSES:
            body = inner  # x^{(i)T}
    found = reference(body, names) if isinstance(body, s.Name | s.Scripts) else None
    return found.name if found is not None and found.power is None else ""
