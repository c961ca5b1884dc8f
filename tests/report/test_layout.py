"""Lines of a terminal: nothing is lost, nothing is too wide, breaks stand at operators."""

from __future__ import annotations

import pytest

from derive.report.layout import Style, columns, wrap_formula, wrap_words

LONG = "L = -∑_i t_i (log(e^(z_i)) - log(∑_j e^(z_j))) + log(∑_j e^(z_j)) ∑_i t_i - ∑_i t_i z_i"


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 160])
def test_no_line_is_too_wide_and_nothing_is_lost(width: int) -> None:
    lines = wrap_formula(LONG, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(LONG.split())


def test_a_short_formula_stays_whole() -> None:
    assert wrap_formula("y_i = t_i", 80) == ["y_i = t_i"]


def test_breaks_stand_before_the_loosest_operator() -> None:
    lines = wrap_formula("L = (a + b + c) (d + e + f) + (g + h + k)", 32)
    assert lines == ["L = (a + b + c) (d + e + f)", "    + (g + h + k)"]


def test_a_relation_is_a_better_place_than_a_sum() -> None:
    lines = wrap_formula("aaaa + bbbb + cccc = dddd + eeee + ffff", 30)
    assert lines == ["aaaa + bbbb + cccc", "    = dddd + eeee + ffff"]


def test_a_word_without_spaces_is_cut() -> None:
    lines = wrap_formula("x" * 100, 30)
    assert all(columns(line) <= 30 for line in lines)
    assert "".join(line.strip() for line in lines) == "x" * 100


def test_accents_take_no_column_and_wide_letters_two() -> None:
    assert columns("y\u0302_i") == 3
    assert columns("损失") == 4


def test_words_wrap_between_words() -> None:
    assert wrap_words("one two three four", 9) == ["one two", "three", "four"]


def test_colour_only_where_asked() -> None:
    assert Style(80).good("proved") == "proved"
    assert Style(80, colour=True).good("proved") == "\x1b[32mproved\x1b[0m"


def test_time_is_linear_in_the_length() -> None:
    import time

    start = time.process_time()
    lines = wrap_formula("a = " + " + ".join(f"xᵢ yⱼ {n}" for n in range(20_000)), 80)
    assert time.process_time() - start < 5
    assert all(columns(line) <= 80 for line in lines)


def test_an_equation_is_not_broken_at_its_sign() -> None:
    assert wrap_words("at a = 1, b = 2, c = 3", 12) == ["at a = 1,", "b = 2, c = 3"]
    assert wrap_words("at a = 1, b = 2", 14) == ["at a = 1,", "b = 2"]
    long = "a = " + "1" * 30
    assert wrap_words(f"where {long}", 12) == ["where a =", "1" * 30]
