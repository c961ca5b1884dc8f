"""What the parser cannot take: named, with its place, and bounded; the other rows are read."""

from __future__ import annotations

import time

import pytest

from derive.reader.latex import parse
from derive.reader.syntax import Unreadable
from tests.reader.outlines import formula, parsed, rows


@pytest.mark.parametrize(
    ("source", "symbol", "reason"),
    [
        (r"a = \foo{b}", r"\foo", r"the command \foo is not known"),
        (r"a + b)", ")", "unexpected )"),
        (r"a \mathop{=} b", "=", "the relation = in a word"),
        (r"(a + b", "(", "( is never closed"),
        (r"(a + b] c)", None, "unexpected )"),
        (r"\frac{a}{b", "{", "{ is never closed"),
        (r"a }", "}", "} closes nothing"),
        (r"a +", "+", "nothing follows +"),
        (r"a \cdot", r"\cdot", "nothing follows cdot"),
        (r"a \cdot \cdot b", r"\cdot", r"nothing stands before \cdot"),
        (r"^2", "^", "^ stands behind nothing"),
        (r"x_i_j", "_", "two subscripts on one symbol"),
        (r"x^a^b", "^", "two superscripts on one symbol"),
        (r"2 3", "3", "the numbers 2 and 3 stand side by side"),
        (r"a = ?", "?", "unexpected ?"),
        (r"a \% b", r"\%", r"unexpected \%"),
        (r"\begin{tikzcd} a \end{tikzcd}", None, "the environment tikzcd is not known"),
        (r"\begin{cases} a", r"\begin{cases}", r"\begin{cases} is never closed"),
        (r"f()", ")", "nothing stands between ( and its end"),
        (r"\frac{}{b}", "{", "an empty group { }"),
        (r"(a, )", ",", "nothing follows the comma"),
        (r"\sqrt", r"\sqrt", "an argument is missing"),
    ],
)
def test_the_symbol_and_the_reason_are_named(source: str, symbol: str | None, reason: str) -> None:
    (row,) = parsed(source).rows
    assert isinstance(row.body, Unreadable)
    assert row.body.reason == reason
    if symbol is not None:
        assert source[row.body.span.start :].startswith(symbol)


def test_the_other_rows_are_read() -> None:
    assert rows(r"a = b \\ c = \foo \\ d = e") == [
        "a = b", r"unread: the command \foo is not known", "d = e",
    ]  # fmt: skip


def test_a_formula_without_mathematics_has_no_rows() -> None:
    assert rows("") == rows(r"\quad \,") == rows("% a comment") == []


def test_places_are_those_of_the_document() -> None:
    found = parse(formula("a = bc", start=100)).rows[0].body.rest[0][1]  # type: ignore[union-attr]
    assert (found.span.start, found.span.end) == (104, 106)


HOSTILE = {
    "braces": "{" * 20_000 + "x" + "}" * 20_000,
    "groups with scripts": "{" * 3_000 + "x" + "}_i" * 3_000,
    "brackets": "(" * 5_000 + ")" * 5_000,
    "bars": "|a" * 5_000,
    "equals signs": "a=" * 6_000,
    "digits": "1" * 50_000,
    "fractions": r"\frac{" * 2_000 + "a" + "}{b}" * 2_000,
    "scripts": "x_{" * 2_000 + "i" + "}" * 2_000,
    "logarithms": r"\log " * 5_000 + "x",
    "logarithms with bases": r"\log_{" * 1_500 + "2" + "}" * 1_500 + "x",
    "sums": r"\sum_i " * 4_000 + "x",
    "derivatives": r"\frac{\partial}{\partial x}" * 1_000 + "x",
    "signs": "-" * 10_000 + "x",
    "sums with signs": r"\sum_i -" * 3_000 + "x",
    "operators with signs": r"a \cdot -" * 3_000 + "x",
    "roots": r"\sqrt" * 5_000 + "x",
    "accents": r"\hat" * 5_000 + "x",
    "fonts": r"\mathbf" * 5_000 + "x",
    "cases": r"\begin{cases}" * 500 + "x" + r"\end{cases}" * 500,
    "rows": r"a = b \\" * 3_000,
    "commas": "a," * 7_000,
    "statements": r"a = b, \quad " * 2_000,
    "leading conditions": r"\forall " + "a," * 6_000 + "b = c",
    "arrows": r"a = b \implies " * 2_000,
    "open brackets over rows": r"( \\" * 3_000,
    "words": r"\text{a b} " * 2_000,
    "one word": "a" * 20_000,
    "doubling macros": r"\def\a{xx}" + "".join(
        rf"\def\{chr(98 + n)}{{\{chr(97 + n)}\{chr(97 + n)}}}" for n in range(20)
    ) + r"\u",
    "a megabyte": "a + " * 250_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_formulas_built_to_be_slow_are_bounded(name: str) -> None:
    began = time.perf_counter()
    found = parsed(HOSTILE[name]).rows
    assert time.perf_counter() - began < 5
    for row in found:
        if isinstance(row.body, Unreadable):
            assert row.body.reason
            assert 0 <= row.body.span.start <= row.body.span.end <= len(HOSTILE[name])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("brackets", "nested too deeply"),
        ("scripts", "nested too deeply"),
        ("logarithms", "nested too deeply"),
        ("digits", "a number of more than 400 digits"),
        ("a megabyte", "the formula is longer than 60 000 characters"),
        ("doubling macros", "expands without end"),
    ],
)
def test_and_say_why(name: str, reason: str) -> None:
    body = parsed(HOSTILE[name]).rows[0].body
    assert isinstance(body, Unreadable)
    assert reason in body.reason


@pytest.mark.parametrize("levels", [5, 15])
def test_what_people_nest_is_read(levels: int) -> None:
    assert not rows("(" * levels + "a + b" + ")" * levels)[0].startswith("unread")
    assert not rows("e^{" * levels + "x" + "}" * levels)[0].startswith("unread")
