"""The value of a term at a point: an oracle that shares nothing with the prover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import arb, fmpq

from derive.logic.problem import Context
from derive.logic.terms import Index, Term
from derive.refuter.evaluation import Evaluation, precision
from derive.refuter.occurrences import MAXIMAL_DEPTH
from derive.refuter.point import Key, Point, rational
from derive.refuter.values import Missing, NoValue, TooExpensive, Undecided, plain
from derive.refuter.world import Ambiguous, World

__all__ = ["CannotEvaluate", "Undefined", "at", "evaluate"]

Exact: TypeAlias = int | Fraction | float | fmpq

_PRECISIONS = (128, 512, 2048)


class CannotEvaluate(Exception):
    """No certain answer: an ambiguous derivative, a missing value, or too much work."""


@dataclass(frozen=True)
class Undefined:
    """The term certainly has no value at the point; ``reason`` says why."""

    reason: str


def at(
    sizes: Mapping[str, int],
    values: Mapping[Key, Exact],
    indices: Mapping[Index, int] | None = None,
    labels: Mapping[Key, int] | None = None,
) -> Point:
    """A point from plain numbers; a float counts as the exact binary number that it is.

    ``values`` and ``labels`` by component, counted from 1: ``{("z", (1,)): 0.5, ("c", ()): 2}``.
    """
    return Point(
        dict(sizes),
        dict(indices or {}),
        {key: rational(number) for key, number in values.items()},
        dict(labels or {}),
    )


def evaluate(
    term: Term, context: Context, point: Point, operations: int = 10_000_000
) -> arb | Undefined:
    """The value of ``term`` at ``point`` as a ball that certainly contains it, or Undefined.

    Letters that are free in the term have the positions that the point gives them.  Where the
    balls are too wide to tell whether the term is defined, the precision is raised.

    Raises CannotEvaluate where there is no certain answer.
    """
    world = World(context)
    reached = world.survey([term])
    if any(seen.depth > MAXIMAL_DEPTH for seen in reached):
        raise CannotEvaluate("the term is nested too deep")
    shapes = world.shapes([term])
    reason: str
    for bits in _PRECISIONS:
        with precision(bits):
            try:
                value = Evaluation(world, point, shapes, operations).value(term)
                return arb(plain(value))
            except NoValue as why:
                return Undefined(str(why))
            except Undecided as why:
                reason = str(why)
            except (Ambiguous, Missing, TooExpensive) as why:
                raise CannotEvaluate(str(why)) from None
    raise CannotEvaluate(reason)
