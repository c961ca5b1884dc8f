"""Attempts to have something false proved: each document ends with a false claim, or hides one.

What is listed are the verdicts on all claims in order, "unread" for what was not understood; the
last is never "proved".
"""

from __future__ import annotations

import pytest

import derive

SOFTMAX = r"$$y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$" + "\n\n"
LOSS = SOFTMAX + r"$$L = -\sum_i t_i \log y_i$$" + "\n\n"

# bound letters, captured and leaked
LETTERS = (
    (r"$$f_i = \sum_j x_j$$ $$\sum_j f_j = f_j$$", "refuted"),
    (SOFTMAX + r"$$\sum_i y_i z_i = z_i$$", "refuted"),
    (r"$$a_k = \sum_i b_{ik}$$ $$\sum_i a_i = \sum_i b_{ii}$$", "refuted"),
    (r"$$a_i = \sum_j b_{ij}$$ $$a_j = \sum_j b_{jj}$$", "refuted"),
    (r"$$g(x) = \sum_i x z_i$$ $$\sum_i g(z_i) = \sum_i z_i^2$$", "refuted"),
    (r"$$g(x) = \sum_i x w_i$$ $$g(z_i) = \sum_i z_i w_i$$", "refuted"),
    (r"$$S = \sum_i x_i$$ $$\sum_i x_i S = \sum_i x_i x_i$$", "refuted"),
    (r"$$f(u) = \sum_k u^k$$ $$f(k) = \sum_k k^k$$", "unproved"),
    (r"$$m_i = \frac{1}{N}\sum_{i=1}^N x_i$$ $$m_1 = x_1$$", "refuted"),
    (r"$$c_{ij} = x_i y_j$$ $$c_{ji} = x_i y_j$$", "conditional"),
    (r"$$c_{ij} = x_i y_j$$ $$\sum_i c_{ii} = \sum_i x_i \sum_i y_i$$", "refuted"),
    (r"$$h(i) = x_i$$ $$h(j) = x_i$$", "unproved"),
    (r"$$A_i = \sum_{j \neq i} x_j$$ $$A_j = \sum_{j \neq i} x_j$$", "conditional"),
    (r"$$A_i = \sum_{j \neq i} x_j$$ $$\sum_j A_j = 0$$", "refuted"),
    (r"$$\sum_i \left( x_i - \frac{1}{N}\sum_i x_i \right)^2 = 0$$", "refuted"),
    (r"$$\sum_i x_i \sum_i y_i = \sum_i x_i y_i$$", "refuted"),
)

# data used as an index
LABELS = (
    (
        r"Let $c$ be the label of the example. $$t_i = \delta_{ic}$$ $$t_i = \delta_{ij}$$",
        "conditional",
    ),
    (r"$$L = -\log p_{y}$$ $$\frac{\partial L}{\partial p_k} = -\frac{1}{p_k}$$", "conditional"),
    (
        r"$$L = -\frac1M \sum_{n=1}^M \log p_{n, y_n}$$ $$\frac{\partial L}{\partial p_{nk}} = -\frac{1}{M p_{nk}}$$",
        "refuted",
    ),
    (
        r"$$L = -\frac1M \sum_{n=1}^M \log p_{n, y_n}$$ $$\frac{\partial L}{\partial p_{n k}} = -\frac{1}{M p_{nk}} \delta_{k y_m}$$",
        "conditional",
    ),
    (r"$$\sum_n x_{y_n} = \sum_n x_n$$", "refuted"),
    (r"$$\sum_i \delta_{i c} x_i = x_i$$", "conditional"),
)

