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


def _stands_apart(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """Whether space, a cell's edge or punctuation stands on both sides."""
    before = tokens[begin - 1] if begin > 0 else None
    after = tokens[end] if end < len(tokens) else None
    edges = ("wide", "row", "number")
    left = before is None or tokens[begin].spaced or before.kind in edges or before.text in "&,;.}"
    right = (
        after is None
        or after.spaced
        or after.kind in ("wide", "row", "command")
        or (after.text in ("&", ",", ".", ":", ";"))
    )
    return left and right
