"""What the scanners of all formats share: the text, what was found in it, and where things end."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from derive.reader.document import Formula
from derive.reader.files import excerpt, outline
from derive.reader.files.collector import Collector
from derive.reader.files.delimiters import Delimiters, reads_like_prose
from derive.reader.source import Span

_BLANK_LINE = re.compile(r"\n[ \t>]*(?:\n|\Z)")


class Scanner(ABC):
    """Scans ``text``, which stands at offset ``base`` of the document.

    ``work`` is the text with line ends made alike and invisible characters made blank, of the
    same length, so that offsets agree.  ``comments``: the text is TeX.
    """

    def __init__(self, text: str, base: int, comments: bool) -> None:
        self.text = text
        self.base = base
        work = text.replace("\r\n", " \n").replace("\r", "\n")
        self.work = work.translate({ord(sign): " " for sign in excerpt.INVISIBLE})
        self.comments = comments
        self.collector = Collector(text, base)
        self.delimiters = Delimiters(self.work, comments)
        self.outline = outline.Outline()
        self.macros: list[str] = []
        self.prose_start: int | None = None
        self.in_title = False
        self._blank_limit = (-1, -1)

    @abstractmethod
    def inline(self, position: int, end: int) -> int:
        """Scan running text from ``position``, at most to ``end``; where it stopped."""

    def escapes(self, doubled: bool) -> excerpt.Escapes:
        """How a formula is written that begins here."""
        return excerpt.Escapes(tex=self.comments, doubled=doubled, entities=not self.comments)

    def flush(self, end: int) -> None:
        """Hand in the prose up to ``end``."""
        if self.prose_start is not None and self.prose_start < end:
            self.collector.prose(self.prose_start, end)
        self.prose_start = None

    def skip(self, start: int, end: int) -> int:
        """Leave out ``start`` to ``end``, which is no text of the document."""
        self.flush(start)
        return end

    def add_formula(
        self,
        start: int,
        begin: int,
        stop: int,
        end: int,
        display: bool,
        problem: str = "",
        doubled: bool = False,
        environment: str = "",
        escapes: excerpt.Escapes | None = None,
    ) -> int:
        """The formula ``begin`` to ``stop``, whose delimiters reach from ``start`` to ``end``."""
        self.flush(start)
        span, inner = Span(start, end), Span(begin, stop)
        escapes = escapes or self.escapes(doubled)
        self.collector.formula(
            excerpt.formula(
                self.text, span, inner, self.base, display, escapes, problem, environment
            )
        )
        return end

    def unclosed(self, start: int, begin: int, stop: int, display: bool = True) -> int:
        """A formula whose end is missing: what could be salvaged, reported."""
        return self.add_formula(
            start, begin, stop, stop, display, problem="this formula is never closed"
        )

    def other_file(self, start: int, stop: int) -> int:
        """What reads in another file: reported, for what that file says is not checked."""
        return self.add_formula(
            start, start, stop, stop, False, problem="the file named here is not read"
        )

    def blank_limit(self, position: int, end: int) -> int:
        """Where the paragraph that holds ``position`` ends: at a blank line."""
        start, limit = self._blank_limit
        if not start <= position < limit:
            found = _BLANK_LINE.search(self.work, position)
            limit = found.start() if found else len(self.work)
            self._blank_limit = (position, limit)
        return min(limit, end)

    def line_end(self, position: int, end: int) -> int:
        """Where the line that holds ``position`` ends."""
        found = self.work.find("\n", position, end)
        return end if found < 0 else found

    def after_display(self, position: int) -> bool:
        """Whether a display is the last thing before ``position``."""
        last = self.collector.items[-1] if self.collector.items else None
        if not isinstance(last, Formula) or not last.display:
            return False
        start = max(last.span.end - self.base, position - 20)
        return self.prose_start is None or not self.work[start:position].strip(" \t\n.,;>")

    def breaks_off(self, begin: int, stop: int) -> bool:
        """Whether words of a new paragraph stand between: the first opener was never closed."""
        if self.blank_limit(begin, stop) == stop:
            return False
        return reads_like_prose(self.work[begin:stop])

    def formulas_in(self, start: int, end: int) -> list[Formula]:
        """The formulas between ``start`` and ``end``, for a title: no titles within titles."""
        kept = self.collector, self.prose_start, self.macros, self.in_title
        self.collector, self.prose_start = Collector(self.text, self.base), None
        self.macros, self.in_title = [], True
        while start < end:
            start = self.inline(start, end)
        formulas = [item for item in self.collector.items if isinstance(item, Formula)]
        self.collector, self.prose_start, self.macros, self.in_title = kept
        return formulas

    def heading(self, start: int, begin: int, stop: int, end: int, level: int) -> int:
        """The heading ``begin`` to ``stop`` of ``level``; with its markup ``start`` to ``end``."""
        self.flush(start)
        self.outline.enter(level)
        formulas = self.formulas_in(begin, stop)
        spans = [(f.span.start - self.base, f.span.end - self.base) for f in formulas]
        title = outline.title(self.text, begin, stop, spans)
        self.collector.heading(start, end, level, title, tuple(formulas))
        return end
