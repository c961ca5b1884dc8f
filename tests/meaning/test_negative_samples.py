"""Negative samples: the positive one is none of them, said in words, by a sign, or not at all."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""The loss of a centre word $c$, a word $o$ around it and $K$ negative samples is

$$ J = -\log \sigma(u_o^T v_c) - \sum_{k=1}^K \log \sigma(-u_k^T v_c) $$

with the sigmoid $\sigma$.%s Then

$$ \frac{\partial J}{\partial v_c} = -(1 - \sigma(u_o^T v_c)) u_o
 + \sum_{k=1}^K (1 - \sigma(-u_k^T v_c)) u_k $$

$$ \frac{\partial J}{\partial u_o} = -(1 - \sigma(u_o^T v_c)) v_c $$

$$ \frac{\partial J}{\partial u_k} = (1 - \sigma(-u_k^T v_c)) v_c $$
"""
SAID = [
    " The word $o$ is not among the negative samples.",
    r" Here $o \notin \{1, \ldots, K\}$.",
    r" Here $o \not\in \{1, \dots, K\}$.",
]
FULL = r"""With all words, negative or not, let $p_w = e^{u_w^T v} / \sum_x e^{u_x^T v}$,

$$ J = -u_o^T v + \log \sum_w e^{u_w^T v} $$

$$ \frac{\partial J}{\partial u_w} = p_w v $$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("said", SAID)
def test_the_positive_one_is_apart_where_the_text_says_so(said: str) -> None:
    assert outcomes(PAGE % said) == ["proved"] * 3


def test_where_the_text_is_silent_it_is_what_a_step_supposes() -> None:
    found = derive.check(PAGE % "", format="markdown").claims
    assert [j.verdict.outcome for j in found if j.verdict] == ["proved"] + ["conditional"] * 2
    assert r"o \ne k" in found[1].verdict.missing[0].source  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["", *SAID])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"u_o} = -(1 - \sigma(u_o^T v_c)) v_c", r"u_o} = -\sigma(u_o^T v_c) v_c"),
        (r"u_o} = -(1 - \sigma(u_o^T v_c)) v_c", r"u_o} = (1 - \sigma(u_o^T v_c)) v_c"),
        (r"u_k} = (1 - \sigma(-u_k^T v_c)) v_c", r"u_k} = (1 - \sigma(u_k^T v_c)) v_c"),
        (r"u_k} = (1 - \sigma(-u_k^T v_c)) v_c", r"u_k} = -(1 - \sigma(-u_k^T v_c)) v_c"),
    ],
)
def test_wrong_slopes_are_refuted(said: str, right: str, wrong: str) -> None:
    page = PAGE % said
    assert page.count(right) == 1
    assert outcomes(page.replace(right, wrong)).count("refuted") == 1


@pytest.mark.parametrize("said", ["", *SAID])
def test_in_a_sum_over_all_words_it_is_one_of_them(said: str) -> None:
    assert "proved" not in outcomes(FULL)
    assert outcomes(PAGE % said + FULL)[-1] != "proved"
