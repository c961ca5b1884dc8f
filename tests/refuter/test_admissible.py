"""Points count only where every hypothesis certainly holds; a contradiction is never guessed."""

from __future__ import annotations

import pytest

from derive.logic.problem import Context, Equation, Fact, Sign
from derive.logic.terms import Index
from derive.refuter.refute import hypotheses_have_model, sample
from tests.refuter.formulas import (
    ONE,
    TWO,
    claim,
    fn,
    given,
    i,
    log,
    p,
    plus,
    power,
    sqrt,
    times,
    var,
    x,
    y,
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


def test_of_many_ranges_no_contradiction_is_claimed() -> None:
    """x^2 = 2 has a model, but no rational one, so none is found."""
    third = Index("r", "R")
    signs = tuple(Sign(var(name, index), ">", (index,))
                  for name, index in (("u", i), ("v", p), ("w", third)))  # fmt: skip
    context = Context((), (given(Equation(power(x, 2), TWO), *signs),))
    assert hypotheses_have_model(context) is None
