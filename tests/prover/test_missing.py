"""Missing hypotheses: the smallest natural one is named, and none is invented."""

from __future__ import annotations

import pytest

import derive
from derive.prover.verdict import Verdict

SOFTMAX = r"$$y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$" + "\n\n"
LOSS = SOFTMAX + r"$$L = -\sum_i t_i \log y_i$$" + "\n\n"


def last(text: str) -> Verdict:
    """The verdict on the last claim of a document."""
    found = [j.verdict for j in derive.check(text, format="markdown").claims if j.verdict]
    return found[-1]


LACKS: dict[str, tuple[str, str]] = {
    "cross-entropy": (
        LOSS + r"$$\frac{\partial L}{\partial z_k} = y_k - t_k$$",
        r"\sum_{k} t_{k} = 1",
    ),
    "weights": (
        r"$$\sum_i w_i (x_i - c) = \sum_i w_i x_i - c$$",
        r"\sum_{i} w_{i} = 1",
    ),
    "variance": (
        r"$$m = \sum_i p_i x_i$$ $$\sum_i p_i (x_i - m)^2 = \sum_i p_i x_i^2 - m^2$$",
        r"\sum_{i} p_{i} = 1",
    ),
    "logits shift": (
        r"$$\sum_i t_i (z_i + c) = c + \sum_i t_i z_i$$",
        r"\sum_{i} t_{i} = 1",
    ),
    "rows": (
        r"$$\sum_j P_{ij} (v_i - v_j) = v_i - \sum_j P_{ij} v_j$$",
        r"\sum_{j} P_{i, j} = 1",
    ),
    "delta": (
        r"$$\delta_{ij} x_i y_j = x_i y_i$$",
        r"i = j",
    ),
    "square by another letter, equal": (
        r"$$\frac{\partial}{\partial x_j} x_i^2 = 2 x_i$$",
        r"i = j",
    ),
    "square by another letter, different": (
        r"$$\frac{\partial}{\partial x_j} x_i^2 = 0$$",
        r"i \neq j",
    ),
    "soft diag": (
        SOFTMAX + r"$$\frac{\partial y_i}{\partial z_k} = y_i (1 - y_i)$$",
        r"i = k",
    ),
    "soft off": (
        SOFTMAX + r"$$\frac{\partial y_i}{\partial z_k} = -y_i y_k$$",
        r"i \neq k",
    ),
    "squares of labels": (
        r"Let $\sum_i t_i = 1$. $$\sum_i t_i^2 = 1$$",
        r"t_{i} \text{ one-hot}",
    ),
    "root": (
        r"$$\sqrt{x^2 y} = x \sqrt{y}$$",
        r"x \geq 0",
    ),
    "cube": (
        r"$$|a|^3 = a^3$$",
        r"a \geq 0",
    ),
    "slope of |x|": (
        r"$$\frac{d}{dx} |x| = 1$$",
        r"x > 0",
    ),
    "class": (
        r"$$L = -\log p_y$$ $$\frac{\partial L}{\partial p_k} = -\frac{1}{p_k}$$",
        r"k = y",
    ),
    "delta of a class": (
        r"$$\delta_{k y} x_y = x_k$$",
        r"k = y",
    ),
    "two excluded": (
        r"$$\sum_{j \neq i, k} x_j = \sum_j x_j - x_i - x_k$$",
        r"i \neq k",
    ),
    "two or more": (
        r"$$\sum_{i=1}^N \sum_{j=1, j \neq i}^N \frac{1}{N (N - 1)} = 1$$",
        r"N \geq 2",
    ),
    "two or more, other": (
        r"Let $N \geq 2$. $$\sum_{j=1, j \neq i, k}^N \frac{x_j}{N - 1} = \sum_{j=1}^N \frac{x_j}{N - 1}"
        r" - \frac{x_i}{N - 1} - \frac{x_k}{N - 1}$$",
        r"i \neq k",
    ),
    "product of deltas": (
        r"$$\delta_{ij} \delta_{jk} = \delta_{ij}$$",
        r"i = k",
    ),
    "entropy": (
        r"$$\sum_i q_i \left(\log q_i + c\right) = c + \sum_i q_i \log q_i$$",
        r"\sum_{i} q_{i} = 1",
    ),
    "variance of labels": (
        SOFTMAX
        + r"$$L = -\sum_i t_i \log y_i$$ Let $\sum_i t_i = 1$. $$\sum_i t_i (1 - t_i) = 0$$",
        r"t_{i} \text{ one-hot}",
    ),
    "symmetric": (
        r"$$x_i y_j = x_j y_i$$",
        r"i = j",
    ),
    "logarithm of a square": (
        r"$$\frac{1}{2}\log (x^2) + |x| = \log |x| + x$$",
        r"x \geq 0",
    ),
    "centred": (
        r"$$\sum_i a_i (b_i - c) + c = \sum_i a_i b_i$$",
        r"\sum_{i} a_{i} = 1",
    ),
    "roots": (
        r"$$\sqrt{x^4} \sqrt{x^2} = x^3$$",
        r"x \geq 0",
    ),
    "broken power": (
        r"$$(x^2)^{5/2} = x^5$$",
        r"x \geq 0",
    ),
    "two deltas": (
        r"$$\sum_k \delta_{ik} \delta_{jk} = 1$$",
        r"i = j",
    ),
    "two deltas, 0": (
        r"$$\sum_k \delta_{ik} \delta_{jk} = 0$$",
        r"i \neq j",
    ),
    "smoothing": (
        r"$$q_i = (1 - a) t_i + \frac{a}{N}$$ $$\sum_{i=1}^N q_i = 1$$",
        r"\sum_{i} t_{i} = 1",
    ),
    "batch": (
        r"$$y_{nk} = \frac{e^{z_{nk}}}{\sum_j e^{z_{nj}}}$$ $$L = -\frac{1}{M} \sum_{n=1}^M \sum_{k=1}^K t_{nk} \log y_{nk}$$ $$\frac{\partial L}{\partial z_{nk}} = \frac{y_{nk} - t_{nk}}{M}$$",
        r"\sum_{k} t_{n, k} = 1",
    ),
    "binary": (
        r"$$p = \frac{1}{1 + e^{-z}}$$ $$L = - a \log p - b \log (1 - p)$$ $$\frac{\partial L}{\partial z} = (a + b) p - |a|$$",
        r"a \geq 0",
    ),
    "mean": (
        r"$$m = \sum_i w_i x_i$$ $$\sum_i w_i (x_i - m) = 0$$",
        r"\sum_{i} w_{i} = 1",
    ),
    "quad": (
        r"Let $\sum_k t_k = 1$. $$\frac{1}{2} \sum_k (y_k - t_k)^2 = \frac{1}{2} \sum_k y_k^2 - \sum_k t_k y_k + \frac{1}{2}$$",
        r"t_{k} \text{ one-hot}",
    ),
}


