"""Slopes of quantities each of which is a function of the others, as nothing says how."""

from __future__ import annotations

import pytest

import derive


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # The sign of the triple product is right, though no slope alone is known.
        (r"$$\frac{\partial p}{\partial V} \frac{\partial V}{\partial T}"
         r" \frac{\partial T}{\partial p} = -1$$", "unproved"),
        (r"$$\frac{\partial x}{\partial y} \frac{\partial y}{\partial x} = 1$$", "unproved"),
        (r"Let $y = 2 x$. $$\frac{\partial y}{\partial x} = 3$$", "refuted"),
        (r"$$\frac{\partial x_i}{\partial x_j} = 1$$", "conditional"),
    ],
)  # fmt: skip
def test_what_is_said_of_them_is_not_refuted(text: str, verdict: str) -> None:
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    assert step.verdict.outcome == verdict
