"""Steps of which the text leaves open what they are said of: they are not refuted."""

from __future__ import annotations

import pytest

import derive

SOFTMAX = r"""Let $p_c = \frac{e^{a_c}}{\sum_j e^{a_j}}$ and $H = -\sum_k y_k \log p_k$. Then

$$\begin{align}
\frac{\partial H}{\partial a_c} &= -\sum_k y_k \frac{\partial \log p_k}{\partial a_c} \\
&= -(1 - p_c) = p_c - 1 WORDS -(-p_c) = p_c - 0 \\
&= p_c - y_c
\end{align}$$
"""
ROWS = r"""The softmax of each row is

$$s(A_{ic}) = \frac{e^{A_{ic}}}{\sum_{j=1}^C e^{A_{ij}}}$$

$$H(A_i, Y_i) = -\sum_{c=1}^C Y_{ic} \log s(A_{ic})$$

Then

$$\frac{\partial H}{\partial A_{AT}} = SIGN \sum_{k=1}^C Y_{ROWk}
\frac{\partial \log s(A_{ROWk})}{\partial A_{AT}}$$
"""


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


def test_cases_with_an_or_between() -> None:
    found = outcomes(SOFTMAX.replace("WORDS", r"\ \text{or}\ "))
    assert found == ["proved", "unproved", "proved", "proved", "unproved"]
    assert "proved" != outcomes(SOFTMAX.replace("WORDS", "="))[1] != "unproved"


def test_a_row_whose_number_is_not_written() -> None:
    text = ROWS.replace("SIGN", "-")
    assert outcomes(text.replace("AT", "13").replace("ROW", "1")) == ["unproved"]
    text = text.replace("AT", "ic").replace("ROW", "i")
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= - ", "= + ")) == ["refuted"]


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"-\log \sum_x Q = -\log 1", "unproved"),
        (r"-\log \sum_{x=1}^n Q = -\log n - \log Q", "proved"),
        (r"-\log \sum_{x=1}^n Q = -\log Q", "refuted"),
    ],
)
def test_sums_in_which_the_argument_is_not_written(claim: str, outcome: str) -> None:
    assert outcomes(f"Let $Q > 0$ and $n = 3$. Then\n\n$$K = {claim}$$")[-1] == outcome


def test_a_value_that_is_put_in() -> None:
    text = r"""Let $f(\text{inv}) = \frac{1}{\text{inv}}$.

$$\frac{\partial f}{\partial \text{inv}} = -\frac{1}{\text{inv}^2} = SECOND$$
"""
    assert outcomes(text.replace("SECOND", "-(0.73)^2"))[-1] == "unproved"
    assert outcomes(text.replace("SECOND", "-(0.73)^2 = -1.0"))[-1] == "refuted"
    assert outcomes(text.replace("SECOND", r"-\frac{2}{\text{inv}^2}"))[-1] == "refuted"


def test_a_quantity_of_each_feature_without_its_letter() -> None:
    text = r"""The mean $m_j$ and the deviation $s_j$ are those of the jth feature.

$$m_j = \frac{1}{N} \sum_{i=1}^N z_{ij}, \quad s_j^2 = \frac{1}{N} \sum_{i=1}^N (z_{ij} - m_j)^2$$

$$\frac{\partial}{\partial m} (z_i - m) s^{-1} = -s^{-1} - (z_i - m) s^{-2} s'$$
"""
    assert "refuted" not in outcomes(text)


def test_a_jacobian_that_nothing_introduces() -> None:
    text = r"""For $y = f(x)$ recall that

$$\nabla_x^T \ell = \nabla_y^T \ell \times J_x y$$
"""
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace("J_x y", "f'(x) y")) != ["proved"]


def test_slopes_of_what_nothing_defines() -> None:
    text = r"""Let $s(z) = \frac{1}{1 + e^{-z}}$.

$$\frac{\partial l}{\partial z'} = s'(z') (v \frac{\partial l}{\partial a}
+ w \frac{\partial l}{\partial b})$$
"""
    assert outcomes(text) == ["unproved"]
    known = text.replace(".\n", ", $a = v s(z')$, $b = w s(z')$ and $l = a b$.\n", 1)
    assert outcomes(known)[-1] == "proved"
    assert outcomes(known.replace("+ w", "- w"))[-1] == "refuted"


def test_two_signs_of_differentiation() -> None:
    text = (
        r"Let $f_k = w_k x$. Then $\frac{\partial f_k}{\partial w_k} = \frac{\partial w_k x}{BY}$."
    )
    assert outcomes(text.replace("BY", r"\partial w_k")) == ["proved"]
    assert outcomes(text.replace("BY", r"\partial dw_k")) == []
