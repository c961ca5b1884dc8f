"""Notation that may mean something else, where a claim does not hold as it is read.

A counterexample shows nothing of ``\\sigma^t = ...`` where t counts moments, and nothing of
``|A| = ...`` where the bars around a matrix stand for its determinant.
"""

from __future__ import annotations

from derive.meaning.names import Names, base_name, reference
from derive.meaning.notation import readable
from derive.meaning.spelling import spelling, walk
from derive.reader import syntax as s

__all__ = ["other_meaning"]

# Letters that count the steps of a sequence.
MOMENTS = frozenset(("t", "k", "l", "\\ell", "\\tau"))


def other_meaning(left: s.Syntax, right: s.Syntax, names: Names) -> str:
    """What may be meant otherwise in an equation between the two; "" for nothing."""
    return _moment(left, names) or _determinant(left, right, names)


def _moment(left: s.Syntax, names: Names) -> str:
    """``w^{t+1} = w^t - ...``: who defines a power?"""
    if not isinstance(left, s.Scripts) or not isinstance(left.base, s.Name):
        return ""
    above = left.superscript
    letter = above
    if isinstance(above, s.Signed) and len(above.terms) == 2:
        (_, letter), (_, number) = above.terms
        letter = letter if isinstance(number, s.Numeral) else None
    if not isinstance(letter, s.Name) or letter.text not in MOMENTS or left.base.text == "e":
        return ""
    found = reference(left, names)
    if found is None or found.power is None:
        return ""
    return f"{letter.text} above {readable(left.base.text)} may count steps, and be no power"


def _determinant(left: s.Syntax, right: s.Syntax, names: Names) -> str:
    """The bars around a capital letter, which may be a matrix."""
    for node in (*walk(left), *walk(right)):
        if not isinstance(node, s.Group) or node.delimiters != "||":
            continue
        inner = node.body.base if isinstance(node.body, s.Scripts) else node.body
        if isinstance(inner, s.Name) and not inner.word and _capital(base_name(inner)):
            return f"the bars around {readable(spelling(inner))} may stand for a determinant"
    return ""


def _capital(name: str) -> bool:
    bare = name.strip("\\{}")
    return bare[:1].isupper()