# the first and the last position
ENDS = (
    (r"$$\sum_{i=1}^{N} (x_{i} - x_{i-1}) = x_N - x_1$$", "refuted"),
    (r"$$\sum_{i=2}^{N} (x_{i} - x_{i-1}) = x_N$$", "refuted"),
    (r"$$\sum_{i=1}^{N} x_{i+1} = \sum_{i=1}^N x_i$$", "refuted"),
    (r"$$\sum_{i=1}^{N-1} x_i = \sum_{i=2}^{N} x_i$$", "refuted"),
    (r"$$\sum_{i=1}^{N-1} 1 = N$$", "refuted"),
    (r"$$\sum_{i=0}^{N} 1 = N$$", "refuted"),
    (r"$$\sum_{i=2}^{N-1} 1 = N-1$$", "refuted"),
    (r"$$\sum_{i=1}^{N-1} x_{i+1} = \sum_{i=1}^{N} x_i$$", "refuted"),
    (r"$$\sum_{i=2}^{N-1} 1 = N-2$$", "conditional"),  # on N >= 2
    (r"$$\sum_{t=1}^{T} h_{t-1} = \sum_{t=1}^T h_t$$", "refuted"),
    (r"$$h_t = a h_{t-1}$$ $$h_1 = h_2$$", "unproved"),
    (r"$$\sum_{i=3}^{N} 1 = N-2$$", "unproved"),
    (r"$$\sum_{i=1}^{N} i = N$$", "unproved"),
    (r"$$\sum_{i=1}^{N} i = \frac{N(N+1)}{3}$$", "unproved"),
    (r"$$\sum_{i=1}^{2N} x_i = 2\sum_{i=1}^{N} x_i$$", "unproved"),
    (r"$$\sum_{i=N}^{1} x_i = \sum_{i=1}^{N} x_i$$", "unproved"),
)

# sums over nothing, at N = 1
EMPTY = (
    (r"$$\frac{\sum_{j\neq k} x_j}{\sum_{j \neq k} x_j} = 0$$", "refuted"),
    (r"$$\sum_{j \neq k} \frac{1}{N-1} = 1$$", "conditional"),
    (r"$$\sum_{j \neq k} 1 = N$$", "refuted"),
    (r"$$\sum_{j \neq k} e^{z_j} = e^{z_k} \frac{1}{y_k}$$", "refuted"),
    (r"$$\prod_{j \neq k} x_j = \frac{\prod_j x_j}{x_j}$$", "conditional"),
    (r"$$\max_{j\neq k} x_j = \max_j x_j$$", "refuted"),
    (r"$$\sum_{j \neq k} x_j = x_k$$", "refuted"),
    (r"$$\sum_{j<k} x_j = \sum_{j \neq k} x_j$$", "unproved"),
    (r"$$\sum_{j \neq i, j \neq k} 1 = N - 2$$", "conditional"),
    (r"$$\sum_{j \neq i,k} x_j = \sum_j x_j - x_i - x_k$$", "conditional"),
)

# zeros, roots, signs
NUMBERS = (
    (r"$$0^0 = 2$$", "refuted"),
    (r"$$x^0 = 0$$", "refuted"),
    (r"$$\frac{x^2}{x} = 0$$", "refuted"),
    (r"$$(x-x)^0 = 0$$", "refuted"),
    (r"Let $x = 0$. $$\frac{x}{x} = 1$$", "unproved"),
    (r"Let $x = 0$. $$\frac{2x}{x} = 3$$", "unproved"),
    (r"Let $a = b$. $$\frac{a^2 - b^2}{a - b} = b$$", "unproved"),
    (r"Let $a = b$. Then $$\frac{1}{a-b} = 2$$", "unproved"),
    (r"$$\frac{0}{x} = 1$$", "refuted"),
    (r"$$\log 0 = 1$$", "unproved"),
    (r"$$\frac{1}{0} = \frac{2}{0}$$", "unproved"),
    (r"$$\sqrt{-1} = 1$$", "unproved"),
    (r"$$(-1)^{1/2} (-1)^{1/2} = 1$$", "unproved"),
    (r"$$\sqrt{x}\sqrt{x} = |x| + 1$$", "refuted"),
    (r"$$(x^2)^{1/2} = x$$", "conditional"),
    (r"$$((-2)^2)^{1/2} = -2$$", "refuted"),
    (r"$$(x^4)^{1/4} = x$$", "conditional"),
    (r"$$x^{2/2} = |x|$$", "conditional"),
    (r"$$(-8)^{1/3} = 2$$", "unproved"),
    (r"$$e^{\log x} = |x| + 1$$", "refuted"),
    (r"$$\log e^{x} = |x|$$", "conditional"),
    (r"$$\log(x^2) = 2 \log(-x) + 1$$", "refuted"),
    (r"$$\sqrt{x^2 y^2} = x y$$", "refuted"),
    (r"$$|x + y| = |x| + |y|$$", "refuted"),
    (r"$$|x|^2 = -x^2$$", "refuted"),
    (r"$$\sqrt{x^2 + 2x + 1} = x + 1$$", "refuted"),
    (r"$$\frac{\partial}{\partial x} |x| = 1$$", "conditional"),
    (r"$$\frac{d}{dx} \sqrt{x^2} = 1$$", "conditional"),
    (r"$$\log(x y) = \log x \log y$$", "refuted"),
    (r"$$x^{a+b} = x^a + x^b$$", "refuted"),
    (r"$$(a b)^c = a^c b$$", "refuted"),
    (r"$$x^{a b} = x^a x^b$$", "refuted"),
    (r"$$(-x)^a = x^a$$", "refuted"),
    (r"$$\log(\sum_i x_i) = \sum_i \log x_i$$", "refuted"),
)

