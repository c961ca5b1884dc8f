"""What only dresses a formula: circled labels, dollars in boxes, bars typed as the wrong sign.

``\\textcircled{1}`` is a label, and so is ``(Mean)`` in front; the dollars of
``\\colorbox{red}{$a = b$}`` switch nothing; the ``\\lvert`` of ``p(x \\lvert y)``, which nothing
closes, is the bar of a condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.reader.formulas.environments import enclosing
from derive.reader.formulas.symbols import RELATIONS
from derive.reader.formulas.tokens import Token, after_braces
from derive.reader.formulas.words import is_word

# Commands that print no mathematics, and how many arguments they have.
_LABELS = {"\\textcircled": 1, "\\circled": 1, "\\definecolor": 3}
_DOLLARS = frozenset(("$", "\\(", "\\)"))
_DRESS = frozenset((*_LABELS, *_DOLLARS, "\\lvert"))


def undressed(tokens: list[Token]) -> list[Token]:
    """The tokens, macros expanded, without their dress."""
    if any(token.text in _DRESS for token in tokens):
        tokens = _conditions(_without_labels(tokens))
    return _announced(tokens) if tokens and tokens[0].text == "(" else tokens


def _without_labels(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    bare: list[bool] = []  # for each open brace: whether it is no command's argument
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.text in _LABELS:
            index = _past(tokens, index + 1, _LABELS[token.text])
            continue
        if token.kind == "open":
            before = tokens[index - 1] if index else token
            bare.append(before.kind not in ("command", "close") and before.text not in ("_", "^"))
        elif token.kind == "close" and bare:
            bare.pop()
        if not (token.text in _DOLLARS and bare and bare[-1]):
            kept.append(token)
        index += 1
    return kept


def _announced(tokens: list[Token]) -> list[Token]:
    """``(Mean) \\mu = ...``: a word in brackets in front says what the formula is."""
    end = 1
    while end < len(tokens) and tokens[end].kind == "letter":
        end += 1
    word = "".join(token.text for token in tokens[1:end])
    if not (word.istitle() and is_word(word) and end + 1 < len(tokens)):
        return tokens
    after = tokens[end + 1]
    if tokens[end].text != ")" or after.text in RELATIONS or after.kind == "symbol":
        return tokens
    first, last = tokens[0], tokens[end]
    return [
        replace(first, kind="command", text="\\text", raw=""),
        replace(first, kind="open", text="{", raw=""),
        *(replace(token, kind="letter") for token in tokens[: end + 1]),
        replace(last, kind="close", text="}", raw=""),
        *tokens[end + 1 :],
    ]


def _past(tokens: Sequence[Token], index: int, arguments: int) -> int:
    """The position after so many arguments in braces, fewer where there are no more."""
    for _ in range(arguments):
        index = after_braces(tokens, index)
    return index


def _conditions(tokens: list[Token]) -> list[Token]:
    """``\\lvert`` that its brackets close before any ``\\rvert`` does is ``\\mid``."""
    opened: list[int] = []
    lonely: set[int] = set()
    for index, token in enumerate(tokens):
        if _is_bar(token) or enclosing(token) > 0:
            opened.append(index)
        elif (token.kind, token.text) == ("command", "\\rvert"):
            if opened and _is_bar(tokens[opened[-1]]):
                opened.pop()
        elif enclosing(token) < 0:
            while opened and _is_bar(tokens[opened[-1]]):
                lonely.add(opened.pop())
            if opened:
                opened.pop()
    return [
        replace(token, text="\\mid") if index in lonely else token
        for index, token in enumerate(tokens)
    ]


def _is_bar(token: Token) -> bool:
    return (token.kind, token.text) == ("command", "\\lvert")
