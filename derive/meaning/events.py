"""Probabilities of events: ``Pr(Y = 1 | x)`` and ``\\Pr(Y = 1 \\mid x)`` are read as of a P.

The letters of Pr are no product of a P and an r where what is in the brackets is an event.

Where equations speak of ``P(X = k)`` for any k, P(X = 1) is what they say of k = 1: P(X = k) is
then a family of numbers if k is an index elsewhere, too, and else a function of a number k.  It
is not where P(X = 1) was defined by itself before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from derive.meaning.spelling import is_letter, rewritten, spelling, walk
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    Differentiation,
    FunctionCall,
    Group,
    Name,
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Signed,
    Syntax,
)

__all__ = ["with_probabilities"]

_LAWS = frozenset(("P", "p", "Q", "q", "Pr"))


def with_probabilities(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with one name for the probability of what stands in brackets behind it."""
    named = {key: rewritten(formula, _named) for key, formula in formulas.items()}
    nodes = [node for formula in named.values() for node in walk(formula)]
    events = [event for node in nodes if isinstance(node, Product) for event in _events(node)]
    general = _general(named.values()) if events else frozenset[str]()
    moving = {spelling(v) for n in nodes if isinstance(n, Differentiation) for v in n.variables}
    # The slope of P(X = k | x) by x is not 0, as that of a name without arguments would be.
    general = frozenset(name for name in general if moving.isdisjoint(_given(name)))
    if not general:
        return named
    indices = frozenset(_indices(nodes))
    families = {
        name for _, name, value in events if isinstance(value, Name) and value.text in indices
    }

    def told(node: Node) -> Node:
        return _told(node, general, families) if isinstance(node, Product) else node

    return {key: rewritten(formula, told) for key, formula in named.items()}


def _given(family: str) -> list[str]:
    """The x of ``P(X=\\cdot \\mid x)``."""
    return family.rstrip(")").split(" \\mid ")[1:]


def _general(formulas: Iterable[ParsedFormula]) -> frozenset[str]:
    """The families of which an equation speaks for any value, before it defines a single one."""
    found: dict[str, bool] = {}
    for body in (row.body for formula in formulas for row in formula.rows):
        if not isinstance(body, Chain):
            continue
        inside = [e for node in walk(body) if isinstance(node, Product) for e in _events(node)]
        for _, name, value in inside:
            if is_letter(value):
                found.setdefault(name, True)
            elif isinstance(body.first, Product) and len(body.first.factors) == 2:
                found.update({n: False for _, n, _ in _events(body.first) if n not in found})
    return frozenset(name for name, any_value in found.items() if any_value)


def _told(node: Product, general: frozenset[str], families: set[str]) -> Syntax:
    """The product with the values of its events as indices, or as arguments."""
    factors, operators = list(node.factors), list(node.operators)
    for at, name, value in reversed([e for e in _events(node) if e[1] in general]):
        span = Span(factors[at].span.start, factors[at + 1].span.end)
        head = Name(factors[at].span, name, "", True)
        if name in families:
            factors[at : at + 2], operators[at : at + 1] = [Scripts(span, head, value, None)], []
        else:
            group = factors[at + 1]
            assert isinstance(group, Group)
            factors[at : at + 2] = [head, replace(group, body=value)]
    return (
        replace(node, factors=tuple(factors), operators=tuple(operators))
        if operators
        else factors[0]
    )


def _events(node: Product) -> Iterator[tuple[int, str, Syntax]]:
    """Where ``P(X = k \\mid x)`` stands in the product, the name of its family, and k."""
    for at, operator in enumerate(node.operators):
        law, group = node.factors[at], node.factors[at + 1]
        match law, group:
            case (
                Name() | Scripts(_, Name(), Name(), None, 0),
                Group(_, Chain(_, Name() | Scripts() as variable, ((sign, value), *given))),
            ) if operator == "" and sign.text == "=" and value is not None:
                head = law if isinstance(law, Name) else law.base
                others = [variable, *(member for _, member in given)]
                if (
                    isinstance(head, Name)
                    and head.text in _LAWS
                    and all(one.text == "given" for one, _ in given)
                    and isinstance(value, Name | Numeral | Signed)
                    and not any(map(_has_index, others))
                ):
                    behind = "".join(f" \\mid {spelling(x)}" for _, x in given if x is not None)
                    yield at, f"{spelling(law)}({spelling(variable)}=\\cdot{behind})", value


def _has_index(node: Syntax | None) -> bool:
    """Whether a letter stands below a name: the event is another one for each of its values."""
    return node is None or any(
        isinstance(x, Scripts) and (x.subscript is None or not isinstance(x.subscript, Numeral))
        for x in walk(node)
    )


def _indices(nodes: list[Node]) -> Iterator[str]:
    """The letters that stand below names, or that sums count by."""
    for node in nodes:
        below: Syntax | None = None
        if isinstance(node, Scripts) and isinstance(node.base, Name):
            below = node.subscript
        elif isinstance(node, Operator) and node.kind in ("sum", "prod"):
            below = node.lower
        for inner in walk(below) if below is not None else ():
            if isinstance(inner, Name) and is_letter(inner):
                yield inner.text


def _named(node: Node) -> Node:
    match node:
        case FunctionCall(_, "Pr", Group() as event, None, None):
            name = Name(Span(node.span.start, event.span.start), "Pr", "", True)
            return Product(node.span, (name, event), ("",))
        case Product(_, factors, operators):
            for n in range(len(factors) - 2):
                match factors[n : n + 3], operators[n : n + 2]:
                    case (Name(_, "P", ""), Name(_, "r", ""), Group() as event), ("", ""):
                        one, other = factors[n].span, factors[n + 1].span
                        if one.end != other.start or not _is_event(event):
                            continue
                        name = Name(Span(one.start, other.end), "Pr", "", True)
                        return replace(
                            node,
                            factors=(*factors[:n], name, *factors[n + 2 :]),
                            operators=(*operators[:n], *operators[n + 1 :]),
                        )
    return node


def _is_event(group: Group) -> bool:
    """Whether brackets hold a relation, or a bar before what is given."""
    return any(isinstance(part, Chain) for part in walk(group.body))
