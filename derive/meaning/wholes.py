"""Quantities with components that are written as functions: ``r(x)_i``, ``s(x_{ij})``.

``r(x)_i = \\sqrt{\\sum_j x_{ij}^2}`` says what r_i is; the x in brackets only reminds of what it is
made of, and so does that of ``r(x_i)`` further down.  In ``s(x_{ij}) = e^{x_{ij}} / \\sum_k
e^{x_{ik}}`` the body holds other components of x: s is no function of one number, and s_{ij} is
meant.  Where brackets behind the name hold anything else, it is left a function.  Where a
formula equates both, ``r(x)_i = r(x_i)``, they are told apart there, and the second has no meaning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from derive.meaning.names import split
from derive.meaning.spelling import is_letter, rewritten, spelling, walk
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    FunctionCall,
    Group,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
    Unreadable,
)

__all__ = ["with_components"]

_SOFTMAX = "\\text{softmax}"


@dataclass(frozen=True)
class _Use:
    """``f(x)_I^p``, ``f(x_I)^p``: ``outside``: the indices stand behind the brackets."""

    name: Name
    of: str
    indices: Syntax | None
    power: Syntax | None
    outside: bool

    @property
    def count(self) -> int:
        return 0 if self.indices is None else len(split(self.indices))


@dataclass
class _Seen:
    """What the formulas show of one such name."""

    uses: list[_Use] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)  # how many indices stand left of an equals sign
    made_of: set[str] = field(default_factory=set)
    over: set[str] = field(default_factory=set)  # of which other components stand in the body
    function: bool = False


def with_components(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with ``r(x)_i`` and ``s(x_{ij})`` as r_i and s_{ij}."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for formula in formulas.values():
        for node in walk(formula):
            _look(node, seen)
    counts = {name: count for name, found in seen.items() if (count := _indices(found))}
    told_apart = frozenset((*counts, _SOFTMAX))
    formulas = {
        key: rewritten(formula, _without_inside(both)) if both else formula
        for key, formula in formulas.items()
        for both in (told_apart & _in_both_ways(formula),)
    }
    if counts.get(_SOFTMAX) == 1:
        del counts[_SOFTMAX]  # of a vector it is known
    if not counts:
        return dict(formulas)

    def written(node: Node) -> Node:
        match node:
            case FunctionCall() if (use := _call(node)) and _fits(use, counts):
                return _component(use, node.span, counts[spelling(use.name)])
            case Product(span, factors, operators):
                kept: list[Syntax] = []
                between: list[str] = []
                for n, factor in enumerate(factors):
                    operator = operators[n - 1] if n else ""
                    before = kept[-1] if kept and not operator else None
                    found = _use(before, factor) if isinstance(before, Name) else None
                    if before is not None and found is not None and _fits(found, counts):
                        whole = Span(before.span.start, factor.span.end)
                        kept[-1] = _component(found, whole, counts[spelling(before)])
                        continue
                    kept.append(factor)
                    between.extend([operator] if n else [])
                if len(kept) == len(factors):
                    return node
                return kept[0] if len(kept) == 1 else Product(span, tuple(kept), tuple(between))
        return node

    return {key: rewritten(formula, written) for key, formula in formulas.items()}


def _member(node: Syntax | None) -> _Use | None:
    """``r(x)_i``, ``softmax(x)_i`` or ``r(x_i)`` as a member of an equation."""
    match node:
        case Product(_, (Name() as name, after), ("",)):
            return _use(name, after)
        case Scripts(_, FunctionCall() as call, below, _, 0) if below is not None:
            use = _call(call)
            return replace(use, indices=below, outside=True) if use is not None else None
        case FunctionCall():
            return _call(node)
    return None


def _in_both_ways(formula: ParsedFormula) -> frozenset[str]:
    """The names of which one formula says that ``r(x)_i`` equals ``r(x_i)``."""
    chains = (node for node in walk(formula) if isinstance(node, Chain))
    members = ([chain.first, *(member for _, member in chain.rest)] for chain in chains)
    found = [use for chain in members for member in chain if (use := _member(member)) is not None]
    outside = {spelling(use.name) for use in found if use.outside}
    return frozenset(spelling(u.name) for u in found if not u.outside and u.count) & outside


def _without_inside(both: frozenset[str]) -> Callable[[Node], Node]:
    """Takes the meaning from the ``r(x_i)`` of a formula that also holds an ``r(x)_i``."""

    def changed(node: Node) -> Node:
        match node:
            case FunctionCall() if (use := _call(node)) is not None and _is_inside(use):
                return _of_one_number(use, node.span)
            case Product(_, factors, operators):
                for n, (one, after) in enumerate(pairwise(factors)):
                    use = _use(one, after) if isinstance(one, Name) and not operators[n] else None
                    if use is not None and _is_inside(use):
                        return _of_one_number(use, node.span)
        return node

    def _is_inside(use: _Use) -> bool:
        return spelling(use.name) in both and not use.outside and use.count > 0

    return changed


def _of_one_number(use: _Use, span: Span) -> Unreadable:
    written = f"{use.name.text} of one number, beside a component of {use.name.text}"
    return Unreadable(span, written)


def _look(node: Node, seen: dict[str, _Seen]) -> None:
    match node:
        case Chain(_, first, rest) if first is not None and rest[0][0].text in ("=", "assign"):
            head = _head(first)
            if head is not None:
                name, indices = head
                defines = not seen[name].heads
                seen[name].heads.add(len(indices))
                for _, member in rest:
                    if member is not None and defines:
                        _made_of(member, seen[name])
        case Product(_, factors, operators):
            for one, after, operator in zip(factors, factors[1:], operators, strict=False):
                if not operator and isinstance(one, Name) and _bracket(after) is not None:
                    use = _use(one, after)
                    if use is not None:
                        seen[spelling(one)].uses.append(use)
                    else:
                        seen[spelling(one)].function = True
        case FunctionCall(_, function) if (use := _call(node)) is not None:
            seen[spelling(use.name)].uses.append(use)
        case FunctionCall(_, function):
            seen[spelling(Name(node.span, function, word=True))].function = True
        case Scripts(_, Name() as base) if node.primes:
            seen[spelling(base)].function = True


def _indices(found: _Seen) -> int:
    """How many indices the name has, if it is such a quantity; else 0."""
    if found.function or len(found.heads) != 1:
        return 0
    count = next(iter(found.heads))
    behind = [use for use in found.uses if use.outside]
    inside = [use for use in found.uses if not use.outside and use.count == count]
    of = {use.of for use in (*behind, *inside)}
    lower = {name.lower() for name in of}
    others = {use.of for use in found.uses if use not in behind and use not in inside}
    if (
        len(of) != 1
        or not of <= found.made_of
        or not all(x in of or x.lower() in lower for x in others)
    ):
        return 0
    if behind and any(use.count == count for use in behind):
        return count
    return count if not behind and inside and len(of) == 1 and of <= found.over else 0


def _fits(use: _Use, counts: Mapping[str, int]) -> bool:
    count = counts.get(spelling(use.name))
    return count is not None and (use.outside or use.count == count)


def _component(use: _Use, span: Span, count: int) -> Syntax:
    if use.count != count:
        written = f"{use.name.text} has {count} indices elsewhere, and not {use.count}"
        return Unreadable(span, written)
    return Scripts(span, use.name, use.indices, use.power)


def _head(left: Syntax) -> tuple[str, tuple[Syntax, ...]] | None:
    """The name and the index letters of ``r(x)_i``, ``s(x_{ij})`` or ``r_i``."""
    match left:
        case Product(_, (Name() as name, after), ("",)) if (use := _use(name, after)) is not None:
            indices = use.indices
        case FunctionCall() if (use := _call(left)) is not None:
            name, indices = use.name, use.indices
        case Scripts(_, Name() as name, indices, None, 0):
            pass
        case _:
            return None
    letters = split(indices) if indices is not None else ()
    return (spelling(name), letters) if letters and all(map(is_letter, letters)) else None


def _bracket(node: Syntax) -> Group | None:
    inner = node.base if isinstance(node, Scripts) else node
    return inner if isinstance(inner, Group) and inner.delimiters == "()" else None


def _use(name: Name, after: Syntax) -> _Use | None:
    """What the brackets behind a name are, if they hold nothing but a name or a component."""
    group = _bracket(after)
    if group is None:
        return None
    behind = after if isinstance(after, Scripts) else None
    if behind is not None and behind.primes:
        return None
    below = behind.subscript if behind is not None else None
    above = behind.superscript if behind is not None else None
    match group.body:
        case Name() as x:
            return _Use(name, spelling(x), below, above, below is not None)
        case Scripts(_, Name() as x, indices, None, 0) if indices is not None and below is None:
            return _Use(name, spelling(x), indices, above, False)
    return None


def _call(node: FunctionCall) -> _Use | None:
    """``softmax(x_{ij})``, which the parser knows as a function."""
    if node.function != "softmax" or node.subscript is not None:
        return None
    name = Name(node.span, node.function, word=True)
    use = _use(name, node.argument)
    return replace(use, power=use.power or node.superscript) if use is not None else None


def _made_of(body: Syntax, found: _Seen) -> None:
    for node in walk(body):
        if isinstance(node, Name):
            found.made_of.add(spelling(node))
        elif isinstance(node, Operator) and node.kind == "sum" and node.lower is not None:
            bound = {n.text for n in walk(node.lower) if isinstance(n, Name) and is_letter(n)}
            found.over.update(_carrying(node.body, bound))


def _carrying(body: Syntax, letters: Iterable[str]) -> Iterator[str]:
    """The names that carry one of the letters below them."""
    for node in walk(body):
        match node:
            case Scripts(_, Name() as base, subscript) if subscript is not None:
                if any(isinstance(n, Name) and n.text in letters for n in walk(subscript)):
                    yield spelling(base)
