"""Sentences about opposite cases: "at the minimum, □" and "away from the minimum, □".

What the first one says of a name is nothing that holds in the second.
"""

from __future__ import annotations

import re

__all__ = ["contrast", "opening"]

_OPENING = re.compile(
    r"\W*(?:(?:and|but|now|then|thus|here|however|similarly|also|next|on the other hand)\W+)*"
    r"(?P<said>(?P<first>if|when|whenever|where|unless|provided|for|at|in|on|before|after|with|"
    r"without|under|during|near|inside|outside|within|beyond|away from|off|otherwise|elsewhere|"
    r"else|once)\b[^□⟦,;:.]*)",
    re.I,
)
_REST = re.compile(
    r"otherwise|else(?:where)?|(?:in|for)\s+(?:all\s+)?(?:the\s+)?other\s+cases?|if\s+not", re.I
)
_CASE = frozenset(
    ("if", "when", "whenever", "where", "unless", "provided", "for", "in", "at", "with", "once")
)
_OPPOSITES = [
    ({"with"}, {"without"}),
    ({"at", "on", "near", "in", "inside", "within"}, {"away from", "outside", "beyond", "off"}),
    ({"if", "when", "whenever"}, {"unless"}),
]
# A nonlinear unit takes what a linear one makes.
_PARTS = re.compile(
    r"\b(?:layers?|units?|neurons?|nodes?|parts?|terms?|pass(?:es)?|steps?)\b", re.I
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters of a word that a syllable may deny


def opening(sentence: str) -> str:
    """The case or place that a sentence begins with, up to a comma or a formula; "" for none."""
    found = _OPENING.match(sentence)
    return " ".join(found["said"].split()) if found else ""


def contrast(one: str, other: str) -> bool:
    """Whether what is said in the case ``one`` is not said in the case ``other``, its opposite."""
    if not one or not other:
        return False
    first, second = (_OPENING.match(text) for text in (one, other))
    if first is None or second is None:
        return False
    if _REST.fullmatch(other):
        return first["first"].lower() in _CASE and not _REST.fullmatch(one)
    pair = first["first"].lower(), second["first"].lower()
    if any(
        (pair[0] in a and pair[1] in b) or (pair[0] in b and pair[1] in a) for a, b in _OPPOSITES
    ):
        return True
    return not _PARTS.search(other) and (_denies(one, other) or _denies(other, one))


def _denies(one: str, other: str) -> bool:
    """Whether a word of the first is denied in the other: "linear layers", "nonlinear layers"."""
    words = {word for word in _WORD.findall(one.lower()) if len(word) >= _SHORTEST}
    return any(
        re.search(
            rf"\b(?:(?:not|no|non)[\s-]+(?:\w+ly\s+)?|(?:non|un|in|im|ir|a)){word}\b", other, re.I
        )
        and not re.search(rf"\b(?:not|no|non)[\s-]+{word}\b", one, re.I)
        for word in words
    )
