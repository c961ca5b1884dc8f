"""Terms as LaTeX: brackets where the meaning needs them, and only there."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    Label,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
)
from derive.meaning.notation import index_latex, latex

I, J, K = (Index(letter, "N") for letter in "ijk")
INVENTED = Index("#1", "N")
x, y = Variable("x", ()), Variable("y", ())


def number(value: object) -> Number:
    return Number(Fraction(str(value)))


def z(index: Index) -> Variable:
    return Variable("z", (index,))


def minus(term: Term) -> Term:
    return Mul((number(-1), term))


def over(above: Term, below: Term) -> Term:
    return Mul((above, Pow(below, number(-1))))


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (Add((x, minus(y))), "x - y"),
        (Add((minus(x), y)), "-x + y"),
        (minus(Add((x, y))), r"-\left( x + y \right)"),
        (Add((x, minus(Add((x, y))))), r"x - \left( x + y \right)"),
        (Add((x, Add((x, y)))), r"x + \left( x + y \right)"),
        (Mul((x, Add((x, y)))), r"x \left( x + y \right)"),
        (Mul((number(2), number(3), x)), r"2 \cdot 3 x"),
        (over(x, y), r"\frac{x}{y}"),
        (over(number(1), Add((x, y))), r"\frac{1}{x + y}"),
        (Mul((number("-1/2"), x)), r"-\frac{x}{2}"),
        (Pow(x, number(2)), "x^{2}"),
        (Pow(minus(x), number(2)), r"\left( -x \right)^{2}"),
        (Pow(number(-1), number(2)), r"\left( -1 \right)^{2}"),
        (Pow(Pow(x, number(2)), number(3)), r"\left( x^{2} \right)^{3}"),
        (Pow(over(x, y), number(2)), r"\left( \frac{x}{y} \right)^{2}"),
        (Pow(Add((x, y)), number("1/2")), r"\sqrt{x + y}"),
        (Pow(Variable("y^{*}", (I,)), number(2)), r"\left( y^{*}_{i} \right)^{2}"),
        (Function("exp", (z(I),)), "e^{z_{i}}"),
        (Pow(Function("exp", (x,)), number(2)), r"\left( e^{x} \right)^{2}"),
        (Function("log", (over(x, y),)), r"\log\left( \frac{x}{y} \right)"),
        (Function("pi", ()), r"\pi"),
        (Sum(J, (), Mul((x, z(J)))), r"\sum_{j} x z_{j}"),
        (Sum(J, (K,), Add((x, z(J)))), r"\sum_{j \neq k} \left( x + z_{j} \right)"),
        (Mul((Sum(J, (), z(J)), x)), r"\left( \sum_{j} z_{j} \right) x"),
        (Mul((x, Sum(J, (), z(J)))), r"x \sum_{j} z_{j}"),
        (Pow(Sum(J, (), z(J)), number(2)), r"\left( \sum_{j} z_{j} \right)^{2}"),
        (Product(J, (), z(J)), r"\prod_{j} z_{j}"),
        (Delta(I, J), r"\delta_{i j}"),
        (Derivative(Variable("L", ()), z(I)), r"\frac{\partial L}{\partial z_{i}}"),
        (
            Derivative(Add((x, y)), x),
            r"\frac{\partial}{\partial x} \left( x + y \right)",
        ),
        (Variable("W", (I, J)), "W_{ij}"),
        (Variable("z", (Position(1, "N"),)), "z_{1}"),
        (Application("f", (), (x,), (1,)), "f'(x)"),
        (Size("N"), "N"),
    ],
)
def test_latex(term: Term, written: str) -> None:
    assert latex(term) == written


@pytest.mark.parametrize(
    ("index", "written"),
    [
        (Position(0, "N"), "N"),
        (Position(-1, "N"), "N-1"),
        (Shift(I, -1), "i-1"),
        (Label("y", (I,), "N"), "y_{i}"),
    ],
)
def test_indices(index: Position | Shift | Label, written: str) -> None:
    assert index_latex(index) == written


def test_invented_letters_become_plain_ones_that_are_free() -> None:
    term = Sum(INVENTED, (J,), Mul((z(INVENTED), z(J))))
    assert latex(term) == r"\sum_{k \neq j} z_{k} z_{j}"


def test_nested_invented_letters_stay_apart() -> None:
    outer = Index("#2", "N")
    term = Sum(outer, (), Sum(INVENTED, (), Mul((z(INVENTED), z(outer)))))
    assert latex(term) == r"\sum_{j} \sum_{k} z_{k} z_{j}"
