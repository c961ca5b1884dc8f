"""What an exercise, an example or a lemma supposes is its own affair."""

from __future__ import annotations

import pytest

import derive

LET = "Let $x > 0$. Then $|x| = x$."
SO = "We have $|x| = x$."


def outcomes(text: str) -> list[str]:
    format_ = "latex" if "\\begin" in text else "markdown"
    steps = derive.check(text, format=format_).claims
    return [step.verdict.outcome for step in steps if step.verdict is not None]


@pytest.mark.parametrize(
    "text",
    [
        f"# Exercise 1\n{LET}\n\n# Exercise 2\n{SO}",
        f"# Example\n{LET}\n\n# Theory\n{SO}",
        f"Lemma 1. {LET}\n\nLemma 2. {SO}",
        f"**Problem 1.** {LET}\n\n**Problem 2.** {SO}",
        f"\\begin{{lemma}}\n{LET}\n\\end{{lemma}}\n\\begin{{theorem}}\n{SO}\n\\end{{theorem}}",
    ],
)
def test_the_next_one_may_not_suppose_it(text: str) -> None:
    """|x| is x for some x, and which are meant nobody says any more."""
    assert outcomes(text) == ["proved", "unproved"]
    assert outcomes(text.replace(SO, "We have $|x| = 2x$.")) == ["proved", "refuted"]


@pytest.mark.parametrize(
    "text",
    [
        f"# Exercise 1\n{LET}\n\n# Solution\n{SO}",
        f"# Model\n{LET}\n\n# Gradient\n{SO}",
        f"# Example\n{LET}\n\n## Its slope\n{SO}",
        f"# Example\n{LET}\n\n# Theory\nLet $x > 0$. {SO}",
        f"Lemma 1. {LET}\n\nProof. {SO}",
        f"\\begin{{lemma}}\n{LET}\n\\end{{lemma}}\n\\begin{{proof}}\n{SO}\n\\end{{proof}}",
    ],
)
def test_what_belongs_to_it_does(text: str) -> None:
    """Its solution, its proof and its parts; and sections that are none."""
    assert outcomes(text) == ["proved", "proved"]


def test_another_supposition_takes_the_place_of_one() -> None:
    """First a is b, and then 2 b: of the first nothing follows any more."""
    text = r"Suppose first that $a = b$. Then $a - b = 0$. Now suppose that $a = 2b$. "
    assert outcomes(text + r"Then $a - 2b = 0$. And $a - b = 0$.") == [
        "proved",
        "proved",
        "unproved",
    ]
