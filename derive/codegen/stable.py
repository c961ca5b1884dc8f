"""Quotients and logarithms of sums of exponentials, without overflow.

``e^a / sum_j e^{b_j}`` is the same if a constant m is taken from all exponents, since both sides of
the slash become e^m times smaller.  So is every quotient that is homogeneous in exponentials, of
the same degree above and below, such as ``(e^a sum_j e^{b_j} - e^a e^c) / (sum_j e^{b_j})^2``.
With m near the largest b_j nothing overflows, and what underflows is negligible.

``log sum_j e^{b_j} = b_r + log(1 + sum_{j != r} e^{b_j} / e^{b_r})`` for every r, and with r at the
largest nothing is lost; ``log(e^a / sum_j e^{b_j})`` is a less that.  Where there is one such sum
for each i, the largest has no name, and its term is left in the sum.

Documents that write such forms and prove them are followed as they are; this is for all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from derive.codegen.rewriting import transform
from derive.logic.terms import (
    Add,
    Function,
    Label,
    Maximum,
    Mul,
    Number,
    Pow,
    Sum,
    Term,
    Variable,
    children,
    free_indices,
    rebuild,
    substitute,
    subterms,
)

__all__ = ["stable"]

ONE, MINUS_ONE = Number(Fraction(1)), Number(Fraction(-1))


def stable(term: Term, largest: Callable[[Maximum], Label]) -> Term:
    """The term with such quotients and logarithms in their safe forms.

    ``largest`` gives the position of a maximum a name.
    """

    def logarithm(part: Term) -> Term:
        match part:
            case Function("log", (argument,)):
                return _log(argument, largest) or part
        return part

    return transform(transform(term, logarithm), _quotient)


# ------------------------------------------------------------------ sums of exponentials


def _exponent(term: Term) -> Term | None:
    """a, of ``e^a``, and a + b, of ``e^a e^b``; None for anything else."""
    match term:
        case Function("exp", (argument,)):
            return argument
        case Mul(factors):
            exponents = [e for factor in factors if (e := _exponent(factor)) is not None]
            return _sum(exponents) if len(exponents) == len(factors) else None
    return None


def _largest(total: Term) -> Maximum | None:
    """The largest exponent, of ``sum_j e^{b_j}`` over all j."""
    match total:
        case Sum(index, (), body):
            exponent = _exponent(body)
            if exponent is not None and index in free_indices(exponent) and _is_open(exponent):
                return Maximum(index, (), exponent)
    return None


def _is_open(exponent: Term) -> bool:
    return any(isinstance(part, Variable) for part in subterms(exponent))


def _from(exponent: Term, largest: Maximum) -> Term:
    """``e^exponent``, but for a constant near the largest."""
    return Function("exp_from", (exponent, Function("reference", (largest,))))


# ------------------------------------------------------------------ logarithms


def _log(argument: Term, largest: Callable[[Maximum], Label]) -> Term | None:
    """The logarithm of a product in which such a sum stands; None for any other."""
    factors = argument.factors if isinstance(argument, Mul) else (argument,)
    terms: list[Term] = []
    rest: list[Term] = []
    found = False
    for factor in factors:
        base, power = factor, Fraction(1)
        if isinstance(factor, Pow) and isinstance(factor.exponent, Number):
            base, power = factor.base, factor.exponent.value
        peak, exponent = _largest(base), _exponent(base)
        if peak is not None:
            found = True
            parts = _log_of_each(peak) if free_indices(peak) else _log_of_sum(peak, largest(peak))
            terms += (_times(power, part) for part in parts)
        elif exponent is not None:
            terms.append(_times(power, exponent))
        else:
            rest.append(factor)
    if not found:
        return None
    # All other factors together are positive, since the whole is, wherever its logarithm is known.
    return _sum([*terms, *([Function("log", (_product(rest),))] if rest else [])])


def _log_of_sum(peak: Maximum, place: Label) -> Iterator[Term]:
    at = substitute(peak.body, {peak.index: place})
    others = Sum(peak.index, (place,), _from(peak.body, peak))
    yield at
    yield Function("log1p", (Mul((others, Pow(_from(at, peak), MINUS_ONE))),))


def _log_of_each(peak: Maximum) -> Iterator[Term]:
    """Of one sum for each position of another index: about the largest exponent, by its value."""
    total = Sum(peak.index, (), _from(peak.body, peak))
    yield peak
    yield Function("log", (Mul((total, Pow(_from(peak, peak), MINUS_ONE))),))


# ------------------------------------------------------------------ quotients


def _quotient(term: Term) -> Term:
    """A product of degree 0 in exponentials that is divided by such a sum, with exponents moved."""
    if not isinstance(term, Mul):
        return term
    for factor in term.factors:
        match factor:
            case Pow(base, Number(power)) if power < 0:
                peak = _largest(base.base if isinstance(base, Pow) else base)
                factors = _of_degree_0(term.factors) if peak is not None else None
                if peak is not None and factors is not None:
                    return _product([_moved(factor, peak) for factor in factors])
    return term


def _of_degree_0(factors: tuple[Term, ...]) -> list[Term] | None:
    """The factors, with as many exponentials as make the degree 0: e^a e^b may be e^{a + b}."""
    exponents = [e for factor in factors if (e := _exponent(factor)) is not None and _is_open(e)]
    rest = [f for f in factors if (e := _exponent(f)) is None or not _is_open(e)]
    degree = _degree(Mul(tuple(rest)))
    if degree is None or degree.denominator != 1 or not 0 <= -degree <= len(exponents):
        return None
    if degree == 0:
        return rest if not exponents else None
    count = int(-degree)
    first, others = exponents[: len(exponents) - count + 1], exponents[len(exponents) - count + 1 :]
    return [*(Function("exp", (e,)) for e in (_sum(first), *others)), *rest]


def _degree(term: Term) -> Fraction | None:
    """d, of a term that is e^{d m} times as large if m is added to all of its exponents."""
    match term:
        case Function("exp", (argument,)) if _is_open(argument):
            return Fraction(1)
        case Mul(factors):
            degrees = [_degree(factor) for factor in factors]
            return None if None in degrees else sum((d for d in degrees if d), Fraction(0))
        case Add(terms):
            (first, *others) = {_degree(part) for part in terms}
            return None if others else first
        case Pow(base, Number(power)):
            degree = _degree(base)
            return None if degree is None else degree * power
        case Sum(_, _, body):
            exponent = _exponent(body)
            return _degree(body if exponent is None else Function("exp", (exponent,)))
    return Fraction(0)


def _moved(term: Term, peak: Maximum) -> Term:
    """The term with all exponents that its degree counts taken from a constant near the largest."""
    match term:
        case Function("exp", (argument,)) if _is_open(argument):
            return _from(argument, peak)
        case Sum(index, excluded, body) if (exponent := _exponent(body)) is not None:
            moved = _from(exponent, peak) if _is_open(exponent) else body
            return Sum(index, excluded, moved)
        case Add() | Mul() | Sum() | Pow():
            return rebuild(term, tuple(_moved(child, peak) for child in children(term)))
    return term


# ------------------------------------------------------------------ terms


def _sum(terms: list[Term]) -> Term:
    flat = [t for term in terms for t in (term.terms if isinstance(term, Add) else (term,))]
    return flat[0] if len(flat) == 1 else Add(tuple(flat))


def _product(factors: list[Term]) -> Term:
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))


def _times(power: Fraction, term: Term) -> Term:
    if power == 1:
        return term
    if isinstance(term, Add):
        return Add(tuple(_times(power, part) for part in term.terms))
    match term:
        case Mul((Number(value), *others)):
            power, term = power * value, _product(others)
    return term if power == 1 else Mul((Number(power), term))
