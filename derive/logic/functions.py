"""The table of elementary functions (and constants, of arity 0): one row a function.

A row states where the function is defined, its sign, and either its definition by functions
further up or its derivative.  mpmath checks every row in the tests.  Spellings (LaTeX, C,
NumPy) are the business of the rooms that read and print, in tables keyed by the same name.
A square root is ``Pow(x, 1/2)`` and needs no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from derive.logic.terms import Add, Function, Mul, Number, Pow, Term, Variable, substitute_values

__all__ = ["TABLE", "Row", "definition", "derivative"]

X = Variable("x", ())
ONE = Number(Fraction(1))
MINUS = Number(Fraction(-1))
HALF = Number(Fraction(1, 2))


def _f(name: str, argument: Term = X) -> Term:
    return Function(name, (argument,))


def _times(*factors: Term) -> Term:
    return Mul(factors)


def _plus(*terms: Term) -> Term:
    return Add(terms)


def _power(base: Term, exponent: int) -> Term:
    return Pow(base, Number(Fraction(exponent)))


def _minus(term: Term) -> Term:
    return Mul((MINUS, term))


@dataclass(frozen=True)
class Row:
    """``domain``: where it is defined (an open set for a smooth function).  ``sign``: of its values.

    ``definition`` and ``derivative`` are terms in the variable x.  Where there is a definition,
    the derivative follows from it.  Where there is neither, the function has kinks or jumps and
    nothing is proved about its derivative.
    """

    name: str
    arity: int = 1
    domain: Literal["real", "positive", "between -1 and 1"] = "real"
    sign: Literal["> 0", ">= 0", ""] = ""
    definition: Term | None = None
    derivative: Term | None = None


_EXP, _MINUS_EXP = _f("exp"), _f("exp", _minus(X))

TABLE: dict[str, Row] = {
    row.name: row
    for row in (
        Row("exp", sign="> 0", derivative=_EXP),
        Row("log", domain="positive", derivative=_power(X, -1)),
        Row("sin", derivative=_f("cos")),
        Row("cos", derivative=_minus(_f("sin"))),
        Row("tan", definition=_times(_f("sin"), _power(_f("cos"), -1))),
        Row("arctan", derivative=_power(_plus(ONE, _power(X, 2)), -1)),
        Row(
            "arcsin",
            domain="between -1 and 1",
            derivative=Pow(_plus(ONE, _minus(_power(X, 2))), Number(Fraction(-1, 2))),
        ),
        Row("sinh", definition=_times(HALF, _plus(_EXP, _minus(_MINUS_EXP)))),
        Row("cosh", sign="> 0", definition=_times(HALF, _plus(_EXP, _MINUS_EXP))),
        Row(
            "tanh",
            definition=_times(
                _plus(_EXP, _minus(_MINUS_EXP)), _power(_plus(_EXP, _MINUS_EXP), -1)
            ),
        ),
        Row("sigmoid", sign="> 0", definition=_power(_plus(ONE, _MINUS_EXP), -1)),
        Row("softplus", sign="> 0", definition=_f("log", _plus(ONE, _EXP))),
        Row(
            "erf",
            derivative=_times(
                Number(Fraction(2)),
                Pow(Function("pi", ()), Number(Fraction(-1, 2))),
                _f("exp", _minus(_power(X, 2))),
            ),
        ),
        Row("pi", arity=0, sign="> 0"),
        Row("abs", sign=">= 0"),
        Row("sign"),
        Row("relu", sign=">= 0"),
        Row("step", sign=">= 0"),
    )
}


def definition(name: str, argument: Term) -> Term | None:
    """The function at ``argument`` by its definition, or None where it is a primitive one."""
    row = TABLE.get(name)
    if row is None or row.definition is None:
        return None
    return substitute_values(row.definition, {"x": argument})


def derivative(name: str, argument: Term) -> Term | None:
    """The derivative of a primitive function at ``argument``, or None where the table has none."""
    row = TABLE.get(name)
    if row is None or row.derivative is None:
        return None
    return substitute_values(row.derivative, {"x": argument})
