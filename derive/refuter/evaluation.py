"""Evaluation of terms at a point, with forward derivatives.

A term is translated once into a Python closure, which is kept; evaluating it at a point then
costs little more than the arithmetic.  A derivative opens a *frame*, in which one component
carries a dual number.  Names that depend on that component are evaluated again in the frame,
all others keep the values they have outside of it; all this is remembered frame by frame.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import product
from typing import TypeAlias

from flint import arb, ctx, fmpq

from derive.logic.problem import Definition, Unknown
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
from derive.refuter.elementary import FUNCTIONS, power
from derive.refuter.occurrences import occurrences
from derive.refuter.point import Key, Point, SmoothFunction
from derive.refuter.values import (
    EXACT_BITS,
    ONE,
    ZERO,
    Dual,
    NoValue,
    Undecided,
    Value,
    plain,
    reciprocal,
    slope,
    whole_power,
)
from derive.refuter.world import World

__all__ = ["Evaluation", "Missing", "TooExpensive", "compiled", "precision"]

Closure: TypeAlias = Callable[["Evaluation"], Value]
Locator: TypeAlias = Callable[["Evaluation"], int]

# Nested calls while evaluating, far below Python's own limit.
_MAXIMAL_DEPTH = 400
_CHUNK = 4000


class Missing(Exception):
    """The point gives no value for something that the term needs."""


class TooExpensive(Exception):
    """The effort allowed is spent."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Balls are computed with so many bits inside."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


class _Pending:
    """Stands for a value that is being computed."""


_PENDING = _Pending()


class _Frame:
    """A derivative in progress: the component ``key`` carries ``dual``."""

    __slots__ = ("cache", "dual", "key", "name", "parent")

    def __init__(self, parent: _Frame | None, key: Key, dual: Dual) -> None:
        self.parent = parent
        self.key = key
        self.name = key[0]
        self.dual = dual
        self.cache: dict[Key, Value] = {}


