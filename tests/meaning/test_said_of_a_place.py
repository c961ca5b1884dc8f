"""What holds at an optimum, what "so that" supposes, and families of numbers with a parameter."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    return " ".join(j.verdict.outcome for j in derive.check(text).claims if j.verdict)


LAW = r"Let $\pi_\theta(a) = \frac{e^{\theta_a}}{\sum_b e^{\theta_b}}$." + "\n\n"
GATE = r"$$\text{SiLU}(x) = \frac{x}{1 + e^{-x}}$$" + "\n\n"

PAGES = [
    ("Let $p = e^w$. At the optimum, $p = e^a$, so\n\n" r"$$\log p = a$$", "unproved unproved"),
    ("Let $p = e^w$. At convergence, $p = e^a$.\n\n" r"$$\log p = a$$", "unproved conditional"),
    ("Let $L = (w - a)^2$. At the minimum, " r"$\frac{dL}{dw} = 2 (w - a) = 0$, so $w = a$.",
     "proved proved"),
    ("Let $L = (w - a)^2$. At the minimum, " r"$\frac{dL}{dw} = 3 (w - a) = 0$.", "refuted"),
    ("If the data are centered, so that $\\sum_j x_j = 0$, then\n\n"
     r"$$\sum_{j=1}^N (x_j + c) = N c$$", "proved"),
    ("If the data are centered, so that $\\sum_j x_j = 0$, then\n\n"
     r"$$\sum_{j=1}^N (x_j + c) = c$$", "refuted"),
    ("When both are shifted such that $\\sum_j x_j = \\sum_j y_j = 0$, we get\n\n"
     r"$$\sum_j (x_j + y_j) = 0$$", "proved"),
    ("When both are shifted such that $\\sum_j x_j = \\sum_j y_j = 0$, we get\n\n"
     r"$$\sum_j x_j y_j = 0$$", "refuted"),
    (LAW + r"$$\frac{\partial}{\partial \theta_k} \log \pi_\theta(a) "
     r"= \mathbb{1}[a = k] - \pi_\theta(k)$$", "proved"),
    (LAW + r"$$\frac{\partial}{\partial \theta_k} \log \pi_\theta(a) "
     r"= \mathbb{1}[a = k] - \pi_\theta(a)$$", "conditional"),
    (GATE + r"$$\text{SiLU}'(x) = \frac{1 + e^{-x} + x e^{-x}}{(1 + e^{-x})^2}$$", "proved"),
    (GATE + r"$$\operatorname{SiLU}'(x) = \frac{1 + e^{-x}}{(1 + e^{-x})^2}$$", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_what_is_said_of_a_place(text: str, expected: str) -> None:
    assert outcomes(text) == expected
