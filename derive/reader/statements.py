"""One line of a display as rows: its statements, conditions and notes.

``a = b, \\quad c = d \\qquad \\text{for } i \\neq j \\quad \\text{(by (3))}`` is two statements
under one condition, with a note.  After a statement, "i = 1, ..., N", an inequality and a relation
between letters that the statement uses as indices are conditions; other equations are statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from derive.reader.atoms import Parser
from derive.reader.displays import Line
from derive.reader.environments import enclosing, nesting, relation_at
from derive.reader.source import Span
from derive.reader.symbols import ARROWS_BETWEEN_STATEMENTS, RELATIONS, TEXTS, word_set
from derive.reader.syntax import List, Row, Syntax, Text, Unreadable
from derive.reader.tokens import CannotRead, Token, source_of
from derive.reader.words import is_identifier

_OPENING = frozenset(("(", "[", "\\{"))
_CONDITIONAL = word_set(
    "if for when whenever unless provided on in as while given assuming such s.t. subject "
    "iff only since because except"
)
_JOINING = word_set(
    "and or so then thus therefore hence implies where let i.e. that which but yields gives "
    "we also here with now again similarly finally consequently otherwise"
)
_MAXIMAL_TRIES = 20
_ARROW_WORDS = {"implies": "implies", "iff": "if and only if"}

Role = Literal["statement", "condition", "note", "remark", "nothing"]


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
        notes.append(Text(_span(line.interlude, place), source_of(line.interlude)))
    if not tokens:
        return []
    try:
        rows = _Reader(tokens, place, notes).rows()
    except CannotRead as problem:
        rows = [Row(_span(tokens, place), Unreadable(problem.span, problem.reason), tuple(notes))]
    return [Row(row.span, row.body, row.notes, row.condition, tag, label) for row in rows]


def _span(tokens: Sequence[Token], place: Span) -> Span:
    if not tokens:
        return place
    return Span(min(t.start for t in tokens), max(t.end for t in tokens))


def _without_labels(tokens: Sequence[Token]) -> tuple[list[Token], str, str]:
    """The tokens without \\tag{...} and \\label{...}, and what these say."""
    kept: list[Token] = []
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
    while kept and (kept[-1].kind in ("wide", "row")):
        kept.pop()
    return kept, found["\\tag"], found["\\label"]


class _Reader:
    """Takes one line apart; every piece is read by the same parser, set back in between."""

    def __init__(self, tokens: Sequence[Token], place: Span, notes: list[Text]) -> None:
        self.parser = Parser(tokens, place)
        self.tokens = self.parser.tokens
        self.place = place
        self.drafts: list[_Draft] = []
        self.waiting_notes = notes
        self.waiting_conditions: list[Syntax] = []
        self.next_notes: list[Text] = []
        self.joined_by_arrows = self._arrows_join_statements()

    # ---------------------------------------------------------------- the line

    def rows(self) -> list[Row]:
        index = 0
        end = len(self.tokens)
        role: Role = "statement"
        while index < end:
            stop = self._next_words(index)
            if role == "statement":
                self._clauses(index, stop)
            index = stop
            if index >= end:
                break
            begin = index
            index, role = self._words(index)
            if role == "note":
                stop = self._note_end(begin, index)
                self._note(begin, stop)
                index, role = stop, "statement"
            elif role == "remark":
                self._note(begin, end)
                break
            elif role == "condition":
                stop = self._condition_end(index)
                self._condition(begin, stop)
                index, role = stop, "statement"
        return self._finished()

    def _finished(self) -> list[Row]:
        if not self.drafts:
            return self._without_statement()
        for draft in self.drafts:
            self._split_condition(draft)
        first = self.drafts[0]
        first.notes = [*self.waiting_notes, *first.notes]
        for draft in self.drafts:
            draft.conditions = [*self.waiting_conditions, *draft.conditions]
        return [self._row(draft) for draft in self.drafts]

    def _split_condition(self, draft: _Draft) -> None:
        """``x = y (i \\neq j)``: a bracket at the end, set off, about indices of the statement."""
        if "=" not in draft.relations or self.tokens[draft.last - 1].text != ")":
            return
        opened = [n for n, depth in self._level(draft.first, draft.last)
                  if depth == 0 and self.tokens[n].text == "("]  # fmt: skip
        begin = opened[-1] if opened else draft.first
        signs = self._relations(begin + 1, draft.last - 1)
        if begin <= draft.first or len(signs) != 1 or signs[0] not in ("=", "!="):
            return
        letters = [token for token in self.tokens[begin + 1 : begin + 2] if token.kind == "letter"]
        set_off = self.tokens[begin].spaced or self.tokens[begin - 1].kind == "number"
        if set_off and letters and letters[0].text in self._indices():
            draft.last = begin
            self._reset()
            limits = self.parser.condition(begin + 1, opened_end(self.tokens, begin))
            draft.conditions.append(limits)

    def _without_statement(self) -> list[Row]:
        span = _span(self.tokens, self.place)
        if self.waiting_conditions:
            return [Row(span, _one(self.waiting_conditions), tuple(self.waiting_notes))]
        if self.waiting_notes:
            return [Row(span, self.waiting_notes[0], tuple(self.waiting_notes[1:]))]
        return []

    def _row(self, draft: _Draft) -> Row:
        span = self._stretch(draft.first, draft.last)
        try:
            body = self._read(draft.first, draft.last)
        except CannotRead as problem:
            body = Unreadable(problem.span, problem.reason)
        limits = _one(draft.conditions) if draft.conditions else None
        return Row(span, body, tuple(draft.notes), limits)

    def _read(self, first: int, last: int) -> Syntax:
        parser = self._reset()
        parser.position, parser.end = first, last
        return parser.statement(first, last)

    def _reset(self) -> Parser:
        parser = self.parser
        parser.position, parser.end = 0, len(parser.tokens)
        parser.depth, parser.font, parser.bars, parser.indexing = 0, "", [], False
        return parser

    def _stretch(self, first: int, last: int) -> Span:
        return _span(self.tokens[first:last], self.place)

    # ---------------------------------------------------------------- words

    def _level(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Positions and the number of brackets around them (0: outside all)."""
        depth = 0
        index = first
        while index < last:
            token = self.tokens[index]
            step = enclosing(token)
            if step < 0:
                depth = max(0, depth + step)
            yield index, depth
            if step > 0:
                depth += step
            index += 1

    def _next_words(self, first: int) -> int:
        """The next place where words, an arrow or \\forall interrupt the mathematics."""
        for index, depth in self._level(first, len(self.tokens)):
            if depth == 0 and self._interrupts(index, first):
                return index
        return len(self.tokens)

    def _interrupts(self, index: int, first: int) -> bool:
        token = self.tokens[index]
        if token.text in ("\\forall", "\\because", "\\therefore", "\\eqref", "\\ref"):
            return True
        if token.text in RELATIONS and RELATIONS[token.text] in ARROWS_BETWEEN_STATEMENTS:
            return self.joined_by_arrows
        if token.text not in TEXTS:
            return False
        if index > 0 and self.tokens[index - 1].text in ("_", "^"):
            return False
        text = self._text(index)
        if not text.strip(" "):
            return True
        if not is_identifier(text):
            return True
        before = self._before(index)
        if " " in text:
            return (
                before is not None
                and before.text not in RELATIONS
                and before.text not in ("+", "-", "(", "\\cdot", "\\times", "*", "/")
            ) or (before is None and not self._is_defined(index))
        wide = index > 0 and self.tokens[index - 1].kind == "wide"
        return (
            wide
            and before is not None
            and self._after_group(index) >= len(self.tokens)
            and (before.text not in RELATIONS and before.text not in ("+", "-"))
        )

    def _is_defined(self, index: int) -> bool:
        """Whether words at the start of a line are a name: a relation or bracket follows."""
        after = self._after_group(index)
        if after >= len(self.tokens):
            return True
        return (self.tokens[after].text in RELATIONS and self.tokens[after].text != ":") or (
            self.tokens[after].text in ("(", "_", "^")
        )

    def _before(self, index: int) -> Token | None:
        for place in range(index - 1, -1, -1):
            if self.tokens[place].kind != "wide":
                return self.tokens[place]
        return None

    def _text(self, index: int) -> str:
        return self.parser.text_content(index).replace("\\_", "_").replace("\\ ", " ")

    def _after_group(self, index: int) -> int:
        """The position after a command and its argument."""
        if index + 1 < len(self.tokens) and self.tokens[index + 1].kind == "open":
            return self.parser.partner[index + 1] + 1
        return index + 2 if self.tokens[index].text in TEXTS else index + 1

    def _words(self, index: int) -> tuple[int, Role]:
        """Past the words at ``index``, and what the mathematics behind them is."""
        token = self.tokens[index]
        if token.text == "\\forall":
            return index, "condition"
        if token.text == "\\because":
            self._note_for_last([Text(token.span, "because")])
            return index + 1, "condition"
        if token.text in RELATIONS or token.text == "\\therefore":
            word = _ARROW_WORDS.get(RELATIONS.get(token.text, ""), "therefore")
            self._note_for_next([Text(token.span, word)])
            return index + 1, "statement"
        after = self._after_group(index)
        if token.text in ("\\eqref", "\\ref"):
            return after, "note"
        text = self._text(index)
        role = self._role(text, after)
        if role == "statement" and text.strip(" ,.;:"):
            self._note_for_next([Text(self._stretch(index, after), text.strip(" ,;"))])
        return after, role

    def _note_for_last(self, notes: list[Text]) -> None:
        if self.drafts:
            self.drafts[-1].notes.extend(notes)
        else:
            self.waiting_notes.extend(notes)

    def _note_for_next(self, notes: list[Text]) -> None:
        self.next_notes.extend(notes)

    def _role(self, text: str, after: int) -> Role:
        plain = text.strip(" ,;:")
        if not plain.strip("."):
            return "statement"
        if plain[0] in "([":
            return "note"
        first = plain.lower().split()[0].rstrip(",:")
        if first in _CONDITIONAL:
            return "condition"
        if first in _JOINING or not self.drafts:
            return "statement"
        return "remark"

    def _note_end(self, begin: int, after: int) -> int:
        """The end of a note in brackets, which may hold mathematics and more words."""
        place = begin
        depth = 0
        while place < len(self.tokens):
            stop = self._after_group(place) if self.tokens[place].text in TEXTS else place + 1
            for token in self.tokens[place:stop]:
                depth += sum(token.raw.count(c) for c in "([") - sum(
                    token.raw.count(c) for c in ")]"
                )
            place = stop
            if depth <= 0 and place >= after:
                break
        return place

    def _note(self, first: int, last: int) -> None:
        while last > first and self.tokens[last - 1].kind == "wide":
            last -= 1
        text = _as_printed(self.tokens[first:last])
        if text:
            self._note_for_last([Text(self._stretch(first, last), text)])

    def _condition_end(self, index: int) -> int:
        """Where a condition ends: before a note; before the statement that it leads into."""
        leading = not self.drafts
        tries = 0
        for place, depth in self._level(index, len(self.tokens)):
            token = self.tokens[place]
            if depth > 0:
                continue
            if token.text in TEXTS and place > index:
                text = self._text(place).strip(" ,;:")
                word = text.lower().split()[0] if text else ""
                if text[:1] in ("(", "[") or word in ("then", "so", "we"):
                    return place
            if leading and token.text == ":" and self._next_relation(place + 1):
                return place
            separates = token.kind == "wide" or token.text in (":", ",")
            if leading and separates and place > index and tries < _MAXIMAL_TRIES:
                tries += 1
                if self._starts_statement(place + 1):
                    return place
        return len(self.tokens)

    def _next_relation(self, place: int) -> bool:
        return bool(self._relations(place, len(self.tokens)))

    def _starts_statement(self, place: int) -> bool:
        """Whether what follows the comma holds an equation with more than letters and numbers."""
        for index, depth in self._level(place, len(self.tokens)):
            if depth == 0 and self.tokens[index].text in RELATIONS:
                piece = self.tokens[place:index]
                return len(piece) > 1 or not _is_index(piece)
        return False

    def _condition(self, first: int, last: int) -> None:
        while last > first and self._is_stop(last - 1):
            last -= 1
        if first >= last:
            return
        parser = self._reset()
        limits = parser.condition(first, last)
        if self.drafts:
            for draft in self.drafts:
                draft.conditions.append(limits)
        else:
            self.waiting_conditions.append(limits)

    def _is_stop(self, index: int) -> bool:
        token = self.tokens[index]
        return token.kind == "wide" or token.text in (",", ".", ";", ":")

    # ---------------------------------------------------------------- clauses

    def _clauses(self, first: int, last: int) -> None:
        """Statements and conditions between commas and wide spaces."""
        next_notes, self.next_notes = self.next_notes, []
        begun = len(self.drafts)
        pieces = list(self._pieces(first, last))
        relations = [self._relations(begin, end) for begin, end, _, _ in pieces]
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
            elif wide and self._in_brackets(begin, end):
                self._aside(begin, end)
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
        while begin < last and self._is_stop(begin):
            begin += 1
        for index, depth in [*self._level(begin, last), (last, 0)]:
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
        return token.text in (".", ":") and all(
            self._is_stop(place) for place in range(index, last)
        )

    def _leads_on(self, group: _Draft, begin: int, end: int) -> bool:
        """Whether ``x`` in ``a = b, x, y \\in A`` belongs to the chain that follows."""
        dots = ("\\ldots", "\\cdots")
        if not group.relations or self.tokens[group.last - 1].text in dots:
            return False
        return not any(token.text in dots for token in self.tokens[begin:end])

    def _relations(self, first: int, last: int) -> list[str]:
        found: list[str] = []
        for index, depth in self._level(first, last):
            sign = relation_at(self.tokens, index) if depth == 0 else None
            if sign is not None:
                found.append(sign)
        return found

    def _in_brackets(self, first: int, last: int) -> bool:
        return self.tokens[first].text in _OPENING and all(
            depth > 0 or index in (first, last - 1) for index, depth in self._level(first, last)
        )

    def _aside(self, first: int, last: int) -> None:
        """``(i \\neq j)`` after a wide space is a condition, ``(3)`` a note."""
        inside = self.tokens[first + 1 : last - 1]
        if any(token.text in RELATIONS for token in inside):
            self._condition(first + 1, last - 1)
        else:
            self._note(first, last)

    def _is_condition(self, first: int, last: int, relations: list[str]) -> bool:
        """Whether a piece after a statement restricts it rather than states something."""
        if not relations or not any(
            "=" in draft.relations or "assign" in draft.relations for draft in self.drafts[-8:]
        ):
            return False
        if all(sign in ("!=", "<", ">", "<=", ">=", "in", "sim", "other") for sign in relations):
            return True
        if relations[0] != "=":
            return False
        cut = next(n for n, depth in self._level(first, last)
                   if depth == 0 and self.tokens[n].text in RELATIONS)  # fmt: skip
        left = self.tokens[first:cut]
        if not _is_index(left):
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
                    end = self._after_group(index)
                    found.update(t.text for t in self.tokens[index + 1 : end] if t.kind == "letter")
                    if self.tokens[index + 1].kind != "open":
                        found.add(self.tokens[index + 1].text)
                index += 1
        return found

    def _arrows_join_statements(self) -> bool:
        """Whether arrows of implication stand between (or before) equations."""
        signs = self._relations(0, len(self.tokens))
        if not any(sign in ARROWS_BETWEEN_STATEMENTS for sign in signs):
            return False
        return any(sign not in (*ARROWS_BETWEEN_STATEMENTS, "to") for sign in signs)


