"""A value that a text mentions is not the value that a name has."""

from __future__ import annotations

import pytest

import derive


def verdicts(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims]


BEFORE = ("", r"Let $s = x y z \lambda t$." + "\n\n")

# What is said of x = 1, and does not say that x is 1 (of y = 2, of z = 0).
MENTIONED = [
    r"Note that $x = 1$ is possible.",
    r"With probability one half, $x = 1$.",
    r"We have $x = 1$ with probability $p$.",
    r"We have $x = 1$ for half of the data.",
    r"We have $x = 1$ most of the time.",
    r"Here $x = 1$ is ruled out.",
    r"Here $x = 1$ is excluded.",
    r"Here $x = 1$ is impossible.",
    r"Here $x = 1$ cannot happen.",
    r"We exclude $x = 1$.",
    r"We avoid $x = 1$.",
    r"Away from $x = 1$, we find",
    r"Except at $x = 1$, we find",
    r"Excluding $x = 1$, we find",
    r"Relaxing $x = 1$, we find",
    r"Were $x = 1$, we would be done.",
    r"Ideally, $x = 1$.",
    r"We want $x = 1$.",
    r"We would like $x = 1$.",
    r"We hope that $x = 1$.",
    r"Our target is $x = 1$.",
    r"The conjecture is $x = 1$.",
    r"A common mistake is $x = 1$.",
    r"In the previous example $x = 1$.",
    r"We replace $x = 1$ by $x = 2$.",
    r"Instead of $x = 1$ we take $x = 2$.",
    r"Compare $x = 1$ with $x = 2$.",
    r"The line $x = 1$ is vertical.",
    r"The root $x = 1$ is simple.",
    r"The constraint $x = 1$ is dropped.",
    r"Without the constraint $x = 1$, we find",
    r"Regardless of whether $x = 1$, we find",
    r"It is unclear whether $x = 1$.",
    r"Let $x = 1$ initially. After a step",
]
CONDITIONED = [
    r"If $x = 1$ then $y = 2$.",
    r"Suppose $y = 2$ when $x = 1$.",
    r"We have $y = 2$ if $x = 1$ and $y = 3$ otherwise.",
    r"As long as $x = 1$, $y = 2$.",
    r"Provided $x = 1$, $y = 2$.",
    r"In case $x = 1$, $y = 2$.",
    r"Only for $x = 1$ do we have $y = 2$.",
    r"Conditioned on $x = 1$, $y = 2$.",
]


@pytest.mark.parametrize("before", BEFORE, ids=["", "named before"])
@pytest.mark.parametrize("said", MENTIONED)
def test_a_value_that_is_only_mentioned_proves_nothing(before: str, said: str) -> None:
    assert verdicts(f"{before}{said} Now\n\n$$ 3 x - 3 = 0 $$")[-1] != "proved"


@pytest.mark.parametrize("before", BEFORE, ids=["", "named before"])
@pytest.mark.parametrize("said", CONDITIONED)
def test_a_value_under_a_condition_is_none_without_it(before: str, said: str) -> None:
    assert verdicts(f"{before}{said} Now\n\n$$ 3 y - 6 = 0 $$")[-1] != "proved"


@pytest.mark.parametrize("before", BEFORE, ids=["", "named before"])
@pytest.mark.parametrize(
    "said", ["Let $x = 1$.", "With $x = 1$ we get", "Suppose that $x = 1$.", "For $x = 1$,"]
)
def test_a_value_that_is_given_is_used(before: str, said: str) -> None:
    assert verdicts(f"{before}{said}\n\n$$ 3 x - 3 = 0 $$")[-1] == "proved"


CASES = (
    r"Let $y = |x|$. There are two cases. Case 1: $x > 0$. Then $y = {}$. "
    r"Case 2: $x < 0$. Then $y = {}$."
)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("x", "-x", ["proved", "proved"]),
        ("x", "x", ["proved", "refuted"]),
        ("-x", "-x", ["refuted", "proved"]),
    ],
)
def test_each_case_has_its_own_supposition(first: str, second: str, expected: list[str]) -> None:
    assert verdicts(CASES.format(first, second)) == expected


def test_a_case_at_the_beginning_ends_with_the_next_one() -> None:
    text = "Case 1: $x > 0$. Then $|x| = x$. Case 2: $x < 0$. Then\n\n$$ |x| = %s $$"
    assert verdicts(text % "-x") == ["proved", "proved"]
    assert verdicts(text % "x") == ["proved", "refuted"]


@pytest.mark.parametrize(
    "said",
    [
        r"Previously we found $x = 2$.",
        r"The solution is $x = 2$.",
        r"The old value is $x = 2$.",
        r"The network predicts $x = 2$.",
        r"The goal is $x = 2$.",
        r"We would like $x = 2$.",
    ],
)
def test_a_number_that_fits_a_value_is_not_refuted(said: str) -> None:
    text = rf"{said} With $y = 3 x$," + "\n\n$$ y = %s $$"
    assert verdicts(text % 6)[-1] != "refuted"
    assert verdicts(text % 7)[-1] != "proved"


def test_a_value_that_is_set_later_takes_the_place_of_the_first() -> None:
    text = "Start with $x = 1$ and then set $x = 2$. Now $3 x = %s$."
    assert verdicts(text % 6)[-1] == "proved"
    assert verdicts(text % 3)[-1] == "refuted"
    assert "refuted" not in verdicts(text % 6)
