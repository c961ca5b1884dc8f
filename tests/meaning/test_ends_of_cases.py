"""A case ends where the text may speak of all cases again: "**Combined:**", "in summary"."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""$p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$.

%s $i = j$.

$$\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)$$

%s $i \neq j$.

$$\frac{\partial p_i}{\partial z_j} = -p_i p_j$$

%s

$$\frac{\partial p_i}{\partial z_j} = %s$$
"""
CASES = [("**Case 1:**", "**Case 2:**"), ("Case 1:", "Case 2:"), ("### Case", "### Case")]


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(
    "words",
    [
        "**Combined:** With the Kronecker delta:",
        "**Unified form:**",
        "**Result.** We have",
        "Combining, we get",
        "In summary,",
        "Overall,",
        "Both cases can be written as one:",
        "*So far:* we have",
    ],
)
def test_what_holds_in_the_last_case_only_is_not_proved_of_all(
    case: tuple[str, str], words: str
) -> None:
    everywhere = PAGE % (*case, words, r"p_i (\delta_{ij} - p_j)")
    assert outcomes(everywhere) == ["proved"] * 3
    of_one = outcomes(PAGE % (*case, words, "-p_i p_j"))
    assert of_one[:2] == ["proved"] * 2
    assert of_one[2] in ("unproved", "conditional")
    assert outcomes(PAGE % (*case, words, "p_i p_j"))[2] in ("refuted", "unproved")


@pytest.mark.parametrize(
    "words", ["", "**Step 2.** Hence", "**Numerator:** it gives", "which can be written as", "So"]
)
def test_the_steps_of_a_case_go_on(words: str) -> None:
    assert outcomes(PAGE % (*CASES[0], words, "-p_i p_j")) == ["proved"] * 3
