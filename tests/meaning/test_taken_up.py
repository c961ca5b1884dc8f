"""Cases that a text takes up with "consider", and optima that it is still to show."""

from __future__ import annotations

import pytest

import derive

RIGHT = r"$$|y_i - C| - |y_i - m| = m - C \quad \text{if } y_i > m$$"
WRONG = RIGHT.replace("= m - C", "= C - m")


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


@pytest.mark.parametrize(
    "words",
    ["Consider $C < m$.", "Let us now consider $C < m$. Then", "Take $C < m$.",
     "Рассмотрим $C < m$. Тогда для этого случая имеем", "We choose $C.$ Consider $C < m$."],
)  # fmt: skip
def test_what_is_considered_is_supposed(words: str) -> None:
    assert outcomes(f"{words}\n\n{RIGHT}")[-1] == "proved"
    assert outcomes(f"{words}\n\n{WRONG}")[-1] != "proved"


def test_the_next_case_takes_the_place_of_the_one_before() -> None:
    text = "Let $f(C) = |C - m|$. Consider $C < m$. Then $f(C) = m - C$.\n\nNow consider $C > m$. "
    assert outcomes(text + "Here $f(C) = C - m$.") == ["proved", "proved"]
    assert outcomes(text + "Here $f(C) = m - C$.")[-1] != "proved"


@pytest.mark.parametrize("at", ["is at", "is reached at", "is attained for"])
def test_where_something_is_least_is_no_definition_while_it_is_to_be_shown(at: str) -> None:
    """With C defined as m both sides of the wrong step would be 0."""
    words = f"We show that the minimum {at} $C = m$. Let $C < m$."
    assert outcomes(f"{words}\n\n{RIGHT}")[-1] == "proved"
    assert outcomes(f"{words}\n\n{WRONG}")[-1] != "proved"
