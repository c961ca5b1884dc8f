"""Where a text may calculate otherwise than with real numbers: modulo 2, in a finite field.

What is false of real numbers is not refuted there.  And products that are none of numbers:
the cross product of ``a \\times b``, the convolution of ``f * g``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from derive.meaning.paragraphs import paragraphs
from derive.meaning.spelling import walk
from derive.reader.document import Document
from derive.reader.syntax import Name, Numeral, Product, Syntax

__all__ = ["between_quantities", "no_products", "other_arithmetics", "says_stochastic"]

_OTHER = re.compile(
    r"\bmod(?:ulo|ular)\b(?!\s+(?:an?\s+)?(?:constants?|terms?|factors?|scal\w+))|\bin\s+characteristic\b|"
    r"\bfinite\s+fields?\b|\bGF\s*\(|\bBoolean\s+(?:algebra|ring|arithmetic)|\bGalois\b|"
    r"\btropical\b|\bsemirings?\b|\bmin-plus\b|\bmax-plus\b|\\pmod\b|\\bmod\b|"
    r"\\mathbb\s*\{?\s*F\s*\}?\s*_|\\mathbb\s*\{?\s*Z\s*\}?\s*(?:_|/)|\\mathbf\s*\{\s*F\s*\}\s*_",
    re.I,
)
_CROSSES = re.compile(
    r"\b(?:cross|vector)[- ]products?\b|\btorque\b|\bangular\s+momentum\b|"
    r"\bvectors?\s+in\s+(?:space|3D\b|three)",
    re.I,
)
_CONVOLVES = re.compile(r"\bconvolutions?\b|\bconvol(?:ve|ved|ves|ving)\b", re.I)
_STOCHASTIC = re.compile(
    r"\bBrownian\b|\bWiener\b|\bIt[oô](?:['’]s)?\b|\bstochastic\s+(?:differential|calculus|integrals?)|"
    r"\bSDEs?\b"
)


def other_arithmetics(document: Document) -> tuple[tuple[int, int], ...]:
    """The first and the last line of each paragraph that speaks of another arithmetic."""
    found = []
    for words, inside in paragraphs(document.items):
        written = words + " ".join(formula.content for formula in inside)
        if inside and _OTHER.search(written):
            lines = [document.place(formula.span).line for formula in inside]
            found.append((min(lines), max(lines)))
    return tuple(found)


def no_products(text: str, bodies: Iterable[Syntax]) -> frozenset[str]:
    """The signs that multiply no numbers: × where the text speaks of cross products.

    And * where it speaks of convolutions, unless a number is multiplied so.
    """
    found = {"times"} if _CROSSES.search(text) else set[str]()
    if _CONVOLVES.search(text):
        products = (n for body in bodies for n in walk(body) if isinstance(n, Product))
        numbers = (
            isinstance(f, Numeral)
            for product in products
            for n, sign in enumerate(product.operators)
            for f in product.factors[n : n + 2]
            if sign == "*"
        )
        found |= set() if any(numbers) else {"*"}
    return frozenset(found)


def between_quantities(
    factors: Sequence[Syntax], operators: Sequence[str], signs: frozenset[str]
) -> bool:
    """Whether one of the signs stands between two factors that are no numerals.

    Between two small bold letters × is the cross product, whatever the text says.
    """
    for n, sign in enumerate(operators):
        both = factors[n : n + 2]
        bold = all(isinstance(f, Name) and f.font == "bold" and f.text.islower() for f in both)
        if (sign == "times" and bold) or (
            sign in signs and not any(isinstance(f, Numeral) for f in both)
        ):
            return True
    return False


def says_stochastic(text: str) -> bool:
    """Whether its differentials may be those of Ito."""
    return _STOCHASTIC.search(text) is not None
