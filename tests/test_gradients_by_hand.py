"""Gradients that are derived by hand, as notes write them: each right, and with a wrong twin."""

from __future__ import annotations

import pytest

from tests.test_as_people_write import outcomes, verdicts


def last(text: str) -> str:
    """What is said of the last claim."""
    return verdicts(text)[-1]


# ------------------------------------------------------------------ how far a sum reaches

SIGMOID = r"Let $\sigma(z) = 1/(1 + e^{-z})$." + "\n\n"


@pytest.mark.parametrize("sign", ["-", ""])
def test_a_sum_that_is_differentiated_goes_on_over_the_next_term(sign: str) -> None:
    text = (
        SIGMOID
        + r"$$\frac{d}{dw} \sum_{i=1}^n "
        + sign
        + r"\log(\sigma(w x_i)) y_i - \log(1 - \sigma(w x_i)) (1 - y_i) = "
    )
    first = r"\sum_{i=1}^n (\sigma(w x_i) - y_i) x_i$$"
    other = r"\sum_{i=1}^n (\sigma(w x_i) + y_i - 2 y_i \sigma(w x_i)) x_i$$"
    right, wrong = (first, other) if sign else (other, first)
    assert last(text + right) == "proved"
    assert last(text + wrong) == "refuted"


# ------------------------------------------------------------------ updates and slopes set to 0


def test_an_update_with_a_space_in_its_sign() -> None:
    text = r"Let $J = (w x - y)^2$. We repeat $$w: =w - 2 r (w x - y) x$$"
    assert outcomes(text) == ["definition", "definition"]
    assert outcomes(text.replace(": =", " =").replace("We repeat ", ""))[-1] == "unproved"


ZERO = r"""
Let $\ell = (\sum_{i=1}^n x_i) \log p + (n - \sum_{i=1}^n x_i) \log(1-p)$.

We take the derivative, and set it equal to zero:

\begin{align*}
\frac{d \ell}{d p} & = \frac{\sum_{i=1}^n x_i}{p} - \frac{n - \sum_{i=1}^n x_i}{1-p} \\
0 & \equiv \frac{\sum_{i=1}^n x_i}{p} - \frac{n - \sum_{i=1}^n x_i}{1-p} \\
(1-p) \sum_{i=1}^n x_i & = p (n - \sum_{i=1}^n x_i) \\
\frac1n \sum_{i=1}^n x_i & = p
\end{align*}
"""


@pytest.mark.parametrize("sign", [r"\equiv", "="])
def test_zero_is_set_equal_to_a_slope_and_solved(sign: str) -> None:
    text = ZERO.replace(r"\equiv", sign)
    assert verdicts(text) == ["proved"] * 4
    assert last(text.replace(r"\frac1n", r"\frac2n")) == "refuted"
    between = text.replace("p (n - ", "p (2 n - ")
    assert verdicts(between)[-2:] == ["refuted", "proved"]


# ------------------------------------------------------------------ what a step has used

USED = r"""
$$L = -\sum_{j=1}^C (t_j z_j - t_j \log \sum_{k=1}^C e^{z_k})
    = -\sum_{j=1}^C t_j z_j + \log \sum_{k=1}^C e^{z_k}$$

"""


@pytest.mark.parametrize(
    "words",
    [
        r"In the last step, we used the fact that $\sum_{j=1}^C t_j = 1$.",
        r"For the last equality I have used the observation: $\sum_{j=1}^C t_j = 1$.",
        r"Here we used $\sum_{j=1}^C t_j = 1$ as it is a sum of probabilities.",
    ],
)
def test_what_a_step_has_used_is_said_behind_it(words: str) -> None:
    assert verdicts(USED + words) == ["proved"]
    assert verdicts(USED + words.replace("= 1", "= 2")) == ["refuted"]
    assert verdicts(USED + words[words.index("$") :])[0] == "conditional"


def test_a_condition_is_not_its_own_hypothesis() -> None:
    assert verdicts(r"We see that $\sum_{j=1}^C t_j = 1$.") == ["unproved"]
