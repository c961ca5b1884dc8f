"""The delta with two indices that is the document's own: ``\\delta_{nk} = y_{nk} - t_{nk}``.

A delta with two indices is Kronecker's, unless the text gives it another meaning: it stands
alone left of what no Kronecker delta equals, or the prose says that it denotes something else.
Such a delta gets another name, for it is an array like any other.  Where both meanings may
stand, the letters below tell them apart, or the formula cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from derive.meaning.names import TRANSPOSES, split
from derive.meaning.spelling import is_letter, rewritten, spelling, walk
from derive.reader.document import Formula, Item, Prose
from derive.reader.syntax import (
    Cases,
    Chain,
    Differentiation,
    Fraction,
    FunctionCall,
    Group,
    Indicator,
    Name,
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    Row,
    Scripts,
    Signed,
    Syntax,
    Text,
    Unreadable,
)

__all__ = ["PREFIXES", "with_named_gradients", "with_own_deltas"]

OWN = "δ"
PREFIXES = ("\\Delta", OWN)  # with what follows them one name: an increment, a gradient
EQUALS = ("=", "assign", "equiv", "def")
_Pair: TypeAlias = tuple[str, str]

_KRONECKER = re.compile(
    r"kronecker|кронекер|クロネッカー|克罗内克|克羅內克|크로네커|\bdelta (?:function|symbol)\b",
    re.I,
)
_SAID = re.compile(
    r"\s*(?:\bto\b\s*)?\b(?:denotes?|is|are|be|being|represents?|measures?|stands? for)\s+"
    r"(?:the|an?|our|its)\s+(?P<what>[^.;\n]{0,60})",
    re.I,
)
_OF_KRONECKER = re.compile(r"delta|indicat|identit|\bunit|\bone\b|\b1\b|\bequal|usual", re.I)


def with_own_deltas(
    formulas: Mapping[int, ParsedFormula], items: Iterable[Item]
) -> dict[int, ParsedFormula]:
    """The formulas with another name for a delta that is not Kronecker's."""
    listed = tuple(items)
    rows = [row for formula in formulas.values() for row in formula.rows]
    own = {pair for row in rows if (pair := _given_a_meaning(row)) is not None}
    own |= set(_said(listed, formulas))
    if not own:
        return dict(formulas)
    words = any(isinstance(i, Prose) and _KRONECKER.search(i.text) for i in listed)
    used = {pair for row in rows for node in walk(row) if (pair := _pair(node)) is not None}
    kronecker = {pair for row in rows for pair in _as_kronecker(row)}
    if words and not kronecker:
        others = {pair for pair in used if not set(pair) & {x for p in own for x in p}}
        others = others or used - own
        if not others:
            return dict(formulas)  # what is called Kronecker's is the only one
        kronecker = others
    if own & kronecker:
        own, doubtful = own - kronecker, own & kronecker
    else:
        doubtful = set()
    letters = {x for pair in own for x in pair}

    def changed(node: Node) -> Node:
        pair = _pair(node)
        if pair is None or (pair in kronecker and pair not in doubtful):
            return node
        assert isinstance(node, Scripts)
        assert isinstance(node.base, Name)
        alike = pair in own or (not kronecker and letters.intersection(pair))
        if alike and pair not in doubtful:
            return Scripts(
                node.span,
                Name(node.base.span, OWN, node.base.font),
                node.subscript,
                node.superscript,
                node.primes,
            )
        return Unreadable(
            node.span,
            f"{spelling(node)} may be Kronecker's delta or the one to which the text gives "
            "another meaning",
        )

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def with_named_gradients(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """``\\delta h_t = \\partial L / \\partial h_t``: delta h is one name, and no product."""
    rows = [row for formula in formulas.values() for row in formula.rows]
    named = {name for row in rows if (name := _gradient_of(row)) is not None}
    if not named:
        return dict(formulas)

    def changed(node: Node) -> Node:
        if not isinstance(node, Product):
            return node
        pairs = zip(node.factors, node.operators, node.factors[1:], strict=False)
        marked = [_marked(one) if not sign and _base(x) in named else one for one, sign, x in pairs]
        return replace(node, factors=(*marked, node.factors[-1]))

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _marked(node: Syntax) -> Syntax:
    if isinstance(node, Name) and node.text == "\\delta":
        return replace(node, text=OWN)
    return node


def _gradient_of(row: Row) -> str | None:
    match row.body:
        case Chain(
            _,
            Product(_, (Name(_, "\\delta"), quantity), ("",)),
            ((sign, Differentiation(_, _, (by,))), *_),
        ) if sign.text in EQUALS and spelling(by) == spelling(quantity):
            return _base(quantity)
    return None


def _base(node: Syntax) -> str:
    return spelling(node.base if isinstance(node, Scripts) else node)


def _pair(node: Node) -> _Pair | None:
    """The two indices of a delta."""
    match node:
        case Scripts(_, Name(_, "\\delta"), Node() as below, _, _):
            parts = split(below)
            if len(parts) == 2:
                return spelling(parts[0]), spelling(parts[1])
    return None


def _letters(node: Node) -> set[str]:
    return {n.text for n in walk(node) if isinstance(n, Name)}


def _given_a_meaning(row: Row) -> _Pair | None:
    """The indices of the delta that a row equates with what no Kronecker delta equals."""
    match row.body:
        case Chain(_, Scripts(_, _, below, None, 0) as first, ((sign, Node() as right), *_)):
            pair = _pair(first)
            parts = split(below) if below is not None else ()
            plain = any(map(is_letter, parts)) and all(
                is_letter(part) or isinstance(part, Numeral) for part in parts
            )  # also the delta_{o1} of the first output
            if pair is None or not plain or pair[0] == pair[1] or sign.text not in EQUALS:
                return None
            return pair if _another_meaning(right, pair) else None
    return None


def _another_meaning(right: Syntax, pair: _Pair) -> bool:
    if isinstance(right, Group):
        return _another_meaning(right.body, pair)
    for node in walk(right):
        if _pair(node) is not None or isinstance(node, Cases | Indicator | Text | Operator):
            return False
        if isinstance(node, Group) and node.delimiters in ("⟨⟩", "[]"):
            return False
        if isinstance(node, Scripts):
            above = node.superscript
            if isinstance(above, Name) and above.text in TRANSPOSES:
                return False  # e_i^T e_j
    match right:
        case Differentiation(_, body, _):
            return body is None or not _letters(body) & set(pair)
        case Signed(_, terms):
            return len(terms) > 1 and bool(_letters(right) & set(pair))
        case Product() | Fraction() | FunctionCall():
            return any(
                _another_meaning(n, pair) for n in walk(right) if isinstance(n, Differentiation)
            ) or (
                not any(isinstance(n, Differentiation) for n in walk(right))
                and bool(_letters(right) & set(pair))
            )
    return False


def _as_kronecker(row: Row) -> Iterator[_Pair]:
    """The deltas of a row that can only be Kronecker's.

    One is given the values of one, or stands beside the derivative of a quantity with one of its
    indices by a quantity with the other.
    """
    pairs = {pair for node in walk(row) if (pair := _pair(node)) is not None}
    match row.body:
        case Chain(_, Node() as first, ((sign, Cases() | Indicator()), *_)) if (
            sign.text in EQUALS and (pair := _pair(first)) is not None
        ):
            yield pair
    for node in walk(row):
        if isinstance(node, Differentiation) and node.body is not None and node.variables:
            above, below = _letters(node.body), {x for v in node.variables for x in _letters(v)}
            for one, other in pairs:
                if (one in above and other in below) or (one in below and other in above):
                    if (one in above) != (one in below) or (other in above) != (other in below):
                        yield one, other


def _said(items: tuple[Item, ...], formulas: Mapping[int, ParsedFormula]) -> Iterator[_Pair]:
    """The indices of a delta of which the prose says that it denotes something else."""
    for one, other in pairwise(items):
        if not (isinstance(one, Formula) and isinstance(other, Prose)):
            continue
        parsed = formulas.get(id(one))
        if parsed is None or len(parsed.rows) != 1:
            continue
        pair = _pair(parsed.rows[0].body)
        found = _SAID.match(other.text)
        if pair is None or found is None:
            continue
        if not (_KRONECKER.search(found["what"]) or _OF_KRONECKER.search(found["what"])):
            yield pair
