"""The table of elementary functions (and constants, of arity 0): one row a function.

A row states where the function is defined, its sign, and either its definition by functions
further up or its derivative, as formulas in x.  mpmath checks every row in the tests.
Spellings (LaTeX, C, NumPy) are the business of the rooms that read and print, in tables keyed
by the same name.  A square root is ``Pow(x, 1/2)`` and needs no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from derive.logic.terms import Function, Number, Term, Variable, substitute_values


@dataclass(frozen=True)
class Row:
    """``domain``: where it is defined (open for a smooth function).  ``sign``: of its values.

    Where there is a definition, the derivative follows from it.  Where there is neither, the
    function has kinks or jumps and nothing is proved about its derivative.
    """

    name: str
    arity: int = 1
    domain: Literal["real", "positive", "between -1 and 1", "cos x != 0"] = "real"
    sign: Literal["> 0", ">= 0", ""] = ""
    definition: Term | None = None
    derivative: Term | None = None


def _f(name: str, *arguments: Term) -> Term:
    return Function(name, arguments)


_ONE, _TWO, _HALF = Number(Fraction(1)), Number(Fraction(2)), Fraction(1, 2)
_X, _PI = Variable("x", ()), _f("pi")
_UP, _DOWN, _SIN, _COS = _f("exp", _X), _f("exp", -_X), _f("sin", _X), _f("cos", _X)

TABLE: dict[str, Row] = {
    row.name: row
    for row in (
        Row("exp", sign="> 0", derivative=_UP),
        Row("log", domain="positive", derivative=_ONE / _X),
        Row("sin", derivative=_COS),
        Row("cos", derivative=-_SIN),
        Row("tan", domain="cos x != 0", definition=_SIN / _COS),
        Row("arctan", derivative=_ONE / (_ONE + _X**2)),
        Row("arcsin", domain="between -1 and 1", derivative=_ONE / (_ONE - _X**2) ** _HALF),
        Row("sinh", definition=(_UP - _DOWN) / _TWO),
        Row("cosh", sign="> 0", definition=(_UP + _DOWN) / _TWO),
        Row("tanh", definition=(_UP - _DOWN) / (_UP + _DOWN)),
        Row("sigmoid", sign="> 0", definition=_ONE / (_ONE + _DOWN)),
        Row("softplus", sign="> 0", definition=_f("log", _ONE + _UP)),
        Row("erf", derivative=_TWO / _PI**_HALF * _f("exp", -(_X**2))),
        Row("pi", arity=0, sign="> 0"),
        Row("abs", sign=">= 0"),
        Row("sign"),
        Row("relu", sign=">= 0"),
        Row("step", sign=">= 0"),
    )
}


def definition(name: str, argument: Term) -> Term | None:
    """The function at ``argument`` by its definition, or None where it is a primitive one."""
    row = TABLE[name].definition if name in TABLE else None
    return row and substitute_values(row, {"x": argument})


def derivative(name: str, argument: Term) -> Term | None:
    """The derivative of a primitive function at ``argument``, or None where the table has none."""
    row = TABLE[name].derivative if name in TABLE else None
    return row and substitute_values(row, {"x": argument})
