"""Letters below names that tell layers apart: the o of ``b_o`` and the h of ``w_h``.

An index has to stand on both sides of an equation, or a sum runs over it.  A letter that never
does, and that stands on one side only, is short for a word: the output, the hidden layer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from derive.meaning.names import split
from derive.meaning.spelling import is_letter, spelling, walk, walk_values
from derive.reader.syntax import Chain, Name, Node, ParsedFormula, Scripts

__all__ = ["tags"]

# The others are what everybody counts with.
SHORT_FOR_WORDS = frozenset("efghowxyz")
EQUALS = ("=", "assign", "equiv")


def tags(formulas: Iterable[ParsedFormula], counted: set[str]) -> frozenset[str]:
    """The letters that stand below names and are no indices, ``counted`` being known to be some."""
    places: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    lonely: set[str] = set()
    for formula in formulas:
        for row in formula.rows:
            for node in walk(row.body):
                if isinstance(node, Chain):
                    lonely |= _on_one_side(node)
                elif isinstance(node, Scripts) and node.subscript is not None:
                    pieces = split(node.subscript)
                    for n, piece in enumerate(pieces):
                        if isinstance(piece, Name) and is_letter(piece):
                            places[spelling(node.base), n, len(pieces)].add(piece.text)
    seen = set[str]().union(*places.values())
    indices = counted | (seen - SHORT_FOR_WORDS)
    before = -1
    while len(indices) > before:  # what stands where an index does, as in u_w and u_o, is one
        before = len(indices)
        indices = indices.union(*(letters for letters in places.values() if letters & indices))
    candidates = seen - indices
    found = candidates & lonely
    # In the place of one such letter stand others: z_{oi} and z_{hi}.
    beside = [letters & candidates for letters in places.values() if letters & found]
    return frozenset(found.union(*beside))


def _on_one_side(chain: Chain) -> set[str]:
    """Letters below names in one member of an equation, and not in the next.

    Where a member has no letter at all, as in ``dz_k/db_k = 1``, that says nothing.
    """
    found: set[str] = set()
    before = _below(chain.first) if chain.first is not None else None
    for sign, member in chain.rest:
        here = _below(member) if member is not None else None
        if before and here and sign.text in EQUALS:
            found |= before ^ here
        before = here
    return found


def _below(node: Node) -> set[str]:
    """The letters that stand in subscripts."""
    return {
        part.text
        for inner in walk_values(node)
        if isinstance(inner, Scripts) and inner.subscript is not None
        for part in split(inner.subscript)
        if isinstance(part, Name) and is_letter(part)
    }
