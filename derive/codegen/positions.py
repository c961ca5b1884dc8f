"""Which of the indices that a name does not write are given to its function as integers.

``L = -\\log p_y`` depends on the class y.  Its function takes y as it takes the scores: there is
one such loss for each y, but nobody wants all of them.  ``\\ell = -\\log p_{nn}`` depends on the
row n, and has one value for each row.  The difference: a class is one of the positions that the
document goes over where y stands, by a sum or by a derivative, and its letter is for that alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.codegen.equalities import Knowledge
from derive.logic.facts import instance
from derive.logic.problem import Context, Definition
from derive.logic.terms import (
    Binder,
    Derivative,
    Index,
    IndexTerm,
    Term,
    Variable,
    children,
    own_indices,
    subterms,
)

__all__ = ["positions_given"]

# A place of an index: the name of data, and the number of the index there.
_Place = tuple[str, int]
DEEPEST = 20
# Everybody's letters for all positions: a lazy "y = e^{z_i} / sum_j e^{z_j}" means all of them.
RUNNING = frozenset("ij")


def positions_given(quantity: Term, knowledge: Knowledge) -> frozenset[Index]:
    """The letters of the quantity that its function takes as integers, as in ``L = -\\log p_y``."""
    silent = {
        index: part.name
        for part in subterms(quantity)
        if isinstance(part, Variable)
        for index in _silent(part, knowledge)
    }
    written = {
        index
        for part in subterms(quantity)
        for index in (*own_indices(part), *_by(part))
        if not (isinstance(part, Variable) and index in _silent(part, knowledge))
    }
    return frozenset(
        index
        for index, name in silent.items()
        if index not in written and _is_one_of_many(name, knowledge)
    )


def _by(part: Term) -> tuple[IndexTerm, ...]:
    return part.variable.indices if isinstance(part, Derivative) else ()


def _silent(variable: Variable, knowledge: Knowledge) -> frozenset[Index]:
    """The letters at those indices of a name that its definition does not write."""
    count = knowledge.unwritten.get(variable.name, 0)
    last = variable.indices[len(variable.indices) - count :]
    return frozenset(index for index in last if isinstance(index, Index))


def _is_one_of_many(name: str, knowledge: Knowledge) -> bool:
    """Whether the index that a name does not write stands only where the document goes over all."""
    context = knowledge.last_context
    definition = context.definition(name)
    if definition is None or knowledge.unwritten[name] != 1 or definition.arguments:
        return False
    letter = definition.indices[-1]
    if letter.name in _running(knowledge, besides=name):
        return False
    own, others = set[_Place](), set[_Place]()
    for place, index in _places(definition.body, context):
        (own if index is letter else others).add(place)
    for equality in knowledge.equalities:
        for part in (*subterms(equality.left), *subterms(equality.right)):
            if isinstance(part, Derivative):
                others |= {
                    (part.variable.name, n)
                    for n, index in enumerate(part.variable.indices)
                    if isinstance(index, Index) and index.name != letter.name
                }
    return bool(own) and own <= others


def _running(knowledge: Knowledge, besides: str) -> frozenset[str]:
    """The letters that a sum goes over, or that stand on the left side of a definition."""
    written = set(RUNNING)
    for definition, _, _ in knowledge.definitions:
        count = knowledge.unwritten.get(definition.name, 0)
        own = definition.indices[: len(definition.indices) - count]
        written |= {index.name for index in own}
        written |= {p.index.name for p in subterms(definition.body) if isinstance(p, Binder)}
    return frozenset(written)


def _places(term: Term, context: Context, depth: int = 0) -> Iterator[tuple[_Place, IndexTerm]]:
    """Where indices stand at data, once the definitions are put in."""
    match term:
        case Variable(name, indices):
            definition = context.definition(name)
            if not isinstance(definition, Definition) or definition.arguments:
                yield from (((name, n), index) for n, index in enumerate(indices))
            elif depth < DEEPEST and len(indices) == len(definition.indices):
                yield from _places(instance(definition, indices), context, depth + 1)
        case _:
            for child in children(term):
                yield from _places(child, context, depth)
