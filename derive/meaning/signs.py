"""What prose says of the sign of data: "$x$ is positive", "a standard deviation $s$".

The words are those of a sentence in which ``⟦n⟧`` stands for its formula number n.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from derive.meaning.asserting import THINGS, WHICH, asserted, numbers_in
from derive.regex import regex

__all__ = ["Told", "signs"]

Relation: TypeAlias = Literal[">", ">=", "<", "<="]

_NUMBERS = (
    r"(?:real|numbers?|reals|constants?|scalars?|values?|parameters?|weights?|coefficients?|"
    r"variables?|quantit(?:y|ies))"
)
_FILLED = (
    r"(?:(?:an?|the|both|all|also|always|thus|hence|therefore|then|again|now|clearly|assumed|taken|"
    r"chosen|to|be|real|constant|fixed|given|arbitrary|finite|some|any)\s+)*"
)
_SIGN = r"(?<![\w-])(?:strictly\s+)?(?P<said>positive|non-?\s?negative|negative|non-?\s?positive)"
_ENDS = (
    rf"(?=(?:\s+{_NUMBERS})*\s*(?:[,.;:)]|$|\b(?:and|so|then|we|with|as|by|because|since|but|which|"
    r"that|the|this|it)\b))"
)
_SAID = tuple(
    regex(pattern, re.I)
    for pattern in (
        rf"(?P<of>{THINGS})(?:{WHICH})?\s+(?:is|are|be|being|to be|as|remains?)\s+{_FILLED}"
        rf"{_SIGN}{_ENDS}",
        rf"{_SIGN}\s+(?:{_NUMBERS}\s+)*(?P<of>{THINGS})",
        rf"(?P<said>standard\s+deviations?)\s+(?P<of>{THINGS})",
        rf"(?P<of>{THINGS})(?:{WHICH})?\s+(?:is|are|be|being|denotes?)\s+{_FILLED}"
        r"(?P<said>standard\s+deviations?)\b",
    )
)
_RELATIONS: dict[str, Relation] = {
    "positive": ">",
    "nonnegative": ">=",
    "negative": "<",
    "nonpositive": "<=",
    "standarddeviation": ">=",
}
_OF_SIGNS = regex(r"positive|negative|deviation", re.I)


@dataclass(frozen=True)
class Told:
    """The sign of the name that is a formula; ``at``: where it is said, ``before``: behind what."""

    formula: int
    relation: Relation
    at: int
    before: str


@lru_cache(4096)
def signs(words: str) -> tuple[Told, ...]:
    """What the words say of signs."""
    return tuple(_signs(words)) if _OF_SIGNS.search(words) else ()


def _signs(words: str) -> Iterator[Told]:
    for pattern in _SAID:
        for match in pattern.finditer(words):
            at = match.start("said")
            before = words[: match.start()]
            if not asserted(before, match.start("of") < at) or not asserted(words[:at], False):
                continue
            relation = _RELATIONS[re.sub(r"[-\s]|(?<=deviation)s$", "", match["said"].lower())]
            for number in numbers_in(match["of"]):
                yield Told(number, relation, at, words[:at])
