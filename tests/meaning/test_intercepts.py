"""``w_0 + sum_{i=1}^n w_i x_i``: w_0 is a number of its own."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


MODELS = [
    r"$$g = b_0 + \sum_{i=1}^n b_i x_i$$",
    r"$$g = \sum_{j=1}^n b_j x_j + b_0$$",
    r"$$g = b_0 + \sum_i b_i x_i$$",
]
SLOPES = r"$$\frac{\partial g}{\partial b_0} = 1, \quad \frac{\partial g}{\partial b_k} = x_k$$"


@pytest.mark.parametrize("model", MODELS)
def test_an_intercept(model: str) -> None:
    assert outcomes(model + SLOPES) == ["proved", "proved"]
    assert outcomes(model + SLOPES.replace("= 1", "= 0"))[0] == "refuted"
    assert outcomes(model + SLOPES.replace("= x_k", "= x_k + 1"))[1] == "refuted"


LOSS = r"""Let $q_n = u_0 + \sum_{i=1}^d u_i x_{ni}$ and $F = \frac{1}{2} \sum_n (q_n - t_n)^2$.

$$\frac{\partial F}{\partial u_0} = \sum_n (q_n - t_n)$$

$$\frac{\partial F}{\partial u_k} = \sum_n (q_n - t_n) x_{nk}$$
"""


def test_a_loss_of_a_model_with_an_intercept() -> None:
    assert outcomes(LOSS) == ["proved", "proved"]
    wrong = LOSS.replace(r"u_0} = \sum_n (q_n - t_n)$$", r"u_0} = \sum_n (q_n - t_n) x_{nk}$$")
    assert outcomes(wrong)[0] in ("refuted", "conditional", "unproved")


BEGIN_AT_ZERO = [
    r"$$g = \sum_{i=0}^n b_i x_i$$",
    r"With $x_0 = 1$ let $$g = \sum_i b_i x_i$$",
    r"Let $b = (b_0, b_1, \dots, b_n)$. $$g = \sum_i b_i x_i$$",
]


@pytest.mark.parametrize("model", BEGIN_AT_ZERO)
def test_a_component_0_is_no_number_of_its_own(model: str) -> None:
    assert outcomes(model + r"$$\frac{\partial g}{\partial b_0} = 0$$") != ["proved"]
    assert outcomes(model + r"$$\frac{\partial g}{\partial b_0} = x_0$$") != ["refuted"]


def test_the_beginning_of_a_recurrence_is_none() -> None:
    text = r"Let $h_0 = 0$, $h_t = a h_{t-1} + x_t$ and $F = \sum_{t=1}^T h_t$. "
    assert outcomes(text + r"$$\frac{\partial F}{\partial x_1} = 1$$") != ["proved"]


def test_a_sum_over_some_examples_begins_nowhere() -> None:
    r"""``\sum_{i; z_i > a}`` in another formula says nothing of where the components begin."""
    page = r"""$$z_i = b_0 + \sum_j b_j x_{ij}$$
$$J = \frac{1}{2} \sum_i (y_i - z_i)^2$$
$$\frac{\partial J}{\partial b_0} = -\sum_i (y_i - z_i)$$
$$H = \sum_{i; z_i > a} (1 - y_i) x_{ij} + c b_j$$
"""
    assert outcomes(page)[0] == "proved"
    assert outcomes(page.replace("= -", "= "))[0] == "refuted"
