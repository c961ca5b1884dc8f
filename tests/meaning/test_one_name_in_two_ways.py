"""One quantity that is written in two ways, and one letter that stands for two functions."""

from __future__ import annotations

import pytest

import derive

# What each claim must be, from mathematics; the wrong twin stands beside the right page.
PAGES = {
    "a number beside the letter": (
        "Let $x_1 = 2y$. Then $x1^2 = 4y^2$ and $x1 + x_1 = 4y$ and $x1^2 = 5y^2$.",
        "proved proved refuted",
    ),
    "a number beside the letter, with an index": (
        r"Let $x1_i = 2 y_i$, $x_1 = 3$. Then $x1_i^2 = 4 y_i^2$ and $x1_i^2 = 2 y_i^2$.",
        "proved refuted",
    ),
    "a gradient with a number": (
        "Let $W_1 = 2y$ and $W2 = 3 W1$. Then $W_2 = 6y$ and $W_2 = 5y$.",
        "proved refuted",
    ),
    "no such names": ("Let $x1 = 2y$. Then $x1^2 = 4y^2$ and $x1^2 = 2y^2$.", "proved refuted"),
    "entries of a transpose": (
        r"Let $v_b = \sum_g W_{bg} x_g$. Then $$\sum_b y_b W_{bg} = \sum_b W_{gb}^T y_b.$$",
        "proved",
    ),
    "entries that are swapped": (
        r"Let $v_b = \sum_g W_{bg} x_g$. Then $$W_{gb} = W_{bg}^T, \quad 2 W_{gb} = W_{bg}^T.$$",
        "proved refuted",
    ),
    "the largest component": (
        r"Let $p_i = \frac{e^{z_i - \max(z)}}{\sum_j e^{z_j - \max(z)}}$. Then"
        r"$$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}, \quad p_i = \frac{e^{z_i}}{1 + \sum_j e^{z_j}}$$",
        "proved refuted",
    ),
    "the largest of two numbers": (
        r"Let $r = \max(0, x)$, $y_i = x a_i$. Then $y_i = a_i x$ and $y_i = a_i$.",
        "proved refuted",
    ),
    "a softmax with the letter of the sigmoid": (
        r"Let $$\sigma(x) = \frac{1}{1+e^{-x}}, \quad \sigma'(x) = \sigma(x)(1-\sigma(x)).$$ For"
        r" more classes, $$\sigma(z_i) = \frac{e^{z_i}}{\sum_j e^{z_j}}.$$",
        "proved unproved",
    ),
    "a sigmoid that is none": (
        r"Let $\sigma(x) = \frac{1}{1+e^{-x}}$. So $$a = \sigma(z) = \frac{1}{1+e^z}.$$",
        "refuted",
    ),
    "the inverse of a function that is differentiated by": (
        r"The logit is $\sigma^{-1}(p) = \ln\frac{p}{1-p}$. With"
        r" $\frac{\partial\sigma(x)}{\partial x} = \sigma(x)(1-\sigma(x))$ we have"
        r" $\frac{\partial L}{\partial\sigma}$ in hand.",
        "unproved proved",
    ),
    "a function that is let again": (
        r"Let $x = h(y) = y^2$. So $\frac{\partial h(y)}{\partial y} = 2y$."
        "\n\n**Case 2.** "
        r"Let $x = h(y) = y^3$. Now $\frac{\partial h(y)}{\partial y} = 3y^2$.",
        "proved proved",
    ),
    "a function that is not let again": (
        r"Let $h(y) = y^2$. So $\frac{\partial h(y)}{\partial y} = 2y$. We have $x = h(y) = y^3$.",
        "proved refuted",
    ),
    "what a minimum is sought over": (
        r"Let $J = \frac{1}{2}\sum_i (w x_i - y_i)^2$. $$\min_w J \Rightarrow"
        r" \frac{dJ}{dw} = \sum_i (w x_i - y_i) x_i$$ $$\frac{dJ}{dw} = \sum_i (w x_i - y_i)$$",
        "proved refuted",
    ),
}


@pytest.mark.parametrize(("text", "expected"), PAGES.values(), ids=PAGES)
def test_pages(text: str, expected: str) -> None:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    assert " ".join(verdict.outcome for verdict in found if verdict is not None) == expected


def test_an_entry_of_which_it_is_unclear_what_is_transposed() -> None:
    text = r"Let $v_b = \sum_g W_{bg} x_g$. Then $$\sum_b y_b W_{bg} = \sum_b W_{bg}^T y_b.$$"
    report = derive.check(text, format="markdown")
    (unread,) = (j.statement for j in report.judgements if j.statement.kind == "unread")
    assert "an entry of the transpose" in unread.message
