"""Several labels, labels alone, sums of deltas, and a size whose name is short."""

from __future__ import annotations

import types

import numpy as np
import pytest

import derive
from derive.codegen.requests import RequestError
from derive.codegen.verify import verify

TEXT = r"""---
kernels:
  batch: B
  sizes: {N: n}
  shared: [W]
  functions:
    square: {from: {W: W, l: l}, computes: {e: e}}
    apart: {from: {z: z, l: l, k: k}, computes: {d: D, g: '\frac{\partial D}{\partial z_i}'}}
    added: {from: {z: z, l: l, k: k}, computes: {s: F, g: '\frac{\partial F}{\partial z_i}'}}
    chosen: {from: {z: z, l: l}, computes: {c: C, g: '\frac{\partial C}{\partial z_i}'}}
---
Let $e = W_l^2$, $D = z_l - z_k$, $F = z_l + z_k$ and $C = z_l + \sum_j z_j$. Then

$$ \frac{\partial D}{\partial z_i} = \delta_{il} - \delta_{ik} $$

$$ \frac{\partial F}{\partial z_i} = \delta_{il} + \delta_{ik} $$

$$ \frac{\partial C}{\partial z_i} = \delta_{il} + 1 $$
"""
Z = np.arange(12.0).reshape(3, 4)


@pytest.fixture(scope="module")
def functions() -> types.ModuleType:
    found = types.ModuleType("generated")
    source = derive.generate(TEXT, targets=("numpy",))["kernels.py"]
    exec(compile(source, "kernels.py", "exec"), found.__dict__)
    return found


def test_both_targets_compute_the_statements() -> None:
    """The size n is no letter of the loop that checks the labels."""
    agreements, disagreements = verify(derive.check(TEXT), derive.generate(TEXT))
    assert not disagreements
    assert all(a.entries for a in agreements)


def test_deltas_add_up(functions: types.ModuleType) -> None:
    labels, others = np.array([0, 1, 2]), np.array([0, 3, 2])
    both = np.zeros((3, 4))
    np.add.at(both, (range(3), labels), 1)
    np.add.at(both, (range(3), others), 1)
    assert np.array_equal(functions.added(Z, labels, others)[1], both)
    assert functions.added(np.float32(Z), labels, others)[1].dtype == np.float32


def test_one_label_a_row_can_be_ignored_but_not_one_of_two(functions: types.ModuleType) -> None:
    labels = np.array([-1, 1, 2])
    values, slopes = functions.chosen(Z, labels, ignored=-1)
    assert values[0] == 0
    assert not slopes[0].any()
    with pytest.raises(TypeError):
        functions.apart(Z, labels, labels, ignored=-1)
    with pytest.raises(IndexError):
        functions.apart(Z, np.array([0, 1, 2]), labels)


def test_labels_alone_have_the_leading_axes(functions: types.ModuleType) -> None:
    labels = np.array([[1, 2], [3, 0]])
    assert np.array_equal(functions.square(Z[1], labels), Z[1][labels] ** 2)
    assert functions.square(Z[1], 2) == 36
    with pytest.raises(IndexError):
        functions.square(Z[1], [4])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("batch: B", "batch: n"),
        ("batch: B", "batch: z"),
        ("sizes: {N: n}", "sizes: {N: z}"),
        ("{z: z, l: l}", "{z: z, n: l}"),
    ],
)
def test_two_things_of_one_name(change: str, message: str) -> None:
    with pytest.raises(RequestError, match="two things have the name"):
        derive.generate(TEXT.replace(change, message))


@pytest.mark.parametrize(
    ("order", "message"),
    [("[z, z, l, c, g, B, n]", "two things"), ("[z, l, c, g, B, n, odd]", "'odd', which is no")],
)
def test_the_order_of_arguments(order: str, message: str) -> None:
    text = TEXT.replace("chosen: {", f"chosen: {{order: {order}, ")
    with pytest.raises(RequestError, match=message):
        derive.generate(text)


def test_names_that_the_generated_code_has_itself() -> None:
    text = r"Let $\text{total} = \sum_i x_i$ and $\text{log} = 2 x$ and $\text{free} = a + 1$."
    agreements, disagreements = verify(derive.check(text), derive.generate(text))
    assert agreements
    assert not disagreements
    for name in ("total", "sigmoid", "exp"):
        with pytest.raises(RequestError, match=f"{name}' cannot be a name"):
            derive.generate(TEXT.replace("chosen:", f"{name}:"))
    for name in ("size_t", "free", "log"):
        with pytest.raises(RequestError, match=f"{name}' cannot be a name"):
            derive.generate(TEXT.replace("{z: z, l: l}", f"{{{name}: z, l: l}}"))
