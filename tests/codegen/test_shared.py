"""Arrays that all rows share, and sums over sums: NumPy's buffers are as large as they must be."""

from __future__ import annotations

import types

import numpy as np
import pytest

import derive
from derive.codegen.verify import verify

MATTER = """---
kernels:
  batch: B
  shared: [W, V, b, c]
  functions:
    f: {from: {FROM}, computes: {out1: 'NAME'}}
---
"""
NAMES = {"x": "x_j", "u": "u_i", "W": "W_{ij}", "V": "V_{ij}", "b": "b_i", "c": "c_j"}


def module(text: str) -> types.ModuleType:
    found = types.ModuleType("generated")
    source = derive.generate(text, targets=("numpy",))["kernels.py"]
    exec(compile(source, "kernels.py", "exec"), found.__dict__)
    return found


@pytest.mark.parametrize(
    ("name", "value", "used"),
    [
        ("q", r"\sum_i \sum_j c_j b_i W_{ij} x_j", "x W b c"),
        ("o", r"\sum_i \sum_j u_i x_j x_j", "x u"),
        ("R_{ij}", r"b_i W_{ij} x_j", "x W b"),
        ("S_{ij}", r"e^{W_{ij}} + x_j", "x W"),
        ("T_{ij}", r"c_j + V_{ij} + x_j W_{ij} - b_i", "x W V b c"),
        ("U_{ij}", r"\tanh(W_{ij} V_{ij}) c_j x_j + e^{c_j x_j}", "x W V c"),
        ("y_j", r"\sum_i u_i \tanh(u_i + b_i) W_{ij}", "u W b"),
        ("k", r"\sum_i \sum_j W_{ij} c_j b_i", "W b c"),
        ("m_i", r"\sum_j W_{ij} c_j + b_i", "W b c"),
    ],
)
def test_shared_arrays(name: str, value: str, used: str) -> None:
    inputs = ", ".join(f"{n}: {n}" for n in used.split())
    text = MATTER.replace("FROM", inputs).replace("NAME", name) + f"Let ${name} = {value}$.\n"
    agreements, disagreements = verify(derive.check(text), derive.generate(text))
    assert not disagreements
    assert all(a.entries for a in agreements)


def test_a_sum_of_sums_for_any_leading_axes() -> None:
    text = r"Let $q = \sum_i \sum_j c_j b_i W_{ij}$ and $p = \sum_i \sum_j b_i c_j$."
    functions = module(text)
    rng = np.random.default_rng(1)
    for lead in ((), (3,), (2, 3)):
        b, c = rng.normal(size=(*lead, 4)), rng.normal(size=(*lead, 5))
        weights = rng.normal(size=(*lead, 4, 5))
        expected = np.einsum("...j,...i,...ij->...", c, b, weights)
        assert np.allclose(functions.q(weights, b, c), expected)
        assert np.allclose(functions.p(b, c), b.sum(-1) * c.sum(-1))
