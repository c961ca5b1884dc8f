"""The slope of a function without its argument: ``\\frac{\\partial f}{\\partial z_i}``.

Where the document applies an open f to ``z_i`` in an equation, as in ``a_i = f(z_i)``, this is the
slope of ``f(z_i)``, and f no quantity that depends on all z.  It is so for other letters below,
too, and by what the one argument of f is made of.

A function with a definition may stand for its value in an equation that holds one other letter:
after ``\\sigma(x) = 1 / (1 + e^{-x})`` the ``\\sigma = 1 / (1 + e^{-z})`` and the
``d\\sigma/dz = \\sigma (1 - \\sigma)`` are about ``\\sigma(z)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from derive.meaning.names import arguments
from derive.meaning.spelling import is_letter, rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Group,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Row,
    Scripts,
    Syntax,
)

__all__ = ["headed", "with_gradients_told", "with_slopes_applied", "with_values_applied"]

CONSTANTS = frozenset(("e", "\\pi"))


@dataclass(frozen=True)
class _Call:
    """``f(z_i, w)`` and its arguments, which are names."""

    group: Group
    arguments: tuple[Syntax, ...]

    def with_letter(self, old: str, new: str) -> _Call:
        """The call with another letter below its arguments."""

        def changed(node: Node) -> Node:
            if isinstance(node, Scripts) and isinstance(node.subscript, Name):
                if node.subscript.text == old:
                    return replace(node, subscript=replace(node.subscript, text=new))
            return node

        return _Call(rewritten(self.group, changed), rewritten(self.arguments, changed))


def with_slopes_applied(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``\\frac{\\partial f(z_i)}{\\partial z_i}``."""
    rows = [row for formula in formulas.values() for row in formula.rows]
    sloped = {name for row in rows for node in walk(row) if (name := _sloped(node))}
    calls: dict[str, dict[str, _Call]] = {}
    for name, call in (found for row in rows for found in _calls(row)) if sloped else ():
        calls.setdefault(name, {})[spelling(call.group)] = call
    known = {name: [*calls[name].values()] for name in (sloped & calls.keys()) - headed(rows)}
    if not known:
        return dict(formulas)
    made = _made(rows)

    def changed(node: Node) -> Node:
        meant = known.get(_sloped(node))
        if meant is None or not isinstance(node, Differentiation) or node.body is None:
            return node
        call = _meant(node, meant, made)
        if call is None:
            return node
        return replace(node, body=Product(node.body.span, (node.body, call.group), ("",)))

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _sloped(node: Node) -> str:
    """The f of ``\\frac{\\partial f}{\\partial z}``; "" for anything else."""
    if isinstance(node, Differentiation) and len(node.variables) == 1:
        if isinstance(node.body, Name) and not node.body.word:
            return node.body.text
    return ""


def _meant(
    node: Differentiation, calls: list[_Call], made: Mapping[str, frozenset[str]]
) -> _Call | None:
    """The one call of the function whose slope by one of its arguments is taken.

    Or that by something else, of which the arguments of the only call are made.
    """
    by = node.variables[0]
    turned = [call for one in calls for call in _turned(one, by)]
    found = {spelling(call.group): call for call in turned}
    if not found and len(calls) == 1 and isinstance(by, Name):
        return calls[0] if by.text in _reached(calls[0], made) else None
    return next(iter(found.values())) if len(found) == 1 else None


