"""Which hypotheses have a model, and that sampled data satisfies them exactly."""

import operator
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import pytest
from flint import arb, fmpq

from derive.logic.problem import (
    AtLeast,
    Claim,
    Context,
    Definition,
    Equation,
    Fact,
    Hypothesis,
    Sign,
    Unknown,
)
from derive.logic.terms import Index, Label, Position, Product, Shift, Term
from derive.refuter.counterexample import Counterexample
from derive.refuter.evaluation import Evaluation, precision
from derive.refuter.hypotheses import conditions
from derive.refuter.hypotheses import holds as certain
from derive.refuter.refute import BITS, Effort, Search, hypotheses_have_model, refute, sample
from derive.refuter.space import Space
from tests.refuter.formulas import (
    ONE,
    ONE_HOT,
    SOFTMAX,
    TARGETS_SUM_TO_ONE,
    TWO,
    ZERO,
    N,
    a,
    b,
    c,
    claim,
    d,
    delta,
    different,
    exp,
    given,
    i,
    j,
    k,
    log,
    m,
    minus,
    neg,
    num,
    over,
    p,
    plus,
    power,
    s,
    same,
    sqrt,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)
from tests.refuter.naive import Naive


def at_least(total: Term, sum_: Term, *numbers: Term) -> tuple[Fact, ...]:
    """Numbers of at least 1 each, and their sum."""
    return Equation(total, sum_), *(Sign(minus(number, ONE), ">=") for number in numbers)


def at_most(total: Term, sum_: Term, *numbers: Term) -> tuple[Fact, ...]:
    """Numbers of at most 2 each, and their sum."""
    return Equation(total, sum_), *(Sign(minus(number, TWO), "<=") for number in numbers)


HALF_EACH = Equation(t(i), num("1/5"), (i,))
W = var("w", i, p)

WITH_MODEL: dict[str, tuple[Fact, ...]] = {
    "no hypothesis": (),
    "sum": (Equation(summed(i, t(i)), ONE),),
    "one-hot": ONE_HOT.facts,
    "one-hot among thirty": (*ONE_HOT.facts, AtLeast("N", 30)),
    "mixture": (Equation(summed(i, t(i)), ONE), Sign(t(i), ">=", (i,))),
    "strictly inside": (Equation(summed(i, t(i)), ONE), Sign(t(i), ">", (i,))),
    "between 0 and 1": (Sign(x, ">"), Sign(minus(ONE, x), ">")),
    "rows that sum to 1": (Equation(summed(p, W), ONE, (i,)), Sign(W, ">", (i, p))),
    "a column and rows": (Equation(summed(p, W), ONE, (i,)), Equation(summed(i, W), N, (p,))),
    "defined by others": (Equation(x, times(a, b)), Equation(a, power(c, 2))),
    "defined by a function": (Equation(x, exp(a)),),
    "a zero": (Equation(a, ZERO),),
    "a square": (Equation(power(x, 2), num("9/4")), Sign(x, "<")),
    "reciprocals": (Equation(times(a, b), ONE),),
    "different numbers": (Sign(minus(a, b), "!="), Sign(a, "!=")),
    "mean 0, variance 1": (
        Equation(summed(i, z(i)), ZERO),
        Equation(summed(i, power(z(i), 2)), times(TWO, power(var("r"), 2))),
    ),
    "N = 3": (Equation(N, num(3)), Equation(summed(i, t(i)), num(3))),
    "the ends of two intervals": (
        Equation(plus(a, b), TWO),
        Sign(minus(ONE, a), ">="),
        Sign(minus(ONE, b), ">="),
    ),
    "opposite ends": (
        Equation(minus(a, b), TWO),
        Sign(minus(ONE, a), ">="),
        Sign(plus(b, ONE), ">="),
    ),
    "only zeros": (Equation(summed(i, t(i)), ZERO), Sign(t(i), ">=", (i,))),
    "two bounds on one side": (Sign(minus(x, ONE), ">"), Sign(minus(x, TWO), ">="), Sign(x, ">")),
    "only for five": (Equation(summed(i, t(i)), ONE), HALF_EACH),
    "a label": (Equation(t(Label("c", (), "N")), ONE),),
    "a function's sign": (Sign(log(x), ">"),),
    "at least": (AtLeast("N", 3), Equation(t(Position(3, "N")), ONE)),
}


