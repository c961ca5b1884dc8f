"""What is certain of rationals and balls, and what is not."""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from derive.refuter.elementary import exponential
from derive.refuter.values import (
    EXACT_BITS,
    LARGEST_EXPONENT,
    ONE,
    ZERO,
    Dual,
    NoValue,
    Undecided,
    negative,
    plain,
    positive,
    reciprocal,
    slope,
    whole_power,
)

ACROSS = arb("0", "0.5")


def test_signs() -> None:
    for number, above, below in (
        (fmpq(1, 3), True, False),
        (fmpq(-1, 3), False, True),
        (ZERO, False, False),
        (arb("2", "1"), True, False),
        (arb("-2", "1"), False, True),
        (Dual(1, ONE, -ONE), True, False),
    ):
        assert positive(number) is above
        assert negative(number) is below
    for test in (positive, negative):
        with pytest.raises(Undecided):
            test(ACROSS)


def test_reciprocals() -> None:
    assert reciprocal(fmpq(-2, 3)) == fmpq(-3, 2)
    assert abs(reciprocal(arb("4", "1e-20")) - arb("0.25")) < arb("1e-10")
    for zero in (ZERO, arb(0), Dual(1, ZERO, ONE), Dual(1, arb(0), ONE)):
        with pytest.raises(NoValue):
            reciprocal(zero)
    with pytest.raises(Undecided):
        reciprocal(ACROSS)
    inverse = reciprocal(Dual(1, fmpq(2), fmpq(3)))
    assert (inverse.value, inverse.slope) == (fmpq(1, 2), fmpq(-3, 4))


@pytest.mark.parametrize("base", [ZERO, ONE, -ONE])
def test_powers_of_units_are_exact(base: fmpq) -> None:
    for exponent in (10**9, 10**9 + 1):
        power = whole_power(base, exponent)
        assert type(power) is fmpq
        assert power == base ** (2 + exponent % 2)


def test_powers_are_exact_while_they_are_short() -> None:
    assert type(whole_power(fmpq(3, 2), 1000)) is fmpq
    assert type(whole_power(fmpq(3), 100_000)) is arb
    assert type(whole_power(fmpq(3**1000), 100)) is arb
    assert whole_power(fmpq(-2), -3) == fmpq(-1, 8)
    assert whole_power(ZERO, 0) == 1
    assert whole_power(ACROSS, 0) == 1


def test_absurd_numbers_are_undecided() -> None:
    with pytest.raises(Undecided):
        whole_power(ONE, LARGEST_EXPONENT + 1)
    with pytest.raises(Undecided):
        whole_power(fmpq(3), LARGEST_EXPONENT * 100)
    with pytest.raises(Undecided):
        exponential(arb(10) ** 100)


def test_nested_derivatives_are_kept_apart() -> None:
    """x y, x^2 and x + y with dual numbers for x (outer) and y (inner)."""
    x, y = Dual(1, fmpq(3), ONE), Dual(2, fmpq(5), ONE)
    for product in (x * y, y * x):
        assert slope(slope(product, 2), 1) == 1
        assert plain(product) == 15
        assert plain(slope(product, 2)) == 3
    for total in (x + y, y + x, y - (-x)):
        assert slope(total, 2) == 1
        assert slope(slope(total, 2), 1) == 0
        assert slope(plain(total), 1) == 0
        assert plain(total) == 8
    assert slope(x * x, 1) == 6
    assert slope(x * x, 2) == 0


def test_powers_at_the_limit_of_what_is_exact() -> None:
    """3 has two bits: its power is exact while the exponent is at most half of the limit."""
    assert type(whole_power(fmpq(3), EXACT_BITS // 2)) is fmpq
    assert type(whole_power(fmpq(3), EXACT_BITS // 2 + 1)) is arb


def test_the_same_derivative_on_both_sides() -> None:
    """(2 + 3 e)(5 + 7 e) = 10 + 29 e, and the sum is 7 + 10 e."""
    one, two = Dual(1, fmpq(2), fmpq(3)), Dual(1, fmpq(5), fmpq(7))
    assert ((one * two).value, (one * two).slope) == (10, 29)
    assert ((one + two).value, (one + two).slope) == (7, 10)
    assert ((one - two).value, (one - two).slope) == (-3, -4)
    assert ((fmpq(1) - two).value, (fmpq(1) - two).slope) == (-4, -7)
