"""Components that are listed one by one: after z_1 = 2 and z_2 = 1, perhaps there are no others.

Where the text gives an example, or speaks of two classes, that is what its author means.  Where it
does not, it has to be said: softmax over N classes is not 1/2 for z_1 = 0 and z_2 = 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from derive.logic.problem import AtLeast, Claim, Equation, Hypothesis
from derive.logic.terms import Number, Position, Size, Term, own_indices
from derive.meaning.rounding import given_sizes, numbered
from derive.meaning.within import subterms

__all__ = ["gives_example", "listed_in_full"]

_EXAMPLE = re.compile(
    r"\bexamples?\b|\be\.g\.|\binstances?\b|\bnumeric\w*|\bconcrete\w*|\bworked\b|\btoy\b|"
    r"\billustrat\w+|\bnumbers\b|\bBeispiel|\bexemple|\bejemplo|\besempio|\bexemplo|\bпример|例",
    re.I,
)


def gives_example(text: str) -> bool:
    """Whether the text announces an example in numbers."""
    return _EXAMPLE.search(text) is not None


def listed_in_full(claim: Claim, hypotheses: Sequence[Hypothesis]) -> Iterator[Hypothesis]:
    """Where z_1 = 3 and z_2 = 1 are given, and no more is spoken of: that there are two."""
    known = given_sizes(hypotheses)
    found: dict[str, set[int]] = {}
    for one, _ in numbered(hypotheses):
        for at in one.indices[:1] if len(one.indices) == 1 else ():
            if isinstance(at, Position):
                found.setdefault(at.range, set()).add(at.value)
    most = dict(_at_least(claim, hypotheses))
    for range_, places in sorted(found.items()):
        size = len(places)
        whole = places == set(range(1, size + 1)) and most.get(range_, size) <= size
        if size > 1 and whole and range_ not in known:
            fact = Equation(Size(range_), Number(Fraction(size)))
            yield Hypothesis((fact,), f"{range_} = {size}")


def _at_least(claim: Claim, hypotheses: Iterable[Hypothesis]) -> Iterator[tuple[str, int]]:
    """How many positions each range has at least, in increasing order."""
    facts = [fact for hypothesis in hypotheses for fact in hypothesis.facts]
    terms: list[Term] = [claim.left, claim.right, *(d.body for d in claim.context.definitions)]
    terms.extend(side for f in facts if isinstance(f, Equation) for side in (f.left, f.right))
    shown = [
        (at.range, at.value)
        for part in (part for term in terms for part in subterms(term))
        for at in own_indices(part)
        if isinstance(at, Position)
    ]
    told = [(fact.range, fact.minimum) for fact in facts if isinstance(fact, AtLeast)]
    yield from sorted((*shown, *told), key=lambda one: one[1])
