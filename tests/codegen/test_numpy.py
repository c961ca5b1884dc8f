"""The generated NumPy module: shapes, types, errors, and agreement with the generated C."""

from __future__ import annotations

import ast
import tracemalloc
from typing import Any

import numpy as np
import pytest

from tests.codegen.compiled import Library
from tests.codegen.exact import Row, ulp


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


def _peak(call: Any) -> int:
    call()
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(200, 2000), (1, 400_000), (40_000, 10)])
def test_memory(module: Any, dtype: Any, shape: tuple[int, int]) -> None:
    """Beyond its outputs a call takes at most one temporary of the input's size."""
    z = np.random.default_rng(0).normal(size=shape).astype(dtype)
    labels, t = np.zeros(shape[0], int), np.full(shape, 1 / shape[1], dtype)
    calls = {
        "softmax": (lambda: module.softmax(z), 1),
        "log_softmax": (lambda: module.log_softmax(z), 1),
        "cross_entropy": (lambda: module.cross_entropy(z, t), 1),
        "cross_entropy_labels": (lambda: module.cross_entropy_labels(z, labels), 1),
        "loss": (lambda: module.cross_entropy_labels(z, labels, with_gradient=False), 0),
        "dense loss": (lambda: module.cross_entropy(z, t, with_gradient=False), 0),
        "softmax_vjp": (lambda: module.softmax_vjp(t, z), 1),
    }
    # A number for each row, a few of them, is what short rows need beside that.
    rows = 40 * shape[0] + 2**20
    for name, (call, outputs) in calls.items():
        assert _peak(call) <= (outputs + 1) * z.nbytes + rows, name


def test_memory_of_large_inputs(module: Any) -> None:
    """Temporaries are of the size of a block: a tenth of this input."""
    z = np.zeros((2000, 4000), np.float64)
    labels = np.zeros(2000, int)
    for call in (
        lambda: module.log_softmax(z),
        lambda: module.cross_entropy(z, z),
        lambda: module.cross_entropy_labels(z, labels),
    ):
        assert _peak(call) <= 1.1 * z.nbytes


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_memory_where_the_output_has_room(module: Any, dtype: Any) -> None:
    """With the gradient everything is worked out in it, the loss of dense targets, too."""
    z = np.random.default_rng(0).normal(size=(300, 1500)).astype(dtype)
    labels, t = np.zeros(300, int), np.full(z.shape, 1 / 1500, dtype)
    for call in (
        lambda: module.softmax(z),
        lambda: module.cross_entropy(z, t),
        lambda: module.cross_entropy_labels(z, labels),
    ):
        assert _peak(call) <= 1.1 * z.nbytes


def test_memory_of_the_jacobian(module: Any) -> None:
    """Nothing of the size of the matrices is made beside them."""
    y = np.full((20, 200), 1 / 200)
    assert _peak(lambda: module.softmax_jacobian(y)) <= 1.1 * 20 * 200 * 200 * 8


