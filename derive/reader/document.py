"""A document as the formats hand it on: headings, prose and formulas in order, each with its place.

All spans are offsets into ``Document.text``, the decoded file exactly as it is (notebooks: see
``Document.place``).  A formula's ``content`` may differ from the raw text (line quotes ``>``,
comments and escapes removed, entities decoded), so ``offsets[i]`` gives the offset in
``Document.text`` of ``content[i]``; it has one entry more than ``content``, for its end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from derive.reader.source import Place, Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title.  A heading of a level ends all sections of the same or a deeper level.

    A bold line or a "Case 1: ..." / "Step 2." / "Part 3" / "Proof" line on its own counts as one.
    ``title`` is plain text with formulas kept as they are; ``formulas`` are those within it.
    """

    span: Span
    level: int
    title: str
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Text between formulas, as written (markup included); it is read for its cue words."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula.  ``content`` is LaTeX without the delimiters.

    ``display``: set on its own.  ``environment``: "align", "eqnarray", "cases", ... where the
    delimiter is an environment or the content is wholly one (its begin and end are removed),
    else "".  ``problem``: a sentence when the formula cannot be taken as it stands ("this formula
    is never closed"), else ""; the content is then what could be salvaged and is to be reported.
    ``said``: the left side of an equation that words say, as a formula; else "".  ``encoded``: in
    the text it looks otherwise (``%5C`` or two backslashes for one), so its content is shown.
    """

    span: Span
    content: str
    offsets: tuple[int, ...]
    display: bool
    environment: str = ""
    problem: str = ""
    said: str = ""
    encoded: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a paragraph, list item, table cell or quote: no sentence runs across it.

    ``closes``: sections of this level and deeper end here too (a proof's or a theorem's end);
    0 where none does.  Blank lines around a display do not end a sentence that runs on over them.
    """

    span: Span
    closes: int = 0


Item = Heading | Prose | Formula | Break


@dataclass(frozen=True)
class Document:
    """``path``: what the user called it.  ``items``: in the order of the text.

    ``place`` turns offsets into lines and columns.  ``front_matter``: the YAML block, or "".
    ``macros``: LaTeX definitions (\\newcommand, \\def, \\DeclareMathOperator, MathJax settings)
    that stand outside formulas, as their source text.
    """

    path: str
    text: str
    items: tuple[Item, ...]
    place: Callable[[Span], Place]
    front_matter: str = ""
    macros: tuple[str, ...] = ()

    def written(self, span: Span) -> str:
        """What stands there, as its author wrote it; LaTeX where he wrote an address."""
        for formula in self._encoded:
            if formula.span.start <= span.start and span.end <= formula.span.end:
                begin, end = (
                    bisect_left(formula.offsets, place) for place in (span.start, span.end)
                )
                return formula.content[begin:end].strip()
        return self.text[span.start : span.end].strip()

    @cached_property
    def _encoded(self) -> tuple[Formula, ...]:
        return tuple(x for x in self.items if isinstance(x, Formula) and x.encoded)
