"""How far a gradient reaches: ``\\nabla_x x^T A x`` is that of the whole product.

A gradient is taken of the factor behind it.  That of ``x^T`` alone by x, and that of a matrix A
before an x, nobody takes: there the product is meant, as behind d/dx.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.names import TRANSPOSES
from derive.meaning.spelling import rewritten, spelling
from derive.reader.source import Span
from derive.reader.syntax import (
    Differentiation,
    Name,
    Node,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["with_products_derived"]


def with_products_derived(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with gradients that reach over the product behind them."""
    return {key: rewritten(formula, _changed) for key, formula in formulas.items()}


def _changed(node: Node) -> Node:
    if not isinstance(node, Product):
        return node
    factors, operators = node.factors, node.operators
    for n, factor in enumerate(factors[:-1]):
        if not _reaches_on(factor, factors[n + 1]) or operators[n]:
            continue
        assert isinstance(factor, Differentiation)
        assert factor.body is not None
        end = n + 1
        while end < len(factors) and not operators[end - 1]:
            end += 1
        inner = (factor.body, *factors[n + 1 : end])
        span = Span(factor.body.span.start, inner[-1].span.end)
        body = Product(span, inner, ("",) * (len(inner) - 1))
        whole = replace(factor, span=Span(factor.span.start, span.end), body=body)
        rest = (*factors[:n], whole, *factors[end:])
        if len(rest) == 1:
            return whole
        return Product(node.span, rest, (*operators[:n], *operators[end - 1 :]))
    return node


def _reaches_on(node: Syntax, behind: Syntax) -> bool:
    match node:
        case Differentiation(_, Scripts(_, base, None, Name(_, mark), 0), (by,), "nabla"):
            return mark in TRANSPOSES and spelling(base) == spelling(by)
        case Differentiation(_, Name(_, text), (by,), "nabla"):
            return text.isupper() and text not in "LJCEF" and spelling(behind) == spelling(by)
    return False
