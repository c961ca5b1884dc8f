"""Entries as programs write them: ``S[i, k]`` for ``S_{ik}``, and ``b[k]`` beside it.

Two letters that count, or numbers, in square brackets right behind a name are no factor.  Where a
document writes some entries so, one letter behind a name is an entry, too.  The number of
``O_1[i, k]`` tells this O from others, and is no place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from derive.meaning.spelling import rewritten, walk_values
from derive.reader.syntax import (
    Group,
    List,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["with_entries_below"]

# Of the letters that count, those that name nothing else in brackets, as in ``KL[p, q]``.
_COUNTS = frozenset("ijklmn")


def with_entries_below(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with the letters in brackets behind names below these."""
    found = [
        pair
        for formula in formulas.values()
        for row in formula.rows
        for node in walk_values(row.body)  # in W_{h[i, j]} they stand below W
        for pair in _bracketed(node)
    ]
    if not any(len(items) > 1 and any(map(_counts, items)) for _, items in found):
        return dict(formulas)
    named = {name for name, items in found if any(map(_counts, items))}

    def changed(node: Node) -> Node:
        match node:
            case Scripts(span, Name() as base, Numeral(), None, 0) if _name(node) in named:
                return replace(base, span=span, text=_name(node))
            case Product():
                return _merged(node, named)
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _bracketed(node: Node) -> Iterator[tuple[str, tuple[Syntax, ...]]]:
    """The names in a product with a bracket of places behind, and these places."""
    if isinstance(node, Product):
        for n in range(len(node.factors) - 1):
            name, items = _name(node.factors[n]), _places(node.factors[n + 1])
            if name and items and not node.operators[n]:
                yield name, items


def _merged(product: Product, named: Collection[str]) -> Syntax:
    """The product with the places in brackets below the names before them."""
    factors: list[Syntax] = []
    operators: list[str] = []
    for n, factor in enumerate(product.factors):
        items = _places(factor)
        joined = factors and not product.operators[n - 1] and _name(factors[-1]) in named
        if joined and items and (len(items) > 1 or _counts(items[0])):
            below = items[0] if len(items) == 1 else List(factor.span, items)
            span = replace(factors[-1].span, end=factor.span.end)
            entry: Syntax = Scripts(span, factors[-1], below, None, 0)
            if isinstance(factor, Scripts):  # the square of S[i, k]^2
                entry = replace(factor, span=span, base=entry)
            factors[-1] = entry
            continue
        operators.extend([product.operators[n - 1]] if n else [])
        factors.append(factor)
    if len(factors) == len(product.factors):
        return product
    return factors[0] if len(factors) == 1 else Product(product.span, (*factors,), (*operators,))


def _name(node: Syntax) -> str:
    """The letter that has entries: an S or O_2, and no word such as softmax."""
    match node:
        case Scripts(_, Name(_, text, word=False), Numeral(_, number), None, 0):
            return f"{text}_{{{number}}}"
        case Name(_, text, word=False):
            return text
    return ""


def _places(node: Syntax) -> tuple[Syntax, ...]:
    """The i and y_i of ``[i, y_i]``, also where the bracket has a power."""
    if isinstance(node, Scripts) and node.subscript is None and not node.primes:
        node = node.base
    if not isinstance(node, Group) or node.delimiters != "[]":
        return ()
    items = node.body.items if isinstance(node.body, List) else (node.body,)
    return items if all(map(_is_place, items)) else ()


def _is_place(node: Syntax) -> bool:
    match node:
        case Numeral(_, text):
            return text.isdigit()
        case Name(_, text, word=False) | Scripts(_, Name(_, text, word=False), Name(), None, 0):
            return text in _COUNTS or (len(text) == 1 and text.islower())
    return False


def _counts(node: Syntax) -> bool:
    return isinstance(node, Numeral) or (isinstance(node, Name) and node.text in _COUNTS)
