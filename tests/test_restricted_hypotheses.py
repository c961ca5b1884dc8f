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


BEFORE = (
    "",
    r"Let $s = x y z \epsilon t$, $q = \sum_i x_i y_i t_i$ and $h(x) = f(x) g(x)$." + "\n\n",
)

# What the text does not suppose, or not simply, or not of everything; and what would follow.
NOT_SUPPOSED = [
    (r"Let $x_i \geq 0$ for some $i$.", "|x_k| = x_k"),
    (r"Let $x_i > 0$ for at least one $i$.", "|x_k| = x_k"),
    (r"Let at least one $x_i > 0$.", "|x_k| = x_k"),
    (r"Assume that almost all $x_i = 0$.", "x_k = 0"),
    (r"Assume that half of the $x_i = 0$.", "x_k = 0"),
    (r"Assume that all but one $x_i = 0$.", "x_k = 0"),
    (r"Assume that $x = y$ or $x = -y$.", "x - y = 0"),
    (r"Assume that $x = y$ unless $z = 0$.", "x - y = 0"),
    (r"Assume that $\sum_i x_i = 1$ only if $y = 0$.", r"\sum_i x_i - 1 = 0"),
    (r"Without assuming $x = y$, we go on.", "x - y = 0"),
    (r"Suppose for the moment that $x = y$. In general,", "x - y = 0"),
    (r"Assume first that $x = y$. Now let $x \neq y$.", "x - y = 0"),
    (r"Assume $x = y$ in expectation.", "x - y = 0"),
    (r"Assume $x = y$ at $t = 0$.", "x - y = 0"),
    (r"Let $f(x) = g(x)$ at $x = 0$.", "f(x) - g(x) = 0"),
    (r"Assume $f(x_0) = g(x_0)$.", "f(x) - g(x) = 0"),
    (r"Assume $x_n = y_n$ for one $n$.", "x_k - y_k = 0"),
    (r"Assume $x_i = y_i$ for a fixed $i$.", "x_k - y_k = 0"),
    (r"Fix $i$ and assume $x_i = y_i$.", "x_k - y_k = 0"),
    (r"Let $i$ be such that $x_i = y_i$.", "x_k - y_k = 0"),
    (r"There is an $i$ with $x_i = y_i$.", "x_k - y_k = 0"),
]


@pytest.mark.parametrize("before", BEFORE, ids=["", "named before"])
@pytest.mark.parametrize(("said", "step"), NOT_SUPPOSED)
def test_what_is_not_simply_supposed_proves_nothing(before: str, said: str, step: str) -> None:
    found = verdicts(f"{before}{said} Then\n\n$$ {step} $$")
    assert not found or found[-1] != "proved"


@pytest.mark.parametrize("before", ["", r"Let $s = x y$, $q = \sum_i u_i v_i$, $r = \sum_i x_i$. "])
@pytest.mark.parametrize(
    ("said", "step"),
    [
        (r"Assume that $u = v$.", "u - v = 0"),
        (r"Assume that $u_i = v_i$.", r"\sum_i u_i = \sum_i v_i"),
        (r"Let $x_i \geq 0$ for all $i$.", "|x_k| = x_k"),
        (r"Assume that $\sum_i x_i = 1$.", r"\sum_i x_i - 1 = 0"),
        (r"Let $f(x) = c x$ for some constant $c$.", "f(2) = 2 c"),
        (r"Assume $f(x) = g(x)$.", "f(x) - g(x) = 0"),
    ],
)
def test_what_is_supposed_is_used(before: str, said: str, step: str) -> None:
    assert verdicts(f"{before}{said} Then\n\n$$ {step} $$")[-1] == "proved"


def test_vectors_that_are_supposed_equal_are_so_place_by_place() -> None:
    text = r"Let $q = \sum_i u_i v_i$. Assume that $u = v$. Then" + "\n\n$$ {} $$"
    assert verdicts(text.replace("{}", r"q = \sum_i u_i^2")) == ["proved"]
    assert verdicts(text.replace("{}", "u_1 = u_2")) == ["refuted"]
    assert verdicts(text.replace("{}", r"q = \sum_i u_i")) != ["proved"]
