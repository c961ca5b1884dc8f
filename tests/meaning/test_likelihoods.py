"""Likelihoods: what a chain goes on with, split over formulas, and probabilities named Pr."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""
Let $p_i = P(y_i = 1 | x_i) = \frac{1}{1 + e^{-x_i^T \beta}}$. The likelihood is

$L(\beta)$ $= P(y_1, \dots, y_n | x_1, \dots, x_n)\\
= \prod_{i=1}^n P(y_i | x_i)\\
= \prod_{i=1}^n p_i^{y_i} (1 - p_i)^{1 - y_i}$

$\log L(\beta)$ $= \sum_{i=1}^n [y_i \log p_i + (1 - y_i) \log(1 - p_i)]$

$$ \log L(\beta) = \sum_{i=1}^n [y_i x_i^T \beta - \log(1 + e^{x_i^T \beta})] $$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("letter", ["P", "Pr", r"\Pr", r"\mathrm{Pr}", "p"])
def test_the_likelihood_is_what_its_chain_ends_with(letter: str) -> None:
    page = PAGE.replace("P(", f"{letter}(")
    assert outcomes(page)[-2:] == ["proved"] * 2
    assert outcomes(page.replace("+ (1 - y_i) \\log", "- (1 - y_i) \\log"))[-2] == "refuted"
    assert outcomes(page.replace(r"\log(1 + e", r"2 \log(1 + e"))[-1] == "refuted"


def test_a_product_of_p_and_r_stays_one() -> None:
    assert outcomes("Let $q = Pr(a + b)$. Then $$ q = Pra + Prb $$") == ["proved"]


def test_words_or_a_blank_line_between_formulas_part_them() -> None:
    assert outcomes(r"Let $f = x^2$ and $g = 1$. We take $f$, then $= x^2 + 1$.") != ["proved"]
