"""Matrices whose entries the text writes out, and are called by a small letter."""

from __future__ import annotations

import pytest

import derive

LAYER = (
    r"With $$Z = \begin{bmatrix} z_{11} & z_{12} \\ z_{21} & z_{22} \end{bmatrix}$$ and the kernel "
    r"$$K = \begin{bmatrix} k_{11} & k_{12} \\ k_{21} & k_{22} \end{bmatrix}$$ the values are "
    r"$$Z_{11} = 0 \cdot k_{11} + a_{11} k_{12} + a_{12} k_{22}$$ "
    r"$$Z_{12} = a_{12} k_{11} + a_{13} k_{21}$$ "
)


def outcomes(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [j.verdict.outcome for j in report.claims if j.verdict]


@pytest.mark.parametrize(
    ("claim", "right", "wrong"),
    [
        (r"\frac{\partial z_{11}}{\partial a_{11}} = k_{12}", "k_{12}", "k_{11}"),
        (
            r"\frac{\partial L}{\partial a_{12}} = \frac{\partial L}{\partial z_{11}} k_{22} + "
            r"\frac{\partial L}{\partial z_{12}} k_{11}",
            "k_{22}",
            "k_{21}",
        ),
        (
            r"\frac{\partial L}{\partial z_{11}} \frac{\partial z_{11}}{\partial a_{11}} + "
            r"\frac{\partial L}{\partial z_{12}} \frac{\partial z_{12}}{\partial a_{11}} = "
            r"\frac{\partial L}{\partial z_{11}} k_{12} + \frac{\partial L}{\partial z_{12}} "
            r"\cdot 0",
            r"\cdot 0",
            r"\cdot k_{11}",
        ),
        (
            r"\frac{\partial L}{\partial k_{11}} = \frac{\partial L}{\partial z_{12}} a_{12}",
            "a_{12}",
            "a_{11}",
        ),
    ],
)
def test_the_entries_are_those_of_the_matrix(claim: str, right: str, wrong: str) -> None:
    assert right in claim
    slopes = r"We look for $\frac{\partial L}{\partial z_{11}}$, $\frac{\partial L}{\partial Z}$. "
    assert outcomes(LAYER + slopes + f"$${claim}$$") == ["proved"]
    assert outcomes(LAYER + slopes + f"$${claim.replace(right, wrong)}$$") != ["proved"]


def test_a_small_letter_that_is_another_quantity_stays_one() -> None:
    text = (
        r"With $$W = \begin{bmatrix} w_{11} & w_{12} \\ w_{21} & w_{22} \end{bmatrix}$$ "
        r"let $w = 3 u$ and $W = 5 u$. Then $$W + w = 8 u$$"
    )
    assert outcomes(text)[-1:] != ["refuted"]
    assert outcomes(text.replace("8 u", "10 u"))[-1:] != ["proved"]


PENALTY = r"""For example

$$R(W) = \sum_{i=1}^m \sum_{j=1}^n w_{ij}^2$$

$$\frac{\partial R}{\partial W} = 2 W$$
"""


def test_the_argument_of_a_function_of_entries_is_their_matrix() -> None:
    assert outcomes(PENALTY) == ["proved"]
    assert outcomes(PENALTY.replace("2 W", "3 W")) == ["refuted"]
    both = PENALTY.replace("w_{ij}^2$$", "w_{ij}^2 + a W$$")  # W is another quantity there
    assert outcomes(both) != ["proved"]
