"""Conditions: "if i = j", "for i ≠ j", "otherwise", ``\\forall k``, in a row of cases or after one.

Words that only lead in (if, for, when) leave no trace; "since", "for all" and what else says more
is kept as Text in a Sequence.  Mathematics typed inside ``\\text{if $i = j$}`` or
``\\text{if i = j}``, and ``\\text{i = j}`` itself, is read as mathematics.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from derive.reader.formulas.calculus import Calculus
from derive.reader.formulas.environments import cells_between, enclosing, nesting
from derive.reader.formulas.symbols import RELATIONS, TEXTS
from derive.reader.formulas.tokens import CannotRead
from derive.reader.formulas.words import CONNECTIVES
from derive.reader.source import Span
from derive.reader.syntax import CasesRow, Chain, Group, List, Name, Sequence, Syntax, Text

LEADING_IN = frozenset(
    ("if", "for", "when", "whenever", "where", "with", "and", "provided", "provided that",
     "in case", "iff", "such that", "s.t", "only if", "only for", "for which", "if and only if",
     "assuming", "as long as")
)  # fmt: skip
_STRIPPED = ",.;: ()"

Stretch = tuple[Literal["text", "maths"], int, int]


class Conditions(Calculus):
    """Reads conditions and the rows of cases."""

    def condition(self, first: int, last: int) -> Syntax:
        """The condition that stands between two positions."""
        items: list[Syntax] = []
        for kind, begin, end in self._stretches(first, last):
            begin, end = self._bare(begin, end)
            if begin >= end:
                continue
            if kind == "text":
                items.append(Text(self._span(begin, end), self.source(begin, end)))
            else:
                items.extend(self._maths(begin, end))
        while len(items) > 1 and isinstance(items[0], Text) and _leads_in(items[0].text):
            items = items[1:]
        if not items:
            raise CannotRead(self._span(first, max(last, first + 1)), "an empty condition")
        items = [_without_bracket(item) for item in items]
        if len(items) == 1:
            return items[0]
        if all(not isinstance(item, Text) for item in items):
            return List(Span(items[0].span.start, items[-1].span.end), tuple(items))
        return Sequence(Span(items[0].span.start, items[-1].span.end), tuple(items))

    def _maths(self, begin: int, end: int) -> list[Syntax]:
        """Mathematics between words; ``\\forall i`` is "for all" and i."""
        items: list[Syntax] = []
        position = begin
        for index in range(begin, end + 1):
            at_end = index == end
            if not at_end and self.tokens[index].text != "\\forall":
                continue
            a, b = self._bare(position, index)
            if a < b:
                items.append(self.within(a, b, self.expression))
            if not at_end:
                items.append(Text(self.tokens[index].span, "for all"))
            position = index + 1
        return items

    def _span(self, begin: int, end: int) -> Span:
        return Span(self.tokens[begin].start, self.tokens[min(end, len(self.tokens)) - 1].end)

    def _bare(self, begin: int, end: int) -> tuple[int, int]:
        """Without punctuation and space at both ends."""
        while begin < end and self._is_punctuation(begin):
            begin += 1
        while end > begin and self._is_punctuation(end - 1):
            end -= 1
        return begin, end

    def _is_punctuation(self, index: int) -> bool:
        token = self.tokens[index]
        return token.kind == "wide" or token.text in (",", ";", ".", ":", "&", "\\\\", "$")

    def _stretches(self, first: int, last: int) -> Iterator[Stretch]:
        """Words and mathematics in turn; ``\\text`` is opened."""
        begin = index = first
        depth = 0
        while index < last:
            token = self.tokens[index]
            depth += nesting(token)
            if depth == 0 and token.text in TEXTS and self.is_words(index):
                yield "maths", begin, index
                inside, after = self._inside(index, last)
                yield from self._words_and_maths(*inside)
                begin = index = after
                continue
            index += 1
        yield "maths", begin, last

    def _inside(self, command: int, last: int) -> tuple[tuple[int, int], int]:
        if command + 1 < last and self.tokens[command + 1].kind == "open":
            close = self.partner[command + 1]
            return (command + 2, close), close + 1
        after = min(command + 2, last)
        return (command + 1, after), max(command + 1, after)

    def _words_and_maths(self, first: int, last: int) -> Iterator[Stretch]:
        """The inside of a ``\\text``."""
        marks = [n for n in range(first, last) if self.tokens[n].text in ("$", "\\(", "\\)")]
        if marks:
            begin = first
            kind: Literal["text", "maths"] = "text"
            for mark in [*marks, last]:
                if begin < mark:
                    yield kind, begin, mark
                kind = "maths" if kind == "text" else "text"
                begin = mark + 1
            return
        start = first
        while start < last:
            end = start + 1
            while end < last and not self.tokens[end].spaced:
                end += 1
            word = "".join(token.text for token in self.tokens[start:end]).lower()
            if word.strip(_STRIPPED) not in CONNECTIVES:
                break
            start = end
        related = any(self.tokens[n].text in RELATIONS for n in range(start, last))
        if related and (start > first or not self._has_words(first, last)):
            if start > first:
                yield "text", first, start
            yield "maths", start, last
        else:
            yield "text", first, last

    def _has_words(self, first: int, last: int) -> bool:
        """Whether letters stand side by side: there are none in ``\\text{i = j}``."""
        letters = [self.tokens[n].kind == "letter" for n in range(first, last)]
        return any(
            one and other and not self.tokens[n + 1].spaced
            for n, (one, other) in enumerate(pairwise(letters), first)
        )

    # ---------------------------------------------------------------- rows of cases

    def case(self, first: int, last: int) -> CasesRow:
        """One row of a ``cases`` block: a value and its condition."""
        pieces = cells_between(self.tokens, first, last)
        if len(pieces) > 1:
            (a, b), restricted = pieces[0], (pieces[1][0], last)
        else:
            cut = self._where_condition_begins(first, last)
            (a, b), restricted = (first, cut), (cut, last)
        value = self.within(*self._bare(a, b), self.expression)
        begin, end = self._bare(*restricted)
        limits = None if begin >= end else self.condition(begin, end)
        return CasesRow(self._span(first, last), value, limits)

    def _where_condition_begins(self, first: int, last: int) -> int:
        """In a row without ``&``: at the first words, wide space or comma outside brackets."""
        depth = 0
        for index in range(first, last):
            token = self.tokens[index]
            if (
                depth == 0
                and index > first
                and (token.kind == "wide" or token.text == "," or self.is_words(index))
            ):
                return index
            depth += enclosing(token)
        return last


def _leads_in(text: str) -> bool:
    return " ".join(text.lower().strip(_STRIPPED).split()) in LEADING_IN


def _without_bracket(item: Syntax) -> Syntax:
    if isinstance(item, Group) and item.delimiters == "()" and isinstance(item.body, Chain | Name):
        return item.body
    return item
