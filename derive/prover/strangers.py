"""Names that a document uses and never introduces.

``sigma(z_i) x_i`` beside a loss of ``w^T x_i``: the author knows what z is, and has not said so
where it could be read.  A claim that fails for other values of z is not refuted by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.logic.problem import Claim, Equation, Sign
from derive.logic.terms import Derivative, Number, names, subterms
from derive.meaning.contexts import fact_names
from derive.meaning.statement import Meaning

LETTERS = re.compile(r"\\[A-Za-z]+|[A-Za-z]")

__all__ = ["stranger"]


def _introduced(meaning: Meaning) -> frozenset[str]:
    """The names that definitions and hypotheses hold, and those that are differentiated by.

    Of an equation of which only the text is known, the letters.
    """
    found: set[str] = set()
    for statement in meaning.statements:
        for definition in statement.definitions:
            found |= {definition.name} | names(definition.body) - set(definition.arguments)
        if statement.hypothesis is not None:
            for fact in statement.hypothesis.facts:
                if isinstance(fact, Equation | Sign):
                    found |= fact_names(fact)
        if not (statement.definitions or statement.readings):
            found.update(LETTERS.findall(f"{statement.left} {statement.right}"))
        for claim in (c for reading in statement.readings for c in reading.claims):
            for part in (p for side in (claim.left, claim.right) for p in subterms(side)):
                if isinstance(part, Derivative):
                    found.add(part.variable.name)
    return frozenset(found)


def stranger(claims: Iterable[Claim], meaning: Meaning) -> str:
    """A name that nothing introduces, on one side of a claim about something that is defined."""
    introduced = _introduced(meaning)
    for claim in claims:
        left, right = names(claim.left), names(claim.right)
        defined = [n for n in left | right if claim.context.definition(n) is not None]
        spoken_of = {n for h in claim.context.hypotheses for f in h.facts for n in fact_names(f)}
        known = introduced | spoken_of
        letters = {letter for name in known for letter in LETTERS.findall(name)}
        strange = {n for n in (left ^ right) - known if letters.isdisjoint(LETTERS.findall(n))}
        sides = (claim.left, claim.right)
        slopes = any(isinstance(part, Derivative) for side in sides for part in subterms(side))
        if strange and defined and slopes and not isinstance(claim.right, Number):
            return min(strange)
    return ""
