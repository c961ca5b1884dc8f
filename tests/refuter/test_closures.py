"""Maxima, powers and what cannot be evaluated, against their values by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

from derive.logic.problem import Context
from derive.logic.terms import Function, Number, Position, Term
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate
from derive.refuter.evaluation import precision
from tests.refuter.formulas import (
    ONE,
    ZERO,
    d,
    delta,
    exp,
    fn,
    i,
    j,
    largest,
    log,
    minus,
    neg,
    over,
    plus,
    power,
    sqrt,
    summed,
    times,
    x,
    y,
    z,
)

FIRST = Position(1, "N")


def value(term: Term, *numbers: int | fmpq, n: int | None = None) -> arb | Undefined:
    data: dict[tuple[str, tuple[int, ...]], int | fmpq]
    data = {("z", (place,)): number for place, number in enumerate(numbers, 1)}
    data |= {("x", ()): numbers[0], ("y", ()): numbers[-1]} if numbers else {}
    return evaluate(term, Context(), at({"N": n or len(numbers) or 1}, data))


MAXIMA: list[tuple[tuple[int, ...], int]] = [
    ((1, 2), 2),
    ((2, 1), 2),
    ((2, 2), 2),
    ((1, 3, 3), 3),
    ((3, 1, 3), 3),
    ((-1, -3, -2), -1),
    ((5,), 5),
]


@pytest.mark.parametrize(("numbers", "most"), MAXIMA)
def test_maxima(numbers: tuple[int, ...], most: int) -> None:
    assert value(largest(i, z(i)), *numbers) == most
    for written in (largest(i, log(exp(z(i)))), largest(i, times(z(i), exp(ZERO)))):
        ball = value(written, *numbers)
        assert isinstance(ball, arb)
        assert ball.contains(most)
        assert ball.rad() < 1e-20


def test_the_maximum_of_nothing() -> None:
    assert isinstance(value(largest(i, z(i), FIRST), 3), Undefined)


def test_the_slope_of_a_maximum() -> None:
    slope = d(largest(i, z(i)), z(FIRST))
    assert value(slope, 3, 2) == 1
    assert value(slope, 2, 3) == 0
    assert isinstance(value(slope, 2, 2), Undefined)
    assert isinstance(value(d(largest(i, times(z(i), z(i))), z(FIRST)), 2, -2), Undefined)
    near = d(largest(i, plus(z(i), log(exp(z(i))))), z(FIRST))
    with pytest.raises(CannotEvaluate, match="maximum may be attained twice"):
        value(near, 2, 2)


def test_the_slope_of_a_ramp() -> None:
    """max(x, 0), as the largest of x delta_i1 over two positions."""
    ramp = largest(i, times(x, delta(i, FIRST)))
    assert value(d(ramp, x), 2, n=2) == 1
    assert value(d(ramp, x), -1, n=2) == 0
    assert isinstance(value(d(ramp, x), 0, n=2), Undefined)


def test_zero_to_the_power_zero() -> None:
    assert isinstance(value(power(x, y), 0), Undefined)
    assert isinstance(value(power(x, minus(y, y)), 0, 1), Undefined)
    assert value(power(x, 0), 0) == 1
    for base in (x, exp(x), neg(exp(x)), neg(x), over(ONE, x), neg(over(ONE, x)), over(x, x)):
        assert value(power(base, minus(y, y)), 2, 5) == 1
    assert value(power(x, y), 0, 1) == 0
    with pytest.raises(CannotEvaluate, match="may be 0"):
        value(power(minus(power(sqrt(x), 2), x), minus(y, y)), 2, 5)


def test_pi_has_no_argument() -> None:
    with pytest.raises(CannotEvaluate, match="not a function"):
        value(fn("pi", x), 2)
    ball = value(Function("pi", ()))
    assert isinstance(ball, arb)
    assert ball.overlaps(arb.pi())


def test_too_deep_and_without_a_position() -> None:
    deep: Term = x
    for _ in range(200):
        deep = exp(deep)
    with pytest.raises(CannotEvaluate, match="nested too deep"):
        value(deep, 1)
    with pytest.raises(CannotEvaluate, match="no position is given for the index j"):
        value(z(j), 1)


def test_a_bound_letter_ends_with_its_sum() -> None:
    twice = summed(i, times(z(i), summed(i, z(i))))
    assert value(twice, 2, 3) == 25
    assert value(summed(i, plus(summed(i, z(i)), z(i))), 2, 3) == 15


@pytest.mark.parametrize("exponent", [-3, -2, -1, 0, 1, 2, 3])
def test_whole_powers(exponent: int) -> None:
    for number in (fmpq(2), fmpq(-2, 3), fmpq(1, 5)):
        assert value(sums_up(power(x, exponent), number**exponent), number) == 0
        written = sums_up(d(power(x, exponent), x), exponent * number ** (exponent - 1))
        assert value(written, number) == 0


def sums_up(term: Term, number: fmpq) -> Term:
    """Their difference."""
    return minus(term, Number(Fraction(int(number.p), int(number.q))))


def test_a_maximum_of_exact_numbers_is_exact() -> None:
    """Dividing by max z - z_1 is dividing by 0."""
    zero = over(ONE, minus(largest(i, z(i)), z(FIRST)))
    assert isinstance(value(zero, fmpq(1, 3), fmpq(1, 3)), Undefined)
    assert isinstance(value(zero, fmpq(1, 3), fmpq(1, 7)), Undefined)
    assert value(zero, fmpq(1, 3), fmpq(4, 3)) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_a_maximum_of_an_exact_number_and_one_very_near_is_not(turned: bool) -> None:
    """The root of 4 is 2, and that of 4 + 10^-60 is larger."""
    near = [fmpq(4), 4 + fmpq(1, 10**60)]
    ball = value(largest(i, sqrt(z(i))), *(reversed(near) if turned else near))
    assert isinstance(ball, arb)
    with precision(640):
        assert ball.contains(arb(near[1]).sqrt())


def test_a_number_beside_what_varies() -> None:
    """max(0, x), as the largest of an empty sum and of x: no derivative at 0."""
    ramp = largest(i, summed(j, x, i, Position(2, "N")))
    assert value(d(ramp, x), 3, n=2) == 1
    assert value(d(ramp, x), -3, n=2) == 0
    assert isinstance(value(d(ramp, x), 0, n=2), Undefined)
    assert value(ramp, 0, n=2) == 0
