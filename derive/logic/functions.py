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

from derive.algebra.arithmetic import Refused
from derive.logic.terms import Function, Number, Term, Variable, substitute_values


@dataclass(frozen=True)
class Row:
    """``domain``: where it is defined (open for a smooth function).  ``sign``: of its values.

    ``rises``: whether x < y makes f(x) < f(y) ("strictly") or f(x) <= f(y) ("weakly").
    Where there is a definition, the derivative follows from it.  A function with a kink or a
    jump has none there, and its derivative elsewhere is the one that is stated.
    """

    name: str
    arity: int = 1
    domain: Literal["real", "x > 0", "x != 0", "|x| <= 1", "cos x != 0"] = "real"
    sign: Literal["> 0", ">= 0", ""] = ""
    rises: Literal["strictly", "weakly", ""] = ""
    definition: Term | None = None
    derivative: Term | None = None


def _f(name: str, *arguments: Term) -> Term:
    return Function(name, arguments)


_ONE, _TWO, _HALF = Number(Fraction(1)), Number(Fraction(2)), Fraction(1, 2)
_X, _PI = Variable("x", ()), _f("pi")
_UP, _DOWN, _SIN, _COS = _f("exp", _X), _f("exp", -_X), _f("sin", _X), _f("cos", _X)
_SIGN = _f("sign", _X)

TABLE: dict[str, Row] = {
    row.name: row
    for row in (
        Row("exp", sign="> 0", rises="strictly", derivative=_UP),
        Row("log", domain="x > 0", rises="strictly", derivative=_ONE / _X),
        Row("sin", derivative=_COS),
        Row("cos", derivative=-_SIN),
        Row("tan", domain="cos x != 0", definition=_SIN / _COS),
        Row("arctan", rises="strictly", derivative=_ONE / (_ONE + _X**2)),
        Row("arcsin", domain="|x| <= 1", rises="strictly", derivative=(_ONE - _X**2) ** -_HALF),
        Row("sinh", rises="strictly", definition=(_UP - _DOWN) / _TWO),
        Row("cosh", sign="> 0", definition=(_UP + _DOWN) / _TWO),
        Row("tanh", rises="strictly", definition=(_UP - _DOWN) / (_UP + _DOWN)),
        Row("sigmoid", sign="> 0", rises="strictly", definition=_ONE / (_ONE + _DOWN)),
        Row("softplus", sign="> 0", rises="strictly", definition=_f("log", _ONE + _UP)),
        Row("erf", rises="strictly", derivative=_TWO / _PI**_HALF * _f("exp", -(_X**2))),
        Row("pi", arity=0, sign="> 0"),
        Row("sign", rises="weakly", derivative=Number(Fraction(0))),
        Row("abs", sign=">= 0", definition=_X * _SIGN),
        Row("relu", sign=">= 0", rises="weakly", definition=(_X + _f("abs", _X)) / _TWO),
        Row("step", domain="x != 0", sign=">= 0", rises="weakly", definition=(_ONE + _SIGN) / _TWO),
    )
}  # fmt: skip
RISING = {name: row.rises for name, row in TABLE.items() if row.rises}


def formula(kind: Literal["definition", "derivative"], name: str, argument: Term) -> Term:
    """What the table says of a function, at ``argument``.  Raises Refused where it says nothing."""
    stated: Term | None = getattr(TABLE.get(name), kind, None)
    if stated is None:
        raise Refused(f"the table states no {kind} of {name}")
    return substitute_values(stated, {"x": argument})
