"""One step of a recurrence with gates: what came before is not moved by what comes now."""

from __future__ import annotations

import pytest

import derive

CELL = r"""In an LSTM
\begin{align}
f_t &= \sigma(a^f_t) \\
i_t &= \sigma(a^i_t) \\
o_t &= \sigma(a^o_t) \\
g_t &= \tanh(a^g_t) \\
c_t &= f_t c_{t-1} + i_t g_t \\
h_t &= o_t \tanh(c_t)
\end{align}
"""
STEP = r"""$$c_t = f_t c_{t-1} + i_t g_t$$ with $f_t = \tanh(a_t)$, $i_t = \tanh(b_t)$ and
$g_t = \tanh(f_t)$.
"""
CLAIMS = [
    (CELL, r"\frac{\partial c_t}{\partial f_t} = c_{t-1}", "c_t"),
    (CELL, r"\frac{\partial c_t}{\partial i_t} = g_t", "i_t"),
    (CELL, r"\frac{\partial f_t}{\partial a^f_t} = f_t (1 - f_t)", "f_t (1 + f_t)"),
    (CELL, r"\frac{\partial g_t}{\partial a^g_t} = 1 - g_t^2", "1 - g_t"),
    (CELL, r"\frac{\partial h_t}{\partial a^o_t} = \tanh(c_t) o_t (1 - o_t)", r"o_t (1 - o_t)"),
    (CELL, r"\frac{\partial c_t}{\partial a^i_t} = g_t i_t (1 - i_t)", "g_t i_t"),
    (STEP, r"\frac{\partial c_t}{\partial f_t} = c_{t-1} + i_t (1 - g_t^2)", "c_{t-1}"),
    (STEP, r"\frac{\partial c_t}{\partial i_t} = g_t", "2 g_t"),
    (STEP, r"\frac{\partial c_t}{\partial i_{t-1}} = f_t g_{t-1}", "g_{t-1}"),
    (STEP, r"\frac{\partial c_t}{\partial b_t} = g_t (1 - i_t^2)", "g_t (1 - i_t)"),
    (
        STEP,
        r"\frac{\partial c_t}{\partial a_t} = (1 - f_t^2) (c_{t-1} + i_t (1 - g_t^2))",
        "(1 - f_t^2) c_{t-1}",
    ),
]


def outcome(text: str) -> str:
    *_, last = derive.check(text, format="markdown").claims
    assert last.verdict is not None
    return last.verdict.outcome


@pytest.mark.parametrize(("before", "claim", "wrong"), CLAIMS)
def test_one_step_of_gates(before: str, claim: str, wrong: str) -> None:
    assert outcome(f"{before}\n\n$${claim}$$") == "proved"
    left = claim.rpartition("=")[0]
    assert outcome(f"{before}\n\n$${left} = {wrong}$$") in ("refuted", "conditional")


def test_letters_that_are_numbers_are_powers() -> None:
    text = r"Let $y_i = x_i^m + x_i^n$. Then $\frac{\partial y_i}{\partial x_i} = "
    assert outcome(text + "m x_i^{m-1} + n x_i^{n-1}$.") == "proved"
