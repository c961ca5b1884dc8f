"""Contexts that make no sense: whatever they say, the refuter answers, and soon."""

from __future__ import annotations

from fractions import Fraction
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.logic.functions import TABLE
from derive.logic.problem import (
    AtLeast,
    Claim,
    Context,
    Definition,
    Different,
    Equation,
    Fact,
    Hypothesis,
    Same,
    Sign,
    Unknown,
)
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
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
)
from derive.refuter.refute import Effort, hypotheses_have_model, sample

NAMES = ("u", "v", "w", "x")
letters = st.builds(Index, st.sampled_from("ijk"), st.sampled_from("NM"))
plain_index: st.SearchStrategy[IndexTerm] = st.one_of(
    letters,
    st.builds(Position, st.integers(-3, 4), st.sampled_from("NM")),
    st.builds(Shift, letters, st.sampled_from([-2, -1, 1, 2])),
)
index = st.one_of(
    plain_index,
    st.builds(
        Label, st.sampled_from(NAMES), st.lists(plain_index, max_size=2).map(tuple), st.just("N")
    ),
)
some = st.lists(index, max_size=2).map(tuple)
variables = st.builds(Variable, st.sampled_from(NAMES), some)
numbers = st.one_of(
    st.fractions(-3, 3, max_denominator=4),
    st.sampled_from([Fraction(10**30), Fraction(1, 10**30), Fraction(10**13)]),
).map(Number)
leaves: st.SearchStrategy[Term] = st.one_of(
    variables, variables, numbers, st.sampled_from("NM").map(Size), st.builds(Delta, index, index)
)


@st.composite
def applications(draw: st.DrawFn, inner: st.SearchStrategy[Term]) -> Term:
    arguments = tuple(draw(st.lists(inner, max_size=2)))
    orders = tuple(draw(st.integers(0, 2)) for _ in arguments)
    return Application(draw(st.sampled_from(NAMES)), draw(some), arguments, orders)


def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """One level more."""
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda t: Add(tuple(t))),
        st.lists(inner, min_size=2, max_size=3).map(lambda t: Mul(tuple(t))),
        st.builds(Pow, inner, inner),
        st.builds(Pow, inner, numbers),
        st.builds(lambda f, t: Function(f, (t,)), st.sampled_from(sorted(TABLE)), inner),
        st.builds(
            lambda f, t: Function(f, tuple(t)),
            st.sampled_from(["pi", "f"]),
            st.lists(inner, max_size=2),
        ),
        st.builds(Sum, letters, some, inner),
        st.builds(Product, letters, some, inner),
        st.builds(Maximum, letters, some, inner),
        st.builds(Derivative, inner, variables),
        applications(inner),
    )


terms = st.recursive(leaves, grown, max_leaves=6)
every = st.lists(letters, max_size=2, unique=True).map(tuple)
pairs = st.lists(st.tuples(index, index), max_size=1).map(tuple)
facts: st.SearchStrategy[Fact] = st.one_of(
    st.builds(Equation, terms, terms, every, pairs),
    st.builds(Equation, variables, terms, every, pairs),
    st.builds(Sign, terms, st.sampled_from([">", ">=", "!=", "<", "<="]), every),
    st.builds(Same, index, index),
    st.builds(Different, index, index),
    st.builds(AtLeast, st.sampled_from("NM"), st.integers(0, 5)),
)
definitions = st.builds(
    Definition,
    st.sampled_from(NAMES),
    st.lists(letters, max_size=2, unique=True).map(tuple),
    st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple),
    terms,
)
unknowns = st.builds(
    Unknown,
    st.sampled_from(NAMES),
    st.lists(letters, max_size=1).map(tuple),
    st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple),
)
contexts = st.builds(
    Context,
    st.lists(definitions, max_size=3).map(tuple),
    st.lists(
        st.lists(facts, min_size=1, max_size=2).map(lambda f: Hypothesis(tuple(f), "")), max_size=2
    ).map(tuple),
    st.lists(unknowns, max_size=2).map(tuple),
)
relations = st.sampled_from(["=", "!=", "<", ">", "<=", ">="])
claims = st.builds(Claim, terms, relations, terms, contexts)


@pytest.mark.hurried
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(claims)
def test_there_is_an_answer(claim: Claim) -> None:
    start = process_time()
    effort = Effort(operations=20_000, seconds=1, more_rounds=3)
    survey = sample(claim, effort)
    model = hypotheses_have_model(claim.context, effort)
    assert survey.contradiction is None or survey.model is True
    assert not (survey.points and model is False)
    assert process_time() - start < 20
