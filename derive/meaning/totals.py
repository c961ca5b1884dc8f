"""Totals that share the letter of their parts: ``N = \\sum_k N_k`` is a number beside the N_k."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.meaning.spelling import is_letter, rewritten, walk
from derive.reader.syntax import (
    Chain,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Scripts,
    Syntax,
)

__all__ = ["PARTS", "with_totals_apart"]

PARTS = "''"
"""Ends the names of the parts of a total of the same letter."""

EQUALS = ("=", "equiv", "assign")


def with_totals_apart(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with another name for the parts of what is the total of them by an equation."""
    defined = {name for f in formulas.values() for row in f.rows for name in _parts(row.body)}
    apart = {
        name
        for formula in formulas.values()
        for node in walk(formula)
        for name, first in _totals(node)
        if first or name not in defined
    }
    if not apart:
        return dict(formulas)

    def changed(node: Node) -> Node:
        match node:
            case Scripts(_, Name(_, text) as base, below) if below is not None and text in apart:
                return replace(node, base=replace(base, text=text + PARTS))
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _parts(node: Node) -> Iterator[str]:
    """The N of ``N_k = ...``: a total of them that is not defined itself may be another N."""
    match node:
        case Chain(_, Scripts(_, Name(_, text), below), ((sign, _), *_)):
            if below is not None and sign.text in EQUALS:
                yield text


def _totals(node: Node) -> Iterator[tuple[str, bool]]:
    """The N of ``N = \\sum_k N_k``, in either order, and whether it stands first."""
    if isinstance(node, Chain):
        members = [node.first, *(member for _, member in node.rest)]
        signs = [sign.text for sign, _ in node.rest]
        for n, sign in enumerate(signs):
            pair = members[n], members[n + 1]
            for total, whole in (pair, pair[::-1]) if sign in EQUALS else ():
                if isinstance(total, Name) and _sums(whole, total):
                    yield total.text, n == 0 and total is pair[0]


def _sums(node: Syntax | None, total: Name) -> bool:
    """``\\sum_k N_k`` over the one index of the parts."""
    match node:
        case Operator(_, "sum", lower, _, Scripts(_, Name(_, text, font), below, None)) if (
            lower is not None and below is not None
        ):
            letter = lower.first if isinstance(lower, Chain) else lower
            same = is_letter(below) and isinstance(letter, Name) and isinstance(below, Name)
            return same and letter.text == below.text and (text, font) == (total.text, total.font)  # type: ignore[union-attr]
    return False
