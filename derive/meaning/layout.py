"""Where the components of a vector stand in its derivative by another: the layout of Jacobians.

In numerator layout row j of dz/dx holds the derivatives of z_j, and the chain rule reads
``dL/dx = dL/dz dz/dx``; in denominator layout it is column j, and it reads ``dz/dx dL/dz``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from derive.meaning.names import Names, reference, unbraced
from derive.meaning.spelling import spelling, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Ellipsis,
    Group,
    Matrix,
    Name,
    Node,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["reads_denominator", "said_layout"]

_SAID = re.compile(r"\b(numerator|denominator)(?:[- ]layout|[- ]convention|\s+notation)", re.I)


def said_layout(formulas: Iterable[ParsedFormula], names: Names, words: str) -> str:
    """The layout that the words name, or that a Jacobian written out shows, "" where none does."""
    said = {match.group(1).lower() for match in _SAID.finditer(words)}
    shown = {layout for formula in formulas for layout in _shown(formula, names)}
    found = said or shown
    return min(found) if len(found) == 1 else ""


def reads_denominator(formulas: Iterable[ParsedFormula], names: Names, layout: str) -> bool:
    """Whether Jacobians are read in denominator layout.

    Where neither words nor a matrix say so, the order of the factors in chain rules does.
    """
    if layout:
        return layout == "denominator"
    return {o for formula in formulas for o in _orders(formula, names)} == {"denominator"}


def _shown(formula: ParsedFormula, names: Names) -> Iterator[str]:
    """The layout of each Jacobian that is written out."""
    for row in formula.rows:
        body = row.body
        members = (body.first, *(m for _, m in body.rest)) if isinstance(body, Chain) else ()
        for left, right in pairwise(members):
            pair = _bare_pair(left, names) if left is not None else None
            if pair is None or not isinstance(right, Matrix):
                continue
            for line in right.rows:
                ends = [entry for entry in line if not isinstance(entry, Ellipsis)]
                if len(line) > 1 and len(ends) > 1:
                    yield from _along(ends[0], ends[-1], pair)


def _along(first: Syntax, last: Syntax, pair: tuple[str, str]) -> Iterator[str]:
    """What changes along a row: the component that is differentiated, or that by which it is."""
    match first, last:
        case (
            Differentiation(_, Scripts(_, z), (Scripts(_, x),)) as one,
            Differentiation(_, Scripts(), (Scripts(),)) as other,
        ) if (spelling(z), spelling(x)) == pair and one.body is not None and other.body is not None:
            above = spelling(one.body) == spelling(other.body)
            below = spelling(one.variables[0]) == spelling(other.variables[0])
            if above != below:
                yield "numerator" if above else "denominator"


def _orders(formula: ParsedFormula, names: Names) -> Iterator[str]:
    """The layout of each chain rule, as the order of its factors shows it."""
    for node in walk(formula):
        if not isinstance(node, Product):
            continue
        for left, right in pairwise(node.factors):
            one, other = _bare_pair(_inner(left), names), _bare_pair(_inner(right), names)
            if one is None or other is None:
                continue
            if one[0] == other[1] and _vector(one[0], names) and _vector(one[1], names):
                yield "denominator"
            elif one[1] == other[0] and _vector(one[1], names) and _vector(other[1], names):
                yield "numerator"


def _inner(node: Syntax) -> Syntax:
    return node.body if isinstance(node, Group) else node


def _vector(name: str, names: Names) -> bool:
    return 1 in (names.slots.get(name, 0), names.slots.get(f"{{{name}}}", 0))


def _bare_pair(node: Node, names: Names) -> tuple[str, str] | None:
    """The z and the x of ``dz/dx``, neither of them with an index."""
    if not isinstance(node, Differentiation) or len(node.variables) != 1 or node.body is None:
        return None
    both: list[str] = []
    for part in (node.body, node.variables[0]):
        found = reference(part, names) if isinstance(part, Name | Scripts) else None
        if found is None or found.indices or found.power is not None:
            return None
        both.append(unbraced(found.name))
    return both[0], both[1]
