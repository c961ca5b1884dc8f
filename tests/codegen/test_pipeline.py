"""Passes over several rows at a time: when that may be done, and that no row notices another."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from derive.codegen.assemble import kernels_of
from derive.codegen.loopform import Array, Keep, Kernel, Let, Loop, Reduce, Statement, Store
from derive.codegen.pipeline import Pipeline, pipeline_of
from derive.logic.terms import (
    Add,
    Delta,
    Function,
    Index,
    IndexTerm,
    Label,
    Mul,
    Number,
    Shift,
    Term,
    Variable,
)
from derive.prover.verdict import Report
from tests.codegen.compiled import Library

# ------------------------------------------------------------------ when it may be done


def test_which_of_the_shipped_kernels_and_how(shipped: Report) -> None:
    """A guess takes the place of the pass for the largest, unless entries are compared with it."""
    found = {}
    for kernel in kernels_of(shipped):
        pipeline = pipeline_of(kernel)
        if pipeline is not None:
            found[kernel.name] = [one.guess is not None for one in pipeline.passes]
    assert found == {
        "softmax": [True, False],
        "log_softmax": [True, False],
        "cross_entropy": [False, False, False],
        "cross_entropy_labels": [True, False],
        "softmax_vjp": [False, False],
    }


I = Index("i", "N")
L = Label("labels", (), "N")
E = Function("exp", (Variable("x", (I,)),))
SUM, KEPT, X = Variable("sum1", ()), Variable("kept1", (I,)), Variable("x", (I,))


def made(
    *body: Statement, sizes: tuple[tuple[str, str], ...] = (("N", "size"),)
) -> Pipeline | None:
    """The pipeline of a kernel over x, with labels and an output y."""
    arguments = (
        Array("x", ("N",), "input"),
        Array("labels", (), "labels"),
        Array("y", ("N",), "output"),
    )
    order = ("rows", "size", "x", "labels", "y")
    kept = (Array("kept1", ("N",), "kept", False),)
    return pipeline_of(Kernel("f", "rows", sizes, arguments, order, body, kept))


def total(value: Term = E, *excluded: IndexTerm) -> Loop:
    return Loop(I, (Reduce("sum1", "sum", excluded, value),))


def store(value: Term, index: IndexTerm = I) -> Loop:
    return Loop(I, (Store("y", (index,), value),))


def test_a_sum_and_then_a_store() -> None:
    pipeline = made(total(), store(Mul((X, SUM))))
    assert pipeline is not None
    assert len(pipeline.passes) == 2


def test_a_sum_without_an_entry_is_the_whole_sum_and_the_entry() -> None:
    pipeline = made(total(E, L), store(Mul((X, SUM))))
    assert pipeline is not None
    (without,) = pipeline.passes[0].without
    assert (without.name, without.index) == ("sum1", L)
    assert [r.name for r in pipeline.passes[0].reductions] == [without.total]
    assert without.array in {a.name for a in pipeline.kernel.kept}


def test_but_not_where_entries_have_signs() -> None:
    """The whole sum may cancel although the rest does not."""
    assert made(total(X, L), store(Mul((X, SUM)))) is None


def test_not_without_two_entries() -> None:
    assert made(total(E, L, Label("others", (), "N")), store(SUM)) is None


def test_what_is_kept_has_room_for_one_row() -> None:
    keep = Loop(I, (Keep("kept1", (I,), E), Reduce("sum1", "sum", (), E)))
    again = Loop(I, (Reduce("sum2", "sum", (), Mul((X, SUM))),))
    assert made(keep, store(Mul((KEPT, SUM)))) is not None
    assert made(keep, again, store(Mul((KEPT, Variable("sum2", ()))))) is None


def test_what_is_kept_is_gone_when_the_next_pass_has_ended() -> None:
    keep = Loop(I, (Keep("kept1", (I,), E), Reduce("sum1", "sum", (), E)))
    at_label = Variable("kept1", (L,))
    assert made(keep, Let("c", at_label), store(Mul((X, Variable("c", ()))))) is not None
    assert made(keep, store(Mul((X, SUM))), Store("y", (L,), at_label)) is None


@pytest.mark.parametrize(
    "value",
    [
        Delta(I, L),
        Variable("x", (Shift(I, 1),)),
        Variable("x", (Label("p", (I,), "N"),)),
        Add((Variable("x", (Index("k", "N"),)), Number(Fraction(1)))),
    ],
)
def test_only_entries_at_the_loops_index(value: Term) -> None:
    assert made(total(), store(value)) is None


def test_only_one_index() -> None:
    assert made(total(), store(SUM), sizes=(("N", "size"), ("M", "other"))) is None


def test_a_store_that_leaves_an_entry_out_which_nothing_fills() -> None:
    partly = Loop(I, (Store("y", (I,), Mul((X, SUM)), ((I, L),)),))
    assert made(total(), partly, Store("y", (L,), SUM)) is not None
    assert made(total(), partly) is None


LOSS = Store("loss", (), Function("log", (SUM,)))


def test_what_no_pass_needs_comes_last() -> None:
    scaled = Let("c", Mul((SUM, SUM)))
    pipeline = made(total(), scaled, LOSS, store(Mul((X, Variable("c", ())))))
    assert pipeline is not None
    assert pipeline.passes[0].after == (scaled,)
    assert pipeline.last == (LOSS,)


def test_with_what_only_it_needs() -> None:
    scaled = Let("c", Mul((SUM, SUM)))
    loss = Store("loss", (), Function("log", (Variable("c", ()),)))
    pipeline = made(total(), scaled, loss, store(Mul((X, SUM))))
    assert pipeline is not None
    assert pipeline.last == (scaled, loss)


def test_but_not_what_reads_an_array_that_the_next_row_fills() -> None:
    keep = Loop(I, (Keep("kept1", (I,), E), Reduce("sum1", "sum", (), E)))
    at_label = Let("c", Variable("kept1", (L,)))
    loss = Store("loss", (), Function("log", (Variable("c", ()),)))
    pipeline = made(keep, at_label, loss, store(Mul((KEPT, SUM))))
    assert pipeline is not None
    assert pipeline.passes[0].after == (at_label,)
    assert pipeline.last == (loss,)
    direct = Store("loss", (), Variable("kept1", (L,)))
    pipeline = made(keep, direct, store(Mul((KEPT, SUM))))
    assert pipeline is not None
    assert (pipeline.passes[0].after, pipeline.last) == ((direct,), ())


# ------------------------------------------------------------------ no row notices another


def all_results(library: Library, z: Any, labels: Any, t: Any) -> list[Any]:
    loss, gradient = library.cross_entropy_labels(z, labels)
    dense, difference = library.cross_entropy(z, t)
    alone = np.full_like(loss, 7)
    assert library("cross_entropy_labels", z.dtype, *z.shape, z, labels, alone, None) == 0
    return [loss, gradient, dense, difference, alone, library.softmax(z), library.log_softmax(z)]


def by_rows(library: Library, z: Any, labels: Any, t: Any) -> list[Any]:
    each = [
        all_results(library, z[n : n + 1], labels[n : n + 1], t[n : n + 1]) for n in range(len(z))
    ]
    return [np.concatenate(results) for results in zip(*each, strict=True)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rows", [1, 2, 3, 4, 7, 32, 33, 34, 70])  # 32 are known at a time
@pytest.mark.parametrize("size", [25, 48, 100, 300])  # less and more than a few groups of entries
def test_to_the_last_bit(library: Library, dtype: Any, rows: int, size: int) -> None:
    """Largest entries that jump from row to row, huge ones, none: as each row by itself."""
    rng = np.random.default_rng(rows * size)
    far = rng.choice([0, 3, -3, 20, -20, 200, -200, 299, 301, 1e4, -1e4, 1e30], (rows, 1))
    z = (rng.normal(size=(rows, size)) + far).astype(dtype)
    z[rng.random((rows, size)) < 0.1] = -np.inf
    if rows > 2:
        z[1] = rng.choice([np.nan, np.inf, -np.inf])
    labels = rng.integers(0, size, rows)
    t = rng.dirichlet(np.ones(size), rows).astype(dtype)
    together, apart = all_results(library, z, labels, t), by_rows(library, z, labels, t)
    for one, other in zip(together, apart, strict=True):
        assert np.array_equal(one, other, equal_nan=True)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_confident_rows_among_others(library: Library, dtype: Any) -> None:
    """The sum without the largest is added again there, from what is kept of that row."""
    rng = np.random.default_rng(0)
    z = rng.normal(size=(9, 90)).astype(dtype)
    labels = rng.integers(0, 90, 9)
    z[np.arange(1, 9, 2), labels[1::2]] = 15
    t = rng.dirichlet(np.ones(90), 9).astype(dtype)
    for one, other in zip(
        all_results(library, z, labels, t), by_rows(library, z, labels, t), strict=True
    ):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("off", [0, 1, 3])
@pytest.mark.parametrize("size", [70_000, 70_001])
def test_past_the_caches(library: Library, dtype: Any, off: int, size: int) -> None:
    """Results too large for the caches are the same, wherever they begin in a line, and nothing
    beside them is written."""
    rng = np.random.default_rng(off)
    rows = 16 * 1024 * 1024 // np.dtype(dtype).itemsize // size + 3
    z = rng.normal(size=(rows, size)).astype(dtype)
    room = np.full(off + z.size + 40, 7, dtype)
    out = room[off : off + z.size].reshape(z.shape)
    assert library("softmax", dtype, rows, size, z, out) == 0
    assert (room[:off] == 7).all()
    assert (room[off + z.size :] == 7).all()
    for n in (0, 1, rows // 2, rows - 1):
        assert (out[n] == library.softmax(z[n : n + 1])[0]).all()
    assert not (out == 7).any()


@pytest.mark.parametrize("rows", [12, 75])
def test_ignored_rows_are_left_out_of_the_line(library: Library, rows: int) -> None:
    rng = np.random.default_rng(1)
    z = rng.normal(size=(rows, 50)).astype(np.float32)
    every = list(range(rows))
    for ignored in ([], [0], [rows - 1], [0, 1, 2], [3, 5, 7], every, every[1:], every[::2]):
        labels = rng.integers(0, 50, rows)
        labels[ignored] = -1
        loss, gradient = np.full(rows, 7, np.float32), np.full_like(z, 7)
        name = "cross_entropy_labels_ignoring"
        assert library(name, np.float32, rows, 50, z, labels, loss, gradient, 2**64 - 1) == 0
        expected = library.cross_entropy_labels(z, np.maximum(labels, 0))
        assert (loss == np.where(labels < 0, 0, expected[0])).all()
        assert (gradient == np.where(labels[:, None] < 0, 0, expected[1])).all()
