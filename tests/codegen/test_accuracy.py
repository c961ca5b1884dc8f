"""The generated C and NumPy against 50 digits, on random rows and on hard ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.codegen.exact import Row, hard_rows, ulp

BOUND = {np.float32: 8, np.float64: 12}
# Rows side by side, the same with the last tile partly filled, whole chunks, chunks and a rest.
SIZES = (1, 2, 10, 24, 25, 64, 100, 257)


def entries(row: Any, label: int, rng: np.random.Generator) -> set[int]:
    """The ends, the largest, the label, and some more: 500 digits for all would take long."""
    some = rng.integers(0, len(row), 6)
    return {0, len(row) - 1, int(row.argmax()), label, *map(int, some)}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", SIZES)
def test_labels_softmax_and_its_logarithm(kernels: Any, dtype: Any, size: int) -> None:
    """Every entry to 8 ulp (float) or 12 (double), confident rows and the far tail included."""
    rng = np.random.default_rng(size)
    names, rows = zip(*hard_rows(size, rng), strict=True)
    z = np.stack(rows).astype(dtype)
    labels = rng.integers(0, size, len(z))
    labels[::2] = z.argmax(-1)[::2]
    loss, gradient = kernels.cross_entropy_labels(z, labels)
    soft, log_soft = kernels.softmax(z), kernels.log_softmax(z)
    for n, name in enumerate(names):
        row, label = Row(z[n]), int(labels[n])
        assert ulp(loss[n], row.loss(label)) <= 8, name
        assert ulp(gradient[n, label], row.gradient(label, label)) <= 8, name
        for i in entries(z[n], label, rng):
            assert ulp(gradient[n, i], row.gradient(label, i)) <= BOUND[dtype], (name, i)
            assert ulp(soft[n, i], row.softmax(i)) <= BOUND[dtype], (name, i)
            assert ulp(log_soft[n, i], row.log_softmax(i)) <= BOUND[dtype], (name, i)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [80, 161, 333])  # whole and other few groups
def test_a_large_entry_at_any_place(kernels: Any, dtype: Any, size: int) -> None:
    """What is left without it are its few groups without it and the sums of the others."""
    rng = np.random.default_rng(size)
    places = sorted({0, 1, 78, *range(79, size, 80), *range(80, size, 80), size - 1})
    z = rng.normal(size=(len(places), size)).astype(dtype)
    z[np.arange(len(places)), places] = 18
    labels = np.array(places)
    loss, gradient = kernels.cross_entropy_labels(z, labels)
    alone = kernels.cross_entropy_labels(z, labels, with_gradient=False)
    log_soft = kernels.log_softmax(z)
    for n, place in enumerate(places):
        row = Row(z[n])
        assert ulp(loss[n], row.loss(place)) <= 8, place
        assert ulp(alone[n], row.loss(place)) <= 8, place
        assert ulp(log_soft[n, place], row.log_softmax(place)) <= BOUND[dtype], place
        assert ulp(gradient[n, place], row.gradient(place, place)) <= 8, place


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_hundred_thousand_classes(kernels: Any, dtype: Any) -> None:
    rng = np.random.default_rng(5)
    size = 100_000
    z = np.stack([np.full(size, 1.3), rng.normal(size=size)]).astype(dtype)
    loss, gradient = kernels.cross_entropy_labels(z, np.array([3, 70_000]))
    assert ulp(loss[0], _log_of_count(size)) <= 8
    assert np.all(gradient[0, :3] == gradient[0, 4])
    assert ulp(gradient[0, 0], _reciprocal(size)) <= BOUND[dtype]
    exact = z[1].astype(np.longdouble)
    total = np.exp(exact - exact.max()).sum()
    expected = np.log(total) + exact.max() - exact[70_000]
    assert abs(loss[1] - expected) <= 8 * np.spacing(loss[1])


def _log_of_count(size: int) -> Any:
    import mpmath

    with mpmath.workdps(60):
        return mpmath.log(size)


def _reciprocal(size: int) -> Any:
    import mpmath

    with mpmath.workdps(60):
        return mpmath.mpf(1) / size


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1, 10, 100])
def test_dense_targets(kernels: Any, dtype: Any, size: int) -> None:
    """The loss to 8 ulp; y - t subtracts, so its error is counted against the larger of the two."""
    rng = np.random.default_rng(size)
    names, rows = zip(*hard_rows(size, rng), strict=True)
    z = np.stack(rows).astype(dtype)
    weights = rng.integers(0, 64, z.shape)
    weights[:, 0] += 1
    t = (weights / weights.sum(-1, keepdims=True)).astype(dtype)
    t[1::2] = 0
    t[np.arange(1, len(t), 2), z.argmax(-1)[1::2]] = 1  # one-hot and confident: nothing may be lost
    loss, gradient = kernels.cross_entropy(z, t)
    for n, name in enumerate(names):
        row = Row(z[n])
        assert ulp(loss[n], row.dense_loss(t[n])) <= 8, name
        for i in entries(z[n], 0, rng):
            exact = row.softmax(i) - float(t[n, i])
            if n % 2:
                assert ulp(gradient[n, i], row.gradient(int(z[n].argmax()), i)) <= BOUND[dtype]
            else:
                largest = max(float(row.softmax(i)), float(t[n, i]))
                unit = np.spacing(np.asarray(largest, dtype))
                assert abs(float(gradient[n, i]) - float(exact)) <= 8 * unit, (name, i)


def test_where_others_return_nothing(kernels: Any) -> None:
    """Ahead by 17.5 the loss is 2.5e-8, which 1 - y or log(sum) rounds to 0 in float."""
    z = np.array([[0, 17.5]], np.float32)
    loss, gradient = kernels.cross_entropy_labels(z, np.array([1]))
    assert 2.4e-8 < loss[0] < 2.6e-8
    assert gradient[0, 1] == -gradient[0, 0] != 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [3, 10, 24, 40, 130])
def test_rows_without_a_finite_answer(kernels: Any, dtype: Any, size: int) -> None:
    """NaN, +inf or nothing but -inf: the whole row is NaN, and its neighbours are not touched."""
    rng = np.random.default_rng(size)
    z = rng.normal(size=(8, size)).astype(dtype)
    labels = rng.integers(0, size, 8)
    clean = kernels.cross_entropy_labels(z, labels)
    broken = z.copy()
    broken[1, 1], broken[3, size - 1], broken[5] = np.nan, np.inf, -np.inf
    broken[6, 0] = np.nan
    loss, gradient = kernels.cross_entropy_labels(broken, labels)
    soft = kernels.softmax(broken)
    for n in (1, 3, 5, 6):
        assert np.isnan(loss[n])
        assert np.isnan(gradient[n]).all()
        assert np.isnan(soft[n]).all()
    for n in (0, 2, 4, 7):
        assert loss[n] == clean[0][n]
        assert (gradient[n] == clean[1][n]).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [3, 40])
def test_a_label_that_cannot_be(kernels: Any, dtype: Any, size: int) -> None:
    """A label at -inf: the loss is infinite and the gradient there -1; other -inf give 0."""
    z = np.zeros((1, size), dtype)
    z[0, 1] = -np.inf
    loss, gradient = kernels.cross_entropy_labels(z, np.array([1]))
    assert loss[0] == np.inf
    assert gradient[0, 1] == -1
    assert kernels.softmax(z)[0, 1] == 0
    assert kernels.cross_entropy_labels(z, np.array([0]))[1][0, 1] == 0
