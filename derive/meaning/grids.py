r"""Matrices that are written out in full, and what is computed of them, entry by entry.

``(a & b) (c \\ d)`` is ``a c + b d``, whatever the entries are: sums, products by the rule of
rows and columns, products by places, transposes, multiples, and functions of numbers at each
place.  Each entry of the result is syntax of a number, to be understood as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from derive.meaning.lists import ELEMENTWISE, SIGMOIDS
from derive.meaning.names import TRANSPOSES
from derive.meaning.patterns import has_dots
from derive.meaning.spelling import per_node, walk
from derive.meaning.trouble import WrongShape
from derive.reader import syntax as s

__all__ = ["Grid", "NoGrid", "computed", "holds_one_in_full"]

MOST = 40  # rows or columns


@dataclass(frozen=True)
class Grid:
    """The entries of a matrix, row by row."""

    rows: tuple[tuple[s.Syntax, ...], ...]

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def entries(self) -> tuple[s.Syntax, ...]:
        return tuple(entry for row in self.rows for entry in row)

    @property
    def is_vector(self) -> bool:
        return min(self.height, self.width) == 1

    def has_shape_of(self, other: Grid) -> bool:
        """Whether the matrices have the same shape; of vectors, whether they are as long."""
        if self.is_vector and other.is_vector:
            return len(self.entries) == len(other.entries)
        return (self.height, self.width) == (other.height, other.width)

    def each(self, change: Callable[[s.Syntax], s.Syntax]) -> Grid:
        return Grid(tuple(tuple(map(change, row)) for row in self.rows))

    def transposed(self) -> Grid:
        return Grid(tuple(zip(*self.rows, strict=True)))


class NoGrid(Exception):
    """Something else than numbers and matrices that are written out."""


def computed(
    node: s.Syntax,
    is_number: Callable[[s.Syntax], bool],
    is_function: Callable[[s.Name], bool | None] = lambda name: None,
) -> Grid | s.Syntax:
    """The matrix that the syntax is computed to, or the syntax of a number.

    ``is_number``: whether syntax in which no matrix is written out stands for a number.
    ``is_function``: whether a name is a function of one number; None where it is no function.
    Raises NoGrid where it is neither.
    """
    return _Computation(is_number, is_function).of(node)


@dataclass(frozen=True)
class _Computation:
    is_number: Callable[[s.Syntax], bool]
    is_function: Callable[[s.Name], bool | None]

    def of(self, node: s.Syntax) -> Grid | s.Syntax:
        if not holds_one_in_full(node):
            if self.is_number(node):
                return node
            raise NoGrid
        match node:
            case s.Group(_, body, "()" | "[]" | "{}"):
                inner = self.of(body)
                return inner if isinstance(inner, Grid) else replace(node, body=inner)
            case s.Underbrace(_, body):
                return self.of(body)
            case s.Matrix(_, rows) if not has_dots(node) and max(len(rows), len(rows[0])) <= MOST:
                if len({len(row) for row in rows}) != 1:
                    raise NoGrid
                return _plain(Grid(tuple(tuple(map(self._number, row)) for row in rows)))
            case s.Scripts(_, base, None, s.Name(_, mark), 0) if mark in TRANSPOSES:
                inner = self.of(base)
                return inner.transposed() if isinstance(inner, Grid) else inner
            case s.Signed(_, terms):
                return self._sum(node, [(sign, self.of(term)) for sign, term in terms])
            case s.Product(_, (s.Name(_, name), argument), ("",)) if name in SIGMOIDS:
                applied = self.of(argument)
                if isinstance(applied, Grid):
                    factor = node.factors[0]
                    return applied.each(lambda e: replace(node, factors=(factor, _grouped(e))))
            case s.Product(_, (s.Name() as head, argument), ("",)) if (
                of_numbers := self.is_function(head)
            ) is not None:
                applied = self.of(argument)
                plain = isinstance(applied, Grid) and applied.is_vector  # f(A) may be a power of A
                if of_numbers and plain and isinstance(applied, Grid):
                    return applied.each(
                        lambda e: replace(node, factors=(head, s.Group(e.span, e, "()")))
                    )
            case s.Product(_, factors, operators):
                return self._product(node, [self.of(factor) for factor in factors], operators)
            case s.Fraction(_, numerator, denominator):
                above, below = self.of(numerator), self.of(denominator)
                if isinstance(above, Grid) and not isinstance(below, Grid):
                    return above.each(lambda e: replace(node, numerator=e, denominator=below))
            case s.FunctionCall(_, function, argument, None, None) if function in ELEMENTWISE:
                inner = self.of(argument)
                if isinstance(inner, Grid):
                    return inner.each(lambda e: replace(node, argument=_grouped(e)))
            case s.FunctionCall(
                _, "max" | "min", s.Group(_, s.List(_, items) as listed) as group, None, None
            ):
                found = [self.of(item) for item in items]
                grids = [item for item in found if isinstance(item, Grid)]
                if len(grids) == 1:
                    return grids[0].each(
                        lambda e: replace(
                            node, argument=replace(group, body=_among(listed, found, e))
                        )
                    )
        raise NoGrid

    def _number(self, node: s.Syntax) -> s.Syntax:
        found = self.of(node)
        if isinstance(found, Grid):
            raise NoGrid
        return found

    def _sum(self, node: s.Signed, terms: Sequence[tuple[int, Grid | s.Syntax]]) -> Grid | s.Syntax:
        shapes = {(t.height, t.width) for _, t in terms if isinstance(t, Grid)}
        if not shapes:
            plain = tuple((sign, t) for sign, t in terms if not isinstance(t, Grid))
            return replace(node, terms=plain)
        if len(shapes) > 1:
            raise WrongShape("shape: a sum of matrices of different shapes")
        ((height, width),) = shapes
        return Grid(
            tuple(
                tuple(
                    replace(
                        node,
                        terms=tuple(
                            (sign, t.rows[r][c] if isinstance(t, Grid) else t) for sign, t in terms
                        ),
                    )
                    for c in range(width)
                )
                for r in range(height)
            )
        )

    def _product(
        self, node: s.Product, factors: Sequence[Grid | s.Syntax], operators: Sequence[str]
    ) -> Grid | s.Syntax:
        whole, *rest = factors
        for factor, operator in zip(rest, operators, strict=True):
            whole = _times(node, whole, factor, operator)
        return whole


def _times(
    node: s.Product, one: Grid | s.Syntax, other: Grid | s.Syntax, operator: str
) -> Grid | s.Syntax:
    def both(a: s.Syntax, b: s.Syntax) -> s.Syntax:
        return s.Product(node.span, (_grouped(a), _grouped(b)), ("cdot",))

    if not isinstance(one, Grid):
        return both(one, other) if not isinstance(other, Grid) else _multiple(other, one, both)
    if not isinstance(other, Grid):
        return _multiple(one, other, both)
    if operator == "odot":
        if (one.height, one.width) != (other.height, other.width):
            raise WrongShape("shape: a product by places of matrices of different shapes")
        pairs = zip(one.rows, other.rows, strict=True)
        return Grid(tuple(tuple(map(both, a, b)) for a, b in pairs))
    if operator not in ("", "cdot"):
        raise NoGrid
    alike = one.is_vector and (one.height, one.width) == (other.height, other.width)
    if operator == "cdot" and alike:
        other = other.transposed() if one.height == 1 else other
        one = one if one.height == 1 else one.transposed()
    if one.width != other.height:
        raise WrongShape(
            f"shape: a product of matrices with {one.width} columns and with {other.height} rows"
        )
    columns = other.transposed().rows
    return _plain(
        Grid(tuple(tuple(_dot(node, both, row, column) for column in columns) for row in one.rows))
    )


def _multiple(grid: Grid, number: s.Syntax, both: Callable[[s.Syntax, s.Syntax], s.Syntax]) -> Grid:
    return grid.each(lambda entry: both(number, entry))


def _dot(
    node: s.Product,
    both: Callable[[s.Syntax, s.Syntax], s.Syntax],
    row: Sequence[s.Syntax],
    column: Sequence[s.Syntax],
) -> s.Syntax:
    terms = tuple((1, both(a, b)) for a, b in zip(row, column, strict=True))
    return terms[0][1] if len(terms) == 1 else _grouped(s.Signed(node.span, terms))


def _plain(grid: Grid) -> Grid | s.Syntax:
    """A matrix of one entry is a number."""
    return grid.rows[0][0] if grid.height == grid.width == 1 else grid


def _among(listed: s.List, items: Sequence[Grid | s.Syntax], entry: s.Syntax) -> s.List:
    return replace(listed, items=tuple(entry if isinstance(x, Grid) else x for x in items))


def _grouped(node: s.Syntax) -> s.Syntax:
    return node if isinstance(node, s.Group | s.Numeral) else s.Group(node.span, node, "()")


@per_node
def holds_one_in_full(node: s.Node) -> bool:
    """Whether a matrix with all of its entries stands somewhere in the syntax."""
    return any(map(_in_full, walk(node)))


def _in_full(node: s.Node) -> bool:
    if not isinstance(node, s.Matrix) or has_dots(node):
        return False
    return sum(len(row) for row in node.rows) > 1
