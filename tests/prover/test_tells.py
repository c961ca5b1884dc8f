"""Equations of an open function: what tells which it is, and slips that hold of none."""

from __future__ import annotations

import pytest

import derive


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"The motion is $u''(t) = -u(t)$.", "unproved"),
        (r"The equation reads $u'(t) = -u(t)^2$.", "unproved"),
        (r"The logistic equation reads $u'(t) = u(t) (1 - u(t))$.", "unproved"),
        (r"The dynamics are $z'(t) = w z(t) + b$.", "unproved"),
        (r"The step has $H(x)^2 = H(x)$.", "unproved"),
        (r"We have $f(x) + f(x) = 2 f(x)$.", "proved"),
        (r"We have $f(x) + f(x) = 3 f(x)$.", "refuted"),
        (r"We have $f'(x) + f'(x) = 3 f'(x)$.", "refuted"),
        (r"We have $\frac{d}{dx} f(x)^2 = f'(x)^2$.", "refuted"),
        (r"We have $\frac{d}{dx} f(2x) = f'(2x)$.", "refuted"),
        (r"Let $h(x) = f(x)^2$. Then $h'(x) = f'(x)$.", "refuted"),
    ],
)
def test_equations_of_an_open_function(text: str, verdict: str) -> None:
    """A differential equation holds of its solutions; the chain rule of every function."""
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    assert step.verdict.outcome == verdict
