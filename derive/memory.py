"""The objects that exist only once, what is kept of them, and when it is forgotten.

Terms are built once, and what is computed of one is kept, which is what makes a check fast.  Who
checks thousands of documents in one process would pay for it with the memory of the machine.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from typing import Any, ParamSpec, TypeVar, cast
from weakref import ref

__all__ = ["forget", "kept", "objects"]

# So many objects are kept, some 200 MB with all that is known of them.
MOST = 150_000

P = ParamSpec("P")
T = TypeVar("T")

# Each under its type and its fields.
objects: dict[tuple[Any, ...], Any] = {}
_clear: list[Callable[[], None]] = []


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """The function with its values kept until ``forget``."""
    remembered = cache(function)
    _clear.append(remembered.cache_clear)
    return cast(Callable[P, T], remembered)


def forget(most: int = MOST) -> None:
    """Forget the objects that nobody holds any more, once there are more than ``most``.

    One that is held stays the only one of its kind, so that what is equal stays identical.  To be
    called where nothing is at work on them; with other threads about, nothing is forgotten.
    """
    if len(objects) <= most or threading.active_count() > 1:
        return
    for clear in _clear:
        clear()
    held = [ref(found) for found in objects.values()]
    objects.clear()
    for found in (reference() for reference in held):
        if found is not None:
            objects[type(found), *vars(found).values()] = found
