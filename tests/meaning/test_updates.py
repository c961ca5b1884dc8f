"""Updates, which are no equations, and the increments that they speak of."""

from __future__ import annotations

import pytest

import derive

DESCENT = r"""## Gradient descent

The parameters are updated with the learning rate $\mu$ to lower the loss $\xi = (w x + b - t)^2$:

$$ w(k+1) = w(k) - \Delta w(k+1) \quad \text{with} \;
\Delta w = \mu \frac{\partial \xi}{\partial w} $$

Then $\Delta w = 2 \mu (w x + b - t) x$.
"""


def outcomes(text: str) -> list[str]:
    return [
        j.verdict.outcome if j.verdict is not None else j.statement.kind
        for j in derive.check(text).judgements
    ]


def test_a_step_and_what_it_is_made_of() -> None:
    assert outcomes(DESCENT) == ["definition", "definition", "definition", "proved"]
    assert outcomes(DESCENT.replace("2 \\mu", "\\mu"))[-1] == "refuted"


@pytest.mark.parametrize(
    "update", [r"\Delta(i) = \Delta(i) * \eta", "s = s * c", "s(k + 1) = s(k) + c"]
)
def test_an_update_is_no_equation(update: str) -> None:
    assert outcomes(f"In each iteration we update the value: ${update}$.") == ["definition"]


def test_of_a_defined_function_it_is_one() -> None:
    text = "In each iteration the function $f(x) = x^2$ is the same. $$f(x + 1) = f(x) + 1$$"
    assert outcomes(text)[-1] == "refuted"
