"""Every formula of the three first documents is read, and nearly all of the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from derive.reader.document import Formula, Heading
from derive.reader.formats import read_document
from derive.reader.latex import Macros, parse
from derive.reader.syntax import Unreadable
from tests.reader.test_parser_fuzzed import nodes


def unread(path: Path, displayed_only: bool) -> tuple[int, list[str]]:
    """The number of formulas of a document, and the source of those that hold something unread."""
    document = read_document(str(path), path.read_bytes())
    macros = Macros.of(document)
    formulas = [f for f in _formulas(document.items) if f.display or not displayed_only]
    bad = [
        formula.content
        for formula in formulas
        if any(isinstance(node, Unreadable) for node in nodes(parse(formula, macros)))
    ]
    return len(formulas), bad


def _formulas(items: tuple[object, ...]) -> Iterator[Formula]:
    for item in items:
        if isinstance(item, Formula):
            yield item
        elif isinstance(item, Heading):
            yield from item.formulas


def test_nothing_is_unread_in_the_first_documents(seeds: list[Path]) -> None:
    for path in seeds:
        count, bad = unread(path, displayed_only=False)
        assert count > 10
        assert bad == []


def test_at_least_97_percent_of_the_displays_of_the_corpus_are_read(shared: Path) -> None:
    total, bad = 0, []
    for path in sorted((shared / "corpus").glob("[0-9]*")):
        count, missed = unread(path, displayed_only=True)
        total += count
        bad += missed
    assert total > 150
    assert len(bad) <= 0.03 * total, bad
