"""Names that are told apart by a number behind them: ``\\delta 3 = \\delta 1 + \\delta 2``.

A number behind a letter is no factor of it: where equations say what ``\\delta 3`` and
``\\delta 5`` are, these are names, as delta_3 and delta_5 are.  What else the page counts so, it
may call by the number alone: of ``\\delta 3 \\cdot 6`` nothing is known, then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
    Unreadable,
)

__all__ = ["with_numbered_names"]


_RUN_TOGETHER = re.compile(r"(\\?[A-Za-z]+?)(\d+)")


def with_numbered_names(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with the number below the letter, where two such names are given a meaning."""
    formulas = _with_numbers_below(formulas)
    given: dict[str, set[str]] = {}
    for formula in formulas.values():
        for row in formula.rows:
            match row.body:
                case Chain(_, Product(_, (Name() as letter, Numeral(text=number)), ("",))):
                    given.setdefault(spelling(letter), set()).add(number)
    counted = frozenset(letter for letter, numbers in given.items() if len(numbers) > 1)
    if not counted:
        return dict(formulas)
    return {key: rewritten(f, lambda node: _changed(node, counted)) for key, f in formulas.items()}


def _changed(node: Node, counted: frozenset[str]) -> Node:
    if not isinstance(node, Product):
        return node
    factors: list[Syntax] = []
    operators: list[str] = []
    numbered = False
    for n, factor in enumerate(node.factors):
        before = factors[-1] if factors else None
        sign = node.operators[n - 1] if n else ""
        if isinstance(factor, Numeral) and isinstance(before, Name) and not sign:
            if spelling(before) in counted and factor.text.isdigit():
                span = Span(before.span.start, factor.span.end)
                factors[-1] = Scripts(span, before, factor, None)
                numbered = True
                continue
        if isinstance(factor, Numeral) and sign and numbered:
            return Unreadable(node.span, f"{factor.text} may stand for what is counted so")
        operators.extend([sign] if n else [])
        factors.append(factor)
    if not numbered:
        return node
    return factors[0] if len(factors) == 1 else Product(node.span, tuple(factors), tuple(operators))


def _with_numbers_below(formulas: Mapping[int, ParsedFormula]) -> Mapping[int, ParsedFormula]:
    """The formulas with x_1 for ``x1``, where numbers stand below other x."""
    nodes = [node for formula in formulas.values() for node in walk(formula)]
    counted = {name for node in nodes for name in _above_a_number(node)}
    together = {
        node.text: match
        for node in nodes
        if isinstance(node, Name)
        and (match := _RUN_TOGETHER.fullmatch(node.text)) is not None
        and match[1] in counted
    }
    if not together:
        return formulas

    def changed(node: Node) -> Node:
        match node:
            case Name(span, text) if text in together:
                letter, number = together[text].groups()
                return Scripts(span, replace(node, text=letter), Numeral(span, number), None)
            case Scripts(_, Scripts(_, Name() as base, Numeral() as number, None, 0), below) if (
                base.span == node.base.span
            ):
                if below is None:  # x1^2
                    return replace(node, base=base, subscript=number)
                return replace(node, base=replace(base, text=base.text + number.text))  # x1_i
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _above_a_number(node: Node) -> tuple[str, ...]:
    match node:
        case Scripts(_, Name() as base, Numeral()):
            return (spelling(base),)
    return ()
