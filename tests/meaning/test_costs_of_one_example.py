"""The cost of all examples is not understood, and that of one is: it is what is differentiated."""

from __future__ import annotations

import pytest

import derive

ALL = "The quadratic cost is\n\n$$C = \\frac{1}{2n} \\sum_x \\|y(x) - a^L(x)\\|^2.$$\n\n"
ONE = "For a single training example, it is\n\n$$C = \\frac12 \\sum_j (y_j - a^L_j)^2.$$\n\n"
NETWORK = (
    r"With $a^l_j = \sigma(z^l_j)$, $z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j$ and "
    "the error\n\n" + r"$$\delta^l_j = \frac{\partial C}{\partial z^l_j}$$" + "\n\nwe have\n\n"
)


def outcomes(text: str) -> str:
    found = [claim.verdict for claim in derive.check(text, format="markdown").claims]
    return " ".join(verdict.outcome for verdict in found if verdict is not None)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\delta^L_j = (a^L_j - y_j) \sigma'(z^L_j)", "proved"),
        (r"\frac{\partial C}{\partial z^L_j} = (y_j - a^L_j) \sigma'(z^L_j)", "refuted"),
        (r"\delta^l_j = \sum_k w^{l+1}_{kj} \delta^{l+1}_k \sigma'(z^l_j)", "proved"),
        (r"\frac{\partial C}{\partial b^l_j} = \delta^l_j", "proved"),
        (r"\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k \delta^l_j", "proved"),
        (r"\frac{\partial C}{\partial w^l_{jk}} = a^{l}_k \delta^l_j", "refuted"),
    ],
)
def test_the_cost_of_one_example(step: str, expected: str) -> None:
    assert outcomes(f"{ALL}{ONE}{NETWORK}$${step}$$") == expected


def test_where_no_example_is_spoken_of_the_cost_stays_open() -> None:
    said = ONE.replace("For a single training example, it is", "We see that")
    found = outcomes(f"{ALL}{said}{NETWORK}" + r"$$\delta^L_j = (a^L_j - y_j) \sigma'(z^L_j)$$")
    assert "proved" not in found.split()
