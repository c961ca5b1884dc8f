"""The evaluator as an oracle: what it says, what it says is undefined, what it declines."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from math import factorial

import pytest
from flint import arb, ctx, fmpq

from derive.clock import limited
from derive.logic.problem import Context, Definition, Unknown
from derive.logic.terms import Application, Index, Label, Position, Product, Shift, Term
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate
from derive.refuter.evaluation import MAXIMAL_ORDER, Evaluation, precision
from derive.refuter.occurrences import MAXIMAL_DEPTH
from derive.refuter.point import Point, SmoothFunction
from derive.refuter.values import EXACT_BITS, TooExpensive
from derive.refuter.world import World
from tests.refuter.formulas import (
    LOSS,
    ONE,
    SOFTMAX,
    L,
    N,
    a,
    apply,
    b,
    d,
    delta,
    exp,
    fn,
    i,
    j,
    k,
    largest,
    log,
    minus,
    neg,
    num,
    over,
    p,
    plus,
    power,
    s,
    sqrt,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)

THREE = {("z", (1,)): 1, ("z", (2,)): Fraction(-1, 2), ("z", (3,)): 4}
POINT = at({"N": 3}, THREE, {i: 1, j: 2, k: 3})
EMPTY = Context()


def exactly(term: Term, context: Context = EMPTY, point: Point = POINT) -> fmpq:
    """The value, which must be known exactly or to 30 digits."""
    ball = evaluate(term, context, point)
    assert isinstance(ball, arb), ball
    middle = Fraction(ball.mid().str(36, radius=False)).limit_denominator(10**6)
    number = fmpq(middle.numerator, middle.denominator)
    with precision(128):
        assert abs(ball - number) < fmpq(1, 10**25)
    return number


CASES = {
    "a rational": (num("3/7"), fmpq(3, 7)),
    "a size": (N, 3),
    "a component": (z(j), fmpq(-1, 2)),
    "from the front": (z(Position(2, "N")), fmpq(-1, 2)),
    "from the back": (z(Position(0, "N")), 4),
    "one before the last": (z(Position(-1, "N")), fmpq(-1, 2)),
    "the neighbour": (z(Shift(i, 1)), fmpq(-1, 2)),
    "delta": (delta(i, j), 0),
    "delta of equals": (delta(k, Position(0, "N")), 1),
    "a sum": (summed(i, z(i)), fmpq(9, 2)),
    "a sum without one": (summed(i, z(i), j), 5),
    "a sum without two": (summed(i, z(i), j, Position(1, "N")), 4),
    "the letter outside is kept": (plus(summed(i, z(i)), z(i)), fmpq(11, 2)),
    "the excluded letter is the one outside": (summed(i, z(i), k), fmpq(1, 2)),
    "a sum within a sum": (summed(i, times(z(i), summed(j, z(j), i))), 3),
    "a product": (Product(i, (), z(i)), -2),
    "a product without one": (Product(i, (k,), z(i)), fmpq(-1, 2)),
    "an empty product": (Product(i, (i, j, k), z(i)), 1),
    "an empty sum": (summed(i, z(i), i, j, k), 0),
    "the largest": (largest(i, z(i)), 4),
    "the largest without it": (largest(i, z(i), k), 1),
    "the largest exponential": (log(largest(i, exp(z(i)))), 4),
    "derivative of the largest": (d(largest(i, power(z(i), 2)), z(k)), 8),
    "derivative of the largest by another": (d(largest(i, z(i)), z(i)), 0),
    "derivative of a product": (d(Product(i, (), z(i)), z(k)), fmpq(-1, 2)),
    "third derivative": (d(d(d(power(z(k), 3), z(k)), z(k)), z(k)), 6),
    "derivative within a derivative": (d(times(z(i), d(power(z(i), 2), z(i))), z(i)), 4),
    "nested variables": (d(times(z(i), d(times(z(i), z(j)), z(j))), z(i)), 2),
    "derivative of a derivative by another": (d(d(times(z(i), z(j)), z(i)), z(j)), 1),
    "the same with different variables": (d(times(z(j), d(times(z(i), z(j)), z(j))), z(j)), 1),
}


@pytest.mark.parametrize("name", CASES)
def test_value(name: str) -> None:
    term, expected = CASES[name]
    assert exactly(term) == expected


def test_defined_names_and_functions() -> None:
    definitions = (
        Definition("y", (), (), power(x, 2)),
        Definition("f", (), ("x",), plus(power(x, 3), a)),
        Definition("g", (i,), ("x", "y"), times(z(i), x, power(y, 2))),
    )
    context = Context(definitions)
    point = at({"N": 3}, {**THREE, ("x", ()): 3, ("a", ()): 10}, {i: 1, j: 2, k: 3})
    g = Application("g", (k,), (x, num(2)), (0, 0))

    def value(term: Term) -> fmpq:
        return exactly(term, context, point)

    assert value(y) == 9
    assert value(apply("f", y)) == 739
    assert value(apply("f", x, orders=(1,))) == 27
    assert value(apply("f", x, orders=(3,))) == 6
    assert value(d(apply("f", y), x)) == 3 * 81 * 6
    assert value(d(apply("f", y), y)) == 3 * 81
    assert value(d(apply("f", x, orders=(1,)), x)) == 18
    assert value(g) == 4 * 3 * 4
    assert value(Application("g", (k,), (x, num(2)), (1, 1))) == 4 * 2 * 2
    assert value(Application("g", (k,), (x, num(2)), (0, 2))) == 4 * 3 * 2
    assert value(d(g, z(k))) == 12
    assert value(d(y, x)) == 6
    assert value(d(var("f"), x)) == 27


def test_a_function_that_is_left_open() -> None:
    cube = SmoothFunction(((fmpq(2), (0, 0, 0)), (fmpq(1), (0, 1)), (fmpq(5), ())))
    context = Context(unknowns=(Unknown("E", (), ("x", "y")),))
    point = at({}, {("x", ()): 2, ("y", ()): 7})
    point.functions["E", (), 2] = cube
    open_e = var("E")
    assert exactly(open_e, context, point) == 35
    assert exactly(apply("E", x, y), context, point) == 35
    assert exactly(d(open_e, x), context, point) == 31
    assert exactly(d(d(open_e, x), y), context, point) == 1
    assert exactly(apply("E", x, y, orders=(2, 0)), context, point) == 24
    assert cube.text(("x", "y")) == "2*x^3 + x*y + 5"
    assert SmoothFunction(((fmpq(-1), (0,)), (fmpq(1, 2), (1,)))).text(("x", "y")) == "-x + 1/2*y"
    assert SmoothFunction(()).text(()) == "0"
    with pytest.raises(CannotEvaluate):
        evaluate(open_e, context, at({}, {("x", ()): 2, ("y", ()): 7}))


def test_an_open_function_depends_on_every_component() -> None:
    context = Context(unknowns=(Unknown("E", (i,), ("x", "z")),))
    point = at({"N": 3}, {**THREE, ("x", ()): 2}, {i: 2, k: 3})
    point.functions["E", (2,), 4] = SmoothFunction(
        ((fmpq(1), (0, 3)), (fmpq(1), (1,)), (fmpq(1), (2, 2)))
    )
    # The shape of z is that of its occurrences, so that it has to occur.
    both = plus(var("E", i), z(k))
    assert exactly(both, context, point) == 8 + 1 + fmpq(1, 4) + 4
    assert exactly(d(var("E", i), z(k)), context, point) == 2


def test_labels() -> None:
    class_of = Label("c", (p,), "N")
    labels = {("c", (1,)): 3, ("c", (2,)): 1}
    point = at({"N": 3, "M": 2}, THREE, {}, labels)
    assert exactly(summed(p, z(class_of)), EMPTY, point) == 5
    assert exactly(summed(p, summed(i, z(i), class_of)), EMPTY, point) == fmpq(1, 2) + fmpq(7, 2)
    with pytest.raises(CannotEvaluate, match="label c"):
        evaluate(summed(p, z(class_of)), EMPTY, at({"N": 3, "M": 2}, THREE))


def test_a_float_is_the_binary_number_that_it_is() -> None:
    assert evaluate(x, EMPTY, at({}, {("x", ()): 0.1})) == fmpq(3602879701896397, 2**55)


def test_softmax_at_equal_logits() -> None:
    point = at(
        {"N": 2}, {("z", (1,)): 1, ("z", (2,)): 1, ("t", (1,)): 1, ("t", (2,)): 0}, {i: 1, k: 2}
    )
    context = Context((SOFTMAX, LOSS))
    assert exactly(s(i), context, point) == fmpq(1, 2)
    assert exactly(d(s(i), z(k)), context, point) == fmpq(-1, 4)
    assert exactly(d(L, z(i)), context, point) == fmpq(-1, 2)
    assert exactly(d(L, s(i)), context, point) == -2
    assert exactly(d(d(L, z(i)), z(k)), context, point) == fmpq(-1, 4)
    assert exactly(d(d(L, s(i)), z(k)), context, point) == -1
    assert exactly(exp(d(L, t(k))), context, point) == 2


UNDEFINED = {
    "0 times what has no value": times(num(0), log(num(0))),
    "a sum with such a term": summed(i, over(ONE, minus(z(i), z(j)))),
    "no maximum": largest(i, z(i), i, j, k),
    "no such position": z(Position(4, "N")),
    "no derivative at a tie": d(largest(j, plus(z(i), times(num(0), z(j)))), z(i)),
    "a root of a sum at 0": d(sqrt(minus(z(i), z(i))), z(i)),
    "0^0 that is not written": power(minus(z(i), z(i)), minus(z(i), z(i))),
    "a wrong number of arguments": apply("f", x, x),
    "a function of something defined by itself": var("w"),
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_undefined(name: str) -> None:
    context = Context(
        (
            Definition("f", (), ("x",), power(x, 3)),
            Definition("w", (), (), plus(var("w"), ONE)),
        )
    )
    point = at({"N": 3}, {**THREE, ("x", ()): 3}, {i: 1, j: 2, k: 3})
    assert isinstance(evaluate(UNDEFINED[name], context, point), Undefined)


DECLINED = {
    "no value": var("q"),
    "no position": z(p),
    "no size": summed(p, x),
    "not a function of the table": fn("zeta", x),
    "two meanings": d(times(x, y), y),
    "never certain": over(ONE, minus(power(sqrt(num(2)), 2), num(2))),
    "a sign that is never certain": sqrt(minus(exp(log(num(2))), num(2))),
    "a base that is never certain": power(
        minus(exp(log(num(2))), num(2)), minus(exp(log(num(2))), num(2))
    ),
    "an exponent that is too large": power(num(2), 10**12 + 1),
    "out of all bounds": exp(exp(power(num(10), 40))),
    "too much work": summed(i, summed(j, summed(k, z(i)))),
}


@pytest.mark.parametrize("name", DECLINED)
def test_declined(name: str) -> None:
    context = Context((Definition("y", (), (), power(x, 2)),))
    point = at({"N": 3}, {**THREE, ("x", ()): 3}, {i: 1, j: 2, k: 3})
    with pytest.raises(CannotEvaluate):
        evaluate(DECLINED[name], context, point, operations=30)


def test_a_large_power_is_still_taken() -> None:
    ball = evaluate(power(num("1/2"), 10**12), EMPTY, at({}, {}))
    assert isinstance(ball, arb)
    assert ball > 0


def test_the_precision_is_raised_until_the_sign_is_certain() -> None:
    tiny = minus(exp(num(fmpq_string(10, 60))), ONE)
    ball = evaluate(log(tiny), EMPTY, at({}, {}))
    assert isinstance(ball, arb)
    assert abs(ball + 60 * arb(10).log()) < 1


def fmpq_string(base: int, exponent: int) -> str:
    """One part in base^exponent."""
    return f"1/{base**exponent}"


def test_the_precision_of_others_is_left_alone() -> None:
    before = ctx.prec
    evaluate(exp(x), EMPTY, POINT_X)
    with pytest.raises(CannotEvaluate):
        evaluate(var("q"), EMPTY, POINT_X)
    assert ctx.prec == before


POINT_X = at({}, {("x", ()): 2})


def test_the_deadline() -> None:
    world = World(EMPTY)
    with precision(64):
        with limited(-1), pytest.raises(TooExpensive, match="out of time"):
            Evaluation(world, POINT, {}).value(summed(i, z(i)))
        with limited(60):
            assert Evaluation(world, POINT, {}).value(summed(i, z(i))) == fmpq(9, 2)


def test_a_recursive_definition() -> None:
    """h_1 = b + a h_0, h_2 = b + a h_1, ..."""
    n = Index("n", "T")
    context = Context((Definition("h", (n,), (), plus(b, times(a, var("h", Shift(n, -1))))),))
    point = at({"T": 3}, {("a", ()): 2, ("b", ()): 1, ("h", (0,)): 5})
    last = var("h", Position(0, "T"))
    assert exactly(last, context, point) == 47
    assert exactly(d(last, a), context, point) == 65
    assert exactly(d(last, b), context, point) == 7


# ------------------------------------------------------------------ bounded effort


def test_many_definitions_side_by_side_are_not_deep() -> None:
    squares = tuple(Definition(f"a{n}", (), (), power(x, 2)) for n in range(100))
    total = plus(*(var(f"a{n}") for n in range(100)))
    assert exactly(total, Context(squares), POINT_X) == 400


def test_definitions_within_definitions_are_counted() -> None:
    """A chain is followed so far and no further, however it is written."""
    chain = [Definition("a0", (), (), x)]
    chain += [Definition(f"a{n}", (), (), plus(var(f"a{n - 1}"), ONE)) for n in range(1, 200)]
    context = Context(tuple(chain))
    assert exactly(var("a30"), context, POINT_X) == 32
    for term in (var("a199"), d(var("a199"), x), minus(var("a199"), var("a199"))):
        with pytest.raises(CannotEvaluate, match="nested too deep"):
            evaluate(term, context, POINT_X)


def test_a_deep_definition_of_a_plain_name() -> None:
    deep: Term = x
    for _ in range(MAXIMAL_DEPTH):
        deep = exp(neg(deep))
    with pytest.raises(CannotEvaluate, match="the term is nested too deep"):
        evaluate(var("w"), Context((Definition("w", (), (), deep),)), POINT_X)


def test_at_the_greatest_depth_itself() -> None:
    levels: Term = x
    for _ in range(MAXIMAL_DEPTH - 1):
        levels = fn("sin", levels)
    assert isinstance(evaluate(levels, EMPTY, POINT_X), arb)
    with pytest.raises(CannotEvaluate, match="the term is nested too deep"):
        evaluate(fn("sin", levels), EMPTY, POINT_X)


def test_a_definition_keeps_its_numbers_exact_while_they_are_short() -> None:
    """y = x^2: 1/(y - x^2) is a division by 0; of long numbers that cannot be told."""
    context = Context((Definition("y", (), (), x),))
    zero = over(ONE, minus(y, x))
    for number in (Fraction(3, 7), 2**EXACT_BITS - 1):
        assert isinstance(evaluate(zero, context, at({}, {("x", ()): number})), Undefined)
    with pytest.raises(CannotEvaluate):
        evaluate(zero, context, at({}, {("x", ()): 2 ** (EXACT_BITS + 1) - 1}))


def test_a_chain_of_squares_has_a_logarithm() -> None:
    """log x^(2^25), where the power has 33 million bits."""
    chain = [Definition("a0", (), (), x)]
    chain += [
        Definition(f"a{n}", (), (), times(var(f"a{n - 1}"), var(f"a{n - 1}"))) for n in range(1, 26)
    ]
    quotient = over(log(var("a25")), log(x))
    assert exactly(quotient, Context(tuple(chain)), POINT_X) == 2**25


@pytest.mark.parametrize("kind", ["variable", "argument", "applied"])
def test_derivatives_side_by_side_are_of_no_high_order(kind: str) -> None:
    u = var("u")
    context = Context(
        (Definition("f", (), ("u",), d(power(u, 2), u)), Definition("g", (), ("u",), power(u, 2)))
    )
    slope = {
        "variable": d(power(x, 2), x),
        "argument": apply("f", x),
        "applied": apply("g", x, orders=(1,)),
    }[kind]
    assert exactly(plus(*[slope] * 30), context, POINT_X) == 30 * 4


def nested(kind: str, order: int) -> Term:
    """The derivative of x^20 of this order."""
    body = power(x, 20)
    if kind == "applied":
        return apply("g", x, orders=(order,))
    if kind == "mixed":
        half = order // 2
        body, order = apply("g", x, orders=(half,)), order - half
    for _ in range(order):
        body = d(body, x)
    return body


@pytest.mark.parametrize("kind", ["variable", "applied", "mixed"])
def test_the_order_of_a_derivative_is_bounded(kind: str) -> None:
    """Each order more doubles the work; the greatest is 20! / 11! x^11."""
    context = Context((Definition("g", (), ("u",), power(var("u"), 20)),))
    point = at({}, {("x", ()): 1})
    ball = evaluate(nested(kind, MAXIMAL_ORDER), context, point)
    assert ball == factorial(20) // factorial(20 - MAXIMAL_ORDER)
    with pytest.raises(CannotEvaluate, match="a derivative of high order"):
        evaluate(nested(kind, MAXIMAL_ORDER + 1), context, point)


def least_effort(term: Term, context: Context, point: Point) -> int:
    """The least number of operations with which a term is evaluated."""
    for operations in range(1, 10**4):
        with suppress(CannotEvaluate):
            evaluate(term, context, point, operations)
            return operations
    raise AssertionError


def test_operations_are_about_the_nodes_that_are_visited() -> None:
    """Once for each position of a sum, once for each component of what is defined."""
    size = 12
    point = at({"N": size}, {("z", (n,)): 1 for n in range(1, size + 1)}, {i: 1})
    one = least_effort(summed(i, z(i)), EMPTY, point)
    assert size <= one <= 2 * size + 2
    two = least_effort(summed(i, summed(j, times(z(i), z(j)))), EMPTY, point)
    assert size**2 <= two <= 5 * size**2
    long = plus(*[z(i)] * 50)
    assert 50 * size <= least_effort(summed(i, long), EMPTY, point) <= 60 * size
    defined = Context((Definition("u", (i,), (), long),))
    assert 50 <= least_effort(var("u", i), defined, point) <= 60
    assert 50 * size <= least_effort(summed(i, var("u", i)), defined, point) <= 60 * size
    open_loss = Context(unknowns=(Unknown("E", (), ("z",)),))
    point.functions["E", (), size] = SmoothFunction(())
    both = plus(var("E"), z(i))
    assert size**2 <= least_effort(both, open_loss, point) <= 2 * size**2


def test_beside_its_range_a_recurrence_is_what_is_given() -> None:
    """h_n = h_{n-1} + h_{n-2} begins with h_0 and h_{-1}; there is no h_{-2} and no h_{T+1}."""
    n = Index("n", "T")
    body = plus(var("h", Shift(n, -1)), var("h", Shift(n, -2)))
    context = Context((Definition("h", (n,), (), body),))
    data = {("h", (place,)): 1 for place in range(-3, 6) if not 1 <= place <= 3}
    for place, value in ((-1, 1), (0, 1), (1, 2), (2, 3), (3, 5)):
        point = at({"T": 3}, data, {n: 1})
        assert exactly(var("h", Shift(n, place - 1)), context, point) == value
    for place in (-2, -3, 4, 5):
        point = at({"T": 3}, data, {n: 1})
        assert isinstance(evaluate(var("h", Shift(n, place - 1)), context, point), Undefined)


def test_a_function_that_is_named_without_its_argument() -> None:
    """f(u) = x u^2, and f alone is f of the u outside; u = 3 x there."""
    definitions = (
        Definition("f", (), ("u",), times(x, power(var("u"), 2))),
        Definition("u", (), (), times(num(3), x)),
    )
    assert exactly(var("f"), Context(definitions), POINT_X) == 2 * 36
    assert exactly(d(var("f"), x), Context(definitions), POINT_X) == 27 * 4
    data = at({}, {("x", ()): 2, ("u", ()): 5})
    assert exactly(d(var("f"), var("u")), Context(definitions[:1]), data) == 20


def test_an_open_function_of_a_vector_asks_for_its_size() -> None:
    context = Context(unknowns=(Unknown("E", (), ("z",)),))
    with pytest.raises(CannotEvaluate, match="no size is given for N"):
        evaluate(plus(var("E"), z(i)), context, at({}, {("z", (1,)): 1}, {i: 1}))
