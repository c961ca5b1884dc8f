"""Intervals, and how data is drawn."""

from itertools import product
from typing import get_args

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from derive.refuter.point import SmoothFunction
from derive.refuter.sampling import Draw, Interval, Style

GRID = [fmpq(n, 2) for n in range(-6, 7)]
ends = st.one_of(st.none(), st.integers(-2, 2).map(fmpq))
intervals = st.builds(
    Interval,
    ends,
    ends,
    st.booleans(),
    st.booleans(),
    st.frozensets(st.integers(-2, 2).map(fmpq), max_size=2),
)


@given(intervals)
def test_membership(interval: Interval) -> None:
    low, high = interval.low, interval.high
    for number in GRID:
        above = low is None or number > low or (number == low and not interval.low_open)
        below = high is None or number < high or (number == high and not interval.high_open)
        assert (number in interval) == (above and below and number not in interval.omitted)


@given(intervals, intervals)
def test_the_intersection_holds_what_is_in_both(one: Interval, other: Interval) -> None:
    both = one.within(other)
    for number in GRID:
        assert (number in both) == (number in one and number in other)


@given(intervals)
def test_an_interval_is_empty_when_nothing_is_in_it(interval: Interval) -> None:
    """Ends are whole numbers, so that an interval that is not empty holds a half or an end."""
    assert interval.empty() == (not any(number in interval for number in GRID))


@given(intervals)
def test_some_numbers_of_an_interval(interval: Interval) -> None:
    numbers = interval.some()
    assert all(number in interval for number in numbers)
    assert bool(numbers) == (not interval.empty())


STYLES = get_args(Style)


@pytest.mark.parametrize("style", STYLES)
def test_numbers_keep_to_their_bounds(style: Style) -> None:
    bounds = {
        ("x", (1,)): Interval(fmpq(0), None, low_open=True),
        ("x", (2,)): Interval(None, fmpq(0), high_open=True),
        ("x", (3,)): Interval(fmpq(0), fmpq(1), True, True),
        ("x", (4,)): Interval(fmpq(7), fmpq(8)),
        ("x", (5,)): Interval(omitted=frozenset((fmpq(0), fmpq(1)))),
        ("x", (6,)): Interval(fmpq(3), fmpq(3)),
    }
    for seed, shrink in product(range(6), range(4)):
        draw = Draw(style, seed, bounds, shrink)
        for key, interval in bounds.items():
            assert draw.number(key) in interval


@pytest.mark.parametrize("style", STYLES)
def test_a_seed_gives_the_same_numbers_again_and_another_gives_others(style: Style) -> None:
    def drawn(seed: int) -> list[fmpq]:
        draw = Draw(style, seed)
        return [draw.number((name, (place,))) for name in "xyz" for place in range(1, 6)]

    assert drawn(3) == drawn(3)
    assert len({tuple(drawn(seed)) for seed in range(12)}) > 6


def test_the_styles_are_what_they_say() -> None:
    def numbers(style: Style) -> list[fmpq]:
        return [
            number
            for seed in range(20)
            for draw in [Draw(style, seed)]
            for number in [draw.number(("x", (place,))) for place in range(1, 6)]
        ]

    assert all(number > 0 for number in numbers("simple"))
    assert all(0 < number < 1 for number in numbers("fractions"))
    assert all(number < 0 for number in numbers("negative"))
    assert {number > 0 for number in numbers("signed")} == {True, False}
    assert {number > 0 for number in numbers("generic")} == {True, False}
    assert 0 in numbers("zeros")
    assert {abs(number) > 1 for number in numbers("large")} == {True, False}
    assert {number > 0 for number in numbers("mixed")} == {True, False}
    for seed in range(10):
        equal, dominant, simple = (Draw(s, seed) for s in ("equal", "dominant", "simple"))
        assert len({equal.number(("x", (place,))) for place in range(9)}) == 1
        first, *others = [dominant.number(("x", (place,))) for place in range(5)]
        assert all(first > other + 4 for other in others)
        one, two = (simple.number(("x", (place,))) for place in (1, 2))
        assert one != two


def test_labels_are_positions() -> None:
    draw = Draw("simple")
    assert {draw.label(("c", (n,)), 3) for n in range(60)} == {1, 2, 3}


@pytest.mark.parametrize("arity", [1, 2, 3, 5])
def test_open_functions_are_different_and_curved(arity: int) -> None:
    for style in STYLES:
        functions = {Draw(style, seed).function(("f", ()), arity) for seed in range(10)}
        assert len(functions) >= 3
        for function in functions:
            assert max(len(factors) for _, factors in function.terms) >= 2
            assert {factor for _, factors in function.terms for factor in factors} == set(
                range(arity)
            )
    positive = (Draw("simple", 1).function, Draw("fractions", 1).function)
    point = tuple(fmpq(n, 3) for n in range(1, arity + 1))
    assert all(function(("f", ()), arity)(point) > 0 for function in positive)


def test_the_degree_of_a_function_of_one_argument_varies() -> None:
    degrees = {
        max(len(factors) for _, factors in Draw("signed", seed).function(("f", ()), 1).terms)
        for seed in range(20)
    }
    assert degrees == {3, 4, 5}


def test_a_function_is_evaluated_term_by_term() -> None:
    function = SmoothFunction(((fmpq(2), (0, 1)), (fmpq(-1), (1, 1)), (fmpq(3), ())))
    assert function((fmpq(5), fmpq(2))) == 2 * 5 * 2 - 4 + 3
    assert function.text(("a", "b")) == "2*a*b - b^2 + 3"


def test_an_end_is_open_where_it_is_open_in_one_of_two_intervals() -> None:
    one = fmpq(1)
    for closed, open_ in (
        (Interval(high=one), Interval(high=one, high_open=True)),
        (Interval(low=one), Interval(low=one, low_open=True)),
    ):
        assert one in closed.within(closed)
        assert one not in closed.within(open_)
        assert one not in open_.within(closed)


@pytest.mark.parametrize("style", STYLES)
def test_numbers_shrink(style: Style) -> None:
    """Half as large with each step, so that sums of bounded numbers come within reach."""
    for shrink in range(5):
        draw, small = Draw(style, 3), Draw(style, 3, shrink=shrink)
        for place in range(9):
            assert small.number(("x", (place,))) * 2**shrink == draw.number(("x", (place,)))


def test_a_number_that_must_not_be_positive_is_turned_round() -> None:
    below = {("x", ()): Interval(high=fmpq(0))}
    plain, turned = Draw("simple", 1), Draw("simple", 1, below)
    assert [turned.number(("x", ())) for _ in range(9)] == [
        -plain.number(("x", ())) for _ in range(9)
    ]


def test_the_functions_tried_first_are_squares_and_products() -> None:
    for arity in (1, 2, 3):
        terms = Draw("simple", 1).function(("f", ()), arity).terms
        assert {len(factors) for _, factors in terms} == {2}
