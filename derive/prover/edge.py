"""Claims for x >= 0 of what has no value at x = 0, such as the slope of |x|."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from derive.logic.problem import Claim, Equation, Hypothesis, Sign
from derive.logic.terms import Number
from derive.meaning.notation import latex
from derive.prover.missing import with_hypothesis
from derive.prover.prove import of_open_sign

__all__ = ["allows", "off_the_edge"]

ZERO = Number(Fraction(0))


def off_the_edge(claim: Claim) -> Iterator[tuple[Claim, Claim, Hypothesis]]:
    """For each term that may be 0: the claim elsewhere, the claim there, and what keeps it off.

    These are the terms that are supposed to be >= 0 or <= 0, and those of which |x|, sign x and
    their like are taken.
    """
    supposed = [
        fact
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, Sign) and fact.relation in (">=", "<=") and not fact.every
    ]
    strict: dict[str, Literal["<", ">"]] = {">=": ">", "<=": "<"}
    signs = [Sign(fact.term, strict[fact.relation]) for fact in supposed]
    for sign in (*signs, *(Sign(term, "!=") for term in of_open_sign(claim))):
        elsewhere = Hypothesis((sign,), rf"{latex(sign.term)} \neq 0")
        there = Hypothesis((Equation(sign.term, ZERO),), f"{latex(sign.term)} = 0")
        yield with_hypothesis(claim, elsewhere), with_hypothesis(claim, there), elsewhere


def allows(known: Hypothesis, strict: Hypothesis) -> bool:
    """Whether one supposes x >= 0, of which the other is x > 0."""
    signs = [fact for fact in known.facts if isinstance(fact, Sign)]
    return any(
        isinstance(fact, Sign) and fact.term == sign.term and sign.relation == f"{fact.relation}="
        for fact in strict.facts
        for sign in signs
    )
