"""``f'(w) = 2 a (w a - b) = 0``, "so" ``w = b / a``: the slope is set to 0, and w is concluded."""

from __future__ import annotations

import pytest

import derive

PAGES = [
    (
        r"$f(w) = (w a - b)^2$, $f'(w) = 2 a (w a - b) = 0$, so $w = %s$.",
        r"\frac{b}{a}",
        r"\frac{a}{b}",
    ),
    (
        r"$f(w) = (w a - b)^2$. $\frac{df}{dw} = 2 a (w a - b) = 0$. Hence $w = %s$.",
        r"\frac{b}{a}",
        r"- \frac{b}{a}",
    ),
    (
        "$f(w) = (w a - b)^2$.\n\n$$f'(w) = 2 a (w a - b) = 0$$\n\nwhich gives $\\hat w = %s$.",
        r"\frac{b}{a}",
        "a b",
    ),
    (
        r"$l(c) = n \log c - c \sum_i x_i$, $l'(c) = \frac{n}{c} - \sum_i x_i = 0$, $c = %s$.",
        r"\frac{n}{\sum_i x_i}",
        r"\frac{\sum_i x_i}{n}",
    ),
    (
        r"$J(w) = \frac12 \|Xw - y\|^2$, $\nabla J = X^T (X w - y) = 0$, therefore $w = %s$.",
        "(X^T X)^{-1} X^T y",
        "(X^T X) X^T y",
    ),
]


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


@pytest.mark.parametrize(("text", "right", "wrong"), PAGES)
def test_what_is_concluded_is_judged(text: str, right: str, wrong: str) -> None:
    assert outcomes(text % right) == ["proved", "proved"]
    assert outcomes(text % wrong) == ["proved", "refuted"]


def test_a_wrong_slope_is_refuted_where_it_stands() -> None:
    text = r"$f(w) = (w a - b)^2$, $f'(w) = 2 b (w a - b) = 0$, so $w = \frac{b}{a}$."
    assert outcomes(text)[0] == "refuted"


def test_a_slope_that_is_0_everywhere_is_claimed() -> None:
    text = r"$f(w) = w - w$, $f'(w) = 1 - 1 = 0$, so $f$ is constant."
    assert outcomes(text) == ["proved", "proved"]
