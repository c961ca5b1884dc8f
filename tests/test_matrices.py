"""Vectors, matrices and Jacobians as authors write them, each page with wrong twins."""

from __future__ import annotations

import pytest

import derive
from derive.report.findings import findings
from derive.report.layout import Style

ROWS = r"""
The input $x$ is a row vector. The network computes

$$h = x W + b, \qquad a = \tanh(h), \qquad y = \mathrm{softmax}(a V + c)$$

and the loss is $L = -\sum_k t_k \log y_k$ with $\sum_k t_k = 1$. Write $o = a V + c$. Then

$$\frac{\partial L}{\partial o} = y - t$$
$$\frac{\partial L}{\partial V} = a^T (y - t)$$
$$\frac{\partial L}{\partial c} = y - t$$
$$\frac{\partial L}{\partial a} = (y - t) V^T$$
$$\frac{\partial L}{\partial h} = (y - t) V^T \odot (1 - a^2)$$
"""

DECLARED_ROWS = r"""
Let $x \in \mathbb{R}^{1 \times n}$, $W \in \mathbb{R}^{n \times m}$,
$b \in \mathbb{R}^{1 \times m}$ and $z = x W + b$ with a loss $L(z)$. Let
$\delta = \frac{\partial L}{\partial z}$. Then

$$\frac{\partial L}{\partial W} = x^T \delta$$
$$\frac{\partial L}{\partial b} = \delta$$
$$\frac{\partial L}{\partial x} = \delta W^T$$
"""

BATCH = r"""
The inputs are the rows of $X \in \mathbb{R}^{N \times D}$; $W \in \mathbb{R}^{D \times M}$ and
$b \in \mathbb{R}^M$.

$$Z = X W + b$$

For a loss $L$ that depends on $Z$,

$$\frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial Z}$$
$$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Z} W^T$$
$$\frac{\partial L}{\partial b_j} = \sum_{i=1}^N \frac{\partial L}{\partial Z_{ij}}$$
"""

ATTENTION = r"""
Let $Q \in \mathbb{R}^{n \times d}$, $K \in \mathbb{R}^{m \times d}$ and
$V \in \mathbb{R}^{m \times e}$.

$$S = \frac{Q K^T}{\sqrt{d}}, \qquad P = \mathrm{softmax}(S), \qquad O = P V$$

where the softmax is taken over each row. For a scalar loss $L$,

$$\frac{\partial L}{\partial V} = P^T \frac{\partial L}{\partial O}$$
$$\frac{\partial L}{\partial P} = \frac{\partial L}{\partial O} V^T$$
$$\frac{\partial L}{\partial Q} = \frac{1}{\sqrt{d}} \frac{\partial L}{\partial S} K$$
$$\frac{\partial L}{\partial K} = \frac{1}{\sqrt{d}} {\frac{\partial L}{\partial S}}^T Q$$
$$\frac{\partial L}{\partial S_{ij}} = P_{ij} \left(\frac{\partial L}{\partial P_{ij}}
  - \sum_k P_{ik} \frac{\partial L}{\partial P_{ik}}\right)$$
"""

SOFTMAX = r"""
For $\mathbf{p} = \mathrm{softmax}(\mathbf{z})$ the Jacobian is

$$\mathbf{J} = \frac{\partial \mathbf{p}}{\partial \mathbf{z}}
  = \operatorname{diag}(\mathbf{p}) - \mathbf{p}\mathbf{p}^\top$$

$$\mathbf{J} = \begin{bmatrix}
p_1 (1 - p_1) & -p_1 p_2 & \cdots & -p_1 p_n \\
-p_2 p_1 & p_2 (1 - p_2) & \cdots & -p_2 p_n \\
\vdots & \vdots & \ddots & \vdots \\
-p_n p_1 & -p_n p_2 & \cdots & p_n (1 - p_n) \end{bmatrix}$$
"""

DENOMINATOR = r"""
Let $v = \tanh(A u)$ with $A \in \mathbb{R}^{m \times n}$, $u \in \mathbb{R}^n$. We collect

$$\frac{\partial v}{\partial u} = \begin{pmatrix}
\frac{\partial v_1}{\partial u_1} & \dots & \frac{\partial v_m}{\partial u_1} \\
\vdots & \ddots & \vdots \\
\frac{\partial v_1}{\partial u_n} & \dots & \frac{\partial v_m}{\partial u_n} \end{pmatrix}$$

For $E = \|v\|^2$ then

$$\frac{\partial E}{\partial u} = \frac{\partial v}{\partial u} \frac{\partial E}{\partial v}$$
"""

