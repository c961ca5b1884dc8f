"""Big operators, functions and derivatives: how far what they act on reaches."""

from __future__ import annotations

import pytest

from tests.reader.outlines import row


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\sum_j a_j b_j + c", "(+ (sum below j of ((a sub j) (b sub j))) + c)"),
        (r"\sum_j (a_j b_j + c)", "(sum below j of ((+ ((a sub j) (b sub j)) + c)))"),
        (r"\sum_j{a + c}", "(sum below j of (+ a + c))"),
        (r"\sum_j a \cdot b \times c", "(sum below j of (a cdot b times c))"),
        (r"a \sum_j b - c", "(+ (a (sum below j of b)) - c)"),
        (r"\sum_j -\log x", "(sum below j of (- (log x)))"),
        (
            r"\sum_{i=1}^N \sum_k a_{ik}",
            "(sum below i = 1 above N of (sum below k of (a sub (i k))))",
        ),
        (r"\sum_{j \neq i}^{p} y_j", "(sum below j != i above p of (y sub j))"),
        (r"\sum^K_{k=1} x", "(sum below k = 1 above K of x)"),
        (r"\sum\limits_{i,j} x", "(sum below [i, j] of x)"),
        (r"\sum_{j=1, j \ne i}^{N} x", "(sum below [j = 1, j != i] above N of x)"),
        (r"\sum_{\substack{j=1\\ j\neq k}}^N x", "(sum below [j = 1, j != k] above N of x)"),
        (r"\sum x^2", "(sum of (x sup 2))"),
        (r"\sum_{j=1}^{N}", r"(\sum sub j = 1 sup N)"),
        (r"\prod_i p_i^{y_i}", "(prod below i of (p sub i sup (y sub i)))"),
        ("sum_i x_i", "(sum below i of (x sub i))"),
        ("∑ⱼ xⱼ", "(sum below j of (x sub j))"),
    ],
)
def test_the_body_of_a_sum_reaches_to_the_next_plus_or_minus(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\Sigma_{i=1}^N x_i", "(sum below i = 1 above N of (x sub i))"),
        (r"\Sigma_i x_i", "(sum below i of (x sub i))"),
        ("Σ y_i = 1", "(sum of (y sub i)) = 1"),
        (r"\Sigma^{-1} x", r"((\Sigma sup (- 1)) x)"),
        (r"\frac{e^{f}}{\Sigma} \Sigma x", r"(((e sup f) over \Sigma) \Sigma x)"),
        (r"N(\mu_k, \Sigma_k)", r"(N ([(\mu sub k), (\Sigma sub k)]))"),
    ],
)
def test_a_capital_sigma_is_a_sum_or_a_letter(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\max_i z_i - c", "(+ (max below i of (z sub i)) - c)"),
        (r"\max(0, z)", "(max ([0, z]))"),
        ("max(0, z)", "(max ([0, z]))"),
        (r"\arg\max_i z_i", "(argmax below i of (z sub i))"),
        (r"\operatorname*{argmax}_j o_j", "(argmax below j of (o sub j))"),
        (r"\underset{i}{\operatorname{arg\,min}} z_i", "(argmin below i of (z sub i))"),
        (r"\lim_{x \to 0} x \log x", "(lim below x to 0 of (x (log x)))"),
        (
            r"\mathbb{E}_{x \sim p}\left[f(x)\right] + 1",
            "(+ (expectation below x sim p of [(f (x))]) + 1)",
        ),
    ],
)
def test_other_operators(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\log x y", "(log (x y))"),
        (r"\log(x) y", "((log (x)) y)"),
        (r"\log{x} + y", "(+ (log x) + y)"),
        (r"\log x + y", "(+ (log x) + y)"),
        (r"\log x \cdot y", "((log x) cdot y)"),
        (r"\log x \log y", "((log x) (log y))"),
        (r"\log \frac{a}{b} c", "((log (a over b)) c)"),
        (r"\log \sum_k x_k - y", "(+ (log (sum below k of (x sub k))) - y)"),
        (r"\log x (1 - y)", "((log x) ((+ 1 - y)))"),
        (r"\log \sigma (x + y)", r"(log (\sigma ((+ x + y))))"),
        (r"\log x \frac{a}{b}", "((log x) (a over b))"),
        (r"\log p(x)", "(log (p (x)))"),
        (r"\log p/q", "(log (p / q))"),
        (r"\log p / q", "((log p) / q)"),
        (r"\log^2 x", "(log^2 x)"),
        (r"\log(x)^2", "((log (x)) sup 2)"),
        (r"\log x^2", "(log (x sup 2))"),
        (r"\log_2 x", "(log_2 x)"),
        (r"\ln|x|", "(ln |x|)"),
        (r"\exp\{-x\}", "(exp {(- x)})"),
        (r"\exp -x", "(exp (- x))"),
        (r"\log \exp x", "(log (exp x))"),
        (r"\sin 2\pi x", r"(sin (2 \pi x))"),
        (r"\tanh'(z)", "(('tanh'') (z))"),
        (r"\log", "'log'"),
        ("y log p", "(y (log p))"),
        (r"y_ilog(p_i)", "((y sub i) (log ((p sub i))))"),
        ("-logS_y", "(- (log (S sub y)))"),
        (r"\mbox{log}(o_j)", "(log ((o sub j)))"),
        (r"\mathrm{softmax}(o)_j", "((softmax (o)) sub j)"),
        (r"\operatorname{softmax} = p", "operator:'softmax' = p"),
        (r"{\rm softmax}(x)", "(softmax (x))"),
        ("tr(A B)", "(tr ((A B)))"),
        ("t r A", "(t r A)"),
        ("tanh(z) = sigmoid(z)", "(tanh (z)) = (sigmoid (z))"),
    ],
)
def test_what_a_function_acts_on(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\frac{\partial L}{\partial z_i}", "(∂ L by (z sub i))"),
        (r"\frac{\partial}{\partial z_i} L", "(∂ L by (z sub i))"),
        (r"\frac{\partial}{\partial z_i} = 0", "(∂ _ by (z sub i)) = 0"),
        (r"\frac{d}{dx} x^2 + 1", "(+ (d (x sup 2) by x) + 1)"),
        (r"\frac{\partial}{\partial z} f g", "(∂ (f g) by z)"),
        (r"\frac{\partial}{\partial z} f \cdot g", "((∂ f by z) cdot g)"),
        (r"\frac{\partial}{\partial z} (f) (g)", "(∂ ((f) (g)) by z)"),
        (r"\frac{\partial}{\partial z} (f) g", "((∂ (f) by z) g)"),
        (r"\frac{\partial}{\partial z} f \frac{\partial g}{\partial z}", "((∂ f by z) (∂ g by z))"),
        (r"y \frac{\partial}{\partial z} \log(o)", "(y (∂ (log (o)) by z))"),
        (
            r"\frac{\partial}{\partial z} \sum_j x_j y_j",
            "(∂ (sum below j of ((x sub j) (y sub j))) by z)",
        ),
        (r"\frac{\partial (a b)}{\partial x}", "(∂ ((a b)) by x)"),
        (r"\frac{\partial \log s}{\partial x}", "(∂ (log s) by x)"),
        (r"\frac{\partial^2 L}{\partial x^2}", "(∂ L by x x)"),
        (r"\frac{\partial^2 L}{\partial x_i \partial y}", "(∂ L by (x sub i) y)"),
        (r"\frac{d^2}{dx^2} f", "(d f by x x)"),
        (r"\frac{\mathrm{d} y}{\mathrm{d} x}", "(d y by x)"),
        (r"\frac{ds}{dz}", "(d s by z)"),
        (r"\frac{d}{d_k}", "(d over (d sub k))"),
        (r"\frac{\partial L}{o_k}", "(∂! L by (o sub k))"),
        (r"\dfrac{\partial}{o_k}(p)", "(∂! (p) by (o sub k))"),
        (r"\frac{\delta MSE}{\delta W}", "(δ 'MSE' by W)"),
        (r"\frac{\delta_{ij}}{\delta}", r"((\delta sub (i j)) over \delta)"),
        (r"{\partial L \over \partial z}", "(∂ L by z)"),
        (r"\partial L / \partial z_i = 1", "(∂ L by (z sub i)) = 1"),
        ("∂L/∂zᵢ", "(∂ L by (z sub i))"),
        ("dL/dz_i", "(d L by (z sub i))"),
        ("dW / n", "('dW' / n)"),
        (r"\partial_k f(x) g", "((∂ (f (x)) by k) g)"),
        (r"\nabla_z L(z) = g", "(∇ (L (z)) by z) = g"),
        (r"\nabla f", "(∇ f by _)"),
        (r"\mathbf{D} f(x) - g", "(+ (D (f (x)) by _) - g)"),
        (r"\mathbf{D} \mathbf{x}", "(bold:D bold:x)"),
    ],
)
def test_derivatives(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\mathbb{1}\{i = j\}", "(1 if i = j)"),
        (r"\mathbb{1}_{i = j}", "(1 if i = j)"),
        (r"\mathbf 1_{z_k \neq g}", "(1 if (z sub k) != g)"),
        (r"1_{i=j} - p", "(+ (1 if i = j) - p)"),
        ("y [i = j]", "(y (1 if i = j))"),
        ("I(i = j)", "(1 if i = j)"),
        (r"\sum_{i} [ y_i = k ]", "(sum below i of (1 if (y sub i) = k))"),
        (r"\mathrm{P}[x = 1]", "(roman:P [x = 1])"),
        (r"\mathbf{1}_j x", "((bold:1 sub j) x)"),
        ("P(i = j)", "(P (i = j))"),
        ("E[x = 1]", "(expectation of [x = 1])"),
        ("[i + j]", "[(+ i + j)]"),
    ],
)
def test_indicators(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (r"\frac{\partial^3 L}{\partial x^2}", "a derivative of order 3 by 2 variables"),
        (r"\nabla^2", "nabla squared stands before nothing"),
        (r"\nabla \cdot f", "a divergence or rotation is not understood"),
        (r"f(x)\big|_a^b", "a difference between two limits is not understood"),
        (r"\frac{d^{99} f}{dx^{99}}", "the order of this derivative is not a small number"),
    ],
)
def test_what_is_not_understood_says_so(source: str, reason: str) -> None:
    assert row(source) == f"unread: {reason}"
