"""New names for what is known: "setting s = c" says what c is, and claims nothing of s."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize("said", ["Setting $s^2 = c$,", r"With $s^2 \equiv c$,"])
def test_a_square_gets_another_name(said: str) -> None:
    text = (
        rf"Let $s^2 = \sum_i x_i^2$. {said} we have $$\log s^2 = \log c, \quad c = \sum_i x_i^2$$"
    )
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace(r"\log c", r"2 \log c"))[0] == "refuted"


def test_what_is_known_is_not_renamed_but_claimed() -> None:
    text = r"Let $s = \sum_i x_i^2$ and $c = \sum_i x_i$. Setting $s = c$ we have $$s = c$$"
    assert "proved" not in outcomes(text)[:1]
    assert outcomes(r"Let $f(x) = x^2$. We find $f(x) \equiv 2 x$.")[0] in (
        "refuted",
        "conditional",
    )
