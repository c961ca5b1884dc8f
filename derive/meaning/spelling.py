"""The plain spelling of a piece of syntax, and its parts: what marks and keys are made of."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import fields, replace
from fractions import Fraction
from itertools import count, islice
from operator import is_
from typing import Any, TypeVar

from derive.reader.syntax import (
    Chain,
    Group,
    List,
    Name,
    Node,
    Numeral,
    Operator,
    Product,
    Row,
    Scripts,
    Signed,
    Text,
)

RELATIONS = {
    "!=": "\\neq ", "<=": "\\leq ", ">=": "\\geq ",
    "given": "\\mid ", "in": "\\in ", "sim": "\\sim ",
}  # fmt: skip

LETTERS = "ijklmnpqrs"
OWN = "\N{MODIFIER LETTER PRIME}"
"""Stands behind a letter that a stretch of the document has for itself."""
PRIMES = "'" + OWN
MOST_KEPT = 200_000
MOST_WITHIN = 300

T = TypeVar("T")
U = TypeVar("U", bound=Node)

__all__ = [
    "OWN",
    "fresh_letters",
    "is_letter",
    "parts",
    "per_node",
    "rewritten",
    "single",
    "spelling",
    "walk",
    "walk_values",
    "written_number",
]


def per_node(function: Callable[[Node], T]) -> Callable[[Node], T]:
    """The function with its values kept: each reading of a document asks the same of its syntax.

    Syntax is told apart by identity, since to compare it would take as long as to go through it.
    """
    known: dict[int, tuple[Node, T]] = {}

    def remembered(node: Node) -> T:
        found = known.get(id(node))
        if found is not None and found[0] is node:
            return found[1]
        if len(known) > MOST_KEPT:
            known.clear()
        value = function(node)
        known[id(node)] = node, value
        return value

    return remembered


@per_node
def parts(node: Node) -> tuple[Node, ...]:
    """The pieces of syntax directly within ``node``, from left to right."""
    found: list[Node] = []
    for name in _names_of_parts(type(node)):
        _gather(getattr(node, name), found)
    return tuple(found)


_FIELDS: dict[type, tuple[str, ...]] = {}


def _names_of_parts(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind of syntax that may hold syntax."""
    if kind not in _FIELDS:
        plain = ("str", "bool", "int", "Span")
        _FIELDS[kind] = tuple(f.name for f in fields(kind) if f.type not in plain)
    return _FIELDS[kind]


def _gather(value: object, found: list[Node]) -> None:
    if isinstance(value, Node):
        found.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _gather(item, found)


def walk_values(node: Node) -> Iterator[Node]:
    """What ``walk`` gives, but for subscripts and the bounds of sums."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        inner: tuple[Node, ...]
        match current:
            case Scripts(_, base, _, above):
                inner = (base,) if above is None else (base, above)
            case Operator(_, _, _, _, body):
                inner = (body,)
            case _:
                inner = parts(current)
        pending.extend(reversed(inner))


@per_node
def _within(node: Node) -> tuple[Node, ...]:
    """The node and what is within it, or nothing, where that is too much to be kept."""
    found = tuple(islice(_walked(node), MOST_WITHIN + 1))
    return found if len(found) <= MOST_WITHIN else ()


def _walked(node: Node) -> Iterator[Node]:
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(parts(current)))


def walk(node: Node) -> Iterable[Node]:
    """The node and all that is within it, outermost first, without recursion."""
    return _within(node) or _walked(node)


def rewritten(value: T, change: Callable[[Node], Node]) -> T:
    """The syntax with ``change`` applied to each node, the innermost first."""
    if isinstance(value, tuple):
        new = [rewritten(part, change) for part in value]
        return value if all(map(is_, new, value)) else tuple(new)  # type: ignore[return-value]
    if not isinstance(value, Node):
        return value
    changed: dict[str, Any] = {}
    for name in _names_of_parts(type(value)):
        own = getattr(value, name)
        part = rewritten(own, change)
        if part is not own:
            changed[name] = part
    return change(replace(value, **changed) if changed else value)  # type: ignore[return-value]


def over_parts(node: U, change: Callable[[Any], Any]) -> U:
    """The syntax with ``change`` applied to each piece directly within it."""
    changed: dict[str, Any] = {}
    for name in _names_of_parts(type(node)):
        own = getattr(node, name)
        part = _over(own, change)
        if part is not own:
            changed[name] = part
    return replace(node, **changed) if changed else node


def _over(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        new = [_over(part, change) for part in value]
        return value if all(map(is_, new, value)) else tuple(new)
    return change(value) if isinstance(value, Node) else value


@per_node
def spelling(node: Node) -> str:
    """A spelling that two pieces of syntax share exactly when they say the same."""
    match node:
        case Name(_, text, font, word):
            if font in ("blackboard", "calligraphic"):
                return f"\\{ {'blackboard': 'mathbb', 'calligraphic': 'mathcal'}[font] }{{{text}}}"
            return f"\\text{{{text}}}" if word and len(text) > 1 else text
        case Numeral(_, text):
            return text
        case Text(_, text):
            return f"\\text{{{text.strip()}}}"
        case List(_, items):
            return ",".join(map(spelling, items))
        case Group(_, body, delimiters):
            return delimiters[:1] + spelling(body) + delimiters[1:]
        case Product(_, factors, _):
            return " ".join(map(spelling, factors))
        case Signed(_, terms):
            return "".join(f"{'+-±'[(1, -1, 0).index(s)]}{spelling(t)}" for s, t in terms)
        case Scripts(_, base, below, above, primes):
            low = f"_{{{spelling(below)}}}" if below is not None else ""
            high = f"^{{{spelling(above)}}}" if above is not None else ""
            return f"{spelling(base)}{low}{high}" + "'" * primes
        case Row():
            return spelling(node.body)
        case Chain(_, first, rest):
            members = "".join(
                f"{RELATIONS.get(sign.text, sign.text)}{'' if m is None else spelling(m)}"
                for sign, m in rest
            )
            return ("" if first is None else spelling(first)) + members
    own = [str(getattr(node, f.name)) for f in fields(node) if f.type in ("str", "bool", "int")]
    inner = ",".join(map(spelling, parts(node)))
    return f"{type(node).__name__}{own}({inner})"


def written_number(node: Node) -> Fraction | None:
    """The number that is written as a numeral, ``0``, ``-1`` or ``2.5``; None for all else."""
    try:
        return Fraction(spelling(node).replace(" ", ""))
    except ValueError:
        return None


def is_letter(node: Node | None) -> bool:
    """Whether this is one letter (Greek and ``\\ell`` included), as indices are."""
    return isinstance(node, Name) and single(node.text) and not node.word


def single(text: str) -> bool:
    """Whether the name is one letter, accents and primes aside."""
    bare = text.rstrip(PRIMES)
    return (len(bare) == 1 and bare.isalpha()) or (bare.startswith("\\") and bare[1:].isalpha())


def fresh_letters(taken: Container[str]) -> Iterator[str]:
    """Letters for indices, none of them taken."""
    for primes in count():
        yield from (x for x in (letter + "'" * primes for letter in LETTERS) if x not in taken)
