"""Gradients by the name of what they are taken by: ``dW = X^T dZ`` for ``dL/dW = X^T dL/dZ``.

Such names stand in pages about backpropagation; in pages about differentials they look the same,
but go forward: with Z = X W, the differential dZ is made of dW, and the gradient dW of dZ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain as together

from derive.meaning.names import TRANSPOSES
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Group,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Scripts,
    Syntax,
)

__all__ = ["GRADIENT", "with_gradients"]

GRADIENT = "gradient"  # the sign of such a derivative
LOSSES = ("L", "\\mathcal{L}", "\\ell", "J", "E", "C")


def with_gradients(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with derivatives of the loss for names such as dW, where they are gradients."""
    chains = [
        node
        for formula in formulas.values()
        for row in formula.rows
        for node in walk(row.body)
        if isinstance(node, Chain)
    ]
    quantities = {n.text for f in formulas.values() for n in walk(f)
                  if isinstance(n, Name) and _is_plain(n)}  # fmt: skip
    heads = {spelling(head) for head, _ in _equations(chains)}
    known = any(name in heads for name in LOSSES)
    loss = (
        _loss(formulas.values(), chains, quantities)
        if _backwards(chains, quantities, known)
        else None
    )
    if loss is None:
        return dict(formulas)
    return {
        key: rewritten(formula, lambda node: _written_out(node, loss, quantities))
        for key, formula in formulas.items()
    }


def _is_plain(node: Node) -> bool:
    return isinstance(node, Name) and not (node.word and node.text[:1] == "d")


def _of(node: Node | None, quantities: set[str]) -> Name | None:
    """The W of dW, where the page speaks of a W."""
    if not isinstance(node, Name) or not node.word or node.text[:1] != "d":
        return None
    of = replace(node, text=node.text[1:], word=len(node.text) > 2 and node.text[1:].isalpha())
    named = {of.text}
    if node.font == "bold":  # a Z of rows z
        named.add(of.text.lower())
    return of if named & quantities else None


def _head(node: Syntax | None) -> Node | None:
    """The name without its scripts."""
    while isinstance(node, Scripts):
        node = node.base
    return node


def _equations(chains: Iterable[Chain]) -> Iterator[tuple[Node, tuple[Syntax, ...]]]:
    """Names with what they equal."""
    for chain in chains:
        head = _head(chain.first)
        right = tuple(m for sign, m in chain.rest if sign.text in ("=", "assign", "equiv") and m)
        if isinstance(head, Name) and right:
            yield head, right


def _backwards(chains: list[Chain], quantities: set[str], known: bool) -> bool:
    """Whether each dX is made of such dY only of which Y is made of X, and some are.

    One that is made of none, ``dz = a - y``, is claimed where the loss is ``known``.
    """
    made: dict[str, set[str]] = {}
    for head, right in _equations(chains):
        if _is_plain(head) and isinstance(head, Name):
            below = made.setdefault(head.text, set())
            below.update(n.text for m in right for n in walk(m) if isinstance(n, Name))
    found = False
    for head, right in _equations(chains):
        of = _of(head, quantities)
        inner = [x for m in right for n in walk(m) if (x := _of(n, quantities)) is not None]
        slopes = any(isinstance(n, Differentiation) for m in right for n in walk(m))
        if of is None and inner:
            return False
        if of is not None and not inner and not slopes and not known:
            return False  # dz = a - y defines what is called dz
        for other in inner if of is not None else ():
            if of is None or not _made_of(other.text, of.text, made):
                return False
            found = True
    return found


def _made_of(name: str, part: str, made: Mapping[str, set[str]]) -> bool:
    """Whether a quantity is made of another, or each row of the one of a row of the other."""
    return part in _reached(name, made) or part.lower() in _reached(name.lower(), made)


def _reached(start: str, made: Mapping[str, set[str]]) -> set[str]:
    """All that a quantity is made of."""
    found: set[str] = set()
    pending = [start]
    while pending:
        for name in made.get(pending.pop(), set()) - found:
            found.add(name)
            pending.append(name)
    return found


def _loss(
    formulas: Iterable[ParsedFormula], chains: list[Chain], quantities: set[str]
) -> Name | None:
    """What the gradients are of: the one loss that the page differentiates or names, else an L.

    None where it has several, or where integrals show that dx is something else.
    """
    nodes = list(together.from_iterable(map(walk, formulas)))
    if any(isinstance(node, Operator) and node.kind == "int" for node in nodes):
        return None
    bodies = {n.body.text: n.body for n in nodes
              if isinstance(n, Differentiation) and isinstance(n.body, Name)}  # fmt: skip
    said = {x: body for x, body in bodies.items() if x in LOSSES or spelling(body) in LOSSES}
    if len(said) == 1:
        return next(iter(said.values()))
    named = {spelling(n): n for n in nodes if isinstance(n, Name) and spelling(n) in LOSSES}
    defined = {spelling(h) for h, _ in _equations(chains)} & named.keys()
    if said or len(defined) > 1:
        return None
    if defined:
        return named[defined.pop()]
    return None if "L" in quantities else Name(nodes[0].span, "L")


def _written_out(node: Node, loss: Name, quantities: set[str]) -> Node:
    """``dW`` as the derivative by W; ``dW_{ij}`` as that by W_ij, ``dW^T`` as its transpose."""
    of = _of(node, quantities)
    if of is not None:
        return Differentiation(node.span, replace(loss, span=node.span), (of,), GRADIENT)
    if not isinstance(node, Scripts) or not isinstance(node.base, Differentiation):
        return node
    slope = node.base
    if slope.sign != GRADIENT or node.primes:
        return node
    above = node.superscript
    outside = isinstance(above, Name) and above.text in TRANSPOSES
    inner = isinstance(above, Group) or (above is not None and not outside)
    if node.subscript is not None or inner:
        (of_,) = slope.variables
        within = replace(node, base=of_, superscript=above if inner else None)
        slope = replace(slope, span=node.span, variables=(within,))
    if not outside:
        return slope
    return Scripts(node.span, Group(node.span, slope, "()"), None, above, 0)
