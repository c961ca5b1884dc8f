"""Every rule against an oracle that shares nothing with it: interval balls at N = 1, 2, 3, 4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from flint import arb, fmpq

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.problem import Equation, Hypothesis, Unknown
from derive.logic.rules import CHAIN, RULES, Scope, rewrite
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Size,
    Sum,
    Term,
    Variable,
    canonical,
    free_indices,
)
from derive.refuter.evaluate import CannotEvaluate, Undefined, evaluate
from derive.refuter.point import Point, SmoothFunction
from tests.random_terms import CONTEXT, FREE, number, p, random_term, redex, t, z

OPEN = Unknown("M", (), ("y",))  # an open loss of the softmax's output
THREE = Hypothesis((Equation(Size("M"), number(3)),), "M = 3")
EVERYTHING = replace(CONTEXT, unknowns=(OPEN,), hypotheses=(*CONTEXT.hypotheses, THREE))
FACTS = Facts(EVERYTHING)
ANY = Scope(FACTS)
APART = Scope(FACTS, frozenset(frozenset(pair) for pair in combinations(FREE, 2)))

APPLICATIONS = 30  # of each rule, each tried at several points


def draw(rng: Random) -> fmpq:
    """A small rational number of any sign."""
    return fmpq(rng.randint(-7, 7), rng.randint(1, 4))


def point(rng: Random, n: int, indices: tuple[Index, ...], apart: bool) -> Point:
    """A random point that satisfies the hypotheses of the context: p_i > 0 and sum t_i = 1."""
    places = rng.sample(range(1, n + 1), 3) if apart else [rng.randint(1, n) for _ in range(3)]
    positions = dict(zip(FREE, places, strict=True))
    positions |= {i: rng.randint(1, n) for i in indices if i not in positions}
    values = {("x", ()): draw(rng), ("s", ()): draw(rng)}
    for k in range(1, n + 1):
        values["z", (k,)] = draw(rng)
        values["p", (k,)] = fmpq(rng.randint(1, 9), rng.randint(1, 4))
        values["t", (k,)] = draw(rng)
    for k in (1, 2, 3):
        values["w", (k,)] = draw(rng)
    values["t", (n,)] = fmpq(1) - sum((values["t", (k,)] for k in range(1, n)), fmpq(0))

    def smooth(_: object, arguments: int) -> SmoothFunction:
        terms = [(draw(rng), tuple(rng.choices(range(arguments), k=k))) for k in (0, 1, 2, 3)]
        return SmoothFunction(tuple(terms))

    return Point({"N": n, "M": 3}, positions, values, draw_function=smooth)


def value(term: Term, at: Point) -> arb | Undefined | None:
    """The oracle's value; None where it cannot tell."""
    try:
        return evaluate(term, EVERYTHING, at, operations=200_000)
    except CannotEvaluate:
        return None


def candidates(rule: str, rng: Random) -> Iterator[tuple[Term, object]]:
    """Random terms with the arguments that the rule asks for."""
    term = redex(rng)
    match rule:
        case "definition":
            for name in ("y", "L"):
                yield Variable(name, (rng.choice(FREE),) if name == "y" else ()), name
        case "arithmetic":
            term = canonical(random_term(rng, 4))
            yield term, FACTS.arithmetic.normal(term)
        case "factor into the sum":
            yield from ((term, n) for n in range(3))
        case "hypothesis":
            letter = Index(rng.choice("abc"), "N")
            yield Sum(letter, (), t(letter)), (1, 0, True, ())
            yield number(1), (1, 0, False, ())
        case "chain rule":
            yield Derivative(Variable("M", ()), z(rng.choice(FREE))), None
            yield term, None
        case "only one term survives":
            letter, other = Index("a", "N"), rng.choice(FREE)
            excluded = tuple(k for k in FREE if rng.random() < 0.3)
            factors = (Delta(letter, other), random_term(rng, 2, (*FREE, letter)))
            yield Sum(letter, excluded, Mul(factors)), None
            yield term, None
        case "sum written out":
            letter = Index("a", "M")
            excluded = tuple(Position(k, "M") for k in (1, 2, 3, 4, 0) if rng.random() < 0.2)
            body = Mul((Variable("w", (letter,)), random_term(rng, 2)))
            yield rng.choice((Sum, Product))(letter, excluded, body), None
            yield Sum(Index("b", "N"), (), body), None
        case "derivative of a variable":
            for name in (z, p, t):
                yield Derivative(name(rng.choice(FREE)), name(rng.choice(FREE))), None
            yield Derivative(Variable("x", ()), Variable("x", ())), None
        case _ if rule in CHAIN:
            inner = random_term(rng, 2)
            if CHAIN[rule] in ("log", "arcsin"):
                inner = Mul((number(Fraction(1, 9)), rng.choice((p(rng.choice(FREE)), inner))))
            variable = rng.choice((z, p, t))(rng.choice(FREE))
            yield Derivative(Function(CHAIN[rule], (inner,)), variable), None
        case "Kronecker delta of different indices":
            yield Delta(*rng.sample(FREE, 2)), None
        case _:
            yield term, None


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_keeps_the_value_wherever_there_was_one(rule: str) -> None:
    rng = Random(rule)
    applied = compared = 0
    for _ in range(20000):
        if applied >= APPLICATIONS:
            break
        for term, argument in candidates(rule, rng):
            apart = rng.random() < 0.5 or rule == "Kronecker delta of different indices"
            try:
                new = rewrite(rule, term, APART if apart else ANY, argument)
            except Refused:
                continue
            if new is term:
                continue
            applied += 1
            letters = tuple(sorted(free_indices(term) | free_indices(new), key=repr))
            assert free_indices(new) <= free_indices(term), "a bound letter has leaked"
            for n in (3, 4) if apart else (2, 1, 3, 4):
                at = point(rng, n, letters, apart)
                before = value(term, at)
                if not isinstance(before, arb):
                    continue
                after = value(new, at)
                if after is None:
                    continue
                assert isinstance(after, arb), f"{term} = {before}, but {new} is undefined"
                assert before.overlaps(after), f"{term} = {before}, but {new} = {after}"
                compared += 1
    assert applied >= APPLICATIONS, f"applied {applied} times only"
    assert compared >= APPLICATIONS // 2, f"compared {compared} times only"