@pytest.mark.parametrize("name", WITH_MODEL)
def test_a_model_is_found(name: str) -> None:
    assert hypotheses_have_model(Context(hypotheses=(given(*WITH_MODEL[name]),))) is True


WEIGHTED = plus(a, times(TWO, b), times(num(3), c))
C_BELOW = minus(num(3), c)
WITH_MODEL |= {
    "a number and its square": (Equation(x, TWO), Equation(power(x, 2), num(4))),
    "between two numbers": (
        Sign(minus(times(TWO, x), num(4)), ">"),
        Sign(minus(num(9), times(num(3), x)), ">"),
    ),
    "three at their lower ends": at_least(plus(a, b, c), num(3), a, b, c),
    "three at their upper ends": at_most(plus(a, b, c), num(6), a, b, c),
    "a weighted sum at its end": at_least(
        plus(a, times(TWO, b), times(num(3), c)), num(6), a, b, c
    ),
    "a difference at its end": (
        Equation(minus(a, plus(b, c)), ZERO),
        Sign(a, "<="),
        Sign(b, ">="),
        Sign(c, ">="),
    ),
    "a sum below a bound": (
        Equation(plus(a, b), c),
        Sign(minus(a, ONE), ">="),
        Sign(C_BELOW, ">="),
    ),
    "a square and a number": (Equation(plus(power(y, 2), x), num("1/7")),),
    "a sign of a number": (Sign(log(TWO), ">"), Sign(log(TWO), "!="), Sign(x, ">")),
}


