"""A slash before a value of a function: all of it stands below."""

from __future__ import annotations

import pytest

import derive

SHARES = r"Let $S(z) = \sum_k e^{z_k}$ and $p_k(z) = e^{z_k} / S(z)$. Then "
POWER = "Let $g(v) = v^2 + 1$. Then "


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (SHARES + r"$\frac{\partial p_k(z)}{\partial z_k} = p_k(z) (1 - p_k(z))$.", "proved"),
        (SHARES + r"$\frac{\partial p_k(z)}{\partial z_k} = p_k(z)$.", "refuted"),
        (POWER + "$3 / g(v) = \\frac{3}{v^2 + 1}$.", "proved"),
        (POWER + "$3 / g(v) = \\frac{3 v}{v^2 + 1}$.", "refuted"),
        (POWER + "$3 / g(2 v) = \\frac{3}{4 v^2 + 1}$.", "proved"),
        (POWER + "$3 / g(v)^2 = \\frac{3}{(v^2 + 1)^2}$.", "proved"),
        (POWER + "$1 / 2g(v) = \\frac{1}{2 (v^2 + 1)}$.", "proved"),
        ("Let $q = 3 / u(v)$. Then $q u(v) = 3$.", "proved"),
        ("Let $q = 3 / u(v)$. Then $q u(v) = 3 v^2$.", "unproved"),  # or u is a factor
        (POWER + "$g(v) / 2 = \\frac{v^2 + 1}{2}$.", "proved"),
        (POWER + "$g(v) / 2 = \\frac{v^3}{2}$.", "refuted"),
        (POWER + "$g(v)/g(u) = \\frac{v^2 + 1}{u^2 + 1}$.", "proved"),
        (POWER + "$g'(v) / g(v) = \\frac{2 v}{v^2 + 1}$.", "proved"),
        (POWER + "$g'(v) / g(v) = 2 v$.", "refuted"),
        (POWER + "$3 g(v)^2 / 2 = \\frac{3}{2} (v^2 + 1)^2$.", "proved"),
        ("Let $q(v) = p(v) / u(v)$. Then $q'(v) = \\frac{p'(v)}{u'(v)}$.", "refuted"),
        (
            "Let $q(v) = p(v) / u(v)$. Then $q'(v) = \\frac{p'(v) u(v) - p(v) u'(v)}{u(v)^2}$.",
            "proved",
        ),
        (POWER + "$g(v)/g(u)/g(v) = \\frac{1}{u^2 + 1}$.", "proved"),
        (POWER + "$g(v)/g(u)/g(v) = u^2 + 1$.", "refuted"),
        (r"$$\log v/2 = \frac{\log v}{2}$$", "unproved"),  # or log(v/2)
        (r"$$\log v/2 = \log v$$", "refuted"),
        # What is no function: a factor of the quotient.
        (r"Let $m = 1/n \sum_{i=1}^n x_i$. Then $n m = \sum_{i=1}^n x_i$.", "proved"),
        ("$$1/n (a + b) = a/n + b/n$$", "proved"),
        ("$$1/n(a + b) = a/n + b/n$$", "proved"),
        ("$$a (b + c)/2 = a b / 2 + a c / 2$$", "proved"),
        ("$$a (b + c)/2 = a b + a c / 2$$", "refuted"),
    ],
)
def test_what_stands_below(text: str, outcome: str) -> None:
    assert outcomes(text) == [outcome]
