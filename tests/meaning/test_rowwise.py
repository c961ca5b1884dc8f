"""What a text says of the rows of a matrix."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    return " ".join(j.verdict.outcome for j in derive.check(text).claims if j.verdict)


PAGE = (
    r"Let $q_i = v^\top u_i$ for $u_i \in \mathbb{R}^d$ and "
    r"$E = \frac{1}{2} \sum_{i=1}^n (q_i - r_i)^2$."
)
RIGHT = "\n\n" + r"$$\nabla_v E = U^\top (q - r)$$"
WRONG = "\n\n" + r"$$\nabla_v E = U^\top (r - q)$$"
SAID = [
    r"With $U \in \mathbb{R}^{n \times d}$ whose rows are $u_i^\top$:",
    r"Let $U$ be the matrix with rows $u_i^T$.",
    r"The rows of $U$ are the $u_i$.",
    r"Here $u_i^\top$ is the $i$-th row of $U$.",
    r"The rows of $U$ are all the 'outside' vectors $u_i$.",
]


@pytest.mark.parametrize("said", SAID)
def test_rows_of_a_matrix(said: str) -> None:
    assert outcomes(f"{PAGE} {said}{RIGHT}") == "proved"
    assert outcomes(f"{PAGE} {said}{WRONG}") == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        r"Let $U$ be the matrix with rows $u_i^T R$.",
        r"Let $U$ be the matrix with rows $-2 u_i^T$.",
        r"The rows of $U$ are the $u_i^T$ minus their mean.",
        r"Here $u_i$ is the $i$-th row of the inverse of $U$.",
    ],
)
def test_rows_of_which_something_else_is_said(said: str) -> None:
    assert outcomes(f"{PAGE} {said}{RIGHT}") == "conditional"


@pytest.mark.parametrize("said", ["", r"Let $U \in \mathbb{R}^{n \times d}$ have full rank."])
def test_a_matrix_of_which_nothing_is_said(said: str) -> None:
    assert outcomes(f"{PAGE} {said}{RIGHT}") == "conditional"


FORM = " In matrix form, "


def test_a_matrix_form_speaks_of_the_rows() -> None:
    assert outcomes(PAGE + FORM + RIGHT) == "proved"
    assert outcomes(PAGE + FORM + WRONG) != "proved"
    assert outcomes(PAGE + RIGHT) == "conditional"


def test_or_of_the_columns_but_not_of_both() -> None:
    columns = RIGHT.replace(r"U^\top", "U")
    assert outcomes(PAGE + FORM + columns) == "proved"
    assert outcomes(PAGE + columns) == "conditional"
    first, second = outcomes(PAGE + FORM + columns + RIGHT).split()
    assert first == "proved"
    assert second != "proved"


def test_what_the_text_calls_them() -> None:
    columns = RIGHT.replace(r"U^\top", "U")
    for line, right, wrong in (("rows", RIGHT, columns), ("columns", columns, RIGHT)):
        said = f" The $u_i$ are the {line} of $U$."
        assert outcomes(PAGE + said + FORM + right) == "proved"
        assert outcomes(PAGE + said + FORM + wrong) != "proved"
    assert outcomes(PAGE + " All $u_i$ are column vectors." + FORM + RIGHT) == "proved"


def test_numbers_on_a_diagonal() -> None:
    """Where p_i stands twice side by side, the p_i of diag(p_i (1 - p_i)) are numbers."""
    page = (
        r"Let $p_i = \frac{1}{1 + e^{-a_i}}$ and "
        r"$E = -\sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)$."
        r" $$\nabla^2_a E = S$$ with $S = \operatorname{diag}(p_i (1 - p_i))$."
    )
    assert outcomes(page) == "proved"
    assert outcomes(page.replace("(1 - p_i))$", "(2 - p_i))$")) == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "The columns of $U$ are all the 'outside' vectors $u_i$.",
        "$U$, whose columns are the $u_i$.",
    ],
)
def test_columns_of_a_matrix(said: str) -> None:
    assert outcomes(f"{PAGE} {said}" + RIGHT.replace(r"U^\top", "U")) == "proved"
    assert outcomes(f"{PAGE} {said}" + WRONG.replace(r"U^\top", "U")) == "refuted"
    assert outcomes(f"{PAGE} {said}{RIGHT}") != "proved"


def test_another_name_for_the_vectors_relates_them_to_nothing() -> None:
    page = (
        r"The rows of $U$ are the vectors $u_i$. $$ \sum_{i=1}^n r_i u_i = \sum_{i=1}^n q_i u_i $$"
    )
    assert outcomes(page + RIGHT) == "unproved unproved"
