"""Networks as authors differentiate them: layers in full, gates, a loss that is one number."""

from __future__ import annotations

import pytest

import derive

GATES = r"""
$$f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)$$
$$i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)$$
$$o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o)$$
$$g_t = \tanh(W_g x_t + U_g h_{t-1} + b_g)$$
$$c_t = f_t \odot c_{t-1} + i_t \odot g_t$$
$$h_t = o_t \odot \tanh(c_t)$$

$$\frac{\partial h_t}{\partial o_t} = \tanh(c_t)$$
$$\frac{\partial h_t}{\partial c_t} = o_t \odot (1 - \tanh^2(c_t))$$
$$\frac{\partial c_t}{\partial f_t} = c_{t-1}$$
$$\frac{\partial c_t}{\partial i_t} = g_t$$
$$\frac{\partial c_t}{\partial g_t} = i_t$$
"""

SHAPES = r"""
where $x_t \in \mathbb{R}^d$, $h_t \in \mathbb{R}^n$, $W_f \in \mathbb{R}^{n \times d}$ and
$U_f \in \mathbb{R}^{n \times n}$.
"""

UPDATE = r"""
$$z_t = \phi(W_z x_t + U_z h_{t-1})$$
$$r_t = \phi(W_r x_t + U_r h_{t-1})$$
$$\tilde h_t = \tanh(W x_t + U (r_t \odot h_{t-1}))$$
$$h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde h_t$$

$$\frac{\partial h_t}{\partial z_t} = \tilde h_t - h_{t-1}$$
$$\frac{\partial h_t}{\partial \tilde h_t} = z_t$$
"""

LAYERS = r"""
$$z_1 = W_1 x + b_1$$
$$a_1 = \tanh(z_1)$$
$$z_2 = W_2 a_1 + b_2$$
$$\hat{y} = \sigma(z_2)$$
$$L = -y \log \hat{y} - (1-y)\log(1-\hat{y})$$

where $\sigma(z) = 1/(1+e^{-z})$.

$$\frac{\partial L}{\partial z_2} = \hat{y} - y$$
$$\frac{\partial L}{\partial W_2} = \frac{\partial L}{\partial z_2} a_1^T$$
$$\frac{\partial L}{\partial a_1} = W_2^T \frac{\partial L}{\partial z_2}$$
$$\frac{\partial L}{\partial z_1} = \frac{\partial L}{\partial a_1} \odot (1 - a_1^2)$$
$$\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial z_1} x^T$$
"""

ACTIVATION = r"""
Let $z = W x + b$ and $a = \phi(z)$. Then

$$\frac{\partial a_i}{\partial z_j} = \phi'(z_i) \delta_{ij}$$
$$\frac{\partial a_i}{\partial x_k} = \phi'(z_i) W_{ik}$$
"""

PAGES = {
    "gates": GATES,
    "gates of vectors": GATES + SHAPES,
    "an update gate": UPDATE,
    "layers": LAYERS,
    "an activation": ACTIVATION,
}

WRONG = [
    ("gates", r"{\partial o_t} = \tanh(c_t)", r"{\partial o_t} = \tanh(c_{t-1})"),
    ("gates", r"(1 - \tanh^2(c_t))", r"(1 - \tanh(c_t))"),
    ("gates", r"{\partial f_t} = c_{t-1}", r"{\partial f_t} = c_t"),
    ("gates", r"{\partial i_t} = g_t", r"{\partial i_t} = i_t"),
    ("gates of vectors", r"{\partial f_t} = c_{t-1}", r"{\partial f_t} = h_{t-1}"),
    ("an update gate", r"\tilde h_t - h_{t-1}", r"\tilde h_t + h_{t-1}"),
    ("an update gate", r"{\partial \tilde h_t} = z_t", r"{\partial \tilde h_t} = 1 - z_t"),
    ("layers", r"= \hat{y} - y", r"= y - \hat{y}"),
    ("layers", r"(1 - a_1^2)", r"(1 - a_1)"),
    ("an activation", r"\phi'(z_i) W_{ik}", r"\phi'(z_k) W_{ik}"),
    ("an activation", r"\phi'(z_i) \delta_{ij}", r"\phi(z_i) \delta_{ij}"),
]


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_each_step_is_proved(page: str) -> None:
    found = outcomes(page)
    assert len(found) >= 2
    assert set(found) == {"proved"}


@pytest.mark.parametrize(("page", "right", "wrong"), WRONG)
def test_a_wrong_step_is_not(page: str, right: str, wrong: str) -> None:
    text = PAGES[page]
    assert text.count(right) == 1
    found = outcomes(text.replace(right, wrong))
    assert sorted(set(found)) in (["proved", "refuted"], ["conditional", "proved"])
    assert len([outcome for outcome in found if outcome != "proved"]) == 1


def test_what_depends_on_itself_at_the_same_moment_is_no_recurrence() -> None:
    text = r"""$$o_t = h_{t-1} + x_t$$ $$h_t = o_{t+1} w$$
$$\frac{\partial h_t}{\partial x_t} = w$$"""
    assert "proved" not in outcomes(text)


ONE_NUMBER = "is one number, the sum over the components"


def guesses(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [guess for judgement in report.judgements for guess in judgement.statement.guesses]


def test_a_loss_is_one_number() -> None:
    assert f"L {ONE_NUMBER}" in guesses(LAYERS)


@pytest.mark.parametrize(
    "text",
    [
        r"With $a, t \in \mathbb{R}^n$ let $E = a - t$. $$\frac{\partial E}{\partial a} = I$$",
        r"With $a \in \mathbb{R}^n$ let $q = a^2$. $$\frac{\partial q}{\partial a} = 2 a$$",
        r"For $a \in \mathbb{R}^n$, $L = \sum_i a_i^2$. $$\frac{\partial L}{\partial a} = 2 a$$",
    ],
)
def test_errors_and_layers_stay_vectors_and_sums_are_numbers(text: str) -> None:
    assert not any(ONE_NUMBER in guess for guess in guesses(text))


def test_an_open_function_on_one_side_is_what_the_equation_may_define() -> None:
    assert "refuted" not in outcomes(r"$$\log p(x) = -x^2$$ $$\sin r(x) = x$$")
    both = r"Let $q(x) = p(x)^2$. $$q'(x) = 2 p(x) p'(x)$$ $$q'(x) = 2 p'(x)$$"
    assert outcomes(both) == ["proved", "refuted"]


ATTENTION = r"""
$$S_{ij} = \frac{1}{\sqrt d} \sum_k Q_{ik} K_{jk}, \quad
P_{ij} = \frac{e^{S_{ij}}}{\sum_l e^{S_{il}}}, \quad O_{ik} = \sum_j P_{ij} V_{jk}$$

$$\frac{\partial L}{\partial P_{ij}} = \sum_k \frac{\partial L}{\partial O_{ik}} V_{jk}$$

$$\frac{\partial L}{\partial S_{ij}} = P_{ij} \left( \frac{\partial L}{\partial P_{ij}}
- \sum_l P_{il} \frac{\partial L}{\partial P_{il}} \right)$$

$$\frac{\partial L}{\partial Q_{ik}}
= \frac{1}{\sqrt d} \sum_j \frac{\partial L}{\partial S_{ij}} K_{jk}$$
"""


def test_two_derivatives_by_what_is_made_of_others() -> None:
    assert outcomes(ATTENTION) == ["proved"] * 3
    wrong = ATTENTION.replace(r"- \sum_l", r"+ \sum_l")
    assert outcomes(wrong)[1] == "refuted"
