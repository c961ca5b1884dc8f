"""Every row of the table of functions against mpmath: definition, derivative, domain and sign."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import mpmath
import pytest

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.functions import RISING, TABLE, formula
from derive.logic.problem import Context
from derive.logic.terms import (
    Add,
    Function,
    Mul,
    Number,
    Pow,
    Term,
    Variable,
    canonical,
    names,
    subterms,
)
from derive.refuter.elementary import FUNCTIONS

ORACLE: dict[str, Callable[..., Any]] = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "arctan": mpmath.atan,
    "arcsin": mpmath.asin,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
    "erf": mpmath.erf,
    "pi": lambda: +mpmath.pi,
    "abs": abs,
    "sign": mpmath.sign,
    "relu": lambda x: max(x, mpmath.mpf(0)),
    "step": lambda x: mpmath.mpf(x > 0),
}
X = Variable("x", ())
UNARY = [name for name, row in TABLE.items() if row.arity == 1]
POINTS = {
    "real": ("-7", "-3/2", "-1/3", "0", "1/1000", "2/7", "1", "5/2", "9"),
    "x > 0": ("1/1000", "2/7", "1", "5/2", "9"),
    "cos x != 0": ("-7", "-3/2", "0", "2/7", "1", "5/2"),
    "x != 0": ("-7", "-3/2", "-1/1000", "2/7", "1", "9"),
    "|x| <= 1": ("-99/100", "-1/3", "0", "1/7", "4/5"),
}


def value(term: Term, x: Any) -> Any:
    """The term by mpmath, at x."""
    match term:
        case Number(number):
            return mpmath.mpf(number.numerator) / number.denominator
        case Variable("x", ()):
            return x
        case Add(terms):
            return mpmath.fsum(value(part, x) for part in terms)
        case Mul(factors):
            return mpmath.fprod([value(part, x) for part in factors])
        case Pow(base, exponent):
            return value(base, x) ** value(exponent, x)
        case Function(name, arguments):
            return ORACLE[name](*(value(part, x) for part in arguments))
    raise AssertionError(term)


def points(name: str) -> list[Any]:
    numbers = map(Fraction, POINTS[TABLE[name].domain])
    return [mpmath.mpf(number.numerator) / number.denominator for number in numbers]


@pytest.fixture(autouse=True)
def many_digits() -> Any:
    with mpmath.workdps(50):
        yield


def test_mpmath_knows_every_row() -> None:
    assert set(ORACLE) == set(TABLE)
    assert all(name == row.name for name, row in TABLE.items())


@pytest.mark.parametrize("name", UNARY)
def test_the_definition(name: str) -> None:
    if TABLE[name].definition is None:
        with pytest.raises(Refused, match=f"no definition of {name}"):
            formula("definition", name, X)
        return
    stated = formula("definition", name, X)
    for x in points(name):
        assert mpmath.almosteq(value(stated, x), ORACLE[name](x), 1e-40, 1e-40)


@pytest.mark.parametrize("name", UNARY)
def test_the_derivative(name: str) -> None:
    if TABLE[name].derivative is None:
        with pytest.raises(Refused, match=f"no derivative of {name}"):
            formula("derivative", name, X)
        return
    slope = formula("derivative", name, X)
    for x in points(name):
        if name == "sign" and x == 0:  # a jump: what is stated there is never used
            continue
        # mpmath differentiates by differences of function values.
        expected = mpmath.diff(ORACLE[name], x)
        assert mpmath.almosteq(value(slope, x), expected, 1e-25, 1e-25)


@pytest.mark.parametrize("name", UNARY)
def test_every_function_has_a_derivative_or_a_definition(name: str) -> None:
    row = TABLE[name]
    assert (row.derivative is None) != (row.definition is None)  # one place states it


@pytest.mark.parametrize("name", UNARY)
def test_what_rises(name: str) -> None:
    xs = sorted(points(name))
    steps = [ORACLE[name](b) - ORACLE[name](a) for a, b in pairwise(xs)]
    match RISING.get(name):
        case "strictly":
            assert min(steps) > 0
        case "weakly":
            assert min(steps) == 0  # none that rises strictly was stated to rise weakly
        case _:
            assert min(steps) < 0  # none that rises was forgotten


@pytest.mark.parametrize("name", list(TABLE))
def test_the_sign(name: str) -> None:
    row = TABLE[name]
    values = [ORACLE[name](x) for x in points(name)] if row.arity else [ORACLE[name]()]
    if row.sign == "> 0":
        assert min(values) > 0
    elif row.sign == ">= 0":
        assert min(values) >= 0
    else:
        assert min(values) < 0  # none that could be stated was forgotten


@pytest.mark.parametrize("name", UNARY)
def test_the_domain(name: str) -> None:
    """mpmath gives a real number inside; at the ends and outside of a domain it does not."""
    row = TABLE[name]
    assert all(mpmath.isfinite(ORACLE[name](x)) for x in points(name))
    assert all(mpmath.im(ORACLE[name](x)) == 0 for x in points(name))
    if row.domain == "x > 0":
        assert mpmath.isinf(ORACLE[name](mpmath.mpf(0)))
        assert mpmath.im(ORACLE[name](mpmath.mpf(-1))) != 0
    if row.domain == "|x| <= 1":
        assert mpmath.im(ORACLE[name](mpmath.mpf("1.01"))) != 0


def test_a_function_is_defined_everywhere_where_its_definition_is() -> None:
    """tan has poles, though its row states no condition on x itself; step has no value at 0."""
    facts = Facts(Context())
    for name, row in TABLE.items():
        if row.definition is not None:
            whole = facts.total(canonical(row.definition))
            assert whole is (name != "tan")
            assert facts.total(Function(name, (X,))) is (name not in ("tan", "step"))


def test_formulas_of_the_table_use_x_and_functions_further_up() -> None:
    seen: set[str] = {"pi"}
    for name, row in TABLE.items():
        for side in (row.definition, row.derivative):
            if side is None:
                continue
            assert names(side) <= {"x"}
            used = {part.name for part in subterms(side) if isinstance(part, Function)}
            # exp, sin and cos stand in their own derivatives: these are unfolded step by step.
            assert used <= seen | {name} | ({"cos"} if name == "sin" else set())
            if side is row.definition:
                assert name not in used
        seen.add(name)


def test_the_argument_is_filled_in() -> None:
    twice = Mul((Number(Fraction(2)), X))
    inverse = Pow(twice, Number(Fraction(-1)))
    assert formula("derivative", "exp", twice) is Function("exp", (twice,))
    assert formula("derivative", "log", twice) is Mul((Number(Fraction(1)), inverse))
    assert formula("definition", "sigmoid", twice) is not formula("definition", "sigmoid", X)
    with pytest.raises(Refused, match="no definition of unknown"):
        formula("definition", "unknown", X)


def test_both_tables_speak_of_the_same_functions() -> None:
    """The rows the prover uses and the values by which the refuter checks it, keyed alike."""
    assert {name for name, row in TABLE.items() if row.arity} == FUNCTIONS.keys()
