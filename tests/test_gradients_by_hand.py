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


HOT = r"$$J = -\sum_{i=1}^n t_i \log(h_i) = -\log(h_k)$$" + "\n\n"


@pytest.mark.parametrize("words", ["since ", "In the last step it's been used that "])
def test_components_that_are_compared_with_one_letter(words: str) -> None:
    assert verdicts(HOT + words + r"$t_i = \delta_{ik}$.") == ["proved"]
    assert verdicts(HOT + words + r"$t_i = 2 \delta_{ik}$.") != ["proved"]


# ------------------------------------------------------------------ the same name again

SECTIONS = r"""
# Squared error

The squared error is

$$J(h) = \frac12 \sum_{i=1}^n (h_i - t_i)^2$$

# Cross-entropy error

The cross-entropy between $t$ and $h$ is then:

$$J(h) = -\sum_{i=1}^n t_i \log(h_i)$$

$$\frac{\partial}{\partial h_j} J(h) = -t_j / h_j$$
"""


def test_a_section_for_each_loss() -> None:
    assert verdicts(SECTIONS) == ["proved"]
    assert verdicts(SECTIONS.replace("= -t_j", "= t_j")) == ["refuted"]
    joined = SECTIONS.replace("# Cross-entropy error", "").replace("between $t$ and $h$ ", "")
    assert "proved" not in verdicts(joined)


MODEL = r"""
We predict $\hat y = f(x; w, b)$.

$$\hat y = w x + b$$

$$\frac{\partial \hat y}{\partial w} = x$$
"""


@pytest.mark.parametrize("first", ["f(x; w, b)", r"\hat{f}(x) \approx y"])
def test_a_function_is_named_before_the_text_says_which(first: str) -> None:
    text = MODEL.replace("f(x; w, b)", first)
    assert last(text) == "proved"
    assert last(text.replace("= x$$", "= w$$")) == "refuted"
    which = text.replace("\n$$\\hat y", "\nThe function is $f(x; w, b) = 2 w x$.\n\n$$\\hat y", 1)
    assert last(which) != "proved" or first != "f(x; w, b)"


BOLD = r"""
$$\mathbf{x} = \begin{bmatrix} x_{1} \\ \vdots \\ x_{n} \end{bmatrix} \in \mathbb{R}^{n}$$

For a batch $\mathbf{x} \in \mathbb{R}^{m}$ the predictions are

$$\frac{\partial \hat{y}_{p}}{\partial w} = \frac{\partial}{\partial w} ( b + w x_{p} )$$

$$\frac{\partial \hat{\mathbf{y}}}{\partial w} = \mathbf{x}$$

$$\frac{2}{m} \sum_{p} (\hat{y}_{p} - y_{p}) x_{p}
= \frac{2}{m} \mathbf{x}^T (\hat{\mathbf{y}} - \mathbf{y})$$

We split $\mathbf{x}_{\text{train } i:j}$ and $\mathbf{y}_{\text{train } i:j}$.
"""


def test_what_is_written_bold_and_plain_is_not_refuted() -> None:
    assert "refuted" not in verdicts(BOLD)


# ------------------------------------------------------------------ words that restrict nothing

SUMMED = r"""
The numbers are summed up to 1, WORDS

\begin{gather*}
\mathbf{p} = \text{softmax}(\mathbf{x}) = \{ p_1, p_2, ..., p_n \} \\
\sum_i p_i = 1
\end{gather*}

If $p_2 = 0.8$, that is 80%. The loss is $L = -\sum_i y_i \log p_i$.

$$\frac{\partial L}{\partial p_j} = - \frac{y_j}{p_j}$$
"""


@pytest.mark.parametrize("words", ["in other words", "in the first step", "for the last time"])
def test_words_that_restrict_nothing(words: str) -> None:
    text = SUMMED.replace("WORDS", words)
    assert last(text) == "proved"
    assert last(text.replace("= - \\frac", "= \\frac")) == "refuted"
    assert last(SUMMED.replace("WORDS", "in the first layer")) == "unproved"


def test_a_value_that_is_said_for_example() -> None:
    text = r"Let $p_i = e^{x_i} / \sum_k e^{x_k}$. It may be small, say $p_2 = 0.1$, or large."
    assert "refuted" not in outcomes(text)
    assert outcomes(text.replace("It may be small, say", "So we find"))[-1] == "refuted"


def test_zero_after_a_slope_is_no_identity() -> None:
    text = r"""
Let $f = a x^2 - b x$. Then

$$\frac{df}{dx} = 2 a x - b$$

The system to be solved is

$$0 = 2 a x - b$$
"""
    assert verdicts(text)[0] == "proved"
    assert "refuted" not in verdicts(text)
    assert verdicts(text.replace("= 2 a x - b$$\n\nThe", "= a x - b$$\n\nThe"))[0] == "refuted"
