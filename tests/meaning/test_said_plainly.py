"""What is said with words that may bound it, "at the pole", holds in its sentence only."""

from __future__ import annotations

import pytest

import derive
from derive.meaning.plainly import said_elsewhere, said_plainly, said_somewhere


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Suppose ", "."),
        ("Let ", " for all □."),
        ("We assume, for simplicity, that ", ", so that □."),
        ("The energy is □, where ", " and □."),
        ("Suppose the mass is □ and the initial speed of the car is ", "."),
        ("We have two jobs with costs ", ", □."),
        ("Minimise □ subject to ", "."),
        ("Suppose that the masses are equal: ", "."),
        ("In the last step we used that ", "."),
    ],
)
def test_what_is_said_plainly(before: str, behind: str) -> None:
    assert said_plainly(before, behind)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("At the north pole, suppose ", "."),
        ("In the cold limit we have ", "."),
        ("Suppose ", " at the boundary."),
        ("Suppose ", " only during warm-up."),
        ("Beginners assume ", "."),
        ("An author assumes ", "."),
        ("A beginner would set ", "."),
        ("Suppose nobody doubts ", "."),
        ("With Jensen ", "."),
        ("Until equation 3 we suppose ", "."),
    ],
)
def test_what_may_be_bounded(before: str, behind: str) -> None:
    assert not said_plainly(before, behind)


def test_where_something_is_said() -> None:
    assert said_somewhere("one-hot for the training set.")
    assert said_somewhere("sum to one on the left, and □")
    assert not said_somewhere("one-hot for all □.")
    assert not said_somewhere("one-hot, as the classes exclude each other in practice.")
    assert said_elsewhere("At the other pole, ")
    assert not said_elsewhere("For each class, ")


# What each of them supposes, and how it is said plainly, with a step that follows from it.
BOUNDED = [
    (r"In the cold limit, suppose $u = v$.", r"Suppose $u = v$.", r"u^2 = v^2"),
    (r"Suppose $u = v$ at the boundary.", r"Suppose $u = v$.", r"u^2 = v^2"),
    (r"Beginners assume $u = v$.", r"We assume $u = v$.", r"u^2 = v^2"),
    (r"In the cold limit, let $x = 2$.", r"Let $x = 2$.", r"x^2 = 4"),
    (r"A beginner would set $x = 2$.", r"We set $x = 2$.", r"x^2 = 4"),
    (r"At the north pole, $x = 2$.", r"Take $x = 2$.", r"x^2 = 4"),
    (r"$t$ is one-hot for the training set.", r"$t$ is one-hot.", r"\sum_i t_i^2 = 1"),
    (
        r"Suppose the $w_i$ are positive near the origin.",
        r"Suppose the $w_i$ are positive.",
        r"\sqrt{w_i^2} = w_i",
    ),
]


@pytest.mark.parametrize(("bounded", "plain", "step"), BOUNDED)
def test_a_later_sentence_rests_on_what_was_said_plainly(
    bounded: str, plain: str, step: str
) -> None:
    assert outcomes(f"{plain} Then ${step}$.") == ["proved"]
    assert "proved" not in outcomes(f"{bounded} Then ${step}$.")
    assert "refuted" not in outcomes(f"{bounded} Then ${step}$.")


def test_in_its_own_sentence_it_holds() -> None:
    assert outcomes(r"In the cold limit, suppose $u = v$, so that $u^2 = v^2$.") == ["proved"]


@pytest.mark.parametrize(
    "between",
    [
        r"At the boundary, ",
        r"Away from the boundary, ",
        r"In the asymmetric case, ",
        r"We drop this. Then ",
        r"Now forget it. Then ",
        r"This is only true at the boundary. Then ",
        r"Of course this never happens. Then ",
        r"That was a bad idea. Then ",
        r"This is not usual. Then ",
    ],
)
def test_the_text_may_be_elsewhere(between: str) -> None:
    (verdict,) = (c.verdict for c in derive.check(f"Suppose $u = v$. {between}$u^2 = v^2$.").claims)
    assert verdict.outcome == "unproved"
    assert "u = v (line 1), which may not hold here" in verdict.message


@pytest.mark.parametrize(
    "between",
    [
        r"For each of them, ",
        r"The constant term does not matter, so we drop it. Then ",
        r"Then $u + v = 2 u$. This is not surprising. Then ",
    ],
)
def test_the_text_goes_on(between: str) -> None:
    text = f"Suppose $u = v$. {between}$u^2 = v^2$."
    assert outcomes(text)[-1] == "proved"


def test_a_number_of_one_exercise_is_none_of_the_next() -> None:
    text = "# Exercise 1\n\nLet $a = 3$. Then $a^2 = 9$.\n\n# Exercise 2\n\nNow $a^3 = 27$."
    assert outcomes(text) == ["proved", "unproved"]
    assert outcomes(text.replace("# Exercise", "# Part")) == ["proved", "proved"]
