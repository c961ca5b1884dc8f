"""From a claim to a theorem: which definitions to unfold, when to assume, where to tell cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from derive.algebra.arithmetic import Exhausted, Refused
from derive.clock import limited
from derive.logic.checker import (
    Cases,
    Proof,
    Rejected,
    Rewriting,
    Theorem,
    cases,
)  # fmt: skip
from derive.logic.facts import Facts
from derive.logic.problem import Claim, Different, Equation, Relation, Same
from derive.logic.rules import Scope
from derive.logic.terms import (
    Add,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Number,
    Position,
    Pow,
    Product,
    Shift,
    Sum,
    Term,
    Variable,
    canonical,
    free_indices,
    names,
    own_indices,
    subterms,
)  # fmt: skip
from derive.meaning.rounding import given_sizes
from derive.prover.normal import FEW, Expand, Search
from derive.prover.shorten import begin, shortened

SIGNED = frozenset(("abs", "sign", "relu", "step"))
OUTSIDE = "it goes back to a position before the first"
PATIENCE = 4.0  # seconds that the search for one proof may take
CHECKING = 2.0  # seconds that it may take to shorten a proof that was found and to check it


@dataclass(frozen=True)
class Attempt:
    """What a search came to: a theorem, or the reason why there is none."""

    theorem: Theorem | None
    reason: str = ""


def prove(claim: Claim, patience: float = PATIENCE) -> Attempt:
    """Search for a proof of an equation, for so many seconds, and have it checked."""
    try:
        with limited(patience):
            proof = _with_given(claim)
        if proof is None:
            return Attempt(None, "the two sides were brought to normal forms that differ")
        with limited(CHECKING):
            return Attempt(_checked(claim, proof))
    except Exhausted as exhausted:
        return Attempt(None, str(exhausted))
    except Refused as refused:
        return Attempt(None, str(refused))
    except ValueError:  # an index that cannot be shifted
        return Attempt(None, OUTSIDE)
    except RecursionError:
        return Attempt(None, "the terms are nested too deeply")
    except Rejected as rejected:  # the search proposed what the checker does not accept
        return Attempt(None, f"no proof passed the check: {rejected}")


def _checked(claim: Claim, proof: Proof) -> Theorem:
    try:
        with limited(CHECKING / 2):
            return Theorem(claim, shortened(claim, proof))
    except (Rejected, Refused):  # a shorter proof is a kindness, not a condition
        return Theorem(claim, proof)


def _with_given(claim: Claim) -> Proof | None:
    """Begin with the indices that are the same by hypothesis."""
    for hypothesis in claim.context.hypotheses:
        for fact in hypothesis.facts:
            if isinstance(fact, Same) and fact.left is not fact.right:
                first, second = fact.left, fact.right
                if not isinstance(first, Index):
                    first, second = second, first
                if isinstance(first, Index) and first.range == second.range:
                    (same,) = cases(claim, (first, second))
                    proof = _with_given(same)
                    return None if proof is None else Cases((first, second), (proof,))
    return _by_cases(claim, _pairs(claim)) or _by_signs(claim, of_open_sign(claim))


def _by_signs(claim: Claim, terms: tuple[Term, ...]) -> Proof | None:
    """A proof by whether the terms are positive, zero or negative."""
    if not terms:
        return None
    term, *others = terms
    proofs: list[Proof] = []
    for case in cases(claim, term):
        proof = _rewriting(case) or _by_signs(case, tuple(others))
        if proof is None:
            return None
        proofs.append(proof)
    return Cases(term, tuple(proofs))


def of_open_sign(claim: Claim, most: int = 2) -> tuple[Term, ...]:
    """What |x|, sign x and their like depend on, as far as its sign is not known."""
    facts, free = begin(claim)[2].facts, free_indices(claim.left) | free_indices(claim.right)
    found: dict[Term, None] = {}
    for part in _all_parts(claim):
        if isinstance(part, Function) and part.name in SIGNED:
            for term in _factors(part.arguments[0], facts):
                known = facts.nonnegative(term) or facts.nonnegative(-term)
                if not known and free_indices(term) <= free and facts.total(term):
                    found[term] = None
    return tuple(found)[:most]


def _factors(term: Term, facts: Facts) -> Iterable[Term]:
    try:
        return facts.arithmetic.factors(facts.arithmetic.expand(canonical(term)))[1]
    except Refused:
        return ()


def _by_cases(claim: Claim, pairs: list[tuple[Index, IndexTerm]]) -> Proof | None:
    """A proof without cases if there is one, else by whether two indices coincide."""
    proof = _rewriting(claim)
    if proof is not None or not pairs:
        return proof
    same, other = cases(claim, pairs[0])
    equal = _by_cases(same, _pairs(same))
    if equal is None:
        return None
    different = _by_cases(other, pairs[1:])
    return None if different is None else Cases(pairs[0], (equal, different))


def _pairs(claim: Claim, most: int = 6) -> list[tuple[Index, IndexTerm]]:
    """Pairs of indices of one range of which it is open whether they coincide."""
    found = {
        index
        for side in (claim.left, claim.right)
        for part in subterms(side)
        for index in own_indices(part)
        if not isinstance(index, Shift)
    }
    free = free_indices(claim.left) | free_indices(claim.right)
    settled = {
        frozenset((fact.left, fact.right))
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, (Same, Different))
    }
    candidates = sorted((i for i in found | free if _closed(i, free)), key=repr)
    pairs: list[tuple[Index, IndexTerm]] = []
    for a, b in combinations(candidates, 2):
        first, second = (a, b) if isinstance(a, Index) else (b, a)
        if (
            isinstance(first, Index)
            and first.range == second.range
            and first not in free_indices(second)  # else i = y_i is taken for y_i = y_{y_i}, ...
            and frozenset((a, b)) not in settled
        ):
            pairs.append((first, second))
    return pairs[:most]


def _closed(index: IndexTerm, free: frozenset[Index]) -> bool:
    match index:
        case Index():
            return index in free
        case Label(_, indices, _):
            return all(_closed(i, free) for i in indices)
        case Position():
            return True
    return False


def _rewriting(claim: Claim) -> Proof | None:
    """Both sides to normal forms that arithmetic shows equal, with as little as will do."""
    left, right, scope = begin(claim)
    if _meet(left, claim.relation, right, scope):
        return Rewriting((), ())
    reason: Refused | None = None
    for search in _ladder(claim):
        try:
            new_left, left_steps = search.normal(left, scope)
            new_right, right_steps = search.normal(right, scope)
            if _meet(new_left, claim.relation, new_right, scope):
                return Rewriting(left_steps, right_steps)
        except Exhausted as exhausted:
            reason = exhausted
        except Refused:
            continue
    if reason is not None:
        raise reason
    return None


def _meet(left: Term, relation: Relation, right: Term, scope: Scope) -> bool:
    try:
        return scope.facts.related(left, relation, right)
    except Exhausted:
        raise
    except Refused:
        return False


def _ladder(claim: Claim) -> Iterator[Search]:
    """Searches from the most modest to the boldest, so that a proof names what it needed."""
    assumable = any(
        isinstance(fact, Equation) for h in claim.context.hypotheses for fact in h.facts
    )
    assume = (False, True) if assumable else (False,)
    yield from (Search(frozenset(), a, Expand.NONE) for a in assume)
    used = _reachable(claim)
    if used:
        yield from (Search(used, a, Expand.NONE) for a in assume)
    held = {p.variable.name for p in _all_parts(claim) if isinstance(p, Derivative)} & used
    if held:  # what is differentiated by stays as it is
        yield from (Search(used - held, a, Expand.NONE) for a in assume)
    told = _supposed(claim) & used
    if told:  # what is supposed of a defined quantity is used as it stands
        yield Search(used - told, True, Expand.NONE)
    moving = _moving(claim) & used
    for name in sorted(moving) if len(moving) > 1 else ():
        yield Search(used - {name}, True, Expand.NONE)
    kept = _signs_lost(claim, used)
    if kept:
        yield from (Search(used - kept, a, Expand.NONE) for a in assume)
    if _multiplies_out(claim):
        yield from (Search(used, a, Expand.NONE, split=True) for a in assume)
    functions = {p.name for p in _all_parts(claim) if isinstance(p, Function)}
    if functions - {"exp", "log"}:
        yield from (Search(used, a, Expand.MOST) for a in assume)
    if functions & SIGNED:
        yield from (Search(used, a, Expand.ALL) for a in assume)
    if _few(claim):
        yield from (Search(used, True, e, write_out=True) for e in (Expand.NONE, Expand.MOST))


def _few(claim: Claim) -> bool:
    """Whether it has a sum over a range of which a hypothesis says that it has few positions."""
    sizes = given_sizes(claim.context.hypotheses)
    over = {p.index.range for p in _all_parts(claim) if isinstance(p, Sum | Product)}
    return any(sizes.get(range_, FEW + 1) <= FEW for range_ in over)


def _multiplies_out(claim: Claim) -> bool:
    """Whether a power such as that of ``log (1 - p)^4 p`` hides the factors of a logarithm."""
    parts = list(_all_parts(claim))
    return any(isinstance(p, Function) and p.name == "log" for p in parts) and any(
        isinstance(p, Pow) and isinstance(p.base, Add) and isinstance(p.exponent, Number)
        for p in parts
    )


def _supposed(claim: Claim) -> frozenset[str]:
    """Names that an equation in force gives a value."""
    return frozenset(
        fact.left.name
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, Equation)
        and isinstance(fact.left, Variable)
        and isinstance(fact.right, Number)
    )


def _moving(claim: Claim) -> frozenset[str]:
    """Names that others stand for while they move: a recurrence is unfolded down to one of them."""
    return frozenset(
        fact.right.name
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, Equation)
        and isinstance(fact.left, Variable)
        and isinstance(fact.right, Variable)
        and fact.left.name != fact.right.name
    )


def _signs_lost(claim: Claim, used: frozenset[str]) -> frozenset[str]:
    """Names that are seen to be >= 0 as they are defined, but no longer once that is expanded.

    A variance is a sum of squares; multiplied out it is not, and roots of it cannot be split.
    """
    facts = Facts(claim.context)
    lost = set()
    for definition in claim.context.definitions:
        if definition.name in used and not definition.arguments:
            body = canonical(definition.body)
            try:
                expanded = facts.arithmetic.normal(body)
            except Refused:
                continue
            if facts.nonnegative(body) and not facts.nonnegative(expanded):
                lost.add(definition.name)
    return frozenset(lost)


def _all_parts(claim: Claim) -> Iterator[Term]:
    for term in (claim.left, claim.right, *(d.body for d in claim.context.definitions)):
        yield from subterms(term)


def _reachable(claim: Claim) -> frozenset[str]:
    """Names with definitions that the claim speaks of, directly or through other definitions."""
    found: frozenset[str] = frozenset()
    queue = [*names(claim.left), *names(claim.right), *_moving(claim)]
    while queue:
        name = queue.pop()
        definition = claim.context.definition(name)
        if definition is not None and name not in found:
            found |= {name}
            queue.extend(names(definition.body))
    return found