NUMERATOR = r"""
Let $z = f(y)$ and $y = g(x)$, where $x$, $y$ and $z$ are vectors. In numerator layout

$$\frac{\partial z}{\partial x} = \frac{\partial z}{\partial y} \frac{\partial y}{\partial x}$$

and for a loss $L$ of $z$

$$\frac{\partial L}{\partial x} = \left(\frac{\partial z}{\partial x}\right)^T
  \frac{\partial L}{\partial z}$$
"""

WORDS = r"""
All derivatives are in denominator layout. Let $r = B s$ with $B \in \mathbb{R}^{m \times n}$,
$s \in \mathbb{R}^n$. Then

$$\frac{\partial r}{\partial s} = B^T$$
"""

DATA = r"""
The data are
$$X = \begin{bmatrix}
x_{11} & x_{12} & \cdots & x_{1d} \\
x_{21} & x_{22} & \cdots & x_{2d} \\
\vdots & \vdots & \ddots & \vdots \\
x_{n1} & x_{n2} & \cdots & x_{nd} \end{bmatrix}, \quad
w = \begin{bmatrix} w_1 \\ w_2 \\ \vdots \\ w_d \end{bmatrix}$$

The predictions are $q = X w$ and the loss is $L = \frac{1}{2} \|X w - y\|^2$. Then

$$\frac{\partial L}{\partial w} = X^T (X w - y)$$
$$\frac{\partial L}{\partial w_j} = \sum_{i=1}^n x_{ij} (q_i - y_i)$$
$$X w = \begin{bmatrix} \sum_j x_{1j} w_j \\ \vdots \\ \sum_j x_{nj} w_j \end{bmatrix}$$
"""

GRADIENTS = r"""
Scores $S = Q K^T / \sqrt{d_k}$, weights $P = \mathrm{softmax}(S)$ row by row, output $O = P V$.
Given $dO$, the backward pass is

$$dV = P^T dO$$
$$dP = dO V^T$$
$$dS_{ij} = P_{ij} (dP_{ij} - \sum_k P_{ik} dP_{ik})$$
$$dQ = dS K / \sqrt{d_k}$$
$$dK = dS^T Q / \sqrt{d_k}$$
"""

NORM = r"""
For a batch $x \in \mathbb{R}^m$: $\mu = \frac{1}{m} \mathbf{1}^T x$,
$v = \frac{1}{m} \|x - \mu\|^2$ and

$$\hat{x} = \frac{x - \mu}{\sqrt{v + \epsilon}}, \qquad y = \gamma \hat{x} + \beta$$

For a loss $L$ which depends on $y$,

$$\frac{\partial L}{\partial \gamma} = \hat{x}^T \frac{\partial L}{\partial y}$$
$$\frac{\partial L}{\partial \beta} = \mathbf{1}^T \frac{\partial L}{\partial y}$$
$$\frac{\partial v}{\partial x} = \frac{2}{m} (x - \mu)$$
"""

BATCHED = r"""
For scores $\mathbf{s} \in \mathbb{R}^n$ let $a = \log \sum_j e^{s_j}$ and $q_i = e^{s_i - a}$,
and $\ell = a - \sum_i t_i s_i$. Then

$$\frac{\partial \ell}{\partial \mathbf{s}} = \mathbf{q} - \mathbf{t}$$

For a batch this is

$$\frac{\partial \ell}{\partial \mathbf{S}} = \mathbf{Q} - \mathbf{T}$$
"""

