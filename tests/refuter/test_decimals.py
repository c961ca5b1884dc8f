"""Decimals that are correct in every digit shown."""

from fractions import Fraction

import pytest
from flint import arb, fmpq

from derive.refuter.decimals import decimal, decimals
from derive.refuter.evaluation import precision


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (fmpq(3), "3"),
        (fmpq(-1, 2), "-0.5"),
        (fmpq(1, 3), "0.33333333"),
        (fmpq(2, 3), "0.66666667"),
        (fmpq(0), "0"),
        (fmpq(1000), "1000"),
        (fmpq(123456789), "123456790"),
        (fmpq(1, 1000), "0.001"),
        (fmpq(99999999999, 100000000000), "1"),
        (fmpq(1, 10**9), "1e-9"),
        (fmpq(-(10**20)), "-1e20"),
    ],
)
def test_a_rational(number: fmpq, text: str) -> None:
    assert decimal(number) == text


def test_a_ball() -> None:
    with precision(128):
        assert decimal(arb.pi()) == "3.1415927"
        assert decimal(-arb(1).exp()) == "-2.7182818"
        assert decimal(arb(fmpq(1, 8)).sqrt() ** 2) == "0.125"


def test_a_wide_ball_shows_only_what_is_certain() -> None:
    shown = decimal(arb("0.123456 +/- 0.0005"))
    assert shown == "0.12"


def test_more_digits_where_they_are_needed() -> None:
    left, right = decimals(fmpq(1, 3), fmpq(1, 3) + fmpq(1, 10**20))
    assert left != right
    assert abs(Fraction(left) - Fraction(right)) < Fraction(2, 10**20)


def test_numbers_beyond_all_bounds() -> None:
    assert decimal(fmpq(7) ** 100_000).endswith("e84509")
    with precision(128):
        assert "e+" in decimal(arb(10) ** 10**9)


def test_a_ball_around_zero() -> None:
    with precision(640):
        assert decimal(arb(2).sqrt() ** 2 - 2) == "0"
        left, right = decimals(arb(2).sqrt() ** 2 - 2, arb(3).sqrt())
    assert (left, right) == ("0", "1.7320508")
