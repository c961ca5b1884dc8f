"""Which points count, and when it is said that there are none."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import exp as e_to
from math import isclose

import pytest

from derive.logic.problem import AtLeast, Context, Definition, Different, Equation, Sign, Unknown
from derive.logic.terms import Index, Label, Position
from derive.refuter.evaluation import precision
from derive.refuter.occurrences import Occurrences
from derive.refuter.point import Point
from derive.refuter.refute import hypotheses_have_model, refute, sample
from derive.refuter.space import Space
from tests.refuter.formulas import (
    ONE,
    SOFTMAX,
    TWO,
    ZERO,
    N,
    a,
    apply,
    claim,
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
    p,
    plus,
    power,
    s,
    same,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)


def test_one_very_large_size_is_out_of_reach() -> None:
    both = claim(times(summed(i, z(i)), summed(p, var("v", p))), ZERO,
                 given(AtLeast("M", 10**9), AtLeast("N", 2)))  # fmt: skip
    assert sample(both).reason == "it speaks of very large sizes only"


def test_a_name_that_depends_on_a_letter_without_saying_so() -> None:
    hidden = Definition("D", (), (), power(z(i), 2))
    right = claim(var("D"), power(z(i), 2), definitions=(hidden,))
    assert sample(right).points > 4
    assert refute(right) is None
    assert refute(claim(var("D"), power(z(j), 2), definitions=(hidden,))) is not None


def test_the_first_position_exists_at_every_size() -> None:
    found = refute(claim(summed(j, ONE, Position(1, "N")), ZERO, relation=">"))
    assert found is not None
    assert found.sizes == {"N": 1}


def test_an_open_loss_of_a_vector_that_nothing_else_speaks_of() -> None:
    squares = Definition("u", (p,), (), power(var("v", p), 2))
    wrong = claim(var("E"), ONE, definitions=(squares,), unknowns=(Unknown("E", (), ("u",)),))
    assert refute(wrong) is not None


def test_the_same_hypothesis_about_another_definition() -> None:
    four = given(Equation(y, num(4)))
    square, next_ = Definition("y", (), (), power(x, 2)), Definition("y", (), (), plus(x, ONE))
    for first, second in ((square, next_), (next_, square)):
        for definition in (first, second):
            value = num(3) if definition is next_ else TWO
            size = claim(fn("abs", x), value, four, definitions=(definition,))
            assert sample(size).points > 0
            assert sample(size).contradiction is None


def test_a_label_in_a_hypothesis_takes_every_position() -> None:
    hot = given(Equation(t(i), delta(i, Label("c", (), "N")), (i,)))
    for value in (1, 2, 3):
        wrong = claim(z(Label("c", (), "N")), z(Position(value, "N")), hot)
        assert refute(wrong) is not None
    picked = claim(summed(i, times(t(i), z(i))), z(Label("c", (), "N")), hot)
    assert sample(picked).points > 4
    assert refute(picked) is None


def test_what_is_derived_is_told_as_it_was_computed() -> None:
    found = refute(claim(log(x), neg(a), given(Equation(x, exp(a)))))
    assert found is not None
    assert isclose(float(found.values["x"][0]), e_to(Fraction(found.values["a"][0])), rel_tol=1e-6)


def test_what_is_derived_at_every_position() -> None:
    each = given(Equation(t(i), exp(z(i)), (i,)))
    for letter in (i, k):
        assert sample(claim(log(t(letter)), z(letter), each)).points > 4
        assert refute(claim(log(t(letter)), z(letter), each)) is None
    assert refute(claim(log(t(k)), z(j), each)) is not None


def test_where_what_is_derived_has_no_value_no_point_counts() -> None:
    found = sample(claim(fn("abs", a), a, given(Equation(x, log(a)))))
    assert found.points > 0
    assert found.contradiction is None


def test_points_that_are_admitted() -> None:
    context = Context(hypotheses=(same(i, j), given(Sign(x, ">"), Equation(summed(k, t(k)), ONE))))
    space = Space([z(i), z(j), t(k), x], context)

    def admitted(places: tuple[int, int], x_: int, t_: tuple[str, str]) -> bool:
        values = {("x", ()): x_, ("z", (1,)): 1, ("z", (2,)): 2}
        values |= {("t", (n,)): number for n, number in enumerate(map(Fraction, t_), 1)}
        from derive.refuter.point import rational

        data = {key: rational(number) for key, number in values.items()}
        point = Point({"N": 2}, {i: places[0], j: places[1], k: 1}, data)
        with precision(128):
            return space.admits(point)

    assert admitted((1, 1), 1, ("1/3", "2/3"))
    assert not admitted((1, 2), 1, ("1/3", "2/3"))
    assert not admitted((1, 1), 0, ("1/3", "2/3"))
    assert not admitted((1, 1), 1, ("1/3", "1/3"))


CONTRADICTION = (Sign(x, ">"), Sign(x, "<"))
RANGES = tuple(Sign(var(name, index), ">", (index,))
               for name, index in (("u", i), ("v", p), ("w", Index("r", "R"))))  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_contradiction_at_all_sizes_of_several_ranges(count: int) -> None:
    context = Context((), (given(*CONTRADICTION, *RANGES[:count]),))
    assert Space([ZERO], context).without_model() is True


def test_where_a_contradiction_is_not_certain_it_is_not_said() -> None:
    label, size = Label("c", (), "N"), Equation(summed(i, ONE), num(3))
    for facts in (
        (*CONTRADICTION, *RANGES, Sign(var("y", Index("q", "Q")), ">", (Index("q", "Q"),))),
        (Equation(power(x, 2), TWO),),
        (Equation(t(label), ONE), Equation(t(Position(1, "N")), ZERO)),
        (size,),
        (Equation(summed(i, t(i)), ONE), Sign(t(i), ">", (i,))),
    ):
        context = Context((), (given(*facts),))
        assert Space([ZERO], context).without_model() is False
        assert hypotheses_have_model(context) is not False


def test_signs_of_what_is_defined() -> None:
    both = given(Sign(minus(s(i), ONE), ">", (i,)))
    assert sample(claim(z(i), z(i), both, definitions=(SOFTMAX,))).points == 0


@pytest.mark.parametrize("classes", [6, 7, 30, 1000])
def test_hypotheses_that_hold_for_one_number_of_classes_have_a_model(classes: int) -> None:
    """Σ t_i = 1 and t_i = 1/30 contradict each other for all numbers of classes but 30."""
    whole, share = Equation(summed(i, t(i)), ONE), num(Fraction(1, classes))
    constant = Definition("u", (), (), share)
    for context in (
        Context((), (given(whole, Equation(t(i), share, (i,))),)),
        Context((), (given(whole, Sign(minus(share, t(i)), ">=", (i,))),)),
        Context((constant,), (given(whole, Equation(t(i), var("u"), (i,))),)),
    ):
        assert hypotheses_have_model(context) is not False
        assert Space([ZERO], context).without_model() is False


def test_hypotheses_that_fix_a_size() -> None:
    """N = 3 and N = 4, N = 5/2 and N = 0 have no model; 3 is one for N = 3."""
    for facts, model in (
        ((Equation(N, num(3)), Equation(num(4), N)), False),
        ((Equation(N, num("5/2")),), False),
        ((Equation(N, ZERO),), False),
        ((Equation(num(3), N), Equation(summed(i, t(i)), ONE)), True),
        ((Equation(N, num(3)), Equation(summed(i, ONE), num(4))), False),
    ):
        assert hypotheses_have_model(Context((), (given(*facts),))) is model


def test_a_definition_that_counts_the_classes() -> None:
    """u = 1/N: whether t_i = u and t_1 = 1/9 can both hold is a question of N."""
    share = Definition("u", (), (), over(ONE, N))
    each = Equation(t(i), var("u"), (i,))
    context = Context((share,), (given(each, Equation(t(Position(1, "N")), num("1/9"))),))
    assert Space([ZERO], context).without_model() is False


def test_the_least_size_counts_where_hypotheses_contradict_each_other() -> None:
    facts = (Equation(summed(i, t(i)), ONE), Equation(summed(i, t(i)), TWO), AtLeast("N", 5))
    assert hypotheses_have_model(Context((), (given(*facts),))) is False


def test_the_sizes_that_a_definition_needs_are_told_and_tried() -> None:
    """u_p = x has a component for each p, and v = Σ_p 1/2 is 1 for two of them."""
    constant = Definition("u", (p,), (), x)
    wrong = claim(var("E"), ONE, definitions=(constant,), unknowns=(Unknown("E", (), ("u",)),))
    assert refute(wrong) is not None
    halves = Definition("v", (), (), summed(p, num("1/2")))
    context = Context((halves,), (given(Equation(times(x, var("v")), x), Sign(x, ">")),))
    assert Space([ZERO], context).without_model() is False
    assert hypotheses_have_model(context) is True


def test_a_label_that_a_definition_hides_takes_every_position() -> None:
    """D = t_c, and D = 1: c need not be 1."""
    hidden = Definition("D", (), (), t(Label("c", (), "N")))
    known = given(Equation(var("D"), ONE), Equation(t(Position(1, "N")), ZERO))
    for value in (2, 3):
        wrong = claim(z(Label("c", (), "N")), z(Position(value, "N")), known, definitions=(hidden,))
        assert refute(wrong) is not None
        right = claim(t(Label("c", (), "N")), ONE, known, definitions=(hidden,))
        assert sample(right).points > 0
        assert refute(right) is None


def test_letters_that_a_definition_hides_take_every_position() -> None:
    """D = δ_i2 is 0 for i = 1 only."""
    hidden = Definition("D", (), (), delta(i, Position(2, "N")))
    for value in (ZERO, ONE):
        assert refute(claim(var("D"), value, definitions=(hidden,))) is not None


@pytest.mark.parametrize("row", [1, 2, 0])
def test_the_label_of_each_row_takes_every_position(row: int) -> None:
    """t_p is one-hot at c_p: the first row's label is not always 1, nor the last one's."""
    own = Label("c", (p,), "N")
    hot = given(Equation(var("t", p, i), delta(i, own), (p, i)))
    of_row = Label("c", (Position(row, "M"),), "N")
    for value in (1, 2, 3):
        assert refute(claim(z(of_row), z(Position(value, "N")), hot)) is not None
    assert refute(claim(var("t", Position(row, "M"), of_row), ONE, hot)) is None


def test_a_model_for_one_class_only() -> None:
    """Nonnegative numbers with sum 1, of which the first and the last are 1."""
    ends = [Equation(t(Position(place, "N")), ONE) for place in (1, 0)]
    facts = (Equation(summed(i, t(i)), ONE), Sign(t(i), ">=", (i,)), *ends)
    context = Context((), (given(*facts),))
    assert Space([ZERO], context).without_model() is False
    assert hypotheses_have_model(context) is True


def test_where_there_are_no_positions_at_small_sizes_nothing_is_said() -> None:
    """Four letters that all differ need four positions, five need five."""
    letters = (i, j, k, Index("m", "N"), Index("n", "N"))
    for count in (3, 4, 5):
        apart = [Different(u, v) for u, v in combinations(letters[:count], 2)]
        context = Context((), (given(Equation(power(x, 2), TWO), *apart),))
        assert Space([ZERO], context).without_model() is False


def test_what_is_too_much_work_is_no_contradiction() -> None:
    letters = tuple(Index(f"n{n}", "N") for n in range(12))
    never = given(*CONTRADICTION, Equation(times(*map(z, letters)), ONE, letters))
    assert Space([ZERO], Context((), (never, given(AtLeast("N", 4))))).without_model() is False


def test_the_sizes_that_a_function_needs() -> None:
    """f(u) = u Σ_p v_p speaks of M, though f(x) does not say so."""
    weighted = Definition("f", (), ("u",), times(var("u"), summed(p, var("v", p))))
    found = refute(claim(apply("f", x), x, definitions=(weighted,)))
    assert found is not None
    assert set(found.sizes) == {"M"}
    assert set(found.values) == {"v", "x"}


@pytest.mark.parametrize(("place", "least"), [(1, 1), (2, 2), (5, 5), (0, 1), (-1, 2), (-3, 4)])
def test_how_many_positions_there_must_be(place: int, least: int) -> None:
    seen = Occurrences(z(Position(place, "N")), z(i))
    assert seen.least == {"N": least}
    assert Occurrences(z(Position(place, "N")), z(Position(3, "N"))).least == {"N": max(3, least)}
    survey = sample(claim(z(Position(place, "N")), z(i), given(AtLeast("N", 2)), relation="!="))
    assert survey.contradiction is not None
