"""Words that refer to another part of the text: "back to the original f", "of section 2"."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["names_title", "refers_back", "until_the_end"]

_WHAT = (
    r"(?:□|function|loss|cost|objective|model|network|unit|layer|activation|definition|meaning|"
    r"version|setting|notation|one)s?\b"
)
_BACK = re.compile(
    r"\b(?:back|return(?:s|ed|ing)?|revert(?:s|ed|ing)?) (?:again |now |once more )?to\b|"
    r"\b(?:the|our|its) (?:very )?(?:original|initial|first|earlier|previous|former|old|older)\s+"
    rf"(?:[\w-]+\s+){{0,2}}?{_WHAT}|"
    r"\b(?:of|from|in|by|with) (?:the )?(?:[\w-]+\s+)?(?:(?:sub)?sections?|chapters?|appendix)\b|"
    r"(?:\bsec\.|§)\s*\w",
    re.I,
)
_HERE = re.compile(r"\b(?:in|of|from) (?:this|the present|the current) (?:sub)?section\b", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_END = re.compile(r"[.;!?](?=\s|$)|\n\s*\n")
# What titles of sections of all kinds have in common.
_COMMON = frozenset(
    ("the", "and", "for", "with", "from", "of", "an", "in", "by", "to", "its", "on", "is", "using",
     "one", "two", "first", "second", "case", "section", "part", "step", "example", "introduction",
     "setup", "definition", "model", "method", "loss", "function", "derivation", "derivative",
     "gradient", "forward", "backward", "pass", "general")
)  # fmt: skip


def refers_back(text: str) -> bool:
    """Whether a sentence speaks of what was said in another section, or before."""
    return _BACK.search(_HERE.sub(" ", text)) is not None


def names_title(text: str, title: str, others: Collection[str]) -> bool:
    """Whether a sentence holds all words that tell this title from the others."""
    told = _words(title) - _COMMON - frozenset().union(*map(_words, others))
    return bool(told) and told <= _words(text)


def until_the_end(words: str) -> str:
    """The rest of a sentence, in the text behind a formula."""
    return _END.split(words, maxsplit=1)[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))
