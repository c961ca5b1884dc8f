"""The blocks of Markdown, as far as they say what is text: headings, lists, tables, code."""

from __future__ import annotations

import re

from derive.reader.document import Item
from derive.reader.files import outline
from derive.reader.files.announced import heading_end, results
from derive.reader.files.delimiters import LONGEST_LINE
from derive.reader.files.inline import InlineScanner

_CONTAINER = re.compile(r"[ \t]*(?:>[ \t]*)*")
_BLANKS = re.compile(r"(?:[ \t>]*(?:\n|\Z))+")
_FENCE = re.compile(r"(?P<run>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>[^\n]*)")
_FENCE_END = re.compile(r"^[ \t>]*(?P<run>`{3,}|~{3,}|:{3,})[ \t]*$", re.MULTILINE)
_MATH_INFO = re.compile(
    r"(?:\{\s*math\s*\}|math\b|katex\b)[ \t]*(?P<argument>[^\n]*)", re.IGNORECASE
)
_DIRECTIVE = re.compile(r"\{\s*(?P<name>[A-Za-z][\w:+-]*)\s*\}|(?=$)")
_EXECUTED = frozenset((
    "r", "python", "py", "julia", "bash", "sh", "sql", "ojs", "js", "css", "html", "stan",
    "cpp", "c", "rcpp", "mermaid", "dot", "tikz", "code", "code-cell", "code-block",
    "sourcecode", "literalinclude", "verbatim", "eval-rst", "raw", "csv-table", "include",
    "octave", "sas", "fortran", "scala", "ruby", "perl", "node", "asis", "cat", "block2",
    "embed", "image", "iframe", "bibliography", "toctree",
))  # fmt: skip
_OPTION = re.compile(
    r"[ \t>]*:[\w-]+:[^\n]*\n|[ \t>]*---[ \t]*\n(?:[^\n]*\n){0,20}?[ \t>]*---[ \t]*\n"
)
_ATX = re.compile(r"(?P<level>#{1,6})(?:[ \t]+(?P<title>[^\n]*)|[ \t]*$)", re.MULTILINE)
_ATX_TIGHT = re.compile(r"(?P<level>#{2,6})(?P<title>[A-Za-z0-9*$][^\n#]*)$", re.MULTILINE)
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$", re.MULTILINE)
_SETEXT = re.compile(
    r"^(?P<title>[ \t>]*[^\s|>#<`:\\-][^\n|]*)\n[ \t>]*(?P<line>==+|--+)[ \t]*$", re.MULTILINE
)
_MARKER = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})[.)])(?:[ \t]+|$)", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\]\n]{1,80}\]:[ \t]*")
_REFERENCE = re.compile(r"\[[^\]\n]{1,200}\]:[ \t]*<?(?:https?:|/|\.|#|mailto:|www\.|//)[^\n]*")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?|===)[ \t]+[\w\"][^\n]*")
_ATTRIBUTES = re.compile(
    r"\{:[^{}\n]*\}[ \t]*$|\([\w:-]+\)=[ \t]*$|:(?:eq)?label:`[^`\n]*`[ \t]*$", re.MULTILINE
)
_SEPARATOR_ROW = re.compile(
    r"^(?P<head>[^\n]*)\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$",
    re.MULTILINE,
)
_BOLD = re.compile(
    r"(?P<mark>\*\*|__)(?=[^\s*_])(?P<title>(?:(?!(?P=mark))[^\n])+)(?P=mark)"
    r"(?P<tail>[ \t]*[:.]?)[ \t]*$",
    re.MULTILINE,
)
_FOLLOWED = re.compile(r"[ \t>]*(?:\n|\Z|\$\$|\\\[|\\begin|```)")
_FRONT_MATTER = re.compile(r"(?:---|\+\+\+)[ \t]*\n")
_FRONT_KEY = re.compile(r"\s*(?:#[^\n]*\n\s*)*[\w\"'.-]+[ \t]*[:=]")
_FRONT_END = re.compile(r"^(?:---|\.\.\.|\+\+\+)[ \t]*$", re.MULTILINE)
_LOST_DISPLAY = re.compile(
    r"^[ \t]*(?:\$\$|\\\[|\\begin\{(?:align|equation|eqnarray|gather))", re.MULTILINE
)
# Copied answers of language models: a display whose backslashes before the brackets were lost.
_BARE_BRACKETS = re.compile(
    r"\[(?:[ \t]+(?P<content>[^\n]{3,2000}?)[ \t]+|"
    r"[ \t]*\n(?P<lines>[^\n].{3,4000}?)\n[ \t>]*)\][ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")
