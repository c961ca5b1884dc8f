"""Recurrences that are supposed hold of their neighbours, too, also at either end."""

from __future__ import annotations

import pytest

import derive

DOUBLES = r"The values satisfy $v_{t+1} = 2 v_t$. "
LAST = DOUBLES + r"Let $P = v_T + 1$. "
FORWARD = (
    r"The forward variables satisfy $\alpha_{t+1, j} = b_j \sum_{i=1}^N \alpha_{t, i} a_{ij}$. "
    r"The likelihood is $P = \sum_{i=1}^N \alpha_{T,i}$. Therefore "
)


@pytest.mark.parametrize(
    ("text", "false"),
    [
        (DOUBLES + r"So $v_{t+2} = 4 v_t$.", False),
        (DOUBLES + r"So $v_{t+2} = 3 v_t$.", True),
        (LAST + r"So $P = 2 v_{T-1} + 1$.", False),
        (LAST + r"So $P = 3 v_{T-1} + 1$.", True),
        (FORWARD + r"$P = \sum_{j=1}^N b_j \sum_{i=1}^N \alpha_{T-1,i} a_{ij}$.", False),
        (FORWARD + r"$P = \sum_{j=1}^N b_j \sum_{i=1}^N \alpha_{T-1,i} a_{ji}$.", True),
    ],
)
def test_a_recurrence_is_not_left_at_an_end(text: str, false: bool) -> None:
    """What follows at all inner positions fails at no end; what does not, fails within."""
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    assert (step.verdict.outcome in ("refuted", "conditional")) is false
