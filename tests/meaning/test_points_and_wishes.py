"""Equations of curves, points for which something holds, wishes: none is claimed of all data."""

from __future__ import annotations

import pytest

import derive

NETWORK = r"""
Let $F(x,y) = \sigma(a x + b y + c)$ with $\sigma(t) = \frac{1}{1+e^{-t}}$.

"""
RESEAU = r"""
Notre réseau définit une fonction $F(x,y) = \sigma(a x + b y + c)$ avec
$\sigma(t) = \frac{1}{1+e^{-t}}$.

"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


@pytest.mark.parametrize(
    "said",
    [
        r"We start from a lemniscate of equation $(x^2+y^2)^2 = 4(x^2-y^2)$.",
        "The union of both curves has the equation\n\n$$(x^2+y^2)^2 - 4(x^2-y^2) = 0$$",
        r"We colour the points for which $F(x,y) \ge \frac12$ and those where $F(x,y) < \frac12$.",
        r"We wished to have $F(x_i, y_i) = 0$ for the discs and $F(x_i, y_i) = 1$ for the others.",
        r"For large slopes we need $F(x, y) \ge 1$.",
        r"A multiplier is there to ensure that $F(x, y) \ge 1$.",
        "There a simple line parts the two classes:\n\n$$F(x, y) = 0.7$$",
        r"""$$\begin{align}
\text{Minimize: } & \frac12 a^2 \\
\text{Maintain: } & F(x, y) \ge 1
\end{align}$$""",
    ],
)
def test_what_is_said_of_points_is_not_refuted(said: str) -> None:
    assert set(outcomes(NETWORK + said)) == {"unproved"}


FRENCH = r"""
On part d'une lemniscate d'équation $(x^2+y^2)^2 = 4(x^2-y^2)$.

On colorie en rouge les points pour lesquels $F(x,y) \ge \frac12$.

On souhaitait avoir $F(x_i, y_i) = 0$ pour les ronds bleus.
L'union de ces deux courbes a pour équation :

$$(x^2+y^2)^2 - 4(x^2-y^2) = 0$$
"""


def test_in_french() -> None:
    assert set(outcomes(RESEAU + FRENCH)) == {"unproved"}


@pytest.mark.parametrize(
    "said",
    [
        r"We have $(x^2+y^2)^2 = x^4 + y^4$.",
        r"By the equation above, $F(x, y) = \frac{2}{1 + e^{-a x - b y - c}}$.",
        r"At all points $1 - F(x,y) = F(x, y)$.",
        r"This ensures that $F(x, y) \ge 1$.",
        r"We need to show that $F(x, y) \ge 1$.",
        "From the last line:\n\n$$F(x, y) = 0.7$$",
        r"$$\begin{align} \text{Hence: } & F(x, y) \ge 1 \end{align}$$",
    ],
)
def test_what_is_claimed_is(said: str) -> None:
    assert outcomes(NETWORK + said)[-1] in ("refuted", "conditional")
