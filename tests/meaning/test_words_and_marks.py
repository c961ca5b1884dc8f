"""Hats, primes, pi, tables, words of a case: right steps hold, and wrong twins are refused."""

from __future__ import annotations

import pytest

import derive

GAUSSIAN = r"""The log-likelihood of $x_1, \ldots, x_n$ is

$$ \ell = -\frac{n}{2} \log v - \frac{1}{2 v} \sum_{i=1}^n (x_i - \mu)^2 $$

$$ \frac{\partial \ell}{\partial \mu} = \frac{1}{v} \sum_{i=1}^n (x_i - \mu) = 0 \implies
\hat\mu = \frac{1}{n} \sum_{i=1}^n x_i $$

$$ \frac{\partial \ell}{\partial v} = -\frac{n}{2 v} + \frac{1}{2 v^2} \sum_{i=1}^n (x_i - \mu)^2
= 0 \implies \hat v = \frac{1}{n} \sum_{i=1}^n (x_i - \hat\mu)^2 $$
"""
EXPERTS = r"""Let $E = \frac12 (d - \sum_i g_i o_i)^2$, so that

$$\frac{\partial E}{\partial o_i} = -(d - \sum_j g_j o_j) g_i, \qquad
\frac{\partial E}{\partial d} = d - \sum_j g_j o_j$$

For the other loss $E' = \frac12 \sum_i g_i (d - o_i)^2$ we find

$$\frac{\partial E'}{\partial o_i} = -g_i (d - o_i)$$
"""
TABLE = r"""
| op | forward | backward |
|---|---|---|
| add | $z = x + y$ | $\frac{\partial z}{\partial x} = 1$ |
| mul | $z = x y$ | $\frac{\partial z}{\partial x} = y$ |
"""
SMOOTHED = r"""Let $L = -\sum_i ((1 - a) y_i + b) \log p_i$. Then

$$ L = (1 - a) L_1 + b L_2 $$ with $L_1 = -\sum_i y_i \log p_i$ and $L_2 = -\sum_i \log p_i$.
"""
POLICY = r"""Let $\log \pi = -\frac{(a - m)^2}{2 s^2} - \log s$ be that of a policy.

$$\frac{\partial \log \pi}{\partial m} = \frac{a - m}{s^2}$$
"""
ENTROPY = r"""We maximise $H = -\sum_i p_i \log p_i$ under the constraints $\sum_i p_i = 1$ and
$\sum_i p_i c_i = U$. The Lagrangian is

$$ F = -\sum_i p_i \log p_i - \alpha (\sum_i p_i - 1) - \beta (\sum_i p_i c_i - U) $$

Setting the derivatives to zero:

$$ \frac{\partial F}{\partial p_i} = -\log p_i - 1 - \alpha - \beta c_i = 0 $$

$$ p_i = e^{-1-\alpha-\beta c_i} $$

Normalisation gives $e^{1+\alpha} = \sum_j e^{-\beta c_j}$.
"""
WEIGHTS = r"""Let $Q = \sum_{n=1}^N \sum_{k=1}^K r_{nk} \log w_k$ where $\sum_k r_{nk} = 1$, subject
to $\sum_k w_k = 1$:

$$ F = \sum_{n,k} r_{nk} \log w_k + \lambda \left(1 - \sum_k w_k\right) $$

$$ \frac{\partial F}{\partial w_k} = \sum_n \frac{r_{nk}}{w_k} - \lambda = 0 $$

so $w_k = \frac{1}{\lambda} \sum_n r_{nk}$ and $\lambda = N$.
"""
CHINESE = r"""设网络的输出为 $a_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$，损失函数为

$$C = -\sum_i y_i \ln a_i$$

其中 $y_i$ 是标签，满足 $\sum_i y_i = 1$。于是有

$$\frac{\partial C}{\partial z_i} = a_i - y_i$$
"""
NEWTON = r"""Let $m(d) = f_k + g^T d + \frac{1}{2} d^T H d$ with $H$ symmetric. Its gradient is

$$\nabla_d m = g + H d$$

and setting it to zero gives the direction $d = -H^{-1} g$.
"""
PAGES = [
    (GAUSSIAN, r"v = \frac{1}{n} \sum", r"v = \frac{1}{n-1} \sum"),
    (EXPERTS, r"= -g_i (d - o_i)", r"= g_i (d - o_i)"),
    (TABLE, r"x} = y$", r"x} = x$"),
    (SMOOTHED, r"+ b L_2", r"- b L_2"),
    (POLICY, r"= \frac{a - m}{s^2}", r"= \frac{m - a}{s^2}"),
    (ENTROPY, r"e^{1+\alpha} =", r"e^{-1-\alpha} ="),
    (WEIGHTS, r"\lambda = N", r"\lambda = K"),
    (CHINESE, "= a_i - y_i", "= y_i - a_i"),
    (NEWTON, "d = -H^{-1} g", "d = H^{-1} g"),
]  # fmt: skip


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(("page", "right", "wrong"), PAGES)
def test_a_right_page_is_proved_and_its_wrong_twin_is_not(
    page: str, right: str, wrong: str
) -> None:
    assert page.count(right) == 1
    assert set(outcomes(page)) == {"proved"}
    assert set(outcomes(page.replace(right, wrong))) != {"proved"}


