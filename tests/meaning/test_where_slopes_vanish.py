"""Where a slope is said to vanish, what solves an equation, and what constraints decide."""

from __future__ import annotations

import pytest

import derive
from derive.prover.verdict import Judgement

PARABOLA = r"Let $f(x) = x^2 - 2x$. The derivative is $f'(x) = 2x - 2$"


def last(text: str) -> Judgement:
    return derive.check(text).judgements[-1]


@pytest.mark.parametrize("value", ["1", "2"])
@pytest.mark.parametrize(
    "words",
    [
        ", which vanishes for $x = {}$.",
        " and vanishes when $x = {}$.",
        ", which is zero if $x = {}$.",
        ", which equals zero at $x = {}$.",
        ". It is zero exactly when $x = {}$.",
    ],
)
def test_where_a_slope_vanishes_is_claimed(words: str, value: str) -> None:
    """It vanishes at 1 and nowhere else: neither is a hypothesis, nor a definition of x."""
    found = last(PARABOLA + words.format(value))
    assert found.verdict is not None
    assert found.verdict.outcome == "unproved"


@pytest.mark.parametrize("words", ["The roots are", "The equation $f(x) = 0$ has the solutions"])
def test_roots_are_claimed(words: str) -> None:
    """x (x - 2) is zero at 0 and 2, and not at 0 and 3."""
    report = derive.check(rf"Let $f(x) = x^2 - 2x$. {words} $x = 0$ and $x = 3$.")
    kinds = [one.statement.kind for one in report.judgements]
    assert "hypothesis" not in kinds
    assert all(one.verdict is None or one.verdict.outcome == "unproved" for one in report.claims)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Suppose $2x = 6$. Then $x = 3$ and $x = 5$.", "refuted"),
        (r"Suppose $2x = 6$. Then $x = 3$ and $4x = 12$.", "proved"),
        (r"Suppose $2x = 6$. Then $4x = 12$, and $x = 3$.", "proved"),
    ],
)
def test_each_of_a_list_follows(text: str, verdict: str) -> None:
    """ "Then" is said of all formulas that "and" joins: of 2x = 6 follows x = 3 alone."""
    found = last(text)
    assert found.verdict is not None
    assert found.verdict.outcome == verdict


def test_a_constraint_alone_refutes_no_solution() -> None:
    """The least x^2 + y^2 with x + y = 1 is at x = y = 1/2, where 2x = lambda = 1."""
    report = derive.check(
        r"We minimise $x^2 + y^2$ subject to $x + y = 1$. Let "
        r"$L = x^2 + y^2 - \lambda (x + y - 1)$. Then $2x = \lambda$ and $2y = \lambda$, so "
        r"$x = y = \frac{1}{2}$ and $\lambda = 1$."
    )
    assert {step.verdict.outcome for step in report.claims if step.verdict} == {"unproved"}


@pytest.mark.parametrize("multiplier", ["y", "x"])
def test_what_slopes_set_to_zero_give_defines_nothing(multiplier: str) -> None:
    """Nor is x = 5 refuted by it: x y is largest with x + y = 10 at x = y = 5."""
    report = derive.check(
        r"The Lagrangian is $L = xy - \lambda (x + y - 10)$. Setting the derivatives to zero gives "
        rf"$\lambda = {multiplier}$ and $x = \lambda$. So $x = 5$."
    )
    assert all(step.verdict is None or step.verdict.outcome != "refuted" for step in report.claims)


@pytest.mark.parametrize("words", [". Hence", ", so that", ", which yields"])
def test_what_is_concluded_of_a_variable_defines_nothing(words: str) -> None:
    """The slope is 0 where w is sum r x t / sum r x^2, and not at this w."""
    report = derive.check(
        r"Let $E = \frac12 \sum_n r_n (t_n - w x_n)^2$. Then "
        rf"$\frac{{dE}}{{dw}} = -\sum_n r_n x_n (t_n - w x_n)${words} "
        r"$w = \frac{\sum_n x_n t_n}{\sum_n x_n^2}$."
    )
    first, last = report.claims
    assert first.verdict is not None
    assert first.verdict.outcome == "proved"
    assert last.verdict is not None
    assert last.verdict.outcome == "unproved"
