"""Words between the mathematics of a line: which interrupt it, and what they make of what follows.

"for", "if" and "\\forall" lead into conditions; "and", "where", "so" and arrows of implication
into further statements; words in brackets and all others are notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from derive.reader.formulas.atoms import Parser
from derive.reader.formulas.environments import enclosing, relation_at
from derive.reader.formulas.symbols import ARROWS_BETWEEN_STATEMENTS, RELATIONS, TEXTS, word_set
from derive.reader.formulas.tokens import Token
from derive.reader.formulas.words import is_identifier
from derive.reader.source import Span

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
COMPARISONS = ("=", "!=", "<", ">", "<=", ">=")

Role = Literal["statement", "condition", "note", "remark"]
"""What the mathematics behind some words is."""


class Interludes:
    """One line and the parser that reads its pieces."""

    def __init__(self, tokens: Sequence[Token], place: Span) -> None:
        self.parser = Parser(tokens, place)
        self.tokens = self.parser.tokens
        self.place = place
        self.joined_by_arrows = self._arrows_join_statements()

    def stretch(self, first: int, last: int) -> Span:
        return span_of(self.tokens[first:last], self.place)

    def level(self, first: int, last: int) -> Iterator[tuple[int, int]]:
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

    def next_words(self, first: int) -> int:
        """The next place where words, an arrow or \\forall interrupt the mathematics."""
        for index, depth in self.level(first, len(self.tokens)):
            if depth == 0 and self._interrupts(index, first):
                return index
        return len(self.tokens)

    def _interrupts(self, index: int, first: int) -> bool:
        token = self.tokens[index]
        if token.text in ("\\forall", "\\because", "\\therefore", "\\eqref", "\\ref"):
            return True
        if token.text in RELATIONS and RELATIONS[token.text] in ARROWS_BETWEEN_STATEMENTS:
            return self.joined_by_arrows
        if RELATIONS.get(token.text) == "to":
            return self._concludes(first, index)
        if token.text not in TEXTS:
            return False
        if index > 0 and self.tokens[index - 1].text in ("_", "^"):
            return False
        text = self.words_at(index)
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
            and self.after_group(index) >= len(self.tokens)
            and (before.text not in RELATIONS and before.text not in ("+", "-"))
        )

    def _concludes(self, first: int, arrow: int) -> bool:
        """``i \\ne j \\to d_{ij} = 0``: an arrow from a condition to what holds under it.

        An equation is a condition where it is one of indices.
        """
        signs = self.relations_between(first, arrow)
        behind = self.relations_between(arrow + 1, len(self.tokens))
        if len(signs) != 1 or signs[0] not in COMPARISONS or not behind or behind[0] == "to":
            return False
        before = [token for token in self.tokens[first:arrow] if token.kind != "wide"]
        letters = len(before) == 3 and is_index(before[:1])
        return letters or (signs[0] != "=" and before[0].kind == "letter")

    def _is_defined(self, index: int) -> bool:
        """Whether words at the start of a line are a name: a relation or bracket follows."""
        after = self.after_group(index)
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

    def words_at(self, index: int) -> str:
        return self.parser.text_content(index).replace("\\_", "_").replace("\\ ", " ")

    def after_group(self, index: int) -> int:
        """The position after a command and its argument."""
        if index + 1 < len(self.tokens) and self.tokens[index + 1].kind == "open":
            return self.parser.partner[index + 1] + 1
        step = 2 if self.tokens[index].text in TEXTS else 1
        return min(index + step, len(self.tokens))

    def role(self, text: str, leading: bool) -> Role:
        plain = text.strip(" ,;:")
        if not plain.strip("."):
            return "statement"
        if plain[0] in "([":
            return "note"
        first = plain.lower().split()[0].rstrip(",:")
        if first in _CONDITIONAL:
            return "condition"
        if first in _JOINING or leading:
            return "statement"
        return "remark"

    def note_end(self, begin: int, after: int) -> int:
        """The end of a note in brackets, which may hold mathematics and more words."""
        place = begin
        depth = 0
        while place < len(self.tokens):
            stop = self.after_group(place) if self.tokens[place].text in TEXTS else place + 1
            for token in self.tokens[place:stop]:
                depth += sum(token.raw.count(c) for c in "([") - sum(
                    token.raw.count(c) for c in ")]"
                )
            place = stop
            if depth <= 0 and place >= after:
                break
        return place

    def condition_end(self, index: int, leading: bool) -> int:
        """Where a condition ends: before a note; before the statement that it leads into."""
        tries = 0
        for place, depth in self.level(index, len(self.tokens)):
            token = self.tokens[place]
            if depth > 0:
                continue
            if token.text in TEXTS and place > index:
                text = self.words_at(place).strip(" ,;:")
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
        return bool(self.relations_between(place, len(self.tokens)))

    def _starts_statement(self, place: int) -> bool:
        """Whether what follows the comma holds an equation with more than letters and numbers."""
        for index, depth in self.level(place, len(self.tokens)):
            if depth == 0 and self.tokens[index].text in RELATIONS:
                piece = self.tokens[place:index]
                return len(piece) > 1 or not is_index(piece)
        return False

    def is_stop(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind in ("left", "right"):
            return False
        return token.kind == "wide" or token.text in (",", ".", ";", ":")

    def relations_between(self, first: int, last: int) -> list[str]:
        found: list[str] = []
        for index, depth in self.level(first, last):
            sign = relation_at(self.tokens, index) if depth == 0 else None
            if sign is not None:
                found.append(sign)
        return found

    def in_brackets(self, first: int, last: int) -> bool:
        return self.tokens[first].text in _OPENING and all(
            depth > 0 or index in (first, last - 1) for index, depth in self.level(first, last)
        )

    def _arrows_join_statements(self) -> bool:
        """Whether arrows of implication stand between (or before) equations."""
        signs = self.relations_between(0, len(self.tokens))
        if not any(sign in ARROWS_BETWEEN_STATEMENTS for sign in signs):
            return False
        first = self.tokens[0].text if len(self.tokens) > 1 else ""
        if RELATIONS.get(first) in ARROWS_BETWEEN_STATEMENTS:
            return True
        return any(sign not in (*ARROWS_BETWEEN_STATEMENTS, "to") for sign in signs)


def span_of(tokens: Sequence[Token], place: Span) -> Span:
    if not tokens:
        return place
    return Span(min(t.start for t in tokens), max(t.end for t in tokens))


def is_index(tokens: Sequence[Token]) -> bool:
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


def as_printed(tokens: Sequence[Token]) -> str:
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


def opens_condition(label: str) -> bool:
    """Whether the words of a tag say where its row holds: ``if $x > 0$``."""
    first, _, rest = label.strip(" ([").partition(" ")
    return first.lower() in ("if", "when", "whenever", "for", "unless", "since") and "$" in rest
