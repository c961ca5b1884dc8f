"""Of a recurrence, the derivative of one step alone is another than that through all steps."""

from __future__ import annotations

import pytest

import derive

STEP = r"Let $h_t = \tanh(w h_{t-1} + u x_t)$."
GATES = r"""Let $f_t = \tanh(w x_t + u h_{t-1})$ and
$$h_t = f_t h_{t-1}$$"""
CLAIMS = [
    (STEP, r"\frac{\partial h_t}{\partial w} = (1 - h_t^2) h_{t-1}", "conditional"),
    (STEP, r"\frac{\partial h_t}{\partial u} = (1 - h_t^2) x_t", "conditional"),
    (GATES, r"\frac{\partial f_t}{\partial w} = (1 - f_t^2) x_t", "conditional"),
    (STEP, r"\frac{\partial h_t}{\partial w} = (1 - h_t^2) x_t", "refuted"),
    (STEP, r"\frac{\partial h_t}{\partial u} = (1 - h_t) x_t", "refuted"),
    (GATES, r"\frac{\partial f_t}{\partial w} = (1 - f_t^2) h_{t-1}", "refuted"),
    (STEP, r"\frac{\partial h_t}{\partial h_{t-1}} = (1 - h_t^2) w", "proved"),
    (
        STEP,
        r"\frac{\partial h_t}{\partial w} = (1 - h_t^2) "
        r"(h_{t-1} + w \frac{\partial h_{t-1}}{\partial w})",
        "proved",
    ),
]


@pytest.mark.parametrize(("before", "claim", "outcome"), CLAIMS)
def test_one_step(before: str, claim: str, outcome: str) -> None:
    *_, last = derive.check(f"{before}\n\n$${claim}$$", format="markdown").claims
    assert last.verdict is not None
    assert last.verdict.outcome == outcome
    if outcome == "conditional":
        assert last.verdict.missing[0].source.endswith("h_{t - 1} \\text{ held fixed}")


def test_what_goes_back_before_the_first_position_is_no_internal_error() -> None:
    text = r"Let $m_t = b m_{t-1} + g_t$. Then $$m_3 = b^2 m_1 + b g_2 + g_3$$ $$m_3 = g_3$$"
    for step in derive.check(text, format="markdown").claims:
        assert step.verdict is not None
        assert step.verdict.outcome == "unproved"
        assert step.verdict.message == "it goes back to a position before the first"
