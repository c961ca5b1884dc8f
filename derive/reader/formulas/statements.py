"""One line of a display as rows: its statements, conditions and notes.

``a = b, \\quad c = d \\qquad \\text{for } i \\neq j \\quad \\text{(by (3))}`` is two statements
under one condition, with a note.  After a statement, "i = 1, ..., N", an inequality and a relation
between letters that the statement uses as indices are conditions; other equations are statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from derive.reader.formulas.atoms import Parser
from derive.reader.formulas.displays import Line
from derive.reader.formulas.environments import nesting, relation_at
from derive.reader.formulas.interludes import (
    COMPARISONS,
    Interludes,
    Role,
    as_printed,
    is_index,
    opened_end,
    opens_condition,
    span_of,
)
from derive.reader.formulas.symbols import RELATIONS, TEXTS
from derive.reader.formulas.tokens import CannotRead, Token, source_of
from derive.reader.source import Span
from derive.reader.syntax import Chain, List, RelationSign, Row, Syntax, Text, Unreadable
from derive.reader.syntax import Sequence as Several

_WORDY = TEXTS | {"\\eqref", "\\ref"}
_OTHERWISE = ("otherwise", "else", "elsewhere")
_ARROW_WORDS = {"implies": "implies", "iff": "if and only if", "to": "implies"}


@dataclass
class _Draft:
    """A statement in the making: its tokens, and what was said about it."""

    first: int
    last: int
    relations: list[str]
    notes: list[Text] = field(default_factory=list)
    conditions: list[Syntax] = field(default_factory=list)


def rows_of(line: Line, place: Span) -> list[Row]:
    """The rows of one line; what cannot be read becomes Unreadable in place of the body."""
    tokens, tag, label = _without_labels(line.tokens)
    notes: list[Text] = []
    if line.interlude:
        notes.append(Text(span_of(line.interlude, place), source_of(line.interlude)))
    if not tokens:
        return []
    try:
        rows = _Reader(tokens, place, notes).rows()
    except CannotRead as problem:
        rows = [Row(span_of(tokens, place), Unreadable(problem.span, problem.reason), tuple(notes))]
    return [Row(row.span, row.body, row.notes, row.condition, tag, label) for row in rows]


def _without_labels(tokens: Sequence[Token]) -> tuple[list[Token], str, str]:
    """The tokens without \\tag{...} and \\label{...}, and what these say.

    ``\\tag{if $x > 0$}`` is a condition beside the row, as ``\\text{if $x > 0$}`` is.
    """
    kept: list[Token] = []
    beside: list[Token] = []
    found = {"\\tag": "", "\\label": ""}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.text not in found:
            kept.append(token)
            continue
        depth, begin = 0, index
        while index < len(tokens):
            depth += nesting(tokens[index])
            index += 1
            if depth <= 0:
                break
        inside = [t for t in tokens[begin:index] if t.kind not in ("open", "close", "wide")]
        found[token.text] = source_of(inside)
        if token.text == "\\tag" and opens_condition(found["\\tag"]):
            opened = next(n for n in range(begin, index) if tokens[n].kind == "open")
            beside += [replace(token, text="\\text"), *tokens[opened:index]]
            found["\\tag"] = ""
    while kept and (kept[-1].kind in ("wide", "row")):
        kept.pop()
    return [*kept, *beside], found["\\tag"], found["\\label"]


class _Reader(Interludes):
    """Takes one line apart; every piece is read by the same parser, set back in between."""

    def __init__(self, tokens: Sequence[Token], place: Span, notes: list[Text]) -> None:
        super().__init__(tokens, place)
        self.drafts: list[_Draft] = []
        self.waiting_notes = notes
        self.waiting_conditions: list[Syntax] = []
        self.next_notes: list[Text] = []
        self.constraints: list[Row] = []

    # ---------------------------------------------------------------- the line

    def rows(self) -> list[Row]:
        index = 0
        end = len(self.tokens)
        role: Role = "statement"
        while index < end:
            stop = self.next_words(index)
            if role == "statement":
                self._clauses(index, stop)
            index = stop
            if index >= end:
                break
            begin = index
            index, role = self._words(index)
            if role in ("statement", "remark") and self._is_the_rest(begin, index):
                self._condition(begin, index)
                role = "statement"
            elif role == "note":
                stop = self.note_end(begin, index)
                self._note(begin, stop)
                index, role = stop, "statement"
            elif role == "remark":
                self._note(begin, end)
                break
            elif role == "condition":
                constrains = self._constrains(begin)
                leads = not self.drafts and not constrains
                stop = self.condition_end(index, leads)
                if constrains:
                    self._constraint(begin, index, stop)
                else:
                    self._condition(begin, stop)
                index, role = stop, "statement"
        return [*self._finished(), *self.constraints]

    def _is_the_rest(self, begin: int, after: int) -> bool:
        """``p \\quad \\text{otherwise}``: a condition, where nothing follows."""
        alone = all(self.is_stop(n) for n in range(after, len(self.tokens)))
        words = self.words_at(begin) if self.tokens[begin].text in TEXTS else ""
        return bool(self.drafts) and alone and words.strip(" ,.;:()").lower() in _OTHERWISE

    def _constrains(self, begin: int) -> bool:
        """``\\min_x f \\text{ s.t. } g = 0, h \\ge 0``: what is sought is subject to all of it."""
        words = self.words_at(begin) if self.tokens[begin].text in TEXTS else ""
        said = words.strip(" ,;:").lower().startswith(("s.t", "s. t", "subject to"))
        return said and not any(draft.relations for draft in self.drafts)

    def _constraint(self, begin: int, first: int, last: int) -> None:
        """A row of its own for what stands behind "subject to"."""
        cut = self._range_begins(first, last)
        if all(self.is_stop(n) for n in range(first, cut)):
            return
        note = Text(self.tokens[begin].span, "subject to")
        body = self._reset().condition(first, cut)
        limits = self._reset().condition(cut, last) if cut < last else None
        self.constraints.append(Row(self.stretch(first, last), body, (note,), limits))

    def _range_begins(self, first: int, last: int) -> int:
        """Where ``i = 1, \\ldots, n`` begins, at the end of what is subject to it."""
        for begin, end, comma, wide in self._pieces(first, last):
            sign = begin + 1 < end and self.tokens[begin + 1].text == "="
            dots = any(t.text in ("\\ldots", "\\cdots") for t in self.tokens[begin:last])
            if (comma or wide) and sign and dots and is_index(self.tokens[begin : begin + 1]):
                return begin
        return last

    def _finished(self) -> list[Row]:
        if not self.drafts:
            return self._without_statement()
        for draft in self.drafts:
            self._split_condition(draft)
        first = self.drafts[0]
        first.notes = [*self.waiting_notes, *first.notes]
        for draft in self.drafts:
            draft.conditions = [*self.waiting_conditions, *draft.conditions]
        return [row for draft in self.drafts for row in self._parted(self._row(draft))]

    def _split_condition(self, draft: _Draft) -> None:
        """``x = y (i \\neq j)``: a bracket at the end, set off, about indices of the statement."""
        if "=" not in draft.relations or self.tokens[draft.last - 1].text != ")":
            return
        opened = [n for n, depth in self.level(draft.first, draft.last)
                  if depth == 0 and self.tokens[n].text == "("]  # fmt: skip
        begin = opened[-1] if opened else draft.first
        signs = self.relations_between(begin + 1, draft.last - 1)
        if begin <= draft.first or len(signs) != 1 or signs[0] not in ("=", "!="):
            return
        letters = [token for token in self.tokens[begin + 1 : begin + 2] if token.kind == "letter"]
        if self.parser.takes_condition(begin - 1):
            return
        set_off = self.tokens[begin].spaced or self.tokens[begin - 1].kind == "number"
        if set_off and letters and letters[0].text in self._indices():
            draft.last = begin
            self._reset()
            limits = self.parser.condition(begin + 1, opened_end(self.tokens, begin))
            draft.conditions.append(limits)

    def _without_statement(self) -> list[Row]:
        span = span_of(self.tokens, self.place)
        if self.waiting_conditions:
            return [Row(span, _one(self.waiting_conditions), tuple(self.waiting_notes))]
        if self.waiting_notes:
            return [Row(span, self.waiting_notes[0], tuple(self.waiting_notes[1:]))]
        return []

    def _row(self, draft: _Draft) -> Row:
        span = self.stretch(draft.first, draft.last)
        try:
            body = self._read(draft.first, draft.last)
        except CannotRead as problem:
            body = Unreadable(problem.span, problem.reason)
        limits = _one(draft.conditions) if draft.conditions else None
        return Row(span, body, tuple(draft.notes), limits)

    def _parted(self, row: Row) -> list[Row]:
        """``a \\overset{i \neq k}{=} b = c``: it holds under the condition, and so does c."""
        chain = row.body
        if not isinstance(chain, Chain):
            return [row]
        for n, (sign, right) in enumerate(chain.rest):
            above = self._set_above(sign) if right is not None and row.condition is None else None
            if above is None or right is None:
                continue
            first = chain.first if n == 0 else None
            span = Span(first.span.start if first else sign.span.start, right.span.end)
            step = replace(row, body=Chain(span, first, (chain.rest[n],)), condition=above)
            behind = chain.rest[n + 1 :]
            found = [replace(row, body=replace(chain, rest=chain.rest[:n]), notes=())] if n else []
            found.append(replace(step, notes=()) if behind else step)
            if behind:
                span = Span(behind[0][0].span.start, chain.span.end)
                found.extend(self._parted(replace(row, body=Chain(span, None, behind))))
            return found
        return [row]

    def _set_above(self, sign: RelationSign) -> Syntax | None:
        """The comparison that is set above a sign of equality; None for a label or a word."""
        if sign.above is None or sign.text != "=":
            return None
        inside = [
            n
            for n, token in enumerate(self.tokens)
            if sign.above.start <= token.start and token.end <= sign.above.end
        ]
        if not inside:
            return None
        try:
            found = self._reset().condition(inside[0], inside[-1] + 1)
        except CannotRead:
            return None
        if not isinstance(found, Chain) or len(found.rest) != 1 or found.first is None:
            return None
        return found if found.rest[0][0].text in COMPARISONS else None

    def _read(self, first: int, last: int) -> Syntax:
        parser = self._reset()
        parser.position, parser.end = first, last
        return parser.statement(first, last)

    def _reset(self) -> Parser:
        parser = self.parser
        parser.position, parser.end = 0, len(parser.tokens)
        parser.depth, parser.font, parser.bars, parser.indexing = 0, "", [], False
        return parser

    # ---------------------------------------------------------------- words

    def _words(self, index: int) -> tuple[int, Role]:
        """Past the words at ``index``, and what the mathematics behind them is."""
        token = self.tokens[index]
        if token.text == "\\forall":
            return index, "condition"
        if token.text == "\\because" and not self.drafts:
            self._note_for_next([Text(token.span, "since")])
            return index + 1, "statement"
        if token.text == "\\because":
            self._note_for_last([Text(token.span, "because")])
            return index + 1, "condition"
        if token.text in RELATIONS or token.text == "\\therefore":
            word = _ARROW_WORDS.get(RELATIONS.get(token.text, ""), "therefore")
            self._note_for_next([Text(token.span, word)])
            return index + 1, "statement"
        after = self.after_group(index)
        if token.text in ("\\eqref", "\\ref"):
            return after, "note"
        text = self.words_at(index)
        role = self.role(text, not self.drafts)
        if role == "statement" and text.strip(" ,.;:"):
            self._note_for_next([Text(self.stretch(index, after), text.strip(" ,;"))])
        return after, role

    def _note_for_last(self, notes: list[Text]) -> None:
        if self.drafts:
            self.drafts[-1].notes.extend(notes)
        else:
            self.waiting_notes.extend(notes)

    def _note_for_next(self, notes: list[Text]) -> None:
        self.next_notes.extend(notes)

    def _note(self, first: int, last: int) -> None:
        while last > first and self.tokens[last - 1].kind == "wide":
            last -= 1
        text = as_printed(self.tokens[first:last])
        if text:
            self._note_for_last([Text(self.stretch(first, last), text)])

    def _condition(self, first: int, last: int) -> None:
        while last > first and self.is_stop(last - 1):
            last -= 1
        because = first < last and self.tokens[first].text == "\\because"
        if first + because >= last:
            return
        parser = self._reset()
        limits = parser.condition(first + because, last)
        if because:
            word = Text(self.tokens[first].span, "because")
            limits = Several(Span(word.span.start, limits.span.end), (word, limits))
        if self.drafts:
            for draft in self.drafts:
                draft.conditions.append(limits)
        else:
            self.waiting_conditions.append(limits)

    # ---------------------------------------------------------------- clauses

    def _clauses(self, first: int, last: int) -> None:
        """Statements and conditions between commas and wide spaces."""
        next_notes, self.next_notes = self.next_notes, []
        begun = len(self.drafts)
        pieces = list(self._pieces(first, last))
        relations = [self.relations_between(begin, end) for begin, end, _, _ in pieces]
        last_chain = max((n for n, signs in enumerate(relations) if signs), default=-1)
        follows = any(note.text in _ARROW_WORDS.values() for note in next_notes)
        limits: tuple[int, int] | None = None  # a condition that may go on: i = 1, ..., N
        for number, (begin, end, comma, wide) in enumerate(pieces):
            signs = relations[number]
            reach = self._reach(pieces, relations, number)
            if limits is not None and comma and not signs:
                limits = limits[0], end
                continue
            if limits is not None:
                self._condition(*limits)
                limits = None
            group = self.drafts[-1] if len(self.drafts) > begun else None
            if group is None:
                if self.drafts and not follows and self._is_condition(begin, reach, signs):
                    limits = begin, end
                else:
                    self.drafts.append(_Draft(begin, end, signs))
            elif not comma and self._goes_on(group, begin):
                self._extend(group, end, signs)
            elif self._is_condition(begin, reach, signs):
                limits = begin, end
            elif wide and self.in_brackets(begin, end) and self._aside(begin, end):
                continue
            elif wide and not comma and self.in_brackets(begin, end):
                self._extend(group, end, signs)
            elif signs:
                if group.relations or not comma:
                    self.drafts.append(_Draft(begin, end, signs))
                else:
                    self._extend(group, end, signs)
            elif comma and not (number < last_chain and self._leads_on(group, begin, end)):
                self._extend(group, end, signs)
            else:
                self.drafts.append(_Draft(begin, end, signs))
        if limits is not None:
            self._condition(*limits)
        if len(self.drafts) > begun:
            self.drafts[begun].notes[:0] = next_notes
        elif self.drafts:
            self.drafts[-1].notes.extend(next_notes)
        else:
            self.waiting_notes.extend(next_notes)

    def _goes_on(self, group: _Draft, begin: int) -> bool:
        """Whether a wide space stands before or after a sign, where it separates nothing."""
        return (
            _ends_open(self.tokens[group.last - 1])
            or _ends_open(self.tokens[begin])
            or relation_at(self.tokens, begin) is not None
        )

    def _reach(
        self, pieces: list[tuple[int, int, bool, bool]], relations: list[list[str]], number: int
    ) -> int:
        """The end of a list that begins in a piece: ``i = 1, \\ldots, N`` is three pieces."""
        last = number + 1
        while last < min(len(pieces), number + 4) and pieces[last][2] and not relations[last]:
            last += 1
        return pieces[last - 1][1]

    def _extend(self, group: _Draft, end: int, signs: list[str]) -> None:
        group.last = end
        group.relations.extend(signs)

    def _pieces(self, first: int, last: int) -> Iterator[tuple[int, int, bool, bool]]:
        """Stretches between commas and wide spaces, and which of them stand before."""
        comma = wide = False
        begin = first
        while begin < last and self.is_stop(begin):
            begin += 1
        for index, depth in [*self.level(begin, last), (last, 0)]:
            at_end = index == last
            if not at_end and (depth > 0 or not self._separates(index, last)):
                continue
            stop = index
            if begin < stop:
                yield begin, stop, comma, wide
                comma = wide = False
            if not at_end:
                comma = comma or self.tokens[index].text in (",", ";")
                wide = wide or self.tokens[index].kind == "wide"
            begin = index + 1

    def _separates(self, index: int, last: int) -> bool:
        token = self.tokens[index]
        if token.kind == "wide" or token.text in (",", ";"):
            return True
        return token.text in (".", ":") and all(self.is_stop(place) for place in range(index, last))

    def _leads_on(self, group: _Draft, begin: int, end: int) -> bool:
        """Whether ``x`` in ``a = b, x, y \\in A`` belongs to the chain that follows."""
        dots = ("\\ldots", "\\cdots")
        if not group.relations or self.tokens[group.last - 1].text in dots:
            return False
        return not any(token.text in dots for token in self.tokens[begin:end])

    def _aside(self, first: int, last: int) -> bool:
        """``(i \\neq j)`` after a wide space is a condition, ``(3)`` a note; else a factor."""
        inside = self.tokens[first + 1 : last - 1]
        if any(token.text in RELATIONS for token in inside):
            self._condition(first + 1, last - 1)
        elif len(inside) == 1 or any(token.text in _WORDY for token in inside):
            self._note(first, last)
        else:
            return False
        return True

    def _is_condition(self, first: int, last: int, relations: list[str]) -> bool:
        """Whether a piece after a statement restricts it rather than states something."""
        if not relations or not any(
            "=" in draft.relations or "assign" in draft.relations for draft in self.drafts[-8:]
        ):
            return False
        if "in" in relations and any(t.text == "\\mathbb" for t in self.tokens[first:last]):
            return False  # it says what kind of thing W is, not where i may go
        if all(sign in ("!=", "<", ">", "<=", ">=", "in", "notin", "other") for sign in relations):
            return True
        if relations[0] != "=":
            return False
        cut = next(
            index
            for index, depth in self.level(first, last)
            if depth == 0 and relation_at(self.tokens, index) is not None
        )
        left = self.tokens[first:cut]
        if not is_index(left):
            return False
        if any(token.text in ("\\ldots", "\\cdots") for token in self.tokens[cut:last]):
            return True
        indices = self._indices()
        return all(token.text in indices for token in left if token.kind == "letter")

    def _indices(self) -> set[str]:
        """Letters that the statements so far use below another letter."""
        found: set[str] = set()
        for draft in self.drafts[-8:]:
            index = draft.first
            while index < draft.last:
                if self.tokens[index].text == "_" and index + 1 < draft.last:
                    end = self.after_group(index)
                    found.update(t.text for t in self.tokens[index + 1 : end] if t.kind == "letter")
                    if self.tokens[index + 1].kind != "open":
                        found.add(self.tokens[index + 1].text)
                index += 1
        return found


def _ends_open(token: Token) -> bool:
    return token.text in RELATIONS or token.text in ("+", "-", "\\cdot", "\\times", "*")


def _one(items: list[Syntax]) -> Syntax:
    if len(items) == 1:
        return items[0]
    return List(Span(items[0].span.start, items[-1].span.end), tuple(items))
