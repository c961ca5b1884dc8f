"""A report as a page for people: section by section, each step, its verdict and its reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from derive.logic.rules import RULES
from derive.meaning.notation import readable, shown, unicode
from derive.prover.explain import Derivation
from derive.prover.verdict import Judgement, Report, Verdict
from derive.report.findings import RELATIONS
from derive.report.layout import Style, columns, wrap_formula, wrap_words
from derive.report.summary import Summary
from derive.report.wording import difference, formula, hypothesis, joined, once, point

__all__ = ["axioms", "foundation", "page", "totals"]

MARGIN = 7  # columns of the line numbers, at the left
LABEL = 15  # columns of "✓ proved" and "  using", before what they say

# A formula within a heading, between any of the usual delimiters.
FORMULA = re.compile(r"\$\$?([^$]+)\$?\$|\\\((.+?)\\\)|\\\[(.+?)\\\]")

TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
ARITHMETIC = "arithmetic"
SIGNS = {"proved": "✓", "refuted": "✗", "conditional": "△", "unproved": "?", "unread": "?"}


def page(report: Report, style: Style, *, verbose: bool = False) -> str:
    """The whole document: its steps with their verdicts, what they rest on, and the summary."""
    title = _title(report)
    lines = [style.strong(line) for line in wrap_words(_heading(title), style.width)]
    lines.append(style.faint(report.path) if title else style.strong(report.path))
    beneath = (title,) if title and title == report.title else ()
    section: tuple[str, ...] = beneath
    for judgement in report.judgements:
        if judgement.statement.section != section:
            lines += ["", *_headings(section, judgement.statement.section, len(beneath), style)]
            section = judgement.statement.section
        lines += ["", *_step(judgement, style, verbose)]
    lines += [*foundation(report, style), "", _verdict_line(Summary.of(report), style)]
    return "\n".join(lines) + "\n"


def totals(summaries: Iterable[Summary], style: Style) -> str:
    """The last line for several documents together."""
    listed = list(summaries)
    return f"{len(listed)} documents, {_verdict_line(Summary.total(listed), style)}"


def _verdict_line(summary: Summary, style: Style) -> str:
    text = str(summary)
    if summary.all_proved:
        return style.good(text)
    return style.bad(text) if summary.refuted else style.warning(text)


def _title(report: Report) -> str:
    """The heading that all sections stand beneath, else the front matter's title, else ""."""
    sections = [judgement.statement.section for judgement in report.judgements]
    if all(section[:1] == (report.title,) for section in sections):
        return report.title
    named = TITLE.search(report.front_matter)
    return named[1].strip().strip("\"'") if named else ""


def _heading(text: str) -> str:
    """A heading with its formulas in Unicode."""
    return FORMULA.sub(lambda found: readable(found[1] or found[2] or found[3]), text)


