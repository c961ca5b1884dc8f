"""Rows and cells of environments, as stretches of tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.reader.formulas.symbols import LONG_RELATIONS, OVER, RELATIONS
from derive.reader.formulas.tokens import Token


def nesting(token: Token) -> int:
    """+1 where a token opens a group, -1 where it closes one."""
    if token.kind in ("open", "left") or token.text.startswith("\\begin{"):
        return 1
    if token.kind in ("close", "right") or token.text.startswith("\\end{"):
        return -1
    return 0


def enclosing(token: Token) -> int:
    """``nesting``, and the same for the brackets ( [ \\{."""
    if token.kind in ("command", "symbol"):
        if token.text in ("(", "[", "\\{"):
            return 1
        if token.text in (")", "]", "\\}"):
            return -1
    return nesting(token)


def relation_at(tokens: Sequence[Token], index: int) -> str | None:
    """The relation that begins at a position, ``\\stackrel{(1)}{=}`` among them; or None."""
    text = tokens[index].text
    if text in RELATIONS:
        return RELATIONS[text]
    if text in LONG_RELATIONS:
        return LONG_RELATIONS[text]
    if text == "\\not":
        return "other" if index + 1 < len(tokens) and tokens[index + 1].text in RELATIONS else None
    if text not in OVER:
        return None
    place = _after_group(tokens, index + 1)
    if place < len(tokens) and tokens[place].kind == "open":
        place += 1
    return RELATIONS.get(tokens[place].text) if place < len(tokens) else None


def _after_group(tokens: Sequence[Token], index: int) -> int:
    depth = 0
    while index < len(tokens):
        depth += nesting(tokens[index])
        index += 1
        if depth == 0:
            break
    return index


def split_level(
    tokens: Sequence[Token], first: int, last: int, separator: str
) -> Iterator[tuple[int, int]]:
    """Stretches between the separators that stand in no group."""
    depth = 0
    begin = first
    for index in range(first, last):
        depth += nesting(tokens[index])
        if depth == 0 and tokens[index].text == separator:
            yield begin, index
            begin = index + 1
    yield begin, last


def rows_between(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Rows between ``\\\\`` that hold anything."""
    return [(a, b) for a, b in split_level(tokens, first, last, "\\\\") if a < b]


def cells_between(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Cells of a row, between ``&``."""
    return list(split_level(tokens, first, last, "&"))
