"""Index ranges: which letters run over the same positions.

Letters that stand in the same place of the same variable share a range, and so do letters that
are compared, and a sum's letter and its upper bound.  Classes of such places are kept by
union-find while a document is read a first time; for the second reading each has its name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from operator import itemgetter

from derive.meaning.parting import base_size
from derive.meaning.trouble import OutOfReach

__all__ = ["Ranges"]

UNNAMED = "?"
MOST_DECLARED = 8
DEFAULTS = ("N", "M", "K", "D", "P", "Q", "R", "S", "H", "B")


@dataclass
class Ranges:
    """``parent``: the forest.  ``final``: names of the classes, once all is known.

    ``extents``: what the bounds of sums say of a place: the name of its size, and the number of
    its first position.  Where the sums of one class differ, only those over the size that the
    class is named after run over the whole of it.  ``sizes``: the sizes of each class.
    ``apart``: names that have one length in one section and another in the next, so that the
    ``section`` belongs to their places.  ``summed``: the section of each sum with bounds.
    ``turns``: places of the text at which sums over the same begin to run over another size.
    ``declared``: the sizes that the text declares, as the n of ``x \\in \\mathbb{R}^n``.
    ``zeros``: places that something called 0 has.  ``shifted``: places of a t - 1.
    ``links``: what was joined, as it was said.  ``parted``: classes that were told apart, each
    place with its own; a formula that would join two of them has no meaning.
    """

    parent: dict[str, str] = field(default_factory=dict)
    final: dict[str, str] | None = None
    extents: dict[str, tuple[str, int]] = field(default_factory=dict)
    sizes: dict[str, set[str]] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    turns: tuple[int, ...] = ()
    section: tuple[int, int] = (0, 0)
    summed: dict[str, tuple[int, int]] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    zeros: set[str] = field(default_factory=set)
    shifted: set[str] = field(default_factory=set)
    links: list[tuple[str, ...]] = field(default_factory=list)
    parted: Mapping[str, str] = field(default_factory=dict)
    # What ``unsized`` found when so many places were known, once no more ranges are joined.
    _unsized: tuple[int, tuple[str, ...]] = (-1, ())
    _kept: dict[str, set[tuple[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, first in self.parted.items() if self.final is None else ():
            self._join((first, key))

    def _place(self, key: str) -> str:
        """The place itself, which may be one of many sections."""
        if self.apart and key.startswith("slot:") and "@" not in key:
            name, _, number = key.removeprefix("slot:").rpartition(":")
            if name in self.apart:
                return f"slot:{name}:{number}@{self.section[0]}.{self.section[1]}"
        return key

    def find(self, key: str) -> str:
        """The representative of the class of ``key``."""
        key = self._place(key)
        parent = self.parent
        root = key
        while (above := parent.setdefault(root, root)) != root:
            root = above
        while parent[key] != root:
            parent[key], key = root, parent[key]
        return root

    def join(self, *keys: str) -> None:
        """All these places share one range.

        Raises OutOfReach where they were told apart.
        """
        if self.parted and self._differ(keys):
            sizes = sorted({str((self.final or {}).get(self.find(key), "")) for key in keys} - {""})
            some = " and ".join(sizes) if len(sizes) > 1 else "some"
            raise OutOfReach(f"it takes {some} positions for the same, unlike most of the document")
        if self.final is None:
            self.links.append(tuple(map(self._place, keys)))
            self._join(keys)

    def suggest(self, *keys: str) -> None:
        """All these places share one range, unless they were told apart."""
        if not self.parted or not self._differ(keys):
            self.join(*keys)

    def _join(self, keys: tuple[str, ...]) -> None:
        first = self.find(keys[0])
        for key in keys:
            root = self.find(key)
            if key.startswith("size:"):
                self.sizes.setdefault(root, set()).add(key)
            if root != first:
                self.parent[root] = first
                self.sizes.setdefault(first, set()).update(self.sizes.pop(root, ()))

    def _differ(self, keys: tuple[str, ...]) -> bool:
        """Whether the places are in different ranges, which have other sizes or names already."""
        roots = {self.find(key) for key in keys}
        if self.final is not None:
            return len(roots) > 1
        own = {root: {base_size(size) for size in self.sizes.get(root, ())} for root in roots}
        for key in keys:
            if key.startswith("size:"):
                own[self.find(key)].add(base_size(key))
        sized = [sizes for sizes in own.values() if sizes]
        return len(sized) > 1 and any(a.isdisjoint(b) for a in sized for b in sized)

    def conflicts(self) -> bool:
        """Whether the sums over one range, taken together, run over different sizes."""
        runs: dict[str, set[str]] = {}
        for place, (size, _) in self.extents.items():
            runs.setdefault(self.find(place), set()).add(base_size(size))
        return any(len(sizes) > 1 for sizes in runs.values())

    def join_everywhere(self, one: str, other: str) -> None:
        """Both places share one range in each section that has its own."""
        for at in self.sections(one, other):
            self.suggest(f"{one}{at}", f"{other}{at}")

    def sections(self, *places: str) -> tuple[str, ...]:
        """How the keys end that the places have in the sections that have ranges of their own."""
        keys = (key.partition("@") for key in self.parent)
        return "", *sorted({f"@{end}" for place, at, end in keys if at and place in places})

    def agree(self, one: str, other: str) -> bool:
        """Two axes meet: they share a range, unless each has a size of its own."""
        mine = self.sizes.get(self.find(one), set())
        theirs = self.sizes.get(self.find(other), set())
        if mine and theirs and mine.isdisjoint(theirs):
            return False
        if self.parted and self._differ((one, other)):
            return False
        self.join(one, other)
        return True

    def extend(self, key: str, size: str, origin: int) -> None:
        """A sum over the place ``key`` runs over ``size`` positions, from number ``origin`` on."""
        self.join(key, f"size:{size}")
        if self.final is None:
            self.extents[key] = size, origin
            self.summed[key] = self.section

    def whole(self, key: str, size: str, origin: int) -> bool:
        """Whether a sum with these bounds runs over all positions of the class of ``key``."""
        if self.final is None:
            return True
        found = self._runs(key)
        named = {extent for extent in found if extent[0] == self.final.get(self.find(key))}
        return len(found) < 2 or named == {(size, origin)}

    def _runs(self, key: str) -> set[tuple[str, int]]:
        """The extents of the sums over the class; from 1 to K is a part of from 0 to K."""
        root = self.find(key)
        found = self._extents(root)
        if self._has_zero(root):
            found = found - {(s, 1) for s, _ in found if (f"{s}+1", 0) in found}
        return found

    def _extents(self, root: str) -> set[tuple[str, int]]:
        """What the bounds of the sums over a class say, which stays so once it has a name."""
        if self.final is None or not self._kept:
            self._kept = {}
            for place, extent in self.extents.items():
                self._kept.setdefault(self.find(place), set()).add(extent)
        return self._kept.get(root, set())

    def _has_zero(self, root: str) -> bool:
        """Whether something has a position that is called 0 in the class."""
        return any(self.find(place) == root for place in self.zeros)

    def origin(self, key: str) -> int:
        """The number of the first position of the class: 0 where its sums begin there, else 1.

        Where no sum says so, 0 where something has a position 0, and no position is called the
        one before another: the start of a recurrence is outside.
        """
        begins = {first for _, first in self._own(key, self._runs(key))}
        root = self.find(key)
        counted = any(self.find(place) == root for place in self.shifted)
        return 0 if begins == {0} or (not begins and not counted and self._has_zero(root)) else 1

    def _own(self, key: str, found: set[tuple[str, int]]) -> set[tuple[str, int]]:
        """The extents over the size that a class is named after, where there are such.

        ``sum_{k=0}^1`` on the way to K classes says nothing of where the K classes begin.
        """
        name = (self.final or {}).get(self.find(key), "").partition("+")[0]
        return {extent for extent in found if extent[0].partition("+")[0] == name} or found

    def mixed(self, key: str) -> bool:
        """Whether some sums over the class begin at 0 and others at 1, or go on by one position.

        A letter that no sum binds may then begin at either, and the last position be either.
        """
        found = self._extents(self.find(key)) if self.final is not None else set()
        found = self._own(key, found)
        longer = any(first == 0 and (f"{size}+1", 0) in found for size, first in found)
        firsts = {first for _, first in found}
        return longer or (0 in firsts and len(firsts) > 1)

    def counting(self, size: str) -> str:
        """The range whose positions n counts, or counts but for the first, from 0 to n."""
        own, more = f"size:{size}", f"size:{size}+1"
        if more in self.parent and not self._carried(own):
            return self.name(more)
        return self.name(own)

    def _carried(self, key: str) -> bool:
        """Whether something has positions in the class."""
        root = self.find(key)
        places = [other for other in self.parent if other.startswith(("slot:", "bound:"))]
        return any(self.find(place) == root for place in places)

    def goes_on_before(self, key: str, size: str) -> bool:
        """Whether a sum from 1 to this size leaves out a position 0 that others take in."""
        runs = self._runs(key) if self.final is not None else set()
        return (f"{size}+1", 0) in runs and (size, 1) not in runs

    def at(self, place: int) -> None:
        """The text is read from this place on."""
        self.section = self.section[0], bisect_right(self.turns, place)

    def enter(self, chapter: int) -> None:
        """A chapter of this number begins."""
        self.section = chapter, self.section[1]

    def turning(self) -> tuple[int, ...]:
        """Where, within a chapter, all sums over the same turn from one size to another for good.

        Of the words of a vocabulary and of those that are sampled from it authors speak one after
        the other.  One sum among others is no turn.
        """
        runs: dict[tuple[str, int], list[tuple[int, tuple[str, int]]]] = {}
        for place, extent in self.extents.items():
            if place.startswith("bound:"):
                begins = int(place.split(":")[1])
                chapter = self.summed[place][0]
                runs.setdefault((self.find(place), chapter), []).append((begins, extent))
        found: set[int] = set()
        for sums in runs.values():
            stretches = [list(group) for _, group in groupby(sorted(sums), key=itemgetter(1))]
            if len(stretches) == 2 and min(map(len, stretches)) > 1:
                found.add(stretches[1][0][0])
        return tuple(sorted(found))

    def by_sections(self) -> frozenset[str]:
        """The names over whose places the sums of each section run alike, but not all sums.

        A section ends with the chapter, and where ``turning`` tells so.
        """
        runs: dict[str, dict[tuple[int, int], set[tuple[str, int]]]] = {}
        for place, extent in self.extents.items():
            sections = runs.setdefault(self.find(place), {})
            sections.setdefault(self.summed[place], set()).add(extent)
        differ = {
            root
            for root, sections in runs.items()
            if all(len(found) == 1 for found in sections.values())
            and len(set().union(*sections.values())) > 1
        }
        slots = [key for key in list(self.parent) if key.startswith("slot:")]
        places = (key.removeprefix("slot:").rpartition(":")[0] for key in slots
                  if self.find(key) in differ)  # fmt: skip
        return frozenset(places)

    def unsized(self) -> tuple[str, ...]:
        """A place of each range that no bound of a sum and no declaration gives a size."""
        known, places = self._unsized
        if self.final is not None and known == len(self.parent):
            return places
        sized = {self.find(key) for key in self.parent if key.startswith("size:")}
        found: dict[str, str] = {}
        for key in list(self.parent):
            if key.startswith(("slot:", "bound:")) and (root := self.find(key)) not in sized:
                found.setdefault(root, key)
        self._unsized = len(self.parent), tuple(found.values())
        return tuple(found.values())

    def fixed(self) -> dict[str, int]:
        """The ranges of which every sum says the same number of positions, or a declaration few.

        In ``x \\in \\mathbb{R}^3`` the 3 matters for what is shown; of \\mathbb{R}^{784} is meant
        what holds for any size.
        """
        sizes: dict[str, set[str]] = {}
        for place, (size, _) in self.extents.items():
            sizes.setdefault(self.name(place), set()).add(size)
        for size in filter(str.isdigit, self.declared):
            if int(size) <= MOST_DECLARED and f"size:{size}" in self.parent:
                found = sizes.setdefault(self.name(f"size:{size}"), set())
                found.difference_update([n for n in found if not n.isdigit()])  # n of n = 3
                found.add(size)
        return {n: int(min(s)) for n, s in sizes.items() if len(s) == 1 and min(s).isdigit()}

    def name(self, key: str) -> str:
        """The name of the range of ``key``; while reading the first time all have the same."""
        root = self.find(key)
        return UNNAMED if self.final is None else self.final.get(root, DEFAULTS[0])

    def _rank(self, size: str, counts: Counter[str]) -> tuple[bool, bool, int]:
        """The place of a size among those that may name its class, the lowest of which does.

        Where sums differ, one that none of them runs over would leave all of them unread; a size
        that the text declares comes before others, and what most sums run over before the rest.
        """
        return len(counts) > 1 and size not in counts, size not in self.declared, -counts[size]

    def _sums(self, root: str) -> Counter[str]:
        """How many sums over a class run over each size."""
        return Counter(
            size for place, (size, _) in self.extents.items() if self.find(place) == root
        )

    def named(self, taken: Iterable[str]) -> Ranges:
        """The ranges with names: an upper bound's where there is one, else N, M, ..."""
        sizes: dict[str, list[str]] = {}
        members: dict[str, int] = {}
        for key in list(self.parent):
            root = self.find(key)
            members[root] = members.get(root, 0) + 1
            if key.startswith("size:"):
                sizes.setdefault(root, []).append(key.removeprefix("size:"))
        final: dict[str, str] = {}
        used = set(taken)
        for root, names in sizes.items():
            letters = sorted(n for n in names if not n.isdigit())
            counts = self._sums(root)
            plain = sorted(
                (n for n in letters if "+" not in n), key=partial(self._rank, counts=counts)
            )
            if letters:
                zero = self._has_zero(root)
                from_zero = [
                    n for n in letters if zero and (n, 0) in self._extents(root) and "+" in n
                ]
                final[root] = (from_zero or plain or letters)[0]
                used.add(final[root])
        free = (name for name in _defaults() if name not in used)
        carried = {self.find(key) for key in self.parent if key.startswith(("slot:", "bound:"))}
        for root, _ in sorted(members.items(), key=lambda item: -item[1]):
            if root not in final and root in carried:
                final[root] = next(free)
        return replace(self, final=final, sizes={}, section=(0, 0), _unsized=(-1, ()), _kept={})


def _defaults() -> Iterable[str]:
    yield from DEFAULTS
    number = 1
    while True:
        yield f"N_{number}"
        number += 1
