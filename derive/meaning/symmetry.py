"""What prose calls symmetric: "$A$ is symmetric", "a symmetric matrix $A$", "the covariance $S$".

The words are those of a sentence in which ``⟦n⟧`` stands for its formula number n.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from derive.meaning.asserting import THINGS, WHICH, asserted, numbers_in
from derive.meaning.mentioned import gives_up
from derive.regex import regex

__all__ = ["Symmetry", "symmetries"]

_NAMED = rf"(?:{THINGS}|(?<![\w'’-])(?P<letter>[B-Z])(?![\w'’-]))"
_FILLED = (
    r"(?:(?:an?|the|both|all|also|always|thus|hence|therefore|indeed|then|again|now|even|clearly|"
    r"obviously|necessarily|assumed|taken|chosen|known|said|to|be|real|square|constant|fixed|given|"
    r"arbitrary|general|invertible|positive|definite|diagonal|and)\s+)*"
)
_OF_A_MATRIX = (
    r"(?:(?:real|square|constant|fixed|given|invertible|positive|semi-?\s?definite|definite|"
    r"positive-(?:semi-?)?definite|weight|kernel|adjacency|covariance|precision|bilinear|"
    r"matri(?:x|ces)|operators?|forms?|hessian|the|an?|"
    r"(?<!matrix )(?<!matrices )(?<!operator )(?<!form )(?<!hessian )and)[\s,]+|"
    r"⟦\d+⟧\s+(?=(?:\w+\s+)?matri))*"
)
# Not "symmetric about the mean", "the symmetric part of A", "symmetric if n = 1".
_ENDS = (
    r"(?![\w-])(?!\s+(?:parts?|about|around|in|under|with respect|functions?|if|only|when|unless|"
    r"difference|distribution|up to)\b)"
)
_SYMMETRIC = rf"(?<![\w-])symmetric{_ENDS}"
_COVARIANCE = r"(?<![\w-])(?:covariance|precision)(?:\s+matri(?:x|ces))?(?![\w-])"
_SAID = tuple(
    regex(pattern, re.I)
    for pattern in (
        rf"(?P<of>{_NAMED})(?:{WHICH})?\s+(?:is|are|be|being|to be|as|remains?)\s+{_FILLED}"
        rf"(?P<said>{_SYMMETRIC})",
        rf"(?P<of>{_NAMED})\s*[,(]?\s*(?:and\s+)?(?:an?\s+)?(?P<said>{_SYMMETRIC})",
        rf"(?P<said>(?<![\w-])symmetric)[\s,]+{_OF_A_MATRIX}(?P<of>{_NAMED})",
        rf"(?P<said>{_COVARIANCE})\s+(?:(?:is|as|by|called)\s+)?(?P<of>{_NAMED})",
        rf"(?P<of>{_NAMED})\s+(?:is|be|are|denotes?|as)\s+{_FILLED}(?:\w+\s+)?(?P<said>{_COVARIANCE})",
    )
)
_OF_SYMMETRY = regex(r"symmetric|covariance|precision", re.I)


@dataclass(frozen=True)
class Symmetry:
    """That a matrix is symmetric.

    ``formula``: the number of the formula that is its name, or its letter as it stands in the
    words; ``at``: where the words say it; ``before``: the words before that; ``always``: it is by
    what it is called, as a covariance; ``denied``: it is assumed no more.
    """

    formula: int | str
    at: int
    before: str
    always: bool
    denied: bool = False


@lru_cache(4096)
def symmetries(words: str) -> tuple[Symmetry, ...]:
    """What the words call symmetric."""
    return tuple(_symmetries(words)) if _OF_SYMMETRY.search(words) else ()


def _symmetries(words: str) -> Iterator[Symmetry]:
    for pattern in _SAID:
        for match in pattern.finditer(words):
            at = match.start("said")
            named_first = match.start("of") < at
            before = words[: match.start()]
            said = asserted(before, named_first) and asserted(words[:at], False)
            if not said and not gives_up(words[:at]):
                continue
            always = not match["said"].lower().startswith("symmetric")
            found: list[int | str] = [*numbers_in(match["of"])]
            for one in found or [match["letter"]]:
                yield Symmetry(one, at, words[:at], always, not said)
