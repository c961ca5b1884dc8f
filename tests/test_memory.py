"""Terms exist once, and what nobody holds any more is forgotten between documents."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

import derive
from derive import memory
from derive.algebra.terms import Add, children
from derive.logic.checker import Theorem
from derive.logic.terms import Index, Variable, canonical

PAGE = r"""
Let $p_i = \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}}$. Then
$$\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)$$
$$\frac{\partial p_i}{\partial z_i} = p_i (1 + p_i)$$
"""


def sum_of(*names: str) -> Add:
    return Add(tuple(Variable(name, (Index("i", "N"),)) for name in names))


@pytest.fixture
def other_thread() -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield
    done.set()
    thread.join()


def test_a_term_that_is_held_stays_the_only_one_of_its_kind() -> None:
    term = sum_of("held", "too")
    parts = children(term)
    memory.forget(0)
    assert sum_of("held", "too") is term
    assert all(new is old for new, old in zip(children(term), parts, strict=True))


def test_a_term_that_nobody_holds_is_forgotten() -> None:
    canonical(sum_of("dropped", "soon"))
    key = Variable, "dropped", (Index("i", "N"),)
    assert key in memory.objects
    memory.forget(0)
    assert key not in memory.objects


def test_what_is_little_is_kept() -> None:
    memory.forget(0)
    sum_of("kept", "yet")
    before = len(memory.objects)
    memory.forget()
    assert len(memory.objects) == before < memory.MOST


def test_nothing_is_forgotten_beside_other_threads(other_thread: None) -> None:
    sum_of("another", "thread")
    before = len(memory.objects)
    memory.forget(0)
    assert len(memory.objects) == before


def test_verdicts_and_theorems_outlive_what_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    first = derive.check(PAGE)
    monkeypatch.setattr(memory.forget, "__defaults__", (0,))
    second = derive.check(PAGE)
    outcomes = [[step.verdict.outcome for step in report.claims] for report in (first, second)]
    assert outcomes == [["proved", "refuted"]] * 2
    theorem = first.claims[0].verdict.theorems[0]
    assert Theorem(theorem.claim, theorem.proof).claim is theorem.claim
    assert second.claims[0].verdict.theorems[0].claim.left is theorem.claim.left
