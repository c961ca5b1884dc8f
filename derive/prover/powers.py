"""Claims about powers such as p^x that are proved where p > 0, and not known to be false elsewhere.

An author of ``L(p) = prod_i p^{x_i} (1 - p)^{1 - x_i}`` means a probability p and may not say so.
Where p < 0, the powers have values for some x, so that the claim is not proved for these; but it
is of use to know that this is all that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.logic.problem import Claim, Hypothesis, Sign
from derive.logic.terms import Function, Number, Pow, Term, free_indices, names, subterms
from derive.meaning.notation import latex, readable
from derive.prover.missing import with_hypothesis
from derive.prover.prove import prove

__all__ = ["proved_where"]

MOST = 3  # bases of which so much is asked at once


def proved_where(claim: Claim, seconds: float) -> str:
    """``it is proved where p > 0 and 1 - p > 0, ...``; empty where that is not so."""
    bases = list(dict.fromkeys(_bases(claim)))
    if not bases or len(bases) > MOST:
        return ""
    source = ", ".join(f"{latex(base)} > 0" for base in bases)
    positive = Hypothesis(tuple(Sign(base, ">") for base in bases), source)
    if prove(with_hypothesis(claim, positive), seconds).theorem is None:
        return ""
    where = " and ".join(readable(f"{latex(base)} > 0") for base in bases)
    return f"it is proved where {where}, which the text does not say"


def _bases(claim: Claim) -> Iterator[Term]:
    """The bases of powers whose exponents are no numbers, in the claim and in its definitions."""
    pending, seen = [claim.left, claim.right], set[str]()
    while pending:
        term = pending.pop(0)
        for part in subterms(term):
            match part:
                case Pow(base, exponent) if not isinstance(exponent, Number):
                    if not isinstance(base, (Number, Function)) and not free_indices(base):
                        yield base
        for name in sorted(names(term) - seen):
            seen.add(name)
            definition = claim.context.definition(name)
            if definition is not None:
                pending.append(definition.body)
