"""What a proof is said to rest on."""

from __future__ import annotations

import pytest

import derive


def rests(text: str) -> list[tuple[str, list[str]]]:
    found = [j.verdict for j in derive.check(text, format="markdown").judgements]
    return [(v.outcome, [h.source for h in v.hypotheses]) for v in found if v is not None]


@pytest.mark.parametrize("twice", ["$2x > 0$", "$3x > 0$"])
def test_of_two_hypotheses_that_each_would_do_one_is_named(twice: str) -> None:
    """A proof that can do without either cannot do without both."""
    text = rf"Assume $x > 0$. Assume {twice}. Then $\sqrt{{x^2}} = x$."
    assert rests(text) == [("proved", ["x > 0"])]


def test_a_hypothesis_that_is_said_again_is_named_once() -> None:
    ((outcome, hypotheses),) = rests("Let $x > 0$.\n\nLet $x > 0$.\n\n$$\\sqrt{x^2} = x$$")
    assert (outcome, hypotheses) == ("proved", ["x > 0"])


def test_what_is_not_used_is_not_named() -> None:
    text = r"Assume $x > 0$ and $y > 0$. Then $\sqrt{x^2} = x$, and $x + x = 2x$."
    assert rests(text) == [("proved", ["x > 0"]), ("proved", [])]


@pytest.mark.parametrize(("bound", "slope"), [(r"x \ge 0", "1"), (r"x \le 0", "-1")])
def test_what_holds_but_at_the_edge_rests_on_the_bound(bound: str, slope: str) -> None:
    text = rf"Let ${bound}$. $$\frac{{d}}{{dx}} |x| = {slope}$$"
    assert rests(text) == [("proved", [bound])]
    (verdict,) = [j.verdict for j in derive.check(text, format="markdown").judgements if j.verdict]
    assert verdict.conditions == (r"x \neq 0",)
