"""A cost that the text redefines, in the sentence or in the one before the display."""

from __future__ import annotations

import pytest

import derive

COST = r"""$$C(w) = \frac{1}{m} \sum_i (w x_i - y_i)^2$$

WORDS

$$C(w) = \frac{1}{2m} \sum_i (w x_i - y_i)^2$$

$$\frac{dC}{dw} = \frac{SIGN 1}{m} \sum_i (w x_i - y_i) x_i$$
"""


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize(
    "words",
    [
        "To make it simpler, we redefine the cost.",
        "To make it simpler, we redefine it as",
        "미분의 계산을 더 쉽게 하기 위해 이 비용 함수를 재정의합니다.",
    ],
)
def test_it_has_the_new_meaning(words: str) -> None:
    text = COST.replace("WORDS", words)
    assert outcomes(text.replace("SIGN", "")) == ["proved"]
    assert outcomes(text.replace("SIGN", "-")) == ["refuted"]


def test_what_is_only_simplified_has_not() -> None:
    text = COST.replace("WORDS", "We simplify the cost.").replace("SIGN", "")
    assert outcomes(text) != ["proved"]
