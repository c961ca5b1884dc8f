"""Each construct that authors use, as a small document: a right one, and its wrong twin.

The right one is proved in whole; of the twin at least one step is refuted or conditional, and
none of its steps with an error is proved.  A row: what is shown, the document, and the pieces of
text that the twin exchanges.
"""

from __future__ import annotations

import json

import pytest

import derive

MARKDOWN: list[tuple[str, str, str, str]] = [
    (
        "a gradient that does not say by what",
        r"""
Let $f(x) = \sum_i x_i^2 + \sum_i b_i x_i$ for $x \in \mathbb{R}^n$.

$$\nabla f(x) = 2 x + b$$
""",
        "2 x + b",
        "2 x - b",
    ),
    (
        "vectors and a matrix of examples without declared shapes",
        r"""
The loss is $$J(w) = \|y - Xw\|^2 + \lambda \|w\|^2.$$

$$(y - Xw)^T (y - Xw) = y^T y - 2 w^T X^T y + w^T X^T X w$$

$$\nabla_w J = -2 X^T y + 2 X^T X w + 2\lambda w$$
""",
        r"-2 X^T y + 2",
        r"-2 X^T y + ",
    ),
    (
        "the identity matrix",
        r"""
Let $A \in \mathbb{R}^{n \times n}$ and $v \in \mathbb{R}^n$.

$$(A + \lambda I) v = A v + \lambda v$$
""",
        r"\lambda v",
        r"\lambda^2 v",
    ),
    (
        "a bold vector for each example",
        r"""
The prediction is $\hat{y}_i = \mathbf{w}^\top \mathbf{x}_i + b$ and the loss is
$$E = \frac{1}{n} \sum_{i=1}^n (\hat{y}_i - y_i)^2.$$

$$\frac{\partial E}{\partial \mathbf{w}} = \frac{2}{n} \sum_{i=1}^n (\hat{y}_i - y_i) \mathbf{x}_i$$
""",
        r"\frac{2}{n} \sum_{i=1}^n (\hat",
        r"\frac{1}{n} \sum_{i=1}^n (\hat",
    ),
    (
        "a function of a vector, applied to the vector of each example",
        r"""
Let $\sigma(u) = \frac{1}{1 + e^{-u}}$ and $h_w(x) = \sigma(w^T x)$, and

$$C(w) = -\sum_{i=1}^m \left[ y^{(i)} \log h_w(x^{(i)})
+ (1 - y^{(i)}) \log(1 - h_w(x^{(i)})) \right]$$

$$\frac{\partial}{\partial w_j} C(w) = \sum_{i=1}^m (h_w(x^{(i)}) - y^{(i)}) x_j^{(i)}$$
""",
        r"(h_w(x^{(i)}) - y^{(i)}) x",
        r"(y^{(i)} - h_w(x^{(i)})) x",
    ),
    (
        "derivatives by what is made of other quantities, which are held",
        r"""
$$m = \frac{1}{N} \sum_{i=1}^N x_i, \qquad \sigma^2 = \frac{1}{N} \sum_{i=1}^N (x_i - m)^2$$
$$u_i = \frac{x_i - m}{\sqrt{\sigma^2 + \epsilon}}$$

$$\frac{\partial L}{\partial \sigma^2}
= \sum_{i=1}^N \frac{\partial L}{\partial u_i} (x_i - m) \left(-\frac{1}{2}\right)
  (\sigma^2 + \epsilon)^{-3/2}$$

$$\frac{\partial L}{\partial m} = -\sum_{i=1}^N
  \frac{\partial L}{\partial u_i} \frac{1}{\sqrt{\sigma^2 + \epsilon}}
  + \frac{\partial L}{\partial \sigma^2} \frac{\sum_{i=1}^N -2(x_i - m)}{N}$$

$$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial u_i}
  \frac{1}{\sqrt{\sigma^2 + \epsilon}}
  + \frac{\partial L}{\partial \sigma^2} \frac{2 (x_i - m)}{N}
  + \frac{\partial L}{\partial m} \frac{1}{N}$$
""",
        r"\frac{2 (x_i - m)}{N}",
        r"\frac{(x_i - m)}{N}",
    ),
    (
        "a policy named pi, and an indicator with its condition below",
        r"""
$$\pi_a = \frac{e^{\theta_a}}{\sum_b e^{\theta_b}}$$

$$\frac{\partial \log \pi_a}{\partial \theta_b} = \mathbb{1}_{a = b} - \pi_b$$
""",
        r"- \pi_b",
        r"- \pi_a",
    ),
    (
        "a function that the right end of a chain introduces",
        r"""
Let $r(x) = \ln(1 + e^x)$. Then $$r'(x) = \frac{e^x}{1 + e^x} = \frac{1}{1 + e^{-x}} = s(x)$$

and $$\frac{e^x - e^{-x}}{e^x + e^{-x}} = 2 s(2x) - 1.$$
""",
        r"s(2x)",
        r"s(x)",
    ),
    (
        "a density under conditions, applied to each observation",
        r"""
$$p(x \mid m, s) = \frac{1}{\sqrt{2 \pi s^2}} \exp\left(-\frac{(x - m)^2}{2 s^2}\right)$$

$$L(m, s) = \sum_{i=1}^n \log p(x_i \mid m, s)$$

$$\frac{\partial L}{\partial m} = \frac{1}{s^2} \sum_{i=1}^n (x_i - m)$$
""",
        r"\sum_{i=1}^n (x_i - m)",
        r"\sum_{i=1}^n (x_i + m)",
    ),
    (
        "two functions of one name, and a divergence",
        r"""
$$D(p \| q) = \sum_i p_i \log \frac{p_i}{q_i} = -H(p) + H(p, q)$$

where $H(p) = -\sum_i p_i \log p_i$ and $H(p, q) = -\sum_i p_i \log q_i$.
""",
        r"-\sum_i p_i \log q_i",
        r"\sum_i p_i \log q_i",
    ),
    (
        "factorials",
        r"""
$$\ell(r) = \sum_{i=1}^n (k_i \log r - r - \log k_i!)$$

$$\ell'(r) = \frac{1}{r} \sum_{i=1}^n k_i - n$$

Let $f(x) = x^3$. Then $f'(x) = 3x^2$.
""",
        r"3x^2",
        r"2x^2",
    ),
    (
        "a recurrence in two equations, and a derivative by an earlier value",
        r"""
$$a_t = w h_{t-1} + u x_t, \qquad h_t = \tanh(a_t)$$

$$\frac{\partial h_t}{\partial h_{t-1}} = (1 - h_t^2) w$$
""",
        r"(1 - h_t^2)",
        r"(1 - h_t)",
    ),
    (
        "a prime that makes another name",
        r"""
Let $q'_k = (1 - a) q_k + \frac{a}{K}$ where $\sum_k q_k = 1$.

$$\sum_{k=1}^K q'_k = 1$$
""",
        r"= 1$$",
        r"= 2$$",
    ),
    (
        "a model that data are fitted by is no definition",
        r"""
We fit $y = m x + c$ by the least $$S = \sum_{i=1}^n (y_i - m x_i - c)^2.$$

$$\frac{\partial S}{\partial m} = -2 \sum_{i=1}^n x_i (y_i - m x_i - c)$$
""",
        r"= -2",
        r"= 2",
    ),
    (
        "layers that letters above the names count, with a single delta",
        r"""
Let $\sigma(u) = \frac{1}{1 + e^{-u}}$, $a = \sigma(z)$, $z = W x + b$, $C = \frac12 \|a - y\|^2$.

$$\delta = \frac{\partial C}{\partial z} = (a - y) \odot \sigma'(z)$$

$$\frac{\partial C}{\partial W} = \delta x^T, \qquad \frac{\partial C}{\partial x} = W^T \delta$$
""",
        r"\delta x^T",
        r"2 \delta x^T",
    ),
    (
        "the Hessian of a ridge",
        r"""
Let $J = \|y - Xw\|^2 + \lambda w^T w$.

$$\nabla_w^2 J = 2 X^T X + 2 \lambda I$$
""",
        r"+ 2 \lambda I",
        r"+ \lambda I",
    ),
    (
        "a policy: families of numbers in brackets after a letter",
        r"""
The policy is $$q(a) = \frac{e^{h(a)}}{\sum_b e^{h(b)}}$$

$$\frac{\partial \log q(a)}{\partial h(b)} = \mathbb{1}_{a=b} - q(b)$$
""",
        "- q(b)",
        "+ q(b)",
    ),
    (
        "N beside N_k",
        r"""
With $\gamma_{nk} = \frac{\pi_k u_n}{\sum_{j=1}^K \pi_j u_n}$ let
$N_k = \sum_{n=1}^N \gamma_{nk}$.

$$\sum_k N_k = N$$
""",
        "= N$",
        "= 2N$",
    ),
    (
        "log-sum-exp by its name",
        r"""
$$\text{LSE}(z) = \log \sum_i e^{z_i - c} + c$$

$$\frac{\partial}{\partial z_k} \text{LSE}(z) = \text{softmax}(z)_k$$
""",
        r"softmax}(z)_k",
        r"softmax}(z)_k + c",
    ),
    (
        "a function of the usual names that the text defines itself",
        r"""
Let $\text{GELU}(x) = x \sigma(a x)$ with $\sigma(x) = \frac{1}{1 + e^{-x}}$.

$$\text{GELU}(x) + \text{GELU}(-x) = x (2 \sigma(a x) - 1)$$
""",
        "- 1)",
        "+ 1)",
    ),
    (
        "primed letters as indices",
        r"""
$$p_i = \frac{e^{z_i}}{\sum_{i'} e^{z_{i'}}}$$

$$\frac{\partial p_k}{\partial z_{k'}} = p_k (\delta_{kk'} - p_{k'})$$
""",
        "- p_{k'}",
        "- p_k",
    ),
    (
        "the chain rule as it is recalled",
        r"""
Recall that $$\frac{dy}{dx} = \frac{dy}{du} \frac{du}{dx}$$ and, with several components,

$$\frac{\partial L}{\partial w_i} = \sum_j \frac{\partial L}{\partial a_j}
\frac{\partial a_j}{\partial w_i}.$$
""",
        r"\frac{dy}{du} \frac{du}{dx}",
        r"\frac{dy}{du} \frac{dx}{du}",
    ),
    (
        "the chain rule through two quantities",
        r"""
Let $u = x^2$ and $v = x^3$.

$$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial u} \frac{\partial u}{\partial x}
+ \frac{\partial L}{\partial v} \frac{\partial v}{\partial x}$$
""",
        r"+ \frac{\partial L}{\partial v}",
        r"- \frac{\partial L}{\partial v}",
    ),
    (
        "an abbreviation that the words explain",
        r"""
$$S_i = \frac{e^{a_i}}{\sum_{k=1}^N e^{a_k}}$$

For $i \neq j$:

$$\frac{\partial S_i}{\partial a_j} = \frac{0 - e^{a_j} e^{a_i}}{\Sigma^2}$$

where for simplicity $\Sigma$ stands for $\sum_{k=1}^N e^{a_k}$.
""",
        "0 - e",
        "1 - e",
    ),
    (
        "a derivative by another name",
        r"""
$$S_i = \frac{e^{a_i}}{\sum_{k=1}^N e^{a_k}}$$

We write $D_j S_i = \frac{\partial S_i}{\partial a_j}$. Then

$$D_k S_i = S_i (\delta_{ik} - S_k)$$
""",
        "- S_k",
        "+ S_k",
    ),
    (
        "the label of one example beside those of all",
        r"""
Let $p_k = e^{f_k} / \sum_j e^{f_j}$ and, with the label $y$, $L = -\log p_y$.

$$\frac{\partial L}{\partial f_k} = p_k - \mathbb{1}(y = k)$$

The loss of example $i$ is $L_i = -\log p_{y_i}$.
""",
        r"- \mathbb",
        r"+ \mathbb",
    ),
    (
        "one supposition after the other in a sentence",
        r"""
Let $L = -y \log p - (1 - y) \log(1 - p)$.

If $y = 1$, then $L = -\log p$, and if $y = 0$, then $L = -\log(1 - p)$.
""",
        r"L = -\log(1 - p)",
        r"L = \log(1 - p)",
    ),
    (
        "what holds with a fact, behind a comma",
        r"""
With $\sum_i q_i = 1$,

$$\sum_i q_i a = a$$
""",
        "= a$",
        "= 2a$",
    ),
    (
        "the gradient of a function by its argument",
        r"""
Let $f(x) = x^T A x$ with $A \in \mathbb{R}^{n\times n}$ and $x \in \mathbb{R}^n$. Then

$$\nabla f(x) = (A + A^T) x$$

If $A$ is symmetric, $$\nabla f(x) = 2 A x$$
""",
        "= 2 A x",
        "= 3 A x",
    ),
    (
        "the logarithm of a density, which nothing else defines",
        r"""
$$\log p(x) = -\log s - \frac{(x - m)^2}{2 s^2}$$

$$\frac{d}{dx} \log p(x) = -\frac{x - m}{s^2}$$
""",
        r"= -\frac{x - m}{s^2}",
        r"= -\frac{x - m}{2 s^2}",
    ),
    (
        "softmax regression of a batch in matrices",
        r"""
Let $Z = XW$, $X \in \mathbb{R}^{N\times D}$, $W \in \mathbb{R}^{D \times K}$, and
$P_{nk} = \frac{e^{Z_{nk}}}{\sum_{j=1}^K e^{Z_{nj}}}$. With one-hot labels $Y_{nk}$ the loss is

$$L = -\frac{1}{N} \sum_{n=1}^N \sum_{k=1}^K Y_{nk} \log P_{nk}$$

$$\frac{\partial L}{\partial W} = \frac{1}{N} X^T (P - Y)$$
""",
        "(P - Y)",
        "(Y - P)",
    ),
    (
        "one component is 1 and all others are 0",
        r"""
Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ and $L = -\sum_i y_i \log p_i$. For the class $k$ of the
example $y_k = 1$ and all other $y_i = 0$. Then

$$L = -\log p_k$$

$$\frac{\partial L}{\partial z_i} = \begin{cases} p_i - 1 & i = k \\ p_i & \text{otherwise}
\end{cases}$$
""",
        "p_i - 1",
        "p_i - 2",
    ),
]

