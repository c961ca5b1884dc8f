"""SymPy, which shares no code with our arithmetic, decides the same: both ways, at random.

For rational functions both decide completely.  With roots and exponentials of positive numbers
what ours calls equal, SymPy does not tell apart.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
import sympy

from derive.algebra.arithmetic import Arithmetic, Refused
from derive.algebra.terms import Add, Function, Mul, Number, Pow, Term
from derive.logic.terms import Variable

NAMES = ("x", "y", "z")
SYMBOLS = {name: sympy.Symbol(name, positive=True) for name in NAMES}
ONE = Number(Fraction(1))


def arithmetic() -> Arithmetic:
    """All variables are positive, as SymPy is told above; nothing else is known."""

    def positive(term: Term) -> bool:
        return isinstance(term, Variable) or (isinstance(term, Number) and term.value > 0)

    return Arithmetic(positive, positive, lambda term: term, 200_000)


def random_term(rng: Random, depth: int, roots: bool) -> Term:
    kind = rng.randrange(7 if roots else 5) if depth else rng.randrange(2)
    inner = (
        [random_term(rng, depth - 1, roots) for _ in range(rng.randrange(2, 4))] if depth else []
    )
    match kind:
        case 0:
            return Variable(rng.choice(NAMES), ())
        case 1:
            return Number(Fraction(rng.randrange(-3, 4), rng.choice((1, 1, 2, 3))))
        case 2:
            return Add(tuple(inner))
        case 3:
            return Mul(tuple(inner))
        case 4:
            return inner[0] ** rng.choice((-2, -1, 2, 3))
        case 5:
            return Variable(rng.choice(NAMES), ()) ** Fraction(rng.choice((1, -1, 3)), 2)
    return Function("exp", (inner[0],))


def to_sympy(term: Term) -> sympy.Expr:
    match term:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Variable(name, _):
            return SYMBOLS[name]
        case Add(terms):
            return sympy.Add(*map(to_sympy, terms))
        case Mul(factors):
            return sympy.Mul(*map(to_sympy, factors))
        case Pow(base, exponent):
            return sympy.Pow(to_sympy(base), to_sympy(exponent))
        case Function("exp", (exponent,)):
            return sympy.exp(to_sympy(exponent))
    raise AssertionError(term)


def from_sympy(expression: sympy.Expr) -> Term:
    if expression.is_Rational:
        return Number(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        return Variable(str(expression), ())
    inner = tuple(map(from_sympy, expression.args))
    if expression.is_Pow:
        return Pow(*inner)
    return Add(inner) if expression.is_Add else Mul(inner)


def has_a_value(expression: sympy.Expr) -> bool:
    return not expression.has(sympy.zoo, sympy.nan, sympy.oo)


@pytest.mark.parametrize("seed", range(6))
def test_rational_functions_are_equal_where_sympy_says_so_and_only_there(seed: int) -> None:
    rng = Random(seed)
    forms = (sympy.expand, sympy.factor, sympy.together, sympy.cancel)
    same = different = 0
    while same < 40 or different < 40:
        term = random_term(rng, 3, roots=False)
        theirs = to_sympy(term)
        if not has_a_value(theirs) or theirs.count_ops() > 60:
            continue
        twin = from_sympy(rng.choice(forms)(theirs))
        other = rng.choice((twin, twin + Number(Fraction(1, 10**12)), twin * twin))
        try:
            found = arithmetic().equal(term, other)
        except Refused:  # a denominator that is 0: ours sees it, and so must SymPy
            assert not has_a_value(sympy.cancel(theirs)) or sympy.cancel(1 / theirs) == sympy.zoo
            continue
        assert found == (sympy.cancel(theirs - to_sympy(other)) == 0), (term, other)
        same, different = same + found, different + (not found)


def test_normal_forms_with_roots_and_exponentials_have_sympys_values() -> None:
    rng = Random(7)
    points = [dict(zip(SYMBOLS.values(), at, strict=True)) for at in ((2, 3, 5), (7, 11, 13))]
    done = 0
    while done < 80:
        term = random_term(rng, 3, roots=True)
        theirs = to_sympy(term)
        if not has_a_value(theirs) or theirs.count_ops() > 40:
            continue
        try:
            normal = arithmetic().normal(term)
        except Refused:
            continue
        for point in points:
            before, after = (to_sympy(side).subs(point) for side in (term, normal))
            if has_a_value(before) and (size := abs(before.evalf(5))) < 10**20:
                difference = (before - after).evalf(30, maxn=400, chop=True)
                assert abs(difference) < 10**-15 * (1 + size), (term, normal)
                done += 1
