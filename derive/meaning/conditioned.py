"""Conditional probabilities with indices: ``p_{j \\mid i}`` has the indices j and i.

Where a name stands with such subscripts only, they are read as its two indices, in this order;
beside ``p_{ij}`` it is another quantity, and is left as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from derive.meaning.spelling import is_letter, rewritten, walk
from derive.reader.syntax import Chain, List, Name, Node, ParsedFormula, Scripts, Syntax

__all__ = ["with_conditioned_indices"]


def with_conditioned_indices(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``p_{j,i}`` for ``p_{j \\mid i}``."""
    found: set[str] = set()
    others: set[str] = set()
    for formula in formulas.values():
        for node in walk(formula):
            match node:
                case Scripts(_, Name(_, name), below, _) if below is not None:
                    (found if _letters(below) else others).add(name)
    alone = found - others
    if not alone:
        return dict(formulas)

    def listed(node: Node) -> Node:
        match node:
            case Scripts(span, Name(_, name) as base, below, above, primes) if (
                name in alone and below is not None
            ):
                letters = _letters(below)
                return Scripts(span, base, List(below.span, letters), above, primes)
        return node

    return {key: rewritten(formula, listed) for key, formula in formulas.items()}


def _letters(below: Syntax) -> tuple[Syntax, ...]:
    """The j and i of ``j \\mid i``; () for anything else."""
    match below:
        case Chain(_, first, ((sign, second),)) if sign.text == "given":
            if first is not None and second is not None and is_letter(first) and is_letter(second):
                return (first, second)
    return ()
