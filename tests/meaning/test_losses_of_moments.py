"""Slopes of a loss that nothing defines, by the quantities of a recurrent network."""

from __future__ import annotations

import pytest

import derive

CELL = r"""
$$f_t = \sigma(W_{f} x_t + U_{f} h_{t-1} + b_{f})$$
$$C_t = f_t \odot C_{t-1} + i_t \odot g_t$$
$$h_t = o_t \odot \tanh(C_t)$$

Let $L$ be the loss.

"""
STATE = r"""
$$a_t = W x_t + U h_{t-1} + b$$
$$h_t = \phi(a_t)$$
$$y_t = V h_t + c$$

where $\phi$ is the activation and $L$ is the loss.

"""


def outcomes(text: str) -> list[str]:
    found = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in found if j.verdict is not None]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"{f_t} = L' \odot C_{t-1}", r"{f_t} = L' \odot C_{t}"),
        (r"{g_t} = L' \odot i_t", r"{g_t} = L' \odot g_t"),
        (
            r"{C_t} = \frac{\partial L}{\partial h_t} \odot o_t \odot (1 - \tanh^2(C_t)) "
            r"+ \frac{\partial L}{\partial C_{t+1}} \odot f_{t+1}",
            r"{C_t} = \frac{\partial L}{\partial h_t} \odot o_t \odot (1 - \tanh^2(C_t)) "
            r"+ \frac{\partial L}{\partial C_{t+1}} \odot f_{t}",
        ),
        (
            r"{o_t} = \frac{\partial L}{\partial h_t} \odot \tanh(C_t)",
            r"{o_t} = \frac{\partial L}{\partial h_t} \odot \tanh(C_{t-1})",
        ),
    ],
)
def test_the_gates_of_a_cell(right: str, wrong: str) -> None:
    slope = r"\frac{\partial L}{\partial C_t}"
    for said, expected in ((right, ["proved"]), (wrong, ["unproved"])):
        formula = r"$$\frac{\partial L}{\partial " + said.replace("{", "", 1).replace("}", "}", 1)
        assert outcomes(CELL + formula.replace("L'", slope) + "$$") == expected


def test_a_cell_whose_later_moments_are_left_out() -> None:
    """C_t is in C_{t+1}, too."""
    formula = r"$$\frac{\partial L}{\partial C_t} = \frac{\partial L}{\partial h_t} \odot o_t "
    assert outcomes(CELL + formula + r"\odot (1 - \tanh^2(C_t))$$") == ["unproved"]


def test_what_enters_an_activation() -> None:
    formula = (
        r"$$\frac{\partial L}{\partial a_t} = \frac{\partial L}{\partial h_t} \odot \phi'(a_t)$$"
    )
    assert outcomes(STATE + formula) == ["proved"]
    assert outcomes(STATE + formula.replace(r"\phi'(a_t)", r"\phi'(a_{t-1})")) == ["unproved"]


def test_a_state_by_its_output_alone() -> None:
    """h_t is in a_{t+1}, too, and the loss may depend on it directly."""
    formula = r"$$\frac{\partial L}{\partial h_t} = V^T \frac{\partial L}{\partial y_t}$$"
    assert outcomes(STATE + formula) == ["unproved"]


def test_a_name_of_which_no_moment_is_said() -> None:
    """``h`` beside ``h_t`` is read, whatever comes of it."""
    text = STATE + r"$$s = V h$$" + "\n\n" + r"$$\frac{\partial L}{\partial h_t} = V^T g$$"
    assert "proved" not in outcomes(text)
