"""What is said of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from derive.logic.problem import Hypothesis
from derive.logic.terms import Term
from derive.meaning.statement import Statement
from derive.refuter.counterexample import Counterexample

Outcome: TypeAlias = Literal["proved", "refuted", "conditional", "unproved"]


@dataclass(frozen=True)
class Line:
    """One intermediate line of a proof: the ``rule`` that was applied and the whole side after it."""

    rule: str
    term: Term


@dataclass(frozen=True)
class Derivation:
    """A proof for people: from the left side down and from the right side down to the same term.

    ``case``: which indices coincide, "" where the proof needs no cases.
    """

    case: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]


@dataclass(frozen=True)
class Verdict:
    """The outcome for a claim, with the reasons that a reader can check.

    ``rules``: names, in order of use.  ``definitions``: names that were unfolded.
    ``hypotheses``: those used.  ``conditions``: where both sides are defined, as the proof needed
    it ("N >= 2", "y_k != 0").  ``missing``: hypotheses under which a false step is true.
    """

    outcome: Outcome
    rules: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    conditions: tuple[str, ...] = ()
    missing: tuple[Hypothesis, ...] = ()
    counterexample: Counterexample | None = None
    derivations: tuple[Derivation, ...] = ()
    message: str = ""


@dataclass(frozen=True)
class Judgement:
    """A statement with its verdict (None for what is not a claim)."""

    statement: Statement
    verdict: Verdict | None


@dataclass(frozen=True)
class Report:
    """All judgements of one document, in its order."""

    path: str
    title: str
    judgements: tuple[Judgement, ...]
    guesses: tuple[str, ...] = ()
    front_matter: str = ""
