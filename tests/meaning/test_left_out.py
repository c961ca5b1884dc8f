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
