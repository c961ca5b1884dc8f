"""Traps, as an author would write them: the whole way from the text to the right verdict."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import derive


@dataclass(frozen=True)
class Trap:
    """``verdicts``: of all claims in order, "unread" for what was not understood.

    ``missing``: what a conditional step is said to lack.
    """

    name: str
    text: str
    verdicts: str
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


SOFTMAX = r"$$y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$" + "\n\n"
LOSS = SOFTMAX + r"$$L = -\sum_i t_i \log y_i$$" + "\n\n"

ROOTS_AND_LOGARITHMS = (
    Trap("root of a square", r"$\sqrt{a^2} = a$", "conditional", (r"a \geq 0",)),
    Trap("root of a square, a > 0", r"Let $a > 0$. Then $\sqrt{a^2} = a$.", "proved"),
    Trap(
        "root of a fourth power",
        r"$\sqrt{a^4} = a^2$ and $\sqrt{a^6} = a^3$",
        "proved conditional",
        (r"a \geq 0",),
    ),
    Trap("root of a square is |a|", r"$\sqrt{a^2} = |a|$", "proved"),
    Trap("root of a product", r"$\sqrt{a b} = \sqrt{a} \sqrt{b}$", "proved"),
    Trap("root of a sum", r"$\sqrt{a + b} = \sqrt{a} + \sqrt{b}$", "refuted"),
    Trap("log x^2, where log x exists", r"$\log x^2 = 2 \log x$", "proved"),
    Trap("log x^2 everywhere", r"$\log x^2 = 2 \log |x|$", "proved"),
    Trap("log x^3", r"$\log x^3 = 2 \log x$", "refuted"),
    Trap("log of a product", r"$\log(a b) = \log a + \log b$", "proved"),
    Trap("log of a sum", r"$\log(a + b) = \log a + \log b$", "refuted"),
    Trap("log of a quotient", r"$\log \frac{a}{b} = \log a - \log b$", "proved"),
    Trap("quotient of logs", r"$\log \frac{a}{b} = \frac{\log a}{\log b}$", "refuted"),
    Trap("exp of log", r"$e^{\log x} = x$ and $e^{2 \log x} = x^2$", "proved proved"),
    Trap("logs of numbers", r"$\log_2 8 = 3$, $\log 6 = \log 2 + \log 3$", "proved proved"),
    Trap("logs of numbers, wrong", r"$\log_2 8 = 4$, $\log 6 = 2 \log 3$", "refuted refuted"),
    Trap("odd root", r"$\sqrt[3]{8} = 2$", "proved"),
    Trap("odd root of something negative", r"$\sqrt[3]{x^3} = |x|$", "unproved"),
    Trap("powers of powers", r"Let $x > 0$. $(x^2)^{1/4} = \sqrt{x}$", "proved"),
    Trap("powers of powers, any x", r"$(x^2)^{3/2} = x^3$", "conditional", (r"x \geq 0",)),
)

ZEROS = (
    Trap(
        "dividing by what is 0",
        "Let $a = b$.\n\n$$(a - b)(a + b) = b (a - b)$$\n\n$$a + b = b$$",
        "proved refuted",
    ),
    Trap("x/x", r"$\frac{x}{x} = 1$", "proved"),
    Trap("0/0", r"$\frac{0}{0} = 1$, $\frac{x - x}{x - x} = 1$", "unproved unproved"),
    Trap("x^0", r"$x^0 = 1$", "proved"),
    Trap("0^0 is not 0", r"$0^0 = 0$", "refuted"),
    Trap("0^x", r"$0^x = 0$", "unproved"),
    Trap("one part in 10^12", r"$1.000000000001 x = x$", "refuted"),
    Trap("one part in 10^12, exp", r"$\frac{10^{12}}{10^{12} + 1} e^x = e^x$", "refuted"),
)

SUMS = (
    Trap("all but one", SOFTMAX + r"$$\sum_{j \neq k} y_j = 1 - y_k$$", "proved"),
    Trap(
        "an empty sum has no logarithm",
        SOFTMAX + r"$$\log \sum_{j \neq k} y_j = \log (1 - y_k)$$",
        "proved",
    ),
    Trap(
        "for N = 1 the sum is empty and the right side is not",
        SOFTMAX + r"$$\sum_{j \neq k} e^{z_j - z_k} = \frac{1}{y_k}$$",
        "refuted",
    ),
    Trap("all but the last", r"$$\sum_{i=1}^{N-1} x_i = \sum_{i=1}^N x_i - x_N$$", "proved"),
    Trap("all but the first", r"$$\sum_{i=2}^{N} x_i = \sum_{i=1}^N x_i - x_1$$", "proved"),
    Trap("all but the second", r"$$\sum_{i=2}^{N} x_i = \sum_{i=1}^N x_i - x_2$$", "refuted"),
    Trap("count from 2", r"$$\sum_{i=2}^{N} 1 = N - 1$$", "proved"),
    Trap("count from 2, wrong", r"$$\sum_{i=2}^{N} 1 = N$$", "refuted"),
    Trap("count from 0", r"$$\sum_{i=0}^{N-1} 1 = N$$", "proved"),
    Trap("from 0 and from 1", r"$$\sum_{i=0}^{N} x_i = \sum_{i=1}^{N} x_i$$", "unproved"),
    Trap("shifted", r"$$\sum_{i=0}^{N-1} x_i = \sum_{i=1}^{N} x_i$$", "unproved"),
    Trap("to N and to M", r"$$\sum_{i=1}^{N} x_i = \sum_{i=1}^{M} x_i$$", "unproved"),
    Trap("to 3 and to 2", r"$$\sum_{i=1}^{3} x_i = \sum_{i=1}^{2} x_i$$", "unproved"),
    Trap("to 3 and to N", r"$$\sum_{i=1}^{3} x_i = \sum_{i=1}^{N} x_i$$", "unproved"),
    Trap("to N + 1", r"$$\sum_{i=1}^{N+1} x_i = \sum_{i=1}^{N} x_i$$", "unproved"),
    Trap(
        "N - 1 is not 0",
        r"Let $N \geq 2$. $$\sum_{j=1, j \neq k}^N \frac{1}{N - 1} = 1$$"
        r"$$\sum_{j=1, j \neq k}^N \frac{1}{N - 1} = N$$ $$\frac{|N - 1|}{N - 1} = 1$$",
        "proved refuted proved",
    ),
    Trap(
        "N - 2 is not 0",
        r"Let $N > 2$ and $i \neq k$. $$\sum_{j=1, j \neq i, k}^N \frac{1}{N - 2} = 1$$"
        r"$$\sum_{j=1, j \neq i, k}^N \frac{1}{N - 2} = N$$",
        "proved refuted",
    ),
    Trap("over two sets", r"$$\sum_{i \in A} x_i = \sum_{i \in B} x_i$$", "unproved"),
    Trap("over parts", r"$$\sum_{i \in C_1} x_i = \sum_{i \in C_2} x_i$$", "unproved"),
    Trap(
        "over the odd ones",
        r"$$\sum_{i=1, i \text{ odd}}^{N} x_i = \sum_{i=1}^{N} x_i$$",
        "unproved",
    ),
    Trap("over some", r"$$\sum_{i=1,3,5} x_i = \sum_{i} x_i$$", "unproved"),
    Trap("with dots", r"$$\sum_{i=1,\ldots,N} x_i = 2 \sum_{i=1}^N x_i$$", "refuted"),
    Trap(
        "free and bound",
        r"$$y_i = \frac{e^{z_i}}{\sum_i e^{z_i}}$$ $$\sum_i y_i = 1$$ $$\sum_i y_i = N$$",
        "proved refuted",
    ),
    Trap(
        "bound twice",
        r"$$\sum_{i=1}^N \sum_{i=1}^N x_i = N \sum_{i=1}^N x_i$$"
        r"$$\sum_{i=1}^N \sum_{i=1}^N x_i = \sum_{i=1}^N x_i$$",
        "proved refuted",
    ),
    Trap("leaked", r"$$\sum_i x_i y_i = x_i \sum_i y_i$$", "refuted"),
    Trap("not leaked", r"$$\sum_i x_i y_k = y_k \sum_i x_i$$", "proved"),
    Trap(
        "true for N = 2, false for N = 3",
        r"$$\left(\sum_i x_i\right)^2 = \sum_i x_i^2 + 2 x_1 x_2$$",
        "conditional",
        ("N = 2",),
    ),
    Trap(
        "true for every N",
        r"$$\sum_i \sum_{j \neq i} x_i x_j = \left(\sum_i x_i\right)^2 - \sum_i x_i^2$$",
        "proved",
    ),
    Trap("square of a sum", r"$$\left(\sum_i x_i\right)^2 = \sum_i x_i^2$$", "refuted"),
    Trap("true at i = j only", r"$\delta_{ij} = 1$", "conditional", ("i = j",)),
    Trap("true except at i = j", r"$\delta_{ij} = 0$", "conditional", (r"i \neq j",)),
    Trap("with a delta", r"$\delta_{ij} x_i = \delta_{ij} x_j$", "proved"),
    Trap(
        "10 classes",
        r"$$y_i = \frac{e^{z_i}}{\sum_{j=1}^{10} e^{z_j}}$$ $$\sum_{i=1}^{10} y_i = 1$$"
        r"$$\sum_{i=1}^{10} 1 = 10$$ $$\sum_{i=1}^{10} 1 = 9$$",
        "proved proved refuted",
    ),
)

HYPOTHESES = (
    Trap("1 = 0", r"Since $1 = 0$, we have $x = 2 x$.", "refuted refuted"),
    Trap(
        "sums of 1 and of 2",
        r"Assume $\sum_i t_i = 1$ and $\sum_i t_i = 2$. Then $\sum_i 3 t_i = 3$.",
        "unproved",
    ),
    Trap("positive and negative", r"Assume $x > 0$ and $x < 0$. Then $|x| = x$.", "unproved"),
    Trap(
        "about a defined name",
        SOFTMAX + r"Since $\sum_i y_i = 2$, we have $\sum_i 3 y_i = 6$.",
        "refuted refuted",
    ),
    Trap(
        "under a derivative by its own variable",
        r"Since $\sum_i t_i = 1$, $$\frac{\partial}{\partial t_k} \sum_i t_i = 0$$"
        "\n\n"
        r"$$\frac{\partial}{\partial t_k} \sum_i t_i = 1$$",
        "refuted proved",
    ),
    Trap(
        "stated after the step",
        "$$\\sum_i t_i x = x$$\n\nNow assume that $\\sum_i t_i = 1$.\n\n$$\\sum_i t_i x = x$$",
        "conditional proved",
        (r"\sum_{i} t_{i} = 1",),
    ),
    Trap(
        "from a section that has ended",
        "## First\n\nAssume that $\\sum_i t_i = 1$.\n\n$$\\sum_i t_i x = x$$\n\n"
        "## Second\n\n$$\\sum_i t_i x = x$$",
        "proved conditional",
        (r"\sum_{i} t_{i} = 1",),
    ),
    Trap(
        "one-hot",
        "Let $t$ be one-hot.\n\n$$\\sum_i t_i = 1$$\n\n$$t_i^2 = t_i$$\n\n"
        "$$\\sum_i \\sum_{j \\neq i} t_i t_j = 0$$\n\n$$\\sum_i t_i^2 = 1$$",
        "proved proved proved proved",
    ),
    Trap(
        "one-hot in one sentence",
        r"If $t$ is one-hot, then $\sum_i t_i^2 = 1$. In general, $\sum_i t_i^2 = 1$.",
        "proved refuted",
    ),
    Trap(
        "one-hot, and then soft",
        "For one-hot $t$ we have $\\sum_i t_i^2 = 1$.\n\n"
        "Now for soft labels $t$: $\\sum_i t_i^2 = 1$.",
        "proved refuted",
    ),
    Trap(
        "one-hot, products",
        "Let $t$ be one-hot.\n\n$$t_i t_j = 0$$\n\n$$t_i t_j = t_i \\delta_{ij}$$\n\n"
        "$$t_i t_j = 0 \\quad (i \\neq j)$$",
        "conditional proved proved",
        (r"i \neq j",),
    ),
    Trap(
        "one-hot below a root",
        "Let $x > 0$ and let $t$ be one-hot with $t_l = 1$.\n\n"
        "$$\\frac{\\partial}{\\partial x} \\sqrt{t_k x} = \\frac{1}{2 \\sqrt{x}}$$\n\n"
        "$$\\frac{\\partial}{\\partial x} \\sqrt{t_k x} = \\frac{t_k}{2 \\sqrt{x}}$$",
        "unproved proved",
    ),
    Trap(
        "one-hot, by 0 or 1 and a sum",
        "Let $t_i \\in \\{0, 1\\}$ with $\\sum_i t_i = 1$.\n\n$$t_i t_j = 0$$\n\n"
        "$$t_i t_j a_i = 0 \\quad (i \\neq j)$$\n\n$$t_i t_j = 1 \\quad (i \\neq j)$$",
        "conditional proved refuted",
        (r"i \neq j",),
    ),
    Trap(
        "0 or 1, and two of them are 1",
        "Let $t_i \\in \\{0, 1\\}$ with $\\sum_i t_i = 2$.\n\n$$t_i t_j = 0 \\quad (i \\neq j)$$",
        "refuted",
    ),
    Trap(
        "0 or 1, and one of each row",
        "Let $t_{nk} \\in \\{0, 1\\}$ with $\\sum_k t_{nk} = 1$.\n\n"
        "$$t_{nk} t_{nj} = 0 \\quad (j \\neq k)$$\n\n$$t_{nk} t_{mk} = 0 \\quad (m \\neq n)$$",
        "proved conditional",
        (r"t_{n, k} \text{ one-hot along n}",),
    ),
    Trap(
        "soft targets",
        "Let $\\sum_i t_i = 1$.\n\n$$t_i^2 = t_i$$\n\n$$\\sum_i t_i^2 = 1$$",
        "conditional conditional",
        (r"t_{i} \text{ one-hot}",),
    ),
    Trap("soft targets, products", "Let $\\sum_i t_i = 1$.\n\n$$t_i t_k = 0$$", "refuted"),
)

DERIVATIVES = (
    Trap(
        "by the probabilities and by the logits",
        LOSS + r"$$\frac{\partial L}{\partial y_k} = -\frac{t_k}{y_k}$$"
        "\n\nSince $\\sum_i t_i = 1$,\n\n"
        r"$$\frac{\partial L}{\partial z_k} = y_k - t_k$$"
        r"$$\frac{\partial L}{\partial z_k} = -\frac{t_k}{y_k}$$"
        r"$$\frac{\partial L}{\partial y_k} = y_k - t_k$$",
        "proved proved refuted refuted",
    ),
    Trap(
        "the chain rule",
        LOSS
        + r"$$\frac{\partial L}{\partial z_k} = \sum_i \frac{\partial L}{\partial y_i}"
        + r" \frac{\partial y_i}{\partial z_k}$$",
        "proved",
    ),
    Trap(
        "without the sum of the targets",
        LOSS + r"$$\frac{\partial L}{\partial z_k} = y_k - t_k$$",
        "conditional",
        (r"\sum_{k} t_{k} = 1",),
    ),
    Trap(
        "the other case of the Jacobian",
        SOFTMAX + r"$$\frac{\partial y_i}{\partial z_k} = - y_i y_k$$",
        "conditional",
        (r"i \neq k",),
    ),
    Trap(
        "cases, one of them wrong",
        SOFTMAX + r"$$\frac{\partial y_i}{\partial z_k} = \begin{cases} y_i (1 - y_i) & i = k \\"
        r" y_i y_k & i \neq k \end{cases}$$",
        "proved refuted",
    ),
    Trap(
        "E the loss and e the number",
        r"$$E = \frac{1}{2} \sum_i (y_i - t_i)^2$$ $$\log e = 1$$ $$\log E = 1$$"
        r"$$\frac{\partial}{\partial y_k} e^{E} = e^{E} (y_k - t_k)$$",
        "proved refuted proved",
    ),
    Trap("i and j", r"$$\sum_j p_{ij} = \sum_j p_{i,j}$$", "proved"),
    Trap("i and j exchanged", r"$$\sum_i p_{ij} = \sum_j p_{ij}$$", "refuted"),
    Trap(
        "examples in brackets",
        r"$$L = \frac{1}{M} \sum_{m=1}^M (p_i^{(m)} - q_i^{(m)})^2$$"
        r"$$\frac{\partial L}{\partial p_i^{(m)}} = \frac{2}{M} (p_i^{(m)} - q_i^{(m)})$$"
        r"$$\frac{\partial L}{\partial p_i^{(m)}} = \frac{1}{M} (p_i^{(m)} - q_i^{(m)})$$",
        "proved refuted",
    ),
    Trap(
        "p^2_i",
        r"$$\frac{\partial p_i^2}{\partial p_i} = 2 p_i$$ $$\frac{\partial p^2_i}{\partial p_i}"
        r" = 2 p_i$$ $$\frac{\partial p_i^2}{\partial p_i} = 2$$",
        "proved proved refuted",
    ),
    Trap(
        "a class on one line, an example on the next",
        r"$$L = -\frac{1}{N} \sum_{i=1}^N \sum_{k=1}^K t_{ik} \log p_{ik}$$"
        r"$$\frac{\partial L}{\partial p_{ik}} = -\frac{t_{ik}}{N p_{ik}}$$"
        r"$$\frac{\partial L}{\partial p_{ik}} = -\frac{t_{ik}}{K p_{ik}}$$",
        "proved refuted",
    ),
    Trap(
        "defined anew",
        r"Let $f = x^2$. Then $\frac{df}{dx} = 2x$. And $f = x^3$.",
        "proved conditional",
        (r"\text{line 1 defines f anew}",),
    ),
    Trap("of nothing known", r"$$\frac{\partial y}{\partial x} = 0$$", "unproved"),
    Trap("x^x", r"$\frac{d}{dx} x^x = x \cdot x^{x-1}$", "refuted"),
    Trap("x^x, right", r"$\frac{d}{dx} x^x = x^x (\log x + 1)$", "proved"),
    Trap("of 1/x", r"$\frac{d}{dx} \frac{1}{x} = \frac{1}{x^2}$", "refuted"),
    Trap("of the arc tangent", r"$\frac{d}{dx} \arctan x = \frac{1}{1 + x^2}$", "proved"),
    Trap("of |x|", r"$\frac{d}{dx} |x| = 1$", "conditional", (r"x > 0",)),
)

PRIMED = (
    Trap(
        "a primed index",
        r"$$q_i = \frac{e^{p_i}}{\sum_{i'=1}^N e^{p_{i'}}}$$ $$\sum_{i'} q_{i'} = 1$$"
        r"$$\frac{\partial q_i}{\partial p_{i'}} = q_i (\delta_{ii'} - q_{i'})$$"
        r"$$\frac{\partial q_i}{\partial p_{i'}} = q_i (\delta_{ii'} + q_{i'})$$",
        "proved proved refuted",
    ),
    Trap(
        "all but one, primed",
        r"$$\sum_{j' \neq j} x_{j'} = \sum_{j'} x_{j'} - x_j$$"
        r"$$\sum_{j^\prime \neq j} x_{j^\prime} = \sum_{j^{\prime}} x_{j'} - x_{j'}$$",
        "proved refuted",
    ),
    Trap(
        "d as an index",
        r"$$y = \sum_d w_d x_d$$ $$\frac{\partial y}{\partial w_d} = w_d$$",
        "refuted",
    ),
    Trap(
        "a primed function",
        r"$f(x) = x^2$. $$f'(x) = 2 x$$ $$f'(x) = f(x)$$ $$\sum_{f'} a_{f} = a_f$$",
        "proved refuted unread",
    ),
)

VALUES = (
    Trap(
        "a value, not a product",
        r"Let $y = x^2 + 1$. Then $y(0) = 0$ and $y(0) = 1$ and $y'(0) = 0$.",
        "unproved unproved unproved",
    ),
    Trap(
        "a value or a product",
        r"Let $y = x e^x$. $$\frac{dy}{dx} = e^x (1 + x)$$ $$y(1 + x) = x e^x + x^2 e^x$$"
        r"$$y(1 + x) = (1 + x) e^{1 + x}$$",
        "proved proved unproved",
    ),
    Trap(
        "a power, and no family",
        r"$$\sum_{k=0}^{n-1} r^k = \frac{1 - r^n}{1 - r}$$ $$\sum_{k=1}^n x^k = x + x^2$$",
        "unproved unproved",
    ),
    Trap(
        "a total and its parts with the same letter",
        r"$N = \sum_{k=1}^K N_k$ and $\pi_k = \frac{N_k}{N}$, so $\sum_{k=1}^K \pi_k = 1$.",
        "proved",
    ),
    Trap(
        "an equation beside a step",
        r"\begin{align} x + x &= 2x && \text{(since } x = 3x \text{)} \end{align}",
        "unread proved",
    ),
)

ARRAYS = (
    Trap("matrices, in words", "For square matrices $A$ and $B$, $AB = BA$.", "refuted"),
    Trap(
        "matrices, before",
        r"Let $A$ and $B$ be matrices. Then $(A+B)^2 = A^2 + 2AB + B^2$ and $A + B = B + A$"
        r" and $A + B = A - B$.",
        "unproved proved refuted",
    ),
    Trap(
        "a matrix and a vector",
        r"Let $A$ be a matrix and $b$ a vector. $A b = b A$",
        "conditional",
        (r"A \text{ symmetric}",),
    ),
    Trap("in a trace", r"$\det(AB) = \det(BA)$ and $AB = BA$", "unproved unproved"),
    Trap("of a number", r"Let $a$ and $b$ be numbers. $a b = b a$", "proved"),
    Trap(
        "a quadratic form",
        r"$\mathrm{tr}(A) = 3$ and $\log A = 2$. $$\frac{\partial}{\partial x} x^\top A x = 2 A x$$"
        r"$$\frac{\partial}{\partial x} x^\top A x = (A + A^\top) x$$",
        "refuted refuted conditional proved",
        (r"A \text{ symmetric}",),
    ),
    Trap(
        "a symmetric matrix",
        r"Let $A$ be symmetric. $$\frac{\partial}{\partial x} x^\top A x = 2 A x$$"
        r"$$\frac{\partial}{\partial x} x^\top A x = 3 A x$$",
        "proved refuted",
    ),
    Trap(
        "symmetric, by its components",
        r"Assume $A_{ij} = A_{ji}$. $$\sum_j A_{kj} y_j = \sum_j A_{jk} y_j$$"
        r"$$\sum_j A_{kj} y_j = 1 + \sum_j A_{jk} y_j$$",
        "proved refuted",
    ),
    Trap(
        "symmetric in one sentence",
        r"If $A$ is symmetric, $\sum_j A_{ij} y_j = \sum_j A_{ji} y_j$. In general,"
        r" $\sum_j A_{ij} y_j = \sum_j A_{ji} y_j$.",
        "proved conditional",
        (r"A \text{ symmetric}",),
    ),
    Trap(
        "not symmetric",
        r"$A$ is not symmetric. $A_{ij} y_i y_j = A_{ji} y_i y_j$",
        "conditional",
        (r"i = j",),
    ),
    Trap(
        "a matrix that is not said to be one, in a trace",
        "Let $X$ and $Y$ be matrices.\n\n"
        r"$\mathrm{tr}(X Y) = \mathrm{tr}(Y X)$, $\mathrm{tr}(X Y Z) = \mathrm{tr}(Z Y X)$, "
        r"$\mathrm{tr}(c X) = c \, \mathrm{tr}(X)$",
        "proved unproved proved",
    ),
    Trap(
        "a trace",
        r"$$\mathrm{tr}(A) = \sum_i A_{ii}$$ $$\mathrm{tr}(A^\top) = \mathrm{tr}(A)$$",
        "proved proved",
    ),
)

UNREAD = (
    Trap(
        "a definition that is not read",
        r"Let $q_i = \frac{p_i}{$. Then $\sum_i q_i = 1$.",
        "unread unproved",
    ),
    Trap(
        "a hypothesis that is not read",
        r"Since $\sum_i t_i = {1$ we have $\sum_i t_i x = x$. And $x = 2 x$.",
        "unread unproved refuted",
    ),
    Trap(
        "letters of sizes with roots",
        r"Let $n = \sqrt{\sum_i a_i^2}$, $m = \sqrt{\sum_i b_i^2}$ and"
        r" $c = \frac{\sum_i a_i b_i}{n m}$. "
        r"$$\frac{\partial c}{\partial a_k} = \frac{b_k}{n m} - \frac{c a_k}{n^2}$$"
        r"$$\frac{\partial c}{\partial a_k} = \frac{b_k}{n m} - \frac{c a_k}{n m}$$",
        "proved refuted",
    ),
)

DIFFERENTIALS = (
    Trap(
        "substitution",
        r"Let $u = x^2$, so $du = 2x\,dx$. And $du = x\,dx$.",
        "proved refuted",
    ),
    Trap(
        "of a function of two variables",
        r"Let $L = x^2 y$. $$dL = 2xy\,dx + x^2\,dy$$ $$dL = 2xy\,dx + x\,dy$$",
        "proved refuted",
    ),
    Trap(
        "behind a function",
        r"$x = r \cos\theta$ gives $dx = -r \sin\theta\, d\theta$ and also"
        r" $dx = r \sin\theta\, d\theta$.",
        "proved refuted",
    ),
    Trap(
        "of many variables",
        r"$$L = \log \sum_j e^{z_j}$$"
        r"$$\mathrm{d}L = \sum_k \frac{e^{z_k}}{\sum_j e^{z_j}} \mathrm{d}z_k$$"
        r"$$\mathrm{d}L = \sum_k e^{z_k} \mathrm{d}z_k$$",
        "proved refuted",
    ),
    Trap("of nothing known", r"$$\mathrm{d}L = 2x\, \mathrm{d}x$$", "unproved"),
    Trap(
        "names of gradients",
        r"$z = w x + b$, $dz = a - y$, $dw = x\,dz$, $db = dz$ and $dw = x (a - y)$,"
        r" $dw = x (a + y)$",
        "proved refuted",
    ),
    Trap(
        "by subscripts",
        r"Let $f(x, y) = x^2 y$. Then $f_x = 2xy$, $f_{xy} = 2x$ and $f_y(x, y) = x^2$; and also"
        r" $f_x = 3xy$, $f_{xy} = 2y$ and $f_y(x, y) = x$.",
        "proved proved proved refuted refuted refuted",
    ),
    Trap(
        "the heat equation",
        r"$$u(x, t) = e^{-k^2 t} \sin(k x)$$ $$u_t = u_{xx}$$ $$u_t = 2 u_{xx}$$ $$u_x^2 = u$$",
        "proved refuted refuted",
    ),
    Trap(
        "subscripts that are names",
        r"$$L(x, y) = L_x + L_y$$ where $L_x = x^2$ and $L_y = y^2$."
        r"$$\frac{\partial L}{\partial x} = 2x$$ $$\frac{\partial L}{\partial x} = 2y$$",
        "proved refuted",
    ),
    Trap(
        "by a component of what is not said",
        r"$$L = \log \sum_j e^{z_j}$$ $$\partial_k L = \frac{e^{z_k}}{\sum_j e^{z_j}}$$",
        "unproved",
    ),
)

CHAINS = (
    Trap(
        "a wrong middle and a right end",
        r"$$\frac{d}{dx} x^2 e^x = 2x e^x - x^2 e^x = (2x + x^2) e^x$$",
        "refuted refuted",
    ),
    Trap(
        "two errors that cancel",
        r"$$\frac{d}{dx} e^{-x} = e^{-x} = -e^{-x}$$",
        "refuted refuted",
    ),
    Trap(
        "a right chain",
        r"$$\frac{d}{dx} x^2 e^x = 2x e^x + x^2 e^x = (2x + x^2) e^x$$",
        "proved proved",
    ),
)

HIDDEN = (
    Trap("stackrel", r"$$x + x \stackrel{\text{trust me}}{=} 3 x$$", "refuted"),
    Trap("overset", r"$$x + x \overset{!}{=} 3 x$$", "refuted"),
    Trap("underset", r"$$x + x \underset{(1)}{=} 3 x$$", "refuted"),
    Trap("approx", r"$$x + x \approx 3 x$$", "unproved"),
    Trap("equiv", r"$$x + x \equiv 3 x$$", "refuted"),
    Trap("assignment", r"$$x + x := 3 x$$", "refuted"),
    Trap("proportional", r"$$x + x \propto 3 x$$", "unproved"),
    Trap("by definition", r"$$x + x \triangleq 3 x$$", "refuted"),
    Trap("similar", r"$$x + x \simeq 3 x$$", "unproved"),
    Trap("at most", r"$$x + x \leq 3 x$$", "refuted"),
    Trap("after words", r"$$\text{we have } x + x = 3 x \text{ as is known}$$", "refuted"),
    Trap("in words", r"$$x + x \text{ equals } 3 x$$", "refuted"),
    Trap("in more words", r"$$x + x \text{, which is equal to } 3 x$$", "refuted"),
    Trap("in a text", r"$$x \text{, and L equals zero}$$", "unread"),
    Trap(
        "after a word", r"$$\text{Here } L = x^2$$ $$\text{Now } L \text{ equals } x^3$$", "refuted"
    ),
    Trap(
        "between formulas", r"Let $L = x^3$. Note that $\frac{dL}{dx}$ equals $2 x^2$.", "refuted"
    ),
    Trap(
        "between formulas, and true",
        r"Let $L$ be equal to $x^3$. So $\frac{dL}{dx}$ is equal to $3 x^2$.",
        "proved",
    ),
    Trap("words of something else", r"The slope of $x^2$ at $x$ equals $2x$.", ""),
    Trap("letters in words", r"When $i$ equals $j$, $\delta_{ij}$ equals $1$.", "proved"),
    Trap("in a table", "| a | b |\n|---|---|\n| $x + x = 3x$ | fine |\n", "refuted"),
    Trap("in a list", "- one\n- $x + x = 3x$\n", "refuted"),
    Trap("in a quotation", "> $x + x = 3x$\n", "refuted"),
    Trap("in a heading", "# Why $x + x = 3x$\n", "refuted"),
    Trap("in emphasis", "That **$x + x = 3x$** is known.\n", "refuted"),
    Trap("in brackets", "That (as $x + x = 3x$) is known.\n", "refuted"),
)

# what a name becomes further down, and what it is where it stands
LATER = (
    Trap(
        "a minimum that is found afterwards",
        r"$$S = \sum_{i=1}^n (y_i - a - b x_i)^2$$"
        r"$$\frac{\partial S}{\partial b} = -2 \sum_{i=1}^n x_i (y_i - a - b x_i)$$"
        r"$$\frac{\partial S}{\partial b} = -3 \sum_{i=1}^n x_i (y_i - a - b x_i)$$"
        "\n\nThe other equation is solved by\n\n$$a = m - b k$$",
        "unproved refuted",
    ),
    Trap(
        "explained at once",
        "$$L = y^2 + z$$\n\n$$\\frac{\\partial L}{\\partial z} = 1$$\n\nwhere $y = 3 z$.",
        "refuted",
    ),
    Trap(
        "used before it is defined",
        LOSS.replace(SOFTMAX, "")
        + r"Since $\sum_i t_i = 1$, $$\frac{\partial L}{\partial z_k} = y_k - t_k$$"
        r"$$\frac{\partial L}{\partial z_k} = t_k - y_k$$" + "\n\nThe softmax is " + SOFTMAX,
        "proved refuted",
    ),
)

NUMBERS = (
    Trap(
        "worked out with a number",
        r"For $x = 3$: $s = \frac{1}{1+e^{-x}} = 0.9526$. And $\frac{1}{1+e^{-x}} = 0.9562$.",
        "proved refuted",
    ),
    Trap(
        "a number by definition",
        r"Let $x = 3$. $$\sqrt{x} = 1.73$$ $$\sqrt{x} \approx 1.73$$ $$\sqrt{x} \approx 1.74$$",
        "proved proved refuted",
    ),
    Trap(
        "of data that is not given",
        r"$\frac{\sin x}{x} \approx 1$ and $e^x \approx 0.5$ and $\sin x = 0.5$",
        "unproved unproved refuted",
    ),
    Trap("two values", r"For $x = 3$ and $x = 4$: $x^2 \approx 9$.", "unproved"),
    Trap("a sum of unknown length", r"$$\sum_i 0.5 = 0.5$$", "refuted"),
    Trap(
        "a vector of numbers",
        SOFTMAX + "For example, let $z = (1, 2, 3)$. Then $y_1 = 0.0900$, $y_2 = 0.2447$,"
        " $y_3 = 0.6552$.\n\n$$\\sum_i z_i = 6$$\n\n$$z_1 + z_2 = 5$$",
        "proved proved refuted proved refuted",
    ),
    Trap(
        "all its components at once",
        SOFTMAX + "With $z = (1, 2, 3)$ we get $y = (0.0900, 0.2447, 0.6652)$,"
        " and also $y = (0.0900, 0.2447, 0.6752)$.",
        "proved refuted",
    ),
    Trap(
        "a matrix and a vector",
        r"Let $W = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$, $x = (1, -1)$ and"
        r" $y_i = \sum_j W_{ij} x_j$. $$y_2 = -1$$ $$y_2 = 1$$",
        "proved refuted",
    ),
    Trap(
        "component by component",
        "Let $z_1 = 1$ and $z_2 = 2$. " + SOFTMAX + "$$y_1 = 0.2689$$\n\n$$y_1 = 0.7311$$",
        "proved refuted",
    ),
    Trap(
        "worked out in later sentences",
        r"Inputs $x_1 = 0.05$, $x_2 = 0.1$, weights $w_1 = 0.15$, $w_2 = 0.2$. Then $a = w_1 x_1 +"
        r" w_2 x_2 = 0.0275$ and $w_1 x_1 = 0.0065$.",
        "proved refuted",
    ),
    Trap(
        "rows of a table, each with its number",
        "| x | square |\n|---|---|\n| $x = 2$ | $x^2 = 4$ |\n| $x = 3$ | $x^2 = 8$ |\n",
        "proved refuted",
    ),
    Trap(
        "only some of the data is given",
        r"Take $x = 2$. Then $x y = 6$. If $y = 3$ then $x y = 6$. In general, $x^2 = 4$.",
        "unproved proved refuted",
    ),
    Trap(
        "two letters that may be one name",
        r"$$H = -\sum_i p_i \log p_i$$ $$PP = e^H$$ $$\log PP = H$$",
        "unproved unproved",
    ),
    Trap(
        "true of the example, not in general",
        r"For example, $t = (0, 1)$. $$\sum_i t_i z_i = z_2$$ $$\sum_i t_i z_i = z_1$$",
        "unproved refuted",
    ),
    Trap(
        "true in general, after an example",
        SOFTMAX + r"For example, $z = (1, 2)$. $$\sum_i y_i = 1$$"
        r"$$\frac{\partial y_i}{\partial z_k} = y_i (\delta_{ik} - y_k)$$"
        r"$$\frac{\partial y_i}{\partial z_k} = y_i (\delta_{ik} + y_k)$$",
        "proved proved refuted",
    ),
)

TRAPS = (
    *LATER,
    *NUMBERS,
    *ROOTS_AND_LOGARITHMS,
    *ZEROS,
    *SUMS,
    *HYPOTHESES,
    *DERIVATIVES,
    *PRIMED,
    *UNREAD,
    *ARRAYS,
    *VALUES,
    *DIFFERENTIALS,
    *CHAINS,
    *HIDDEN,
)


@pytest.mark.parametrize("trap", TRAPS, ids=str)
def test_trap(trap: Trap) -> None:
    report = derive.check(trap.text, format="markdown")
    found = []
    for judgement in report.judgements:
        if judgement.verdict is not None:
            found.append(judgement.verdict.outcome)
        elif judgement.statement.kind == "unread":
            found.append("unread")
    assert " ".join(found) == trap.verdicts
    missing = {h.source for j in report.claims if j.verdict for h in j.verdict.missing}
    assert missing == set(trap.missing)


def test_conditions_are_printed() -> None:
    report = derive.check(r"$\log(a b) = \log a + \log b$ and $\frac{x}{x} = 1$", format="markdown")
    first, second = (judgement.verdict for judgement in report.claims)
    assert first is not None
    assert second is not None
    assert {"a > 0", "b > 0"} <= set(first.conditions)
    assert second.conditions == (r"x \neq 0",)


def test_hypotheses_without_a_model_are_named_as_the_reason() -> None:
    text = r"Assume $\sum_i t_i = 1$ and $\sum_i t_i = 2$. Then $\sum_i 3 t_i = 3$."
    (judgement,) = derive.check(text, format="markdown").claims
    assert judgement.verdict is not None
    assert "contradict" in judgement.verdict.message


@pytest.mark.parametrize("letter", "zipqr")
def test_the_name_of_a_bound_letter_does_not_matter(letter: str) -> None:
    text = rf"$$L = \log \sum_{letter} e^{{x_{letter}}}$$ $$\frac{{\partial L}}{{\partial x_i}} = "
    right = rf"\frac{{e^{{x_i}}}}{{\sum_{letter} e^{{x_{letter}}}}}$$"
    wrong = r"1$$"
    for end, outcome in ((right, "proved"), (wrong, "refuted")):
        (judgement,) = derive.check(text + end, format="markdown").claims
        assert judgement.verdict is not None
        assert judgement.verdict.outcome == outcome


SIZES = (
    Trap(
        "N = 2",
        r"Let $N = 2$. Then $$\sum_{i=1}^N x_i = x_1 + x_2$$ and $$\sum_{i=1}^N x_i = x_1$$",
        "proved refuted",
    ),
    Trap(
        "N >= 2",
        r"$$L = \sum_{j=1}^N x_j$$ Let $N \geq 2$. $$\sum_{j=2}^N 1 = 0$$",
        "refuted",
    ),
)

RECURRENCES = (
    Trap(
        "a recurrence",
        r"$$h_t = \tanh(w h_{t-1} + x_t)$$ $$\frac{\partial h_t}{\partial w} = (1 - h_t^2)"
        r" \left( h_{t-1} + w \frac{\partial h_{t-1}}{\partial w} \right)$$",
        "proved",
    ),
    Trap(
        "a recurrence, its past forgotten",
        r"$$h_t = \tanh(w h_{t-1} + x_t)$$"
        r"$$\frac{\partial h_t}{\partial w} = (1 - h_t^2) h_{t-1}$$",
        "conditional",
        (r"h_{t - 1} \text{ held fixed}",),
    ),
    Trap(
        "two steps of a recurrence",
        r"$$h_t = w h_{t-1} + x_t$$ $$h_t = w (w h_{t-2} + x_{t-1}) + x_t$$"
        r"$$h_t = w (w h_{t-2} + x_{t-2}) + x_t$$",
        "unproved refuted",
    ),
)

LETTERS = r"Let $a_k = 2 a_{k-1}$." + "\n\n"
PROPORTIONAL = r"Let $p_i \propto e^{-b E_i}$ with $Z = \sum_j e^{-b E_j}$." + "\n\n"
LIKELIHOOD = r"Let $\ell = -n \log s - \frac{1}{s} \sum_{i=1}^n x_i$." + "\n\n"

SEQUENCES = (
    # The k of a_k is one place, and a number in 2^k: nothing is claimed of numbers so read.
    Trap("a power of the place", LETTERS + r"$$a_k = 2^{k-1} a_1$$", "unproved"),
    Trap(
        "a recurrence, one step on", LETTERS + r"$2^k > 1$ $$a_{k+1} = 2 a_k$$", "unproved proved"
    ),
    Trap("and a wrong one", LETTERS + r"$2^k > 1$ $$a_{k+1} - a_k = 2 a_k$$", "unproved refuted"),
    Trap(
        "places that are told apart by a shift",
        r"Let $a_n = a_{n-1} + a_{n-2}$, $a_1 = 1$ and $a_2 = 1$."
        r"$$a_{n+1} a_{n-1} - a_n^2 = (-1)^n$$ $$a_n + 1 = a_{n-1}$$",
        "unproved unproved unproved refuted",
    ),
)

PRODUCTS = (
    Trap(
        "two products over one letter",
        r"$$\prod_{i=1}^n x_i y_i = \prod_{i=1}^n x_i \prod_{i=1}^n y_i$$"
        r"$$\prod_{i=1}^n x_i y_i = \prod_{i=1}^n x_i + \prod_{i=1}^n y_i$$",
        "proved refuted",
    ),
    Trap(
        "where a product ends",
        r"$$\prod_i x_i y_i = \prod_i x_i \prod_j y_j$$ $$\prod_i x_i \cdot c = c \prod_i x_i$$"
        r"$$\prod_i x_i \sum_j y_j = \sum_j y_j \prod_i x_i$$"
        r"$$\max_i x_i \cdot c = c \max_i x_i$$",
        "unproved unproved unproved unproved",
    ),
    Trap(
        "where a product ends does not matter",
        r"$$\prod_i x_i \prod_j y_j = \prod_i x_i$$"
        r"$$\prod_{i=1}^n x_i c = c^{n+1} \prod_{i=1}^n x_i$$",
        "refuted refuted",
    ),
)

UNSAID = (
    Trap(
        "proportional",
        PROPORTIONAL + r"$$\frac{p_i}{p_j} = e^{b (E_j - E_i)}$$ $$\log p_i = - b E_i - \log Z$$"
        r"$$\frac{\partial \log Z}{\partial b} = - \sum_i p_i E_i$$",
        "unproved unproved unproved",
    ),
    Trap(
        "proportional, and then defined",
        r"Let $p_i \propto e^{z_i}$, so that $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$"
        r"$$\log p_i = z_i - \log \sum_j e^{z_j}$$ $$\log p_i = z_i$$",
        "unproved proved refuted",
    ),
    Trap("what is left", LIKELIHOOD + r"$$\ell = -\frac{1}{s} \sum_{i=1}^n x_i + C$$", "unproved"),
    Trap("of a logarithm", r"Let $f = 3 x^2$. Then $\log f = 2 \log x + C$.", "unproved"),
    Trap(
        "no constant",
        LIKELIHOOD + r"$$\ell = -\frac{1}{s} \sum_{i=1}^n x_i + s$$ $$\ell = n \log s + C$$",
        "conditional unproved",
        (r"\text{line 3 defines ℓ anew}",),
    ),
)


@pytest.mark.parametrize("trap", [*SEQUENCES, *PRODUCTS, *UNSAID], ids=str)
def test_trap_of_places_products_and_what_is_unsaid(trap: Trap) -> None:
    test_trap(trap)


@pytest.mark.parametrize("trap", [*SIZES, *RECURRENCES], ids=str)
def test_trap_of_sizes_and_recurrences(trap: Trap) -> None:
    test_trap(trap)


PARTIAL = r"Let $s_k = \sum_{i=1}^k x_i$." + "\n\n"
PARTIAL_SUMS = (
    # What holds of each partial sum is not said of the whole, nor refuted by it.
    Trap("a partial sum, one step on", PARTIAL + "$$s_k - s_{k-1} = x_k$$", "unproved"),
    Trap(
        "the first of partial sums",
        PARTIAL + "$$s_1 = x_1$$ $$s_3 = x_1 + x_2 + x_3$$",
        "unproved unproved",
    ),
    Trap("partial sums, wrong", PARTIAL + "$$s_1 = x_1$$ $$s_k = s_{k-1}$$", "unproved unproved"),
    Trap(
        "a running mean",
        r"Let $m_n = \frac1n \sum_{i=1}^n x_i$. $$m_{n+1} = m_n + \frac{x_{n+1} - m_n}{n + 1}$$",
        "unproved",
    ),
    # A whole sum may be called by its number of terms.
    Trap(
        "a whole sum",
        r"Let $s_n = \sum_{i=1}^n x_i$. $$\frac{\partial s_n}{\partial x_i} = 1$$"
        r"$$s_n = 2 \sum_i x_i$$",
        "proved conditional",
        (r"\text{line 1 defines sₙ anew}",),
    ),
)


@pytest.mark.parametrize("trap", PARTIAL_SUMS, ids=str)
def test_trap_of_partial_sums(trap: Trap) -> None:
    test_trap(trap)
