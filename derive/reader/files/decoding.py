"""From bytes to text, or one sentence that says why not."""

from __future__ import annotations

import codecs
import re

MAXIMAL_LENGTH = 2_000_000
"""Characters of text: twice a long textbook.  What is longer is refused, not half read."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class UnreadableDocument(Exception):
    """The file as a whole cannot be read; the message is one sentence for its author."""


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 that says so with a byte order mark.

    Raises UnreadableDocument for anything else, and for files that are too long to be a text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        if b"\0" in data:
            raise UnreadableDocument("it is a binary file (it holds NUL bytes)")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise UnreadableDocument(f"it is not {name} text (byte {error.start + 1})") from None


def readable(text: str) -> str:
    """``text`` without a byte order mark; raises UnreadableDocument where it is no text at all."""
    refuse_if_longer(len(text))
    if "\0" in text:
        raise UnreadableDocument("it is a binary file (it holds NUL characters)")
    surrogate = _SURROGATE.search(text)
    if surrogate:
        raise UnreadableDocument(
            f"it holds half a surrogate pair (character {surrogate.start() + 1}), which is no text"
        )
    return text.removeprefix("\ufeff")


def refuse_if_longer(length: int) -> None:
    """Raises UnreadableDocument for a text that is longer than what is read."""
    if length > MAXIMAL_LENGTH:
        raise UnreadableDocument(
            f"it has {length} characters, more than the {MAXIMAL_LENGTH} that are read"
        )
