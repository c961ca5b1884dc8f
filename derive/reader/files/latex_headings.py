"""Headings of LaTeX files that are lines of text: "\\textbf{Case 1:} $i = j$", "Step 2."."""

from __future__ import annotations

import re

from derive.reader.files import outline
from derive.reader.files.announced import heading_end, results
from derive.reader.files.delimiters import LONGEST_LINE
from derive.reader.files.scanner import Scanner

_LEAD = re.compile(
    r"(?:\s|\\(?:noindent|medskip|bigskip|smallskip|par|indent|quad|bullet|bf|bfseries|it|itshape|em|sc|large|Large|centering)(?![A-Za-z])|\{\})*"
)
_FONT = re.compile(
    r"\\(?P<font>textbf|textit|emph|underline|textsc|uline)\s*(?=\{)|\{\s*\\(?:bf|it|em|bfseries|sc)(?![A-Za-z])\s*"
)
_DISPLAY_NEXT = re.compile(r"\s*\\?\\?\s*(?:\n\s*\n|\Z|\$\$|\\\[|\\begin|\\end|\\item|\\par\b)")
_WORD = re.compile(r"[A-Za-z]{3}")


class LatexHeadings(Scanner):
    """``at_start``: a paragraph, an item or a cell begins, where such a heading may stand."""

    at_start = True

    def announced(self, position: int, end: int) -> int:
        """Deal with "Case 1: $i = j$", bold or plain, at the beginning of a paragraph or item."""
        work = self.work
        lead = _LEAD.match(work, position, end)
        begin = lead.end() if lead else position
        if begin >= end or work[begin] not in "\\{[CPSTLEDMA":
            return position
        stop = self.line_end(begin, end)
        font = _FONT.match(work, begin, stop)
        if work[begin] == "[":
            close = work.find("]", begin, stop)
            inner, closing = begin + 1, close
        elif font:
            brace = work.index("{", begin, font.end() + 1)
            inner = max(brace + 1, font.end())
            closing = self.delimiters.braces.get(brace, -1)
        else:
            return self._plain_line(begin, stop, position)
        if not 0 <= closing < end or closing - inner > 300:
            return position
        return self._set_off(begin, inner, closing, position, end)

    def _plain_line(self, begin: int, stop: int, position: int) -> int:
        line = self.work[begin:stop].rstrip()
        mark = outline.marker(line)
        if mark is None:
            return position
        alone = _DISPLAY_NEXT.match(self.work, stop) is not None
        if mark.kind == "topic":
            return self._line_heading(begin, stop, outline.TOPIC) if alone else position
        formulas = self.formulas_in(begin, stop)
        last = heading_end(
            self.work, self.base, formulas, mark, begin, begin + len(line), alone, False
        )
        return self._line_heading(begin, last, self.outline.level_of(mark.kind))

    def _set_off(self, begin: int, inner: int, closing: int, position: int, end: int) -> int:
        """A title in bold or italics, perhaps with its condition behind it."""
        work = self.work
        words = work[inner:closing].strip()
        mark = outline.marker(words)
        last = closing + 1
        if mark is None or mark.kind == "topic":
            alone = _DISPLAY_NEXT.match(work, last) is not None
            bold = work.startswith("\\textbf", begin) or "\\bf" in work[begin:inner]
            if not (alone and (mark or bold) and _WORD.search(words)):
                return position
            if results(self.formulas_in(inner, closing)):
                return position
            level = outline.TOPIC if mark else self.outline.level_of(outline.bold_kind(words))
            return self._line_heading(begin, last, level)
        stop = min(self.line_end(last, end), last + LONGEST_LINE)
        item = work.find("\\item", last, stop)
        formulas = self.formulas_in(inner, item if item >= 0 else stop)
        if mark.kind == "case" and not any(f.span.start - self.base < closing for f in formulas):
            after = outline.Marker("case", last - begin)
            found = heading_end(work, self.base, formulas, after, begin, stop, False, False)
            last = max(last, found) if mark.end >= len(words) - 2 else last
        return self._line_heading(begin, last, self.outline.level_of(mark.kind))

    def _line_heading(self, begin: int, stop: int, level: int) -> int:
        self.at_start = True
        return self.heading(begin, begin, stop, stop, level)
