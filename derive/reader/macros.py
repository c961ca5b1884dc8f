"""Macros: \\newcommand, \\def, \\DeclareMathOperator, the settings of MathJax, and their expansion.

Expansion is bounded: a macro that calls itself, or many that double, end in CannotRead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from derive.reader.document import Document, Formula, Heading
from derive.reader.formulas.symbols import word_set
from derive.reader.formulas.tokens import (
    MAXIMAL_TOKENS,
    CannotRead,
    Token,
    source_of,
    tokenize_source,
    too_many,
)
from derive.reader.source import Span

_NOWHERE = Span(0, 0)
_DEFINING = word_set(
    "\\newcommand \\renewcommand \\providecommand \\DeclareRobustCommand \\def \\gdef \\let "
    "\\DeclareMathOperator \\edef \\xdef"
)
_SETTING = re.compile(
    r"""["']?(?P<name>[A-Za-z]+)["']?\s*:\s*
        (?: \[\s* (?P<quote>["'])(?P<body>(?:\\.|(?!(?P=quote)).)*)(?P=quote)
                \s*,\s*(?P<count>\d)[^\]]*\]
          | (?P<quote2>["'])(?P<plain>(?:\\.|(?!(?P=quote2)).)*)(?P=quote2) )""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Macro:
    """``body`` with numbers where the arguments go; ``default``: of an optional first argument."""

    parameters: int
    body: tuple[Token | int, ...]
    default: tuple[Token, ...] | None = None
    keeps_places: bool = False


@dataclass(frozen=True)
class Macros:
    """What each command (with its backslash) stands for."""

    table: Mapping[str, Macro] = field(default_factory=dict)

    @staticmethod
    def of(document: Document) -> Macros:
        """All macros that a document defines, wherever it does: the last definition counts."""
        table: dict[str, Macro] = {}
        for source in document.macros:
            _collect(source, table)
            if "\\" not in source.lstrip()[:1]:
                _collect_settings(source, table)
        for formula in _formulas(document):
            if any(command in formula.content for command in _DEFINING):
                _collect(formula.content, table)
        return Macros(table)

    def stand_in(self, source: str) -> bool:
        """Whether a command of the document, or of a package, may stand in the text."""
        return any(name in source for name in (*self.table, *_PACKAGED))


def _formulas(document: Document) -> Iterator[Formula]:
    for item in document.items:
        if isinstance(item, Formula):
            yield item
        elif isinstance(item, Heading):
            yield from item.formulas


def _collect(source: str, table: dict[str, Macro]) -> None:
    pending = list(reversed(tokenize_source(source, _NOWHERE)))
    while pending:
        token = pending.pop()
        if token.text in _DEFINING:
            try:
                _define(token, pending, table)
            except CannotRead:
                continue  # the formula that uses the command will say that it is unknown


def _collect_settings(source: str, table: dict[str, Macro]) -> None:
    for match in _SETTING.finditer(source):
        body = match["body"] if match["body"] is not None else match["plain"]
        count = int(match["count"] or 0)
        body = body.replace("\\\\", "\\")
        table["\\" + match["name"]] = Macro(count, _template(tokenize_source(body, _NOWHERE)))


def _template(tokens: Sequence[Token]) -> tuple[Token | int, ...]:
    """A macro's body: ``#1`` becomes the number 1."""
    body: list[Token | int] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        follower = tokens[position + 1] if position + 1 < len(tokens) else None
        if token.text == "#" and follower is not None and follower.text[:1].isdigit():
            body.append(int(follower.text[0]))
            if len(follower.text) > 1:
                body.append(replace(follower, text=follower.text[1:]))
            position += 2
        else:
            body.append(token)
            position += 1
    return tuple(body)


def _built_in(parameters: int, source: str, default: str | None = None) -> Macro:
    return Macro(
        parameters,
        _template(tokenize_source(source, _NOWHERE)),
        None if default is None else tuple(tokenize_source(default, _NOWHERE)),
        keeps_places=True,
    )


_BUILT_IN: dict[str, Macro] = {
    "\\" + name: macro
    for names, macro in (
        ("color hphantom vphantom phantom require", _built_in(1, "")),
        ("cancel bcancel xcancel fbox smash mathclap mathrlap", _built_in(1, "{#1}")),
        ("mathllap rlap llap", _built_in(1, "{#1}")),
        ("textcolor cancelto class cssId style colorbox href", _built_in(2, "{#2}")),
        ("fcolorbox", _built_in(3, "{#3}")),
        ("bbox", _built_in(2, "{#2}", "")),
        ("raisebox", _built_in(2, "{#2}")),
        ("norm", _built_in(1, "\\left\\|#1\\right\\|")),
        ("abs", _built_in(1, "\\left|#1\\right|")),
        ("dd", _built_in(1, "d #1")),
        ("vb va vectorbold vectorarrow", _built_in(1, "\\mathbf{#1}")),
        ("vu", _built_in(1, "\\hat{#1}")),
        ("vdot dotproduct", _built_in(0, "\\cdot")),
        ("grad gradient", _built_in(0, "\\nabla")),
        ("pqty", _built_in(1, "\\left(#1\\right)")),
        ("bqty", _built_in(1, "\\left[#1\\right]")),
        ("set Set Bqty", _built_in(1, "\\left\\{#1\\right\\}")),
        ("R RR Rr reals Reals", _built_in(0, "\\mathbb{R}")),
        ("N NN Nn", _built_in(0, "\\mathbb{N}")),
        ("Z ZZ Zz", _built_in(0, "\\mathbb{Z}")),
        ("C CC", _built_in(0, "\\mathbb{C}")),
        ("E EE Expect", _built_in(0, "\\mathbb{E}")),
        ("eps", _built_in(0, "\\epsilon")),
    )
    for name in names.split()
}  # fmt: skip
"""Commands that are known by what they stand for; a document may define its own."""


_DERIVATIVES = {"\\dv": "d", "\\od": "d", "\\pdv": "\\partial", "\\pd": "\\partial"}
"""Derivatives of the packages physics and commath: ``\\dv[2]{f}{x}``, ``\\pdv{f}{x}{y}``."""

_PACKAGED = (*_DERIVATIVES, "\\qty", "\\quantity", "\\vb", "\\vu", "\\vdot", "\\dd", "\\grad")
"""Commands of packages that are written out where formulas are shown."""


def expand(tokens: Sequence[Token], macros: Macros) -> list[Token]:
    """Tokens without macros.  What a macro makes has the place of its call.

    Raises CannotRead where a definition or an argument is broken or the expansion has no end.
    """
    table: dict[str, Macro] = {**_BUILT_IN, **macros.table}
    known = {*table, *_DEFINING, *_DERIVATIVES, "\\qty", "\\quantity"}
    if not any(token.text in known for token in tokens):
        return list(tokens)
    pending = list(reversed(tokens))
    result: list[Token] = []
    written = 0
    while pending:
        token = pending.pop()
        if token.kind != "command":
            result.append(token)
        elif token.text in _DEFINING:
            _define(token, pending, table)
        elif token.text in table:
            made = _call(token, table[token.text], pending)
            written += len(made) + 1
            if written > MAXIMAL_TOKENS:
                raise CannotRead(token.span, f"the macro {token.text} expands without end")
            pending.extend(reversed(made))
        elif token.text in _DERIVATIVES:
            pending.extend(reversed(_derivative(token, _DERIVATIVES[token.text], pending)))
        elif token.text in ("\\qty", "\\quantity"):
            if pending and pending[-1].kind == "open":
                pending.extend(reversed(_call(token, table["\\pqty"], pending)))
        else:
            result.append(token)
        if len(result) > MAXIMAL_TOKENS:
            raise too_many(token.span)
    return result


def written_out(source: str, macros: Macros) -> str:
    """LaTeX with the document's own commands replaced by what they stand for."""
    if not macros.stand_in(source):
        return source
    try:
        tokens = expand(tokenize_source(source, _NOWHERE), macros)
    except CannotRead:
        return source
    pieces: list[str] = []
    for token in tokens:
        text = token.text
        if token.kind in ("left", "right"):
            text = f"\\{token.kind}{text}"
        glued = pieces and pieces[-1][:1] == "\\" and pieces[-1][-1:].isalpha()
        space = " " if token.spaced or (glued and text[:1].isalpha()) else ""
        pieces.append(space + text)
    return "".join(pieces)


def _call(call: Token, macro: Macro, pending: list[Token]) -> list[Token]:
    last = call
    arguments: list[list[Token]] = []
    for number in range(macro.parameters):
        if number == 0 and macro.default is not None:
            optional = _bracketed(pending)
            if optional is None:
                arguments.append(list(macro.default))
            else:
                arguments.append(optional[0])
                last = optional[1]
            continue
        argument, last = _argument(call, pending)
        arguments.append(argument)
    span = Span(call.start, max(call.end, last.end))
    made: list[Token] = []
    for piece in macro.body:
        if isinstance(piece, Token):
            made.append(replace(piece, start=span.start, end=span.end, raw=""))
        elif piece <= len(arguments):
            for token in arguments[piece - 1]:
                made.append(
                    token
                    if macro.keeps_places
                    else replace(token, start=span.start, end=span.end, raw="")
                )
    if made and not macro.keeps_places:
        shown = call.raw + "".join("{" + source_of(argument) + "}" for argument in arguments)
        made[0] = replace(made[0], raw=shown, spaced=call.spaced)
    elif made:
        made[0] = replace(made[0], spaced=call.spaced)
    return made


def _derivative(call: Token, sign: str, pending: list[Token]) -> list[Token]:
    """``\\dv{f}{x}``, ``\\dv{x}``, ``\\dv[n]{f}{x}``, ``\\pdv{f}{x}{y}`` as fractions."""
    order = _bracketed(pending)
    first, last = _argument(call, pending)
    given = [first]
    most = 3 if sign == "\\partial" and order is None else 2
    while len(given) < most and pending and pending[-1].kind == "open":
        argument, last = _argument(call, pending)
        given.append(argument)
    above, below = (given[0], given[1:]) if len(given) > 1 else ([], given)
    at = partial(replace, start=call.start, end=last.end, raw="")

    def written(source: str) -> list[Token]:
        return [at(token) for token in tokenize_source(source, _NOWHERE)]

    power = written(f"^{len(below)}") if len(below) > 1 else []
    if order is not None:
        power = [*written("^{"), *order[0], *written("}")]
    signs = [part for one in below for part in (*written(f"{sign} "), *one)]
    top = [*written(sign), *power, *above]
    made = [*written("\\frac{"), *top, *written("}{"), *signs]
    made += [*(power if order is not None else ()), *written("}")]
    made[0] = replace(made[0], spaced=call.spaced)
    return made


def _argument(call: Token, pending: list[Token]) -> tuple[list[Token], Token]:
    """The next argument without its braces, and its last token."""
    if not pending:
        raise CannotRead(call.span, f"{call.text} lacks an argument")
    first = pending.pop()
    if first.kind != "open":
        if first.kind == "number" and len(first.text) > 1 and first.text.isdigit():
            digit, rest = _split_digit(first)
            pending.append(rest)
            return [digit], digit
        return [first], first
    depth = 1
    argument: list[Token] = []
    while pending:
        token = pending.pop()
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            return argument, token
        argument.append(token)
    raise CannotRead(first.span, "a brace { is never closed")


def _split_digit(number: Token) -> tuple[Token, Token]:
    """A number's first digit and the rest: ``\\frac12`` is one half."""
    middle = min(number.start + 1, number.end)
    return (
        replace(number, text=number.text[0], end=middle, raw=number.text[0]),
        replace(number, text=number.text[1:], start=middle, raw=number.text[1:], spaced=False),
    )


def _bracketed(pending: list[Token]) -> tuple[list[Token], Token] | None:
    """An optional argument ``[...]``, or None where there is none."""
    if not pending or pending[-1].text != "[":
        return None
    depth = 0
    for distance, token in enumerate(reversed(pending)):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0 or distance > 200:
            return None
        if depth == 0 and token.text == "]":
            taken = [pending.pop() for _ in range(distance + 1)]
            return taken[1:-1], token
    return None


def _define(command: Token, pending: list[Token], table: dict[str, Macro]) -> None:
    """One definition: \\newcommand{\\x}[2][d]{...}, \\def\\x#1#2{...}, \\let\\x=\\y."""
    if pending and pending[-1].text == "*":
        pending.pop()
    name_tokens, _ = _argument(command, pending)
    if len(name_tokens) != 1 or name_tokens[0].kind not in ("command", "letter"):
        raise CannotRead(command.span, f"{command.text} does not say which command it defines")
    name = name_tokens[0].text
    if command.text == "\\let":
        if pending and pending[-1].text == "=":
            pending.pop()
        body, _ = _argument(command, pending)
        table[name] = table.get(body[0].text if body else "", Macro(0, tuple(body)))
        return
    if command.text == "\\DeclareMathOperator":
        body, _ = _argument(command, pending)
        source = tokenize_source("\\operatorname{", _NOWHERE)
        closing = replace(source[-1], kind="close", text="}", raw="")
        table[name] = Macro(0, (*source, *body, closing))
        return
    parameters = 0
    default: tuple[Token, ...] | None = None
    if command.text.endswith("def"):
        while pending and pending[-1].kind != "open":
            if pending.pop().text == "#":
                parameters += 1
    else:
        count = _bracketed(pending)
        if count is not None:
            digits = "".join(token.text for token in count[0])
            if not digits.isdigit() or int(digits) > 9:
                raise CannotRead(
                    command.span, f"{command.text} has no readable number of arguments"
                )
            parameters = int(digits)
            optional = _bracketed(pending)
            default = tuple(optional[0]) if optional is not None else None
    body, _ = _argument(command, pending)
    table[name] = Macro(min(parameters, 9), _template(body), default)
