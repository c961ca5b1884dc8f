"""The summation convention: an index that stands twice in a product is summed.

It holds where a document says that it uses it, or writes in tensor notation and no sum.  Which
letters are free is seen from the whole chain: a letter that stands in only one factor of some term
is free in all members.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from derive.meaning.names import Names
from derive.meaning.spelling import walk
from derive.reader.syntax import (
    Differentiation,
    Fraction,
    Group,
    Name,
    Node,
    Operator,
    Product,
    Scripts,
    Signed,
    Syntax,
)

__all__ = ["declared", "dummies", "free_letters"]

_DECLARED = re.compile(
    r"einstein(?:'s)?\s+(?:summation|notation|convention)|einsteinsummation|summation\s+convention|"
    r"dummy\s+ind(?:ex|ices)|repeated\s+ind(?:ex|ices)",
    re.I,
)


_TENSORS = re.compile(r"\b(?:tensor(?:ial)?|index)\s+notation\b", re.I)


@lru_cache(maxsize=4)
def declared(text: str) -> bool:
    """Whether the document says that it sums over repeated indices."""
    if _DECLARED.search(text) is not None:
        return True
    return _TENSORS.search(text) is not None and "\\sum" not in text and "∑" not in text


def _letters(node: Node, names: Names) -> frozenset[str]:
    """The index letters that stand below names within the node and are not bound there."""
    found: set[str] = set()
    bound: set[str] = set()
    for current in walk(node):
        match current:
            case Scripts(_, _, subscript, _) if subscript is not None:
                found.update(n.text for n in walk(subscript) if isinstance(n, Name))
            case Operator(_, _, lower, _, _) if lower is not None:
                bound.update(n.text for n in walk(lower) if isinstance(n, Name))
    return frozenset((found & names.letters) - bound)


def _factors(node: Syntax) -> tuple[Syntax, ...]:
    match node:
        case Product(_, factors, _):
            return tuple(inner for factor in factors for inner in _factors(factor))
        case Fraction(_, numerator, denominator):
            return (*_factors(numerator), denominator)
        case Group(_, body, "()" | "[]" | "{}") if not isinstance(body, Signed):
            return _factors(body)
        case Signed(_, ((_, term),)):
            return _factors(term)
        case Differentiation(_, body, variables) if body is not None and variables:
            return (node,)
    return (node,)


def dummies(factors: Iterable[Syntax], names: Names) -> tuple[str, ...]:
    """The letters that stand in at least two of the factors."""
    counts: Counter[str] = Counter()
    for factor in factors:
        for inner in _factors(factor):
            counts.update(_outward(inner, names))
    return tuple(sorted(letter for letter, count in counts.items() if count > 1))


def _outward(factor: Syntax, names: Names) -> frozenset[str]:
    """The letters of a factor that are not summed within it."""
    if isinstance(factor, Differentiation) and factor.body is not None:
        below = (_letters(variable, names) for variable in factor.variables)
        return free_letters((factor.body,), names).union(*below)
    inner = factor.body if isinstance(factor, Group) else factor
    if isinstance(inner, Product | Signed):
        return free_letters((inner,), names)
    return _letters(factor, names)


def free_letters(members: Iterable[Syntax], names: Names) -> frozenset[str]:
    """The letters that stand in exactly one factor of some term of some member."""
    found: set[str] = set()
    for member in members:
        while isinstance(member, Group) and member.delimiters in ("()", "[]", "{}"):
            member = member.body
        terms = [t for _, t in member.terms] if isinstance(member, Signed) else [member]
        for term in terms:
            counts: Counter[str] = Counter()
            for factor in _factors(term):
                counts.update(_outward(factor, names))
            found.update(letter for letter, count in counts.items() if count == 1)
    return frozenset(found)
