"""Random terms of the whole language: balls and dual numbers against plain differences."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
from flint import arb
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from derive.logic.problem import Context, Definition
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    IndexTerm,
    Label,
    Maximum,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
    children,
)
from derive.refuter.evaluate import CannotEvaluate, Undefined, at, evaluate
from tests.refuter.formulas import exp, i, j, k, over, plus, power, q, summed, times, x, z
from tests.refuter.naive import DIGITS, FUNCTIONS, Naive, NoNumber

LETTERS = (i, j, k)
CLASS = Label("c", (), "N")
U = Variable("u", ())
DEFINITIONS = (
    Definition("s", (i,), (), over(exp(z(i)), summed(j, exp(z(j))))),
    Definition("f", (), ("u",), times(U, exp(times(U, Variable("b", ()))))),
    Definition("g", (), ("u", "v"), plus(power(U, 2), times(U, Variable("v", ()), x))),
    Definition("h", (i,), (), plus(z(i), times(x, Variable("h", (Shift(i, -1),))))),
)
CONTEXT = Context(DEFINITIONS)

small = st.fractions(min_value=-3, max_value=3, max_denominator=5)
letters = st.sampled_from(LETTERS)
places: st.SearchStrategy[IndexTerm] = st.one_of(
    letters, st.sampled_from([Position(1, "N"), Position(0, "N"), CLASS])
)
leaves: st.SearchStrategy[Term] = st.one_of(
    small.map(Number),
    st.just(Size("N")),
    st.just(x),
    places.map(z),
    places.map(z),
    places.map(lambda n: Variable("s", (n,))),
    places.map(lambda n: Variable("h", (n,))),
    places.map(lambda n: Variable("w", (n, q))),
    st.builds(Delta, places, places),
)


def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """One level more."""
    excluded = st.lists(places, max_size=2).map(tuple)
    plain = st.one_of(st.just(x), places.map(z))
    defined = places.map(lambda n: Variable("s", (n,)))
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda t: Add(tuple(t))),
        st.lists(inner, min_size=2, max_size=3).map(lambda t: Mul(tuple(t))),
        st.builds(Pow, inner, st.sampled_from([-2, -1, 0, 1, 2, 3]).map(Fraction).map(Number)),
        st.builds(Pow, inner, st.sampled_from(["1/2", "-1/2", "3/2"]).map(Fraction).map(Number)),
        st.builds(lambda f, t: Function(f, (t,)), st.sampled_from([*FUNCTIONS, "log"]), inner),
        st.builds(Sum, letters, excluded, inner),
        st.builds(Product, letters, excluded, inner),
        st.builds(Maximum, letters, excluded, inner),
        st.builds(Derivative, inner, plain),
        st.builds(Derivative, inner, defined),
        st.builds(lambda t, n: Application("f", (), (t,), (n,)), inner, st.integers(0, 2)),
        st.builds(
            lambda s, t, n: Application("g", (), (s, t), n),
            inner,
            inner,
            st.sampled_from([(0, 0), (1, 0), (0, 1), (1, 1)]),
        ),
    )


terms = st.recursive(leaves, grown, max_leaves=8)


@st.composite
def points(draw: st.DrawFn) -> dict[str, Any]:
    """Sizes, positions and data."""
    size = draw(st.integers(1, 3))
    place = st.integers(1, size)
    data = {("z", (n,)): draw(small) for n in range(1, size + 1)}
    data |= {("w", (n, m)): draw(small) for n in range(1, size + 1) for m in (1, 2)}
    data |= {(name, ()): draw(small) for name in ("x", "b", "v")} | {("h", (0,)): draw(small)}
    return {
        "sizes": {"N": size, "M": 2},
        "data": data,
        "labels": {("c", ()): draw(place)},
        "free": {letter: draw(place) for letter in LETTERS} | {q: draw(st.integers(1, 2))},
    }


def derivatives(term: Term) -> int:
    """How deep derivatives are nested, those of applications included."""
    own = isinstance(term, Derivative) + (sum(term.orders) if isinstance(term, Application) else 0)
    return own + max((derivatives(child) for child in children(term)), default=0)


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(terms, points())
def test_two_evaluators_agree(term: Term, point: dict[str, Any]) -> None:
    if derivatives(term) > 2:
        return
    try:
        ball = evaluate(
            term,
            CONTEXT,
            at(point["sizes"], point["data"], point["free"], point["labels"]),
            operations=200_000,
        )
    except CannotEvaluate as why:
        note(str(why))
        return
    naive = Naive(CONTEXT, point["sizes"], point["data"], point["labels"], point["free"])
    with mpmath.workdps(DIGITS):
        try:
            number = naive.value(term, point["free"])
        except NoNumber:
            # A difference may step out of the domain, but then it was at its edge.
            assert isinstance(ball, Undefined)
            return
        if isinstance(ball, Undefined):
            assert derivatives(term) or "0^0" in ball.reason, ball.reason
            return
        assert isinstance(ball, arb)
        middle = mpmath.mpf(ball.mid().str(60, radius=False))
        assert abs(middle - number) <= mpmath.mpf(10) ** -20 * (1 + abs(number))
