"""What is concluded from an equation, or under a condition in words, is neither given nor false."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


@pytest.mark.parametrize(
    "text",
    [
        "The equation $x^2 = x y$ gives $x = y$. Then $x + 1 = y + 1$.",
        "Suppose $x^2 = y^2$. Then $x = y$. Hence $x + 1 = y + 1$.",
        "Dividing $a x = b x$ by $x$ we get $a = b$. Then $a + 1 = b + 1$.",
        r"$$ a b = a c \implies b = c $$ $$ b + 1 = c + 1 $$",
        "Since $x^2 = 4$, we have $x = 2$. Then $x^3 = 8$.",
        "Let $c = a + b$. By Theorem B, $a = b$. Hence $a b = c^2 / 4$.",
        "Let $L = (x - y)^2$. Clearly, $x = y$, and $L = 0$.",
        "Let $a$ and $b$ be real numbers. Then $a = b$. Hence $a^2 = b^2$.",
        "**Theorem.** $a = b$.\n\nProof. $2 a - a = b$.",
        "### Lemma 2\n\n$a = b + 1$.\n\n### Proof\n\n$a^2 = (b + 1)^2$.",
        "For data $a, b$ with $a + b = c$ we have $4 a b = c^2$. By Theorem B, $a = b$, hence "
        "$4 a b = c^2$.\n\n**Theorem B.** $a = b$.",
    ],
)
def test_one_of_several_solutions_proves_nothing(text: str) -> None:
    assert set(outcomes(text)) == {"unproved"}


def test_what_a_theorem_lets_is_defined() -> None:
    text = "**Theorem.** Let $a = b + 1$. Then $a^2 = b^2 + 2 b + 1$."
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("2 b", "3 b")) == ["refuted"]


@pytest.mark.parametrize(
    "text",
    [
        "Since $2 x + 1 = 7$, we get $x = 3$. Hence $x^2 = 9$.",
        "Since $2 x + 1 = 7$, clearly $x = 3$. Hence $x^2 = 9$.",
        "We have $a + b = 1$, so $a = 1 - b$. Then $a^2 = 1 - 2 b + b^2$.",
    ],
)
def test_the_only_solution(text: str) -> None:
    assert set(outcomes(text)) == {"proved"}
    assert outcomes(text.replace("= 9", "= 8").replace("- 2 b", "+ 2 b"))[-1] == "refuted"


def test_a_value_of_a_defined_name_is_no_hypothesis() -> None:
    text = r"Let $S = \sum_i q_i^2$. If $q$ is one-hot, then $S = 2$."
    assert outcomes(text) == ["unproved"]


def test_a_condition_in_words() -> None:
    text = r"Let $S = a b$. If $a$ and $b$ are equal, then $S = a^2$."
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace("If $a$ and $b$ are equal, then", "Thus")) == ["refuted"]
    assert outcomes(text.replace("$a$ and $b$ are equal", "$a = b$")) == ["proved"]


def test_what_happens_when_something_is_done_is_claimed_of_all() -> None:
    text = r"""Let $y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. It does not change when the
same constant $m$ is taken from every score, whatever $m$ is, because it cancels:

$$y_i = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}$$
"""
    assert outcomes(text) == ["proved"]
    wrong = text.replace(r"\sum_j e^{z_j - m}", r"\sum_j e^{z_j + m}")
    assert outcomes(wrong)[-1] in ("refuted", "conditional")
    vague = text.replace(
        "It does not change when the\nsame constant $m$ is taken", "When $m$ is small,"
    )
    assert outcomes(vague.replace("z_j - m", "z_j + m"))[-1] == "unproved"


def test_a_number_does_not_follow_from_what_a_name_equals() -> None:
    text = "Let $a = b + c$ and $c = a - b$. Then $c = 0$. So $c + 1 = 1$."
    assert outcomes(text) == ["proved", "unproved", "unproved"]
