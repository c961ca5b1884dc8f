"""A quantity with a unit is out of reach: it is neither proved nor refuted."""

from __future__ import annotations

import pytest

import derive


@pytest.mark.parametrize(
    "text",
    [
        r"$36\ \mathrm{km/h} = 10\ \mathrm{m/s}$",
        r"$36\ \mathrm{km/h} = 11\ \mathrm{m/s}$",
        r"Let $E = \frac12 m v^2$. $$E = 100\,\text{J}$$",
        r"Let $F = m a$ with $m = 2\,\mathrm{kg}$ and $a = 3\,\mathrm{m/s^2}$; $F = 6\,\mathrm{N}$",
    ],
)
def test_units(text: str) -> None:
    *_, last = derive.check(text, format="markdown").claims
    assert last.verdict is not None
    assert last.verdict.outcome == "unproved"
    assert last.verdict.message == "a quantity with a unit"


@pytest.mark.parametrize("text", [r"$2 \mathrm{e}^0 = 2$", r"$3 m = 2 m + m$", r"$2 N = N + N$"])
def test_other_letters_are_no_units(text: str) -> None:
    (claim,) = derive.check(text, format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "proved"
