"""Theorems: a claim and a proof that has been replayed, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any

from derive.algebra.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.problem import Claim, Context, Different, Hypothesis, Same
from derive.logic.rules import Scope, rewrite
from derive.logic.terms import Index, IndexTerm, Term, canonical, children, rebuild, substitute


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


@dataclass(frozen=True)
class Cases:
    """Either two free indices have the same position, or not; None where that cannot be."""

    first: Index
    second: IndexTerm
    equal: Proof | None
    different: Proof | None


Proof = Rewriting | Cases


def apply(term: Term, step: Step, scope: Scope) -> Term:
    """The term with one rule applied.  Raises Refused."""
    if not step.path:
        return rewrite(step.rule, term, scope, step.argument)
    parts = children(term)
    n = step.path[0]
    if not 0 <= n < len(parts):
        raise Refused("the path leads out of the term")
    part = apply(parts[n], replace(step, path=step.path[1:]), scope.inside(term))
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


def with_same(claim: Claim, first: Index, second: IndexTerm) -> Claim:
    """The claim in the case that the free index ``first`` has the position of ``second``."""
    return substitute(claim, {first: second})


def with_different(claim: Claim, first: Index, second: IndexTerm) -> Claim:
    """The claim in the case that the two indices have different positions."""
    case = Hypothesis((Different(first, second),), "")
    context = replace(claim.context, hypotheses=(*claim.context.hypotheses, case))
    return replace(claim, context=context)


def _replay(claim: Claim, proof: Proof) -> None:
    if isinstance(proof, Cases):
        _replay_cases(claim, proof.first, proof.second, proof)
        return
    left, right, scope = opening(claim)
    left = reduce(partial(apply, scope=scope), proof.left, left)
    right = reduce(partial(apply, scope=scope), proof.right, right)
    if not scope.facts.related(left, claim.relation, right):
        raise Refused("the two sides do not meet")


def _replay_cases(claim: Claim, first: Index, second: IndexTerm, proof: Cases) -> None:
    pair = frozenset((first, second))
    if first is second or first.range != second.range:
        raise Refused("these indices make no cases")
    cases = (with_same, proof.equal, Different), (with_different, proof.different, Same)
    for case, part, excluding in cases:
        if part is not None:
            _replay(case(claim, first, second), part)
        elif pair not in _pairs(claim.context, excluding):
            raise Refused(f"a case is missing, and not excluded as {excluding.__name__}")


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
