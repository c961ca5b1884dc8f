"""Derivatives by an expression: ``\\frac{d \\log(1 + x^2)}{d (1 + x^2)}``.

The expression gets a name of its own, which stands for it in what is differentiated; the value of
that name is the expression.  This says what is meant only where nothing of what the expression is
made of stands beside it: the slope of ``x (1 + x^2)`` by ``1 + x^2`` may be meant with x held, or
with x as it moves along.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.logic.problem import Equation
from derive.logic.terms import (
    Binder,
    Derivative,
    Index,
    IndexTerm,
    Term,
    Variable,
    alpha_equal,
    children,
    free_indices,
    names,
    rebuild,
    substitute,
    subterms,
)
from derive.meaning.graphs import MARK, Graph
from derive.meaning.notation import latex
from derive.meaning.scope import Entry

__all__ = ["by_expression"]

MOST_DEFINITIONS = 4  # of quantities that are made of others


def by_expression(body: Term, by: Term, graph: Graph) -> tuple[Derivative, Equation] | None:
    """The derivative of ``body`` by the name for ``by``, and what that name equals.

    None where the expression does not stand in what is differentiated, as it is written or by
    definitions, or where more than the expression does.
    """
    letters = tuple(sorted(free_indices(by), key=lambda i: (i.name, i.range)))
    # A name with round brackets would be one of a law, such as p(y | x).
    written = latex(by).replace("(", "[").replace(")", "]")
    own = Variable(f"{{{written}}}{MARK}", letters)
    if any(isinstance(part, Derivative) for part in (*subterms(body), *subterms(by))):
        return None
    term = body
    for _ in range(MOST_DEFINITIONS):
        found = _with_name(term, [(by, own)])
        if own.name in names(found):
            beside = graph.reached(names(found) - {own.name})
            if not beside.isdisjoint(graph.reached(names(by))):
                return None
            return Derivative(found, own), Equation(own, by, letters)
        term = _unfolded(term, graph.entry)
    return None


def _with_name(term: Term, wanted: list[tuple[Term, Variable]]) -> Term:
    """The term with the name for each of the expressions."""
    for one, own in wanted:
        if alpha_equal(term, one):
            return own
    if isinstance(term, Binder):
        wanted = [*wanted, *_at(term.index, wanted)]
    inner = children(term)
    return rebuild(term, tuple(_with_name(part, wanted) for part in inner)) if inner else term


def _at(letter: Index, wanted: list[tuple[Term, Variable]]) -> list[tuple[Term, Variable]]:
    """The expressions at the position that a sum runs over, as ``z_i`` in ``\\sum_k z_k``."""
    return [
        (substitute(one, {free: letter}), substitute(own, {free: letter}))
        for one, own in wanted
        for free in own.indices
        if isinstance(free, Index) and free.range == letter.range and free is not letter
    ]


def _unfolded(term: Term, entry: Callable[[str], Entry | None]) -> Term:
    """The term with the definitions of the quantities in it."""
    if isinstance(term, Variable):
        known = entry(term.name)
        if known is None or known.formals or len(known.indices) != len(term.indices):
            return term
        new: dict[Index, IndexTerm] = dict(zip(known.indices, term.indices, strict=True))
        return substitute(known.value.term, new)
    inner = children(term)
    return rebuild(term, tuple(_unfolded(part, entry) for part in inner)) if inner else term
