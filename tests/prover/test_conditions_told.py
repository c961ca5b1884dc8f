"""Where both sides of a proved step are defined is told, also inside sums with exceptions."""

from __future__ import annotations

import pytest

import derive


@pytest.mark.parametrize(
    ("step", "conditions"),
    [
        (r"\sum_{i=1}^{N} x_i \frac{a}{a} = \sum_{i=1}^{N} x_i", (r"a \neq 0",)),
        (r"\sum_{i=1}^{N-1} x_i \frac{a}{a} = \sum_{i=1}^{N-1} x_i", (r"a \neq 0",)),
        (r"\sum_{i=2}^{N} x_i \frac{a}{a} = \sum_{i=2}^{N} x_i", (r"a \neq 0",)),
        (r"\sum_{j \neq k} t_j \frac{x_j}{x_j} = \sum_{j \neq k} t_j", (r"x_{i} \neq 0",)),
        (r"\sum_{j \neq k} t_j \frac{x_k}{x_k} = \sum_{j \neq k} t_j", (r"x_{k} \neq 0",)),
        (r"\sum_{j \neq k} e^{\log x_j} = \sum_{j \neq k} x_j", (r"x_{i} > 0",)),
        (r"\sum_{j \neq k} t_j \cdot 2 = 2 \sum_{j \neq k} t_j", ()),
    ],
)
def test_what_a_sum_divides_by(step: str, conditions: tuple[str, ...]) -> None:
    (claim,) = derive.check(f"$${step}$$").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "proved"
    assert claim.verdict.conditions == conditions
