"""Largest and smallest values, |x| and their like, as authors write them: right ones and twins.

What has a kink has no derivative there: nothing is proved about a value at that place.
"""

from __future__ import annotations

import pytest

import derive
from derive.meaning.notation import unicode

SOFTMAX = r"Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. "
SIGMOID = r"Let $s(x) = \frac{1}{1 + e^{-x}}$. "
HINGE = r"The hinge loss is $\ell(s) = \max(0, 1 - y s)$, so "
HIDDEN = r"Let $h_j = \max(0, z_j)$ and $L = \sum_j (h_j - y_j)^2$. Then "
RAMP = r"Let $f(x) = \max(0, x)$. Then "


def by_cases(left: str, *rows: tuple[str, str]) -> str:
    lines = r" \\ ".join(f"{value} & {condition}" for value, condition in rows)
    return rf"$${left} = \begin{{cases}} {lines} \end{{cases}}$$"


LEAKY = by_cases("f(x)", ("x", "x > 0"), ("a x", r"x \leq 0")) + "Then "
ELU = by_cases("f(x)", ("x", "x > 0"), ("a (e^x - 1)", r"x \leq 0")) + "Then "
HUBER = by_cases("H(u)", (r"\frac{1}{2} u^2", r"|u| \leq d"), (r"d (|u| - \frac{d}{2})", "|u| > d"))

