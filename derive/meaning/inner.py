"""A function as a quantity: ``\\frac{dz}{dg}`` beside ``z = f(g(x))``.

What is differentiated by is a quantity, and ``g(x)`` says of what: it is written as g alone.  So
is ``f(g)``, where ``\\frac{df}{dg}`` is taken.  Only functions that the document leaves open are
written so, and only where all their brackets hold the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise

from derive.meaning.spelling import rewritten, walk
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

__all__ = ["with_inner_functions"]

MOST_STEPS = 4  # functions of functions of functions


def with_inner_functions(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``g`` for ``g(x)``, where something is differentiated by g."""
    found = dict(formulas)
    for _ in range(MOST_STEPS):
        nodes = [node for formula in found.values() for node in walk(formula)]
        quantities = _quantities(nodes)
        if not quantities:
            return found
        alone = partial(_alone, quantities=quantities)
        found = {key: rewritten(formula, alone) for key, formula in found.items()}
    return found


def _quantities(nodes: list[Node]) -> frozenset[str]:
    """The open functions that are differentiated by, and those that are by one of these."""
    slopes = [n for n in nodes if isinstance(n, Differentiation) and len(n.variables) == 1]
    by = {n.variables[0].text for n in slopes if isinstance(n.variables[0], Name)}
    of = defaultdict(set)
    for slope in slopes:
        if isinstance(slope.body, Name) and isinstance(slope.variables[0], Name):
            of[slope.body.text].add(slope.variables[0].text)
    arguments: dict[str, set[str]] = defaultdict(set)
    closed: set[str] = set()
    for node in nodes:
        match node:
            case Product():
                for head, group in _calls(node):
                    arguments[head.text].add(_argument(group))
            case Scripts(_, Name(_, text)):
                closed.add(text)  # f', g_k
            case Chain():
                closed.update(head.text for m in (node.first,) for head, _ in _calls(m))
            case Name(_, text, _, True):
                closed.add(text)
    return frozenset(
        name
        for name, inside in arguments.items()
        if len(inside) == 1 and "" not in inside and name not in closed
        if name in by or (of[name] & inside and inside <= by)
    )


def _calls(node: Node | None) -> Iterator[tuple[Name, Group]]:
    """The functions that are applied in a product."""
    if not isinstance(node, Product):
        return
    for n, (head, group) in enumerate(pairwise(node.factors)):
        if isinstance(head, Name) and isinstance(group, Group) and not node.operators[n]:
            if group.delimiters in ("()", "[]"):
                yield head, group


def _argument(group: Group) -> str:
    """The name in the brackets; "" for anything else."""
    return group.body.text if isinstance(group.body, Name) else ""


def _alone(node: Node, quantities: frozenset[str]) -> Node:
    """``f(g)`` for ``f(g(x))``."""
    if not isinstance(node, Product):
        return node
    dropped = {id(group) for head, group in _calls(node) if head.text in quantities}
    if not dropped:
        return node
    kept = [n for n, factor in enumerate(node.factors) if id(factor) not in dropped]
    factors: tuple[Syntax, ...] = tuple(node.factors[n] for n in kept)
    if len(factors) == 1:
        return factors[0]
    return replace(node, factors=factors, operators=tuple(node.operators[n - 1] for n in kept[1:]))
