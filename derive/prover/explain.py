"""A checked proof for people: which rules, definitions and hypotheses it uses, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.logic.checker import (
    About,
    Proof,
    Rejected,
    Rewriting,
    Step,
    Theorem,
    apply,
    cases,
    opening,
)  # fmt: skip
from derive.logic.problem import Claim, Equation, Fact, Hypothesis
from derive.logic.rules import Scope
from derive.logic.terms import Index, IndexTerm, Label, Position, Shift, Size, Term
from derive.meaning.notation import latex
from derive.meaning.outcomes import FINITELY_MANY

# Steps that every proof takes and that no textbook names.
SILENT = frozenset(("arithmetic",))
COMPARED = "sign of the difference"


@dataclass(frozen=True)
class Line:
    """One intermediate line of a proof: the ``rule`` that was applied and the side after it.

    ``relation``: how the line before it is related to it.
    """

    rule: str
    term: Term
    relation: str = "="


@dataclass(frozen=True)
class Derivation:
    """A proof for people: from the left side down and from the right side down to the same term.

    ``case``: which indices coincide, "" where the proof needs no cases.  ``first`` and ``last``:
    the sides themselves, in that case.  ``relation``: between the two terms, if it is no equation.
    """

    case: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    first: Term
    last: Term
    relation: str = "="

    @property
    def chain(self) -> tuple[Line, ...]:
        """From the left side to the right side: the right side's steps are read backwards."""
        terms = [self.last, *(step.term for step in self.right)][:-1]
        undone = [Line(step.rule, term) for step, term in zip(self.right, terms, strict=True)]
        met = Line(COMPARED, [self.last, *(step.term for step in self.right)][-1], self.relation)
        return (*self.left, *((met,) if self.relation != "=" else ()), *reversed(undone))


def rewritings(
    claim: Claim, proof: Proof, case: str = ""
) -> Iterator[tuple[str, Claim, Rewriting]]:
    """The proof's parts without cases, each with its case in words and the claim in that case."""
    if isinstance(proof, Rewriting):
        yield case, claim, proof
        return
    parts = cases(claim, proof.about)
    for part, inner, word in zip(parts, proof.proofs, _words(proof.about), strict=False):
        told = [case] if len(parts) == 1 else [case, word]
        yield from rewritings(part, inner, ", ".join(filter(None, told)))


def _words(about: About) -> tuple[str, ...]:
    """The cases in LaTeX; the only one that is left needs no word."""
    if isinstance(about, Term):
        return tuple(f"{latex(about)} {sign} 0" for sign in (">", "<", "="))
    first, second = map(spell, about)
    return f"{first} = {second}", f"{first} \\neq {second}"


def derivations(theorem: Theorem) -> tuple[Derivation, ...]:
    """The lines of a proof, case by case."""
    found = []
    for case, claim, proof in rewritings(theorem.claim, theorem.proof):
        left, right, scope = opening(claim)
        found.append(
            Derivation(
                case,
                tuple(_lines(left, proof.left, scope)),
                tuple(_lines(right, proof.right, scope)),
                left,
                right,
                claim.relation,
            )
        )
    return tuple(found)


def _lines(term: Term, steps: tuple[Step, ...], scope: Scope) -> Iterator[Line]:
    for step in steps:
        term = apply(term, step, scope)
        named = f" of {step.argument}" if step.rule == "definition" else ""
        yield Line(step.rule + named, term)


def steps(theorem: Theorem) -> tuple[Step, ...]:
    """All rule applications of a proof, in order."""
    parts = rewritings(theorem.claim, theorem.proof)
    return tuple(step for _, _, proof in parts for step in (*proof.left, *proof.right))


def rules(theorem: Theorem) -> tuple[str, ...]:
    """The names of the rules that matter, each once, in order of use."""
    used = tuple(dict.fromkeys(s.rule for s in steps(theorem) if s.rule not in SILENT))
    if theorem.claim.relation != "=":
        return (*used, COMPARED)
    return used or ("arithmetic",)


def definitions(theorem: Theorem) -> tuple[str, ...]:
    """Names whose definitions were unfolded."""
    return tuple(dict.fromkeys(s.argument for s in steps(theorem) if s.rule == "definition"))


def hypotheses(theorem: Theorem) -> tuple[Hypothesis, ...]:
    """Hypotheses with which the proof passes, and none of which it can do without.

    Of two that say the same, the first: each is left out beside those that were left out before.
    """
    context = theorem.claim.context
    known = context.hypotheses
    used = {s.argument[0] for s in steps(theorem) if s.rule == "hypothesis"}
    left = list(known)
    for n, hypothesis in reversed(tuple(enumerate(known))):
        if n not in used and not all(map(_is_seen_in_steps, hypothesis.facts)):
            left[n] = Hypothesis((), hypothesis.source)
            weaker = replace(theorem.claim, context=replace(context, hypotheses=tuple(left)))
            try:
                Theorem(weaker, theorem.proof)
            except Rejected:
                used.add(n)
                left[n] = hypothesis
    # What an expected value is taken to be concerns every step about one.
    return tuple(h for n, h in enumerate(known) if n in used or h.source == FINITELY_MANY)


def _is_seen_in_steps(fact: Fact) -> bool:
    """Whether a step names the fact that it uses, as of equations it does, except of sizes."""
    return isinstance(fact, Equation) and not isinstance(fact.left, Size)


def spell(index: IndexTerm) -> str:
    """An index in LaTeX."""
    match index:
        case Index(name, _):
            return name
        case Position(value, range_):
            return str(value) if value >= 1 else range_ if value == 0 else f"{range_} - {-value}"
        case Label(name, indices, _):
            return f"{name}_{{{', '.join(map(spell, indices))}}}" if indices else name
        case Shift(base, offset):
            return f"{base.name} {'+' if offset > 0 else '-'} {abs(offset)}"
