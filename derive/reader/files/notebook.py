"""Jupyter notebooks: the text cells, one after the other; places count within a cell."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable

from derive.reader.document import Break, Document, Item
from derive.reader.files.decoding import UnreadableDocument, readable, refuse_if_longer
from derive.reader.files.lines import places
from derive.reader.files.markdown import MarkdownScanner
from derive.reader.source import Place, Span

_MAXIMAL_FILE = 64_000_000
_TEXT_MIMES = ("text/markdown", "text/latex", "text/x-rst", "text/restructuredtext")


def notebook(data: str, path: str) -> Document:
    """The document that the Markdown cells of a notebook make together.

    ``Document.text`` is their sources, joined by blank lines.  Raises UnreadableDocument where the
    file is not the JSON of a notebook.
    """
    sources: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    items: list[Item] = []
    macros: list[str] = []
    offset = 0
    for number, source in _text_cells(data):
        source = readable(source)
        scanner = MarkdownScanner(source, offset)
        found = scanner.scan(front_matter=False)
        if items and found:
            items.append(Break(Span(offset, offset)))
        items.extend(found)
        macros.extend(scanner.macros)
        sources.append(source)
        starts.append(offset)
        numbers.append(number)
        offset += len(source) + 2
        refuse_if_longer(offset)
    text = "\n\n".join(sources)
    return Document(path, text, tuple(items), _places(sources, starts, numbers), "", tuple(macros))


def _places(sources: list[str], starts: list[int], numbers: list[int]) -> Callable[[Span], Place]:
    within = [places(source) for source in sources]

    def place(span: Span) -> Place:
        if not starts:
            return Place(1, 1, 1, 1)
        cell = max(0, bisect_right(starts, span.start) - 1)
        found = within[cell](Span(span.start - starts[cell], span.end - starts[cell]))
        return Place(found.line, found.column, found.end_line, found.end_column, numbers[cell])

    return place


def _text_cells(data: str) -> list[tuple[int, str]]:
    """Number and source of each cell that holds text; cells are counted from 1, all of them."""
    if len(data) > _MAXIMAL_FILE:
        raise UnreadableDocument(f"it has more than the {_MAXIMAL_FILE} characters that are read")
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableDocument(f"it is not a notebook: its JSON is broken{where}") from None
    cells = content.get("cells") if isinstance(content, dict) else None
    if cells is None and isinstance(content, dict) and isinstance(content.get("worksheets"), list):
        sheets = content["worksheets"]
        cells = [
            cell
            for sheet in sheets
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    if not isinstance(cells, list):
        raise UnreadableDocument("it is not a notebook: it has no list of cells")
    found = []
    for number, cell in enumerate(cells, 1):
        source = _source(cell, number)
        if source is not None:
            found.append((number, source))
    return found


def _source(cell: object, number: int) -> str | None:
    """The text of a cell, or None for code and raw output."""
    if not isinstance(cell, dict):
        raise UnreadableDocument(f"it is not a notebook: cell {number} is not an object")
    kind = cell.get("cell_type")
    if kind == "raw":
        metadata = cell.get("metadata")
        mime = metadata.get("raw_mimetype") if isinstance(metadata, dict) else None
        if mime not in _TEXT_MIMES:
            return None
    elif kind not in ("markdown", "heading"):
        return None
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise UnreadableDocument(f"it is not a notebook: the source of cell {number} is not text")
    if kind == "heading":
        level = cell.get("level")
        return source + ("\n---" if isinstance(level, int) and level > 1 else "\n===")
    return source
