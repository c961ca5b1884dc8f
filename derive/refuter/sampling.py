"""How data is drawn: simple numbers first, then zeros, negatives, equal and dominant values.

All draws come from a small generator with a fixed seed, so that every run tries the same points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar

from flint import fmpq

from derive.refuter.point import Key, SmoothFunction

__all__ = ["Draw", "Interval", "State", "Style"]

Style: TypeAlias = Literal[
    "simple", "signed", "generic", "fractions", "zeros", "equal", "dominant", "negative", "mixed",
    "large",
]  # fmt: skip


def _rationals(text: str) -> tuple[fmpq, ...]:
    pairs = (number.partition("/") for number in text.split())
    return tuple(fmpq(int(top), int(bottom or 1)) for top, _, bottom in pairs)


_POOLS: dict[str, tuple[fmpq, ...]] = {
    "simple": _rationals("2 1 3"),
    "signed": _rationals("-1 2 1 -2 3 1/2 -3 -1/2"),
    "generic": _rationals("17/7 -13/11 5/3 -7/9 19/13 -3/17 23/19 -29/23 31/29 -11/5 41/37 8/21"),
    "fractions": _rationals("1/2 1/3 1/4 2/3 1/5 3/4 1/6 2/5"),
    "zeros": _rationals("0 0 1 0 -1 2"),
    "equal": _rationals("1 -1 2 1/2 -2"),
    "dominant": _rationals("-1 -2 0 -3/2"),
    "negative": _rationals("-1 -2 -3 -1/2 -3/2"),
    "positive": _rationals("5/3 17/7 1/7 3/2 11/13 7/3"),
    "large": _rationals("12 -15 20 -9 1/100 -1/50"),
}
_DOMINANT = fmpq(5)
_TAME = 32  # each factor of a product in a function that keeps near its constant counts so little
_MIXTURE = ("simple", "signed", "fractions", "negative", "positive", "generic", "simple")
_INSIDE = _rationals("1/2 1/3 2/3 1/4 3/4 1/5 2/5")
_AWAY = _rationals("1 2 1/2 3 1/3 3/2")

T = TypeVar("T")

State: TypeAlias = tuple[Style, int, tuple[tuple[str, fmpq], ...], tuple[tuple[str, str], ...]]
"""All that the next draws within the same bounds depend on."""


@dataclass(frozen=True)
class Interval:
    """The numbers that the signs of a component allow; None: no bound."""

    low: fmpq | None = None
    high: fmpq | None = None
    low_open: bool = False
    high_open: bool = False
    omitted: frozenset[fmpq] = frozenset()

    def __contains__(self, number: fmpq) -> bool:
        low, high = self.low, self.high
        above = low is None or number > low or (number == low and not self.low_open)
        below = high is None or number < high or (number == high and not self.high_open)
        return above and below and number not in self.omitted

    def empty(self) -> bool:
        """Whether no number is left."""
        if self.low is None or self.high is None or self.low < self.high:
            return False
        if self.low > self.high or self.low_open or self.high_open:
            return True
        return self.low in self.omitted

    def within(self, other: Interval) -> Interval:
        """The numbers in both."""
        low, low_open = self.low, self.low_open
        if other.low is not None and (low is None or other.low >= low):
            low_open = other.low_open or (low_open and low == other.low)
            low = other.low
        high, high_open = self.high, self.high_open
        if other.high is not None and (high is None or other.high <= high):
            high_open = other.high_open or (high_open and high == other.high)
            high = other.high
        return Interval(low, high, low_open, high_open, self.omitted | other.omitted)

    def some(self) -> list[fmpq]:
        """A few numbers of the interval."""
        if self.low is not None and self.high is not None:
            width = self.high - self.low
            numbers = [self.low, self.high, *(self.low + width * part for part in _INSIDE)]
        elif self.low is not None:
            numbers = [self.low, *(self.low + step for step in _AWAY)]
        elif self.high is not None:
            numbers = [self.high, *(self.high - step for step in _AWAY)]
        else:
            numbers = list(_AWAY)
        return [number for number in numbers if number in self]


@dataclass
class Draw:
    """A source of data in one style.  ``shrink`` makes numbers smaller from attempt to attempt."""

    style: Style
    seed: int = 1
    bounds: dict[Key, Interval] = field(default_factory=dict)
    shrink: int = 0
    _of_name: dict[str, fmpq] = field(default_factory=dict)
    _pool_of_name: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.seed = (self.seed * 7919 + sum(map(ord, self.style))) * 2862933555777941757 + 1

    @property
    def state(self) -> State:
        """What the next draws depend on, apart from the bounds."""
        names, pools = self._of_name.items(), self._pool_of_name.items()
        return self.style, self.seed, tuple(names), tuple(pools)

    @state.setter
    def state(self, state: State) -> None:
        self.style, self.seed, names, pools = state
        self._of_name, self._pool_of_name = dict(names), dict(pools)

    @property
    def prefers_positive(self) -> bool:
        """Whether other numbers are tried where one that is solved for is not positive."""
        return self.style in ("fractions", "mixed")

    def below(self, limit: int) -> int:
        """One of 0, ..., limit - 1."""
        self.seed = (self.seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.seed >> 33) % limit

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def number(self, key: Key) -> fmpq:
        """The value of a component."""
        interval = self.bounds.get(key)
        number = self._free(key[0]) / (1 << self.shrink)
        if interval is None or number in interval:
            return number
        if -number in interval:
            return -number
        options = interval.some()
        return self.pick(options) if options else number

    def _free(self, name: str) -> fmpq:
        if self.style == "equal":
            if name not in self._of_name:
                self._of_name[name] = self.pick(_POOLS["equal"])
            return self._of_name[name]
        if self.style == "dominant" and name not in self._of_name:
            self._of_name[name] = _DOMINANT
            return _DOMINANT
        if self.style == "mixed" and name not in self._pool_of_name:
            self._pool_of_name[name] = self.pick(_MIXTURE)
        pool = _POOLS[self._pool_of_name.get(name, self.style)]
        number = self.pick(pool)
        if number == self._of_name.get(name) and self.style == "simple":
            number = pool[(pool.index(number) + 1) % len(pool)]
        self._of_name[name] = number
        return number

    def label(self, key: Key, size: int) -> int:
        """The position that a label stands for."""
        return 1 + self.below(size)

    def function(self, key: Key, arity: int) -> SmoothFunction:
        """A polynomial for a function that is left open, in general of degree 3 to 5.

        The simplest ones, which are tried first, are squares and products only.
        Where numbers are positive its coefficients are, so that its logarithm and its square
        root have values there; and among mixed numbers, for the same reason.  Half of those are
        near a number between 0 and 1, as what stands for a probability must be.
        """
        pool = _POOLS["simple" if self.style in ("simple", "fractions", "mixed") else "signed"]
        products: list[tuple[int, ...]]
        products = [(i, j) for i in range(arity) for j in range(i, arity)]
        if self.style != "simple":
            products += [(i,) * (3 + self.below(3)) for i in range(arity)]
            products += [*((i,) for i in range(arity)), ()]
        if self.style == "mixed" and self.below(2):
            pool = _POOLS["fractions"]
            return SmoothFunction(tuple((self.pick(pool) / _TAME ** len(f), f) for f in products))
        return SmoothFunction(tuple((self.pick(pool), factors) for factors in products))
