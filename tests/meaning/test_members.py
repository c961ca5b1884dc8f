"""Sums over sets of their own for each index: risk sets, clusters, neighbours."""

from __future__ import annotations

import pytest

import derive

COX = r"""Let $R_i$ be the risk set of the $i$-th event, and
$$\ell(b) = \sum_i \left[ b x_i - \log \sum_{j \in R_i} e^{b x_j} \right]$$
"""
MEANS = r"""$$J = \sum_{k=1}^K \sum_{i \in C_k} (x_i - \mu_k)^2$$
"""
SLOPE = r"$$\frac{\partial J}{\partial \mu_k} = -2 \sum_{i \in C_k} (x_i - \mu_k)$$"
NEIGHBOURS = r"Let $h_i = \sum_{j \in \mathcal{N}(i)} w_{ij} x_j$ and $L = \sum_i c_i h_i$. "

RIGHT = [
    COX + r"$$\ell'(b) = \sum_i \left[ x_i - \frac{\sum_{j \in R_i} x_j e^{b x_j}}"
    r"{\sum_{j \in R_i} e^{b x_j}} \right]$$",
    MEANS + SLOPE + "\n\nSetting it to zero gives\n\n"
    r"$$\mu_k = \frac{1}{|C_k|} \sum_{i \in C_k} x_i$$",
    MEANS + r"$$\frac{\partial J}{\partial \mu_k} = 2 |C_k| \mu_k - 2 \sum_{i \in C_k} x_i$$",
    MEANS + r"$$\sum_{i \in C_k} |C_k| = |C_k|^2$$",
    NEIGHBOURS + r"Then $\frac{\partial L}{\partial c_i} = h_i$ and "
    r"$\sum_i c_i h_i = \sum_i \sum_{j \in \mathcal{N}(i)} c_i w_{ij} x_j$.",
]
WRONG = [
    COX + r"$$\ell'(b) = \sum_i \left[ x_i - \frac{\sum_j x_j e^{b x_j}}"
    r"{\sum_{j \in R_i} e^{b x_j}} \right]$$",
    COX + r"$$\ell'(b) = \sum_i \left[ x_i - \frac{\sum_{j \in R_i} e^{b x_j}}"
    r"{\sum_{j \in R_i} e^{b x_j}} \right]$$",
    MEANS + SLOPE.replace("-2", "2"),
    MEANS + SLOPE.replace(r"i \in C_k", "i"),
    MEANS + SLOPE.replace("C_k", "C_j"),
    MEANS + SLOPE + "\n\nSetting it to zero gives\n\n"
    r"$$\mu_k = \frac{1}{|C_k|} \sum_i x_i$$",
    MEANS + SLOPE + "\n\nSetting it to zero gives\n\n"
    r"$$\mu_k = |C_k| \sum_{i \in C_k} x_i$$",
    MEANS + r"$$\sum_{i \in C_k} |C_k| = |C_k|$$",
    NEIGHBOURS + r"Then $\sum_i c_i h_i = \sum_i \sum_j c_i w_{ij} x_j$.",
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("text", RIGHT)
def test_sums_over_sets(text: str) -> None:
    assert set(outcomes(text)) == {"proved"}


@pytest.mark.parametrize("text", WRONG)
def test_sums_over_other_sets(text: str) -> None:
    assert outcomes(text)[-1] in ("refuted", "conditional")


def test_what_is_said_of_members_is_not_refuted() -> None:
    text = r"For $j \in \mathcal{N}(i)$ let $h_i = \sum_{j \in \mathcal{N}(i)} w_{ij} x_j$. Then "
    assert outcomes(text + r"$\frac{\partial h_i}{\partial w_{ij}} = x_j$.") == ["unproved"]


def test_what_is_a_number_elsewhere_is_no_set() -> None:
    text = r"Let $R_i = \sum_k r_{ik}$ and $S = \sum_{j \in R_i} x_j$. Then $S = \sum_j R_j x_j$."
    assert outcomes(text) == ["unproved"]
