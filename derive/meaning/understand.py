"""The meaning of a document: its definitions, hypotheses and claims, and what is unread.

The document is read twice.  The first reading finds out which index letters share a range, how
many indices a name has, and what is defined where; the second makes the statements.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.meaning.names import Names
from derive.meaning.ranges import Ranges
from derive.meaning.reading import read
from derive.meaning.statement import Meaning
from derive.meaning.steps import Findings
from derive.meaning.survey import survey
from derive.reader.document import Document, Formula, Heading, Prose
from derive.reader.latex import Macros, parse
from derive.reader.syntax import ParsedFormula

__all__ = ["understand"]


@dataclass(frozen=True)
class _Parsed:
    formulas: dict[int, ParsedFormula]


def understand(document: Document) -> Meaning:
    """All statements of the document, in its order."""
    macros = Macros.of(document)
    formulas: dict[int, ParsedFormula] = {}
    for item in document.items:
        inner = (
            (item,)
            if isinstance(item, Formula)
            else (item.formulas if isinstance(item, Heading) else ())
        )
        for formula in inner:
            formulas[id(formula)] = parse(formula, macros)
    words = " ".join(item.text for item in document.items if isinstance(item, Prose))
    names = survey(formulas.values(), words)
    first = read(document, formulas, names, Ranges(), Findings())
    known, names = names, _with_slots(names, first)
    again = first
    if first.early or len(names.slots) != len(known.slots) or names.slots != known.slots:
        again = read(document, formulas, names, Ranges(), first.findings())
    ranges = again.ranges.named(names.values - names.sizes)
    final = read(document, formulas, names, ranges, again.findings())
    if final.scope.looked_forward:
        final = read(document, formulas, names, ranges, final.findings())
    return Meaning(
        document.path,
        _title(document),
        tuple(final.statements),
        tuple(final.guesses),
        document.front_matter,
    )


def _with_slots(names: Names, first: object) -> Names:
    slots = dict(names.slots)
    learned: dict[str, int] = getattr(first, "learned", {})
    for name, count in learned.items():
        slots[name] = max(slots.get(name, 0), count)
    return replace(names, slots=slots)


def _title(document: Document) -> str:
    headings = [item for item in document.items if isinstance(item, Heading)]
    return headings[0].title if headings else ""
