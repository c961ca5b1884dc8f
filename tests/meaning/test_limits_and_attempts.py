"""What is said of a limit, in a title, or tried and found wanting, is no definition."""

from __future__ import annotations

import pytest

import derive

SIGMOID = r"""# Sigmoid

$$\sigma(z) = \frac{1}{1 + e^{-z}}$$

## Range

SAID
$$\sigma(z) = \frac{1}{1 + 0} = 1$$

## Symmetry

$$\sigma(-z) = 1 - \sigma(z)$$
"""


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    "said", [r"**When $z \to +\infty$**:", r"As $z \to \infty$:", r"When $z \rightarrow \infty$,"]
)
def test_a_value_in_the_limit_defines_nothing(said: str) -> None:
    assert outcomes(SIGMOID.replace("SAID", said)) == ["unproved", "proved", "proved"]
    wrong = SIGMOID.replace("SAID", said).replace(r"1 - \sigma(z)", r"1 + \sigma(z)")
    assert outcomes(wrong)[-1] == "refuted"


def test_a_title_tells_a_case() -> None:
    text = "# A\n\n**When $z = 0$**:\n$$e^z = 1$$\n\n$$e^z = 2$$\n\n**Claim**:\n\n$$e^z = 1$$"
    assert outcomes(text) == ["proved", "refuted", "refuted"]
    later = "# A\n\n**When $z = 0$**:\n$$e^z = 1$$\n\n**Model**:\n\nHere $z = 2 x$."
    assert outcomes(later) == ["proved"]


def test_an_attempt_is_no_definition() -> None:
    text = (
        "Let us be naive and try\n\n$$p = w x$$\n\nThis cannot work. "
        "Let's try using the logarithm.\n\n"
        r"$$\log p = w x$$"
        "\n\nThe logit is\n\n"
        r"$$\log \frac{p}{1 - p} = w x$$"
        "\n\nand so\n\n"
        r"$$p = \frac{1}{1 + e^{-w x}}$$"
    )
    assert not {"refuted", "conditional"} & set(outcomes(text))
    wrong = text.replace("e^{-w x}", "e^{w x}")
    assert "proved" not in outcomes(wrong)[-1:]


def test_a_value_that_is_sought_is_no_claim() -> None:
    text = (
        r"Let $f(s) = -n \log s - \frac{a}{2 s^2}$. Find the value of $s$ that achieves "
        r"$\frac{\partial f(s)}{\partial s} = 0$."
    )
    assert outcomes(text) == []
