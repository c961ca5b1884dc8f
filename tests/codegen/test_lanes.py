"""Rows side by side: what becomes of positions and of sums without an entry, and rows as lanes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from derive.codegen.assemble import kernels_of
from derive.codegen.lanes import Except, LaneLoop, LaneStatement, Rest, side_by_side
from derive.codegen.loopform import Array, Keep, Kernel, Let, Loop, Reduce, Statement, Store
from derive.logic.terms import Function, Index, Label, Mul, Number, Term, Variable
from derive.prover.verdict import Report
from tests.codegen.compiled import Library
from tests.codegen.exact import Row, ulp

I = Index("i", "N")
R, L = Label("largest", (), "N"), Label("labels", (), "N")
X, Y = Variable("x", (I,)), Variable("y", (I,))
MINUS_X = Mul((Number(Fraction(-1)), X))
SEARCH = Loop(I, (Reduce("largest", "position", (), X),))


def exp(term: Term) -> Term:
    return Function("exp", (term,))


def lanes(*body: Statement) -> tuple[LaneStatement, ...]:
    """The statements of a kernel over x and y, with labels and an output out."""
    arguments = (
        Array("x", ("N",), "input"),
        Array("y", ("N",), "input"),
        Array("labels", (), "labels"),
        Array("out", ("N",), "output"),
    )
    order = ("rows", "size", "x", "y", "labels", "out")
    kept = (Array("kept1", ("N",), "kept", False),)
    return side_by_side(Kernel("f", "rows", (("N", "size"),), arguments, order, body, kept))


def inside(statements: tuple[LaneStatement, ...]) -> list[Any]:
    return [s for loop in statements if isinstance(loop, LaneLoop) for s in loop.body]


def test_which_of_the_shipped_kernels(shipped: Report) -> None:
    """The position of the largest is needed where the target there is."""
    found = {}
    for kernel in kernels_of(shipped):
        if kernel.name in ("log_softmax", "cross_entropy", "cross_entropy_labels"):
            body = inside(side_by_side(kernel))
            rest = any(isinstance(s, Rest) for s in body)
            found[kernel.name] = rest, any(getattr(s, "operation", "") == "position" for s in body)
    assert found == {
        "log_softmax": (True, False),
        "cross_entropy": (True, True),
        "cross_entropy_labels": (True, False),
    }


@pytest.mark.parametrize(
    ("value", "excluded", "expected"),
    [
        (exp(X), R, True),
        # The largest of these stands elsewhere.
        (exp(MINUS_X), R, False),
        (exp(Y), R, False),
        (exp(X), L, False),
        # It may be below 0, where nothing was kept yet.
        (X, R, False),
    ],
)
def test_the_sum_without_the_largest(value: Term, excluded: Label, expected: bool) -> None:
    body = inside(lanes(SEARCH, Loop(I, (Reduce("sum1", "sum", (excluded,), value),))))
    assert any(isinstance(s, Rest) for s in body) == expected


def test_other_sums_of_the_same_values() -> None:
    """They are made of the rest and the largest; one of other values is not."""
    v = Variable("v", ())
    loop = Loop(
        I,
        (
            Let("v", exp(X)),
            Keep("kept1", (I,), v),
            Reduce("rest1", "sum", (R,), v),
            Reduce("whole", "sum", (), v),
            Reduce("others", "sum", (L,), v),
            Reduce("another", "sum", (L,), exp(Y)),
        ),
    )
    found = lanes(SEARCH, loop)
    assert [s.name for s in inside(found) if isinstance(s, Reduce)] == ["largest_value", "another"]
    assert [(type(s), getattr(s, "name", "")) for s in found[2:]] == [
        (Let, "whole"),
        (Except, "others"),
    ]


def test_without_an_entry_nothing_is_taken_off() -> None:
    """Nobody keeps the label's value: it is left out of its own sum."""
    loop = Loop(I, (Reduce("a", "sum", (R,), exp(X)), Reduce("b", "sum", (L,), exp(X))))
    assert any(isinstance(s, Reduce) and s.name == "b" for s in inside(lanes(SEARCH, loop)))


@pytest.mark.parametrize("stored", [True, False])
def test_an_entry_that_is_stored_later_need_not_be_spared(stored: bool) -> None:
    loop = Loop(I, (Store("out", (I,), X, ((I, L),)),))
    body = (loop, Store("out", (L,), Number(Fraction(1)))) if stored else (loop,)
    (store,) = inside(lanes(*body))
    assert (store.excluded == ()) == stored


# ------------------------------------------------------------------ in C


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_short_row(library: Library, dtype: Any) -> None:
    """All sizes of rows side by side, and tiles that are filled in every way."""
    rng = np.random.default_rng(1)
    for size in range(1, 26):
        for rows in (1, 2, 3, 5, 8, 15, 17, 64, 71):
            z = rng.normal(size=(rows, size)).astype(dtype)
            e = np.exp(z.astype(np.longdouble))
            exact = e / e.sum(-1, keepdims=True)
            assert np.allclose(library.softmax(z), exact, rtol=1e-5, atol=0)
            labels = rng.integers(0, size, rows)
            loss, gradient = library.cross_entropy_labels(z, labels)
            at = np.arange(rows), labels
            assert np.allclose(loss, -np.log(exact[at]), rtol=1e-5, atol=1e-6)
            exact[at] -= 1
            assert np.allclose(gradient, exact, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [2, 3, 10, 24])
def test_labels_beside_the_largest(library: Library, dtype: Any, size: int) -> None:
    """Several largest, a label at most half of the sum, a little more, and nearly all of it."""
    rows, labels = [], []
    for ahead in (0, 1e-3, 0.7, 1, 3, 20, 60):
        for label in (0, size - 1):
            rows.append(np.where(np.arange(size) == 0, ahead, 0))
            labels.append(label)
            rows.append(np.where(np.arange(size) < 2, ahead, -1))
            labels.append(label)
    z = np.array(rows, dtype)
    loss, gradient = library.cross_entropy_labels(z, np.array(labels))
    for n, label in enumerate(labels):
        exact = Row(z[n])
        assert ulp(loss[n], exact.loss(label)) <= 8
        assert ulp(gradient[n, label], exact.gradient(label, label)) <= 8
