"""Comparisons of two quantities that a text tells, with and without a word that supposes them."""

from __future__ import annotations

import pytest

import derive

RIGHT, OTHER, FALSE = r"$|a - b| = b - a$", r"$|a - b| = a - b$", r"$|a - b| = a + b$"


def outcome(text: str) -> str:
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    return step.verdict.outcome


@pytest.mark.parametrize(
    "words",
    [
        r"Without loss of generality, $a \le b$. Then ",
        r"Without any loss of generality assume that $a \le b$. Then ",
        r"WLOG $a \le b$. Then ",
        r"Restricting ourselves to $a \le b$, ",
    ],
)
def test_without_loss_of_generality(words: str) -> None:
    """It is supposed: of a <= b, |a - b| is b - a and neither a - b nor a + b."""
    assert outcome(f"{words}{RIGHT}.") == "proved"
    assert outcome(f"{words}{OTHER}.") == "refuted"
    assert outcome(f"{words}{FALSE}.") == "refuted"


@pytest.mark.parametrize("words", ["By symmetry,", "From now on,"])
def test_what_is_only_told(words: str) -> None:
    """What comes next may be said of it; what fails there, too, is refuted."""
    assert outcome(rf"{words} $a \le b$. Then {RIGHT}.") == "unproved"
    assert outcome(rf"{words} $a \le b$. Then {FALSE}.") == "refuted"
