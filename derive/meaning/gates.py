"""Superscripts that tell for which quantity a name is: ``a^f_t``, ``a^i_t`` beside f_t, i_t."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.spelling import is_letter, rewritten, walk
from derive.reader.syntax import Name, Node, ParsedFormula, Scripts

__all__ = ["with_gates"]

_FEWEST = 2


def with_gates(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with letters above a name as parts of it that are quantities of their own.

    A power is a number, and no quantity that has a moment or a component of its own.
    """
    above: dict[str, set[str]] = defaultdict(set)
    others: set[str] = set()
    quantities: set[str] = set()
    for formula in formulas.values():
        for node in walk(formula):
            match node:
                case Scripts(_, Name(_, base), below, Name() as letter) if (
                    below is not None and is_letter(letter) and letter.text != "T"
                ):
                    above[base].add(letter.text)
                case Scripts(_, Name(_, base), _, power) if power is not None:
                    others.add(base)
                case Scripts(_, Name() as base, below, None) if below is not None:
                    quantities.add(base.text)
    apart = {
        base
        for base, letters in above.items()
        if base not in others and len(letters) >= _FEWEST and letters <= quantities
    }
    if not apart:
        return dict(formulas)

    def changed(node: Node) -> Node:
        match node:
            case Scripts(_, Name(_, base) as name, below, Name() as letter) if (
                base in apart and below is not None and is_letter(letter)
            ):
                whole = replace(name, text=f"{base}^{{{letter.text}}}")
                return replace(node, base=whole, superscript=None)
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}
