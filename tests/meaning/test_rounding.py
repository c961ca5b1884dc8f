"""Rounded decimals differ from the value by half a unit of their last digit at most."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derive
from tests.meaning.reading import claims


@pytest.mark.parametrize(
    ("written", "half"),
    [
        (r"\log 2 = 0.693", Fraction(1, 2000)),
        (r"\log 2 \approx 0.7", Fraction(1, 20)),
        (r"e^2 \approx 7", Fraction(1, 2)),
        (r"0.245 - 1 = -0.755", Fraction(1, 2000)),
        (r"1 + 1 = 2", None),
        (r"\frac{1}{2} + \frac{1}{3} = \frac{5}{6}", None),
    ],
)
def test_half_a_unit_of_the_last_digit(written: str, half: Fraction | None) -> None:
    (claim,) = claims(f"$${written}$$")
    assert claim.readings[0].claims[0].rounding == half


def test_an_equation_between_names_is_exact() -> None:
    (claim,) = claims(r"$$x + x = 2.0 x$$")
    assert claim.readings[0].claims[0].rounding is None


def test_a_hundredth() -> None:
    text = r"Let $a = 20\% \cdot b$. Then $a = 0.2 b$. $$a + 12.5\% \, b = \frac{13}{40} b$$"
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    assert [v.outcome for v in found if v is not None] == ["proved", "proved"]
    wrong = text.replace("0.2 b", "20 b")
    first = derive.check(wrong, format="markdown").claims[0].verdict
    assert first is not None
    assert first.outcome in ("refuted", "conditional")


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        (r"\frac{3}{7} = 42.9\%", "proved"),
        (r"\frac{3}{7} = 43\%", "proved"),
        (r"\frac{3}{7} = 43.9\%", "refuted"),
        (r"\frac{3}{7} = 44\%", "refuted"),
        (r"\frac{3}{7} = \frac{42.9}{100}", "refuted"),
    ],
)
def test_a_hundredth_is_rounded_where_its_digits_end(written: str, outcome: str) -> None:
    (claim,) = derive.check(f"$${written}$$", format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == outcome
