"""A later name for a part of an earlier definition."""

from __future__ import annotations

from derive.logic.problem import Definition
from derive.meaning.folding import folded
from tests.meaning.reading import exp, index, total, var

I, J, K, M = index("i"), index("j"), index("k"), index("m")


def product(i, m):  # type: ignore[no-untyped-def]
    return total(m, exp(var("W", i, m)))


def test_the_name_stands_where_its_body_stood() -> None:
    outer = Definition("a", (K,), (), exp(product(K, J)))
    inner = Definition("z", (I,), (), product(I, M))
    assert folded(outer, inner).body is exp(var("z", K))


def test_another_term_is_left_alone() -> None:
    outer = Definition("a", (K,), (), exp(total(J, exp(var("W", J, K)))))
    inner = Definition("z", (I,), (), product(I, M))
    assert folded(outer, inner).body is outer.body


def test_under_a_sum_the_bound_letter_is_the_index() -> None:
    outer = Definition("a", (), (), total(K, exp(product(K, J))))
    inner = Definition("z", (I,), (), product(I, M))
    assert folded(outer, inner).body is total(K, exp(var("z", K)))
