"""Arithmetic of terms: what is equal wherever both sides are defined, and what is not."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction
from random import Random

import pytest

from derive.algebra.arithmetic import (
    LONG,
    Arithmetic,
    Exhausted,
    Refused,
    order,
)
from derive.algebra.arithmetic import (
    ONE as UNIT_MONOMIAL,
)
from derive.algebra.arithmetic import (
    plus as added,
)
from derive.clock import limited
from derive.logic.facts import Facts
from derive.logic.problem import Context, Sign
from derive.logic.terms import Function, Index, Number, Term, alpha_equal, canonical
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate
from tests.random_terms import CONTEXT, random_term
from tests.refuter.formulas import (
    HALF,
    MINUS,
    ONE,
    TWO,
    ZERO,
    N,
    a,
    apply,
    b,
    c,
    d,
    delta,
    exp,
    fn,
    given,
    i,
    j,
    k,
    log,
    minus,
    neg,
    num,
    over,
    plus,
    power,
    sqrt,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)

u = var("u")  # positive
FACTS = Facts(Context((), (given(Sign(u, ">"), Sign(var("v"), ">="), Sign(b, ">")),)))
ARITHMETIC = FACTS.arithmetic
v = var("v")  # >= 0


def equal(left: Term, right: Term) -> bool:
    return ARITHMETIC.equal(canonical(left), canonical(right))


def fresh(effort: int = 400_000) -> Arithmetic:
    return Arithmetic(FACTS.positive, FACTS.nonnegative, canonical, effort)


# ------------------------------------------------------------------ rings


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (plus(x, y), plus(y, x)),
        (times(x, y), times(y, x)),
        (times(x, plus(y, c)), plus(times(x, y), times(x, c))),
        (minus(x, x), ZERO),
        (power(plus(x, y), 2), plus(power(x, 2), times(TWO, x, y), power(y, 2))),
        (power(minus(x, y), 3),
         plus(power(x, 3), times(num(-3), power(x, 2), y), times(num(3), x, power(y, 2)),
              neg(power(y, 3)))),
        (times(plus(x, y), minus(x, y)), minus(power(x, 2), power(y, 2))),
        (plus(num("1/3"), num("1/6")), HALF),
        (power(x, 0), ONE),
        (times(ZERO, x), ZERO),
        (neg(neg(x)), x),
        (times(N, N), power(N, 2)),
        (times(delta(i, k), delta(i, k)), delta(i, k)),
        (power(delta(i, k), 3), delta(k, i)),
        (delta(i, i), ONE),
        (log(ONE), ZERO),
    ],
)  # fmt: skip
def test_rings(left: Term, right: Term) -> None:
    assert equal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (plus(x, y), minus(x, y)),
        (power(plus(x, y), 2), plus(power(x, 2), power(y, 2))),
        (times(x, y), plus(x, y)),
        (power(x, 2), x),
        (delta(i, k), delta(i, j)),
        (delta(i, k), ONE),
        (log(TWO), ZERO),
        (num("1/3"), num("333333333/1000000000")),
        (z(i), z(j)),
        (N, ONE),
    ],
)
def test_what_is_not_equal(left: Term, right: Term) -> None:
    assert not equal(left, right)


# ------------------------------------------------------------------ fractions


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (over(x, x), ONE),  # wherever both sides are defined
        (plus(over(ONE, x), over(ONE, y)), over(plus(x, y), times(x, y))),
        (plus(over(x, plus(x, y)), over(y, plus(x, y))), ONE),
        (over(minus(power(x, 2), power(y, 2)), minus(x, y)), plus(x, y)),
        (power(over(x, y), -1), over(y, x)),
        (over(ONE, over(ONE, x)), x),
        (minus(over(ONE, minus(x, ONE)), over(ONE, plus(x, ONE))),
         over(TWO, minus(power(x, 2), ONE))),
        (over(ONE, times(TWO, plus(x, y))), over(HALF, plus(x, y))),
        (over(plus(times(TWO, x), times(TWO, y)), plus(x, y)), TWO),
        (over(ONE, minus(x, y)), neg(over(ONE, minus(y, x)))),
        (over(ONE, plus(over(x, y), ONE)), over(y, plus(x, y))),
        (power(plus(x, y), -2), times(over(ONE, plus(x, y)), over(ONE, plus(x, y)))),
        (over(ONE, plus(over(x, plus(ONE, x)), over(ONE, plus(ONE, x)))), ONE),
    ],
)  # fmt: skip
def test_fractions(left: Term, right: Term) -> None:
    assert equal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (over(ONE, plus(x, y)), plus(over(ONE, x), over(ONE, y))),
        (power(plus(x, y), -2), power(plus(x, y), -1)),
        (over(plus(x, ONE), plus(x, TWO)), over(ONE, TWO)),
        (over(ONE, minus(x, y)), over(ONE, minus(y, x))),
    ],
)
def test_fractions_that_differ(left: Term, right: Term) -> None:
    assert not equal(left, right)


def test_division_by_zero_is_refused() -> None:
    for divisor in (ZERO, minus(x, x), minus(plus(x, y), plus(y, x))):
        with pytest.raises(Refused, match="division by zero"):
            ARITHMETIC.expand(canonical(over(ONE, divisor)))
    assert ARITHMETIC.expand(power(ZERO, 2)) == {}
    assert ARITHMETIC.expand(power(ZERO, "1/2")) == {}


# ------------------------------------------------------------------ roots and powers


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (times(sqrt(x), sqrt(x)), x),
        (power(sqrt(x), 2), x),
        (sqrt(num(8)), times(TWO, sqrt(TWO))),
        (sqrt(num("1/2")), over(sqrt(TWO), TWO)),
        (sqrt(num("9/4")), num("3/2")),
        (times(sqrt(TWO), sqrt(num(3))), sqrt(num(6))),
        (sqrt(num(997**2)), num(997)),
        (sqrt(times(u, v)), times(sqrt(u), sqrt(v))),
        (sqrt(times(u, x)), times(sqrt(u), sqrt(x))),  # x >= 0 where the root is defined
        (sqrt(power(u, 2)), u),
        (power(power(u, "1/2"), "1/3"), power(u, "1/6")),
        (sqrt(times(num(4), plus(u, ONE))), times(TWO, sqrt(plus(u, ONE)))),
        (sqrt(neg(minus(x, y))), sqrt(minus(y, x))),
        (sqrt(times(num(-4), minus(x, y))), times(TWO, sqrt(minus(y, x)))),
        (times(sqrt(plus(x, y)), power(plus(x, y), "3/2")), power(plus(x, y), 2)),
        (over(plus(x, y), sqrt(plus(x, y))), sqrt(plus(x, y))),
        (times(power(u, x), power(u, y)), power(u, plus(x, y))),
        (power(u, times(TWO, x)), power(power(u, x), 2)),
        (power(u, plus(x, ONE)), times(u, power(u, x))),
    ],
)  # fmt: skip
def test_roots(left: Term, right: Term) -> None:
    assert equal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (sqrt(power(x, 2)), x),  # |x|
        (sqrt(times(x, y)), times(sqrt(x), sqrt(y))),  # both may be negative
        (sqrt(plus(x, y)), plus(sqrt(x), sqrt(y))),
        (sqrt(times(v, x)), times(sqrt(v), sqrt(x))),  # v may be 0 and x negative
        (sqrt(num(2)), num("1414213562373/1000000000000")),
        (power(x, "2/3"), x),
        (power(u, plus(x, ONE)), power(u, x)),
        (power(x, plus(y, c)), times(power(x, y), power(x, c))),  # x may be negative
    ],
)
def test_roots_that_differ(left: Term, right: Term) -> None:
    assert not equal(left, right)


# ------------------------------------------------------------------ exponentials, atoms


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (exp(plus(x, y)), times(exp(x), exp(y))),
        (exp(neg(x)), over(ONE, exp(x))),
        (power(exp(x), 2), exp(times(TWO, x))),
        (exp(ZERO), ONE),
        (exp(minus(x, x)), ONE),
        (sqrt(exp(x)), exp(over(x, TWO))),
        (over(exp(x), plus(exp(x), exp(y))), over(ONE, plus(ONE, exp(minus(y, x))))),
        (log(plus(x, y)), log(plus(y, x))),
        (apply("f", plus(x, x)), apply("f", times(TWO, x))),
        (d(times(x, y), x), d(times(y, x), x)),
        (summed(i, plus(z(i), ZERO)), summed(j, z(j))),
        (fn("tanh", minus(x, ZERO)), fn("tanh", x)),
    ],
)  # fmt: skip
def test_exponentials_and_atoms(left: Term, right: Term) -> None:
    assert equal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (exp(times(x, y)), times(exp(x), exp(y))),
        (exp(plus(x, ONE)), exp(x)),
        (log(x), log(y)),
        (apply("f", x), apply("g", x)),
        (apply("f", x), apply("f", x, orders=(1,))),
        (d(z(i), z(k)), d(z(i), z(j))),
        (summed(i, z(i)), summed(i, z(i), k)),
        (summed(i, z(i)), summed(i, t(i))),
        (summed(i, times(x, z(i))), times(x, summed(i, z(i)))),  # a rule of sums, not arithmetic
        (power(delta(i, k), -2), delta(i, k)),  # it has no value where delta is 0
    ],
)
def test_exponentials_and_atoms_that_differ(left: Term, right: Term) -> None:
    assert not equal(left, right)


def test_a_free_letter_is_not_confused_with_a_bound_one() -> None:
    one = Index("#1", "N")
    assert not equal(summed(i, times(z(i), t(one))), summed(i, times(z(i), t(i))))


# ------------------------------------------------------------------ parts


def test_factors() -> None:
    both = ARITHMETIC.expand(plus(times(num(4), x, x, y), times(num(6), x, y)))
    size, powers = ARITHMETIC.factors(both)
    rest = ARITHMETIC.normal(plus(times(TWO, x), num(3)))
    assert (size, powers) == (2, {x: 1, y: 1, rest: 1})
    single = ARITHMETIC.expand(times(num("-3/2"), power(x, -2)))
    assert ARITHMETIC.factors(single) == (Fraction(-3, 2), {x: -2})
    below = ARITHMETIC.expand(times(x, power(plus(x, ONE), -2)))
    assert ARITHMETIC.factors(below) == (1, {x: 1, ARITHMETIC.normal(plus(x, ONE)): -2})
    assert ARITHMETIC.factors({}) == (0, {})


def test_factors_are_those_of_every_monomial() -> None:
    whole = ARITHMETIC.normal(plus(times(x, y), a))
    assert ARITHMETIC.factors(ARITHMETIC.expand(whole)) == (1, {whole: 1})
    whole = ARITHMETIC.normal(plus(times(delta(i, j), x), times(delta(i, j), y)))
    assert ARITHMETIC.factors(ARITHMETIC.expand(whole)) == (1, {whole: 1})  # delta / delta is not 1


def test_a_number_too_long_to_write_out() -> None:
    long = ARITHMETIC.term({frozenset(): Fraction(1 << LONG - 10)})
    assert long == Number(Fraction(1 << LONG - 10))
    with pytest.raises(Exhausted):
        ARITHMETIC.term({frozenset(): Fraction(1 << LONG + 10)})


def test_the_product_of_the_factors_is_the_whole_again() -> None:
    rng = Random(7)
    tried = 0
    for _ in range(300):
        try:
            polynomial = ARITHMETIC.expand(canonical(random_term(rng, 4)))
            size, powers = ARITHMETIC.factors(polynomial)
        except Refused:
            continue
        assert bool(size) == (polynomial != {})
        again = added({}, ARITHMETIC.settled(powers), size)
        assert ARITHMETIC.together(again)[0] == ARITHMETIC.together(polynomial)[0]
        tried += 1
    assert tried > 150


def test_addition_of_polynomials() -> None:
    left, right = ARITHMETIC.expand(plus(x, y)), ARITHMETIC.expand(minus(y, x))
    assert added(left, right) == ARITHMETIC.expand(times(TWO, y))
    assert added(left, right, Fraction(-1)) == ARITHMETIC.expand(times(TWO, x))
    assert added(left, left, Fraction(-1)) == {}
    assert left == ARITHMETIC.expand(plus(x, y))  # neither was changed
    assert ARITHMETIC.expand(num(3)) == {UNIT_MONOMIAL: Fraction(3)}
    assert ARITHMETIC.expand(ZERO) == {}


def test_the_order_does_not_depend_on_how_a_term_was_built() -> None:
    one, other = plus(x, times(y, c), z(i)), plus(z(i), times(c, y), x)
    assert ARITHMETIC.normal(one) is ARITHMETIC.normal(other)
    assert order(x) != order(y)


def test_a_normal_form_is_its_own() -> None:
    rng = Random(8)
    for _ in range(200):
        term = canonical(random_term(rng, 4))
        try:
            once = ARITHMETIC.normal(term)
        except Refused:
            continue
        assert equal(once, term)
        assert alpha_equal(once, canonical(once))


def test_effort_is_bounded() -> None:
    huge = power(plus(*(z(index) for index in (i, j, k)), x, y, a), 40)
    with pytest.raises(Exhausted):
        fresh().expand(huge)
    with pytest.raises(Exhausted):
        fresh(10).expand(power(plus(x, y), 9))
    assert fresh(1000).expand(power(plus(x, y), 9))
    for base in (num(9), TWO, num(-2), HALF):
        with pytest.raises(Exhausted):
            fresh().expand(power(base, 10**9))
        with pytest.raises(Exhausted):
            fresh().expand(power(base, -(10**9)))
    assert fresh().expand(power(ONE, 10**9)) == {UNIT_MONOMIAL: Fraction(1)}
    assert fresh().expand(power(MINUS, 10**9)) == {UNIT_MONOMIAL: Fraction(1)}
    with pytest.raises(Exhausted):
        fresh().expand(power(plus(x, y), 10**9))


# ------------------------------------------------------------------ the oracle


def test_random_terms_and_their_normal_forms_have_the_same_values() -> None:
    """Where both are defined, balls at N = 1, 2 and 3 overlap."""
    rng = Random(9)
    arithmetic = Facts(CONTEXT).arithmetic
    compared = 0
    for _ in range(250):
        term = canonical(random_term(rng, 4))
        try:
            normal = arithmetic.normal(term)
        except Refused:
            continue
        for size in (1, 2, 3):
            places = range(1, size + 1)
            data = {("x", ()): Fraction(rng.randint(-5, 5), 3), ("s", ()): Fraction(2, 7)}
            for place in places:
                data["z", (place,)] = Fraction(rng.randint(-6, 6), 2)
                data["p", (place,)] = Fraction(rng.randint(1, 9), 4)
                data["t", (place,)] = Fraction(1, size)
            point = at({"N": size}, data, {letter: rng.choice(places) for letter in (i, j, k)})
            try:
                before, after = evaluate(term, CONTEXT, point), evaluate(normal, CONTEXT, point)
            except CannotEvaluate:
                continue
            if isinstance(before, Undefined) or isinstance(after, Undefined):
                continue
            assert before.overlaps(after), f"{term} = {before}, but {normal} = {after}"
            compared += 1
    assert compared > 200


def test_a_function_of_the_table_is_an_atom() -> None:
    term = Function("sin", (plus(x, neg(x)),))
    assert ARITHMETIC.normal(term) is Function("sin", (ZERO,))


def test_a_prime_that_is_not_looked_for_is_left_whole() -> None:
    large = num(1009)
    assert equal(times(sqrt(large), sqrt(large)), large)
    assert not equal(sqrt(large), large)
    assert equal(log(num(2018)), plus(log(TWO), log(large)))
    assert ARITHMETIC.normal(log(large)) is log(large)  # and no logarithm of 1 beside it
    assert ARITHMETIC.normal(log(num(4))) is times(TWO, log(TWO))
    assert not equal(log(large), times(TWO, log(large)))
    assert equal(log(over(TWO, large)), minus(log(TWO), log(large)))


def test_nothing_to_the_power_nothing_is_one() -> None:
    """The empty product: ``(a - a)^0`` may be met while powers of sums are multiplied out."""
    assert fresh().power({}, 0) == {UNIT_MONOMIAL: 1}
    assert fresh().power({}, 1) == {}


def test_when_the_time_is_up_no_term_is_written_out() -> None:
    arithmetic = fresh()
    with limited(-1.0), pytest.raises(Exhausted):
        arithmetic.term({UNIT_MONOMIAL: 2})


def test_terms_cannot_be_changed_and_are_themselves_alone() -> None:
    """What is proved of a term is remembered under it, so it must stay what it is."""
    with pytest.raises(FrozenInstanceError):
        x.name = "y"  # type: ignore[misc]
    assert type(x).__hash__ is object.__hash__
    assert type(x).__eq__ is object.__eq__
