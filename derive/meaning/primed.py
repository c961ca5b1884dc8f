"""Letters with primes that are no derivatives: the i' of ``\\sum_{i'} e^{z_{i'}}``, a second E'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from derive.meaning.spelling import is_letter, rewritten, spelling, walk
from derive.reader.syntax import (
    Differentiation,
    Group,
    List,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
)

__all__ = ["with_primed_indices", "with_primed_quantities"]


def with_primed_quantities(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``E'`` as a name where ``\\partial E' / \\partial o`` stands beside E.

    The E that has partial derivatives by several quantities is no function of one, of which E'
    could be the derivative.
    """
    by: dict[str, set[str]] = {}
    primed: set[str] = set()
    for formula in formulas.values():
        for node in walk(formula):
            if isinstance(node, Differentiation) and node.sign == "partial":
                name = _name(node.body) if isinstance(node.body, Scripts) else None
                plain = node.body.text if isinstance(node.body, Name) else ""
                if name is not None:
                    primed.add(name)
                by.setdefault(name or plain, set()).update(map(spelling, node.variables))
    several = {name for name in primed if len(by.get(name.rstrip("'"), ())) > 1}
    several -= {name for formula in formulas.values() for name in _applied(formula)}
    if not several:
        return dict(formulas)

    def renamed(node: Node) -> Node:
        name = _name(node) if isinstance(node, Scripts) else None
        return Name(node.span, name) if name is not None and name in several else node

    return {key: rewritten(formula, renamed) for key, formula in formulas.items()}


def with_primed_indices(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with primed index letters as letters of their own, throughout.

    A primed letter is an index where it stands below a name or a sum; ``W'`` and ``f'`` are not.
    """
    found = {name for formula in formulas.values() for name in _primed(formula)}
    if found:  # f'(x) is a derivative, whatever stands below a sum
        found -= {name for formula in formulas.values() for name in _applied(formula)}
    if not found:
        return dict(formulas)

    def renamed(node: Node) -> Node:
        name = _name(node) if isinstance(node, Scripts) else None
        return Name(node.span, name) if name is not None and name in found else node

    return {key: rewritten(formula, renamed) for key, formula in formulas.items()}


def _primed(formula: ParsedFormula) -> Iterable[str]:
    for node in walk(formula):
        if isinstance(node, Scripts):
            yield from _letters(node.subscript)
        elif isinstance(node, Operator):
            yield from _letters(node.lower)


def _applied(formula: ParsedFormula) -> Iterable[str]:
    for node in walk(formula):
        if isinstance(node, Product):
            for one, after in pairwise(node.factors):
                brackets = isinstance(after, Group) and after.delimiters == "()"
                if brackets and isinstance(one, Scripts) and (name := _name(one)) is not None:
                    yield name


def _letters(node: Node | None) -> Iterable[str]:
    """The primed letters of a subscript, or below a sum."""
    match node:
        case Scripts() if (name := _name(node)) is not None:
            yield name
        case List(_, parts) | Product(_, parts, _):
            for part in parts:
                yield from _letters(part)
        case Group(_, body, _):
            yield from _letters(body)
        case Node() if hasattr(node, "first"):
            yield from _letters(node.first)


def _name(node: Scripts) -> str | None:
    base = node.base
    plain = node.subscript is None and node.superscript is None and node.primes
    return base.text + "'" * node.primes if plain and is_letter(base) else None  # type: ignore[union-attr]