# hypotheses, and what does not follow from them
SUPPOSED = (
    (
        r"Since $\sum_i t_i = 1$: $$\frac{\partial}{\partial t_k} \left(\sum_i t_i\right)^2 = 0$$",
        "refuted",
    ),
    (r"Since $x = 1$: $$\frac{d}{dx} x^2 = 0$$", "refuted"),
    (r"Let $x = y^2$. $$\frac{\partial}{\partial y} x = 0$$", "refuted"),
    (r"Assume $a = b$. $$\frac{\partial}{\partial a} (a - b) = 0$$", "refuted"),
    (r"Assume $a = b$. $$\frac{\partial}{\partial a} (a b) = 2 b$$", "refuted"),
    (r"Assume $x_i = 1$. $$\frac{\partial}{\partial x_k} \sum_i x_i^2 = 0$$", "refuted"),
    (r"Assume $t$ is one-hot. $$\frac{\partial}{\partial t_k} \sum_i t_i^2 = 1$$", "refuted"),
    (r"Assume $t$ is one-hot. $$\frac{\partial}{\partial t_k} \sum_i t_i^2 = 0$$", "refuted"),
    (r"Assume $w = 0$. $$\frac{\partial}{\partial w} (w x) = 0$$", "refuted"),
    (SOFTMAX + r"Since $y_i = 1$, $$\frac{\partial y_i}{\partial z_i} = 0$$", "refuted refuted"),
    (r"Let $y = x^2$. Assume $y = 4$. $$\frac{dy}{dx} = 0$$", "refuted"),
    (r"Assume $x > 0$. $$\sqrt{y^2} = y$$", "conditional"),
    (
        r"Case 1: $i = j$. $$\delta_{ij} = 1$$ Case 2: $i \neq j$. $$\delta_{ij} = 1$$",
        "proved refuted",
    ),
    ("For $i = j$: $$\\delta_{ij} = 1$$ \n\n# Next\n\n$$\\delta_{ij} = 1$$", "proved conditional"),
    (r"Suppose $x = 0$. $$x y = z$$", "refuted"),
    (r"Let $x \geq 0$. $$\sqrt{x^2} = -x$$", "refuted"),
    (r"If $x > 0$ then $|x| = x$. $$|x| = x$$", "proved conditional"),
    (r"Assume $\sum_i t_i = 1$. $$\sum_j t_{ij} = 1$$", "unproved"),
    (r"Assume $\sum_i t_i = 1$. $$\sum_i t_i^2 = 1$$", "conditional"),
)

