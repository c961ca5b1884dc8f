"""Letters below names that tell layers apart: the o of ``b_o`` and the h of ``w_h``.

An index has to stand on both sides of an equation, or a sum runs over it.  A letter that never
does, and that stands on one side only, is short for a word: the output, the hidden layer.
Words do so, too: ``y_{\\text{pred}, i}`` is component i of y_pred.
Where most letters in one place are quantities themselves, as the f, i, o of ``W_{xf}, W_{xi},
W_{xo}`` beside ``f_t, i_t, o_t``, all in this place tell for which of them the name is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from derive.meaning.names import LABEL_WORDS, split
from derive.meaning.spelling import is_letter, rewritten, spelling, walk, walk_values
from derive.reader.syntax import Chain, List, Name, Node, Numeral, ParsedFormula, Scripts, Syntax

__all__ = ["tags", "with_words_apart"]

# The others are what everybody counts with.
SHORT_FOR_WORDS = frozenset("efghowxyz")
_FEWEST = 3
# Of two answers one is preferred: r_w and r_l stand for it and for the other, and for no third.
WINNER_AND_LOSER = {"w", "l"}
EQUALS = ("=", "assign", "equiv")


def tags(formulas: Iterable[ParsedFormula], counted: set[str]) -> frozenset[str]:
    """The letters that stand below names and are no indices, ``counted`` being known to be some."""
    places: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    lonely: set[str] = set()
    quantities: set[str] = set()
    for formula in formulas:
        for row in formula.rows:
            for node in walk(row.body):
                if isinstance(node, Chain):
                    lonely |= _on_one_side(node)
                    quantities |= _with_subscripts(node)
                elif isinstance(node, Scripts) and node.subscript is not None:
                    pieces = split(node.subscript)
                    for n, piece in enumerate(pieces):
                        if isinstance(piece, Name) and is_letter(piece):
                            places[spelling(node.base), n, len(pieces)].add(piece.text)
    seen = set[str]().union(*places.values())
    owned = set[str]().union(
        *(found for found in places.values() if _mostly(found, quantities - counted, counted))
    )
    if all(x == WINNER_AND_LOSER for x in places.values() if x & WINNER_AND_LOSER):
        owned |= WINNER_AND_LOSER - counted
    words = {letter for letter in seen if letter.lower() in SHORT_FOR_WORDS}  # W_O, and W_o
    indices = counted | (seen - words - owned)
    before = -1
    while len(indices) > before:  # what stands where an index does, as in u_w and u_o, is one
        before = len(indices)
        indices = indices.union(*(letters for letters in places.values() if letters & indices))
        indices -= owned
    candidates = seen - indices
    found = candidates & lonely
    # In the place of one such letter stand others: z_{oi} and z_{hi}.
    beside = [letters & candidates for letters in places.values() if letters & found]
    return frozenset(found.union(owned, *beside))


def _mostly(letters: set[str], quantities: set[str], counted: set[str]) -> bool:
    """Whether most of the letters in one place are quantities, and none is known to count."""
    named = len(letters & quantities)
    return named >= _FEWEST and 2 * named > len(letters) and not letters & counted


def _with_subscripts(node: Node) -> set[str]:
    """The letters that have subscripts themselves: quantities, at a moment or an example."""
    return {
        inner.base.text
        for inner in walk_values(node)
        if isinstance(inner, Scripts) and inner.subscript is not None and is_letter(inner.base)
        if isinstance(inner.base, Name)
    }


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


def with_words_apart(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``{y_{\\text{pred}}}_i`` in the place of ``y_{\\text{pred}, i}``.

    The ``\\text{true}`` behind an index, of ``p_{i, \\text{true}}``, is the class of the label.
    """
    return {key: rewritten(formula, _parted) for key, formula in formulas.items()}


def _parted(node: Node) -> Node:
    if not (isinstance(node, Scripts) and isinstance(node.base, Name) and node.subscript):
        return node
    pieces = split(node.subscript)
    words = [piece for piece in pieces if _is_word(piece)]
    others = tuple(piece for piece in pieces if piece not in words)
    if len(words) != 1 or not others or not any(map(is_letter, others)):
        return node
    if not all(is_letter(piece) or isinstance(piece, Numeral) for piece in others):
        return node
    (word,) = words
    if word is not pieces[0] and any(w in spelling(word).lower() for w in LABEL_WORDS):
        return node
    rest: Syntax = others[0] if len(others) == 1 else List(node.subscript.span, others)
    return replace(node, base=Scripts(node.span, node.base, word, None), subscript=rest)


def _is_word(piece: Syntax) -> bool:
    return isinstance(piece, Name) and piece.word and piece.text.isalpha() and len(piece.text) > 2
