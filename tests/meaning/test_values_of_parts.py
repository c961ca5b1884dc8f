"""Values of what was used before, "let b = 0": of that part, section or sentence, or of all?"""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return " ".join(verdict.outcome for verdict in found if verdict is not None)


LINE = "Let $f = w x + b$.\n\n"
PAGES = {
    "labelled parts": (
        LINE + "**Training:** here $b = 0$, so $f = w x$.\n\n**Inference:** here $f - w x = 0$.",
        "proved unproved",
    ),
    "lettered parts": (
        LINE + "(a) Let $b = 0$. Then $f = w x$.\n\n(b) Show that $f - w x = 0$.",
        "proved unproved",
    ),
    "a part that holds of any value": (
        LINE + "(a) Let $b = 0$. Then $f = w x$.\n\n(b) Show that $f - w x = b$.",
        "proved proved",
    ),
    "a part that holds of none": (
        LINE + "(a) Let $b = 0$. Then $f = w x$.\n\n(b) Show that $f - w x = b + 1$.",
        "proved refuted",
    ),
    "steps of one derivation": (
        LINE + "**Step 1.** Let $b = 0$.\n\n**Step 2.** Then $f = w x$.",
        "proved",
    ),
    "a label that sets up": (
        LINE + "**Assumptions.** Let $b = 0$.\n\n**Result.** Then $f = w x$.",
        "proved",
    ),
    "two sections": (
        LINE + "### Linear model\n\nHere $b = 0$.\n\n### Affine model\n\n$$f - w x = 0$$",
        "unproved",
    ),
    "a section within": (
        LINE + "## Linear model\n\nLet $b = 0$.\n\n### Its slope\n\n$$\\frac{f}{x} = w$$",
        "proved",
    ),
    "a section that sets up": (
        LINE + "## Setup\n\nLet $b = 0$.\n\n## Slope\n\n$$\\frac{f}{x} = w$$",
        "proved",
    ),
    "a section that goes on": (
        LINE + "### Linear model\n\nLet $b = 0$.\n\n### Proof\n\n$$f - w x = 0$$",
        "proved",
    ),
    "a name that comes with its value": (
        "### Data\n\nLet $c = 2$.\n\n### Slope\n\nLet $f = c x$. Then $\\frac{df}{dx} = 2$.",
        "proved",
    ),
    "a participle": (
        LINE + "Choosing $b = 0$ gives $f = w x$.\n\nThen\n\n$$\\frac{f}{x} = w$$",
        "proved unproved",
    ),
    "with": (LINE + "With $b = 0$, $f = w x$.\n\nThen $f - w x = 0$.", "proved unproved"),
    "set plainly": (LINE + "We set $b = 0$.\n\nThen $f - w x = 0$.", "proved"),
}


@pytest.mark.parametrize(("text", "expected"), PAGES.values(), ids=PAGES)
def test_of_what_a_value_is_said(text: str, expected: str) -> None:
    assert outcomes(text) == expected


IF = LINE + "If $b = 0$, $f = w x$. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (IF + "Then $f - w x = 0$.", "proved unproved"),
        (IF + "\n\nFurther $f - w x = 0$.", "proved unproved"),
        (IF + "\n\nFurther $f - w x = 1$.", "proved refuted"),
        (IF + "Further $f - w x = 2 b$.", "proved refuted"),
        (IF + "In general, $f - w x = 0$.", "proved refuted"),
        (IF + "\n\n## All\n\nWe have $f - w x = 0$.", "proved refuted"),
        (LINE + "Setting $b = 0$ we get $f = w x$. Then $f - w x = 0$.", "proved unproved"),
    ],
)
def test_what_is_said_behind_a_case_may_be_of_it(text: str, expected: str) -> None:
    assert outcomes(text) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\frac{\partial \mathbf{o}_t}{\partial \mathbf{b}} = 1", "unproved"),
        (r"\frac{\partial \mathbf{a}}{\partial \mathbf{b}} = 1", "unproved"),
        (r"\frac{\partial o_t}{\partial b} = 1", "proved"),
    ],
)
def test_a_derivative_of_one_vector_by_another_is_no_number(step: str, expected: str) -> None:
    plain = r"Let $o_t = w h_t + b$. "
    bold = (
        r"Let $\mathbf{o}_t = \mathbf{W} \mathbf{h}_t + \mathbf{b}$ and "
        r"$\mathbf{a} = \mathbf{W} \mathbf{x} + \mathbf{b}$. "
    )
    assert outcomes((bold if "mathbf" in step else plain) + f"Then ${step}$.") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("It is further true that", "proved"), ("For the negative class,", "unproved")],
)
def test_another_class_than_the_one_that_was_supposed(words: str, expected: str) -> None:
    text = (
        r"Let $L = \frac12 (y - t)^2$ and $y = e^z$. Suppose the target is $t = 1$."
        "\n\n" + words + r" $\frac{dL}{dz} = (y-1) y$."
    )
    assert outcomes(text) == expected
