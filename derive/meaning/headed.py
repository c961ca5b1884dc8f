"""Words and a colon at the head of an equation: ``L2 : w_{t+1} = (1 - a) w_t``.

They say which of several equations it is, as a heading would.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.reader.syntax import (
    Chain,
    Name,
    Numeral,
    ParsedFormula,
    Product,
    Row,
    Syntax,
    Text,
)

__all__ = ["without_heads"]

_BEHIND = frozenset(("=", "assign", "equiv", "approx", "<", ">", "<=", ">="))


def without_heads(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with what stands behind the colon alone."""
    return {key: replace(f, rows=tuple(map(_behind, f.rows))) for key, f in formulas.items()}


def _behind(row: Row) -> Row:
    match row.body:
        case Chain(span, head, ((colon, first), *rest)) if (
            head is not None
            and first is not None
            and rest
            and colon.text == "other"
            and all(sign.text in _BEHIND for sign, _ in rest)
            and _is_head(head)
        ):
            whole = replace(span, start=first.span.start)
            return replace(row, body=Chain(whole, first, tuple(rest)))
    return row


def _is_head(node: Syntax) -> bool:
    """A word, or a capital letter with a number, as in ``L2`` and ``L2 regularization``."""
    match node:
        case Text() | Name(word=True):
            return True
        case Product(_, (Name(_, letter), Numeral(_, number), *words), _):
            counted = len(letter) == 1 and letter.isupper() and number.isdigit()
            return counted and all(isinstance(w, Text) or _is_word(w) for w in words)
    return False


def _is_word(node: Syntax) -> bool:
    return isinstance(node, Name) and node.word
