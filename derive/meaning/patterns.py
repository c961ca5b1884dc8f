"""Vectors written out with dots: ``(x_1 w, x_2 w, ..., x_n w)`` as ``x_i w`` for every i.

The pattern is found in the syntax: the entries differ in numerals below names alone, which count
from 1 in the first entries and end with a size in the last.  So are matrices, in which the
diagonal may follow a pattern of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any, cast

from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import (
    Ellipsis,
    Group,
    List,
    Matrix,
    Name,
    Node,
    Numeral,
    Product,
    Scripts,
    Syntax,
)

__all__ = [
    "Table", "counted", "general", "has_dots", "numbered", "substituted", "table", "with_letter",
]  # fmt: skip


def has_dots(matrix: Matrix) -> bool:
    """Whether dots stand for some of the entries."""
    return any(isinstance(entry, Ellipsis) for row in matrix.rows for entry in row)


def numbered(matrix: Matrix) -> Iterator[tuple[Syntax, Name]]:
    """The x and the n of ``x_1``, ``x_n`` at the same place of the first and the last entry."""
    if has_dots(matrix):
        for first, last in _ends(matrix):
            for one, other in zip(walk(first), walk(last), strict=False):
                if not isinstance(one, Scripts) or not isinstance(other, Scripts):
                    continue
                mine, theirs = one.subscript, other.subscript
                if spelling(one.base) == spelling(other.base) and (
                    isinstance(mine, Numeral) and mine.text == "1" and isinstance(theirs, Name)
                ):
                    yield one.base, theirs


def counted(matrix: Matrix) -> Iterator[Syntax]:
    """The x of a column ``x_1``, ``x_2``, whose numbers count its rows."""
    column = [row[0] for row in matrix.rows if len(row) == 1]
    if len(column) == len(matrix.rows) > 1 and not has_dots(matrix):
        for parts in zip(*map(walk, column), strict=False):
            bases = {spelling(p.base) for p in parts if isinstance(p, Scripts)}
            below = [spelling(p.subscript) for p in parts if isinstance(p, Scripts) and p.subscript]
            if len(bases) == 1 and below == [str(n + 1) for n in range(len(column))]:
                (first, *_) = parts
                assert isinstance(first, Scripts)
                yield first.base


@dataclass(frozen=True)
class Table:
    """A matrix with dots: its general entry, in which ``letters`` are its row and its column.

    ``sizes``: the last row and column; ``diagonal``: the entries at equal places, where they
    follow a pattern of their own, in the letter of the row.
    """

    entry: Syntax
    letters: tuple[Name, Name]
    sizes: tuple[Name, Name]
    diagonal: Syntax | None = None


# The row and the column of an entry: numbers, and None for the last.
_Place = tuple[int | None, int | None]


def table(matrix: Matrix, letters: tuple[Name, Name]) -> Table | None:
    """The general entry of a matrix with dots, of which all that are written are instances.

    Its first and last rows and columns are written, and dots stand between them.
    """
    written = _places(matrix)
    if (1, None) not in written or (None, 1) not in written or (None, None) not in written:
        return None
    names = {
        n.text: n
        for place in ((None, None), (1, None), (None, 1))
        for node in walk(written[place])
        if isinstance(node, Scripts)
        for script in _numbering(node)
        for n in walk(script)
        if isinstance(n, Name)
    }
    found = [
        made
        for rows, columns in product(names.values(), repeat=2)
        if (made := _fitting(written, letters, (rows, columns))) is not None
    ]
    return found[0] if len(found) == 1 else None


def _places(matrix: Matrix) -> Mapping[_Place, Syntax]:
    """The entries that are written, by their places; nothing where the dots leave that open."""
    rows = [row for row in matrix.rows if not all(isinstance(e, Ellipsis) for e in row)]
    width = len(rows[0]) if rows else 0
    if len(rows) < 2 or len(matrix.rows) != len(rows) + 1 or any(len(r) != width for r in rows):
        return {}
    if not all(isinstance(entry, Ellipsis) for entry in matrix.rows[-2]):
        return {}
    places = [[n for n, entry in enumerate(row) if isinstance(entry, Ellipsis)] for row in rows]
    if width < 3 or any(dots != [width - 2] for dots in places):
        return {}
    numbers = [*range(1, len(rows)), None], [*range(1, width), None, None]
    return {
        (numbers[0][r], numbers[1][c] if c < width - 2 else None): _spread(entry)
        for r, row in enumerate(rows)
        for c, entry in enumerate(row)
        if not isinstance(entry, Ellipsis)
    }


def _spread(entry: Syntax) -> Syntax:
    """The entry with ``x_{12}`` as x with the indices 1 and 2, ``x_{n1}`` with n and 1."""

    def change(node: Node) -> Node:
        if not isinstance(node, Scripts) or not isinstance(node.subscript, Name | Numeral):
            return node
        below, text = node.subscript, node.subscript.text
        if len(text) != 2 or not text[1].isdigit() or not text.isalnum():
            return node
        first, second = Numeral(below.span, text[0]), Numeral(below.span, text[1])
        both = (first if text[0].isdigit() else Name(below.span, text[0]), second)
        return replace(node, subscript=List(below.span, both))

    return rewritten(entry, change)


def _numbering(node: Scripts) -> Iterator[Node]:
    """The scripts that number a name: those below it, and those in brackets above it."""
    if node.subscript is not None:
        yield node.subscript
    if isinstance(node.superscript, Group):
        yield node.superscript


def _fitting(
    written: Mapping[_Place, Syntax], letters: tuple[Name, Name], sizes: tuple[Name, Name]
) -> Table | None:
    """The table with these last places, where all entries are instances of one or two patterns.

    The letters stand nowhere else in the entries.
    """
    (row, column), (rows, columns) = letters, sizes
    entry = _lettering(written[1, None], {"1": row, columns.text: column})

    def fits(pattern: Syntax, place: _Place) -> bool:
        ends = zip(letters, place, sizes, strict=True)
        new = {x.text: n if at is None else Numeral(x.span, str(at)) for x, at, n in ends}
        return _said(_lettering(pattern, new)) == _said(written[place])

    wrong = [place for place in written if not fits(entry, place)]
    used = {n.text for n in walk(entry) if isinstance(n, Name)} & {row.text, column.text}
    if not wrong:
        return Table(entry, letters, sizes) if len(used) == 2 else None
    if rows.text != columns.text or any(one != other for one, other in wrong):
        return None
    diagonal = _lettering(written[1, 1], {"1": row})
    places = [place for place in written if place[0] == place[1]]
    varies = any(isinstance(n, Name) and n.text == row.text for n in walk(diagonal))
    if not varies or not all(fits(diagonal, place) for place in places):
        return None
    return Table(entry, letters, sizes, diagonal)


def _said(node: Syntax) -> str:
    """The spelling, in which ``x_{1n}`` and ``x_{1,n}`` are one."""

    def change(part: Node) -> Node:
        if isinstance(part, Scripts) and isinstance(part.subscript, Product):
            below = part.subscript
            return replace(part, subscript=List(below.span, below.factors))
        return part

    return spelling(rewritten(node, change))


def _lettering(node: Syntax, new: Mapping[str, Name | Numeral]) -> Syntax:
    """The syntax with something else for what numbers its names."""

    def numbered_(part: Node) -> Node:
        known = new.get(part.text) if isinstance(part, Name | Numeral) else None
        return known if known is not None else part

    def change(part: Node) -> Node:
        if not isinstance(part, Scripts):
            return part
        below = part.subscript
        if below is not None:
            part = replace(part, subscript=rewritten(below, numbered_))
        if isinstance(part.superscript, Group):
            part = replace(part, superscript=rewritten(part.superscript, numbered_))
        return part

    return rewritten(node, change)


def _ends(matrix: Matrix) -> Iterator[tuple[Syntax, Syntax]]:
    rows = [row for row in matrix.rows if row]
    columns = [column for column in zip(*rows, strict=False) if len(column) == len(rows)]
    for line in (*rows, *columns):
        if len(line) > 1:
            yield line[0], line[-1]


def general(entries: Iterable[Syntax], letter: Name) -> Syntax | None:
    """The entry with ``letter`` for its number, of which all entries are instances, or None.

    Dots stand among the entries; before them, the entries count from 1; the last one ends.
    """
    known = tuple(entries)
    written = [(n, e) for n, e in enumerate(known) if not isinstance(e, Ellipsis)]
    if len(written) < 2 or isinstance(known[-1], Ellipsis) or isinstance(known[0], Ellipsis):
        return None
    dots = next((n for n, e in enumerate(known) if isinstance(e, Ellipsis)), len(known))
    pattern = _unified(written[0][1], written[-1][1], letter)
    if pattern is None or spelling(pattern) == spelling(written[0][1]):
        return None
    for n, entry in written[:-1]:
        at = Numeral(letter.span, str(n + 1))
        if n >= dots or spelling(substituted(pattern, letter, at)) != spelling(entry):
            return None
    sizes = {spelling(b) for _, b in _differences(written[0][1], written[-1][1])}
    return pattern if len(sizes) == 1 else None


def substituted(node: Syntax, letter: Name, to: Syntax) -> Syntax:
    """``node`` with the letter replaced."""
    if node is letter:
        return to
    new: dict[str, Any] = {name: _mapped(value, letter, to) for name, value in _parts(node)}
    return replace(node, **new)


def with_letter(node: Syntax, letter: Name) -> Syntax:
    """``node`` with the letter for every 1 below a name: ``z_1 = x_1 - m`` for all components."""
    if isinstance(node, Scripts) and isinstance(node.subscript, Numeral):
        if node.subscript.text == "1":
            return replace(node, subscript=letter)
    new: dict[str, Any] = {name: _lettered(value, letter) for name, value in _parts(node)}
    return replace(node, **new)


def _lettered(value: Any, letter: Name) -> Any:
    if isinstance(value, tuple):
        return tuple(_lettered(part, letter) for part in value)
    return with_letter(cast(Syntax, value), letter) if isinstance(value, Node) else value


def _mapped(value: Any, letter: Name, to: Syntax) -> Any:
    if isinstance(value, tuple):
        return tuple(_mapped(part, letter, to) for part in value)
    return substituted(cast(Syntax, value), letter, to) if isinstance(value, Node) else value


def _parts(node: Node) -> Iterator[tuple[str, object]]:
    for field in fields(node):
        yield field.name, getattr(node, field.name)


def _unified(first: Syntax, last: Syntax, letter: Name) -> Syntax | None:
    """``first`` with the letter wherever it has 1 and ``last`` something else, or None."""
    if spelling(first) == spelling(last):
        return first
    if isinstance(first, Numeral):
        return letter if first.text == "1" and isinstance(last, Name) else None
    if type(first) is not type(last):
        return None
    new: dict[str, Any] = {}
    for (name, mine), (_, theirs) in zip(_parts(first), _parts(last), strict=True):
        if name == "span":
            continue
        both = _both(mine, theirs, letter)
        if both is None and mine is not None:
            return None
        new[name] = both
    return replace(first, **new)


def _both(mine: Any, theirs: Any, letter: Name) -> Any:
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        if len(mine) != len(theirs):
            return None
        parts = tuple(_both(a, b, letter) for a, b in zip(mine, theirs, strict=True))
        return None if any(p is None for p in parts) else parts
    if isinstance(mine, Node) and isinstance(theirs, Node):
        return _unified(cast(Syntax, mine), cast(Syntax, theirs), letter)
    return mine if mine == theirs else None


def _differences(first: Node, last: Node) -> Iterator[tuple[Node, Node]]:
    if spelling(first) == spelling(last):
        return
    if isinstance(first, Numeral):
        yield first, last
        return
    for (_, mine), (_, theirs) in zip(_parts(first), _parts(last), strict=True):
        yield from _different(mine, theirs)


def _different(mine: object, theirs: object) -> Iterator[tuple[Node, Node]]:
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        for one, other in zip(mine, theirs, strict=False):
            yield from _different(one, other)
    elif isinstance(mine, Node) and isinstance(theirs, Node) and type(mine) is type(theirs):
        yield from _differences(mine, theirs)
    elif isinstance(mine, Numeral) and isinstance(theirs, Node):
        yield mine, theirs