class Evaluation:
    """The evaluation of terms at one point, in one context, with one precision.

    ``operations`` bounds the work (roughly, visited nodes), ``deadline`` the time, as measured by
    ``time.monotonic``.  Raises NoValue, Undecided, TooExpensive and Ambiguous.
    """

    def __init__(
        self,
        world: World,
        point: Point,
        shapes: dict[tuple[str, int], tuple[str, ...]],
        operations: int = 1_000_000,
        deadline: float | None = None,
    ) -> None:
        self.world = world
        self.point = point
        self.shapes = shapes
        self.sizes = point.sizes
        self.positions: dict[Index, int] = dict(point.indices)
        self.locals: dict[str, Value] = {}
        self.frame: _Frame | None = None
        self.cache: dict[Key, Value] = {}
        self.derived: dict[Key, Closure] = {}
        self.tag = 0
        self.depth = 0
        self.operations = operations
        self.chunk = 0
        self.deadline = deadline

    def value(self, term: Term) -> Value:
        """The value of ``term``; the point's own letters are in force."""
        self.positions = dict(self.point.indices)
        self.locals, self.frame, self.depth = {}, None, 0
        return compiled(term)(self)

    def spend(self, operations: int) -> None:
        """Counts work, and raises TooExpensive when there was too much of it."""
        self.chunk -= operations
        if self.chunk < 0:
            self.operations += self.chunk - _CHUNK
            self.chunk = _CHUNK
            if self.operations < 0:
                raise TooExpensive("too many operations")
            if self.deadline is not None and time.monotonic() > self.deadline:
                raise TooExpensive("out of time")

    # -------------------------------------------------------------- names

    def component(self, key: Key) -> Value:
        """The value of a component of a variable, data or defined."""
        frame = self.frame
        memory = self.cache
        name = key[0]
        while frame is not None:
            if frame.name == name:
                if key == frame.key:
                    return frame.dual
            elif self.world.depends(name, frame.name):
                memory = frame.cache
                break
            frame = frame.parent
        value = memory.get(key)
        if value is None:
            value = self._computed(key, frame, memory)
        elif value is _PENDING:
            raise NoValue(f"{name} is defined by itself")
        return value

    def _computed(self, key: Key, frame: _Frame | None, memory: dict[Key, Value]) -> Value:
        name, positions = key
        definition = self.world.definitions.get(name)
        unknown = self.world.unknowns.get(name)
        memory[key] = _PENDING
        try:
            if (
                definition is not None
                and len(definition.indices) == len(positions)
                and self._in_range(definition.indices, positions)
            ):
                value = self._defined(definition, positions, frame)
            elif unknown is not None and len(unknown.indices) == len(positions):
                value = self._open(unknown, positions, frame)
            elif key in self.derived:
                value = self._in_frame(None, lambda: self.derived[key](self))
            else:
                value = self._datum(key)
        except BaseException:
            del memory[key]
            raise
        memory[key] = value
        return value

    def _in_range(self, indices: tuple[Index, ...], positions: tuple[int, ...]) -> bool:
        return all(
            1 <= position <= self.size_of(index.range)
            for index, position in zip(indices, positions, strict=True)
        )

    def _in_frame(self, frame: _Frame | None, compute: Callable[[], Value]) -> Value:
        """A value outside of the text in hand: no local names, only the point's own letters."""
        saved = self.frame, self.positions, self.locals
        self.frame, self.positions, self.locals = frame, dict(self.point.indices), {}
        try:
            return compute()
        finally:
            self.frame, self.positions, self.locals = saved

    def _defined(
        self, definition: Definition, positions: tuple[int, ...], frame: _Frame | None
    ) -> Value:
        def compute() -> Value:
            if definition.arguments:
                self.locals = {a: self.component((a, ())) for a in definition.arguments}
            self.positions.update(zip(definition.indices, positions, strict=True))
            return self._body(definition)

        return self._in_frame(frame, compute)

    def _body(self, definition: Definition) -> Value:
        seen = occurrences(definition.body)
        self.spend(seen.size)
        levels = seen.depth + 6
        self.depth += levels
        if self.depth > _MAXIMAL_DEPTH:
            raise TooExpensive("definitions are nested too deep")
        value = compiled(definition.body)(self)
        self.depth -= levels
        if type(value) is fmpq and value.height_bits() > EXACT_BITS:
            return arb(value)
        return value

    def _open(self, unknown: Unknown, positions: tuple[int, ...], frame: _Frame | None) -> Value:
        def compute() -> Value:
            arguments = tuple(self.component(key) for key in self.arguments_of(unknown))
            self.spend(len(arguments) ** 2)
            return self.function(unknown.name, positions, len(arguments))(arguments)

        return self._in_frame(frame, compute)

    def arguments_of(self, unknown: Unknown) -> list[Key]:
        """All components that an open function without written arguments depends on."""
        keys: list[Key] = []
        for name in unknown.depends_on:
            shape = next((s for (n, _), s in self.shapes.items() if n == name), ())
            ranges = [range(1, self.size_of(r) + 1) for r in shape]
            keys.extend((name, positions) for positions in product(*ranges))
        return keys

    def function(self, name: str, positions: tuple[int, ...], arity: int) -> SmoothFunction:
        """What stands for an open function."""
        key = name, positions, arity
        known = self.point.functions.get(key)
        if known is None:
            if self.point.draw_function is None:
                raise Missing(f"no function is given for {name}")
            known = self.point.functions[key] = self.point.draw_function((name, positions), arity)
        return known

    def _datum(self, key: Key) -> fmpq:
        known = self.point.values.get(key)
        if known is None:
            if self.point.draw is None:
                raise Missing(f"no value is given for {key[0]}{list(key[1]) or ''}")
            known = self.point.values[key] = self.point.draw(key)
        return known

    def label(self, key: Key, size: int) -> int:
        """The position that a label stands for."""
        known = self.point.labels.get(key)
        if known is None:
            if self.point.draw_label is None:
                raise Missing(f"no value is given for the label {key[0]}{list(key[1]) or ''}")
            known = self.point.labels[key] = self.point.draw_label(key, size)
        return known

    def size_of(self, range_: str) -> int:
        """The number of values of an index range."""
        try:
            return self.sizes[range_]
        except KeyError:
            raise Missing(f"no size is given for {range_}") from None

    def applied(
        self,
        name: str,
        positions: tuple[int, ...],
        arguments: tuple[Value, ...],
        orders: tuple[int, ...],
    ) -> Value:
        """f(x, ...), differentiated by each argument as often as ``orders`` says."""
        tags: list[int] = []
        moved: list[Value] = list(arguments)
        for place, order in enumerate(orders):
            for _ in range(order):
                self.tag += 1
                tags.append(self.tag)
                moved[place] = Dual(self.tag, moved[place], ONE)
        definition = self.world.definitions.get(name)
        if definition is None:
            value = self.function(name, positions, len(moved))(tuple(moved))
        elif len(definition.arguments) != len(moved) or len(definition.indices) != len(positions):
            raise NoValue(f"{name} is applied to a wrong number of arguments")
        else:
            value = self._called(definition, positions, moved)
        for tag in reversed(tags):
            value = slope(value, tag)
        return value

    def _called(
        self, definition: Definition, positions: tuple[int, ...], arguments: list[Value]
    ) -> Value:
        def compute() -> Value:
            self.locals = dict(zip(definition.arguments, arguments, strict=True))
            self.positions.update(zip(definition.indices, positions, strict=True))
            return self._body(definition)

        return self._in_frame(self.frame, compute)


