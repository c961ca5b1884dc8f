"""e as a counter of epochs, as an error or a distance, beside Euler's number."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


COUNTED = [
    "For e = 1 to E let $f = e x$. ",
    "For e = 1, …, E we have $f = e x$. ",
    "The epochs are e = 1, 2, ..., E, and $f = e x$. ",
    "For $e = 1$ to $E$ let $f = e x$. ",
]


@pytest.mark.parametrize("said", COUNTED)
def test_e_is_no_number_of_its_own_where_it_counts(said: str) -> None:
    assert outcomes(said + r"Then $\frac{df}{de} = x$ and $f^2 = e^2 x^2$.") == ["proved"] * 2
    assert outcomes(said + r"Then $\frac{df}{de} = e$.") == ["refuted"]
    assert outcomes(said + r"Then $\log f = 1 + \log x$.")[-1] != "proved"


@pytest.mark.parametrize("said", ["for e = 1, …, E the loss is $l_e = a e + b$. ", ""])
def test_a_sum_over_e_is_not_refuted_with_another_e(said: str) -> None:
    text = said + r"Let $l_e = a e + b$. Then $\sum_{e=1}^E l_e = a \frac{E(E+1)}{2} + b E$."
    assert "refuted" not in outcomes(text)


def test_an_exponential_stays_one() -> None:
    text = r"For each edge e = 1 to E, $y_e = e^{x_e}$. Then $\frac{\partial y_e}{\partial x_e} ="
    assert outcomes(text + " y_e$.") == ["proved"]
    assert outcomes(text + " e y_e$.") != ["proved"]
    assert outcomes(r"Let $y = e x$. Then $\log y = 1 + \log x$.") == ["proved"]


def test_d_may_be_what_is_differentiated_by() -> None:
    text = r"Let $r = \frac{q}{1 + d x}$. Then $\frac{\partial r}{\partial d} = "
    assert outcomes(text + r"-\frac{q x}{(1 + d x)^2}$.") == ["proved"]
    assert outcomes(text + r"\frac{q x}{(1 + d x)^2}$.") == ["refuted"]
    assert outcomes(text + r"-\frac{q x}{(1 + dx)^2}$.") == ["unproved"]
