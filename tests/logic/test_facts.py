"""Signs and definedness: what is certain is true at sampled points, and what is not stays open."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from flint import arb

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Condition, Facts, instance, match
from derive.logic.problem import (
    AtLeast,
    Context,
    Definition,
    Equation,
    Hypothesis,
    Sign,
    Unknown,
)
from derive.logic.terms import (
    Index,
    IndexTerm,
    Label,
    Maximum,
    Position,
    Product,
    Shift,
    Term,
    canonical,
)
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate
from tests.random_terms import CONTEXT, FREE, random_term
from tests.refuter.formulas import (
    MINUS,
    ONE,
    TWO,
    ZERO,
    N,
    a,
    apply,
    b,
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

u, v, w = var("u"), var("v"), var("w")
SIGNS = given(Sign(u, ">"), Sign(v, ">="), Sign(w, "<"), Sign(var("p", i), ">", (i,)))
FACTS = Facts(Context((), (SIGNS,)))


def p(index: IndexTerm) -> Term:
    return var("p", index)


def facts(*hypotheses: Hypothesis, definitions: tuple[Definition, ...] = ()) -> Facts:
    return Facts(Context(definitions, (SIGNS, *hypotheses)))


# ------------------------------------------------------------------ signs


@pytest.mark.parametrize(
    "term",
    [
        ONE, num("1/7"), N, u, exp(x), power(u, "1/2"), power(u, x), power(u, -3), times(u, u),
        over(ONE, u), plus(u, v), plus(ONE, power(x, 2)), neg(w),
        summed(i, exp(z(i))), summed(i, p(i)), p(j), p(k), p(Position(1, "N")),
        Product(i, (), p(i)), Product(i, (k,), p(i)), plus(over(u, plus(u, ONE)), ONE),
        fn("sigmoid", x), fn("softplus", x), fn("cosh", x), minus(TWO, num("1/2")),
        over(minus(TWO, ONE), plus(ONE, power(x, 2))), plus(times(u, power(x, 2)), u),
        plus(over(u, plus(v, ONE)), v), log(TWO), log(num("3/2")), Maximum(i, (k,), p(i)),
    ],
)  # fmt: skip
def test_positive(term: Term) -> None:
    assert FACTS.positive(canonical(term))
    assert FACTS.nonnegative(canonical(term))
    assert FACTS.nonzero(canonical(term))


@pytest.mark.parametrize(
    "term",
    [
        ZERO, v, delta(i, k), power(x, 2), power(minus(x, y), 4), plus(v, power(x, 2)),
        fn("abs", x), fn("relu", x), times(u, v), summed(i, p(i), k), summed(i, power(z(i), 2)),
        summed(i, exp(z(i)), k), power(v, "1/2"), times(delta(i, k), u), fn("step", x),
        Product(i, (), power(z(i), 2)), log(ONE), over(times(x, x), power(plus(x, ONE), 2)),
        Maximum(i, (), power(z(i), 2)),
    ],
)  # fmt: skip
def test_not_negative_but_perhaps_zero(term: Term) -> None:
    assert FACTS.nonnegative(canonical(term))
    assert not FACTS.positive(canonical(term))
    assert not FACTS.nonzero(canonical(term))


@pytest.mark.parametrize(
    "term",
    [
        x, MINUS, neg(u), w, minus(u, v), minus(ONE, u), power(x, 3), power(z(i), -1), times(x, u),
        summed(i, z(i)), log(u), fn("sin", x), fn("tanh", u), minus(power(x, 2), ONE),
        times(u, w), apply("f", u), d(exp(x), x), power(x, y), Maximum(i, (), z(i)),
        over(u, plus(x, ONE)), over(u, power(plus(x, ONE), 3)), log(num("1/2")),
        Product(i, (), z(i)), plus(power(x, 2), times(TWO, x), ONE), minus(N, ONE), neg(N),
    ],
)  # fmt: skip
def test_of_no_known_sign(term: Term) -> None:
    assert not FACTS.nonnegative(canonical(term))
    assert not FACTS.positive(canonical(term))


@pytest.mark.parametrize("term", [num(-3), w, neg(u), power(w, 2), power(w, -1), times(u, w),
                                  log(num("1/2"))])  # fmt: skip
def test_not_zero(term: Term) -> None:
    assert FACTS.nonzero(canonical(term))


@pytest.mark.parametrize("term", [ZERO, x, v, minus(u, u), minus(u, ONE), times(x, u), z(i)])
def test_perhaps_zero(term: Term) -> None:
    assert not FACTS.nonzero(canonical(term))


def test_a_sum_that_may_be_empty_is_not_positive() -> None:
    one_left_out = canonical(summed(j, exp(z(j)), k))
    assert not FACTS.positive(one_left_out)
    assert facts(given(AtLeast("N", 2))).positive(one_left_out)
    assert not facts(given(AtLeast("M", 2))).positive(one_left_out)
    assert not facts(given(AtLeast("N", 1))).positive(one_left_out)
    two_left_out = canonical(summed(j, exp(z(j)), i, k))
    assert not facts(given(AtLeast("N", 2))).positive(two_left_out)
    assert facts(given(AtLeast("N", 2)), given(AtLeast("N", 3))).positive(two_left_out)
    assert facts(given(Equation(N, TWO))).positive(one_left_out)
    only_for_some = Equation(N, TWO, (), ((i, j),))  # N = 2 where i != j
    assert not facts(given(only_for_some)).positive(one_left_out)


def test_the_letters_of_a_hypothesis() -> None:
    about_one = given(Sign(var("q", i), ">"))  # about the i of the claim alone
    about_all = given(Sign(var("q", i), ">", (i,)))
    assert facts(about_one).positive(var("q", i))
    assert not facts(about_one).positive(var("q", j))
    assert facts(about_all).positive(var("q", j))
    assert not facts(about_all).positive(var("q", Index("j", "M")))  # another range
    assert not facts(about_all).positive(var("q", Shift(j, 1)))  # perhaps out of range
    matrix = given(Sign(var("q", i, j), ">", (i, j)))
    assert facts(matrix).positive(var("q", k, k))
    same = given(Sign(var("q", i, i), ">", (i,)))
    assert facts(same).positive(var("q", k, k))
    assert not facts(same).positive(var("q", j, k))


@pytest.mark.parametrize(
    ("relation", "positive", "nonnegative", "nonzero"),
    [(">", True, True, True), (">=", False, True, False), ("!=", False, False, True)],
)
def test_what_a_relation_says(
    relation: str, positive: bool, nonnegative: bool, nonzero: bool
) -> None:
    known = facts(given(Sign(a, relation)))  # type: ignore[arg-type]
    assert known.positive(a) is positive
    assert known.nonnegative(a) is nonnegative
    assert known.nonzero(a) is nonzero
    assert not known.positive(b)
    flipped = {">": "<", ">=": "<="}.get(relation)
    if flipped:
        below = facts(given(Sign(a, flipped)))  # type: ignore[arg-type]
        minus_a = canonical(neg(a))
        assert below.positive(minus_a) is positive
        assert below.nonnegative(minus_a) is nonnegative
        assert below.nonzero(a) is nonzero
        assert not below.nonnegative(a)


def test_signs_by_definition() -> None:
    square = Definition("s", (i,), (), power(z(i), 2))
    shifted = Definition("r", (), (), plus(ONE, summed(i, var("s", i))))
    known = facts(definitions=(square, shifted))
    assert known.nonnegative(var("s", j))
    assert not known.positive(var("s", j))
    assert known.positive(var("r"))
    assert not known.positive(var("s", i, j))  # other indices than those it is defined with


def test_what_is_not_negative_and_not_zero_is_positive() -> None:
    assert facts(given(Sign(v, "!="))).positive(v)
    assert not facts(given(Sign(x, "!="))).positive(x)


def test_what_was_asked_before_all_was_told_is_asked_again() -> None:
    """To write the first fact down, the sign of a is asked, which the second fact tells."""
    both = (Sign(sqrt(times(a, b)), ">"), Sign(a, ">"))
    assert Facts(Context((), (given(*both),))).positive(a)


def test_a_sign_of_what_has_no_value_is_kept_as_it_stands() -> None:
    nowhere = over(ONE, minus(x, x))
    known = facts(given(Sign(nowhere, ">")))
    assert Condition(">", canonical(nowhere)) in known.conditions
    assert known.positive(u)


def test_a_recurrence_may_begin_in_any_of_its_indices() -> None:
    before = Shift(k, -1)
    recurrence = Definition("h", (i, k), (), var("h", i, before))
    known = facts(definitions=(recurrence,))
    assert known.unfolded("h", (i, k)) is var("h", i, before)
    with pytest.raises(Refused, match="recurrence"):
        known.unfolded("h", (i, before))


def test_effort_that_is_used_up_leaves_open_where_a_term_is_defined() -> None:
    known = facts()
    known.arithmetic.effort = 0
    term = power(plus(x, y), -1)
    assert known.requires(term) == {Condition("defined", term)}
    assert not known.total(term)
    assert not known.positive(minus(a, b))
    assert not known.nonnegative(minus(a, b))


def test_the_derivative_of_an_open_quantity_by_what_it_depends_on_is_defined() -> None:
    known = Facts(Context((), (), (Unknown("L", (), ("z",)),)))
    assert known.total(d(var("L"), z(k)))
    assert not known.total(d(var("L"), x))


def test_a_definition_that_leads_back_to_itself_says_nothing() -> None:
    circular = Definition("c", (), (), var("c"))
    known = facts(definitions=(circular,))
    assert not known.positive(var("c"))
    assert not known.total(var("c"))


# ------------------------------------------------------------------ where a term is defined


@pytest.mark.parametrize(
    "term",
    [
        x, exp(x), over(ONE, u), over(ONE, w), log(u), log(exp(x)), sqrt(v), sqrt(power(x, 2)),
        power(u, x), summed(i, over(ONE, p(i))), over(x, plus(ONE, power(y, 2))),
        power(x, 3), power(x, 0), Maximum(i, (), z(i)), log(summed(i, exp(z(i)))),
        over(ONE, times(u, w)), fn("abs", x), summed(i, log(p(i)), k), power(ZERO, 2),
    ],
)  # fmt: skip
def test_defined_everywhere(term: Term) -> None:
    assert FACTS.total(canonical(term))


@pytest.mark.parametrize(
    "term",
    [
        over(ONE, x), over(ONE, v), log(x), log(v), log(w), sqrt(x), sqrt(w), power(v, "-1/2"),
        power(x, y), summed(i, over(ONE, z(i))), Maximum(i, (k,), z(i)), over(ONE, ZERO),
        d(fn("abs", x), x), z(Shift(i, 1)), z(Position(2, "N")), z(Position(-1, "N")),
        log(summed(i, exp(z(i)), k)), fn("arcsin", x), summed(i, log(z(i)), k),
        over(ONE, minus(u, ONE)), times(ZERO, over(ONE, x)), exp(over(ONE, x)), fn("unheard", x),
        over(ONE, times(u, x)),
    ],
)  # fmt: skip
def test_perhaps_undefined(term: Term) -> None:
    assert not FACTS.total(canonical(term))


def test_conditions_are_named() -> None:
    assert FACTS.requires(log(x)) == {Condition(">", x)}
    assert FACTS.requires(sqrt(x)) == {Condition(">=", x)}
    assert FACTS.requires(power(x, "-1/2")) == {Condition(">", x)}
    assert FACTS.requires(over(ONE, times(x, y))) == {Condition("!=", x), Condition("!=", y)}
    assert FACTS.requires(plus(log(x), over(ONE, x))) == {Condition(">", x), Condition("!=", x)}
    assert FACTS.requires(x) == frozenset()


def test_conditions_under_a_sum_are_about_every_position() -> None:
    (condition,) = FACTS.requires(canonical(summed(i, log(z(i)))))
    assert condition.relation == ">"
    (letter,) = condition.every
    assert condition.term is z(letter)
    given_them = Facts(Context(), frozenset((condition,)))
    assert given_them.positive(z(k))
    assert given_them.total(canonical(log(z(k))))


def test_of_a_sum_with_exclusions_only_the_whole_is_said_to_be_defined() -> None:
    """Σ_{j≠k} log z_j says nothing about z_k, nor at N = 1 about anything."""
    conditions = FACTS.requires(canonical(summed(j, log(z(j)), k)))
    assert {condition.relation for condition in conditions} == {"defined"}
    one_is_certain = canonical(summed(j, times(log(z(j)), over(ONE, p(j))), k))
    assert {condition.relation for condition in FACTS.requires(one_is_certain)} == {"defined"}
    assert not Facts(Context(), conditions).positive(z(i))


def test_a_definition_is_defined_where_its_body_is() -> None:
    definition = Definition("s", (i,), (), log(z(i)))
    known = facts(definitions=(definition,))
    assert known.requires(var("s", k)) == {Condition(">", z(k))}
    function = Definition("f", (), ("v",), over(ONE, var("v")))
    known = facts(definitions=(function,))
    assert known.requires(apply("f", x)) == {Condition("!=", x)}
    assert not known.total(apply("f", x, orders=(1,)))
    two = Definition("g", (), ("v", "w"), plus(over(ONE, var("w")), var("v")))
    known = facts(definitions=(two,))
    assert known.requires(apply("g", x, y)) == {Condition("!=", y)}
    assert Condition("defined", apply("g", x, y, orders=(1, 0))) in known.requires(
        apply("g", x, y, orders=(1, 0))
    )


def test_an_open_quantity_is_defined_where_what_it_depends_on_is() -> None:
    inverse = Definition("r", (i,), (), over(ONE, z(i)))
    smooth = Definition("r", (i,), (), exp(z(i)))
    for definition, total in ((inverse, False), (smooth, True)):
        context = Context((definition,), (), (Unknown("L", (), ("r",)),))
        assert Facts(context).total(var("L")) is total


def test_what_is_certain_holds_at_sampled_points() -> None:
    """Signs and definedness of random terms against balls, at N = 1, 2, 3."""
    rng = Random(11)
    known = Facts(CONTEXT)
    signs = total = 0
    for _ in range(400):
        term = canonical(random_term(rng, 4))
        claims = {
            "positive": known.positive(term),
            "nonnegative": known.nonnegative(term),
            "nonzero": known.nonzero(term),
            "total": known.total(term),
        }
        if not any(claims.values()):
            continue
        for size in (1, 2, 3):
            places = range(1, size + 1)
            data = {
                ("x", ()): Fraction(rng.randint(-2, 2)),
                ("s", ()): Fraction(rng.randint(-1, 1)),
            }
            for place in places:
                data["z", (place,)] = Fraction(rng.randint(-2, 2))
                data["p", (place,)] = Fraction(rng.randint(1, 9), 4)
                data["t", (place,)] = Fraction(rng.randint(-2, 2))
            data["t", (size,)] = 1 - sum(data["t", (place,)] for place in places[:-1])
            point = at({"N": size}, data, {letter: rng.choice(places) for letter in FREE})
            try:
                value = evaluate(term, CONTEXT, point)
            except CannotEvaluate:
                continue
            if isinstance(value, Undefined):
                assert not claims["total"], f"{term} is undefined: {value.reason}"
                continue
            total += claims["total"]
            if isinstance(value, arb):
                signs += claims["nonnegative"]
                assert not (claims["positive"] and value <= 0), term
                assert not (claims["nonnegative"] and value < 0), term
                assert not (claims["nonzero"] and value == 0), term
    assert signs > 100
    assert total > 200


# ------------------------------------------------------------------ names


def test_ancestors() -> None:
    y_of = Definition("y", (i,), (), over(exp(z(i)), summed(j, exp(z(j)))))
    loss = Definition("L", (), (), neg(summed(i, times(t(i), log(var("y", i))))))
    open_ = Unknown("M", (), ("y",))
    known = Facts(Context((y_of, loss), (), (open_,)))
    assert known.ancestors({"L"}) == {"L", "t", "y", "z"}
    assert known.ancestors({"L"}, {"y"}) == {"L", "t", "y"}
    assert known.ancestors({"M"}) == {"M", "y", "z"}
    assert known.ancestors({"M"}, {"M"}) == {"M"}
    assert known.ancestors({"q"}) == {"q"}


def test_what_may_be_constant_at_some_points() -> None:
    assert FACTS.varies(summed(j, z(j)))
    assert not FACTS.varies(summed(j, z(j), k))
    assert not FACTS.varies(plus(x, d(exp(x), x)))
    hidden = Definition("h", (), (), summed(j, z(j), Position(1, "N")))
    assert not facts(definitions=(hidden,)).varies(var("h"))
    assert facts(definitions=(hidden,)).varies(x)


def test_which_positions_there_are() -> None:
    assert FACTS.has(i)
    assert FACTS.has(Position(1, "N"))
    assert FACTS.has(Position(0, "N"))
    assert FACTS.has(Label("c", (i,), "N"))
    assert not FACTS.has(Position(2, "N"))
    assert not FACTS.has(Position(-1, "N"))
    assert not FACTS.has(Shift(i, 1))
    assert not FACTS.has(Label("c", (Shift(i, 1),), "N"))


def test_a_larger_n_has_more_positions() -> None:
    two = facts(given(AtLeast("N", 2)))
    assert two.has(Position(2, "N"))
    assert two.has(Position(-1, "N"))
    assert two.has(Label("c", (Position(2, "N"),), "M"))
    assert not two.has(Position(3, "N"))
    assert not two.has(Position(-2, "N"))
    assert not two.has(Position(2, "M"))
    assert not two.has(Shift(i, 1))


def test_an_instance_of_a_definition() -> None:
    definition = Definition("s", (i,), ("v",), times(var("v"), summed(j, times(z(i), z(j)))))
    assert canonical(instance(definition, (k,), x)) is canonical(
        times(x, summed(j, times(z(k), z(j))))
    )
    inner = canonical(instance(definition, (j,), z(j)))  # neither j is captured by the sum
    assert inner is canonical(times(z(j), summed(i, times(z(j), z(i)))))
    with pytest.raises(Refused):
        instance(definition, (k,))
    with pytest.raises(Refused):
        instance(definition, (i, k), x)
    with pytest.raises(Refused):
        instance(None, ())
    with pytest.raises(Refused, match="leaves an index open"):
        instance(Definition("s", (), (), z(i)), ())
    slope = Definition("f", (), ("v",), d(power(var("v"), 2), var("v")))
    with pytest.raises(Refused, match="differentiates"):
        instance(slope, (), x)


def test_matching() -> None:
    found: dict[Index, IndexTerm | None] = {i: None, j: None}
    assert match(times(z(i), z(j)), times(z(k), z(k)), found)
    assert found == {i: k, j: k}
    assert not match(times(z(i), z(i)), times(z(k), z(j)), {i: None})
    assert not match(z(i), z(Index("k", "M")), {i: None})
    assert not match(z(i), z(Shift(k, 1)), {i: None})
    assert not match(z(i), t(k), {i: None})
    assert not match(z(i), plus(z(k), z(k)), {i: None})
    assert not match(plus(z(i), z(i)), plus(z(k), z(k), z(k)), {i: None})
    assert not match(z(i), z(k), {})  # no letter to be filled
    assert match(power(z(i), 2), power(z(Position(1, "N")), 2), {i: None})
    assert not match(power(z(i), 2), power(z(k), 3), {i: None})
