"""Words that leave what was supposed for a while: no step rests on it after them."""

from __future__ import annotations

import pytest

import derive
from derive.logic.problem import AtLeast, Different
from derive.logic.terms import Position
from derive.meaning.facts import with_differences
from derive.prover.verdict import Judgement

LINE = r"""Let $f(u, v) = u^2 - v^2$. On the line $u = v$ we have

$$ u^2 - v^2 = 0 $$

WORDS

$$ u^2 - v^2 = 0 $$
"""
UNIT = r"""We work with normalized inputs, $\sum_i x_i^2 = 1$. Let $s = \sum_i x_i^2 + 2$.

$$ s = 3 $$

WORDS

$$ \sum_i x_i^2 + 1 = 2 $$
"""
CROSS_ENTROPY = r"""Assume that $\sum_i t_i = 1$. Let $L = -\sum_i t_i \log p_i$ with
$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$.

In general, the gradient is

$$ \frac{\partial L}{\partial z_k} = p_k \sum_i t_i - t_k $$

WORDS

$$ \frac{\partial L}{\partial z_k} = p_k - t_k $$
"""


def claims(text: str) -> tuple[Judgement, ...]:
    return derive.check(text, format="markdown").claims


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in claims(text) if j.verdict is not None]


@pytest.mark.parametrize(
    "words",
    [
        "In general,",
        "More generally,",
        "For arbitrary arguments,",
        "Away from this line,",
        "Off the line,",
        "Elsewhere,",
        "On the other hand,",
        "If this is not so,",
        "Without this restriction,",
        "Going back to all arguments,",
    ],
)
def test_what_holds_for_a_while_is_left(words: str) -> None:
    assert outcomes(LINE.replace("WORDS", words)) == ["proved", "unproved"]


@pytest.mark.parametrize("words", ["Hence", "There,", "The function vanishes:", "So in particular"])
def test_what_goes_on_is_not_left(words: str) -> None:
    assert outcomes(LINE.replace("WORDS", words)) == ["proved", "proved"]


def test_what_needs_nothing_is_proved_after_it_was_left() -> None:
    text = LINE.replace("WORDS", "In general,").replace(r"= 0 $$", r"= (u - v)(u + v) $$")
    assert outcomes(text) == ["proved", "proved"]


@pytest.mark.parametrize(
    "words",
    [
        r"Without normalization, $\sum_i x_i^2$ can be anything:",
        "For unnormalized inputs,",
        "If the inputs are not normalized,",
    ],
)
def test_words_that_take_back_what_they_supposed(words: str) -> None:
    assert outcomes(UNIT.replace("WORDS", words)) == ["proved", "unproved"]
    assert outcomes(UNIT.replace("WORDS", "For normalized inputs,")) == ["proved", "proved"]


@pytest.mark.parametrize(
    "words",
    [
        "Since the targets sum to one,",
        "Under this assumption,",
        "With the constraint above,",
        "As assumed, the targets are a distribution, and",
    ],
)
def test_what_was_left_holds_again(words: str) -> None:
    assert outcomes(CROSS_ENTROPY.replace("WORDS", words)) == ["proved", "proved"]
    assert outcomes(CROSS_ENTROPY.replace("WORDS", "It becomes")) == ["proved", "unproved"]


def test_a_refutation_stands_whatever_was_left() -> None:
    text = CROSS_ENTROPY.replace("WORDS", "It becomes").replace("p_k - t_k", "p_k + t_k")
    assert outcomes(text) == ["proved", "refuted"]


def test_another_value_in_the_place_of_the_first() -> None:
    text = r"""Let $f(u, v) = u^2 - v^2$. On the line $u = 2$ we have

$$ u^2 = 4 $$

On the line $u = 3$ we have

$$ u^2 = 9 $$

$$ u^2 = 4 $$
"""
    assert outcomes(text) == ["proved", "proved", "refuted"]


@pytest.mark.parametrize(
    "words",
    [
        "Now suppose $a = b^3$.",
        "Suppose instead that $a = b^3$.",
        "Assume $a = b^3$.",
        "Consider now $a = b^3$.",
        "Now take another $a = b^3$.",
        "With a new $a = b^3$ we go on.",
    ],
)
def test_a_name_that_is_taken_anew(words: str) -> None:
    text = f"""Let $a = b^2$. Then $a + 1 = b^2 + 1$.

{words} Then

$$ a + 1 = b^2 + 1 $$

$$ a + 1 = b^3 + 1 $$
"""
    first, _, old, new = outcomes(text)
    assert (first, old, new) == ("proved", "unproved", "proved")
    assert outcomes(text.replace("= b^3 + 1 $$", "= b^4 + 1 $$"))[-1] != "proved"


def test_a_number_that_may_count_the_terms() -> None:
    text = r"Suppose that $N = 1$. Let $p_i = e^{z_i} / \sum_j e^{z_j}$. Then $p_1 = 1$."
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace("Suppose that $N = 1$. ", "")) == ["refuted"]


FROM_THE_SECOND = r"""Let $S = \sum_{i=2}^{N} y_i$. Then

$$ \frac{\partial S}{\partial y_N} = 1 $$

$$ \sum_{i=1}^{N} y_i = y_1 + y_N + \sum_{i=2}^{N-1} y_i $$
"""


