"""Cases that a text goes through, and what holds when it speaks of all again."""

from __future__ import annotations

import pytest

import derive

LOSS = (
    r"Let $y_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}$ and $L = -\sum_i t_i \log y_i$ "
    "with one-hot $t$. "
)
SLOPE = r"\frac{\partial L}{\partial z_k}"


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    ("words", "value", "proved"),
    [
        ("Let $k$ be the true class.", "y_k - 1", True),
        ("Let $k$ be the true class.", "y_k", False),
        ("Let $k$ be a class other than the true class.", "y_k", True),
        ("Let $k$ be a class other than the true class.", "y_k - 1", False),
        ("For all other classes $k$,", "y_k", True),
        ("For all other classes $k$,", "y_k - 1", False),
        ("For all classes $k$,", "y_k - 1", False),
        ("For the target class, $t_k = 1$, so", "y_k - 1", True),
        ("For the target class, $t_k = 1$. In general,", "y_k - 1", False),
        ("For the target class, $t_k = 1$. For others, $t_k = 0$, so", "y_k", True),
        ("For the target class, $t_k = 1$. For others, $t_k = 0$, so", "y_k - 1", False),
    ],
)
def test_of_which_class_it_is_said(words: str, value: str, proved: bool) -> None:
    assert (outcomes(f"{LOSS}{words} $${SLOPE} = {value}$$") == ["proved"]) is proved


CASES = r"Case 1: $i = j$. Then $\delta_{ij} = 1$. Case 2: $i \neq j$. Then $\delta_{ij} = VALUE$. "


def test_cases_follow_each_other_in_a_paragraph() -> None:
    text = CASES + r"In both cases $$\delta_{ij}^2 = \delta_{ij}$$"
    assert outcomes(text.replace("VALUE", "0")) == ["proved", "proved", "proved"]
    assert outcomes(text.replace("VALUE", "1"))[1] != "proved"
    wrong = text.replace("VALUE", "0").replace(r"\delta_{ij}^2 = ", "0 = ")
    assert outcomes(wrong)[-1] != "proved"


@pytest.mark.parametrize(
    "text",
    [
        r"Let $i \neq j$. Then $\delta_{ij} = 0$. So for all $i, j$: $$\delta_{ij} = 0$$",
        r"For $i = j$: $$\delta_{ij} x_i = x_j$$ and generally $$\delta_{ij} x_i = x_j$$",
    ],
)
def test_a_case_is_left_where_all_are_spoken_of(text: str) -> None:
    before, after = outcomes(text)
    assert before == "proved"
    assert after != "proved"
