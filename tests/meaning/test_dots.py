"""Newton's dots are derivatives by t, unless something is differentiated by them."""

from __future__ import annotations

import pytest

import derive

POSITION = r"Let $x(t) = A \cos(\omega t + \phi)$."
ENERGY = r"The energy is $E = \frac12 m \dot x^2 + \frac12 k x^2$, and $\frac{dE}{dt}$ its change."
LAGRANGE = r"$L = \frac12 m \dot q^2 - V(q)$."
CLAIMS = [
    (POSITION, r"\dot x(t) = -A \omega \sin(\omega t + \phi)", "proved"),
    (POSITION, r"\ddot x = -\omega^2 x", "proved"),
    (POSITION, r"\dot x^2 + \omega^2 x^2 = A^2 \omega^2", "proved"),
    (POSITION, r"\dot x(t) = A \omega \sin(\omega t + \phi)", "refuted"),
    (POSITION, r"\dot x(t) = -A \sin(\omega t + \phi)", "refuted"),
    (POSITION, r"\ddot x = \omega^2 x", "refuted"),
    (POSITION, r"\dot x(0) = A \omega \sin \phi", "refuted"),
    (ENERGY, r"\frac{dE}{dt} = m \dot x \ddot x + k x \dot x", "proved"),
    (ENERGY, r"\dot E = \dot x (m \ddot x + k x)", "proved"),
    (ENERGY, r"\frac{dE}{dt} = m \dot x \ddot x + k x", "refuted"),
    (ENERGY, r"\dot E = 0", "refuted"),
    (LAGRANGE, r"\frac{\partial L}{\partial \dot q} = m \dot q", "proved"),
    (LAGRANGE, r"\frac{\partial L}{\partial \dot q} = m", "refuted"),
    # Both are varied on their own there, and nothing says that one is the slope of the other.
    (LAGRANGE, r"\frac{d}{dt} \frac{\partial L}{\partial \dot q} = m \ddot q", "unproved"),
    (LAGRANGE, r"\frac{d}{dt} \frac{\partial L}{\partial \dot q} = 0", "unproved"),
]


@pytest.mark.parametrize(("before", "claim", "outcome"), CLAIMS)
def test_dots(before: str, claim: str, outcome: str) -> None:
    *_, last = derive.check(f"{before}\n\n$${claim}$$", format="markdown").claims
    assert last.verdict is not None
    assert last.verdict.outcome == outcome


def test_a_dot_without_time_is_part_of_the_name() -> None:
    text = r"Let $\dot S = -b S I$, $\dot I = b S I - g I$ and $\dot R = g I$."
    (claim,) = derive.check(rf"{text} $$\dot S + \dot I + \dot R = 0$$", format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "proved"
