"""Vectors that are listed in a line: ``x = [x_1, x_2, \\ldots, x_n]^T`` is a column.

A function of ``(x_1, \\ldots, x_n)`` is one of x.  A list is a column only where it cannot be
anything else: beside an equals sign, and with the components of one name, with dots, or beside a
derivative.

The vectors of a family may be columns of an array, too: ``p_i^T q_j = \\sum_k p_{ik} q_{kj}`` says
that the components of q_j are the q_{kj}.  So may those with a number: ``x_2`` beside ``x_{i2}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from operator import is_

from derive.meaning.names import TRANSPOSES, base_name, split
from derive.meaning.shapes import transposed
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Ellipsis,
    FunctionCall,
    Group,
    List,
    Matrix,
    Name,
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
)

__all__ = ["families_in_columns", "numbered_in_columns", "with_lists_as_columns"]


def families_in_columns(formulas: Iterable[ParsedFormula]) -> frozenset[str]:
    """The names of vectors whose index is the last of their components'."""
    found: set[str] = set()
    for chain in (node for formula in formulas for node in walk(formula)):
        if not isinstance(chain, Chain):
            continue
        members = [chain.first, *(member for _, member in chain.rest)]
        for dot, total in pairwise(members):
            match dot, total:
                case (
                    Product(_, (Scripts() as row, Scripts(_, Name() as name, at, None, 0)), ("",)),
                    Operator(_, "sum", lower, _, body),
                ) if transposed(row) and lower is not None and at is not None:
                    bound = {n.text for n in walk(lower) if isinstance(n, Name)}
                    if any(_is_entry(node, name, bound, at) for node in walk(body)):
                        found.add(base_name(name))
    return frozenset(found)


def _is_entry(node: Node, name: Name, bound: set[str], at: Syntax) -> bool:
    """Whether the node is ``q_{kj}``, with k bound."""
    match node:
        case Scripts(_, Name() as base, Product(_, (Name(_, letter), Name() as last), ("",)), None):
            same = spelling(base) == spelling(name) and spelling(last) == spelling(at)
            return same and letter in bound
    return False


def numbered_in_columns(formulas: Iterable[ParsedFormula]) -> frozenset[str]:
    """Names of which a number is the last index, alone as beside a letter.

    Such is the x of ``w_2 x_2`` where ``w_2 x_{i2}`` stands elsewhere: x_2 is no second example.
    """
    alone: set[tuple[str, str]] = set()
    last: set[tuple[str, str]] = set()
    for node in (node for formula in formulas for node in walk(formula)):
        for one, other in pairwise(node.factors) if isinstance(node, Product) else ():
            match _indices(one), _indices(other):
                case [(str(weight), (Numeral(_, n),)), (str(name), (Numeral(_, m),))] if n == m:
                    alone.add((weight, name))
                case [(str(weight), (Numeral(_, n),)), (str(name), (Name(), Numeral(_, m)))] if (
                    n == m
                ):
                    last.add((weight, name))
    return frozenset(name for _, name in alone & last)


def _indices(node: Syntax) -> tuple[str, tuple[Syntax, ...]]:
    if isinstance(node, Scripts) and isinstance(node.base, Name) and node.subscript is not None:
        return base_name(node.base), tuple(split(node.subscript))
    return "", ()


