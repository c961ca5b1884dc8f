"""Equations that data are to satisfy: systems below a brace, and sets that words name."""

from __future__ import annotations

import pytest

import derive


def kinds(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [
        judgement.statement.kind if judgement.verdict is None else judgement.verdict.outcome
        for judgement in report.judgements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            r"$$\begin{cases} x + y = 3 \\ x - y = 1 \end{cases}$$ so that $2 x = 5$.",
            ["hypothesis", "hypothesis", "refuted"],
        ),
        (
            r"On the circle $x^2 + y^2 = 1$ we have $y^2 = 1 + x^2$.",
            ["hypothesis", "refuted"],
        ),
        # What is defined is claimed also below a brace, and so is what has no second row.
        (r"Let $f = x^2$. $$\begin{cases} f = x^3 \\ f = x x \end{cases}$$", None),
        (r"$$\begin{cases} (a+b)^2 = a^2 + b^2 \end{cases}$$", ["refuted"]),
        (r"We rely on $x^2 + y^2 = 1$.", ["unproved"]),
    ],
)
def test_what_is_supposed_and_what_is_claimed(text: str, expected: list[str] | None) -> None:
    found = kinds(text)
    assert found == expected if expected is not None else "conditional" in found


@pytest.mark.parametrize("words", ["So", "Thus we get", "It follows that", "Therefore"])
def test_a_value_that_is_concluded_is_not_supposed(words: str) -> None:
    assert kinds(f"We see that $2 x = 4 + x - x$. {words} $x = 3$.")[-1] == "unproved"


@pytest.mark.parametrize("words", ["Suppose that", "Here", "If we know that"])
def test_a_value_that_is_given_is(words: str) -> None:
    assert kinds(f"{words} $x = 3$, for once, and $x^2 = x x$.")[0] in ("hypothesis", "definition")
