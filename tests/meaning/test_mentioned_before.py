r"""What a page mentions before it says what it is, and what is no claim at all.

``\sigma^2`` in passing, loops, differentials, updates by cases, letters bold and plain.
"""

from __future__ import annotations

import pytest

import derive


def kinds(text: str) -> list[str]:
    return [j.statement.kind for j in derive.check(text, format="markdown").judgements]


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


VARIANCE = r"""MENTION

$$\mu = \frac{1}{D} \sum_{i=1}^{D} x_i$$

$$\sigma^2 = \frac{1}{D} \sum_{i=1}^{D} (x_i - \mu)^2$$

$$\sigma^2 = \frac{1}{D} \sum_{i=1}^{D} x_i^2 - \mu^2$$
"""


@pytest.mark.parametrize(
    "mention",
    [
        "",
        r"Each row has a mean $\mu$ and a variance $\sigma^2$.",
        r"$\mu, \sigma^2: (N, 1)$",
        r"Here $\sigma^2 > 0$.",
        r"We compute $(\mu, \sigma^2)$ as follows.",
        r"First $\hat{x}_i = \frac{x_i - \mu}{\sigma}$ is computed.",
    ],
)
def test_a_variance_that_was_mentioned_is_defined(mention: str) -> None:
    text = VARIANCE.replace("MENTION", mention)
    assert kinds(text)[-2:] == ["definition", "claim"]
    assert outcomes(text)[-1] == "proved"
    assert outcomes(text.replace(r"x_i^2 - \mu^2", r"x_i^2 + \mu^2"))[-1] == "refuted"


def test_a_square_that_a_hypothesis_speaks_of_is_not_defined() -> None:
    text = "On the circle $x^2 + y^2 = 1$ we have $y^2 = 1 - x^2$."
    assert kinds(text) == ["hypothesis", "claim"]
    assert outcomes(text) != ["refuted"]
    assert outcomes(text.replace("1 - x", "1 + x")) == ["refuted"]


def test_a_loop_is_no_equation() -> None:
    for loop in (r"for $e = 1 \to E$:", r"For $t = 0 \to T$ do", r"for each $k = 1 \to K$"):
        assert kinds(f"- {loop}\n\nThen $(a + 1)^2 = a^2 + 2 a + 1$.") == ["hypothesis", "claim"]
    assert outcomes(r"We have $a + 1 = a \to 2$.")[0] != "proved"


@pytest.mark.parametrize("otherwise", ["Otherwise", "Else,", "In all other cases"])
def test_an_update_by_cases_is_no_recurrence_for_all(otherwise: str) -> None:
    text = f"""1. If $d < 1$, then $b_{{k+1}} = b_k / 2$.
2. {otherwise} $b_{{k+1}} = b_k$.

Hence $b_{{k+1}} - b_k / 2 = 0$.
"""
    assert outcomes(text) == ["unproved", "unproved"]
    always = r"Let $b_{k+1} = b_k / 2$. Hence $b_{k+1} - b_k / 2 = 0$."
    assert outcomes(always)[-1] == "proved"


def test_a_differential_beside_others() -> None:
    text = r"""Let $Q$ and $K$ be $N \times d$ matrices, and $S = Q K^\top$. With a small $dK$,

$$Q d(K^\top) = Q (dK)^\top$$
"""
    assert outcomes(text) == ["unproved"]
    number = r"Let $f = a d + b$. $$(d + b)^2 = d^2 - b^2$$"
    assert outcomes(number) == ["refuted"]


def test_a_matrix_bold_and_plain() -> None:
    text = r"""Let $\mathbf{G}_S$ and $K$ be $n \times n$ matrices.

$$\mathrm{Tr}(\mathbf{G}_S^\top K) = \mathrm{Tr}(K^\top G_S)$$
"""
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace("G_S)$$", r"\mathbf{G}_S)$$")) == ["proved"]


def test_a_square_of_data_is_a_condition() -> None:
    assert outcomes(r"Since $r$ was used, $(r + 1)^2 = r^2 + 2 r + 1$. $$r^2 = a + b$$") == [
        "proved",
        "unproved",
    ]
    assert outcomes(r"$(r + 1)^2 = r^2 + 2 r + 1$. $$r^2 = r + r$$") == ["proved", "refuted"]


def test_a_full_stop_before_the_number_of_an_equation() -> None:
    for number in (r". \qquad (10)", ". (10)", r" \qquad (10)", r". \tag{10}"):
        assert kinds(f"$$a = b + c{number}$$") == ["definition"]


def test_signs_that_only_sound_or_look() -> None:
    text = r"""$$S = \sum_{\forall i} x_i$$

$$\LARGE S + 1 = 1 + \sum_i x_i$$

Let $u, v$ be vectors. $$u \bigodot v = v \odot u$$
"""
    assert outcomes(text) == ["proved", "proved"]