LAYERS = r"""
Let $X \in \mathbb{R}^{N \times D}$ hold one example per row, $Y \in \mathbb{R}^{N \times K}$ the
one-hot targets, with $\sum_k Y_{ik} = 1$.

$$H = \mathrm{ReLU}(X W_1 + b_1), \quad O = H W_2 + b_2, \quad P = \mathrm{softmax}(O)$$
$$L = -\frac{1}{N} \sum_{i=1}^N \sum_{k=1}^K Y_{ik} \log P_{ik}$$

$$\frac{\partial L}{\partial O} = \frac{1}{N} (P - Y)$$
$$\frac{\partial L}{\partial W_2} = H^T \frac{\partial L}{\partial O}$$
$$\frac{\partial L}{\partial b_2} = \sum_{i=1}^N \frac{\partial L}{\partial O_i}$$
$$\frac{\partial L}{\partial H} = \frac{\partial L}{\partial O} W_2^T$$
"""

TARGETS = r"""
$$P_{ij} = \frac{e^{Z_{ij}}}{\sum_k e^{Z_{ik}}}, \qquad
  L = -\frac{1}{N} \sum_{i=1}^N \sum_j T_{ij} \log P_{ij}$$

where each row of $T$ is one-hot: $\sum_j T_{ij} = 1$. With $Z = X W + \mathbf{1} b^T$,

$$\frac{\partial L}{\partial W} = \frac{1}{N} X^T (P - T)$$
$$\frac{\partial L}{\partial b} = \frac{1}{N} (P - T)^T \mathbf{1}$$
"""

CENTRED = r"""
Let $x \in \mathbb{R}^n$, $\mu = \frac{1}{n} \sum_{i=1}^n x_i$,
$\sigma = \sqrt{\frac{1}{n} \sum_{i=1}^n (x_i - \mu)^2}$, $y = \frac{x - \mu \mathbf{1}}{\sigma}$.

$$\frac{\partial y}{\partial x} = \frac{1}{\sigma}
  \left(I - \frac{1}{n} \mathbf{1} \mathbf{1}^T - \frac{1}{n} y y^T\right)$$
"""

PAGES = {
    "rows": (ROWS, 5),
    "declared rows": (DECLARED_ROWS, 3),
    "a batch": (BATCH, 3),
    "attention": (ATTENTION, 5),
    "the Jacobian of softmax": (SOFTMAX, 2),
    "denominator layout": (DENOMINATOR, 2),
    "numerator layout": (NUMERATOR, 2),
    "layout in words": (WORDS, 1),
    "data with dots": (DATA, 3),
    "gradients by name": (GRADIENTS, 5),
    "a norm": (NORM, 3),
    "a batch of rows": (BATCHED, 2),
    "layers of a batch": (LAYERS, 4),
    "targets T": (TARGETS, 3),
    "the Jacobian of a norm": (CENTRED, 1),
}

