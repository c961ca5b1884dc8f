"""Nabla squared without a variable: a Hessian beside a matrix, a Laplacian beside a number."""

from __future__ import annotations

import pytest

import derive

QUADRATIC = r"Let $f(x) = \frac{1}{2} x^T A x - b^T x$ with $A$ symmetric, $x \in \mathbb{R}^n$. "
FORM = r"Let $f(x) = x^T A x$ for $x \in \mathbb{R}^n$. "
SQUARES = r"Let $f(x) = \sum_{i=1}^n x_i^2$. "
FIT = r"Let $f(w) = \|X w - y\|^2$. "
LOG_SUM = r"Let $f(x) = \log \sum_k e^{x_k}$ and $p_i = e^{x_i} / \sum_k e^{x_k}$. "


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(
    ("before", "right", "wrong"),
    [
        (QUADRATIC, r"$\nabla^2 f(x) = A$", r"$\nabla^2 f(x) = 2 A$"),
        (FORM, r"$\nabla^2 f = A + A^T$", r"$\nabla^2 f = 2 A$"),
        (FIT, r"$\nabla^2 f(w) = 2 X^T X$", r"$\nabla^2 f(w) = 2 X X^T$"),
        (SQUARES, r"$\nabla^2 f(x) = 2 I$", r"$\nabla^2 f(x) = I$"),
        (SQUARES, r"$\nabla_x^2 f(x) = 2 I$", r"$\nabla_x^2 f(x) = 3 I$"),
        (
            LOG_SUM,
            r"$\nabla^2 f(x) = \mathrm{diag}(p) - p p^T$",
            r"$\nabla^2 f(x) = \mathrm{diag}(p) + p p^T$",
        ),
        (SQUARES, r"$\nabla^2 f = 2 n$", r"$\nabla^2 f = 2$"),
        (
            SQUARES,
            r"$\nabla^2 f = \sum_{i=1}^n \frac{\partial^2 f}{\partial x_i^2}$",
            r"$\nabla^2 f = \sum_{i=1}^n \frac{\partial f}{\partial x_i}$",
        ),
    ],
)
def test_second_derivatives(before: str, right: str, wrong: str) -> None:
    assert outcomes(before + "Then " + right) == ["proved"]
    assert outcomes(before + "Then " + wrong) in (["refuted"], ["conditional"])


def test_a_nabla_before_nothing_is_reported() -> None:
    (only,) = derive.check(r"The operator $\nabla^2$ is nice.", format="markdown").judgements
    assert only.statement.kind == "unread"
