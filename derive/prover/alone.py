"""Steps of a section, or a formula, that is read by itself, since shapes do not fit otherwise.

What letters mean elsewhere in the document is not looked at then.  So a proof counts where
nothing was defined before that it would have to look into, and a counterexample only where all
is made of numbers, of which nothing at all was said before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from derive.clock import used
from derive.logic.problem import Claim
from derive.logic.terms import Derivative, Term, names, own_indices, subterms
from derive.meaning.facts import fact_names
from derive.meaning.names import letter_of
from derive.meaning.notation import readable
from derive.meaning.spelling import OWN
from derive.meaning.statement import Alone, Meaning, Position, Statement, position
from derive.prover.verdict import Judgement, Verdict

__all__ = ["ReadAlone"]

_FIRST = re.compile(r"^(?:\\(?:mathbf|boldsymbol)\{)?(\\?[A-Za-z]+)")


@dataclass
class ReadAlone:
    """The readings of a document in which stretches stand for themselves, each made when asked.

    ``left``: how long may still be spent on their statements; ``judged``: says of one of these
    whether it holds, and, where that is asked for, whether it does not; ``met``: how many
    statements came by at a place.
    """

    meaning: Meaning
    left: float
    judged: Callable[[Statement, Meaning, bool], Verdict | None]
    found: dict[str, Meaning] = field(default_factory=dict)
    met: Counter[Position] = field(default_factory=Counter)

    def decided(self, judgement: Judgement) -> Judgement:
        """The judgement, or that on the statement where it is read alone, if that decides it."""
        at = position(judgement.statement.place)
        self.met[at] += 1  # the rows of cases all stand at one place
        if judgement.verdict is None or judgement.verdict.outcome != "unproved":
            return judgement
        for alone in self.meaning.alone:
            if at in alone.places and self.left > 0:
                if alone.kind not in self.found:
                    self.found[alone.kind] = alone.read()
                started = used()
                found = self._judgement(alone, judgement.statement)
                self.left -= used() - started
                if found is not None:
                    return found
        return judgement

    def _judgement(self, alone: Alone, statement: Statement) -> Judgement | None:
        meaning = self.found[alone.kind]
        at = position(statement.place)
        there = [s for s in meaning.statements if position(s.place) == at]
        other = there[self.met[at] - 1] if len(there) >= self.met[at] else statement
        if other.kind != "claim" or not other.readings or other is statement:
            return None
        claims = [claim for reading in other.readings for claim in reading.claims]
        sides = [side for claim in claims for side in (claim.left, claim.right)]
        terms = [*sides, *(d.body for claim in claims for d in claim.context.definitions)]
        refutes = alone.kind == "section" and self._is_of_new_numbers(terms, statement, meaning)
        verdict = self.judged(other, meaning, refutes)
        if verdict is None or (
            verdict.outcome == "proved" and self._is_severed(claims, statement, meaning)
        ):
            return None
        own = {meaning.own[x] for x in _letters(sides) if x in meaning.own}
        shown = ", ".join(sorted(map(readable, own))) or "its letters"
        said = f"with {shown} as this {alone.kind} alone uses {'it' if len(own) == 1 else 'them'}"
        message = "; ".join(filter(None, (verdict.message, said)))
        found = verdict.counterexample
        if found is not None:
            values = {name.replace(OWN, "'"): value for name, value in found.values.items()}
            verdict = replace(verdict, counterexample=replace(found, values=values))
        return Judgement(other, replace(verdict, message=message))

    def _is_of_new_numbers(
        self, terms: Sequence[Term], statement: Statement, meaning: Meaning
    ) -> bool:
        """Whether the terms are made of numbers alone, and of letters with no meaning before."""
        here = _letters(terms) & meaning.own.keys()
        indexed = any(own_indices(part) for term in terms for part in subterms(term))
        if indexed or not here:
            return False
        return self._spoken_of(statement).isdisjoint({meaning.own[x] for x in here})

    def _is_severed(self, claims: Sequence[Claim], statement: Statement, meaning: Meaning) -> bool:
        """Whether something was defined before by which it may depend on what moves it.

        The letter of a stretch stands for itself alone, and does not move.
        """
        before = self._known_before(statement)
        here = _defined(meaning.statements)
        severed = {new for new, old in meaning.own.items() if old in before and new not in here}
        return any(not severed.isdisjoint(_moved(claim)) for claim in claims if severed)

    def _known_before(self, statement: Statement) -> set[str]:
        """The letters with a definition that were not declared again, as in ``a \\in R^n``."""
        known: set[str] = set()
        for other in self._before(statement, and_beside=True):
            known |= _defined((other,))
            if other.message and other.relation.strip() == "=":  # it may say what a letter is
                known.update(_FIRST.findall(other.left)[:1])
            if other.kind == "hypothesis" and other.relation.strip() == "\\in":
                known.discard(other.left.strip())
        return known

    def _spoken_of(self, statement: Statement) -> frozenset[str]:
        """The letters that have a definition before, or of which something is supposed."""
        before = tuple(self._before(statement))
        facts = (f for s in before if s.hypothesis is not None for f in s.hypothesis.facts)
        return _defined(before) | {_letter(name) for fact in facts for name in fact_names(fact)}

    def _before(self, statement: Statement, and_beside: bool = False) -> Iterable[Statement]:
        """The statements before one, ``and_beside``: and those of its section."""
        for other in self.meaning.statements:
            beside = and_beside and other.section == statement.section
            if beside or position(other.place) < position(statement.place):
                yield other


def _moved(claim: Claim) -> set[str]:
    """Letters in what is differentiated that are not said to depend on what it is derived by."""
    follows = {(_letter(u.name), by) for u in claim.context.unknowns for by in u.depends_on}
    terms = (claim.left, claim.right, *(d.body for d in claim.context.definitions))
    return {
        letter
        for term in terms
        for part in subterms(term)
        if isinstance(part, Derivative)
        for letter in _letters((part.body,)) - {_letter(part.variable.name)}
        if (letter, part.variable.name) not in follows
    }


def _defined(statements: Iterable[Statement]) -> frozenset[str]:
    """The letters that the statements define."""
    return frozenset(_letter(d.name) for s in statements for d in s.definitions)


def _letters(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset(_letter(name) for term in terms for name in names(term))


def _letter(name: str) -> str:
    return letter_of(name.removeprefix("\\mathbf{"))
