"""Equations that are said in words: ``$a$ equals $b$`` is read as ``$a = b$``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.meaning import prose
from derive.reader.document import Formula, Item, Prose
from derive.reader.source import Span

__all__ = ["equalities_in_words"]

# What is written as a derivative *is* what the words say; of other things "is" says what they are.
DERIVATIVE = re.compile(
    r"\\partial|\\nabla|[A-Za-z]'|\\prime|"
    r"\\[dt]?frac\s*\{\s*(?:d|\\mathrm\s*\{\s*d\s*\})[^{}]*\}\s*\{\s*(?:d|\\mathrm\s*\{\s*d\s*\})"
)
# Nothing, a relation, or a shape.
NO_VALUE = re.compile(
    r"\s*(?:$|[=<>]|\\(?:[gl]eq?|neq?|in|approx|propto|equiv|to)\b|\(?\s*\w+\s*\\times\s*\w+\s*\)?\s*$)"
)
# A number or a name alone: "where f' is 0", "is delta in our notation".
ALONE = re.compile(
    r"\s*-?(?:[\d./\s]+|\\[dt]?frac\s*\{?\d+\}?\s*\{?\d+\}?|\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*"
)
RECENT = 200  # characters before a formula that may say what it is a part of


def equalities_in_words(items: Sequence[Item]) -> Iterator[Item]:
    """The items, with two formulas that the words between them equate as one."""
    before = ""
    n = 0
    while n < len(items):
        item = items[n]
        if isinstance(item, Formula):
            joined = None
            if n + 2 < len(items) and not _restricted(items[n + 3 : n + 5]):
                joined = _joined(item, items[n + 1], items[n + 2], before[-RECENT:])
            if joined is not None:
                yield joined
                n += 3
                before += "□"
                continue
            before += "□"
        elif isinstance(item, Prose):
            before += item.text
        else:
            before = ""
        yield item
        n += 1


def _restricted(after: Sequence[Item]) -> bool:
    """Whether words say where it holds ("for the true class"), and no formula ("if $i = j$")."""
    match after:
        case [Prose(text=words), Formula()] if prose.only_conjunction(words):
            return False
        case [Prose(text=words), *_]:
            return prose.starts_restriction(words)
    return False


def _joined(first: Formula, words: Item, last: Item, before: str) -> Formula | None:
    if not (isinstance(words, Prose) and isinstance(last, Formula)):
        return None
    if first.display or first.problem or last.problem or last.environment:
        return None
    named = DERIVATIVE.search(first.content) is not None and not ALONE.fullmatch(last.content)
    if not prose.says_equal(words.text, before, named) or NO_VALUE.match(last.content):
        return None
    if not first.content.strip() or len(first.offsets) != len(first.content) + 1:
        return None
    sign = words.span
    return replace(
        last,
        span=Span(first.span.start, last.span.end),
        content=f"{first.content} = {last.content}",
        offsets=(*first.offsets, sign.start, sign.end, *last.offsets),
    )
