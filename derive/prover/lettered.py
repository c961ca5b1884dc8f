"""The letters that a formula shows: a matrix ``A`` has indices that nobody wrote."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["letters_in"]

_SCRIPT = re.compile(r"[_^]\s*(?:\{([^{}]*)\}|([A-Za-z]))")
_COMMAND = re.compile(r"\\[A-Za-z]+")


def letters_in(text: str) -> frozenset[str]:
    """The letters that stand alone in a formula, or above or below something."""
    plain = _COMMAND.sub(" ", text)
    scripts = "".join(x or y for x, y in _SCRIPT.findall(plain))
    small = "" if text.isascii() else unicodedata.normalize("NFKC", text)  # of pᵢ
    alone = (run for run in re.findall("[A-Za-z]+", plain) if len(run) == 1)
    return frozenset(x for x in (*scripts, *small, *alone) if x.isalpha())
