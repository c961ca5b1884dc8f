"""Theorems: a claim and a proof that has been replayed, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any, TypeAlias

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.problem import Claim, Context, Different, Equation, Fact, Hypothesis, Same, Sign
from derive.logic.rules import ZERO, Scope, need, rewrite

from derive.logic.terms import (  # isort: skip
    Index, IndexTerm, Pow, Term, canonical, children, free_indices, letters, rebuild, substitute,
)  # fmt: skip


class Rejected(Exception):
    """The proof does not prove the claim; the text says which step fails."""


@dataclass(frozen=True)
class Step:
    """One rule applied to the subterm at ``path``, positions among ``children`` from the root."""

    path: tuple[int, ...]
    rule: str
    argument: Any = None


@dataclass(frozen=True)
class Rewriting:
    """Both sides are rewritten until arithmetic shows them equal, or a sign which is larger."""

    left: tuple[Step, ...]
    right: tuple[Step, ...]


About: TypeAlias = tuple[Index, IndexTerm] | Term


@dataclass(frozen=True)
class Cases:
    """A proof for each of the ``cases`` that a claim has by two indices or by a term's sign."""

    about: About
    proofs: tuple[Proof, ...]


Proof: TypeAlias = Rewriting | Cases


def apply(term: Term, step: Step, scope: Scope, depth: int = 0) -> Term:
    """The term at this depth of the path with the rule applied below it.  Raises Refused."""
    if depth == len(step.path):
        return rewrite(step.rule, term, scope, step.argument)
    parts, n = children(term), step.path[depth]
    need(0 <= n < len(parts), "the path leads out of the term")
    part = apply(parts[n], step, scope.inside(term), depth + 1)
    if isinstance(term, Pow) and n == 1 and type(parts[1]) is type(ZERO) is not type(part):
        need(scope.positive(parts[0]), "0^0 is 1 only where the exponent is written as a number")
    return rebuild(term, (*parts[:n], part, *parts[n + 1 :]))


def _pairs(context: Context, kind: type[Same | Different]) -> frozenset[frozenset[IndexTerm]]:
    """The pairs of indices of which the hypotheses say that they are the same, or different."""
    facts = (fact for hypothesis in context.hypotheses for fact in hypothesis.facts)
    return frozenset(frozenset((f.left, f.right)) for f in facts if isinstance(f, kind))


def opening(claim: Claim) -> tuple[Term, Term, Scope]:
    """Both sides with bound letters of their own, and the scope in which a proof begins.

    A claim speaks of the points at which both sides are defined, so what their definedness
    implies (x > 0 where there is a log x) may be used.
    """
    left, right = canonical(claim.left), canonical(claim.right)
    plain = Facts(claim.context)
    facts = Facts(claim.context, plain.requires(left) | plain.requires(right))
    different = _pairs(claim.context, Different)
    return left, right, Scope(facts, frozenset(pair for pair in different if len(pair) == 2))


def cases(claim: Claim, about: About) -> tuple[Claim, ...]:
    """The claim where two indices have the same position, and where not, if that can be.

    Of a term: the claim where it is positive, where it is negative, and where it is 0.
    """

    def where(fact: Fact) -> Claim:
        hypotheses = (*claim.context.hypotheses, Hypothesis((fact,), ""))
        return replace(claim, context=replace(claim.context, hypotheses=hypotheses))

    match about:
        case Term() if (told := opening(claim)[2].facts).total(canonical(about)):
            facts: tuple[Fact, ...] = Sign(about, ">"), Sign(about, "<"), Equation(about, ZERO)
            if free_indices(about) <= letters((claim.left, claim.right)):
                return tuple(map(where, facts[:2] if told.nonzero(about) else facts))
        case (first, second) if first is not second and first.range == second.range:
            found = substitute(claim, {first: second}), where(Different(first, second))
            return tuple(case for case in found if not _impossible(case.context))
    raise Refused("these are not all cases")


def _impossible(context: Context) -> bool:
    """Whether two indices would have to be the same and different at once."""
    different = _pairs(context, Different)
    return any(len(pair) == 1 for pair in different) or bool(different & _pairs(context, Same))


def _replay(claim: Claim, proof: Proof) -> None:
    if isinstance(proof, Cases):
        for case, part in zip(cases(claim, proof.about), proof.proofs, strict=True):
            _replay(case, part)
        return
    left, right, scope = opening(claim)
    left = reduce(partial(apply, scope=scope), proof.left, left)
    right = reduce(partial(apply, scope=scope), proof.right, right)
    if not scope.facts.related(left, claim.relation, right):
        raise Refused("the two sides do not meet")


@dataclass(frozen=True)
class Theorem:
    """``claim`` holds wherever both its sides are defined; to construct one is to check its proof.

    Raises Rejected where the proof does not prove the claim.
    """

    claim: Claim
    proof: Proof

    def __post_init__(self) -> None:
        try:
            _replay(self.claim, self.proof)
        except (Refused, ValueError) as refused:  # ValueError: an index that has no neighbour
            raise Rejected(str(refused)) from None
