"""Evaluation of terms at a point, with forward derivatives.

A term is translated once into a Python closure, which is kept; evaluating it at a point then
costs little more than the arithmetic.  A derivative opens a *frame*, in which one component
carries a dual number.  Names that depend on that component are evaluated again in the frame,
all others keep the values they have outside of it; all this is remembered frame by frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from flint import arb, ctx, fmpq

from derive.clock import late
from derive.logic.problem import Definition, Unknown
from derive.logic.terms import Index, Term
from derive.refuter.closures import Closure, compiled
from derive.refuter.occurrences import occurrences
from derive.refuter.point import Key, Point, SmoothFunction, places
from derive.refuter.values import (
    EXACT_BITS,
    ONE,
    ZERO,
    Dual,
    Missing,
    NoValue,
    TooExpensive,
    Value,
    slope,
)
from derive.refuter.world import World

__all__ = ["MAXIMAL_ORDER", "Evaluation", "in_time", "precision"]

# Levels of terms and definitions within each other.  A level takes up to two of Python's frames.
_MAXIMAL_DEPTH = 350
MAXIMAL_ORDER = 9  # of a derivative: each one more doubles the work


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Balls are computed with so many bits inside."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def in_time() -> None:
    """Raises TooExpensive where the time is up."""
    if late():
        raise TooExpensive("out of time")


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

    ``operations`` bounds the work (roughly, visited nodes).  Raises NoValue, Undecided,
    TooExpensive and Ambiguous.
    """

    def __init__(
        self,
        world: World,
        point: Point,
        shapes: dict[tuple[str, int], tuple[str, ...]],
        operations: int = 1_000_000,
    ) -> None:
        self.world = world
        self.point = point
        self.shapes = shapes
        self.sizes = point.sizes
        self.cache: dict[Key, Value] = {}
        self.derived: dict[Key, Closure] = {}
        self.operations = operations
        self._begin({}, 0)

    def value(self, term: Term, positions: Iterable[tuple[Index, int]] = ()) -> Value:
        """The value of ``term``; the point's own letters are in force, and these positions."""
        seen = occurrences(term)
        self._begin(dict(positions), seen.depth)
        self.spend(seen.size)
        return compiled(term)(self)

    def _begin(self, positions: dict[Index, int], depth: int) -> None:
        """Outside of all definitions and derivatives, wherever an error may have left off."""
        self.positions: dict[Index, int] = {**self.point.indices, **positions}
        self.locals: dict[str, Value] = {}
        self.frame: _Frame | None = None
        self.order = 0
        self.depth = depth

    def spend(self, operations: int) -> None:
        """Counts work, and raises TooExpensive when there was too much of it."""
        self.operations -= operations
        if self.operations < 0:
            raise TooExpensive("too many operations")
        in_time()

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
                # Every component counts as varied, so that a derivative is defined only where
                # all parts that depend on the name are differentiable.
                return Dual(frame.dual.tag, self._outside(frame, key), ZERO)
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

    def _outside(self, frame: _Frame, key: Key) -> Value:
        """A component as it is without the derivative of ``frame``."""
        saved, self.frame = self.frame, frame.parent
        value = self.component(key)
        self.frame = saved
        return value

    def _computed(self, key: Key, frame: _Frame | None, memory: dict[Key, Value]) -> Value:
        name, positions = key
        definition = self.world.definitions.get(name)
        unknown = self.world.unknowns.get(name)
        memory[key] = _PENDING
        try:
            fits = definition is not None and len(definition.indices) == len(positions)
            if definition is not None and fits and self._defines(definition, positions):
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

    def _defines(self, definition: Definition, positions: tuple[int, ...]) -> bool:
        """Whether a component is what a definition says, and not what a recurrence begins with."""
        inside = True
        for index, position, (back, ahead) in zip(
            definition.indices, positions, self.world.reaches(definition), strict=True
        ):
            size = self.size_of(index.range)
            if not 1 + back <= position <= size + ahead:
                raise NoValue(f"{definition.name} has no value at position {positions}")
            inside &= 1 <= position <= size
        return inside

    def _in_frame(self, frame: _Frame | None, compute: Callable[[], Value]) -> Value:
        """A value outside of the text in hand: no local names, only the point's own letters."""
        saved = self.frame, self.positions, self.locals
        self.frame, self.positions, self.locals = frame, dict(self.point.indices), {}
        value = compute()
        self.frame, self.positions, self.locals = saved
        return value

    def _defined(
        self, definition: Definition, positions: tuple[int, ...], frame: _Frame | None
    ) -> Value:
        def compute() -> Value:
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
            ranges = self.shape_of(name)
            sizes = {range_: self.size_of(range_) for range_ in ranges}
            keys.extend((name, positions) for positions in places(ranges, sizes))
        return keys

    def shape_of(self, name: str) -> tuple[str, ...]:
        """The ranges of the indices that a name has where it occurs; none where it does not."""
        return next((shape for (own, _), shape in self.shapes.items() if own == name), ())

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
        outside = self.order
        moved: list[Value] = list(arguments)
        for place, order in enumerate(orders):
            for _ in range(order):
                moved[place] = Dual(self._deeper(), moved[place], ONE)
        definition = self.world.definitions.get(name)
        if definition is None:
            value = self.function(name, positions, len(moved))(tuple(moved))
        elif len(definition.arguments) != len(moved) or len(definition.indices) != len(positions):
            raise NoValue(f"{name} is applied to a wrong number of arguments")
        else:
            value = self._called(definition, positions, moved)
        while self.order > outside:
            value = self._sloped(value)
        return value

    def _called(
        self, definition: Definition, positions: tuple[int, ...], arguments: list[Value]
    ) -> Value:
        def compute() -> Value:
            self.locals = dict(zip(definition.arguments, arguments, strict=True))
            self.positions.update(zip(definition.indices, positions, strict=True))
            return self._body(definition)

        return self._in_frame(self.frame, compute)

    # -------------------------------------------------------------- derivatives

    def slope_by(self, key: Key, body: Closure) -> Value:
        """The derivative of ``body`` by a component, which is held as an independent variable."""
        outside = self.frame
        value = self.component(key)
        self.frame = _Frame(outside, key, Dual(self._deeper(), value, ONE))
        value = self._sloped(body(self))
        self.frame = outside
        return value

    def slope_by_local(self, name: str, body: Closure) -> Value:
        """The derivative of ``body`` by a formal argument."""
        outside = self.locals
        self.locals = {**outside, name: Dual(self._deeper(), outside[name], ONE)}
        value = self._sloped(body(self))
        self.locals = outside
        return value

    def _deeper(self) -> int:
        """Begins a derivative within those that are being taken; its tag is how many they are."""
        self.order += 1
        if self.order > MAXIMAL_ORDER:
            raise TooExpensive("a derivative of high order")
        return self.order

    def _sloped(self, value: Value) -> Value:
        """Ends the innermost derivative that is being taken, of ``value``."""
        tag, self.order = self.order, self.order - 1
        return slope(value, tag)
