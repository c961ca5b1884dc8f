"""Exact arithmetic of terms: rational functions of whatever arithmetic cannot look into.

A polynomial is {monomial: coefficient}; a monomial is a set of (atom, exponent).  Atoms are
terms: variables, sums, logarithms, e^m for a single monomial m, and composite bases (an ``Add``
raised to a negative or broken power).  Two terms with equal polynomials, or whose difference
vanishes once composite denominators are multiplied away, are equal wherever both are defined.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import gcd
from typing import TypeAlias

from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Delta,
    Derivative,
    Function,
    Mul,
    Number,
    Pow,
    Size,
    Term,
    Variable,
    canonical,
    children,
    rebuild,
)  # fmt: skip

Monomial: TypeAlias = frozenset[tuple[Term, Fraction]]
Polynomial: TypeAlias = dict[Monomial, Fraction]

ONE: Monomial = frozenset()
UNIT = Fraction(1)
LONG = 12_000  # binary digits of the longest numbers that are written out


class Refused(Exception):
    """A rule does not apply; the reason is its text."""


class Exhausted(Refused):
    """The bounded effort for a step is used up."""


@cache
def order(term: Term) -> str:
    """A key that sorts terms, the same in every run."""
    return f"{len(children(term))}{term!r}"


def plus(left: Polynomial, right: Polynomial, scale: Fraction = UNIT) -> Polynomial:
    """left + scale * right"""
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.get(monomial, 0) + coefficient * scale
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return total


def number(value: Fraction) -> Polynomial:
    return {ONE: value} if value else {}


class Arithmetic:
    """Polynomials of terms, given what is known of signs; remembers what it has computed.

    ``positive`` and ``nonnegative`` decide signs and may only say True where it is certain.
    ``effort`` bounds the products of monomials; beyond it ``Exhausted`` is raised.
    """

    def __init__(
        self,
        positive: Callable[[Term], bool],
        nonnegative: Callable[[Term], bool],
        effort: int = 40_000,
    ) -> None:
        self.positive, self.nonnegative, self.effort = positive, nonnegative, effort
        self._known: dict[Term, Polynomial] = {}

    def spend(self, amount: int) -> None:
        self.effort -= amount
        if self.effort < 0:
            raise Exhausted("the step needs more arithmetic than is allowed for one step")

    def times(self, left: Polynomial, right: Polynomial) -> Polynomial:
        self.spend(len(left) * len(right))
        total: Polynomial = {}
        for m, c in left.items():
            for n, d in right.items():
                if not m or not n:
                    part: Polynomial = {m | n: c * d}
                else:
                    exponents = dict(m)
                    for atom, exponent in n:
                        exponents[atom] = exponents.get(atom, Fraction(0)) + exponent
                    part = self._settled(exponents, c * d)
                for monomial, coefficient in part.items():
                    value = total.get(monomial, 0) + coefficient
                    if value:
                        total[monomial] = value
                    else:
                        total.pop(monomial, None)
        return total

    def _settled(self, exponents: dict[Term, Fraction], coefficient: Fraction) -> Polynomial:
        """coefficient * product of powers, with composite bases opened where they can be."""
        opened: list[Polynomial] = []
        kept: list[tuple[Term, Fraction]] = []
        for atom, exponent in exponents.items():
            if exponent and isinstance(atom, Delta):  # 0 and 1 are their own powers
                exponent = UNIT if exponent > 0 else -UNIT
            elif exponent and _composite(atom):
                if isinstance(atom, Number) or exponent >= 1:
                    whole = exponent.__floor__()
                    exponent -= whole
                    opened.append(self.power(self.expand(atom), Fraction(whole)))
            if exponent:
                kept.append((atom, exponent))
        result: Polynomial = {frozenset(kept): coefficient}
        for factor in opened:
            result = self.times(result, factor)
        return result

    def power(self, base: Polynomial, exponent: Fraction) -> Polynomial:
        """base ** exponent where it is defined.  Raises Refused for 0 to a negative power."""
        if exponent.denominator == 1 and exponent >= 0 and len(base) != 1:
            self.spend(exponent.numerator)
            result = {ONE: UNIT}
            for bit in bin(exponent.numerator)[2:]:
                result = self.times(result, result)
                if bit == "1":
                    result = self.times(result, base)
            return result
        top, below = self.together(base)
        if not top:
            if exponent < 0:
                raise Refused("division by zero")
            return {}
        coefficient, common, rest = content(top)
        factors = dict(common)
        for atom, e in below.items():
            factors[atom] = factors.get(atom, Fraction(0)) + e
        if rest is not None:  # it may be one of the denominators
            composite = self.term(rest)
            factors[composite] = factors.get(composite, Fraction(0)) + 1
        if exponent.denominator != 1:
            coefficient, factors = self._splittable(base, coefficient, factors)
        result = self._settled({a: e * exponent for a, e in factors.items()}, UNIT)
        return self.times(result, _number_power(coefficient, exponent))

    def _splittable(
        self, base: Polynomial, coefficient: Fraction, factors: dict[Term, Fraction]
    ) -> tuple[Fraction, dict[Term, Fraction]]:
        """Factors that a broken power may be given to one by one, else the base in one piece.

        (ab)^p = a^p b^p needs a, b >= 0; one factor of unknown sign is harmless where all others
        are positive, for then it is >= 0 itself where the power is defined.
        """
        unknown = [a for a in factors if not self.nonnegative(a)]
        single = len(unknown) == 1 and factors[unknown[0]] in (1, -1)
        if single and all(a is unknown[0] or self.positive(a) for a in factors):
            if coefficient > 0:
                return coefficient, factors
            if isinstance(unknown[0], Add):  # the sign belongs to the composite factor
                flipped = self.term(plus({}, self.expand(unknown[0]), -UNIT))
                e = factors.pop(unknown[0])
                return -coefficient, {**factors, flipped: factors.get(flipped, 0) + e}
        if not unknown and coefficient > 0:
            return coefficient, factors
        size = abs(coefficient)
        return size, {self.term(plus({}, base, 1 / size)): UNIT}

    def together(self, polynomial: Polynomial) -> tuple[Polynomial, dict[Term, Fraction]]:
        """(p, {w: e}) with polynomial = p * product of w^e and no composite w below in p."""
        below: dict[Term, Fraction] = {}
        while True:
            lowest: dict[Term, Fraction] = {}
            for monomial in polynomial:
                for atom, exponent in monomial:
                    if exponent < 0 and not isinstance(atom, Number) and _composite(atom):
                        lowest[atom] = min(lowest.get(atom, exponent), exponent)
            if not lowest:
                return polynomial, below
            lift = {a: Fraction(-(e.__floor__())) for a, e in lowest.items()}
            for atom, exponent in lift.items():
                below[atom] = below.get(atom, Fraction(0)) - exponent
            cleared: Polynomial = {}
            for monomial, coefficient in polynomial.items():
                exponents = dict(monomial)
                for atom, exponent in lift.items():
                    exponents[atom] = exponents.get(atom, Fraction(0)) + exponent
                self.spend(1)
                cleared = plus(cleared, self._settled(exponents, coefficient))
            polynomial = cleared

    def is_zero(self, polynomial: Polynomial) -> bool:
        """Whether it vanishes wherever it is defined (False: not known to)."""
        return not self.together(polynomial)[0]

    def equal(self, left: Term, right: Term) -> bool:
        """Whether arithmetic alone shows both terms equal wherever both are defined."""
        return left is right or self.is_zero(
            plus(self.expand(left), self.expand(right), Fraction(-1))
        )

    def expand(self, term: Term) -> Polynomial:
        """The polynomial of a term whose bound letters are canonical."""
        known = self._known.get(term)
        if known is None:
            self.spend(1)
            known = self._known[term] = self._expand(term)
        return known

    def _expand(self, term: Term) -> Polynomial:
        match term:
            case Number(value):
                return number(value)
            case Add(terms):
                total: Polynomial = {}
                for part in terms:
                    total = plus(total, self.expand(part))
                return total
            case Mul(factors):
                product = {ONE: UNIT}
                for factor in factors:
                    product = self.times(product, self.expand(factor))
                return product
            case Pow(base, Number(exponent)):
                return self.power(self.expand(base), exponent)
            case Pow(base, exponent):
                if self.positive(base):  # b^(sum c m) = product of (b^m)^c
                    return self._exponential(lambda m: Pow(self.normal(base), m), exponent)
                return {frozenset([(Pow(self.normal(base), self.normal(exponent)), UNIT)]): UNIT}
            case Function("exp", (argument,)):
                return self._exponential(lambda m: Function("exp", (m,)), argument)
            case Function("log", (argument,)) if self._rational(argument) > 0:
                return _logarithm(self._rational(argument))
            case Delta(left, right):
                if left is right:
                    return {ONE: UNIT}
                first, second = sorted((left, right), key=repr)
                return {frozenset([(Delta(first, second), UNIT)]): UNIT}
            case Variable() | Size():
                return {frozenset([(term, UNIT)]): UNIT}
            case Function() | Application() | Derivative() | Binder():
                inner = tuple(self.normal(child) for child in children(term))
                return {frozenset([(canonical(rebuild(term, inner)), UNIT)]): UNIT}
        raise Refused(f"no arithmetic for {type(term).__name__}")

    def _rational(self, term: Term) -> Fraction:
        """The value of a term that is a rational number without further ado, else 0."""
        polynomial = self.expand(term)
        return polynomial[ONE] if polynomial.keys() == {ONE} else Fraction(0)

    def _exponential(self, atom: Callable[[Term], Term], exponent: Term) -> Polynomial:
        powers: dict[Term, Fraction] = {}
        result: Polynomial = {ONE: UNIT}
        for monomial, coefficient in self.expand(exponent).items():
            if monomial or isinstance(atom(Number(UNIT)), Function):
                powers[atom(self.term({monomial: UNIT}))] = coefficient
            else:
                base = atom(Number(UNIT))
                assert isinstance(base, Pow)
                result = self.power(self.expand(base.base), coefficient)
        return self.times(result, {frozenset(powers.items()): UNIT})

    def normal(self, term: Term) -> Term:
        """The term of its polynomial: expanded, collected, in a fixed order."""
        return self.term(self.expand(term))

    def term(self, polynomial: Polynomial) -> Term:
        """A polynomial as a term, in a fixed order."""
        parts = sorted(polynomial.items(), key=lambda item: sorted(order(a) for a, _ in item[0]))
        terms = tuple(_monomial_term(m, c) for m, c in parts)
        return terms[0] if len(terms) == 1 else Add(terms) if terms else Number(Fraction(0))


def _composite(atom: Term) -> bool:
    """Whether a whole power of the atom can be expanded."""
    if isinstance(atom, Pow):
        return isinstance(atom.exponent, Number)
    return isinstance(atom, (Add, Mul, Number))


def _digits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length() - 2


def _monomial_term(monomial: Monomial, coefficient: Fraction) -> Term:
    if _digits(coefficient) > LONG:
        raise Exhausted("a number grows too long to write out")
    factors: list[Term] = []
    exponent: list[Term] = []  # e^a e^b is printed as e^(a + b)
    for atom, power in sorted(monomial, key=lambda item: order(item[0])):
        if isinstance(atom, Function) and atom.name == "exp":
            inner = atom.arguments[0]
            exponent.append(inner if power == 1 else _product((Number(power), inner)))
        else:
            factors.append(atom if power == 1 else Pow(atom, Number(power)))
    if exponent:
        factors.append(
            Function("exp", (exponent[0] if len(exponent) == 1 else Add(tuple(exponent)),))
        )
    if coefficient != 1 or not factors:
        factors.insert(0, Number(coefficient))
    return _product(tuple(factors))


def _product(factors: tuple[Term, ...]) -> Term:
    flat: list[Term] = []
    for factor in factors:
        flat.extend(factor.factors if isinstance(factor, Mul) else (factor,))
    return flat[0] if len(flat) == 1 else Mul(tuple(flat))


def content(
    polynomial: Polynomial,
) -> tuple[Fraction, dict[Term, Fraction], Polynomial | None]:
    """(c, m, q) with polynomial = c m q: c a number, m the common powers, q primitive or None."""
    exponents = [dict(monomial) for monomial in polynomial]
    common = {
        atom: min(e.get(atom, Fraction(0)) for e in exponents)
        for atom in {atom for e in exponents for atom in e}
        if not isinstance(atom, Delta)
    }
    common = {atom: e for atom, e in common.items() if e}
    top = below = 0
    for coefficient in polynomial.values():
        top = gcd(top, coefficient.numerator)
        below = below * coefficient.denominator // gcd(below, coefficient.denominator) or (
            coefficient.denominator
        )
    size = Fraction(top, below)
    rest: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        left = dict(monomial)
        for atom, e in common.items():
            left[atom] = left.get(atom, Fraction(0)) - e
        rest[frozenset((a, e) for a, e in left.items() if e)] = coefficient / size
    if len(rest) == 1:
        ((monomial, coefficient),) = rest.items()
        return size * coefficient, {**common, **dict(monomial)}, None
    lead = min(rest, key=lambda m: sorted((order(a), e) for a, e in m))
    if rest[lead] < 0:
        size, rest = -size, {m: -c for m, c in rest.items()}
    return size, common, rest


def _number_power(value: Fraction, exponent: Fraction) -> Polynomial:
    """value ** exponent for value != 0, by prime factors where the exponent is broken."""
    if _digits(value) * abs(exponent) > LONG:
        raise Exhausted("a number is raised to a power too large to write out")
    if exponent.denominator == 1:
        return {ONE: value**exponent.numerator}
    if value < 0:
        raise Refused("a broken power of a negative number")
    atoms: dict[Term, Fraction] = {}
    coefficient = UNIT
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime, multiplicity in _primes(part).items():
            total = sign * multiplicity * exponent
            whole = total.__floor__()
            coefficient *= Fraction(prime) ** whole
            if total != whole:
                atoms[Number(Fraction(prime))] = total - whole
    return {frozenset(atoms.items()): coefficient}


def _logarithm(value: Fraction) -> Polynomial:
    """log(p^a q^b / r^c) = a log p + b log q - c log r"""
    logs: Polynomial = {}
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime, multiplicity in _primes(part).items():
            log = Function("log", (Number(Fraction(prime)),))
            logs[frozenset([(log, UNIT)])] = Fraction(sign * multiplicity)
    return logs


def _primes(value: int) -> dict[int, int]:
    """Prime factors with multiplicity; a large rest is left whole, which is sound."""
    found: dict[int, int] = {}
    divisor = 2
    while divisor * divisor <= value and divisor < 1000:
        while value % divisor == 0:
            found[divisor] = found.get(divisor, 0) + 1
            value //= divisor
        divisor += 1
    if value > 1:
        found[value] = found.get(value, 0) + 1
    return found
