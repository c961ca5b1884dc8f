"""What is no arithmetic of real numbers is not judged as that."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims if step.verdict is not None]


@pytest.mark.parametrize(
    "text",
    [
        r"In characteristic $2$ we have $(a + b)^2 = a^2 + b^2$.",
        r"In $\mathbb{F}_2$ we have $(a + b)^2 = a^2 + b^2$.",
        r"Over GF(2), $-x = x$.",
        r"We calculate modulo 3: $(a - b)^3 = a^3 - b^3$.",
        r"The cross product of two vectors satisfies: $a \times b = - b \times a$.",
        r"The cross product is not commutative. A wrong step is: $a \times b = b \times a$.",
        r"Trivially $\vec{a} \times \vec{a} = 0$.",
        r"For the convolution we have $(f * g)' = f' * g$ and so $f * g = g * f$.",
        r"Let $W$ be a Brownian motion and $S = e^{W}$. Then $dS = S dW$.",
    ],
)
def test_nothing_is_refuted_or_proved(text: str) -> None:
    """Each of these is judged by rules of its own."""
    assert set(outcomes(text)) == {"unproved"}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Modulo constants nothing changes. We have $(a + b)^2 = a^2 + b^2$.", "refuted"),
        (r"We have $2 \times a = a + a$.", "proved"),
        (r"There is a convolution layer. We have $2 * a = 3 * a - a * 1$.", "proved"),
        (r"Modulo 2 we have $(a + b)^2 = a^2 + 2 a b + b^2$.", "proved"),
        (r"Let $S = e^{w}$. Then $\frac{dS}{dw} = 2 S$.", "refuted"),
    ],
)
def test_numbers_are_judged_as_numbers(text: str, verdict: str) -> None:
    """Words of another thing, and identities that hold in every ring."""
    assert outcomes(text) == [verdict]
