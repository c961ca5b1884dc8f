"""Rows and columns: components do not tell them apart, and a proof of a step has to."""

from __future__ import annotations

import pytest

import derive
from derive.meaning.standing import COLUMN, ROW, Standing, learned, reduced

MATRIX = r"Let $A \in \mathbb{R}^{n \times n}$ and $u, v \in \mathbb{R}^n$. "
SQUARE = r"Let $f(v) = v^T A v$ with $A$ symmetric. "
LAYER = r"Let $s = W h + c$ with $W \in \mathbb{R}^{m \times n}$ and $h \in \mathbb{R}^n$. "

RIGHT = [
    MATRIX + r"$(A v)^T = v^T A^T$",
    MATRIX + r"$v^T A = (A^T v)^T$",
    MATRIX + r"$v^T A u = u^T A^T v$",
    MATRIX + r"$(u + v)^T = u^T + v^T$",
    MATRIX + r"$(u v^T)^T = v u^T$",
    LAYER + r"$s^T = h^T W^T + c^T$",
    SQUARE + r"$\nabla f = 2 A v$",
    r"Let $g(v) = k^T v$. $\nabla g = k$. " + SQUARE + r"$\nabla f = 2 A v$",
    r"Let $g(v) = k^T v$. $\nabla g = k^T$. " + SQUARE + r"$\nabla f = 2 v^T A$",
    r"Let $U \in \mathbb{R}^{n \times m}$, $r \in \mathbb{R}^n$, $q = r U + d$. $q - d = r U$",
]
WRONG = [
    MATRIX + r"$(A v)^T = A v^T$",
    MATRIX + r"$v^T A = A^T v$",
    MATRIX + r"$u + v^T = u + v$",
    MATRIX + r"$v^T = v$",
    LAYER + r"$s^T = h^T W^T + c$",
    LAYER + r"$s = W h^T + c$",
    r"Let $f(v) = v^T A v - k^T v$ with $A$ symmetric. $\nabla f = 2 A v - k^T$",
    r"Let $g(v) = k^T v$. $\nabla g = k$. " + SQUARE + r"$\nabla f = 2 v^T A$",
    r"Let $g(v) = k^T v$. $\nabla g = k^T$. " + SQUARE + r"$\nabla f = 2 A v$",
    r"Let $U \in \mathbb{R}^{n \times m}$, $r \in \mathbb{R}^n$, $q = r U + d$. $q^T - d = r U$",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_stands_alike_is_equal(text: str) -> None:
    assert derive.check(text).claims[-1].verdict.outcome == "proved"


@pytest.mark.parametrize("text", WRONG)
def test_a_row_is_no_column(text: str) -> None:
    verdict = derive.check(text).claims[-1].verdict
    assert verdict.outcome == "unproved"
    assert "a row" in verdict.message


def test_a_gradient_that_stands_as_a_row_is_told() -> None:
    (claim,) = derive.check(SQUARE + r"$\nabla f = 2 v^T A$").claims
    assert claim.verdict.outcome == "proved"
    assert "read as rows" in claim.statement.note


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (r"$(P Q)^T = P Q$", "unproved"),
        (r"Let $P$ be symmetric and $Q$ be symmetric. $(P Q)^T = P Q$", "unproved"),
        (r"Let $P, Q \in \mathbb{R}^{n \times n}$. $(P Q)^T = Q^T P^T$", "proved"),
        (r"Let $c$ be a number and $v, w \in \mathbb{R}^n$. $(c v^T w)^T = c w^T v$", "proved"),
    ],
)
def test_letters_without_a_shape_that_are_transposed_are_no_numbers(
    text: str, outcome: str
) -> None:
    assert derive.check(text).claims[-1].verdict.outcome == outcome


def test_equations_are_solved_as_they_come() -> None:
    a, b = Standing(frozenset("a")), Standing(frozenset("b"))
    known, torn = learned([a + b, b + ROW], {})
    assert torn is None
    assert reduced(a, known) == ROW
    again, torn = learned([a + COLUMN], known)
    assert (again, torn) == (known, frozenset("a"))
    assert learned([ROW], known) == (known, frozenset())
