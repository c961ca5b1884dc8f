"""Which format a file has, and what is refused as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive.reader.document import Break, Document, Formula, Heading, Prose
from derive.reader.files.decoding import MAXIMAL_LENGTH
from derive.reader.formats import UnreadableDocument, document_from_text, read_document


def contents(document: Document) -> list[str]:
    return [item.content for item in document.items if isinstance(item, Formula)]


def notebook(*cells: object, **more: object) -> bytes:
    return json.dumps({"nbformat": 4, "cells": list(cells), **more}).encode()


TEXT_CELL = {"cell_type": "markdown", "source": ["Let $a = 1$\n", "and\n", "$$\n", "b = 2\n", "$$"]}
CODE_CELL = {"cell_type": "code", "source": "$c$"}


def test_the_cells_of_a_notebook() -> None:
    document = read_document(
        "a.ipynb", notebook(CODE_CELL, TEXT_CELL, {"cell_type": "markdown", "source": "$d$"})
    )
    assert contents(document) == ["a = 1", "b = 2", "d"]
    first, second, third = [item for item in document.items if isinstance(item, Formula)]
    assert (document.place(first.span).cell, document.place(first.span).line) == (2, 1)
    place = document.place(second.span)
    assert (place.cell, place.line, place.column, place.end_line, place.end_column) == (
        2,
        3,
        1,
        5,
        2,
    )
    place = document.place(third.span)
    assert (place.cell, place.line, place.column) == (3, 1, 1)
    assert document.text[first.span.start : first.span.end] == "$a = 1$"
    assert any(isinstance(item, Break) for item in document.items)


def test_old_notebooks_and_other_cells() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Title"},
        {"cell_type": "raw", "source": "$r$"},
        {"cell_type": "raw", "source": "$s$", "metadata": {"raw_mimetype": "text/latex"}},
        {"cell_type": "markdown"},
    ]
    document = read_document("a.ipynb", json.dumps({"worksheets": [{"cells": cells}]}).encode())
    assert contents(document) == ["s"]
    (heading,) = [item for item in document.items if isinstance(item, Heading)]
    assert (heading.level, heading.title) == (2, "Title")


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("a.md", b"\xff\xfe\x00", "it is not UTF-16 text (byte 3)"),
        ("a.md", b"abc \xe9", "it is not UTF-8 text (byte 5)"),
        ("a.md", b"a\0b", "it is a binary file (it holds NUL bytes)"),
        ("a.md", "a\0".encode("utf-16"), "it is a binary file (it holds NUL characters)"),
        ("a.ipynb", b"{", "it is not a notebook: its JSON is broken (line 1)"),
        ("a.ipynb", b"[" * 100_000, "it is not a notebook: its JSON is broken"),
        ("a.ipynb", b"[1" + b"0" * 5000 + b"]", "it is not a notebook: its JSON is broken"),
        ("a.ipynb", b"[]", "it is not a notebook: it has no list of cells"),
        ("a.ipynb", b'{"cells": 1}', "it is not a notebook: it has no list of cells"),
        ("a.ipynb", b'{"cells": [1]}', "it is not a notebook: cell 1 is not an object"),
        ("a.ipynb", notebook({"cell_type": "markdown", "source": 1}),
         "it is not a notebook: the source of cell 1 is not text"),
        ("a.ipynb", b'{"cells": [{"cell_type": "markdown", "source": "\\ud800"}]}',
         "it holds half a surrogate pair (character 1), which is no text"),
        ("a.md", b"x" * (MAXIMAL_LENGTH + 1),
         f"it has {MAXIMAL_LENGTH + 1} characters, more than the {MAXIMAL_LENGTH} that are read"),
    ],
)  # fmt: skip
def test_what_is_refused_and_why(path: str, data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(path, data)
    assert str(refusal.value) == sentence


def test_half_a_surrogate_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="surrogate"):
        document_from_text("a \ud800 b")


def test_encodings_that_are_read() -> None:
    text = "Let $ŷ = 1$."
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        document = read_document("a.md", text.encode(encoding))
        assert document.text == text
        assert contents(document) == ["ŷ = 1"]


@pytest.mark.parametrize("path", ["a.txt", "-", "<stdin>", "README", "a.tex", "a.TEX"])
def test_latex_is_known_by_its_name_or_its_content(path: str) -> None:
    text = "\\documentclass{article}\n\\begin{document}\n% $a$\n$b$\n\\end{document}"
    assert contents(read_document(path, text.encode())) == ["b"]


@pytest.mark.parametrize("path", ["a.rst", "a.txt", "-"])
def test_restructured_text_is_known_by_its_name_or_its_content(path: str) -> None:
    text = "Let :math:`a`.\n\n.. math::\n\n   b\n"
    assert contents(read_document(path, text.encode())) == ["a", "b"]


def test_a_notebook_on_standard_input() -> None:
    assert contents(read_document("-", notebook(TEXT_CELL))) == ["a = 1", "b = 2"]


def test_the_format_can_be_named() -> None:
    assert contents(document_from_text("a % $b$", format="latex")) == []
    assert contents(document_from_text("a % $b$", format="markdown")) == ["b"]
    with pytest.raises(ValueError, match="unknown format 'word'"):
        document_from_text("", format="word")


def test_an_empty_document() -> None:
    for path in ("a.md", "a.tex", "a.rst", "a.txt"):
        assert read_document(path, b"").items == ()
    assert read_document("a.ipynb", b'{"cells": []}').items == ()


def test_nothing_is_left_open_in_the_three_documents(seeds: list[Path]) -> None:
    for path, displays in zip(seeds, (13, 9, 7), strict=True):  # counted by hand
        document = read_document(str(path), path.read_bytes())
        formulas = [item for item in document.items if isinstance(item, Formula)]
        assert sum(formula.display for formula in formulas) == displays
        assert not [formula.problem for formula in formulas if formula.problem]
        for formula in formulas:
            assert "$" not in formula.content
            assert "\\begin{align" not in formula.content


def test_no_document_of_the_corpus_loses_a_delimiter(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("[0-9]*")):
        document = read_document(str(path), path.read_bytes())
        assert not [i.problem for i in document.items if isinstance(i, Formula) and i.problem]
        code = [i.text for i in document.items if isinstance(i, Prose) and "$" in i.text]
        assert code == [], path.name
