"""A report as data for other programs: JSON, version 1.  Keys are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from derive.logic.problem import Hypothesis
from derive.prover.verdict import Judgement, Report, Verdict
from derive.refuter.counterexample import Counterexample
from derive.report.summary import Summary

__all__ = ["VERSION", "as_text", "document", "envelope"]

VERSION = 1


def document(report: Report) -> dict[str, Any]:
    """One document: its path, title and statements, in its order."""
    return {
        "path": report.path,
        "title": report.title,
        "statements": [_statement(judgement) for judgement in report.judgements],
        "guesses": list(report.guesses),
        "summary": Summary.of(report).as_dict(),
    }


def envelope(
    documents: Iterable[dict[str, Any]], problems: Iterable[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Several documents together, with the summary of all.

    ``problems``: path and sentence for each document that could not be checked.
    """
    together = list(documents)
    total = Summary.total(Summary(**one["summary"]) for one in together)
    return {
        "version": VERSION,
        "documents": together,
        "problems": [{"path": path, "message": message} for path, message in problems],
        "summary": total.as_dict(),
    }


def as_text(data: dict[str, Any]) -> str:
    """As indented JSON text, in ASCII so that every encoding of a terminal or file carries it."""
    return json.dumps(data, indent=1)


def _statement(judgement: Judgement) -> dict[str, Any]:
    statement, verdict = judgement.statement, judgement.verdict or Verdict("unproved")
    place = statement.place
    return {
        "kind": statement.kind,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "cell": place.cell,
        "section": list(statement.section),
        "lhs": statement.left,
        "relation": statement.relation,
        "rhs": statement.right,
        "verdict": judgement.verdict.outcome if judgement.verdict else None,
        "rules": list(verdict.rules),
        "definitions": list(verdict.definitions),
        "hypotheses": _sources(verdict.hypotheses),
        "conditions": list(verdict.conditions),
        "missing": _sources(verdict.missing),
        "counterexample": _counterexample(verdict.counterexample),
        "message": verdict.message or statement.message,
        "note": statement.note,
        "reasons": list(statement.reasons),
        "guesses": list(statement.guesses),
    }


def _sources(hypotheses: Iterable[Hypothesis]) -> list[str]:
    return [hypothesis.source for hypothesis in hypotheses]


def _counterexample(found: Counterexample | None) -> dict[str, Any] | None:
    """``N`` is the size of the first range; ``sizes`` has all, where a document has several."""
    if found is None:
        return None
    return {
        "N": found.sizes.get("N", next(iter(found.sizes.values()), None)),
        "sizes": dict(found.sizes),
        "indices": dict(found.indices),
        "values": {
            name: list(values) if found.shapes.get(name) else values[0]
            for name, values in found.values.items()
        },
        "shapes": {name: list(shape) for name, shape in found.shapes.items()},
        "lhs": found.left,
        "rhs": found.right,
    }
