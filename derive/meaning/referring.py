"""Words that refer to another part of the text: "back to the original f", "of section 2"."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["goes_back", "goes_on", "names_title", "refers_back", "until_the_end"]

_WHAT = (
    r"(?:□|(?:function|loss|cost|objective|model|definition|meaning|version|setting|notation|"
    r"one)s?\b)"
)
_BACK = re.compile(
    r"\b(?:back|return(?:s|ed|ing)?|revert(?:s|ed|ing)?) (?:again |now |once more )?to\b|"
    r"\b(?:the|our|its) (?:very )?(?:original|initial|first|earlier|previous|former|old|older)\s+"
    rf"(?:[\w-]+\s+){{0,2}}?{_WHAT}|"
    r"\b(?:of|from|in|by|with) (?:the )?(?:[\w-]+\s+)?(?:(?:sub)?sections?|chapters?|appendix)\b|"
    r"(?:\bsec\.|§)\s*\w|"
    r"\bthe (?:former|latter)\b|\bthe first (?:has|is|gives|yields|satisfies)\b",
    re.I,
)
_HERE = re.compile(r"\b(?:in|of|from) (?:this|the present|the current) (?:sub)?section\b", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_TOKEN = re.compile(r"\w+")
_STAGE = re.compile(r"(?:steps?|stages?|continued|cont)$")
_DONE = frozenset(
    ("gradient", "gradients", "derivative", "derivatives", "differentiation", "differentiating",
     "derivation", "deriving", "proof", "result", "results", "conclusion", "summary", "backward",
     "backpropagation", "pass", "simplification", "simplifying", "computing", "computation",
     "calculation", "calculating", "update", "updates", "solution", "final", "chain", "rule")
)  # fmt: skip
_COMMON_SHORT = frozenset(("the", "a", "an", "of", "and", "for", "in", "with", "by", "to", "our"))
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


def goes_back(title: str, earlier: str) -> bool:
    """Whether a section such as "Model A again" goes on with an earlier one, "Model A"."""
    told = _TOKEN.findall(earlier.lower())
    return bool(told) and set(told) <= set(_TOKEN.findall(title.lower()))


def goes_on(title: str) -> bool:
    """Whether a title names what is done with what was defined before: "Step 2", "Gradient"."""
    words = set(_TOKEN.findall(title.lower()))
    return any(map(_STAGE.match, words)) or words <= _DONE | _COMMON_SHORT


def until_the_end(words: str) -> str:
    """The rest of a sentence, in the text behind a formula."""
    return _END.split(words, maxsplit=1)[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))
