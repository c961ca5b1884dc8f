"""Steps with factorials, of which only the name is known."""

from __future__ import annotations

import pytest

import derive

POISSON = r"Let $\ell(\lambda) = \sum_{i=1}^n (x_i \log \lambda - \lambda - \log x_i!)$. Then "


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (POISSON + r"$\ell'(\lambda) = \frac{1}{\lambda} \sum_{i=1}^n x_i - n$.", "proved"),
        (POISSON + r"$\ell'(\lambda) = \frac{1}{\lambda} \sum_{i=1}^n x_i - 1$.", "refuted"),
        (POISSON + r"$\ell'(\lambda) = \lambda \sum_{i=1}^n x_i - n$.", "refuted"),
        (POISSON + r"$\ell''(\lambda) = \frac{1}{\lambda^2} \sum_{i=1}^n x_i$.", "refuted"),
        (r"We have $x! = x^2$.", "unproved"),  # a condition, for all that is known of x!
        (r"Let $f(t) = t x!$. Then $f'(t) = x!$.", "proved"),
        (r"Let $f(t) = t x!$. Then $f'(t) = 3 x!$.", "refuted"),
        (r"Let $a = 2n$. Then $\binom{n}{k} k! = a$.", "unproved"),
    ],
)
def test_what_fails_at_one_or_two_is_false(text: str, verdict: str) -> None:
    """1! = 1 and 2! = 2: a step that fails there is false."""
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    assert step.verdict.outcome == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"$$\frac{B(a+1, b)}{B(a, b)} = \frac{a}{a+b}$$", "unproved"),
        (r"$$B(b, a) = B(a, b)$$", "proved"),
        (r"$$\log B(a, b) = \log \Gamma(a) + \log \Gamma(b) - \log \Gamma(a+b)$$", "proved"),
    ],
)
def test_what_is_known_of_the_gamma_function_elsewhere_refutes_nothing(
    text: str, verdict: str
) -> None:
    (step,) = derive.check(r"Let $B(a, b) = \frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}$." + text).claims
    assert step.verdict is not None
    assert step.verdict.outcome == verdict
