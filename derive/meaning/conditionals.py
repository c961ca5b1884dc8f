"""Conditions that never change: ``p(w | c)``, with the same c throughout, is written p(w)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from derive.meaning.spelling import parts, rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Group,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["fixed_conditions", "without_conditions"]


def fixed_conditions(formulas: Mapping[int, ParsedFormula]) -> dict[str, str]:
    """What stands behind the bar of a name wherever it is applied, if that is always the same.

    The condition must be made of letters that are no quantities of the document: the derivative
    of p(y | x) by x is not that of p(y).
    """
    conditions: dict[str, set[str]] = defaultdict(set)
    letters: dict[str, set[str]] = defaultdict(set)
    values: set[str] = set()
    for formula in formulas.values():
        values.update(_values(formula))
        for head, group in _applications(formula):
            name, condition = spelling(head), _condition(group)
            conditions[name].add("" if condition is None else spelling(condition))
            if condition is not None:
                letters[name].update(n.text for n in walk(condition) if isinstance(n, Name))
    return {
        name: found.copy().pop()
        for name, found in conditions.items()
        if len(found) == 1 and "" not in found and letters[name].isdisjoint(values)
    }


def without_conditions(
    formulas: Mapping[int, ParsedFormula], fixed: Mapping[str, str]
) -> dict[int, ParsedFormula]:
    """The formulas with these conditions left out."""
    if not fixed:
        return dict(formulas)
    return {
        key: rewritten(formula, lambda node: _plain(node, fixed))
        for key, formula in formulas.items()
    }


def _condition(group: Group) -> Syntax | None:
    """The c of ``(w | c)``."""
    match group.body:
        case Chain(_, Name(), ((sign, condition),)) if sign.text == "given":
            return condition
    return None


def _applications(formula: ParsedFormula) -> Iterator[tuple[Syntax, Group]]:
    for node in walk(formula):
        if isinstance(node, Product):
            for (one, after), operator in zip(pairwise(node.factors), node.operators, strict=True):
                if _is_application(one, after, operator):
                    yield one, after  # type: ignore[misc]


def _is_application(one: Syntax, after: Syntax, operator: str) -> bool:
    brackets = isinstance(after, Group) and after.delimiters in ("()", "[]")
    return brackets and not operator and isinstance(one, Name | Scripts)


def _values(formula: ParsedFormula) -> Iterator[str]:
    """The names that stand for quantities: in no subscript, and behind no bar."""
    pending: list[Node] = [formula]
    while pending:
        node = pending.pop()
        match node:
            case Name(_, text):
                yield text
            case Scripts(_, base, _, above):
                pending.extend((base,) if above is None else (base, above))
            case Operator(_, _, _, _, body):
                pending.append(body)
            case Chain(_, first, rest) if any(sign.text == "given" for sign, _ in rest):
                pending.extend(() if first is None else (first,))
            case _:
                pending.extend(parts(node))


def _plain(node: Node, fixed: Mapping[str, str]) -> Node:
    """A product with the conditions of its applications left out."""
    if not isinstance(node, Product):
        return node
    factors = list(node.factors)
    for n, (one, after) in enumerate(pairwise(node.factors)):
        if _is_application(one, after, node.operators[n]) and spelling(one) in fixed:
            assert isinstance(after, Group)
            body = after.body
            assert isinstance(body, Chain)
            assert body.first is not None
            factors[n + 1] = replace(after, body=body.first)
    return replace(node, factors=tuple(factors))
