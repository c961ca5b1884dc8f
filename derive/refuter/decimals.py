"""Numbers for people: decimals that are correct in every digit shown."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction

from flint import arb, fmpq

from derive.refuter.values import Value

__all__ = ["decimal", "decimals"]

_DIGITS = 8
_MOST_DIGITS = 60
# Exact arithmetic takes no larger exponents of 2.
_MOST_BITS = 20_000


def decimals(left: Value, right: Value) -> tuple[str, str]:
    """Both numbers with as many digits as it takes to tell them apart, 8 or more."""
    digits = _digits_apart(left, right)
    return decimal(left, digits), decimal(right, digits)


def _digits_apart(left: Value, right: Value) -> int:
    """The significant digits after which the numbers certainly differ."""
    apart = abs(arb(left - right)).lower()
    if not apart > 0:
        return _DIGITS
    needed = (arb.max(abs(arb(left)), abs(arb(right))) / apart).log() / arb(10).log()
    if not needed < _MOST_DIGITS:
        return _MOST_DIGITS
    return max(_DIGITS, 2 + int(float(needed.mid())))


def decimal(number: Value, digits: int = _DIGITS) -> str:
    """The number rounded to ``digits`` significant digits; fewer where its ball is too wide."""
    if type(number) is fmpq:
        return _rounded(Fraction(int(number.p), int(number.q)), digits)
    if number.contains(0):
        # Zero to as many places as were computed.
        return "0" if number.rad() < arb(2) ** -60 else str(number)
    if abs(int(number.mid().man_exp()[1])) > _MOST_BITS:
        return str(number.str(digits, radius=False))
    low, high = _fraction(number.lower()), _fraction(number.upper())
    for shown in (digits, *range(digits + 1, 0, -1)):
        text = _rounded(low, shown)
        if text == _rounded(high, shown):
            return text
    return str(number)


def _fraction(number: arb) -> Fraction:
    mantissa, exponent = number.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _rounded(number: Fraction, digits: int) -> str:
    context = Context(prec=digits, Emin=MIN_EMIN, Emax=MAX_EMAX)
    quotient = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    rounded = quotient.normalize(context)
    if -5 <= rounded.adjusted() < 12:
        return f"{rounded:f}"
    return f"{rounded:e}".replace("e+", "e")
