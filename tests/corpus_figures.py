"""How much of a folder of documents is read, and how much of what they claim is decided.

    python -m tests.corpus_figures FOLDER

For each document: the equality signs between two expressions in displayed mathematics, how many of
them a statement covers, and the verdicts on its claims: on all of them, inline formulas,
inequalities and limits included, and on those at such a sign.  The signs are found by a plain scan
of the text that shares nothing with the reader: what the reader overlooks is counted all the same.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import derive

ENDINGS = (".md", ".tex", ".rst", ".txt", ".qmd", ".Rmd")
ENVIRONMENTS = r"(?:equation|align|alignat|gather|multline|eqnarray|displaymath|flalign)"
DISPLAYS = re.compile(
    r"\$\$(?P<dollars>.+?)\$\$"
    r"|\\\\?\[(?P<brackets>.+?)\\\\?\]"
    rf"|\\begin\{{(?P<name>{ENVIRONMENTS}\*?)\}}(?P<environment>.+?)\\end\{{(?P=name)\}}"
    r"|^```+\s*math\s*$(?P<fence>.+?)^```+\s*$"
    r"|<script type=\"math/tex; ?mode=display\">(?P<script>.+?)</script>"
    r"|^\.\. math::(?P<directive>[^\n]*(?:\n(?:[ \t]+\S[^\n]*|[ \t]*)$)*)",
    re.S | re.M,
)
# What is no mathematics, blanked before displays are looked for: code and comments.
OUTSIDE = re.compile(
    r"^(?P<fence>```+|~~~+)(?P<language>[^\n]*)\n.*?^(?P=fence)\s*$"
    r"|\{% highlight .*?\{% endhighlight %\}|<!--.*?-->|(?<!`)`[^`\n]+`(?!`)",
    re.S | re.M,
)
LATEX_COMMENTS = re.compile(r"(?<!\\)%[^\n]*")
SIGN = re.compile(
    r"\\(?:begin|end)\{(?P<environment>\w+)\*?\}"
    r"|\\(?:text|mbox|mathrm|textrm|textbf|tag|label|color|textcolor)\*?\{[^{}]*\}"
    r"|\\(?:stackrel|overset)\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\{=\}"
    r"|\\left\s*\\?.|\\right\s*\\?.|\\[{}]|\\(?:equiv|coloneqq)\b|\\[A-Za-z]+|\\."
    r"|:=|!=|<=|>=|==|[{}()\[\]=≡≔]"
)
# ``\quad i = j``: a condition of indices behind a formula.
CONDITION = re.compile(r"(?:\\q?quad|,)\s*[a-z]\s*=\s*[a-z]\s*(?:$|\\|,|\.)")
EQUALITIES = ("=", ":=", "==", "≡", "≔", "\\equiv", "\\coloneqq")


@dataclass(frozen=True)
class Figures:
    """What one document, or all of them, come to."""

    signs: int = 0
    read: int = 0
    proved: int = 0
    refuted: int = 0
    conditional: int = 0
    unproved: int = 0
    unread: int = 0
    claimed_signs: int = 0
    decided_signs: int = 0

    @property
    def decided(self) -> int:
        """The claims that are proved, refuted or conditional."""
        return self.proved + self.refuted + self.conditional

    @property
    def claims(self) -> int:
        """All claims."""
        return self.decided + self.unproved

    def __add__(self, other: Figures) -> Figures:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Figures(*(mine + theirs for mine, theirs in pairs))


def _blank(match: re.Match[str]) -> str:
    if "language" in match.re.groupindex and (match["language"] or "").strip() == "math":
        return match.group()
    return re.sub(r"[^\n]", " ", match.group())


def equality_signs(text: str, latex: bool = False) -> Iterator[int]:
    """The offsets of the equality signs between two expressions in displayed mathematics.

    Signs in subscripts, in brackets (``p(y = 1)``), in conditions and in words are none.
    """
    text = LATEX_COMMENTS.sub(_blank, text) if latex else OUTSIDE.sub(_blank, text)
    for display in DISPLAYS.finditer(text):
        group = next(k for k, v in display.groupdict().items() if v is not None and k != "name")
        yield from _signs(text, *display.span(group))


def _signs(text: str, start: int, end: int) -> Iterator[int]:
    conditions = {m.start() + m.group().index("=") for m in CONDITION.finditer(text, start, end)}
    depth, cases = 0, 0
    boxed: list[bool] = []
    before = ""
    for match in SIGN.finditer(text, start, end):
        piece = match.group()
        if match["environment"] in ("cases", "array", "matrix", "bmatrix", "pmatrix", "vmatrix"):
            cases += 1 if piece.startswith("\\begin") else -1
        elif piece.startswith(("\\stackrel", "\\overset")) and depth == 0 == cases:
            yield match.end() - 2
        elif piece.startswith("\\left"):
            depth += 1
        elif piece.startswith("\\right") and not piece.startswith("\\righta"):
            depth -= 1
        elif piece == "{":
            # The braces of a box hold what would stand there without them.
            boxed.append(before == "\\boxed")
            depth += 0 if boxed[-1] else 1
        elif piece == "}":
            depth -= 0 if boxed and boxed[-1] else 1
            boxed[-1:] = []
        elif piece in ("(", "["):
            depth += 1
        elif piece in (")", "]"):
            depth -= 1
        elif piece in EQUALITIES and depth == 0 == cases and match.start() not in conditions:
            yield match.start()
        before = piece


def figures(text: str, path: str) -> Figures:
    """The figures of one document."""
    report = derive.check(text, path=path)
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    signs = list(equality_signs(text, latex=path.endswith(".tex")))
    covered: list[tuple[int, int]] = []
    lost: list[tuple[int, int]] = []
    at_signs: list[bool] = []
    for judgement in report.judgements:
        statement, place = judgement.statement, judgement.statement.place
        span = (
            starts[place.line - 1] + place.column - 1,
            starts[place.end_line - 1] + place.end_column - 1,
        )
        (lost if statement.kind == "unread" else covered).append(span)
        if judgement.verdict is not None and any(_within(sign, [span]) for sign in signs):
            at_signs.append(judgement.verdict.outcome != "unproved")
    read = [s for s in signs if _within(s, covered) and not _within(s, lost)]
    verdicts = Counter(j.verdict.outcome for j in report.claims if j.verdict is not None)
    return Figures(
        len(signs),
        len(read),
        **verdicts,
        unread=len(lost),
        claimed_signs=len(at_signs),
        decided_signs=sum(at_signs),
    )


def _within(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= offset <= end for start, end in spans)


def table(folder: Path) -> str:
    """A table with a row for each document of the folder that holds a claim, and one for all."""
    head = ("document", "signs", "read", "claims", "decided", "proved", "refuted")
    rows = [(*head, "conditional", "unproved", "unread", "at signs", "decided")]
    whole = Figures()
    for path in sorted(p for p in folder.iterdir() if p.suffix in ENDINGS):
        found = figures(path.read_bytes().decode("utf-8", "replace"), path.name)
        if found.claims or found.signs:
            whole += found
            rows.append(_row(path.stem[:32], found))
    rows.append(_row("all", whole))
    rows.append(
        ("", "", _percent(whole.read, whole.signs), "", _percent(whole.decided, whole.claims))
        + ("",) * 6
        + (_percent(whole.decided_signs, whole.claimed_signs),)
    )
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = (
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
    return "\n".join(lines)


def _row(name: str, found: Figures) -> tuple[str, ...]:
    numbers = (
        found.signs,
        found.read,
        found.claims,
        found.decided,
        found.proved,
        found.refuted,
        found.conditional,
        found.unproved,
        found.unread,
        found.claimed_signs,
        found.decided_signs,
    )
    return (name, *map(str, numbers))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main(arguments: list[str]) -> int:
    """Prints the table of a folder."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m tests.corpus_figures FOLDER", file=sys.stderr)
        return 2
    print(table(Path(arguments[0])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
