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
