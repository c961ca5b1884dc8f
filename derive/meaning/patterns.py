"""Vectors written out with dots: ``(x_1 w, x_2 w, ..., x_n w)`` as ``x_i w`` for every i.

The pattern is found in the syntax: the entries differ in numerals below names alone, which count
from 1 in the first entries and end with a size in the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any, cast

from derive.meaning.spelling import spelling, walk
from derive.reader.syntax import Ellipsis, Matrix, Name, Node, Numeral, Scripts, Syntax

__all__ = ["counted", "general", "has_dots", "numbered", "substituted", "with_letter"]


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
