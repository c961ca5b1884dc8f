"""Counterexamples: a claim is tried at small sizes, at all positions, on telling data.

Both sides are enclosed in balls.  A claim is refuted where the balls are certainly apart, at a
point that satisfies every hypothesis exactly.  The search is bounded and does not depend on
chance: the same claim is tried at the same points every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import fmpq

from derive.clock import limited
from derive.logic.problem import Claim, Context
from derive.logic.terms import Number
from derive.refuter.counterexample import Counterexample
from derive.refuter.describe import described
from derive.refuter.evaluation import Evaluation, in_time, precision
from derive.refuter.point import Point, rational
from derive.refuter.sampling import Draw, Style
from derive.refuter.space import OutOfReach, Space
from derive.refuter.values import Missing, NoValue, TooExpensive, Undecided, Value
from derive.refuter.world import Ambiguous

__all__ = ["Effort", "Survey", "hypotheses_have_model", "refute", "sample"]

# Differences of one part in 10^150 are seen.
BITS = 640

# Sizes (one for each index range, in turn) and the style of the data.  Two classes and small
# positive numbers first: that makes the counterexamples that a reader can check by hand.
_SIZES = ((2,), (3, 2), (2, 3), (1,), (3,), (4, 3), (1, 2), (2, 1))
_STYLES: tuple[Style, ...] = (
    "simple", "signed", "generic", "simple", "generic", "mixed", "fractions",
    "negative", "large", "zeros", "dominant", "signed", "equal",
)  # fmt: skip
# Some hypotheses have a model at one size only (t_i = 1/5 and a sum of 1).
_LARGER_SIZES = (5, 6, 8, 10)
# The rounds that are most unlike each other: for what is proved, these are enough.
_TELLING = (0, 1, 2, 3, 7, 9)
_POSITIONS = 5
_POINTS_WANTED = 4
_ROUNDS_SPENT = 3
_SIMPLIFIED = 15


@dataclass(frozen=True)
class Effort:
    """How much may be spent on a claim.

    ``operations``: visited nodes in a round.  ``seconds``: processor time in all, so that a
    busy machine changes no verdict.
    ``more_rounds``: how often data is drawn again when the sides were hardly ever defined.
    ``brief``: the most telling rounds are enough, unless the sides were hardly ever defined.
    """

    operations: int = 250_000
    seconds: float = 3.0
    more_rounds: int = 36
    brief: bool = False


@dataclass(frozen=True)
class Survey:
    """What was found when a claim was tried.

    ``points``: admissible points at which both sides have values.  ``contradiction``: one at
    which the claim certainly fails.  ``witness``: the first of the points.  ``model``: whether
    any data satisfies the hypotheses (None: not known).  ``reason``: why the search fell short.
    """

    points: int
    contradiction: Counterexample | None = None
    witness: Counterexample | None = None
    model: bool | None = None
    reason: str = ""


def refute(claim: Claim, effort: Effort | None = None) -> Counterexample | None:
    """A certified counterexample to ``claim``, or None where none was found.

    Never raises; why nothing was found is in ``sample(claim).reason``.
    """
    return sample(claim, effort).contradiction


def sample(claim: Claim, effort: Effort | None = None) -> Survey:
    """Tries ``claim`` until a counterexample is found or the plan is through.  Never raises."""
    try:
        space = Space([claim.left, claim.right], claim.context)
    except OutOfReach as why:
        return Survey(0, reason=str(why))
    return Search(claim, space, effort or Effort()).run()


def hypotheses_have_model(context: Context, effort: Effort | None = None) -> bool | None:
    """Whether some data satisfies all hypotheses: True with a point at hand, else False or None.

    False is said where the equations are inconsistent or the signs contradict each other at
    every size; None where no point was found, though there may be one.
    """
    zero, one = Number(Fraction(0)), Number(Fraction(1))
    return sample(Claim(zero, "=", one, context), effort).model


@dataclass(frozen=True)
class Round:
    """Sizes (one for each index range, in turn) and style of the data."""

    number: int
    sizes: tuple[int, ...]
    style: Style


class Search:
    """One run over the plan."""

    def __init__(self, claim: Claim, space: Space, effort: Effort) -> None:
        self.claim = claim
        self.space = space
        self.effort = effort
        self.points = self.telling = self.spent = 0
        self.admissible = False
        self.witness: Counterexample | None = None
        self.reason = self.undecided = ""
        self.rounding = rational(claim.rounding or 0)

    def run(self) -> Survey:
        """Goes through the plan."""
        contradiction = None
        try:
            with precision(BITS), limited(self.effort.seconds):
                contradiction = self._contradiction()
        except Ambiguous as why:
            self.reason = str(why)
        model: bool | None = True
        if not self.admissible:
            model = False if self.space.without_model() else None
            found = "" if model is False else "was found that "
            self.reason = self.reason or f"no point {found}satisfies the hypotheses"
        elif not self.points:
            nowhere = "no point was found at which both sides are defined"
            self.reason = self.reason or self.undecided or nowhere
        return Survey(self.points, contradiction, self.witness, model, self.reason)

    def _contradiction(self) -> Counterexample | None:
        """The first certain contradiction of the plan."""
        for attempt in self.plan():
            try:
                found = self._tried(attempt)
            except TooExpensive as why:
                # Rounds with smaller sizes may follow.
                self.reason = str(why)
                self.spent += 1
                if self.spent > _ROUNDS_SPENT:
                    break
                continue
            if found is not None:
                return found
        return None

    def _tried(self, attempt: Round) -> Counterexample | None:
        for evaluation in self.evaluations(attempt):
            sides = self._sides(evaluation)
            if sides is None:
                continue
            self.points += 1
            sizes = evaluation.point.sizes.values()
            self.telling += not sizes or max(sizes) > 1  # of one class much is true
            if self.contradicts(*sides):
                found = self._certified(evaluation.point)
                if found is not None:
                    return found
            if self.witness is None:
                self.witness = described(self.space, evaluation, *sides)
        return None

    def plan(self) -> Iterator[Round]:
        """The rounds, in order; more of them while too few points were found."""
        whole = range(len(_STYLES))
        first = _TELLING if self.effort.brief else whole
        for number in first:
            yield Round(number, _SIZES[number % len(_SIZES)], _STYLES[number])
        if self.effort.brief and self.points >= _POINTS_WANTED:
            return
        for number in (n for n in whole if n not in first):
            yield Round(number, _SIZES[number % len(_SIZES)], _STYLES[number])
        if not self.admissible:
            for size in _LARGER_SIZES:
                yield Round(size, (size,), "simple")
        for number in range(self.effort.more_rounds):
            if self.telling >= _POINTS_WANTED:
                break
            yield Round(len(_STYLES) + number, _SIZES[number % len(_SIZES)], "mixed")

    def evaluations(self, attempt: Round) -> Iterator[Evaluation]:
        """Evaluations at the admissible points of a round."""
        space, number = self.space, attempt.number
        sizes = space.sizes(attempt.sizes)
        chosen = space.assignments(sizes, Draw(attempt.style, number))
        if len(chosen) > _POSITIONS:
            # Another stretch each round, and the first, which is the most telling.
            first, *rest = chosen
            start = number * _POSITIONS
            others = range(start, start + _POSITIONS - 1)
            chosen = [first, *(rest[place % len(rest)] for place in others)]
        evaluation: Evaluation | None = None
        for indices, labels in chosen:
            if evaluation is None or not space.shared:
                in_time()
                evaluation = space.evaluation(
                    sizes,
                    indices,
                    labels,
                    Draw(attempt.style, number),
                    self.effort.operations,
                )
            if evaluation is not None:
                evaluation.point.indices = indices
                self.admissible = True
                yield evaluation

    def _sides(self, evaluation: Evaluation) -> tuple[Value, Value] | None:
        try:
            return evaluation.value(self.claim.left), evaluation.value(self.claim.right)
        except Undecided as why:
            self.undecided = str(why)
        except (NoValue, Missing):
            pass
        return None

    def contradicts(self, left: Value, right: Value) -> bool:
        """Whether the claim certainly fails for these values."""
        difference = left - right
        match self.claim.relation:
            case "=":
                return bool(difference > self.rounding or difference < -self.rounding)
            case "!=":
                return type(difference) is fmpq and difference == 0
            case "<":
                return bool(difference >= 0)
            case "<=":
                return bool(difference > 0)
            case ">":
                return bool(difference <= 0)
        return bool(difference < 0)

    def _certified(self, point: Point) -> Counterexample | None:
        """The counterexample, computed again from nothing, with whole numbers where they do."""
        found = self._failing(point)
        if found is None:
            return None
        fractions = [(key, n) for key, n in sorted(point.values.items()) if n.q != 1]
        for key, number in fractions[:_SIMPLIFIED]:
            wholes = (
                self._failing(replace(point, values={**found[0].point.values, key: fmpq(whole)}))
                for whole in (number.floor(), number.ceil())
            )
            try:
                found = next(filter(None, wholes), found)
            except TooExpensive:  # it is a counterexample as it is
                break
        return described(self.space, *found)

    def _failing(self, point: Point) -> tuple[Evaluation, Value, Value] | None:
        """Both sides, computed from nothing, if the claim fails and every hypothesis holds."""
        if not self.space.admits(point):
            return None
        evaluation = self.space.at(point)
        sides = self._sides(evaluation)
        if sides is None or not self.contradicts(*sides):
            return None
        return evaluation, *sides
