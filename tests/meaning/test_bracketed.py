"""Entries as programs write them: ``S[i, k]``."""

from __future__ import annotations

import derive

LAYER = r"""$$S[i,k] = \sum_{p=1}^{H} O_1[i,p] \times W_2[p,k] + b_2[k]$$

$$O_2[i,k] = \frac{e^{S[i,k]}}{\sum_{p=1}^C e^{S[i,p]}}$$

The loss of the i-th example is

$$L_i = -\log O_2[i, y_i]$$

where $y_i$ is its label. In matrices, $$S = O_1 W_2 + b_2$$

"""


def outcomes(claim: str) -> list[str]:
    claims = derive.check(f"{LAYER}$${claim}$$", format="markdown").claims
    found = [j.verdict.outcome for j in claims if j.verdict is not None]
    assert found[0] == "proved"
    return found[1:]


def test_the_slopes_of_the_softmax() -> None:
    claim = r"\frac{\partial L_i}{\partial O_2[i, y_i]} = \frac{-1}{O_2[i, y_i]}"
    assert outcomes(claim) == ["proved"]
    assert outcomes(claim.replace("-1", "1")) == ["refuted"]
    cases = (
        r"\frac{\partial L_i}{\partial S[i,k]} = \begin{cases}"
        r"O_2[i,k] - 1, & \text{if $k = y_i$} \\ O_2[i,k], & \text{if $k \ne y_i$} \end{cases}"
    )
    assert outcomes(cases) == ["proved", "proved"]
    assert outcomes(cases.replace("- 1", "- 2")) == ["refuted", "proved"]


def test_powers_and_single_places() -> None:
    assert outcomes(r"\frac{\partial O_1[i,m]^2}{\partial O_1[i,m]} = 2 O_1[i,m]") == ["proved"]
    assert outcomes(r"\frac{\partial S[i,k]}{\partial b_2[k]} = 1") == ["proved"]
    assert outcomes(r"\frac{\partial S[i,k]}{\partial b_2[k]} = 2") == ["refuted"]


def test_a_factor_in_brackets_and_other_lists_stay() -> None:
    text = "Let $f = a [b]$ and $g = c [1 - b]$. Then $f = a b$ and $g = c - b c$."
    found = derive.check(text, format="markdown").claims
    assert [j.verdict.outcome for j in found if j.verdict is not None] == ["proved", "proved"]
    text = (
        r"Let $\mathrm{KL}[p, q] = \sum_i p_i \log \frac{p_i}{q_i}$ and $x = a[p]$. Then $x = a p$."
    )
    found = derive.check(text, format="markdown").claims
    assert [j.verdict.outcome for j in found if j.verdict is not None][-1] == "proved"
