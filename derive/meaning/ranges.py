"""Index ranges: which letters run over the same positions.

Letters that stand in the same place of the same variable share a range, and so do letters that
are compared, and a sum's letter and its upper bound.  Classes of such places are kept by
union-find while a document is read a first time; for the second reading each has its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Ranges"]

UNNAMED = "?"
DEFAULTS = ("N", "M", "K", "D", "P", "Q", "R", "S", "H", "B")


@dataclass
class Ranges:
    """``parent``: the forest.  ``final``: names of the classes, once all is known."""

    parent: dict[str, str] = field(default_factory=dict)
    final: dict[str, str] | None = None
    clashes: tuple[str, ...] = ()

    def find(self, key: str) -> str:
        """The representative of the class of ``key``."""
        parent = self.parent
        root = key
        while (above := parent.setdefault(root, root)) != root:
            root = above
        while parent[key] != root:
            parent[key], key = root, parent[key]
        return root

    def join(self, *keys: str) -> None:
        """All these places share one range."""
        if self.final is None:
            first = self.find(keys[0])
            for key in keys[1:]:
                self.parent[self.find(key)] = first

    def name(self, key: str) -> str:
        """The name of the range of ``key``; while reading the first time all have the same."""
        root = self.find(key)
        return UNNAMED if self.final is None else self.final.get(root, DEFAULTS[0])

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
        clashes: list[str] = []
        for root, names in sizes.items():
            letters = sorted(n for n in names if not n.isdigit())
            plain = [n for n in letters if "+" not in n]
            if letters:
                final[root] = (plain or letters)[0]
                used.add(final[root])
                if len(letters) > 1:
                    clashes.append(" and ".join(letters))
        free = (name for name in _defaults() if name not in used)
        carried = {self.find(key) for key in self.parent if key.startswith(("slot:", "bound:"))}
        for root, _ in sorted(members.items(), key=lambda item: -item[1]):
            if root not in final and root in carried:
                final[root] = next(free)
        return Ranges(self.parent, final, tuple(clashes))


def _defaults() -> Iterable[str]:
    yield from DEFAULTS
    number = 1
    while True:
        yield f"N_{number}"
        number += 1
