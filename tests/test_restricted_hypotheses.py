"""What is supposed for some positions only is not used for others."""

from __future__ import annotations

import pytest

import derive


def verdicts(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims]


# Words and formulas behind, before and beside ``u_i v_j = 0`` that leave out where i = j.
APART = [
    r"Assume that $u_i v_j = 0$ for $i \neq j$.",
    r"Assume that $u_i v_j = 0$ for all $i \neq j$.",
    r"Assume that $u_i v_j = 0$ for every pair $i \neq j$.",
    r"Assume that $u_i v_j = 0$ whenever $i \neq j$.",
    r"Assume that $u_i v_j = 0$ if $i \neq j$.",
    r"Assume that $u_i v_j = 0$, where $i \neq j$.",
    r"Assume that $u_i v_j = 0$ unless $i = j$.",
    r"Assume that $u_i v_j = 0$ ($i \neq j$).",
    r"Assume that $u_i v_j = 0, i \neq j$.",
    r"Assume that $u_i v_j = 0 \; \forall i \neq j$.",
    r"Assume that $u_i v_j = 0$ for distinct $i$ and $j$.",
    r"Assume that $u_i v_j = 0$ for different $i, j$.",
    r"Assume that, for $i \neq j$, $u_i v_j = 0$.",
    "We assume\n\n$$ u_i v_j = 0 \\quad \\text{for } i \\neq j. $$\n\n",
    "We assume\n\n$$ u_i v_j = 0 \\quad (i \\neq j). $$\n\n",
    "We assume\n\n$$ u_i v_j = 0, \\quad i \\neq j. $$\n\n",
    "For all $i \\neq j$ we assume\n\n$$ u_i v_j = 0. $$\n\n",
    r"Assume that $u_i v_j = 0$ for $i < j$.",
    r"Assume that $u_i v_j = 0$ for $i > j$.",
]


@pytest.mark.parametrize("supposed", APART)
def test_nothing_is_concluded_where_it_was_not_supposed(supposed: str) -> None:
    assert "proved" not in verdicts(supposed + " Then\n\n$$ u_k v_k = 0 $$")


def test_what_is_supposed_of_all_is_concluded() -> None:
    for supposed in (r"$u_i v_j = 0$", r"$u_i v_j = 0$ for all $i$ and $j$"):
        assert verdicts(f"Assume that {supposed}. Then\n\n$$ u_k v_k = 0 $$") == ["proved"]


@pytest.mark.parametrize("said", [r"for all $i \neq j$", r"whenever $i \neq j$", r"$(i \neq j)$"])
def test_orthogonal_columns_have_lengths(said: str) -> None:
    text = rf"Let $\sum_k q_{{ki}} q_{{kj}} = 0$ {said}. Then" + "\n\n$$ {} $$"
    assert verdicts(text.replace("{}", r"\sum_k q_{ki}^2 = 0")) == ["refuted"]


def test_what_vanishes_but_at_one_position_leaves_one_term() -> None:
    text = r"Assume that $u_i = 0$ for $i \neq k$. Then" + "\n\n$$ {} $$"
    assert verdicts(text.replace("{}", r"\sum_i u_i = u_k")) == ["proved"]
    assert verdicts(text.replace("{}", r"\sum_i u_i^2 x_i = u_k^2 x_k")) == ["proved"]
    assert verdicts(text.replace("{}", r"\sum_i u_i = 0")) == ["refuted"]
    assert verdicts(text.replace("{}", r"\sum_i u_i^2 = u_k")) != ["proved"]


@pytest.mark.parametrize(
    "said",
    ["for even $i$", "for most $i$", "for all $i$ except $k$", "for some $i$", r"for $i \in S$",
     r"for $i = 1, \dots, k$", r"for $i \geq 2$"],
)  # fmt: skip
def test_a_sum_is_not_that_of_the_positions_that_are_spoken_of(said: str) -> None:
    text = rf"Assume that $u_i = 1$ {said}. Then" + "\n\n$$ \\sum_{i=1}^N u_i = N $$"
    assert "proved" not in verdicts(text)


def test_a_sign_of_what_two_different_positions_have_is_not_that_of_one() -> None:
    text = r"Assume that $u_i v_j > 0$ for $i \neq j$. Then" + "\n\n$$ |u_k v_k| = u_k v_k $$"
    assert "proved" not in verdicts(text)
