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
        "$$x - y = 0$$",
        r"$$\sum_{j \neq k} 1 = N$$",
        r"$$\sum_{i=1}^N 1 = 3$$",
        r"Let $c = 2$. Then $c = 3$.",
        r"Suppose that $\sum_i t_i = 1$. $$\sum_i t_i = 2$$",
        # what is defined, differentiated or supposed is related
        r"Let $c = a b$. Therefore $$c = a + b$$",
        r"$$\frac{d}{dx} x^2 = 2 y$$",
        r"Suppose that $a = b$. $$a + b = 3 c$$",
        r"Let $f(x) = c^2$. $$f'(x) = 1$$",
    ],
)
def test_a_false_identity_is(text: str) -> None:
    assert outcomes(text)[-1] == "refuted"
