"""What it says of data that they lie in a set: ``y \\in \\{0, 1\\}``, ``x \\in [0, 1]``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derive.logic.problem import Equation, Fact, Sign
from derive.logic.terms import Add, Mul, Number, Term, Variable
from derive.meaning import facts
from derive.meaning.spelling import spelling, written_number
from derive.meaning.state import State
from derive.meaning.vectors import Value
from derive.reader import syntax as s

__all__ = ["Membership"]


class Membership(State):
    """What it says of data that they lie in a set."""

    def _membership(self, left: s.Syntax, right: s.Syntax) -> tuple[Fact, ...]:
        """What ``x \\in \\{0, 1\\}`` and ``x \\in [0, 1]`` say of data."""
        elaborator = self._elaborator()
        value = self._try(left, elaborator)
        if value is None or not isinstance(value.term, Variable):
            return ()
        if not self._about_data(value.term):
            return ()
        if isinstance(right, s.Group) and right.delimiters == "{}":
            members = right.body.items if isinstance(right.body, s.List) else ()
            square = elaborator.tensors.power(value, Value(Number(Fraction(2)))).term
            return _of_set(value.term, square, [written_number(i) for i in members])
        return self._of_interval(value, right)

    def _of_interval(self, value: Value, right: s.Syntax) -> tuple[Fact, ...]:
        """``x \\in [0, 1]``: the ends of the interval are bounds of the data."""
        found = _interval(right)
        if found is None:
            return ()
        group, *ends = found
        stated: list[Fact] = []
        for end, bracket, first in zip(ends, group.delimiters, (True, False), strict=True):
            if "\\infty" in spelling(end):
                continue
            bound = self._try(end, self._elaborator())
            if bound is None or bound.axes or not isinstance(bound.term, Number | Variable):
                return ()
            difference = value.term - bound.term if first else bound.term - value.term
            stated.append(Sign(difference, ">=" if bracket in "[]" else ">", value.axes))
        return facts.every_letter(tuple(stated))


def _of_set(term: Term, square: Term, members: Sequence[Fraction | None]) -> tuple[Fact, ...]:
    """What the equation for the square of two members says of them: (x - a) (x - b) = 0."""
    numbers = [one for one in members if one is not None]
    if len(numbers) != len(members) or len(set(numbers)) != 2:
        return ()
    one, other = numbers
    total, product = Number(one + other), Number(-one * other)
    linear = term if total.value == 1 else Mul((total, term))
    terms = [*((linear,) if total.value else ()), *((product,) if product.value else ())]
    return facts.every_letter(
        (Equation(square, terms[0] if len(terms) == 1 else Add(tuple(terms))),)
    )


def _interval(node: s.Syntax) -> tuple[s.Group, s.Syntax, s.Syntax] | None:
    """The brackets and the ends of ``[0, 1]`` and of ``(0, 1)^n``."""
    body = node.base if isinstance(node, s.Scripts) and node.subscript is None else node
    match body:
        case s.Group(_, s.List(_, (first, last)), "[]" | "()" | "(]" | "[)"):
            return body, first, last
    return None
