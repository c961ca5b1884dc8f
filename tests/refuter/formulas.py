"""Short words for terms, so that the tests read like the mathematics."""

from __future__ import annotations

from fractions import Fraction

from derive.logic.problem import (
    Claim,
    Context,
    Definition,
    Different,
    Equation,
    Fact,
    Hypothesis,
    Same,
    Sign,
    Unknown,
)
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Maximum,
    Mul,
    Number,
    Pow,
    Size,
    Sum,
    Term,
    Variable,
)

i, j, k, m = (Index(letter, "N") for letter in "ijkm")
p, q = (Index(letter, "M") for letter in "pq")
N = Size("N")


def num(value: int | str | Fraction) -> Number:
    return Number(Fraction(value))


ZERO, ONE, TWO, HALF, MINUS = num(0), num(1), num(2), num("1/2"), num(-1)


def var(name: str, *indices: IndexTerm) -> Variable:
    return Variable(name, indices)


a, b, c, x, y = (var(name) for name in "abcxy")


def plus(*terms: Term) -> Term:
    return Add(terms)


def times(*factors: Term) -> Term:
    return Mul(factors)


def neg(term: Term) -> Term:
    return Mul((MINUS, term))


def minus(left: Term, right: Term) -> Term:
    return Add((left, neg(right)))


def over(top: Term, bottom: Term) -> Term:
    return Mul((top, Pow(bottom, MINUS)))


def power(base: Term, exponent: Term | int | str) -> Term:
    return Pow(base, exponent if isinstance(exponent, Term) else num(exponent))


def sqrt(term: Term) -> Term:
    return Pow(term, HALF)


def fn(name: str, argument: Term) -> Term:
    return Function(name, (argument,))


def exp(term: Term) -> Term:
    return fn("exp", term)


def log(term: Term) -> Term:
    return fn("log", term)


def summed(index: Index, body: Term, *excluded: IndexTerm) -> Term:
    return Sum(index, excluded, body)


def largest(index: Index, body: Term, *excluded: IndexTerm) -> Term:
    return Maximum(index, excluded, body)


def delta(left: IndexTerm, right: IndexTerm) -> Term:
    return Delta(left, right)


def d(body: Term, variable: Variable) -> Term:
    return Derivative(body, variable)


def apply(name: str, *arguments: Term, orders: tuple[int, ...] | None = None) -> Term:
    return Application(name, (), arguments, orders or (0,) * len(arguments))


def given(*facts: Fact) -> Hypothesis:
    return Hypothesis(facts, "a hypothesis of the test")


def claim(
    left: Term,
    right: Term,
    *hypotheses: Hypothesis,
    definitions: tuple[Definition, ...] = (),
    unknowns: tuple[Unknown, ...] = (),
    relation: str = "=",
) -> Claim:
    return Claim(left, relation, right, Context(definitions, hypotheses, unknowns))  # type: ignore[arg-type]


def z(index: IndexTerm) -> Variable:
    return var("z", index)


def t(index: IndexTerm) -> Variable:
    return var("t", index)


def s(index: IndexTerm) -> Variable:
    return var("s", index)


def softmax_of(name: str, index: Index) -> Definition:
    """name_i = exp(z_i) / Σ_m exp(z_m)."""
    return Definition(name, (index,), (), over(exp(z(index)), summed(m, exp(z(m)))))


SOFTMAX = softmax_of("s", i)
LOSS = Definition("L", (), (), neg(summed(k, times(t(k), log(s(k))))))
L = var("L")

TARGETS_SUM_TO_ONE = given(Equation(summed(i, t(i)), ONE))
ONE_HOT = given(
    Equation(summed(i, t(i)), ONE),
    Equation(power(t(i), 2), t(i), (i,)),
    Equation(times(t(i), t(j)), ZERO, (i, j), ((i, j),)),
)
POSITIVE_X = given(Sign(x, ">"))


def same(left: IndexTerm, right: IndexTerm) -> Hypothesis:
    return given(Same(left, right))


def different(left: IndexTerm, right: IndexTerm) -> Hypothesis:
    return given(Different(left, right))
