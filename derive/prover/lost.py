"""Derivatives that count as 0 because nothing says what depends on what they are derived by."""

from __future__ import annotations

from dataclasses import replace

from derive.logic.problem import Claim, Unknown
from derive.logic.terms import (
    Application,
    Derivative,
    Index,
    Number,
    Term,
    Variable,
    children,
    free_indices,
    names,
    rebuild,
    subterms,
)
from derive.meaning.notation import readable
from derive.prover.prove import prove
from derive.prover.unsaid import reached
from derive.refuter.counterexample import Counterexample

__all__ = ["lost_slope"]

PATIENCE = 2.0


def lost_slope(claim: Claim, witness: Counterexample | None) -> str:
    """An open function of t, differentiated by a w that nothing says t depends on.

    Its derivative counts as 0, and what equals it is true of nothing that anybody means.  So is
    that of a loss, where one side is 0 because nothing reaches what it is derived by.  Where both
    are, it may be the chain rule, which is true of all that may be meant, and is tried.
    """
    if claim.relation != "=":
        return ""
    if witness is None or {witness.left, witness.right} != {"0"}:
        return _lost_on_the_way(claim)
    if isinstance(claim.left, Number) or isinstance(claim.right, Number):
        return ""
    lost: list[list[tuple[str, str]]] = []
    for side in (claim.left, claim.right):
        lost.append([])
        for part in subterms(side):
            match part:
                case Derivative(Application(name) as body, by):
                    far = by.name not in reached(claim, names(body))
                    if far and claim.context.definition(name) is None:
                        return readable(name)
                case Derivative(Variable(name) as body, by) if by.name != name:
                    if by.name not in _moved_by(claim, names(body)):
                        lost[-1].append((name, by.name))
    left, right = lost
    if left and right and _holds_whatever(claim, left, right):
        return ""
    return readable((left or right)[0][0]) if left or right else _lost_on_the_way(claim)


def _lost_on_the_way(claim: Claim) -> str:
    """The g of ``V g = b V g + (1 - b) g`` that is ``dC/dW``, and 0 for a C that holds no W.

    What holds for any value of such a slope is true; what needs it to be 0 is not meant.
    """
    lost: set[str] = set()

    def opened(term: Term) -> Term:
        match term:
            case Derivative(Variable(name) as body, Variable(by)) if by != name:
                if by not in _moved_by(claim, names(body)):
                    lost.add(name)
                    below = sorted(free_indices(term), key=lambda i: (i.name, i.range))
                    return Variable(f"d{name}/d{by}", tuple(below))
        parts = children(term)
        return rebuild(term, tuple(map(opened, parts))) if parts else term

    kept = tuple(replace(d, body=opened(d.body)) for d in claim.context.definitions)
    used = reached(claim, names(claim.left) | names(claim.right))
    if not any(d.name in used and d.body is not new.body
               for d, new in zip(claim.context.definitions, kept, strict=True)):  # fmt: skip
        return ""
    context = replace(claim.context, definitions=kept)
    if prove(replace(claim, context=context), PATIENCE).theorem is not None:
        return ""
    return readable(min(lost))


def _moved_by(claim: Claim, found: frozenset[str]) -> frozenset[str]:
    """What the open quantities that the names rest on depend on, by way of others, too."""
    moved = reached(claim, found)
    for _ in claim.context.unknowns:
        given = (u.depends_on for u in claim.context.unknowns if u.name in moved)
        moved |= reached(claim, moved.union(*given))
    return moved


def _holds_whatever(
    claim: Claim, left: list[tuple[str, str]], right: list[tuple[str, str]]
) -> bool:
    """Whether both sides agree as well where what all derivatives are made of depends on it.

    ``left``, ``right``: which names are derived by which.

    ``dL/dw = sum_k dL/dz_k dz_k/dw`` does for any z that is made of w, and with a sign before the
    sum it does not, though 0 is -0.
    """
    shared = _moved_by(claim, frozenset(name for name, _ in left))
    shared &= _moved_by(claim, frozenset(name for name, _ in right))
    by, *others = {by for _, by in (*left, *right)}
    places = {
        part.name: part.indices
        for term in (claim.left, claim.right, *(d.body for d in claim.context.definitions))
        for part in subterms(term)
        if isinstance(part, Variable)
        and part.name in shared - {by}
        and claim.context.definition(part.name) is None
        and all(isinstance(index, Index) for index in part.indices)
    }
    known = {unknown.name for unknown in claim.context.unknowns}
    if others or not places.keys() - known:
        return False
    opened = tuple(
        Unknown(
            name,
            tuple(Index(f"u{n}", index.range) for n, index in enumerate(indices)),
            (by,),
        )
        for name, indices in places.items()
        if name not in known
    )
    context = replace(claim.context, unknowns=(*claim.context.unknowns, *opened))
    return prove(replace(claim, context=context), PATIENCE).theorem is not None
