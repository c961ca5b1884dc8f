"""A later name for a part of an earlier definition: ``a = s(W x)``, then "let ``z = W x``".

An author who then writes ``da/dz`` means a as a function of z.  Folding puts the name where its
body stands, which changes no value.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from derive.logic.problem import Definition
from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Mul,
    Number,
    Size,
    Term,
    Variable,
    children,
    free_indices,
    names,
    rebuild,
)

__all__ = ["MOST_FOLDED", "folded"]

# Folding looks at every definition so far; documents with more have none that are meant so.
MOST_FOLDED = 200
# w x is x w; of longer products and sums only those in the same order are found.
MOST_PERMUTED = 3


def folded(definition: Definition, by: Definition) -> Definition:
    """``definition`` with the name of ``by`` wherever its body stands.

    Not in ``f(x) = 1 / (1 + x)`` the name of ``z = 1 + x``: f(2) is not made of z.
    """
    if not names(by.body).isdisjoint(definition.arguments):
        return definition
    if by.arguments or not names(by.body) or isinstance(by.body, Variable | Number | Size):
        return definition
    if not names(by.body) <= names(definition.body):
        return definition
    return replace(definition, body=_fold(definition.body, by))


def _fold(term: Term, by: Definition) -> Term:
    new: dict[Index, IndexTerm] = {}
    if _match(by.body, term, new, frozenset(by.indices)):
        here = tuple(new.get(i, i) for i in by.indices)
        if frozenset().union(*map(free_indices, here)) <= free_indices(term):
            return Variable(by.name, here)
    inner = children(term)
    return rebuild(term, tuple(_fold(child, by) for child in inner)) if inner else term


def _match(pattern: Term, term: Term, new: dict[Index, IndexTerm], open_: frozenset[Index]) -> bool:
    if type(pattern) is not type(term):
        return False
    match pattern, term:
        case Variable(name, mine_), Variable(other, theirs_):
            if name != other or not _indices(mine_, theirs_, new, open_):
                return False
        case Application(name, mine_, _, orders), Application(other, theirs_, _, others):
            same = name == other and orders == others
            if not same or not _indices(mine_, theirs_, new, open_):
                return False
        case Function(name, _), Function(other, _):
            if name != other:
                return False
        case Delta(), Delta():
            return _indices((pattern.left, pattern.right), (term.left, term.right), new, open_)
        case Derivative(), Derivative():
            if not _match(pattern.variable, term.variable, new, open_):
                return False
        case Binder(), Binder():
            if pattern.index.range != term.index.range:
                return False
            new[pattern.index] = term.index
            if not _indices(pattern.excluded, term.excluded, new, open_):
                return False
    mine, theirs = children(pattern), children(term)
    if len(mine) != len(theirs):
        return False
    if not mine:
        return isinstance(pattern, Variable | Application) or pattern is term
    if not isinstance(pattern, Mul | Add) or len(mine) > MOST_PERMUTED:
        return all(_match(p, t, new, open_) for p, t in zip(mine, theirs, strict=True))
    for order in permutations(theirs):
        found = dict(new)
        if all(_match(p, t, found, open_) for p, t in zip(mine, order, strict=True)):
            new.update(found)
            return True
    return False


def _indices(
    pattern: tuple[IndexTerm, ...],
    given: tuple[IndexTerm, ...],
    new: dict[Index, IndexTerm],
    open_: frozenset[Index],
) -> bool:
    if len(pattern) != len(given):
        return False
    for one, other in zip(pattern, given, strict=True):
        if isinstance(one, Index) and one in new:
            if new[one] is not other:
                return False
        elif isinstance(one, Index) and one in open_:
            new[one] = other
        elif one is not other:
            return False
    return True
