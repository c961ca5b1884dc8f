"""Sums that are written out with dots, and what stands behind them."""

from __future__ import annotations

import pytest

import derive

SUMS = [
    r"w_1 z_1 + w_2 z_2 + \dots + w_n z_n + b",
    r"w_1 z_1 + w_2 z_2 + \dots + w_i z_i + \dots + w_n z_n + b",
    r"w_{1}z_{1} + w_{2}z_{2} + ... + w_{i}z_{i} + ... + w_{I}z_{I} + b - c",
    r"b + w_1 z_1 + w_2 z_2 + \dots + w_n z_n",
    r"b + w_1 z_1 + \dots + w_n z_n + c^2",
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("written", SUMS)
def test_terms_beside_the_sum(written: str) -> None:
    text = rf"As $a = {written}$, $\frac{{da}}{{dw_i}} = z_i$ and $\frac{{da}}{{db}} = 1$."
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("= z_i", "= w_i")) == ["refuted", "proved"]
    assert outcomes(text.replace("= 1$.", "= 0$.")) == ["proved", "refuted"]


@pytest.mark.parametrize("last", [r"3 w_1", r"w_n", r"\frac{1}{2} (w_1^2 + \dots + w_n^2)"])
def test_terms_behind_the_sum_that_depend_on_it(last: str) -> None:
    text = rf"As $a = w_1 z_1 + \dots + w_n z_n + {last}$, $\frac{{da}}{{dw_i}} = z_i$."
    assert outcomes(text) == ["refuted"]


def test_a_total_of_errors() -> None:
    text = r"""Let $E_n = \frac{(z_n - r_n)^2}{2}$. Since $E = E_1 + E_2 + ... + E_n + ... + E_N$,
    $\frac{dE}{dz_n} = \frac{dE_n}{dz_n} = z_n - r_n$."""
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("= z_n - r_n$.", "= r_n - z_n$."))[-1] == "refuted"


def test_the_slopes_of_what_is_not_said() -> None:
    text = r"$$\frac{\partial x_3}{\partial x_2} = \frac{\partial x_3}{\partial x_1}$$"
    assert outcomes(text) == ["unproved"]
    assert outcomes(r"Let $x_3 = x_1 + 2 x_2$. Then " + text) == ["refuted"]
    assert outcomes(r"Let $x_3 = x_1 + x_2$. Then " + text) == ["proved"]


def test_what_is_made_of_itself_is_not_refuted() -> None:
    text = r"""Let $z_n = f(a_n)$. Because $a_n = w_1 z_1 + ... + w_i z_i + ... + w_I z_I + b$,
    $\frac{da_n}{dw_i} = z_i$."""
    assert "refuted" not in outcomes(text)
    assert outcomes(r"Let $z = x + 1$. $x = x + 2$") == ["refuted"]
