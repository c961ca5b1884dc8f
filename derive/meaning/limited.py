"""Definitions that hold for some positions or values only: ``a_i = 2 b_i`` for ``i \\neq 1``.

Such an equation says what ``a_i`` is under its condition, and nothing of the rest.  A step may
use it under the same condition; otherwise only where the name stands with free letters, and the
text says nowhere what it is in the other cases.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from derive.logic.terms import (
    Application,
    Binder,
    Delta,
    Index,
    Number,
    Shift,
    Term,
    Variable,
    children,
)
from derive.meaning.prose import is_reason
from derive.meaning.spelling import is_letter, walk
from derive.meaning.survey import counted_through
from derive.reader import syntax as s

__all__ = ["Limit", "compares", "letters_of", "restricting", "stands_free", "stands_unequal"]

_LOWEST = ("0", "1")


@dataclass(frozen=True)
class Limit:
    """What a definition is said for.

    ``conditions``: as they are spelled; ``slots``: which of its indices they are about;
    ``applied``: they are about an argument;
    ``right``: the spelling of what it equates; ``source``: the conditions, for people;
    ``formals``: the arguments.
    """

    conditions: frozenset[str]
    slots: tuple[int, ...]
    applied: bool
    right: str
    source: str
    formals: tuple[str, ...] = ()

    def holds_at(self, arguments: Sequence[Term]) -> bool:
        """Whether the arguments are numbers for which the conditions hold: f(1), of x > 0."""
        given = dict(zip(map(_bare, self.formals), arguments, strict=False))
        return all(_holds(condition, given) for condition in self.conditions)

    def excludes(self, conditions: Iterable[str]) -> bool:
        """Whether other conditions may be those for the rest: they compare the same quantity.

        ``s = 1`` is a special case of ``s > 0``.
        """
        here = frozenset(conditions)
        both = [_quantities(self.conditions), _quantities(here)]
        special = {}
        for sides in (_RELATION.split(_bare(c)) for c in here):
            if len(sides) == 3 and sides[1] == "=" and _NUMBER.fullmatch(sides[2]):
                special[sides[0]] = Number(Fraction(sides[2]))
        met = [c for c in self.conditions if _holds(c, special)]
        rest = _quantities(c for c in self.conditions if c not in met)
        return not all(both) or not rest.isdisjoint(both[1])


def _bare(condition: str) -> str:
    return condition.replace("{", "").replace("}", "")


def _holds(condition: str, given: Mapping[str, Term]) -> bool:
    """Whether a condition holds for the numbers that are given."""
    sides = _RELATION.split(_bare(condition))
    if len(sides) != 3:
        return False
    left, right = (_number(given, side) for side in sides[::2])
    return left is not None and right is not None and _COMPARED[sides[1]](left, right)


_RELATION = re.compile(r"(<=|>=|!=|<|>|=)")
_COMPARED: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def _number(given: Mapping[str, Term], side: str) -> Fraction | None:
    """The number that a side of a condition is, or that is put in for it."""
    if _NUMBER.fullmatch(side):
        return Fraction(side)
    value = given.get(side)
    return value.value if isinstance(value, Number) else None


def _quantities(conditions: Iterable[str]) -> frozenset[str]:
    """What the conditions compare; nothing, where one is said in words."""
    found: set[str] = set()
    for condition in conditions:
        sides = _RELATION.split(_bare(condition))[::2]
        if len(sides) < 2:
            return frozenset()
        found.update(side for side in sides if not _NUMBER.fullmatch(side))
    return frozenset(found)


def stands_unequal(term: Term, name: str, unequal: frozenset[frozenset[object]]) -> bool:
    """Whether a name stands only with indices that are known to differ from one another."""
    match term:
        case Variable(own, indices) if own == name:
            return all(
                frozenset((a, b)) in unequal
                for a, b in combinations(indices, 2)
                if a.range == b.range
            )
        case Binder(index, excluded, body):
            more = frozenset(frozenset((index, other)) for other in excluded)
            return stands_unequal(body, name, unequal | more)
    return all(stands_unequal(child, name, unequal) for child in children(term))


def _is_of_letters(node: s.Syntax) -> bool:
    """Whether the condition is one on indices, ``i \\neq j``."""
    if not isinstance(node, s.Chain):
        return False
    members = [node.first, *(member for _, member in node.rest)]
    return all(m is not None and (is_letter(m) or isinstance(m, s.Numeral)) for m in members)


_OF_POSITIONS = ("!=", "<", ">", "<=", ">=", "in")


def restricting(condition: s.Syntax) -> bool:
    """Whether the condition leaves out positions or values: not ``i = 1, ..., n``."""
    match condition:
        case s.Group(_, body, _):
            return restricting(body)
        case s.List(_, items):
            if items and isinstance(items[0], s.Chain) and not _is_dots(items):
                return any(restricting(i) for i in items)
            return _is_dots(items) and _leaves_out(condition)
        case s.Sequence(_, items):
            texts = [i.text for i in items if isinstance(i, s.Text)]
            if any(map(is_reason, texts)) and not any(map(_is_of_letters, items)):
                return False
            if any(w in text.lower().split() for text in texts for w in ("otherwise", "else")):
                return True
            return any(restricting(i) for i in items if not isinstance(i, s.Text))
        case s.Text(_, text):
            return any(w in text.lower().split() for w in ("otherwise", "else", "elsewhere"))
        case s.Chain(_, first, rest) if first is not None:
            if any(isinstance(n, s.Ellipsis) for n in walk(condition)):
                return _leaves_out(condition)
            if all(sign.text in ("in", "sim", "given") for sign, _ in rest):
                return False
            return not _is_whole(first, rest)
    return False


def leaves_out(condition: s.Syntax) -> bool:
    """Whether a condition on positions leaves some out, also those that are in no set."""
    chains = [node for node in walk(condition) if isinstance(node, s.Chain)]
    sets = [member for c in chains for sign, member in c.rest if sign.text == "in" and member]
    return restricting(condition) or not all(map(_is_of_all, sets))


def _is_of_all(node: s.Syntax) -> bool:
    """``\\{1, ..., n\\}``, ``[n]`` and \\mathbb{N} as the set of all positions."""
    match node:
        case s.Group(_, s.List(_, (s.Numeral(_, first), *_) as items), "{}"):
            return first in _LOWEST and any(isinstance(item, s.Ellipsis) for item in items)
        case s.Group(_, s.Name(), "[]") | s.Name(_, "N" | "Z", "blackboard"):
            return True
    return False


def is_about_positions(body: s.Syntax, equal: bool = False) -> bool:
    """``i \\neq j``, ``i > 2``, ``k \\in S``: of letters that count; ``equal``: or ``i = j``."""
    if isinstance(body, s.List):
        return is_about_positions(body.items[0], equal)
    if isinstance(body, s.Chain):
        counted = _counts(body.first) if body.first is not None else False
        signs = (*_OF_POSITIONS, "=") if equal else _OF_POSITIONS
        return counted and all(sign.text in signs for sign, _ in body.rest)
    return _counts(body)


def _is_dots(items: Iterable[s.Syntax]) -> bool:
    return any(isinstance(n, s.Ellipsis) for item in items for n in walk(item))


def _leaves_out(condition: s.Syntax) -> bool:
    """Whether ``k = a, ..., b`` begins late or ends early."""
    items = condition.items if isinstance(condition, s.List) else (condition,)
    chain = items[0]
    if not (isinstance(chain, s.Chain) and is_letter(chain.first) and len(chain.rest) == 1):
        return False
    if chain.rest[0][0].text != "=":
        return False
    listed = counted_through(chain.rest[0][1], items[1:])
    if len(listed) < 2:
        return False
    start, end = listed[0], listed[-1]
    late = isinstance(start, s.Numeral) and start.text not in _LOWEST
    counted_from_0 = isinstance(start, s.Numeral) and start.text == "0"
    early = isinstance(end, s.Signed) and any(sign < 0 for sign, _ in end.terms)
    return late or (early and not counted_from_0)


def _is_whole(first: s.Syntax, rest: tuple[tuple[s.RelationSign, s.Syntax | None], ...]) -> bool:
    """``t \\geq 1``, ``t > 0``, ``1 \\leq i \\leq n``: all positions of a letter."""
    members = [first, *(member for _, member in rest)]
    signs = [sign.text for sign, _ in rest]
    match members, signs:
        case [s.Name(), s.Numeral(_, low)], [">="]:
            return low in _LOWEST and is_letter(first) and _counts(first)
        case [s.Name(), s.Numeral(_, low)], [">"]:
            return low == "0" and _counts(first)
        case [s.Numeral(_, low), s.Name(), s.Name()], ["<=", "<="]:
            return low in _LOWEST
        case [s.Numeral(_, low), s.Name(), s.Name()], ["<=", "<"]:
            return low == "0"
        case [s.Numeral(_, low), s.Name()], ["<="]:
            return low in _LOWEST
        case [s.Name() as letter, s.Name() as size], ["<="]:
            return _counts(letter) and size.text.isupper()
    return False


def _counts(node: s.Syntax) -> bool:
    """Whether the letter is one that authors count with."""
    return isinstance(node, s.Name) and node.text in set("ijklmnpqrst") | {"\\ell"}


def compares(condition: s.Syntax) -> bool:
    """Whether it lists positions, or compares by size: ``p = e^z`` may say what p is."""
    chain = condition.items[0] if isinstance(condition, s.List) else condition
    if any(isinstance(n, s.Ellipsis) for n in walk(condition)):
        return True
    signs = [sign.text for sign, _ in chain.rest] if isinstance(chain, s.Chain) else []
    return bool(signs) and all(sign in ("<", ">", "<=", ">=", "!=") for sign in signs)


def letters_of(condition: s.Syntax) -> frozenset[str]:
    """The letters that a condition is about."""
    return frozenset(n.text for n in walk(condition) if isinstance(n, s.Name))


def stands_free(term: Term, name: str, limit: Limit, bound: frozenset[Index] = frozenset()) -> bool:
    """Whether the name stands with different free letters, or plain arguments, wherever it does.

    Looked at are those that the limit is about.
    """
    match term:
        case Binder():
            return stands_free(term.body, name, limit, bound | {term.index})
        case Delta():
            return True
        case Variable(here, indices) if here == name:
            return _free([i for n, i in enumerate(indices) if n in limit.slots], bound)
        case Application(here, indices, arguments, _) if here == name:
            plain = all(isinstance(a, Variable) and _free(a.indices, bound) for a in arguments)
            plain = plain or limit.holds_at(arguments)
            free = _free([i for n, i in enumerate(indices) if n in limit.slots], bound)
            return free and (plain or not limit.applied)
    return all(stands_free(part, name, limit, bound) for part in children(term))


def _free(indices: Iterable[object], bound: frozenset[Index]) -> bool:
    letters = [i.index if isinstance(i, Shift) else i for i in indices]
    plain = all(isinstance(i, Index) and i not in bound for i in letters)
    return plain and len(set(letters)) == len(letters)
