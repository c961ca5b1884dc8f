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
from derive.meaning.spelling import parts, rewritten, spelling
from derive.reader import syntax as s

__all__ = ["named_part", "replaced", "substitute_variable"]


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


def named_part(left: s.Syntax, right: s.Syntax) -> tuple[s.Syntax, s.Syntax] | None:
    """The one name on the right that stands for a part of the left side, and that part.

    None unless the right side is the left one but for that name.
    """
    found = _unlike(left, right)
    if not found:
        return None
    name, part = found[0]
    said = spelling(name)
    back = rewritten(right, lambda node: part if spelling(node) == said else node)
    return (name, part) if spelling(back) == spelling(left) else None


def _unlike(left: s.Syntax, right: s.Syntax) -> list[tuple[s.Syntax, s.Syntax]]:
    """The names on the right where something else stands on the left."""
    if spelling(left) == spelling(right):
        return []
    if isinstance(right, s.Name | s.Scripts) and not isinstance(left, s.Name):
        return [(right, left)]
    pairs = zip(parts(left), parts(right), strict=False)
    inner = (
        _unlike(one, other)
        for one, other in pairs
        if isinstance(one, s.Syntax) and isinstance(other, s.Syntax)
    )
    return [pair for found in inner for pair in found]
