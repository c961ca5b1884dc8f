"""Expected values, variances and covariances, with finitely many outcomes."""

from __future__ import annotations

import pytest

import derive


def verdicts(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims]


TWO = "Let $X$ and $Y$ be random variables with $\\mu = E[X]$.\n\n"

# Right steps and wrong ones, of two random variables of which nothing else is said.
RIGHT = [
    r"E[a X + b] = a E[X] + b",
    r"E[(X - \mu)^2] = E[X^2] - \mu^2",
    r"\mathrm{Var}(X) = E[X^2] - E[X]^2",
    r"\operatorname{Var}(a X + b) = a^2 \operatorname{Var}(X)",
    r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + 2 \mathrm{Cov}(X, Y)",
    r"\mathrm{Cov}(X, Y) = E[X Y] - E[X] E[Y]",
    r"\mathrm{Cov}(X, X) = \mathrm{Var}(X)",
    r"E[X - \mu] = 0",
    r"E[E[X] Y] = \mu E[Y]",
    r"E[(X - c)^2] = \mathrm{Var}(X) + (\mu - c)^2",
]
WRONG = [
    r"E[a X + b] = a E[X]",
    r"E[(X - \mu)^2] = E[X^2] + \mu^2",
    r"\mathrm{Var}(X) = E[X^2] - E[X]",
    r"\operatorname{Var}(a X + b) = a \operatorname{Var}(X)",
    r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)",
    r"\mathrm{Cov}(X, Y) = E[X Y]",
    r"E[X Y] = E[X] E[Y]",
    r"E[X^2] = E[X]^2",
    r"E[(X - c)^2] = \mathrm{Var}(X) + \mu^2 - c^2",
]


@pytest.mark.parametrize("step", RIGHT)
def test_what_holds_for_all_weights_is_proved_and_names_what_it_rests_on(step: str) -> None:
    (claim,) = derive.check(f"{TWO}$$ {step} $$").claims
    assert claim.verdict.outcome == "proved"
    assert r"\text{finitely many outcomes}" in [h.source for h in claim.verdict.hypotheses]


@pytest.mark.parametrize("step", WRONG)
def test_what_fails_for_some_weights_is_refuted(step: str) -> None:
    (claim,) = derive.check(f"{TWO}$$ {step} $$").claims
    assert claim.verdict.outcome == "refuted"


@pytest.mark.parametrize("said", ["independent", "uncorrelated", "standard normal"])
@pytest.mark.parametrize("step", WRONG[4:8])
def test_nothing_is_refuted_where_more_is_said_of_the_distributions(said: str, step: str) -> None:
    text = f"Let $X$ and $Y$ be {said} random variables with $\\mu = E[X]$.\n\n$$ {step} $$"
    assert verdicts(text) == ["unproved"]


def test_what_is_made_of_random_variables_is_random() -> None:
    text = (
        "Let $X_1, \\dots, X_n$ be random variables and $\\bar X = \\frac1n \\sum_{i=1}^n X_i$.\n\n"
        "$$ E[\\bar X] = \\frac1n \\sum_{i=1}^n E[X_i] $$\n\n"
        "$$ E[\\bar X] = \\sum_{i=1}^n E[X_i] $$"
    )
    assert verdicts(text) == ["proved", "refuted"]


def test_bias_and_variance() -> None:
    text = (
        "Let $\\hat\\theta$ be an estimate with $b = \\mathbb{E}[\\hat\\theta] - \\theta$. Then\n\n"
        "$$ \\mathbb{E}[(\\hat\\theta - \\theta)^2] = \\mathrm{Var}(\\hat\\theta) + b^2 $$\n\n"
        "$$ \\mathbb{E}[(\\hat\\theta - \\theta)^2] = \\mathrm{Var}(\\hat\\theta) - b^2 $$"
    )
    assert verdicts(text) == ["proved", "refuted"]


