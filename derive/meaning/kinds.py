"""What prose calls a matrix or a vector: ``matrices $A$ and $B$``, ``$u$ is a vector``.

Where the formulas do not show how many indices such a name has it is read as a number, and what
holds for numbers need not hold for it: products of matrices do not commute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from derive.logic.terms import Function, Mul, Pow, Term, names, subterms
from derive.meaning.spelling import walk
from derive.reader.document import Formula, Item, Prose
from derive.reader.syntax import (
    Chain,
    FunctionCall,
    List,
    Name,
    Node,
    ParsedFormula,
    Scripts,
    Sequence,
)

__all__ = ["multiplies", "said_to_be_arrays"]

_MARK = "\N{REPLACEMENT CHARACTER}"
_LIST = rf"{_MARK}(?:\s*(?:,|and|or|,\s*and|,\s*or)\s*(?:the\s+|an?\s+)?(?:\w+\s+)?{_MARK})*"
_KIND = r"(?:matri(?:x|ces)|vectors?)\b"
_BEFORE = re.compile(rf"\b{_KIND}\s+({_LIST})", re.I)
_AFTER = re.compile(
    rf"({_LIST})\s*,?\s+(?:(?:is|are|be|being|denotes?|both|as)\s+)?(?:both\s+)?(?:an?\s+|the\s+|two\s+|"
    rf"any\s+)?(?:[\w-]+\s+){{0,4}}?{_KIND}",
    re.I,
)


def said_to_be_arrays(
    items: Iterable[Item], formulas: Mapping[int, ParsedFormula]
) -> frozenset[str]:
    """The names that the prose calls matrices or vectors, and those in a determinant."""
    found = {name for formula in formulas.values() for name in _within_determinants(formula)}
    text = ""
    inline: list[Formula] = []
    for item in (*items, None):
        if isinstance(item, Prose):
            text += item.text
        elif isinstance(item, Formula) and not item.display:
            text += _MARK
            inline.append(item)
        else:
            for match in (*_BEFORE.finditer(text), *_AFTER.finditer(text)):
                first = text.count(_MARK, 0, match.start(1))
                for formula in inline[first : first + match.group(1).count(_MARK)]:
                    found.update(_named(formulas[id(formula)]))
            text, inline = "", []
    return frozenset(found)


def _within_determinants(formula: ParsedFormula) -> Iterator[str]:
    for node in walk(formula):
        if isinstance(node, FunctionCall) and node.function in ("det", "tr"):
            yield from (n.text for n in walk(node.argument) if isinstance(n, Name) and not n.word)


def _named(formula: ParsedFormula) -> Iterator[str]:
    """The names of a formula that is nothing but names."""
    for row in formula.rows:
        body = row.body
        parts: tuple[Node, ...] = (body,)
        if isinstance(body, List | Sequence):
            parts = tuple(body.items)
        for part in parts:
            if isinstance(part, Chain):
                continue
            if isinstance(part, Name) and not part.word:
                yield part.text
            elif isinstance(part, Scripts) and not part.primes and part.superscript is None:
                yield from (n.text for n in walk(part.base) if isinstance(n, Name))


def multiplies(term: Term, arrays: frozenset[str]) -> bool:
    """Whether arrays are multiplied with each other, divided by, or given to a function."""
    for part in subterms(term):
        match part:
            case Mul(factors) if sum(bool(names(f) & arrays) for f in factors) > 1:
                return True
            case Pow(base, exponent) if (names(base) | names(exponent)) & arrays:
                return True
            case Function(_, arguments) if any(names(a) & arrays for a in arguments):
                return True
    return False
