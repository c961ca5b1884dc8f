"""Each function of the table: value, derivative and second derivative against mpmath."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb, fmpq

from derive.logic.functions import TABLE
from derive.logic.problem import Context
from derive.logic.terms import Function, Number, Term
from derive.refuter.elementary import FUNCTIONS
from derive.refuter.elementary import power as power_of
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate
from derive.refuter.values import ONE, Dual, NoValue, Undecided
from tests.refuter.formulas import d, fn, minus, num, power, sqrt, times, x

INSIDE = ("-0.9", "-1/3", "1/7", "0.5", "0.8")
REAL = (*INSIDE, "-4", "-3/2", "-1", "1", "2", "3.25", "7")
POSITIVE = tuple(point for point in REAL if not point.startswith("-"))

ORACLE: dict[str, tuple[Callable[[Any], Any], tuple[str, ...]]] = {
    "exp": (mpmath.exp, REAL),
    "log": (mpmath.log, POSITIVE),
    "sin": (mpmath.sin, REAL),
    "cos": (mpmath.cos, REAL),
    "tan": (mpmath.tan, REAL),
    "arctan": (mpmath.atan, REAL),
    "arcsin": (mpmath.asin, INSIDE),
    "sinh": (mpmath.sinh, REAL),
    "cosh": (mpmath.cosh, REAL),
    "tanh": (mpmath.tanh, REAL),
    "sigmoid": (lambda v: 1 / (1 + mpmath.exp(-v)), REAL),
    "softplus": (lambda v: mpmath.log(1 + mpmath.exp(v)), REAL),
    "erf": (mpmath.erf, REAL),
    "abs": (abs, REAL),
    "sign": (mpmath.sign, REAL),
    "relu": (lambda v: max(v, mpmath.mpf(0)), REAL),
    "step": (lambda v: mpmath.mpf(v > 0), REAL),
}
EXP_X = fn("exp", x)


def value(term: Term, point: str) -> Any:
    number = num(point).value
    ball = evaluate(term, Context(), at({}, {("x", ()): number}))
    assert isinstance(ball, arb), ball
    assert ball.rel_accuracy_bits() > 90 or ball.is_exact()
    return mpmath.mpf(ball.mid().str(45, radius=False))


def test_every_function_of_the_table_is_known() -> None:
    assert set(FUNCTIONS) | {"pi"} == set(TABLE)
    assert set(ORACLE) == set(FUNCTIONS)


@pytest.mark.parametrize("name", ORACLE)
def test_value_and_derivatives(name: str) -> None:
    function, points = ORACLE[name]
    with mpmath.workdps(60):
        for point in points:
            at_x = mpmath.mpf(num(point).value.numerator) / num(point).value.denominator
            once = d(fn(name, x), x)
            for order, term in enumerate((fn(name, x), once, d(once, x))):
                expected = mpmath.diff(function, at_x, order)
                assert abs(value(term, point) - expected) < mpmath.mpf(10) ** -12, (point, order)


@pytest.mark.parametrize("name", ORACLE)
def test_inside_another_function(name: str) -> None:
    """The chain rule: f(x e^x / 9)."""
    function, points = ORACLE[name]
    inner = times(num("1/9"), x, EXP_X)
    with mpmath.workdps(60):
        for point in points:
            if abs(num(point).value) < 1:
                at_x = mpmath.mpf(num(point).value.numerator) / num(point).value.denominator
                expected = mpmath.diff(lambda v: function(v * mpmath.exp(v) / 9), at_x)
                assert abs(value(d(fn(name, inner), x), point) - expected) < mpmath.mpf(10) ** -12


AT_ZERO = {"cos": 1, "cosh": 1, "exp": 1, "sigmoid": fmpq(1, 2)}


@pytest.mark.parametrize("name", sorted(set(ORACLE) - {"log", "softplus", "step"}))
def test_the_value_at_zero_is_exact(name: str) -> None:
    assert evaluate(fn(name, num(0)), Context(), at({}, {})) == AT_ZERO.get(name, 0)


@pytest.mark.parametrize("name", sorted(set(ORACLE) - {"log", "softplus", "step"}))
def test_zero_as_a_rational_gives_a_rational(name: str) -> None:
    """Only what is exact can show that an equation among hypotheses holds."""
    assert type(FUNCTIONS[name](fmpq(0))) is fmpq
    assert type(FUNCTIONS["log"](fmpq(1))) is fmpq


def test_pi() -> None:
    ball = evaluate(Function("pi", ()), Context(), at({}, {}))
    assert isinstance(ball, arb)
    assert abs(ball - arb.pi()) < fmpq(1, 10**15)


UNDEFINED = [
    (fn("log", x), "0"),
    (fn("log", x), "-1"),
    (fn("arcsin", x), "2"),
    (d(fn("arcsin", x), x), "1"),
    (power(x, -1), "0"),
    (sqrt(x), "-1"),
    (d(sqrt(x), x), "0"),
    (d(power(x, "3/2"), x), "0"),
    (d(power(x, "3/2"), x), "-1"),
    (d(power(x, x), x), "0"),
    (d(power(x, x), x), "-1"),
    (d(fn("arcsin", x), x), "-1"),
    (power(x, fn("exp", num("1/2"))), "-2"),
    (power(x, minus(num(0), fn("exp", num("1/2")))), "0"),
    (power(x, "-1/2"), "0"),
    (power(x, "1/3"), "-8"),
    (d(fn("abs", x), x), "0"),
    (d(fn("relu", x), x), "0"),
    (d(fn("sign", x), x), "0"),
    (fn("step", x), "0"),
    (times(num(0), power(x, -1)), "0"),
    (power(minus(sqrt(x), num("1/3")), -1), "1/9"),
    (power(minus(power(x, "-3/2"), num(27)), -1), "1/9"),
    (power(x, fn("sin", x)), "0"),
]


@pytest.mark.parametrize(("term", "point"), UNDEFINED)
def test_where_there_is_no_value(term: Term, point: str) -> None:
    assert isinstance(evaluate(term, Context(), at({}, {("x", ()): num(point).value})), Undefined)


DEFINED = [
    (sqrt(x), "0", 0),
    (power(x, "3/2"), "0", 0),
    (power(x, 0), "0", 1),
    (d(power(x, 1), x), "0", 1),
    (d(power(x, 2), x), "0", 0),
    (power(x, -3), "-2", fmpq(-1, 8)),
    (power(x, "1/2"), "9/4", fmpq(3, 2)),
    (power(x, "-3/2"), "4", fmpq(1, 8)),
    (power(x, fn("exp", num("1/2"))), "1", 1),
    (power(x, fn("exp", num("1/2"))), "0", 0),
    (fn("abs", x), "0", 0),
    (fn("sign", x), "0", 0),
    (fn("relu", x), "0", 0),
    (fn("arcsin", x), "0", 0),
]


@pytest.mark.parametrize(("term", "point", "expected"), DEFINED)
def test_where_there_is_one(term: Term, point: str, expected: fmpq | int) -> None:
    assert evaluate(term, Context(), at({}, {("x", ()): num(point).value})) == expected


def test_an_unknown_function_is_not_guessed() -> None:
    with pytest.raises(CannotEvaluate):
        evaluate(fn("gamma", x), Context(), at({}, {("x", ()): 1}))


def test_powers_of_two_variables() -> None:
    """∂(x^y)/∂y = x^y log x, and its derivative by x."""
    from tests.refuter.formulas import y

    def number(term: Term) -> Any:
        ball = evaluate(term, Context(), at({}, {("x", ()): 1.5, ("y", ()): 2.25}))
        assert isinstance(ball, arb)
        return mpmath.mpf(ball.mid().str(40, radius=False))

    with mpmath.workdps(50):
        for orders in ((1, 0), (0, 1), (1, 1), (2, 1), (1, 2)):
            term = power(x, y)
            for variable, order in zip((x, y), orders, strict=True):
                for _ in range(order):
                    term = d(term, variable)
            expected = mpmath.diff(lambda u, v: u**v, (1.5, 2.25), orders)
            assert abs(number(term) - expected) < mpmath.mpf(10) ** -12


@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_variable_to_its_own_power(order: int) -> None:
    """x^(x^2), base and exponent both varied."""
    term = power(x, power(x, 2))
    for _ in range(order):
        term = d(term, x)
    with mpmath.workdps(60):
        expected = mpmath.diff(lambda v: v ** (v * v), mpmath.mpf(3) / 2, order)
        assert abs(value(term, "3/2") - expected) < mpmath.mpf(10) ** -12


@pytest.mark.parametrize("sign", [1, -1])
def test_the_arcsine_at_its_ends(sign: int) -> None:
    ball = evaluate(fn("arcsin", num(sign)), Context(), at({}, {}))
    assert isinstance(ball, arb)
    assert abs(2 * ball - sign * arb.pi()) < fmpq(1, 10**12)
    beyond = fn("arcsin", num(sign * Fraction(1001, 1000)))
    assert isinstance(evaluate(beyond, Context(), at({}, {})), Undefined)


def test_a_literal_is_exact() -> None:
    assert evaluate(Number(num("1/3").value), Context(), at({}, {})) is not None


def ball(middle: str, radius: str = "0.05") -> arb:
    """A ball of some width around a number."""
    return arb(middle, radius)


HALF = fmpq(1, 2)
NOT_TOLD: list[tuple[Callable[[], Any], type[Exception]]] = [
    (lambda: power_of(fmpq(-2), ball("3")), Undecided),
    (lambda: power_of(fmpq(-2), ball("2.5")), NoValue),
    (lambda: power_of(ball("0"), HALF), Undecided),
    (lambda: power_of(arb(0), HALF), Undecided),
    (lambda: power_of(ball("-1"), HALF), NoValue),
    (lambda: power_of(ball("-1"), ball("0.5")), Undecided),
    (lambda: FUNCTIONS["log"](ball("0")), Undecided),
    (lambda: FUNCTIONS["log"](ball("-1")), NoValue),
    (lambda: FUNCTIONS["tan"](ball("1.57")), Undecided),
    (lambda: FUNCTIONS["arcsin"](ball("1")), Undecided),
    (lambda: FUNCTIONS["arcsin"](ball("-1")), Undecided),
    (lambda: FUNCTIONS["arcsin"](ball("1.1")), NoValue),
    (lambda: FUNCTIONS["arcsin"](ball("-1.1")), NoValue),
    (lambda: FUNCTIONS["step"](ball("0")), Undecided),
    (lambda: FUNCTIONS["sign"](ball("0")), Undecided),
    (lambda: FUNCTIONS["abs"](Dual(1, ball("0"), ONE)), Undecided),
    (lambda: FUNCTIONS["arcsin"](Dual(1, ball("0.99"), ONE)), Undecided),
]


@pytest.mark.parametrize(("compute", "why"), NOT_TOLD)
def test_a_ball_across_an_end_is_undecided_and_beyond_it_undefined(
    compute: Callable[[], Any], why: type[Exception]
) -> None:
    with pytest.raises(why):
        compute()


@pytest.mark.parametrize("name", ORACLE)
@pytest.mark.parametrize("radius", ["0", "0.01", "0.2"])
def test_the_image_of_a_ball_holds_the_values_near_its_ends(name: str, radius: str) -> None:
    function, points = ORACLE[name]
    for point in (*points, *(("0",) if name in ("abs", "relu") else ())):
        wide = arb(fmpq(*num(point).value.as_integer_ratio())) + ball("0", radius)
        try:
            image = FUNCTIONS[name](wide)
        except (NoValue, Undecided):
            continue
        image = arb(image)
        assert image.is_finite()
        with mpmath.workdps(30):
            for part in ("-0.99", "0", "0.99"):
                near = wide.mid() + arb(part) * wide.rad()
                exact = function(mpmath.mpf(near.mid().str(30, radius=False)))
                assert arb(str(exact), "1e-25").overlaps(image)


def test_square_roots_of_squares_are_exact() -> None:
    for size in (fmpq(3**200), fmpq(1, 3**200), fmpq(4, 9)):
        for half in (1, 3, -1):
            assert power_of(size * size, fmpq(half, 2)) == size**half
    for other in (fmpq(3**201), fmpq(4, 3), fmpq(3, 4)):
        assert type(power_of(other, HALF)) is arb


@pytest.mark.parametrize("exponent", ["1/3", "2/3", "-1/3", "5/2", "-7/5"])
def test_broken_powers(exponent: str) -> None:
    with mpmath.workdps(50):
        for point in ("8", "2", "4", "9/4", "1/5", "27/8"):
            at_x, e = (mpmath.mpf(n.numerator) / n.denominator
                       for n in (num(point).value, num(exponent).value))  # fmt: skip
            assert abs(value(power(x, exponent), point) - at_x**e) < mpmath.mpf(10) ** -15


def test_a_power_with_either_part_varied_first() -> None:
    """d/dx and d/dy of x^y in either order, and with one of them held fixed."""
    from tests.refuter.formulas import y

    point = at({}, {("x", ()): 1.5, ("y", ()): 2.25})
    for term in (
        minus(d(d(power(x, y), x), y), d(d(power(x, y), y), x)),
        minus(d(power(x, times(y, y)), y), times(num(2), y, fn("log", x), power(x, times(y, y)))),
        minus(d(power(num(3), y), y), times(fn("log", num(3)), power(num(3), y))),
    ):
        ball_ = evaluate(term, Context(), point)
        assert isinstance(ball_, arb)
        assert abs(ball_) < fmpq(1, 10**20)


def test_powers_of_what_is_computed() -> None:
    """a^{log b} = b^{log a}, and the derivatives of (x^y)^2 = x^{2y}."""
    from tests.refuter.formulas import exp, log, plus, times, y

    point = at({}, {("x", ()): 2, ("y", ()): 3})
    square = times(power(x, y), power(x, y))
    slope = plus(num(2), times(num(4), y, log(x)))
    for term in (
        minus(power(num(2), log(num(3))), power(num(3), log(num(2)))),
        minus(power(exp(x), log(y)), power(y, x)),
        minus(power(x, y), num(8)),
        minus(power(x, minus(num(1), y)), num("1/4")),
        minus(d(d(square, x), y), times(slope, power(x, minus(times(num(2), y), num(1))))),
        minus(d(d(square, y), x), times(slope, power(x, minus(times(num(2), y), num(1))))),
    ):
        ball_ = evaluate(term, Context(), point)
        assert isinstance(ball_, arb)
        assert abs(ball_) < fmpq(1, 10**20)


def test_what_is_continuous_has_values_around_its_kink() -> None:
    around = ball("0.25", "0.5")
    for name, low, high in (("abs", 0, "0.7"), ("relu", 0, "0.7")):
        image = FUNCTIONS[name](around)
        assert image.contains(arb(low))
        assert image.contains(arb(high))
        assert image < 1
    assert FUNCTIONS["abs"](ball("-0.25", "0.5")).contains(arb("0.7"))