@pytest.mark.parametrize("name", LACKS)
def test_what_is_missing_is_named(name: str) -> None:
    text, missing = LACKS[name]
    verdict = last(text)
    assert verdict.outcome == "conditional"
    assert [hypothesis.source for hypothesis in verdict.missing] == [missing]
    assert verdict.counterexample is not None


@pytest.mark.parametrize("name", [n for n in LACKS if "neq" not in LACKS[n][1]])
def test_once_it_is_said_the_step_is_proved(name: str) -> None:
    text, missing = LACKS[name]
    start = text.rindex("$$", 0, text.rindex("$$"))
    if "one-hot" in missing:
        said = f"Let ${missing[0]}$ be one-hot. "
    else:
        said = f"Assume that ${missing}$. "
    assert last(text[:start] + said + text[start:]).outcome == "proved"


FALSE = (
    r"$$x + 1 = x$$",
    r"$$\sum_i x_i = \sum_i x_i^2$$",
    r"$$x_i + x_j = 2 x_i + 1$$",
    r"$$\left(\sum_i x_i\right)^2 = \sum_i x_i^2$$",
    r"$$\log(a + b) = \log a + \log b$$",
    r"$$e^{a+b} = e^a + e^b$$",
    r"$$\sqrt{a+b} = \sqrt a + \sqrt b$$",
    SOFTMAX + r"$$\frac{\partial y_i}{\partial z_i} = y_i (1 + y_i)$$",
    SOFTMAX + r"$$\frac{\partial y_i}{\partial z_k} = y_i y_k$$",
    LOSS + r"$$\frac{\partial L}{\partial z_k} = t_k - y_k$$",
    LOSS + r"$$\frac{\partial L}{\partial y_k} = \frac{t_k}{y_k}$$",
    r"$$\frac{d}{dx} x^3 = 3 x$$",
    r"$$\frac{d}{dx} e^{-x} = e^{-x}$$",
    r"$$1 + \sum_i x_i = \sum_i (x_i + 1)$$",
    r"$$\sum_i \sum_j x_i y_j = \sum_i x_i y_i$$",
    r"$$\frac{1}{N} \sum_i (x_i - c) = \sum_i x_i - c$$",
    r"$$\delta_{ij} = 2$$",
    r"$$\delta_{ij} x_i = 2 \delta_{ij} x_j$$",
    r"$$\frac{\partial}{\partial x_k} \sum_i x_i^2 = x_k$$",
    r"$$\frac{a}{b} + \frac{c}{d} = \frac{a + c}{b + d}$$",
    r"$$\frac{d}{dx} \tanh x = 1 + \tanh^2 x$$",
    r"$$\log \frac{a}{b} = \log b - \log a$$",
    SOFTMAX + r"$$\sum_i y_i = N$$",
    r"$$m = \frac1N \sum_i x_i$$ $$\sum_i (x_i - m) = 1$$",
    r"$$\frac{d}{dx} \frac{1}{1+e^{-x}} = \frac{e^{x}}{(1+e^{-x})^2}$$",
    r"$$a^2 - b^2 = (a - b)^2$$",
    r"$$\sum_{i} t_i x_i = \sum_i t_i \sum_i x_i$$",
    r"$$|a + b| = |a| + |b| + 1$$",
    r"$$x^2 = 4$$ $$x^2 = x$$",
    r"$$(a+b)^2 = a^2 + b^2$$",
)


@pytest.mark.parametrize("text", FALSE)
def test_nothing_is_invented(text: str) -> None:
    verdict = last(text)
    assert verdict.outcome == "refuted"
    assert not verdict.missing
