"""A value that a sentence gives in passing may be meant behind it: nothing is refuted there."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


@pytest.mark.parametrize(
    "words", ["Note that $b = 0$.", "We ignore the bias: $b = 0$.", "The bias is absent ($b = 0$)."]
)
def test_what_rests_on_it_is_not_refuted(words: str) -> None:
    claims = derive.check(f"{words} Then $w x + b = w x$.", format="markdown").claims
    verdicts = [j.verdict for j in claims if j.verdict is not None]
    assert verdicts[-1].outcome in ("proved", "unproved")
    assert outcomes(f"{words} Then $w x + b = 2 w x$.")[-1] == "refuted"
    assert outcomes(f"{words}\n\n# Another section\n\nThen $w x + b = w x$.")[-1] == "refuted"


def test_the_last_value_is_the_one_that_is_meant() -> None:
    text = "Note that $b = 0$. Note that $b = 1$. Then $w x + b = w x$."
    assert outcomes(text)[-1] == "refuted"


def test_a_value_of_one_position_may_be_meant_of_all() -> None:
    text = r"With dropout disabled, $m_i = 1$, so $\sum_i m_i x_i = \sum_i x_i$."
    [claim] = derive.check(text, format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "conditional"
    assert [h.source for h in claim.verdict.missing] == [r"m_i = 1 \text{ for all } i"]
    assert outcomes(text.replace(r"= \sum_i x_i", r"= 2 \sum_i x_i")) == ["refuted"]


def test_a_value_of_another_letter_is_of_one_position() -> None:
    text = r"For the correct class $t_k = 1$, so $\sum_i t_i x_i = \sum_i x_i$."
    assert outcomes(text) == ["refuted"]
