"""The generated NumPy module: shapes, types, errors, and agreement with the generated C."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest

from tests.codegen.compiled import Library


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(10,), (1, 10), (3, 4, 10), (2, 1), (0, 5)])
def test_any_leading_axes(module: Any, dtype: Any, shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(size=shape).astype(dtype)
    labels = rng.integers(0, shape[-1], shape[:-1])
    t = rng.dirichlet(np.ones(shape[-1]), shape[:-1]).astype(dtype)
    y = module.softmax(z)
    assert y.dtype == dtype
    assert np.allclose(y.sum(-1), 1)
    assert np.allclose(module.log_softmax(z), np.log(y), rtol=1e-3)
    loss, gradient = module.cross_entropy_labels(z, labels)
    assert loss.shape == shape[:-1]
    one_hot = np.eye(shape[-1], dtype=dtype)[labels]
    assert np.allclose(gradient, y - one_hot, atol=1e-6)
    assert np.allclose(module.cross_entropy(z, one_hot)[0], loss, rtol=1e-5)
    assert np.allclose(module.cross_entropy(z, t)[1], y - t, atol=1e-6)
    assert module.softmax_jacobian(y).shape == (*shape, shape[-1])
    assert module.softmax_vjp(y, z).shape == shape
    assert (module.softmax_cross_entropy_loss_derivative(y, t) == y - t).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1, 10, 200])
def test_the_same_as_c(module: Any, library: Library, dtype: Any, size: int) -> None:
    rng = np.random.default_rng(size)
    z = (10 * rng.normal(size=(9, size))).astype(dtype)
    labels = rng.integers(0, size, 9)
    close = {"rtol": 3e-5 if dtype == np.float32 else 1e-13, "atol": 1e-38}
    for ours, other in zip(
        module.cross_entropy_labels(z, labels), library.cross_entropy_labels(z, labels), strict=True
    ):
        assert np.allclose(ours, other, **close)
    assert np.allclose(module.softmax(z), library.softmax(z), **close)
    assert np.allclose(module.log_softmax(z), library.log_softmax(z), **close)


def test_types(module: Any) -> None:
    """float32 stays; integers, mixtures and lists become float64."""
    z = [[1, 2, 3]]
    assert module.softmax(z).dtype == np.float64
    assert module.softmax(np.array(z, np.float32)).dtype == np.float32
    assert module.cross_entropy(np.array(z, np.float32), [[0, 0, 1.0]])[1].dtype == np.float64


def test_errors(module: Any) -> None:
    z = np.zeros((2, 3))
    for labels in ([0, 3], [-1, 0], [0, 10**12]):
        with pytest.raises(IndexError, match=r"labels must be in 0, \.\.\., 2"):
            module.cross_entropy_labels(z, labels)
    with pytest.raises(TypeError, match="integers"):
        module.cross_entropy_labels(z, [0.0, 1.0])
    with pytest.raises(ValueError, match="shape"):
        module.cross_entropy_labels(z, [0, 1, 2])
    with pytest.raises(ValueError, match="classes is 4 and 3"):
        module.cross_entropy(z, np.zeros((2, 4)))
    with pytest.raises(ValueError, match="classes is 0"):
        module.softmax(np.zeros((2, 0)))
    with pytest.raises(ValueError, match="at least 1"):
        module.softmax(3.0)
    out = np.full((2, 3), 7.0)
    with pytest.raises(IndexError):
        module.cross_entropy_labels(z, [0, 3], out=(None, out))
    assert (out == 7).all()


def test_outputs_of_the_callers_own(module: Any) -> None:
    z = np.arange(6.0).reshape(2, 3)
    expected = module.softmax(z)
    out = np.empty((2, 3))
    assert module.softmax(z, out=out) is out
    assert (out == expected).all()
    loss, gradient = module.cross_entropy_labels(z, [0, 1], out=(None, out))
    assert gradient is out
    assert module.cross_entropy_labels(z, [0, 1], with_gradient=False) == pytest.approx(loss)
    module.softmax(z, out=z)  # the input itself
    assert (z == expected).all()
    with pytest.raises(ValueError, match="probabilities must be an array of shape"):
        module.softmax(z, out=np.empty(3))


def test_an_ignored_label(module: Any) -> None:
    z = np.arange(6.0).reshape(2, 3)
    loss, gradient = module.cross_entropy_labels(z, [-100, 1], ignored=-100)
    assert loss[0] == 0
    assert (gradient[0] == 0).all()
    assert loss[1] == module.cross_entropy_labels(z, [0, 1])[0][1]


def test_rows_without_a_finite_answer(module: Any) -> None:
    z = np.zeros((5, 3))
    z[1, 0], z[2, 0], z[3] = np.nan, np.inf, -np.inf
    loss, gradient = module.cross_entropy_labels(z, np.zeros(5, int))
    assert np.isnan(loss[1:4]).all()
    assert np.isnan(gradient[1:4]).all()
    assert np.isfinite(loss[[0, 4]]).all()


def test_no_loop_of_python_runs_over_entries(files: dict[str, str]) -> None:
    """A function that computes has one loop, over blocks of rows, and none within it."""
    tree = ast.parse(files["softmax_cross_entropy.py"])
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    computing = [node for node in functions if not node.name.startswith("_")]
    assert len(computing) == 7
    for function in computing:
        loops = [node for node in ast.walk(function) if isinstance(node, ast.For | ast.While)]
        heads = [ast.unparse(node.iter) for node in loops if isinstance(node, ast.For)]
        assert len(heads) == len(loops), function.name
        assert set(heads) <= {"blocks", "results"}, function.name


def test_memory(module: Any) -> None:
    """Beyond its outputs a call takes one temporary of the input's size."""
    import tracemalloc

    z = np.random.default_rng(0).normal(size=(200, 2000))
    labels, t = np.zeros(200, int), np.full(z.shape, 1 / 2000)
    calls = {
        "softmax": (lambda: module.softmax(z), 1),
        "log_softmax": (lambda: module.log_softmax(z), 1),
        "cross_entropy": (lambda: module.cross_entropy(z, t), 1),
        "cross_entropy_labels": (lambda: module.cross_entropy_labels(z, labels), 1),
        "loss": (lambda: module.cross_entropy_labels(z, labels, with_gradient=False), 0),
        "softmax_vjp": (lambda: module.softmax_vjp(t, z), 1),
    }
    for name, (call, outputs) in calls.items():
        call()
        tracemalloc.start()
        call()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak <= (outputs + 1.1) * z.nbytes, name
