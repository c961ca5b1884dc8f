"""Points count only where every hypothesis certainly holds; a contradiction is never guessed."""

from __future__ import annotations

import pytest

from derive.logic.problem import Context, Equation, Fact, Same, Sign
from derive.logic.terms import Index, Label
from derive.refuter.refute import hypotheses_have_model, sample
from tests.refuter.formulas import (
    ONE,
    TWO,
    claim,
    fn,
    given,
    i,
    k,
    log,
    p,
    plus,
    power,
    sqrt,
    times,
    var,
    x,
    y,
    z,
)


@pytest.mark.parametrize(
    "fact",
    [
        Sign(plus(sqrt(x), ONE), ">"),
        Sign(plus(log(x), times(y, y)), "!="),
        Equation(times(sqrt(x), y), times(sqrt(x), y)),
    ],
)
def test_where_a_hypothesis_is_undefined_no_point_counts(fact: Fact) -> None:
    """Each fact speaks of x >= 0, so that |x| = x; at x = -1 it has no truth."""
    found = sample(claim(fn("abs", x), x, given(fact)))
    assert found.points > 0
    assert found.contradiction is None


@pytest.mark.parametrize("turned", [False, True])
def test_a_label_that_two_letters_share_ties_them(turned: bool) -> None:
    """c = i and c = k: so z_c = z_i, and z_i = z_k."""
    label = Label("c", (), "N")
    ties = [Same(letter, label) if turned else Same(label, letter) for letter in (i, k)]
    for left, right in ((z(label), z(i)), (z(label), z(k)), (z(i), z(k))):
        found = sample(claim(left, right, given(*ties)))
        assert found.points > 0
        assert found.contradiction is None
        assert sample(claim(left, right, given(ties[0]))).points > 0
    assert sample(claim(z(i), z(k), given(ties[0]))).contradiction is not None


def test_of_many_ranges_no_contradiction_is_claimed() -> None:
    """x^2 = 2 has a model, but no rational one, so none is found."""
    third = Index("r", "R")
    signs = tuple(Sign(var(name, index), ">", (index,))
                  for name, index in (("u", i), ("v", p), ("w", third)))  # fmt: skip
    context = Context((), (given(Equation(power(x, 2), TWO), *signs),))
    assert hypotheses_have_model(context) is None
