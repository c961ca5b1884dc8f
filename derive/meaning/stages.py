"""Functions that are built up in stages: ``F(x)^0 = 0`` and ``F(x)^t = F(x)^{t-1} + f_t(x)``.

What stands above the value of F numbers the stage, and is no power: no value to the power 0 is
given, for it would be 1.  It is read as ``F^{(t)}(x)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.meaning.spelling import rewritten
from derive.reader.syntax import (
    Chain,
    Group,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
)

__all__ = ["with_stages"]


def with_stages(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with the number of a stage above the function, and not above its value."""
    built = {name for f in formulas.values() for row in f.rows for name in _begun(row.body)}
    if not built:
        return dict(formulas)

    def changed(node: Node) -> Node:
        match node:
            case Product(_, (Name(_, text) as function, Scripts() as value, *rest), signs) if (
                text in built and not signs[0]
            ):
                above = value.superscript
                if not _is_value(value) or above is None:
                    return node
                number = above if isinstance(above, Group) else Group(above.span, above, "()")
                staged = Scripts(function.span, function, None, number, 0)
                return replace(node, factors=(staged, value.base, *rest))
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _is_value(node: Scripts) -> bool:
    """The ``(x)^t`` of ``F(x)^t``."""
    bracketed = isinstance(node.base, Group) and node.base.delimiters == "()"
    return bracketed and node.subscript is None and not node.primes


def _begun(node: Node) -> Iterator[str]:
    """The F of ``F(x)^0 = ...``."""
    match node:
        case Chain(_, Product(_, (Name(_, text), Scripts() as value), ("",)), ((sign, right), *_)):
            zero = isinstance(value.superscript, Numeral) and value.superscript.text == "0"
            if isinstance(right, Numeral) and right.text == "1":
                return  # what every value to the power 0 is
            if zero and _is_value(value) and sign.text in ("=", "equiv", "assign"):
                yield text
