"""reStructuredText: sections, the math directive and role, literal blocks, comments, tables."""

from __future__ import annotations

import re

from derive.reader.document import Item
from derive.reader.files import outline
from derive.reader.files.announced import heading_end, results
from derive.reader.files.scanner import Scanner

_TOKEN = re.compile(r"\\.|``|:math:`|:[\w:-]+:`|`|\||https?://[^\s<>`]+", re.DOTALL)
_DIRECTIVE = re.compile(r"(?P<indent>[ \t]*)\.\.(?:[ \t]+(?P<rest>[^\n]*))?$", re.MULTILINE)
_NAMED = re.compile(r"(?:\|[^|\n]+\|[ \t]+)?(?P<name>[\w:+.-]+?)::[ \t]*(?P<argument>[^\n]*)")
_NOTE = re.compile(r"\[[^\]\n]+\][ \t]+")
_OPTION = re.compile(r"[ \t]+:[\w-]+:[^\n]*\n?")
_ADORNMENT = re.compile(r"([=\-~^\"'`#*+.:_<>])\1+[ \t]*$", re.MULTILINE)
_TABLE_RULE = re.compile(r"[ \t]*(?:\+[-=+]+\+|=+(?:[ \t]+=+)+)[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|#\.|\(?(?:\d{1,3}|[a-z])[.)])[ \t]+")
_BOLD = re.compile(r"\*\*(?P<title>[^*\n]{3,200})\*\*(?P<tail>[ \t]*[:.]?)[ \t]*$", re.MULTILINE)
_FOLLOWED = re.compile(r"[ \t]*(?:\n|\Z|\.\. math::)")
_DEFAULT_ROLE = re.compile(r"^\.\. default-role::[ \t]*math\b", re.MULTILINE)
_BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
_SILENT = frozenset(
    ("code", "code-block", "sourcecode", "literalinclude", "highlight", "raw", "parsed-literal",
     "ipython", "jupyter-execute", "doctest", "testcode", "plot", "graphviz", "image", "csv-table",
     "toctree", "bibliography", "include", "automodule", "autofunction", "autoclass", "role",
     "default-role", "index", "contents", "meta", "tikz", "mermaid", "prompt", "productionlist",
     "only-code", "replace", "unicode", "date", "currentmodule", "module", "testsetup", "comment")
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z]{3}")


