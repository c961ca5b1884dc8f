r"""Derivatives by an expression, ``\frac{d f}{d (1 + x^2)}``, and what is made of such slopes."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


LOGISTIC = r"""
$$\frac{d}{dx}\frac{1}{1+e^{-x}}
= \left(\frac{d}{d(1+e^{-x})} \frac{1}{1+e^{-x}}\right) \cdot \frac{d(1+e^{-x})}{dx}
= \frac{-1}{(1+e^{-x})^2} \cdot (-e^{-x})$$
"""

MODEL = r"""
Let $s(x) = 1/(1+e^{-x})$, $m_n = s(w^T x_n + b)$ and $L = \sum_n y_n \log m_n$.

"""

LAYER = r"""
Let $s(x) = 1/(1+e^{-x})$, $z_i = \sum_j w_{ij} x_j + b_i$, $p_i = s(z_i)$ and
$L = \sum_i (p_i - t_i)^2$.

"""


def test_the_chain_rule_by_way_of_an_expression() -> None:
    assert outcomes(LOGISTIC) == ["proved", "proved"]
    assert outcomes(LOGISTIC.replace(r"\frac{-1}", r"\frac{1}")) == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\frac{\partial m_n}{\partial (w^T x_n + b)} = m_n (1 - m_n)", "proved"),
        (r"\frac{\partial m_n}{\partial (w^T x_n + b)} = m_n (1 + m_n)", "refuted"),
        (
            r"\nabla_w L = \sum_n \frac{\partial L}{\partial m_n}"
            r" \frac{\partial m_n}{\partial (w^T x_n + b)}"
            r" \frac{\partial (w^T x_n + b)}{\partial w}",
            "proved",
        ),
        (
            r"\nabla_w L = \sum_n 2 \frac{\partial L}{\partial m_n}"
            r" \frac{\partial m_n}{\partial (w^T x_n + b)}"
            r" \frac{\partial (w^T x_n + b)}{\partial w}",
            "refuted",
        ),
    ],
)
def test_what_definitions_hide_of_the_expression(claim: str, outcome: str) -> None:
    assert outcomes(f"{MODEL}$${claim}$$") == [outcome]


@pytest.mark.parametrize(
    ("right", "outcome"),
    [
        ("2 (p_k - t_k) p_k (1 - p_k)", "proved"),
        (r"\sum_i 2 (p_i - t_i) p_i (1 - p_i)", "refuted"),
    ],
)
def test_an_expression_with_an_index_is_found_within_a_sum(right: str, outcome: str) -> None:
    slope = r"\frac{\partial L}{\partial (\sum_j w_{kj} x_j + b_k)}"
    assert outcomes(f"{LAYER}$${slope} = {right}$$") == [outcome]


@pytest.mark.parametrize(
    "claim",
    [
        r"\frac{d (x (1+x^2))}{d(1+x^2)} = x",
        r"\frac{\partial (a b + a)}{\partial (a b)} = 1",
        r"\frac{\partial (x + y + z)^2}{\partial (x + y)} = 2 (x + y + z)",
        r"\frac{d}{dx} \frac{d \log(1+x^2)}{d(1+x^2)} = 0",
    ],
)
def test_what_more_than_the_expression_holds_is_left_open(claim: str) -> None:
    assert outcomes(f"$${claim}$$") == ["unproved"]


NAMED = r"""
Let $v = 1 + x^2$, $f = x \log v$ and $g = \frac{\partial f}{\partial v}$. Then

"""


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"g = \frac{x}{v}", "proved"),
        (r"g = \frac{2 x}{v}", "refuted"),
        (r"\frac{dg}{dx} = \frac{1 - x^2}{v^2}", "unproved"),
        (r"\frac{d}{dx} \frac{\partial f}{\partial v} = \frac{1 - x^2}{v^2}", "unproved"),
        (r"\frac{dg}{dx} = 0", "unproved"),
    ],
)
def test_a_name_for_a_slope_by_an_intermediate_quantity(claim: str, outcome: str) -> None:
    """Its value is known; how it moves with x is not, for in it v moves on its own."""
    found = outcomes(f"{NAMED}$${claim}$$")
    assert found == [outcome] or (outcome == "refuted" and found == ["conditional"])
