"""LaTeX files: running text with its formulas, sections, theorems, lists and tables."""

from __future__ import annotations

import re

from derive.reader.document import Formula, Item
from derive.reader.files import outline
from derive.reader.files import tex_names as tex
from derive.reader.files.definitions import definition_end, is_definition
from derive.reader.files.delimiters import (
    LONGEST_LINE,
    is_mathematical,
    looks_mathematical,
    runs_away,
)
from derive.reader.files.latex_headings import LatexHeadings
from derive.reader.files.shorthands import Shorthands

_TOKEN = re.compile(r"%[^\n]*\n?|\n|\$\$?|&|\\(?:[A-Za-z@]+\*?|\n|.)|\\\Z", re.DOTALL)
_BLANKS = re.compile(r"\n[ \t]*\n\s*")
_BODY = re.compile(r"^[^%\n]*?\\begin\s*\{document\}", re.MULTILINE)
_BODY_END = re.compile(r"^[^%\n]*?(?P<end>\\end\s*\{document\})", re.MULTILINE)
_PREAMBLE = re.compile(r"%[^\n]*|\\[A-Za-z]+")
_NAME = re.compile(r"\s*\{([A-Za-z@]+\*?)\}")
_OPTION = re.compile(r"\s*\[[^\[\]]{0,300}\]")
_OPEN = re.compile(r"\s*\{")
_SPACING = re.compile(r"\*?[ \t]*(?:\[[^\[\]\n]{0,40}\])?")
_ADDRESS = re.compile(r"\s*\{[^{}\n]*\}")
_VERB = re.compile(r"\*?([^A-Za-z\s*])")
_IF = re.compile(r"\\(if(?!f\b)[a-z@]*|fi)(?![A-Za-z])")
_THEOREM = re.compile(
    r"\\newtheorem\*?\s*\{(?P<name>[A-Za-z]+\*?)\}\s*(?:\[\w+\]\s*)?\{(?P<title>[^{}]*)\}"
)


