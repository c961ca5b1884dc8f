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
