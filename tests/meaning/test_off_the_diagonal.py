"""Entries off the diagonal: what is said of them, "for i != j", is said of all of them."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


SAID = [
    r"For $i \neq j$, $a_{ij} = 0$. Then",
    r"For all $i \neq j$, let $a_{ij} = 0$. Then",
    r"Suppose $a_{ij} = 0$ for $i \neq j$. Then",
    r"Suppose $a_{ij} = 0$ for all $j \neq i$. Then",
    r"If $i \neq j$, then $a_{ij} = 0$. Therefore",
    r"Since $a_{ij} = 0$ for all $j \neq i$,",
]


@pytest.mark.parametrize("said", SAID)
def test_a_row_has_one_entry(said: str) -> None:
    steps = r"$$\sum_j a_{ij} = a_{ii}, \qquad \sum_i \sum_j a_{ij} x_i x_j = \sum_i a_{ii} x_i^2$$"
    assert outcomes(f"{said}\n\n{steps}") == ["proved", "proved"]


@pytest.mark.parametrize("said", SAID)
def test_wrong_twins_are_refuted(said: str) -> None:
    steps = r"$$\sum_j a_{ij} = a_{jj}, \qquad \sum_i \sum_j a_{ij} = 0$$"
    assert not {"proved", "unproved"} & set(outcomes(f"{said}\n\n{steps}"))


def test_of_other_values_nothing_false_is_said() -> None:
    text = r"For $i \neq j$, $a_{ij} = 1$. Then $$\sum_j a_{ij} = a_{ii}$$"
    assert outcomes(text)[-1] == "refuted"


@pytest.mark.parametrize(
    "said", [r"For some $i \neq j$, $a_{ij} = 0$.", r"There is $i \neq j$ with $a_{ij} = 0$."]
)
def test_of_some_it_is_not_said_of_all(said: str) -> None:
    assert outcomes(said + r" Then $$\sum_j a_{ij} = a_{ii}$$")[-1] != "proved"
