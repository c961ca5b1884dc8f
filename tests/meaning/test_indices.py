"""Index letters: which letters they are, what they run over, what sums leave out."""

from __future__ import annotations

import pytest

import derive
from derive.logic.terms import Label, Position, Shift, Size, Sum
from tests.meaning.reading import (
    claims,
    exp,
    index,
    kinds,
    number,
    sides,
    statements,
    total,
    var,
)

I, J, K = index("i"), index("j"), index("k")


def left(text: str) -> object:
    return sides(f"$${text} = y$$")[0]


@pytest.mark.parametrize(
    ("bounds", "excluded"),
    [
        (r"\sum_{j}", ()),
        (r"\sum_{j=1}^{N}", ()),
        (r"\sum_j^N", ()),
        (r"\sum_{1 \leq j \leq N}", ()),
        (r"\sum_{j=1}^{N-1}", (Position(0, "N"),)),
        (r"\sum_{j=2}^{N}", (Position(1, "N"),)),
        (r"\sum_{j \neq k}", (K,)),
        (r"\sum_{j \neq k}^{N}", (K,)),
        (r"\sum_{j \neq i,k}", (I, K)),
    ],
)
def test_bounds(bounds: str, excluded: tuple[object, ...]) -> None:
    text = rf"$$\sum_{{m=1}}^N x_m = s$$ $${bounds} x_j = w_i x_k$$"
    term, _ = sides(text)
    assert isinstance(term, Sum)
    assert term.index is J
    assert set(term.excluded) == set(excluded)


def test_a_sum_from_zero_to_one_less_is_the_whole_range() -> None:
    term, _ = sides(r"$$\sum_{j=0}^{N-1} x_j = y$$")
    assert term is total(J, var("x", J))


def test_a_sum_from_zero_to_the_size_is_another_range() -> None:
    first, second = claims(r"$$\sum_{i=1}^N x_i = a$$ $$\sum_{i=0}^N w_i = b$$")
    ranges = [s.readings[0].claims[0].left.index.range for s in (first, second)]  # type: ignore[attr-defined]
    assert ranges[0] == "N"
    assert ranges[1] != "N"


def test_letters_of_different_sizes_have_different_ranges() -> None:
    (definition,) = statements(r"$$c = \sum_{n=1}^{M} \sum_{i=1}^{N} q_{ni} x_i$$")[0].definitions
    outer = definition.body
    assert isinstance(outer, Sum)
    assert outer.index.range == "M"
    assert outer.body.index.range == "N"  # type: ignore[attr-defined]


def test_an_index_may_name_a_class_here_and_an_example_there() -> None:
    text = r"$$a = \sum_{i=1}^{N} x_i$$ $$b = \sum_{i=1}^{M} w_i$$"
    first, second = (s.definitions[0].body for s in statements(text))
    assert first.index is index("i", "N")  # type: ignore[attr-defined]
    assert second.index is index("i", "M")  # type: ignore[attr-defined]


def test_the_size_of_a_range_is_a_number() -> None:
    (definition,) = statements(r"$$\mu = \frac{1}{n} \sum_{r=1}^n x_r$$")[0].definitions
    assert Size("n") in {t for f in definition.body.factors for t in (f, getattr(f, "base", f))}  # type: ignore[attr-defined]


def test_dots_are_a_sum() -> None:
    text = r"$$\sum_{i=1}^N e^{x_i} = e^{x_1} + e^{x_2} + \dots + e^{x_N}$$"
    first, second = sides(text)
    m = second.index  # type: ignore[attr-defined]
    assert second is total(m, exp(var("x", m)))
    assert first is total(I, exp(var("x", I)))


def test_dots_without_a_pattern_are_no_sum() -> None:
    (claim,) = claims(r"$$\sum_{i=1}^N x_i = x_1 + x_3 + \dots + x_N$$")
    assert claim.readings == ()
    assert "pattern" in claim.message


def test_two_letters_side_by_side_are_two_indices() -> None:
    text = r"$$\sum_i p_{ij} = a_j$$ $$\sum_i p_{i,j} = b_j$$"
    first, second = (s.readings[0].claims[0].left for s in claims(text))
    assert first is second


def test_a_power_below_an_index_is_a_power_of_the_component() -> None:
    first, second = sides(r"$$p_i^2 q_i = p^2_i q_i$$")
    assert first is second


def test_a_mark_is_part_of_the_name() -> None:
    term, _ = sides(r"$$\sum_i y^*_i = w \sum_i y_i$$")
    assert term is total(I, var("y^{*}", I))


def test_a_superscript_in_brackets_is_an_index_where_it_is_bound() -> None:
    term, _ = sides(r"$$\sum_{m=1}^M x_i^{(m)} = a_i$$")
    assert term.body.indices == (index("m", "M"), I)  # type: ignore[attr-defined]


def test_integer_labels() -> None:
    _, term = sides(r"$$\sum_k p_k = w_i p_{y_i}$$")
    assert term.factors[1].indices == (Label("y", (index("i", "M"),), "N"),)  # type: ignore[attr-defined]


def test_a_neighbour() -> None:
    term, _ = sides(r"$$s_{t-1} + s_t = w$$")
    t = index("t")
    assert term.terms[0] is var("s", Shift(t, -1))  # type: ignore[attr-defined]


def test_a_sum_within_a_sum_over_the_same_letter_is_noted() -> None:
    (claim,) = claims(r"$$\sum_i x_i \sum_i q_i = y$$")
    assert "bound twice" in claim.note


def test_an_index_is_no_number() -> None:
    (statement,) = statements(r"$$p_j = \frac{e^j}{\sum_i e^i}$$")
    assert statement.definitions == ()
    assert "index" in statement.message


def test_a_range_is_declared() -> None:
    assert kinds(r"where $i = 1, \dots, N$ and $\sum_i x_i$") == ["hypothesis"]


def test_a_number_of_terms() -> None:
    term, _ = sides(r"$$\sum_{i=1}^{N} 1 = y$$")
    assert term is total(I, number(1))


def test_an_example_s_components_come_after_its_number() -> None:
    text = (
        r"$$h^{(n)} = w^\top x^{(n)}$$ "
        r"$$\frac{\partial h^{(n)}}{\partial w_j} = x_j^{(n)}$$ with $w \in \mathbb{R}^d$"
    )
    (definition,) = statements(text)[0].definitions
    n, j = index("n"), index("j", "d")
    factors = definition.body.body.factors  # type: ignore[attr-defined]
    assert factors[1] is var("x^{()}", n, definition.body.index)  # type: ignore[attr-defined]
    assert sides(text)[1] is var("x^{()}", n, j)


def test_a_letter_of_which_a_case_says_what_it_is_stays_an_index_below_others() -> None:
    text = r"""$$S_{ik} = \sum_{p=1}^{H} X_{ip} W_{pk} + b_k$$

In matrices, $$S = X W + FACTOR b$$

For $k = 2$ this is the second class.
"""
    for factor, outcome in (("", "proved"), ("2", "conditional")):  # S may be defined anew
        found = derive.check(text.replace("FACTOR", factor), format="markdown").claims
        assert [j.verdict.outcome for j in found if j.verdict] == [outcome]