# ------------------------------------------------------------------ translation


@cache
def located(index: IndexTerm) -> Locator:
    """The position of an index, as a closure."""
    match index:
        case Index(name, _):

            def letter(e: Evaluation) -> int:
                try:
                    return e.positions[index]
                except KeyError:
                    raise Missing(f"no position is given for the index {name}") from None

            return letter
        case Position(value, range_):

            def position(e: Evaluation) -> int:
                size = e.size_of(range_)
                place = value if value >= 1 else size + value
                if not 1 <= place <= size:
                    raise NoValue(f"{range_} is too small for position {value}")
                return place

            return position
        case Label(name, indices, range_):
            inner = tuple(map(located, indices))
            return lambda e: e.label((name, tuple(i(e) for i in inner)), e.size_of(range_))
        case Shift(base, offset):
            start = located(base)
            return lambda e: start(e) + offset
    raise AssertionError(index)


@cache
def compiled(term: Term) -> Closure:
    """The term as a closure; the caller has seen to it that it is not too deep."""
    match term:
        case Number(value):
            constant = fmpq(value.numerator, value.denominator)
            return lambda e: constant
        case Size(range_):
            return lambda e: fmpq(e.size_of(range_))
        case Variable(name, indices):
            return _variable(name, tuple(map(located, indices)))
        case Application(name, indices, arguments, orders):
            places, inner = tuple(map(located, indices)), tuple(map(compiled, arguments))
            return lambda e: e.applied(
                name, tuple(p(e) for p in places), tuple(a(e) for a in inner), orders
            )
        case Function(name, arguments):
            return _function(name, tuple(map(compiled, arguments)))
        case Delta(left, right):
            one, other = located(left), located(right)
            return lambda e: ONE if one(e) == other(e) else ZERO
        case Add(terms):
            return _sum_of(tuple(map(compiled, terms)))
        case Mul(factors):
            return _product_of(tuple(map(compiled, factors)))
        case Pow(base, exponent):
            return _power(compiled(base), exponent)
        case Sum(index, excluded, body):
            return _over(index, excluded, body, _add_up)
        case Product(index, excluded, body):
            return _over(index, excluded, body, _multiply)
        case Maximum(index, excluded, body):
            return _over(index, excluded, body, _largest)
        case Derivative(body, variable):
            return _derivative(term, compiled(body), variable)
    raise AssertionError(term)


def _variable(name: str, places: tuple[Locator, ...]) -> Closure:
    if not places:
        key: Key = (name, ())

        def plain_variable(e: Evaluation) -> Value:
            if name in e.locals:
                return e.locals[name]
            return e.component(key)

        return plain_variable
    if len(places) == 1:
        (place,) = places
        return lambda e: e.component((name, (place(e),)))
    return lambda e: e.component((name, tuple([p(e) for p in places])))


def _function(name: str, arguments: tuple[Closure, ...]) -> Closure:
    if name == "pi" and not arguments:
        return lambda e: arb.pi()
    function = FUNCTIONS.get(name)
    if function is None or len(arguments) != 1:

        def unknown(e: Evaluation) -> Value:
            raise Undecided(f"{name} is not a function of the table")

        return unknown
    (argument,) = arguments
    return lambda e: function(argument(e))


