"""Claims about the next moment, ``h_{t+1} = f(h_t)``, as claims about this one.

Said of all t, ``h_{t+1} = f(h_t)`` is the same as ``h_t = f(h_{t-1})``: the first speaks of the
last moment only as the next of the one before.
"""

from __future__ import annotations

from derive.logic.problem import Claim
from derive.logic.terms import Index, IndexTerm, Shift, Variable, free_indices, substitute, subterms

__all__ = ["counted_from_the_last"]


def counted_from_the_last(claim: Claim) -> Claim | None:
    """The claim with its latest moment as t, where that is t + 1 or more; None where it is t."""
    ahead: dict[Index, int] = {}
    for side in (claim.left, claim.right):
        free = free_indices(side)
        for part in subterms(side):
            for index in part.indices if isinstance(part, Variable) else ():
                if isinstance(index, Shift) and index.index in free:
                    ahead[index.index] = max(ahead.get(index.index, 0), index.offset)
    new: dict[Index, IndexTerm] = {
        letter: Shift(letter, -offset) for letter, offset in ahead.items() if offset > 0
    }
    if not new:
        return None
    try:
        return substitute(claim, new)
    except ValueError:
        return None
