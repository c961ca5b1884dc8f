"""Lines of a display: environments unwrapped, ``&`` resolved, continued lines joined.

A line goes on in the next where a bracket is still open, where it ends in a relation or an
operator, or where the next begins with an operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from derive.reader.formulas.environments import enclosing, nesting, relation_at, split_level
from derive.reader.formulas.symbols import (
    ARGUMENT_ENVIRONMENTS,
    CASES_ENVIRONMENTS,
    COLUMN_PAIRS,
    FONT_SWITCHES,
    MATRIX_ENVIRONMENTS,
    PRODUCT_OPERATORS,
    RELATIONS,
    SIGNS,
    TEXTS,
    TRANSPARENT_ENVIRONMENTS,
)
from derive.reader.formulas.tokens import Token, after_braces

_OPENING = frozenset(("(", "[", "\\{"))
_CLOSING = frozenset((")", "]", "\\}"))
_ARROWS = frozenset(("\\implies", "\\Rightarrow", "\\Longrightarrow", "\\iff", "\\therefore", "=>"))
_WRAPPERS = frozenset(("equation", "displaymath", "math", "subequations", "center", "dmath"))
_BESIDE = frozenset(("\\tag", "\\label", "\\forall", "\\because", "\\therefore"))
_REPEATABLE = frozenset((*RELATIONS, "+", "\\cdot", "\\times", "*"))
_DOLLARS = frozenset(("$", "\\(", "\\)", "\\[", "\\]"))
_OF_BRACES = frozenset(("\\over", "\\choose", "\\atop")) | FONT_SWITCHES
_LONGEST_JOIN = 12


@dataclass
class Line:
    """Its tokens; ``indented``: its first cell is empty; ``interlude``: \\intertext before it."""

    tokens: list[Token] = field(default_factory=list)
    indented: bool = False
    interlude: list[Token] = field(default_factory=list)


def lines_of(tokens: Sequence[Token], environment: str) -> list[Line]:
    """The lines of a formula that stands in ``environment`` ("" for none)."""
    tokens, outer = _unwrapped(_unboxed(list(tokens)), environment.rstrip("*"))
    lines = _split(tokens, outer)
    return _joined(_balanced(lines))


# -------------------------------------------------------------------- environments


def _unboxed(tokens: list[Token]) -> list[Token]:
    """Without a box, braces or an ``equation`` around the whole display."""
    for _ in range(8):
        inner = tokens[1:] if tokens and tokens[0].text == "\\boxed" else tokens
        if len(inner) < 3 or not _whole(inner):
            return tokens
        braced = inner[0].kind == "open" and not any(t.text in _OF_BRACES for t in inner)
        if not braced and _environment(inner[0]) not in _WRAPPERS:
            return tokens
        tokens = inner[1:-1]
    return tokens


def _unwrapped(tokens: list[Token], environment: str) -> tuple[list[Token], str]:
    """A system of equations in ``cases`` or behind one brace is opened; other blocks stay."""
    if environment in CASES_ENVIRONMENTS | MATRIX_ENVIRONMENTS and tokens:
        begin = Token("command", f"\\begin{{{environment}}}", tokens[0].start, tokens[0].start, "")
        end = Token("command", f"\\end{{{environment}}}", tokens[-1].end, tokens[-1].end, "")
        tokens = [begin, *tokens, end]
        environment = ""
    inner = tokens
    while inner and inner[-1].kind == "symbol" and inner[-1].text in (".", ",", ";"):
        inner = inner[:-1]
    if len(inner) > 3 and (inner[0].kind, inner[-1].kind) == ("left", "right"):
        inner = inner[1:-1] if (inner[0].text, inner[-1].text) == ("\\{", ".") else inner
    name = _environment(inner[0]) if inner else ""
    if name in CASES_ENVIRONMENTS or name == "array" or (name and inner[0] is not tokens[0]):
        content = inner[_after_arguments(inner, 1, name) : -1]
        if _whole(inner) and content and _is_system(content):
            return content, "cases"
    return tokens, environment


def _environment(token: Token) -> str:
    return token.text[len("\\begin{") : -1] if token.text.startswith("\\begin{") else ""


def _whole(tokens: Sequence[Token]) -> bool:
    """Whether the first token's group ends with the last token."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += nesting(token)
        if depth == 0:
            return index == len(tokens) - 1
    return False


def _is_system(content: Sequence[Token]) -> bool:
    """Whether every row is an equation up to its first ``&`` that follows a relation."""
    for first, last in split_level(content, 0, len(content), "\\\\"):
        row = content[first:last]
        if row and not any(a < b and _has_relation(row[a:b]) for a, b in _first_cells(row)):
            return False
    return True


def _first_cells(row: Sequence[Token]) -> list[tuple[int, int]]:
    cells = list(split_level(row, 0, len(row), "&"))
    if len(cells) > 1 and row[cells[1][0] : cells[1][1]]:
        second = row[cells[1][0]]
        if second.text in RELATIONS:
            return [(0, cells[1][1])]
    return cells[:1]


def _has_relation(tokens: Sequence[Token]) -> bool:
    depth = 0
    for index, token in enumerate(tokens):
        depth += enclosing(token)
        if depth == 0 and token.text not in (":", "\\mid") and relation_at(tokens, index):
            return True
    return False


def _after_arguments(tokens: Sequence[Token], index: int, name: str) -> int:
    """The position after ``[t]`` and ``{2}`` behind a \\begin."""
    if index < len(tokens) and tokens[index].text == "[" and name != "cases":
        close = next((n for n in range(index, len(tokens)) if tokens[n].text == "]"), index)
        if close - index <= 2:
            index = close + 1
    return after_braces(tokens, index) if name in ARGUMENT_ENVIRONMENTS else index


