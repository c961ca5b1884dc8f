"""Names and words that are typed in other ways: numbered, hyphenated, upright."""

from __future__ import annotations

import pytest

import derive

NUMBERED = r"""The errors at the nodes of the graph are

$$\delta 3 = \delta 1 + \delta 2$$

$$\delta 5 = \delta 3 + \delta 2$$

$$\delta 5 = %s$$
"""
NODES = r"""The errors at the nodes of the graph are

$$\delta 3 = \delta 1 + \delta 2$$

$$\delta 5 = \delta 3 \cdot 6 = \delta 3 \cdot o$$

$$\delta 7 = \delta 5 \cdot 2$$
"""
ODDS = r"""With the chance $P$ of an event

$$
\begin{align}
Log-Odds &= \ln(\frac{P}{1 - P}) \\
&= \ln(P) %s \ln(1 - P)
\end{align}
$$
"""
SHARE = r"""For example, if the probability is $P = 0.9 (90\%%)$, then the odds are

$$\frac{P}{1 - P} = %s$$
"""
MEAN = r"""The cross entropy is

$$H(\mathbf{p}, \mathbf{q}) = %s[-\log \mathbf{q}]$$

which for discrete values is

$$H(\mathbf{p}, \mathbf{q}) = -\sum_{i=1}^C p_i \log q_i$$
"""
ZERO = r"""Let $v_i = 2 x_i$. Then

$$\mathbf{v} - 2 \mathbf{x} = %s$$
"""
UPRIGHT = r"""Let $y_i = \frac{e^{x_i}}{\sum_k e^{x_k}}$.

$$
WORD~i=j,~\frac{\partial y_i}{\partial x_j} = y_i %s
$$

$$
WORD~i\ne j,~\frac{\partial y_i}{\partial x_j} = -y_i y_j
$$
"""


def outcomes(text: str) -> list[str]:
    found = derive.check(text, format="markdown").judgements
    return [j.verdict.outcome if j.verdict else j.statement.kind for j in found]


@pytest.mark.parametrize(
    ("document", "right", "wrong"),
    [
        (NUMBERED, r"\delta 1 + 2 \cdot \delta 2", r"\delta 1 + \delta 2"),
        (ODDS, "-", "+"),
        (SHARE, "9", "8"),
        (ZERO, r"\mathbf{0}", r"\mathbf{x}"),
        *((UPRIGHT.replace("WORD", w), "(1 - y_j)", "(1 + y_j)")
          for w in (r"{\rm if}", r"\mathrm{if}", r"\rm{if}", r"\text{if}")),
    ],
)  # fmt: skip
def test_the_step_is_judged(document: str, right: str, wrong: str) -> None:
    assert {"refuted", "conditional", "unproved", "unread"}.isdisjoint(outcomes(document % right))
    assert "proved" in outcomes(document % right)
    assert "refuted" in outcomes(document % wrong)


def test_a_number_that_may_be_a_node_is_not_used() -> None:
    assert outcomes(NODES) == ["definition", "unread", "unread", "unread"]


@pytest.mark.parametrize("mean", [r"\mathbf{E_p}", r"\mathbf{E}_p", r"\mathrm{E}", r"\mathbb{E}_p"])
def test_a_mean_in_any_font_is_no_product(mean: str) -> None:
    assert "conditional" not in outcomes(MEAN % mean)
    assert "refuted" not in outcomes(MEAN % mean)
