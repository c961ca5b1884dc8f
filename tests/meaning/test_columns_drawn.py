"""Matrices whose columns and rows are drawn with strokes, and vectors of a batch in layers."""

from __future__ import annotations

import pytest

import derive

STROKES = r"\vert & \vert & & \vert"
COLUMNS = (
    r"$$X = \begin{pmatrix}" + STROKES + r" \\ \mathbf{x}_1 & \mathbf{x}_2 & \cdots & \mathbf{x}_n"
    r" \\ " + STROKES + r"\end{pmatrix}$$" + "\n\n"
)
PRODUCT = (
    COLUMNS
    + r"With $\mathbf{x}_i \in \mathbb{R}^d$ and $W \in \mathbb{R}^{m \times d}$, "
    + r"$$W X = \begin{pmatrix}"
    + STROKES
    + r" \\ "
    r"W \mathbf{x}_1 & W \mathbf{x}_2 & \cdots & W \mathbf{x}_n \\ " + STROKES + r"\end{pmatrix}$$"
)
LAYERS = r"""The layer $\ell$ has $d_\ell$ units:
$$z_i^{(\ell)} = \sum_{j=1}^{d_{\ell-1}} w_{i,j}^{(\ell)} a_j^{(\ell-1)} + b_i^{(\ell)}$$
$$a_i^{(\ell)} = \tanh(z_i^{(\ell)})$$
so that $\mathbf{a}^{(\ell)} = \tanh(\mathbf{z}^{(\ell)})$ for one input. For the n-th of them,
$\mathbf{a}_n^{(\ell)} \in \mathbb{R}^{d_\ell}$ and $\mathbf{z}_n^{(\ell)} \in \mathbb{R}^{d_\ell}$.
"""

SPACED = COLUMNS.split("$$")[2] + (
    r"With $\mathbf{x}_i \in \mathbb{R}^d$, "
    r"$$X = \big( \mathbf{x}_1 \ \mathbf{x}_2 \ \ldots \ \mathbf{x}_n \big)$$"
    r" and $W \in \mathbb{R}^{m \times d}$, "
    r"$$W X = \begin{pmatrix} W \mathbf{x}_1 & W \mathbf{x}_2 & \cdots & W \mathbf{x}_n"
    r"\end{pmatrix}$$"
)

PAGES = [
    (SPACED, "proved"),
    (SPACED.replace(r"$$W X", "$$2 W X"), "refuted"),
    (PRODUCT, "proved"),
    (PRODUCT.replace(r"W \mathbf{x}_1 & W \mathbf{x}_2", r"2 W \mathbf{x}_1 & 2 W \mathbf{x}_2")
     .replace(r"\cdots & W \mathbf{x}_n", r"\cdots & 2 W \mathbf{x}_n"), "refuted"),
    (LAYERS + r"$$\frac{\partial z_i^{(\ell)}}{\partial b_i^{(\ell)}} = 1$$", "proved proved"),
    (LAYERS + r"$$\frac{\partial z_i^{(\ell)}}{\partial b_i^{(\ell)}} = 2$$", "proved refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_strokes_and_batches(text: str, expected: str) -> None:
    found = derive.check(text, format="markdown").claims
    assert " ".join(j.verdict.outcome for j in found if j.verdict) == expected


HESSIAN = r"""Let $f = \sum_{i=1}^n \sum_{j=1}^m M_{ij} x_i y_j^2$ with $x \in \mathbb{R}^n$ and
$y \in \mathbb{R}^m$. Then
"""
READ = [
    (HESSIAN + r"$$\nabla_x \nabla_y^T f = 2 M \, \text{diag}(y)$$", "proved"),
    (HESSIAN + r"$$\nabla_x \nabla^\top_y f = 3 M \, \text{diag}(y)$$", "refuted"),
    (HESSIAN + r"$$\nabla_y^T f = 2 x^T M \, \text{diag}(y)$$", "proved"),
    (
        r"$$\lvert x \rvert - \lvert x \rvert^3 = \lvert x \rvert (1 - \lvert x \rvert^2)$$",
        "proved",
    ),
    (
        r"$$\lvert x \rvert - \lvert x \rvert^3 = \lvert x \rvert (1 + \lvert x \rvert^2)$$",
        "refuted",
    ),
    (r"$$\lvert x \rvert < 1 + \lvert \lvert x \rvert + 1 \rvert$$", "proved"),
    (r"$$x + x =^{(a)} 2 x =_{(2)} 3 x$$", "proved refuted"),
    (r"$$x + 1 =_n x$$ $$z \sim_{t \to 0} - t \log t$$ $$z \to_{t \to \infty} 1$$", "unproved"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_transposed_nabla_bars_and_labels(text: str, expected: str) -> None:
    found = derive.check(text, format="markdown").claims
    assert " ".join(j.verdict.outcome for j in found if j.verdict) == expected