def _sum_of(terms: tuple[Closure, ...]) -> Closure:
    if len(terms) == 2:
        left, right = terms
        return lambda e: left(e) + right(e)

    def add(e: Evaluation) -> Value:
        return _add_up([t(e) for t in terms])

    return add


def _product_of(factors: tuple[Closure, ...]) -> Closure:
    if len(factors) == 2:
        left, right = factors
        return lambda e: left(e) * right(e)

    def multiply(e: Evaluation) -> Value:
        return _multiply([f(e) for f in factors])

    return multiply


def _power(base: Closure, exponent: Term) -> Closure:
    if isinstance(exponent, Number):
        constant = fmpq(exponent.value.numerator, exponent.value.denominator)
        if constant == -1:
            return lambda e: reciprocal(base(e))
        if constant.q == 1:
            whole = int(constant.p)
            return lambda e: whole_power(base(e), whole)
        return lambda e: power(base(e), constant)
    raised = compiled(exponent)

    def general(e: Evaluation) -> Value:
        under, over = base(e), raised(e)
        number = plain(under)
        if plain(over) == 0 and (number == 0 or not (number > 0 or number < 0)):
            if type(number) is arb and not number.is_zero():
                raise Undecided("the base of a power with exponent 0 may be 0")
            raise NoValue("0^0, the exponent not being written as 0")
        return power(under, over)

    return general


def _over(
    index: Index,
    excluded: tuple[IndexTerm, ...],
    body: Term,
    combine: Callable[[list[Value]], Value],
) -> Closure:
    inner, omitted = compiled(body), tuple(map(located, excluded))
    cost = occurrences(body).size
    range_ = index.range

    def bound(e: Evaluation) -> Value:
        size = e.size_of(range_)
        e.spend(cost * size)
        positions = e.positions
        skipped = [place(e) for place in omitted]
        outside = positions.get(index)
        values: list[Value] = []
        for position in range(1, size + 1):
            if position not in skipped:
                positions[index] = position
                values.append(inner(e))
        if outside is None:
            positions.pop(index, None)
        else:
            positions[index] = outside
        return combine(values)

    return bound


def _add_up(values: list[Value]) -> Value:
    total: Value = ZERO
    for value in values:
        total = total + value
    return total


def _multiply(values: list[Value]) -> Value:
    total: Value = ONE
    for value in values:
        total = total * value
    return total


def _largest(values: list[Value]) -> Value:
    """The maximum; where several values are largest, it has a value but no derivative."""
    if not values:
        raise NoValue("the maximum of nothing")
    numbers = [plain(value) for value in values]
    for value, number in zip(values, numbers, strict=True):
        if all(number > other or other is number for other in numbers):
            return value
    constants = [v for v in values if type(v) is not Dual]
    if not constants:
        raise _tie(numbers)
    largest = constants[0]
    for value in constants[1:]:
        largest = _larger(largest, value)
    for value in values:
        if type(value) is Dual and not plain(value) < largest:
            raise _tie(numbers)
    return largest


def _larger(left: Value, right: Value) -> Value:
    if left >= right:
        return left
    if left <= right:
        return right
    return arb.max(arb(left), arb(right))


def _tie(numbers: list[Value]) -> Exception:
    if all(type(number) is fmpq for number in numbers):
        return NoValue("no derivative where the maximum is attained twice")
    return Undecided("the maximum may be attained twice")


def _derivative(term: Derivative, body: Closure, variable: Variable) -> Closure:
    name = variable.name
    places = tuple(map(located, variable.indices))

    def differentiate(e: Evaluation) -> Value:
        e.tag += 1
        tag = e.tag
        if not places and name in e.locals:
            outside = e.locals
            e.locals = {**outside, name: Dual(tag, outside[name], ONE)}
            try:
                return slope(body(e), tag)
            finally:
                e.locals = outside
        e.world.check(term, frozenset(e.locals))
        key = (name, tuple(p(e) for p in places))
        parent = e.frame
        e.frame = _Frame(parent, key, Dual(tag, e.component(key), ONE))
        try:
            return slope(body(e), tag)
        finally:
            e.frame = parent

    return differentiate
