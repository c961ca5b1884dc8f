"""What is said of an example, of a case, of where a derivative is 0: no claim about all data."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


SOFTMAX = r"Let $q_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ and $H = -\sum_i p_i \log q_i$." + "\n\n"


def test_a_calculation_in_numbers() -> None:
    text = SOFTMAX + r"The loss is $$H = -0 \cdot \log 0.23 - 1 \cdot \log 0.63$$"
    assert outcomes(text) == ["unproved"]
    assert outcomes(SOFTMAX + r"$$\sum_i q_i = 2$$") == ["refuted"]
    assert outcomes("Let $R = r_2 + r_3$. Then $r_2 + r_3 = 3 + 5$.") == ["unproved"]


def test_an_example_with_a_list_and_what_is_defined_below() -> None:
    text = r"""Let $g_i := y_i w^\top x_i$. With $x_1 = \begin{bmatrix} 2 \\ 0 \end{bmatrix}$:

- $g_1 = 0$
- $g_2 = 2$

At the minimum

$$w = \sum_i a_i y_i x_i$$
"""
    assert "refuted" not in outcomes(text)


def test_where_a_derivative_is_0() -> None:
    likelihood = r"Let $\ell = a \ln t + b \ln(1 - t)$." + "\n\n"
    zero = r"$$\Rightarrow 0 = \frac{\partial}{\partial t} \ell$$"
    assert outcomes(likelihood + zero) == ["unproved"]
    slope = r"$$\frac{\partial}{\partial t} \ell = \frac{a}{t} + \frac{b}{1 - t}$$"
    assert outcomes(likelihood + slope) == ["refuted"]


def test_rows_that_are_alternatives() -> None:
    text = r"""Let $D = u v - w^2$.

$$\begin{cases} D = 0 \\ D < 0 \\ D > 0 \end{cases}$$
"""
    assert set(outcomes(text)) == {"unproved"}
    results = text.replace(
        r"D = 0 \\ D < 0 \\ D > 0", r"\frac{\partial D}{\partial u} = -v \\ D = 1"
    )
    assert "refuted" in outcomes(results)


def test_a_layer_that_is_said_anew() -> None:
    text = r"""$$z^l = W^l a^{l-1} + b^l$$ $$a^l = \sigma(z^l)$$

## Convolution

$$z^{l+1} = a^l * W^{l+1}$$
"""
    assert outcomes(text)[-1] in ("conditional", "unproved")


def test_what_holds_for_a_covariance_is_not_refuted() -> None:
    text = r"""Let $\Sigma \in \mathbb{R}^{n \times n}$ and $u, v \in \mathbb{R}^n$.

$$(u - v)^\top \Sigma (u + v) = u^\top \Sigma u - v^\top \Sigma v$$
"""
    assert outcomes(text) in (["conditional"], ["unproved"])
    assert outcomes(text.replace("- v^\\top \\Sigma v", "+ v^\\top \\Sigma v")) == ["refuted"]


def test_a_case_of_something() -> None:
    text = SOFTMAX + "In the specific case of perfect classification where $q_1 = 1$, we stop."
    assert "refuted" not in outcomes(text)
    assert outcomes(SOFTMAX + "We have $q_1 = 1$.") == ["refuted"]


@pytest.mark.parametrize(
    "said",
    [
        r"Let $e(A) = \mathbb{E}_{x \sim p}[ \| A x \| ]$ be the error.",
        r"The error $e$ depends on $A$, and $\frac{\partial e}{\partial A}$ is needed.",
    ],
)
def test_an_error_e_that_was_not_understood_is_not_a_constant(said: str) -> None:
    assert outcomes(said + "\n\n" + r"$$\nabla_A e = 0$$")[-1] == "unproved"
    assert outcomes(r"$$f(x) = e^x$$ $$f(1) = e$$ $$\log e = 1$$") == ["proved", "proved"]
