"""What prose says of sums that are 1: "the $t_i$ sum to one", "$t$ and $p$ add up to 1".

The words are those of a sentence in which ``⟦n⟧`` stands for its formula number n, and numerals
for formulas that are nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from derive.meaning.asserting import (
    ADVERBS,
    ARTICLE,
    ENTRIES,
    KIND,
    PARTS,
    THING,
    THINGS,
    WHICH,
    asserted,
    numbers_in,
)
from derive.meaning.mentioned import gives_up

__all__ = ["Total", "totals"]

_WHOSE = rf"\s*,?\s+(?:whose|with|with its|with their|has|have|having)\s+{ENTRIES}(?:{WHICH})?"
_ARE = (
    rf"(?:{WHICH})?\s+(?:is|are|be|being|were)(?:\s+(?:chosen|such|real))?\s+{ARTICLE}{KIND}"
    rf"(?:{PARTS}(?:\s+of\s+{KIND}{PARTS})?|non-?\s?negative|positive|normali[sz]ed|real)"
    rf"(?:{WHICH}|{_WHOSE}|\s+to|\s*,?\s+(?:and|so)(?:\s+(?:they|it))?)"
)
_AND = r"\s*,?\s+and(?:\s+(?:that\s+)?(?:they|it))?"
_BETWEEN = rf"(?:{_ARE}|{WHICH}|{_WHOSE}|{_AND})?{ADVERBS}"
_ONE = (
    r"(?:1(?![\d.]\d|\d|⟦)|one|unity)(?![\w-])"
    r"(?=\s*(?:[,;:)!]|\.(?!\d)|$|(?:and|so|then|we|for|over|across|along|in|within|since|because|"
    r"as|while|whereas|but|by|this|it|the|here|i\.e|thus|hence|therefore|giving|yields?)\b))"
)
# A verb in the singular, said of one only.
_ONES = re.compile(r"(?:sums|adds|is|forms|denotes|represents|lies|lives)\b", re.I)
_EACH_ONE = re.compile(r"\b(?:each|both|also)\b", re.I)
_GIVEN = re.compile(r"\b(?:given|for|in|by|from|to|at|of)\s*$", re.I)
_VERB = rf"(?:sum(?:s|ming)?|add(?:s|ing)?)\s+(?:exactly\s+)?(?:up\s+)?to\s+{_ONE}"
_IS = r"(?:is|are|be|being|equals|equal|to be)(?:\s+(?:always|exactly|equal|to))*"
_DISTRIBUTION = (
    rf"(?:is|are|be|being|forms?|denotes?|as|represents?)\s+{ARTICLE}"
    rf"{KIND}probability\s+(?:distributions?|vectors?)(?![\w-])|"
    r"(?:is|are|be|being|lies?|lying|lives?)\s+(?:(?:an?|points?|elements?)\s+)*(?:in|on|of|from)\s+"
    r"the\s+(?:(?:probability|unit|standard)\s+)*simplex\b"
)
_SAID = re.compile(
    rf"(?P<of>{THINGS})(?P<between>{_BETWEEN})\s+(?P<verb>{_VERB}|{_DISTRIBUTION})"
    rf"(?P<also>\s*,?\s*(?:and\s+)?(?:so|as)\s+do(?:es)?\s+{THINGS})?|"
    rf"\bsum\s+(?:of|over)\s+(?P<summed>{THING})\s+{_IS}\s+{_ONE}",
    re.I,
)
_NOT_SAID = re.compile(
    rf"(?P<of>{THINGS})\s+(?:(?:does|do|did|need|may|might|must|will)(?:\s+not|n['’]t)|cannot|"
    r"no longer|never)(?:\s+\w+)?\s+(?:sum|add)s?\b",
    re.I,
)
# Looked for first, for the lists take long.
_OF_SUMS = re.compile(r"\b(?:sum|add|probability|simplex)", re.I)
# What a sum goes over: a letter, or words.
_A_LETTER = r"(?:\w+\s+){0,3}?⟦(\d+)⟧(?!\s*(?:,|and|or)\s+(?:\w+\s+){0,3}?⟦)"
_SUMMED_OVER = re.compile(rf"\s*,?\s*(?:over|along|across)\s+{_A_LETTER}", re.I)
_FOR_EACH = re.compile(rf"\s*,?\s*(?:for|in|within)\s+(?:each|every|all|any)\s+{_A_LETTER}", re.I)
_EACH_BEFORE = re.compile(r"\bfor\s+(?:each|every|all|any)\s+(?:\w+\s+){0,2}?⟦(\d+)⟧\W*$", re.I)
_GOES_ON = re.compile(
    r"\s*,?\s*(?:over|along|across|for|in|within|if|only|when|whenever|unless|except)\b", re.I
)
_IN_WORDS = re.compile(
    r"\s*(?:over|along|across)\s+(?:(?:all|the|its|their)\s+)*\w+\s*[.,;:)]", re.I
)
_COLUMNS = re.compile(r"\bcolumns?\b(?!\s+vectors?\b)", re.I)
_TOGETHER = re.compile(r"\b(?:all|together|whole|overall|total)\b", re.I)


@dataclass(frozen=True)
class Total:
    """That the components of a formula's name sum to 1.

    ``formula``: its number; ``at``: where the words say it; ``before``: the words before that;
    ``over``, ``each``: the number of the formula that is the letter summed over, or that is not
    (None: the words name none); ``columns``: it is said of columns; ``whole``: of a sum over all
    that there is; ``denied``: the sum may be anything.
    """

    formula: int
    at: int
    before: str
    over: int | None = None
    each: int | None = None
    columns: bool = False
    whole: bool = False
    denied: bool = False


@lru_cache(4096)
def totals(words: str) -> tuple[Total, ...]:
    """What the words say of sums that are 1."""
    return tuple(_totals(words)) if _OF_SUMS.search(words) else ()


def _totals(words: str) -> Iterator[Total]:
    for match in _NOT_SAID.finditer(words):
        for number in numbers_in(match["of"]):
            yield Total(number, match.start(), words[: match.start()], denied=True)
    for match in _SAID.finditer(words):
        before, behind = words[: match.start()], words[match.end() :]
        if not asserted(before):
            if gives_up(before):
                for number in numbers_in(match["of"] or match["summed"]):
                    yield Total(number, match.start(), before, denied=True)
            continue
        over, each = _SUMMED_OVER.match(behind), _FOR_EACH.match(behind)
        in_words = _IN_WORDS.match(behind)
        if any(found and not behind[found.end() :] for found in (over, each)):
            continue  # "over $n$", and perhaps more
        if _GOES_ON.match(behind) and not (over or each or in_words):
            continue
        each = each or _EACH_BEFORE.search(before)
        whole = in_words is not None or _TOGETHER.search(match[0]) is not None
        columns = _COLUMNS.search(before[-20:] + match[0]) is not None
        of = match["of"] or match["summed"]
        if match["of"] and _GIVEN.search(before) and "," in of:
            continue  # "given $z$, $t$ and $p$ sum to one"
        if match["of"] and _ONES.match(match["verb"]) and not _EACH_ONE.search(match["between"]):
            of = "⟦" + of.rpartition("⟦")[2]  # "a function of $z$ and $t$ sums to one"
        for number in numbers_in(f"{of} {match['also'] or ''}"):
            yield Total(
                number,
                match.start(),
                before,
                int(over[1]) if over else None,
                int(each[1]) if each else None,
                columns,
                whole,
            )