def _headings(
    before: tuple[str, ...], now: tuple[str, ...], outer: int, style: Style
) -> Iterator[str]:
    """The headings that are new, an inner one set in by two columns for each outer one."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    for depth in range(same, len(now)):
        indent = "  " * (depth - outer)
        for line in wrap_words(_heading(now[depth]), max(style.width - len(indent), 20)):
            yield indent + style.strong(line)


# ------------------------------------------------------------------ one statement


def _step(judgement: Judgement, style: Style, verbose: bool) -> Iterator[str]:
    statement, verdict = judgement.statement, judgement.verdict
    room = max(style.width - MARGIN, 30)
    number = f"{statement.place.line:>{MARGIN - 3}}   "
    for n, line in enumerate(wrap_formula(formula(statement), room) or [""]):
        yield style.faint(number) + line if not n else " " * MARGIN + line
    if verdict is not None:
        yield from _verdict(verdict, style)
    elif statement.kind == "unread":
        yield from _entry("? unread", statement.message or "not understood", style, style.warning)
    elif statement.kind == "definition":
        named = once(shown(definition.name) for definition in statement.definitions)
        said = f"of {joined(named)}" if named else statement.message
        yield from _entry("definition", said, style, style.faint)
    else:
        yield from _entry("hypothesis", _by_other_words(judgement), style, style.faint)
    if statement.message and verdict is not None and statement.message != verdict.message:
        yield from _entry("  but", statement.message, style)
    if statement.note:
        yield from _entry("  note", statement.note, style)
    if verbose and verdict is not None:
        for derivation in verdict.derivations:
            yield from _derivation(derivation, style)


def _by_other_words(judgement: Judgement) -> str:
    """What a hypothesis says, where its formula alone does not ("y is one-hot")."""
    fact = judgement.statement.hypothesis
    if fact is None:
        return ""
    said = readable(fact.source)
    return "" if said == formula(judgement.statement) else said


def _verdict(verdict: Verdict, style: Style) -> Iterator[str]:
    paint = {"proved": style.good, "refuted": style.bad}.get(verdict.outcome, style.warning)
    label = f"{SIGNS[verdict.outcome]} {verdict.outcome}"
    found = verdict.counterexample
    match verdict.outcome:
        case "proved":
            yield from _entry(label, _reasons(verdict), style, paint)
        case "conditional":
            needed = joined(once(readable(fact.source) for fact in verdict.missing))
            said = f"true only if {needed}, which the text does not say"
            yield from _entry(label, said, style, paint)
            if verdict.rules:
                yield from _entry("  then", _reasons(verdict), style)
        case _:
            yield from _entry(label, "" if found else verdict.message, style, paint)
    if verdict.hypotheses:
        yield from _entry("  using", joined(once(map(hypothesis, verdict.hypotheses))), style)
    if verdict.conditions:
        yield from _entry("  provided", joined(once(map(readable, verdict.conditions))), style)
    if found is not None:
        yield from _entry("  at", point(found), style)
        yield from _entry("", difference(found), style)
    if verdict.message and (verdict.outcome == "proved" or (found and not verdict.missing)):
        yield from _entry("  note", verdict.message, style)


def _reasons(verdict: Verdict) -> str:
    """``by definition of y and L, logarithm of a quotient``: the rules, each once, in order."""
    named = joined(once(map(readable, verdict.definitions)))
    rules = [
        f"definition of {named}" if rule == "definition" and named else rule
        for rule in once(verdict.rules)
        if not (rule == "hypothesis" and verdict.hypotheses)  # they are named beneath
    ]
    return "by " + (", ".join(rules) or "hypothesis")


def _entry(label: str, text: str, style: Style, paint: Callable[[str], str] = str) -> Iterator[str]:
    """A labelled sentence beneath a formula, with a hanging indent."""
    shown = paint(label)
    if not text:
        yield " " * MARGIN + shown
        return
    lead = " " * MARGIN + shown + " " * max(LABEL - columns(label), 1)
    indent = " " * (MARGIN + LABEL)
    for n, line in enumerate(wrap_words(text, max(style.width - MARGIN - LABEL, 20))):
        yield (indent if n else lead) + line


# ------------------------------------------------------------------ intermediate lines


def _derivation(derivation: Derivation, style: Style) -> Iterator[str]:
    """A proof from the left side to the right side, each calculation as one line."""
    if derivation.case:
        yield " " * (MARGIN + 2) + style.strong(f"case {readable(derivation.case)}")
    before = unicode(derivation.first)
    for n, line in enumerate(wrap_formula(before, style.width - MARGIN - 4)):
        yield " " * (MARGIN + 4) + ("  " if n else "") + line
    chain = [(step.rule, unicode(step.term), step.relation) for step in derivation.chain]
    chain.append((ARITHMETIC, unicode(derivation.last), "="))
    for n, (rule, written, relation) in enumerate(chain):
        calculated = rule == ARITHMETIC
        if calculated and n + 1 < len(chain) and chain[n + 1][0] == ARITHMETIC:
            continue
        if written != before or relation != "=":
            yield from _intermediate(rule, f"{RELATIONS.get(relation, relation)} {written}", style)
        before = written


def _intermediate(rule: str, written: str, style: Style) -> Iterator[str]:
    """A line of a proof: the formula after the rule, and the rule at the right or beneath."""
    indent = MARGIN + 4
    room = max(style.width - indent, 30)
    what, of, name = rule.partition(" of ")
    named = what == "definition" and rule not in RULES  # of a name, in LaTeX
    rule = f"[{what}{of}{readable(name) if named else name}]"
    lines = wrap_formula(written, room)
    gap = min(room, 90) - columns(lines[-1]) - columns(rule)
    if gap >= 2:
        lines[-1] += " " * gap + style.faint(rule)
    else:
        lines.append(" " * max(min(room, 90) - columns(rule), 0) + style.faint(rule))
    for line in lines:
        yield " " * indent + line


# ------------------------------------------------------------------ what it rests on


def _used(report: Report) -> list[Verdict]:
    return [j.verdict for j in report.judgements if j.verdict and j.verdict.outcome == "proved"]


def foundation(report: Report, style: Style) -> Iterator[str]:
    """The hypotheses that the proofs used; without them the results do not hold."""
    verdicts = _used(report)
    if not verdicts:
        return
    used = once(hypothesis(fact) for verdict in verdicts for fact in verdict.hypotheses)
    conditions = once(c for verdict in verdicts for c in verdict.conditions)
    yield ""
    yield style.strong("The proofs rest on")
    if not used:
        defined = any(verdict.definitions for verdict in verdicts)
        yield "  the definitions above, and no hypothesis" if defined else "  no hypothesis"
    for text in used:
        yield from _set_in(text, style)
    if conditions:
        yield style.strong("and hold where")
        for text in conditions:
            yield from _set_in(readable(text), style)


def _set_in(text: str, style: Style) -> Iterator[str]:
    for line in wrap_formula(text, style.width - 2):
        yield "  " + line


def axioms(report: Report, style: Style) -> str:
    """Everything that was taken without proof: definitions, hypotheses, and the rules used."""
    verdicts = _used(report)
    names = set(once(name for verdict in verdicts for name in verdict.definitions))
    lines = [style.strong(_heading(_title(report)) or report.path)]
    lines += ["", style.strong("Definitions")]
    for judgement in report.judgements:
        if names & {definition.name for definition in judgement.statement.definitions}:
            lines += _numbered(judgement.statement.place.line, formula(judgement.statement), style)
    lines += ["", style.strong("Hypotheses")]
    for fact in dict.fromkeys(fact for verdict in verdicts for fact in verdict.hypotheses):
        lines += _numbered(fact.line, readable(fact.source), style)
    lines += ["", style.strong("Conditions")]
    for condition in once(c for verdict in verdicts for c in verdict.conditions):
        lines += _numbered(0, readable(condition), style)
    lines += ["", style.strong("Rules")]
    for rule in once(rule for verdict in verdicts for rule in verdict.rules):
        lines += _numbered(0, rule, style)
    lines += ["", _verdict_line(Summary.of(report), style)]
    return "\n".join(lines) + "\n"


def _numbered(number: int, text: str, style: Style) -> Iterator[str]:
    lead = f"{number or '':>{MARGIN - 3}}   "
    for n, line in enumerate(wrap_formula(text, max(style.width - MARGIN, 30))):
        yield (" " * MARGIN if n else style.faint(lead)) + line
