"""Equations of data that nothing relates refute nothing; identities that are false are refuted."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(
    "text",
    [
        r"$$(y - q) q (1 - q) = g$$",
        r"Here $\sum_{i=1}^N x_i$ is a sum, and $N = 1$.",
        r"Two classes remain. $$\frac{1}{1 + e^{-a}} = \frac{1}{1 + e^{b - c}}$$",
        # l is a function of m, but nothing says that f depends on m
        # what can be solved for an open quantity that stands once is no identity
        "$$x - y = 0$$",
        r"The margin is reached where $$y_i (w^T x_i + b) - 1 = 0$$ and "
        r"$w = \sum_{i=1}^N a_i y_i x_i$ with $y_i \in \{-1, 1\}$ for all of $i = 1, \ldots, N$.",
        r"Let $A$ be a matrix. At the minimum $$2 A^T A u - 2 A^T b = 0$$",
        r"A point on the circle has $$p_m^2 + q_m^2 = 1$$ and there $1 = 2 q_m s$",
        r"$$\sum_{i=1}^N y_i a_i = 0$$ for labels $y_i \in \{-1, 1\}$",
        r"Let $$\ell(m) = \prod_{i=1}^n f(x_i)$$ $$\frac{\partial}{\partial m} \ell(m) = n m$$",
    ],
)
def test_a_relation_of_data_is_not_refuted(text: str) -> None:
    assert set(outcomes(text)) == {"unproved"}


@pytest.mark.parametrize(
    "text",
    [
        "$$(a + b)^2 = a^2 + b^2$$",
        "$$a b = a$$",
        r"$$\log e^x = 2 x$$",
        r"$$\sum_{j \neq k} 1 = N$$",
        r"$$\sum_{i=1}^N 1 = 3$$",
        r"Let $c = 2$. Then $c = 3$.",
        r"Suppose that $\sum_i t_i = 1$. $$\sum_i t_i = 2$$",
        # what is defined, differentiated or supposed is related
        r"Let $c = a b$. Therefore $$c = a + b$$",
        r"$$\frac{d}{dx} x^2 = 2 y$$",
        r"Suppose that $a = b$. $$a + b = 3 c$$",
        r"Let $f(x) = c^2$. $$f'(x) = 1$$",
        # what stands more than once, has no value for which it holds, or is differentiated
        r"$$x + y - x = 0 \cdot y + 3 x - 3 x$$",
        r"$$x^2 + (y - 1)^2 = -1$$",
        r"Let $p = e^a + e^b$. $$p - e^a - c^2 = 1 + e^b$$",
        r"Let $q = a b$. $$q - a b + c - c = 1$$",
        r"$$\frac{d}{dx} (x^2 - c x) = 0$$",
    ],
)
def test_a_false_identity_is(text: str) -> None:
    assert outcomes(text)[-1] == "refuted"


def test_the_bound_of_jensen_needs_a_distribution() -> None:
    law = r"P(z \mid \mathcal{D}, \theta)"
    text = rf"$$\log \sum_z {law} g(z) \geq \sum_z {law} \log g(z)$$"
    beside = r"Beside it stands $P(z \mid \theta)$. "
    assert outcomes(beside + text) == ["unproved"]
    assert outcomes(text.replace(law, "q_z")) == ["refuted"]
