"""A formula's source as tokens: commands, letters, numbers, signs, braces.

Unicode is written back as LaTeX here, spaces and commands that only change the look are left
out, so that the rooms above see one spelling.  Every token keeps its place in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from derive.reader.document import Formula
from derive.reader.formulas import unicode
from derive.reader.formulas.symbols import word_set
from derive.reader.source import Span

Kind = Literal[
    "command", "letter", "number", "symbol", "open", "close", "left", "right", "row", "wide"
]


@dataclass(frozen=True, slots=True)
class Token:
    """``text``: canonical (``\\frac``, ``x``, ``0.5``, ``:=``).  ``raw``: as the author typed it.

    "left" and "right" carry the delimiter that they enlarge; "row" is ``\\\\``; "wide" is a space
    that separates (``\\quad``).  ``spaced``: white space stands before it in the source.
    """

    kind: Kind
    text: str
    start: int
    end: int
    raw: str
    spaced: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class CannotRead(Exception):
    """What the parser cannot take: where, and a sentence that names the symbol and the reason."""

    def __init__(self, span: Span, reason: str) -> None:
        super().__init__(reason)
        self.span = span
        self.reason = reason


MAXIMAL_LENGTH = 60_000
"""Characters of one formula; a longer one is no formula that a person wrote."""

MAXIMAL_TOKENS = 15_000
"""Tokens of one formula once its macros are expanded."""

_DIMENSION = r"-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|px|pc|bp)"
# 1e-3, 1e{-3}, 1\mathrm{e}{-3}, 1\text{e-}3
_EXPONENT = (
    r"[eE][+-]?\d+|[eE]\{[+-]\d+\}|[eE]\{[+-]\}\d+|"
    r"\\(?:mathrm|text|textrm|mbox)\{[eE](?:\}\{[+-]\d+\}|\}\{[+-]\}\d+|[+-]\d+\}|[+-]\}\d+)"
)
_TOKEN = re.compile(
    rf"""
      (?P<comment>   %[^\n]*(?:\n\s*)? )
    | (?P<space>     \s+ )
    | (?P<row>       \\\\\*?(?:\s*\[\s*(?:{_DIMENSION}|-?[\d.]*\\[a-z]+)\s*\])?
                   | \\(?:newline|cr|tabularnewline)(?![A-Za-z]) )
    | (?P<fence>     \\(?:left|right)(?![A-Za-z])\s*(?P<delimiter>\\[A-Za-z]+|\\.|[^\s\\]) )
    | (?P<wide>      \\q?quad(?![A-Za-z])
                   | \\[hm]space\*?\s*\{{[^{{}}]*\}} | \\[hm]?skip\s*{_DIMENSION}
                   | \\hfill?(?![A-Za-z]) | \\enspace(?![A-Za-z])
                   | (?:(?:\\[ ;]|~)\s*){{2,}} )
    | (?P<thin>      \\[ ,;:!>/\n\t] | ~ | \\(?:thin|med|thick|negthin)?space(?![A-Za-z])
                   | \\[vk](?:space|ern|skip)\*?\s*(?:\{{[^{{}}]*\}}|{_DIMENSION}) )
    | (?P<environment>  \\(?:begin|end)\s*\{{\s*[A-Za-z]+\*?\s*\}} )
    | (?P<equality>  \\(?:text[a-z]*|[mh]box|mathrm|operatorname)\s*\{{[\s,;.]*
                     (?:(?:which|this|that|it|and|also|then)\s+)*
                     (?:equals|(?:is|are)\s+equal(?:\s+to)?)[\s~:,]*\}} )
    | (?P<command>   \\[A-Za-z@]+\*? | \\[\S] )
    | (?P<number>    (?:\d{{1,3}}(?:(?:\{{,\}}|\\,)\d{{3}})+ | \d+)(?:\.\d+)?(?:{_EXPONENT})?
                   | \.\d+(?:{_EXPONENT})? )
    | (?P<dots>      \.\.+ )
    | (?P<double>    :[ ]?=|=:|!=|==|<=|>=|->|=> )
    | (?P<symbol>    . )
    """,
    re.VERBOSE | re.DOTALL,
)

_NUMBERED = 4  # tokens of a full stop and the number of an equation
_ONLY_LOOKS = word_set(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits big Big bigg Bigg "
    "bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm mathstrut strut "
    "allowbreak nobreak break noindent centering raggedright normalsize small footnotesize "
    "large Large LARGE huge Huge tiny nonumber notag hline mathrel mathbin mathord mathopen "
    "mathclose mathpunct mathinner relax protect displaybreak allowdisplaybreaks unboldmath "
    "boldmath "
    "null smallskip medskip bigskip leavevmode par ensuremath qed qedhere square "
    "blacksquare Box"
)
_FOLDED_COMMANDS = {
    "\\dots": "\\ldots", "\\dotsc": "\\ldots", "\\dotsb": "\\cdots", "\\dotsm": "\\cdots",
    "\\dotsi": "\\cdots", "\\dotso": "\\ldots", "\\lbrace": "\\{", "\\rbrace": "\\}",
    "\\vert": "|", "\\Vert": "\\|", "\\lbrack": "[", "\\rbrack": "]", "\\lparen": "(",
    "\\rparen": ")", "\\sp": "^", "\\sb": "_", "\\colon": ":", "\\lt": "<", "\\gt": ">",
    "\\ast": "*", "\\prime": "'", "\\cdotp": "\\cdot", "\\centerdot": "\\cdot",
    "\\bullet": "\\cdot", "\\bigodot": "\\odot", "\\middle": "",
    "\\operatornamewithlimits": "\\operatorname",
    "\\operatorname*": "\\operatorname",
    # the short names of KaTeX, MathJax and wikis
    "\\part": "\\partial", "\\infin": "\\infty", "\\isin": "\\in", "\\sdot": "\\cdot",
    "\\plusmn": "\\pm", "\\larr": "\\leftarrow", "\\rarr": "\\to", "\\rArr": "\\Rightarrow",
    "\\Rarr": "\\Rightarrow", "\\lang": "\\langle", "\\rang": "\\rangle", "\\sub": "\\subset",
    "\\sube": "\\subseteq", "\\empty": "\\emptyset", "\\thetasym": "\\vartheta",
    "\\triangledown": "\\nabla", "\\bigtriangledown": "\\nabla",
}  # fmt: skip


_NO_FACTOR = frozenset([")", "]", ",", ";", "=", "<", ">", ":=", "|"])


def _meant(tokens: list[Token]) -> list[Token]:
    """The tokens without what only sounds: ``\\sum_{\\forall x}``, a full stop before ``(10)``."""
    texts = [token.text for token in tokens]
    stop = len(texts) - _NUMBERED
    while stop > 0 and texts[stop] in ("\\qquad", "\\quad"):
        stop -= 1
    if stop > 0 and texts[stop] == "." and texts[-3::2] == ["(", ")"]:
        if tokens[-2].kind == "number":
            del tokens[stop], texts[stop]
    kept = [
        token
        for n, token in enumerate(tokens)
        if not (n > 1 and token.text == "\\forall" and texts[n - 2 : n] == ["_", "{"])
        and not (n and token.text == texts[n - 1] == "=" and tokens[n - 1].end == token.start)
        and not (token.kind == "row" and texts[n + 1 : n + 2] == ["_"])  # an escaped a\\_b
    ]
    return _starred(kept)


def _starred(tokens: list[Token]) -> list[Token]:
    """``Q*`` before what no product goes on with is ``Q^*``."""
    made: list[Token] = []
    for n, token in enumerate(tokens):
        after = tokens[n + 1] if n + 1 < len(tokens) else None
        ends = after is None or after.kind in ("close", "row") or after.text in _NO_FACTOR
        before = tokens[n - 1] if n else None
        if token.text == "*" and ends and before is not None and before.kind == "letter":
            made.append(replace(token, text="^", raw="^"))
        made.append(token)
    return made


def tokenize(formula: Formula) -> list[Token]:
    """The tokens of a formula, Unicode folded, without spaces and changes of size.

    Raises CannotRead where the formula is too long.
    """
    if len(formula.content) > MAXIMAL_LENGTH:
        raise CannotRead(
            formula.span,
            f"the formula is longer than {MAXIMAL_LENGTH:,} characters".replace(",", " "),
        )
    tokens = _meant(list(_tokens(*_with_words(formula.content, formula.offsets))))
    if len(tokens) > MAXIMAL_TOKENS:
        raise too_many(formula.span)
    return tokens


_APART = r"\\(?:[ :;,>]|q?quad(?![A-Za-z]))|~"
# Words that lead into a statement and are typed as letters: "let \: t = 1", "\quad if \quad",
# "\min_x f \quad s.t. \quad g = 0".
_TYPED_WORD = re.compile(
    rf"(?P<before>(?:\A|\\\\|[&,;.]|{_APART})\s*)"
    r"(?P<word>s\.\s*t\.|(?:let|where|since|because|hence|thus|therefore|when|whenever|otherwise|suppose|"
    r"assume|then)(?=\s*(?:" + _APART + r")|\s+\S)|"
    r"(?:for|and|if|so|or|as)(?=\s*(?:" + _APART + r")))",
    re.I,
)
# "Log-Odds": one name; nothing is called Log by itself, to subtract from.
_HYPHENATED = re.compile(
    r"(?<![A-Za-z\\-])(?P<word>(?:Log|Cross|Neg|Negative|Binary|Skip|Soft|Hard|Non)-[A-Z][a-z]{2,})"
    r"(?![A-Za-z-])"
)


def _with_words(content: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The source with ``\\text{let}`` for such a word, and the place of each character."""
    typed = (*_TYPED_WORD.finditer(content), *_HYPHENATED.finditer(content))
    found = [m for m in typed if _is_outside(content[: m.start()])]
    found.sort(key=re.Match.start)
    if not found:
        return content, offsets
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in found:
        begin, end = match.span("word")
        pieces.extend((content[at:begin], "\\text{", content[begin:end], "}"))
        places.extend(offsets[at:begin])
        places.extend([offsets[begin]] * len("\\text{"))
        places.extend(offsets[begin:end])
        places.append(offsets[end])
        at = end
    pieces.append(content[at:])
    places.extend(offsets[at:])
    return "".join(pieces), places