# What is replaced by what, and how many steps are then refuted, conditional and unproved.
WRONG = [
    ("rows", "= a^T (y - t)", "= (y - t)^T a", "refuted"),
    ("rows", "= a^T (y - t)", "= a^T (t - y)", "refuted"),
    ("rows", "{\\partial a} = (y - t) V^T", "{\\partial a} = (y - t) V", "conditional"),
    ("rows", "(1 - a^2)", "(1 - a)", "refuted"),
    ("declared rows", "= x^T \\delta", "= \\delta^T x", "unproved"),
    ("declared rows", "= \\delta W^T", "= \\delta W", "unproved"),
    ("declared rows", "b} = \\delta$", "b} = 2 \\delta$", "refuted"),
    ("a batch", "X^T \\frac{\\partial L}{\\partial Z}", "\\frac{\\partial L}{\\partial Z} X^T",
     "unproved"),
    ("a batch", "\\partial Z} W^T", "\\partial Z} W", "unproved"),
    ("a batch", "= \\sum_{i=1}^N", "= \\frac1N \\sum_{i=1}^N", "refuted"),
    ("attention", "P^T \\frac", "P \\frac", "unproved"),
    ("attention", "= \\frac{1}{\\sqrt{d}} \\frac", "= \\frac", "refuted"),
    ("attention", "\\sum_k P_{ik} \\frac{\\partial L}{\\partial P_{ik}}",
     "\\sum_k P_{kj} \\frac{\\partial L}{\\partial P_{kj}}", "refuted"),
    ("the Jacobian of softmax", "- \\mathbf{p}\\mathbf{p}^\\top", "+ \\mathbf{p}\\mathbf{p}^\\top",
     "refuted"),
    ("the Jacobian of softmax", "p_1 (1 - p_1)", "p_1 (1 - p_2)", "unproved"),
    ("the Jacobian of softmax", "(1 - p_", "(1 + p_", "refuted"),
    ("denominator layout", "\\frac{\\partial v}{\\partial u} \\frac{\\partial E}{\\partial v}",
     "\\frac{\\partial E}{\\partial v} \\frac{\\partial v}{\\partial u}", "unproved"),
    ("numerator layout", "\\left(\\frac{\\partial z}{\\partial x}\\right)^T",
     "\\frac{\\partial z}{\\partial x}", "unproved"),
    ("numerator layout", "\\frac{\\partial z}{\\partial y} \\frac{\\partial y}{\\partial x}",
     "\\frac{\\partial y}{\\partial x} \\frac{\\partial z}{\\partial y}", "unproved"),
    ("layout in words", "= B^T", "= B", "unproved"),
    ("data with dots", "X^T (X w - y)", "X (X w - y)", "unproved"),
    ("data with dots", "x_{ij} (q_i", "x_{ij} (w_j", "refuted"),
    ("data with dots", "\\sum_j x_{nj} w_j", "\\sum_j x_{nj} w_n", "unproved"),
    ("gradients by name", "P^T dO", "P dO", "unproved"),
    ("gradients by name", "dQ = dS K /", "dQ = - dS K /", "unproved"),
    ("gradients by name", "dS K / \\sqrt{d_k}", "dS K", "unproved"),
    ("gradients by name", "(dP_{ij} -", "(dP_{ij} +", "unproved"),
    ("a norm", "\\hat{x}^T \\frac", "x^T \\frac", "refuted"),
    ("a norm", "\\frac{2}{m} (x", "2 (x", "refuted"),
    ("a batch of rows", "\\mathbf{Q} - \\mathbf{T}", "\\mathbf{T} - \\mathbf{Q}", "unproved"),
    ("layers of a batch", "H^T \\frac", "H \\frac", "refuted"),
    ("targets T", "X^T (P - T)", "(P - T) X^T", "refuted"),
    ("the Jacobian of a norm", "- \\frac{1}{n} y y^T", "- y y^T", "refuted"),
    ("the Jacobian of a norm", "I -", "1 -", "refuted"),
    ("data with dots", "x_{21} & x_{22}", "x_{12} & x_{22}", "conditional conditional"),
]  # fmt: skip

# Wrong steps with so many other readings that the time may end before all are refuted.
SLOW = [
    ("layers of a batch", "= \\sum_{i=1}^N \\frac", "= \\frac"),
    ("layers of a batch", "\\frac{1}{N} (P - Y)", "P - Y"),
    ("targets T", "(P - T)^T \\mathbf", "(T - P)^T \\mathbf"),
]


def outcomes(text: str) -> list[str]:
    """The verdicts on all claims."""
    return [step.verdict.outcome for step in derive.check(text).claims]


@pytest.mark.parametrize("page", PAGES)
def test_each_step_is_proved(page: str) -> None:
    text, count = PAGES[page]
    assert outcomes(text) == ["proved"] * count


@pytest.mark.parametrize(("page", "right", "wrong", "expected"), WRONG)
def test_a_wrong_step_is_not(page: str, right: str, wrong: str, expected: str) -> None:
    text, count = PAGES[page]
    assert right in text
    found = outcomes(text.replace(right, wrong))
    assert len(found) == count
    assert " ".join(one for one in found if one != "proved") == expected


@pytest.mark.parametrize(("page", "right", "wrong"), SLOW)
def test_a_wrong_step_with_many_readings_is_not_proved(page: str, right: str, wrong: str) -> None:
    text, count = PAGES[page]
    assert right in text
    found = outcomes(text.replace(right, wrong))
    assert found.count("proved") == count - 1
    assert set(found) <= {"proved", "refuted", "unproved"}


def test_a_layout_that_is_left_open_refutes_nothing() -> None:
    """For a square matrix both layouts fit: what is right in one of them may be meant."""
    text = r"Let $r = B s$ with $B \in \mathbb{R}^{n \times n}$, $s \in \mathbb{R}^n$. "
    claim = r"$$\frac{\partial r}{\partial s} = B^T$$"
    (open_,) = derive.check(text + claim).claims
    assert open_.verdict.outcome == "unproved"
    conditional, _, proved = open_.verdict.message.partition(", with ")
    assert "numerator layout" in conditional
    assert "denominator layout" in proved
    assert outcomes("We use numerator layout. " + text + claim) == ["conditional"]  # B symmetric
    assert outcomes("We use denominator layout. " + text + claim) == ["proved"]