HALF_OF_A = Equation(b, times(num("1/2"), a))
WITH_MODEL |= {
    "an eighth power": (Equation(power(x, 8), num(7**8)), Sign(x, "<")),
    "a sum with a little room below": (
        Equation(plus(a, b), num("3/2")), Sign(minus(a, ONE), "<="), Sign(minus(b, ONE), "<="),
    ),
    "a sum with a little room above": (
        Equation(plus(a, b), num("5/2")), Sign(minus(a, ONE), ">="), Sign(minus(b, ONE), ">="),
    ),
    "half of what is at most 20": (
        HALF_OF_A, Sign(minus(a, num(20)), "<="), Sign(minus(b, num(5)), "<"),
    ),
    "half of what is at least 2": (
        HALF_OF_A, Sign(minus(a, TWO), ">="), Sign(minus(b, num("1/3")), ">="),
    ),
}  # fmt: skip
WITHOUT_MODEL: dict[str, tuple[Hypothesis, ...]] = {
    "1 = 0": (given(Equation(ONE, ZERO)),),
    "two sums": (
        TARGETS_SUM_TO_ONE,
        given(Equation(summed(i, t(i)), TWO)),
    ),
    "two signs": (given(Sign(x, ">")), given(Sign(x, "<"))),
    "a sign and its end": (given(Sign(x, ">"), Sign(x, "<=")),),
    "zero and not zero": (given(Sign(x, ">="), Sign(x, "<="), Sign(x, "!=")),),
    "an order that goes round": (
        given(Sign(minus(a, b), ">")),
        given(Sign(minus(b, a), ">=")),
    ),
    "positive terms of a sum that is 0": (
        given(Equation(summed(i, t(i)), ZERO), Sign(t(i), ">", (i,))),
    ),
    "within the ends of two intervals": (
        given(Equation(plus(a, b), TWO), Sign(minus(ONE, a), ">"), Sign(minus(ONE, b), ">=")),
    ),
    "beyond opposite ends": (
        given(Equation(minus(a, b), num(3)), Sign(minus(ONE, a), ">="), Sign(plus(b, ONE), ">=")),
    ),
    "below a least sum": (
        given(
            Equation(plus(a, times(TWO, b)), TWO),
            Sign(minus(a, ONE), ">="),
            Sign(minus(b, ONE), ">="),
        ),
    ),
    "one number between two": (given(Sign(minus(x, ONE), ">"), Sign(minus(x, ONE), "<=")),),
    "three too large for their sum": (given(*at_least(plus(a, b, c), TWO, a, b, c)),),
    "three too small for their sum": (given(*at_most(plus(a, b, c), num(7), a, b, c)),),
    "weights too large": (given(*at_least(WEIGHTED, num(5), a, b, c)),),
    "two a little too large for their sum": (
        given(
            Equation(plus(a, b), num("3/2")), Sign(minus(a, ONE), ">="), Sign(minus(b, ONE), ">=")
        ),
    ),
    "two a little too small for their sum": (
        given(
            Equation(plus(a, b), num("5/2")), Sign(minus(a, ONE), "<="), Sign(minus(b, ONE), "<=")
        ),
    ),
    "half of what is at least 2, below a half": (
        given(HALF_OF_A, Sign(minus(a, TWO), ">="), Sign(minus(num("1/2"), b), ">=")),
    ),
    "just above the lower ends": (
        given(*at_least(plus(a, b, c), num(3), a, b, c), Sign(minus(b, ONE), ">")),
    ),
    "just below the upper ends": (
        given(*at_most(plus(a, b, c), num(6), a, b, c), Sign(minus(b, TWO), "<")),
    ),
    "a difference too large": (
        given(Equation(minus(a, plus(b, c)), ONE), Sign(a, "<="), Sign(b, ">="), Sign(c, ">=")),
    ),
    "a sum above a bound": (
        given(
            Equation(plus(a, b), c),
            Sign(minus(a, TWO), ">="),
            Sign(minus(b, TWO), ">="),
            Sign(C_BELOW, ">="),
        ),
    ),
    "two multiples": (
        given(Sign(minus(times(TWO, x), num(4)), ">"), Sign(minus(num(4), times(num(3), x)), ">")),
    ),
    "a number and another square": (given(Equation(x, TWO), Equation(power(x, 2), num(5))),),
    "a wrong sign of a number": (given(Sign(minus(ONE, TWO), ">"), Sign(x, ">")),),
    "a negative square": (given(Sign(plus(power(x, 2), ONE), "<")),),
    "a square that is -1": (given(Equation(power(x, 2), num(-1))),),
    "same and different": (same(i, j), different(i, j)),
    "same by way of a third, and different": (same(i, j), same(k, j), different(i, k)),
    "two signs, for three classes": (
        given(Equation(N, num(3))),
        given(Sign(x, ">"), Sign(x, "<")),
    ),
    "equal to two numbers": (given(Equation(x, ONE)), given(Equation(x, TWO))),
    "one-hot with a sum of 2": (ONE_HOT, given(Equation(summed(i, t(i)), TWO))),
}


@pytest.mark.parametrize("name", WITHOUT_MODEL)
def test_a_contradiction_is_seen(name: str) -> None:
    assert hypotheses_have_model(Context(hypotheses=WITHOUT_MODEL[name])) is False
    survey = sample(claim(x, plus(x, ONE), *WITHOUT_MODEL[name]))
    assert survey.points == 0
    assert survey.model is False
    assert survey.contradiction is None


def test_what_cannot_be_told_is_not_told() -> None:
    for facts in (
        (Equation(power(x, 2), TWO),),
        (Equation(summed(i, t(i)), ONE), Equation(summed(i, power(t(i), 2)), num("1/7"))),
        (Equation(plus(x, exp(x)), ZERO),),
        (Equation(summed(i, t(i)), ONE), Equation(t(i), num("1/50"), (i,))),
        (Equation(summed(i, t(i)), ONE), Equation(t(i), over(ONE, plus(N, ONE)), (i,))),
    ):
        assert hypotheses_have_model(Context(hypotheses=(given(*facts),))) is None