def _reached(call: _Call, made: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What the arguments are made of, where none has an index."""
    if not all(isinstance(argument, Name) for argument in call.arguments):
        return frozenset()
    found: frozenset[str] = frozenset()
    new = frozenset(argument.text for argument in call.arguments if isinstance(argument, Name))
    while new - found:
        found |= new
        new = frozenset[str]().union(*(made.get(name, frozenset()) for name in found))
    return found


def _made(rows: list[Row]) -> dict[str, frozenset[str]]:
    """What the names that equations begin with are made of."""
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        match row.body:
            case Chain(_, Name(_, text), ((_, right), *_)) if right is not None:
                inside = frozenset(n.text for n in walk(right) if isinstance(n, Name))
                found[text] = found.get(text, frozenset()) | inside
    return found


def _turned(call: _Call, by: Syntax) -> Iterator[_Call]:
    """The call with the letter of what is differentiated by, where it is an argument."""
    written = spelling(by)
    for argument in call.arguments:
        if spelling(argument) == written:
            yield call
        elif (
            isinstance(argument, Scripts)
            and isinstance(by, Scripts)
            and spelling(argument.base) == spelling(by.base)
            and isinstance(argument.subscript, Name)
            and isinstance(by.subscript, Name)
            and is_letter(argument.subscript)
            and is_letter(by.subscript)
            and argument.superscript is by.superscript is None
        ):
            yield call.with_letter(argument.subscript.text, by.subscript.text)


def _calls(row: Row) -> Iterator[tuple[str, _Call]]:
    """The functions that are applied to names in the members of an equation behind the first."""
    if not isinstance(row.body, Chain):
        return
    members = [member for sign, member in row.body.rest if sign.text in ("=", "equiv", "assign")]
    for node in (n for member in members if member is not None for n in walk(member)):
        if not isinstance(node, Product):
            continue
        for at, sign in enumerate(node.operators):
            match node.factors[at : at + 2]:
                case (Name(_, text), Group(_, body, "()") as group) if not sign:
                    listed = arguments(body)
                    if listed and all(isinstance(x, Name | Scripts) for x in listed):
                        yield text, _Call(group, listed)


def with_values_applied(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``\\sigma(z)`` for a sigma beside z alone."""
    rows = [row for formula in formulas.values() for row in formula.rows]
    formal: dict[str, set[str]] = {}
    for row in rows:
        match row.body:
            case Chain(_, Product(_, (Name(_, f), Group(_, Name(_, x), "()")), ("",)), rest):
                right = rest[0][1]
                closed = right is not None and _names(right) == {x}
                formal.setdefault(f, set()).add(x if closed else "")
    begun = headed(rows) - formal.keys()
    made = _by_way_of(rows)
    known = {f: x for f, (x, *more) in formal.items() if x and not more and x not in begun}

    def applied(row: Row) -> Row:
        names = _names(row.body)
        function = next((f for f in names if f in known and known[f] not in names), "")
        if len(names) != 2 or not function or not isinstance(row.body, Chain):
            return row
        (letter,) = names - {function}
        sloped = any(isinstance(node, Differentiation) for node in walk(row.body))
        (_, right), *_ = row.body.rest
        first = row.body.first
        of = first.body if isinstance(first, Differentiation) else first
        if not (isinstance(of, Name) and of.text == function) or letter in known:
            return row  # f + c = 0 may be solved for c
        if (function, letter) in made:
            return row
        if not sloped and (letter in begun or isinstance(right, Name)):
            return row
        bare = _bare(row.body, function)
        if not bare:
            return row

        def changed(node: Node) -> Node:
            if isinstance(node, Name) and id(node) in bare:
                inside = Group(node.span, replace(node, text=letter), "()")
                return Product(node.span, (node, inside), ("",))
            if isinstance(node, Scripts) and isinstance(node.base, Product):
                return replace(node, base=Group(node.base.span, node.base, "()"))
            return node

        return rewritten(row, changed)

    return (
        {
            key: replace(formula, rows=tuple(map(applied, formula.rows)))
            for key, formula in formulas.items()
        }
        if known
        else dict(formulas)
    )


def _by_way_of(rows: list[Row]) -> frozenset[tuple[str, str]]:
    """The s and z of ``s(x) = 1 / (1 + e^x)`` and ``z = 1 + e^x``: there s is 1 / z."""
    parts: dict[str, frozenset[str]] = {}
    bodies: dict[str, str] = {}
    for row in rows:
        match row.body:
            case Chain(_, Product(_, (Name(_, f), Group()), ("",)), ((_, right), *_)) if right:
                parts[f] = parts.get(f, frozenset()).union(map(spelling, walk(right)))
            case Chain(_, Name(_, z), ((_, right), *_)) if right and not isinstance(right, Name):
                bodies[z] = spelling(right)
    return frozenset(
        (f, z) for f, held in parts.items() for z, body in bodies.items() if body in held
    )


def _names(node: Node) -> frozenset[str]:
    return frozenset(n.text for n in walk(node) if isinstance(n, Name)) - CONSTANTS


def _bare(body: Chain, function: str) -> frozenset[int]:
    """The places at which a function stands for its value; none where it stands otherwise, too.

    The brackets of ``\\sigma (1 - \\sigma)`` hold a factor, and no argument.
    """
    found = {id(n) for n in walk(body) if isinstance(n, Name) and n.text == function}
    for node in walk(body):
        match node:
            case Scripts(_, Name(_, text), below, above, primes) if text == function:
                if below is not None or primes or not isinstance(above, Numeral):
                    return frozenset()
            case Product(_, factors):
                for one, other in pairwise(factors):
                    if isinstance(one, Name) and one.text == function and isinstance(other, Group):
                        if function not in (n.text for n in walk(other) if isinstance(n, Name)):
                            return frozenset()
    return frozenset(found)


def with_gradients_told(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``\\nabla L`` by what they differentiate L by elsewhere, if by one thing.

    That is z, too, where they differentiate by ``z_i``.
    """
    found: dict[str, dict[str, Syntax]] = {}
    bare: set[str] = set()
    for node in (n for formula in formulas.values() for n in walk(formula)):
        match node:
            case Differentiation(_, Name() as of, variables, sign):
                wholes = {spelling(x): x for x in map(_whole, variables)}
                found.setdefault(spelling(of), {}).update(wholes)
                bare.update([spelling(of)] if sign == "nabla" and not variables else [])
            case Product(_, (Name() as of, Group()), ("",)):  # L(w) says by what
                found.setdefault(spelling(of), {}).update({"": of, "()": of})
    known = {name: by for name, by in found.items() if name in bare and len(by) == 1}

    def changed(node: Node) -> Node:
        match node:
            case Differentiation(_, Name() as of, ()) if node.sign == "nabla":
                by = known.get(spelling(of), {})
                return replace(node, variables=tuple(by.values()))
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _whole(variable: Syntax) -> Syntax:
    """The z of ``z_i``."""
    match variable:
        case Scripts(_, Name() as base, Name() as letter, None, 0) if is_letter(letter):
            return base
    return variable


def headed(rows: list[Row]) -> frozenset[str]:
    """The names that equations begin with, applied or not: they say what these are."""
    found: set[str] = set()
    for row in rows:
        match row.body:
            case Chain(_, Name(_, text) | Product(_, (Name(_, text), Group()))):
                found.add(text)
            case Chain(_, Scripts(_, Name(_, text))):
                found.add(text)
    return frozenset(found)
