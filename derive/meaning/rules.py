"""Rules of differentiation, with functions that are written without their argument.

``\\frac{d}{dx} (f g) = f' g + f g'`` is about any f(x) and g(x); so is ``(f g)' = f' g + f g'``.
A name with a prime is a function there, of what the row differentiates by, unless an equation
of the document says what it is.  It shares only the letter with an f of other rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.spelling import OWN, is_letter, rewritten, walk
from derive.meaning.unapplied import headed
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Group,
    Name,
    Node,
    ParsedFormula,
    Product,
    Row,
    Scripts,
)

__all__ = ["with_rules_applied"]


def with_rules_applied(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``f(x)`` and ``f'(x)`` for the f and f' of a rule."""
    rows = [row for formula in formulas.values() for row in formula.rows]
    rules = {id(row): by for row in rows if (by := _differentiates_by(row)) is not None}
    functions = {at: found for row in rows if (at := id(row)) in rules and (found := _primed(row))}
    if not functions:
        return dict(formulas)
    known = headed(rows)
    elsewhere = {
        n.text for row in rows if id(row) not in functions for n in walk(row) if isinstance(n, Name)
    }

    def applied(row: Row) -> Row:
        names = functions.get(id(row), frozenset[str]()) - known
        return _applied(row, names, elsewhere, rules[id(row)]) if names else row

    return {
        key: replace(formula, rows=tuple(map(applied, formula.rows)))
        for key, formula in formulas.items()
    }


def _applied(row: Row, names: frozenset[str], elsewhere: set[str], by: Name) -> Row:
    """The row with all of the names as functions of a letter."""
    own = {name: name + OWN if name in elsewhere else name for name in names}

    def changed(node: Node) -> Node:
        match node:
            case Name(span, text) if text in own:
                return Product(span, (replace(node, text=own[text]), _argument(node, by)), ("",))
            case Scripts(_, Product(_, (Name() as name, argument), ("",)), None, above, primes):
                if name.text not in own.values():
                    return node
                slope = replace(node, base=name, superscript=None) if primes else name
                value = Product(node.span, (slope, argument), ("",))
                if above is None:
                    return value
                return replace(node, base=Group(node.span, value, "()"), primes=0)
            case Scripts(span, Group(_, body, "()" | "[]"), None, None, 1):
                return Differentiation(span, body, (by,), "d")
        return node

    return rewritten(row, changed)


def _argument(node: Node, by: Name) -> Group:
    return Group(node.span, replace(by, span=node.span), "()")


def _differentiates_by(row: Row) -> Name | None:
    """The one letter that an equation differentiates by; x for ``(f g)'``."""
    if not isinstance(row.body, Chain):
        return None
    slopes = [node for node in walk(row.body) if isinstance(node, Differentiation)]
    by = [variable for node in slopes for variable in node.variables]
    letters = {variable.text for variable in by if isinstance(variable, Name)}
    if slopes:
        found = by[0] if len(letters) == 1 else None
        return found if isinstance(found, Name) and is_letter(found) else None
    names = {node.text for node in walk(row.body) if isinstance(node, Name)}
    match row.body.first:
        case Scripts(span, Group(_, _, "()" | "[]"), None, None, 1) if "x" not in names:
            return Name(span, "x")
    return None


def _primed(row: Row) -> frozenset[str]:
    """The f of f' that stands without a prime, too, and with no brackets or indices behind it."""
    primed: set[str] = set()
    other: set[str] = set()
    under: set[int] = set()
    bare: dict[int, str] = {}
    for node in walk(row.body) if row.body is not None else ():
        match node:
            case Scripts(_, Name() as name, below, above, primes):
                if below is not None or (above is not None and primes):
                    other.add(name.text)
                elif primes:
                    primed.add(name.text)
                    under.add(id(name))
            case Product(_, factors, operators):
                for n, sign in enumerate(operators):
                    one = factors[n]
                    one = one.base if isinstance(one, Scripts) else one
                    called = isinstance(factors[n + 1], Group) and not sign
                    if isinstance(one, Name) and called:
                        other.add(one.text)
            case Name(_, text):
                bare[id(node)] = text
    return frozenset(text for at, text in bare.items() if at not in under) & (primed - other)