TRIPLET = r"""Let $L = \max(0, \|a - p\|^2 - \|a - n\|^2 + m)$.

If the loss is positive, the gradient is

$$\frac{\partial L}{\partial p} = -2(a - p)$$
"""


def test_a_condition_in_words_is_no_reason_to_refute() -> None:
    assert outcomes(TRIPLET) == ["unproved"]
    assert "proved" not in outcomes(TRIPLET.replace("-2(a - p)", "2(a - p)"))
    assert outcomes(r"Let $f = x^2$. The slope is $\frac{df}{dx} = 1$.") == ["refuted"]


def test_a_differential_is_not_a_number_of_its_own() -> None:
    text = r"Let $E = X W - Y$. Then $\operatorname{tr}(E^T dE) = \operatorname{tr}(E^T X\, dW)$."
    assert outcomes(text) == ["unproved"]


def test_what_is_old_may_be_a_value_there() -> None:
    text = r"Let $r = \frac{f(x)}{f_{old}}$. At $x = x_{old}$ we have $r = 1$."
    assert "refuted" not in outcomes(text)
    assert "proved" not in outcomes(text.replace("r = 1", "r = 2"))


LAYERS = r"""Let $X \in \mathbb{R}^{N \times D}$, $W \in \mathbb{R}^{D \times H}$ and
$V \in \mathbb{R}^{H \times C}$ with $Z = X W$, $H = \max(0, Z)$ and

$$ L = \frac12 \| H V - Y \|^2 $$

$$ \frac{\partial L}{\partial V} = H^T (H V - Y) $$
"""


def test_a_size_and_a_matrix_may_share_a_letter() -> None:
    assert outcomes(LAYERS) == ["proved"]
    assert outcomes(LAYERS.replace("= H^T (H V", "= 2 H^T (H V")) == ["refuted"]


def test_an_open_density_may_be_positive() -> None:
    text = r"Let $f = -\frac{p(x)}{d^2}$. Then $f < 0$."
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace("p(x)", "a")) == ["refuted"]


RIDGE = r"""We minimise $J = \|y - X b\|^2 + \lambda \|b\|^2$ with

$$ \nabla_b J = -2 X^T y + 2 X^T X b + 2 \lambda b $$

Setting $\nabla_b J = 0$ yields $(X^T X + \lambda I) b = X^T y$, hence

$$ b = (X^T X + \lambda I)^{-1} X^T y $$
"""
LEAST = r"""Let $Q = \frac1n \|Xw - y\|^2$. The gradient is

$$ \nabla_w Q = \frac{2}{n} X^T (X w - y). $$

Setting the gradient to zero, we get $X^T X w = X^T y$, hence $w = (X^T X)^{-1} X^T y$.
"""


