"""Claims with a factorial, of which terms know the name only: looked at where 1! = 1 and 2! = 2.

A claim that fails where a number is 1, and its factorial 1, fails of numbers with factorials.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.logic.problem import Claim, Equation, Hypothesis
from derive.logic.terms import Index, Number, Variable, subterms
from derive.prover.missing import with_hypothesis
from derive.prover.unsaid import reached

__all__ = ["ONLY_NAMES", "at_known_factorials"]

ONLY_NAMES = "only the name is known"


def at_known_factorials(claim: Claim) -> Iterator[Claim]:
    """The claim for data that are 1 everywhere, and for data that are 2."""
    sides = (claim.left, claim.right, *(d.body for d in claim.context.definitions))
    named = {part.name for side in sides for part in subterms(side) if isinstance(part, Variable)}
    if any(name.startswith("\\binom") for name in named):
        return
    found = {
        (part.name, tuple(i.range for i in part.indices if isinstance(i, Index)))
        for side in sides
        for part in subterms(side)
        if isinstance(part, Variable) and part.name.endswith("!")
    }
    data = {name.removesuffix("!") for name, _ in found}
    if not found or any(map(claim.context.definition, reached(claim, frozenset(data)))):
        return
    for value in (1, 2):  # the factorials of both are themselves
        number = Number(Fraction(value))
        facts = []
        for name, ranges in sorted(found):
            letters = tuple(Index(f"i{n}", range_) for n, range_ in enumerate(ranges))
            for one in (name, name.removesuffix("!")):
                facts.append(Equation(Variable(one, letters), number, letters))
        yield with_hypothesis(claim, Hypothesis(tuple(facts), "x! = x"))
