"""A derivative that is told in words behind the function that it is of."""

from __future__ import annotations

import pytest

import derive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $h(v) = v^3$, whose derivative is $3 v^2$.", ["proved"]),
        (r"Let $h(v) = v^3$, whose derivative is $3 v$.", ["refuted"]),
        (r"Let $h(v) = e^{2 v}$. Its derivative is $2 h(v)$.", ["proved"]),
        (r"Let $h(v) = e^{2 v}$. Its derivative is $h(v)$.", ["refuted"]),
        (r"The function $h(v) = v^2$ has derivative $v$ everywhere.", ["refuted"]),
        (r"Let $h(v) = v^3$. Its derivative is $h'(v) = 3 v^2$.", ["proved"]),
        (r"Let $h(v) = v^3$, whose derivative is denoted by $d$.", []),
        (r"Let $h(v) = v^3$. Its second derivative is $6 v$.", []),
    ],
)
def test_a_derivative_in_words(text: str, expected: list[str]) -> None:
    claims = derive.check(text, format="markdown").claims
    assert [claim.verdict.outcome for claim in claims] == expected


@pytest.mark.parametrize(
    ("words", "verdicts"),
    [
        ("The derivative of the square $f(x) = x^2$ is $2x$.", ["proved"]),
        ("The derivative of the square $f(x) = x^2$ is $3x$.", ["refuted"]),
        ("The derivative of the loss function $f(x) = x^2$ is then simply $3x$.", ["refuted"]),
        ("The derivative of the inverse of $f(x) = x^2$ is $2x$.", []),
        ("The derivative of the square of $f(x) = x^2$ is $4x^3$.", []),
        ("The second derivative of $f(x) = x^3$ is $6x$.", []),
        ("The derivative of $f(x) = x^2$ is continuous.", []),
    ],
)
def test_the_derivative_of_an_equation(words: str, verdicts: list[str]) -> None:
    """It is that of its left side, and of nothing that is made of it."""
    steps = derive.check(words).claims
    assert [step.verdict.outcome for step in steps if step.verdict is not None] == verdicts