def test_the_first_is_not_the_last_of_two_or_more() -> None:
    conditional = claims(FROM_THE_SECOND)
    assert [j.verdict.outcome for j in conditional if j.verdict] == ["conditional"] * 2
    assert all(j.verdict and "N \\geq 2" in j.verdict.message for j in conditional)
    told = FROM_THE_SECOND.replace("y_i$. Then", r"y_i$ with $N \ge 2$. Then")
    assert outcomes(told) == ["proved"] * 2
    assert outcomes(told.replace(r"\partial y_N} = 1", r"\partial y_1} = 1"))[0] == "refuted"
    third = r"Let $N \ge 2$. $$\sum_{i=1}^N y_i = y_1 + y_2 + y_N + \sum_{i=3}^{N-1} y_i$$"
    assert outcomes(third) == ["conditional"]
    assert outcomes(third.replace("ge 2", "ge 3")) == ["proved"]


def test_which_places_differ_where_there_are_enough() -> None:
    for least in (1, 2, 3, 4):
        told = with_differences(AtLeast("N", least))
        pairs = [(f.left, f.right) for f in told if isinstance(f, Different)]
        assert len(pairs) == least * (least - 1) // 2
        for front, back in pairs:
            assert isinstance(front, Position)
            assert isinstance(back, Position)
            assert all(front.value != n + back.value for n in range(least, 9))
            assert any(front.value == n + back.value for n in range(1, least))


def test_a_value_does_not_hold_for_all() -> None:
    text = "Let $x = 3$. Then $x^2 = 9$.\n\nFor WHICH $x$: $$x^2 = 9$$\n"
    for which in ("general", "any", "an arbitrary", "all real"):
        assert outcomes(text.replace("WHICH", which)) == ["proved", "unproved"]
    assert outcomes(text.replace("For WHICH", "For this")) == ["proved", "proved"]


def test_what_fails_only_where_a_sum_is_empty_is_not_refuted() -> None:
    text = r"Let $S = \sum_{i=2}^N (x_i - x_{i-1})$. $$\frac{\partial S}{\partial x_1} = -1$$"
    (judged,) = claims(text)
    assert judged.verdict is not None
    assert judged.verdict.outcome in ("unproved", "conditional")
    assert "N ≥ 2" in judged.verdict.message
    assert outcomes(text.replace("= -1", "= 1")) == ["refuted"]


@pytest.mark.parametrize(
    "words",
    ["We no longer assume this.", "Drop this assumption.", "No longer suppose that, though."],
)
def test_what_was_supposed_in_one_sentence_is_dropped_together(words: str) -> None:
    text = rf"""Let $\sum_i t_i = 1$ and $N \geq 2$.

$$\sum_{{i=2}}^{{N}} t_i = 1 - t_1$$

{words} Then

$$\sum_{{i=2}}^{{N}} t_i = 1 - t_1$$
"""
    first, second = derive.check(text, format="markdown").claims
    assert first.verdict is not None
    assert first.verdict.outcome == "proved"
    assert second.verdict is not None
    assert second.verdict.outcome != "proved"


@pytest.mark.parametrize(
    "words", ["If $A$ is not symmetric,", "For a non-symmetric $A$,", "For asymmetric $A$,"]
)
def test_a_quality_that_a_sentence_denies_is_not_supposed(words: str) -> None:
    symmetric = r"Let $A$ be symmetric. Then $\nabla_x (x^T A x) = 2 A x$."
    assert outcomes(rf"{symmetric} {words} $\nabla_x (x^T A x) = 2 A x$.") == ["proved", "unproved"]
    right = r"$\nabla_x (x^T A x) = (A + A^T) x$."
    assert outcomes(f"{symmetric} {words} {right}") == ["proved", "proved"]


def test_another_quality_may_be_denied() -> None:
    definite = r"Let $A$ be symmetric. It need not be positive definite."
    text = rf"{definite} Then $\nabla_x (x^T A x) = 2 A x$."
    assert outcomes(text) == ["proved"]


WITHOUT_BIAS = "Let $f = w x + b$.\n\nSuppose $b = 0$. Then $f = w x$.\n\n"
SET = "Let $f = w x + b$.\n\nWORDS\n\nWe have $f - w x = 0$.\n"


@pytest.mark.parametrize(
    "words",
    [
        "## Arbitrary $b$\n\n",
        "The same holds regardless of $b$:",
        "Even with a bias,",
        "We relax the assumption that there is no bias.",
        "Now we add the bias back:",
        "Next, the case of a nonzero bias:",
    ],
)
def test_a_value_is_left_where_words_go_beyond_it(words: str) -> None:
    assert outcomes(f"{WITHOUT_BIAS}{words} $f - w x = 0$.") == ["proved", "unproved"]
    assert outcomes(f"{WITHOUT_BIAS}{words} $f - w x = b$.") == ["proved", "proved"]
    assert outcomes(f"{WITHOUT_BIAS}Moreover, $f - w x = 0$.") == ["proved", "proved"]


@pytest.mark.parametrize("words", ["Let $b = 0$ in the first example.", "**Tip:** let $b = 0$."])
def test_a_value_for_a_part_or_a_hint_ends_with_it(words: str) -> None:
    assert outcomes(SET.replace("WORDS", words)) == ["unproved"]
    assert outcomes(SET.replace("WORDS", "Let $b = 0$.")) == ["proved"]


def test_what_an_item_supposes_that_asks_for_something_is_its_own() -> None:
    text = (
        "Let $f(x) = x^2$.\n\n1. Let $x = 2$. Show that $f(x) = 4$.\n2. Show that $f'(x) = RIGHT$."
    )
    assert outcomes(text.replace("RIGHT", "4")) == ["proved", "unproved"]
    assert outcomes(text.replace("RIGHT", "2 x")) == ["proved", "proved"]
