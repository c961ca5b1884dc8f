"""Loops fill what they read, and compute nothing that is not read."""

from __future__ import annotations

from derive.codegen.liveness import arrays_of, undefined, without_unused
from derive.codegen.loopform import Keep, Let, Loop, Reduce, Store
from derive.logic.terms import Index, Label, Variable

I = Index("i", "N")
X, AT = Variable("x", (I,)), Label("largest", (), "N")
KEPT = Loop(I, (Keep("kept", (I,), X),))
SUM = Loop(I, (Reduce("sum", "sum", (), X),))
LARGEST = Loop(I, (Reduce("largest", "position", (), X),))


def result(*names: str) -> tuple[Store, ...]:
    return tuple(Store("y", (), Variable(name, ())) for name in names)


def test_what_nothing_reads_is_left_out() -> None:
    used = (SUM, *result("sum"))
    assert without_unused((KEPT, Let("c", Variable("a", ())), *used)) == used
    assert without_unused((Let("a", Variable("x", (AT,))), Let("b", Variable("a", ())))) == ()


def test_what_a_later_loop_or_a_place_reads_stays() -> None:
    read = Loop(I, (Reduce("sum", "sum", (), Variable("kept", (I,))),))
    statements = (KEPT, read, LARGEST, Store("z", (AT,), Variable("sum", ())))
    assert without_unused(statements) == statements
    assert list(arrays_of(statements)) == ["kept"]


def test_what_is_read_too_soon_or_in_vain() -> None:
    given = frozenset({"x"})
    assert list(undefined((SUM, *result("sum")), given)) == []
    assert list(undefined((*result("sum"), SUM), given)) == ["sum"]
    assert list(undefined((SUM, *result("sum")), frozenset())) == ["x"]
    entry = Store("y", (), Variable("x", (AT,)))
    assert list(undefined((LARGEST, entry), given)) == []
    assert list(undefined((entry, LARGEST), given)) == ["largest"]
