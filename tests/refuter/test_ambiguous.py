"""Which derivatives have one meaning, and what it is; which have two, and are left alone."""

from __future__ import annotations

import pytest

from derive.logic.problem import Claim, Definition, Equation, Unknown
from derive.refuter.refute import refute, sample
from tests.refuter.formulas import (
    ONE,
    SOFTMAX,
    TWO,
    ZERO,
    a,
    apply,
    b,
    claim,
    d,
    given,
    i,
    minus,
    num,
    plus,
    power,
    s,
    summed,
    times,
    var,
    x,
    y,
    z,
)

U, V, E = var("u"), var("v"), var("E")
SQUARE, CUBE = Definition("u", (), (), power(x, 2)), Definition("v", (), (), power(x, 3))
OF_BOTH = Unknown("E", (), ("u", "v"))
BY_U, BY_V = times(d(E, U), d(U, x)), times(d(E, V), d(V, x))
Y = Definition("y", (), (), power(x, 2))


ONE_MEANING: dict[str, tuple[Claim, Claim]] = {
    "an open loss of two quantities": (
        claim(d(E, x), plus(BY_U, BY_V), definitions=(SQUARE, CUBE), unknowns=(OF_BOTH,)),
        claim(d(E, x), BY_U, definitions=(SQUARE, CUBE), unknowns=(OF_BOTH,)),
    ),
    "by a formal argument, which hides the name outside": (
        claim(apply("h", a), a, definitions=(Y, Definition("h", (), ("x",), d(times(x, y), y)))),
        claim(apply("h", a), x, definitions=(Y, Definition("h", (), ("x",), d(times(x, y), y)))),
    ),
    "the same function inside and outside": (
        claim(
            d(apply("f", y), y), times(num(3), power(y, 2)),
            definitions=(Definition("y", (), (), apply("f", x)),
                         Definition("f", (), ("w",), power(var("w"), 3))),
        ),
        claim(
            d(apply("f", y), y), times(num(9), power(x, 8)),
            definitions=(Definition("y", (), (), apply("f", x)),
                         Definition("f", (), ("w",), power(var("w"), 3))),
        ),
    ),
    "of what depends on it and on nothing that it is made of": (
        claim(d(times(y, a), y), a, definitions=(Y,)),
        claim(d(times(y, a), y), ZERO, definitions=(Y,)),
    ),
    "of what it is not in": (
        claim(d(times(b, a), y), ZERO, definitions=(Y,)),
        claim(d(times(b, a), y), ONE, definitions=(Y,)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_MEANING)
def test_a_derivative_with_one_meaning(name: str) -> None:
    right, wrong = ONE_MEANING[name]
    assert sample(right).points > 4, sample(right).reason
    assert refute(right) is None
    assert refute(wrong) is not None


V_OF_U, U_OF_V = Definition("v", (), (), power(U, 2)), Definition("u", (), (), power(V, 2))
FUNCTION = Definition("f", (), ("w",), power(var("w"), 2))

TWO_MEANINGS = {
    "x y by y, y = x^2": claim(d(times(x, y), y), y, definitions=(Y,)),
    "an open loss of u and of v = u^2, by u": claim(
        d(E, U), ZERO, definitions=(SQUARE, V_OF_U), unknowns=(OF_BOTH,)
    ),
    "an open loss of x and of u = x^2, by x": claim(
        d(E, x), ZERO, definitions=(SQUARE,), unknowns=(Unknown("E", (), ("u", "x")),)
    ),
    "a power of an open loss of u and of v = u^2, by u": claim(
        d(power(E, 2), U), ZERO, definitions=(V_OF_U,), unknowns=(OF_BOTH,)
    ),
    "an open loss of v and of u = v^2, by u": claim(
        d(E, U), ZERO, definitions=(U_OF_V, CUBE), unknowns=(OF_BOTH,)
    ),
    "an open loss of what shares its data": claim(
        d(E, U), ZERO, definitions=(SQUARE, CUBE), unknowns=(Unknown("E", (), ("v",)),)
    ),
    "a loss that is no plain name": claim(
        d(plus(E, x), U), ZERO, definitions=(SQUARE, CUBE), unknowns=(OF_BOTH,)
    ),
    "a derivative by what it is made of": claim(d(d(power(y, 2), x), y), x, definitions=(Y,)),
    "by a function named without its argument": claim(
        d(times(var("w"), var("f")), var("f")), var("w"), definitions=(FUNCTION,)
    ),
    "by way of another definition": claim(
        d(plus(y, a), y), ONE, definitions=(Y, Definition("a", (), (), power(x, 3)))
    ),
    "of a vector, by the other components": claim(
        d(times(s(i), z(i)), s(i)), z(i), definitions=(SOFTMAX,)
    ),
}


@pytest.mark.parametrize("name", TWO_MEANINGS)
def test_a_derivative_with_two_meanings_is_left_alone(name: str) -> None:
    for other in (ZERO, ONE, TWO):
        changed = TWO_MEANINGS[name]
        survey = sample(Claim(changed.left, "=", plus(changed.right, other), changed.context))
        assert survey.contradiction is None
        assert survey.points == 0
        assert "otherwise than through" in survey.reason


def test_what_is_said_to_depend_on_nothing_can_be_solved_for() -> None:
    three = given(Equation(E, num(3)))
    right = claim(power(E, 2), num(9), three, unknowns=(Unknown("E", (), ()),))
    assert sample(right).points > 4
    assert refute(right) is None


def test_a_name_without_the_indices_of_its_definition_is_another() -> None:
    """s beside s_i = e^{z_i} / Σ is a number of its own, and so is y_i beside y = x^2."""
    alone = var("s")
    assert refute(claim(summed(i, s(i)), alone, definitions=(SOFTMAX,))) is not None
    assert sample(claim(minus(alone, alone), ZERO, definitions=(SOFTMAX,))).points > 4
    assert refute(claim(var("y", i), y, definitions=(Y,))) is not None
