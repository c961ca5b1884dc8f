"""Networks as authors write them: layers, biases, examples; each with a wrong twin."""

from __future__ import annotations

import pytest

import derive

LAYERS = r"""
$$u^{(1)} = W^{(1)} x + b^{(1)}, \quad h^{(1)} = \sigma(u^{(1)}), \quad
  u^{(2)} = W^{(2)} h^{(1)} + b^{(2)}$$

with $\sigma(s) = 1/(1+e^{-s})$ and $L = \frac12 \|u^{(2)} - y\|^2$. Then

$$\frac{\partial L}{\partial W^{(2)}} = (u^{(2)} - y) {h^{(1)}}^\top$$

$$\frac{\partial L}{\partial u^{(1)}} =
  {W^{(2)}}^\top (u^{(2)} - y) \odot h^{(1)} \odot (1 - h^{(1)})$$
"""

NUMBERED = r"""
A network: $s_1 = A_1 x + c_1$, $h_1 = \tanh(s_1)$, $s_2 = A_2 h_1 + c_2$, and the loss
$L = \frac{1}{2} \|s_2 - t\|_2^2$.

- $\frac{\partial L}{\partial A_2} = (s_2 - t) h_1^T$
- $\frac{\partial L}{\partial s_1} = A_2^T (s_2 - t) \odot (1 - h_1^2)$
"""

EXAMPLES = r"""
Let $\sigma(x) = \frac{1}{1+e^{-x}}$ and $p_n = \sigma(w^\top x_n + b)$ with

$$ L = -\sum_{n=1}^N \left[ y_n \log p_n + (1 - y_n)\log(1 - p_n) \right]. $$

$$ \frac{\partial L}{\partial w} = \sum_{n=1}^N (p_n - y_n) x_n, \qquad
   \frac{\partial L}{\partial b} = \sum_n (p_n - y_n) $$
"""

BATCH_NORM = r"""
Forward: $\mu = \frac1m \sum_{i=1}^m x_i$, $\sigma^2 = \frac1m\sum_{i=1}^m (x_i-\mu)^2$,
$\hat x_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$ and $y_i = \gamma \hat x_i + \beta$.
For a loss $\ell$ that depends on $y_1,\dots,y_m$,

$$ \frac{\partial \ell}{\partial x_k} = \frac{1}{\sqrt{\sigma^2+\epsilon}} \left(
  \frac{\partial \ell}{\partial \hat x_k} - \frac1m \sum_j \frac{\partial \ell}{\partial \hat x_j}
  - \frac{\hat x_k}{m} \sum_j \frac{\partial \ell}{\partial \hat x_j} \hat x_j \right) $$
"""

FOCAL = r"""
The loss is $F(q_t) = -(1-q_t)^\gamma \log(q_t)$. For $y = 1$ we have $q_t = q$ with
$q = \sigma(x) = 1/(1+e^{-x})$. So

$$ \frac{dq}{dx} = q(1-q) $$

$$ \frac{d F}{dq} = \gamma (1-q)^{\gamma-1} \log(q) - \frac{(1-q)^\gamma}{q} $$
"""

TEXT = r"""
Softmax: p_i = exp(z_i) / sum_j exp(z_j)

Loss: L = -sum_i y_i log(p_i), with sum_i y_i = 1.

So dL/dz_j = p_j - y_j.
"""

DOCUMENTS = [
    (LAYERS, 2, "h^{(1)} \\odot (1 - h^{(1)})", "h^{(1)} \\odot (1 + h^{(1)})"),
    (LAYERS, 2, "(u^{(2)} - y) {h^{(1)}}^\\top", "(y - u^{(2)}) {h^{(1)}}^\\top"),
    (NUMBERED, 2, "(1 - h_1^2)", "(1 - h_1)"),
    (NUMBERED, 2, "(s_2 - t) h_1^T", "(s_2 - t) s_1^T"),
    (EXAMPLES, 2, "(p_n - y_n) x_n,", "(p_n + y_n) x_n,"),
    (EXAMPLES, 2, "\\sum_n (p_n - y_n) $$", "\\sum_n p_n $$"),
    (BATCH_NORM, 1, "- \\frac1m", "+ \\frac1m"),
    (BATCH_NORM, 1, "- \\frac{\\hat x_k}{m}", "- \\hat x_k"),
    (FOCAL, 2, "q(1-q)", "q(1+q)"),
    (FOCAL, 2, "- \\frac{(1-q)^\\gamma}{q}", "+ \\frac{(1-q)^\\gamma}{q}"),
    (TEXT, 1, "with sum_i y_i = 1", "with sum_i y_i = 2"),
    (TEXT, 1, "p_j - y_j", "y_j - p_j"),
]


@pytest.mark.parametrize(("text", "count", "right", "wrong"), DOCUMENTS)
def test_a_network_is_proved_and_its_wrong_twin_is_not(
    text: str, count: int, right: str, wrong: str
) -> None:
    report = derive.check(text)
    assert [step.verdict.outcome for step in report.claims] == ["proved"] * count
    twin = derive.check(text.replace(right, wrong))
    outcomes = [step.verdict.outcome for step in twin.claims]
    assert len(outcomes) == count
    assert outcomes.count("refuted") + outcomes.count("conditional") == 1


MODEL = r"""
The error of the points $(x_i, y_i)$ under the model $y = m x + c$ is

$$ E = \frac{1}{n} \sum_{i=1}^n (y_i - (m x_i + c))^2 $$

$$ \frac{\partial E}{\partial m} = -\frac{2}{n} \sum_i x_i (y_i - (m x_i + c)) $$
"""


def test_a_model_of_data_is_no_definition_of_them() -> None:
    """Else the error were 0, and whatever is said of its derivative would hold."""
    wrong = MODEL.replace("-\\frac{2}{n}", "\\frac{2}{n}")
    assert [step.verdict.outcome for step in derive.check(MODEL).claims] == ["proved"]
    assert [step.verdict.outcome for step in derive.check(wrong).claims] == ["refuted"]
    # Where nothing says that the y_i are data, the right one holds whatever they are.
    right, wrong = (
        t.replace("points $(x_i, y_i)$", "targets $y_i$ at $x_i$") for t in (MODEL, wrong)
    )
    assert [step.verdict.outcome for step in derive.check(right).claims] == ["proved"]
    (step,) = derive.check(wrong).claims
    assert step.verdict.outcome == "unproved"
    assert step.verdict.message.endswith("makes both sides 0")


def test_nor_is_a_model_of_each_of_them() -> None:
    modelled = MODEL.replace("points $(x_i, y_i)$ under the model $y = m x + c$", "line")
    modelled = "The targets are modelled by $y_i = m x_i + c$." + modelled
    (right,) = derive.check(modelled).claims
    (wrong,) = derive.check(modelled.replace("-\\frac{2}{n}", "\\frac{2}{n}")).claims
    assert right.verdict.outcome == "proved"  # whatever the targets are
    assert wrong.verdict.outcome == "unproved"
