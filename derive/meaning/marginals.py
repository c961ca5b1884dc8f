"""Marginals: the p(x) and the p(y) of a joint p(x, y) are two distributions with one name.

Where a text sums over p(x), and speaks of p(x, y) or p(x | y), too, p(x) is read as p_x(x) and p(y)
as p_y(y); else the entropy of X would be that of Y, which differs by the letter of its sum only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from derive.meaning.spelling import is_letter, rewritten, walk
from derive.reader.syntax import (
    Chain,
    Group,
    List,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Product,
    Syntax,
)

__all__ = ["with_marginals"]


def with_marginals(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with a name of its own for each marginal."""
    nodes = [node for formula in formulas.values() for node in walk(formula)]
    alone: dict[str, set[str]] = defaultdict(set)
    together: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        for name, group in _applied(node):
            if is_letter(group.body):
                alone[name].update(_letters(group.body))
            elif isinstance(group.body, Chain | List):
                together[name].update(_letters(group.body))
    summed = {name for node in nodes for name in _summed(node)}
    joint = {name for name in summed if len(alone[name] & together[name]) > 1}

    def named(node: Node) -> Node:
        if not isinstance(node, Product) or not joint:
            return node
        factors = list(node.factors)
        for at, operator in enumerate(node.operators):
            head, group = factors[at], factors[at + 1]
            if operator == "" and isinstance(head, Name) and head.text in joint:
                if isinstance(group, Group) and is_letter(group.body):
                    (letter,) = _letters(group.body)
                    factors[at] = replace(head, text=f"{head.text}_{letter}", word=True)
        return replace(node, factors=tuple(factors))

    return {key: rewritten(formula, named) for key, formula in formulas.items()}


def _applied(node: Node) -> Iterator[tuple[str, Group]]:
    """The p of each ``p(...)`` in a product, with what stands in its brackets."""
    if isinstance(node, Product):
        for (head, group), operator in zip(pairwise(node.factors), node.operators, strict=True):
            if operator == "" and isinstance(group, Group) and group.delimiters == "()":
                if isinstance(head, Name) and is_letter(head):
                    yield head.text, group


def _letters(node: Syntax) -> frozenset[str]:
    """The letters in the brackets: x' is another x."""
    return frozenset(n.text.rstrip("'") for n in walk(node) if isinstance(n, Name) and is_letter(n))


def _summed(node: Node) -> Iterator[str]:
    """The p of ``\\sum_x p(x) f(x)``."""
    if isinstance(node, Operator) and node.kind == "sum" and node.lower is not None:
        bound = _letters(node.lower)
        for inner in walk(node.body):
            for name, group in _applied(inner):
                if is_letter(group.body) and _letters(group.body) <= bound:
                    yield name
