"""Reasons beside the rows of a display, and between them: rules, definitions, facts about data."""

from __future__ import annotations

import pytest

import derive


def found(text: str) -> list[tuple[str, str]]:
    judged = derive.check(text, format="markdown").claims
    return [(j.statement.left.strip(), j.verdict.outcome) for j in judged if j.verdict]


def outcomes(text: str) -> list[str]:
    return [outcome for _, outcome in found(text)]


BECAUSE = [r"\because %s", r"(\because %s)", r"\text{since } %s", r"\text{because } %s"]


@pytest.mark.parametrize("because", BECAUSE)
def test_a_rule_is_claimed_and_the_step_judged_without_it(because: str) -> None:
    page = r"$$\begin{align} \ln 0.5 &= \ln \frac{1}{2} \\ &= \ln 1 - \ln 2 \quad " + (
        because % r"\ln \frac{a}{b} = \ln a - \ln b"
    )
    page += r"\\ &= -\ln 2 \quad " + because % r"\ln 1 = 0" + r"\end{align}$$"
    assert outcomes(page) == ["proved"] * 5
    wrong = page.replace(r"= \ln a - \ln b", r"= \ln a + \ln b")
    assert sorted(outcomes(wrong)) == ["proved"] * 4 + ["refuted"]
    false = page.replace(r"\ln 1 = 0", r"\ln 1 = 1")
    assert found(false)[-2:] == [(r"\ln 1", "refuted"), (r"\ln 1 - \ln 2", "proved")]


def test_a_reason_about_data_is_a_hypothesis_as_ever() -> None:
    page = r"""Let $L = -\sum_i t_i (z_i - s)$.
$$\begin{align} L &= s \sum_i t_i - \sum_i t_i z_i \\
&= s - \sum_i t_i z_i \quad \because \sum_i t_i = 1 \end{align}$$"""
    assert outcomes(page) == ["proved"] * 2
    assert outcomes(page.replace("= 1", "= 2"))[1] == "refuted"


@pytest.mark.parametrize("because", [r"\because", r"\text{since }"])
def test_a_row_with_the_reason_is_left_out_of_the_chain(because: str) -> None:
    page = rf"""Let $f = x^2$. $$\begin{{align}} y &= f + 1 \\ {because} f &= x^2 \\
&= 1 + x^2 \\ {because} \log 1 &= 0 \\ &= 1 + \log 1 + x^2 \end{{align}}$$"""
    assert set(outcomes(page)) == {"proved"}
    assert outcomes(page.replace("&= 1 + x^2", "&= 2 + x^2")).count("refuted") == 2
    assert "conditional" in outcomes(page.replace("f &= x^2", "f &= x^3"))
