"""A point: sizes, positions of the free letters, and values of everything that is data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import TypeAlias, cast

from flint import fmpq

from derive.logic.terms import Index
from derive.refuter.values import ZERO, Value

__all__ = ["Key", "Point", "SmoothFunction", "places", "rational"]

Key: TypeAlias = tuple[str, tuple[int, ...]]
"""A component: the name and the positions of its indices, (z, (2,)) for z_2."""


def places(ranges: Iterable[str], sizes: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    """All positions of several indices, the last one first to move."""
    return product(*(range(1, sizes[range_] + 1) for range_ in ranges))


def rational(number: int | Fraction | float | fmpq) -> fmpq:
    """The number as an exact rational; a float is taken at its exact binary value."""
    if type(number) is fmpq:
        return number
    fraction = Fraction(cast(float, number))
    return fmpq(fraction.numerator, fraction.denominator)


@dataclass(frozen=True)
class SmoothFunction:
    """A polynomial of several arguments, which stands for a function that is left open.

    ``terms``: coefficient and the arguments (counted from 0) that it multiplies.
    """

    terms: tuple[tuple[fmpq, tuple[int, ...]], ...]

    def __call__(self, arguments: tuple[Value, ...]) -> Value:
        total: Value = ZERO
        for coefficient, factors in self.terms:
            product: Value = coefficient
            for factor in factors:
                product = product * arguments[factor]
            total = total + product
        return total

    def text(self, arguments: tuple[str, ...]) -> str:
        """The polynomial, written with the names of its arguments."""
        written = ""
        for coefficient, factors in self.terms:
            sign, size = ("-", -coefficient) if coefficient < 0 else ("+", coefficient)
            names = [arguments[factor] for factor in factors]
            powers = [
                name if names.count(name) == 1 else f"{name}^{names.count(name)}"
                for name in dict.fromkeys(names)
            ]
            product = "*".join([str(size)] * (size != 1 or not powers) + powers)
            written += (
                f" {sign} {product}" if written else product if sign == "+" else f"-{product}"
            )
        return written or "0"


@dataclass
class Point:
    """Where a claim is tried.

    ``values``: data, exact.  ``labels``: integer data used as an index.  ``functions``: what
    stands for the functions that the document leaves open, by name, positions and number of
    arguments.  ``draw``, ``draw_label`` and ``draw_function`` supply what is not given, when it
    is first asked for; without them a missing value is an error.
    """

    sizes: dict[str, int]
    indices: dict[Index, int] = field(default_factory=dict)
    values: dict[Key, fmpq] = field(default_factory=dict)
    labels: dict[Key, int] = field(default_factory=dict)
    functions: dict[tuple[str, tuple[int, ...], int], SmoothFunction] = field(default_factory=dict)
    draw: Callable[[Key], Value] | None = None
    draw_label: Callable[[Key, int], int] | None = None
    draw_function: Callable[[Key, int], SmoothFunction] | None = None
