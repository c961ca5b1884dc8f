"""Cases by size: ``x = 0: ...; 0 < x < 1: ...; x >= 1: ...``, of which nobody claims one."""

from __future__ import annotations

import re
from fractions import Fraction

from derive.meaning.statement import Meaning, Statement

__all__ = ["is_one_of_cases"]

_SIGNS = {
    "<": "<", "\\lt": "<", "≤": "<=", "\\le": "<=", "\\leq": "<=", "\\leqslant": "<=", "=": "=",
    ">": ">", "\\gt": ">", "≥": ">=", "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=",
}  # fmt: skip
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def is_one_of_cases(statement: Statement, meaning: Meaning) -> bool:
    """Whether the document compares the same quantity otherwise, so that both cannot hold.

    ``f' > 0: it grows.  f' < 0: it falls.``  Two equations are no cases, but a contradiction.
    """
    one = _compared(statement)
    if one is None:
        return False
    for other in meaning.statements:
        found = _compared(other)
        if found is None or found[0] != one[0] or (one[1] == "=" and found[1] == "="):
            continue
        near = other.section == statement.section
        strict = {one[1], found[1]} == {"<", ">"} and one[2] == found[2]
        if (near or strict) and _exclude(one[1:], found[1:]):
            return True
    return False


def _compared(statement: Statement) -> tuple[str, str, Fraction] | None:
    """The quantity, the sign and the number that it is compared with."""
    sign = _SIGNS.get(statement.relation.strip())
    left, right = ("".join(x.split()) for x in (statement.left, statement.right))
    if sign is None or not left or not right:
        return None
    if _NUMBER.fullmatch(right):
        return left, sign, Fraction(right)
    if _NUMBER.fullmatch(left):
        return right, _TURNED[sign], Fraction(left)
    return None


def _exclude(one: tuple[str, Fraction], other: tuple[str, Fraction]) -> bool:
    """Whether no number compares with both numbers as the signs say."""
    for (sign, at), (against, there) in ((one, other), (other, one)):
        if sign in ("<", "<=", "=") and against in (">", ">=", "="):
            touch = sign.endswith("=") and against.endswith("=")
            if at < there or (at == there and not touch):
                return True
    return False
