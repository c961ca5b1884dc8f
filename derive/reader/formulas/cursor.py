"""A cursor over the tokens of one statement: what comes next, what closes what, how deep we are.

TeX's own braces that are nobody's argument leave no trace on paper, so ``peek`` looks through
them; those that carry a script (``{s_{t-1}}_n``) or hold ``\\over`` or a font are groups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from derive.reader.formulas.symbols import DELIMITERS, FONT_SWITCHES, FONTS
from derive.reader.formulas.tokens import CannotRead, Token, source_of
from derive.reader.source import Span
from derive.reader.syntax import Syntax

MAXIMAL_DEPTH = 32
"""Levels of nesting (brackets, scripts, fractions, sums in sums) that are read."""

_INFIX = frozenset(("\\over", "\\choose", "\\atop"))
_FENCES = {"|": ("\\lvert", "\\rvert"), "\\|": ("\\lVert", "\\rVert"), "<": ("\\langle", ""),
           ">": ("", "\\rangle")}  # fmt: skip


def settle_fences(tokens: Sequence[Token]) -> list[Token]:
    """``\\left( \\right)`` as plain brackets.

    What stays: ``\\left. \\right|`` (an evaluation) and ``\\left\\{ \\right.`` (cases).  A pair
    with an empty side, as authors write to break a line, leaves its other side alone.
    """
    result: list[Token | None] = list(tokens)
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind == "left":
            opened.append(index)
        elif token.kind == "right":
            if not opened:
                result[index] = _plain(token, closing=True)
                continue
            other = opened.pop()
            left = tokens[other]
            if left.text == "." and token.text in ("|", "\\|"):
                continue
            if left.text == "\\{" and token.text == ".":
                continue
            result[other] = None if left.text == "." else _plain(left, closing=False)
            result[index] = None if token.text == "." else _plain(token, closing=True)
    for index in opened:
        result[index] = None if tokens[index].text == "." else _plain(tokens[index], closing=False)
    return [token for token in result if token is not None]


def _plain(token: Token, closing: bool) -> Token:
    text = _FENCES.get(token.text, ("", ""))[closing] or token.text
    return replace(token, kind="symbol", text=text)


def match_braces(tokens: Sequence[Token]) -> dict[int, int]:
    """Index of the closing token for each opening one: braces, environments, fences.

    Raises CannotRead where one is not closed.
    """
    partner: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind in ("open", "left") or token.text.startswith("\\begin{"):
            opened.append(index)
        elif token.kind in ("close", "right") or token.text.startswith("\\end{"):
            if not opened:
                raise CannotRead(token.span, f"{token.raw or token.text} closes nothing")
            start = opened.pop()
            if not _fit(tokens[start], token):
                raise CannotRead(
                    tokens[start].span,
                    f"{tokens[start].raw} is not closed before {token.raw or token.text}",
                )
            partner[start] = index
    if opened:
        raise CannotRead(tokens[opened[-1]].span, f"{tokens[opened[-1]].raw} is never closed")
    return partner


def _fit(opening: Token, closing: Token) -> bool:
    if opening.kind == "open":
        return closing.kind == "close"
    if opening.kind == "left":
        return closing.kind == "right"
    return opening.text[len("\\begin") :] == closing.text[len("\\end") :]


class Cursor:
    """Position, limit, depth and font; the grammar above moves it."""

    def __init__(self, tokens: Sequence[Token], place: Span, depth: int = 0) -> None:
        self.tokens = settle_fences(tokens)
        self.partner = match_braces(self.tokens)
        self.place = place
        self.position = 0
        self.end = len(self.tokens)
        self.depth = depth
        self.font = ""
        self.bars: list[str] = []
        self.looked_through: dict[int, int] = {}
        self.splits: dict[int, int] = {}
        self.indexing = False
        self.groups = self._groups_that_matter()

    def _groups_that_matter(self) -> set[int]:
        """Braces that cannot be looked through.

        They hold ``\\over`` or a change of font, or are the upper part of ``{dy}/{dx}``.
        """
        found: set[int] = set()
        opened: list[int] = []
        closed = 0  # the brace that the last closing one belongs to
        for index, token in enumerate(self.tokens):
            if token.kind == "open":
                opened.append(index)
            elif token.kind == "close" and opened:
                closed = opened.pop()
            elif opened and (token.text in _INFIX or token.text in FONT_SWITCHES):
                found.add(opened[-1])
            elif token.text == "/" and index and self.tokens[index - 1].kind == "close":
                if self.tokens[closed + 1].text in ("\\partial", "d", "\\mathrm"):
                    found.add(closed)
        return found

    # ---------------------------------------------------------------- looking and moving

    def peek(self) -> Token | None:
        """The next token that leaves a mark on paper; None at the limit."""
        while self.position < self.end:
            token = self.tokens[self.position]
            if token.kind in ("wide", "row") or token.text == "&":
                self.position += 1
            elif token.kind == "open" and self._transparent(self.position):
                self.looked_through[self.partner[self.position]] = self.position
                self.position += 1
            elif token.kind == "close" and self.position in self.looked_through:
                self.position += 1
            else:
                return token
        return None

    def _transparent(self, index: int) -> bool:
        if index in self.groups:
            return False
        after = self.partner[index] + 1
        if after == index + 2:
            return True
        return after >= self.end or self.tokens[after].text not in ("^", "_", "'")

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise CannotRead(self.here(), "the formula ends too early")
        self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these."""
        token = self.peek()
        return token is not None and token.text in texts

    def text_after(self, distance: int = 1) -> str:
        """The text of the token ``distance`` places after the next one, or ""."""
        index = self.position + distance
        return self.tokens[index].text if index < self.end else ""

    # ---------------------------------------------------------------- places

    def span_from(self, start: int) -> Span:
        """From the token at ``start`` to the last one taken, with braces in pairs."""
        last = max(start, self.position - 1)
        while last > start and self._leaves_no_mark(last, start, last):
            last -= 1
        while start < last and self._leaves_no_mark(start, start, last):
            start += 1
        while self.partner.get(start - 1, last + 1) <= last:
            start -= 1  # the brace that closes within was opened right before
        stretch = self.tokens[start : last + 1]
        if not stretch:
            return self.here()
        if stretch[0].start <= stretch[-1].end:
            return Span(stretch[0].start, stretch[-1].end)
        return Span(min(t.start for t in stretch), max(t.end for t in stretch))

    def _leaves_no_mark(self, index: int, first: int, last: int) -> bool:
        """Whether a token is space, or a brace looked through whose partner is outside."""
        token = self.tokens[index]
        if token.kind in ("wide", "row") or token.text == "&":
            return True
        if token.kind == "open":
            return self.partner[index] in self.looked_through and self.partner[index] > last
        return self.looked_through.get(index, first) < first

    def here(self) -> Span:
        """The place of the next token, or of the last."""
        index = min(self.position, len(self.tokens) - 1)
        return self.tokens[index].span if index >= 0 else self.place

    def source(self, start: int, end: int) -> str:
        return source_of(self.tokens[start:end])

    # ---------------------------------------------------------------- going down

    def deeper(self) -> None:
        """One level down; pair with ``self.depth -= 1``."""
        self.depth += 1
        if self.depth > MAXIMAL_DEPTH:
            raise CannotRead(self.here(), "nested too deeply")

    def within(self, start: int, end: int, read: Callable[[], Syntax]) -> Syntax:
        """Read the tokens from ``start`` to ``end``, all of them, then go on where we were."""
        resume, limit, bars = self.position, self.end, self.bars
        self.position, self.end, self.bars = start, end, []
        self.deeper()
        result = read()
        left = self.peek()
        if left is not None:
            raise CannotRead(left.span, unexpected(left))
        self.depth -= 1
        self.position, self.end, self.bars = resume, limit, bars
        return result

    def after_scripts(self, index: int) -> int:
        """The position after scripts and primes that begin at ``index``."""
        while index < self.end and self.tokens[index].text in ("_", "^", "'"):
            mark = self.tokens[index].text
            index += 1
            if mark == "'":
                continue
            if index < self.end and self.tokens[index].kind == "open":
                index = self.partner[index] + 1
            else:
                index += 1
        return index

    def keep_group(self) -> None:
        """``\\sum_i{a + b}``: the braces hold what is acted on, though they do not print."""
        index = self.after_scripts(self.position)
        while index < self.end and self.tokens[index].kind == "wide":
            index += 1
        braced = index < self.end and self.tokens[index].kind == "open"
        if braced and self.partner[index] > index + 1:
            self.groups.add(index)

    def split_digit(self) -> Token:
        """The first digit of the number that comes next: ``x^12`` raises to 1."""
        token = self.tokens[self.position]
        if len(token.text) > 1 and token.text.isdigit():
            middle = min(token.start + 1, token.end)
            self.tokens[self.position] = replace(
                token, text=token.text[1:], start=middle, raw=token.text[1:], spaced=False
            )
            return replace(token, text=token.text[0], end=middle)
        self.position += 1
        return token


def unexpected(token: Token) -> str:
    """A sentence for a token that the grammar has no place for here."""
    shown = token.raw or token.text
    if token.kind == "command" and token.text not in FONTS and token.text not in DELIMITERS:
        return f"{shown} is not understood here"
    return f"unexpected {shown}"
