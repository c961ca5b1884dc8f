"""Random and damaged documents: read or refused in one sentence, with exact places."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.reader.document import Document, Formula, Heading, Prose
from derive.reader.formats import FORMATS, UnreadableDocument, document_from_text, read_document
from derive.reader.source import Span

PIECES = [
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\\\(", "\\\\)", "\\\\[", "\\\\]", "\\", "{", "}",
    "\\begin{align}", "\\end{align}", "\\begin{aligned}", "\\end{aligned}", "\\begin{cases}",
    "\\end{cases}", "\\begin{equation*}", "\\end{equation*}", "\\begin{array}{rl}", "\\end{array}",
    "\\begin{theorem}[A]", "\\end{theorem}", "\\begin{proof}", "\\end{proof}", "\\begin{document}",
    "\\end{document}", "\\begin{verbatim}", "\\end{verbatim}", "\\begin{tabular}{ll}",
    "\\end{tabular}", "\\section{A $x$}", "\\item", "\\item[Case 1:]", "\\footnote{", "\\verb|$|",
    "\\iffalse", "\\fi", "\\input{a}", "\\newcommand{\\R}[1]{#1}", "\\def\\a#1{b}",
    "\\text{if $i$}",
    "\\textbf{Case 1:} ", "%", "% a comment $x$\n", "&", "\\\\", "\\_", "\\$",
    "`", "``", "```", "```math\n", "```{math}\n:label: a\n", "```python\n", "~~~\n", "$`", "`$",
    "{math}`", "\n", "\n\n", "\r\n", "\r", "    ", "\t", "> ", "- ", "* ", "1. ", "# ",
    "## Case 2: ",
    "**", "**Step 1: a**", "Case 1: j = k", "Part 2: all", "===\n", "---\n", "|",
    "| a | b |\n|---|---|\n",
    "<div>", "</div>", "<!--", "-->", "<script type=\"math/tex\">", "</script>", "<math>",
    "</math>",
    "<h2>", "</h2>", "<a href=\"$x$\">", "{% raw %}", "{% endraw %}", "{% highlight c %}",
    "{% endhighlight %}", "{{< katex >}}", "{{< /katex >}}", "{{ x }}", "{: .a}", "%%", "[a](b$c)",
    "https://a.b/$x", "[^1]: ", ".. math::\n\n   ", ".. math:: ", ":math:`", ".. note::\n\n   ",
    "::\n\n",
    ".. [1] ", "x", "i = j", "y_i = \\frac{a}{b}", "5 and ", " we get the sum of ", "\u200b",
    "\u202e",
    "ŷ", "∂", "𝟙", "\ufeff", "\x0c", "&lt;", "\\|", "z^2", "=", " ",
    "[ \\frac{a}{b} ]\n", "[\n\\frac{a}{b}\n]\n", "\\$x_1\\$",
    "\\newcommand{\\be}{\\begin{equation}}",
    "\\newcommand{\\ee}{\\end{equation}}", "\\be ", "\\ee ", "since y_i = e^z_i, so\n",
    "∂L/∂z_i = 1\n",
    "\\newenvironment{e}{\\begin{align}}{\\end{align}}", "\\begin{e}", "\\end{e}", "$a$ = $b$",
    "x\\_1",
]  # fmt: skip

TEXT_FORMATS = [format for format in FORMATS if format != "notebook"]
documents = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def check(document: Document) -> None:
    """Items in order and inside the text; the content of each formula stands at its offsets."""
    text = document.text
    position = 0
    for item in document.items:
        assert position <= item.span.start <= item.span.end <= len(text)
        position = item.span.end
        if isinstance(item, Prose):
            assert item.text == text[item.span.start : item.span.end]
            assert item.text.strip()
        formulas = item.formulas if isinstance(item, Heading) else ()
        for formula in [item, *formulas] if isinstance(item, Formula) else formulas:
            check_formula(text, item.span, formula)
        place = document.place(item.span)
        assert (place.line, place.column) <= (place.end_line, place.end_column + 1)
    for source in document.macros:
        assert source.startswith("\\")


def check_formula(text: str, outer: Span, formula: Formula) -> None:
    assert outer.start <= formula.span.start <= formula.span.end <= outer.end
    assert len(formula.offsets) == len(formula.content) + 1
    assert list(formula.offsets) == sorted(formula.offsets)
    assert formula.span.start <= formula.offsets[0]
    assert formula.offsets[-1] <= formula.span.end
    for index, sign in enumerate(formula.content):
        offset = formula.offsets[index]
        inserted = (
            offset == formula.offsets[index + 1] or offset in formula.offsets[index - 1 : index]
        )
        if sign.isalnum() and not inserted and text[offset] != "&":
            assert sign == text[offset]


@settings(max_examples=400, deadline=None)
@given(documents, st.sampled_from(TEXT_FORMATS))
def test_pieces_of_documents_in_any_order(text: str, format: str) -> None:
    check(document_from_text(text, "a", format))


@settings(max_examples=100, deadline=None)
@given(st.lists(documents, max_size=4))
def test_notebooks_of_pieces(sources: list[str]) -> None:
    cells = [{"cell_type": "markdown", "source": source} for source in sources]
    cells.insert(0, {"cell_type": "code", "source": "$x$"})
    document = document_from_text(json.dumps({"cells": cells, "nbformat": 4}), "a.ipynb")
    check(document)
    for item in document.items:
        assert document.place(item.span).cell != 1


def read_or_refuse(text: str | bytes, path: str, format: str | None = None) -> None:
    """Check the document; a refusal is one sentence on one line."""
    refusal = "none"
    try:
        if isinstance(text, bytes):
            check(read_document(path, text))
        else:
            check(document_from_text(text, path, format))
    except UnreadableDocument as error:
        refusal = str(error)
    assert refusal
    assert "\n" not in refusal


PATHS = ["a.md", "a.tex", "a.txt", "a.rst", "a.ipynb", "-"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(PATHS))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes, path: str) -> None:
    read_or_refuse(data, path)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=100), st.sampled_from(FORMATS))
def test_any_text_is_read_or_refused(text: str, format: str) -> None:
    read_or_refuse(text, "a", format)


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_each_piece_repeated(format: str) -> None:
    for piece in PIECES:
        check(document_from_text(piece * (2_000 // len(piece)), "a", format))


OPENERS = [
    "$x{", "$\\text{", "$$ a\n\n", "\\[", "\\begin{align} a\n\n", "`", "<!--", "<a b='",
    "{{< katex >}}", "```\n", "| ", "**", "> ", "- ", "$ \\text{$", "%\n", ":math:`",
]  # fmt: skip


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_time_is_linear_in_the_length(format: str) -> None:
    """Openers that nothing closes are where a scanner becomes quadratic."""
    for piece in OPENERS:
        text = piece * (60_000 // len(piece))
        started = time.process_time()
        document_from_text(text, "a", format)
        assert time.process_time() - started < 4, piece


def test_ten_thousand_formulas() -> None:
    """Ten times the text takes about ten times as long: reading is linear."""
    paragraph = "Let $x_i = 1$ and \\(y\\), so\n\n$$ a_i = \\frac{b}{c} $$\n\nholds for $k$.\n\n"

    def seconds(text: str, path: str) -> float:
        started = time.process_time()
        document_from_text(text, path)
        return time.process_time() - started

    for path in ("a.md", "a.tex"):
        small = min(seconds(paragraph * 250, path) for _ in range(3))
        large = min(seconds(paragraph * 2_500, path) for _ in range(2))
        assert large < 30 * small
        document = document_from_text(paragraph * 2_500, path)
        assert sum(isinstance(item, Formula) for item in document.items) == 10_000
