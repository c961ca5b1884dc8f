"""``dZ``, ``dW``, ``db``: gradients of a loss that the page defines and never differentiates."""

from __future__ import annotations

import pytest

import derive

NETWORK = r"""$X \in \mathbb{R}^{m \times n}$, $Z_1 = X W_1 + b_1$, $A_1 = \sigma(Z_1)$,
$Z_2 = A_1 W_2 + b_2$, $\hat{Y} = \text{softmax}(Z_2)$ (row by row) and

$$L = -\frac{1}{m} \sum_{i=1}^m \sum_{k} Y_{ik} \log \hat{Y}_{ik}$$

where each row of $Y$ is one-hot.

"""
STEPS = [
    r"dZ_2 = \frac{1}{m} (\hat{Y} - Y)",
    "dW_2 = A_1^T dZ_2",
    r"db_2 = \sum_{i=1}^m (dZ_2)_i",
    "dA_1 = dZ_2 W_2^T",
    r"dZ_1 = dA_1 \odot \sigma'(Z_1)",
    "dW_1 = X^T dZ_1",
]


def outcomes(steps: list[str]) -> list[str]:
    text = NETWORK + "\n".join(f"$${step}$$" for step in steps)
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


def test_all_steps() -> None:
    assert outcomes(STEPS) == ["proved"] * 6


@pytest.mark.parametrize(
    ("place", "right", "wrong"),
    [
        (0, r"\frac{1}{m} ", ""),
        (0, r"\hat{Y} - Y", r"Y - \hat{Y}"),
        (1, "A_1^T", "2 A_1^T"),
        (3, "W_2^T", "(2 W_2)^T"),
        (4, r"\sigma'(Z_1)", r"\sigma(Z_1)"),
        (5, "X^T", "-X^T"),
    ],
)
def test_wrong_steps(place: int, right: str, wrong: str) -> None:
    steps = list(STEPS)
    steps[place] = steps[place].replace(right, wrong)
    found = outcomes(steps)
    assert found[place] == "unproved"  # it may be another loss that is meant
    assert found[0] == ("unproved" if place == 0 else "proved")


def test_without_a_loss_such_names_say_what_they_are() -> None:
    text = "Let $z = w x + b$ and $a = e^z$. We call $dz = a - y$ and $dw = x dz$."
    assert [j for j in derive.check(text, format="markdown").claims if j.verdict] == []
