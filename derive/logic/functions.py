"""The table of elementary functions (and constants, of arity 0): one row a function.

A row states where the function is defined, its sign, and either its definition by functions
further up or its derivative, as formulas in x.  mpmath checks every row in the tests.
Spellings (LaTeX, C, NumPy) are the business of the rooms that read and print, in tables keyed
by the same name.  A square root is ``Pow(x, 1/2)`` and needs no row.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from derive.logic.terms import Add, Function, Mul, Number, Pow, Term, Variable, substitute_values


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


def formula(text: str) -> Term:
    """A formula of this table as a term, such as ``exp(x) / (1 + x**2)``."""
    return _term(ast.parse(text, mode="eval").body)


def _term(node: ast.expr) -> Term:
    match node:
        case ast.Constant(int(value)):
            return Number(Fraction(value))
        case ast.Name(name):
            return Variable(name, ())
        case ast.UnaryOp(ast.USub(), x):
            return Mul((Number(Fraction(-1)), _term(x)))
        case ast.BinOp(a, ast.Add(), b):
            return Add((_term(a), _term(b)))
        case ast.BinOp(a, ast.Sub(), b):
            return Add((_term(a), Mul((Number(Fraction(-1)), _term(b)))))
        case ast.BinOp(a, ast.Mult(), b):
            return Mul((_term(a), _term(b)))
        case ast.BinOp(a, ast.Div(), b):
            return Mul((_term(a), Pow(_term(b), Number(Fraction(-1)))))
        case ast.BinOp(a, ast.Pow(), ast.Constant(int(n))):
            return Pow(_term(a), Number(Fraction(n)))
        case ast.Call(ast.Name("sqrt"), [x]):
            return Pow(_term(x), Number(Fraction(1, 2)))
        case ast.Call(ast.Name(name), arguments):
            return Function(name, tuple(map(_term, arguments)))
    raise ValueError(f"not a formula of the table: {ast.dump(node)}")


TABLE: dict[str, Row] = {
    row.name: row
    for row in (
        Row("exp", sign="> 0", derivative=formula("exp(x)")),
        Row("log", domain="positive", derivative=formula("1 / x")),
        Row("sin", derivative=formula("cos(x)")),
        Row("cos", derivative=formula("-sin(x)")),
        Row("tan", domain="cos x != 0", definition=formula("sin(x) / cos(x)")),
        Row("arctan", derivative=formula("1 / (1 + x**2)")),
        Row("arcsin", domain="between -1 and 1", derivative=formula("1 / sqrt(1 - x**2)")),
        Row("sinh", definition=formula("(exp(x) - exp(-x)) / 2")),
        Row("cosh", sign="> 0", definition=formula("(exp(x) + exp(-x)) / 2")),
        Row("tanh", definition=formula("(exp(x) - exp(-x)) / (exp(x) + exp(-x))")),
        Row("sigmoid", sign="> 0", definition=formula("1 / (1 + exp(-x))")),
        Row("softplus", sign="> 0", definition=formula("log(1 + exp(x))")),
        Row("erf", derivative=formula("2 / sqrt(pi()) * exp(-x**2)")),
        Row("pi", arity=0, sign="> 0"),
        Row("abs", sign=">= 0"),
        Row("sign"),
        Row("relu", sign=">= 0"),
        Row("step", sign=">= 0"),
    )
}


def definition(name: str, argument: Term) -> Term | None:
    """The function at ``argument`` by its definition, or None where it is a primitive one."""
    return _at(TABLE[name].definition, argument) if name in TABLE else None


def derivative(name: str, argument: Term) -> Term | None:
    """The derivative of a primitive function at ``argument``, or None where the table has none."""
    return _at(TABLE[name].derivative, argument) if name in TABLE else None


def _at(row: Term | None, argument: Term) -> Term | None:
    return None if row is None else substitute_values(row, {"x": argument})
