"""The logistic function and its logarithms keep their digits where e^z overflows or vanishes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import derive
from derive.codegen.verify import verify

SIGMOIDS = [r"\frac{1}{1 + e^{-z_i}}", r"\frac{e^{z_i}}{1 + e^{z_i}}", r"\frac{1}{e^{-z_i} + 1}"]
LOSS = r"$$L = -\sum_{i=1}^n \left[ t_i \log p_i + (1 - t_i) \log (1 - p_i) \right]$$"


@pytest.mark.parametrize("sigmoid", SIGMOIDS)
def test_the_cross_entropy_of_two_classes(sigmoid: str) -> None:
    text = f"Let $p_i = {sigmoid}$ and\n\n{LOSS}\n\n" + (
        r"$$\frac{\partial L}{\partial z_i} = p_i - t_i$$"
    )
    report, files = derive.check(text), derive.generate(text)
    agreements, disagreements = verify(report, files)
    assert not disagreements
    assert {a.function for a in agreements} >= {"p", "L", "dL_dz"}


def test_far_from_zero() -> None:
    files = derive.generate(f"Let $p_i = {SIGMOIDS[0]}$ and\n\n{LOSS}")
    (source,) = (text for name, text in files.items() if name.endswith(".py"))
    space: dict[str, Any] = {}
    exec(source, space)
    z, t = np.array([800.0, -800.0, 800.0]), np.array([1.0, 0.0, 0.0])
    assert math.isclose(float(space["L"](t, z)), 800.0)
    assert "L(t, z" in source
