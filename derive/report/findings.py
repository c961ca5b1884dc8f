"""A report as a compiler prints it: ``file:line:column: severity: message``, one line a finding."""

from __future__ import annotations

from collections.abc import Iterator

from derive.logic.problem import Claim, Definition
from derive.logic.terms import Application, Index, Term, Variable, free_indices
from derive.meaning.defining import ANEW
from derive.meaning.notation import readable, unicode
from derive.prover.verdict import Judgement, Report
from derive.report.layout import Style
from derive.report.wording import clipped, formula, why_not

__all__ = ["findings", "reading"]

SEVERITY = {"refuted": "error", "conditional": "warning", "unproved": "warning"}
RELATIONS = {"!=": "≠", "<=": "≤", ">=": "≥"}


def findings(report: Report, style: Style) -> Iterator[str]:
    """What is wrong or open in the document, in its order; a proved step is not mentioned.

    Where a name gets a second meaning is told: if the author did not mean that, it is an error.
    """
    for judgement in report.judgements:
        statement, verdict = judgement.statement, judgement.verdict
        if statement.kind == "unread":
            reason = statement.message or "not understood"
            text = f"{clipped(statement.left)}: not read: {reason}"
            yield _line(report, judgement, "warning", text, style)
        elif verdict is not None and verdict.outcome != "proved":
            why = statement.message if statement.wrong else why_not(verdict)
            text = f"{formula(statement)}: {why}"
            if statement.note:
                text += f" (note: {statement.note})"
            severity = "error" if statement.wrong else SEVERITY[verdict.outcome]
            yield _line(report, judgement, severity, text, style)
        elif statement.kind == "definition" and ANEW in statement.note:
            text = f"{formula(statement)}: {statement.note}"
            yield _line(report, judgement, "note", text, style)


def reading(report: Report, style: Style) -> Iterator[str]:
    """How each formula was understood, and what the reader had to guess."""
    for judgement in report.judgements:
        statement = judgement.statement
        if statement.kind == "unread":
            reason = statement.message or "not understood"
            said = f"{clipped(statement.left)}: {reason}"
            yield _line(report, judgement, "unread", said, style)
            continue
        yield _line(report, judgement, statement.kind, formula(statement), style)
        for definition in statement.definitions:
            yield f"    read as {_definition(definition)}"
        for choice in statement.readings:
            of = f" ({choice.description})" if choice.description else ""
            for claim in choice.claims:
                yield f"    read as {_claim(claim)}{of}"
        if statement.hypothesis is not None:
            yield f"    read as {readable(statement.hypothesis.source)}"
        for guess in statement.guesses:
            yield f"    guessed: {guess}"
        for text in filter(None, (statement.note, statement.message)):
            yield f"    note: {text}"
    for guess in report.guesses:
        yield f"{report.path}: guessed throughout: {guess}"


def _line(report: Report, judgement: Judgement, severity: str, text: str, style: Style) -> str:
    place = judgement.statement.place
    cell = f"cell {place.cell}:" if place.cell is not None else ""
    where = f"{report.path}:{cell}{place.line}:{place.column}:"
    paint = {"error": style.bad, "warning": style.warning}.get(severity, style.faint)
    return f"{style.strong(where)} {paint(severity + ':')} {' '.join(text.split())}"


def _for_all(indices: frozenset[Index]) -> str:
    """``for all i, k = 1, ..., N``, nothing where no index is free."""
    by_range: dict[str, list[str]] = {}
    for index in sorted(indices, key=lambda index: (index.range, index.name)):
        by_range.setdefault(index.range, []).append(readable(index.name))
    parts = [f"{', '.join(names)} = 1, ..., {readable(end)}" for end, names in by_range.items()]
    return f", for all {' and '.join(parts)}" if parts else ""


def _claim(claim: Claim) -> str:
    relation = RELATIONS.get(claim.relation, claim.relation)
    free = free_indices(claim.left) | free_indices(claim.right)
    return f"{unicode(claim.left)} {relation} {unicode(claim.right)}{_for_all(free)}"


def _definition(definition: Definition) -> str:
    named: Term = Variable(definition.name, definition.indices)
    if definition.arguments:
        arguments = tuple(Variable(name, ()) for name in definition.arguments)
        orders = (0,) * len(arguments)
        named = Application(definition.name, definition.indices, arguments, orders)
    indices = frozenset(definition.indices)
    return f"{unicode(named)} = {unicode(definition.body)}{_for_all(indices)}"
