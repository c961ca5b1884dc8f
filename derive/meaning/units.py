"""Units of measurement: the kg of ``2\\,\\mathrm{kg}`` is no quantity of the document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from derive.meaning.spelling import walk
from derive.reader.syntax import Fraction, Name, Numeral, Product, Scripts, Syntax

__all__ = ["with_unit"]

_UNITS = frozenset((
    "m", "s", "g", "h", "J", "N", "W", "V", "A", "K", "L", "C", "Pa", "Hz", "kg", "mg", "km",
    "cm", "mm", "nm", "ms", "ns", "kJ", "MJ", "kW", "MW", "kN", "kPa", "kHz", "MHz", "GHz",
    "eV", "keV", "MeV", "mol", "min", "kWh", "mph", "USD", "EUR", "GB", "MB", "kB",
))  # fmt: skip
_LETTERS = frozenset("".join(_UNITS))


def with_unit(factors: Sequence[Syntax]) -> bool:
    """Whether a number stands before the upright letters of a unit."""
    return any(isinstance(a, Numeral) and _is_unit(b) for a, b in pairwise(factors))


def _is_unit(node: Syntax) -> bool:
    match node:
        case Name(_, text):
            return node.font == "roman" and text in _UNITS
        case Scripts(_, base, None, _):
            return _is_unit(base)
        case Fraction(_, numerator, denominator):
            return _is_unit(numerator) and _is_unit(denominator)
        case Product():  # km, letter by letter
            names = [part for part in walk(node) if isinstance(part, Name)]
            return all(n.font == "roman" and set(n.text) <= _LETTERS for n in names)
    return False
