"""Intercepts: the w_0 of ``w_0 + \\sum_{i=1}^n w_i x_i`` is a number beside w_1, ..., w_n.

Where sums over the components begin at 0, or the text lists them from w_0 on, or speaks of
w_{i-1}, or sets ``x_0 = 1`` beside them, it is the first of them.  So it is with the w_{j0} of
``w_{j0} + \\sum_{i=1}^n w_{ji} x_i``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from derive.meaning.names import split
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Ellipsis,
    List,
    Matrix,
    Name,
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Scripts,
    Signed,
    Syntax,
    Text,
)

__all__ = ["with_intercepts"]


@dataclass
class _Seen:
    """Names with a 0 below; summed from 1 on, or from nowhere said; and those that begin at 0."""

    zeros: set[str] = field(default_factory=set)
    summed: set[str] = field(default_factory=set)
    first: set[str] = field(default_factory=set)
    ones: set[str] = field(default_factory=set)
    together: list[frozenset[str]] = field(default_factory=list)

    def see(self, node: Node) -> None:
        match node:
            case Scripts(_, Name() as base) if _last_is_zero(node):
                self.zeros.add(spelling(base))
            case Scripts(_, Name() as base, below) if any(map(_is_signed, _pieces(below))):
                self.first.add(spelling(base))
            case Operator(_, _, lower, _, body) if lower is not None and body is not None:
                letter, start = _start(lower)
                names = frozenset(_below(body, letter))
                (self.summed if start in ("", "1") else self.first).update(names)
                self.together.append(names)
            case Chain(_, Scripts(_, Name() as base, Numeral(_, "0")), ((sign, Numeral()), *_)):
                if sign.text in ("=", "equiv", "assign"):
                    self.ones.add(spelling(base))
            case List() | Matrix():
                found = list(walk(node))
                if any(isinstance(part, Ellipsis) for part in found):
                    self.first.update(_with_zero(found))


def _start(lower: Node) -> tuple[str, str]:
    """The letter of a sum, and the number that it begins with."""
    match lower:
        case Name(_, letter):
            return letter, ""
        case Chain(_, Name(_, letter), ((sign, start),)) if sign.text == "=":
            return letter, start.text if isinstance(start, Numeral) else "?"
        case List(_, (first, *_)):  # \\sum_{i; z_i > a} begins nowhere
            return _start(first)
        case Chain(_, first, ((sign, _), *_)) if (
            first is not None and sign.text != "="
        ):  # \\sum_{j \\neq i}
            return _start(first)
    return "", "?"


def _below(body: Node, letter: str) -> Iterator[str]:
    """The names with the letter, and nothing else, below them."""
    for part in walk(body):
        match part:
            case Scripts(_, Name() as base, below) if below is not None:
                match _pieces(below)[-1:]:
                    case [Name(_, last)] if last == letter or not letter:
                        yield spelling(base)


def _pieces(below: Syntax | None) -> tuple[Syntax, ...]:
    return split(below) if below is not None else ()


def _is_signed(node: Syntax) -> bool:
    return isinstance(node, Signed)


def _last_is_zero(node: Scripts) -> bool:
    """w_0, and the w_{j0} of a unit j."""
    match _pieces(node.subscript):
        case (Numeral(_, "0"),) | (Name(), Numeral(_, "0")):
            return True
    return False


def _with_zero(parts: list[Node]) -> Iterator[str]:
    for part in parts:
        match part:
            case Scripts(_, Name() as base) if _last_is_zero(part):
                yield spelling(base)


def with_intercepts(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with a word for the 0 below an intercept."""
    seen = _Seen()
    for formula in formulas.values():
        for node in walk(formula):
            seen.see(node)
    first = seen.first | seen.ones
    first.update(*(names for names in seen.together if names & first))
    apart = (seen.zeros & seen.summed) - first

    def named(node: Node) -> Node:
        match node:
            case Scripts(_, Name() as base, Numeral(_, "0") as zero) if spelling(base) in apart:
                return replace(node, subscript=Text(zero.span, "0"))
            case Scripts(_, Name() as base, below) if (
                below is not None and spelling(base) in apart and _last_is_zero(node)
            ):
                unit = _pieces(below)[0]
                return replace(node, base=replace(base, text=f"{base.text}^{{0}}"), subscript=unit)
        return node

    if not apart:
        return dict(formulas)
    return {key: rewritten(formula, named) for key, formula in formulas.items()}
