"""Vectors and matrices as a notation for indexed quantities.

A ``Value`` is a term together with its open axes: the letters in it that run over the
components.  W x is then ``sum_b W_ab x_b`` with the open axis a.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count, pairwise

from derive.logic.terms import (
    Add,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Mul,
    Number,
    Pow,
    Sum,
    Term,
    names,
    substitute,
    subterms,
)
from derive.meaning.ranges import Ranges
from derive.meaning.standing import COLUMN, ROW, Standing
from derive.meaning.trouble import OutOfReach, WrongShape

__all__ = ["Tensors", "Value"]

ONE, TWO, MINUS = Number(Fraction(1)), Number(Fraction(2)), Number(Fraction(-1))


SIDE_BY_SIDE = "two vectors side by side are read as their scalar product"


@dataclass(frozen=True)
class Value:
    """``term`` for every position of ``axes``; ``row``: a vector written as a row (transposed).

    ``stands``: how a vector stands for those who read it as a matrix; None where that is open.
    """

    term: Term
    axes: tuple[Index, ...] = ()
    row: bool = False
    stands: Standing | None = None

    @property
    def shape(self) -> str:
        """For people: "number", "vector of length N", "N x M matrix"."""
        match len(self.axes):
            case 0:
                return "number"
            case 1:
                return f"vector of length {self.axes[0].range}"
            case 2:
                return f"{self.axes[0].range} x {self.axes[1].range} matrix"
        return f"array with {len(self.axes)} indices"


def as_given(value: Value) -> Term:
    """The term as an argument, with letters for the open axes that are the same each time."""
    return substitute(value.term, {a: Index(f"·{n}", "") for n, a in enumerate(value.axes)})


@dataclass
class Tensors:
    """Operations on values; ``ranges`` learns which axes have the same length.

    ``dots``: two vectors side by side are read as their dot product.  ``alike``: what products
    and sums say of how vectors stand, each as a sum that is zero.  ``notes``: where a reader may
    be misled.
    """

    ranges: Ranges
    letters: Iterator[int]
    keys: dict[str, str] = field(default_factory=dict)
    dots: bool = False
    alike: list[Standing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @staticmethod
    def over(ranges: Ranges) -> Tensors:
        """Operations that give fresh letters of their own."""
        return Tensors(ranges, count(1))

    def axis(self, key: str) -> Index:
        """A fresh letter for an open axis, whose range is that of ``key``."""
        axis = Index(f"°{next(self.letters)}", self.ranges.name(key))
        self.keys[axis.name] = key
        return axis

    def named(self, name: str, axis: Index) -> Index:
        """A letter of this name over the same range."""
        self.keys[name] = self.key(axis)
        return Index(name, axis.range)

    def key(self, axis: Index) -> str:
        """The place of an axis's range."""
        return self.keys[axis.name]

    def align(self, value: Value, axes: Sequence[Index], what: str = "sum") -> Value:
        """``value`` with its axes renamed to ``axes``."""
        other = Value(value.term, tuple(axes))
        if len(value.axes) != len(axes):
            raise WrongShape(f"shape: {_article(what)} of a {value.shape} and a {other.shape}")
        for old, to in zip(value.axes, axes, strict=True):
            self._same(old, to, f"{_article(what)} of a {value.shape} and a {other.shape}")
        new: dict[Index, IndexTerm] = dict(zip(value.axes, axes, strict=True))
        return Value(substitute(value.term, new), tuple(axes), value.row, value.stands)

    def _same(self, left: Index, right: Index, what: str, certain: bool = True) -> None:
        """The axes have one length; ``certain``: they would have to, whatever a row stands for."""
        agree = self.ranges.agree(self.key(left), self.key(right))
        if not agree or left.range != right.range:
            axes = (self.key(left), self.key(right)) if certain else None
            raise WrongShape(f"shape: {what}", axes)

    def together(self, values: Sequence[Value], what: str) -> tuple[list[Value], tuple[Index, ...]]:
        """Values over common axes: numbers serve all components, matrix rows share a vector."""
        widest = max(values, key=lambda v: len(v.axes))
        axes = widest.axes
        aligned: list[Value] = []
        for value in values:
            if not value.axes:
                aligned.append(value)
            elif len(value.axes) < len(axes):
                shorter = axes[len(axes) - len(value.axes) :]
                try:
                    aligned.append(self.align(value, shorter, what))
                except WrongShape as trouble:  # it may be meant for the columns
                    raise WrongShape(trouble.message) from trouble
            else:
                aligned.append(self.align(value, axes, what))
        return aligned, axes

    def add(self, values: Sequence[Value]) -> Value:
        """The sum, component by component."""
        if len(values) == 1:
            return values[0]
        aligned, axes = self.together(values, "sum")
        row = any(v.row for v in values)
        return Value(Add(tuple(v.term for v in aligned)), axes, row, self.together_stand(values))

    def together_stand(self, values: Sequence[Value]) -> Standing | None:
        """How vectors stand that are added, multiplied by component or equated: all alike."""
        if any(len(v.axes) > 1 for v in values):
            return None
        known = [v.stands for v in values if v.axes and v.stands is not None]
        self.alike.extend(one + other for one, other in pairwise(known))
        return known[0] if known else None

    def _stands(self, value: Value, way: Standing) -> None:
        """The vector stands so, whatever convention it is written in."""
        if len(value.axes) == 1 and value.stands is not None:
            self.alike.append(value.stands + way)

    def negative(self, value: Value) -> Value:
        """Minus the value; minus a number is that negative number."""
        if isinstance(value.term, Number):
            return Value(Number(-value.term.value), value.axes, value.row, value.stands)
        factors = value.term.factors if isinstance(value.term, Mul) else (value.term,)
        return Value(Mul((MINUS, *factors)), value.axes, value.row, value.stands)

    def elementwise(self, left: Value, right: Value) -> Value:
        """The product component by component."""
        (a, b), axes = self.together([left, right], "product component by component")
        stands = self.together_stand([left, right])
        return Value(_times(a.term, b.term), axes, left.row and right.row, stands)

    def contract(self, left: Value, right: Value) -> Value:
        """Sum over the last axis of the left and the first axis of the right side."""
        last, first = left.axes[-1], right.axes[0]
        matrices = len(left.axes) + len(right.axes) > 2
        self._same(last, first, f"a {left.shape} times a {right.shape}", matrices)
        body = substitute(right.term, {first: last})
        row = left.row and len(left.axes) == 1 and len(right.axes) == 2
        axes = left.axes[:-1] + right.axes[1:]
        stands = self._of_product(left, right)
        return Value(Sum(last, (), _times(left.term, body)), axes, row, stands)

    def inner(self, left: Value, right: Value, number: int) -> Value:
        """Sum over the last ``number`` axes of the left and the first of the right side."""
        body = right.term
        meet = left.axes[len(left.axes) - number :]
        for last, first in zip(meet, right.axes, strict=False):
            self._same(last, first, f"a {left.shape} times a {right.shape}")
            body = substitute(body, {first: last})
        term = _times(left.term, body)
        for last in reversed(meet):
            term = Sum(last, (), term)
        return Value(term, left.axes[: len(left.axes) - number] + right.axes[number:])

    def _of_product(self, left: Value, right: Value) -> Standing | None:
        """How the product with a matrix stands: ``x A`` is of rows, and ``A x`` of columns.

        Of a Jacobian it depends on the layout, and people write the chain rule in any.
        """
        matrix = right if len(left.axes) == 1 else left
        sizes = {len(left.axes), len(right.axes)}
        if sizes != {1, 2} or any(isinstance(part, Derivative) for part in subterms(matrix.term)):
            return None
        way = ROW if matrix is right else COLUMN
        self._stands(left if matrix is right else right, way)
        return way

    def outer(self, left: Value, right: Value) -> Value:
        """All products of a component of the left with one of the right side."""
        return Value(_times(left.term, right.term), left.axes + right.axes)

    def multiply(self, left: Value, right: Value, operator: str) -> Value:
        """The product that the operator and the shapes call for."""
        if not left.axes or not right.axes:
            axes = left.axes or right.axes
            stands = left.stands if left.axes else right.stands
            return Value(_times(left.term, right.term), axes, left.row or right.row, stands)
        if operator in ("odot", "*"):
            return self.elementwise(left, right)
        if operator == "otimes":
            return self.outer(left, right)
        sizes = (len(left.axes), len(right.axes))
        if sizes == (1, 1):
            if left.row and not right.row:
                self._stands(left, ROW)
                self._stands(right, COLUMN)
                return self.contract(left, right)
            if right.row and not left.row and operator == "cdot" and self.dots:
                return self.contract(left, right)  # x \\cdot w^T of rows
            if right.row and not left.row:
                self._stands(left, COLUMN)
                self._stands(right, ROW)
                return self.outer(left, Value(right.term, right.axes))
            if operator != "cdot" and self.dots and SIDE_BY_SIDE not in self.notes:
                self.notes.append(SIDE_BY_SIDE)
            if operator == "cdot" or self.dots:
                return self.contract(left, right)
            raise WrongShape(
                "two vectors side by side: neither a transpose nor a product sign says which "
                "product is meant"
            )
        return self.contract(left, right)

    def transpose(self, value: Value) -> Value:
        """The transpose: of a vector a row, of a number itself."""
        match len(value.axes):
            case 0:
                return value
            case 1:
                stands = value.stands + ROW if value.stands is not None else None
                return Value(value.term, value.axes, not value.row, stands)
            case 2:
                return Value(value.term, value.axes[::-1])
        raise OutOfReach("the transpose of an array with more than two indices")

    def apply(self, function: Callable[[Term], Term], value: Value) -> Value:
        """A function of one number, component by component."""
        return Value(function(value.term), value.axes, value.row, value.stands)

    def power(self, base: Value, exponent: Value) -> Value:
        """A power, component by component: of a square matrix it would be another thing."""
        if len(base.axes) == 2 and not isinstance(exponent.term, Number):
            if not names(exponent.term):
                raise OutOfReach("a broken power of a matrix")
        if len(base.axes) == 2 and isinstance(exponent.term, Number):
            if exponent.term.value == -1:
                raise OutOfReach("the inverse of a matrix")
            if exponent.term.value < 0 or exponent.term.value.denominator > 1:
                raise OutOfReach("a broken power of a matrix")
            first, second = base.axes
            if first.range == second.range and exponent.term.value != 1:
                raise OutOfReach("a power of a square matrix")
        (b, e), axes = self.together([base, exponent], "power")
        stands = base.stands if base.axes == axes else None
        return Value(Pow(b.term, e.term), axes, base.row, stands)

    def total(self, value: Value) -> Value:
        """The sum of all components."""
        term = value.term
        for axis in reversed(value.axes):
            term = Sum(axis, (), term)
        return Value(term)

    def norm(self, value: Value, order: str, power: int = 1) -> Value:
        """A norm to a power: the Euclidean one, or the sum of the absolute values."""
        if order == "1":
            total = self.total(self.apply(lambda t: Function("abs", (t,)), value)).term
            return Value(total if power == 1 else Pow(total, Number(Fraction(power))))
        square = self.total(self.apply(lambda t: Pow(t, TWO), value)).term
        exponent = Fraction(power, 2)
        return Value(square if exponent == 1 else Pow(square, Number(exponent)))


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _times(left: Term, right: Term) -> Term:
    if left is ONE or right is ONE:
        return Mul((left, right))
    factors = left.factors if isinstance(left, Mul) else (left,)
    return Mul((*factors, right))
