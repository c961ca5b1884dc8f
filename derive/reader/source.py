"""Places in a document: every piece of syntax remembers where its author wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of the text: offsets of its first character and of the one after its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column of both ends, counted from 1; the end column is that of the last character.

    ``cell`` is the number of a notebook's cell, from 1; lines then count within the cell.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None
