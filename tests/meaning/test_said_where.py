"""What a definition is said for: special cases of it, and values within it."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims if step.verdict is not None]


ENERGY = r"""The energy is

$$ K = \log \frac{b}{a} + \frac{a^2}{2 b^2} $$

where $a > 0$ and $b > 0$. Then

$$ \frac{\partial K}{\partial a} = \frac{a}{b^2} - \frac{1}{a} $$

For $b = 1$ this is

$$ K = \frac12 (a^2 - 2 \log a) $$
"""


def test_a_special_case_does_not_split_a_definition() -> None:
    """b = 1 is one of b > 0, and not what is left of it."""
    assert outcomes(ENERGY) == ["proved", "proved"]
    assert outcomes(ENERGY.replace("- 2", "+ 2")) == ["proved", "refuted"]
    assert outcomes(ENERGY.replace("- \\frac{1}{a}", "- a")) == ["refuted", "proved"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (
            r"Let $f(x) = \log(1 + x)$ for $x > -1$. Then $f(0) = 0$ and $f(0) = 1$.",
            ["proved", "refuted"],
        ),
        (
            r"Let $f(x) = x^2$ for $x > 0$. Then $f(2) = 4$ and $f(-2) = 4$.",
            ["proved", "unproved"],
        ),
    ],
)
def test_values_are_taken_where_a_definition_holds(text: str, verdicts: list[str]) -> None:
    """What f is at -2 nobody says."""
    assert outcomes(text) == verdicts


@pytest.mark.parametrize("rest", ["t = 0", "t < 0", "t \\le 0"])
def test_what_is_left_of_a_definition_splits_it(rest: str) -> None:
    """K is t^2 for t > 0, and something else for the rest."""
    text = rf"For $t > 0$ we have $K = t^2$. For ${rest}$, $K = 1$. Then $K + 1 = t^2 + 1$."
    assert "proved" not in outcomes(text)
    assert "refuted" not in outcomes(text)
