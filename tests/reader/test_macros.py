"""Macros: defined in the document or the formula, with arguments, and never without end."""

from __future__ import annotations

import pytest

import derive
from derive.reader.latex import Macros
from tests.reader.outlines import document, parsed, rows


@pytest.mark.parametrize(
    ("definition", "use", "expected"),
    [
        (r"\newcommand{\x}{a + b}", r"\x c", "(+ a + (b c))"),
        (
            r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}",
            r"\pd{L}{z_i}",
            "(∂ L by (z sub i))",
        ),
        (r"\newcommand\v[1]{\mathbf{#1}}", r"\v x", "bold:x"),
        (r"\newcommand{\s}[2][j]{\sum_{#1} #2}", r"\s{x} + \s[k]{y}", None),
        (r"\def\sq#1{#1^2}", r"\sq{y}", "(y sup 2)"),
        (r"\DeclareMathOperator{\sm}{softmax}", r"\sm(z)_i", "((softmax (z)) sub i)"),
        (r"\DeclareMathOperator*{\best}{argmax}", r"\best_i z_i", "(argmax below i of (z sub i))"),
        (r"\let\eps\epsilon", r"\eps", r"\epsilon"),
        (r"\renewcommand{\hat}[1]{#1'}", r"\hat{y}", "(y')"),
        (
            r"""macros: { "RR": "{\\bf R}", pd: ["\\frac{d #1}{d #2}", 2] }""",
            r"\pd{L}{z}",
            "(d L by z)",
        ),
    ],
)
def test_macros_of_a_document(definition: str, use: str, expected: str | None) -> None:
    macros = Macros.of(document(definition))
    wanted = expected or "(+ (sum below j of x) + (sum below k of y))"
    assert rows(use, macros=macros) == [wanted]


def test_a_macro_defined_in_one_formula_is_known_in_the_next() -> None:
    macros = Macros.of(document(formulas=(r"\newcommand{\x}{a} \x = b", r"\x = c")))
    assert rows(r"\x = c", macros=macros) == ["a = c"]
    assert rows(r"\x = c") == [r"unread: the command \x is not known"]


def test_what_a_macro_makes_has_the_place_of_its_call() -> None:
    macros = Macros.of(document(r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}"))
    (row,) = parsed(r"a = \pd{L}{z}", macros=macros).rows
    assert row.body.rest[0][1].span.start == 4  # type: ignore[union-attr]
    assert row.body.rest[0][1].span.end == len(r"a = \pd{L}{z}")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (r"\newcommand{\x}{\x} \x", r"the macro \x expands without end"),
        (r"\newcommand{\x}{\x\x} \x", r"the macro \x expands without end"),
        (r"\def\x{\y}\def\y{\x} \x", "expands without end"),
        (r"\newcommand{\x}[1]{#1} a + \x", r"\x lacks an argument"),
        (r"\newcommand{\x}{a", "never closed"),
    ],
)
def test_broken_macros_are_unread(source: str, reason: str) -> None:
    (found,) = rows(source)
    assert found.startswith("unread:")
    assert reason in found


def test_commands_of_packages_that_the_page_does_not_define() -> None:
    text = r"Let $f = x^2 y$. Then $\pd{f}{y} = x^2$, $\od{}{x} x^2 = 2 \pqty{x}$."
    assert [j.verdict.outcome for j in derive.check(text).claims if j.verdict] == ["proved"] * 2
    wrong = text.replace("= x^2$", "= 2 x$").replace("2 \\pqty{x}", "\\pqty{x}")
    assert [j.verdict.outcome for j in derive.check(wrong).claims if j.verdict] == ["refuted"] * 2
    # a page's own meaning goes first
    own = r"$\newcommand{\pd}[2]{#1 #2}$ Let $f = x^2$. Then $\pd{f}{x} = x^3$."
    assert [j.verdict.outcome for j in derive.check(own).claims if j.verdict] == ["proved"]


PHYSICS = [
    (r"\dv{f}{x}", "(d f by x)"),
    (r"\dv[2]{f}{x}", r"\frac{d^2 f}{d x^2}"),
    (r"\dv{x} f", r"\frac{d}{d x} f"),
    (r"\pdv{f}{x}{y}", r"\frac{\partial^2 f}{\partial x \partial y}"),
    (r"a \qty(b + c)", "a (b + c)"),
    (r"a \qty{b + c}", "a (b + c)"),
    (r"a \qty\Big[b + c]", "a [b + c]"),
    (r"\vb{v} \vdot \vb{w}", r"\mathbf{v} \cdot \mathbf{w}"),
]


@pytest.mark.parametrize(("written", "meant"), PHYSICS)
def test_the_package_physics(written: str, meant: str) -> None:
    assert rows(written) == ([meant] if meant.startswith("(d") else rows(meant))


def test_the_package_physics_is_shown_as_it_is_meant() -> None:
    text = r"Let $g(x) = \qty(x + 1)^2$. Then $\dv{g}{x} = 2\qty(x + 1)$ and $\dv[2]{g}{x} = 3$."
    verdicts = [j.verdict for j in derive.check(text, format="markdown").claims]
    assert [v.outcome for v in verdicts if v] == ["proved", "refuted"]
