"""Functions of a square: ``\\ell(\\mu, \\sigma^2) = ...`` says what ell is for each mu and sigma.

Where the definition has a square in its brackets, the function is one of the quantity that is
squared, and what it is applied to is the square: ``\\ell(m, s^2)`` is its value at m and s, and
``\\ell(0, v)`` its value at 0 and the root of v, which is positive, as a sigma is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count, pairwise

from derive.meaning.names import arguments, flatten
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    FunctionCall,
    Group,
    List,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Root,
    Scripts,
    Syntax,
)

__all__ = ["with_squared_arguments"]

_Function = tuple[str, int]


def with_squared_arguments(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with squares in the brackets of functions replaced by what is squared."""
    heads: dict[_Function, list[frozenset[int]]] = defaultdict(list)
    for formula in formulas.values():
        for head, group in _defined(formula):
            listed = arguments(group.body) or ()
            plain = all(flatten(_squared(item) or item) is not None for item in listed)
            if not plain or len({spelling(item) for item in listed}) < len(listed):
                continue  # a value of the function
            places = frozenset(n for n, item in enumerate(listed) if _is_formal(item))
            heads[spelling(head), len(listed)].append(places)
    found = {key: places[0] for key, places in heads.items() if places[0] and len({*places}) == 1}
    primed = {
        spelling(node.base)
        for formula in formulas.values()
        for node in walk(formula)
        if isinstance(node, Scripts) and node.primes
    }
    found = {key: places for key, places in found.items() if key[0] not in primed}
    if not found:
        return dict(formulas)

    def changed(node: Node) -> Node:
        if not isinstance(node, Product):
            return node
        factors = list(node.factors)
        for n, (one, other) in enumerate(pairwise(node.factors)):
            if not isinstance(other, Group) or node.operators[n]:
                continue
            places = found.get((spelling(one), len(arguments(other.body) or ())))
            if places is not None:
                factors[n + 1] = replace(other, body=_with_roots(other.body, places))
        return replace(node, factors=tuple(factors))

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _defined(formula: ParsedFormula) -> Iterator[tuple[Syntax, Group]]:
    """The functions that equations of the formula begin with, and their brackets."""
    for row in formula.rows:
        for node in walk(row.body):
            if not isinstance(node, Chain) or node.rest[0][0].text not in ("=", "assign", "propto"):
                continue
            first = node.first
            if isinstance(first, FunctionCall) and first.function in ("log", "ln"):
                first = first.argument
            match first:
                case Product(_, (head, Group(_, _, "()" | "[]") as group), ("",)):
                    if flatten(head) is not None:
                        yield head, group


def _with_roots(body: Syntax, places: frozenset[int]) -> Syntax:
    """What stands in brackets, with the roots of the arguments at these places."""
    numbers = count()

    def visit(node: Syntax) -> Syntax:
        match node:
            case Chain(_, Node() as first, rest):
                first = visit(first)
                members = tuple((sign, m if m is None else visit(m)) for sign, m in rest)
                return replace(node, first=first, rest=members)
            case List(_, items):
                return replace(node, items=tuple(map(visit, items)))
        return _root(node) if next(numbers) in places else node

    return visit(body)


def _squared(node: Syntax) -> Syntax | None:
    """The sigma of ``\\sigma^2``, with what stands below it."""
    inner = node.body if isinstance(node, Group) else node
    match inner:
        case Scripts(_, base, below, Numeral(_, "2"), 0) if isinstance(base, Name):
            return base if below is None else replace(inner, superscript=None)
    return None


def _is_formal(node: Syntax) -> bool:
    """Whether an argument is the square of a Greek letter, as a variance is."""
    inner = _squared(node)
    flat = flatten(inner) if inner is not None else None
    return flat is not None and re.fullmatch(r"\\[a-z]+", flat[0].text) is not None


def _root(node: Syntax) -> Syntax:
    inner = _squared(node)
    if inner is not None:
        return inner
    if isinstance(node, Numeral) and node.text in ("0", "1"):
        return node
    return Root(node.span, node, None)
