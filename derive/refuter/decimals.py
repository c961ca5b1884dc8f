"""Numbers for people: decimals that are correct in every digit shown."""

from __future__ import annotations

from fractions import Fraction
from math import log10

from flint import arb, fmpq

from derive.refuter.values import Value

__all__ = ["decimal", "decimals"]

_DIGITS = 8
_MOST_DIGITS = 60


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
    if not _moderate(number):
        return str(number.str(digits, radius=False))
    low, high = _fraction(number.lower()), _fraction(number.upper())
    for shown in (digits, digits + 1, *range(digits - 1, 0, -1)):
        text = _rounded(low, shown)
        if text == _rounded(high, shown):
            return text
    return str(number)


def _moderate(number: arb) -> bool:
    """Whether the exponent is one that exact arithmetic can take."""
    size = abs(number).upper()
    return bool(arb(2) ** -20_000 < size < arb(2) ** 20_000)


def _fraction(number: arb) -> Fraction:
    mantissa, exponent = number.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _rounded(number: Fraction, digits: int) -> str:
    if number == 0:
        return "0"
    sign, size = ("-", -number) if number < 0 else ("", number)
    bits = size.numerator.bit_length() - size.denominator.bit_length()
    exponent = int((bits - 1) * log10(2)) - 1
    while size >= Fraction(10) ** (exponent + 1):
        exponent += 1
    whole = round(size / Fraction(10) ** (exponent - digits + 1))
    if whole == 10**digits:
        whole, exponent = whole // 10, exponent + 1
    figures = str(whole).rstrip("0")
    if -5 <= exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{figures}"
    if 0 <= exponent < 12:
        figures = figures.ljust(exponent + 1, "0")
        before, after = figures[: exponent + 1], figures[exponent + 1 :]
        return f"{sign}{before}.{after}" if after else sign + before
    mantissa = figures[0] + (f".{figures[1:]}" if figures[1:] else "")
    return f"{sign}{mantissa}e{exponent}"
