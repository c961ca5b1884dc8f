"""The words of a document, paragraph by paragraph, with ``⟦n⟧`` for the formula number n."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.reader.document import Formula, Item, Prose

__all__ = ["paragraphs"]


def paragraphs(items: Iterable[Item]) -> Iterator[tuple[str, list[Formula]]]:
    """The words of each stretch without a break, and its formulas."""
    words, inside = "", list[Formula]()
    for item in items:
        if isinstance(item, Prose):
            words += item.text
        elif isinstance(item, Formula):
            words += f"⟦{len(inside)}⟧"
            inside.append(item)
        else:
            yield words, inside
            words, inside = "", []
    yield words, inside
