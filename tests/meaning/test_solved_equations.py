"""What an equation gives for its unknown is claimed, and defines nothing."""

from __future__ import annotations

import pytest

import derive


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"$$2x + 4 = 10 \implies x = 3$$", "proved"),
        (r"$$2x + 4 = 10 \implies x = 4$$", "refuted"),
        (r"$$2x + 4 = 10 \Rightarrow 2x = 6 \Rightarrow x = 3$$", "proved"),
        (r"$$2x + 4 = 10 \Rightarrow 2x = 6 \Rightarrow x = 2$$", "refuted"),
        (r"From $2x + 4 = 10$ we get $x = 3$.", "proved"),
        (r"From $2x + 4 = 10$ we get $x = 4$.", "refuted"),
        (r"$$x^3 = 8 \implies x = 2$$", "unproved"),
        (r"We have $x + y = 10$ and $x - y = 2$, so $x = 6$ and $y = 4$.", "unproved"),
        (r"We have $x + y = 10$ and $x - y = 2$, so $x = 6$ and $y = 5$.", "unproved"),
        (r"$$\frac{p}{1 - p} = e^z \implies p = \frac{1}{1 + e^z}$$", None),
    ],
)
def test_a_solution_follows_or_does_not(text: str, verdict: str | None) -> None:
    """2 x = 6 at x = 3 alone; None: what p is, its equation shows to be wrong."""
    report = derive.check(text)
    last = report.judgements[-1]
    assert (last.verdict.outcome if last.verdict is not None else None) == verdict
    if verdict is None:
        (step,) = report.claims
        assert step.verdict is not None
        assert step.verdict.outcome == "refuted"


def test_nothing_is_made_of_a_wrong_solution() -> None:
    """x = 4 is no value of x in the formulas behind it."""
    report = derive.check("$$2x + 4 = 10 \\implies x = 4$$\n\nLet $f(x) = x^2$. Then $f'(x) = 2x$.")
    last = report.claims[-1]
    assert last.verdict is not None
    assert last.verdict.outcome == "proved"
