"""Sums over sets of their own for each index: ``\\sum_{i \\in C_k} x_i`` as a sum over all i.

Each term is weighed by a number m_ki that is 1 for the members of C_k and 0 for all others, and
``|C_k|`` is the sum of these.  Which set it is, is left open: what is proved of any such numbers
holds for the sets of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from derive.meaning.spelling import is_letter, rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Group,
    List,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["MEMBER", "says_member", "with_members"]

MEMBER = "χ"
"""Begins the names of the numbers that are 1 for members of a set, and 0 for others."""


@dataclass
class _Seen:
    """``counts``: how often a family of sets stands anywhere, and as a set."""

    letters: dict[str, Name] = field(default_factory=dict)
    anywhere: dict[str, int] = field(default_factory=dict)
    as_sets: dict[str, int] = field(default_factory=dict)


def with_members(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with sums over all positions for those over ``C_k`` or ``N(i)``."""
    seen = _Seen()
    for formula in formulas.values():
        mentioned = {id(row.body) for row in formula.rows}  # "the risk set $R_i$"
        for node in walk(formula):
            found = _family(node) if id(node) not in mentioned else None
            if found is not None:
                seen.anywhere[found[0]] = seen.anywhere.get(found[0], 0) + 1
            for inner in _sets(node):
                name = inner[0]
                seen.as_sets[name] = seen.as_sets.get(name, 0) + 1
            match node:
                case Operator(_, "sum", Chain(_, Name() as letter, ((sign, member),))) if (
                    sign.text == "in" and is_letter(letter)
                ):
                    family = _family(member)
                    if family is not None:
                        seen.letters.setdefault(family[0], letter)
    sets = {n for n in seen.letters if seen.anywhere.get(n, 0) == seen.as_sets.get(n, 0)}
    if not sets:
        return dict(formulas)

    def changed(node: Node) -> Node:
        match node:
            case Operator(
                span, "sum", Chain(_, Name() as letter, ((sign, member),)), None, body
            ) if sign.text == "in" and is_letter(letter):
                family = _family(member)
                if family is not None and family[0] in sets:
                    weight = _weight(*family, letter)
                    return Operator(span, "sum", letter, None, Product(span, (weight, body), ("",)))
            case Group(span, body, "||"):
                family = _family(body)
                if family is not None and family[0] in sets:
                    letter = seen.letters[family[0]]
                    return Operator(span, "sum", letter, None, _weight(*family, letter))
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def says_member(formula: ParsedFormula) -> bool:
    """``j \\in N(i)``: which members are meant, of the sets of each index."""
    return any(
        isinstance(node, Chain)
        and is_letter(node.first)
        and any(sign.text == "in" and _family(member) is not None for sign, member in node.rest)
        for row in formula.rows
        for node in walk(row.body)
    )


def _sets(node: Node) -> Iterator[tuple[str, tuple[Syntax, ...]]]:
    """The families that stand where only a set can: behind "in", and between bars."""
    inside: list[Syntax | None] = []
    match node:
        case Chain(_, _, rest):
            inside = [member for sign, member in rest if sign.text == "in"]
        case Group(_, body, "||"):
            inside = [body]
    yield from (found for node in inside if (found := _family(node)) is not None)


def _family(node: Node | None) -> tuple[str, tuple[Syntax, ...]] | None:
    """The name and the indices of ``C_k`` and of ``N(i)``."""
    match node:
        case Scripts(_, Name() as base, below, None, 0) if below is not None:
            letters = below.items if isinstance(below, List) else (below,)
        case Product(_, (Name() as base, Group(_, inside, "()")), ("",)):
            letters = (inside,)
        case _:
            return None
    if not base.text.isupper() and not base.text.startswith("\\mathcal"):
        return None
    if base.font in ("blackboard", "bold") or not all(map(is_letter, letters)):
        return None
    return spelling(base), letters


def _weight(name: str, letters: tuple[Syntax, ...], member: Name) -> Syntax:
    """The number that is 1 where ``member`` is in the set, and 0 where it is not."""
    below = List(member.span, (*letters, member))
    return Scripts(member.span, Name(member.span, MEMBER + name), below, None)
