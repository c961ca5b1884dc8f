"""Macros that a document defines in TeX outside its formulas, as source text."""

from __future__ import annotations

import re

_COMMAND = re.compile(
    r"\\(?P<name>(?:re)?newcommand|providecommand|DeclareMathOperator|DeclareRobustCommand"
    r"|newrobustcmd|(?:re)?newcommandx|DeclarePairedDelimiter|[gex]?def|let)(?![A-Za-z])\*?\s*"
)
_NEW = re.compile(
    r"(?:\{\s*\\[A-Za-z]+\s*\}|\\[A-Za-z]+)\s*(?:\[\d\]\s*)?(?:\[[^\[\]]{0,100}\]\s*)?"
)
_DEF = re.compile(r"\\[A-Za-z]+\s*(?:#\d\s*){0,9}")
_LET = re.compile(r"\\[A-Za-z]+\s*=?\s*(?:\\[A-Za-z]+|\\.|[^\s\\])")


def is_definition(text: str, position: int) -> bool:
    """Whether a definition begins with the backslash at ``position``."""
    return _COMMAND.match(text, position) is not None


def definition_end(text: str, position: int, braces: dict[int, int]) -> int | None:
    """Offset behind the definition at ``position``; None if it is not complete."""
    command = _COMMAND.match(text, position)
    if command is None:
        return None
    name = command.group("name")
    if name == "let":
        let = _LET.match(text, command.end())
        return let.end() if let else None
    head = (_DEF if name.endswith("def") else _NEW).match(text, command.end())
    if head is None:
        return None
    end = head.end()
    for _ in range(2 if name == "DeclarePairedDelimiter" else 1):
        if text[end : end + 1] == "{":
            close = braces.get(end)
            if close is None:
                return None
            end = close + 1
        else:
            token = re.compile(r"\\[A-Za-z]+|\\.|[^\s\\]").match(text, end)
            if token is None:
                return None
            end = token.end()
    return end
