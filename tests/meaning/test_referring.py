"""Words that refer to what a name was in another section, before it was defined anew."""

from __future__ import annotations

import pytest

import derive
from derive.meaning.referring import names_title, refers_back, until_the_end

TWO = "# Linear unit\n\n$$f(x) = w x$$\n\n# Quadratic unit\n\n$$f(x) = w x^2$$\n\n"


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(
    "words",
    [
        "Going back to the original $f$, ",
        "For the linear unit, ",
        "For the function of section 1, ",
        "With the previous function, ",
    ],
)
def test_nothing_is_said_of_what_a_name_was(words: str) -> None:
    text = TWO + "# Conclusion\n\n" + words + r"$$f'(x) = "
    assert outcomes(text + "w$$") == ["unproved"]
    assert outcomes(text + "2 w x$$") == ["unproved"]


def test_words_behind_the_formula() -> None:
    text = TWO + "# Conclusion\n\n"
    assert outcomes(text + "$f'(x) = 2 w x$ for the function of section 1.") == ["unproved"]


@pytest.mark.parametrize(
    "words", ["", "By the chain rule, ", "In this section, ", "For the quadratic unit, "]
)
def test_what_it_is_in_force(words: str) -> None:
    assert outcomes(TWO + words + "$f'(x) = 2 w x$.") == ["proved"]
    assert outcomes(TWO + words + "$f'(x) = w$.") == ["refuted"]


def test_where_a_name_has_one_meaning_nothing_changes() -> None:
    text = "# Linear unit\n\n$$f(x) = w x$$\n\n# Slope\n\nGoing back to the original $f$, "
    assert outcomes(text + "$f'(x) = w$.") == ["proved"]
    assert outcomes(text + "$f'(x) = x$.") == ["refuted"]


def test_words() -> None:
    assert refers_back("we return to the loss")
    assert refers_back("in Section 2")
    assert not refers_back("in this section")
    assert not refers_back("the loss is")
    assert not refers_back("the first case is")
    assert not refers_back("the slope of the previous layer")
    assert names_title("for the linear unit", "Linear unit", ["Quadratic unit"])
    assert not names_title("for the unit", "Linear unit", ["Quadratic unit"])
    assert not names_title("for the loss", "The loss", [])
    assert until_the_end(" of section 1. And so on") == " of section 1"


def test_a_section_that_goes_on_with_an_earlier_one() -> None:
    text = TWO + "# The linear unit again\n\n$$f'(x) = "
    assert outcomes(text + "2 w x$$") == ["unproved"]
    variant = (
        "# Linear unit\n\n$$f(x) = w x$$\n\n# Linear unit with a bias\n\nNow $f(x) = w x + b$. "
    )
    assert outcomes(variant + r"$\frac{\partial f(x)}{\partial b} = 1$.") == ["proved"]


@pytest.mark.parametrize("title", ["Step 2", "Gradient", "The gradient"])
def test_a_title_of_what_is_done_defines_nothing_anew(title: str) -> None:
    text = f"# Step 1\n\n$$z = w x$$\n\n# {title}\n\n$$z = w x + b$$"
    assert outcomes(text)[0] in ("refuted", "conditional")


def test_a_title_of_another_function_does() -> None:
    text = "# Linear unit\n\n$$z = w x$$\n\n# Unit with a bias\n\n$$z = w x + b$$\n\n"
    assert outcomes(text + r"$$\frac{\partial z}{\partial b} = 1$$")[-1] == "proved"


def test_the_former_and_the_latter() -> None:
    text = "- Linear: $f(x) = w x$.\n- Quadratic: $f(x) = w x^2$.\n\nThe former has "
    assert "proved" not in outcomes(text + "$f'(x) = 2 w x$.")
    assert outcomes(text.replace("The former has", "It has") + "$f'(x) = 2 w x$.")[-1] == "proved"
