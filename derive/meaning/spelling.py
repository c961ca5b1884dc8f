"""The plain spelling of a piece of syntax, and its parts: what marks and keys are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from derive.reader.syntax import (
    Chain,
    Group,
    List,
    Name,
    Node,
    Numeral,
    Product,
    Row,
    Scripts,
    Signed,
    Syntax,
    Text,
)

RELATIONS = {
    "!=": "\\neq ", "<=": "\\leq ", ">=": "\\geq ",
    "given": "\\mid ", "in": "\\in ", "sim": "\\sim ",
}  # fmt: skip

__all__ = ["is_letter", "parts", "single", "spelling", "walk"]


def parts(node: Node) -> Iterator[Node]:
    """The pieces of syntax directly within ``node``, from left to right."""
    for field in fields(node):
        yield from _nodes(getattr(node, field.name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def walk(node: Node) -> Iterator[Node]:
    """The node and all that is within it, outermost first, without recursion."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(list(parts(current))))


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


def is_letter(node: Node | None) -> bool:
    """Whether this is one letter (Greek and ``\\ell`` included), as indices are."""
    return isinstance(node, Name) and single(node.text) and not node.word


def single(text: str) -> bool:
    """Whether the name is one letter, accents and primes aside."""
    return (len(text) == 1 and text.isalpha()) or (text.startswith("\\") and text[1:].isalpha())


def names_within(node: Syntax) -> frozenset[str]:
    """The texts of all names within the node."""
    return frozenset(n.text for n in walk(node) if isinstance(n, Name))