# What is shown, and the verdicts of all claims in order.
DOCUMENTS: list[tuple[str, str]] = [
    # Over an index, a function that rises moves out of the maximum.
    (r"Let $c = -\max_i x_i$. Then $\max_i e^{x_i + c} = 1$.", "proved"),
    (r"Let $c = \max_i x_i$. Then $\max_i e^{x_i + c} = 1$.", "refuted"),
    (r"Let $c = -\min_i x_i$. Then $\max_i e^{x_i + c} = 1$.", "refuted"),
    (r"$\max_i (x_i + c) = \max_i x_i + c$", "proved"),
    (r"$\max_i (x_i + c) = \max_i x_i - c$", "refuted"),
    (r"$\max_i (x_i + c_i) = \max_i x_i + \max_i c_i$", "refuted"),
    (r"Let $c \geq 0$. Then $\max_i (c x_i) = c \max_i x_i$.", "proved"),
    (r"Let $c \leq 0$. Then $\max_i (c x_i) = c \min_i x_i$.", "proved"),
    (r"Let $c \leq 0$. Then $\max_i (c x_i) = c \max_i x_i$.", "refuted"),
    (r"$\max_i (c x_i) = c \max_i x_i$", "conditional"),
    (r"Let $x_i > 0$. Then $\max_i \log x_i = \log \max_i x_i$.", "proved"),
    (r"Let $x_i > 0$. Then $\max_i \log x_i = \log \min_i x_i$.", "refuted"),
    (r"Let $x_i > 0$. Then $\max_i (-\log x_i) = -\log \min_i x_i$.", "proved"),
    (r"Let $x_i > 0$. Then $\max_i (-\log x_i) = -\log \max_i x_i$.", "refuted"),
    (r"Let $x_i > 0$. Then $\max_i \frac{1}{x_i} = \frac{1}{\min_i x_i}$.", "proved"),
    (r"Let $x_i > 0$. Then $\max_i \frac{1}{x_i} = \frac{1}{\max_i x_i}$.", "refuted"),
    (r"Let $x_i \geq 0$. Then $\max_i x_i^2 = (\max_i x_i)^2$.", "proved"),
    (r"Let $x_i \leq 0$. Then $\max_i x_i^2 = (\max_i x_i)^2$.", "refuted"),
    (r"$\max_i \tanh(x_i) = \tanh(\max_i x_i)$", "proved"),
    (r"$\max_i \cosh(x_i) = \cosh(\max_i x_i)$", "refuted"),
    (r"$\max_i \text{ReLU}(x_i) = \text{ReLU}(\max_i x_i)$", "proved"),
    (r"$\max_i |x_i| = |\max_i x_i|$", "conditional"),
    # The smallest value.
    (r"$\min_i x_i = -\max_i(-x_i)$", "proved"),
    (r"$\min_i x_i = -\max_i x_i$", "refuted"),
    (r"Let $m = \min_i x_i$. Then $\min_i (x_i - m) = 0$.", "proved"),
    (r"Let $m = \max_i x_i$. Then $\min_i (x_i - m) = 0$.", "refuted"),
    (r"$\max_{i,j} (x_i + y_j) = \max_i x_i + \max_j y_j$", "proved"),
    (r"$\max_{i,j} (x_i - y_j) = \max_i x_i - \min_j y_j$", "proved"),
    (r"$\max_{i,j} (x_i - y_j) = \max_i x_i - \max_j y_j$", "refuted"),
    (r"Let $x \in \mathbb{R}^n$. Then $\max(x + c) = \max(x) + c$.", "proved"),
    (r"Let $x \in \mathbb{R}^n$. Then $\max(x + c) = \min(x) + c$.", "refuted"),
    # Softmax without overflow.
    (
        r"Let $m = \max_i x_i$. Then $\log\sum_i e^{x_i} = m + \log\sum_i e^{x_i - m}$.",
        "proved",
    ),
    (
        r"Let $m = \max_i x_i$. Then $\log\sum_i e^{x_i} = m + \log\sum_i e^{x_i + m}$.",
        "refuted",
    ),
    (
        SOFTMAX + r"With $m = \max_i z_i$, $\max_i p_i = \frac{1}{\sum_j e^{z_j - m}}$.",
        "proved",
    ),
    (SOFTMAX + r"With $m = \max_i z_i$, $\max_i p_i = \frac{1}{\sum_j e^{m - z_j}}$.", "refuted"),
    (SOFTMAX + r"$\min_i (-\log p_i) = \log \sum_j e^{z_j} - \max_i z_i$", "proved"),
    (SOFTMAX + r"$\min_i (-\log p_i) = \log \sum_j e^{z_j} - \min_i z_i$", "refuted"),
    # Where the extreme is attained.
    (SOFTMAX + r"$\operatorname*{argmax}_i p_i = \operatorname*{argmax}_i z_i$", "proved"),
    (SOFTMAX + r"$\operatorname*{argmax}_i p_i = \operatorname*{argmin}_i z_i$", "refuted"),
    (SOFTMAX + r"$\arg\max_i \log p_i = \arg\max_i z_i$", "proved"),
    (SOFTMAX + r"$\arg\min_i (-\log p_i) = \arg\max_i z_i$", "proved"),
    (SOFTMAX + r"$\arg\min_i (-\log p_i) = \arg\min_i z_i$", "refuted"),
    (r"Let $a > 0$. Then $\arg\max_i \frac{z_i}{a} = \arg\max_i z_i$.", "proved"),
    (r"Let $a < 0$. Then $\arg\max_i \frac{z_i}{a} = \arg\max_i z_i$.", "refuted"),
    (r"$\arg\max_i x_i^2 = \arg\max_i x_i$", "refuted"),
    (r"$\arg\max_i \text{ReLU}(x_i) = \arg\max_i x_i$", "conditional"),  # ties below 0
    # The larger of two.
    (r"$\max(a, b) = \frac{a + b + |a - b|}{2}$", "proved"),
    (r"$\max(a, b) = \frac{a + b - |a - b|}{2}$", "refuted"),
    (r"$\min(a, b) = \frac{a + b - |a - b|}{2}$", "proved"),
    (r"$\max(a, b) + \min(a, b) = a + b$", "proved"),
    (r"$\max(a, b) - \min(a, b) = a - b$", "refuted"),
    (r"$\max(a, b) - \min(a, b) = |a - b|$", "proved"),
    (r"$\max(a, b) = \max(b, a)$", "proved"),
    (r"$\max(-a, -b) = -\min(a, b)$", "proved"),
    (r"$\max(-a, -b) = -\max(a, b)$", "refuted"),
    (r"$\max(0, x) - \max(0, -x) = x$", "proved"),
    (r"$\max(0, x) + \max(0, -x) = |x|$", "proved"),
    (r"$\max(0, x) - \max(0, -x) = |x|$", "conditional"),
    (r"$\text{ReLU}(x) = \max(0, x)$", "proved"),
    (r"$\text{ReLU}(x) = \max(1, x)$", "refuted"),
    (r"Let $c > 0$. Then $\max(0, c x) = c \max(0, x)$.", "proved"),
    (r"Let $c < 0$. Then $\max(0, c x) = c \max(0, x)$.", "refuted"),
    (by_cases(r"\max(0, x)", ("x", "x > 0"), ("0", r"x \leq 0")), "proved proved"),
    (by_cases(r"\max(0, x)", ("0", "x > 0"), ("x", r"x \leq 0")), "refuted refuted"),
    (r"$\max(a, b) \min(a, b) = a b$", "proved"),
    (r"$\max(a, b) \min(a, b) = -a b$", "refuted"),
    (r"$\max(\max(0, x), x) = \max(0, x)$", "proved"),
    (r"$\max(x, 0)^2 = x \max(x, 0)$", "proved"),
    (r"$\max(x, 0)^2 = x \max(-x, 0)$", "refuted"),
    (r"$x\, \text{sign}(x) = |x|$ and $|x|\, \text{sign}(x) = x$", "proved proved"),
    (r"$x\, \text{sign}(x) = -|x|$ and $|x|\, \text{sign}(x) = |x|$", "refuted conditional"),
    (r"Let $x \neq 0$. Then $\text{sign}(x)^2 = 1$.", "proved"),
    (r"$\text{sign}(x)^2 = 1$", "conditional"),  # not at 0
    # One case above and another below 0.
    (r"$\text{ReLU}(x) = x \cdot \mathbb{1}[x > 0]$", "proved"),
    (r"$\text{ReLU}(x) = x \cdot \mathbb{1}[x \geq 0]$", "proved"),
    (r"$\text{ReLU}(x) = x \cdot \mathbb{1}[x < 0]$", "refuted"),
    (r"$\mathbb{1}[x > 0] + \mathbb{1}[x \leq 0] = 1$", "proved"),
    (r"$\mathbb{1}[x > 0] + \mathbb{1}[x < 0] = 1$", "conditional"),  # not at 0
    (LEAKY + by_cases("f'(x)", ("1", "x > 0"), ("a", "x < 0")), "proved proved"),
    (LEAKY + by_cases("f'(x)", ("1", "x > 0"), ("a x", "x < 0")), "proved refuted"),
    (LEAKY + r"$f(x) = \max(0, x) + a \min(0, x)$", "proved"),
    (LEAKY + r"$f(x) = \max(0, x) + a \max(0, x)$", "refuted"),
    (LEAKY + r"$f'(0) = 1$", "unproved"),
    (ELU + by_cases("f'(x)", ("1", "x > 0"), ("f(x) + a", "x < 0")), "proved proved"),
    (ELU + by_cases("f'(x)", ("1", "x > 0"), ("f(x) - a", "x < 0")), "proved refuted"),
    (
        HUBER + by_cases("H'(u)", ("u", "|u| < d"), (r"d\, \text{sign}(u)", "|u| > d")),
        "proved proved",
    ),
    (HUBER + by_cases("H'(u)", ("2 u", "|u| < d"), ("d u", "|u| > d")), "refuted refuted"),
    (
        by_cases("f(x)", (r"\log x", "x > 0"), ("0", r"x \leq 0")) + r"Then $f(x) = \log x$.",
        "unproved",
    ),
    (by_cases("f(x)", ("1", "x > 0"), ("0", "x < 0")) + r"Then $f(x)^2 = f(x)$.", "unproved"),
    (r"$|x y| = |x| |y|$ and $|x + y| = |x| + |y|$", "proved refuted"),
    # Derivatives away from the kink, and none at it.
    (RAMP + by_cases("f'(x)", ("1", "x > 0"), ("0", "x < 0")), "proved proved"),
    (RAMP + by_cases("f'(x)", ("0", "x > 0"), ("1", "x < 0")), "refuted refuted"),
    # Proved "provided x != 0", which is said.
    (r"$\frac{d}{dx} \mathrm{ReLU}(x) = \mathbb{1}[x > 0]$", "proved"),
    (r"$\frac{d}{dx} \mathrm{ReLU}(x) = \mathbb{1}[x < 0]$", "refuted"),
    (HIDDEN + r"$\frac{\partial L}{\partial z_j} = 2 (h_j - y_j) \mathbb{1}[z_j > 0]$", "proved"),
    (HIDDEN + r"$\frac{\partial L}{\partial z_j} = 2 (h_j - y_j) \mathbb{1}[z_j < 0]$", "refuted"),
    (HIDDEN + r"$\frac{\partial L}{\partial z_j} = 2 (h_j - y_j)$", "conditional"),
    (RAMP + by_cases("f'(x)", ("1", "x > 0"), ("0", r"x \leq 0")), "proved proved"),
    (RAMP + r"$f'(0) = 0$.", "unproved"),
    (RAMP + r"$f'(0) = 1$.", "unproved"),
    (RAMP + r"$f'(0) = \frac{1}{2}$.", "unproved"),
    (r"$\text{ReLU}'(0) = 0$", "unproved"),
    (HINGE + by_cases(r"\ell'(s)", ("-y", "y s < 1"), ("0", "y s > 1")), "proved proved"),
    (HINGE + by_cases(r"\ell'(s)", ("y", "y s < 1"), ("0", "y s > 1")), "refuted proved"),
    (HINGE + by_cases(r"\ell'(s)", ("-y", "y s > 1"), ("0", "y s < 1")), "refuted refuted"),
    (
        r"Let $f(x) = \max(0, x) + a \min(0, x)$. "
        + by_cases("f'(x)", ("1", "x > 0"), ("a", "x < 0")),
        "proved proved",
    ),
    (
        r"Let $f(x) = \max(0, x) + a \min(0, x)$. "
        + by_cases("f'(x)", ("1", "x > 0"), ("-a", "x < 0")),
        "proved refuted",
    ),
    (
        r"Let $0 < a < 1$ and $f(x) = \max(a x, x)$. "
        + by_cases("f'(x)", ("1", "x > 0"), ("a", "x < 0")),
        "proved proved",
    ),
    (
        r"Let $a > 1$ and $f(x) = \max(a x, x)$. "
        + by_cases("f'(x)", ("1", "x > 0"), ("a", "x < 0")),
        "refuted refuted",
    ),
    (r"$\frac{d}{dx} |x| = \text{sign}(x)$", "proved"),
    (r"$\frac{d}{dx} |x| = -\text{sign}(x)$", "refuted"),
    (r"$\frac{d}{dx} |x| = \frac{|x|}{x}$ and $\frac{d}{dx} |x| = \frac{x}{|x|}$", "proved proved"),
    (r"$\frac{\partial}{\partial w_k} \sum_i |w_i| = \text{sign}(w_k)$", "proved"),
    (r"$\frac{\partial}{\partial w_k} \sum_i |w_i| = |w_k|$", "refuted"),
    # What is larger than 0 by its shape.
    (r"$\min_i e^{x_i} > 0$", "proved"),
    (r"$\max_i e^{x_i} < 0$", "refuted"),
    (r"$\max_i x_i > 0$", "unproved"),  # some x are meant
    (SIGMOID + r"Then $s(x) > 0$ and $s(x) < 1$ and $s'(x) > 0$.", "proved proved proved"),
    (SIGMOID + r"Then $s(x) < \frac{1}{2}$ and $s'(x) < 0$.", "refuted refuted"),
    (r"$x^2 + y^2 \geq 0$ and $x^2 + y^2 \geq 1$", "proved unproved"),
    (r"$x^2 + y^2 < 0$", "refuted"),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_the_verdicts(text: str, expected: str) -> None:
    found = [judgement.verdict for judgement in derive.check(text).claims]
    assert " ".join(verdict.outcome for verdict in found if verdict is not None) == expected


def test_a_proof_names_what_it_uses() -> None:
    (claim,) = derive.check(r"$\max_i e^{x_i} = e^{\max_i x_i}$").claims
    assert claim.verdict is not None
    assert claim.verdict.rules == ("monotone function out of the maximum",)
    (claim,) = derive.check(r"$\min_i e^{x_i} > 0$").claims
    assert claim.verdict is not None
    rules = ("monotone function out of the maximum", "sign of the difference")
    assert claim.verdict.rules == rules
    (proof,) = claim.verdict.derivations
    shown = [(line.relation, unicode(line.term)) for line in proof.chain]
    assert shown[-2:] == [("=", "e^(minⱼ xⱼ)"), (">", "0")]


def test_the_largest_value_of_one_number_is_not_guessed() -> None:
    (claim,) = derive.check(r"$\min_w (w - 3)^2 = 0$").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "unproved"
    (claim,) = derive.check(r"$\max(x) = x$").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "unproved"
