"""Recurrences in several equations, as recurrent networks are written."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


STATE = r"Let $h_t = \tanh(a_t)$ with $a_t = w h_{t-1} + u x_t$. "
TURNED = r"Let $a_t = w h_{t-1} + u x_t$ and $h_t = \tanh(a_t)$. "
VECTORS = r"Let $h_t = \tanh(a_t)$ with $a_t = W_{hh} h_{t-1} + W_{xh} x_t + b_h$. "


@pytest.mark.parametrize("state", [STATE, TURNED])
def test_a_state_by_the_one_before(state: str) -> None:
    slope = state + r"$$\frac{\partial h_t}{\partial h_{t-1}} = (1 - h_t^2) w$$"
    assert outcomes(slope) == ["proved"]
    assert outcomes(slope.replace("h_t^2", "h_{t-1}^2")) == ["refuted"]
    assert outcomes(slope.replace("1 - h_t^2", "0")) == ["refuted"]


def test_a_vector_of_states() -> None:
    slope = VECTORS + (
        r"$$\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2) W_{hh}$$"
    )
    assert outcomes(slope) == ["proved"]
    assert outcomes(slope.replace("1 - h_t^2", "1 + h_t^2")) == ["refuted"]


def test_a_circle_is_no_recurrence() -> None:
    text = r"Let $h_t = \tanh(a_t)$. Then $a_t = w h_t + b_{t-1}$."
    assert outcomes(text) != ["proved"]
    assert derive.check(text).judgements[-1].statement.kind == "claim"


def test_a_word_of_three_letters_below_a_name() -> None:
    text = r"Let $s_k = s_{k-1} w_{rec} + x_k w_x$. " + (
        r"$$\frac{\partial s_k}{\partial s_{k-1}} = w_{rec}$$"
    )
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= w_{rec}$$", "= 2 w_{rec}$$")) == ["refuted"]
    assert outcomes(r"Let $A_{ijk} = b_i c_j d_k$. Then $A_{ijk} = c_j b_i d_k$.") == ["proved"]


LOSS = r"Let $h_t = w h_{t-1} + x_t$ and $L = \sum_{t=1}^T (h_t - d_t)^2$. "


@pytest.mark.parametrize("sign", [r"\partial", "d"])
def test_a_loss_of_all_moments_by_the_state_of_one(sign: str) -> None:
    """h_t is in h_{t+1}, too: the slope of the sum is not that of its own term."""
    slope = rf"$$\frac{{{sign} L}}{{{sign} h_t}} = 2 (h_t - d_t)$$"
    assert outcomes(LOSS + slope) == ["unproved"]


def test_a_loss_of_one_moment() -> None:
    one = r"Let $h_t = w h_{t-1} + x_t$ and $L_t = (h_t - d_t)^2$. "
    slope = r"$$\frac{\partial L_t}{\partial h_t} = 2 (h_t - d_t)$$"
    assert outcomes(one + slope) == ["proved"]
    assert outcomes(one + slope.replace("h_t - d_t", "h_t + d_t")) == ["refuted"]


CELL = (
    r"With $\sigma(x) = 1 / (1 + e^{-x})$ let $f_t = \sigma(w x_t + u h_{t-1})$, "
    r"$c_t = f_t c_{t-1} + i_t g_t$ and $h_t = o_t \tanh(c_t)$. "
)


def test_a_cell_by_the_one_before_with_the_state_held() -> None:
    slope = r"$$\frac{\partial c_t}{\partial c_{t-1}} = f_t$$"
    assert outcomes(CELL + slope) == ["unproved"]
    alone = CELL.replace("h_{t-1}", "v_t")
    assert outcomes(alone + slope) == ["proved"]
    assert outcomes(alone + slope.replace("= f_t", "= f_{t-1}")) == ["refuted"]


def test_a_prime_in_the_definition_of_its_own_name() -> None:
    cell = r"Let $c = f c' + i g$ and $f = \sigma(w x)$ with $\sigma(x) = 1 / (1 + e^{-x})$. "
    slope = r"$$\frac{\partial c}{\partial w} = c' f (1 - f) x$$"
    assert outcomes(cell + slope) == ["proved"]
    assert outcomes(cell + slope.replace(" x$$", "$$")) == ["refuted"]


def test_an_equation_that_is_solved() -> None:
    text = (
        r"At the fixed point $a_i = \sum_j w_{ij} a_j + x_i$. "
        r"$$\frac{\partial a_i}{\partial x_j} = \delta_{ij}$$"
    )
    assert outcomes(text) == ["unproved", "unproved"]
