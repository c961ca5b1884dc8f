"""Newton's dots: ``\\dot x`` is dx/dt in a document that speaks of functions of t.

Where something is differentiated by ``\\dot q``, as in the equations of Lagrange, a name with a
dot is a quantity of its own, and stays one; so is the ``\\dot x = 1`` beside a number x = 2, which
is the tangent that automatic differentiation carries along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Group,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["dotted_letter", "with_dots_as_derivatives"]

_DOT = re.compile(r"\\dot\{(\\[A-Za-z]+|[A-Za-z])\}")
_DOTTED = re.compile(r"\\(dot|ddot)\{(\\[A-Za-z]+|[A-Za-z])\}")


def with_dots_as_derivatives(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with derivatives by t in the place of dots."""
    nodes = [node for formula in formulas.values() for node in walk(formula)]
    dotted = any(isinstance(n, Name) and _DOTTED.fullmatch(n.text) for n in nodes)
    if not dotted or not any(map(_speaks_of_time, nodes)) or any(map(_by_a_dot, nodes)):
        return dict(formulas)
    numbers = {found for node in nodes if (found := _valued(node))}
    if any(_DOT.sub(r"\1", name) in numbers for name in numbers if _DOT.search(name)):
        return dict(formulas)
    return {key: rewritten(formula, _written_out) for key, formula in formulas.items()}


def _valued(node: Node) -> str:
    """The name in ``x_1 = 2`` and ``\\dot x_1 = 1``, which is said to equal a number alone."""
    match node:
        case Chain(_, Name() | Scripts() as name, ((sign, Numeral()),)) if sign.text == "=":
            return spelling(name)
    return ""


def dotted_letter(name: str) -> str:
    """The q of ``\\dot{q}`` and ``\\ddot{q}``, "" for any other name."""
    plain = name[1:-1] if name.startswith("{") else name
    found = _DOTTED.fullmatch(plain.partition("_")[0])
    return "" if found is None else found.group(2)


def _is_time(node: Node | None) -> bool:
    return isinstance(node, Name) and node.text == "t"


def _speaks_of_time(node: Node) -> bool:
    match node:
        case Differentiation(_, _, variables):
            return any(map(_is_time, variables))
        case Product(_, factors):
            return any(
                isinstance(a, Name) and isinstance(b, Group) and _is_time(b.body)
                for a, b in pairwise(factors)
            )
    return False


def _by_a_dot(node: Node) -> bool:
    return isinstance(node, Differentiation) and any(
        isinstance(part, Name) and _DOTTED.fullmatch(part.text)
        for variable in node.variables
        for part in walk(variable)
    )


def _written_out(node: Node) -> Node:
    match node:
        case Name(span, text) if (found := _DOTTED.fullmatch(text)) is not None:
            time = Name(span, "t")
            letter = Name(span, found.group(2), node.font)
            return Differentiation(span, letter, (time,) * (len(found.group(1)) - 2), "d")
        case Scripts(span, Differentiation() as inner, Node() as below, above, 0):
            body = _with_dots(inner)
            if body is None:
                return node
            moved = replace(inner, span=span, body=Scripts(span, body, below, None, 0))
            return moved if above is None else Scripts(span, moved, None, above, 0)
        case Product():
            return _applied(node)
    return node


def _with_dots(node: Node) -> Syntax | None:
    """The x of a derivative that was written as ``\\dot x``."""
    if isinstance(node, Differentiation) and isinstance(node.body, Name):
        return node.body if node.span == node.body.span else None
    return None


def _applied(node: Product) -> Syntax:
    """``\\dot x(t)`` as the derivative of x(t), ``\\dot x(0)`` as x'(0)."""
    factors, operators = node.factors, node.operators
    for n, (one, other) in enumerate(pairwise(factors)):
        body = _with_dots(one)
        if body is None or not isinstance(other, Group) or operators[n]:
            continue
        assert isinstance(one, Differentiation)
        span = Span(one.span.start, other.span.end)
        if _is_time(other.body):
            applied: Syntax = replace(one, span=span, body=Product(span, (body, other), ("",)))
        elif isinstance(other.body, Numeral | Name):
            primed = Scripts(one.span, body, None, None, len(one.variables))
            applied = Product(span, (primed, other), ("",))
        else:
            continue
        rest = (*factors[:n], applied, *factors[n + 2 :])
        if len(rest) == 1:
            return applied
        return Product(node.span, rest, (*operators[:n], *operators[n + 1 :]))
    return node