def test_arithmetic_refuses_what_is_not_equal_or_less_defined() -> None:
    x, one = Variable("x", ()), number(1)
    inverse = Pow(x, number(-1))
    with pytest.raises(Refused):
        rewrite("arithmetic", x, ANY, Mul((number(2), x)))
    with pytest.raises(Refused):  # 1 is defined at x = 0, x / x is not
        rewrite("arithmetic", one, ANY, Mul((x, inverse)))
    assert rewrite("arithmetic", Mul((x, inverse)), ANY, one) is one


def test_a_hypothesis_is_not_used_under_a_derivative_by_its_own_variable() -> None:
    k = FREE[2]
    total = Sum(FREE[0], (), t(FREE[0]))
    under = ANY.inside(Derivative(total, t(k)))
    with pytest.raises(Refused):
        rewrite("hypothesis", total, under, (1, 0, True, ()))
    other = ANY.inside(Derivative(total, z(k)))
    assert rewrite("hypothesis", total, other, (1, 0, True, ())) is number(1)


def test_nothing_is_taken_out_of_a_sum_that_may_be_empty_and_leave_it_undefined() -> None:
    j, k = FREE[1], FREE[2]
    inverse = Pow(Variable("x", ()), number(-1))
    with pytest.raises(Refused):
        rewrite("constant factor out of the sum", Sum(j, (k,), Mul((inverse, z(j)))), ANY)
    harmless = Sum(j, (k,), Mul((Pow(p(k), number(-1)), z(j))))
    assert isinstance(rewrite("constant factor out of the sum", harmless, ANY), Mul)


def test_a_term_is_not_subtracted_where_it_is_undefined() -> None:
    j, k = FREE[1], FREE[2]
    difference = Add((z(j), Mul((number(-1), z(k)))))
    with pytest.raises(Refused):  # sum over j != k of 1 / (z_j - z_k)
        rewrite("whole sum minus the excluded term", Sum(j, (k,), Pow(difference, number(-1))), ANY)


def test_a_derivative_through_two_dependent_names_is_ambiguous() -> None:
    i, k = FREE[0], FREE[2]
    y = Variable("y", (i,))
    with pytest.raises(Refused):  # z would be constant and vary with y at once
        rewrite(
            "derivative of a sum of terms", Derivative(Add((y, z(i))), Variable("y", (k,))), ANY
        )
    inner = ANY.inside(Derivative(y, Variable("y", (k,))))
    with pytest.raises(Refused):
        rewrite("derivative of a constant", Derivative(number(1), z(k)), inner)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(Refused):
        rewrite("wishful thinking", number(1), ANY)
    with pytest.raises(Refused):
        rewrite("chain rule", Application("f", (), (number(1),), (0,)), ANY)


def test_numbers_are_exact() -> None:
    third = Number(Fraction(1, 3))
    assert FACTS.arithmetic.equal(Add((third, third, third)), number(1))
    almost = Number(1 - Fraction(1, 10**30))
    assert not FACTS.arithmetic.equal(almost, number(1))
