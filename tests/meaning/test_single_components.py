"""``h_2 = w_2 h_1`` of a family h_i is kept, and not used: nothing rests on its absence."""

from __future__ import annotations

import pytest

import derive

CHAIN = r"""A chain: $h_1 = w_1 x$, $h_2 = w_2 h_1$, $h_3 = w_3 h_2$ and $L = h_3^2$.
Each step has the slope $\frac{\partial h_i}{\partial h_{i-1}} = w_i$.
"""
TRACE = r"""The trace is $v_1 = x_1$, $v_2 = x_2$, $v_3 = v_1 v_2$, $v_4 = \sin v_1$,
$v_5 = v_3 + v_4$, $y = v_5$, and the adjoints are $\bar v_i = \frac{\partial y}{\partial v_i}$.
"""
SQUARES = r"Let $z_1 = x_1 + x_2$, $z_2 = x_1 x_2$ and $L = \sum_i z_i^2$."


def last(before: str, claim: str) -> str:
    *_, step = derive.check(f"{before}\n\n$${claim}$$", format="markdown").claims
    assert step.verdict is not None
    return step.verdict.outcome


@pytest.mark.parametrize(
    ("before", "claim"),
    [
        (CHAIN, r"\frac{\partial L}{\partial x} = 2 h_3 w_1 w_2 w_3"),
        (CHAIN, r"\frac{\partial L}{\partial w_2} = 2 h_3 w_3 h_1"),
        (TRACE, r"\bar v_4 = 1"),
        (TRACE, r"\bar v_1 = v_2 + \cos v_1"),
        (SQUARES, r"\frac{\partial L}{\partial x_1} = 2 z_1 + 2 z_2 x_2"),
    ],
)
def test_a_right_one_is_not_refuted(before: str, claim: str) -> None:
    assert last(before, claim) in ("proved", "unproved")


@pytest.mark.parametrize(
    ("before", "claim"),
    [
        (CHAIN, r"\frac{\partial L}{\partial x} = 0"),
        (CHAIN, r"\frac{\partial h_2}{\partial h_1} = 0"),
        (CHAIN, r"\frac{\partial L}{\partial h_1} = 0"),
        (TRACE, r"\bar v_4 = 0"),
        (TRACE, r"\bar v_1 = 0"),
        (SQUARES, r"\frac{\partial L}{\partial x_1} = 0"),
    ],
)
def test_a_wrong_one_is_not_proved(before: str, claim: str) -> None:
    assert last(before, claim) != "proved"


def test_a_slope_by_the_family_itself() -> None:
    assert last(SQUARES, r"\frac{\partial L}{\partial z_i} = 2 z_i") == "proved"
    assert last(SQUARES, r"\frac{\partial L}{\partial z_i} = z_i") == "refuted"
