"""A formal argument is a variable of its own, also where the function is differentiated by it."""

from __future__ import annotations

from flint import arb

from derive.logic.problem import Context, Definition
from derive.refuter.evaluate import at, evaluate
from tests.refuter.formulas import apply, d, i, num, plus, power, times, var, x, z

U = var("u")
SLOPE = Definition("f", (), ("u",), d(times(x, power(U, 2)), U))  # f(u) = 2 x u
COMPONENT = Definition("g", (), ("z",), plus(var("z"), d(power(z(i), 2), z(i))))  # z + 2 z_i
POINT = at({"N": 2}, {("x", ()): 5, ("u", ()): 7, ("z", (1,)): 3, ("z", (2,)): 4}, {i: 2})


def test_a_derivative_by_an_argument() -> None:
    value = evaluate(apply("f", num(3)), Context((SLOPE,)), POINT)
    assert isinstance(value, arb)
    assert value == 30


def test_a_component_is_no_argument_of_the_same_name() -> None:
    value = evaluate(apply("g", num(10)), Context((COMPONENT,)), POINT)
    assert isinstance(value, arb)
    assert value == 18
