"""How far a gradient reaches: over the product behind a row, where what it is taken by stands."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\nabla_A x^T A y = x y^T", r"\nabla_A x^T A y = y x^T"),
        (r"\nabla_A x^T A^T y = y x^T", r"\nabla_A x^T A^T y = x y^T"),
        (r"\nabla_x b^T A x = A^T b", r"\nabla_x b^T A x = A b"),
        (r"\nabla_x x^\top A x = (A + A^\top) x", r"\nabla_x x^\top A x = 2 A x"),
    ],
)
def test_behind_a_row_the_whole_product_is_meant(right: str, wrong: str) -> None:
    assert outcomes(f"${right}$.") == ["proved"]
    assert outcomes(f"${wrong}$.")[0] in ("refuted", "conditional")


def test_what_is_only_asked_for_makes_nothing_depend_on_a_matrix() -> None:
    text = r"""Hence $\nabla_x x^T A x = (A + A^T) x$.

We want $\nabla_A x^T A y$."""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("(A + A^T)", "(A - A^T)")) == ["refuted"]


def test_a_gradient_before_another_vector_is_that_of_its_function_alone() -> None:
    text = r"Let $f(w) = w^T w$. The slope along v is $(\nabla f)^T v = 2 w^T v$."
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("2 w^T v", "w^T v")) == ["refuted"]
