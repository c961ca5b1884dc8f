"""One sentence gives a name one meaning: a second one is claimed."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    "text",
    [
        "Let $a = 0.1$ and $a = 0.2$. $$10 a = 2$$",
        "Let $x = 1$, $x = 2$. Then $x + 1 = 3$.",
        r"Let $$a = 1, \quad a = 2.$$ Then $$a + 1 = 3$$",
        "Let $f(x) = x^2$ and $f(x) = x^3$. Then $f'(x) = 3x^2$.",
    ],
)
def test_two_values_prove_nothing_of_the_second(text: str) -> None:
    assert outcomes(text) == ["refuted", "refuted"]


def test_the_same_value_twice_and_one_after_the_other() -> None:
    assert outcomes("Let $a = 0.5$ and $a = 1/2$. $$10 a = 5$$") == ["proved", "proved"]
    text = "Let $a = 0.1$. Then $10 a = 1$. Now let $a = 0.2$. Then $10 a = VALUE$."
    assert outcomes(text.replace("VALUE", "2")) == ["proved", "proved"]
    assert outcomes(text.replace("VALUE", "1")) == ["proved", "refuted"]
