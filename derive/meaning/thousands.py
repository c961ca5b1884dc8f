"""Numbers with commas: the ``32,000`` of ``1000 \\times 32 = 32,000`` is one number.

So is one that is said twice: the ``0.9 (90\\%)`` of ``p = 0.9 (90\\%)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from derive.meaning.spelling import rewritten
from derive.reader.syntax import (
    Chain,
    Fraction,
    Group,
    List,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Syntax,
)

__all__ = ["with_thousands"]

_FIRST, _NEXT = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}")


def with_thousands(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with such a number for a list of its digits, where it is a side by itself."""
    return {key: rewritten(formula, _written) for key, formula in formulas.items()}


def _written(node: Node) -> Node:
    if not isinstance(node, Chain):
        return node
    rest = tuple((sign, _joined(member)) for sign, member in node.rest)
    return replace(node, first=_joined(node.first), rest=rest) if rest != node.rest else node


def _joined(member: Syntax | None) -> Syntax | None:
    match member:
        case Product(_, (Numeral() as said, Group(_, share, "()")), ("",)):
            again = _share(share)
            if again is not None and Decimal(said.text) == again:
                return said
        case List(span, items) if len(items) > 1:
            digits = [item.text for item in items if isinstance(item, Numeral)]
            whole = len(digits) == len(items) and _FIRST.fullmatch(digits[0]) is not None
            close = all(a.span.end + 1 == b.span.start for a, b in pairwise(items))
            if whole and close and all(map(_NEXT.fullmatch, digits[1:])):
                return Numeral(span, "".join(digits))
    return member


def _share(node: Syntax) -> Decimal | None:
    """The value of ``90\\%``."""
    match node:
        case Fraction(_, Numeral(text=number), Numeral(text="100")):
            return Decimal(number) / 100
    return None
