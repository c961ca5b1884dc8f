r"""Matrices of which the text writes out the entries: ``W = (w_{11} & w_{12} \\ w_{21} & w_{22})``.

W is then the matrix of the w_ij, and another letter for the same: the slope by W is that by all
w_ij, and ``W_{12}`` is w_12.  It gets the name of its entries.  So does the W of
``R(W) = \\sum_{ij} w_{ij}^2``, which depends on W by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from derive.meaning.names import flatten, split
from derive.meaning.patterns import has_dots
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Group,
    Matrix,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    RelationSign,
    Scripts,
    Syntax,
)

__all__ = ["with_entries_named"]


def with_entries_named(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with the names of their entries for matrices that are written out."""
    nodes = [node for formula in formulas.values() for node in walk(formula)]
    found: dict[str, set[str]] = {}
    for node in nodes:
        for matrix, entry in _written_out(node):
            found.setdefault(matrix, set()).add(entry)
    new = {
        matrix: min(entries)
        for matrix, entries in found.items()
        if len(entries) == 1 and _is_small(min(entries), matrix)
    }
    apart = _otherwise(nodes, set(new.values()))
    new = {matrix: entry for matrix, entry in new.items() if entry not in apart}
    if not new:
        return dict(formulas)

    def changed(node: Node) -> Node:
        if isinstance(node, Name) and node.text in new and not node.word:
            return replace(node, text=new[node.text])
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _written_out(node: Node) -> Iterable[tuple[str, str]]:
    """The W and the w of ``W = (w_{11} & ...)``, also where both stand with the same mark above."""
    if not isinstance(node, Chain) or node.first is None:
        return
    yield from _argument_of(node)
    head = node.first
    for sign, member in node.rest:
        if sign.text == "=" and isinstance(member, Matrix):
            flat, entry = flatten(head), _entries_of(member)
            if flat is not None and not flat[1] and not flat[3] and entry:
                if not flat[0].word:
                    yield flat[0].text, entry


def _argument_of(chain: Chain) -> Iterable[tuple[str, str]]:
    """The W and the w of ``R(W) = \\sum_{ij} w_{ij}^2``, where W does not stand on the right."""
    match chain.first, chain.rest:
        case (
            Product(_, (Name(), Group(_, Name() as argument, "()")), ("",)),
            ((RelationSign(_, "=" | "assign"), value), *_),
        ) if value is not None and not argument.word:
            inside = tuple(walk(value))
            small = argument.text.lower()
            flats = [flat for n in inside if isinstance(n, Scripts) and (flat := flatten(n))]
            pairs = [_places(flat[1]) for flat in flats if flat[0].text == small]
            letters = all(len(pair) == 2 and all(map(str.isalpha, pair)) for pair in pairs)
            apart = all(n.text != argument.text for n in inside if isinstance(n, Name))
            if pairs and letters and apart:
                yield argument.text, small


def _entries_of(matrix: Matrix) -> str:
    """The w of which all entries are components, numbered by their rows and columns; or none."""
    rows = matrix.rows
    if has_dots(matrix) or len(rows) < 2 or len(rows[0]) < 2:
        return ""
    names: set[str] = set()
    above: set[tuple[str, ...]] = set()
    starts: set[int] = set()
    for r, row in enumerate(rows):
        for c, entry in enumerate(row):
            flat = flatten(entry)
            if flat is None or flat[3]:
                return ""
            places = _places(flat[1])
            if len(places) != 2 or not all(map(str.isdigit, places)):
                return ""
            names.add(flat[0].text)
            above.add(tuple(map(spelling, flat[2])))
            starts.update((int(places[0]) - r, int(places[1]) - c))
    plain = len(names) == len(above) == len(starts) == 1 and starts <= {0, 1}
    return min(names) if plain else ""


def _is_small(entry: str, matrix: str) -> bool:
    """w is the small letter of W."""
    return entry != matrix and entry.lstrip("\\") == matrix.lstrip("\\").lower()


def _otherwise(nodes: Iterable[Node], entries: set[str]) -> set[str]:
    """Those that stand for something else, too: a bare w, or the w_1 of a vector.

    A slope by a bare w is that by the matrix.
    """
    nodes = tuple(nodes)
    parts = {id(node.base) for node in nodes if isinstance(node, Scripts)}
    parts |= {id(x) for n in nodes if isinstance(n, Differentiation) for x in n.variables}
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Name) and node.text in entries and id(node) not in parts:
            found.add(node.text)
        flat = flatten(node) if isinstance(node, Scripts) else None
        if flat is not None and flat[0].text in entries and len(_places(flat[1])) != 2:
            found.add(flat[0].text)
    return found


def _places(below: Iterable[Syntax]) -> tuple[str, ...]:
    """What stands below a name, ``11`` as its two digits."""
    pieces = [piece for script in below for piece in split(script)]
    match pieces:
        case [Numeral(_, text)] if len(text) == 2 and text.isdigit():
            return tuple(text)
    return tuple(map(spelling, pieces))