_WORD = re.compile(r"[A-Za-z]{3}")
_MARKED = frozenset("*_#CPSTLEDMA<")


class MarkdownScanner(InlineScanner):
    """Scans a whole text.  ``indented_code``: four blanks begin a code block, as in Markdown files.

    Within a list or after one they never do: authors number steps and indent the rest by four,
    whatever the width of the marker.
    """

    def __init__(self, text: str, base: int = 0, indented_code: bool = True) -> None:
        super().__init__(text, base)
        self.indented_code = indented_code
        self.front_matter = ""
        self._in_list = False
        self._list_case = 0
        self._after_blank = True
        self._block_ended = False
        self._fences: list[str] = []
        self._setext = {
            found.start(): found
            for found in _SETEXT.finditer(self.work)
            if "$$" not in found.group("title")
            and (found.group("line")[0] == "=" or not _MARKER.match(found.group("title").strip()))
        }
        self._rules: set[int] = set()
        self._rows = self._table_rows()

    def scan(self, front_matter: bool = True) -> list[Item]:
        """The items of the text, in order."""
        position = self._skip_front_matter() if front_matter else 0
        end = len(self.work)
        while position < end:
            position = self._after_line(self.inline(self._line(position, end), end), end)
        self.flush(end)
        return self.collector.items

    def _table_rows(self) -> set[int]:
        """Offsets of the lines that are rows of a table."""
        rows: set[int] = set()
        for found in _SEPARATOR_ROW.finditer(self.work):
            position = found.start()
            if "|" not in found.group("head"):
                continue
            self._rules.add(found.end("head") + 1)
            while position < len(self.work) and position not in rows:
                stop = self.line_end(position, len(self.work))
                if "|" not in self.work[position:stop]:
                    break
                rows.add(position)
                position = stop + 1
        return rows

    def _skip_front_matter(self) -> int:
        opening = _FRONT_MATTER.match(self.work)
        if opening is None:
            return 0
        closing = _FRONT_END.search(self.work, opening.end())
        if closing is None or not _FRONT_KEY.match(self.work, opening.end(), closing.start()):
            return 0
        self.front_matter = self.text[opening.end() : closing.start()]
        return closing.end()

    def _after_line(self, position: int, end: int) -> int:
        """Behind the blank lines that may follow at ``position``, where a line begins."""
        blanks = _BLANKS.match(self.work, position, end)
        self._after_blank, self._block_ended = self._block_ended, False
        if blanks and blanks.end() > position:
            self._after_blank = True
            self.flush(position)
            self.collector.paragraph_end(position, blanks.end())
            return blanks.end()
        return position

    def _line(self, position: int, end: int) -> int:
        """Deal with what a line begins with; where the text after it begins."""
        work = self.work
        self.line_start = position
        container = _CONTAINER.match(work, position, end)
        begin = container.end() if container else position
        quote = work.count(">", position, begin)
        if quote != self.quote:
            self.flush(position)
            self.collector.paragraph_end(position, position)
            self.quote = quote
        sign = work[begin : begin + 1]
        self.in_row = position in self._rows or sign == "|"
        if self.in_row:
            self.flush(position)
            self.collector.paragraph_end(position, begin, firm=True)
            return self.line_end(begin, end) if position in self._rules else begin
        if position in self._setext:
            return self._setext_heading(position, begin)
        blank = self._after_blank
        deep = begin - position >= 4 or "\t" in work[position:begin]
        if deep and blank and self._is_code(position, begin):
            self.flush(position)
            return self.line_end(begin, end)
        if begin == position and blank and sign.isalpha():
            self._end_list(position)
        if sign.isalpha() and sign not in _MARKED:
            return begin
        fresh = blank or self.after_display(position) or self._after_sentence(position, begin)
        return self._block(begin, end, fresh)

    def _after_sentence(self, position: int, begin: int) -> bool:
        """Whether the line before ends a sentence and this one opens with "Case 1" and the like."""
        before = self.work[max(0, position - 8) : position].rstrip()
        if not before.endswith((".", ":", "!", "?")):
            return False
        mark = outline.marker(self.work[begin : self.line_end(begin, begin + LONGEST_LINE)])
        return mark is not None and mark.kind != "topic"

    def _end_list(self, position: int) -> None:
        """The end of a list, and with it of the cases that were its items."""
        self._in_list = False
        if self._list_case:
            self.flush(position)
            self.collector.section_end(position, position, self._list_case)
            self.outline.leave(self._list_case)
            self._list_case = 0

    def _is_code(self, position: int, begin: int) -> bool:
        if not self.indented_code or self._in_list or self.quote:
            return False
        self._block_ended = True
        return True

    def _block(self, begin: int, end: int, fresh: bool) -> int:
        work = self.work
        stop = self.line_end(begin, end)
        while True:
            fence = _FENCE.match(work, begin, stop)
            if fence and not (fence.group("run")[0] == "`" and "`" in fence.group("info")):
                return self._fence(fence, begin, stop, end)
            heading = _ATX.match(work, begin, stop) or _ATX_TIGHT.match(work, begin, stop)
            if heading:
                level = len(heading.group("level"))
                title = heading.start("title") if heading.group("title") else stop
                return self.heading(begin, title, stop, stop, level)
            limit = self.blank_limit(begin, end) if fresh and work.startswith("[", begin) else begin
            bare = _BARE_BRACKETS.match(work, begin, limit)
            if bare and _COMMAND.search(bare.group()):
                first, last = bare.span("content" if bare.group("content") else "lines")
                return self.add_formula(begin, first, last, bare.end(), True)
            if _RULE.match(work, begin, stop) or _REFERENCE.match(work, begin, stop):
                self.flush(begin)
                self.collector.paragraph_end(begin, stop, firm=True)
                self._block_ended = True
                return stop
            if _ATTRIBUTES.match(work, begin, stop):
                self.flush(begin)
                return stop
            note = _NOTE.match(work, begin, stop) or _ADMONITION.match(work, begin, stop)
            if note:
                self.flush(begin)
                self.collector.paragraph_end(begin, note.end(), firm=True)
                self._in_list = True
                return note.end()
            marker = _MARKER.match(work, begin, stop)
            if marker is None or not self._begins_item(marker, fresh):
                break
            self.flush(begin)
            self.collector.paragraph_end(begin, begin, firm=True)
            self._in_list = True
            self.prose_start = begin
            begin, fresh = marker.end(), True
            if begin >= stop:
                return begin
        return self._plain_heading(begin, stop) if fresh else begin

    def _begins_item(self, marker: re.Match[str], fresh: bool) -> bool:
        """A number within a paragraph is a list only if it is 1 or goes on with one."""
        return fresh or self._in_list or marker.group("number") in (None, "1")

    # Code and directives

    def _fence(self, fence: re.Match[str], begin: int, stop: int, end: int) -> int:
        work = self.work
        self._block_ended = True
        run, info = fence.group("run"), fence.group("info").strip()
        self.flush(begin)
        self.collector.paragraph_end(begin, stop)
        if (
            not info
            and self._fences
            and self._fences[-1][0] == run[0]
            and len(run) >= len(self._fences[-1])
        ):
            self._fences.pop()
            return stop
        mathematics = _MATH_INFO.match(work, fence.start("info"), stop)
        directive = _DIRECTIVE.match(info)
        name = (directive.group("name") or "").lower() if directive else ""
        if not mathematics and (run[0] == ":" or name) and name not in _EXECUTED:
            if info:
                self._fences.append(run)
            return stop
        if name == "include":
            self.other_file(begin, stop)
        closing = self._fence_end(run, stop, end)
        if mathematics:
            inner = mathematics.start("argument")
            if not mathematics.group("argument").strip():
                inner = min(stop + 1, end)
                option = _OPTION.match(work, inner, end)
                while option:
                    inner = option.end()
                    option = _OPTION.match(work, inner, end)
            if closing is None:
                return self.unclosed(begin, inner, max(inner, self.blank_limit(inner, end)))
            return self.add_formula(begin, inner, max(inner, closing[0]), closing[1], True)
        if closing is None:
            self._report_lost(stop, end)
        return self.skip(begin, end if closing is None else closing[1])

    def _fence_end(self, run: str, position: int, end: int) -> tuple[int, int] | None:
        """Both ends of the line that closes a fence."""
        for found in _FENCE_END.finditer(self.work, position, end):
            if found.group("run").startswith(run):
                return found.start(), found.end()
        return None

    def _report_lost(self, position: int, end: int) -> None:
        """A display in a code block that is never closed: no reader sees it as one."""
        lost = _LOST_DISPLAY.search(self.work, position, end)
        if lost:
            limit = self.blank_limit(lost.start(), end)
            self.add_formula(
                lost.start(),
                lost.start(),
                limit,
                limit,
                True,
                problem="this display stands in a code block that is never closed",
            )

    # Headings

    def heading(self, start: int, begin: int, stop: int, end: int, level: int) -> int:
        """A heading, after which a new paragraph begins."""
        self._block_ended = True
        return super().heading(start, begin, stop, end, level)

    def _setext_heading(self, position: int, begin: int) -> int:
        found = self._setext[position]
        level = 1 if found.group("line")[0] == "=" else 2
        stop = found.end("title")
        return self.heading(begin, begin, stop, found.end(), level)

    def tag(self, start: int, end: int) -> int:
        """Besides what any text may hold: headings written in HTML."""
        found = _HTML_HEADING.match(self.work, start, end)
        if found is None or self.in_title or found.end() > end:
            return super().tag(start, end)
        begin, stop = found.span("title")
        return self.heading(start, begin, stop, found.end(), int(found.group("level")))

    def _plain_heading(self, begin: int, stop: int) -> int:
        """A heading without a sign of its own: a bold line, "Case 1: j = k", "Step 3."."""
        work = self.work
        if work[begin : begin + 1].isascii() and work[begin : begin + 1] not in _MARKED:
            return begin
        line = work[begin:stop].rstrip()
        bold = _BOLD.match(work, begin, stop)
        mark = outline.marker(line)
        stands_alone = _FOLLOWED.match(work, min(stop + 1, len(work))) is not None
        if mark is None:
            if bold and not (self._in_list and not self._at_margin(begin)):
                return self._bold_heading(bold, begin, stop)
            return begin
        if mark.kind == "topic":
            if not stands_alone:
                return begin
            return self.heading(begin, begin, stop, stop, outline.TOPIC)
        formulas = self.formulas_in(begin, stop)
        last = heading_end(
            work,
            self.base,
            formulas,
            mark,
            begin,
            begin + len(line),
            stands_alone,
            bold is not None,
        )
        level = self.outline.level_of(mark.kind)
        if self._in_list and mark.kind == "case":
            self._list_case = level
        self.heading(begin, begin, last, last, level)
        self._block_ended = last >= begin + len(line)
        return last

    def _at_margin(self, begin: int) -> bool:
        return begin == self.line_start

    def _bold_heading(self, bold: re.Match[str], begin: int, stop: int) -> int:
        title = bold.group("title") + bold.group("tail")
        formulas = self.formulas_in(bold.start("title"), bold.end("title"))
        sentence = title.rstrip().endswith((".", '."', "!")) and title.count(" ") > 4
        if results(formulas) or sentence or not _WORD.search(title) or len(title) > 200:
            return begin
        level = self.outline.level_of(outline.bold_kind(title))
        return self.heading(begin, begin, stop, stop, level)


_HTML_HEADING = re.compile(
    r"<h(?P<level>[1-6])(?:\s[^<>]{0,500})?>(?P<title>[^\n]{0,500}?)</h(?P=level)>", re.IGNORECASE
)