# definitions and derivatives
NAMES = (
    (r"$$f(x) = x^2$$ $$g(x) = f(x+1)$$ $$g(x) = x^2 + 1$$", "refuted"),
    (r"$$f(x) = a x$$ $$a = x^2$$ $$f(2) = 8$$", "unproved"),  # or a is held
    (r"$$f(x) = x + y$$ $$f(y) = 2x$$", "refuted"),
    (r"$$f(x, y) = x - y$$ $$f(y, x) = x - y$$", "refuted"),
    (r"$$u = x^2$$ $$v = u + x$$ $$\frac{\partial v}{\partial x} = 1$$", "refuted"),
    (r"$$f(x)=x^2$$ $$\frac{d}{dx} f(2x) = 4x$$", "refuted"),
    (r"$$f(x)=x^2$$ $$f'(2x) = 8x$$", "refuted"),
    (r"$$u = x y$$ $$y = x$$ $$\frac{\partial u}{\partial x} = 3 x$$", "refuted"),
    (r"$$z = w x + b$$ $$a = \sigma(z)$$ $$\frac{\partial a}{\partial w} = x$$", "refuted"),
    (r"$$f = x$$ $$f = x + 1$$", "refuted"),
    (r"$$f(x) = x$$ $$f(x) = x + 1$$", "refuted"),
    (r"$$x_i = i$$ $$x_i = 1$$", "refuted"),
    (r"$$y = x^2$$ $$\frac{\partial (x y)}{\partial y} = 0$$", "refuted"),
    (SOFTMAX + r"$$\frac{\partial y_i}{\partial z_i} = y_i$$", "refuted"),
    (SOFTMAX + r"$$\frac{\partial y_i}{\partial z_j} = y_i(1 - y_j)$$", "conditional"),
    (
        LOSS
        + r"$$\frac{\partial L}{\partial z_i} = \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial z_i}$$",
        "conditional",
    ),
    (
        LOSS
        + r"$$\frac{\partial L}{\partial z_i} = \sum_i \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial z_i}$$",
        "refuted",
    ),
    (r"$$\frac{d}{dx} f(g(x)) = f'(x) g'(x)$$", "refuted"),
    (r"$$\frac{d}{dx} f(g(x)) = f'(g(x))$$", "refuted"),
    (r"$$\frac{d}{dx}\frac{f(x)}{g(x)} = \frac{f'(x)}{g'(x)}$$", "refuted"),
    (r"$$\frac{\partial^2}{\partial x \partial y} x^2 y = 2 x y$$", "refuted"),
    (r"$$\frac{d^2 x^3}{dx^2} = 3 x^2$$", "refuted"),
    (r"$$\left(\frac{d x^3}{dx}\right)^2 = 6x$$", "refuted"),
    (r"$$\frac{\partial}{\partial x_i} \sum_i x_i = N$$", "refuted"),
    (r"$$\frac{\partial}{\partial x_i} \sum_i x_i^2 = 2 \sum_i x_i$$", "refuted"),
    (r"$$\frac{\partial x_i}{\partial x_j} = 1$$", "conditional"),
    (r"$$\frac{\partial x_i}{\partial x_j} = 0$$", "conditional"),
    (r"$$\sum_j \frac{\partial x_i}{\partial x_j} = N$$", "refuted"),
    (r"$$\frac{\partial}{\partial x} x y = x$$", "refuted"),
    (r"$$\frac{d}{dx} e^{2x} = e^{2x}$$", "refuted"),
    (r"$$\frac{d}{dx} 2^x = 2^x$$", "refuted"),
    (r"$$\frac{d}{dx} x^n = n x^n$$", "refuted"),
    (r"$$\frac{d}{dx} \log_2 x = \frac1x$$", "refuted"),
    (r"$$\frac{d}{dx} \sin x = -\cos x$$", "refuted"),
    (r"$$\frac{d}{dx} \log x^2 = \frac1x$$", "refuted"),
)

