"""Conditions behind a bar: left out where they never change and are no quantities."""

from __future__ import annotations

import pytest

import derive

WORDS = r"""
$$p(o|c) = \frac{\exp(u_o^\top v_c)}{\sum_{w \in V} \exp(u_w^\top v_c)}$$

$$J = -\log p(o | c) = -u_o^\top v_c + \log \sum_{w} \exp(u_w^\top v_c)$$

$$\frac{\partial J}{\partial v_c} = -u_o + \sum_w p(w|c) u_w$$

$$\frac{\partial J}{\partial u_w} = p(w|c) v_c, \quad w \neq o$$
"""

POLICY = r"""
$$\pi(a|s) = \frac{e^{h_a}}{\sum_b e^{h_b}}, \quad J = \sum_a \pi(a|s) r_a$$

$$\frac{\partial J}{\partial h_a} = \pi(a|s) (r_a - J)$$
"""


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize("text", [WORDS, POLICY])
def test_one_condition_throughout(text: str) -> None:
    assert set(outcomes(text)) == {"proved"}
    assert any("left out" in guess for guess in derive.check(text, format="markdown").guesses)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (WORDS, r"= -u_o + \sum_w p(w|c) u_w", r"= u_o + \sum_w p(w|c) u_w"),
        (WORDS, r"= -u_o + \sum_w p(w|c) u_w", r"= -u_o + \sum_w p(w|c) v_c"),
        (WORDS, r"{\partial u_w} = p(w|c) v_c", r"{\partial u_w} = p(o|c) v_c"),
        (WORDS, r", \quad w \neq o", ""),
        (POLICY, "(r_a - J)", "(r_a + J)"),
    ],
)
def test_wrong_twins(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    found = outcomes(text.replace(right, wrong))
    assert {"refuted", "conditional"} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        r"$$x \frac{\partial}{\partial x} \log p(y|x) = 0$$",  # x is a quantity
        r"$$p(a|b) = p(a|c)$$",  # two conditions
        r"$$q(a|b) = q(a)$$",  # one and none
        r"$$\log p(y|x) = \log p(y|x) + x$$",
    ],
)
def test_what_may_depend_on_the_condition_keeps_it(text: str) -> None:
    report = derive.check(text, format="markdown")
    assert not any("left out" in guess for guess in report.guesses)
    assert "proved" not in outcomes(text)


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{\partial}{\partial x} \log p(y|x) = 0",
        r"\frac{\partial}{\partial \theta} \log p(y|x;\theta)^2 = 0",
        r"\frac{d}{dx} (P(X=k|x) + x) = 1",
        r"\frac{\partial}{\partial \theta} \log p_\theta(y|x) = 0",
        r"\nabla_\theta \log \pi_\theta(a|s) = 0",
        r"\nabla_\theta \log p_\theta = 0",
        r"\nabla_\theta \log p_\theta(x) = \nabla_\theta p_\theta(x)",
    ],
)
def test_a_quantity_depends_on_its_condition_and_on_its_parameter(text: str) -> None:
    assert outcomes(f"$${text}$$") in (["unproved"], ["refuted"])


@pytest.mark.parametrize(
    "text",
    [
        r"\nabla_\theta \log p_\theta(a|s) = \frac{\nabla_\theta p_\theta(a|s)}{p_\theta(a|s)}",
        r"\nabla_\theta f_\theta(x)^2 = 2 f_\theta(x) \nabla_\theta f_\theta(x)",
        r"\frac{d}{dx} \log p(y|x) = \frac{1}{p(y|x)} \frac{d p(y|x)}{dx}",
    ],
)
def test_and_the_chain_rule_holds_for_both(text: str) -> None:
    assert outcomes(f"$${text}$$") == ["proved"]
