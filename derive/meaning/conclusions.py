"""``x = y``, concluded from ``x^2 = y^2``: no definition of x, and no hypothesis.

Such a conclusion holds only where the equation before it has no other solution, as ``2 x = 6`` has
none.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.meaning.spelling import spelling, walk
from derive.meaning.steps import is_number
from derive.reader import syntax as s

__all__ = ["MANY", "may_have_other_solutions"]

MANY = "it is concluded from an equation that may have other solutions"


def may_have_other_solutions(
    earlier: tuple[s.Syntax, s.Syntax], left: s.Syntax, right: s.Syntax
) -> bool:
    """Whether ``left = right`` names one of several solutions of the equation, as far as is seen.

    Looked at are conclusions that a name is another one of the equation, or a number.
    """
    name, value = spelling(left), spelling(right)
    if not isinstance(left, s.Name | s.Scripts):
        return False
    if name in map(spelling, earlier):  # "c = a - b. Then c = 0"
        others = [side for side in earlier if spelling(side) != name]
        open_ = any(isinstance(node, s.Name) for side in others for node in walk(side))
        return is_number(right) and open_
    nodes = [node for side in earlier for node in walk(side)]
    if any(isinstance(node, s.Differentiation) for node in nodes):
        return False  # set to 0: see where that is solved
    written = {spelling(n) for n in nodes if isinstance(n, s.Name | s.Scripts)}
    if name not in written:
        return False
    match right:
        case s.Name() | s.Scripts():
            return value in written
        case s.Numeral() | s.Signed(_, ((_, s.Numeral()),)):
            return not _is_linear(earlier, name, written)
    return False


def _is_linear(earlier: tuple[s.Syntax, s.Syntax], name: str, written: set[str]) -> bool:
    """``2 x + 1 = 7``: x stands once, with numbers."""
    within = [n for side in earlier for n in _with_numbers(side)]
    return written == {name} and within == [name]


def _with_numbers(node: s.Syntax) -> Iterator[str]:
    """The names that numbers are added to or multiplied with; "" for anything else."""
    match node:
        case s.Numeral():
            pass
        case s.Name() | s.Scripts(superscript=None):
            yield spelling(node)
        case s.Signed(_, terms):
            yield from (n for _, term in terms for n in _with_numbers(term))
        case s.Product(_, factors, operators) if {*operators} <= {"", "cdot", "times"}:
            yield from (n for factor in factors for n in _with_numbers(factor))
        case s.Fraction(_, above, s.Numeral()):
            yield from _with_numbers(above)
        case s.Group(_, body, "()" | "[]" | "{}"):
            yield from _with_numbers(body)
        case _:
            yield ""
