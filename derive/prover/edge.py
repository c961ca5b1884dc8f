"""Claims for x >= 0 of what has no value at x = 0, such as the slope of |x|."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from derive.logic.problem import Claim, Equation, Hypothesis, Sign
from derive.logic.terms import Number
from derive.meaning.notation import latex
from derive.prover.missing import with_hypothesis

__all__ = ["off_the_edge"]

ZERO = Number(Fraction(0))


def off_the_edge(claim: Claim) -> Iterator[tuple[Claim, Claim, Hypothesis]]:
    """For each sign that may be 0: the claim elsewhere, the claim there, and what keeps it off."""
    for hypothesis in claim.context.hypotheses:
        for fact in hypothesis.facts:
            if isinstance(fact, Sign) and fact.relation in (">=", "<=") and not fact.every:
                strict: Literal["<", ">"] = ">" if fact.relation == ">=" else "<"
                elsewhere = Hypothesis((Sign(fact.term, strict),), rf"{latex(fact.term)} \neq 0")
                there = Hypothesis((Equation(fact.term, ZERO),), f"{latex(fact.term)} = 0")
                inside, outside = with_hypothesis(claim, elsewhere), with_hypothesis(claim, there)
                yield inside, outside, elsewhere
