"""Inverses of matrices: ``(X^T X)^{-1}`` is a matrix of which only its products are known.

The inverse G of a matrix M gets a name of its own, and the hypothesis ``M G = G M = I``.  What M
is made of must then not be replaced, nor differentiated by: G would stay what it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from derive.logic.problem import Equation, Hypothesis
from derive.logic.terms import (
    Add,
    Delta,
    Index,
    Mul,
    Number,
    Sum,
    Term,
    Variable,
    canonical,
    children,
    free_indices,
    names,
    rebuild,
    substitute,
    subterms,
)

__all__ = ["Inverse", "inverse_named", "made_of"]

_MARK = "^{-1}"  # ends the name of an inverse
_MINUS = Number(Fraction(-1))


@dataclass(frozen=True)
class Inverse:
    """The inverse of the square ``matrix``, whose entries stand at ``row`` and ``column``."""

    name: str
    matrix: Term
    row: Index
    column: Index

    @property
    def made_of(self) -> frozenset[str]:
        """The names in the matrix."""
        return names(self.matrix)

    def hypothesis(self) -> Hypothesis:
        """``M M^{-1} = M^{-1} M = I``; of a sum M = A + B, ``A M^{-1} = I - B M^{-1}``.

        So written, it says what the product with the summand of most sums is.
        """
        i, j, k = (Index(name, self.row.range) for name in "ijk")
        equations: list[Equation] = []
        for first in (True, False):
            row, column, inverse = (i, j, (j, k)) if first else (j, k, (i, j))
            least, *others = sorted(_terms(self._at(row, column)), key=_sums, reverse=True)
            rest: Term = Delta(i, k)
            for term in others:
                product = _product(term, Variable(self.name, inverse), j, row, column)
                rest = Add((rest, Mul((_MINUS, product))))
            whole = _product(least, Variable(self.name, inverse), j, row, column)
            equations.append(Equation(whole, rest, (i, k)))
        written = self.name.removesuffix(_MARK)
        return Hypothesis(tuple(equations), f"{written} {self.name} = I")

    def is_symmetric(self, symmetric: Collection[str]) -> bool:
        """Whether the matrix is, and so its inverse, if those of these names are."""
        there = substitute(self.matrix, {self.row: self.column, self.column: self.row})
        one, other = (_sorted(canonical(term), symmetric) for term in (self.matrix, there))
        return one is other

    def _at(self, row: Index, column: Index) -> Term:
        return substitute(self.matrix, {self.row: row, self.column: column})


def _terms(term: Term) -> tuple[Term, ...]:
    return term.terms if isinstance(term, Add) else (term,)


def _sums(term: Term) -> int:
    """How many sums are nested in a product."""
    return sum(isinstance(part, Sum) for part in subterms(term))


def _product(term: Term, inverse: Variable, over: Index, row: Index, column: Index) -> Term:
    """``sum_j term inverse``; a multiple of the identity, ``c delta_ij``, leaves one summand."""
    factors = term.factors if isinstance(term, Mul) else (term,)
    others = tuple(f for f in factors if f is not Delta(row, column))
    if len(others) + 1 == len(factors) and over not in free_indices(Mul(others)):
        (kept,) = {row, column} - {over}
        return Mul((*others, substitute(inverse, {over: kept})))
    return Sum(over, (), Mul((term, inverse)))


def _sorted(term: Term, symmetric: Collection[str]) -> Term:
    """The term with summands, factors and the places of what is symmetric in one order."""
    parts = tuple(_sorted(child, symmetric) for child in children(term))
    match term:
        case Add():
            return Add(tuple(sorted(parts, key=repr)))
        case Mul():
            return Mul(tuple(sorted(parts, key=repr)))
        case Delta(one, other):
            return Delta(*sorted((one, other), key=repr))
        case Variable(name, indices) if name in symmetric:
            return Variable(name, tuple(sorted(indices, key=repr)))
    return rebuild(term, parts)


def inverse_named(
    known: Mapping[str, Inverse], written: str, matrix: Term, row: Index, column: Index
) -> Inverse:
    """The inverse of a matrix: one that is known, or a new one, called as it is written."""
    for inverse in known.values():
        if inverse.row.range == row.range:
            there = substitute(matrix, {row: inverse.row, column: inverse.column})
            if _sorted(canonical(there), ()) is _sorted(canonical(inverse.matrix), ()):
                return inverse
    name = written + _MARK
    while name in known:  # another matrix that is written alike
        name = f"{{{name.removesuffix(_MARK)}}}{_MARK}"
    return Inverse(name, matrix, row, column)


def made_of(known: Mapping[str, Inverse], within: Iterable[str]) -> frozenset[str]:
    """What the matrices are made of whose inverses are among these names, or are made of those."""
    found, pending = frozenset[str](), [name for name in within if name in known]
    while pending:
        new = known[pending.pop()].made_of - found
        found |= new
        pending.extend(name for name in new if name in known)
    return found
