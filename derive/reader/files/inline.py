"""Formulas within the running text of Markdown: all delimiters that its dialects know.

Our own scanner rather than a Markdown library: the libraries disagree with one another about
mathematics, drop the offsets of inline text, and hand ``\\\\(`` and ``_`` on only after they have
changed them.  A document's structure matters here only as far as it says what is no formula.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from derive.reader.document import Formula, Prose
from derive.reader.files import markup
from derive.reader.files.components import component
from derive.reader.files.definitions import definition_end, is_definition
from derive.reader.files.delimiters import (
    LONGEST_LINE,
    is_dollar_formula,
    is_mathematical,
    looks_mathematical,
    reads_like_prose,
    runs_away,
)
from derive.reader.files.excerpt import Escapes
from derive.reader.files.pictures import formula_in_address, image_begins
from derive.reader.files.scanner import Scanner

_TOKEN = re.compile(r"\n|\\|`+|\$\$?|<|\{[%{]|\{math\}`|\]\(|https?://|\||%%")
_BLOCK = re.compile(
    r"\n[ \t>]*(?:\n|\Z|#{1,6}[ \t]|`{3,}|~{3,}|:{3,}|\*[ \t]|\d{1,3}[.)][ \t]|\||\$\$|\\\[|</)"
)
_LINK_TARGET = re.compile(
    r"\]\((?:<[^<>\n]{0,2000}>|(?:[^()\s\\]|\\.){0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500}){0,3})"
    r"(?:[ \t]+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\)"
)
_URL = re.compile(r"https?://[^\s<>\"'`|]+")
_BEGIN = re.compile(r"\\begin\s*\{([A-Za-z]+\*?)\}")
_END = re.compile(r"\\end\s*\{([A-Za-z]+\*?)\}")
_LINE_START = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|:[ \t]+)?[*_]{0,2}")
_LINE_REST = re.compile(
    r"[*_]{0,2}[ \t]*[.,;:]?[*_]{0,2}[ \t]*(?:\{[^{}\n]{0,80}\}|\([\w.*']{1,8}\)|\|[ \t]*)?[ \t]*"
    r"(?:\n|\Z|\$\$|<|\{%)"
)
_VARIABLE = re.compile(r"[({]?[A-Z_]{3,}")
# Dollars that a converter escaped, around what can only be mathematics.
_ESCAPED_DOLLARS = re.compile(
    r"\\\$(?P<content>"
    r"(?=[A-Za-z])(?![^$\n]{0,40}[A-Za-z]{3})[^$\n]{1,40}?(?=\\\$)"  # letters, but no word
    r"|(?=[^$\n]{0,300}(?:\\[A-Za-z]{2}|\\?_|\^))[^$\n]{1,300}?"  # a command or a script
    r")\\\$(?!\d)"
)
_WORDPRESS = re.compile(r"latex\b\s*")


class InlineScanner(Scanner):
    """Scans lines of Markdown.  ``quote``: the depth of the quote; ``in_row``: a table's row."""

    def __init__(self, text: str, base: int = 0) -> None:
        super().__init__(text, base, comments=False)
        self.marks = markup.Marks(self.work)
        self.quote = 0
        self.in_row = False
        self.line_start = 0
        self._block_limit = (-1, -1)

    def escapes(self, doubled: bool) -> Escapes:
        """How a formula is written that begins here."""
        return Escapes(quote=self.quote, table=self.in_row, doubled=doubled)

    def block_limit(self, position: int, end: int) -> int:
        """Where the block that holds ``position`` ends: a blank line, a list item, a heading."""
        start, limit = self._block_limit
        if not start <= position < limit:
            found = _BLOCK.search(self.work, position)
            limit = found.start() if found else len(self.work)
            self._block_limit = (position, limit)
        return min(limit, end)

    @cached_property
    def _backticks(self) -> dict[int, list[int]]:
        runs: dict[int, list[int]] = {}
        for found in re.finditer(r"`+", self.work):
            runs.setdefault(found.end() - found.start(), []).append(found.start())
        return runs

    # Scanning

    def inline(self, position: int, end: int) -> int:
        """Scan to the end of the line; returns the offset behind it.  Displays may take in more."""
        work = self.work
        while True:
            if self.prose_start is None:
                self.prose_start = position
            found = _TOKEN.search(work, position, end)
            if found is None:
                self.flush(end)
                return end
            start = found.start()
            sign = work[start]
            if sign == "\n":
                return start + 1
            if sign == "\\":
                position = self._backslash(start, end)
            elif sign == "$":
                position = self._dollar(start, found.end(), end)
            elif sign == "`":
                position = self._code(start, found.end(), end)
            elif sign == "<":
                position = self.tag(start, end)
            elif sign == "{":
                position = self._braces(start, found.end(), end)
            elif sign == "]":
                target = _LINK_TARGET.match(work, start, end)
                position = self._target(start, target.end()) if target else start + 1
            elif sign == "h":
                url = _URL.match(work, start, end)
                position = url.end() if url else found.end()
            elif sign == "|":
                position = start + 1
                if self.in_row:
                    self.flush(start)
                    self.collector.paragraph_end(start, start + 1, firm=True)
            else:
                position = self._hidden(start, end)

    def _backslash(self, start: int, end: int) -> int:
        work = self.work
        following = work[start + 1 : start + 2]
        if following == "\\":
            third = work[start + 2 : start + 3]
            if third in ("(", "["):
                return self._bracket(start, work[start : start + 3], end)
            return start + 2
        if following in ("(", "["):
            return self._bracket(start, work[start : start + 2], end)
        if following in (")", "]"):
            return self._never_opened(start, start + 2, self.line_start)
        if following == "$":
            escaped = _ESCAPED_DOLLARS.match(work, start, end)
            if escaped and is_dollar_formula(escaped.group("content"), ""):
                return self.add_formula(start, *escaped.span("content"), escaped.end(), False)
        if following == "b":
            begin = _BEGIN.match(work, start, end)
            if begin and is_mathematical(begin.group(1)):
                return self._environment(start, begin.end(), end)
        if following == "e":
            stray = _END.match(work, start, end)
            if stray and is_mathematical(stray.group(1)):
                return self._never_opened(start, stray.end(), self.prose_start or 0)
        if is_definition(work, start):
            stop = definition_end(work, start, self.delimiters.braces)
            if stop is not None and stop <= end:
                self.macros.append(self.text[start:stop])
                return self.skip(start, stop)
        return start + 2

    def _never_opened(self, start: int, end: int, first: int) -> int:
        """A closing delimiter without an opening one: reported if mathematics stands before."""
        begin = max(self.prose_start or 0, first, start - LONGEST_LINE)
        if looks_mathematical(self.work[begin:start]) and "](" not in self.work[begin:start]:
            return self.add_formula(
                begin, begin, start, end, False, problem="this formula is closed but never opened"
            )
        return end

    def _bracket(self, start: int, opener: str, end: int) -> int:
        begin = start + len(opener)
        display = opener.endswith("[")
        limit = end if display else self.blank_limit(begin, end)
        stop = self.delimiters.closing(opener, begin, limit)
        if stop is not None and display and self.breaks_off(begin, stop):
            stop = None
        if stop is None:
            limit = self.blank_limit(begin, end)
            if not self._mathematics_ahead(begin, limit) or opener.startswith("\\\\"):
                return begin
            stop = limit if display else self.line_end(begin, limit)
            return self.unclosed(start, begin, stop, display)
        content = self.work[begin:stop]
        if not content.strip():
            return begin
        if not looks_mathematical(content) and (
            reads_like_prose(content)
            or (display and not self._alone(start, stop + len(opener), content))
        ):
            return stop + len(opener)
        doubled = len(opener) == 3
        return self.add_formula(start, begin, stop, stop + len(opener), display, doubled=doubled)

    def _mathematics_ahead(self, begin: int, limit: int) -> bool:
        return looks_mathematical(self.work[begin : min(begin + LONGEST_LINE, limit)])

    def _alone(self, start: int, end: int, content: str) -> bool:
        """Whether nothing else stands on the lines of a ``$$`` or ``\\[`` formula."""
        first = max(self.line_start, self.prose_start or 0, start - LONGEST_LINE)
        lead = self.work[first:start]
        before = self._alone_before(start)
        if not before and not lead.strip():
            last = self.collector.items[-1] if self.collector.items else None
            words = isinstance(last, Prose) or (isinstance(last, Formula) and not last.display)
            before = last is None or not words or last.span.end - self.base <= self.line_start
        after = _LINE_REST.match(self.work, end) is not None
        if (before and after) or ("\n" in content.strip() and (before or after)):
            return True
        return "=" in content and (before or (after and lead.rstrip().endswith(":")))

    def _dollar(self, start: int, begin: int, end: int) -> int:
        work = self.work
        if begin == start + 2:
            return self._dollars(start, begin, end)
        if work.startswith("`", begin):
            close = work.find("`$", begin + 1, self.blank_limit(begin, end))
            if close > begin + 1:
                return self.add_formula(start, begin + 1, close, close + 2, False)
        limit = self.block_limit(begin, end)
        if self.in_row:
            limit = self.line_end(begin, limit)
        stop = self.delimiters.closing("$", begin, limit)
        if stop is not None and not runs_away(work[begin:stop]):
            if is_dollar_formula(work[begin:stop], work[stop + 1 : stop + 2]):
                latex = _WORDPRESS.match(work, begin, stop)
                inner = latex.end() if latex else begin
                return self.add_formula(start, inner, stop, stop + 1, False)
            return begin
        rest = work[begin : min(begin + LONGEST_LINE, limit)].split("\n")[0]
        opens = rest[:1].strip() and not rest[:1].isdigit() and "\\" in rest
        opens = opens and not _VARIABLE.match(rest)
        if opens and looks_mathematical(rest):
            return self.unclosed(start, begin, self.line_end(begin, limit), display=False)
        return begin

    def _dollars(self, start: int, begin: int, end: int) -> int:
        stop = self.delimiters.closing("$$", begin, end)
        if stop is not None and (
            self.breaks_off(begin, stop)
            or (not self.in_row and self._alone_before(start) and self._many_lines(begin, stop))
        ):
            stop = None
        if stop is None:
            limit = self.blank_limit(begin, end)
            if self._mathematics_ahead(begin, limit):
                return self.unclosed(start, begin, limit)
            return begin
        if not self.work[begin:stop].strip():
            return begin
        display = self._alone(start, stop + 2, self.work[begin:stop])
        return self.add_formula(start, begin, stop, stop + 2, display)

    def _alone_before(self, start: int) -> bool:
        return _LINE_START.fullmatch(self.work, self.line_start, start) is not None

    def _many_lines(self, begin: int, stop: int) -> bool:
        """Whether a heading or a fence stands between: no formula runs across one."""
        between = self.work[begin:stop]
        return re.search(r"\n[ \t>]*(?:#{1,6}[ \t]+\w|`{3,}|~{3,})", between) is not None

    def _environment(self, start: int, begin: int, end: int) -> int:
        closing = self.delimiters.environment_end(start)
        if closing is None or closing[1] > end:
            return self.unclosed(start, begin, self.blank_limit(begin, end))
        return self.add_formula(start, start, closing[1], closing[1], True)

    def _code(self, start: int, begin: int, end: int) -> int:
        """A code span stays in the prose, unscanned."""
        runs = self._backticks.get(begin - start, [])
        index = bisect_left(runs, begin)
        if index < len(runs) and runs[index] < self.blank_limit(begin, end):
            return runs[index] + begin - start
        return begin

    def _hidden(self, start: int, end: int) -> int:
        """Obsidian's ``%% comment %%``."""
        before = self.work[start - 1 : start]
        stop = self.work.find("%%", start + 2, end)
        if stop < 0 or (before and not before.isspace()):
            return start + 2
        return self.skip(start, stop + 2)

    def _target(self, bracket: int, end: int) -> int:
        """Where a link leads is no text; but the address of an image may hold a formula."""
        start = image_begins(self.work, max(self.line_start, self.prose_start or 0), bracket)
        if start is None:
            return end
        address = self.work[bracket + 2 : end - 1].split()
        return self._picture(
            start, bracket + 2, bracket + 2 + len(address[0]) if address else end, end
        )

    def _picture(self, start: int, begin: int, stop: int, end: int) -> int:
        """The image from ``start`` to ``end``, whose address is ``begin`` to ``stop``."""
        found = formula_in_address(self.work, begin, stop)
        if found is None:
            return end
        inner, escapes = found
        display = self._alone(start, end, self.work[inner.start : inner.end])
        return self.add_formula(start, inner.start, inner.end, end, display, escapes=escapes)

    def _braces(self, start: int, begin: int, end: int) -> int:
        """MyST's math role, Liquid tags, Hugo's shortcodes."""
        if self.work.startswith("{math}`", start):
            stop = self.work.find("`", begin, self.blank_limit(begin, end))
            if stop > begin:
                return self.add_formula(start, begin, stop, stop + 1, False)
            return begin
        block = markup.template(self.marks, start, end)
        if block is None:
            return begin
        if self.work.startswith(("{{< include ", "{{% include "), start):
            return self.other_file(start, block.end)
        if block.formula and "$" not in self.work[block.begin : block.stop]:
            display = self._alone(start, block.end, self.work[block.begin : block.stop])
            return self.add_formula(start, block.begin, block.stop, block.end, display)
        return self.skip(start, block.end if block.hidden else block.begin)

    def tag(self, start: int, end: int) -> int:
        """HTML: comments and code are left out, tags stepped over, TeX scripts read."""
        found = component(self.work, start, end)
        if found is not None:
            begin, stop = found.begin, found.stop
            display = self._alone(start, found.end, self.work[begin:stop])
            return self.add_formula(start, begin, stop, found.end, display, doubled=found.doubled)
        element = markup.element(self.marks, start, end)
        if element is None:
            return start + 1
        if element.picture:
            return self._picture(start, *element.picture, element.end)
        if element.formula:
            problem = "this formula is written in MathML, which is not read"
            return self.add_formula(
                start,
                element.begin,
                element.stop,
                element.end,
                element.display,
                problem=problem if element.mathml else "",
            )
        self.macros.extend(markup.mathjax_macros(self.text[element.begin : element.stop]))
        if element.hidden:
            return self.skip(start, element.end)
        self.flush(start)
        if element.block:
            self.collector.paragraph_end(start, element.begin, firm=element.firm)
        return element.begin