def test_a_label_that_was_tried_is_not_all_labels() -> None:
    """t_c = 1 and t_1 = 0 have a model, with c = 2."""
    facts = (Equation(t(Label("c", (), "N")), ONE), Equation(t(Position(1, "N")), ZERO))
    assert hypotheses_have_model(Context(hypotheses=(given(*facts),))) is not False


def test_many_letters_are_tied_at_once() -> None:
    """Ties among five letters that few random positions would satisfy."""
    n = Index("n", "N")
    ties = (same(i, j), same(k, m), same(m, n), different(j, n))
    wrong = claim(z(i), plus(z(j), z(k), neg(z(n)), ONE), *ties)
    found = refute(wrong)
    assert found is not None
    assert found.indices["i"] == found.indices["j"] != found.indices["k"] == found.indices["n"]


def values(found: Counterexample | None, name: str) -> list[Fraction]:
    assert found is not None
    return [Fraction(number) for number in found.values[name]]


@pytest.mark.parametrize("name", ["sum", "one-hot", "mixture", "strictly inside"])
def test_data_satisfies_the_hypotheses(name: str) -> None:
    wrong = claim(times(t(i), z(i)), plus(t(i), z(i)), given(*WITH_MODEL[name]))
    numbers = values(refute(wrong), "t")
    assert sum(numbers) == 1
    if name == "one-hot":
        assert set(numbers) <= {Fraction(0), Fraction(1)}
    if name == "mixture":
        assert min(numbers) >= 0
    if name == "strictly inside":
        assert min(numbers) > 0


def test_a_one_hot_vector_takes_every_position() -> None:
    for place in (1, 2):
        wrong = claim(t(Position(place, "N")), ZERO, ONE_HOT, given(AtLeast("N", 2)))
        numbers = values(refute(wrong), "t")
        assert numbers[place - 1] == 1


def test_hypotheses_about_indices() -> None:
    assert refute(claim(z(i), z(j), same(i, j))) is None
    assert refute(claim(delta(i, j), ONE, different(i, j))) is not None
    found = refute(claim(z(i), z(j), different(i, j)))
    assert found is not None
    assert found.indices["i"] != found.indices["j"]


def test_a_label_is_tied_to_a_letter() -> None:
    label = Label("c", (), "N")
    assert refute(claim(z(label), z(k), same(label, k))) is None
    wrong = claim(z(label), z(k), different(label, k))
    found = refute(wrong)
    assert found is not None
    assert int(found.values["c"][0]) != found.indices["k"]


@pytest.mark.parametrize("value", [1, 2, 0, -1])
def test_a_letter_at_a_fixed_position(value: int) -> None:
    place = Position(value, "N")
    assert refute(claim(z(i), z(place), same(i, place))) is None
    assert sample(claim(z(i), z(place), same(i, place))).points > 0
    assert refute(claim(delta(i, place), ZERO, different(i, place))) is None
    assert refute(claim(delta(i, place), ZERO)) is not None
    other = Position(3, "N")
    assert refute(claim(z(i), z(other), same(i, place), given(AtLeast("N", 5)))) is not None


def test_neighbouring_letters() -> None:
    after = Shift(i, 1)
    assert refute(claim(z(j), z(after), same(j, after))) is None
    assert sample(claim(z(j), z(after), same(j, after))).points > 0
    assert refute(claim(z(j), z(i), same(j, after))) is not None


def test_labels_of_several_examples() -> None:
    """c_p is the class of example p; ties are for the example that they name."""
    own, first = Label("c", (p,), "N"), Label("c", (Position(1, "M"),), "N")
    right = claim(z(own), z(k), same(own, k))
    assert sample(right).points > 0
    assert refute(right) is None
    assert refute(claim(z(first), z(k), same(own, k))) is not None
    assert refute(claim(z(first), z(own), same(own, first))) is None
    assert refute(claim(delta(first, own), ZERO, different(own, first))) is None
    targets = given(Equation(var("t", p, i), delta(i, own), (p, i)))
    picked = claim(summed(i, times(var("t", p, i), z(i))), z(own), targets)
    assert sample(picked).points > 4
    assert refute(picked) is None
    assert refute(claim(summed(i, times(var("t", p, i), z(i))), z(i), targets)) is not None


