"""Derivatives that count as 0 because nothing says what depends on what they are derived by."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derive
from derive.logic.problem import Claim, Context, Definition
from derive.logic.terms import Derivative, Index, Mul, Number, Term, Variable
from derive.prover.judge import verdict

PLACE = Index("l", "M")
W = Variable("w", ())
Z = Variable("z", (PLACE,))


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text).claims if claim.verdict]


def slope_of(right: Term) -> Claim:
    context = Context((Definition("u", (PLACE,), (), Z),), ())
    return Claim(Derivative(Variable("u", (PLACE,)), W), "=", right, context)


@pytest.mark.parametrize(("factor", "outcome"), [(1, "proved"), (-1, "unproved"), (2, "unproved")])
def test_both_sides_are_0_as_long_as_nothing_depends_on_w(factor: int, outcome: str) -> None:
    """du_l/dw = dz_l/dw holds for u = z whatever z is; with a factor it does so for 0 alone."""
    slope = Derivative(Z, W)
    right = slope if factor == 1 else Mul((Number(Fraction(factor)), slope))
    assert verdict(slope_of(right)).outcome == outcome


CHAIN = r"""Let $h = f(z)$.

$$\frac{\partial h}{\partial w} = \frac{\partial f}{\partial z} \frac{\partial z}{\partial w}$$
"""
SUM = r"""The loss is $L = \sum_i (y_i - t_i)^2$ with $y_i = g(a_i)$.

$$\frac{\partial L}{\partial w} = \sum_i \frac{\partial L}{\partial a_i}
\frac{\partial a_i}{\partial w}$$
"""


@pytest.mark.parametrize("text", [CHAIN, SUM])
def test_a_chain_rule_holds_whatever_depends_on_w(text: str) -> None:
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace(r"{\partial w} = ", r"{\partial w} = -")) == ["unproved"]
    assert outcomes(text.replace(r"{\partial w} = ", r"{\partial w} = 3 ")) == ["unproved"]


OUTPUTS = r"""The error is $J(h) = \frac{1}{2} \sum_i (h_i - t_i)^2$, so that

$$\frac{\partial J}{\partial h_j} = h_j - t_j$$

Each output is $h_i = f_i(z)$ of a vector $z$. Hence

$$\frac{\partial h_i}{\partial z_k} = \frac{\partial f_i}{\partial z_k}$$
"""


def test_f_i_of_z_is_one_of_several_functions() -> None:
    """As a product f_i z it would have the components of z as well, and h two indices."""
    assert outcomes(OUTPUTS) == ["proved", "proved"]
    wrong = OUTPUTS.replace(r"= h_j - t_j", r"= h_j + t_j")
    assert outcomes(wrong) == ["refuted", "proved"]
    twin = OUTPUTS.replace(r"= \frac{\partial f_i}", r"= 2 \frac{\partial f_i}")
    assert outcomes(twin)[1] != "proved"


def test_a_factor_with_an_index_is_none() -> None:
    text = r"Let $s = \sum_i w_i (x + b)$. Then $$\frac{\partial s}{\partial x} = \sum_i w_i .$$"
    assert outcomes(text) == ["proved"]
