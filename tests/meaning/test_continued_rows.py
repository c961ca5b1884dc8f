"""Rows of a display under conditions of their own, beside them or above their signs."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


GRADIENT = r"""Let $p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$ and $L = \log \sum_j e^{z_j} - z_y$.
$$
\begin{aligned}
\frac{\partial L}{\partial z_k} &= p_k - \delta_{ky} \\
&= p_k - 1 && \text{if } k = y \\
&= p_k && OTHERWISE
\end{aligned}
$$
"""


@pytest.mark.parametrize("words", [r"\text{otherwise}", r"\text{if } k \neq y", r"\text{else}"])
def test_rows_of_two_cases_go_on_from_the_same(words: str) -> None:
    text = GRADIENT.replace("OTHERWISE", words)
    assert outcomes(text) == ["proved"] * 3
    assert outcomes(text.replace("&= p_k && ", "&= p_k + 1 && ")) == ["proved", "proved", "refuted"]


def test_a_row_behind_a_condition_holds_under_it() -> None:
    text = GRADIENT.replace("OTHERWISE", r"\text{if } k \neq y").replace(
        "&= p_k &&", "&= p_k + 0 &&"
    )
    text = text.replace("y\n\\end", "y \\\\\n&= p_k\n\\end")
    assert outcomes(text) == ["proved"] * 4


SLOPE = r"""$$
\begin{aligned}
f(x) &= x^2 && \text{if } x > 0 \\
LEFT &= 0 && \text{otherwise}
\end{aligned}
$$

Then $f'(x) = 2 x$. For $x > 0$ we have $f'(x) = 2 x$.
"""


@pytest.mark.parametrize("left", ["", "f(x)"])
def test_rows_that_define_by_cases(left: str) -> None:
    assert outcomes(SLOPE.replace("LEFT", left)) == ["conditional", "proved"]


def test_what_is_said_aside_is_not_gone_on_from() -> None:
    text = r"""\begin{align}
g &= (x + 1)^2 && \text{where } x = \frac{a}{2} \\
&= x^2 + 2 x + 1
\end{align}
"""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("+ 2 x + 1", "+ 2 x + 2")) == ["refuted"]


ABOVE = r"""Let $p_i = e^{z_i} / \sum_j e^{z_j}$. Then

$$ \frac{\partial p_i}{\partial z_k} \overset{i \ne k}{=} -p_i p_k $$

$$ \frac{\partial p_i}{\partial z_k} \stackrel{(i = k)}{=} p_i (1 - p_k)
\overset{(2)}{=} p_k - p_k^2 $$
"""


def test_a_condition_above_the_sign() -> None:
    assert outcomes(ABOVE) == ["proved"] * 3
    assert outcomes(ABOVE.replace(r"i \ne k", "i = k"))[0] == "refuted"
    assert outcomes(ABOVE.replace("p_k - p_k^2", "p_k - p_k^3"))[2] == "refuted"


@pytest.mark.parametrize(
    "number", [r"1\mathrm{e}{-3}", r"1\text{e-}3", r"1\mathrm{e-3}", "1e{-3}", "1e-3"]
)
def test_decimal_exponents(number: str) -> None:
    assert outcomes(f"Let $a = 0.001$. Then $a = {number}$.") == ["proved"]
    assert outcomes(f"Let $a = 0.01$. Then $2 a = {number}$.") == ["refuted"]
