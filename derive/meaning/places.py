"""``x_{i1}``: the first component of x_i, which a reader of words takes for a name of its own.

A letter and a digit below a name are two indices where the letter is an index of the document:
a sum binds it, or it stands alone below a name.  Else they are a label, as the h1 of a network's
first hidden unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from derive.meaning.names import split
from derive.meaning.spelling import is_letter, rewritten, walk
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    List,
    Name,
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["with_numbered_places"]

_PLACE = re.compile(r"([a-z])([0-9])")
_USUAL = frozenset("ijklmn")


def with_numbered_places(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with two indices for the ``i1`` of ``x_{i1}``."""
    if not any(_place(n) for f in formulas.values() for n in walk(f) if isinstance(n, Name)):
        return dict(formulas)
    letters = frozenset(_letters(formulas.values()))

    def changed(node: Node) -> Node:
        if not isinstance(node, Scripts) or node.subscript is None:
            return node
        kronecker = isinstance(node.base, Name) and node.base.text == "\\delta"
        below = _apart(node.subscript, letters, kronecker)
        return node if below is node.subscript else replace(node, subscript=below)

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _letters(formulas: Iterable[ParsedFormula]) -> Iterator[str]:
    """The letters that sums bind, and usual ones that stand alone below names."""
    for formula in formulas:
        for node in walk(formula):
            if isinstance(node, Operator) and node.lower is not None:
                lower = node.lower
                for item in lower.items if isinstance(lower, List) else (lower,):
                    first = item.first if isinstance(item, Chain) else item
                    yield from (
                        (n.text for n in split(first) if isinstance(n, Name)) if first else ()
                    )
            elif isinstance(node, Scripts) and node.subscript is not None:
                for piece in split(node.subscript):
                    if is_letter(piece) and isinstance(piece, Name) and piece.text in _USUAL:
                        yield piece.text


def _place(name: Name) -> re.Match[str] | None:
    return _PLACE.fullmatch(name.text) if name.word else None


def _apart(below: Syntax, letters: frozenset[str], kronecker: bool) -> Syntax:
    if isinstance(below, List):
        items = tuple(_apart(item, letters, False) for item in below.items)
        return replace(below, items=items) if items != below.items else below
    found = _place(below) if isinstance(below, Name) else None
    if found is None or not (kronecker or found[1] in letters):
        return below
    span = below.span
    letter = Name(Span(span.start, span.start + 1), found[1])
    number = Numeral(Span(span.start + 1, span.end), found[2])
    return Product(span, (letter, number), ("",))
