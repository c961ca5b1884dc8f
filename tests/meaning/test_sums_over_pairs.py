"""A sum over ``i \\neq j`` is over all pairs, unless something else fixes the j."""

from __future__ import annotations

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


SQUARE = r"""Let $M = \sum_{i=1}^N \sum_{j=1}^N x_i x_j$. Then

$$ M = \sum_i x_i^2 + \sum_{i \neq j} x_i x_j $$
"""


def test_all_pairs_of_different_positions() -> None:
    assert outcomes(SQUARE) == ["proved"]
    assert outcomes(SQUARE.replace(r"+ \sum_{i \neq", r"+ 2 \sum_{i \neq")) == ["refuted"]


def test_the_slope_of_a_sum_over_pairs() -> None:
    text = r"""Let $S = \frac12 \sum_{i \ne j} x_i x_j$. Then

$$ \frac{\partial S}{\partial x_k} = \sum_{j \ne k} x_j $$
"""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace(r"\sum_{j \ne k} x_j $", r"\sum_j x_j $")) == ["refuted"]


def test_a_letter_that_is_fixed() -> None:
    of_one = r"""Let $u_k = \sum_{j \ne k} x_j x_k$. Then

$$ u_k = x_k \sum_{j \ne k} x_j $$

$$ \sum_k u_k = \sum_{j \ne k} x_j x_k $$
"""
    assert outcomes(of_one) == ["proved", "proved"]
    of_class = r"""Let $L = \sum_{j \ne y} (z_j - z_y)^2$. Then

$$ \frac{\partial L}{\partial z_y} = -2 \sum_{j \ne y} (z_j - z_y) $$
"""
    assert outcomes(of_class) == ["proved"]
    assert outcomes(of_class.replace("= -2", "= 2")) == ["refuted"]


def test_which_of_the_two_is_meant_stays_open() -> None:
    text = r"""Fix the class $k$. Let $L = \sum_{j \ne k} (z_j - z_k)^2$. Then

$$ \frac{\partial L}{\partial z_k} = -2 \sum_{j \ne k} (z_j - z_k) $$
"""
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace("= -2", "= 3")) == ["refuted"]
