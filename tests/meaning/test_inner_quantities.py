"""Functions whose definition holds a quantity that has a name of its own, and signs before them."""

from __future__ import annotations

import pytest

import derive

CURVE = "$s(x) = \\frac{1}{1 + e^{-x}}$\n\n$z = 1 + e^{-x}$\n\n"

PAGES = [
    # s is 1 / z here, and its slope by z is no slope of s(z)
    (r"$\frac{d}{dx} s(x) = \frac{d s}{dz} \cdot \frac{dz}{dx}$", "proved"),
    (r"$\frac{d}{dx} s(x) = - \frac{d s}{dz} \cdot \frac{dz}{dx}$", "refuted"),
    (r"$\frac{d s}{dz} = - \frac{1}{z^2}$", "proved"),
    (r"$\frac{d s}{dz} = \frac{1}{z^2}$", "refuted"),
    # s(-x) is made of another z
    ("$\\frac{dx}{dz} = - e^x$\n\n$s(x) (1 - s(x)) = s(x) s(-x)$", "proved"),
    ("$\\frac{dx}{dz} = - e^x$\n\n$s(-x) = s(x)$", "refuted"),
]

LINEAR = "Let $s(x) = \\frac{1}{1 + e^{-x}}$ and $z = w x + b$. Then\n\n"

SIGNED = "Let $f(x) = x^2$. Then\n\n"

OTHERS = [
    # z is what s is applied to
    (LINEAR + r"$$\frac{ds}{dz} = s(z) (1 - s(z))$$", "proved"),
    (LINEAR + r"$$\frac{ds}{dz} = s(z) (1 + s(z))$$", "refuted"),
    (SIGNED + r"$$\frac{1}{f(x)} \cdot -f(x) \cdot f(a) = -f(a)$$", "proved"),
    (SIGNED + r"$$\frac{1}{f(x)} \cdot -f(x) \cdot f(a) = f(a)$$", "refuted"),
    (SIGNED + r"$$3 \cdot -f(x + 1)^2 = -3 (x + 1)^4$$", "proved"),
    (SIGNED + r"$$3 \cdot -f(x + 1)^2 = 3 (x + 1)^4$$", "refuted"),
    # what is divided by ends before the brackets
    (r"$$a / -b (c + d) = -\frac{a}{b} (c + d)$$", "proved"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "outcome"), [*((CURVE + page, outcome) for page, outcome in PAGES), *OTHERS]
)
def test_inner(page: str, outcome: str) -> None:
    judgement = derive.check(page).claims[-1]
    assert judgement.verdict is not None
    assert judgement.verdict.outcome == outcome
