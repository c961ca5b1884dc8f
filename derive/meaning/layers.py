"""Layers that only the letter below a name tells apart: ``a_j`` hidden, ``a_k`` of the output.

In ``a_j = \\sum_i w_{ji} x_i``, ``z_j = h(a_j)``, ``a_k = \\sum_j w_{kj} z_j`` the two a are sums
of different things, and the second is made of the first: j and k count the units of two layers,
and a_j and a_k, w_{ji} and w_{kj} are quantities of their own.  Read as one a, it would be defined
by itself.  So are o_i and o_j where ``a_j = \\sum_i w_{ij} o_i`` and ``o_j = f(a_j)``.  Where a
name stands with any other index, which layer is meant is not known, and all stays as it is; and
where ``\\sum_{i,j} w_{ij} s_i s_j`` is taken, the units are all of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from derive.meaning.names import flatten, split
from derive.meaning.spelling import is_letter, parts, rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Group,
    Name,
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    Row,
    Scripts,
    Syntax,
)

__all__ = ["layers_of", "with_layers_apart"]

Letters = frozenset[str]


@dataclass(frozen=True)
class _Weighted:
    """``a_k = \\sum_j w_{kj} z_j``: ``terms`` holds the z with the letter of the sum."""

    name: str
    letter: str
    summed: str
    terms: frozenset[str]


def with_layers_apart(
    formulas: Mapping[int, ParsedFormula], layered: frozenset[str]
) -> dict[int, ParsedFormula]:
    """The formulas with names of their own for the quantities of each layer."""

    def changed(node: Node) -> Node:
        match node:
            case Scripts(_, Name(_, text) as base) if text in layered and _below(node):
                mark = "".join(sorted(_below(node)))
                return replace(node, base=replace(base, text=f"{text}^{{({mark})}}"))
        return node

    return {key: rewritten(f, changed) for key, f in formulas.items()} if layered else {**formulas}


def layers_of(formulas: Mapping[int, ParsedFormula]) -> Letters:
    """The names of which there is one in each layer."""
    rows = [row for formula in formulas.values() for row in formula.rows]
    weighted = {one for row in rows for one in _weighted_sums(row)}
    if not weighted:
        return frozenset()
    made = {pair for row in rows for pair in _made_of(row)}
    fed = frozenset(
        letter
        for one in weighted
        if any(term != one.name and (term, one.name) in made for term in one.terms)
        for letter in (one.letter, one.summed)
    )
    letters = fed | frozenset(
        letter
        for one in weighted
        for other in weighted
        if one.name == other.name
        and one.summed == other.letter
        and len({one.letter, one.summed, other.summed}) == 3
        and any(term == one.name or (term, one.name) in made for term in one.terms)
        for letter in (one.letter, one.summed, other.summed)
    )
    if not letters:
        return frozenset()
    seen: dict[str, set[Letters]] = {}
    for row in rows:
        for name, below in _uses(row):
            seen.setdefault(name, set()).add(below)
    layered = frozenset(
        name for name, found in seen.items() if len({b for b in found if b and b <= letters}) > 1
    )
    told = all(
        below and below <= letters and len({*map(len, seen[name])}) == 1
        for name in layered
        for below in seen[name]
    )
    both = {name for row in rows for name in _of_pairs(row.body, frozenset())}
    return layered if told and layered.isdisjoint(both) else frozenset()


def _of_pairs(node: Node, bound: Letters) -> Iterator[str]:
    """The s of ``\\sum_{i,j} w_{ij} s_i s_j``: the units are all of one kind."""
    if isinstance(node, Operator) and node.lower is not None:
        bound |= {n.text for n in walk(node.lower) if isinstance(n, Name)}
    if isinstance(node, Product):
        units = [f for f in node.factors if isinstance(f, Scripts) and isinstance(f.base, Name)]
        for one, other in combinations(units, 2):
            here, there = _below(one), _below(other)
            if spelling(one.base) == spelling(other.base) and here != there:
                if here | there <= bound and len(here) == len(there) == 1:
                    yield spelling(one.base)
    for part in parts(node):
        yield from _of_pairs(part, bound)


def _weighted_sums(row: Row) -> Iterator[_Weighted]:
    """``a_k = b_k + \\sum_j w_{kj} z_j``."""
    match row.body:
        case Chain(_, Scripts(_, Name(_, name)) as first, rest) if len(_below(first)) == 1:
            (letter,) = _below(first)
            for sign, member in rest:
                if sign.text not in ("=", "equiv", "assign") or member is None:
                    continue
                for node in walk(member):
                    if isinstance(node, Operator) and node.kind == "sum":
                        yield from _weighted(name, letter, node)


def _weighted(name: str, letter: str, total: Operator) -> Iterator[_Weighted]:
    inside = [n for n in walk(total.body) if isinstance(n, Scripts) and isinstance(n.base, Name)]
    for node in inside:
        below = _below(node)
        if len(below) == 2 and letter in below:
            (summed,) = below - {letter}
            terms = {n.base.text for n in inside if _below(n) == {summed}}  # type: ignore[union-attr]
            if (
                terms
                and total.lower is not None
                and summed in set(map(spelling, walk(total.lower)))
            ):
                yield _Weighted(name, letter, summed, frozenset(terms))


def _made_of(row: Row) -> Iterator[tuple[str, str]]:
    """The z and a of ``z_j = h(a_j)``."""
    match row.body:
        case Chain(_, Scripts(_, Name(_, name)) as first, rest) if len(_below(first)) == 1:
            for _, member in rest:
                for node in walk(member) if member is not None else ():
                    if isinstance(node, Scripts) and _below(node) == _below(first):
                        if isinstance(node.base, Name):
                            yield name, node.base.text


def _uses(row: Row) -> Iterator[tuple[str, Letters]]:
    """Each name with the letters below it, none where there is anything else or nothing.

    Not those that are only mentioned, those of whole vectors in bold, and functions without an
    index, whose value has it.
    """
    if flatten(row.body) is not None:
        return
    scripted = set[int]()
    for node in walk(row):
        if isinstance(node, Scripts) and isinstance(node.base, Name):
            scripted.add(id(node.base))
            yield node.base.text, _below(node)
        elif isinstance(node, Product):
            for one, other in pairwise(node.factors):
                if isinstance(one, Name) and isinstance(other, Group):
                    scripted.add(id(one))
        elif isinstance(node, Name) and id(node) not in scripted and node.font != "bold":
            yield node.text, frozenset()


def _below(node: Syntax) -> Letters:
    """The letters below a name; none where anything else stands there, or a letter above."""
    flat = flatten(node) if isinstance(node, Scripts) else None
    if flat is None or len(flat[1]) != 1 or not all(isinstance(n, Numeral) for n in flat[2]):
        return frozenset()  # a^l_j: the letter above tells the layers apart
    pieces = split(flat[1][0])
    found = frozenset(p.text for p in pieces if isinstance(p, Name) and is_letter(p))
    return found if len(found) == len(pieces) else frozenset()
