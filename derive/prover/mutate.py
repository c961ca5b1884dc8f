"""How sharp a document is: what the program says of the wrong versions of its proved claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derive.logic.problem import Claim
from derive.meaning.notation import latex
from derive.meaning.statement import Meaning
from derive.prover.judge import verdict
from derive.prover.mutants import Mutant, mutants
from derive.prover.verdict import Outcome, Verdict
from derive.refuter.refute import sample

__all__ = ["Mutation", "Original", "Sharpness", "Trial", "mutate", "originals", "tried"]


@dataclass(frozen=True)
class Original:
    """A claim of the document, at its place."""

    line: int
    column: int
    claim: Claim


@dataclass(frozen=True)
class Trial:
    """One wrong version: the edit, the claim after it in LaTeX, and what was found.

    ``points``: for a version that is proved, at how many points the refuter, which shares no
    calculus with the prover, found both sides equal.  ``message``: why it is undecided.
    """

    kind: str
    left: str
    relation: str
    right: str
    outcome: Outcome
    points: int = 0
    message: str = ""
    deleted: str = ""


@dataclass(frozen=True)
class Mutation:
    """All wrong versions of one claim; none where ``outcome``, its own verdict, is not "proved"."""

    line: int
    column: int
    outcome: Outcome
    trials: tuple[Trial, ...] = ()


@dataclass(frozen=True)
class Sharpness:
    """The wrong versions of a whole document."""

    path: str
    title: str
    mutations: tuple[Mutation, ...]

    @property
    def trials(self) -> tuple[tuple[Mutation, Trial], ...]:
        """Every wrong version, with the claim that it is a version of."""
        return tuple((mutation, trial) for mutation in self.mutations for trial in mutation.trials)


def mutate(meaning: Meaning) -> Sharpness:
    """Make and judge the wrong versions of every claim of a document that is proved."""
    return Sharpness(meaning.path, meaning.title, tuple(map(tried, originals(meaning))))


def originals(meaning: Meaning) -> Iterator[Original]:
    """The claims of a document as they are usually read, each with its components."""
    for statement in meaning.statements:
        if statement.kind == "claim" and statement.readings:
            for claim in statement.readings[0].claims:
                yield Original(statement.place.line, statement.place.column, claim)


def tried(original: Original) -> Mutation:
    """The wrong versions of one claim, judged; of a claim that is not proved there are none."""
    own = _judged(original.claim)
    trials: tuple[Trial, ...] = ()
    if own.outcome == "proved":
        trials = tuple(map(_trial, mutants(original.claim, own.hypotheses)))
    return Mutation(original.line, original.column, own.outcome, trials)


def _judged(claim: Claim) -> Verdict:
    """The verdict; a wrong version may ask for a position that there is none of."""
    try:
        return verdict(claim)
    except ValueError as error:
        return Verdict("unproved", message=str(error))


def _trial(mutant: Mutant) -> Trial:
    claim = mutant.claim
    found = _judged(claim)
    return Trial(
        mutant.kind,
        latex(claim.left),
        claim.relation,
        latex(claim.right),
        found.outcome,
        sample(claim).points if found.outcome == "proved" else 0,
        found.message if found.outcome == "unproved" else "",
        mutant.deleted,
    )
