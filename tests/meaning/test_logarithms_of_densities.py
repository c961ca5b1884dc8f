r"""``\log p(x) = ...`` says what the density p is, as ``p(x) = e^{...}`` would."""

from __future__ import annotations

import pytest

import derive

GAUSS = "The density has\n\n$$\\log p(x) = -(x-\\mu)^2$$\n\n"
COUNTS = "$$\\ln L(\\theta) = n \\ln \\theta - \\theta s$$\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GAUSS + r"$$\frac{\partial \log p}{\partial \mu} = 2(x-\mu)$$", "proved"),
        (GAUSS + r"$$\frac{\partial \log p(x)}{\partial \mu} = 2(x-\mu)$$", "proved"),
        (GAUSS + r"$$\frac{\partial \log p}{\partial x} = -2(x-\mu)$$", "proved"),
        (GAUSS + r"$$\frac{\partial \log p}{\partial \mu} = 2(\mu-x)$$", "refuted"),
        (
            GAUSS + r"$$\frac{\partial \log p(x)}{\partial \mu} = 2(x-\mu)$$"
            "\n\n" + r"$$\frac{\partial \log p}{\partial x} = 2(x-\mu)$$",
            "proved refuted",
        ),
        (COUNTS + r"$$\frac{d \ln L}{d \theta} = \frac{n}{\theta} - s$$", "proved"),
        (COUNTS + r"$$\frac{d \ln L}{d \theta} = \frac{n}{\theta} - \theta$$", "refuted"),
        # a product that a logarithm takes to pieces, and factors that are no functions
        (r"For $a, b > 0$ we have $$\log a(b) = \log a + \log b$$", "proved"),
        (r"$$\log p(q) = \log p + \log q$$", "proved"),
    ],
)
def test_what_a_density_is(text: str, expected: str) -> None:
    found = [claim.verdict for claim in derive.check(text, format="markdown").claims]
    assert " ".join(verdict.outcome for verdict in found if verdict is not None) == expected


def test_a_factor_in_brackets_stays_one() -> None:
    page = "$$\\log a(b) = c$$\n\n$$a b = e^c$$"
    found = [claim.verdict for claim in derive.check(page, format="markdown").claims]
    assert not any(verdict and verdict.outcome in ("proved", "refuted") for verdict in found)
