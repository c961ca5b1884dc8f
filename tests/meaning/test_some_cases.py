"""What holds sometimes, or ideally, defines nothing for what is said in general."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims if step.verdict is not None]


@pytest.mark.parametrize(
    "words",
    [
        "When the model is perfect,",
        "Ideally",
        "In the best case",
        "A perfect classifier has",
        "On average",
        "Sometimes",
        "It is possible that",
    ],
)
def test_of_some_cases(words: str) -> None:
    """That p is t in general does not follow."""
    assert "proved" not in outcomes(f"{words} $p_i = t_i$. In general, $p_i - t_i = 0$.")


@pytest.mark.parametrize(
    "text",
    [
        r"Often, the loss is $L = (y - t)^2$. Then $\frac{dL}{dy} = 2 (y - t)$.",
        r"Sometimes one uses $f(x) = x^2$. Then $f'(x) = 2 x$.",
        r"The outputs are $p_i = t_i + c$. Then $p_i - t_i = c$.",
    ],
)
def test_what_is_often_taken_is_defined(text: str) -> None:
    """A new name for an expression is one, however often it is used."""
    assert outcomes(text) == ["proved"]


@pytest.mark.parametrize("words", ["In the noiseless case", "For a linear model", "Without noise,"])
def test_of_a_special_case(words: str) -> None:
    """It is used until the text speaks of all cases, of which a proof is none."""
    text = rf"{words} $y = w x$. Then $\frac{{dy}}{{dx}} = w$. In general, $y - w x = 0$."
    assert outcomes(text) == ["proved", "unproved"]
    assert outcomes(text.replace("w x = 0", "w x = 1")) == ["proved", "refuted"]


def test_of_the_general_case() -> None:
    """What is said of the general case holds in general."""
    text = r"In the general case $y = w x + b$. In general, $y - w x = b$."
    assert outcomes(text) == ["proved"]
