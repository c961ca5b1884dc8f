"""Random claims: nothing raises, true ones are never refuted, and refutations can be checked."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
from hypothesis import HealthCheck, given, settings

from derive.logic.problem import Claim, Context, Equation
from derive.logic.terms import (
    Add,
    Binder,
    Derivative,
    Index,
    Mul,
    Sum,
    Term,
    children,
    free_indices,
    fresh_index,
    rebuild,
    substitute,
)
from derive.refuter.counterexample import Counterexample
from derive.refuter.refute import Effort, refute, sample
from tests.refuter.formulas import d, i, j, k, plus, same, times, x, z
from tests.refuter.formulas import given as supposing
from tests.refuter.naive import DIGITS, Naive, NoNumber
from tests.refuter.test_against_naive import CONTEXT, DEFINITIONS, derivatives, terms

QUICK = Effort(operations=60_000, seconds=2, more_rounds=4)

often = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def rewritten(term: Term) -> Term:
    """The same quantity, written differently: sums and products reversed, letters renamed."""

    parts = tuple(map(rewritten, children(term)))
    match term:
        case Add():
            return Add(parts[::-1])
        case Mul():
            return Mul(parts[::-1])
        case Binder(index, excluded, _):
            fresh = fresh_index(index, free_indices(parts[0]) | {i, j, k})
            renamed: Term = type(term)(fresh, excluded[::-1], substitute(parts[0], {index: fresh}))
            return renamed
    return rebuild(term, parts)


@often
@given(terms)
def test_a_rewritten_term_is_the_same(term: Term) -> None:
    survey = sample(Claim(term, "=", rewritten(term), CONTEXT), QUICK)
    assert survey.contradiction is None


@often
@given(terms, terms)
def test_the_product_rule(left: Term, right: Term) -> None:
    by = z(k)
    rule = plus(times(d(left, by), right), times(left, d(right, by)))
    assert refute(Claim(d(times(left, right), by), "=", rule, CONTEXT), QUICK) is None


@often
@given(terms)
def test_the_derivative_of_a_sum_over_an_index_that_does_not_bind_the_variable(term: Term) -> None:
    by = z(k)
    fresh = Index("n", "N")
    body = substitute(term, {i: fresh, j: fresh})
    left, right = Derivative(Sum(fresh, (k,), body), by), Sum(fresh, (k,), Derivative(body, by))
    assert refute(Claim(left, "=", right, CONTEXT), QUICK) is None


@often
@given(terms)
def test_mixed_derivatives_commute(term: Term) -> None:
    if derivatives(term) < 2:
        both = Claim(d(d(term, x), z(k)), "=", d(d(term, z(k)), x), CONTEXT)
        assert refute(both, QUICK) is None


@often
@given(terms)
def test_equal_indices_may_be_exchanged(term: Term) -> None:
    context = Context(DEFINITIONS, (same(i, j),))
    assert refute(Claim(term, "=", substitute(term, {i: j}), context), QUICK) is None


def point_of(found: Counterexample) -> Naive:
    """The point of a counterexample, read from what it tells a person."""
    data: dict[tuple[str, tuple[int, ...]], Fraction] = {}
    labels: dict[tuple[str, tuple[int, ...]], int] = {}
    for name, texts in found.values.items():
        grid = product(*(range(1, size + 1) for size in found.shapes[name]))
        for positions, text in zip(grid, texts, strict=True):
            if name == "c":
                labels[name, positions] = int(text)
            elif name == "h_0":
                data["h", (0,)] = Fraction(text)
            else:
                data[name, positions] = Fraction(text)
    free = {Index(letter, "M" if letter == "q" else "N"): n for letter, n in found.indices.items()}
    return Naive(CONTEXT, found.sizes, data, labels, free)


@often
@given(terms, terms)
def test_a_refutation_can_be_checked_from_what_it_tells(left: Term, right: Term) -> None:
    found = sample(Claim(left, "=", right, CONTEXT), QUICK).contradiction
    if found is None or derivatives(left) > 2 or derivatives(right) > 2:
        return
    naive = point_of(found)
    with mpmath.workdps(DIGITS):
        for term, shown in ((left, found.left), (right, found.right)):
            try:
                number: Any = naive.value(term, naive.free)
            except NoNumber:
                raise AssertionError(f"{term} has no value") from None
            assert abs(number - mpmath.mpf(shown)) <= mpmath.mpf(10) ** -6 * (1 + abs(number))
    assert found.left != found.right


@often
@given(terms, terms)
def test_hypotheses_of_any_kind(left: Term, right: Term) -> None:
    """What is supposed is not refuted."""
    context = Context(DEFINITIONS, (supposing(Equation(left, right)),))
    assert refute(Claim(left, "=", right, context), QUICK) is None
