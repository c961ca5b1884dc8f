"""Conditions on data are no claims; matrices, superscripts and bars may mean something else."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    return " ".join(j.verdict.outcome for j in derive.check(text).claims if j.verdict)


CHAIN = (
    "The states are $s_t = f(u_t, s_{t-1}, w_s)$ and $q_t = g(s_t, w_q)$.\n\n"
    r"$$\frac{1}{T} \sum_{t=1}^T \frac{\partial \ell(y_t, q_t)}{\partial w_s} = "
    r"\frac{1}{T} \sum_{t=1}^T \frac{\partial \ell(y_t, q_t)}{\partial q_t} "
    r"\frac{\partial g(s_t, w_q)}{\partial s_t} \frac{\partial s_t}{\partial w_s}$$"
)
ONES = (
    r"Let $X \in \mathbb{R}^{n \times n}$, and let $\mathbf{1}$ be the $n \times n$ matrix of "
    "ones.\n\n"
)

DOCUMENTS = [
    # Which data are meant.
    (r"Some pairs have $u_i v_j < 0$. So $u_i v_j < 0$ holds there.", "unproved unproved"),
    (r"$$\tau^2 > 0$$", "unproved"),
    (r"$$\|v\| \leq c \|u\|$$", "unproved"),
    (r"$$a \neq b$$", "unproved"),
    (r"$$r_i \leq r_{\max}$$", "unproved"),
    # What no data satisfy, what all do, and what is meant of all data.
    (r"$$e^x < 0$$", "refuted"),
    (r"$$a + b \neq b + a$$", "refuted"),
    (r"$$x^2 + 1 > 0$$", "proved"),
    (r"$$e^x + e^{-x} > 2$$", "refuted"),
    (r"$$\log x > x$$", "refuted"),
    (r"$$a^2 + b^2 \geq 3 a b$$", "refuted"),
    # Lengths, scalar products, matrices.
    (r"The vector has $\|u\|_2 = 1$, and $u^T u = 1$, and $v^T u = 0$.", "unproved " * 3),
    (r"$$\|u\|_2 = u^T u = 1$$", "unproved unproved"),
    (r"$$\|u\|_2 = u^T u$$", "refuted"),
    (r"$$\|u\|_2 = -1$$", "refuted"),
    (r"$$U^T U = I$$", "unproved"),
    (r"Both of them hold: $U^T U = I$, $W^T W = I$.", "unproved unproved"),
    (r"$$S = S^T$$", "unproved"),
    ("$$A = P D P^T$$\n\n$$A = A^T$$", "unproved"),
    ("$$M_{ij} = x_i - x_j$$\n\n$$M_{ij} = M_{ji}$$", "refuted"),
    (r"$$\cos \phi = -1$$", "unproved"),
    (r"$$\cos \phi = 2$$", "refuted"),
    (r"$$u^T v = \|u\| \|v\| \cos \phi$$", "unproved"),
    (r"$$\cos^2 x + \sin^2 x = 2$$", "refuted"),
    (r"$$a_1 x_1 + a_2 x_2 + a_0 = 0$$", "unproved"),
    # Superscripts that are no powers, and powers that are.
    (r"$$\rho^t = \rho / \sqrt{t + 1}$$", "unproved"),
    (r"$$w^{t+1} = w^t - \frac{a}{s^t} g^t$$ The step is $a / \sqrt{t+1}$.", ""),  # an update
    ("The rows are $w^1$ and $w^2$.\n\n$$(w^1)^T a w^1 = a (w^1)^T w^1$$", "proved"),
    ("The rows are $w^1$ and $w^2$.\n\n$$(w^1)^T a w^1 = 2 a (w^1)^T w^1$$", "refuted"),
    (r"Here $G^1_{12}$ is open. $$\frac{d}{ds} \frac{1}{s^2} = -\frac{2}{s^3}$$", "proved"),
    (r"Here $G^1_{12}$ is open. $$\frac{d}{ds} \frac{1}{s^2} = -\frac{2}{s}$$", "refuted"),
    (r"$$V^{\pi'}(x) \geq V^{\pi}(x)$$", "unproved"),
    # Bars, inverses, roots and ones.
    (r"$$|\Sigma| = s^2 + 1$$", "unproved"),
    (r"$$\frac{\partial}{\partial A} \log |A| = A^{-T}$$", "unproved"),
    (r"$$|x| = x^2 + 1$$", "refuted"),
    (
        "Let $R \\in \\mathbb{R}^{n \\times n}$.\n\n"
        r"$$\frac{\partial}{\partial R} (R^T R)^{-1/2} = R$$",
        "unproved",
    ),
    (ONES + r"$$X - \frac{1}{n} \mathbf{1} X = (I - \frac{1}{n} \mathbf{1}) X$$", "proved"),
    (ONES + r"$$X - \frac{1}{n} \mathbf{1} X = (I + \frac{1}{n} \mathbf{1}) X$$", "refuted"),
    # A derivative by something that stands in a sum, at each of its positions.
    (CHAIN, "proved"),
    (CHAIN.replace(r"\frac{\partial g(s_t, w_q)}{\partial s_t} ", ""), "refuted"),
    # A linear map, and no product with d.
    (
        "Let $\\sigma : \\mathbb{R}^n \\to \\mathbb{R}^n$. "
        r"$$\text{tr}(A^T d \sigma(p) B) = \text{tr}(B A^T d \sigma(p))$$",
        "unproved",
    ),
    ("$$s_i = e^{z_i} / \\sum_j e^{z_j}$$\n\n$$s_i = 2$$", "refuted"),
    # The identity is never defined, and a special case is no definition.
    (
        "Let $P \\in \\mathbb{R}^{n \\times n}$, and $f(x) = x^T P x$.\n\n"
        "The simplest case is $P = I$.\n\n$$x^T P x \\geq 0$$",
        "unproved",
    ),
    # An open loss of t does not depend on w for all that is known, and yet it does.
    (r"$$\frac{\partial}{\partial w} E(t) = \frac{\partial}{\partial w} F(s)$$", "unproved"),
    # Approximations.
    (r"$$f'(x) = \frac{f(x + h) - f(x)}{h}$$", "unproved"),
    (r"$$f(x + h) = f(x) + h f'(x)$$", "unproved"),
    (r"Let $f(x) = x^2$. $$f(x + h) = f(x) + h f'(x)$$", "refuted"),
    (r"$$2^{-40} \approx 9.1 \times 10^{-13}$$", "proved"),
    (r"$$2^{-40} \approx 9.6 \times 10^{-13}$$", "refuted"),
    # What is said again, of a weight without its index, of a mean.
    (
        "$$z = b + w_1 x_1 + w_2 x_2$$\n\n"
        r"$$\frac{\partial E}{\partial w} = \frac{\partial z}{\partial w}"
        r" \frac{\partial E}{\partial z}$$",
        "unproved",
    ),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_the_verdicts(text: str, expected: str) -> None:
    assert outcomes(text) == expected.strip()
