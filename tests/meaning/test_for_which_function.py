"""What a step is said of may stand behind it: ``f'(x) = 2 x`` for ``f(x) = x^2``."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims if step.verdict is not None]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"We have $f'(x) = 2x$ for $f(x) = x^2$.", ["proved"]),
        (r"We have $f'(x) = 3x$ for $f(x) = x^2$.", ["refuted"]),
        (r"Since $f'(x) = 2x$ for $f(x) = x^2$, we get $f'(1) = 2$.", ["proved", "proved"]),
        (r"Since $f'(x) = 3x$ for $f(x) = x^2$, we get $f'(1) = 2$.", ["refuted", "proved"]),
        (
            r"Using $s'(x) = s(x)(1 - s(x))$ for $s(x) = \frac{1}{1 + e^{-x}}$, "
            r"we get $\frac{d}{dx} \log s(x) = 1 - s(x)$.",
            ["proved", "proved"],
        ),
    ],
)
def test_the_function_behind_a_step(text: str, verdicts: list[str]) -> None:
    """It is no hypothesis where what it is said of is known."""
    assert outcomes(text) == verdicts


def test_another_function_behind_a_step() -> None:
    """Each is right of its own function: none is refuted by the other."""
    text = r"We have $f'(x) = 2x$ for $f(x) = x^2$. We have $f'(x) = 3x^2$ for $f(x) = x^3$."
    assert "refuted" not in outcomes(text)
