"""Rounded decimals: ``log 2 = 0.693`` says that 0.693 is the value to three digits."""

from __future__ import annotations

from fractions import Fraction

from derive.reader import syntax as s

__all__ = ["half_unit"]

MOST_DIGITS = 400


def decimal(node: s.Syntax) -> s.Numeral | None:
    """The numeral if the syntax is one, with or without a sign, brackets or a box around it."""
    match node:
        case s.Numeral():
            return node
        case s.Group(_, body, "()" | "[]" | "{}"):
            return decimal(body)
        case s.Signed(_, ((_, term),)):
            return decimal(term)
    return None


def half_unit(*sides: s.Syntax, approximate: bool = False) -> Fraction | None:
    """Half a unit of the last digit of the side that is a decimal, None where none is.

    A whole number counts as rounded only where the author wrote that the sides are about equal.
    """
    for side in sides:
        numeral = decimal(side)
        if numeral is None:
            continue
        mantissa, _, exponent = numeral.text.lower().partition("e")
        _, point, digits = mantissa.partition(".")
        if len(digits) > MOST_DIGITS or len(exponent) > 3:
            return None
        if point or approximate:
            shift = int(exponent) if exponent else 0
            return Fraction(1, 2) * Fraction(10) ** (shift - len(digits))
    return None
