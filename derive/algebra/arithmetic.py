"""Exact arithmetic of terms: rational functions of whatever arithmetic cannot look into.

A polynomial is {monomial: coefficient}; a monomial is a set of (atom, exponent).  Atoms are
terms: variables, sums, logarithms, e^m for a single monomial m, and composite bases (an ``Add``
raised to a negative or broken power).  Two terms with equal polynomials, or whose difference
vanishes once composite denominators are multiplied away, are equal wherever both are defined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from itertools import chain
from math import gcd, lcm
from typing import TypeAlias

from derive.algebra.terms import Add, Function, Mul, Number, Pow, Term, children, rebuild
from derive.clock import late
from derive.memory import kept

Rational: TypeAlias = int | Fraction  # whole numbers as int, which is much faster
Exponents: TypeAlias = dict[Term, Rational]
Monomial: TypeAlias = frozenset[tuple[Term, Rational]]
Polynomial: TypeAlias = dict[Monomial, Rational]

ONE: Monomial = frozenset()
LONG = 12_000  # binary digits of the longest numbers that are written out


class Refused(Exception):
    """A rule does not apply; the reason is its text."""


class Exhausted(Refused):
    """The bounded effort for a step is used up."""


def ratio(over: Rational, under: Rational = 1) -> Rational:
    """A quotient, as an int where it is whole; ``/`` would make a float of two of them."""
    value = Fraction(over, under)
    return value.numerator if value.denominator == 1 else value


@kept
def order(term: Term) -> str:
    """A key that sorts terms, the same in every run."""
    return f"{len(children(term))}{term!r}"


def product(*factors: Term) -> Term:
    """The product of any number of factors, in one piece."""
    flat = [part for f in factors for part in (f.factors if isinstance(f, Mul) else (f,))]
    return Mul(tuple(flat)) if len(flat) > 1 else flat[0] if flat else Number(Fraction(1))


def total(*terms: Term) -> Term:
    """The sum of any number of terms."""
    return Add(terms) if len(terms) > 1 else terms[0] if terms else Number(Fraction(0))


def atom(term: Term) -> Polynomial:
    """The polynomial of a term that arithmetic does not look into."""
    return {frozenset(((term, 1),)): 1}


def number(value: Rational) -> Polynomial:
    """The polynomial of a rational number."""
    return {ONE: ratio(value)} if value else {}


def plus(left: Polynomial, right: Polynomial, scale: Rational = 1) -> Polynomial:
    """left + scale * right"""
    return _increase(dict(left), right, scale)


def _increase(polynomial: Polynomial, by: Polynomial, scale: Rational) -> Polynomial:
    """Add scale * by, in place."""
    for monomial, coefficient in by.items():
        value = polynomial.get(monomial, 0) + coefficient * scale
        if value:
            polynomial[monomial] = value
        else:
            polynomial.pop(monomial, None)
    return polynomial


def merged(*powers: Iterable[tuple[Term, Rational]]) -> Exponents:
    """The exponents of a product of powers."""
    exponents: Exponents = {}
    for base, exponent in chain(*powers):
        exponents[base] = exponents.get(base, 0) + exponent
    return exponents


class Arithmetic:
    """Polynomials of terms, given what is known of signs; remembers what it has computed.

    ``positive`` and ``nonnegative`` decide signs and may only say True where it is certain.
    ``form``: an equal term that stands for all that are written in another way, such as with
    other bound letters; it is asked where arithmetic does not look into a term.
    ``effort`` bounds the products of monomials; beyond it ``Exhausted`` is raised.
    """

    def __init__(
        self,
        positive: Callable[[Term], bool],
        nonnegative: Callable[[Term], bool],
        form: Callable[[Term], Term],
        effort: int = 40_000,
    ) -> None:
        self.positive, self.nonnegative, self.form = positive, nonnegative, form
        self.effort = effort
        self._known: dict[Term, Polynomial] = {}
        self._normal: dict[Term, Term] = {}

    def spend(self, amount: int) -> None:
        """Take note of an effort.  Raises Exhausted."""
        self.effort -= amount
        if self.effort < 0 or late():
            raise Exhausted("the step needs more arithmetic than is allowed for one step")

    def equal(self, left: Term, right: Term) -> bool:
        """Whether arithmetic alone shows both terms equal wherever both are defined."""
        same = left is right
        return same or not self.together(plus(self.expand(left), self.expand(right), -1))[0]

    # ------------------------------------------------------------ products and powers

    def times(self, left: Polynomial, right: Polynomial) -> Polynomial:
        self.spend(len(left) * len(right))
        result: Polynomial = {}
        for m, c in left.items():
            for n, d in right.items():
                _increase(result, self.settled(merged(m, n)) if m and n else {m | n: 1}, c * d)
        return result

    def settled(self, exponents: Exponents) -> Polynomial:
        """A product of powers, with composite bases opened where they can be."""
        opened: list[Polynomial] = []
        kept: list[tuple[Term, Rational]] = []
        for base, exponent in exponents.items():
            if base.idempotent and exponent:
                exponent = 1 if exponent > 0 else -1
            elif isinstance(base, Number) or (exponent >= 1 and _composite(base)):
                whole = exponent.__floor__()
                opened.append(self.power(self.expand(base), whole))
                exponent -= whole
            if exponent:
                kept.append((base, exponent))
        return reduce(self.times, opened, {frozenset(kept): 1})

    def power(self, base: Polynomial, exponent: Rational) -> Polynomial:
        """base ** exponent where it is defined.  Raises Refused for 0 to a negative power."""
        whole = exponent.denominator == 1
        if whole and exponent >= 0 and len(base) != 1:
            self.spend(exponent.numerator)
            if not exponent:
                return number(1)
            root = self.power(base, exponent.numerator // 2)
            square = self.times(root, root)
            return self.times(square, base) if exponent.numerator % 2 else square
        size, factors = self.factors(base)
        if not size and exponent < 0:
            raise Refused("division by zero")
        if not size:
            return {}
        if not whole:
            size, factors = self._splittable(base, size, factors)
        if _digits(size) * max(exponent, -exponent) > LONG:
            raise Exhausted("a number is raised to a power too large to write out")
        powers = self.settled({atom: e * exponent for atom, e in factors.items()})
        if whole:
            return plus({}, powers, ratio(size**exponent.numerator))
        if size < 0:
            raise Refused("a broken power of a negative number")
        roots: Exponents = {Number(Fraction(p)): e * exponent for p, e in _factored(size).items()}
        return self.times(powers, self.settled(roots))

    def _splittable(
        self, base: Polynomial, size: Fraction, factors: Exponents
    ) -> tuple[Fraction, Exponents]:
        """Factors that a broken power may be given to one by one, else the base in one piece.

        (ab)^p = a^p b^p needs a, b >= 0; one factor of unknown sign is harmless where all others
        are positive, for then it is >= 0 itself where the power is defined.
        """
        unknown = [factor for factor in factors if not self.nonnegative(factor)]
        if len(unknown) == 1 and factors[unknown[0]] in (1, -1):
            others = {factor: e for factor, e in factors.items() if factor is not unknown[0]}
            if all(map(self.positive, others)):
                if size < 0 and isinstance(unknown[0], Add):  # the sign belongs to the sum
                    flipped = self.term(plus({}, self.expand(unknown[0]), -1))
                    return -size, merged(others.items(), [(flipped, factors[unknown[0]])])
                unknown = []
        if size > 0 and not unknown:
            return size, factors
        return abs(size), {self.term(plus({}, base, ratio(1, abs(size)))): 1}

    def together(self, polynomial: Polynomial) -> tuple[Polynomial, Exponents]:
        """(p, {w: e}) with polynomial = p * product of w^e and no composite w below in p."""
        below: Exponents = {}
        while True:
            lowest: Exponents = {}
            for base, exponent in chain(*polynomial):
                if exponent < 0 and not isinstance(base, Number) and _composite(base):
                    lowest[base] = min(lowest.get(base, exponent), exponent)
            if not lowest:
                return polynomial, below
            lift = [(base, -(e.__floor__())) for base, e in lowest.items()]
            below = merged(below.items(), ((base, -e) for base, e in lift))
            self.spend(len(polynomial))
            cleared: Polynomial = {}
            for monomial, coefficient in polynomial.items():
                _increase(cleared, self.settled(merged(monomial, lift)), coefficient)
            polynomial = cleared

    def factors(self, polynomial: Polynomial) -> tuple[Fraction, Exponents]:
        """(c, {w: e}) with polynomial = c * product of w^e; c = 0 where it vanishes.

        What the monomials have in common, the composite denominators, and a primitive rest.
        """
        top, below = self.together(polynomial)
        if not top:
            return Fraction(0), {}
        rows = [dict(monomial) for monomial in top]
        bases = {base for row in rows for base in row if not base.idempotent}
        common = {base: min(row.get(base, 0) for row in rows) for base in bases}
        divisor = [(base, -e) for base, e in common.items()]
        values = top.values()
        size = Fraction(gcd(*(c.numerator for c in values)), lcm(*(c.denominator for c in values)))
        rest = {_monomial(merged(m, divisor)): ratio(c, size) for m, c in top.items()}
        lead = min(rest, key=lambda m: sorted((order(base), e) for base, e in m))
        if rest[lead] < 0:
            size, rest = -size, plus({}, rest, -1)
        primitive = lead if len(rest) == 1 else [(self.term(rest), 1)]
        return size, dict(_monomial(merged(common.items(), below.items(), primitive)))

    # ------------------------------------------------------------ from terms and back

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
                return reduce(lambda sum_, t: _increase(sum_, self.expand(t), 1), terms, {})
            case Mul(factors):
                return reduce(self.times, map(self.expand, factors), number(1))
            case Pow(base, Number(exponent)):
                return self.power(self.expand(base), ratio(exponent))
            case Pow(base, exponent) if self.positive(base):
                return self._exponential(base, exponent)
            case Function("exp", (exponent,)):
                return self._exponential(None, exponent)
            case Function("log", (argument,)):
                inner = self.expand(argument)
                if inner.keys() == {ONE} and inner[ONE] > 0:  # log(p^a / q^b) = a log p - b log q
                    logs = _factored(inner[ONE]).items()
                    parts = (plus({}, atom(_log(p)), e) for p, e in logs)
                    return reduce(plus, parts, {})
        form = self.form(rebuild(term, tuple(map(self.normal, children(term)))))
        return number(form.value) if isinstance(form, Number) else atom(form)

    def _exponential(self, base: Term | None, exponent: Term) -> Polynomial:
        """b^(sum of c m) = product of (b^m)^c for b > 0, or for e"""
        powers: Exponents = {}
        result = number(1)
        for monomial, coefficient in self.expand(exponent).items():
            inner = self.term({monomial: 1})
            if base is None:
                powers[Function("exp", (inner,))] = coefficient
            elif monomial:
                powers[Pow(self.normal(base), inner)] = coefficient
            else:
                result = self.power(self.expand(base), coefficient)
        return self.times(result, {_monomial(powers): 1})

    def normal(self, term: Term) -> Term:
        """The term of its polynomial: expanded, collected, in a fixed order."""
        if term not in self._normal:
            self._normal[term] = self.term(self.expand(term))
        return self._normal[term]

    def term(self, polynomial: Polynomial) -> Term:
        """A polynomial as a term, in a fixed order."""
        self.spend(0)
        parts = sorted(polynomial.items(), key=lambda item: sorted(order(a) for a, _ in item[0]))
        return total(*(_monomial_term(m, c) for m, c in parts))


def _monomial(exponents: Exponents) -> Monomial:
    return frozenset((base, e) for base, e in exponents.items() if e)


def _composite(base: Term) -> bool:
    """Whether a whole power of the base can be expanded."""
    if isinstance(base, Pow):
        return isinstance(base.exponent, Number)
    return isinstance(base, (Add, Mul, Number))


def _log(prime: int) -> Term:
    return Function("log", (Number(Fraction(prime)),))


def _digits(value: Rational) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length() - 2


def _monomial_term(monomial: Monomial, coefficient: Rational) -> Term:
    if _digits(coefficient) > LONG:
        raise Exhausted("a number grows too long to write out")
    factors: list[Term] = [] if coefficient == 1 and monomial else [Number(Fraction(coefficient))]
    exponent: list[Term] = []  # e^a e^b is printed as e^(a + b)
    for base, power in sorted(monomial, key=lambda item: order(item[0])):
        if isinstance(base, Function) and base.name == "exp":
            scale = () if power == 1 else (Number(Fraction(power)),)
            exponent.append(product(*scale, base.arguments[0]))
        else:
            factors.append(base if power == 1 else Pow(base, Number(Fraction(power))))
    if exponent:
        factors.append(Function("exp", (total(*exponent),)))
    return product(*factors)


def _factored(value: Rational) -> dict[int, int]:
    """Prime factors with multiplicity, those below negative; a large rest is left whole."""
    found: dict[int, int] = {}
    for rest, sign in ((value.numerator, 1), (value.denominator, -1)):
        for divisor in range(2, 1000):
            while rest % divisor == 0:
                found[divisor] = found.get(divisor, 0) + sign
                rest //= divisor
            if rest == 1:
                break
        else:
            found[rest] = found.get(rest, 0) + sign
    return found