@pytest.mark.parametrize(
    "text",
    [
        # The weights may depend on theta: the slope is not 0.
        "The return of the policy is $J(\\theta) = \\mathbb{E}[R]$.\n\n"
        "$$ \\frac{dJ}{d\\theta} = 0 $$",
        # What x is, is not said: it may be random.
        "Let $y = w x + \\epsilon$ with $\\mathbb{E}[\\epsilon] = 0$. Then\n\n"
        "$$ \\mathbb{E}[y] = w x $$",
        # Given Y, the mean of X is another random variable.
        "Let $X$ and $Y$ be random variables.\n\n$$ E[X | Y] = E[X] $$",
        "Let $X$ have mean zero, so that $E[X] = 0$.\n\n$$ E[X^2] = 0 $$",
    ],
)
def test_neither_proved_nor_refuted(text: str) -> None:
    assert verdicts(text)[-1] == "unproved"


def test_an_error_that_is_called_e_is_no_expected_value() -> None:
    text = (
        "The error is $E = \\frac12 \\sum_i (y_i - t_i)^2$.\n\n"
        "$$ \\frac{\\partial E}{\\partial y_k} = y_k - t_k $$"
    )
    assert verdicts(text) == ["proved"]


def test_a_mean_that_is_supposed_is_used() -> None:
    text = TWO + "Suppose that $E[Y] = 0$. Then\n\n$$ E[Y^2] = \\mathrm{Var}(Y) $$"
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace("E[Y^2]", "2 E[Y^2]"))[-1] != "proved"


SAMPLE = r"""Let $X_1, \dots, X_n$ be random variables with $E[X_i] = \mu$, $\mathrm{Var}(X_i) =
\sigma^2$ and $\mathrm{Cov}(X_i, X_j) = 0$ for $i \neq j$. Let $S = \sum_{i=1}^n X_i$ and
$\bar X = \frac1n \sum_{i=1}^n X_i$. Then

$$ %s $$
"""


@pytest.mark.parametrize(
    ("step", "right"),
    [
        (r"E[\bar X] = \mu", True),
        (r"\mathrm{Var}(\bar X) = \frac{1}{n^2} \mathrm{Var}(S)", True),
        (r"\mathrm{Var}(S) = \sum_{i=1}^n \sum_{j=1}^n \mathrm{Cov}(X_i, X_j)", True),
        (r"\mathrm{Var}(S) = \sum_{i=1}^n \mathrm{Var}(X_i)", True),
        (r"\mathrm{Var}(S) = n \sigma^2", True),
        (r"\mathrm{Var}(\bar X) = \frac{\sigma^2}{n}", True),
        (r"E[\bar X] = n \mu", False),
        (r"\mathrm{Var}(\bar X) = \frac{1}{n} \mathrm{Var}(S)", False),
        (r"\mathrm{Var}(\bar X) = \frac{\sigma^2}{n^2}", False),
        (r"\mathrm{Var}(S) = n^2 \sigma^2", False),
        (r"\sigma^2 = 0", False),
    ],
)
def test_the_mean_of_a_sample(step: str, right: bool) -> None:
    assert (verdicts(SAMPLE % step)[-1] == "proved") is right


def test_a_covariance_of_all_pairs_is_that_of_each_with_itself() -> None:
    text = (SAMPLE % r"\mathrm{Var}(S) = 0").replace(r" for $i \neq j$", "")
    assert verdicts(text)[-1] != "refuted"


@pytest.mark.parametrize(
    ("said", "step"),
    [
        # The number of terms is random: Wald's identity needs more.
        ("Let $E[N] = m$ and $E[X_i] = \\mu$.", r"E\left[\sum_{i=1}^N X_i\right] = N \mu"),
        # A random index: the mean of X_I is not that of X_i.
        ("Let $I$ have the mean $E[I]$, and $X_i$ be random variables.", "E[X_I] = E[X_i]"),
        # Vectors and matrices do not commute, and have shapes.
        ("Let $X$ be a random vector.", "E[X X^T] = E[X^T X]"),
        ("Let $X$ be random variables.", "E[X X^T] = E[X^T X]"),
        ("Let $X$ and $Y$ be random matrices.", "E[X Y] = E[Y X]"),
    ],
)
def test_what_is_no_random_number_is_left(said: str, step: str) -> None:
    assert "proved" not in verdicts(f"{said} Then\n\n$$ {step} $$")