# a step hidden from the checker
HIDDEN = (
    (r"$x = x \phantom{+ 1} $ $x \phantom{= x} = x + 1$", "proved refuted"),
    (r"$$x = \phantom{x} 3$$ $$x + x = \phantom{2} x$$", "refuted"),
    (r"$$x + x = {\color{white} 3} x$$", "refuted"),
    (r"$$x + x \color{white}{= 3x}$$", "refuted"),
    (r"$x + x = \textcolor{white}{3} x$", "refuted"),
    (r"A note\footnote{As $x + x = 3x$.} here.", "refuted"),
    (r"<!-- $x + x = 2x$ --> $x + x = 3x$", "refuted"),
    ("| a | b |\n|---|---|\n| 1 | $x+x=3x$ |\n", "refuted"),
    (r"$$\begin{array}{cc} x + x & = 3 x \end{array}$$", "refuted"),
    (r"\begin{align} x + x &= 2x \\ &= 3x \end{align}", "proved refuted"),
    (r"\begin{align*} x + x &= 2x \nonumber \\ &= 3x \nonumber \end{align*}", "proved refuted"),
    (r"$$x + x \mathrel{\overset{\text{def}}{=}} 3x$$", "refuted"),
    (r"$$x + x \mathrel{=} 3x$$", "refuted"),
    (r"$$x + x \,=\, 3x$$", "refuted"),
    (r"$$x + x \cancel{=} 3x$$", "refuted"),
    (r"$$\cancel{x} + x = 0$$", "refuted"),
    (r"$$\frac{\cancel{x} y}{\cancel{x} z} = \frac{z}{y}$$", "refuted"),
    (r"$$x + x \; \text{which is} = 3x$$", "refuted"),
    (r"$$\tiny{x + x = 3x}$$", "refuted"),
    ("$$\nx + x = % 2x\n3x\n$$", "refuted"),
    (r"$$\boxed{x + x = 3x}$$", "refuted"),
    (r"$$2x = x + x = \ldots = 3x$$", "proved unproved unproved"),
    (r"$$x + x \implies 3x$$ $$x + x = 3x$$", "refuted"),
    (r"$$x = y \implies x + x = 3y$$", "refuted"),
    (r"$$x + x \hspace{10cm} = 3x$$", "refuted"),
    (r"$$x + x = \mathbf{3} x$$", "unproved"),
    (r"$$x + x = \mathbb{3} x$$", "refuted"),
    (r"$$x + x ＝ 3 x$$", "refuted"),
    (r"$$x + x ≡ 3x$$", "refuted"),
    ("$x + x = 3x$\u200b", "refuted"),
    ("$x + x =\u20623x$", "refuted"),
    (r"~~$x + x = 3x$~~", "unproved"),
    (r"<span style='display:none'>$x + x = 3x$</span>", "refuted"),
    (r"<details>$x+x=3x$</details>", "refuted"),
    ("```math\nx + x = 3x\n```", "refuted"),
    ("```latex\nx + x = 3x\n```\n$x+x = 3x$", "refuted"),
    (r"`$x + x = 3x$` and $x + x = 3x$", "refuted"),
    (r"[$x + x = 3x$](http://a)", "refuted"),
    (r"![$x + x = 3x$](a.png) $x+x=3x$", "refuted refuted"),
    ("Term\n: $x + x = 3x$\n", "refuted"),
)

# names that look alike, notation
LOOKALIKES = (
    (r"$x - х = 0$", "unproved"),
    (r"$ν - v = 0$", "unproved"),
    (r"$\nu - v = 0$", "unproved"),
    (r"$Α - A = 0$", "unproved"),
    (r"$𝑥 - x = 1$", "refuted"),
    (r"$\mathbf{x} - x = 0$", "unproved"),
    (r"$\hat{x} - x = 0$", "unproved"),
    (r"$\bar x = x + 0$ $\bar{x} - \hat{x} = 0$", "unproved"),
    (r"$l - 1 = 0$", "refuted"),
    (r"$O - 0 = 0$", "refuted"),
    (r"$ı - i = 0$", "unproved"),
    (r"$\epsilon - \varepsilon = 0$", "unproved"),
    (r"$\phi - \varphi = 0$", "unproved"),
    (r"$x' - x = 0$", "unproved"),
    (r"$x_{1} - x_{l} = 0$", "refuted"),
    (r"$x_{\mathrm{i}} - x_{\mathrm{j}} = 0$", "conditional"),
    (r"$x² = 2x$", "refuted"),
    (r"$x₁ - x₂ = 0$", "unproved"),
    (r"$ñ - n = 0$", "unproved"),
    (r"$x̂ - x = 0$", "unproved"),
    (r"$X - x = 0$", "unproved"),
    (r"$\mathcal{L} - L = 0$", "unproved"),
    (r"$x^{(1)} - x^{(2)} = 0$", "unproved"),
    (r"$x^{*} - x = 0$", "unproved"),
    (r"$x^{\top} x - x x^{\top} = 0$", "refuted"),
    (r"$p^2_i - p_i = 0$", "refuted"),
    (r"$p_{12} - p_{1,2} + 1 = 0$", "unproved"),
    (r"$p_{ij} = p_{ji}$", "conditional"),
    (r"$x−х=1$", "unproved"),
    (r"$\Delta x - \delta x = 0$", "unproved"),
    (r"$dx - d x = 1$", "unproved"),
    (r"$\mathrm{d}x - \mathrm{d} y = 0$", "unproved"),
    (r"$\log x - \log y= 0$", "refuted"),
    (r"$\ln x - \lg x = 0$", "refuted"),
    (r"$\log_{10} x = \ln x$", "refuted"),
    (r"$\arg x - x = 0$", "unproved"),
    (r"$\sin^{-1} x = \frac{1}{\sin x}$", "unproved"),
    (r"$\sin^2 x = \sin x^2$", "refuted"),
    (r"$\log^2 x = \log x^2$", "refuted"),
    (r"$\exp x y = y \exp x$", "unproved"),
    (r"$\sin x y = y \sin x$", "unproved"),
    (r"$e^x y = e^{xy}$", "refuted"),
    (r"$2^3 = 6$", "refuted"),
    (r"$23 = 2 \cdot 3$", "refuted"),
    (r"$2 3 = 23$", "unread"),
    (r"$1/2x = x/2 + 1$", "refuted"),
    (r"$x! = x$", "unproved"),
)

