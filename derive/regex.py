"""Regular expressions that are compiled when they are first used.

A document has words for a few of them only, and to compile all of them takes a good part of the
time that a short document takes in all.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast

__all__ = ["regex"]


class _Regex:
    """A pattern that is not compiled yet; each of its methods is looked up there once."""

    def __init__(self, source: str, flags: int) -> None:
        self.given = source, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(*self.given)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        vars(self)[name] = found
        return found


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first asked for anything."""
    return cast(re.Pattern[str], _Regex(source, flags))
