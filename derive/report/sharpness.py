"""How sharp a document is, as a table with plain words, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from derive.meaning.notation import readable
from derive.prover.mutants import KINDS
from derive.prover.mutate import Mutation, Sharpness, Trial
from derive.report.layout import Style, fill, wrap_formula
from derive.report.summary import plural

__all__ = ["caught", "data", "page", "totals"]

COLUMNS = {"refuted": "refuted", "conditional": "conditional", "proved": "true", "unproved": "open"}
VERSION = 1


def page(found: Sharpness, style: Style) -> str:
    """The table of one document, what it means, and the versions that were not caught."""
    trials = found.trials
    lines = [style.strong(found.title or found.path)]
    if found.title:
        lines.append(style.faint(found.path))
    lines += ["", *_made(found, style), "", *_table(trials, style)]
    if trials:
        lines += ["", *_meaning(trials, style)]
    told = {
        "proved": "True all the same, so a slip here would do no harm",
        "unproved": "Neither refuted nor shown to be true",
    }
    for outcome, heading in told.items():
        listed = [(m, t) for m, t in trials if t.outcome == outcome]
        if listed:
            lines += ["", style.strong(heading + ":"), ""]
            for mutation, trial in listed:
                lines += _listed(mutation, trial, style)
    return "\n".join(lines) + "\n"


def _made(found: Sharpness, style: Style) -> list[str]:
    proved = sum(m.outcome == "proved" for m in found.mutations)
    text = f"{plural(len(found.mutations), 'claim')}, {proved} of them proved; "
    text += f"{plural(len(found.trials), 'wrong version')} made of these, by one edit each."
    return fill("", text, style.width)


def _table(trials: Iterable[tuple[Mutation, Trial]], style: Style) -> list[str]:
    counts: Counter[tuple[str, str]] = Counter((t.kind, t.outcome) for _, t in trials)
    kinds = [kind for kind in KINDS if any(counts[kind, outcome] for outcome in COLUMNS)]
    head = f"  {'edit':<22}{'made':>6}" + "".join(f"{name:>12}" for name in COLUMNS.values())
    lines = [style.faint(head)]
    for kind in [*kinds, ""]:
        numbers = [
            sum(counts[one, outcome] for one in ([kind] if kind else kinds)) for outcome in COLUMNS
        ]
        row = f"  {kind or 'all':<22}{sum(numbers):>6}" + "".join(f"{n or '':>12}" for n in numbers)
        lines.append(row if kind else style.strong(row))
    return lines


def caught(trials: Iterable[tuple[Mutation, Trial]]) -> tuple[int, int]:
    """How many of the versions are caught, and how many there are to catch."""
    outcomes = Counter(t.outcome for _, t in trials)
    right = outcomes["refuted"] + outcomes["conditional"]
    return right, right + outcomes["unproved"]


def _meaning(trials: Iterable[tuple[Mutation, Trial]], style: Style) -> Iterator[str]:
    right, all_ = caught(trials)
    if not all_:
        yield from fill(
            "", "No version is wrong: there is nothing here to be wrong about.", style.width
        )
    elif right == all_:
        text = f"Every one of the {all_} wrong versions is caught, with a counterexample. "
        yield from fill(
            "", text + "No single slip in a proved claim would go unnoticed.", style.width
        )
    else:
        text = f"{right} of {all_} wrong versions are caught, with a counterexample "
        text += f"({100 * right / all_:.1f} %). {plural(all_ - right, 'version')}, listed below, "
        text += "would not be called proved, but not refuted either."
        yield from fill("", text, style.width)


def _listed(mutation: Mutation, trial: Trial, style: Style) -> Iterator[str]:
    yield f"  line {mutation.line}: {style.faint(_edit(trial))}"
    formula = readable(f"{trial.left} {trial.relation} {trial.right}")
    yield from ("    " + line for line in wrap_formula(formula, style.width - 4))
    if trial.points:
        yield style.faint(f"    both sides are equal at {plural(trial.points, 'sampled point')}")
    if trial.message:
        yield from fill("    ", trial.message, style.width)


def _edit(trial: Trial) -> str:
    return f"{trial.kind}: {readable(trial.deleted)}" if trial.deleted else trial.kind


def totals(all_found: Iterable[Sharpness], style: Style) -> str:
    """The table and its meaning for several documents together."""
    trials = [pair for found in all_found for pair in found.trials]
    lines = [
        style.strong("All documents"),
        "",
        *_table(trials, style),
        "",
        *_meaning(trials, style),
    ]
    return "\n".join(lines) + "\n"


def data(all_found: Iterable[Sharpness]) -> dict[str, Any]:
    """The same for other programs: every wrong version with its place and outcome."""
    documents = []
    together: Counter[str] = Counter()
    for found in all_found:
        counts: Counter[str] = Counter(t.outcome for _, t in found.trials)
        together.update(counts)
        documents.append(
            {
                "path": found.path,
                "title": found.title,
                "claims": len(found.mutations),
                "proved_claims": sum(m.outcome == "proved" for m in found.mutations),
                "mutants": [
                    {"line": m.line, "column": m.column, **asdict(t)} for m, t in found.trials
                ],
                "summary": _summary(counts),
            }
        )
    return {"version": VERSION, "documents": documents, "summary": _summary(together)}


def _summary(counts: Counter[str]) -> dict[str, int]:
    return {"mutants": counts.total(), **{outcome: counts[outcome] for outcome in COLUMNS}}
