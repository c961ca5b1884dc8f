"""What 1/T stands before a sum is the number of terms, unless something is differentiated by it."""

from __future__ import annotations

import pytest

import derive

SETTING = (
    r"Let $p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}$ and $L = -\sum_i t_i \log p_i$ with "
    r"$\sum_i t_i = 1$."
)
WRONG = r"$$\frac{\partial L}{\partial T} = \frac{1}{T} \sum_i z_i (t_i - p_i)$$"


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (WRONG.replace("{T} ", "{T^2} "), "proved"),
        (WRONG, "refuted"),
        (WRONG + "\n\n" + r"$$\frac{1}{T} \sum_i T p_i = 1$$", "refuted proved"),
    ],
)
def test_temperature(step: str, outcome: str) -> None:
    found = derive.check(SETTING + "\n\n" + step).claims
    assert " ".join(one.verdict.outcome for one in found if one.verdict is not None) == outcome


def test_number_of_terms() -> None:
    found = derive.check(r"Let $m = \frac{1}{T} \sum_t x_t$. Then $\sum_t (x_t - m) = 0$.").claims
    assert [one.verdict.outcome for one in found if one.verdict is not None] == ["proved"]
