"""Does a power of two in every shifted exponential cancel out again?

``exp_from(x, m)`` is computed for an m of the target's choice.  Taking m a few dozen powers of two
lower keeps small exponentials away from the subnormal numbers at no cost, if it is sure that no
product of two of them overflows on the way.  So each value gets a *degree*: how often the factor
e^-m is in it.  The shift is free if all outputs have degree 0 and nothing exceeds degree 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.codegen.loopform import Keep, Kernel, Let, Loop, Reduce, Reference, Statement, Store
from derive.logic.terms import (
    Add,
    Delta,
    Function,
    Mul,
    Number,
    Pow,
    Size,
    Term,
    Variable,
    subterms,
)

__all__ = ["is_homogeneous", "multiplies_data"]


class _Mixed(Exception):
    pass


def _same(degrees: list[int]) -> int:
    if len(set(degrees)) > 1:
        raise _Mixed
    return degrees[0]


def _degree(term: Term, known: dict[str, int]) -> int:
    match term:
        case Function("exp_from", _):
            found = 1
        case Function(_, arguments):
            if any(_degree(a, known) for a in arguments):
                raise _Mixed
            found = 0
        case Variable(name, _):
            found = known.get(name, 0)
        case Add(terms):
            found = _same([_degree(t, known) for t in terms])
        case Mul(factors):
            found = 0
            for factor in factors:
                found += _degree(factor, known)
                if abs(found) > 1:
                    raise _Mixed
        case Pow(base, Number(exponent)) if exponent.denominator == 1:
            found = _degree(base, known) * int(exponent)
        case Pow(base, exponent):
            if _degree(base, known) or _degree(exponent, known):
                raise _Mixed
            found = 0
        case Number() | Size() | Delta():
            found = 0
        case _:
            raise _Mixed
    if abs(found) > 1:
        raise _Mixed
    return found


def _walk(statements: tuple[Statement, ...], known: dict[str, int]) -> None:
    for statement in statements:
        match statement:
            case Let(name, value) | Keep(name, _, value):
                known[name] = _degree(value, known)
            case Reference(_, value):
                if _degree(value, known):
                    raise _Mixed
            case Reduce(name, operation, _, value):
                known[name] = _degree(value, known)
                if operation != "sum" and known[name]:
                    raise _Mixed
            case Store(_, _, value):
                if _degree(value, known):
                    raise _Mixed
            case Loop(_, body):
                _walk(body, known)


def _terms(statements: tuple[Statement, ...]) -> Iterator[Term]:
    for statement in statements:
        if isinstance(statement, Loop):
            yield from _terms(statement.body)
        else:
            yield statement.value


def multiplies_data(kernel: Kernel) -> bool:
    """Whether exponentials of a homogeneous kernel are multiplied with something of degree 0."""
    known: dict[str, int] = {}
    _walk(kernel.body, known)
    for term in _terms(kernel.body):
        for part in subterms(term):
            if isinstance(part, Mul):
                others = [f for f in part.factors if not _degree(f, known)]
                varies = any(isinstance(p, Variable) for f in others for p in subterms(f))
                if varies and len(others) < len(part.factors):
                    return True
    return False


def is_homogeneous(kernel: Kernel) -> bool:
    """Whether a common factor of all shifted exponentials cancels before it can overflow."""
    try:
        _walk(kernel.body, {})
    except _Mixed:
        return False
    return True
