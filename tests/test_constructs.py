"""Each construct that authors use, as a small document: a right one, and its wrong twin.

The right one is proved in whole; of the twin at least one step is refuted or conditional, and
none of its steps with an error is proved.  A row: what is shown, the document, and the pieces of
text that the twin exchanges.
"""

from __future__ import annotations

import pytest

import derive

MARKDOWN: list[tuple[str, str, str, str]] = [
    (
        "vectors and a matrix of examples without declared shapes",
        r"""
The loss is $$J(w) = \|y - Xw\|^2 + \lambda \|w\|^2.$$

$$(y - Xw)^T (y - Xw) = y^T y - 2 w^T X^T y + w^T X^T X w$$

$$\nabla_w J = -2 X^T y + 2 X^T X w + 2\lambda w$$
""",
        r"-2 X^T y + 2",
        r"-2 X^T y + ",
    ),
    (
        "the identity matrix",
        r"""
Let $A \in \mathbb{R}^{n \times n}$ and $v \in \mathbb{R}^n$.

$$(A + \lambda I) v = A v + \lambda v$$
""",
        r"\lambda v",
        r"\lambda^2 v",
    ),
    (
        "a bold vector for each example",
        r"""
The prediction is $\hat{y}_i = \mathbf{w}^\top \mathbf{x}_i + b$ and the loss is
$$E = \frac{1}{n} \sum_{i=1}^n (\hat{y}_i - y_i)^2.$$

$$\frac{\partial E}{\partial \mathbf{w}} = \frac{2}{n} \sum_{i=1}^n (\hat{y}_i - y_i) \mathbf{x}_i$$
""",
        r"\frac{2}{n} \sum_{i=1}^n (\hat",
        r"\frac{1}{n} \sum_{i=1}^n (\hat",
    ),
    (
        "a function of a vector, applied to the vector of each example",
        r"""
Let $\sigma(u) = \frac{1}{1 + e^{-u}}$ and $h_w(x) = \sigma(w^T x)$, and

$$C(w) = -\sum_{i=1}^m \left[ y^{(i)} \log h_w(x^{(i)})
+ (1 - y^{(i)}) \log(1 - h_w(x^{(i)})) \right]$$

$$\frac{\partial}{\partial w_j} C(w) = \sum_{i=1}^m (h_w(x^{(i)}) - y^{(i)}) x_j^{(i)}$$
""",
        r"(h_w(x^{(i)}) - y^{(i)}) x",
        r"(y^{(i)} - h_w(x^{(i)})) x",
    ),
    (
        "derivatives by what is made of other quantities, which are held",
        r"""
$$m = \frac{1}{N} \sum_{i=1}^N x_i, \qquad \sigma^2 = \frac{1}{N} \sum_{i=1}^N (x_i - m)^2$$
$$u_i = \frac{x_i - m}{\sqrt{\sigma^2 + \epsilon}}$$

$$\frac{\partial L}{\partial \sigma^2}
= \sum_{i=1}^N \frac{\partial L}{\partial u_i} (x_i - m) \left(-\frac{1}{2}\right)
  (\sigma^2 + \epsilon)^{-3/2}$$

$$\frac{\partial L}{\partial m} = -\sum_{i=1}^N
  \frac{\partial L}{\partial u_i} \frac{1}{\sqrt{\sigma^2 + \epsilon}}
  + \frac{\partial L}{\partial \sigma^2} \frac{\sum_{i=1}^N -2(x_i - m)}{N}$$

$$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial u_i}
  \frac{1}{\sqrt{\sigma^2 + \epsilon}}
  + \frac{\partial L}{\partial \sigma^2} \frac{2 (x_i - m)}{N}
  + \frac{\partial L}{\partial m} \frac{1}{N}$$
""",
        r"\frac{2 (x_i - m)}{N}",
        r"\frac{(x_i - m)}{N}",
    ),
    (
        "a policy named pi, and an indicator with its condition below",
        r"""
$$\pi_a = \frac{e^{\theta_a}}{\sum_b e^{\theta_b}}$$

$$\frac{\partial \log \pi_a}{\partial \theta_b} = \mathbb{1}_{a = b} - \pi_b$$
""",
        r"- \pi_b",
        r"- \pi_a",
    ),
    (
        "a function that the right end of a chain introduces",
        r"""
Let $r(x) = \ln(1 + e^x)$. Then $$r'(x) = \frac{e^x}{1 + e^x} = \frac{1}{1 + e^{-x}} = s(x)$$

and $$\frac{e^x - e^{-x}}{e^x + e^{-x}} = 2 s(2x) - 1.$$
""",
        r"s(2x)",
        r"s(x)",
    ),
]

PLAIN: list[tuple[str, str, str, str]] = [
    (
        "plain text with cases in words",
        """
p_i = exp(z_i) / Σ_j exp(z_j)

For i = k:

∂p_i/∂z_k = p_i (1 - p_i)

For i ≠ k:

∂p_i/∂z_k = -p_i p_k
""",
        "-p_i p_k",
        "p_i p_k",
    ),
]


def _rows() -> list[object]:
    listed = (("markdown", MARKDOWN), ("text", PLAIN))
    return [pytest.param(form, *row[1:], id=row[0]) for form, rows in listed for row in rows]


@pytest.mark.parametrize(("form", "text", "right", "wrong"), _rows())
def test_the_right_document_is_proved(form: str, text: str, right: str, wrong: str) -> None:
    report = derive.check(text, format=form)
    said = [(s.statement.place.line, s.statement.message) for s in report.judgements]
    assert report.claims, said
    assert [c.verdict.outcome for c in report.claims] == ["proved"] * len(report.claims)
    assert "unread" not in [j.statement.kind for j in report.judgements], said


@pytest.mark.parametrize(("form", "text", "right", "wrong"), _rows())
def test_the_wrong_twin_is_not(form: str, text: str, right: str, wrong: str) -> None:
    assert right in text
    before, _, after = text.rpartition(right)
    report = derive.check(before + wrong + after, format=form)
    outcomes = [c.verdict.outcome for c in report.claims]
    assert {"refuted", "conditional"} & set(outcomes), outcomes
