"""What is supposed for an example, in passing or as one possibility does not hold behind it."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


ONE_HOT = r"Suppose that $t$ is one-hot. Then $\sum_i t_i^2 = 1$. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ONE_HOT + r"Also $\sum_i t_i = 1$.", ["proved", "proved"]),
        (
            ONE_HOT + r"Now let $t$ be any distribution. Then $\sum_i t_i^2 = 1$.",
            ["proved", "unproved"],
        ),
        (
            r"For example, let $t_1 = 1$ and $t_2 = 0$. "
            r"In general, let $S = \sum_i t_i$. Then $S = 1$.",
            ["unproved"],
        ),
        (r"When $a = b$ we get $a - b = 0$. Otherwise $a - b = 0$.", ["proved", "unproved"]),
        (r"When $a = b$ we get $a^2 = b^2$.", ["proved"]),
    ],
)
def test_where_a_supposition_ends(text: str, expected: list[str]) -> None:
    assert outcomes(text) == expected


def test_words_are_the_reason_of_all_that_follows_from_them() -> None:
    """The second formula is a conclusion, and not one more hypothesis."""
    text = r"Since the data are centred, $\sum_i x_i = 0$, and $\sum_i (x_i - m)^2 = \sum_i x_i^2$."
    assert "proved" not in outcomes(text)
    assert len(outcomes(text)) == 1


def test_what_was_not_understood_is_no_data() -> None:
    text = r"Let $g = \mathbb{E}[x^2]$, where $g = 3 x$. Then $g + 1 = 3 x + 1$."
    assert "proved" not in outcomes(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $q = (0.2, 0.3, 0.5)$. $q_3 = 0.4$.", ["unproved"]),
        ("Let $q = (0.2, 0.3, 0.5)$. $q_3 = 0.5$.", []),
        ("Let $q = (0.125, 0.875)$. $q_2 = 0.88$.", []),
        ("Let $q = (0.125, 0.875)$. Now let $q_2 = 0.5$.", []),
    ],
)
def test_components_of_an_example_are_those_that_it_lists(text: str, expected: list[str]) -> None:
    assert outcomes(text) == expected
