"""What is supposed in passing, of any such thing, in an exercise or at a place holds there only."""

from __future__ import annotations

import pytest

import derive

LOSS = r"""Let $y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ and $L = -\sum_i t_i \log y_i$. Then

$$\frac{\partial L}{\partial z_k} = y_k - t_k$$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


def message(text: str) -> str:
    return [j.verdict.message for j in derive.check(text, format="markdown").claims if j.verdict][
        -1
    ]


IN_PASSING = [
    (r"Setting $x = 0$ gives the intercept. Now $5 x = 0$.", ["unproved"]),
    (r"Let $y = 3 x + 4$. Setting $x = 0$ gives $y = 4$. We have $x^3 = 0$.",
     ["proved", "unproved"]),
    (r"Setting $x = 2$ we see that $x^2 = 4$. Now $x^3 = 27$.", ["proved", "unproved"]),
    # while the worked example goes on
    (r"Let $y = 2x + 1$. Taking $x = 2$, we get $y = 5$. Then $x^2 = 4$.", ["proved", "proved"]),
    (r"Let $y = x^2$. Putting $x = 2$ we get $y = 4$. The slope is $\frac{dy}{dx} = 4$.",
     ["proved", "proved"]),
    (r"Let $y = x^2$. Putting $x = 2$ we get $y = 4$. The slope is $\frac{dy}{dx} = 5$.",
     ["proved", "refuted"]),
    ("Let $y = 2x + 1$. Using $x = 2$:\n\n- $y = 5$\n- $y^2 = 25$", ["proved", "proved"]),
    ("Let $y = 2x + 1$. Using $x = 2$:\n\n- $y = 5$\n- $y^2 = 26$", ["proved", "refuted"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), IN_PASSING)
def test_a_participle_sets_a_value_for_its_sentence(text: str, expected: list[str]) -> None:
    assert outcomes(text) == expected


def test_what_a_word_means_is_said_of_no_certain_vector() -> None:
    said = r"A distribution is a vector with $\sum_i t_i = 1$. "
    assert outcomes(said + LOSS) == ["unproved"]
    assert "which may not hold here" in message(said + LOSS)
    for own in (r"The label is a vector", r"A distribution $t$ is a vector", r"Each label is one"):
        assert outcomes(rf"{own} with $\sum_i t_i = 1$. " + LOSS) == ["proved"]


EXERCISES = """# Exercises

1. Let $a = 2b$. Show that $a + b = 3b$.
2. Show that $a - b = b$.
3. Let $a = 3b$. Show that $a - b = 2b$.
4. For the $a$ of exercise 3, show that $a + b = 4b$.
5. Let $a = 4b$.
    1. Show that $a - b = 3b$.
    2. Show that $a - b = 2b$.
"""


def test_what_an_exercise_defines_is_its_own() -> None:
    assert outcomes(EXERCISES) == [
        *("proved", "unproved", "proved", "proved"),
        *("proved", "refuted"),
    ]
    titled = "## Exercise 1\n\nLet $a = 2b$.\n\n## Exercise 2\n\nShow that $a - b = b$."
    assert outcomes(titled) == ["unproved"]
    assert "a was defined in another exercise (line 3)" in message(titled)
    bold = titled.replace("## Exercise 1\n\n", "**Exercise 1.** ")
    assert outcomes(bold.replace("## Exercise 2\n\n", "**Exercise 2.** ")) == ["unproved"]
    assert outcomes(titled.replace("Exercise", "Lemma")) == ["proved"]
    assert outcomes(titled.replace("that $", "for the $a$ of exercise 1 that $")) == ["proved"]


def test_the_solutions_speak_of_all_exercises() -> None:
    text = (
        "# Problems\n\n1. Let $a = 2b$. Find $a + b$.\n2. Add $c$.\n\n# Solutions\n\n$a + b = 3b$"
    )
    assert outcomes(text) == ["proved"]


PLACES = [
    ("At the south pole, $x^3 = 8$.", "unproved"),
    ("At the south pole, $x^3 = 27$.", "unproved"),
    ("For the other sample, $x^3 = 8$.", "unproved"),
    ("In this case, $x^3 = 8$.", "proved"),
    ("In this case, $x^3 = 27$.", "refuted"),
    ("In the backward pass, $x^3 = 8$.", "proved"),
    ("In other words, $x^3 = 8$.", "proved"),
]


@pytest.mark.parametrize(("said", "expected"), PLACES)
def test_the_values_of_an_example_are_none_of_another_place(said: str, expected: str) -> None:
    assert outcomes(f"Take $x = 2$. Then $x^2 = 4$.\n\n{said}") == ["proved", expected]
    assert outcomes(f"For example, let $x = 2$. Then $x^2 = 4$. {said}") == ["proved", expected]
