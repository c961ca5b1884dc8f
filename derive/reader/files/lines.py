"""Lines and columns: where an offset of a text stands for somebody who opens the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from derive.reader.source import Place, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of ``text`` begin; CR, LF and CRLF end a line, as in editors."""
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def places(text: str) -> Callable[[Span], Place]:
    """The function that turns spans of ``text`` into places; columns count characters."""
    starts: list[int] = []

    def place(span: Span) -> Place:
        if not starts:
            starts.extend(line_starts(text))
        last = max(span.start, span.end - 1)
        line = bisect_right(starts, span.start) - 1
        end_line = bisect_right(starts, last) - 1
        return Place(
            line + 1, span.start - starts[line] + 1, end_line + 1, last - starts[end_line] + 1
        )

    return place
