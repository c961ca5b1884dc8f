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
from derive.regex import regex

__all__ = ["Total", "called", "spoken_totals", "totals"]

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
_ONES = regex(r"\s*\(?\s*an?\b|(?:sums|adds|is|forms|denotes|represents|lies|lives)\b", re.I)
_EACH_ONE = regex(r"\b(?:each|both|also)\b", re.I)
_GIVEN = regex(r"\b(?:given|for|in|by|from|to|at|of)\s*$", re.I)
_VERB = rf"(?:sum(?:s|ming)?|add(?:s|ing)?)\s+(?:exactly\s+)?(?:up\s+)?to\s+{_ONE}"
_IS = r"(?:is|are|be|being|equals|equal|to be)(?:\s+(?:always|exactly|equal|to))*"
# "a probability vector", "a discrete distribution", "a distribution over the classes".
_SPREAD = (
    rf"{KIND}(?:probability\s+(?:distributions?|vectors?)(?![\w-])|"
    r"(?:discrete|categorical)\s+(?:probability\s+)?distributions?(?![\w-])|"
    r"distributions?\s+over\s+(?:(?:the|all|our|possible|⟦\d+⟧)\s+)*"
    r"(?:class(?:es)?|labels|categories|outcomes|words|tokens|vocabulary|states|actions)\b)"
)
_DISTRIBUTION = (
    rf"(?:is|are|be|being|forms?|denotes?|as|represents?)\s+{ARTICLE}{_SPREAD}|"
    r"(?:is|are|be|being|lies?|lying|lives?)\s+(?:(?:an?|points?|elements?)\s+)*(?:in|on|of|from)\s+"
    r"the\s+(?:(?:probability|unit|standard)\s+)*simplex\b"
)
# "$t$ (a probability distribution)", "$t$ a soft label, that is, a probability vector".
_THAT_IS = r"\s*[,(]?\s*(?:that\s+is|i\.\s?e\.|meaning|or)\s*,?\s*"
_SOFT = r"soft(?:ened)?\s+(?:labels?|targets?)(?:\s+(?:vectors?|distributions?))?"
_APPOSED = (
    rf"\s*\(\s*{ARTICLE}{_SPREAD}(?=\s*(?:[,;)]|over\b|with\b|whose\b|⟦))|"
    rf"\s+(?:(?:is|are|be|being)\s+)?{ARTICLE}{KIND}{_SOFT}{_THAT_IS}{ARTICLE}"
    rf"(?:{_SPREAD}|vectors?\s+of\s+(?:class\s+)?probabilities\b)"
)
# "For two probability distributions $p$ and $q$": whom the words name stands behind them.
_CALLED = (
    rf"(?:^\W*|,\s*|\b(?:for|given|between|of|from|with|consider|take|let)\s+){ARTICLE}{KIND}"
    r"probability\s+(?:(?:distribution|vector)\s+⟦\d+⟧|"
    r"(?:distributions|vectors)\s+⟦\d+⟧(?:\s*,\s*⟦\d+⟧)*(?:\s*,?\s*and\s+⟦\d+⟧)?)"
)
_SAID = regex(
    rf"(?P<of>{THINGS})(?P<between>{_BETWEEN})\s+(?P<verb>{_VERB}|{_DISTRIBUTION})"
    rf"(?P<also>\s*,?\s*(?:and\s+)?(?:so|as)\s+do(?:es)?\s+{THINGS})?|"
    rf"\bsum\s+(?:of|over)\s+(?P<summed>{THING})\s+{_IS}\s+{_ONE}|"
    rf"(?P<apposed>{THINGS})(?:{_APPOSED})|"
    rf"(?P<called>{_CALLED})(?!\s+(?:is|are)\s+not\b)",
    re.I,
)
_SUPPOSED = regex(r"\b(?:if|when\w*|case|assum\w+|suppos\w+|unless)\b", re.I)
# "The weights sum to one": whose name was told before, "weights $w_i$", "$w_i$ be weights".
_NOUN = (
    r"weights?|coefficients?|probabilit(?:y|ies)|targets?|labels?|proportions?|frequenc(?:y|ies)|"
    r"responsibilit(?:y|ies)|shares?|fractions?"
)
_KINDS = r"(?:(?:[a-z]+-)?[a-z]+\s+)??"
_OF_NOUN = regex(
    rf"(?:^|[,;:(.]|\b(?:that|since|because|as|where|and|so|but|when|if|then|now|here)\b)\W*"
    rf"(?:(?:the|these|our|its|all|both)\s+)+{_KINDS}(?P<noun>{_NOUN}){ADVERBS}\s+"
    rf"(?:are\s+(?:all\s+)?(?:non-?\s?negative|positive|normali[sz]ed)\s+and\s+)?{_VERB}",
    re.I,
)
_NAMED = regex(
    rf"\b(?P<before>{_NOUN})\s+⟦(?P<one>\d+)⟧(?!['’]s)|"
    rf"⟦(?P<other>\d+)⟧\s+(?:is|are|be|being|denotes?)\s+{ARTICLE}{KIND}{_KINDS}"
    rf"(?P<behind>{_NOUN})\b(?!\s+(?:of|matri|for)\b)",
    re.I,
)
_NOT_SAID = regex(
    rf"(?P<of>{THINGS})\s+(?:(?:does|do|did|need|may|might|must|will)(?:\s+not|n['’]t)|cannot|"
    r"no longer|never)(?:\s+\w+)?\s+(?:sum|add)s?\b",
    re.I,
)
# Looked for first, for the lists take long.
_OF_SUMS = regex(r"\b(?:sum|add|probabilit|distribution|simplex)", re.I)
# What a sum goes over: a letter, or words.
_A_LETTER = r"(?:\w+\s+){0,3}?⟦(\d+)⟧(?!\s*(?:,|and|or)\s+(?:\w+\s+){0,3}?⟦)"
_SUMMED_OVER = regex(rf"\s*,?\s*(?:over|along|across)\s+{_A_LETTER}", re.I)
_FOR_EACH = regex(rf"\s*,?\s*(?:for|in|within)\s+(?:each|every|all|any)\s+{_A_LETTER}", re.I)
_EACH_BEFORE = regex(r"\bfor\s+(?:each|every|all|any)\s+(?:\w+\s+){0,2}?⟦(\d+)⟧\W*$", re.I)
_GOES_ON = regex(
    r"\s*,?\s*(?:over|along|across|for|in|within|if|only|when|whenever|unless|except)\b", re.I
)
_IN_WORDS = regex(r"\s*(?:over|along|across)\s+(?:(?:all|the|its|their)\s+)*\w+\s*[.,;:)]", re.I)
_COLUMNS = regex(r"\bcolumns?\b(?!\s+vectors?\b)", re.I)
_TOGETHER = regex(r"\b(?:all|together|whole|overall|total|joint(?:ly)?)\b", re.I)
# "a probability distribution $p_{ij}$ over pairs"
_OVER_PAIRS = regex(
    r"\s*,?\s*(?:over|on|of|for)\s+(?:(?:all|the|ordered|such)\s+)*(?:pairs?|both|tuples?)\b", re.I
)


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
        if not asserted(before, of=not (match["apposed"] or match["called"])):
            if gives_up(before):
                for number in numbers_in(_whose(match)):
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
        whole = whole or _OVER_PAIRS.match(behind) is not None
        # "For a probability distribution $p_{ij}$" may go on with "over pairs"
        whole = whole or re.search(r"distribution\s+⟦", match["called"] or "", re.I) is not None
        columns = _COLUMNS.search(before[-20:] + match[0]) is not None
        of = _whose(match)
        if match["apposed"]:
            of = "⟦" + of.rpartition("⟦")[2] if _ONES.match(match[0][len(of) :]) else of
            before = before if _SUPPOSED.search(before) else ""  # "for targets $t$ (a ...)"
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


def _whose(match: re.Match[str]) -> str:
    """Of whom a sum is said to be 1."""
    return match["of"] or match["summed"] or match["apposed"] or match["called"]


@lru_cache(4096)
def called(words: str) -> tuple[tuple[str, int], ...]:
    """What the words call a formula: a noun, in the singular, and the formula's number."""
    return tuple(
        (_singular(match["before"] or match["behind"]), int(match["one"] or match["other"]))
        for match in _NAMED.finditer(words)
    )


@lru_cache(4096)
def spoken_totals(words: str) -> tuple[tuple[str, int], ...]:
    """Nouns of which the words say that they sum to 1, and where."""
    if not _OF_SUMS.search(words):
        return ()
    return tuple(
        (_singular(match["noun"]), match.start("noun"))
        for match in _OF_NOUN.finditer(words)
        if asserted(words[: match.start("noun")], of=False)
        and not _GOES_ON.match(words[match.end() :])
    )


def _singular(noun: str) -> str:
    return re.sub(r"s$", "", re.sub(r"ies$", "y", noun.lower()))