def _is_index(tokens: Sequence[Token]) -> bool:
    """``i``, or ``i, j``."""
    letters, commas = tokens[::2], tokens[1::2]
    return (
        len(tokens) % 2 == 1
        and all(token.kind == "letter" and token.text.islower() for token in letters)
        and all(token.text == "," for token in commas)
    )


def opened_end(tokens: Sequence[Token], begin: int) -> int:
    """The position of the bracket that closes the one at ``begin``."""
    depth = 0
    for index in range(begin, len(tokens)):
        depth += enclosing(tokens[index])
        if depth == 0:
            return index
    return len(tokens) - 1


def _ends_open(token: Token) -> bool:
    return token.text in RELATIONS or token.text in ("+", "-", "\\cdot", "\\times", "*")


def _one(items: list[Syntax]) -> Syntax:
    if len(items) == 1:
        return items[0]
    return List(Span(items[0].span.start, items[-1].span.end), tuple(items))


def _as_printed(tokens: Sequence[Token]) -> str:
    """A note without the \\text and the braces around its words."""
    shown: list[str] = []
    depths: list[bool] = []  # for each open brace: whether it is one of \text
    for index, token in enumerate(tokens):
        if token.kind == "open":
            depths.append(index > 0 and tokens[index - 1].text in TEXTS)
        hidden = token.text in TEXTS or token.kind == "wide"
        if token.kind in ("open", "close"):
            hidden = bool(depths) and depths[-1]
        if token.kind == "close" and depths:
            depths.pop()
        shown.append(
            (" " if token.spaced or token.kind == "wide" else "") + ("" if hidden else token.raw)
        )
    return " ".join("".join(shown).split())
