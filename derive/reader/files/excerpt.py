"""The LaTeX of one formula, taken out of the text around it, with the offset of each character.

What does not belong to the formula is left out: carriage returns, invisible characters, the ``>``
of a quote, TeX comments.  What the document's own format escaped is written plainly: entities,
``\\|`` in a table, the doubled backslashes of ``\\\\( ... \\\\)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from derive.reader.document import Formula
from derive.reader.source import Span

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without a shape or meaning: soft hyphen, zero-width ones, direction marks."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOST_BACKSLASH = re.compile(r"\t(?:ext\w*\{|imes\b|heta\b|frac\{|ilde\b|au\b)")

# Environments whose body is rows of a derivation.  Their begin and end add nothing to the rows.
# Others (cases, matrices) mean something and stay in the content.
ROWS = frozenset((
    "equation", "displaymath", "math", "align", "aligned", "alignat", "alignedat", "xalignat",
    "xxalignat", "flalign", "gather", "gathered", "multline", "multlined", "split",
    "eqnarray", "dmath", "dgroup", "darray", "IEEEeqnarray", "array", "subequations",
))  # fmt: skip
_WITH_ARGUMENT = frozenset((
    "alignat", "alignedat", "xalignat", "xxalignat", "IEEEeqnarray", "array",
))  # fmt: skip

MATHEMATICAL = ROWS - {"subequations"} | frozenset((
    "cases", "dcases", "rcases", "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix",
    "Vmatrix", "smallmatrix", "empheq",
))  # fmt: skip
"""Environments that are mathematics also where no other delimiter stands around them."""

_BEGIN = re.compile(r"\s*\\begin\s*\{([A-Za-z]+)\*?\}(?:\s*\[[^\[\]\n]{0,40}\])?")
_ARGUMENT = re.compile(r"\s*(?:\[[^\[\]\n]{0,40}\]\s*)?\{(?:[^{}]|\{[^{}]*\}){0,200}\}")
_TURN = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+)\*?\}|\\.", re.DOTALL)
_CLOSING = re.compile(r"\\end\s*\{[A-Za-z]+\*?\}\s*\Z")


@dataclass(frozen=True, slots=True)
class Escapes:
    """How a formula is written within its document.

    ``quote``: depth of the quote whose ``>`` begin each of its lines.  ``tex``: a file of TeX,
    where ``%`` always begins a comment; elsewhere only if a line of the formula follows.
    ``table``: a pipe is written ``\\|``.  ``doubled``: backslashes are doubled.
    ``entities``: ``&lt;`` and the like stand for their characters.  ``address``: it is part of a
    URL, with ``%5C`` for a backslash; ``plus``: and with a plus for a blank.
    """

    quote: int = 0
    tex: bool = False
    table: bool = False
    doubled: bool = False
    entities: bool = True
    address: bool = False
    plus: bool = False


@dataclass(frozen=True, slots=True)
class _Habits:
    """What this one formula shows of its author's way to escape.

    ``lone``: single backslashes begin commands, so doubled ones may be row ends.  ``scripts``: all
    subscripts are written ``\\_``, for Markdown's sake.  ``sets``: so are the braces of sets.
    """

    lone: bool = False
    scripts: bool = False
    sets: bool = False


_LONE = re.compile(r"(?<!\\)(?:\\\\)*\\[A-Za-z]{2,}")
_BARE_SCRIPT = re.compile(r"(?<!\\)_")
_ESCAPED_SCRIPT = re.compile(r"(?:(?<![A-Za-z\\])[A-Za-z]|\\[A-Za-z]+|[}\])0-9'])\\_")
# ``y\_kp\_j``: the p behind the subscript k; so only where ``\sum\_`` shows what the marks are.
_BEHIND_A_SCRIPT = re.compile(r"(?:(?<=\\_[A-Za-z])|(?<=\^[A-Za-z]))[A-Za-z]\\_")
_OF_A_COMMAND = re.compile(r"\\[A-Za-z]+\\_")
# ``\sum\_{i=1}``: no name ends so, whatever the other marks are.
_BELOW_AN_OPERATOR = r"(?P<below>(?:(?<=\\sum)|(?<=\\prod)|(?<=\\int))\\(?=_))"


def _habits(raw: str, escapes: Escapes) -> _Habits:
    if escapes.tex or "\\" not in raw:
        return _Habits()
    if escapes.doubled:
        return _Habits(lone=_LONE.search(raw) is not None)
    marks = raw.count("\\_")
    if marks and _OF_A_COMMAND.search(raw) is not None:
        marks -= len(_BEHIND_A_SCRIPT.findall(raw))
    scripts = (
        marks > 0
        and len(_ESCAPED_SCRIPT.findall(raw)) == marks
        and _BARE_SCRIPT.search(raw) is None
    )
    sets = "\\\\{" in raw and "\\\\}" in raw and "\\begin" not in raw
    return _Habits(scripts=scripts, sets=sets)


_ENTITY = (
    r"(?P<entity>&(?:lt|gt|amp|quot|nbsp|space|ne|le|ge|minus|times|part|sum|prime|\#\d{2,6}"
    r"|\#x[0-9A-Fa-f]{2,5});)"
)
# One character, so that each keeps its place; beyond ASCII it has several bytes.
_PERCENT = r"(?P<percent>%[0-7][0-9A-Fa-f]|%[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f])+)"
# The size, the background and the font of a picture, which no formula has.
_OF_A_PICTURE = (
    r"(?P<drop>(?:\\|%5[Cc])"
    r"(?:(?:dpi|bg|fn)(?:_\w+|(?:\{|%7[Bb])\w+(?:\}|%7[Dd]))|inline\b)(?:%20|&space;)?)"
)


@lru_cache(maxsize=256)
def _edits(escapes: Escapes, habits: _Habits) -> re.Pattern[str]:
    """Matches each stretch that has to change."""
    if escapes.address:
        plus = r"|(?P<plus>\+)" if escapes.plus else ""
        return re.compile(rf"{_OF_A_PICTURE}|{_PERCENT}|{_ENTITY}{plus}")
    parts = [rf"(?P<drop>[\r{INVISIBLE}]+)"]
    if escapes.quote:
        parts.append(rf"(?P<quote>\n)[ \t]{{0,3}}(?:>[ \t]?){{1,{escapes.quote}}}")
    if escapes.table:
        parts.append(r"(?P<pipe>\\\|)")
    if escapes.doubled:
        letters = "" if habits.lone else "A-Za-z"
        parts.append(r"(?P<rows>\\\\\\\\)")
        parts.append(rf"(?P<double>\\\\(?=[{letters}{{}}_,;:!|#%&$]))")
    if habits.sets:
        parts.append(r"(?P<double>\\\\(?=[{}]))")
    parts.append(r"\\[\\%&]")
    if not escapes.tex:
        parts.append(_BELOW_AN_OPERATOR)
        marks = "_*" if escapes.doubled or habits.scripts else "*"
        parts.append(rf"(?P<mark>\\(?=[{marks}]))")
    parts.append(r"(?P<comment>%[^\n]*)" if escapes.tex else r"(?P<comment>%[^\n]*(?=\n))")
    if escapes.entities:
        parts.append(_ENTITY)
    return re.compile("|".join(parts))


_REPLACEMENT = {
    "below": "",
    "drop": "",
    "quote": "\n",
    "pipe": "|",
    "rows": "\\\\",
    "double": "\\",
    "mark": "",
    "comment": "",
    "plus": " ",
}


def excerpt(
    text: str, start: int, end: int, base: int, escapes: Escapes
) -> tuple[str, tuple[int, ...]]:
    """Content and offsets of ``text[start:end]``; ``base`` is added to every offset."""
    raw = text[start:end]
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for found in _edits(escapes, _habits(raw, escapes)).finditer(raw):
        kind = found.lastgroup
        if kind is None:
            continue
        if kind in ("entity", "percent"):
            new = _entity(found.group()) if kind == "entity" else unquote(found.group())
        else:
            new = _REPLACEMENT[kind]
        here = base + start + found.start()
        pieces.append(raw[position : found.start()])
        offsets.extend(range(base + start + position, here))
        pieces.append(new)
        offsets.extend([here] * len(new))
        position = found.end()
    if not position:
        return raw, tuple(range(base + start, base + end + 1))
    pieces.append(raw[position:])
    offsets.extend(range(base + start + position, base + end + 1))
    return "".join(pieces), tuple(offsets)


def _entity(reference: str) -> str:
    import html  # its tables take as long to load as a short document takes to scan

    return " " if reference == "&space;" else html.unescape(reference)


def _whole_environment(content: str) -> tuple[str, int, int] | None:
    """Name and body's ends, if ``content`` is one environment of rows from end to end."""
    begin = _BEGIN.match(content)
    if begin is None or begin.group(1) not in ROWS:
        return None
    closing = _CLOSING.search(content, max(begin.end(), len(content.rstrip()) - 40))
    if closing is None:
        return None
    depth = 0
    for turn in _TURN.finditer(content):
        if turn.group(1) is None:
            continue
        depth += 1 if turn.group(1) == "begin" else -1
        if depth == 0:
            if turn.start() != closing.start():
                return None
            break
    body = begin.end()
    if begin.group(1) in _WITH_ARGUMENT:
        argument = _ARGUMENT.match(content, body)
        body = argument.end() if argument else body
    return begin.group(1), body, closing.start()


