"""Vectors and matrices as a notation for components; wrong shapes are said to be wrong."""

from __future__ import annotations

from derive.logic.terms import Derivative, Position, Sum
from tests.meaning.reading import (
    claims,
    index,
    minus,
    number,
    sides,
    statements,
    total,
    var,
)

I, J = index("i"), index("j")
SIZES = r"Let $x \in \mathbb{R}^N$, $b \in \mathbb{R}^M$, $W \in \mathbb{R}^{M \times N}$." + "\n\n"


def test_a_gradient_has_one_claim_for_every_component() -> None:
    gradient = r"\frac{\partial H}{\partial \mathbf{q}}"
    text = rf"$$H = \sum_i q_i^2$$ $${gradient} = 2 \mathbf{{q}} - \mathbf{{x}}$$"
    left, right = sides(text)
    letter = left.variable.indices[0]  # type: ignore[attr-defined]
    assert left is Derivative(var("H"), var("q", letter))
    assert right.terms[0].factors == (number(2), var("q", letter))  # type: ignore[attr-defined]


def test_a_matrix_times_a_vector_is_a_sum() -> None:
    (definition,) = statements(SIZES + r"$$a = W x + b$$")[-1].definitions
    (row,) = definition.indices
    assert row.range == "M"
    product, shift = definition.body.terms  # type: ignore[attr-defined]
    assert isinstance(product, Sum)
    assert product.index.range == "N"
    assert product.body.factors == (var("W", row, product.index), var("x", product.index))  # type: ignore[attr-defined]
    assert shift is var("b", row)


def test_a_wrong_shape_is_reported() -> None:
    (claim,) = claims(SIZES + r"$$W x + x = b + b$$")
    assert claim.readings == ()
    assert "shape" in claim.message
    assert "M" in claim.message
    assert "N" in claim.message


def test_a_transposed_vector_times_a_vector_is_a_number() -> None:
    left, _ = sides(SIZES + r"$$x^\top x = y$$")
    assert isinstance(left, Sum)
    k = left.index
    assert left.body.factors == (var("x", k), var("x", k))  # type: ignore[attr-defined]


def test_a_norm_squared_is_the_sum_of_squares() -> None:
    left, _ = sides(SIZES + r"$$\|x\|^2 = y$$")
    assert left.body.exponent is number(2)  # type: ignore[attr-defined]


def test_a_number_is_no_vector() -> None:
    (claim,) = claims(SIZES + r"$$x^\top x = x$$")
    assert claim.readings == ()
    assert "shape" in claim.message


def test_the_elementwise_product() -> None:
    left, _ = sides(SIZES + r"$$x \odot x = x + x$$")
    assert len(set(left.factors)) == 1  # type: ignore[attr-defined]


def test_entries_written_out_are_claims_of_their_own() -> None:
    text = r"$$\begin{bmatrix} a + a \\ b \end{bmatrix} = \begin{bmatrix} 2a \\ 2b \end{bmatrix}$$"
    (reading,) = claims(text)[0].readings
    assert [c.right.factors[1] for c in reading.claims] == [var("a"), var("b")]  # type: ignore[attr-defined]


def test_softmax_of_a_vector_is_known() -> None:
    left, right = sides(r"$$\text{softmax}(\mathbf{x})_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$$")
    assert right is left or right.factors[0] is left.factors[0]  # type: ignore[attr-defined]


def test_a_function_of_a_vector_applied_to_another() -> None:
    text = r"$$s(\mathbf{x})_i = x_i \sum_j x_j$$ $$s(\mathbf{a})_i = a_i \sum_j a_j$$"
    left, right = sides(text)
    assert left.factors == right.factors  # type: ignore[attr-defined]


def test_a_proof_with_a_matrix_of_unknown_shape_is_a_special_case() -> None:
    (claim,) = claims(r"$$Mass^\top Mass = Mass Mass^\top$$")
    assert claim.readings[0].partial


def test_the_summation_convention_holds_where_it_is_declared() -> None:
    said = "We use the Einstein summation convention.\n\n"
    text = r"$$\delta_{ij} x_j = x_i$$"
    with_it, _ = sides(said + text)
    without, _ = sides(text)
    assert isinstance(with_it, Sum)
    assert not isinstance(without, Sum)


def test_a_free_letter_is_not_summed_by_convention() -> None:
    said = "We use the Einstein summation convention.\n\n"
    left, _ = sides(said + r"$$a_i b_i c_j = w c_j$$")
    assert isinstance(left, Sum)
    assert left.index.name == "i"


def test_a_position_of_a_vector() -> None:
    text = r"$$\sum_{i=1}^N x_i = y$$ $$x_1 - x_N = w$$"
    left, _ = sides(text)
    assert left is minus(var("x", Position(1, "N")), var("x", Position(0, "N")))


def test_one_sum_over_all_components() -> None:
    left, _ = sides(r"$$\sum \mathbf{x} = y$$" + r" with $x_i$")
    assert left is total(left.index, var("x", left.index))  # type: ignore[attr-defined]
