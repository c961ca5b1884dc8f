"""Vectors of numbers, and what is computed of them: ``[0.2, 0.3] \\odot [4, 5] = [0.8, 1.5]^T``.

Each is written out component by component, so that an equation of vectors is one of numbers at
every place.  Nothing but numbers may stand in them: of names the shapes are known otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from derive.meaning.names import TRANSPOSES
from derive.meaning.spelling import walk
from derive.reader import syntax as s

__all__ = ["entries_of", "holds_list", "number_of"]

ELEMENTWISE = frozenset(
    ("tanh", "exp", "log", "ln", "sqrt", "sin", "cos", "sigmoid", "relu", "sinh", "cosh")
)
SIGMOIDS = frozenset(("\\sigma", "σ"))
MOST = 40  # entries


class _NoNumbers(Exception):
    """The syntax holds something else than numbers and lists of numbers."""


@dataclass(frozen=True)
class _Written:
    """``entries``: of a vector; None for a number, which is ``node``."""

    node: s.Syntax
    entries: tuple[s.Syntax, ...] | None = None


def entries_of(node: s.Syntax) -> tuple[s.Syntax, ...] | None:
    """The components of a vector that is computed of numbers; None for anything else."""
    found = _written(node)
    return found.entries if found is not None else None


def number_of(node: s.Syntax) -> s.Syntax | None:
    """A number that is computed of numbers, scalar products of lists written out."""
    found = _written(node)
    return found.node if found is not None and found.entries is None else None


def _written(node: s.Syntax) -> _Written | None:
    try:
        return _expand(node)
    except _NoNumbers:
        return None


def _expand(node: s.Syntax) -> _Written:
    match node:
        case s.Numeral():
            return _Written(node)
        case s.Group(_, s.List(_, items), "()" | "[]") if 1 < len(items) <= MOST:
            return _Written(node, tuple(map(_number, items)))
        case s.Group(_, body, "()" | "[]" | "{}"):
            inner = _expand(body)
            return inner if inner.entries is not None else _Written(replace(node, body=inner.node))
        case s.Matrix(_, rows) if min(len(rows), len(rows[0])) == 1 < len(rows) * len(rows[0]):
            return _Written(node, tuple(_number(entry) for row in rows for entry in row))
        case s.Scripts(_, base, None, s.Name(_, mark), 0) if mark in TRANSPOSES:
            inner = _expand(base)
            if inner.entries is not None:
                return inner
        case s.Signed(_, terms):
            return _sum(node, [(sign, _expand(term)) for sign, term in terms])
        case s.Product(_, (s.Name(_, name), argument), ("",)) if name in SIGMOIDS:
            inner = _expand(argument)
            if inner.entries is None:
                return _Written(node)
            applied = (replace(node, factors=(node.factors[0], _grouped(e)))
                       for e in inner.entries)  # fmt: skip
            return _Written(node, tuple(applied))
        case s.Product(_, factors, operators):
            return _product(node, [_expand(factor) for factor in factors], operators)
        case s.FunctionCall(_, function, argument, None, None) if function in ELEMENTWISE:
            inner = _expand(argument)
            if inner.entries is None:
                return _Written(node)
            called = (replace(node, argument=_grouped(e)) for e in inner.entries)
            return _Written(node, tuple(called))
        case s.Fraction(_, above, below):
            numerator, denominator = _expand(above), _expand(below)
            if denominator.entries is None and numerator.entries is not None:
                return _Written(node, tuple(replace(node, numerator=e) for e in numerator.entries))
            if denominator.entries is None:
                return _Written(node)
    raise _NoNumbers


def _number(node: s.Syntax) -> s.Syntax:
    found = _expand(node)
    if found.entries is not None:
        raise _NoNumbers
    return found.node


def _grouped(node: s.Syntax) -> s.Group:
    return s.Group(node.span, node, "()")


def _sum(node: s.Signed, terms: list[tuple[int, _Written]]) -> _Written:
    lists = [term.entries for _, term in terms if term.entries is not None]
    if not lists:
        return _Written(replace(node, terms=tuple((sign, term.node) for sign, term in terms)))
    if len(lists) < len(terms) or len({len(entries) for entries in lists}) > 1:
        raise _NoNumbers
    signs = [sign for sign, _ in terms]
    whole = (replace(node, terms=tuple(zip(signs, entries, strict=True)))
             for entries in zip(*lists, strict=True))  # fmt: skip
    return _Written(node, tuple(whole))


def _product(node: s.Product, factors: list[_Written], operators: tuple[str, ...]) -> _Written:
    lists = [n for n, factor in enumerate(factors) if factor.entries is not None]
    if not lists:
        plain = tuple(factor.node for factor in factors)
        return _Written(replace(node, factors=plain))
    if len(lists) == 1:
        (at,) = lists
        if "odot" in operators:
            raise _NoNumbers
        return _Written(node, tuple(_with(node, factors, at, e) for e in factors[at].entries or ()))
    (one, other), rest = (factors[0], factors[1]), factors[2:]
    if rest or one.entries is None or other.entries is None:
        return _all_by_places(node, factors, operators)
    if len(one.entries) != len(other.entries):
        raise _NoNumbers
    if operators == ("cdot",):
        terms = (s.Product(node.span, (_grouped(a), _grouped(b)), ("cdot",))
                 for a, b in zip(one.entries, other.entries, strict=True))  # fmt: skip
        return _Written(_grouped(s.Signed(node.span, tuple((1, term) for term in terms))))
    return _all_by_places(node, factors, operators)


def _all_by_places(
    node: s.Product, factors: list[_Written], operators: tuple[str, ...]
) -> _Written:
    """``a \\odot b \\odot c``."""
    found = [factor.entries for factor in factors if factor.entries is not None]
    by_places = set(operators) == {"odot"} and len(found) == len(factors)
    if not by_places or any(len(a) != len(b) for a, b in pairwise(found)):
        raise _NoNumbers
    whole = (s.Product(node.span, tuple(map(_grouped, entries)), ("cdot",) * len(operators))
             for entries in zip(*found, strict=True))  # fmt: skip
    return _Written(node, tuple(whole))


def _with(node: s.Product, factors: list[_Written], at: int, entry: s.Syntax) -> s.Syntax:
    plain = [factor.node for factor in factors]
    plain[at] = _grouped(entry)
    return replace(node, factors=tuple(plain))


def holds_list(node: s.Syntax) -> bool:
    """Whether a list of several numbers stands in the syntax."""
    return any(isinstance(n, s.Group) and isinstance(n.body, s.List) for n in walk(node))
