"""A counterexample for people: its data as exact rationals, both sides as correct decimals."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from flint import fmpq

from derive.refuter.counterexample import Counterexample
from derive.refuter.decimals import decimal, decimals
from derive.refuter.evaluation import Evaluation
from derive.refuter.point import Key, places
from derive.refuter.space import Space
from derive.refuter.values import Value, plain

__all__ = ["described"]

# What has more components is left out.
_MOST_COMPONENTS = 2000


def described(space: Space, evaluation: Evaluation, left: Value, right: Value) -> Counterexample:
    """The point of an evaluation, with all data that both sides depend on."""
    told = _Told(space, evaluation)
    for seen in space.own:
        for (name, _), ranges in seen.shapes.items():
            if name in space.own_names and space.is_data(name):
                told.data(name, ranges)
        for (name, _), (ranges, _) in seen.labels.items():
            told.labels(name, ranges)
    told.functions()
    one, other = decimals(plain(left), plain(right))
    point = evaluation.point
    return Counterexample(
        sizes={range_: point.sizes[range_] for range_ in space.own_ranges},
        indices={letter.name: point.indices[letter] for letter in space.own_letters},
        values=dict(sorted(told.values.items())),
        shapes=dict(sorted(told.shapes.items())),
        left=one,
        right=other,
    )


class _Told:
    """What is said of the point, name by name."""

    def __init__(self, space: Space, evaluation: Evaluation) -> None:
        self.space = space
        self.evaluation = evaluation
        self.point = evaluation.point
        self.values: dict[str, tuple[str, ...]] = {}
        self.shapes: dict[str, tuple[int, ...]] = {}

    def data(self, name: str, ranges: tuple[str, ...]) -> None:
        """The components of a variable, and those next to its range that were asked for."""
        if name not in self.space.world.definitions:
            self._tell(name, ranges, lambda positions: self._number((name, positions)))
        sizes = [self.point.sizes[range_] for range_ in ranges]
        if not sizes:  # nothing is next to a number, and of thousands none looks at all others
            return
        for key in sorted(k for k in self.point.values if k[0] == name):
            _, positions = key
            if len(positions) == len(sizes):
                if not all(1 <= p <= size for p, size in zip(positions, sizes, strict=True)):
                    outside = f"{name}_{','.join(map(str, positions))}"
                    self.values[outside], self.shapes[outside] = (self._number(key),), ()

    def labels(self, name: str, ranges: tuple[str, ...]) -> None:
        """The positions that a label stands for; 1 where nothing asked for it."""
        self._tell(name, ranges, lambda p: str(self.point.labels.get((name, p), 1)))

    def _tell(
        self, name: str, ranges: tuple[str, ...], text: Callable[[tuple[int, ...]], str]
    ) -> None:
        sizes = tuple(self.point.sizes[range_] for range_ in ranges)
        if prod(sizes) <= _MOST_COMPONENTS:
            self.values[name] = tuple(map(text, places(ranges, self.point.sizes)))
            self.shapes[name] = sizes

    def functions(self) -> None:
        """What stands for the functions that the document leaves open."""
        for (name, _, arity), _ in sorted(self.point.functions.items(), key=str):
            unknown = self.space.world.unknowns.get(name)
            arguments = ("x",) if arity == 1 else tuple(f"x{n + 1}" for n in range(arity))
            if unknown is not None:
                keys = self.evaluation.arguments_of(unknown)
                if len(keys) == arity:
                    for own in filter(self.space.is_data, unknown.depends_on):
                        self.data(own, self.evaluation.shape_of(own))
                    arguments = tuple("_".join([n, *map(str, p)]) for n, p in keys)
            mine = {
                positions: function.text(arguments)
                for (own, positions, own_arity), function in self.point.functions.items()
                if own == name and own_arity == arity
            }
            self.values[name] = tuple(text for _, text in sorted(mine.items()))
            self.shapes[name] = () if len(mine) == 1 else (len(mine),)

    def _number(self, key: Key) -> str:
        self.evaluation.frame = None
        value = plain(self.evaluation.component(key))
        return str(value) if type(value) is fmpq else decimal(value)