# where a hypothesis holds
SCOPES = (
    (
        "## A\n\nLet $i = j$. $$\\delta_{ij} = 1$$\n\n## B\n\n$$\\delta_{ij} = 1$$",
        "proved conditional",
    ),
    (
        "Case 1: $i = j$.\n\n$$\\delta_{ij} = 1$$\n\nCase 2: $i \\neq j$.\n\n$$\\delta_{ij} = 1$$",
        "proved refuted",
    ),
    ("**Case $x > 0$.** $|x| = x$.\n\n**Case $x < 0$.** $|x| = x$.", "proved refuted"),
    ("- If $x > 0$: $|x| = x$.\n- If $x < 0$: $|x| = x$.", "proved refuted"),
    (r"If $x = 1$ then $x^2 = 1$. So $x^2 = 1$.", "proved unproved"),
    (
        r"$$\delta_{ij} = \begin{cases} 1 & i = j \\ 0 & i \neq j \end{cases}$$ $$\delta_{ij} = 1$$",
        "proved proved conditional",
    ),
    (r"$$f(x) = \begin{cases} x & x > 0 \\ 0 & x \leq 0 \end{cases}$$ $$f(x) = x$$", "conditional"),
    (r"Let $x > 0$. Let $y = -x$. $$|y| = y$$", "refuted"),
    (r"Do not assume $x > 0$. $$|x| = x$$", "unread conditional"),
    (r"We cannot assume that $x > 0$. $$|x| = x$$", "unread conditional"),
    (r"Unless $x < 0$, $|x| = x$. $$|x| = x$$", "proved conditional"),
    (r"It would be wrong to assume $\sum_i t_i = 1$. $$\sum_i t_i x = x$$", "unread conditional"),
    (r"If we had $\sum_i t_i = 1$, we could go on. $$\sum_i t_i x = x$$", "unread conditional"),
    (r"Is $\sum_i t_i = 1$? $$\sum_i t_i x = x$$", "unread conditional"),
    (r"Since $a \neq b$, $$a = b$$", "refuted"),
    (r"Let $N = 1$. $$\sum_{i=1}^N x_i = x_2$$", "unproved"),
    (r"When $x \to 0$, $$x y = 0$$", "unproved unproved"),
    (r"Assume $x \approx 0$. $$x y = 0$$", "unproved unproved"),
    (r"Assume $x \ll 1$. $$1 + x = 1$$", "refuted"),
    (r"Let $x, y > 0$. $$\sqrt{(x-y)^2} = x - y$$", "refuted"),
    (r"Let $0 < x < 1$. $$\sqrt{(x-1)^2} = x - 1$$", "refuted"),
)

# MEANT: what is denied, approximate or for an example is not supposed
MEANT = (
    ("We cannot simply assume that $x > 0$. $$|x| = x$$", "unread conditional"),
    ("Without having to assume $x > 0$, $$|x| = x$$", "unread unproved"),
    ("Contrary to the assumption $x > 0$, $$|x| = x$$", "unread unproved"),
    ("Assume that not $x > 0$. $$|x| = x$$", "unread conditional"),
    ("We do not set $x = 1$ here. $$x y = y$$", "unread refuted"),
    ("$|x| = x$ unless $x > 0$.", "refuted"),
    ("Assume $x = 0$. Then $x y = 0$. Let $y = 1$. $$x y = 1$$", "proved refuted"),
    ("Let $y = x^2$. If $y = 0$ then $x + 1 = 1 + 2x$.", "unproved"),
    ("For example, with $x = 0$: $$x y = 0$$\n\nIn general, $$x y = 0$$", "proved unproved"),
    (
        "Assume $i = j$. Then $\\delta_{ij} = 1$. In general, $\\delta_{ij} = 1$.",
        "proved conditional",
    ),
    (r"$$y \approx x^2$$ $$\frac{dy}{dx} = 2 x$$", "unproved"),
    (r"$$y \simeq x^2$$ $$\frac{dy}{dx} = 2 x$$", "unproved"),
    (r"Let $x \approx 0$. $$x y = 0$$", "unproved"),
    (r"Since $\sum_i t_i \approx 1$, $$\sum_i t_i x = x$$", "unproved conditional"),
    (r"$$h(i) = x_i$$ $$h(j) = x_i$$", "unproved"),
    (r"$$h[n] = 2 x_n$$ $$h[m] = 2 x_n$$", "unproved"),
)

