"""What is sought "subject to" something: supposed, and not claimed."""

from __future__ import annotations

import pytest

import derive

PROBLEM = r"""$$\begin{align}
&\min_a f(a) \\
&WORDS \sum_{i=1}^n a_i y_i = 0, a_i \ge 0, i = 1, 2, \dots, n
\end{align}$$

It follows that

$$\sum_{i=1}^n 2 a_i y_i = RIGHT$$
"""


def outcomes(text: str) -> list[tuple[str, str]]:
    found = derive.check(text, format="markdown").judgements
    return [(j.statement.kind, j.verdict.outcome if j.verdict else "") for j in found]


@pytest.mark.parametrize("words", ["s.t.", r"\text{s.t. }", r"\text{subject to } \quad"])
def test_all_constraints_are_supposed(words: str) -> None:
    text = PROBLEM.replace("WORDS", words)
    supposed = [("hypothesis", ""), ("hypothesis", "")]
    assert outcomes(text.replace("RIGHT", "0")) == [*supposed, ("claim", "proved")]
    assert outcomes(text.replace("RIGHT", "1"))[-1] != ("claim", "proved")


def test_a_constraint_on_what_is_defined_is_asked_for() -> None:
    text = "Let $g(k) = 2 k - 3$. WORDS $g(k) = 0$."
    sought = text.replace("WORDS", "We minimise $f$ subject to the constraint")
    assert outcomes(sought)[-1] == ("hypothesis", "")
    assert outcomes(text.replace("WORDS", "Then"))[-1] == ("claim", "refuted")


def test_let_sets_a_derivative_to_zero() -> None:
    text = r"""Let $E = (y - X a)^T (y - X a)$ for a matrix $X$ and vectors $y$, $a$.

$$\frac{\partial E}{\partial a} = 2 X^T X a - 2 X^T y$$

WORDS
$\frac{\partial E}{\partial a} = 0$. Then we get

$$X^T y = X^T X a$$
"""
    assert outcomes(text.replace("WORDS", "Let"))[-1] == ("claim", "proved")
    wrong = text.replace("WORDS", "Let").replace("X^T X a", "2 X^T X a")
    assert outcomes(wrong)[-1] != ("claim", "proved")
    chinese = (
        text.replace("WORDS", "令")
        .replace("Then we get", "可得：")
        .replace(
            "for a matrix $X$ and vectors $y$, $a$",
            "其中 $X$ 是矩阵，$y$ 和 $a$ 是向量，损失函数如上",
        )
    )
    assert outcomes(chinese)[-1] == ("claim", "proved")


def test_what_no_data_are_sought_for() -> None:
    text = r"""$$\begin{align}
&\min_w f(w) \\
&\text{s.t. } y_i (w^T x_i + b) - 1 \ge 0, i = 1, \dots, n
\end{align}$$

$$2 b + SUM b = 4 b$$"""
    assert outcomes(text.replace("SUM", "2")) == [("hypothesis", ""), ("claim", "proved")]
    assert outcomes(text.replace("SUM", "3")) == [("hypothesis", ""), ("claim", "refuted")]


def test_a_constraint_in_chinese() -> None:
    text = r"""参数还有一个限制，我们需要处理它。为了处理WORDS$\sum_{j=1}^k c_j = 1$，构造如下：

$$\sum_{j=1}^k 2 c_j = 2$$"""
    assert outcomes(text.replace("WORDS", "限制条件"))[-1] == ("claim", "proved")
    assert outcomes(text.replace("WORDS", "限制条件").replace("= 2$$", "= 3$$"))[-1] == (
        "claim",
        "refuted",
    )
