"""The chain rule sums over all ways: who leaves one out has proved nothing of an open loss."""

from __future__ import annotations

import pytest

import derive

TWO = r"Let $u = a + b$ and $v = a b$. "
SAID = r"Let $u = a + b$, $v = a b$ and $E = E(u, v)$. "
LAYERS = r"Let $q_i = \sum_j A_{ij} x_j$ and $k_i = \sum_j B_{ij} x_j$. "
ON_TOP = r"Let $u = c a$ and $v = u + a$. "

RIGHT = [
    TWO + r"$\frac{\partial E}{\partial a} = \frac{\partial E}{\partial u}"
    r" + b \frac{\partial E}{\partial v}$",
    SAID + r"$\frac{\partial E}{\partial a} = \frac{\partial E}{\partial u}"
    r" + b \frac{\partial E}{\partial v}$",
    LAYERS + r"$\frac{\partial E}{\partial x_j} = \sum_i A_{ij} \frac{\partial E}{\partial q_i}"
    r" + \sum_i B_{ij} \frac{\partial E}{\partial k_i}$",
    ON_TOP + r"$\frac{\partial E}{\partial a} = (1 + c) \frac{\partial E}{\partial v}$",
    r"Let $u = a + b$. $\frac{\partial E}{\partial a} = \frac{\partial E}{\partial u}$",
    # what is made of E is no way to it
    r"Let $u = a + b$ and $r = a E$. "
    r"$\frac{\partial E}{\partial a} = \frac{\partial E}{\partial u}$",
    # nor is what only shortens an expression
    r"Let $u = a^2$ and $s = 2 a$. "
    r"$\frac{\partial E}{\partial a} = s \frac{\partial E}{\partial u}$",
]
WRONG = [
    TWO + r"$\frac{\partial E}{\partial a} = \frac{\partial E}{\partial u}$",
    TWO + r"$\frac{\partial v}{\partial a} = b$, and"
    r" $\frac{\partial E}{\partial a} = \frac{\partial E}{\partial u}$",
    SAID + r"$\frac{\partial E}{\partial a} = \frac{\partial E}{\partial u}$",
    TWO + r"$\frac{\partial E}{\partial a} = \frac{\partial E}{\partial u}$,"
    r" $\frac{\partial E}{\partial v} = 3$",
    LAYERS + r"$\frac{\partial E}{\partial x_j} = \sum_i A_{ij} \frac{\partial E}{\partial q_i}$",
    ON_TOP + r"$\frac{\partial E}{\partial a} = c \frac{\partial E}{\partial u}$",
]


@pytest.mark.parametrize("text", RIGHT)
def test_all_ways(text: str) -> None:
    assert derive.check(text).claims[-1].verdict.outcome == "proved"


@pytest.mark.parametrize("text", WRONG)
def test_a_way_that_is_left_out(text: str) -> None:
    found = [
        claim.verdict
        for claim in derive.check(text).claims
        if claim.statement.left == r"\frac{\partial E}{\partial a}" or "x_j" in claim.statement.left
    ]
    assert [verdict.outcome for verdict in found] == ["unproved"]
    assert "depend" in found[0].message