def test_a_hypothesis_about_t_says_nothing_under_a_derivative_by_t() -> None:
    """Σ t = 1, but the derivative of the sum by t_k is 1, not 0."""
    assert refute(claim(d(summed(i, t(i)), t(k)), ZERO, TARGETS_SUM_TO_ONE)) is not None
    assert refute(claim(d(summed(i, t(i)), t(k)), ONE, TARGETS_SUM_TO_ONE)) is None


def test_data_given_by_an_expression_is_still_data() -> None:
    """Given x = exp(a), ∂x/∂a is 0: x is no function of a."""
    given_x = given(Equation(x, exp(a)))
    assert refute(claim(log(x), a, given_x)) is None
    assert refute(claim(d(x, a), ZERO, given_x)) is None
    found = refute(claim(log(x), neg(a), given_x))
    assert found is not None
    assert found.values["a"] != ("0",)


def test_a_sign_of_something_defined() -> None:
    half = given(Sign(minus(s(i), num("1/2")), ">"))
    right = claim(minus(s(i), num("1/2")), ZERO, half, definitions=(SOFTMAX,), relation=">")
    survey = sample(right)
    assert survey.points > 0
    assert survey.contradiction is None


def test_no_false_alarm_from_a_hypothesis_that_holds_for_one_size_only() -> None:
    fifth = given(*WITH_MODEL["only for five"])
    survey = sample(claim(t(i), num("1/4"), fifth))
    assert survey.model is not False


def test_a_wrong_root_of_a_positive_number() -> None:
    inside = given(Sign(x, ">"), Sign(minus(ONE, x), ">"))
    right = claim(sqrt(power(minus(x, ONE), 2)), minus(ONE, x), inside)
    wrong = claim(sqrt(power(minus(x, ONE), 2)), minus(x, ONE), inside)
    assert sample(right).points > 4
    assert refute(right) is None
    number = values(refute(wrong), "x")[0]
    assert 0 < number < 1


def test_a_product_over_the_range() -> None:
    ones = given(Equation(Product(i, (), z(i)), ONE))
    assert refute(claim(log(Product(i, (), power(z(i), 2))), ZERO, ones)) is None


def test_neighbours() -> None:
    """x_0, which lies outside of the range, is data like any other."""
    before = var("x", Shift(i, -1))
    step = given(Equation(var("x", i), plus(before, ONE), (i,)))
    right = claim(minus(var("x", i), before), ONE, step)
    assert sample(right).points > 0
    assert refute(right) is None
    found = refute(claim(var("x", i), before, step))
    assert found is not None


def test_a_hypothesis_with_a_letter_of_the_claim() -> None:
    only_k = given(Equation(t(k), ONE))
    assert refute(claim(t(k), ONE, only_k)) is None
    assert refute(claim(t(i), ONE, only_k)) is not None


def test_a_hypothesis_with_a_quotient() -> None:
    """y = 1/x given as x y = 1."""
    inverse = given(Equation(times(x, y), ONE))
    assert refute(claim(y, over(ONE, x), inverse)) is None
    assert refute(claim(y, x, inverse)) is not None


def test_a_definition_within_a_hypothesis() -> None:
    square = Definition("y", (), (), power(x, 2))
    survey = sample(claim(x, TWO, given(Equation(y, num(4))), definitions=(square,)))
    assert survey.contradiction is not None
    assert survey.contradiction.values["x"] == ("-2",)


@pytest.mark.parametrize(
    "name",
    [n for n in WITH_MODEL if n not in ("no hypothesis", "at least", "one-hot among thirty")],
)
def test_every_point_satisfies_every_fact(name: str) -> None:
    """Each fact at each point of the plan, by the second evaluator."""
    context = Context(hypotheses=(given(*WITH_MODEL[name]),))
    search = search_in(context)
    seen = 0
    for attempt in search.plan():
        with precision(BITS):
            for evaluation in search.evaluations(attempt):
                seen += 1
                check(context, evaluation)
        if seen > 20:
            break
    assert seen > 0


