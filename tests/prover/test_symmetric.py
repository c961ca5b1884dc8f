"""``A_ij = A_ji`` is used in sums over both i and j, whichever way round it stands."""

from __future__ import annotations

import pytest

import derive

SYMMETRIC = r"Let $A$ be a symmetric $d \times d$ matrix. Then "


@pytest.mark.parametrize(
    "step",
    [
        r"x^T A y = y^T A x",
        r"(x + y)^T A (x + y) = x^T A x + 2 x^T A y + y^T A y",
        r"\sum_i \sum_j A_{ij} u_i v_j = \sum_i \sum_j A_{ji} u_i v_j",
        r"\sum_i \sum_j \sum_k A_{ij} A_{jk} x_i y_k = \sum_i \sum_j \sum_k A_{ij} A_{jk} y_i x_k",
        r"X A X^T = (X A X^T)^T",
    ],
)
def test_both_ways_are_one(step: str) -> None:
    assert [c.verdict.outcome for c in derive.check(f"{SYMMETRIC}${step}$.").claims] == ["proved"]
    square = SYMMETRIC.replace("symmetric", "square")
    assert "proved" not in [c.verdict.outcome for c in derive.check(f"{square}${step}$.").claims]


@pytest.mark.parametrize(
    "step",
    [
        r"x^T A y = -y^T A x",
        r"x^T A y = y^T A y",
        r"(x + y)^T A (x + y) = x^T A x + x^T A y + y^T A y",
        r"\sum_i \sum_j A_{ij} u_i v_j = \sum_i \sum_j A_{ij} u_i v_i",
    ],
)
def test_what_does_not_follow(step: str) -> None:
    assert [c.verdict.outcome for c in derive.check(f"{SYMMETRIC}${step}$.").claims] == ["refuted"]


def test_what_stands_beside_a_symmetric_matrix_need_not_be() -> None:
    text = r"Let $A$ be a symmetric $d \times d$ matrix and $B$ a $d \times d$ matrix. Then "
    assert [c.verdict.outcome for c in derive.check(text + "$x^T B y = y^T B x$.").claims] != [
        "proved"
    ]
    text = text.replace("and $B$ a", "and $B$ a symmetric")
    assert [c.verdict.outcome for c in derive.check(text + "$x^T B y = y^T B x$.").claims] == [
        "proved"
    ]
