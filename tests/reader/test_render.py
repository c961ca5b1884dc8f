"""Formulas in one line of Unicode: brackets where they are needed, and only there."""

from __future__ import annotations

import pytest

from derive.reader.render import unicode_text


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\frac{\partial L}{\partial z_i} = y_i - t_i", "∂L/∂zᵢ = yᵢ - tᵢ"),
        (r"\sum_j e^{z_j}", "∑ⱼ e^zⱼ"),
        (r"\frac{e^{z_i}}{\sum_j e^{z_j}}", "e^zᵢ / (∑ⱼ e^zⱼ)"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a + b}{c} d", "(a + b) / c · d"),
        (r"\frac{a}{b c}", "a / (b c)"),
        (r"\frac{f(x)}{g(x)}", "f(x)/g(x)"),
        (r"- \frac{1}{2} x", "-1/2 · x"),
        (r"a - (b - c)", "a - (b - c)"),
        (r"a \left( b + c \right)", "a(b + c)"),
        (r"(a + b)^2", "(a + b)²"),
        (r"x^{n+1} y_{n+1}", "xⁿ⁺¹ yₙ₊₁"),
        (r"e^{-x^2}", "e^(-x²)"),
        (r"a_{i,j}", "a_{i,j}"),
        (r"x_N", "x_N"),
        (r"L_{\text{true}}", "L_true"),
        (r"\hat{y}_j^2", "ŷⱼ²"),
        (r"\hat{\mathbf{y}}", "ŷ"),
        (r"y^*_j", "y*ⱼ"),
        (r"W^\top x", "Wᵀ x"),
        (r"u'(x)", "u′(x)"),
        (r"\sum_{i=1}^N x_i", "∑ᵢ₌₁ᴺ xᵢ"),
        (r"\sum_{j \neq k} y_j", "∑_{j≠k} yⱼ"),
        (r"\left( \sum_j x_j \right) y", "(∑ⱼ xⱼ) y"),
        (r"\log \frac{a}{b}", "log(a/b)"),
        (r"\log x", "log x"),
        (r"\log_2 x", "log₂ x"),
        (r"\frac{\partial}{\partial z_k} \frac{a}{b}", "∂/∂zₖ (a/b)"),
        (r"\frac{\partial}{\partial z_k} (a b)", "∂/∂zₖ (a b)"),
        (r"\frac{\partial^2 L}{\partial x^2}", "∂²L/∂x²"),
        (r"\frac{\partial^2 L}{\partial x \partial y}", "∂²L/∂x ∂y"),
        (r"\nabla_z L", "∇_z L"),
        (r"\sqrt{a + b} \sqrt[3]{c}", "√(a + b) ∛c"),
        (r"a \cdot b \times c \odot d", "a · b × c ⊙ d"),
        (r"a \leq b \neq c \to \infty", "a ≤ b ≠ c → ∞"),
        (r"x \in \mathbb{R}^n", "x ∈ ℝⁿ"),
        (r"\mathbb{1}\{i = j\}", "𝟙[i = j]"),
        (r"\|x\|_2^2", "‖x‖₂²"),
        (r"\begin{cases} a & i = j \\ b & \text{otherwise} \end{cases}",
         "{ a if i = j;  b otherwise }"),
        (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}", "[a  b; c  d]"),
        (r"a = b, \quad i \neq j", "a = b,  i ≠ j"),
        (r"a = b \quad \text{(by (3))}", "a = b  (by (3))"),
        (r"= a", "= a"),
        (r"\underbrace{a + b}_{=1}", "(a + b){= 1}"),
        (r"\delta_{jk}", "δⱼₖ"),
        (r"1_{i=k}", "𝟙[i = k]"),
        ("", ""),
    ],
)  # fmt: skip
def test_one_line_of_unicode(latex: str, shown: str) -> None:
    assert unicode_text(latex) == shown


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\foo{x}_i \leq \alpha", r"\foo{x}ᵢ ≤ α"),
        (r"\left( a", "( a"),
        (r"\hat{y}_k = \frac{1}", r"ŷₖ = \frac{1}"),
        (r"a \text{ is } b }", "a is b }"),
        (r"L(\cdot)", "L(·)"),
    ],
)
def test_what_cannot_be_read_is_shown_symbol_by_symbol(latex: str, shown: str) -> None:
    assert unicode_text(latex) == shown
