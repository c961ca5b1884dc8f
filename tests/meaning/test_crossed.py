"""Indices that are exchanged by a slip make no examples of classes."""

from __future__ import annotations

import pytest

import derive

SOFTMAX = (
    r"$$p_{nk} = \frac{e^{z_{nk}}}{\sum_{j=1}^K e^{z_{nj}}}$$"
    "\n"
    r"$$L = -\sum_{n=1}^N \sum_{k=1}^K t_{nk} \log p_{nk}$$"
    "\n"
    r"With $\sum_{k=1}^K t_{nk} = 1$:"
    "\n"
)
SLOPE = r"$$\frac{\partial L}{\partial z_{nk}} = p_{nk} - t_{nk}$$"
LAYER = (
    r"Let $a_k = \sum_{j=1}^J w_{kj} z_j$ for $k = 1, \ldots, K$ and "
    r"$L = \frac12 \sum_{k=1}^K (a_k - t_k)^2$. Then"
    "\n"
)


def verdicts(text: str) -> list[tuple[str, str]]:
    claims = derive.check(text, format="markdown").claims
    return [(c.verdict.outcome, c.verdict.message) for c in claims if c.verdict]


@pytest.mark.parametrize("slip", [("p_{nk} - t", "p_{kn} - t"), ("- t_{nk}", "- t_{kn}")])
def test_the_step_is_told_and_the_page_goes_on(slip: tuple[str, str]) -> None:
    (first, told), (last, _) = verdicts(SOFTMAX + SLOPE.replace(*slip) + "\n" + SLOPE)
    assert (first, last) == ("unproved", "proved")
    assert "exchanged" in told
    assert "k runs over K positions" in told


def test_each_index_of_a_matrix_has_its_place() -> None:
    right = LAYER + r"$$\frac{\partial L}{\partial z_j} = \sum_{k=1}^K (a_k - t_k) w_{kj}$$"
    assert [outcome for outcome, _ in verdicts(right)] == ["proved"]
    assert [outcome for outcome, _ in verdicts(right.replace("k) w_{kj}", "k) w_{jk}"))] == [
        "unproved"
    ]


def test_a_matrix_with_its_transpose_has_no_exchanged_indices() -> None:
    text = (
        r"Let $y_{nk} = \sum_{d=1}^D x_{nd} w_{kd}$ for $n = 1, \ldots, N$ and "
        r"$k = 1, \ldots, K$. Let $v_{dk} = w_{kd}$. Then $y_{nk} = \sum_{d=1}^D x_{nd} v_{dk}$."
    )
    assert [outcome for outcome, _ in verdicts(text)] == ["proved"]
    assert [o for o, _ in verdicts(text.replace("{nd} v", "{nd} 2 v"))] == ["refuted"]
