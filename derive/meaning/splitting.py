"""Sums of several terms, with what does not depend on their index as factors in front."""

from __future__ import annotations

from derive.algebra.arithmetic import Refused, product, total
from derive.logic.facts import Facts
from derive.logic.problem import Context
from derive.logic.terms import Add, Index, Mul, Size, Sum, Term, free_indices, mapped

__all__ = ["split"]

_PLAIN = Facts(Context()).arithmetic


def split(term: Term) -> Term:
    """The term with ``sum_j a_j^2 - 2 sum_j a_j b_j`` for ``sum_j (a_j^2 - 2 a_j b_j)``."""
    if isinstance(term, Sum) and not term.excluded:
        try:
            body = _PLAIN.normal(split(term.body))
        except Refused:
            return term
        parts = body.terms if isinstance(body, Add) else (body,)
        return total(*(_summed(term.index, part) for part in parts))
    return mapped(term, lambda part: split(part) if isinstance(part, Term) else part)


def _summed(index: Index, term: Term) -> Term:
    """The sum of a term over an index, with what does not depend on it as factors."""
    factors = term.factors if isinstance(term, Mul) else (term,)
    outer = [f for f in factors if index not in free_indices(f)]
    inner = [f for f in factors if index in free_indices(f)]
    whole = Sum(index, (), product(*inner)) if inner else Size(index.range)
    return product(*outer, whole)
