"""Equations that are said in words: ``$a$ equals $b$`` is read as ``$a = b$``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.meaning import prose
from derive.reader.document import Formula, Item, Prose
from derive.reader.source import Span

__all__ = ["equalities_in_words"]

RECENT = 200  # characters before a formula that may say what it is a part of


def equalities_in_words(items: Sequence[Item]) -> Iterator[Item]:
    """The items, with two formulas that the words between them equate as one."""
    before = ""
    n = 0
    while n < len(items):
        item = items[n]
        if isinstance(item, Formula):
            after = items[n + 3] if n + 3 < len(items) else None
            restricted = isinstance(after, Prose) and prose.starts_restriction(after.text)
            joined = None
            if n + 2 < len(items) and not restricted:
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


def _joined(first: Formula, words: Item, last: Item, before: str) -> Formula | None:
    if not (isinstance(words, Prose) and isinstance(last, Formula)):
        return None
    if first.display or first.problem or last.problem or last.environment:
        return None
    if not prose.says_equal(words.text, before) or last.content.lstrip()[:1] in ("", "="):
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
