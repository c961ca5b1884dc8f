"""Weights of neighbours: ``p_{j|i}``, a diagonal that is said apart, sums over all others."""

from __future__ import annotations

import pytest

import derive


def kinds(text: str) -> str:
    """The verdicts on the claims of a document, and the kinds of its other statements."""
    found = derive.check(text, format="markdown").judgements
    return " ".join(j.verdict.outcome if j.verdict else j.statement.kind for j in found)


SHARES = r"$$p_{j \mid i} = \frac{e^{-d_{ij}}}{\sum_{k \neq i} e^{-d_{ik}}}$$" + "\n\n"
WEIGHTS = r"$$w_{ij} = e^{-d_{ij}}$$" + "\n\n"

DOCUMENTS = [
    # Conditional probabilities are components.
    (SHARES + r"$$s_{ij} = \frac{p_{j|i} + p_{i|j}}{2}$$ $$s_{ij} = s_{ji}$$",
     "definition definition proved"),
    (SHARES + r"$$s_{ij} = \frac{p_{j|i} + p_{i|j}}{2}$$ $$s_{ij} = 2 s_{ji}$$",
     "definition definition refuted"),
    (SHARES + r"$$p_{ij} = \frac{p_{j|i} + p_{i|j}}{2}$$ $$p_{ij} = p_{ji}$$",
     "definition definition unproved"),  # two quantities that are called p
    # A sum over all others may be empty, and nobody means that.
    (SHARES + r"$$\sum_{j \neq i} p_{j|i} = 1$$", "definition unproved"),
    (SHARES + r"$$\sum_{j \neq i} p_{j|i} = 2$$", "definition refuted"),
    (SHARES + r"$$\sum_{j \neq i} p_{i|j} = 1$$", "definition refuted"),
    # What is said of equal indices holds for these.
    (WEIGHTS + r"We set $w_{ii} = 0$. $$\sum_j w_{ij} = \sum_j e^{-d_{ij}}$$",
     "definition definition unproved"),
    (WEIGHTS + r"We set $w_{ii} = 0$. $$\sum_{j \neq i} w_{ij} = \sum_{j \neq i} e^{-d_{ij}}$$",
     "definition definition proved"),
    (WEIGHTS + r"We set $w_{ii} = 0$. $$\sum_{j \neq i} w_{ij} = \sum_{j \neq i} e^{d_{ij}}$$",
     "definition definition refuted"),
    (WEIGHTS + r"Hence $w_{ii} = 0$.", "definition refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_neighbours(text: str, expected: str) -> None:
    assert kinds(text) == expected
