"""Probabilities of the values of a variable: a family of numbers, or a function of the value."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text, format="markdown").claims]


SOFTMAX = r"Let $P(Y = k \mid x) = \frac{e^{w_k x}}{\sum_j e^{w_j x}}$." + "\n\n"
WEIGHTS = r"Let $P(X = k) = p_k$ for $k = 1, \dots, K$, with $\sum_k p_k = 1$." + "\n\n"
NUMBERS = r"Let $P(X = k) = (1 - p)^{k-1} p$ with $1 - p > 0$." + "\n\n"

RIGHT = [
    SOFTMAX + r"$$ \sum_k P(Y = k \mid x) = 1 $$",
    SOFTMAX + r"$$ \frac{P(Y = k \mid x)}{P(Y = l \mid x)} = e^{(w_k - w_l) x} $$",
    SOFTMAX + r"$$ P(Y = 1 \mid x) = \frac{e^{w_1 x}}{\sum_j e^{w_j x}} $$",
    SOFTMAX + r"$$ \frac{\partial}{\partial w_l} \log P(Y = k \mid x)"
    r" = x (\delta_{kl} - P(Y = l \mid x)) $$",
    SOFTMAX.replace("P(", r"\Pr(") + r"$$ \sum_k \Pr(Y = k \mid x) = 1 $$",
    WEIGHTS + r"$$ \sum_k P(X = k) x_k = \sum_k p_k x_k $$",
    WEIGHTS + r"$$ \sum_{k \neq j} P(X = k) = 1 - p_j $$",
    WEIGHTS + r"$$ P(X = 1) + P(X = 2) = p_1 + p_2 $$",
    NUMBERS + r"$$ \frac{P(X = k+1)}{P(X = k)} = 1 - p $$",
    NUMBERS + r"$$ P(X = 2) = (1 - p) p $$",
]
WRONG = [
    SOFTMAX + r"$$ \sum_k P(Y = k \mid x) = 2 $$",
    SOFTMAX + r"$$ \frac{P(Y = k \mid x)}{P(Y = l \mid x)} = e^{(w_l - w_k) x} $$",
    SOFTMAX + r"$$ P(Y = 1 \mid x) = \frac{e^{w_2 x}}{\sum_j e^{w_j x}} $$",
    SOFTMAX + r"$$ \frac{\partial}{\partial w_l} \log P(Y = k \mid x)"
    r" = x (\delta_{kl} - P(Y = k \mid x)) $$",
    SOFTMAX.replace("P(", r"\Pr(") + r"$$ \sum_k \Pr(Y = k \mid x) = 2 $$",
    WEIGHTS + r"$$ \sum_k P(X = k) x_k = p_k \sum_k x_k $$",
    WEIGHTS + r"$$ \sum_{k \neq j} P(X = k) = p_j $$",
    WEIGHTS + r"$$ P(X = 1) = p_2 $$",
    NUMBERS + r"$$ \frac{P(X = k+1)}{P(X = k)} = p $$",
    NUMBERS + r"$$ P(X = 2) - p^2 = (1 - p) p $$",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_said_of_any_value_is_said_of_each(text: str) -> None:
    assert outcomes(text) == ["proved"]


@pytest.mark.parametrize("text", WRONG)
def test_no_value_has_the_probability_of_another(text: str) -> None:
    assert outcomes(text)[0] in ("refuted", "conditional")


def test_a_single_probability_that_is_defined_first_stands_for_itself() -> None:
    text = (
        r"Let $P(Y = 1) = \frac{1}{1 + e^{-z}}$. $$ \log P(Y = 1) = -\log(1 + e^{-z}) $$"
        r"With more classes $P(Y = k) = \frac{e^{z_k}}{\sum_j e^{z_j}}$."
        r"$$ \log P(Y = 1) = \log(1 + e^{-z}) $$"
    )
    assert outcomes(text) == ["proved", "refuted"]


@pytest.mark.parametrize("name", [r"P(N = k)", r"f(k)", r"h(k)"])
@pytest.mark.parametrize("count", ["k!", r"\binom{n}{k}"])
def test_a_factorial_is_not_that_of_another_number(name: str, count: str) -> None:
    """Of k! only the name is known: what is made of it is known where it stands, nowhere else."""
    text = rf"Let ${name} = \frac{{a^k}}{{{count}}}$. $${name.replace('k', 'j')} = "
    assert outcomes(text + rf"\frac{{a^j}}{{{count}}}$$") == ["unproved"]
    other = count.replace("k", "j")
    assert outcomes(text + rf"\frac{{a^j}}{{{other}}}$$") == ["unproved"]
    same = rf"Let ${name} = \frac{{a^k}}{{{count}}}$. $$\log {name} = k \log a - \log {count}$$"
    assert outcomes(same) == ["proved"] or "binom" in count


def test_a_factorial_is_no_constant() -> None:
    text = r"$$\frac{d}{dx} \frac{a^x}{x!} = \frac{a^x \log a}{x!}$$"
    assert outcomes(text) == ["refuted"]
    assert outcomes(text.replace("x!", "n!")) == ["proved"]


@pytest.mark.parametrize(
    ("said", "step", "verdict"),
    [
        (r"n, m \in \mathbb{N}$ and $n = 2m", "(-1)^n = 1", "unproved"),
        (r"k \in \mathbb{Z}", r"k^2 \geq k", "unproved"),
        (r"k \in \mathbb{Z}_{\geq 0}", r"2 k^2 \geq k", "unproved"),
        (r"k \in \mathbb{Z}", r"k^2 \geq 2 k", "refuted"),
        (r"k \in \mathbb{R}", r"k^2 \geq k", "refuted"),
        (r"u \in \{-1, 0, 1\}", "u^3 = u", "unproved"),
        (r"u \in \{2, 3, 5\}", "u^3 = u", "refuted"),
        (r"v \in \{0, 2\}", "v^2 = 2 v", "proved"),
        (r"v \in \{0, 2\}", "v^2 = v", "refuted"),
        (r"v \in \{0, 0.5\}", "2 v^2 = v", "proved"),
    ],
)
def test_a_number_in_a_set(said: str, step: str, verdict: str) -> None:
    assert outcomes(f"Let ${said}$.\n\n$$ {step} $$") == [verdict]


JOINT = r"Let $p(x, y)$ be a joint distribution with marginals $p(x)$ and $p(y)$." + "\n\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (JOINT + r"$$\sum_x p(x) \log p(x) = \sum_y p(y) \log p(y)$$", "unproved"),
        (JOINT + r"$$\sum_x p(x) \log p(x) = - \sum_x p(x) \log \frac{1}{p(x)}$$", "proved"),
        # Without a joint distribution p(x) and p(y) are values of one p.
        (r"$$\sum_x p(x) \log p(x) = \sum_y p(y) \log p(y)$$", "proved"),
    ],
)
def test_the_marginals_of_two_variables_are_two_distributions(text: str, verdict: str) -> None:
    assert outcomes(text)[-1] == verdict
