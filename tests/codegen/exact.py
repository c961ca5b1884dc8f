"""Softmax and cross-entropy in 400 digits, straight from their definitions, and errors in ulp."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import mpmath
import numpy as np

DIGITS = 400


class Row:
    """One row of logits.  The shift is by the largest logit, which 400 digits forgive."""

    def __init__(self, z: Any) -> None:
        with mpmath.workdps(DIGITS):
            self.z = [mpmath.mpf(float(x)) for x in z]
            largest = max(self.z)
            self.e = [mpmath.exp(x - largest) for x in self.z]
            self.total = mpmath.fsum(self.e)
            self.log_total = mpmath.log(self.total) + largest

    def softmax(self, i: int) -> Any:
        with mpmath.workdps(DIGITS):
            return self.e[i] / self.total

    def log_softmax(self, i: int) -> Any:
        with mpmath.workdps(DIGITS):
            return self.z[i] - self.log_total

    def loss(self, label: int) -> Any:
        return -self.log_softmax(label)

    def gradient(self, label: int, i: int) -> Any:
        with mpmath.workdps(DIGITS):
            return self.softmax(i) - (1 if i == label else 0)

    def dense_loss(self, t: Any) -> Any:
        with mpmath.workdps(DIGITS):
            return mpmath.fsum(-mpmath.mpf(float(p)) * self.log_softmax(i) for i, p in enumerate(t))


def ulp(value: Any, exact: Any) -> float:
    """|value - exact| in units in the last place of the exact value, in the value's own type."""
    kind = np.finfo(np.asarray(value).dtype)
    with mpmath.workdps(60):
        size = abs(exact)
        exponent = (
            kind.minexp if size == 0 else max(int(mpmath.floor(mpmath.log(size, 2))), kind.minexp)
        )
        unit = mpmath.mpf(2) ** (exponent - kind.nmant)
        return float(abs(mpmath.mpf(float(value)) - exact) / unit)


def hard_rows(size: int, rng: np.random.Generator) -> Iterator[tuple[str, Any]]:
    """Rows on which usual implementations lose digits, overflow or underflow."""
    yield "normal", rng.normal(size=size)
    yield "spread", 30 * rng.normal(size=size)
    yield "far apart", 1e4 * rng.uniform(-1, 1, size)
    yield "around 1e4", 1e4 + rng.normal(size=size)
    yield "around -1e4", -1e4 + rng.normal(size=size)
    yield "around 290", 290 + 10 * rng.normal(size=size)
    yield "around 100", rng.uniform(-60, 110, size)
    yield "around -50", -50 + 10 * rng.normal(size=size)
    yield "equal", np.full(size, 2.7)
    yield "huge", 1e30 * rng.normal(size=size)
    for ahead in (17, 25, 80, 1000):
        row = rng.normal(size=size)
        row[size // 2] = ahead
        yield f"one ahead by {ahead}", row
