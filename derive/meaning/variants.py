"""``f_c(x) = c + x \\rightarrow \\frac{df}{dx} = 1``: the slope of the f_c that the row defines.

Where a row says what a function with a letter below its name is, and what follows from that, the
bare name in a derivative of the same row is that of this function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.spelling import rewritten, spelling
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Group,
    Name,
    Node,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["with_variants_derived"]


def with_variants_derived(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with slopes of the functions that their rows define."""
    return {key: rewritten(formula, _changed) for key, formula in formulas.items()}


def _changed(node: Node) -> Node:
    match node:
        case Chain(
            _,
            Product(_, (Scripts(_, Name() as base, Name(), None, 0) as own, Group()), ("",)),
            rest,
        ) if any(sign.text in ("to", "implies", "iff") for sign, _ in rest):
            pass
        case _:
            return node

    def derived(member: Syntax | None) -> Syntax | None:
        match member:
            case Differentiation(_, Name() as body, (_,)) if spelling(body) == spelling(base):
                return replace(member, body=replace(own, span=body.span))
        return member

    return replace(node, rest=tuple((sign, derived(member)) for sign, member in rest))
