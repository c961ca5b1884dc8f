"""Decimals that are correct in every digit shown."""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

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
        (fmpq(1, 10**5), "0.00001"),
        (fmpq(1, 10**6), "1e-6"),
        (fmpq(-12, 10**7), "-1.2e-6"),
        (fmpq(123 * 10**9), "123000000000"),
        (fmpq(10**12), "1e12"),
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
    assert decimal(arb("1.2 +/- 0.2")) == "1"
    assert decimal(arb("0.125 +/- 1e-12"), 2) == "0.125"


def test_more_digits_where_they_are_needed() -> None:
    left, right = decimals(fmpq(1, 3), fmpq(1, 3) + fmpq(1, 10**20))
    assert left != right
    assert abs(Fraction(left) - Fraction(right)) < Fraction(2, 10**20)


def test_numbers_beyond_all_bounds() -> None:
    assert decimal(fmpq(7) ** 100_000).endswith("e84509")
    with precision(128):
        shown = decimal(arb(10) ** 10**9)
        assert shown.endswith("e+1000000000")
        assert "/" not in shown


def test_a_ball_around_zero() -> None:
    with precision(640):
        assert decimal(arb(2).sqrt() ** 2 - 2) == "0"
        left, right = decimals(arb(2).sqrt() ** 2 - 2, arb(3).sqrt())
    assert (left, right) == ("0", "1.7320508")


rationals = st.one_of(
    st.fractions(),
    st.builds(lambda n, e: n * Fraction(10) ** e, st.integers(1, 10**9), st.integers(-30, 30)),
    st.integers(-20, 20).map(lambda n: Fraction(10) ** n),
    st.integers(-8, 14).map(lambda n: (1 - Fraction(1, 10**12)) * Fraction(10) ** n),
)


@given(rationals, st.integers(1, 20))
def test_a_rational_is_rounded_as_decimals_are(number: Fraction, digits: int) -> None:
    exact = Context(prec=400, rounding=ROUND_HALF_EVEN)
    quotient = exact.divide(Decimal(number.numerator), Decimal(number.denominator))
    rounded = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(quotient)
    shown = decimal(fmpq(number.numerator, number.denominator), digits)
    assert Decimal(shown) == rounded
    if rounded:
        assert ("e" in shown) == (not -5 <= rounded.adjusted() < 12)
        mantissa = shown.partition("e")[0]
        assert "." not in mantissa or not mantissa.endswith("0")
        assert mantissa.lstrip("-")[0] != "0" or mantissa.lstrip("-").startswith("0.")


middles = st.fractions(-(10**6), 10**6, max_denominator=10**6).filter(bool)


@given(middles, st.integers(1, 12), st.integers(1, 10))
def test_a_ball_shows_figures_to_which_all_of_it_is_rounded(
    middle: Fraction, narrow: int, digits: int
) -> None:
    radius = abs(middle) / 10**narrow
    with precision(256):
        ball = arb(fmpq(*middle.as_integer_ratio()), arb(fmpq(*radius.as_integer_ratio())))
        shown = decimal(ball, digits)
    if "+/-" in shown:
        assert narrow < 3  # too wide for a single figure
        return
    figures = len(shown.partition("e")[0].replace("-", "").replace(".", "").strip("0")) or 1
    assert figures <= digits + 1
    for part in (Fraction(-9, 10), Fraction(0), Fraction(9, 10)):
        number = middle + part * radius
        assert any(
            decimal(fmpq(*number.as_integer_ratio()), count) == shown for count in range(1, 12)
        )
    finest = max(
        (n for n in range(1, digits + 2)
         if decimal(fmpq(*(middle - radius).as_integer_ratio()), n)
         == decimal(fmpq(*(middle + radius).as_integer_ratio()), n)),
        default=0,
    )  # fmt: skip
    assert finest > digits or figures <= finest


def test_a_ball_that_shows_nothing_is_shown_with_its_radius() -> None:
    for ball in (arb("1", "0.9"), arb("0", "0.1"), arb("0", "1e-15"), arb("-5", "4")):
        assert decimal(ball) == str(ball)
    assert decimal(arb("0", "1e-30")) == "0"


@pytest.mark.parametrize("places", range(3, 40, 4))
@pytest.mark.parametrize("size", [fmpq(1), fmpq(-3, 7), fmpq(10**15), fmpq(1, 10**9)])
def test_as_many_digits_as_tell_two_numbers_apart(places: int, size: fmpq) -> None:
    near = size * (1 + fmpq(1, 10**places))
    left, right = decimals(size, near)
    assert left != right
    count = max(len(text.partition("e")[0].strip("-0.").replace(".", "")) for text in (left, right))
    assert count <= max(8, places + 3)
    with precision(400):
        one, other = decimals(arb(size), arb(near))
    assert one != other
    assert abs(Fraction(one) - Fraction(left)) <= abs(Fraction(left) - Fraction(right)) / 5


def test_numbers_too_near_to_be_told_apart() -> None:
    left, right = decimals(fmpq(1), 1 + fmpq(1, 10**100))
    assert left == right == "1"
    assert decimals(fmpq(1, 3), fmpq(1, 3)) == ("0.33333333", "0.33333333")
    with precision(500):
        near = decimals(arb(1) / 3, arb(1) / 3 + arb(10) ** -100)
    assert near == ("0." + "3" * 60,) * 2
