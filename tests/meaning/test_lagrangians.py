"""Lagrangians: what holds where their derivatives are 0, and what a constraint says there."""

from __future__ import annotations

import pytest

import derive

CATEGORICAL = r"""Maximise $\sum_k n_k \log p_k$ subject to $\sum_k p_k = 1$. The Lagrangian is

$$J = \sum_k n_k \log p_k + \lambda \left( \sum_k p_k - 1 \right).$$

**Step 1: differentiate.**

$$\frac{\partial J}{\partial p_k} = \frac{n_k}{p_k} + \lambda$$

**Step 2: set to zero.**

$$\frac{n_k}{p_k} + \lambda = 0 \quad\Rightarrow\quad p_k = -\frac{n_k}{\lambda}$$

**Step 3: use the constraint.** Summing over $k$,

$$\sum_k p_k = -\frac{1}{\lambda} \sum_k n_k = 1$$

and hence, with $n = \sum_k n_k$,

$$\lambda = -n$$

**Step 4: substitute back.**

$$p_k = \frac{n_k}{n}$$
"""
ENTROPY = r"""We maximise over distributions, $\sum_i p_i = 1$. The Lagrangian is

$$\Lambda = \sum_i p_i r_i - \tau \sum_i p_i \log p_i + \lambda \left(1 - \sum_i p_i\right)$$

Setting the derivative to zero:

$$\frac{\partial \Lambda}{\partial p_i} = r_i - \tau (\log p_i + 1) - \lambda = 0$$

Solving for $p_i$:

$$\log p_i = \frac{r_i - \lambda}{\tau} - 1$$

The constraint gives

$$e^{-\lambda/\tau - 1} = \frac{1}{\sum_j e^{r_j/\tau}}$$

hence

$$p_i = \frac{e^{r_i/\tau}}{\sum_j e^{r_j/\tau}}$$
"""
VARIANCE = r"""Minimise $\frac12 \sum_i s_i w_i^2$ subject to $\sum_i w_i = 1$, where $s_i > 0$. Let

$$L = \frac{1}{2} \sum_i s_i w_i^2 - \lambda \left( \sum_i w_i - 1 \right).$$

Setting its derivative to zero,

$$\frac{\partial L}{\partial w_i} = s_i w_i - \lambda = 0,$$

so that

$$w_i = \frac{\lambda}{s_i}.$$

The constraint gives

$$\lambda = \frac{1}{\sum_i 1/s_i},$$

and hence

$$w_i^* = \frac{1/s_i}{\sum_j 1/s_j}.$$
"""
TWINS = [
    (CATEGORICAL, r"p_k = -\frac{n_k}{\lambda}", r"p_k = \frac{n_k}{\lambda}"),
    (CATEGORICAL, r"= -\frac{1}{\lambda} \sum_k n_k", r"= -\lambda \sum_k n_k"),
    (CATEGORICAL, r"\lambda = -n", r"\lambda = n"),
    (CATEGORICAL, r"p_k = \frac{n_k}{n}", r"p_k = \frac{n}{n_k}"),
    (CATEGORICAL, r"p_k = \frac{n_k}{n}", r"p_k = \frac{n_j}{n}"),
    (CATEGORICAL, r"p_k = \frac{n_k}{n}", r"p_k = -\frac{n_k}{n}"),
    (ENTROPY, r"= \frac{r_i - \lambda}{\tau} - 1", r"= \frac{r_i - \lambda}{\tau} + 1"),
    (ENTROPY, r"= \frac{1}{\sum_j e^{r_j/\tau}}", r"= \frac{1}{\sum_j e^{r_j}}"),
    (ENTROPY, r"p_i = \frac{e^{r_i/\tau}}", r"p_i = \frac{e^{r_i}}"),
    (VARIANCE, r"w_i = \frac{\lambda}{s_i}", r"w_i = \lambda s_i"),
    (VARIANCE, r"\lambda = \frac{1}{\sum_i 1/s_i}", r"\lambda = \frac{1}{\sum_i s_i}"),
    (VARIANCE, r"\frac{1/s_i}{\sum_j 1/s_j}", r"\frac{s_i}{\sum_j s_j}"),
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("page", [CATEGORICAL, ENTROPY, VARIANCE])
def test_a_multiplier_follows_from_the_constraint(page: str) -> None:
    assert set(outcomes(page)) == {"proved"}


@pytest.mark.parametrize(("page", "right", "wrong"), TWINS)
def test_what_is_concluded_wrongly_is_not_proved(page: str, right: str, wrong: str) -> None:
    assert page.count(right) == 1
    found = outcomes(page.replace(right, wrong))
    assert len(found) >= len(outcomes(page))
    assert set(found) != {"proved"}


def test_a_total_and_its_parts_may_share_a_letter() -> None:
    text = r"Let $N = \sum_k N_k$ and $\pi_k = N_k / N$. Then $\sum_k \pi_k = 1$ and "
    assert outcomes(text + r"$\sum_k N_k \pi_k = \frac{1}{N} \sum_k N_k^2$.") == ["proved"] * 2
    assert outcomes(text + r"$\sum_k N_k \pi_k = N$.")[-1] in ("refuted", "conditional")
