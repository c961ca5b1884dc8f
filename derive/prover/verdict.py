"""What is said of a claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from derive.logic.checker import Theorem
from derive.logic.problem import Equation, Hypothesis
from derive.logic.terms import Application, Term, Variable
from derive.meaning.statement import Statement
from derive.prover.explain import Derivation, derivations
from derive.refuter.counterexample import Counterexample

if TYPE_CHECKING:
    from sympy import Expr

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
    theorems: tuple[Theorem, ...] = field(default=(), repr=False)
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

    @property
    def lhs(self) -> Expr | None:
        """The left side as a SymPy expression; None where the statement is no equation."""
        return self._side(0)

    @property
    def rhs(self) -> Expr | None:
        """The right side as a SymPy expression; None where the statement is no equation."""
        return self._side(1)

    def _side(self, side: int) -> Expr | None:
        from derive.meaning.expressions import to_sympy

        sides = self.sides
        return to_sympy(sides[side]) if sides else None

    @property
    def sides(self) -> tuple[Term, Term] | None:
        """Both sides as terms: of a claim as it is usually read, a definition, an equation."""
        statement = self.statement
        if statement.readings and statement.readings[0].claims:
            claim = statement.readings[0].claims[0]
            return claim.left, claim.right
        for d in statement.definitions:
            if not d.arguments:
                return Variable(d.name, d.indices), d.body
            arguments = tuple(Variable(name, ()) for name in d.arguments)
            return Application(d.name, d.indices, arguments, (0,) * len(arguments)), d.body
        for fact in statement.hypothesis.facts if statement.hypothesis else ():
            if isinstance(fact, Equation):
                return fact.left, fact.right
        return None


@dataclass(frozen=True)
class Report:
    """All judgements of one document, in its order."""

    path: str
    title: str
    judgements: tuple[Judgement, ...]
    guesses: tuple[str, ...] = ()
    front_matter: str = ""

    @property
    def claims(self) -> tuple[Judgement, ...]:
        """The judgements that have a verdict."""
        return tuple(judgement for judgement in self.judgements if judgement.verdict is not None)