def check(context: Context, evaluation: Evaluation) -> None:
    """Every fact of the context, written out, at the point of the evaluation."""
    for condition in conditions(context.hypotheses, evaluation):
        condition.difference(evaluation)  # draws whatever has not been asked for
    with mpmath.workdps(60):
        naive = Naive(
            context,
            evaluation.sizes,
            {key: number(v) for key, v in {**evaluation.point.values, **evaluation.cache}.items()},
            evaluation.point.labels,
            evaluation.point.indices,
        )
        for fact in (fact for h in context.hypotheses for fact in h.facts):
            if isinstance(fact, Equation | Sign):
                ranges = [range(1, evaluation.sizes[letter.range] + 1) for letter in fact.every]
                for places in product(*ranges):
                    letters = naive.free | dict(zip(fact.every, places, strict=True))
                    assert holds(fact, naive, letters), fact


def number(value: fmpq | arb) -> Any:
    if isinstance(value, fmpq):
        return mpmath.mpf(int(value.p)) / int(value.q)
    return mpmath.mpf(value.mid().str(50, radius=False))


def holds(fact: Equation | Sign, naive: Naive, letters: dict[Index, int]) -> bool:
    """A fact at given positions, to 30 digits."""
    if isinstance(fact, Sign):
        return RELATIONS[fact.relation](naive.value(fact.term, letters), 0)
    if any(naive.place(u, letters) == naive.place(v, letters) for u, v in fact.different):
        return True
    left, right = naive.value(fact.left, letters), naive.value(fact.right, letters)
    return abs(left - right) < mpmath.mpf(10) ** -30 * (1 + abs(left))


RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "!=": operator.ne,
}


def search_in(context: Context) -> Search:
    return Search(Claim(ZERO, "=", ZERO, context), Space([ZERO, ZERO], context), Effort())


def test_what_derives_a_value_does_not_hide_what_else_is_said_of_it() -> None:
    """x = exp(a), and x < 0 or x + y = 1."""
    power_of_e = Equation(x, exp(a))
    assert sample(claim(x, exp(a), given(power_of_e))).points > 0
    assert sample(claim(x, exp(a), given(power_of_e, Sign(x, "<")))).points == 0
    both = given(power_of_e, Equation(plus(x, y), ONE))
    assert sample(claim(y, minus(ONE, exp(a)), both)).contradiction is None
    assert (
        sample(claim(minus(y, x), ONE, both)).points == 0 or refute(claim(y, x, both)) is not None
    )


def test_balls_show_no_equation_and_no_contradiction() -> None:
    """log 2 + log 3 = log 6 is true, and cannot be seen to be so."""
    true = given(Equation(plus(log(TWO), log(num(3))), log(num(6))))
    assert hypotheses_have_model(Context(hypotheses=(true,))) is not False


def test_a_sign_for_every_position_of_what_is_defined_there_only() -> None:
    positive = given(Sign(s(i), ">", (i,)))
    assert sample(claim(z(i), z(i), positive, definitions=(SOFTMAX,))).points > 0