def with_lists_as_columns(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with columns in the place of lists that stand beside an equals sign."""
    ends = {
        (spelling(found[0]), found[1])
        for formula in formulas.values()
        for node in walk(formula)
        if isinstance(node, Group) and (found := _whole_vector(node)) is not None
    }
    names = [name for name, _ in ends]
    whole = frozenset(name for name, listed in ends if listed and names.count(name) == 1)
    return {
        key: rewritten(formula, lambda node: _changed(node, whole))
        for key, formula in formulas.items()
    }


def _changed(node: Node, whole: frozenset[str]) -> Node:
    match node:
        case Chain():
            return _with_columns(node)
        case Product(_, factors, operators):
            new = tuple(
                _of_a_vector(factor, whole)
                if n and not operators[n - 1] and isinstance(factors[n - 1], Name | Scripts)
                else factor
                for n, factor in enumerate(factors)
            )
            return node if all(map(is_, new, factors)) else replace(node, factors=new)
        case FunctionCall(_, _, argument):
            of = _of_a_vector(argument, whole)
            return node if of is argument else replace(node, argument=of)
    return node


def _of_a_vector(node: Syntax, whole: frozenset[str]) -> Syntax:
    """The ``(x)`` of ``(x_1, \\dots, x_n)``, where the page has no other such list of x."""
    found = _whole_vector(node) if isinstance(node, Group) else None
    if found is None or not isinstance(node, Group) or spelling(found[0]) not in whole:
        return node
    return replace(node, body=replace(found[0], span=node.body.span))


def _whole_vector(node: Group) -> tuple[Name, str] | None:
    """The x of a list of components with dots, and which are listed.

    ``x_1, x_2, \\dots, x_n`` is all of x; ``x_2, \\dots, x_n`` is told apart by what is listed.
    """
    items = _items(node)
    if not any(isinstance(item, Ellipsis) for item in items):
        return None
    scripted = [item for item in items if isinstance(item, Scripts)]
    dots = [n for n, item in enumerate(items) if isinstance(item, Ellipsis)]
    last = scripted[-1] if scripted else None
    if last is None or len(dots) != 1 or len(scripted) != len(items) - 1 or dots[0] < 1:
        return None
    first = scripted[0]
    if not isinstance(first.base, Name) or {spelling(i.base) for i in scripted} != {
        spelling(first.base)
    }:
        return None
    start, end = first.subscript, last.subscript
    if start is None or end is None:
        return None
    whole = isinstance(start, Numeral) and start.text in ("0", "1") and isinstance(end, Name)
    return first.base, f"{spelling(start)} to {spelling(end)}" if whole else ""


def _with_columns(node: Chain) -> Chain:
    first, rest = node.first, list(node.rest)
    slopes = any(isinstance(m, Differentiation) for m in (first, *(m for _, m in rest)))
    for n, (sign, member) in enumerate(rest):
        before = rest[n - 1][1] if n else first
        if member is None or sign.text not in ("=", "assign", "equiv") or _items(before):
            continue
        column = _column(member, slopes)
        if column is not None:
            rest[n] = sign, column
    return replace(node, rest=tuple(rest)) if rest != list(node.rest) else node


def _items(node: Syntax | None) -> tuple[Syntax, ...]:
    """What a list in brackets holds, which may be transposed as a whole."""
    if isinstance(node, Scripts) and node.subscript is None and not node.primes:
        above = node.superscript
        if isinstance(above, Name) and above.text in TRANSPOSES:
            node = node.base
    if isinstance(node, Group) and node.delimiters in ("[]", "()") and isinstance(node.body, List):
        return node.body.items
    return ()


def _column(node: Syntax, slopes: bool) -> Matrix | None:
    items = _items(node)
    if len(items) < 2 or any(isinstance(i, Chain | Text | Sequence | List) for i in items):
        return None
    if all(_is_number(item) for item in items):
        return None
    dots = any(isinstance(item, Ellipsis) for item in items)
    ends = dots and not any(isinstance(items[n], Ellipsis) for n in (0, -1))
    if ends or (slopes and not dots) or (_components(items) and not dots):
        return Matrix(node.span, tuple((item,) for item in items))
    return None


def _is_number(node: Syntax) -> bool:
    match node:
        case Numeral():
            return True
        case Signed(_, ((_, inner),)):
            return _is_number(inner)
    return False


def _components(items: tuple[Syntax, ...]) -> bool:
    """Whether the items are x_1, x_2, ... of one name."""
    bases = {spelling(i.base) for i in items if isinstance(i, Scripts) and isinstance(i.base, Name)}
    below = [i.subscript for i in items if isinstance(i, Scripts)]
    numbered = [b.text for b in below if isinstance(b, Numeral)]
    return len(bases) == 1 and numbered == [str(n + 1) for n in range(len(items))]
