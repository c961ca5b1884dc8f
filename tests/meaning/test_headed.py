"""Words and a colon at the head of an equation, or behind a name."""

from __future__ import annotations

import pytest

import derive

TEXT = r"""$$HEAD L = 3 x^2$$

$$\frac{dL}{dx} = 6 x$$
"""


def found(text: str) -> list[tuple[str, str]]:
    judged = derive.check(text, format="markdown").judgements
    return [(j.statement.kind, j.verdict.outcome if j.verdict else "") for j in judged]


@pytest.mark.parametrize("head", ["", "L2:", r"\text{loss}:", r"\text{L1} :"])
def test_a_head_is_none_of_the_equation(head: str) -> None:
    text = TEXT.replace("HEAD", head)
    assert found(text) == [("definition", ""), ("claim", "proved")]
    assert found(text.replace("6 x", "5 x"))[-1] == ("claim", "refuted")


def test_a_ratio_has_no_head() -> None:
    assert found(r"$$a : b = 3 : 4$$")[0] == ("unread", "")


def test_what_a_name_is_called() -> None:
    assert found(r"Here $f: \text{activation}$ and $x_i : \text{input}$.") == [
        ("hypothesis", ""),
        ("hypothesis", ""),
    ]
