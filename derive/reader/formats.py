"""From a file of any format to a document."""

from __future__ import annotations

import os.path
import re

from derive.reader.document import Document, Formula
from derive.reader.files.decoding import UnreadableDocument, decode, readable
from derive.reader.files.lines import places

__all__ = ["UnreadableDocument", "document_from_text", "read_document"]

FORMATS = ("markdown", "latex", "notebook", "rst", "text")

_SUFFIXES = {
    **dict.fromkeys(
        (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".myst"), "markdown"
    ),
    **dict.fromkeys((".tex", ".ltx", ".latex"), "latex"),
    **dict.fromkeys((".rst", ".rest"), "rst"),
    ".ipynb": "notebook",
}
_LATEX = re.compile(r"^[ \t]*\\(?:documentclass|begin\s*\{document\})", re.MULTILINE)
_RST = re.compile(r"^\.\. [a-z][\w:-]*::|:math:`", re.MULTILINE)
_NOTEBOOK = re.compile(r"\s*\{")


def read_document(path: str, data: bytes) -> Document:
    """The document in a file; the format follows from the name, and else from the content.

    Raises UnreadableDocument, whose message is one clear sentence.
    """
    return document_from_text(decode(data), path)


def document_from_text(text: str, path: str = "<text>", format: str | None = None) -> Document:
    """The document that ``text`` is.  ``format`` is one of FORMATS; None: found out.

    Raises UnreadableDocument for what is no text, or no notebook, and ValueError for a format
    that is not known.
    """
    if format is not None and format not in FORMATS:
        raise ValueError(f"unknown format {format!r}; the formats are {', '.join(FORMATS)}")
    chosen = format or _format(text, path)
    # Each format compiles its patterns when it is loaded, so only the one that is needed is.
    if chosen == "notebook":
        from derive.reader.files.notebook import notebook

        return notebook(text, path)
    text = readable(text)
    if chosen == "latex":
        from derive.reader.files.latex_file import LatexScanner

        tex = LatexScanner(text)
        return Document(path, text, tuple(tex.scan()), places(text), "", tuple(tex.macros))
    if chosen == "rst":
        from derive.reader.files.rst import RstScanner

        rst = RstScanner(text)
        return Document(path, text, tuple(rst.scan()), places(text), "", tuple(rst.macros))
    from derive.reader.files.markdown import MarkdownScanner

    markdown = MarkdownScanner(text, indented_code=chosen == "markdown")
    items = markdown.scan()
    if not any(isinstance(item, Formula) for item in items):
        from derive.reader.files.plain import typed_formulas

        items = typed_formulas(text, items)
    return Document(
        path, text, tuple(items), places(text), markdown.front_matter, tuple(markdown.macros)
    )


def _format(text: str, path: str) -> str:
    suffix = os.path.splitext(path)[1].lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if _NOTEBOOK.match(text) and '"cells"' in text and '"nbformat"' in text:
        return "notebook"
    if _LATEX.search(text):
        return "latex"
    return "rst" if _RST.search(text) else "text"
