"""What is said of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from derive.logic.checker import Theorem
from derive.logic.problem import Hypothesis
from derive.meaning.statement import Statement
from derive.prover.explain import Derivation, derivations
from derive.refuter.counterexample import Counterexample

Outcome: TypeAlias = Literal["proved", "refuted", "conditional", "unproved"]


@dataclass(frozen=True)
class Verdict:
    """The outcome for a claim, with the reasons that a reader can check.

    ``rules``: names, in order of use.  ``definitions``: names that were unfolded.
    ``hypotheses``: those used.  ``conditions``: where both sides are defined, as far as that is
    not certain, in LaTeX ("y_k \\neq 0").  ``missing``: hypotheses under which a false step is
    true.  ``theorems``: the checked proofs, one for each kind of component; of a conditional
    step, those under the missing hypotheses.
    """

    outcome: Outcome
    rules: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    conditions: tuple[str, ...] = ()
    missing: tuple[Hypothesis, ...] = ()
    counterexample: Counterexample | None = None
    theorems: tuple[Theorem, ...] = ()
    message: str = ""

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """The proofs line by line."""
        return tuple(d for theorem in self.theorems for d in derivations(theorem))


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
