"""A name that is summed over N in one section and over n in the next has a range in each."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""
# The mean

$$\mu = \frac{1}{N} \sum_{i=1}^{N} x_i$$

$$\sum_{i=1}^{N} (x_i - \mu) = 0$$

# The norm

$$q = \sum_{i=1}^{d} x_i^2$$

$$\frac{\partial q}{\partial x_k} = 2 x_k$$

$$\sum_{i=1}^{d} (a x_i)^2 = a^2 q$$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


def test_each_section_is_judged_with_its_own_range() -> None:
    assert outcomes(PAGE) == ["proved"] * 3


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [(r"(x_i - \mu)", r"(x_i + \mu)", 0), ("= 2 x_k", "= x_k", 1), ("a^2 q", "a q", 2)],
)
def test_wrong_steps_are_refuted(right: str, wrong: str, place: int) -> None:
    assert outcomes(PAGE.replace(right, wrong))[place] == "refuted"


def test_within_a_section_such_sums_stay_apart() -> None:
    text = r"$$s = \sum_{i=1}^N x_i$$ $$r = \sum_{i=1}^n x_i$$ $$s = r$$"
    assert "proved" not in outcomes(text)


NODES = r"""
## Addition

$z = x + y$

$\frac{\partial z}{\partial x} = 1$

## Multiplication

$z = xy$

$\frac{\partial z}{\partial x} = y$
"""


def test_sections_that_each_begin_with_a_meaning_of_their_own() -> None:
    assert outcomes(NODES) == ["proved", "proved"]
    assert outcomes(NODES.replace("x} = y", "x} = x")) == ["proved", "refuted"]


@pytest.mark.parametrize(
    "text",
    [
        NODES.replace("## Multiplication", "Now"),
        NODES.replace("## Multiplication", "## Multiplication\n\nAs we have seen,"),
        NODES.replace("## Multiplication", "## Conclusion"),
        NODES.replace("## Multiplication", "### Multiplication"),
    ],
)
def test_a_later_equation_is_no_meaning_of_its_own(text: str) -> None:
    assert outcomes(text)[1] in ("conditional", "refuted")


TURN = r"""
# Words

All words of the vocabulary are $1, \dots, V$, and $p_o = e^{u_o^T v} / \sum_{w=1}^V e^{u_w^T v}$.

$$\frac{\partial}{\partial v} \log \sum_{w=1}^V e^{u_w^T v}
= \frac{\sum_{w=1}^V e^{u_w^T v} u_w}{\sum_{x=1}^V e^{u_x^T v}}$$

Now $K$ of them are drawn, which are $u_1, \dots, u_K$ from here on.

$$q = \sum_{k=1}^K \log (1 + e^{-u_k^T v})$$

$$\frac{\partial q}{\partial v} = -\sum_{k=1}^K \frac{u_k}{1 + e^{u_k^T v}}$$
"""


def test_within_a_chapter_sums_may_turn_to_another_size_for_good() -> None:
    assert outcomes(TURN) == ["proved"] * 2
    assert outcomes(TURN.replace(r"-\sum_{k=1}^K \frac", r"\sum_{k=1}^K \frac"))[1] == "refuted"
    wrong = TURN.replace("x=1}^V e^{u_x^T v}}", "x=1}^V e^{-u_x^T v}}")
    assert outcomes(wrong) == ["refuted", "proved"]
    mixed = TURN + r"$$\sum_{w=1}^V e^{u_w^T v} = \sum_{k=1}^K e^{u_k^T v}$$"
    assert "proved" not in outcomes(mixed)[2:]


def test_one_other_sum_does_not_silence_those_of_which_there_are_more() -> None:
    page = r"""
$$a = \sum_{i=1}^{m} x_i^2$$ $$\sum_{i=1}^{m} (2 x_i)^2 = 4 a$$ $$r = \sum_{i=1}^d x_i$$
$$\sum_{i=1}^{m} (3 x_i)^2 = 9 a$$
"""
    assert outcomes(page) == ["proved"] * 2
    assert outcomes(page.replace("9 a", "3 a")) == ["proved", "refuted"]
    assert "proved" not in outcomes(page.replace("9 a", "9 r"))[1:]