def _is_outside(before: str) -> bool:
    """Whether no brace is open: not within ``\\text{...}``, where words are words already."""
    bare = re.sub(r"\\\\.", "", before)
    return bare.count("{") == bare.count("}")


def too_many(span: Span) -> CannotRead:
    return CannotRead(
        span, f"the formula has more than {MAXIMAL_TOKENS:,} symbols".replace(",", " ")
    )


def tokenize_source(source: str, span: Span) -> list[Token]:
    """Tokens of LaTeX that stands elsewhere (a macro's body): all at ``span``."""
    places = _Constant(span)
    return [replace(token, start=span.start, end=span.end) for token in _tokens(source, places)]


class _Constant(Sequence[int]):
    """Offsets of a source that has no places of its own."""

    def __init__(self, span: Span) -> None:
        self.value = span.start

    def __getitem__(self, index: int | slice) -> int:  # type: ignore[override]
        return self.value

    def __len__(self) -> int:
        return 1


def _tokens(content: str, offsets: Sequence[int]) -> Iterator[Token]:
    held: list[Token] = []  # the last letter, kept back in case an accent combines with it
    spaced = False
    position = 0
    while position < len(content):
        match = _TOKEN.match(content, position)
        assert match is not None  # the last alternative takes any character
        name = match.lastgroup or ""
        begin, end, raw = position, match.end(), match.group()
        if name == "symbol" and raw in unicode.INVISIBLE:
            position = end
            continue
        if name == "symbol" and raw in unicode.ACCENTS and held:
            held = _accented(held, raw, offsets[end])
            position = end
            continue
        if name == "symbol" and raw == unicode.NOT_EQUAL and held and held[-1].text == "=":
            held = [replace(held[-1], kind="command", text="\\neq", end=offsets[end])]
            position = end
            continue
        yield from held
        held = []
        if name == "symbol":
            end = _script_end(content, begin, end)
        position = end
        if name in ("comment", "space", "thin"):
            spaced = True
            continue
        start, stop = offsets[begin], offsets[end]
        made = _token(name, match, content[begin:end], start, stop, spaced)
        if not made and name == "command":
            continue
        spaced = False
        if len(made) == 1 and made[0].kind in ("letter", "command", "symbol"):
            held = made
        else:
            yield from made
    yield from held


