"""A slope that holds a name which nothing introduces is not refuted: nobody knows what it is."""

from __future__ import annotations

import pytest

import derive

LOSS = r"""Let $\sigma(u) = \frac{1}{1 + e^{-u}}$, and

$$C(v) = \sum_{i=1}^n \left[ h_i \ln \sigma(v^T g_i) + (1 - h_i) \ln(1 - \sigma(v^T g_i)) \right]$$

WORDS
$$\frac{\partial C}{\partial v_j} = STEP$$
"""
SLOPE = r"\sum_i \left( \frac{h_i}{\sigma(s_i)} - \frac{1 - h_i}{1 - \sigma(s_i)} \right) "


def outcomes(step: str, words: str = "") -> list[tuple[str, str]]:
    text = LOSS.replace("STEP", step).replace("WORDS", words)
    report = derive.check(text, format="markdown")
    return [(c.verdict.outcome, c.verdict.message) for c in report.claims if c.verdict]


@pytest.mark.parametrize(
    "step",
    [
        SLOPE + r"\sigma(s_i)(1 - \sigma(s_i)) g_{ij}",
        SLOPE + r"\frac{\partial \sigma(s_i)}{\partial v_j}",
    ],
)
def test_what_is_never_introduced_refutes_nothing(step: str) -> None:
    assert outcomes(step) == [("unproved", "nothing that was read says what s is")]


def test_what_is_introduced_does() -> None:
    step = SLOPE + r"\sigma(s_i)(1 - \sigma(s_i)) g_{ij}"
    where = r"Here $s_i = v^T g_i$."
    assert [o for o, _ in outcomes(step, where)] == ["proved"]
    assert [o for o, _ in outcomes(step.replace(" - \\frac", " + \\frac"), where)] == ["refuted"]
    assert [o for o, _ in outcomes(r"\sum_i (h_i - \sigma(v^T g_i)) h_i")] == ["refuted"]


def test_a_number_in_place_of_a_name_is_judged() -> None:
    """The stranger c on the other side makes no secret of ``x^2``."""
    text = "Let $f(x) = x^2$. $$f'(x) = 3 x$$ $$f'(x) = 2 c$$"
    found = [c.verdict.outcome for c in derive.check(text).claims if c.verdict]
    assert found == ["refuted", "unproved"]
