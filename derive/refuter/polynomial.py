"""Polynomials in the components of data: what a hypothesis says, when it can be solved exactly.

A hypothesis is evaluated with a ``Polynomial`` for each component in place of a number.  What
leaves the polynomials (a logarithm, a division by data) raises ``NotPolynomial``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from flint import fmpq, fmpq_poly

from derive.refuter.point import Key
from derive.refuter.values import ZERO, Value

__all__ = ["NotPolynomial", "Polynomial", "component", "components", "substituted"]

_MOST_TERMS = 400


class NotPolynomial(Exception):
    """An operation that leads out of the polynomials, or to one with too many terms."""


class Polynomial:
    """A sum of coefficients times products of components; never constant."""

    __slots__ = ("terms",)

    def __init__(self, terms: dict[tuple[Key, ...], fmpq]) -> None:
        self.terms = terms

    def __add__(self, other: Value) -> Value:
        terms = dict(self.terms)
        for keys, coefficient in _terms(other):
            terms[keys] = terms.get(keys, ZERO) + coefficient
        return _polynomial(terms)

    __radd__ = __add__

    def __mul__(self, other: Value) -> Value:
        terms: dict[tuple[Key, ...], fmpq] = {}
        for keys, coefficient in _terms(other):
            for own, factor in self.terms.items():
                product = tuple(sorted(own + keys))
                terms[product] = terms.get(product, ZERO) + factor * coefficient
        return _polynomial(terms)

    __rmul__ = __mul__

    def __neg__(self) -> Value:
        return Polynomial({keys: -coefficient for keys, coefficient in self.terms.items()})

    def __sub__(self, other: Value) -> Value:
        return self + (-other)

    def __rsub__(self, other: Value) -> Value:
        return -self + other

    def __pow__(self, exponent: int) -> Value:
        if exponent > 8:
            raise NotPolynomial
        power: Value = fmpq(1)
        for _ in range(exponent):
            power = power * self
        return power

    def _no_number(self, *_: Any) -> NoReturn:
        raise NotPolynomial

    __rtruediv__ = __abs__ = __lt__ = __le__ = __gt__ = __ge__ = _no_number


def _terms(value: Value) -> Iterable[tuple[tuple[Key, ...], fmpq]]:
    if type(value) is Polynomial:
        return value.terms.items()
    if type(value) is int:
        value = fmpq(value)
    if type(value) is not fmpq:
        raise NotPolynomial
    return (((), value),)


def _polynomial(terms: dict[tuple[Key, ...], fmpq]) -> Value:
    kept = {keys: coefficient for keys, coefficient in terms.items() if coefficient != 0}
    if len(kept) > _MOST_TERMS:
        raise NotPolynomial
    if not kept:
        return ZERO
    if len(kept) == 1 and () in kept:
        return kept[()]
    return Polynomial(kept)


def component(key: Key) -> Polynomial:
    """The polynomial that is one component."""
    return Polynomial({(key,): fmpq(1)})


def components(polynomial: Polynomial) -> list[Key]:
    """The components that occur, in order."""
    return sorted({key for keys in polynomial.terms for key in keys})


def affine(polynomial: Polynomial) -> bool:
    """Whether no product of components occurs."""
    return all(len(keys) <= 1 for keys in polynomial.terms)


def substituted(polynomial: Polynomial, key: Key, by: Value) -> Value:
    """The polynomial with one component replaced by a number or a polynomial."""
    if not any(key in keys for keys in polynomial.terms):
        return polynomial
    if type(by) is fmpq:  # by far the most frequent case
        terms: dict[tuple[Key, ...], fmpq] = {}
        for keys, coefficient in polynomial.terms.items():
            rest = tuple(own for own in keys if own != key)
            value = coefficient * by ** (len(keys) - len(rest))
            terms[rest] = terms.get(rest, ZERO) + value
        return _polynomial(terms)
    total: Value = ZERO
    for keys, coefficient in polynomial.terms.items():
        factor: Value = coefficient
        for own in keys:
            factor = factor * (by if own == key else component(own))
        total = total + factor
    return total


def rational_roots(polynomial: Polynomial) -> list[fmpq]:
    """The rational zeros of a polynomial in one component, in increasing order."""
    coefficients: dict[int, fmpq] = {len(keys): c for keys, c in polynomial.terms.items()}
    if max(coefficients) == 1:
        return [-coefficients.get(0, ZERO) / coefficients[1]]
    dense = [coefficients.get(degree, ZERO) for degree in range(max(coefficients) + 1)]
    return sorted(root for root, _ in fmpq_poly(dense).roots())


def keeps_sign(polynomial: Polynomial) -> int:
    """1 or -1 where the polynomial is a sum of squares with a constant, of that sign everywhere.

    0 where that does not show.
    """
    even = all(keys.count(key) % 2 == 0 for keys in polynomial.terms for key in keys)
    positive = {coefficient > 0 for coefficient in polynomial.terms.values()}
    if () not in polynomial.terms or not even or len(positive) > 1:
        return 0
    return 1 if True in positive else -1
