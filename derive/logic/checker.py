"""Theorems: a claim and a proof that has been replayed, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from derive.logic.arithmetic import Refused
from derive.logic.facts import Facts
from derive.logic.problem import (
    AtLeast,
    Claim,
    Different,
    Equation,
    Fact,
    Hypothesis,
    Same,
    Sign,
)  # fmt: skip
from derive.logic.rules import Scope, rewrite
from derive.logic.terms import (
    Index,
    IndexTerm,
    Replacement,
    Term,
    canonical,
    children,
    free_indices,
    fresh_index,
    index_variables,
    rebuild,
    substitute,
    substitute_index,
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
    """Both sides are rewritten until arithmetic shows them equal."""

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


def opening(claim: Claim) -> tuple[Term, Term, Scope]:
    """Both sides with bound letters of their own, and the scope in which a proof begins.

    A claim speaks of the points at which both sides are defined, so what their definedness
    implies (x > 0 where there is a log x) may be used.
    """
    left, right = canonical(claim.left), canonical(claim.right)
    plain = Facts(claim.context)
    facts = Facts(claim.context, plain.requires(left) | plain.requires(right))
    different = frozenset(
        frozenset((fact.left, fact.right))
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, Different) and fact.left is not fact.right
    )
    return left, right, Scope(facts, different)


def with_same(claim: Claim, first: Index, second: IndexTerm) -> Claim:
    """The claim in the case that the free index ``first`` has the position of ``second``."""
    case: Replacement = {first: second}

    def moved(fact: Fact) -> Fact:
        if isinstance(fact, (Same, Different)):
            return type(fact)(substitute_index(fact.left, case), substitute_index(fact.right, case))
        if isinstance(fact, AtLeast) or first in fact.every:
            return fact
        sides = (fact.left, fact.right) if isinstance(fact, Equation) else (fact.term,)
        renamed: dict[Index, Index] = {}
        taken = index_variables(second).union(fact.every, *map(free_indices, sides))
        for letter in fact.every:  # a letter of the fact's own is not that of the claim
            if letter in index_variables(second):
                renamed[letter] = fresh_index(letter, taken)
                taken |= {renamed[letter]}
        every, new = tuple(renamed.get(i, i) for i in fact.every), {**case, **renamed}
        if isinstance(fact, Sign):
            return Sign(substitute(fact.term, new), fact.relation, every)
        pairs = tuple(
            (substitute_index(a, new), substitute_index(b, new)) for a, b in fact.different
        )
        return Equation(substitute(fact.left, new), substitute(fact.right, new), every, pairs)

    known = claim.context.hypotheses
    hypotheses = tuple(replace(h, facts=tuple(map(moved, h.facts))) for h in known)
    return replace(
        claim,
        left=substitute(claim.left, case),
        right=substitute(claim.right, case),
        context=replace(claim.context, hypotheses=hypotheses),
    )


def with_different(claim: Claim, first: Index, second: IndexTerm) -> Claim:
    """The claim in the case that the two indices have different positions."""
    case = Hypothesis((Different(first, second),), "")
    context = replace(claim.context, hypotheses=(*claim.context.hypotheses, case))
    return replace(claim, context=context)


def _replay(claim: Claim, proof: Proof) -> None:
    if isinstance(proof, Cases):
        _replay_cases(claim, proof)
        return
    try:
        left, right, scope = opening(claim)
        for step in proof.left:
            left = apply(left, step, scope)
        for step in proof.right:
            right = apply(right, step, scope)
        equal = scope.facts.arithmetic.equal(canonical(left), canonical(right))
    except (Refused, ValueError) as refused:
        raise Rejected(str(refused)) from None
    if not equal:
        raise Rejected("the two sides do not meet")


def _replay_cases(claim: Claim, proof: Cases) -> None:
    first, second = proof.first, proof.second
    pairs = {
        frozenset((fact.left, fact.right)): type(fact)
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, (Same, Different))
    }
    pair = frozenset((first, second))
    if first is second or first.range != second.range:
        raise Rejected("these indices make no cases")
    if proof.equal is not None:
        try:
            same = with_same(claim, first, second)
        except ValueError as impossible:  # a position that has no neighbour
            raise Rejected(str(impossible)) from None
        _replay(same, proof.equal)
    elif pairs.get(pair) is not Different:
        raise Rejected("the case of equal indices is missing")
    if proof.different is not None:
        _replay(with_different(claim, first, second), proof.different)
    elif pairs.get(pair) is not Same:
        raise Rejected("the case of different indices is missing")


@dataclass(frozen=True)
class Theorem:
    """``claim`` holds wherever both its sides are defined; to construct one is to check its proof.

    Raises Rejected where the proof does not prove the claim.
    """

    claim: Claim
    proof: Proof

    def __post_init__(self) -> None:
        if self.claim.relation != "=":
            raise Rejected("only equations are proved")
        _replay(self.claim, self.proof)
