"""Rows and columns: how the vectors of a document stand.

Components do not tell ``x^T A`` from ``A^T x``, but whoever writes both as one has a row equal a
column.  Every vector stands in some way, which nobody has to declare: in ``A x`` x is a column,
in ``x^T y`` both are, and in ``x A`` x is a row; the terms of a sum and the sides of an equation
stand alike.  A gradient stands as what it is taken by, or all of them stand the other way.

These are linear equations over the field of two elements, one unknown for each name (0: a
column, 1: a row).  A document may choose its convention; one that has no solution has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = [
    "COLUMN", "NABLA", "PARTIAL", "ROW", "Standing", "as_gradient", "learned", "reduced",
]  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """How a vector stands: the sum of the unknowns ``of``, plus one where ``turned``."""

    of: frozenset[str] = frozenset()
    turned: bool = False

    def __add__(self, other: Standing) -> Standing:
        return Standing(self.of ^ other.of, self.turned != other.turned)


COLUMN, ROW = Standing(), Standing(turned=True)


NABLA, PARTIAL = "\\nabla", "\\partial"  # what all gradients that are written so have in common


def as_gradient(by: Standing, sign: str) -> Standing:
    """How a gradient by a vector stands: as the vector, or all that are written so do not."""
    return by + Standing(frozenset((NABLA if sign == "nabla" else PARTIAL,)))


def reduced(standing: Standing, known: Mapping[str, Standing]) -> Standing:
    """The standing in terms of the unknowns that the equations leave open."""
    for name in standing.of & known.keys():
        standing = standing + Standing(frozenset((name,))) + known[name]
    return standing


def learned(
    equations: Iterable[Standing], known: Mapping[str, Standing]
) -> tuple[dict[str, Standing], frozenset[str] | None]:
    """The solved equations with more of them, each ``standing = 0``.

    And the names in the first that contradicts those before it, which is left out; None for none.
    """
    found = dict(known)
    torn: frozenset[str] | None = None
    for equation in equations:
        rest = reduced(equation, found)
        if not rest.of:
            if rest.turned and torn is None:
                torn = equation.of
            continue
        name = min(rest.of)
        value = rest + Standing(frozenset((name,)))
        found = {n: reduced(s, {name: value}) for n, s in found.items()}
        found[name] = value
    return found, torn