# what would be supposed if a comma were an "and"
COMMAS = (
    (r"With $\sum_i q_i = 1$, $$\sum_i q_i z_i = z_1$$", "refuted"),
    (r"$$D_j S_i = S_i$$", "unproved"),
    (r"If $y = 1$ then $y x = x$ and if $y = 0$ then $y x = x$.", "proved refuted"),
)

# what a function of vectors is, and what a matrix is said to be
VECTORS = (
    (r"Let $f(x) = x^T A x$. $A$ is not symmetric. $$\nabla f(x) = 2 A x$$", "conditional"),
    (
        r"Let $f(x) = x^T A x$ with $A \in \mathbb{R}^{n\times n}$, $x \in \mathbb{R}^n$. "
        r"$A$ is not symmetric. $$\nabla f(x) = 2 A x$$",
        "conditional",
    ),
    (
        r"Let $f(x) = x^T A x$ with $A \in \mathbb{R}^{n\times n}$, $x \in \mathbb{R}^n$. "
        r"If $A$ is symmetric, $\nabla f(x) = 2 A x$. In general, $\nabla f(x) = 2 A x$.",
        "proved conditional",
    ),
    (
        r"where $\sum_k Y_{nk} = 1$. $$\sum_n X_n \sum_k Y_{nk} = \sum_n X_n$$ "
        r"$$\sum_k X_k \sum_n Y_{nk} = \sum_k X_k$$",
        "proved conditional",
    ),
)

# a recurrence that is written forward is a definition, of which t + 1 may be past the end
FORWARD = (
    (r"The update is $w_{t+1} = w_t - a g_t$. $$w_{t+1} - w_t = a g_t$$", "refuted"),
    (r"The update is $w_{t+1} = w_t - a g_t$. $$w_{t+1} - w_t = a g_t$$", "refuted"),
    (r"Since $w_{t+1} = w_t$, $$w_1 = w_2$$", "unproved"),
)

# the chain rule through quantities that nothing defines
THROUGH = (
    (r"$$\frac{dy}{dx} = \frac{dy}{du} \frac{dx}{du}$$", "refuted"),
    (r"$$\frac{dy}{dx} = \frac{dy}{du} \frac{du}{dt}$$", "unproved"),
    (r"$$\frac{dL}{dw_i} = \frac{dL}{da_j} \frac{da_j}{dw_i}$$", "unproved"),
    (
        r"""$$\frac{dL}{dx} = \frac{dL}{du} \frac{du}{dx} + \frac{dL}{dv} \frac{dv}{dx}$$

$$\frac{dL}{dx} = \frac{dL}{du} \frac{du}{dx}$$""",
        "proved unproved",
    ),
    (r"$$s(y) = \sum_t a_{y_t}$$ $$\sum_y s(y) = N s(y)$$", "unproved"),
)

ATTEMPTS = (
    *COMMAS,
    *VECTORS,
    *FORWARD,
    *THROUGH,
    *MEANT,
    *LETTERS,
    *LABELS,
    *ENDS,
    *EMPTY,
    *NUMBERS,
    *SUPPOSED,
    *NAMES,
    *HIDDEN,
    *LOOKALIKES,
    *SCOPES,
)


@pytest.mark.parametrize(("text", "verdicts"), ATTEMPTS)
def test_what_is_false_is_not_proved(text: str, verdicts: str) -> None:
    report = derive.check(text, format="markdown")
    found = [
        judgement.verdict.outcome if judgement.verdict is not None else "unread"
        for judgement in report.judgements
        if judgement.verdict is not None or judgement.statement.kind == "unread"
    ]
    assert " ".join(found) == verdicts
    assert found[-1] != "proved"
