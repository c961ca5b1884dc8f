"""Steps about one letter: ``\\sigma(a) (1 - \\sigma(a))``, where the a_j are components elsewhere.

Nothing but that letter stands in the step, without an index, a transpose, or a sum: whatever is
true of a number is true of each component, and it is a number that an author means who
differentiates an activation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from derive.meaning.application import FUNCTIONS
from derive.meaning.names import Names, base_name, reference
from derive.meaning.shapes import transposed
from derive.meaning.spelling import walk
from derive.reader import syntax as s

__all__ = ["lone_vector"]

CONSTANTS = {"e", "\\pi"}


def lone_vector(sides: Iterable[s.Syntax], known: Names, function: Callable[[str], bool]) -> str:
    """The vector that alone stands in the sides, as if it were a number; "" for none.

    ``function``: whether a name is a function of one number.
    """
    found: set[str] = set()
    applied = False
    nodes = [node for side in sides for node in walk(side)]
    heads = {id(head) for node in nodes for head in _heads(node)}
    for node in nodes:
        match node:
            case s.Operator() | s.Matrix() | s.Indicator() | s.List() | s.Text() | s.Unreadable():
                return ""
            case s.Group(delimiters=marks) if marks not in ("()", "[]", "{}"):
                return ""  # bars may be those of a length
            case s.FunctionCall(_, name):
                applied = True
                if name not in FUNCTIONS:
                    return ""
            case s.Differentiation(_, body, _, sign):
                if sign not in ("partial", "d") or isinstance(body, s.Name | None):
                    return ""  # the slope of a vector by itself is the identity
            case s.Product(_, _, operators) if not {"", "cdot", "times", "*"}.issuperset(operators):
                return ""
            case s.Scripts() if node.subscript is not None or transposed(node):
                return ""
            case s.Name():
                name = base_name(node)
                at = reference(node, known)
                if node.font == "bold" or at is None or at.indices or name in known.letters:
                    return ""
                if name in CONSTANTS:
                    applied = True
                elif function(name):
                    if id(node) not in heads:
                        return ""  # g is g(z), which is made of more than one letter
                    applied = True
                else:
                    found.add(name)
            case _:
                pass
    name = found.pop() if len(found) == 1 else ""
    plain = known.slots.get(name, 0) == 1 and name not in known.dimensions
    return name if applied and plain else ""


def _heads(node: s.Node) -> Iterator[s.Node]:
    """The names that are applied to what stands in brackets behind them."""
    if isinstance(node, s.Product):
        for head, group in pairwise(node.factors):
            if isinstance(group, s.Group):
                yield head.base if isinstance(head, s.Scripts) else head
