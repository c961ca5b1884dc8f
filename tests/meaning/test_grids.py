"""Matrices written out in full: sums, products, transposes, and functions at each place."""

from __future__ import annotations

import pytest

import derive

RIGHT_AND_WRONG = [
    (
        r"\begin{pmatrix} 2 & 1 \end{pmatrix} \begin{pmatrix} 3 & 4 \\ 5 & 0 \end{pmatrix} "
        r"= \begin{pmatrix} 11 & 8 \end{pmatrix}",
        "8 ",
        "9 ",
    ),
    (
        r"\begin{bmatrix} 0.5 & 0.2 \end{bmatrix} \begin{bmatrix} 0.3 \\ 0.7 \end{bmatrix} = 0.29",
        "0.29",
        "0.31",
    ),
    (
        r"\begin{pmatrix} a \\ b \end{pmatrix} \begin{pmatrix} c & d \end{pmatrix} "
        r"= \begin{pmatrix} a c & a d \\ b c & b d \end{pmatrix}",
        "b c & b d",
        "b d & b c",
    ),
    (
        r"\begin{pmatrix} a \\ b \end{pmatrix}^T \begin{pmatrix} c \\ d \end{pmatrix} = a c + b d",
        "+ b d",
        "- b d",
    ),
    (
        r"\begin{bmatrix} a & 2 \\ 3 & 4 \end{bmatrix} - \eta "
        r"\begin{bmatrix} 5 & 6 \\ 7 & 8 \end{bmatrix} "
        r"= \begin{bmatrix} a - 5 \eta & 2 - 6 \eta \\ 3 - 7 \eta & 4 - 8 \eta \end{bmatrix}",
        "3 - 7",
        "3 + 7",
    ),
    (
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \odot "
        r"\begin{bmatrix} 5 & 6 \\ 7 & 8 \end{bmatrix} "
        r"= \begin{bmatrix} 5 & 12 \\ 21 & 32 \end{bmatrix}",
        r"\odot",
        "",
    ),
    (
        r"\max(0, \begin{bmatrix} 3 & -2 \end{bmatrix}) = \begin{bmatrix} 3 & 0 \end{bmatrix}",
        "3 & 0",
        "3 & -2",
    ),
    (
        r"\tanh(\begin{bmatrix} a & b \end{bmatrix}) "
        r"= \begin{bmatrix} \tanh(a) & \tanh(b) \end{bmatrix}",
        r"\tanh(b)",
        r"\tanh(a)",
    ),
]


def outcomes(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [j.verdict.outcome for j in report.claims if j.verdict]


@pytest.mark.parametrize(("claim", "right", "wrong"), RIGHT_AND_WRONG)
def test_each_entry_is_computed(claim: str, right: str, wrong: str) -> None:
    assert outcomes(f"$${claim}$$") == ["proved"]
    assert right in claim
    (found,) = outcomes(f"$${claim.replace(right, wrong)}$$")
    of_letters = "{pmatrix} a" in claim or "{bmatrix} a" in claim  # they may be so related
    assert found in (("refuted", "unproved") if of_letters else ("refuted",))


@pytest.mark.parametrize(
    "claim",
    [
        # other shapes
        r"\begin{bmatrix} a & b \\ c & d \end{bmatrix} = "
        r"\begin{bmatrix} a & b & c & d \end{bmatrix}",
        # two columns side by side
        r"\begin{bmatrix} 1 \\ 2 \end{bmatrix} \begin{bmatrix} 3 \\ 4 \end{bmatrix} = 11",
        # a star may be a convolution
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} * "
        r"\begin{bmatrix} 5 & 6 \\ 7 & 8 \end{bmatrix} "
        r"= \begin{bmatrix} 5 & 12 \\ 21 & 32 \end{bmatrix}",
    ],
)
def test_what_is_no_product_of_matrices_is_not_decided(claim: str) -> None:
    assert outcomes(f"$${claim}$$") == ["unproved"]
