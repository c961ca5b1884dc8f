"""Words typed as letters: ``p \\ if\\ i = j``, ``0 & otherwise``.

TeX sets them as products of letters; nobody means that.  They become ``\\text{...}``, so that the
rooms above see one spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.reader.formulas.symbols import FONTS, TEXTS, word_set
from derive.reader.formulas.tokens import Token

_WORDS = word_set("if otherwise for when where and else then since because with iff")
_LONGEST = max(map(len, _WORDS))
_LETTER_COMMANDS = TEXTS | frozenset(FONTS) | {"\\operatorname", "\\label", "\\tag", "\\begin"}


def unwrap_letters(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with ``\\text{p $\\ne$ m}`` as ``p \\ne m``: no words stand there but letters."""
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _closing(tokens, index + 1) if token.text in TEXTS else 0
        inside = tokens[index + 2 : end]
        if end and any(t.text == "$" for t in inside) and _has_only_letters(inside):
            before = (token, *inside)  # a dollar parts letters as a space does
            pairs = zip(before, inside, strict=False)
            plain = [
                replace(t, spaced=t.spaced or b.text == "$") for b, t in pairs if t.text != "$"
            ]
            result.extend((replace(plain[0], spaced=True), *plain[1:]))
            index = end + 1
        else:
            result.append(token)
            index += 1
    return result


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Where the group that opens at ``start`` closes; 0 where none does."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].kind == "open") - (tokens[index].kind == "close")
        if depth <= 0:
            return index if index > start else 0
    return 0


def _has_only_letters(tokens: Sequence[Token]) -> bool:
    """Whether what stands outside of dollars are single letters, and words that join."""
    outside, word = True, ""
    for token in (*tokens, None):
        goes_on = token is not None and token.kind == "letter" and outside
        if word and not (goes_on and token is not None and not token.spaced):
            if len(word) > 1 and word not in _WORDS:
                return False
            word = ""
        if token is None:
            break
        word += token.text if goes_on else ""
        outside ^= token.text == "$"
    return outside


def spell_words(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with runs of letters that spell a joining word as ``\\text``."""
    result: list[Token] = []
    literal: list[bool] = []  # for each open brace: are letters in it words or an index anyway
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "open":
            before = tokens[index - 1].text if index > 0 else ""
            literal.append(before in _LETTER_COMMANDS or before in ("_", "^"))
        elif token.kind == "close" and literal:
            literal.pop()
        if token.kind != "letter" or (literal and literal[-1]):
            result.append(token)
            index += 1
            continue
        end = index + 1
        while end < len(tokens) and tokens[end].kind == "letter" and not tokens[end].spaced:
            end += 1
        word = "".join(t.text for t in tokens[index : min(end, index + _LONGEST + 1)])
        unbraced = bool(result) and result[-1].text in TEXTS  # \text where
        if word in _WORDS and (unbraced or _stands_apart(tokens, index, end)):
            last = tokens[end - 1]
            if unbraced:
                result.pop()
            result.append(replace(token, kind="command", text="\\text", raw=""))
            result.append(replace(token, kind="open", text="{", raw="", spaced=False))
            result.extend(replace(t, spaced=False) for t in tokens[index:end])
            result.append(replace(last, kind="close", text="}", raw="", spaced=False))
        else:
            result.extend(tokens[index:end])
        index = end
    return result


def upright_words(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with ``\\mathrm{if}`` and ``{\\rm if}`` as ``\\text{if}``."""
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        first, *rest = tokens[index : index + 2]
        before = result[-1].text if result else ""
        pair = (first, rest[0]) if rest and before not in ("_", "^") else None
        braces = (pair[1], pair[0])[pair[0].kind == "open"] if pair is not None else None
        font = (pair[0], pair[1])[pair[0].kind == "open"] if pair is not None else None
        end = index + 2
        if font and braces and braces.kind == "open" and FONTS.get(font.text) == "roman":
            while end < len(tokens) and tokens[end].kind == "letter":
                end += 1
            word = "".join(t.text for t in tokens[index + 2 : end])
            if word in _WORDS and end < len(tokens) and tokens[end].kind == "close":
                result.append(replace(first, kind="command", text="\\text", raw="\\text"))
                result.append(replace(rest[0], kind="open", text="{", raw="{"))
                index += 2
                continue
        result.append(first)
        index += 1
    return result


def _stands_apart(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """Whether space, a cell's edge or punctuation stands on both sides."""
    before = tokens[begin - 1] if begin > 0 else None
    after = tokens[end] if end < len(tokens) else None
    edges = ("wide", "row", "number")
    braced = before is not None and before.text == "{" and after is not None and after.text == "}"
    if braced:  # {if}: a group of its own
        return True
    left = before is None or tokens[begin].spaced or before.kind in edges or before.text in "&,;.}"
    right = (
        after is None
        or after.spaced
        or after.kind in ("wide", "row", "command")
        or (after.text in ("&", ",", ".", ":", ";"))
    )
    return left and right
