"""Gradients by a matrix in the other layout: ``dL/dW = x d^T``, where others write ``d x^T``.

The derivative of a number by a matrix stands as the matrix does, or as its transpose does (the
numerator layout).  What is true in one of them is a matter of convention in the other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from derive.logic.problem import Claim
from derive.logic.terms import Derivative, Index, Variable, free_indices, substitute
from derive.prover.prove import prove

__all__ = ["is_transposed_gradient"]


_COMMAND = re.compile(r"\\[A-Za-z]+")


def is_transposed_gradient(written: str, claim: Claim) -> bool:
    """Whether a gradient by a matrix, ``written`` without indices, holds for its transpose."""
    if "nabla" in written:  # the gradient stands as what it is taken by does
        return False
    match claim.left:
        case Derivative(body, Variable(_, (Index() as i, Index() as j))):
            pass
        case _:
            return False
    if i.range != j.range or {i, j} & free_indices(body) or claim.relation != "=":
        return False
    plain = _COMMAND.sub(" ", written)
    if i.name in plain or j.name in plain:
        return False  # "dL / dW_ij = x_i d_j" says of which entry it is
    turned = substitute(claim.right, {i: j, j: i})
    return turned != claim.right and prove(replace(claim, right=turned)).theorem is not None
