"""Setting formulas and sentences in lines of a terminal: widths, breaks at operators, colour."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Style", "columns", "fill", "wrap_formula", "wrap_words"]

RELATIONS = frozenset("=≠<>≤≥≈≡∝∈→⇒⇔≔")
SIGNS = frozenset("+-−±")
TIMES = frozenset("·×⋅*/⊙")
# Between words, but not beside an equals sign.
_WORDS = re.compile("(?<! =) (?!= )")
OPENING, CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


@dataclass(frozen=True)
class Style:
    """How wide the page is, and whether it has colour."""

    width: int = 80
    colour: bool = False

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def strong(self, text: str) -> str:
        return self._paint("1", text)

    def faint(self, text: str) -> str:
        return self._paint("2", text)

    def good(self, text: str) -> str:
        return self._paint("32", text)

    def bad(self, text: str) -> str:
        return self._paint("1;31", text)

    def warning(self, text: str) -> str:
        return self._paint("33", text)


def columns(text: str) -> int:
    """The columns that the text takes on a terminal: accents none, wide letters two."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn")
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def wrap_words(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken between words (a longer word stays whole).

    ``x = 1`` is one word, if no long one.
    """
    lines: list[str] = []
    line, used = "", 0
    words = _WORDS.split(" ".join(text.split()))
    for word in (w for whole in words for w in ([whole] if columns(whole) < 20 else whole.split())):
        size = columns(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line] if line else lines


def fill(lead: str, text: str, width: int) -> list[str]:
    """A sentence after ``lead`` (which may hold colour: its columns are those of ``indent``)."""
    indent = columns(lead)
    lines = wrap_words(text, max(width - indent, 20))
    return [(lead if not n else " " * indent) + line for n, line in enumerate(lines or [""])]


@dataclass(frozen=True)
class _Break:
    """A place where a formula may be broken: after ``end`` characters, at some cost."""

    end: int
    cost: int


def _breaks(text: str) -> Iterator[_Break]:
    depth = 0
    for place, character in enumerate(text):
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(depth - 1, 0)
        elif character == " " and place + 1 < len(text):
            after = text[place + 1]
            if after in RELATIONS:
                cost = 0
            elif after in SIGNS and text[place + 2 : place + 3] == " ":
                cost = 1
            elif after in TIMES:
                cost = 2
            elif text[place - 1] in RELATIONS | SIGNS | TIMES:
                cost = 6
            else:
                cost = 3
            yield _Break(place, cost + 4 * depth)


def wrap_formula(text: str, width: int, hanging: int = 4) -> list[str]:
    """A formula in lines of at most ``width`` columns, broken before its loosest operators.

    A relation is the best place, then a sign, a product, a space; outside brackets before
    inside.  Lines after the first are indented by ``hanging``.
    """
    text = " ".join(text.split())
    lines: list[str] = []
    while True:
        room = width - hanging * bool(lines)
        fits = _cut(text, room)
        if fits >= len(text):
            break
        possible = list(_breaks(text[: fits + 3]))
        fitting = [b for b in possible if b.end <= fits]
        late = [b for b in fitting if columns(text[: b.end]) >= room * 0.4]
        end = min(late or fitting, key=lambda b: (b.cost, -b.end)).end if fitting else fits
        lines.append(text[:end])
        text = text[end:].lstrip()
    lines.append(text)
    return [(" " * hanging if n else "") + line for n, line in enumerate(lines)]


def _cut(text: str, room: int) -> int:
    """How many characters fit in ``room`` columns, at least one."""
    used = 0
    for place, character in enumerate(text):
        used += columns(character)
        if used > room:
            return max(place, 1)
    return len(text)
