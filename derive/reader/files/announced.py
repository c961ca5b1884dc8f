"""Headings that are lines like others ("Case 1: j = k (...)"): how far they reach.

What follows on the same line may be the condition, which belongs to the heading, or a sentence
that goes on, which does not: its claims have to be read as claims.
"""

from __future__ import annotations

import re

from derive.reader.document import Formula
from derive.reader.files.outline import Marker

_CONDITION = re.compile(
    r"\s*[A-Za-z](?:_\{?\w\}?)?\s*(?:=|\\neq?|≠|\\not\s*=|\\in|<|>|\\[lg]eq?)\s*"
    r"\\?[\w{}]+(?:_\{?\w\}?)?[\s.,:]*"
)
_PLAIN_CONDITION = re.compile(
    r"[\s(*_]*(?:(?:when|if|for|where)\s+)?[A-Za-z](?:_\w)?\s*(?:==?|≠|!=|=/=|<|>)\s*\w(?:_\w)?\b\)?"
)
_BEFORE = re.compile(
    r"[\s(:*_{}~–—-]*(?:(?:when|if|for|where|that is|i\.e\.|suppose)[\s,]+)?(?:\\textbf\{)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|and|,\s*and|&)\s*")
_COMPARES = re.compile(r"^[^=]*(?:[<>≤≥≠]|\\(?:[lg]eq?|lt|gt|neq?)\b)[^=]*$")
# "Step 1. Let $b = 0$": a supposition, and no title.
_SUPPOSES = re.compile(r"\W*(?:let|set|put|take|choose|assume|suppose)\b", re.IGNORECASE)
_AFTER = re.compile(r"[)\]*_}]*[.:,;]?[*_}]*")


def results(formulas: list[Formula]) -> list[Formula]:
    """Those formulas that state a result rather than a condition such as ``i = j``."""
    return [f for f in formulas if "=" in f.content and not _CONDITION.fullmatch(f.content)]


def heading_end(
    work: str,
    base: int,
    formulas: list[Formula],
    mark: Marker,
    begin: int,
    stop: int,
    alone: bool,
    bold: bool,
) -> int:
    """Where the heading ends that begins at ``begin`` with ``mark``; its line ends at ``stop``.

    ``alone``: no prose follows on the next line; ``bold``: the line is set in bold as a whole.
    """
    after = begin + mark.end
    if mark.kind != "case":
        rest = work[after:stop]
        sentence = rest.count(" ") > 10 or ". " in rest or rest.rstrip().endswith((":", ","))
        supposes = bool(formulas) and _SUPPOSES.match(rest) is not None
        runs_on = (sentence or supposes or results(formulas)) and not bold
        return stop if (alone or bold) and not runs_on else after
    if formulas:
        start = formulas[0].span.start - base
        if _BEFORE.fullmatch(work, min(after, start), start):
            end = formulas[0].span.end - base
            for formula in formulas[1:]:  # "Case 1: a > 0 and b < c."
                joined = _JOINED.fullmatch(work, end, formula.span.start - base)
                if joined is None or not _COMPARES.search(formula.content):
                    break
                end = formula.span.end - base
            condition = _AFTER.match(work, end, stop)
            last = condition.end() if condition else stop
            whole = bold or (alone and len(formulas) == 1 and stop - last < 80)
            return stop if whole else last
    if bold or (alone and not results(formulas)):
        return stop
    plain = _PLAIN_CONDITION.match(work, after, stop)
    return plain.end() if plain else after
