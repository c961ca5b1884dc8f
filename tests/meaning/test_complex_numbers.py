"""Complex numbers are not judged as real ones: neither false nor true without a reason."""

from __future__ import annotations

import pytest

import derive

REAL_ONLY = "may be a complex number"


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims if step.verdict is not None]


@pytest.mark.parametrize(
    "text",
    [
        r"Euler's formula says $e^{ix} = \cos x + i \sin x$.",
        r"We write $\cos x = \frac{e^{ix} + e^{-ix}}{2}$.",
        r"Famously $e^{i \pi} = -1$.",
        r"For a plane wave, $|e^{ikx}| = 1$.",
        r"Let $z$ be a complex number. Then $|z|^2 = z \bar z$.",
        r"Let $z = x + iy$ be complex. Then $z^2 = x^2 - y^2 + 2ixy$.",
        r"Let $z = a + bi$. Then $z^2 = a^2 - b^2 + 2abi$.",
        r"We have $(1 + 2i)(1 - 2i) = 5$.",
        r"The $n$-th roots of unity are $\omega_k = e^{2 \pi i k / n}$. Then $\omega_k^n = 1$.",
        r"The wave is $\psi(x) = e^{ikx}$. Then $\psi''(x) = -k^2 \psi(x)$.",
        r"Soit $z$ un nombre complexe. Alors $|z|^2 = z \bar z$.",
    ],
)
def test_what_is_true_of_complex_numbers_is_not_refuted(text: str) -> None:
    """The imaginary unit, and what is made of it, is no real variable."""
    (step,) = derive.check(text).claims
    assert step.verdict is not None
    assert step.verdict.outcome == "unproved"
    assert REAL_ONLY in step.verdict.message


@pytest.mark.parametrize(
    "text",
    [
        r"Let $z$ be a complex number. Then $|z|^2 = z^2$.",
        r"For complex numbers $z$ and $w$ we have $|w|^4 = w^4$.",
        r"For $z \in \mathbb{C}$ we have $\sqrt{z^2} = |z|$.",
        r"For $z \in \mathbb{C}$ we have $z^2 + 1 \ge 1$.",
        r"For $z \in \mathbb{C}$ we have $\log e^z = z$.",
        r"The wave is $\psi(x) = e^{ikx}$. Then $|\psi(x)|^2 = \psi(x)^2$.",
    ],
)
def test_what_holds_of_real_numbers_alone_is_not_proved(text: str) -> None:
    """False at z = i: |i|^2 = 1 and i^2 = -1; log e^{2 pi i} = 0 in the principal branch."""
    assert outcomes(text) == ["unproved"]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $u$ and $w$ be complex numbers. Then $(u + w)^2 = u^2 + 2uw + w^2$.",
        r"The wave is $\psi(x) = e^{ikx}$. Then $\psi'(x) = ik \psi(x)$.",
        r"Let $r > 0$ and $z = r e^{i \theta}$. Then $z^2 = r^2 e^{2 i \theta}$.",
    ],
)
def test_identities_of_sums_products_and_exponentials_hold_of_complex_numbers(text: str) -> None:
    """What holds of all real values of an analytic function holds of all complex ones."""
    assert outcomes(text) == ["proved"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"A complex expression is $f(x) = |x|^2$. Then $f(x) = x^2$.", "proved"),
        (r"A complex expression is $f(x) = |x|^2$. Then $f(x) = 2 x^2$.", "refuted"),
        (r"Let $c = f m + i g$. Then $\frac{\partial c}{\partial i} = g$.", "proved"),
        (r"Let $c = f m + i g$. Then $\frac{\partial c}{\partial i} = f$.", "refuted"),
        (r"The gate is $i = e^a$. Let $c = m + i g$. Then $\frac{dc}{da} = a g$.", "refuted"),
    ],
)
def test_complicated_models_and_gates_are_real(text: str, verdict: str) -> None:
    """The word and the letter alone say nothing."""
    assert outcomes(text) == [verdict]