PLAIN: list[tuple[str, str, str, str]] = [
    (
        "plain text with cases in words",
        """
p_i = exp(z_i) / Σ_j exp(z_j)

For i = k:

∂p_i/∂z_k = p_i (1 - p_i)

For i ≠ k:

∂p_i/∂z_k = -p_i p_k
""",
        "-p_i p_k",
        "p_i p_k",
    ),
]


SOFTMAX = r"Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$." + "\n\n"
JACOBIAN = r"\frac{\partial p_i}{\partial z_k} = p_i (\delta_{ik} - p_k)"

# How maths is delimited and written; the twin exchanges the last occurrence.
NOTATION: list[tuple[str, str, str, str]] = [
    (
        "display $$",
        (SOFTMAX + "$$" + JACOBIAN + "$$"),
        "- p_k",
        "+ p_k",
    ),
    (
        r"display \[",
        (SOFTMAX + r"\[" + JACOBIAN + r"\]"),
        "- p_k",
        "+ p_k",
    ),
    (
        r"inline \(",
        (SOFTMAX + r"Then \(" + JACOBIAN + r"\)."),
        "- p_k",
        "+ p_k",
    ),
    (
        "inline $",
        (SOFTMAX + "Then $" + JACOBIAN + "$."),
        "- p_k",
        "+ p_k",
    ),
    (
        r"display \\[",
        (SOFTMAX + r"\\[" + JACOBIAN + r"\\]"),
        "- p_k",
        "+ p_k",
    ),
    (
        "bare environment",
        (SOFTMAX + "\\begin{equation}\n" + JACOBIAN + "\n\\end{equation}"),
        "- p_k",
        "+ p_k",
    ),
    (
        "fenced math",
        (SOFTMAX + "```math\n" + JACOBIAN + "\n```"),
        "- p_k",
        "+ p_k",
    ),
    (
        "script type math/tex",
        (SOFTMAX + '<script type="math/tex; mode=display">' + JACOBIAN + "</script>"),
        "- p_k",
        "+ p_k",
    ),
    (
        "display in a quote",
        (SOFTMAX + "> so\n>\n> $$\n> " + JACOBIAN + "\n> $$"),
        "- p_k",
        "+ p_k",
    ),
    (
        "display in a div",
        (SOFTMAX + "<div>\n$$" + JACOBIAN + "$$\n</div>"),
        "- p_k",
        "+ p_k",
    ),
    (
        "HTML comment is no maths",
        (SOFTMAX + "<!-- $$p_i = 17$$ -->\n\n$$" + JACOBIAN + "$$"),
        "- p_k",
        "+ p_k",
    ),
    (
        "code is no maths",
        (SOFTMAX + "`$p_i = 17$`\n\n```python\np = 3 # $p_i = 4$\n```\n\n$$" + JACOBIAN + "$$"),
        "- p_k",
        "+ p_k",
    ),
    (
        "aligned",
        (
            SOFTMAX + r"$$\begin{aligned} \log p_i &= \log e^{z_i} - \log \sum_j e^{z_j} \\ &= z_i "
            r"- \log \sum_j e^{z_j} \end{aligned}$$"
        ),
        "&= z_i",
        "&= 2 z_i",
    ),
    (
        "align with tags",
        (
            SOFTMAX + r"\begin{align} \log p_i &= \log e^{z_i} - \log \sum_j e^{z_j} \label{eq:a} "
            r"\\ &= z_i - \log \sum_j e^{z_j} \tag{2} \nonumber \end{align}"
        ),
        "&= z_i",
        "&= 2 z_i",
    ),
    (
        "alignat",
        (
            SOFTMAX + r"\begin{alignat}{2} \log p_i &= \log e^{z_i} - \log \sum_j e^{z_j} && "
            r"\text{(by definition)} \\ &= z_i - \log \sum_j e^{z_j} && "
            r"\text{(logarithm)} \end{alignat}"
        ),
        "&= z_i",
        "&= 2 z_i",
    ),
    (
        "gather",
        r"\begin{gather} f = x^2 + 3x \\ \frac{df}{dx} = 2x + 3 \end{gather}",
        "2x + 3 ",
        "2x ",
    ),
    (
        "multline",
        (
            r"Let $f = x^2 + 3x$. \begin{multline} \frac{df}{dx} \\ = 2x + 3 "
            r"\end{multline}"
        ),
        "2x + 3",
        "2x",
    ),
    (
        "split",
        (
            r"Let $f = (x + 1)^2$. $$\begin{split} f &= (x+1)(x+1) \\ &= x^2 + 2x + 1 "
            r"\end{split}$$"
        ),
        "2x + 1",
        "x + 1",
    ),
    (
        "eqnarray",
        (
            r"Let $f = (x + 1)^2$. \begin{eqnarray} f &=& (x+1)(x+1) \\ &=& x^2 + 2x + 1 "
            r"\end{eqnarray}"
        ),
        "2x + 1",
        "x + 1",
    ),
    (
        "array",
        (
            r"Let $f = (x + 1)^2$. $$\begin{array}{rcl} f &=& (x+1)(x+1) \\ &=& x^2 + 2x "
            r"+ 1 \end{array}$$"
        ),
        "2x + 1",
        "x + 1",
    ),
    (
        "cases",
        (
            SOFTMAX + r"$$\frac{\partial p_i}{\partial z_k} = \begin{cases} p_i (1 - p_i) & "
            r"\text{if } i = k \\ -p_i p_k & \text{if } i \neq k \end{cases}$$"
        ),
        "-p_i p_k",
        "p_i p_k",
    ),
    (
        "cases within a chain",
        (
            SOFTMAX + r"$$\frac{\partial p_i}{\partial z_k} = \begin{cases} p_i (1 - p_i) & i = k "
            r"\\ -p_i p_k & i \neq k \end{cases} = p_i (\delta_{ik} - p_k)$$"
        ),
        "- p_k)",
        "+ p_k)",
    ),
    (
        "a matrix of numbers written out",
        (
            r"$$\begin{pmatrix} a + a \\ b \cdot b \end{pmatrix} = \begin{pmatrix} 2a \\ "
            r"b^2 \end{pmatrix}$$"
        ),
        "2a",
        "3a",
    ),
    (
        r"\left. \right|",
        r"Let $f(x) = x^3$. $$\left. x^2 + x \right|_{x = 2} = 6$$",
        "= 6",
        "= 7",
    ),
    (
        r"\newcommand with arguments",
        (
            "$\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}$\n\nLet $p_i = "
            "\\frac{e^{z_i}}{\\sum_j e^{z_j}}$.\n\n$$\\pd{p_i}{z_k} = p_i (\\delta_{ik} - "
            "p_k)$$"
        ),
        "- p_k",
        "+ p_k",
    ),
    (
        r"\def with arguments",
        (
            "$\\def\\pd#1#2{\\frac{\\partial #1}{\\partial #2}}$\n\nLet $p_i = "
            "\\frac{e^{z_i}}{\\sum_j e^{z_j}}$.\n\n$$\\pd{p_i}{z_k} = p_i (\\delta_{ik} - "
            "p_k)$$"
        ),
        "- p_k",
        "+ p_k",
    ),
    (
        r"\color, \boxed, \cancel",
        (
            r"$$\frac{\cancel{a} b}{\cancel{a} c} = {\color{red} \frac{b}{c}}, \qquad "
            r"\boxed{(a + b)^2 = a^2 + 2ab + b^2}$$"
        ),
        "2ab",
        "ab",
    ),
    (
        r"\intertext",
        (
            r"Let $f = (x + 1)^2$. \begin{align} f &= (x+1)(x+1) \\ \intertext{which is} "
            r"f &= x^2 + 2x + 1 \end{align}"
        ),
        "2x + 1",
        "x + 1",
    ),
    (
        r"\qquad between statements",
        r"$$f = x^2, \qquad \frac{df}{dx} = 2x$$",
        "= 2x",
        "= 3x",
    ),
    (
        "condition at the end of a row",
        (SOFTMAX + r"$$\frac{\partial p_i}{\partial z_k} = -p_i p_k \quad \text{for } i \neq k$$"),
        "-p_i p_k",
        "p_i p_k",
    ),
    (
        "condition with forall",
        (SOFTMAX + r"$$\log p_k = z_k - \log \sum_j e^{z_j} \quad \forall k$$"),
        "= z_k",
        "= 2 z_k",
    ),
    (
        "chain goes on in the next display",
        "$$(a + b)^2 = (a + b)(a + b)$$ which is $$= a^2 + 2ab + b^2$$",
        "2ab",
        "ab",
    ),
    (
        "display that ends with =",
        "$$(a + b)^2 =$$ $$a^2 + 2ab + b^2$$",
        "2ab",
        "ab",
    ),
    (
        ":= and equiv",
        r"$$f := x^2 + x, \quad g \equiv 2x + 1$$ $$\frac{df}{dx} = g$$",
        "2x + 1",
        "2x",
    ),
    (
        "Unicode",
        ("$$p_i = \\frac{e^{z_i}}{∑_j e^{z_j}}$$\n\n$$\\frac{∂p_i}{∂z_k} = p_i (δ_{ik} − p_k)$$"),
        "− p_k",
        "+ p_k",
    ),
    (
        "* for times",
        r"$$f = 3 * x * x$$ $$\frac{df}{dx} = 6 * x$$",
        "6 *",
        "5 *",
    ),
    (
        "bare exp, log, ln",
        (
            r"$$f = log(1 + exp(x)), \quad g = ln(x)$$ $$\frac{df}{dx} = \frac{exp(x)}{1 "
            r"+ exp(x)}, \quad \frac{dg}{dx} = 1/x$$"
        ),
        "= 1/x",
        "= 2/x",
    ),
    (
        "multi-letter names",
        (
            r"$$loss = (pred - label)^2$$ $$\frac{\partial loss}{\partial pred} = 2 (pred "
            "- label)$$"
        ),
        "2 (pred",
        "3 (pred",
    ),
    (
        r"\mathbf, ^\top",
        (
            r"$$\ell = \mathbf{w}^\top \mathbf{x}$$ $$\frac{\partial \ell}{\partial "
            r"\mathbf{w}} = \mathbf{x}$$"
        ),
        r"= \mathbf{x}$$",
        r"= 2\mathbf{x}$$",
    ),
    (
        r"\vec, ^T",
        r"$$E = \frac12 \vec{v}^T \vec{v}$$ $$\nabla_{\vec{v}} E = \vec{v}$$",
        r"E = \vec{v}",
        r"E = 2\vec{v}",
    ),
    (
        r"\boldsymbol, ^{(m)}",
        (
            r"$$L = \frac1M \sum_{m=1}^M (\boldsymbol{\theta}^\top \boldsymbol{x}^{(m)} - "
            r"y^{(m)})^2$$ $$\frac{\partial L}{\partial \boldsymbol{\theta}} = \frac2M "
            r"\sum_{m=1}^M (\boldsymbol{\theta}^\top \boldsymbol{x}^{(m)} - y^{(m)}) "
            r"\boldsymbol{x}^{(m)}$$"
        ),
        r"\frac2M",
        r"\frac1M",
    ),
    (
        "y^*",
        r"$$L = (y^{*} - y)^2$$ $$\frac{\partial L}{\partial y} = -2 (y^{*} - y)$$",
        "-2",
        "2",
    ),
    (
        r"\mathbb{1}\{i = j\}",
        (SOFTMAX + r"$$\frac{\partial p_i}{\partial z_k} = p_i (\mathbb{1}\{i = k\} - p_k)$$"),
        "- p_k",
        "+ p_k",
    ),
    (
        "1_{i=j}",
        (SOFTMAX + r"$$\frac{\partial p_i}{\partial z_k} = p_i (1_{i=k} - p_k)$$"),
        "- p_k",
        "+ p_k",
    ),
    (
        "[i = j]",
        (SOFTMAX + r"$$\frac{\partial p_i}{\partial z_k} = p_i ([i = k] - p_k)$$"),
        "- p_k",
        "+ p_k",
    ),
    (
        r"\frac{d}{dx}",
        r"$$\frac{d}{dx} x^3 = 3x^2$$",
        "3x^2",
        "2x^2",
    ),
    (
        r"\partial_k",
        r"$$f = \sum_i z_i^2$$ $$\partial_{z_k} f = 2 z_k$$",
        "= 2",
        "= 3",
    ),
    (
        "f'(x)",
        r"$$f(x) = x^3$$ $$f'(x) = 3x^2, \quad f''(x) = 6x$$",
        "6x",
        "5x",
    ),
    (
        r"\dfrac{\partial}{o_k}",
        r"$$f = \sum_i o_i^2$$ $$\dfrac{\partial f}{o_k} = 2 o_k$$",
        "= 2",
        "= 3",
    ),
    (
        "zero-width spaces",
        (SOFTMAX + "$$\u200b" + JACOBIAN + "\u200b$$"),
        "- p_k",
        "+ p_k",
    ),
    (
        "CRLF",
        (SOFTMAX + "$$\n" + JACOBIAN + "\n$$\n").replace("\n", "\r\n"),
        "- p_k",
        "+ p_k",
    ),
    (
        "numbers that are rounded",
        "So $0.245 - 1 = -0.755$ and $e^{2} = 7.389$.",
        "-0.755",
        "-0.745",
    ),
    (
        "batch mean",
        (
            r"$$L = \frac{1}{B} \sum_{b=1}^B (u_b - t_b)^2$$ $$\frac{\partial L}{\partial "
            r"u_b} = \frac{2}{B} (u_b - t_b)$$"
        ),
        r"\frac{2}{B}",
        r"\frac{1}{B}",
    ),
    (
        "integer labels",
        (
            r"$$L = -\log p_y, \quad p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$ "
            r"$$\frac{\partial L}{\partial z_k} = p_k - \delta_{ky}$$"
        ),
        r"- \delta",
        r"+ \delta",
    ),
    (
        "Hessian",
        (
            SOFTMAX + r"Let $L = -\sum_i t_i \log p_i$ with $\sum_i t_i = 1$. $$\frac{\partial^2 "
            r"L}{\partial z_i \partial z_k} = p_i (\delta_{ik} - p_k)$$"
        ),
        "- p_k",
        "+ p_k",
    ),
    (
        "row annotation",
        (
            r"Let $f = (x + 1)^2$. \begin{align} f &= (x+1)(x+1) & \text{by definition} "
            r"\\ &= x^2 + 2x + 1 & \text{(expand)} \end{align}"
        ),
        "2x + 1",
        "x + 1",
    ),
]


