"""Vectors of a few entries, the digits below which number these: ``x \\in \\mathbb{R}^2``.

Elsewhere x_1 and x_2 may be two examples, or two layers; here x_1 is the first component of x.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from derive.meaning.names import TRANSPOSES, base_name, digits, flatten, split
from derive.meaning.spaces import listed, sizes_of
from derive.meaning.spelling import is_letter, walk
from derive.reader.syntax import (
    Chain,
    FunctionCall,
    Group,
    List,
    Matrix,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Signed,
    Syntax,
)

__all__ = ["components", "paired"]


def components(formulas: Iterable[ParsedFormula]) -> frozenset[str]:
    """The names with a declared number of entries, of which the digits below are the places."""
    nodes = [node for f in formulas for row in f.rows for node in walk(row.body)]
    spaces: dict[str, tuple[str, ...]] = {}
    apart: set[str] = set()
    for name, sizes in (found for node in nodes for found in _declared(node)):
        if spaces.setdefault(name, sizes) != sizes:
            apart.add(name)
    small = {n: s for n, s in spaces.items() if s and all(map(_is_digit, s))}
    if not small:
        return frozenset()
    for _ in range(2):  # a = f(z), z = W x
        for name, sizes in (found for node in nodes for found in _computed(node, small)):
            small.setdefault(name, sizes)
    apart.update(name for node in nodes for name in _vectors(node))
    found: set[str] = set()
    for node in nodes:
        flat = flatten(node) if isinstance(node, Scripts) else None
        name = "" if flat is None else base_name(flat[0])
        if flat is not None and name in small:
            places = digits(tuple(piece for script in flat[1] for piece in split(script)))
            if any(isinstance(place, Numeral) for place in places):
                fits = len(places) == len(small[name]) and all(
                    isinstance(p, Numeral)
                    and (len(places) > 1 or (_is_digit(p.text) and "1" <= p.text <= size))
                    for p, size in zip(places, small[name], strict=True)
                )
                (found if fits else apart).add(name)
    return frozenset(found - apart)


def paired(formulas: Iterable[ParsedFormula]) -> frozenset[str]:
    """The names with two indices, of which ``11`` below is the first row and the first column."""
    found: set[str] = set()
    for node in (node for f in formulas for row in f.rows for node in walk(row.body)):
        found.update(name for name, sizes in _declared(node) if len(sizes) == 2)
        flat = flatten(node) if isinstance(node, Scripts) else None
        if flat is not None and len(flat[1]) == 1:
            pieces = split(flat[1][0])
            if len(pieces) == 2 and all(map(is_letter, pieces)):
                found.add(base_name(flat[0]))
    return frozenset(found)


def _is_digit(text: str) -> bool:
    return len(text) == 1 and text.isdigit()


def _declared(node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``x, y \\in \\mathbb{R}^2``: the names, and the sizes of their spaces."""
    if isinstance(node, Chain):
        left: Syntax | None = node.first
        for sign, space in node.rest:
            sizes = None if space is None else sizes_of(space)
            if sign.text in ("=", "assign") and isinstance(left, Name) and space is not None:
                if size := listed(left.text, space):
                    yield base_name(left), size
            elif sign.text == "in" and sizes is not None and left is not None:
                for item in left.items if isinstance(left, List) else (left,):
                    if isinstance(item, Name):
                        yield base_name(item), sizes
            left = space


def _computed(
    node: Node, known: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The z of ``z = W x + b``, and of ``z = f(x)``: of as many entries as W has rows, or x has."""
    match node:
        case Chain(_, Name() as head, ((sign, value), *_)) if sign.text in ("=", "assign"):
            match value:
                case Signed(_, ((_, first), *_)):
                    value = first
            match value:
                case Product(_, (Name() as matrix, Name() as vector), _):
                    rows, length = known.get(base_name(matrix), ()), known.get(base_name(vector))
                    if len(rows) == 2 and length == rows[1:]:
                        yield base_name(head), rows[:1]
                case FunctionCall(_, _, Group(_, Name() as vector)) | Product(
                    _, (Name(), Group(_, Name() as vector)), ("",)
                ) if len(length := known.get(base_name(vector), ())) == 1:
                    yield base_name(head), length


def _vectors(node: Node) -> Iterator[str]:
    """The x of an x_1 that is a vector itself: declared, listed, transposed, bold or measured."""
    match node:
        case Chain(_, first, ((sign, value), *_)):
            listed = isinstance(value, Matrix) or (
                isinstance(value, Group) and isinstance(value.body, List)
            )
            if sign.text == "in" or (sign.text in ("=", "assign") and listed):
                for item in first.items if isinstance(first, List) else (first,):
                    yield from _numbered(item)
        case Group(_, body, "‖‖"):
            yield from (name for inner in walk(body) for name in _numbered(inner))
        case Scripts(_, base, below, Name(_, mark), _) if mark in TRANSPOSES:
            yield from _numbered(node if below is not None else base)
        case Scripts(_, Name(_, _, "bold")):
            yield from _numbered(node)


def _numbered(node: Node | None) -> Iterator[str]:
    flat = flatten(node) if isinstance(node, Scripts) else None
    if flat is not None and any(isinstance(p, Numeral) for s in flat[1] for p in split(s)):
        yield base_name(flat[0])
