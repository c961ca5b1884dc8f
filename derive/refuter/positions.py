"""Which sizes, which positions of the free letters: where a claim is tried."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from derive.logic.problem import AtLeast, Different, Equation, Fact, Hypothesis, Same, Sign
from derive.logic.terms import (
    Index,
    IndexTerm,
    Label,
    Position,
    Shift,
)
from derive.refuter.point import Key, places
from derive.refuter.sampling import Draw

__all__ = [
    "assignments", "contradictory", "fact_indices", "least_sizes", "ties_hold",
]  # fmt: skip

_ALL = 16
_SOME = 12


def fact_indices(fact: Fact) -> tuple[IndexTerm, ...]:
    """The indices that a fact speaks of outside of its terms."""
    match fact:
        case Equation(_, _, every, different):
            return (*every, *(index for pair in different for index in pair))
        case Sign(_, _, every):
            return every
        case Same(left, right) | Different(left, right):
            return (left, right)
    return ()


def least_sizes(hypotheses: tuple[Hypothesis, ...]) -> dict[str, int]:
    """How large the sizes must be at least."""
    least: dict[str, int] = {}
    for hypothesis in hypotheses:
        for fact in hypothesis.facts:
            if isinstance(fact, AtLeast):
                least[fact.range] = max(least.get(fact.range, 1), fact.minimum)
    return least


def assignments(
    letters: tuple[Index, ...],
    sizes: dict[str, int],
    hypotheses: tuple[Hypothesis, ...],
    draw: Draw,
) -> Iterator[tuple[dict[Index, int], dict[Key, int]]]:
    """Positions of the letters as Same and Different demand, and of the labels that they tie."""
    ties = _ties(hypotheses)
    representative = _classes(ties)
    free = tuple(letter for letter in letters if representative.get(letter, letter) is letter)
    for positions in _patterns(free, sizes, draw):
        chosen = dict(zip(free, positions, strict=True))
        indices = {letter: chosen[representative.get(letter, letter)] for letter in letters}
        labels: dict[Key, int] = {}
        # Equal ones first: they fix labels, the others only have to keep away from them.
        for tie in sorted(ties, key=lambda tie: isinstance(tie, Different)):
            _settle(tie, indices, sizes, labels, draw)
        if ties_hold(hypotheses, indices, sizes, labels):
            yield indices, labels


def _ties(hypotheses: tuple[Hypothesis, ...]) -> list[Same | Different]:
    facts = (fact for hypothesis in hypotheses for fact in hypothesis.facts)
    return [fact for fact in facts if isinstance(fact, Same | Different)]


def ties_hold(
    hypotheses: tuple[Hypothesis, ...],
    indices: dict[Index, int],
    sizes: dict[str, int],
    labels: dict[Key, int],
) -> bool:
    """Whether the positions are as every Same, Different and AtLeast says."""
    return all(
        _holds(fact, indices, sizes, labels)
        for hypothesis in hypotheses
        for fact in hypothesis.facts
    )


def _holds(
    fact: Fact, indices: dict[Index, int], sizes: dict[str, int], labels: dict[Key, int]
) -> bool:
    match fact:
        case AtLeast(range_, minimum):
            return sizes[range_] >= minimum
        case Same(one, other) | Different(one, other):
            left = _place(one, indices, sizes, labels)
            right = _place(other, indices, sizes, labels)
            known = left is not None and right is not None
            return known and (left == right) == isinstance(fact, Same)
    return True


def _classes(ties: list[Same | Different]) -> dict[Index, Index]:
    """For each letter that is the same as another, one letter of its class."""
    representative: dict[Index, Index] = {}
    for tie in ties:
        if isinstance(tie, Same) and isinstance(tie.left, Index) and isinstance(tie.right, Index):
            left = representative.setdefault(tie.left, tie.left)
            right = representative.setdefault(tie.right, tie.right)
            for letter, of in list(representative.items()):
                if of is right:
                    representative[letter] = left
    return representative


def contradictory(hypotheses: tuple[Hypothesis, ...]) -> bool:
    """Whether two indices are said to be the same and to be different."""
    ties = _ties(hypotheses)
    representative = _classes(ties)

    def of(index: IndexTerm) -> IndexTerm:
        return representative.get(index, index) if isinstance(index, Index) else index

    return any(of(tie.left) is of(tie.right) for tie in ties if isinstance(tie, Different))


def _patterns(
    letters: tuple[Index, ...], sizes: dict[str, int], draw: Draw
) -> Iterator[tuple[int, ...]]:
    ends = [sizes[letter.range] for letter in letters]
    if prod(ends) <= _ALL:
        yield from places([letter.range for letter in letters], sizes)
        return
    regular = [
        tuple(1 + place % end for place, end in enumerate(ends)),
        tuple(1 for _ in ends),
        tuple(ends),
    ]
    for _ in range(_SOME):
        positions = [1 + draw.below(end) for end in ends]
        # Coincidences are rare among random positions, and they are where errors sit.
        source = draw.below(len(ends))
        positions[draw.below(len(ends))] = positions[source]
        regular.append(
            tuple(min(position, end) for position, end in zip(positions, ends, strict=True))
        )
    yield from dict.fromkeys(regular)


def _settle(
    tie: Same | Different,
    indices: dict[Index, int],
    sizes: dict[str, int],
    labels: dict[Key, int],
    draw: Draw,
) -> None:
    """Gives the open labels of a tie positions that fit it, where there are any."""
    for label, other in ((tie.right, tie.left), (tie.left, tie.right)):
        key = _key(label, indices, sizes, labels) if isinstance(label, Label) else None
        if key is not None and key not in labels:
            known = _place(other, indices, sizes, labels)
            options = [
                position
                for position in range(1, sizes[label.range] + 1)
                if known is None or (position == known) == isinstance(tie, Same)
            ]
            if options:
                labels[key] = draw.pick(options)


def _place(
    index: IndexTerm, indices: dict[Index, int], sizes: dict[str, int], labels: dict[Key, int]
) -> int | None:
    """The position of an index; None for a label that is still open."""
    match index:
        case Index():
            return indices[index]
        case Shift(base, offset):
            return indices[base] + offset
        case Position(value, range_):
            return value if value >= 1 else sizes[range_] + value
        case Label():
            key = _key(index, indices, sizes, labels)
            return None if key is None else labels.get(key)


def _key(
    label: Label, indices: dict[Index, int], sizes: dict[str, int], labels: dict[Key, int]
) -> Key | None:
    places: list[int] = []
    for index in label.indices:
        place = _place(index, indices, sizes, labels)
        if place is None:
            return None
        places.append(place)
    return label.name, tuple(places)