@pytest.mark.parametrize("rows", [1, 3, 40, 5000])
@pytest.mark.parametrize("size", [1, 2, 10, 32, 33, 600])
def test_blocks_change_nothing(module: Any, rows: int, size: int) -> None:
    """Every row on its own gives what it gives in a block; so does an output with gaps."""
    rng = np.random.default_rng(rows)
    z = rng.normal(size=(rows, size))
    labels = rng.integers(0, size, rows)
    loss, gradient = module.cross_entropy_labels(z, labels)
    wide = np.full((rows, 2 * size), 7.0)
    module.cross_entropy_labels(z, labels, out=(None, wide[:, ::2]))
    assert np.array_equal(wide[:, ::2], gradient)
    assert (wide[:, 1::2] == 7).all()
    for n in {0, rows // 2, rows - 1}:
        own_loss, own_gradient = module.cross_entropy_labels(z[n], labels[n])
        assert np.allclose(own_loss, loss[n], rtol=1e-14)
        assert np.allclose(own_gradient, gradient[n], rtol=1e-14, atol=0)


def by_columns(values: Any) -> Any:
    """The same rows, as a block keeps them that are many and short."""
    columns = np.asfortranarray(values)
    assert not columns.flags.c_contiguous
    return columns


@pytest.mark.parametrize("order", [np.ascontiguousarray, by_columns])
def test_the_first_of_equal_positions(module: Any, order: Any) -> None:
    rows = [[1.0, 3, 3, 0], [2, 2, 2, 2], [np.nan, 1, 2, 3], [0, 1, 2, np.inf], [-np.inf] * 4]
    z = order(np.array(rows * 40))
    largest, places = module._largest(z, np.arange(len(z))[:, None], True)
    found = module._positions(places, z)[:, 0]
    assert found[[0, 1, 3, 4]].tolist() == [1, 0, 3, 0]
    assert ((found >= 0) & (found < 4)).all()
    assert largest[[0, 1, 3, 4], 0].tolist() == [3, 2, np.inf, -np.inf]
    assert np.isnan(largest[2])
    known = ~np.isnan(largest)
    assert (module._flat(z)[places] == largest)[known].all()


@pytest.mark.parametrize("order", [np.ascontiguousarray, by_columns])
@pytest.mark.parametrize("size", [2, 3, 10, 31])
def test_sums_without_the_largest_or_another_entry(module: Any, order: Any, size: int) -> None:
    """Also where it is nearly all of the sum, or there are several: they are exact to a few ulp."""
    rng = np.random.default_rng(size)
    e = 2.0 ** rng.integers(-200, 200, (400, size)) * rng.random((400, size))
    e[:100, 0] = e[:100].max(-1)  # twice
    values, each = order(e), np.arange(400)[:, None]
    largest, places = module._largest(values, each, False)
    rest, same = module._rest(values, places)
    assert np.array_equal(values, e)
    assert np.array_equal(largest, same)
    parts = np.sort(e, -1).astype(np.longdouble)
    close = {"rtol": size * 2.3e-16, "atol": 0}
    assert np.allclose(rest[:, 0], parts[:, :-1].sum(-1), **close)
    for at in range(size):
        exact = np.delete(e, at, -1).astype(np.longdouble).sum(-1)
        found = module._except(rest + largest, values[:, at : at + 1], rest)
        assert np.allclose(found[:, 0], exact, **close)


def test_the_logarithm_of_one_and_a_little(module: Any) -> None:
    x = np.concatenate([2.0 ** np.arange(-149, 128), 1.3 ** np.arange(-300, 300), [0]])
    x = x.astype(np.float32)[:, None]
    with np.errstate(all="ignore"):
        found, exact = module._log1p(x), np.log1p(x.astype(float))
        edges = module._log1p(np.array([np.inf, np.nan, -1, -2], np.float32))
    assert (np.abs(found - exact) <= 4 * np.spacing(exact.astype(np.float32))).all()
    assert edges[0] == np.inf
    assert np.isnan(edges[[1, 3]]).all()
    assert edges[2] == -np.inf


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [2, 10, 32, 1000])
def test_many_rows_are_as_exact_as_one(module: Any, dtype: Any, size: int) -> None:
    """Rows of every kind side by side, each within a few ulp of what it is by itself in double."""
    rng = np.random.default_rng(size)
    z = np.concatenate([
        scale * rng.normal(size=(150, size)) + shift
        for scale, shift in ((1, 0), (1, -50), (30, 0), (100, 1000), (0, 3))
    ]).astype(dtype)  # fmt: skip
    labels = rng.integers(0, size, len(z))
    labels[::3] = z[::3].argmax(-1)
    z[7, 1], z[8, 0], z[9] = np.nan, np.inf, -np.inf
    loss, gradient = module.cross_entropy_labels(z, labels)
    assert np.isnan(loss[7:10]).all()
    assert np.isnan(gradient[7:10]).all()
    allowed = 8 if dtype == np.float32 else 12
    for n in [*range(7), *range(10, len(z), 1 if size < 100 else 25)]:
        row, label = Row(z[n]), int(labels[n])
        assert ulp(loss[n], row.loss(label)) <= allowed
        for k in {label, 0, size - 1}:
            assert ulp(gradient[n, k], row.gradient(label, k)) <= allowed


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_references_are_taken_exactly(module: Any, dtype: Any) -> None:
    """x - m is the real difference wherever e^(x - m) is a normal number, or nearly so."""
    limit = -87 if dtype == np.float32 else -708
    rng = np.random.default_rng(3)
    for scale in (0.1, 1, 30, 100, 300, 1e3, 1e5):
        z = (scale * rng.normal(size=(400, 50))).astype(dtype)
        largest = z.max(-1, keepdims=True)
        reference = module._reference(largest, 50, 2)
        taken = z if reference is None else z - reference
        assert (taken.max(-1) <= -limit).all()
        exact = z.astype(np.longdouble) - (0 if reference is None else reference)
        matters = z - largest > limit
        off = np.abs(taken - exact)[matters]
        assert off.max() <= 4 * np.finfo(dtype).eps


def test_arguments_that_are_no_numbers(module: Any) -> None:
    for wrong in (["1", "2"], [1j, 2], [None, 1], np.array([1, 2], object)):
        with pytest.raises(TypeError, match="numbers are needed"):
            module.softmax(wrong)


def test_outputs_that_cannot_be(module: Any) -> None:
    """Read-only, overlapping, too many: refused before anything is written."""
    z, labels = np.zeros((2, 3)), np.array([0, 1])
    fixed = np.full((2, 3), 7.0)
    fixed.flags.writeable = False
    loss = np.full(2, 7.0)
    with pytest.raises(ValueError, match="gradient is read-only"):
        module.cross_entropy_labels(z, labels, out=(loss, fixed))
    room = np.full(6, 7.0)
    with pytest.raises(ValueError, match="share memory"):
        module.cross_entropy_labels(z, labels, out=(room[1:3], room.reshape(2, 3)))
    for wrong in (np.zeros((2, 3)), (None,), (None, None, None), "ab"):
        with pytest.raises(ValueError, match="out must be a tuple"):
            module.cross_entropy_labels(z, labels, out=wrong)
    assert (loss == 7).all()
    assert (room == 7).all()


def test_an_output_over_the_labels(module: Any) -> None:
    z, labels = np.arange(6.0).reshape(2, 3), np.array([2, 0])
    expected = module.cross_entropy_labels(z, labels)
    loss, gradient = module.cross_entropy_labels(z, labels, out=(labels.view(float), None))
    assert np.array_equal(loss, expected[0])
    assert np.array_equal(gradient, expected[1])