@pytest.mark.parametrize(
    ("page", "right", "wrong"),
    [
        (RIDGE, r"(X^T X + \lambda I) b =", r"(X^T X - \lambda I) b ="),
        (RIDGE, r"I)^{-1} X^T y", r"I)^{-1} y"),
        (RIDGE, r"b = (X^T X + \lambda I)^{-1}", r"b = (X^T X - \lambda I)^{-1}"),
        (LEAST, r"$X^T X w = X^T y$", r"$X^T X w = 2 X^T y$"),
        (LEAST, r"$w = (X^T X)^{-1}", r"$w = -(X^T X)^{-1}"),
    ],
)
def test_normal_equations_follow_from_the_slope(page: str, right: str, wrong: str) -> None:
    assert page.count(right) == 1
    assert set(outcomes(page)) == {"proved"}
    assert set(outcomes(page.replace(right, wrong))) != {"proved"}


ERROR = r"""With $y_n = \sigma(a_n)$, $a_n = w^T x_n$ and $\sigma(a) = 1/(1+e^{-a})$ let

$$ E(w) = - \sum_{n=1}^N \left\{ t_n \ln y_n + (1-t_n) \ln (1-y_n) \right\} $$

$$ \nabla E(w) = \sum_{n=1}^N (y_n - t_n) x_n $$
"""


def test_an_error_is_no_expected_value() -> None:
    assert outcomes(ERROR) == ["proved"]
    assert outcomes(ERROR.replace("(y_n - t_n)", "(y_n + t_n)")) == ["refuted"]


def test_an_inner_product_is_of_vectors() -> None:
    text = r"Let $Q = \sum_i (\langle w, x_i \rangle - y_i)^2$. Then $\nabla_w Q = "
    assert outcomes(text + r"2 \sum_i (\langle w, x_i \rangle - y_i) x_i$.") == ["proved"]
    assert outcomes(text + r"\sum_i (\langle w, x_i \rangle - y_i) x_i$.") == ["refuted"]


def test_a_short_page_in_another_language_is_known_by_its_cues() -> None:
    text = r"""Minimizamos $f = \frac12 (y - x b)^2 + c b$. Entonces, para $x > 0$,

$$\frac{df}{db} = -x (y - x b) + c$$

Igualando a cero obtenemos el valor

$$b = \frac{x y - c}{x^2}$$
"""
    assert outcomes(text) == ["proved"] * 2
    assert outcomes(text.replace("x y - c", "x y + c"))[-1] != "proved"


WORD = r"""
The loss is $ L = -\sum_{i=1}^k y_i \log(y_{\text{pred}, i}) $ with

$$ y_{\text{pred}, i} = \frac{e^{z_i}}{\sum_{j=1}^k e^{z_j}} $$

$$ \frac{\partial L}{\partial y_{\text{pred}, i}} = -\frac{y_i}{y_{\text{pred}, i}} $$

$$ \frac{\partial y_{\text{pred}, i}}{\partial z_j}
= y_{\text{pred}, i} (\delta_{ij} - y_{\text{pred}, j}) $$
"""


def _outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


def test_a_word_below_a_name_beside_an_index_is_part_of_the_name() -> None:
    assert _outcomes(WORD) == ["proved"] * 2
    assert _outcomes(WORD.replace(r"= -\frac", r"= \frac")) == ["refuted", "proved"]
    assert _outcomes(WORD.replace(r"\delta_{ij} -", r"\delta_{ij} +")) == ["proved", "refuted"]
    behind = WORD.replace(r"\text{pred}, i", r"i, \text{pred}")
    assert _outcomes(behind.replace(r"\text{pred}, j", r"j, \text{pred}")) == ["proved"] * 2