def _script_end(content: str, begin: int, end: int) -> int:
    """The end of the run of raised (or lowered) characters that starts at ``begin``."""
    for table in (unicode.SUPERSCRIPTS, unicode.SUBSCRIPTS):
        if content[begin] in table:
            while end < len(content) and content[end] in table:
                end += 1
    return end


def _accented(held: list[Token], accent: str, end: int) -> list[Token]:
    base = replace(held[-1], end=end)
    if base.kind == "symbol":
        return held
    return [
        replace(base, kind="command", text="\\" + unicode.ACCENTS[accent], raw=base.raw + accent),
        replace(base, kind="open", text="{", raw=""),
        replace(base, raw=""),
        replace(base, kind="close", text="}", raw=""),
    ]


def _token(
    name: str, match: re.Match[str], raw: str, start: int, end: int, spaced: bool
) -> list[Token]:
    def one(kind: Kind, text: str) -> list[Token]:
        return [Token(kind, text, start, end, raw, spaced)]

    if name == "command":
        text = _FOLDED_COMMANDS.get(raw, raw)
        plain = raw.rstrip("*")
        if text == "" or plain[1:] in _ONLY_LOOKS:
            return []
        if text[0] != "\\":
            return one("symbol", text)
        return one("command", text if text in ("\\*",) else text.rstrip("*"))
    if name == "equality":
        return one("symbol", "=")
    if name == "environment":
        return one("command", re.sub(r"[\s*]", "", raw))
    if name == "row":
        return one("row", "\\\\")
    if name == "delimiter" or name == "fence":
        delimiter = match.group("delimiter")
        delimiter = _FOLDED_COMMANDS.get(delimiter, delimiter)
        delimiter = unicode.SYMBOLS.get(delimiter, delimiter)
        return one("left" if raw.startswith("\\left") else "right", delimiter)
    if name == "wide":
        return one("wide", "\\quad")
    if name == "number":
        return one("number", re.sub(r"\{,\}|\\,|\\[a-z]+|[{}]", "", raw))
    if name == "dots":
        return one("command", "\\ldots")
    if name == "double":
        return one("symbol", raw.replace(" ", ""))  # "w : = w - d"
    return _symbol(raw, start, end, spaced)


