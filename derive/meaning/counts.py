"""How many of something the prose speaks of: "three classes", "a binary problem".

It does not say of which index range; a step that holds for so many positions is not called false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.reader.document import Document
from derive.reader.source import Place, Span

__all__ = ["counts"]

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight")
_COUNTED = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_WORDS)})|(?P<digit>[2-8]))[\s-]+(?:\w+[\s-]+){{0,2}}?"
    r"(?:class(?:es)?|categor\w+|outcomes?|labels?|features?|inputs?|outputs?|components?|units?|"
    r"neurons?|nodes?|logits?|scores?|points?|samples?|observations?|examples?|tokens?|states?|"
    r"actions?|clusters?|terms?|elements?|entries|coordinates?|dimension(?:s|al)?|variables?|"
    r"numbers?|probabilities|words?|experts?|layers?)\b|"
    r"\b(?P<two>binary|bernoulli|logistic|in the plane)\b",
    re.I,
)


def counts(document: Document) -> tuple[tuple[Place, int], ...]:
    """Places in the document, each with a number of things that it speaks of."""
    return tuple(_counts(document))


def _counts(document: Document) -> Iterator[tuple[Place, int]]:
    for found in _COUNTED.finditer(document.text):
        word = (found["word"] or "").lower()
        number = 2 if found["two"] else _WORDS.index(word) + 2 if word else int(found["digit"])
        yield document.place(Span(*found.span())), number
