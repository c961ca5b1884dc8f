"""Indices that stand in each other's place: ``p_{kn}`` where all others are ``p_{nk}``.

Letters have sizes of their own, N examples and K classes, where the bounds of sums and the ranges
that the text declares say so.  A name whose indices run over two sizes shows by most of its uses
which index is of which; one in which both are exchanged is a slip, and says nothing of the ranges.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from derive.meaning.names import Names, reference
from derive.meaning.notation import readable
from derive.meaning.spelling import is_letter, spelling, walk
from derive.meaning.sums import bounds
from derive.meaning.survey import declared_range
from derive.meaning.trouble import Trouble
from derive.reader.source import Span
from derive.reader.syntax import Chain, Name, Operator, ParsedFormula, Row, Scripts

__all__ = ["crossed"]


def crossed(formulas: Iterable[ParsedFormula], names: Names) -> dict[Span, str]:
    """The places of exchanged indices, each with what is wrong there."""
    rows = [row for formula in formulas for row in formula.rows]
    sizes = _sizes(rows, names)
    if len(set(sizes.values())) < 2:
        return {}
    uses: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    found: dict[str, dict[Span, tuple[str, str]]] = defaultdict(dict)
    for row in rows:
        for (name, letters), spans in _uses(row, sizes, names).items():
            uses[name][letters] += len(spans)
            found[name].update(dict.fromkeys(spans, letters))
    said: dict[Span, str] = {}
    for name, counts in uses.items():
        orders = Counter[tuple[str, str]]()
        for (one, other), number in counts.items():
            orders[sizes[one], sizes[other]] += number
        usual = max(orders, key=orders.__getitem__)  # of equals the first
        exchanged = usual[::-1]
        if orders.keys() != {usual, exchanged}:
            continue
        for span, letters in found[name].items():
            if (sizes[letters[0]], sizes[letters[1]]) == exchanged:
                said[span] = _told(name, letters, sizes)
    return said


def _told(name: str, letters: tuple[str, str], sizes: Mapping[str, str]) -> str:
    one, other = map(readable, letters)
    shown = readable(f"{name}_{{{letters[0]} {letters[1]}}}")
    first, last = (readable(sizes[letter]) for letter in letters)
    return (
        f"the indices of {shown} are exchanged: {one} runs over {first} positions and stands "
        f"where {other} does elsewhere, which runs over {last}"
    )


def _sizes(rows: Iterable[Row], names: Names) -> dict[str, str]:
    """The letters that run over the positions of one size throughout."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for letter, size in _ranges(row, names):
            found[letter].add(size)
    return {letter: min(sizes) for letter, sizes in found.items() if len(sizes) == 1}


def _ranges(row: Row, names: Names) -> Iterator[tuple[str, str]]:
    listed = declared_range(row.body)
    if listed is not None and is_letter(listed[1]):
        yield listed[0].text, spelling(listed[1])
    for node in walk(row.body):
        if isinstance(node, Operator) and node.lower is not None:
            try:
                found = bounds(node, names)
            except Trouble:
                continue
            for bound in found:
                if bound.size is not None and not bound.size.isdigit():
                    yield bound.letter, bound.size


def _uses(
    row: Row, sizes: Mapping[str, str], names: Names
) -> dict[tuple[str, tuple[str, str]], list[Span]]:
    """The names in a row with two letters of different sizes, and where each stands.

    A transpose has its indices the other way, as has what is compared with it.
    """
    found: dict[tuple[str, tuple[str, str]], list[Span]] = defaultdict(list)
    for node in walk(row.body):
        if not isinstance(node, Scripts):
            continue
        known = reference(node, names)
        if known is None:
            continue
        if known.transposed:
            return {}
        if len(known.indices) != 2 or not all(isinstance(i, Name) for i in known.indices):
            continue
        one, other = (spelling(index) for index in known.indices)
        if one in sizes and other in sizes and sizes[one] != sizes[other]:
            found[known.name, (one, other)].append(node.span)
    return {} if _says_symmetric(row, found) else found


def _says_symmetric(row: Row, uses: Mapping[tuple[str, tuple[str, str]], list[Span]]) -> bool:
    """``p_{nk} = p_{kn}``: that both are alike is what is said."""
    if not isinstance(row.body, Chain) or row.body.first is None:
        return False
    members = [row.body.first, *(member for _, member in row.body.rest)]
    plain = all(isinstance(member, Scripts) for member in members)
    return plain and any((name, letters[::-1]) in uses for name, letters in uses)
