"""Quotients of values of functions: ``f(x) / S(z)`` is f(x), divided by S(z).

A slash takes what stands right before it, the (x) alone: ``f \\cdot ((x) / 2)`` is ``f(x) / 2``
where f is a factor, and the second is meant where it is a function.  Behind it stands the next
name, as in ``1/n (x + y)``.  Brackets close behind that belong to it where the document says what
it is of an argument, and where they hold nothing but names: nobody puts a single factor in
brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    Fraction,
    Group,
    List,
    Name,
    Node,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["with_values_below"]


def with_values_below(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``f(x) / S(z)`` as one quotient of two values."""
    defined = frozenset(name for formula in formulas.values() for name in _heads(formula))

    def changed(node: Node) -> Node:
        if not isinstance(node, Product):
            return node
        factors: list[Syntax] = []
        operators: list[str] = []
        for n, factor in enumerate(node.factors):
            operator = node.operators[n - 1] if n else ""
            before = factors[-1] if factors and operator == "" else None
            whole = (
                _value_divided(before, factor)
                or _divided_by_value(before, factor, defined)
                or _divided_again(before, factor, defined)
            )
            if whole is not None:
                factors[-1] = whole
                continue
            operators.extend([operator] if n else [])
            factors.append(factor)
        if len(factors) == len(node.factors):
            return node
        return (
            factors[0]
            if len(factors) == 1
            else Product(node.span, tuple(factors), tuple(operators))
        )

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _heads(formula: ParsedFormula) -> Iterator[str]:
    """The names that equations begin with, where they are applied: the S of ``S(z) = ...``."""
    for node in walk(formula):
        match node:
            case Chain(_, Product(_, (Name() | Scripts() as name, Group()), ("",))):
                yield spelling(_base(name))


def _base(name: Name | Scripts) -> Syntax:
    return name.base if isinstance(name, Scripts) else name


def _value_divided(before: Syntax | None, after: Syntax) -> Fraction | None:
    """``f`` and ``(x) / 2`` as one quotient."""
    if not (isinstance(after, Fraction) and after.inline and isinstance(before, Name | Scripts)):
        return None
    above = after.numerator
    group = above.base if isinstance(above, Scripts) else above
    if not isinstance(_base(before), Name) or not isinstance(group, Group):
        return None
    span = Span(before.span.start, above.span.end)
    whole = Product(span, (before, above), ("",))
    return replace(after, span=Span(before.span.start, after.span.end), numerator=whole)


def _divided_again(
    before: Syntax | None, after: Syntax, defined: frozenset[str]
) -> Fraction | None:
    """``a / g`` and ``(x) / h`` as ``(a / g(x)) / h``."""
    if not (isinstance(after, Fraction) and after.inline):
        return None
    above = _divided_by_value(before, after.numerator, defined)
    if above is None:
        return None
    return replace(after, span=Span(above.span.start, after.span.end), numerator=above)


def _divided_by_value(
    before: Syntax | None, after: Syntax, defined: frozenset[str]
) -> Fraction | None:
    """``a / S`` and ``(z)`` as one quotient; None where the brackets stand for a factor."""
    if not (isinstance(before, Fraction) and before.inline):
        return None
    group = after.base if isinstance(after, Scripts) else after
    if not (isinstance(group, Group) and group.delimiters == "()"):
        return None
    below = before.denominator
    parts = below.factors if isinstance(below, Product) else (below,)
    name = parts[-1]
    if not isinstance(name, Name | Scripts) or name.span.end != group.span.start:
        return None
    inside = group.body.items if isinstance(group.body, List) else (group.body,)
    plain = all(isinstance(item, Name) for item in inside)
    if not plain and spelling(_base(name)) not in defined:
        return None
    span = Span(below.span.start, after.span.end)
    operators = (*(below.operators if isinstance(below, Product) else ()), "")
    whole = Product(span, (*parts, after), operators)
    return replace(before, span=Span(before.span.start, after.span.end), denominator=whole)