DOTS = [
    r"\begin{pmatrix} 2 a_1 & 0 & \cdots & 0 \\ 0 & 2 a_2 & \cdots & 0 \\"
    r" \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & 2 a_n \end{pmatrix}",
    r"\begin{pmatrix} 2 a_1 & \cdots & 0 \\ \vdots & \ddots & \vdots \\"
    r" 0 & \cdots & 2 a_n \end{pmatrix}",
]


@pytest.mark.parametrize("matrix", DOTS)
def test_a_diagonal_matrix_with_dots(matrix: str) -> None:
    text = r"Let $s_i = a_i^2$ for $i = 1, \dots, n$. $$\frac{\partial s}{\partial a} = "
    assert outcomes(text + matrix + "$$") == ["proved"]
    assert outcomes(text + matrix.replace("2 a", "a") + "$$") != ["proved"]
    assert outcomes(text + matrix.replace("2 a_n", "a_n") + "$$") == ["unproved"]


def test_rows_that_are_vectors_make_a_matrix() -> None:
    text = r"""
$$X = \begin{bmatrix} x_1^T \\ x_2^T \\ \vdots \\ x_n^T \end{bmatrix}$$

with vectors $x_i \in \mathbb{R}^d$ and $w \in \mathbb{R}^d$. Then

$$X w = \begin{bmatrix} x_1^T w \\ x_2^T w \\ \vdots \\ x_n^T w \end{bmatrix}$$
$$X^T X = \sum_{i=1}^n x_i x_i^T$$
"""
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("x_i x_i^T", "x_i^T x_i")) == ["proved", "refuted"]
    assert outcomes(text.replace("X^T X =", "X X^T =")) == ["proved", "unproved"]


FORWARD = r"""
Let $Z = X W$. For differentials

$$dZ = dX W + X dW$$
"""


def test_differentials_are_no_gradients() -> None:
    """They go forward: dZ is made of dX and dW, as Z is of X and W."""
    (step,) = [j for j in derive.check(FORWARD).judgements if "dZ" in j.statement.left]
    assert not any("gradient" in guess for guess in step.statement.guesses)


LAYER = r"""
For $x \in \mathbb{R}^m$ the scores are $z = W^T x + b$ with $W \in \mathbb{R}^{c \times m}$ and
$b \in \mathbb{R}^c$.
"""


def found(text: str) -> list[str]:
    """What ``derive check`` says, from the severity on."""
    return [line.partition(": ")[2] for line in findings(derive.check(text), Style(80, False))]


def test_a_shape_that_cannot_be_meant_is_an_error() -> None:
    (line,) = found(LAYER)
    assert line.startswith("error: ")
    assert line.endswith("wrong shape: a m x c matrix times a vector of length m")
    assert found(LAYER.replace("W^T", "W")) == []
    assert outcomes(LAYER) == ["unproved"]  # nothing is refuted at a point


@pytest.mark.parametrize(
    "change",
    [
        ("$b \\in", "Here $c = m$ and $b \\in"),  # the sizes are equated
        ("\n$b", "\n$W$ is square and $b"),
        ("with $W", "as above.\n\n# Weights\n\n$W"),  # declared for another section
    ],
)
def test_a_shape_that_may_be_meant_is_none(change: tuple[str, str]) -> None:
    assert change[0] in LAYER
    assert not any("wrong shape" in line for line in found(LAYER.replace(*change)))


@pytest.mark.parametrize("said", ["is invertible", "is a matrix", "has an eigenvalue"])
def test_a_power_of_what_may_be_a_matrix_meets_its_slope_on_both_sides(said: str) -> None:
    text = rf"Let $A$ depend on $t$, where $A$ {said}. Then" + "\n\n$$ {} $$"
    wrong = r"\frac{d}{dt} A^{-1} = -A^{-2} \frac{dA}{dt}"
    assert outcomes(text.replace("{}", wrong)) == ["unproved"]
