"""Vectors that are listed in a line: ``x = [x_1, x_2, \\ldots, x_n]^T`` is a column.

Only where the list cannot be anything else: beside an equals sign, and with the components of one
name, with dots, or beside a derivative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.names import TRANSPOSES
from derive.meaning.spelling import rewritten, spelling
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Ellipsis,
    Group,
    List,
    Matrix,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
)

__all__ = ["with_lists_as_columns"]


def with_lists_as_columns(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with columns in the place of lists that stand beside an equals sign."""
    return {key: rewritten(formula, _changed) for key, formula in formulas.items()}


def _changed(node: Node) -> Node:
    if not isinstance(node, Chain):
        return node
    first, rest = node.first, list(node.rest)
    slopes = any(isinstance(m, Differentiation) for m in (first, *(m for _, m in rest)))
    for n, (sign, member) in enumerate(rest):
        before = rest[n - 1][1] if n else first
        if member is None or sign.text not in ("=", "assign", "equiv") or _items(before):
            continue
        column = _column(member, slopes)
        if column is not None:
            rest[n] = sign, column
    return replace(node, rest=tuple(rest)) if rest != list(node.rest) else node


def _items(node: Syntax | None) -> tuple[Syntax, ...]:
    """What a list in brackets holds, which may be transposed as a whole."""
    if isinstance(node, Scripts) and node.subscript is None and not node.primes:
        above = node.superscript
        if isinstance(above, Name) and above.text in TRANSPOSES:
            node = node.base
    if isinstance(node, Group) and node.delimiters in ("[]", "()") and isinstance(node.body, List):
        return node.body.items
    return ()


def _column(node: Syntax, slopes: bool) -> Matrix | None:
    items = _items(node)
    if len(items) < 2 or any(isinstance(i, Chain | Text | Sequence | List) for i in items):
        return None
    if all(_is_number(item) for item in items):
        return None
    dots = any(isinstance(item, Ellipsis) for item in items)
    ends = dots and not any(isinstance(items[n], Ellipsis) for n in (0, -1))
    if ends or (slopes and not dots) or (_components(items) and not dots):
        return Matrix(node.span, tuple((item,) for item in items))
    return None


def _is_number(node: Syntax) -> bool:
    match node:
        case Numeral():
            return True
        case Signed(_, ((_, inner),)):
            return _is_number(inner)
    return False


def _components(items: tuple[Syntax, ...]) -> bool:
    """Whether the items are x_1, x_2, ... of one name."""
    bases = {spelling(i.base) for i in items if isinstance(i, Scripts) and isinstance(i.base, Name)}
    below = [i.subscript for i in items if isinstance(i, Scripts)]
    numbered = [b.text for b in below if isinstance(b, Numeral)]
    return len(bases) == 1 and numbered == [str(n + 1) for n in range(len(items))]
