"""Derivations in notations at random: a few pages of each topic, and that faults are seen."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests import notations
from tests.notations import TOPICS, Page


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("seed", [7, 8])
def test_pages_in_other_notations(topic: str, wrong: bool, seed: int) -> None:
    one = notations.page(topic, Random(f"{topic} {seed}"), wrong)
    assert notations.faults(one) == [], one.text


def test_what_is_wrong_on_a_right_page_is_seen() -> None:
    text = "$$p_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}$$\n\n$$\\sum_i p_i = 2$$\n"
    assert notations.faults(Page("", text, 1)) != []
    right = text.replace("= 2", "= 1")
    assert notations.faults(Page("", right, 1)) == []
    assert notations.faults(Page("", right, 2)) != []  # a claim was passed over


def test_what_is_right_at_the_wrong_line_is_seen() -> None:
    text = "$$p_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}$$\n\n$$\\sum_i p_i = 2$$\n"
    wrong = Page("", text, 1, wrong=3)
    assert notations.faults(wrong) == []
    assert notations.faults(replace(wrong, text=text.replace("= 2", "= 1"))) != []
    assert notations.faults(replace(wrong, wrong=20)) != []


def test_pages_differ_in_notation_and_not_in_number() -> None:
    made = list(notations.pages(1, 2 * len(TOPICS)))
    assert [one.topic for one in made] == [*TOPICS, *TOPICS]
    assert all((one.wrong > 0) == (n >= len(TOPICS)) for n, one in enumerate(made))
    texts = {notations.page("softmax", Random(n), wrong=False).text for n in range(20)}
    assert len(texts) == 20


def test_no_macro_is_left() -> None:
    for one in notations.pages(2, 40):
        assert "@" not in one.text
        assert not any(f"\\{name}{{" in one.text for name in "DEVQSK")