VALUES: dict[str, tuple[Any, bool, bool, bool]] = {
    "-1": (fmpq(-1), True, False, False),
    "0": (fmpq(0), False, True, False),
    "1": (fmpq(1), False, False, True),
    "a half": (fmpq(1, 2), False, False, True),
    "minus a half": (fmpq(-1, 2), True, False, False),
    "a ball below": (arb("-1", "0.1"), True, False, False),
    "a ball above": (arb("1", "0.1"), False, False, True),
    "a wide ball": (arb("0", "1"), False, False, False),
    "a ball up to 0": (arb("-1", "1"), False, False, False),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_relation_holds_where_it_is_certain(name: str) -> None:
    value, below, zero, above = VALUES[name]
    told = {r: certain(value, r) for r in ("<", "<=", "=", "!=", ">=", ">")}
    assert told["<"] == below
    assert told["="] == zero
    assert told[">"] == above
    assert told["!="] == (below or above)
    if isinstance(value, fmpq) or below or above:
        assert told["<="] == (below or zero)
        assert told[">="] == (zero or above)
    assert not (told["<="] and told[">="] and not zero)


@pytest.mark.parametrize("name", [n for n in WITH_MODEL if "thirty" not in n])
def test_the_same_data_every_time(name: str) -> None:
    """Whether the hypotheses were met before or not."""
    for side in (plus(t(i), z(i)), times(z(i), t(i))):
        same_claim = claim(times(t(i), z(i)), side, given(*WITH_MODEL[name]))
        assert sample(same_claim) == sample(same_claim)


@pytest.mark.parametrize("classes", [1, 2, 3, 4, 5, 6, 8, 10])
def test_the_uniform_distribution_over_a_few_classes(classes: int) -> None:
    share = num(Fraction(1, classes))
    uniform = given(Equation(summed(i, t(i)), ONE), Equation(t(i), share, (i,)))
    assert hypotheses_have_model(Context(hypotheses=(uniform,))) is True
    found = refute(claim(t(i), plus(share, share), uniform))
    assert found is not None
    assert found.sizes == {"N": classes}
    assert sample(claim(t(i), share, uniform)).contradiction is None


def test_roots_of_one_sign_are_all_found_at_once() -> None:
    """Twelve squares that are 1, of negative numbers: not by trying out the signs."""
    ones = given(Equation(power(z(i), 2), ONE, (i,)), Sign(z(i), "<", (i,)), AtLeast("N", 12))
    assert hypotheses_have_model(Context(hypotheses=(ones,))) is True
    found = refute(claim(z(i), ONE, ones))
    assert set(values(found, "z")) == {Fraction(-1)}


def test_a_component_that_stands_alone_in_an_equation_is_solved_for() -> None:
    """x^2 y + z^3 = 1/7 and a^2 + x = 5/11 leave no guess for the ones with squares."""
    for equation in (
        plus(times(power(a, 2), b), c),
        plus(times(power(b, 2), c), a),
        plus(power(c, 3), times(a, b)),
        plus(b, times(power(a, 2), power(c, 2))),
    ):
        seventh = given(Equation(equation, num("1/7")), Sign(a, "!="), Sign(b, "!="), Sign(c, "!="))
        assert hypotheses_have_model(Context(hypotheses=(seventh,))) is True
        assert sample(claim(equation, num("1/7"), seventh)).contradiction is None


def test_a_fact_about_many_different_letters_is_given_up_in_time() -> None:
    """There are no twelve different positions among four, and looking for them is work too."""
    letters = tuple(Index(f"n{n}", "N") for n in range(12))
    apart = tuple((u, v) for n, u in enumerate(letters) for v in letters[:n])
    fact = Equation(times(*map(z, letters)), ZERO, letters, apart)
    survey = sample(claim(x, x, given(fact, AtLeast("N", 4))))
    assert survey.reason == "too many operations"


def test_a_hypothesis_about_an_open_function() -> None:
    """E(x) > 0 is checked at each point; it cannot be solved for."""
    open_e = Unknown("E", (), ("x",))
    positive = given(Sign(var("E"), ">"), Equation(a, TWO))
    right = claim(var("E"), ZERO, positive, unknowns=(open_e,), relation=">")
    assert sample(right).points > 4
    assert refute(right) is None
    assert refute(claim(var("E"), a, positive, unknowns=(open_e,))) is not None


def test_what_is_known_beside_what_is_computed() -> None:
    """x = 2 and y = e^a: the one is solved, the other computed."""
    both = given(Equation(x, TWO), Equation(y, exp(a)))
    assert sample(claim(times(x, log(y)), times(TWO, a), both)).points > 4
    assert refute(claim(times(x, log(y)), a, both)) is not None
