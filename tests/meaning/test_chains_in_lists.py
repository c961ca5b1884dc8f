"""Chains that go on from one item of a list to the next, and spaces by their customary commands."""

from __future__ import annotations

import derive

CHAIN = r"""
Then we have
- $J = \frac{1}{2} (a - b)^2$
  - $= \frac12 (a^2 - 2 a b + b^2)$ (the square)
  - $= \frac12 a^2 - a b + \frac12 b^2$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


def kinds(text: str) -> list[str]:
    return [j.statement.kind for j in derive.check(text).judgements]


def test_an_item_that_begins_with_a_sign_goes_on_with_the_one_before() -> None:
    assert outcomes(CHAIN) == ["proved", "proved"]
    assert outcomes(CHAIN.replace(r"+ \frac12 b^2", "+ b^2")) == ["proved", "refuted"]


def test_after_other_words_nothing_stands_before_the_sign() -> None:
    assert kinds("We know $a = b$.\n\nAnd so\n- $= 3$\n")[-1] == "unread"


def test_customary_names_of_spaces() -> None:
    for space in ("R", "RR", "Rr", "Reals", "reals"):
        assert kinds(rf"Let $x \in \{space}^n$.") == ["hypothesis"]
    assert kinds(r"\newcommand{\RR}{x} Let $\RR = 3$.") == ["definition"]
