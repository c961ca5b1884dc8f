"""Headings: what makes a line one, how deep it stands, and its title without markup.

Levels: 1 to 6 as the format numbers them; then what authors write as plain lines.  A part stands
above a bold line or a theorem, that above cases and steps.  Cases hold steps, unless steps were
open when the first case came: then those cases belong to that step, and the next step ends them.
A bold line that ends with a colon only leads over to what follows: it ends no case, unless its
words gather the cases up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

PART, TOPIC, CASE, STEP, CASE_OF_STEP, LEAD = 7, 8, 9, 10, 11, 12

_NUMBER = r"(?:\#?\s*\d+(?:\.\d+)*|[IVX]+|[A-Za-z]|one|two|three|four|first|second|third)"
_SEPARATOR = r"(?:\s*[:.)\]–—-](?!\d)|(?=\s*\([^()]{1,120}\)[\W_]{0,4}(?:$|:))|[\W_]{0,4}$)"
_WORD_NUMBER = re.compile(
    rf"[\W_]{{0,12}}(?P<kind>Case|Part|Step|Stage|Phase)\s+{_NUMBER}(?P<separator>{_SEPARATOR})",
    re.IGNORECASE,
)
_CASE_CONDITION = re.compile(
    r"[\W_]{0,12}Case\b\s*(?:[:(]|when\b|where\b|if\b|of\b)?\s*"
    r"(?=\$|\\\(|\\\\\(|[A-Za-z](?:_\w)?\s*(?:=|≠|!=|<|>|==))",
    re.IGNORECASE,
)
_TOPIC_LINE = re.compile(
    r"(?:Proof(?:\s+of\s[^.$\\]{1,60})?|(?:Theorem|Lemma|Proposition|Corollary|Example|Solution|"
    r"Derivation|Summary|Conclusion|Appendix|Method|Approach)"
    r"(?:\s+[\dA-Z][\d.]*)?(?:\s*\([^()]{1,80}\))?)\s*[.:]?\s*$"
)
_GATHERS = re.compile(
    r"\b(?:combin|both cases|all cases|together|unif|summar|conclu|final|overall)", re.IGNORECASE
)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Marker:
    """What a plain line announces: "part", "case", "step" or "topic", and where the marker ends."""

    kind: str
    end: int


def marker(line: str) -> Marker | None:
    """The heading that ``line`` (without markup, blanks stripped) opens with, if any.

    "Case 1: j = k", "Case $i = j$", "Step 3.", "Part 2 - The loss"; "Proof." if it stands alone.
    """
    if len(line) > _LONGEST:
        return None
    found = _WORD_NUMBER.match(line)
    if found and line[found.start("kind")].isupper():
        kind = found.group("kind").lower()
        return Marker(kind if kind in ("case", "part") else "step", found.end())
    found = _CASE_CONDITION.match(line)
    if found and "C" in found.group():
        return Marker("case", found.end())
    if _TOPIC_LINE.match(line):
        return Marker("topic", len(line))
    return None


@dataclass(slots=True)
class Outline:
    """The headings that are open, so that cases and steps find their level."""

    open: list[int] = field(default_factory=list)

    def enter(self, level: int) -> None:
        """Open a heading of ``level``."""
        self.leave(level)
        self.open.append(level)

    def leave(self, level: int) -> None:
        """End all sections of ``level`` and deeper."""
        while self.open and self.open[-1] >= level:
            self.open.pop()

    def level_of(self, kind: str) -> int:
        """The level that a "part", "topic", "case", "step" or "lead" has here."""
        if kind == "case":
            in_step = STEP in self.open and CASE not in self.open
            return CASE_OF_STEP if in_step else CASE
        return {"part": PART, "topic": TOPIC, "step": STEP, "lead": LEAD}[kind]


def bold_kind(title: str) -> str:
    """What a line all in bold is, if no marker says so: a "topic" or a "lead" to what follows."""
    leads = title.rstrip("*_ \t").endswith((":", ","))
    return "lead" if leads and not _GATHERS.search(title) else "topic"


_MARKUP = re.compile(
    r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+|<[^<>]*>|\{[#:.][^{}]*\}|"
    r"\\(?:textbf|textit|emph|underline|textsc|textrm|texttt|bf|it|large|Large|noindent|label"
    r"|protect|hfill|bfseries|itshape|par)\b\*?|[{}]|~"
)
_UNSPOKEN = re.compile(r"\\(?:label|footnote|thanks|cite|ref|eqref|vspace|hspace)\*?\{[^{}]*\}")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])?")


def plain(markup: str) -> str:
    """``markup`` without emphasis, links, tags, attributes and TeX's font commands."""
    return _MARKUP.sub("", _LINK.sub(r"\1", _UNSPOKEN.sub("", markup)))


def title(text: str, start: int, end: int, formulas: list[tuple[int, int]]) -> str:
    """The title ``text[start:end]`` in plain words; its formulas stay as they are written."""
    pieces = []
    for begin, stop in formulas:
        pieces.append(plain(text[start:begin]))
        pieces.append(text[begin:stop])
        start = stop
    pieces.append(plain(text[start:end]))
    return re.sub(r"\s+", " ", "".join(pieces)).strip().strip("#").strip()