def formula(
    text: str,
    span: Span,
    inner: Span,
    base: int,
    display: bool,
    escapes: Escapes,
    problem: str = "",
    environment: str = "",
) -> Formula:
    """The formula whose delimiters fill ``span`` and whose LaTeX is ``inner``.

    ``environment``: that of the delimiters, where they are not part of ``inner``.
    """
    content, offsets = excerpt(text, inner.start, inner.end, base, escapes)
    for _ in range(4):
        whole = _whole_environment(content)
        if whole is None:
            break
        environment, begin, end = whole
        content, offsets = content[begin:end], offsets[begin : end + 1]
    content, offsets = _trimmed(content, offsets)
    return Formula(
        Span(base + span.start, base + span.end),
        content,
        offsets,
        display,
        environment,
        problem or _defect(content),
        encoded=escapes.address or escapes.doubled,
    )


def _trimmed(content: str, offsets: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Without blanks at the ends; the blank of a final control space stays."""
    begin = len(content) - len(content.lstrip())
    end = max(begin, len(content.rstrip()))
    backslashes = end - len(content[:end].rstrip("\\"))
    if backslashes % 2 and end < len(content):
        end += 1
    return content[begin:end], offsets[begin : end + 1]


def _defect(content: str) -> str:
    if _TURNING.search(content):
        return "this formula holds a character that turns the direction of writing"
    control = _CONTROL.search(content)
    if control:
        code = f"U+{ord(control.group()):04X}"
        return f"this formula holds the control character {code} (a backslash may have been lost)"
    if _LOST_BACKSLASH.search(content):
        return "this formula holds a tab where a command seems to have lost its backslash"
    return ""
