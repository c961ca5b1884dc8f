"""The functions of the table, each by its value over balls and by its derivative.

Nothing here is taken from ``derive.logic.functions`` but the names: value and derivative of a
function are Arb's, and the derivative is written down a second time, so that a mistake in one
place shows as a disagreement.  A derivative is a Python function of a value, which may itself
be a dual number; that is how second and higher derivatives come about.

At a kink or a jump: |x|, relu and sign have their usual values at 0 and no derivative there;
step (0 for x < 0, 1 for x > 0) has no value at 0, because authors do not agree on one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import isqrt
from typing import TypeAlias

from flint import arb, ctx, fmpq

from derive.refuter.values import (
    ONE,
    ZERO,
    Dual,
    NoValue,
    Undecided,
    Value,
    finite,
    negative,
    positive,
    reciprocal,
    whole_power,
)

__all__ = ["FUNCTIONS", "exponential", "logarithm", "power"]

Elementary: TypeAlias = Callable[[Value], Value]

HALF = fmpq(1, 2)


def _ball(value: Value) -> arb:
    """A rational or a ball as a ball."""
    if type(value) is arb:
        return value
    # Of anything else, such as a polynomial, there is no ball, and it says so itself.
    return arb(value) if type(value) is fmpq else abs(value)


def _smooth(value_of: Elementary, derivative: Elementary) -> Elementary:
    """Extends a function of rationals and balls to dual numbers by its derivative."""

    def function(x: Value) -> Value:
        if type(x) is Dual:
            return Dual(x.tag, function(x.value), derivative(x.value) * x.slope)
        return value_of(x)

    return function


def exponential(x: Value) -> Value:
    """e^x."""
    if type(x) is Dual:
        value = exponential(x.value)
        return Dual(x.tag, value, value * x.slope)
    if type(x) is fmpq:
        return ONE if x == 0 else _exponential(x, ctx.prec)
    return finite(_ball(x).exp())


@lru_cache(maxsize=4096)
def _exponential(x: fmpq, bits: int) -> Value:
    """e^x of data, which is drawn from a few numbers."""
    return finite(arb(x).exp())


def logarithm(x: Value) -> Value:
    """The natural logarithm, of positive numbers."""
    if type(x) is Dual:
        return Dual(x.tag, logarithm(x.value), reciprocal(x.value) * x.slope)
    if not positive(x):
        raise NoValue("the logarithm of a number that is not positive")
    if type(x) is fmpq:
        return ZERO if x == 1 else _logarithm(x, ctx.prec)
    return x.log()


@lru_cache(maxsize=4096)
def _logarithm(x: fmpq, bits: int) -> Value:
    """The logarithm of data, which is drawn from a few numbers."""
    return arb(x).log()


def power(base: Value, exponent: Value) -> Value:
    """base ** exponent: for an exponent that is not an integer, base > 0 (or 0 if exponent > 0)."""
    if type(exponent) is Dual:
        return _power_of_two_variables(base, exponent)
    if type(exponent) is fmpq and exponent.q == 1:
        return whole_power(base, int(exponent.p))
    if type(base) is Dual:
        if not positive(base):
            raise NoValue("a broken power is differentiable for positive bases only")
        below = power(base.value, exponent - 1)
        return Dual(base.tag, below * base.value, exponent * below * base.slope)
    if type(base) is fmpq:
        if base == 0:
            if positive(exponent):
                return ZERO
            raise NoValue("a power of 0 whose exponent is not positive")
        if base < 0:
            if type(exponent) is arb and exponent.contains_integer():
                raise Undecided("an exponent may be an integer")
            raise NoValue("a broken power of a negative number")
        if base == 1:
            return ONE
        root = _rational_root(base, exponent)
        if root is not None:
            return root
        base = arb(base)
    elif not base > 0:
        if base < 0 and type(exponent) is fmpq:
            raise NoValue("a broken power of a negative number")
        raise Undecided("the base of a broken power may be negative")
    if type(exponent) is fmpq and exponent.q == 2:
        return whole_power(base.sqrt(), int(exponent.p))
    return finite((base.log() * exponent).exp())


def _power_of_two_variables(base: Value, exponent: Dual) -> Dual:
    """b^e with d(b^e) = b^e log(b) de + e b^(e-1) db, for b > 0, where the logarithm exists."""
    tag = exponent.tag
    if type(base) is Dual and base.tag > tag:
        below = power(base.value, exponent - ONE)
        return Dual(base.tag, below * base.value, exponent * below * base.slope)
    if type(base) is not Dual or base.tag < tag:
        result = power(base, exponent.value)
        return Dual(tag, result, result * (logarithm(base) * exponent.slope))
    result = power(base.value, exponent.value)
    growth = logarithm(base.value) * exponent.slope
    growth = growth + exponent.value * reciprocal(base.value) * base.slope
    return Dual(tag, result, result * growth)


def _rational_root(base: fmpq, exponent: Value) -> fmpq | None:
    """base ** exponent where it is a square root, or a power of one, and rational."""
    if type(exponent) is not fmpq or exponent.q != 2:
        return None
    top, bottom = isqrt(int(base.p)), isqrt(int(base.q))
    if top * top != base.p or bottom * bottom != base.q:
        return None
    result = whole_power(fmpq(top, bottom), int(exponent.p))
    return result if type(result) is fmpq else None


def _sine(x: Value) -> Value:
    return ZERO if type(x) is fmpq and x == 0 else _ball(x).sin()


def _cosine(x: Value) -> Value:
    return ONE if type(x) is fmpq and x == 0 else _ball(x).cos()


def _tangent(x: Value) -> Value:
    if type(x) is fmpq and x == 0:
        return ZERO
    value = _ball(x).tan()
    if not value.is_finite():
        raise Undecided("a tangent may be infinite")
    return value


def _arctangent(x: Value) -> Value:
    return ZERO if type(x) is fmpq and x == 0 else _ball(x).atan()


def _arcsine(x: Value) -> Value:
    if x < -1 or x > 1:
        raise NoValue("the arcsine of a number outside [-1, 1]")
    if type(x) is fmpq and x == 0:
        return ZERO
    value = _ball(x).asin()
    if not value.is_finite():
        raise Undecided("the argument of an arcsine may lie outside [-1, 1]")
    return value


def _arcsine_slope(x: Value) -> Value:
    return power(ONE - x * x, -HALF)  # inside (-1, 1) only


def _sinh(x: Value) -> Value:
    return ZERO if type(x) is fmpq and x == 0 else finite(_ball(x).sinh())


def _cosh(x: Value) -> Value:
    return ONE if type(x) is fmpq and x == 0 else finite(_ball(x).cosh())


def _tanh(x: Value) -> Value:
    return ZERO if type(x) is fmpq and x == 0 else _ball(x).tanh()


def _sigmoid(x: Value) -> Value:
    return HALF if type(x) is fmpq and x == 0 else finite(1 / (1 + (-_ball(x)).exp()))


def _softplus(x: Value) -> Value:
    return finite(_ball(x).exp().log1p())


def _erf(x: Value) -> Value:
    return ZERO if type(x) is fmpq and x == 0 else _ball(x).erf()


def _erf_slope(x: Value) -> Value:
    return exponential(-(x * x)) * (2 / arb.pi().sqrt())


def _piecewise(right: Elementary, left: Elementary, at_zero: Value | None) -> Elementary:
    """A function by its branches on either side of 0; None: no value at 0."""

    def function(x: Value) -> Value:
        if type(x) is Dual:
            if positive(x):
                return right(x)
            if negative(x):
                return left(x)
            raise NoValue("no derivative at a kink")
        if x > 0:
            return right(x)
        if x < 0:
            return left(x)
        if type(x) is fmpq or x.is_zero():
            if at_zero is None:
                raise NoValue("no value at a jump")
            return at_zero
        raise Undecided("the sign of a number is not certain")

    return function


def _constant(value: fmpq) -> Elementary:
    def function(x: Value) -> Value:
        return Dual(x.tag, function(x.value), ZERO) if type(x) is Dual else value

    return function


def _continuous(function: Elementary, across_zero: Elementary) -> Elementary:
    """A continuous piecewise function: a ball around 0 has an image too."""

    def extended(x: Value) -> Value:
        if type(x) is arb and x.contains(0):
            return across_zero(x)
        return function(x)

    return extended


cosine: Elementary = _smooth(_cosine, lambda x: -sine(x))
sine: Elementary = _smooth(_sine, cosine)
tangent: Elementary = _smooth(_tangent, lambda x: ONE + tangent(x) * tangent(x))
arctangent: Elementary = _smooth(_arctangent, lambda x: reciprocal(ONE + x * x))
arcsine: Elementary = _smooth(_arcsine, _arcsine_slope)
cosh: Elementary = _smooth(_cosh, lambda x: sinh(x))
sinh: Elementary = _smooth(_sinh, cosh)
tanh: Elementary = _smooth(_tanh, lambda x: ONE - tanh(x) * tanh(x))
sigmoid: Elementary = _smooth(_sigmoid, lambda x: sigmoid(x) * sigmoid(-x))
softplus: Elementary = _smooth(_softplus, sigmoid)
erf: Elementary = _smooth(_erf, _erf_slope)
absolute = _continuous(_piecewise(lambda x: x, lambda x: -x, ZERO), abs)
relu = _continuous(_piecewise(lambda x: x, _constant(ZERO), ZERO), lambda x: arb.max(x, arb(0)))
sign = _piecewise(_constant(ONE), _constant(-ONE), ZERO)
step = _piecewise(_constant(ONE), _constant(ZERO), None)

FUNCTIONS: dict[str, Elementary] = {
    "exp": exponential,
    "log": logarithm,
    "sin": sine,
    "cos": cosine,
    "tan": tangent,
    "arctan": arctangent,
    "arcsin": arcsine,
    "sinh": sinh,
    "cosh": cosh,
    "tanh": tanh,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "erf": erf,
    "abs": absolute,
    "relu": relu,
    "sign": sign,
    "step": step,
}