class LatexScanner(LatexHeadings):
    """Scans a LaTeX file, or a piece of one: without a preamble, all of it is text."""

    def __init__(self, text: str, base: int = 0) -> None:
        super().__init__(text, base, comments=True)
        self._theorems = dict(tex.THEOREMS)
        self._shorthands = Shorthands()
        self._tables = 0
        self.at_start = True

    def scan(self) -> list[Item]:
        """The items of the document, in order."""
        body = _BODY.search(self.work)
        start = body.end() if body else 0
        self._preamble(start)
        closing = _BODY_END.search(self.work, start)
        end = closing.start("end") if closing else len(self.work)
        position = start
        while position < end:
            position = self.inline(position, end)
        self.flush(end)
        return self.collector.items

    def _preamble(self, end: int) -> None:
        """Macros, kinds of theorems and the title, which stand before the text."""
        position = 0
        while position < end:
            found = _PREAMBLE.search(self.work, position, end)
            if found is None:
                return
            position = found.end()
            if found.group().startswith("%"):
                continue
            if found.group() == "\\title":
                self._section("title", found.start(), position, end)
                continue
            position = self._definition(found.start(), end) or position

    def _definition(self, start: int, end: int) -> int | None:
        """Behind the macro or kind of theorem that is defined at ``start``."""
        theorem = _THEOREM.match(self.work, start, end)
        if theorem:
            self._theorems[theorem.group("name").rstrip("*")] = theorem.group("title")
            return theorem.end()
        if is_definition(self.work, start):
            stop = definition_end(self.work, start, self.delimiters.braces)
            if stop is not None:
                self.macros.append(self.text[start:stop])
                self._shorthands.learn(self.work[start:stop])
            return stop
        return self._shorthands.learn_environment(self.work, start, self.delimiters.braces)

    def inline(self, position: int, end: int) -> int:
        """Scan up to ``end``."""
        work = self.work
        if self.at_start and not self.in_title:
            self.at_start = False
            position = self.announced(position, end)
        while True:
            if self.prose_start is None:
                self.prose_start = position
            found = _TOKEN.search(work, position, end)
            if found is None:
                self.flush(end)
                return end
            start, position = found.span()
            sign = found.group()
            if sign == "\n":
                blanks = _BLANKS.match(work, start, end)
                if blanks:
                    return self._paragraph(start, blanks.end())
                if not self.in_title and self.after_display(position):
                    self.at_start = True
                    return position
            elif sign[0] == "%":
                self.skip(start, position)
                if position < end and _BLANKS.match(work, position - 1, end):
                    position -= 1
            elif sign[0] == "$":
                position = self._dollars(start, position, sign, end)
            elif sign == "&":
                if self._tables:
                    self.flush(start)
                    self.collector.paragraph_end(start, position, firm=True)
            else:
                position = self._command(start, position, sign[1:], end)
                if self.at_start and not self.in_title:
                    return position

    def _paragraph(self, start: int, position: int, firm: bool = False) -> int:
        self.flush(start)
        self.collector.paragraph_end(start, position, firm)
        self.at_start = True
        return position

    # Commands

    def _command(self, start: int, position: int, name: str, end: int) -> int:
        work = self.work
        if name in ("(", "["):
            return self._bracket(start, position, end)
        if name in (")", "]"):
            return self._never_opened(
                start, position, self.work.rfind("\n", max(0, start - LONGEST_LINE), start) + 1
            )
        plain = name.rstrip("*")
        if name == "\\":
            spacing = _SPACING.match(work, position, end)
            position = spacing.end() if spacing else position
            if self._tables:
                self.flush(start)
                self.collector.paragraph_end(start, position, firm=True)
        elif name == "begin":
            return self._begin(start, position, end)
        elif name == "end":
            return self._end(start, position, end)
        elif plain in ("verb", "lstinline", "mintinline"):
            return self._verb(position, end)
        elif plain in tex.SECTIONS:
            return self._section(plain, start, position, end)
        elif name == "item":
            self.flush(start)
            self.collector.paragraph_end(start, position, firm=True)
            self.at_start = True
        elif name == "par":
            return self._paragraph(start, position)
        elif name == "iffalse":
            return self.skip(start, self._conditional_end(position, end))
        elif name == "ensuremath":
            return self._group_formula(start, position, end)
        elif plain in tex.OTHER_FILES:
            return self.other_file(start, self._argument_end(position, end))
        elif plain in ("url", "href", "path", "nolinkurl"):
            address = _ADDRESS.match(work, position, end)
            return address.end() if address else position
        elif plain in tex.UNSPOKEN:
            return self._argument_end(position, end)
        else:
            if name in self._shorthands.openers:
                return self._shorthand(name, start, position, end)
            stop = self._definition(start, end)
            return position if stop is None else self.skip(start, stop)
        return position

    def _argument_end(self, position: int, end: int) -> int:
        """Behind the options and the first argument of a command."""
        option = _OPTION.match(self.work, position, end)
        while option:
            position = option.end()
            option = _OPTION.match(self.work, position, end)
        group = self._group(position, end)
        return group[1] + 1 if group else position

    def _group(self, position: int, end: int) -> tuple[int, int] | None:
        """Offsets of the braces of the argument that follows ``position``."""
        opening = _OPEN.match(self.work, position, end)
        if opening is None:
            return None
        closing = self.delimiters.braces.get(opening.end() - 1)
        return None if closing is None or closing >= end else (opening.end() - 1, closing)

    def _verb(self, position: int, end: int) -> int:
        sign = _VERB.match(self.work, position, end)
        if sign is None:
            return position
        mark = "}" if sign.group(1) == "{" else sign.group(1)
        close = self.work.find(mark, sign.end(), self.line_end(position, end))
        return close + 1 if close >= 0 else position

    def _conditional_end(self, position: int, end: int) -> int:
        depth = 1
        for found in _IF.finditer(self.work, position, end):
            depth += -1 if found.group(1) == "fi" else 1
            if depth == 0:
                return found.end()
        return end

    def _section(self, name: str, start: int, position: int, end: int) -> int:
        option = _OPTION.match(self.work, position, end)
        group = self._group(option.end() if option else position, end)
        if group is None:
            return position
        if self.in_title:
            return position
        self.at_start = True
        begin, stop = group[0] + 1, group[1]
        return self.heading(start, begin, stop, stop + 1, tex.SECTIONS[name])

    # Environments

    def _begin(self, start: int, position: int, end: int) -> int:
        named = _NAME.match(self.work, position, end)
        if named is None:
            return position
        name = named.group(1).rstrip("*")
        position = named.end()
        if name in tex.VERBATIM:
            close = self.work.find(f"\\end{{{named.group(1)}}}", position, end)
            return self.skip(start, end if close < 0 else close + len(named.group(1)) + 6)
        own = self._shorthands.environments.get(name, "")
        if own or (is_mathematical(name) and name != "array"):
            closing = self.delimiters.environment_end(start)
            if closing is None or closing[1] > end:
                return self.unclosed(start, position, self.blank_limit(position, end))
            begin, stop = (position, closing[0]) if own else (start, closing[1])
            display = name != "math"
            return self.add_formula(start, begin, stop, closing[1], display, environment=own)
        self.flush(start)
        self.collector.paragraph_end(start, position)
        if name in self._theorems and not self.in_title:
            return self._theorem(self._theorems[name], start, position, end)
        if name in tex.TABLES:
            self._tables += 1
            position = self._argument_end(position, end)
            if name in ("tabularx", "tabulary"):
                position = self._argument_end(position, end)
        else:
            option = _OPTION.match(self.work, position, end)
            position = option.end() if option else position
            if name == "frame" and not self.in_title:
                return self._section("frametitle", start, position, end)
            if name in ("minipage", "column", "columns", "adjustbox", "multicols", "spacing"):
                position = self._argument_end(position, end)
        self.at_start = True
        return position

    def _theorem(self, title: str, start: int, position: int, end: int) -> int:
        option = _OPTION.match(self.work, position, end)
        self.flush(start)
        formulas: list[Formula] = []
        if option:
            inner = self.work.index("[", position) + 1
            formulas = self.formulas_in(inner, option.end() - 1)
            spans = [(f.span.start - self.base, f.span.end - self.base) for f in formulas]
            name = outline.title(self.text, inner, option.end() - 1, spans)
            title = name if title == "Proof" or name.startswith("Proof") else f"{title} ({name})"
            position = option.end()
        level = self.outline.level_of("case") if title.startswith("Case") else outline.TOPIC
        self.outline.enter(level)
        self.collector.heading(start, position, level, title, tuple(formulas))
        self.at_start = True
        return position

    def _end(self, start: int, position: int, end: int) -> int:
        named = _NAME.match(self.work, position, end)
        if named is None:
            return position
        name = named.group(1).rstrip("*")
        if is_mathematical(name) and name != "array":
            return self._never_opened(start, named.end(), 0)
        self.flush(start)
        if name in self._theorems and not self.in_title:
            self.collector.section_end(start, named.end(), outline.TOPIC)
            self.outline.leave(outline.TOPIC)
        else:
            if name in tex.TABLES and self._tables:
                self._tables -= 1
            firm = name in tex.TABLES or name in tex.LISTS
            self.collector.paragraph_end(start, named.end(), firm)
        self.at_start = True
        return named.end()

    # Formulas

    def _shorthand(self, name: str, start: int, position: int, end: int) -> int:
        """A display between commands of the author's own, such as ``\\be`` and ``\\ee``."""
        closing = self._shorthands.closing(name, self.work, position, end)
        if closing is None:
            return self.unclosed(start, position, self.blank_limit(position, end))
        environment = self._shorthands.openers[name]
        return self.add_formula(
            start, position, closing[0], closing[1], True, environment=environment
        )

    def _never_opened(self, start: int, position: int, first: int) -> int:
        begin = max(self.prose_start or 0, first, start - LONGEST_LINE)
        if not looks_mathematical(self.work[begin:start]):
            return position
        problem = "this formula is closed but never opened"
        return self.add_formula(begin, begin, start, position, False, problem)

    def _bracket(self, start: int, begin: int, end: int) -> int:
        opener = self.work[start:begin]
        display = opener == "\\["
        stop = self.delimiters.closing(opener, begin, end)
        if stop is not None and self.breaks_off(begin, stop):
            stop = None
        if stop is None:
            return self.unclosed(start, begin, self.blank_limit(begin, end), display)
        if not self.work[begin:stop].strip():
            return stop + 2
        return self.add_formula(start, begin, stop, stop + 2, display)

    def _dollars(self, start: int, begin: int, sign: str, end: int) -> int:
        display = sign == "$$"
        limit = end if display else self.blank_limit(begin, end)
        stop = self.delimiters.closing(sign, begin, limit)
        if stop is not None and (
            self.breaks_off(begin, stop) if display else runs_away(self.work[begin:stop])
        ):
            stop = None
        if stop is None:
            limit = self.blank_limit(begin, end)
            stop = limit if display else self.line_end(begin, limit)
            return self.unclosed(start, begin, stop, display)
        if not self.work[begin:stop].strip():
            return stop + len(sign)
        return self.add_formula(start, begin, stop, stop + len(sign), display)

    def _group_formula(self, start: int, position: int, end: int) -> int:
        group = self._group(position, end)
        if group is None:
            return position
        return self.add_formula(start, group[0] + 1, group[1], group[1] + 1, False)
