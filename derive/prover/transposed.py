"""Gradients by a matrix in the other layout: ``dL/dW = x d^T``, where others write ``d x^T``.

The derivative of a number by a matrix stands as the matrix does, or as its transpose does (the
numerator layout).  What is true in one of them is a matter of convention in the other, unless
other gradients of the document show which it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from derive.logic.problem import Claim
from derive.logic.terms import (
    Derivative,
    Index,
    Sum,
    Variable,
    free_indices,
    substitute,
    subterms,
)
from derive.prover.prove import prove

__all__ = ["is_transposed_gradient", "shows_layout"]


_COMMAND = re.compile(r"\\[A-Za-z]+")


def shows_layout(written: str, claim: Claim) -> bool:
    """Whether a true gradient shows that a derivative stands as what it is taken by does.

    One by a matrix does, and one by a vector whose right side is a product with a matrix.
    """
    match claim.left:
        case Derivative(_, Variable(_, (Index() as i,))):
            product = any(isinstance(part, Sum) for part in subterms(claim.right))
            return product and i.name not in _COMMAND.sub(" ", written)
    return is_matrix_gradient(written, claim)


def is_matrix_gradient(written: str, claim: Claim) -> bool:
    """Whether a claim is about the derivative by a matrix, ``written`` without indices."""
    if "nabla" in written:  # the gradient stands as what it is taken by does
        return False
    match claim.left:
        case Derivative(body, Variable(_, (Index() as i, Index() as j))):
            pass
        case _:
            return False
    plain = _COMMAND.sub(" ", written)
    named = i.name in plain or j.name in plain  # "dL / dW_ij = x_i d_j" says of which entry it is
    return not named and not {i, j} & free_indices(body) and claim.relation == "="


def is_transposed_gradient(written: str, claim: Claim) -> bool:
    """Whether a gradient by a matrix, ``written`` without indices, holds for its transpose."""
    match claim.left:
        case Derivative(_, Variable(_, (Index() as i, Index() as j))):
            pass
        case _:
            return False
    if i.range != j.range or not is_matrix_gradient(written, claim):
        return False
    turned = substitute(claim.right, {i: j, j: i})
    return turned != claim.right and prove(replace(claim, right=turned)).theorem is not None