# -------------------------------------------------------------------- lines


def _split(tokens: Sequence[Token], outer: str) -> list[Line]:
    lines: list[Line] = []
    line = Line()
    environments = [outer]
    depth = ampersands = index = 0
    ended = False
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if depth > 0 or (nesting(token) and token.kind in ("open", "close")):
            if token.kind not in ("left", "right"):
                depth = max(0, depth + nesting(token))
            line.tokens.append(token)
            continue
        name = _environment(token)
        if name in TRANSPARENT_ENVIRONMENTS and _stands_alone(line.tokens):
            environments.append(name)
            index = _after_arguments(tokens, index, name)
        elif name:
            depth += 1
            line.tokens.append(token)
        elif token.text.startswith("\\end{") and token.text[5:-1] in TRANSPARENT_ENVIRONMENTS:
            if len(environments) > 1:
                environments.pop()
            ended = True
            continue
        elif token.kind == "row" or token.text in ("\\intertext", "\\shortintertext"):
            lines.append(line)
            line, ampersands = Line(), 0
            if token.kind != "row":
                end = _group_end(tokens, index)
                line.interlude = list(tokens[index + 1 : end - 1])
                index = end
        elif token.text in _DOLLARS:
            continue
        elif token.text == "&":
            ampersands += 1
            if not line.tokens:
                line.indented = True
            elif _separates(line.tokens, tokens[index : index + 1], ampersands, environments[-1]):
                line.tokens.append(Token("wide", "\\quad", token.start, token.end, " "))
        else:
            if ended and token.text not in (".", ",", ";", "\\tag", "\\label"):
                lines.append(line)
                line, ampersands = Line(), 0
            line.tokens.append(token)
        ended = False
    lines.append(line)
    return [line for line in lines if line.tokens or line.interlude]


def _stands_alone(before: Sequence[Token]) -> bool:
    """Whether an environment's rows are rows of the display: nothing or a relation precedes."""
    last = _last_mark(before)
    return (
        last is None
        or before[last].text in RELATIONS
        or before[last].text in TEXTS
        or (
            before[last].kind == "close"
            and any(token.text in TEXTS or token.text in ("\\label", "\\tag") for token in before)
        )
    )


def _group_end(tokens: Sequence[Token], index: int) -> int:
    depth = 0
    while index < len(tokens):
        depth += nesting(tokens[index])
        index += 1
        if depth == 0:
            break
    return index


def _separates(
    before: Sequence[Token], after: Sequence[Token], number: int, environment: str
) -> bool:
    """Whether an ``&`` separates statements rather than aligns a sign."""
    if _needs_more(before[-1]) or (after and _is_sign(after[0])):
        return False
    return number % 2 == 0 or environment not in COLUMN_PAIRS | {"split", "", "eqnarray"}


def _is_sign(token: Token) -> bool:
    return token.text in RELATIONS or token.text in SIGNS or token.text in PRODUCT_OPERATORS


def _needs_more(token: Token) -> bool:
    return token.kind not in ("right", "left") and _is_sign(token) and token.text != ":"


# -------------------------------------------------------------------- joining


def _balance(line: Line) -> int:
    open_brackets = 0
    for token in line.tokens:
        if token.kind in ("left", "right"):
            if token.text != ".":
                open_brackets += 1 if token.kind == "left" else -1
        elif token.text in _OPENING:
            open_brackets += 1
        elif token.text in _CLOSING:
            open_brackets -= 1
    return open_brackets


def _balanced(lines: list[Line]) -> list[Line]:
    """Join lines across which a bracket is open, if it is closed soon."""
    balances = [_balance(line) for line in lines]
    result: list[Line] = []
    index = 0
    while index < len(lines):
        last, balance = index, balances[index]
        while balance > 0 and last + 1 < len(lines) and last - index < _LONGEST_JOIN:
            last += 1
            balance += balances[last]
        if balance != 0:
            last = index
        line = lines[index]
        for following in lines[index + 1 : last + 1]:
            line = Line(line.tokens + following.tokens, line.indented, line.interlude)
        result.append(line)
        index = last + 1
    return result


def _joined(lines: list[Line]) -> list[Line]:
    """Join lines that end or begin with an operator to their neighbour."""
    result: list[Line] = []
    for line in lines:
        before = result[-1] if result else None
        if before is None or line.interlude or not _continues(before, line):
            result.append(line)
            continue
        tokens = list(before.tokens)
        last = _last_mark(tokens)
        start = next((n for n, token in enumerate(line.tokens) if token.kind != "wide"), 0)
        repeated = last is not None and tokens[last].text == line.tokens[start].text
        if last is not None and repeated and tokens[last].text in _REPEATABLE:
            del tokens[last]  # the sign is written at the end and again at the beginning
        result[-1] = Line(tokens + line.tokens[start:], before.indented, before.interlude)
    return result


def _last_mark(tokens: Sequence[Token]) -> int | None:
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].kind != "wide":
            return index
    return None


def _continues(before: Line, line: Line) -> bool:
    last = _last_mark(before.tokens)
    if last is None or not line.tokens:
        return False
    ending = before.tokens[last]
    superscript = last > 0 and before.tokens[last - 1].text in ("^", "_")
    first = next((token for token in line.tokens if token.kind != "wide"), None)
    if first is None:
        return False
    if not superscript and _needs_more(ending) and ending.text not in _ARROWS:
        return True
    if first.text == "+" or (first.text in PRODUCT_OPERATORS or first.text == "/"):
        return True
    if first.text in SIGNS:
        return line.indented or not _has_relation(line.tokens)
    if not line.indented or first.text in TEXTS or first.text in _BESIDE:
        return False
    return _has_relation(before.tokens) and not _has_relation(line.tokens)
