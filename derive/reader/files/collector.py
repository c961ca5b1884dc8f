"""Gathers the items of a document in order, and decides where a sentence ends.

A blank line ends a paragraph, but a sentence may run over a display that stands between two blank
lines ("Since ... we get").  So the break at a blank line next to a display is kept only where the
words beside it end or begin a sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace

from derive.reader.document import Break, Formula, Heading, Item, Prose
from derive.reader.source import Span

_ENDS = re.compile(r"[.!?][\s)\"'*_\]]*\Z")
_BEGINS = re.compile(r"[\s*_(\[\"']*(?:\\noindent\s*)?[A-Z\d]")
_OPENING_LINES = re.compile(r"\s*\n[ \t>]*")
_BLANK_LINE = re.compile(r"\n[ \t>\r]*\n")
_LINE_ENDS = re.compile(r"(?:\r?\n[ \t]*)+\Z")
_RELATIONS = frozenset(("=", "≠", "≈", "≤", "≥", "<", ">", ":=", "≡", "!=", "<=", ">="))
_CONTINUES = re.compile(
    r"\s*(?:&\s*)?(?:=|\\approx|\\equiv|\\leq|\\geq|\\Rightarrow|\\implies|[<>])"
)


class Collector:
    """``text``: what is scanned; ``base``: its offset in the document (a notebook's cell)."""

    def __init__(self, text: str, base: int = 0) -> None:
        self.text = text
        self.base = base
        self.items: list[Item] = []
        self._pending: Span | None = None
        self._firm = False

    def prose(self, start: int, end: int) -> None:
        """Words, unless there is nothing but blanks; without the line ends around them."""
        text = self.text[start:end]
        if text.replace(">", " ").strip():
            kept = _LINE_ENDS.search(text)
            end = start + (kept.start() if kept else len(text))
            opening = _OPENING_LINES.match(text)
            start += opening.end() if opening else 0
            text = self.text[start:end]
            begins = _BEGINS.match(text) is not None
            self._settle(self.base + start, False, begins)
            self.items.append(Prose(self._span(start, end), text))

    def formula(self, formula: Formula) -> None:
        """A formula; what comes before it has been handed in."""
        formula = self._goes_on(formula)
        begins = not (formula.display and _CONTINUES.match(formula.content))
        self._settle(formula.span.start, True, begins)
        if len(self.items) > 1 and self._pending is None:
            sign, first = self.items[-1], self.items[-2]
            if isinstance(sign, Prose) and isinstance(first, Formula):
                joined = _joined(first, sign, formula)
                if joined is not None:
                    self.items[-2:] = [joined]
                    return
        self.items.append(formula)

    def _goes_on(self, formula: Formula) -> Formula:
        """``$= b$`` behind a ``$a$`` that its paragraph begins with: both are set on their own."""
        last = self.items[-1] if self.items else None
        if formula.display or not isinstance(last, Formula) or last.problem or self._firm:
            return formula
        if not _CONTINUES.match(formula.content):
            return formula
        if not last.display:
            if not self._begins_paragraph():
                return formula
            self.items[-1] = replace(last, display=True)
        return replace(formula, display=True)

    def _begins_paragraph(self) -> bool:
        """Whether the last item is the first of its paragraph."""
        if len(self.items) < 2 or isinstance(self.items[-2], (Break, Heading)):
            return True
        between = self.text[
            self.items[-2].span.end - self.base : self.items[-1].span.start - self.base
        ]
        return _BLANK_LINE.search(between) is not None

    def heading(
        self, start: int, end: int, level: int, title: str, formulas: tuple[Formula, ...]
    ) -> None:
        """A section's title; a heading is a break of its own."""
        self._pending = None
        self.items.append(Heading(self._span(start, end), level, title, formulas))

    def paragraph_end(self, start: int, end: int, firm: bool = False) -> None:
        """A blank line, or (``firm``) the end of a list item, a cell, a quote."""
        if self._pending is None:
            self._pending = self._span(start, end)
            self._firm = firm
        self._firm = self._firm or firm

    def section_end(self, start: int, end: int, level: int) -> None:
        """The end of a proof or theorem whose heading has ``level``."""
        self._pending = None
        self.items.append(Break(self._span(start, end), level))

    def _span(self, start: int, end: int) -> Span:
        return Span(self.base + start, self.base + end)

    def _settle(self, start: int, display: bool, begins: bool) -> None:
        """Emit the pending break if the sentence before it does not run on into the next item.

        ``start``: where the next item begins.  ``display``: the next paragraph begins with a
        formula, displayed or as good as displayed.
        """
        pending, self._pending = self._pending, None
        if pending is None or not self.items:
            return
        last = self.items[-1]
        if isinstance(last, (Break, Heading)):
            return
        after_display = isinstance(last, Formula) and last.display
        if self._firm or not (display or after_display):
            ends = True
        elif after_display:
            ends = begins and not (isinstance(last, Formula) and last.content.endswith(","))
        else:
            ends = isinstance(last, Prose) and _ENDS.search(last.text) is not None
        if ends:
            end = min(pending.end, start)
            self.items.append(Break(Span(min(pending.start, end), end)))


def _joined(first: Formula, sign: Prose, second: Formula) -> Formula | None:
    """The one formula that ``$a$ = $b$`` is, with its relation sign between two formulas."""
    relation = sign.text.strip()
    if relation not in _RELATIONS or first.display or second.display:
        return None
    if first.problem or second.problem or first.environment or second.environment:
        return None
    where = sign.span.start + sign.text.index(relation)
    offsets = (
        *first.offsets,
        *range(where, where + len(relation) + 1),
        *second.offsets,
    )
    content = f"{first.content} {relation} {second.content}"
    return Formula(Span(first.span.start, second.span.end), content, offsets, False)
