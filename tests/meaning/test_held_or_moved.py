"""What a derivative holds fixed, and what moves with the variable; conditions told before."""

from __future__ import annotations

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


TOTAL = r"""Let $z = x^2 + y$ with $y = \sin x$. Then

$$ \frac{dz}{dx} = \frac{\partial z}{\partial x} + \frac{\partial z}{\partial y}\frac{dy}{dx} $$

$$ \frac{dz}{dx} = \frac{\partial z}{\partial x} $$

$$ \frac{dz}{dx} = 2 x + \cos x $$
"""


def test_a_partial_derivative_beside_a_total_one() -> None:
    assert outcomes(TOTAL) == ["unproved", "unproved", "proved"]
    assert outcomes(TOTAL.replace("+ \\cos x", "- \\cos x"))[-1] == "refuted"


def test_several_paths_of_which_none_meets_another() -> None:
    text = r"""Let $f = u v$ with $u = x^2$ and $v = e^x$. Then

$$ \frac{df}{dx} = \frac{\partial f}{\partial u} \frac{du}{dx}
+ \frac{\partial f}{\partial v} \frac{dv}{dx} $$
"""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("\n+", "\n-")) == ["refuted"]


ENTROPY = r"""Let $p_N = 1 - \sum_{i=1}^{N-1} p_i$ and $H = -\sum_{i=1}^{N} p_i \log p_i$. Then

$$ \frac{\partial H}{\partial p_k} = -\log p_k - 1 $$
"""


def test_a_component_that_is_made_of_the_others() -> None:
    assert outcomes(ENTROPY) == ["unproved"]
    summed = ENTROPY.replace(r"$p_N = 1 - \sum_{i=1}^{N-1} p_i$", r"$\sum_{i=1}^N p_i = 1$")
    assert outcomes(summed) == ["proved"]
    assert outcomes(summed.replace("- 1 $", "+ 1 $")) == ["refuted"]


PINNED = r"""Fix the last score, $z_N = 0$. Let
$p_i = \frac{e^{z_i}}{1 + \sum_{j=1}^{N-1} e^{z_j}}$.

$$ \sum_{i=1}^{N} p_i = 1 $$
"""


def test_an_equation_between_data_may_hold_for_what_follows() -> None:
    assert outcomes(PINNED) == ["unproved", "unproved"]
    assert outcomes(PINNED.replace("p_i = 1 $", "p_i = 2 $")) == ["unproved", "refuted"]
    assert outcomes(PINNED.replace("Fix the last score, ", "Let "))[-1] == "proved"
