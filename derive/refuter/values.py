"""Numbers that the refuter computes with: exact rationals, balls, and dual numbers over both.

A value is a ``fmpq`` (exact), an ``arb`` (a ball that certainly holds the true number) or a
``Dual``.  They mix freely under + and *.  Sums, products and integer powers of rationals stay
exact, so that 1/0 and 0^0 are seen for what they are; everything else is a ball.

Two things can go wrong, and they are kept apart: ``NoValue`` says that the term certainly has
no value here, ``Undecided`` that the balls are too wide to tell.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from flint import arb, fmpq

__all__ = [
    "ONE", "ZERO", "Dual", "Missing", "NoValue", "TooExpensive", "Undecided", "Unusable", "Value",
    "finite", "negative", "plain", "positive", "reciprocal", "slope", "whole_power",
]  # fmt: skip

Value: TypeAlias = Any  # fmpq | arb | Dual; a union would need a cast at each operator

ZERO = fmpq(0)
ONE = fmpq(1)

# A whole power of a rational is taken exactly up to about this many bits.
EXACT_BITS = 4096
# Beyond this an exponent is absurd: no sampled point can tell anything about such a power.
LARGEST_EXPONENT = 10**12


class Unusable(Exception):
    """Nothing can be concluded at this point."""


class NoValue(Unusable):
    """The term is undefined at this point."""


class Undecided(Unusable):
    """The balls are too wide to say; a higher precision may help."""


class Missing(Exception):
    """The point gives no value for something that the term needs."""


class TooExpensive(Exception):
    """The effort allowed is spent."""


class Dual:
    """``value + slope * e`` with e^2 = 0: a value and its derivative by the variable ``tag``.

    A derivative inside a derivative has the larger tag.  The parts hold smaller tags only, so
    that the perturbations of nested derivatives are never confused.
    """

    __slots__ = ("slope", "tag", "value")

    def __init__(self, tag: int, value: Value, slope: Value) -> None:
        self.tag = tag
        self.value = value
        self.slope = slope

    def __add__(self, other: Value) -> Dual:
        if type(other) is Dual and other.tag >= self.tag:
            if other.tag > self.tag:
                return Dual(other.tag, self + other.value, other.slope)
            return Dual(self.tag, self.value + other.value, self.slope + other.slope)
        return Dual(self.tag, self.value + other, self.slope)

    def __radd__(self, other: Value) -> Dual:
        return Dual(self.tag, other + self.value, self.slope)

    def __neg__(self) -> Dual:
        return Dual(self.tag, -self.value, -self.slope)

    def __sub__(self, other: Value) -> Dual:
        return self.__add__(-other)

    def __rsub__(self, other: Value) -> Dual:
        return Dual(self.tag, other - self.value, -self.slope)

    def __mul__(self, other: Value) -> Dual:
        if type(other) is Dual and other.tag >= self.tag:
            if other.tag > self.tag:
                return Dual(other.tag, self * other.value, self * other.slope)
            slope = self.value * other.slope + self.slope * other.value
            return Dual(self.tag, self.value * other.value, slope)
        return Dual(self.tag, self.value * other, self.slope * other)

    def __rmul__(self, other: Value) -> Dual:
        return Dual(self.tag, other * self.value, other * self.slope)


def slope(value: Value, tag: int) -> Value:
    """The derivative by the variable ``tag``: 0 for a value that does not depend on it."""
    if type(value) is Dual and value.tag == tag:
        return value.slope
    return ZERO


def plain(value: Value) -> Value:
    """The number itself, without derivatives."""
    while type(value) is Dual:
        value = value.value
    return value


def positive(value: Value) -> bool:
    """Whether a number is > 0; raises Undecided where that is not certain."""
    number = plain(value)
    if number > 0:
        return True
    if number <= 0:
        return False
    raise Undecided("the sign of a number is not certain")


def negative(value: Value) -> bool:
    """Whether a number is < 0; raises Undecided where that is not certain."""
    number = plain(value)
    if number < 0:
        return True
    if number >= 0:
        return False
    raise Undecided("the sign of a number is not certain")


def reciprocal(value: Value) -> Value:
    """1 / value."""
    kind = type(value)
    if kind is fmpq:
        if value == 0:
            raise NoValue("division by 0")
        return 1 / value
    if kind is Dual:
        inverse = reciprocal(value.value)
        return Dual(value.tag, inverse, -(inverse * inverse * value.slope))
    inverse = 1 / value
    if not inverse.is_finite():
        if value.is_zero():
            raise NoValue("division by 0")
        raise Undecided("a divisor may be 0")
    return inverse


def whole_power(base: Value, exponent: int) -> Value:
    """base ** exponent for an integer exponent; 0^0 is 1, as for polynomials."""
    if exponent < 0:
        return reciprocal(whole_power(base, -exponent))
    if exponent > LARGEST_EXPONENT:
        raise Undecided("an exponent is too large")
    kind = type(base)
    if kind is Dual:
        if exponent == 0:
            return Dual(base.tag, ONE, ZERO)
        below = whole_power(base.value, exponent - 1)
        return Dual(base.tag, below * base.value, exponent * below * base.slope)
    if kind is fmpq:
        if base.height_bits() * exponent <= EXACT_BITS or base in (ZERO, ONE, -ONE):
            return base**exponent
        base = arb(base)
    power = base**exponent
    return finite(power) if type(power) is arb else power


def finite(value: Value) -> Value:
    """The value, unless it overflowed."""
    if not value.is_finite():
        raise Undecided("a number is too large")
    return value
