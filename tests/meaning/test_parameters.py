"""A factor that depends on the variable, too, is no constant: nobody may forget its slope."""

from __future__ import annotations

import pytest

import derive

POLICY = r"Let $J(\theta) = \sum_a \pi_\theta(a) Q(a)$. "
DRAWN = r"Let $J = \mathbb{E}_{x \sim p}[f(x)]$ with the density $p_\theta(x)$. "
PRODUCT = r"Let $y = u v$. "
SAID = r"Let $S = \sum_k w_k q_k$, where $w_k$ and $q_k$ depend on $\theta$. "

RIGHT = [
    POLICY + r"$\frac{\partial J}{\partial \theta} = "
    r"\sum_a Q(a) \frac{\partial \pi_\theta(a)}{\partial \theta}$",
    PRODUCT + r"$\frac{dy}{dx} = u \frac{dv}{dx} + v \frac{du}{dx}$",
    SAID + r"$\frac{\partial S}{\partial \theta} = \sum_k w_k \frac{\partial q_k}{\partial \theta}"
    r" + \sum_k q_k \frac{\partial w_k}{\partial \theta}$",
    r"Let $E = \sum_i (y_i - t_i)^2$. $\frac{\partial E}{\partial w} = "
    r"2 \sum_i (y_i - t_i) \frac{\partial y_i}{\partial w}$",
]
WRONG = [
    POLICY + r"$\frac{\partial J}{\partial \theta} = "
    r"\sum_a \pi_\theta(a) \frac{\partial Q(a)}{\partial \theta}$",
    DRAWN + r"$\nabla_\theta J = \mathbb{E}_{x \sim p}[\nabla_\theta f(x)]$",
    PRODUCT + r"$\frac{dy}{dx} = u \frac{dv}{dx}$",
    SAID
    + r"$\frac{\partial S}{\partial \theta} = \sum_k w_k \frac{\partial q_k}{\partial \theta}$",
]


@pytest.mark.parametrize("text", RIGHT)
def test_every_factor_has_its_slope(text: str) -> None:
    assert derive.check(text).claims[-1].verdict.outcome == "proved"


@pytest.mark.parametrize("text", WRONG)
def test_a_slope_that_is_forgotten(text: str) -> None:
    assert derive.check(text).claims[-1].verdict.outcome != "proved"
