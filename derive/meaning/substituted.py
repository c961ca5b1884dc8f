"""What a step replaces by what, where it does nothing else."""

from __future__ import annotations

from derive.logic.terms import (
    Binder,
    Derivative,
    Index,
    Term,
    Variable,
    children,
    free_indices,
    names,
    rebuild,
)

__all__ = ["replaced", "substitute_variable"]


def replaced(left: Term, right: Term, name: str) -> tuple[Variable, Term] | None:
    """The variable of this name and the term that stands for it on the right.

    None unless the right side is the left one with some occurrences of ``name`` replaced, all
    by the same term, which depends on no other index and not on the name.
    """
    pairs = _pairs(left, right, name)
    if not pairs or len(set(pairs)) != 1:
        return None
    variable, body = pairs[0]
    letters = [i for i in variable.indices if isinstance(i, Index)]
    if len(set(letters)) != len(variable.indices) or name in names(body):
        return None
    return (variable, body) if free_indices(body) <= frozenset(letters) else None


def _pairs(left: Term, right: Term, name: str) -> list[tuple[Variable, Term]] | None:
    if left is right:
        return []
    if isinstance(left, Variable) and left.name == name:
        return [(left, right)]
    mine, theirs = children(left), children(right)
    if type(left) is not type(right) or len(mine) != len(theirs) or not mine:
        return None
    if rebuild(left, theirs) is not right:
        return None
    if isinstance(left, Binder) and isinstance(right, Binder) and left.index is not right.index:
        return None
    if isinstance(left, Derivative) and left.variable.name == name:
        return None
    found: list[tuple[Variable, Term]] = []
    for one, other in zip(mine, theirs, strict=True):
        inner = _pairs(one, other, name)
        if inner is None:
            return None
        found.extend(inner)
    return found


def substitute_variable(term: Term, variable: Variable, new: Term) -> Term:
    """``term`` with one variable, with these very indices, replaced."""
    if term is variable:
        return new
    inner = tuple(substitute_variable(child, variable, new) for child in children(term))
    return rebuild(term, inner) if inner else term
