"""What an optimum and a constraint say together: the multiplier of a Lagrangian.

Where ``n_k / p_k + c = 0`` for every k, and ``\\sum_k p_k = 1``, the first put into the second
says what c is.
"""

from __future__ import annotations

from fractions import Fraction

from derive.algebra.arithmetic import Refused, product, total
from derive.logic.facts import Facts
from derive.logic.problem import Context, Equation
from derive.logic.terms import (
    Add,
    Function,
    Number,
    Sum,
    Term,
    Variable,
    canonical,
    free_indices,
    mapped,
    names,
    substitute,
)
from derive.meaning.optimum import solved_for_number
from derive.meaning.splitting import split

__all__ = ["put_into"]

_PLAIN = Facts(Context()).arithmetic
MINUS = Number(Fraction(-1))


def put_into(given: Equation, optimum: Equation) -> Equation | None:
    """What ``given`` says where ``x_k = ...`` holds for every k; None where it says nothing new."""
    x = optimum.left
    if not isinstance(x, Variable) or given.every or x.name in names(optimum.right):
        return None
    if x.indices != optimum.every or x.name not in names(given.left) | names(given.right):
        return None
    try:
        left, right = (split(_put(side, x, optimum.right)) for side in (given.left, given.right))
        apart = _of_exponentials(left, right)
        if apart is not None:
            return apart
        zero = _PLAIN.normal(canonical(total(left, product(MINUS, right))))
    except (Refused, ValueError):
        return None
    return solved_for_number(zero) if not free_indices(zero) else None


def _put(term: Term, x: Variable, value: Term) -> Term:
    match term:
        case Variable(name, indices) if name == x.name:
            return substitute(value, dict(zip(x.indices, indices, strict=True)))  # type: ignore[arg-type]
    return mapped(term, lambda part: _put(part, x, value) if isinstance(part, Term) else part)


def _of_exponentials(left: Term, right: Term) -> Equation | None:
    """``\\sum_i e^{a_i + b} = c`` as ``b = log c - log \\sum_i e^{a_i}``, for a number in b."""
    match left:
        case Sum(index, (), Function("exp", (exponent,))):
            parts = _PLAIN.normal(canonical(exponent))
            terms = parts.terms if isinstance(parts, Add) else (parts,)
            outer = [t for t in terms if index not in free_indices(t)]
            inner = [t for t in terms if index in free_indices(t)]
            if outer and inner and not free_indices(left) | free_indices(right):
                whole = Sum(index, (), Function("exp", (total(*inner),)))
                against: list[Term] = [Function("log", (whole,))]
                if right != Number(Fraction(1)):
                    against.append(product(MINUS, Function("log", (right,))))
                return solved_for_number(_PLAIN.normal(canonical(total(*outer, *against))))
    return None
