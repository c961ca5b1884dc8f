"""Probabilities of events: ``Pr(Y = 1 | x)`` and ``\\Pr(Y = 1 \\mid x)`` are read as of a P.

The letters of Pr are no product of a P and an r where what is in the brackets is an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.spelling import rewritten, walk
from derive.reader.source import Span
from derive.reader.syntax import Chain, FunctionCall, Group, Name, Node, ParsedFormula, Product

__all__ = ["with_probabilities"]


def with_probabilities(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with one name for the probability of what stands in brackets behind it."""
    return {key: rewritten(formula, _named) for key, formula in formulas.items()}


def _named(node: Node) -> Node:
    match node:
        case FunctionCall(_, "Pr", Group() as event, None, None):
            name = Name(Span(node.span.start, event.span.start), "Pr", "", True)
            return Product(node.span, (name, event), ("",))
        case Product(_, factors, operators):
            for n in range(len(factors) - 2):
                match factors[n : n + 3], operators[n : n + 2]:
                    case (Name(_, "P", ""), Name(_, "r", ""), Group() as event), ("", ""):
                        one, other = factors[n].span, factors[n + 1].span
                        if one.end != other.start or not _is_event(event):
                            continue
                        name = Name(Span(one.start, other.end), "Pr", "", True)
                        return replace(
                            node,
                            factors=(*factors[:n], name, *factors[n + 2 :]),
                            operators=(*operators[:n], *operators[n + 1 :]),
                        )
    return node


def _is_event(group: Group) -> bool:
    """Whether brackets hold a relation, or a bar before what is given."""
    return any(isinstance(part, Chain) for part in walk(group.body))
