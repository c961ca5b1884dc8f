"""Which names of a document may stand for complex numbers, of which its steps are not judged.

Terms are real.  What holds of all real data need not hold of complex numbers, where ``|z|^2`` is
not ``z^2``, nor what is false of all real i be false of the imaginary unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from derive.meaning.asserting import numbers_in
from derive.meaning.paragraphs import paragraphs
from derive.meaning.spelling import spelling, walk
from derive.reader.document import Item
from derive.reader.syntax import (
    Chain,
    Fraction,
    FunctionCall,
    Group,
    List,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Root,
    Scripts,
    Sequence,
    Signed,
    Syntax,
)

__all__ = ["may_be_complex", "named"]

_MARK = r"⟦\d+⟧"
# Of a number, not of what is complicated: "a complex expression" says nothing.
_COMPLEX = re.compile(
    r"\bcomplex(?:[- ]valued\b|\s+(?:numbers?|variables?|scalars?|conjugat\w*|vectors?|matri\w+|"
    r"amplitudes?|constants?|coefficients?|roots?|exponentials?|plane|planes|arguments?|units?|"
    rf"eigenvalues?|{_MARK}))|{_MARK}\s*(?:be|being)\s+complex\b|"
    rf"{_MARK}\s*(?:is|are)\s+complex\b(?!\s+(?!with|and|if|for)\w)|"
    r"komplexe\w*\s+Zahl|nombres?\s+complexes?|números?\s+complejos?|numer[oi]\s+compless|"
    r"números?\s+complexos?|комплексн|复数|複素|複數|복소수|số\s+phức",
    re.I,
)
_IMAGINARY = re.compile(
    r"\bimagin(?:ary|är|aire|ari[ao])\b|\bEuler(?:'s|’s)?\s+(?:formula|identity)|"
    r"\b(?:de|di|von)\s+Euler\b|\bEulersche|\bFourier|\broots?\s+of\s+unity|虚数|虛數|허수|мнимая|"
    r"đơn vị ảo",
    re.I,
)
_UNIT = re.compile(
    rf"\bimaginary\s+unit,?\s+(?:is\s+)?({_MARK})|({_MARK})\s+(?:is|denotes|be|for|as)\s+the\s+imaginary"
)
_SENTENCE = re.compile(r"[.!?;](?=\s|$)")
_FIELDS = ("\\mathbb{C}", "\\mathbf{C}")


def may_be_complex(items: Iterable[Item], formulas: Mapping[int, ParsedFormula]) -> frozenset[str]:
    """The names that the text, or a formula, shows as complex numbers.

    The imaginary unit among them, where something shows that it is used.
    """
    found: set[str] = set()
    heads = {name for formula in formulas.values() for name in _defined(formula)}
    for formula in formulas.values():
        found.update(_shown(formula))
    found -= heads & {"i", "j"}  # a gate, or a current
    for text, inline in paragraphs(items):
        if _IMAGINARY.search(text) or _COMPLEX.search(text):
            found.add("i")
        told = [words for words in _SENTENCE.split(text) if _COMPLEX.search(words)]
        told.extend(match[0] for match in _UNIT.finditer(text))
        for words in told:
            for number in numbers_in(words):
                found.update(named(formulas[id(inline[number])]))
    if found and not found & {"i", "j"}:
        found.add("i")
    return frozenset(found)


def named(formula: ParsedFormula) -> Iterator[str]:
    """The z of ``z``, of ``z, w``, of ``z(t)``, of ``z = x + i y`` and of ``z \\neq 0``."""
    for row in formula.rows:
        body = row.body.first if isinstance(row.body, Chain) else row.body
        for member in body.items if isinstance(body, List | Sequence) else (body,):
            if member is not None:
                listed = member.items if isinstance(member, List) else (member,)
                yield from filter(None, map(_name, listed))


def _defined(formula: ParsedFormula) -> Iterator[str]:
    """The i of ``i = ...``, but for ``i = \\sqrt{-1}``."""
    for row in formula.rows:
        match row.body:
            case Chain(_, Name(_, name) as first, ((_, other), *_)) if other is not None:
                if not _is_root_of_minus_one(first, other):
                    yield name


def _name(node: Node) -> str:
    if isinstance(node, Product) and len(node.factors) == 2 and isinstance(node.factors[1], Group):
        node = node.factors[0]
    while isinstance(node, Scripts):
        node = node.base
    return node.text if isinstance(node, Name) and not node.word else ""


def _shown(formula: ParsedFormula) -> Iterator[str]:
    """``z \\in \\mathbb{C}``, ``i^2 = -1``, ``e^{i x}``, ``i \\sin x`` and ``a + b i``."""
    for node in walk(formula):
        match node:
            case Chain(_, first, rest) if first is not None:
                sign, other = rest[0]
                if sign.text == "in" and other is not None:
                    if any(spelling(part) in _FIELDS for part in walk(other)):
                        listed = first.items if isinstance(first, List) else (first,)
                        yield from filter(None, map(_name, listed))
                elif other is not None and _is_root_of_minus_one(first, other):
                    yield _name(first)
            case Scripts(_, Name(_, "e"), None, exponent, 0) if exponent is not None:
                yield from _units_within(exponent)
            case FunctionCall(_, "exp", argument):
                yield from _units_within(argument)
            case Signed(_, ((_, Name() | Numeral()), (_, Product(_, factors)))):
                if len(factors) == 2:  # ``a + b i``
                    yield from (f.text for f in factors if isinstance(f, Name) and _is_unit(f))
            case Product(_, factors):
                if any(_is_wave(factor) for factor in factors):
                    yield from (f.text for f in factors if isinstance(f, Name) and _is_unit(f))


def _is_root_of_minus_one(first: Syntax, other: Syntax) -> bool:
    """Whether ``first = other`` is ``i^2 = -1`` or ``i = \\sqrt{-1}``."""
    match first, other:
        case Scripts(_, Name(), None, Numeral(_, "2"), 0), Signed(_, ((-1, Numeral(_, "1")),)):
            return True
        case Name(), Root(_, Signed(_, ((-1, Numeral(_, "1")),)), None):
            return True
    return False


def _is_wave(node: Node) -> bool:
    return isinstance(node, FunctionCall) and node.function in ("sin", "cos")


def _is_unit(node: Node) -> bool:
    """``i`` or ``j`` without scripts."""
    return isinstance(node, Name) and node.text in ("i", "j") and not node.word


def _units_within(exponent: Node) -> Iterator[str]:
    """The i of ``i k x``, ``-2 \\pi i k / n``, ``i (k x - w t)``: a factor among others."""
    for node in walk(exponent):
        match node:
            case Product(_, factors) if len(factors) > 1:
                yield from (f.text for f in factors if isinstance(f, Name) and _is_unit(f))
            case Fraction(_, numerator, _) if isinstance(numerator, Name) and _is_unit(numerator):
                yield numerator.text
