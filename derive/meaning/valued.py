"""Values that a document gives to its names for an example, whether or not all were understood.

``\\partial J / \\partial w = 6`` is no claim about all data where the document says that w is 2:
it is said of the example.  Where not all values are known, nothing can be said against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from derive.logic.problem import Claim
from derive.logic.terms import Number, Variable, names
from derive.meaning.names import flatten
from derive.meaning.rounding import is_worked_out
from derive.meaning.spelling import walk
from derive.reader import syntax as s

__all__ = [
    "OF_CASE",
    "OF_EXAMPLE",
    "is_of_example",
    "numerals_only",
    "puts_numbers",
    "valued_letters",
]

OF_EXAMPLE = "it is said of the values of an example, of which not all are known"
OF_CASE = "the values are those of a case before it"

_LETTER = re.compile(r"\\[A-Za-z]+\{[^{}]*\}|\\?[A-Za-z]+|\S")
# Values of which conditions, cases and normalised sums are made.
_USUAL = ("0", "1")


def valued_letters(formulas: Iterable[s.ParsedFormula]) -> frozenset[str]:
    """The letters, without their indices, of names that are equated with numbers somewhere.

    The numbers 0 and 1 do not count: cases and conditions are made of them.
    """
    found = set[str]()
    for formula in formulas:
        for row in formula.rows:
            for node in walk(row.body):
                if isinstance(node, s.Chain) and node.first is not None:
                    flat = flatten(node.first)
                    members = [m for sign, m in node.rest if sign.text in ("=", "approx") and m]
                    if flat is not None and any(map(_gives_values, members)):
                        found.add(_letter(flat[0].text))
    return frozenset(found)


def is_of_example(claims: Sequence[Claim], valued: frozenset[str]) -> bool:
    """Whether the claims equate what depends on open data with numbers, in an example.

    It is one where a name on which they depend has been given a value, but not all of them were.
    """
    return bool(valued) and any(_is_of_example(claim, valued) for claim in claims)


def _is_of_example(claim: Claim, valued: frozenset[str]) -> bool:
    left, right = names(claim.left), names(claim.right)
    number = claim.right if not right else claim.left
    if claim.relation != "=" or bool(left) == bool(right):
        return False
    usual = isinstance(number, Number) and number.value in (Fraction(0), Fraction(1))
    if usual and not isinstance(claim.left, Variable):  # a sum that is 1, a slope that is 0
        return False
    reached = left | right
    for definition in claim.context.definitions:
        reached |= names(definition.body) - frozenset(definition.arguments)
    if isinstance(claim.left, Variable):  # that y is 4 gives y no other value
        reached -= {claim.left.name}
    if valued.isdisjoint(map(_letter, reached)):
        return False
    return not is_worked_out(claim.context, claim.left, claim.right)


def numerals_only(node: s.Syntax) -> bool:
    """Whether the syntax holds numbers, and no names."""
    nodes = list(walk(node))
    return any(isinstance(n, s.Numeral) for n in nodes) and not any(
        isinstance(n, s.Name | s.Ellipsis | s.Text) for n in nodes
    )


def puts_numbers(left: s.Syntax, right: s.Syntax) -> bool:
    """``L = -0 \\log 0.2 - 1 \\log 0.7``, ``s = 3 + 5``: numbers for what the left side names."""
    several = isinstance(right, s.Product) or (isinstance(right, s.Signed) and len(right.terms) > 1)
    return several and numerals_only(right) and not numerals_only(left)


def _gives_values(node: s.Syntax) -> bool:
    return numerals_only(node) and any(
        isinstance(n, s.Numeral) and n.text not in _USUAL for n in walk(node)
    )


def _letter(name: str) -> str:
    """The letter that a name begins with: that of ``w_{1}``, of ``W^{X}`` and of ``\\hat{y}``."""
    found = _LETTER.match(name.lstrip("{"))
    return found.group() if found is not None else name
