"""A second evaluator, as plain as can be: mpmath with many digits, derivatives by differences.

It shares nothing with the refuter but the terms: no balls, no dual numbers, no closures.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath

from derive.logic.problem import Context
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Maximum,
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

DIGITS = 160
STEP = mpmath.mpf(10) ** -35
"""Central differences err by the square of the step; two nested ones still leave 30 digits."""


class NoNumber(Exception):
    """The term has no value."""


FUNCTIONS: dict[str, Any] = {
    "exp": mpmath.exp,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "arctan": mpmath.atan,
    "tanh": mpmath.tanh,
    "sigmoid": lambda v: 1 / (1 + mpmath.exp(-v)),
    "softplus": lambda v: mpmath.log(1 + mpmath.exp(v)),
    "abs": abs,
    "relu": lambda v: v if v > 0 else mpmath.mpf(0),
}


@dataclass
class Naive:
    """Values of everything at one point; names in ``held`` have these values instead."""

    context: Context
    sizes: dict[str, int]
    data: dict[tuple[str, tuple[int, ...]], Any]
    labels: dict[tuple[str, tuple[int, ...]], int]
    free: dict[Index, int]
    held: dict[tuple[str, tuple[int, ...]], Any] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)

    def place(self, index: IndexTerm, letters: dict[Index, int]) -> int:
        match index:
            case Index():
                return letters[index]
            case Position(value, range_):
                return value if value > 0 else self.sizes[range_] + value
            case Shift(base, offset):
                return letters[base] + offset
            case Label(name, indices, _):
                return self.labels[name, tuple(self.place(n, letters) for n in indices)]

    def name(self, name: str, places: tuple[int, ...]) -> Any:
        if (name, places) in self.held:
            return self.held[name, places]
        definition = self.context.definition(name)
        if definition is not None and all(
            1 <= place <= self.sizes[index.range]
            for index, place in zip(definition.indices, places, strict=True)
        ):
            letters = self.free | dict(zip(definition.indices, places, strict=True))
            return replace(self, arguments={}).value(definition.body, letters)
        datum = self.data[name, places]
        return fraction(datum) if isinstance(datum, Fraction) else datum

    def value(self, term: Term, letters: dict[Index, int]) -> Any:
        match term:
            case Number(value):
                return fraction(value)
            case Size(range_):
                return mpmath.mpf(self.sizes[range_])
            case Variable(name, ()) if name in self.arguments:
                return self.arguments[name]
            case Variable(name, indices):
                return self.name(name, tuple(self.place(n, letters) for n in indices))
            case Application(name, (), arguments, orders):
                return self.applied(name, [self.value(v, letters) for v in arguments], orders)
            case Function("log", (argument,)):
                inner = self.value(argument, letters)
                if inner <= 0:
                    raise NoNumber
                return mpmath.log(inner)
            case Function("pi", ()):
                return +mpmath.pi
            case Function(name, (argument,)):
                return FUNCTIONS[name](self.value(argument, letters))
            case Delta(left, right):
                return mpmath.mpf(self.place(left, letters) == self.place(right, letters))
            case Add(terms):
                return sum((self.value(v, letters) for v in terms), mpmath.mpf(0))
            case Mul(factors):
                return mpmath.fprod([self.value(v, letters) for v in factors])
            case Pow(base, exponent):
                return power(self.value(base, letters), self.value(exponent, letters))
            case Sum(index, excluded, body):
                return sum(self.over(index, excluded, body, letters), mpmath.mpf(0))
            case Product(index, excluded, body):
                return mpmath.fprod(self.over(index, excluded, body, letters))
            case Maximum(index, excluded, body):
                values = self.over(index, excluded, body, letters)
                if not values:
                    raise NoNumber
                return max(values)
            case Derivative(body, variable):
                return self.slope(body, variable, letters)
        raise AssertionError(term)

    def over(
        self,
        index: Index,
        excluded: tuple[IndexTerm, ...],
        body: Term,
        letters: dict[Index, int],
    ) -> list[Any]:
        skipped = {self.place(x, letters) for x in excluded}
        return [
            self.value(body, letters | {index: place})
            for place in range(1, self.sizes[index.range] + 1)
            if place not in skipped
        ]

    def applied(self, name: str, values: list[Any], orders: tuple[int, ...]) -> Any:
        for number, order in enumerate(orders):
            if order:
                lower = (*orders[:number], order - 1, *orders[number + 1 :])
                up = [v + STEP * (n == number) for n, v in enumerate(values)]
                down = [v - STEP * (n == number) for n, v in enumerate(values)]
                rise = self.applied(name, up, lower) - self.applied(name, down, lower)
                return rise / (2 * STEP)
        definition = self.context.definition(name)
        assert definition is not None
        inside = dict(zip(definition.arguments, values, strict=True))
        return replace(self, arguments=inside).value(definition.body, self.free)

    def slope(self, body: Term, variable: Variable, letters: dict[Index, int]) -> Any:
        key = variable.name, tuple(self.place(n, letters) for n in variable.indices)
        if not variable.indices and variable.name in self.arguments:

            def moved(step: Any) -> Any:
                inside = self.arguments | {variable.name: self.arguments[variable.name] + step}
                return replace(self, arguments=inside).value(body, letters)

        else:
            held = dict(self.held)
            definition = self.context.definition(variable.name)
            if definition is not None:
                ranges = [range(1, self.sizes[n.range] + 1) for n in definition.indices]
                for places in product(*ranges):
                    held[variable.name, places] = self.name(variable.name, places)
            middle = self.name(*key)

            def moved(step: Any) -> Any:
                return replace(self, held=held | {key: middle + step}).value(body, letters)

        return (moved(STEP) - moved(-STEP)) / (2 * STEP)


def fraction(value: Fraction) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator


def power(base: Any, exponent: Any) -> Any:
    if exponent == int(exponent):
        if base == 0 and exponent < 0:
            raise NoNumber
        return base ** int(exponent)
    if base < 0 or (base == 0 and exponent < 0):
        raise NoNumber
    return base**exponent
