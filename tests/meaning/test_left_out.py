"""Equations that are said up to terms: a constant that is not written, or not named."""

from __future__ import annotations

import pytest

import derive

SQUARE = r"Let $f(x) = -\frac12 (x - m)^2$. "
RIGHT = r"$f(x) = -\frac12 x^2 + m x$"


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims if step.verdict is not None]


@pytest.mark.parametrize(
    "text",
    [
        f"Up to a constant, {RIGHT}.",
        f"We have {RIGHT} up to an additive constant.",
        f"Ignoring constants, {RIGHT}.",
        f"Dropping terms that do not depend on $x$, {RIGHT}.",
        r"Then $f(x) = -\frac12 x^2 + m x + \text{const}$.",
        r"Then $f(x) = -\frac12 x^2 + m x + C$, where $C$ does not depend on $x$.",
        r"Then $f(x) = -\frac12 x^2 + m x + C$ with a constant $C$.",
    ],
)
def test_what_is_left_out_refutes_nothing(text: str) -> None:
    """The rest is -m^2 / 2, which is no function of x."""
    assert outcomes(SQUARE + text) == ["unproved"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"Let $g(x) = c x^2$. Then $g'(x) = c x$, where $c$ is a constant.", ["refuted"]),
        (r"We drop the bias $b$. Let $g(x) = c x^2$. Then $g'(x) = c x$.", ["refuted"]),
        (
            r"Let $L = (y - w x)^2 + \text{const}$. Then $\frac{dL}{dw} = -2x(y - wx)$ and "
            r"$\frac{dL}{dw} = 2x(y - wx)$.",
            ["proved", "refuted"],
        ),
        (SQUARE + r"Then $f(x) = -\frac12 x^2 + m x$.", ["refuted"]),
    ],
)
def test_constants_that_stand_everywhere_are_data(text: str, verdicts: list[str]) -> None:
    """Nothing is left out there."""
    assert outcomes(text) == verdicts


@pytest.mark.parametrize(
    "text",
    [
        r"To first order, $e^x = 1 + x$.",
        r"For $x \ll 1$ we have $e^x = 1 + x$.",
        r"Near zero, $\log(1 + x) = x$.",
        r"Linearizing, $e^x = 1 + x$.",
        r"Expanding to second order gives $e^x = 1 + x + \frac{x^2}{2}$.",
        r"The second-order approximation is $\sqrt{1 + x} = 1 + \frac{x}{2} - \frac{x^2}{8}$.",
        r"Asymptotically, $\log(1 + e^x) = x$.",
        r"Approximately, $e^x = 1 + x$.",
        r"Roughly speaking, $e^x = 1 + x$.",
        r"We have almost $e^x = 1 + x$.",
    ],
)
def test_the_first_terms_of_an_expansion(text: str) -> None:
    """They are no identity, and nobody says that they are."""
    assert outcomes(text) == ["unproved"]


@pytest.mark.parametrize(
    "text",
    [
        r"The first-order condition is clear. We have $(a + b)^2 = a^2 + b^2$.",
        r"Expanding the square we get $(a + b)^2 = a^2 + b^2$.",
        r"The approximate posterior gives $(a + b)^2 = a^2 + b^2$.",
        r"Roughly half of the units fire. We have $(a + b)^2 = a^2 + b^2$.",
        r"To first order it is simple. Exactly, $e^x = 1 + x$.",
    ],
)
def test_other_orders_and_expansions(text: str) -> None:
    """Words that resemble them, or stand in another sentence."""
    assert outcomes(text) == ["refuted"]
