"""What a function is of: gradients without an index, lists of arguments, vectors of a softmax."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    return " ".join(j.verdict.outcome for j in derive.check(text).claims if j.verdict)


LINE = (
    r"Let $h_w(x) = w_0 + w_1 x$ and $J(w_0, w_1) = \frac{1}{2m} \sum_{i=1}^m "
    r"(h_w(x_i) - y_i)^2$. We step $w_j := w_j - a \frac{\partial J}{\partial w_j}$." + "\n\n"
)
DECAY = r"The penalised loss is $R(w) = L(w) + \frac{c}{2} \|w\|^2$." + "\n\n"
MANY = r"Let $F(u_1, \dots, u_n) = \log \sum_{i=1}^n e^{u_i}$." + "\n\n"
SOFT = r"Let $s = \mathrm{softmax}(z)$." + "\n\n"
STATES = (
    r"Let $h_t = \tanh(U h_{t-1} + V x_t)$, $y_t = W h_t + b$ and $L = \sum_{t=1}^T L_t$." + "\n\n"
)

PAGES = [
    (LINE + r"$$\frac{\partial J}{\partial w_0} = \frac{1}{m} \sum_{i=1}^m (h_w(x_i) - y_i)$$",
     "proved"),
    (LINE + r"$$\frac{\partial J}{\partial w_1} = \frac{1}{m} \sum_{i=1}^m (h_w(x_i) - y_i) x_i$$",
     "proved"),
    (LINE + r"$$\frac{\partial J}{\partial w_0} = \frac{1}{m} \sum_{i=1}^m (h_w(x_i) - y_i) x_i$$",
     "refuted"),
    (DECAY + r"$$\nabla R(w) = \nabla L(w) + c w$$", "proved"),
    (DECAY + r"$$\nabla R(w) = \nabla L(w) - c w$$", "refuted"),
    (r"$$\nabla h(x) = \nabla h(y)$$", "unproved"),
    (MANY + r"$$\frac{\partial F}{\partial u_j} = \frac{e^{u_j}}{\sum_i e^{u_i}}$$", "proved"),
    (MANY + r"$$\frac{\partial F}{\partial u_j} = \frac{e^{-u_j}}{\sum_i e^{u_i}}$$", "refuted"),
    (SOFT + r"$$s^T \mathbf{1} = 1$$", "proved"),
    (SOFT + r"$$s - s (s^T \mathbf{1}) = 0$$", "proved"),
    (SOFT + r"$$s - 2 s (s^T \mathbf{1}) = 0$$", "refuted"),
    (SOFT + r"Let $L = -y^T \log s$. $$\frac{\partial L}{\partial s} = - y \oslash s$$", "proved"),
    (SOFT + r"Let $L = -y^T \log s$. $$\frac{\partial L}{\partial s} = - s \oslash y$$",
     "unproved"),
    # The loss of a moment may be one of what belongs to it alone.
    (STATES + r"$$\frac{\partial L}{\partial W} = \sum_{t=1}^T "
     r"\frac{\partial L_t}{\partial y_t} h_t^T$$", "unproved"),
    # A matrix that is only named where it is said what a form of it is.
    (r"Let $p_j = \frac{e^{x_j}}{\sum_i e^{x_i}}$. $$v^T H v = \sum_j p_j v_j^2$$", "unproved"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_what_a_function_is_of(text: str, expected: str) -> None:
    assert outcomes(text) == expected
