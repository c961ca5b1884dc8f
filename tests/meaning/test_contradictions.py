"""Suppositions that lead to a contradiction hold no longer."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Assume for contradiction that $u = v$. END Hence ", "$u - v = 0$."),
        ("Assume for contradiction that $u = 0$. END Therefore ", "$u^2 = 0$."),
        ("Suppose, to the contrary, that $u = 0$. END So ", "$2 u = 0$."),
        ("Assume $u = 0$. END Thus ", "$u v = 0$."),
    ],
)
@pytest.mark.parametrize(
    "end", ["This is a contradiction.", "This contradicts what was said.", "That is impossible."]
)
def test_what_was_supposed_is_dropped(text: str, step: str, end: str) -> None:
    assert "proved" not in outcomes(text.replace("END", end) + step)


@pytest.mark.parametrize("words", ["", "This is no contradiction. ", "We go on. "])
def test_without_a_contradiction_it_holds(words: str) -> None:
    assert outcomes(f"Assume $u = 0$. {words}Thus $u v = 0$.") == ["proved"]


def test_what_follows_before_the_contradiction_is_proved() -> None:
    text = "Assume for contradiction that $u = 0$. Then $u v = 0$. This is a contradiction."
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= 0$. This", "= 1$. This")) == ["refuted"]


def test_what_was_supposed_before_still_holds() -> None:
    text = (
        r"Assume $\sum_i q_i = 1$. Suppose $u = 0$. This is a contradiction. "
        r"Thus $\sum_i u q_i = u$."
    )
    assert outcomes(text) == ["proved"]


def test_what_is_concluded_does_not_rest_on_what_was_to_be_refuted() -> None:
    text = "Suppose by way of contradiction that $p = q$. Then $p - q = 0$ and $0 = 1$. "
    assert outcomes(text + "Therefore $p - q = 0$.") == ["proved", "refuted", "unproved"]
    assert outcomes(text.replace("by way of contradiction ", "") + "Therefore $p - q = 0$.") == [
        "proved",
        "refuted",
        "proved",
    ]


def test_all_that_one_sentence_supposed_is_dropped() -> None:
    text = "Suppose, for contradiction, that $u = 2 v$ with $v > 0$. This is absurd. $u - 2 v = 0$."
    assert "proved" not in outcomes(text)