def _symbol(raw: str, start: int, end: int, spaced: bool) -> list[Token]:
    kind: Kind = "open" if raw == "{" else "close" if raw == "}" else "symbol"
    if raw.isascii():
        kind = "letter" if raw.isalpha() else kind
        return [Token(kind, raw, start, end, raw, spaced)]
    source = _latex_for(raw)
    if source is None:
        return [Token("letter" if raw.isalpha() else "symbol", raw, start, end, raw, spaced)]
    made = [
        replace(token, start=start, end=end, raw="")
        for token in _tokens(source, _Constant(Span(start, end)))
    ]
    if made:
        made[0] = replace(made[0], raw=raw, spaced=spaced)
    return made


def _latex_for(raw: str) -> str | None:
    """LaTeX that means the same as one Unicode character or a run of scripts."""
    for table, mark in ((unicode.SUPERSCRIPTS, "^"), (unicode.SUBSCRIPTS, "_")):
        if raw[0] in table:
            return mark + "{" + "".join(table[character] for character in raw) + "}"
    if raw in unicode.SYMBOLS:
        return unicode.SYMBOLS[raw]
    accented = unicode.letter_and_accent(raw)
    if accented is not None:
        return f"\\{accented[1]}{{{accented[0]}}}"
    styled = unicode.styled_letter(raw)
    if styled is not None:
        return f"\\{styled[1]}{{{styled[0]}}}" if styled[1] else styled[0]
    return None


def source_of(tokens: Sequence[Token]) -> str:
    """What the author typed for a stretch of tokens, white space reduced to one blank."""
    return "".join((" " if token.spaced else "") + token.raw for token in tokens).strip()


def after_braces(tokens: Sequence[Token], index: int) -> int:
    """The position after what stands in braces at a position, or that position itself."""
    depth = 0
    while index < len(tokens) and (depth or tokens[index].kind == "open"):
        depth += (tokens[index].kind == "open") - (tokens[index].kind == "close")
        index += 1
        if depth == 0:
            break
    return index
