"""Random terms of the whole language, points to try them at, and a definition or two."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from derive.logic.problem import Context, Definition, Equation, Hypothesis, Sign
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    Maximum,
    Mul,
    Number,
    Pow,
    Product,
    Size,
    Sum,
    Term,
    Variable,
)

I, J, K = (Index(letter, "N") for letter in "ijk")
FREE = (I, J, K)
BOUND = tuple(Index(letter, "N") for letter in "abci")  # i is free and bound at the same time
FUNCTIONS = (
    "exp", "log", "exp", "log", "tanh", "sigmoid", "softplus", "sin", "cos", "abs",
    "sign", "relu", "step",
)  # fmt: skip


def number(value: int | Fraction) -> Number:
    """A number as a term."""
    return Number(Fraction(value))


def z(index: Index) -> Variable:
    """Data of one index, of any sign."""
    return Variable("z", (index,))


def p(index: Index) -> Variable:
    """Data of one index, positive by hypothesis."""
    return Variable("p", (index,))


def t(index: Index) -> Variable:
    """Data of one index that sums to 1 by hypothesis."""
    return Variable("t", (index,))


X, S = Variable("x", ()), Variable("s", ())
Y = Definition(  # softmax
    "y",
    (I,),
    (),
    Mul(
        (
            Function("exp", (z(I),)),
            Pow(Sum(J, (), Function("exp", (z(J),))), number(-1)),
        )
    ),
)
L = Definition(  # a loss, with a bound letter that claims use as a free one
    "L", (), (), Mul((number(-1), Sum(I, (), Mul((t(I), Function("log", (Variable("y", (I,)),)))))))
)
POSITIVE = Hypothesis((Sign(p(I), ">", (I,)),), "p_i > 0")
TOTAL = Hypothesis((Equation(Sum(I, (), t(I)), number(1)),), r"\sum_i t_i = 1")
CONTEXT = Context((Y, L), (POSITIVE, TOTAL))


def random_term(rng: Random, depth: int = 4, letters: tuple[Index, ...] = FREE) -> Term:
    """A term of the language; most have a value at most points."""
    if depth <= 0 or rng.random() < 0.1:
        return _leaf(rng, letters)

    def inner() -> Term:
        return random_term(rng, depth - 1, letters)

    match rng.randrange(13):
        case 0 | 1 | 2:
            return Add(tuple(inner() for _ in range(rng.randint(2, 3))))
        case 3 | 4 | 5:
            return Mul(tuple(inner() for _ in range(rng.randint(2, 3))))
        case 6:
            return Pow(inner(), number(rng.choice((-1, -2, 2, 3, -1, 2, 0))))
        case 7:
            exponent = rng.choice((Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2), Fraction(1, 3)))
            return Pow(rng.choice((inner(), Pow(inner(), number(2)))), number(exponent))
        case 8:
            return Function(rng.choice(FUNCTIONS), (inner(),))
        case 9 | 10:
            index = rng.choice(BOUND)
            excluded = tuple(x for x in letters if x is not index and rng.random() < 0.2)
            body = random_term(rng, depth - 1, (*letters, index))
            pick = rng.random()
            kind = Product if pick < 0.05 else Maximum if pick < 0.12 else Sum
            made: Term = kind(index, excluded, body)
            return made
        case 11:
            return Derivative(inner(), _variable(rng, letters))
        case _:
            return Mul((number(-1), inner()))


def _leaf(rng: Random, letters: tuple[Index, ...]) -> Term:
    match rng.randrange(10):
        case 0 | 1:
            return z(rng.choice(letters))
        case 2:
            return p(rng.choice(letters))
        case 3:
            return t(rng.choice(letters))
        case 4:
            return Variable("y", (rng.choice(letters),))
        case 5:
            return Delta(rng.choice(letters), rng.choice(letters))
        case 6:
            return rng.choice((X, S, Variable("L", ()), Size("N")))
        case 7:
            return Function("exp", (z(rng.choice(letters)),))
        case 8:
            return Application("f", (), (rng.choice((X, S, z(rng.choice(letters)))),), (0,))
        case _:
            return number(rng.choice((0, 1, 1, 2, -1, Fraction(1, 2), 3)))


def _variable(rng: Random, letters: tuple[Index, ...]) -> Variable:
    index = rng.choice(letters)
    return rng.choice((z(index), z(index), p(index), t(index), X, Variable("y", (index,))))


def _exponent(rng: Random) -> Term:
    return number(rng.choice((2, 3, -1, Fraction(1, 2), Fraction(-1, 2), 0)))


def _difference(rng: Random, left: Term, right: Term) -> Term:
    """f(a) - f(b) for an f that rises, or does not."""
    name = rng.choice(("exp", "tanh", "relu", "cos", "log"))
    return Add((Function(name, (left,)), Mul((number(-1), Function(name, (right,))))))


def _monotone(rng: Random, inner: Term, outer: Term) -> Term:
    """A function of ``inner`` that rises or falls, or does neither."""
    return rng.choice(
        (
            Add((inner, outer)),
            Mul((inner, outer)),
            Mul((number(-1), inner, outer)),
            Function(rng.choice(("exp", "tanh", "relu", "sign", "cos")), (inner,)),
            Pow(Function("exp", (inner,)), number(rng.choice((2, -1, Fraction(1, 2))))),
            Pow(Function("abs", (inner,)), number(rng.choice((2, 3, Fraction(1, 2))))),
            Pow(inner, number(rng.choice((2, 3, -1)))),
        )
    )


def redex(rng: Random, letters: tuple[Index, ...] = FREE) -> Term:
    """A term of the shape that some rule asks for, with random parts."""

    def some(depth: int = 2) -> Term:
        return random_term(rng, depth, letters)

    def positive() -> Term:
        return rng.choice((p(rng.choice(letters)), Function("exp", (some(1),)), number(2)))

    index = rng.choice(BOUND)
    within = (*letters, index)
    other = rng.choice([x for x in letters if x is not index])

    def body(depth: int = 2) -> Term:
        return random_term(rng, depth, within)

    variable = _variable(rng, letters)
    return rng.choice(
        (
            Derivative(some(3), variable),
            Derivative(Mul((some(), Pow(some(), number(-1)))), variable),
            Derivative(Pow(some(), number(rng.choice((2, -1, Fraction(1, 2))))), variable),
            Derivative(Pow(positive(), some()), variable),
            Derivative(Function(rng.choice(FUNCTIONS), (some(),)), variable),
            Derivative(Sum(index, (), body()), variable),
            Derivative(Product(index, rng.choice(((), (other,))), body(1)), variable),
            Product(index, (other,), Function("exp", (body(1),))),
            Product(index, (other,), p(index)),
            Product(index, (), some(1)),
            Product(index, rng.choice(((), (other,))), Mul((body(1), body(1)))),
            Product(index, rng.choice(((), (other,))), Pow(body(1), _exponent(rng))),
            Product(index, rng.choice(((), (other,))), Pow(positive(), body(1))),
            Product(index, rng.choice(((), (other,))), Pow(p(index), some(1))),
            Derivative(Application("f", (), (some(),), (rng.randint(0, 1),)), variable),
            Sum(index, (), Mul((Delta(index, other), body()))),
            Sum(index, (other,), Mul((Delta(index, rng.choice(letters)), body()))),
            Sum(index, (other,), body()),
            Sum(index, (), Add((body(), body()))),
            Sum(index, (), Mul((some(), body()))),
            Sum(index, (other,), Mul((some(), body()))),
            Sum(index, (), some()),
            Sum(index, (other,), number(0)),
            Mul((some(), Sum(index, (), body()), some())),
            Sum(index, (), Sum(rng.choice(BOUND), (other,), body())),
            Sum(index, (), t(index)),
            Function("log", (Mul((positive(), positive())),)),
            Function("log", (Mul((positive(), Pow(positive(), number(-1)))),)),
            Function("log", (Pow(positive(), some(1)),)),
            Function("log", (Pow(some(1), number(2)),)),
            Function("log", (Function("exp", (some(),)),)),
            Function("log", (Product(index, (), Function("exp", (body(1),))),)),
            Function("exp", (Function("log", (some(),)),)),
            Function("exp", (Mul((some(1), Function("log", (some(1),)))),)),
            Pow(Pow(some(1), number(2)), number(Fraction(1, 2))),
            Function("abs", (rng.choice((positive(), Mul((number(-1), positive())), some(1))),)),
            Function("abs", (Mul((some(1), some(1))),)),
            Function("sign", (rng.choice((positive(), Mul((some(1), some(1))), some(1))),)),
            Function("sign", (Pow(some(1), number(rng.choice((-1, 2, 3)))),)),
            Function("sign", (_difference(rng, some(1), some(1)),)),
            Maximum(index, rng.choice(((), (other,))), _monotone(rng, body(1), positive())),
            Maximum(index, (), _monotone(rng, _monotone(rng, z(index), some(1)), positive())),
            Pow(Function("sin", (some(1),)), number(2)),
            Function(rng.choice(("tanh", "sigmoid", "softplus")), (some(1),)),
            Variable("y", (rng.choice(letters),)),
            Delta(other, other),
        )
    )
