"""What prose says of the correct class: "1 for the correct class and 0 otherwise".

The words are those of a sentence in which ``⟦n⟧`` stands for its formula number n, and numerals
for formulas that are nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from derive.meaning.asserting import asserted

__all__ = ["Correct", "correct_class", "labels", "names_correct_class", "speaks_of_any"]

_CLASS = (
    r"(?:(?:correct|true|target|right|actual|ground[- ]truth|gold|hot|active)"
    r"(?:[- ](?:outside|context|output|next))?"
    r"(?:[- ](?:class|label|category|word|token|answer|index|output|one))+"
    r"|target|ground[- ]truth)"
)
_OTHERS = (
    r"(?:incorrect|wrong|false|other|remaining|non-target)\s+"
    r"(?:class|label|categor|word|token|component|entr|element|position|one)\w*"
)
_AT = r"(?:only\s+)?(?:for|if|when|where|at|in|on)\b"
_BETWEEN = r"[^.;]{0,70}?"
_ELSE = rf"(?:otherwise|else\b|elsewhere|everywhere|{_AT})"
# "1 for the correct class and 0 otherwise", "0 everywhere except for a 1 at the target class".
_ONE_HOT = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:1|one)\W{{0,3}}\s*{_AT}{_BETWEEN}\b{_CLASS}\b{_BETWEEN}"
        rf"\b(?:0|zero)s?\b\W{{0,3}}\s*{_ELSE}",
        rf"\b(?:0|zero)s?\b\W{{0,3}}\s*(?:{_AT}{_BETWEEN}\b{_OTHERS}|everywhere|except\b)"
        rf"{_BETWEEN}\b(?:1|one)\W{{0,3}}\s*{_AT}{_BETWEEN}\b{_CLASS}\b",
    )
)
# "for incorrect classes y_i is 0", "y_i is 0 for all other classes".
_ZERO = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:for|at|in)\s+(?:the\s+|an?\s+|all\s+|any\s+|every\s+)*{_OTHERS}\W+"
        r"(?:the\s+)?(?:label\s+)?⟦(\d+)⟧\s+(?:is|are|equals)\s+(?:always\s+)?(?:0|zero)\b",
        r"⟦(\d+)⟧\s+(?:is|are|equals)\s+(?:always\s+)?(?:0|zero)\s+(?:for|at|in)\s+"
        rf"(?:the\s+|all\s+|any\s+|every\s+)*{_OTHERS}",
    )
)
_CASE = r"(?:samples?|examples?|inputs?|observations?|instances?|images?|(?:data )?points?)"
# "only one class can be active in t", "t_ic is 1 if and only if example i belongs to class c".
_OF_ONE_CLASS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:only|exactly)\s+(?:1|one)\s+(?:class|component|entry|element|output|label)\s+"
        r"(?:can\s+be|may\s+be|is)\s+(?:activated|active|on|hot|set)\s+in\s+(?:the\s+)?⟦(\d+)⟧",
        rf"⟦(\d+)⟧\s+(?:is|equals)\s+(?:1|one)\s+(?:if\s+and\s+only\s+if|iff|exactly\s+(?:if|when))"
        rf"\s+(?:the\s+)?{_CASE}\s+⟦\d+⟧\s+(?:belongs\s+to|is\s+of|is\s+in|has)\s+(?:the\s+)?"
        r"(?:class|label|category)\s+⟦\d+⟧",
    )
)
# A formula, or a letter that is written as it stands.
_LETTER = r"(?:⟦(?P<n>\d+)⟧|(?<![\w'’-])(?P<letter>[b-zB-Z])(?![\w'’-]))"
_IS = (
    r"(?:is|be|being|as|by|denotes?|denoted(?:\s+(?:by|as))?|represents?|stands\s+for|indicates?|"
    r"called|say|namely|(?:has|with|at|of)\s+index|indexed\s+by|index)"
)
_CORRECT = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?<!-){_CLASS}(?:\s+(?:index|label))?[\s,(:]*(?:{_IS}\s+)*[(:]?\s*{_LETTER}",
        rf"{_LETTER}\s*,?\s*{_IS}\s+(?P<not>not\s+)?(?:always\s+)?(?:the\s+|an?\s+|our\s+)?"
        r"(?:(?:index|label|number|position|class|integer)\s+(?:of|for|to|corresponding\s+to)\s+"
        rf"(?:the\s+)?)?{_CLASS}(?!\s+(?:vector|distribution|probabilit))\b",
    )
)
_INCORRECT = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_OTHERS}[\s,(:]*(?:{_IS}\s+)*[(:]?\s*{_LETTER}",
        rf"{_LETTER}\s*,?\s*{_IS}\s+(?:the\s+|an?\s+|one\s+of\s+the\s+)?{_OTHERS}",
        rf"{_LETTER}\s*,?\s*{_IS}\s+(?:an?y?\s+|some\s+)?(?:class|label|category)\s+"
        rf"(?:other\s+than|different\s+from|which\s+is\s+not)\s+(?:the\s+)?{_CLASS}",
    )
)
_HEDGED = re.compile(
    r"\b(ideal\w*|want|would|should|could|may|might|close|near\w*|approximately|almost|approach\w*|"
    r"goal|hope|whether|predict\w*|not|never|n't|no|suppose that it)\b|n['’]t\b",
    re.I,
)
_SPEAKS = re.compile(
    r"class|label|categor|token|word|answer|target|truth|\b(?:incorrect|wrong|false|other|remaining)",
    re.I,
)
# "with a 1 for the true word o": where the 1 of the label stands is no case among others.
_ITS_ONE = re.compile(r"\ba\s+\W?(?:1|one)\W{0,3}\s*(?:for|at|in|on)\s+(?:the\s+)?$", re.I)
_SET = re.compile(r"\b(?:let|suppose|assume|denote)\b[^.;:]*$", re.I)
_FOR_A_MOMENT = re.compile(r"\b(?:if|when|whenever|for|in case|unless|at)\b[^.;:]*$", re.I)


@dataclass(frozen=True)
class Correct:
    """A letter is the correct class, or one that is not.

    ``formula``: the number of the formula that is the letter, or the letter as it stands in the
    words; ``passing``: only the sentence supposes it ("if k is the correct class").
    """

    formula: int | str
    correct: bool
    passing: bool


@lru_cache(4096)
def labels(words: str) -> tuple[tuple[int, int | None], ...]:
    """Where the words say that labels are 1 for the correct class and 0 for all others.

    Gives the place, and the number of the formula that they say it of (None: one before it).
    """
    return tuple(_labels(words)) if _SPEAKS.search(words) else ()


def _labels(words: str) -> Iterator[tuple[int, int | None]]:
    for pattern in _ONE_HOT:
        for match in pattern.finditer(words):
            if _is_said(words, match):
                yield match.start(), None
    for pattern in (*_ZERO, *_OF_ONE_CLASS):
        for match in pattern.finditer(words):
            if _is_said(words, match):
                yield match.start(), int(match.group(1))


def _is_said(words: str, match: re.Match[str]) -> bool:
    """Whether the author says so, and neither asks nor tells what others say."""
    before = words[: match.start()]
    asked = "?" in words[match.end() :]
    return not asked and asserted(before, of=False) and _HEDGED.search(before) is None


@lru_cache(4096)
def correct_class(words: str) -> tuple[Correct, ...]:
    """Which letters the words call the correct class, or another than that."""
    return tuple(_correct_class(words)) if _SPEAKS.search(words) else ()


def _correct_class(words: str) -> Iterator[Correct]:
    for pattern in _CORRECT:
        for match in pattern.finditer(words):
            before = words[: match.start()]
            if re.search(r"\b(?:whether|unless|not|no|predict\w*)\W*(?:the\s+)?$", before, re.I):
                continue
            denied = bool(match.groupdict().get("not"))
            passing = _FOR_A_MOMENT.search(before) is not None and not _ITS_ONE.search(before)
            yield Correct(_letter(match), not denied, passing or denied)
    for pattern in _INCORRECT:
        for match in pattern.finditer(words):
            before = words[: match.start()]
            if not re.search(r"\bnot\W*(?:the\s+|an?\s+)?$", before, re.I):
                yield Correct(_letter(match), False, _SET.search(before) is None)


def _letter(match: re.Match[str]) -> int | str:
    return int(match["n"]) if match["n"] else match["letter"]


def speaks_of_any(words: str, letter: str) -> bool:
    """Whether the words, with the formula ``letter``, speak of any class: "for every k"."""
    other = r"(?:other|remaining|incorrect|wrong|false|non)\b"
    any_ = rf"\b(?:any|every|each|all|arbitrary|generic|general)\W+(?:(?!{other})\w+\W+){{0,3}}"
    return re.search(any_ + re.escape(letter), words, re.I) is not None


def names_correct_class(letter: str) -> bool:
    """Whether an index is named for the correct class: the ``true`` of ``p_{true}``."""
    found = set(re.findall(r"[a-z]+", letter.lower()))
    return len(letter) > 1 and not found.isdisjoint(
        {"true", "target", "correct", "gold", "truth", "label", "gt"}
    )
