"""Words and products: how a run of letters typed side by side falls apart.

TeX sets ``MSE`` as the product of three letters; authors mean a word.  A run of one or two
letters is a product; a longer one is a word if it is a known abbreviation, is written like a
word, or is a function's name; a letter with digits directly behind it (``Z2``) is a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.reader.formulas.symbols import BARE_FUNCTIONS, WORDS_OF_THREE, word_set

_NAME_WITH_DIGITS = re.compile(r"d?[A-Za-z]")
_WRITTEN_LIKE_A_WORD = re.compile(r"[A-Z]?[a-z]{2,}(?:[A-Z][a-z]+)*|[A-Z]{4,}")
_LABEL = re.compile(r"[a-z][eo][a-z]")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_GLUED = ("log", "exp", "ln")
_IDENTIFIER = re.compile(r"[^\W\d_][\w'-]*(?: [^\W_][\w'-]*)*")

CONNECTIVES = word_set(
    "if for when whenever where with and or otherwise else since because as by from using "
    "use so then thus therefore hence let given such unless provided is are be in on at of "
    "to the all any each every otherwise. iff only but that which while assuming assume "
    "suppose note via i.e. e.g. subject until after before not we here now also again next "
    "finally similarly consequently yields gives"
)
"""Words that join pieces of mathematics and are never names."""


_APPLIED = word_set("tr Tr KL CE JS BN FL LL LS")
_WORDS_OF_TWO = word_set("KL CE JS FL")  # nobody multiplies these


def is_applied(letters: str) -> bool:
    """Two letters that are a name where a bracket follows, or in a subscript: ``KL(p, q)``."""
    return letters in _APPLIED


def is_label(letters: str) -> bool:
    """Whether three letters below a name are a word: ``w_{rec}``; no index is called e or o."""
    return _LABEL.fullmatch(letters) is not None


def is_word(letters: str) -> bool:
    """Whether a run of letters is one word rather than a product of letters."""
    if letters in BARE_FUNCTIONS or letters in WORDS_OF_THREE:
        return True
    if len(letters) > 3 and letters[0] == "d" and is_word(letters[1:]):
        return True
    if len(letters) < 4 or letters.lower() in _ALPHABET:
        return False
    if letters.isupper():
        return True
    vowels = sum(letter in "aeiouAEIOU" for letter in letters)
    return vowels > 0 and _WRITTEN_LIKE_A_WORD.fullmatch(letters) is not None


def split_run(pieces: Sequence[str]) -> list[int]:
    """How many pieces each name of a run takes; a piece is a letter, a number or an underscore.

    ``y l o g p`` is 1, 3, 1; ``d Z 2`` is 3; ``a b`` is 1, 1.
    """
    letters = 0
    while letters < len(pieces) and pieces[letters].isalpha():
        letters += 1
    run = "".join(pieces[:letters])
    rest = pieces[letters:]
    if rest and rest[0] == "_":
        return [len(pieces)]
    if rest:
        if _NAME_WITH_DIGITS.fullmatch(run) or is_word(run):
            return [letters + 1, *_remaining(pieces, letters + 1)]
        return [1] * (letters - 1) + [2, *_remaining(pieces, letters + 1)]
    if len(run) < 3 and run not in BARE_FUNCTIONS:
        return [letters] if run in _WORDS_OF_TWO else [1] * letters
    if run in BARE_FUNCTIONS or run in WORDS_OF_THREE:
        return [letters]
    for function in _GLUED:
        before, found, after = run.partition(function)
        if found and len(before) <= 2 and len(after) <= 2:
            return [1] * len(before) + [len(function)] + [1] * len(after)
    if is_word(run):
        return [letters]
    return [1] * letters


def _remaining(pieces: Sequence[str], start: int) -> list[int]:
    return split_run(pieces[start:]) if start < len(pieces) else []


def is_identifier(text: str) -> bool:
    """Whether the words of a ``\\text{...}`` can be a name: ``softmax``, ``true positives``."""
    if not _IDENTIFIER.fullmatch(text):
        return False
    return not any(word.lower() in CONNECTIVES for word in text.split())