RST = [
    (
        "a directive for a display, and a role in the text",
        """
Let :math:`g(u) = u^3 + a u`.  Then

.. math::
   :label: slope

   g'(u) = 3 u^2 + a
""",
        "3 u^2",
        "2 u^2",
    ),
]

NOTEBOOK = [
    (
        "cells, with code between them",
        json.dumps(
            {
                "nbformat": 4,
                "nbformat_minor": 5,
                "metadata": {},
                "cells": [
                    {"cell_type": "markdown", "metadata": {}, "source": ["Let $g(u) = u^3$."]},
                    {
                        "cell_type": "code",
                        "execution_count": None,
                        "metadata": {},
                        "outputs": [],
                        "source": ["g = lambda u: u**3  # $g(u) = u$"],
                    },
                    {
                        "cell_type": "markdown",
                        "metadata": {},
                        "source": ["Then\n", "\n", "$$ g'(u) = 3 u^2 $$"],
                    },
                ],
            }
        ),
        "3 u^2",
        "3 u^3",
    ),
]


def test_a_step_of_a_notebook_has_a_cell_and_a_line_in_it() -> None:
    (claim,) = derive.check(NOTEBOOK[0][1], format="notebook").claims
    assert (claim.statement.place.cell, claim.statement.place.line) == (3, 3)


def _rows() -> list[object]:
    listed = (
        ("markdown", MARKDOWN),
        ("markdown", NOTATION),
        ("text", PLAIN),
        ("rst", RST),
        ("notebook", NOTEBOOK),
    )
    return [pytest.param(form, *row[1:], id=row[0]) for form, rows in listed for row in rows]


@pytest.mark.parametrize(("form", "text", "right", "wrong"), _rows())
def test_the_right_document_is_proved(form: str, text: str, right: str, wrong: str) -> None:
    report = derive.check(text, format=form)
    said = [(s.statement.place.line, s.statement.message) for s in report.judgements]
    assert report.claims, said
    assert [c.verdict.outcome for c in report.claims] == ["proved"] * len(report.claims)
    assert "unread" not in [j.statement.kind for j in report.judgements], said


@pytest.mark.parametrize(("form", "text", "right", "wrong"), _rows())
def test_the_wrong_twin_is_not(form: str, text: str, right: str, wrong: str) -> None:
    assert right in text
    before, _, after = text.rpartition(right)
    report = derive.check(before + wrong + after, format=form)
    outcomes = [c.verdict.outcome for c in report.claims]
    assert {"refuted", "conditional"} & set(outcomes), outcomes
