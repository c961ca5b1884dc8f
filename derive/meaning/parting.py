"""Ranges told apart again that single formulas of a document have joined.

Whoever writes n once for N, or uses a letter for two things, says of positions that differ that
they are the same, and then of everything that is joined with either.  The most common joins are
taken first, and none that would give a range two sizes: what only a few formulas say is left to
them, which are then not read, instead of all the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

__all__ = ["base_size", "parted"]

LOCAL = ("free:", "bound:", "entries:", "values:")


def parted(links: Iterable[Sequence[str]]) -> dict[str, str]:
    """A representative of each place and size, such that no class has two sizes.

    ``links``: what formulas say share a range: places of names ("slot:x:0"), sizes ("size:N")
    and the letters of single formulas ("free:...", "bound:..."), which only pass on what they
    are in the places of.  A link without a letter counts once, however often it is made: a
    function makes one with each use.
    """
    groups = _Forest()
    members: dict[str, dict[str, None]] = {}
    for link in links:
        local = [key for key in link if key.startswith(LOCAL)] or [LOCAL[0] + "=".join(link)]
        for key in local:
            groups.union(local[0], key)
        members.setdefault(local[0], {}).update((k, None) for k in link if k not in local)
    together: dict[str, dict[str, None]] = {}
    for key, found in members.items():
        together.setdefault(groups.find(key), {}).update(found)
    votes = Counter(pair for found in together.values() for pair in combinations(sorted(found), 2))
    classes = _Forest()
    sizes: dict[str, set[str]] = {}
    for one, other in sorted(votes, key=lambda pair: -votes[pair]):
        mine, theirs = (sizes.get(classes.find(x), _own_size(x)) for x in (one, other))
        if not (mine and theirs and mine.isdisjoint(theirs)):
            sizes[classes.union(one, other)] = mine | theirs
    return {key: classes.find(key) for key in list(classes.parent)}


def base_size(key: str) -> str:
    """The size K of "size:K" and of "size:K+1", which counts a position 0 as well."""
    return key.removeprefix("size:").partition("+")[0]


def _own_size(key: str) -> set[str]:
    return {base_size(key)} if key.startswith("size:") else set()


class _Forest:
    """Disjoint sets."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        while (above := self.parent.setdefault(key, key)) != key:
            key = above
        return key

    def union(self, one: str, other: str) -> str:
        """Joins the sets of the two; their representative."""
        first = self.find(one)
        self.parent[self.find(other)] = first
        return first
