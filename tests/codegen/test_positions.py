"""Indices that a name does not write: the class of ``L = -\\log p_y`` is an integer argument."""

from __future__ import annotations

import inspect
import types

import numpy as np
import pytest

import derive
from derive.codegen.verify import verify

SOFTMAX = r"Let $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$. "
LOSS = SOFTMAX + (
    r"For the label $y$ let $$L = -\log p_y .$$ Then "
    r"$$\frac{\partial L}{\partial z_k} = p_k - \mathbb{1}\{k = y\} .$$"
)
Z = np.array([[0.5, -1.0, 2.0], [3.0, 0.0, -2.0]])


def functions_of(text: str) -> types.ModuleType:
    found = types.ModuleType("generated")
    source = derive.generate(text, targets=("numpy",))["kernels.py"]
    exec(compile(source, "kernels.py", "exec"), found.__dict__)
    return found


def arguments(function: object) -> list[str]:
    assert callable(function)
    return list(inspect.signature(function).parameters)


def test_the_loss_of_one_label() -> None:
    functions = functions_of(LOSS)
    assert arguments(functions.L) == ["z", "y", "ignored", "out"]
    softmax = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    labels = np.array([2, 1])
    assert np.allclose(functions.L(Z, labels), -np.log(softmax[[0, 1], labels]), rtol=1e-14)
    slopes = functions.dL_dz(Z, labels)
    assert np.allclose(slopes, softmax - np.eye(3)[labels], rtol=1e-13)
    with pytest.raises(IndexError):
        functions.L(Z, [3, 0])


@pytest.mark.parametrize(
    "text",
    [
        LOSS,
        LOSS.replace("y", "c"),
        SOFTMAX + r"Let $L = \frac{1 - p_y^q}{q}$ where $q > 0$. Then "
        r"$$\frac{\partial L}{\partial z_k} = p_y^q (p_k - \delta_{ky}) .$$",
        r"Let $L = -\log p_y$ for the true class $y$. Then "
        r"$$\frac{\partial L}{\partial p_k} = -\frac{\delta_{ky}}{p_y} .$$",
    ],
)
def test_both_targets_take_it(text: str) -> None:
    agreements, disagreements = verify(derive.check(text), derive.generate(text))
    assert not disagreements
    assert {a.function for a in agreements} >= {"L"}
    assert "int64_t" in derive.generate(text)["kernels.c"]


def test_a_row_is_an_axis() -> None:
    """Each row has a loss of its own, and no sum goes over rows."""
    functions = functions_of(
        r"Let $\ell = -\log \frac{e^{s_{nn}}}{\sum_{j=1}^N e^{s_{nj}}}$. Then "
        r"$$\ell = \log \sum_{j=1}^N e^{s_{nj}} - s_{nn} .$$"
    )
    assert arguments(functions.ell) == ["s", "out"]
    scores = np.arange(9.0).reshape(3, 3)
    expected = np.log(np.exp(scores).sum(axis=1)) - np.diag(scores)
    assert np.allclose(functions.ell(scores), expected, rtol=1e-13)


@pytest.mark.parametrize("letter", ["i", "k"])
def test_a_letter_that_runs_over_all_positions_is_an_axis(letter: str) -> None:
    """Authors who write y for y_i want all of them."""
    functions = functions_of(
        rf"Let $q_k = z_k$ and $s = \frac{{e^{{z_{letter}}}}}{{\sum_j e^{{z_j}}}}$. Then "
        rf"$$\log s = z_{letter} - \log \sum_j e^{{z_j}} .$$"
    )
    assert arguments(functions.s) == ["z", "out"]
    assert functions.s(Z).shape == Z.shape


THREE = r"Let $N = 3$ and $s = \sum_{j=1}^N x_j$. Then $$s = x_1 + x_2 + x_3 .$$"
THIRD = r"Let $s = \sum_{j=1}^N x_j$ and $d = x_1 - x_3$. Then $$d + s = s + x_1 - x_3 .$$"


@pytest.mark.parametrize("text", [THREE, THIRD])
def test_a_place_that_is_read_is_there(text: str) -> None:
    names = ["s"] if text is THREE else ["d"]
    module = functions_of(text)
    for name in names:
        function = getattr(module, name)
        assert function(np.array([1.0, 2.0, 4.0])) == (7.0 if name == "s" else -3.0)
        for wrong in (np.ones(2), np.ones(1)):
            with pytest.raises(ValueError, match="N must be"):
                function(wrong)


def test_a_size_that_is_supposed_is_asked_for() -> None:
    with pytest.raises(ValueError, match="N must be 3"):
        functions_of(THREE).s(np.ones(4))
    source = derive.generate(THREE, targets=("c",))["kernels.c"]
    assert "if (N != 3)\n        return KERNEL_BAD_SIZE;" in source


def test_places_are_verified_where_there_are_such() -> None:
    agreed, different = verify(derive.check(THREE), derive.generate(THREE))
    assert not different
    assert agreed
    assert all(found.entries for found in agreed)
