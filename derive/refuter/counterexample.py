"""A concrete point at which both sides of a claim are defined and differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counterexample:
    """Sizes, positions of the free indices, values of the data, and both sides as numbers.

    ``values``: for each variable its components in row-major order, as exact rationals
    ("1/2") or, where they are not rational, as decimals.  ``shapes``: its ranges' sizes
    (empty for a plain number).  ``left`` and ``right``: decimals, correct in all digits shown.
    """

    sizes: dict[str, int]
    indices: dict[str, int]
    values: dict[str, tuple[str, ...]]
    shapes: dict[str, tuple[int, ...]]
    left: str
    right: str
