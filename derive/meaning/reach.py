"""How far a derivative reaches: ``\\nabla_x x^T A x`` is that of the whole product.

A gradient is taken of the factor behind it.  That of ``x^T`` alone by x or by an A behind it, and
that of a matrix A before an x, nobody takes: there the product is meant, as behind d/dx.  So it is
behind
``\\frac{d}{dx} (1 - t) x`` and ``\\nabla_x \\frac{1}{n} (x^T x + 1)``: nobody writes down the
derivative by x of what holds no x.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.names import TRANSPOSES
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.source import Span
from derive.reader.syntax import (
    Differentiation,
    Fraction,
    Group,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["with_products_derived"]


def with_products_derived(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with derivatives that reach over the product behind them."""
    return {key: rewritten(formula, _changed) for key, formula in formulas.items()}


def _changed(node: Node) -> Node:
    if not isinstance(node, Product):
        return node
    factors, operators = node.factors, node.operators
    for n, factor in enumerate(factors[:-1]):
        if operators[n] or not (
            _reaches_on(factor, _run(factors, operators, n))
            or _holds_it_not(factor, factors, operators, n)
        ):
            continue
        assert isinstance(factor, Differentiation)
        assert factor.body is not None
        run = _run(factors, operators, n)
        end = n + 1 + len(run)
        inner = (factor.body, *run)
        span = Span(factor.body.span.start, inner[-1].span.end)
        body = Product(span, inner, ("",) * (len(inner) - 1))
        whole = replace(factor, span=Span(factor.span.start, span.end), body=body)
        rest = (*factors[:n], whole, *factors[end:])
        if len(rest) == 1:
            return whole
        return Product(node.span, rest, (*operators[:n], *operators[end - 1 :]))
    return node


def _run(factors: tuple[Syntax, ...], operators: tuple[str, ...], at: int) -> tuple[Syntax, ...]:
    """The factors behind one that no sign parts from it."""
    end = at + 1
    while end < len(factors) and not operators[end - 1]:
        end += 1
    return factors[at + 1 : end]


def _reaches_on(node: Syntax, behind: tuple[Syntax, ...]) -> bool:
    match node:
        case Differentiation(_, Scripts(_, base, None, Name(_, mark), 0), (by,), "nabla"):
            own = spelling(by)
            return mark in TRANSPOSES and (
                spelling(base) == own or any(_untransposed(factor) == own for factor in behind)
            )
        case Differentiation(_, Name(_, text), (by,), "nabla"):
            return text.isupper() and text not in "LJCEF" and spelling(behind[0]) == spelling(by)
    return False


def _untransposed(node: Syntax) -> str:
    """``A`` and ``A^T`` alike."""
    match node:
        case Scripts(_, base, None, Name(_, mark), 0) if mark in TRANSPOSES:
            return spelling(base)
    return spelling(node)


def _holds_it_not(
    node: Syntax, factors: tuple[Syntax, ...], operators: tuple[str, ...], at: int
) -> bool:
    """``\\frac{d}{dz} (1 - t) z``: z stands in a factor behind the brackets, and not in them."""
    inside: Syntax
    match node:
        case Differentiation(_, Group(_, inside, "()"), (by,), sign) if sign != "nabla":
            pass
        case Differentiation(
            _, Numeral() | Fraction(_, Numeral(), Numeral() | Name()) as inside, (by,), "nabla"
        ):
            pass
        case _:
            return False
    if _holds(inside, by):
        return False
    for behind, joined in zip(factors[at + 1 :], operators[at:], strict=False):
        if joined or any(isinstance(part, Differentiation) for part in walk(behind)):
            return False
        if _holds(behind, by):
            return True
    return False


def _holds(node: Syntax, by: Syntax) -> bool:
    """Whether the variable stands somewhere in an expression, also below a name that it marks."""
    written = spelling(by)
    return any(spelling(part) == written for part in walk(node) if isinstance(part, Name | Scripts))
