"""Verdicts where an equation about a known name may be another definition of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace

from derive.logic.problem import Hypothesis
from derive.meaning.statement import Position, Statement
from derive.prover.verdict import Outcome, Verdict

__all__ = ["NO_INFERENCE", "as_restated", "restating"]

NO_INFERENCE = "it does not follow from the step before, whose right side differs"

# Outcomes of which the first, with the later meanings, is nearer to the truth than the second.
_BETTER = (("proved", "refuted"), ("conditional", "refuted"), ("proved", "conditional"))
Judged = Callable[[Statement], Verdict | None]


def as_restated(
    statement: Statement,
    found: Verdict | None,
    outcomes: Mapping[Position, Outcome | None],
    resting: Set[Position],
    judged: Judged,
) -> Verdict | None:
    """The verdict on a claim about names that equations before it may have defined anew.

    ``resting``: which claims hold under suppositions that may not hold there.

    Those that are proved define nothing.  What holds with the later meanings is proved where the
    equations stand apart from the definitions before, and cannot be wrong steps of the same
    calculation.  What is refuted is refuted with either meaning.  A number that is another one
    than before is no wrong step either: what only holds with the first is not proved.
    """
    other = statement.elsewise
    if found is None or other is None or not statement.readings:
        return found
    said = [outcomes.get(at) for at in other.at]
    if all(outcome == "proved" for outcome in said):
        return found
    counts = other.values or ((other.apart or other.cases) and "refuted" in said)
    if found.outcome == "proved" and not (counts and set(other.names) & set(found.definitions)):
        return found
    if other.reading is None:
        if found.outcome == "unproved" or found.message == NO_INFERENCE:
            return found
        return Verdict("unproved", message=f"it is {found.outcome} unless {other.told}")
    second = judged(
        replace(statement, readings=(other.reading,), elsewise=None, earlier=None, example=None)
    )
    if second is None:
        return found
    if found.outcome == "proved":
        if second.outcome not in ("refuted", "conditional"):
            return found
        return Verdict("unproved", message=f"with {other.told} it is {second.outcome}")
    if second.outcome == "proved" and other.apart and not resting.isdisjoint(other.at):
        # it may be no other definition: it holds under what was supposed
        return Verdict("unproved", message=f"it is proved with {other.told}, which is not decided")
    if second.outcome == "proved" and other.apart:
        return replace(second, message=f"with {other.told}")
    if second.outcome == "unproved" and found.outcome in ("refuted", "conditional"):
        undecided = f"with {other.told} it is not decided: {second.message}"
        return Verdict("unproved", message=undecided)
    if (second.outcome, found.outcome) in _BETTER:
        missing = tuple(Hypothesis((), rf"\text{{with {part}}}") for part in other.told.split(", "))
        return _supposing(second, (*missing, *second.missing), found)
    return found


def restating(statement: Statement, found: Verdict | None) -> Verdict | None:
    """A refuted equation that may give its left side another meaning: true if it does."""
    if found is None or found.outcome != "refuted" or statement.restates is None:
        return found
    told = statement.restates
    if told.constant:
        return Verdict("unproved", message=f"it may give {told.name} another value")
    supposed = Hypothesis((), rf"\text{{line {told.line} defines {told.name} anew}}", told.line)
    return _supposing(found, (supposed,), found)


def _supposing(found: Verdict, missing: tuple[Hypothesis, ...], refuted: Verdict) -> Verdict:
    said = " and ".join(hypothesis.source for hypothesis in missing)
    return replace(
        found,
        outcome="conditional",
        missing=missing,
        counterexample=refuted.counterexample,
        message=f"false as it stands; true if {said}",
    )
