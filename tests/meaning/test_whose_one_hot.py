"""Of what a text says that it is one-hot, and values of components that an example gives."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return " ".join(verdict.outcome for verdict in found if verdict is not None)


OF_ANOTHER = {
    "what is called so has no components here": r"Let $y$ be one-hot, $p_j = a_j$. WHAT",
    "labels that no formula names": r"Let $p_j = a_j$. The labels are one-hot. WHAT",
    "a label behind the words": r"Let $L = -\sum_j u_j \log a_j$ with a one-hot label $y$. WHAT",
    "targets beside predictions": r"Let $L = -\sum_j t_j \log a_j$ with one-hot targets. WHAT",
}


def test_inputs_are_no_labels() -> None:
    text = (
        r"Let $L = -\sum_j y_j \log a_j$. The one-hot encoded inputs feed it. So $\sum_j y_j = 1$."
    )
    assert outcomes(text) == "unproved"
    assert outcomes(text.replace("inputs feed it", "labels are given")) == "proved"


@pytest.mark.parametrize("text", OF_ANOTHER.values(), ids=OF_ANOTHER)
def test_nothing_else_is_one_hot(text: str) -> None:
    assert outcomes(text.replace("WHAT", r"So $\sum_j a_j = 1$.")) in ("unproved", "conditional")


OF_IT = {
    "what it is": r"Let $u$ be one-hot and $L = -\sum_j u_j \log a_j$. WHAT",
    "a label behind the words": r"Let $L = -\sum_j u_j \log a_j$ with a one-hot label $u$. WHAT",
    "targets": r"Let $L = -\sum_j t_j \log a_j$ with one-hot targets. WHAT",
    "with an index": r"Let $L = -\sum_j u_j \log a_j$, where $u_j$ is one-hot. WHAT",
    "a list of components": r"Let $L = -\sum_j y_j \log a_j$. The vector $y$ is one-hot. WHAT",
}


@pytest.mark.parametrize("text", OF_IT.values(), ids=OF_IT)
def test_it_is_one_hot(text: str) -> None:
    letter = next(x for x in "uty" if f"{x}_j" in text)
    claim = rf"So $\sum_j {letter}_j = 1$."
    assert outcomes(text.replace("WHAT", claim)) == "proved"
    assert outcomes(text.replace("WHAT", claim.replace("= 1", "= 2"))) != "proved"


VALUES = r"""$Y_{11} = 1, Y_{12} = 0, Y_{13} = 0$

Then
$$-Y_{11} p_{13} - Y_{12} p_{13} - Y_{13} (1 - p_{13}) = SIGN p_{13}$$
"""


@pytest.mark.parametrize(("sign", "expected"), [("-", "unproved"), ("", "refuted")])
def test_values_of_components_may_be_meant_together(sign: str, expected: str) -> None:
    assert outcomes(VALUES.replace("SIGN", sign)) == expected
