"""Derivatives by another name: ``D_j S_i`` where the text says that it is ``dS_i/da_j``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from derive.meaning.names import base_name
from derive.meaning.spelling import is_letter, rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Name,
    Node,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["with_named_derivatives"]


@dataclass(frozen=True)
class _Operator:
    """``letter``: the index of the operator where it was explained; ``by``: the variable there."""

    letter: Name
    by: Syntax
    sign: str


def with_named_derivatives(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with derivatives written out where the document has a name for them."""
    known = {
        name: operator for formula in formulas.values() for name, operator in _explained(formula)
    }
    if not known:
        return dict(formulas)
    return {
        key: rewritten(formula, lambda node: _written_out(node, known))
        for key, formula in formulas.items()
    }


def _explained(formula: ParsedFormula) -> Iterator[tuple[str, _Operator]]:
    """``D_j S_i = \\frac{\\partial S_i}{\\partial a_j}``: one side with the name, one without."""
    for row in formula.rows:
        for node in walk(row.body):
            if isinstance(node, Chain):
                members = [m for m in (node.first, *(m for _, m in node.rest)) if m is not None]
                for member in members:
                    found = _applied(member)
                    if found is None:
                        continue
                    name, letter, body = found
                    for other in members:
                        match other:
                            case Differentiation(_, inner, (by,), sign) if (
                                inner is not None
                                and spelling(inner) == spelling(body)
                                and _holds(by, letter)
                            ):
                                yield name, _Operator(letter, by, sign)


def _applied(node: Syntax) -> tuple[str, Name, Syntax] | None:
    """The name, the index and the body of ``D_j S_i``."""
    match node:
        case Product(_, (Scripts(_, Name(_, "D") as name, index, None, 0), body), ("",)):
            if isinstance(index, Name) and is_letter(index):
                return base_name(name), index, body
        case Differentiation(_, body, (Name() as index,), "partial") if body is not None:
            if is_letter(index):
                return "\\partial", index, body
    return None


def _holds(by: Syntax, letter: Name) -> bool:
    """Whether the variable has the letter for its index."""
    return isinstance(by, Scripts) and any(
        isinstance(node, Name) and node.text == letter.text
        for node in (walk(by.subscript) if by.subscript is not None else ())
    )


def _written_out(node: Node, known: Mapping[str, _Operator]) -> Node:
    match node:
        case Product(span, factors, operators):
            for n, operator in enumerate(operators):
                pair = Product(span, (factors[n], factors[n + 1]), (operator,))
                found = _applied(pair)
                if found is not None and found[0] in known:
                    written = _derivative(node, *found, known)
                    rest = (*factors[:n], written, *factors[n + 2 :])
                    if len(rest) == 1:
                        return written
                    return Product(span, rest, (*operators[:n], *operators[n + 1 :]))
        case Differentiation():
            found = _applied(node)
            if found is not None and found[0] in known:
                return _derivative(node, *found, known)
    return node


def _derivative(
    node: Node, name: str, index: Name, body: Syntax, known: Mapping[str, _Operator]
) -> Differentiation:
    operator = known[name]
    by = _with_index(operator.by, operator.letter.text, index)
    return Differentiation(node.span, body, (by,), operator.sign)


def _with_index(value: Any, letter: str, index: Name) -> Any:
    """The variable with another index."""
    if isinstance(value, tuple):
        return tuple(_with_index(part, letter, index) for part in value)
    if isinstance(value, Scripts):
        return replace(value, subscript=_with_index(value.subscript, letter, index))
    if isinstance(value, Name):
        return index if value.text == letter else value
    if isinstance(value, Node):
        parts = {f.name: getattr(value, f.name) for f in fields(value)}
        new = {k: _with_index(v, letter, index) for k, v in parts.items() if k != "span"}
        return replace(value, **new)
    return value
