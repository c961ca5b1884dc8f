"""What occurs in a term: names with their shapes, labels, sizes, fixed positions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from derive.logic.terms import (
    Application,
    Binder,
    Derivative,
    IndexTerm,
    Label,
    Position,
    Size,
    Term,
    Variable,
    children,
    own_indices,
)
from derive.memory import kept

__all__ = ["MAXIMAL_DEPTH", "Node", "Occurrences", "occurrences"]

# Deeper terms are not evaluated: Python's own limit must never be met.
MAXIMAL_DEPTH = 120

Node: TypeAlias = tuple[str, bool]
"""A name, and whether it is used as a function of explicit arguments."""


class Occurrences:
    """What occurs in ``terms`` and among ``indices``; found without recursion over terms.

    ``nodes``: names.  ``shapes``: the ranges of the indices of each variable, by name and number
    of indices.  ``labels``: the same for labels, with the range of their values.
    ``least``: how large each size must be for the fixed positions to exist.  ``depth``: levels
    of nesting.  ``size``: number of nodes.
    """

    def __init__(self, *terms: Term, indices: Iterable[IndexTerm] = ()) -> None:
        self.nodes: set[Node] = set()
        self.shapes: dict[tuple[str, int], tuple[str, ...]] = {}
        self.labels: dict[tuple[str, int], tuple[tuple[str, ...], str]] = {}
        self.ranges: set[str] = set()
        self.least: dict[str, int] = {}
        self.depth = 0
        self.size = 0
        for index in indices:
            self.add_index(index)
        stack = [(term, 1) for term in terms]
        while stack:
            node, level = stack.pop()
            self.depth = max(self.depth, level)
            self.size += 1
            self._visit(node)
            stack.extend((child, level + 1) for child in children(node))

    def _visit(self, term: Term) -> None:
        match term:
            case Variable():
                self._variable(term)
            case Application(name, _, _, _):
                self.nodes.add((name, True))
            case Derivative(_, variable):
                self._variable(variable)
            case Binder(index, _, _):
                self.ranges.add(index.range)
            case Size(range_):
                self.ranges.add(range_)
        for own in own_indices(term):
            self.add_index(own)

    def _variable(self, variable: Variable) -> None:
        self.nodes.add((variable.name, False))
        ranges = tuple(index.range for index in variable.indices)
        self.shapes[variable.name, len(ranges)] = ranges

    def add_index(self, index: IndexTerm) -> None:
        """Takes note of an index."""
        self.ranges.add(index.range)
        match index:
            case Position(value, range_):
                needed = max(value, 1 - value)
                self.least[range_] = max(self.least.get(range_, needed), needed)
            case Label(name, indices, range_):
                self.labels[name, len(indices)] = tuple(i.range for i in indices), range_
                for inner in indices:
                    self.add_index(inner)


@kept
def occurrences(term: Term) -> Occurrences:
    """What occurs in ``term``, remembered."""
    return Occurrences(term)