class RstScanner(Scanner):
    """Scans a reStructuredText file line by line; blocks say which lines are text."""

    def __init__(self, text: str, base: int = 0) -> None:
        super().__init__(text, base, comments=False)
        self._styles: list[tuple[str, bool]] = []
        self._default_math = _DEFAULT_ROLE.search(self.work) is not None
        self._row = False

    def scan(self) -> list[Item]:
        """The items of the document, in order."""
        position, end, fresh = 0, len(self.work), True
        while position < end:
            stop = self.line_end(position, end)
            if not self.work[position:stop].strip():
                self.flush(position)
                self.collector.paragraph_end(position, stop)
                position, fresh = min(stop + 1, end), True
                continue
            after = self._block(position, stop, end, fresh)
            fresh = after is not None
            position = self._text(position, stop, end) if after is None else after
        self.flush(end)
        return self.collector.items

    def _block(self, position: int, stop: int, end: int, fresh: bool) -> int | None:
        """Deal with a line that is no text; where to go on, None if it is text."""
        section = self._section(position, stop, end)
        if section is not None:
            return section
        directive = _DIRECTIVE.match(self.work, position, end)
        if directive:
            return self._directive(directive, stop, end)
        if _TABLE_RULE.match(self.work, position, end):
            self.flush(position)
            self.collector.paragraph_end(position, stop, firm=True)
            return min(stop + 1, end)
        if self.work.startswith(">>>", position):
            return self.skip(position, self._paragraph_end(stop, end))
        return self._announced(position, stop, end) if fresh else None

    def _text(self, position: int, stop: int, end: int) -> int:
        """A line of text; behind it, or behind the literal block that it announces."""
        item = _ITEM.match(self.work, position, stop)
        self._row = self.work[position:stop].lstrip().startswith("|")
        if item or self._row:
            self.flush(position)
            self.collector.paragraph_end(position, position, firm=True)
        limit = self._paragraph_end(stop, end)
        position = max(self.inline(position, stop if self._row else limit), stop)
        if self.work.endswith("::", 0, position) and self._blank_follows(position, end):
            self.flush(position)
            indent = self._indent(self.work.rfind("\n", 0, position) + 1)
            return self._indented_end(min(position + 1, end), end, indent)
        return min(position + 1, end)

    def _paragraph_end(self, stop: int, end: int) -> int:
        """The end of the line at ``stop``, or of a formula's last line."""
        return self.blank_limit(stop - 1, end) if stop else stop

    def _blank_follows(self, position: int, end: int) -> bool:
        return _BLANK.match(self.work, min(position + 1, end), end) is not None

    def _indent(self, start: int) -> int:
        line = re.compile(r"[ \t]*").match(self.work, start)
        return line.end() - start if line else 0

    def _indented_end(self, position: int, end: int, indent: int) -> int:
        """Behind the lines from ``position`` on that are blank or indented beyond ``indent``."""
        while position < end:
            stop = self.line_end(position, end)
            if self.work[position:stop].strip() and self._indent(position) <= indent:
                break
            position = min(stop + 1, end)
        return position

    # Sections

    def _section(self, position: int, stop: int, end: int) -> int | None:
        """A title with its underline, perhaps with an overline."""
        over = _ADORNMENT.match(self.work, position, stop)
        title, bottom = position, stop
        if over:
            title = min(stop + 1, end)
            bottom = self.line_end(title, end)
        underline = min(bottom + 1, end)
        under = _ADORNMENT.match(self.work, underline, self.line_end(underline, end))
        words = self.work[title:bottom].strip()
        if under is None or not words or len(words) > len(under.group().rstrip()) + 2:
            return None
        if over and over.group(1) != under.group(1):
            return None
        style = (under.group(1), over is not None)
        if style not in self._styles:
            self._styles.append(style)
        self.heading(position, title, bottom, under.end(), min(6, self._styles.index(style) + 1))
        return min(under.end() + 1, end)

    def _announced(self, position: int, stop: int, end: int) -> int | None:
        """A line that is a heading by its words: "Case 1: :math:`i = j`"."""
        line = self.work[position:stop].rstrip()
        begin = position + len(line) - len(line.lstrip())
        bold = _BOLD.match(self.work, begin, end)
        mark = outline.marker(line.strip())
        alone = _FOLLOWED.match(self.work, min(stop + 1, end), end) is not None
        if mark is None:
            words = bold.group("title") + bold.group("tail") if bold else ""
            if not _WORD.search(words) or results(self.formulas_in(begin, stop)):
                return None
            level = self.outline.level_of(outline.bold_kind(words))
            return min(self.heading(begin, begin, stop, stop, level) + 1, end)
        if mark.kind == "topic":
            if not alone:
                return None
            return min(self.heading(begin, begin, stop, stop, outline.TOPIC) + 1, end)
        formulas = self.formulas_in(begin, stop)
        last = position + len(line)
        last = heading_end(
            self.work, self.base, formulas, mark, begin, last, alone, bold is not None
        )
        self.heading(begin, begin, last, last, self.outline.level_of(mark.kind))
        return min(last + 1, end) if last >= position + len(line) else self._rest(last, stop, end)

    def _rest(self, position: int, stop: int, end: int) -> int:
        return min(max(self.inline(position, self._paragraph_end(stop, end)), stop) + 1, end)

    # Directives

    def _directive(self, found: re.Match[str], stop: int, end: int) -> int:
        self.flush(found.start())
        self.collector.paragraph_end(found.start(), stop)
        rest = found.start("rest") if found.group("rest") is not None else stop
        body = self._indented_end(min(stop + 1, end), end, len(found.group("indent")))
        named = _NAMED.match(self.work, rest, stop)
        if named is None:
            note = _NOTE.match(self.work, rest, stop)
            if note is None:
                return self.skip(found.start(), body)
            self.collector.paragraph_end(rest, rest, firm=True)
            self.inline(note.end(), stop)
            return min(stop + 1, end)
        name = named.group("name").lower()
        argument = named.start("argument")
        if name == "math":
            return self._mathematics(found.start(), argument, stop, body)
        if name == "include" and not self.work.startswith("<", argument):
            self.other_file(found.start(), stop)
        if name in _SILENT:
            return self.skip(found.start(), body)
        self.inline(argument, stop)
        return self._options_end(min(stop + 1, end), end)

    def _options_end(self, position: int, end: int) -> int:
        option = _OPTION.match(self.work, position, end)
        while option:
            position = option.end()
            option = _OPTION.match(self.work, position, end)
        return position

    def _mathematics(self, start: int, argument: int, stop: int, end: int) -> int:
        """The formulas of a math directive: one for each block between blank lines."""
        if self.work[argument:stop].strip():
            limit = min(self.blank_limit(argument, end), end)
            self.add_formula(start, argument, limit, limit, True)
            position = limit
        else:
            position = self._options_end(min(stop + 1, end), end)
        while position < end:
            begin = re.compile(r"\s*").match(self.work, position, end)
            position = begin.end() if begin else position
            if position >= end:
                break
            limit = min(self.blank_limit(position, end), end)
            self.add_formula(position, position, limit, limit, True)
            position = limit
        return end

    # Running text

    def inline(self, position: int, end: int) -> int:
        """Scan the line at ``position``; a formula may reach beyond it, up to ``end``."""
        work = self.work
        stop = self.line_end(position, end)
        while True:
            if self.prose_start is None:
                self.prose_start = position
            found = _TOKEN.search(work, position, stop)
            if found is None:
                if stop >= end:
                    self.flush(end)
                return stop
            sign = found.group()
            position = found.end()
            if sign == ":math:`" or (sign == "`" and self._default_math):
                close = work.find("`", position, end)
                if close < 0:
                    position = self.unclosed(found.start(), position, stop, display=False)
                else:
                    position = self.add_formula(found.start(), position, close, close + 1, False)
                    stop = self.line_end(position, end)
            elif sign == "``" or sign.endswith("`"):
                close = work.find(sign if sign == "``" else "`", position, end)
                position = (
                    close + len(sign) if close >= 0 and sign == "``" else max(close + 1, position)
                )
                stop = self.line_end(min(position, end), end)
            elif sign == "|" and self._row:
                self.flush(found.start())
                self.collector.paragraph_end(found.start(), position, firm=True)
