"""Displays that a case leads to: "if □: □" behind another display begins a sentence.

Behind a display "if □" is its condition, as a rule.  With a colon, or where displays and cases
come by turns and a display comes last, it is the case of what follows; it is given a capital.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.reader.document import Formula, Item, Prose

__all__ = ["with_cases_apart"]

_CASE = re.compile(r"\s*(?:if|when|for)\s*")


def with_cases_apart(items: Sequence[Item]) -> list[Item]:
    """The items, with a capital where such a case begins."""
    return [
        replace(item, text=re.sub(r"[a-z]", lambda m: m[0].upper(), item.text, count=1))
        if isinstance(item, Prose) and _begins_case(items, n)
        else item
        for n, item in enumerate(items)
    ]


def _begins_case(items: Sequence[Item], n: int) -> bool:
    if not _is_case(items, n) or not _is_display(items, n - 1):
        return False
    condition, after = items[n + 1], items[n + 2] if n + 2 < len(items) else None
    if isinstance(after, Prose):
        return after.text.lstrip().startswith(":")
    if not _is_display(items, n + 2):
        return False
    colon = isinstance(condition, Formula) and condition.content.rstrip().endswith(":")
    return colon or any(_is_case(items, m) and _is_display(items, m + 2) for m in (n - 3, n + 3))


def _is_case(items: Sequence[Item], n: int) -> bool:
    """Whether "if" and a formula within the text stand there."""
    if n < 0 or n + 1 >= len(items):
        return False
    words, condition = items[n], items[n + 1]
    return (
        isinstance(words, Prose)
        and _CASE.fullmatch(words.text.lower()) is not None
        and isinstance(condition, Formula)
        and not condition.display
    )


def _is_display(items: Sequence[Item], n: int) -> bool:
    item = items[n] if 0 <= n < len(items) else None
    return isinstance(item, Formula) and item.display
