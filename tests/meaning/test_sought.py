"""What is concluded where a derivative is 0 that is not written, and constraints."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""We maximise $\ell(p) = \sum_{k=1}^K n_k \log p_k$ %s $\sum_k p_k = 1$. Let

$$ \mathcal{L}(p, \lambda) = \sum_{k=1}^K n_k \log p_k + \lambda \left( \sum_k p_k - 1 \right) $$

Setting the derivative to zero we get

$$ p_k = -\frac{n_k}{\lambda} $$

Summing over $k$ and using the constraint, with $N = \sum_k n_k$,

$$ \lambda = -N $$

and therefore

$$ p_k = \frac{n_k}{N} $$
"""
WORDS = ["with the constraint", "subject to", "under the constraint", "such that"]


def kinds(text: str) -> list[str]:
    found = derive.check(text, format="markdown").judgements
    return [j.verdict.outcome if j.verdict else j.statement.kind for j in found]


@pytest.mark.parametrize("words", WORDS)
def test_a_constraint_on_what_is_sought_is_a_hypothesis(words: str) -> None:
    assert kinds(PAGE % words)[1] == "hypothesis"
    assert kinds(PAGE % words).count("proved") == 3


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"p_k = -\frac{n_k}{\lambda}", r"p_k = \frac{n_k}{\lambda}"),
        (r"\lambda = -N", r"\lambda = N"),
        (r"p_k = \frac{n_k}{N}", r"p_k = \frac{N}{n_k}"),
    ],
)
def test_a_wrong_conclusion_is_not_proved(right: str, wrong: str) -> None:
    page = PAGE % WORDS[0]
    assert page.count(right) == 1
    assert kinds(page.replace(right, wrong)).count("proved") < 3


DUAL = r"""The Lagrangian is

$$L(w, b, \alpha) = \frac{1}{2}\|w\|^2 + \sum_{i=1}^m \alpha_i (1 - y_i(w^T x_i + b))$$

with $\alpha_i \ge 0$. Setting the derivatives of $L$ with respect to $w$ and $b$ to zero gives

$$w = \sum_{i=1}^m \alpha_i y_i x_i, \quad 0 = \sum_{i=1}^m \alpha_i y_i$$

Substituting back,

$$L = \sum_{i=1}^m \alpha_i - \frac12 \sum_{i,j=1}^m \alpha_i \alpha_j y_i y_j x_i^T x_j$$

The KKT conditions say $\alpha_i (y_i f(x_i) - 1) = 0$.
"""


def test_the_dual_follows_from_slopes_that_are_not_written() -> None:
    assert kinds(DUAL).count("proved") == 3
    for right, wrong in [
        (r"$$w = \sum", r"$$w = -\sum"),
        (r"$$w = \sum_{i=1}^m \alpha_i y_i x_i", r"$$w = \sum_{i=1}^m \alpha_i x_i"),
        (r"0 = \sum_{i=1}^m \alpha_i y_i", r"0 = \sum_{i=1}^m \alpha_i"),
        (r"\alpha_i - \frac12", r"\alpha_i + \frac12"),
    ]:
        assert DUAL.count(right) == 1
        assert kinds(DUAL.replace(right, wrong)).count("proved") < 3


def test_cases_by_size_claim_nothing() -> None:
    text = r"The slack is $\xi_i = a_i / C$. "
    cases = r"- $\xi_i = 0$: right side. - $0 < \xi_i < 1$: inside. - $\xi_i \ge 1$: wrong side."
    assert "refuted" not in kinds(text + cases)
    assert kinds(r"Let $f = x^2$. Then $f = 2x$, or $f = 0$ at last.").count("refuted") >= 1
    assert "refuted" in kinds(r"Let $f = x^2 + 1$. Then $f < 0$.")
    assert "refuted" in kinds(r"Let $f = x^2 + 1$. Then $f > 0$. Then $f < 1$.")


@pytest.mark.parametrize(
    "text",
    [
        "If $x > 0$, $f(x) = x$; if $x \\le 0$, $f(x) = 0$. Then if $x>0$ we have $f'(x) = %s$, "
        "and if $x < 0$ we have $f'(x) = 0$.",
        "考虑我们的激活函数，定义如下。若 $x > 0$，$f(x) = x$；若 $x \\le 0$，"
        "$f(x) = 0$。因此若 $x>0$ 有 $f'(x) = %s$，若 $x < 0$ 有 $f'(x) = 0$。",
    ],
)
def test_a_second_case_in_a_sentence_does_not_contradict_the_first(text: str) -> None:
    assert "refuted" not in kinds(text % "1")
    assert "proved" in kinds(text % "1")
    assert "proved" not in kinds(text % "2")


def test_a_maximum_over_what_is_no_index_is_not_one_over_positions() -> None:
    page = r"$$ \max_W \sum_i w_i^T A w_i = \max_W \sum_i r_i w_i^T B w_i $$"
    assert kinds(page) == ["unproved"]
    assert kinds(r"$$ \max_i (a_i + 1) = 1 + \max_i a_i $$") == ["proved"]
    assert kinds(r"$$ \max_i (a_i + 1) = 2 + \max_i a_i $$") == ["refuted"]
