"""Positions that are counted from 0, and how many of them there are."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    return " ".join(j.verdict.outcome for j in derive.check(text).claims if j.verdict)


MODEL = r"The model is $h = \sum_{j=0}^{n} a_j x_j$ with $x_0 = 1$." + "\n\n"
DOTS = r"The model is $h = a_0 x_0 + a_1 x_1 + \dots + a_n x_n$." + "\n\n"
ONES = r"The model is $h = b + w_1 x_1 + w_2 x_2 + \cdots + w_n x_n$." + "\n\n"
SCORES = r"Let $q_i = \frac{e^{s_i}}{\sum_{j=0}^{K} e^{s_j}}$ and $L = -\log q_0$." + "\n\n"

LOGIT = (
    r"Let $p_k = \frac{e^{z_k}}{1 + \sum_{j=1}^K e^{z_j}}$ for $k = 1, \dots, K$, and "
    r"$\sum_{k=0}^K p_k = p_0 + \sum_{k=1}^K p_k$." + "\n\n"
)

PAGES = [
    (MODEL + r"$$h = a_0 + \sum_{j=1}^{n} a_j x_j$$", "proved"),
    (MODEL + r"$$\sum_{j=0}^{n} a_j x_j = \sum_{j=1}^{n} a_j x_j$$", "refuted"),
    (MODEL + r"$$\frac{\partial h}{\partial a_0} = 1$$", "proved"),
    (MODEL + r"$$\frac{\partial h}{\partial a_0} = 0$$", "refuted"),
    (MODEL + r"$$\frac{\partial h}{\partial a_k} = x_k$$", "proved"),
    (DOTS + r"$$h = \sum_{j=0}^{n} a_j x_j$$", "proved"),
    (DOTS + r"$$\sum_{j=0}^{n} a_j x_j = \sum_{j=1}^{n} a_j x_j$$", "refuted"),
    (DOTS + r"$$\frac{\partial h}{\partial a_0} = x_0$$", "proved"),
    (DOTS + r"$$\frac{\partial h}{\partial a_0} = x_n$$", "refuted"),
    (SCORES + r"$$\frac{\partial L}{\partial s_i} = q_i - \mathbb{1}[i = 0]$$", "proved"),
    (SCORES + r"$$\frac{\partial L}{\partial s_i} = q_i - \mathbb{1}[i = 1]$$", "refuted"),
    (SCORES + r"$$\frac{\partial L}{\partial s_0} = q_0 - 1$$", "proved"),
    # Whether a free index begins at 0 is not said where some sums do, and others do not.
    (SCORES + r"$$\sum_{j=1}^{K} q_j = 1 - q_0$$", "unproved"),
    (SCORES + r"$$\sum_{j=1}^{K} q_j = 1$$", "unproved"),
    (LOGIT + r"$$\frac{\partial p_k}{\partial z_k} = p_k (1 - p_k)$$", "unproved"),
    (LOGIT + r"$$\sum_{k=0}^K p_k = 1$$", "unproved"),
    # Of the positions from 0 to n there is one more than n.
    (r"$$\sum_{j=0}^{n} 1 = n + 1$$", "proved"),
    (r"$$\sum_{j=0}^{n} 1 = n$$", "refuted"),
    (DOTS + r"$$\sum_{j=0}^{n} 1 = n + 1$$", "proved"),
    (DOTS + r"$$\sum_{j=0}^{n} 1 = n$$", "refuted"),
    (r"$$\sum_{i=1}^{n} x_i = \sum_{i=0}^{n} x_i - x_0$$", "proved"),
    (r"$$\sum_{i=1}^{n} x_i = \sum_{i=0}^{n} x_i - x_1$$", "unproved"),
    # Dots to a number that nothing else names.
    (ONES + r"$$\frac{\partial h}{\partial w_j} = x_j$$", "proved"),
    (ONES + r"$$\frac{\partial h}{\partial w_1} = x_2$$", "refuted"),
    (ONES + r"$$b + \sum_{i=1}^n w_i x_i = h$$", "proved"),
    (ONES + r"$$b + \sum_{i=2}^n w_i x_i = h$$", "refuted"),
    # Where a sum begins at 1, there is no position 0.
    (
        r"Let $S = \sum_{j=1}^{n} x_j$." + "\n\n" + r"$$\frac{\partial S}{\partial x_0} = 1$$",
        "unproved",
    ),
]


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_positions_from_zero(text: str, expected: str) -> None:
    assert outcomes(text) == expected


BINARY = r"""
With two classes that are called 0 and 1 we would have $g = -\sum_{k=0}^1 q_k \log p_k$. In general

$$ h = -\sum_{k=1}^K q_k \log p_k $$

$$ \frac{\partial h}{\partial p_j} = -\frac{q_j}{p_j} $$

$$ \sum_{k=1}^K 2 q_k \log p_k = -2 h $$
"""


def test_a_sum_over_another_size_leaves_open_no_first_position() -> None:
    def outcomes(text: str) -> list[str]:
        found = derive.check(text, format="markdown").claims
        return [j.verdict.outcome for j in found if j.verdict]

    assert outcomes(BINARY) == ["proved"] * 2
    assert outcomes(BINARY.replace("= -2 h", "= 2 h")) == ["proved", "refuted"]
    assert outcomes(BINARY.replace(r"} = -\frac", r"} = \frac")) == ["refuted", "proved"]
    assert "proved" not in outcomes(BINARY + r"$$ g = h $$")[2:]
