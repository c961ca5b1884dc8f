"""Bounds of sums, and sums written out with dots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from derive.logic.terms import (
    Application,
    Binder,
    Delta,
    Derivative,
    Index,
    IndexTerm,
    Label,
    Position,
    Term,
    Variable,
    children,
    rebuild,
)
from derive.meaning.names import LAYERS, Names, split
from derive.meaning.spelling import is_letter, parts, spelling, walk
from derive.meaning.trouble import Incomprehensible, OutOfReach
from derive.meaning.within import subterms
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    Ellipsis,
    Group,
    List,
    Name,
    Node,
    Numeral,
    Operator,
    Product,
    RelationSign,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
)

__all__ = [
    "Bound",
    "bounds",
    "only_within",
    "over_pairs",
    "paired",
    "positions",
    "replace_position",
]

MOST_EXCLUDED = 8
_PAIRED = frozenset("ijklmnpqrsuv")  # but c, t and y are classes


@dataclass
class Bound:
    """One bound letter: the name of its size, the positions that the bounds leave out, and others.

    ``first``: how many positions from the front are missing; ``last``: how many from the back.
    ``origin``: the number of the first position, as far as the bounds tell.
    """

    letter: str
    size: str | None = None
    first: int = 0
    last: int = 0
    excluded: list[Syntax] = field(default_factory=list)
    count: int | None = None
    origin: int = 1


def bounds(operator: Operator, names: Names) -> tuple[Bound, ...]:
    """The letters that a sum binds, and over what.

    Raises Incomprehensible or OutOfReach where the bounds are no index range.
    """
    lower = operator.lower
    if lower is None:
        return ()
    items: list[Syntax] = []
    for item in lower.items if isinstance(lower, List) else (lower,):
        items.extend(item.items if isinstance(item, Sequence) else (item,))
    found: dict[str, Bound] = {}
    starts: dict[str, Syntax] = {}
    ends: dict[str, Syntax] = {}
    excluding: Bound | None = None
    for item in items:
        if isinstance(item, Group):
            item = item.body
        if isinstance(item, Chain):
            excluding = _condition(item, found, starts, ends)
        elif excluding is not None and is_letter(item):
            excluding.excluded.append(item)
        else:
            for letter in split(item):
                if not (isinstance(letter, Name) and is_letter(letter)):
                    raise Incomprehensible(
                        f"what stands below the sum, {spelling(item)}, is no index", item.span
                    )
                found.setdefault(letter.text, Bound(letter.text))
    for text, bound in found.items():
        _range(bound, starts.get(text), ends.get(text, operator.upper), names)
    mean = names.means.get((operator.span.start, operator.span.end))
    if mean is not None and len(found) == 1:
        for bound in found.values():
            if bound.size is None:
                bound.size, bound.origin = mean, 0 if names.zero_based else 1
    return tuple(found.values())


def over_pairs(body: Syntax, opening: Syntax | None) -> Iterator[tuple[Span, str]]:
    """The sums below which ``i \neq j`` stands, and the j that is free nowhere but in them.

    Then all pairs are summed over, and not all i for one j.  ``opening``: what an equation began
    with of which the body is a later part.
    """
    found = [(node, letter) for node in walk(body) if (letter := _unequal_to(node))]
    used = Counter(free_names(body)) if found else Counter[str]()
    if found and opening is not None:
        used.update(free_names(opening))
    for node, letter in found:
        if used[letter] == Counter(free_names(node))[letter]:
            yield node.span, letter


def _unequal_to(node: Node) -> str:
    """The j of a sum over ``i \neq j`` of something with j in it; "" of anything else."""
    match node:
        case Operator(_, "sum", Chain(_, _, ((RelationSign(text="!="), Name(_, letter)),)), _, _):
            inside = any(isinstance(n, Name) and n.text == letter for n in walk(node.body))
            return letter if inside and letter in _PAIRED else ""
    return ""


def free_names(node: Node) -> Iterator[str]:
    """The names in the syntax, but for the letters that sums in it bind."""
    if isinstance(node, Name):
        yield node.text
    bound = _binds(node) if isinstance(node, Operator) else ""
    yield from (text for part in parts(node) for text in free_names(part) if text != bound)


def only_within(members: Iterable[Syntax]) -> frozenset[tuple[str, str]]:
    """Names with a letter, where the names stand only below sums over the letter.

    The arguments that the first member is a function of, as the z of ``J(z) = ...``, do not count.
    """
    found: dict[str, frozenset[str]] = {}

    def visit(node: Node, bound: frozenset[str]) -> None:
        if isinstance(node, Name):
            found[node.text] = found.get(node.text, bound) & bound
        letters = bound | {_binds(node)} if isinstance(node, Operator) else bound
        for part in parts(node):
            visit(part, letters)

    for n, member in enumerate(members):
        match member:
            case Product(_, (Name() as name, Group()), _) if n == 0:
                visit(name, frozenset())
            case _:
                visit(member, frozenset())
    return frozenset((name, letter) for name, bound in found.items() for letter in bound if letter)


def _binds(node: Operator) -> str:
    lower = node.lower.first if isinstance(node.lower, Chain) else node.lower
    return lower.text if isinstance(lower, Name) else ""


def paired(found: tuple[Bound, ...], letter: str) -> tuple[Bound, ...]:
    """The bounds of a sum over all pairs of different positions."""
    (one,) = found
    return replace(one, letter=letter, excluded=[]), one


def _condition(
    chain: Chain, found: dict[str, Bound], starts: dict[str, Syntax], ends: dict[str, Syntax]
) -> Bound | None:
    first, rest = chain.first, chain.rest
    if isinstance(first, Numeral) and rest and rest[0][0].text in ("<=", "<"):
        letter = rest[0][1]
        if isinstance(letter, Name) and is_letter(letter) and rest[0][0].text == "<=":
            bound = found.setdefault(letter.text, Bound(letter.text))
            starts[letter.text] = first
            if len(rest) == 2 and rest[1][0].text == "<=" and rest[1][1] is not None:
                ends[letter.text] = rest[1][1]
            return bound if len(rest) == 2 else None
    letters = split(first) if first is not None else ()
    if not letters or not all(is_letter(x) for x in letters):
        raise Incomprehensible(f"what stands below the sum, {spelling(chain)}, is no index")
    result: Bound | None = None
    for letter in letters:
        assert isinstance(letter, Name)
        bound = found.setdefault(letter.text, Bound(letter.text))
        for sign, member in rest:
            if len(letters) > 1 and sign.text == "in" and isinstance(first, Group):
                raise OutOfReach(f"a sum over {spelling(chain)}, which need not be all pairs")
            match sign.text:
                case "=" if member is not None:
                    starts[letter.text] = member
                case "!=" if member is not None:
                    bound.excluded.extend(
                        member.items if isinstance(member, List) else split(member)
                    )
                    result = bound
                case "in":
                    _set(bound, member)
                case _:
                    raise OutOfReach(
                        f"a sum over the positions with {spelling(chain)} is not an index range"
                    )
    return result


def _set(bound: Bound, member: Syntax | None) -> None:
    """``i \\in S``: the whole of a set, which is a range of its own name."""
    if isinstance(member, Name):
        bound.size = f"|{spelling(member)}|"
    elif isinstance(member, Group):
        items = member.body.items if isinstance(member.body, List) else ()
        if items and isinstance(items[-1], Name):
            bound.size = spelling(items[-1])
    if bound.size is None:
        what = spelling(member) if member is not None else "something"
        raise OutOfReach(f"a sum over the members of {what} is not an index range")


def _size(node: Syntax, names: Names) -> tuple[str, int] | None:
    """``N``, ``N - 1``, ``10`` as a size and an offset."""
    match node:
        case Name(_, text) if text not in names.letters and text != "\\infty":
            return text, 0
        case Numeral(_, text) if text.isdigit() and len(text) < 10:
            return text, 0
        case Group(_, body, _):
            return _size(body, names)
        case Signed(_, ((1, Name(_, text)), (sign, Numeral(_, number)))) if (
            sign and number.isdigit() and len(number) < 3
        ):
            return (text, sign * int(number)) if text not in names.letters else None
        case Product(_, (Name(_, text),), _):
            return text, 0
        case Scripts(_, Name(), Name() | Numeral(), None) if spelling(node) in names.sizes:
            return spelling(node), 0
        case Scripts() if _is_worded(node):
            return spelling(node), 0
        case Signed(_, ((1, Scripts() as whole), (sign, Numeral(_, number)))) if (
            sign and number.isdigit() and len(number) < 3 and _is_worded(whole)
        ):
            return spelling(whole), sign * int(number)
    return None


def _is_worded(node: Scripts) -> bool:
    """``D_{\\text{in}}``: a capital, and below it a word for what it is the size of."""
    match node:
        case Scripts(_, Name(_, letter), below, None, 0) if letter.isupper() and len(letter) == 1:
            pass
        case _:
            return False
    match below:
        case Text(_, word):
            return word.strip().isalpha() and len(word.strip()) > 1
        case Name(_, word, _):
            return len(word) > 1 and word.isalpha()
        case Product(_, parts, _):
            letters = [part.text for part in parts if isinstance(part, Name)]
            return len(letters) == len(parts) and "".join(letters) in ("in", "out")
    return False


def _is_of_a_layer(end: Syntax, names: Names) -> bool:
    """The ``d_{l-1}`` of a sum over the units of the layer before."""
    below = end.subscript if isinstance(end, Scripts) and isinstance(end.base, Name) else None
    match below:
        case Name(_, letter) | Signed(_, ((1, Name(_, letter)), (_, Numeral()))):
            return letter in LAYERS and letter in names.letters
    return False


def _range(bound: Bound, start: Syntax | None, end: Syntax | None, names: Names) -> None:
    begin = 1
    if start is not None:
        if isinstance(start, List) and any(isinstance(x, Ellipsis) for x in start.items):
            end = start.items[-1] if end is None else end
            start = start.items[0]
        if not (isinstance(start, Numeral) and start.text.isdigit() and len(start.text) < 6):
            raise OutOfReach(f"a sum that starts at {spelling(start)} is not a whole index range")
        begin = int(start.text)
    if end is None:
        if start is not None and begin > 1 - names.zero_based:
            bound.first = begin - (0 if names.zero_based else 1)
        return _bounded(bound)
    if begin == 1 and _is_of_a_layer(end, names):  # as many as there are, which layer it may be
        return _bounded(bound)
    size = _size(end, names)
    if size is None:
        raise OutOfReach(f"a sum that ends at {spelling(end)}, which is no size")
    name, offset = size
    if name.isdigit():
        bound.count = int(name) - begin + 1
        bound.size, bound.origin = str(bound.count), begin
        return None
    if start is None:
        bound.size, bound.last = name, -offset
        return _bounded(bound)
    bound.origin = min(begin, 1)
    if begin == 0 and offset == -1:
        bound.size = name
    elif names.zero_based and offset < 0:
        bound.size, bound.first, bound.last, bound.origin = name, begin, -1 - offset, 0
    elif begin == 0:
        bound.size = f"{name}+{offset + 1}" if offset + 1 else name
    else:
        bound.size, bound.first, bound.last = name, begin - 1, -offset
        if offset > 0:
            bound.size, bound.last = f"{name}+{offset}", 0
    return _bounded(bound)


def _bounded(bound: Bound) -> None:
    if bound.first > MOST_EXCLUDED or bound.last > MOST_EXCLUDED:
        raise OutOfReach(f"the sum over {bound.letter} leaves out too many positions")


def positions(bound: Bound, range_: str) -> tuple[IndexTerm, ...]:
    """The fixed positions that the bounds leave out."""
    front = tuple(Position(n + 1, range_) for n in range(bound.first))
    back = tuple(Position(-n, range_) for n in range(bound.last))
    return front + back


# ------------------------------------------------------------------ sums with dots


def _swap(index: IndexTerm, old: IndexTerm, new: IndexTerm) -> IndexTerm:
    if index is old:
        return new
    if isinstance(index, Label):
        return Label(index.name, tuple(_swap(i, old, new) for i in index.indices), index.range)
    return index


def replace_position(term: Term, old: IndexTerm, new: IndexTerm) -> Term:
    """``term`` with one index replaced by another wherever it stands."""
    term = rebuild(term, tuple(replace_position(child, old, new) for child in children(term)))
    match term:
        case Variable(name, indices):
            return Variable(name, tuple(_swap(i, old, new) for i in indices))
        case Application(name, indices, arguments, orders):
            return Application(name, tuple(_swap(i, old, new) for i in indices), arguments, orders)
        case Delta(left, right):
            return Delta(_swap(left, old, new), _swap(right, old, new))
        case Binder(index, excluded, body):
            binder: Term = type(term)(index, tuple(_swap(x, old, new) for x in excluded), body)
            return binder
        case Derivative(body, variable):
            moved = replace_position(variable, old, new)
            assert isinstance(moved, Variable)
            return Derivative(body, moved)
    return term


def own_positions(term: Term) -> Iterable[IndexTerm]:
    """The indices of all variables within the term."""
    for node in subterms(term):
        if isinstance(node, Variable | Application):
            yield from node.indices
        elif isinstance(node, Derivative):
            yield from node.variable.indices
        elif isinstance(node, Delta):
            yield from (node.left, node.right)


def generic(written: list[Term], index: Index) -> Term | None:
    """The body of the sum of which ``written`` are some terms, the first and the last included.

    None where the terms do not follow one pattern.
    """
    ranges = {p.range for p in own_positions(written[0]) if isinstance(p, Position)}
    for range_ in sorted(ranges):
        here = Index(index.name, range_)
        body = replace_position(written[0], Position(1, range_), here)
        last = written[-1]
        if body is written[0]:
            continue
        if replace_position(body, here, Position(0, range_)) is not last:
            continue
        if all(_instance(body, here, term, range_, n) for n, term in enumerate(written)):
            return body
    return None


def _instance(body: Term, index: Index, term: Term, range_: str, n: int) -> bool:
    """Whether a written term is the body at some position; the first ones in their order."""
    for at in own_positions(term):
        if (at.range == range_ or isinstance(at, Index)) and (
            replace_position(body, index, at) is term
        ):
            return not isinstance(at, Position) or at.value in (n + 1, 0, -1)
    return False
