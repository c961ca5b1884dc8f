"""Authors' own names for displays: ``\\be ... \\ee``, ``\\begin{eqs} ... \\end{eqs}``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from derive.reader.files.delimiters import is_mathematical

_COMMAND = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|g?def)\*?\s*\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?\s*"
    r"\{\s*\\(?P<side>begin|end)\s*\{(?P<environment>[A-Za-z]+\*?)\}\s*\}\Z"
)
_ENVIRONMENT = re.compile(
    r"\\(?:re)?newenvironment\*?\s*\{(?P<name>[A-Za-z]+\*?)\}\s*(?:\[[^\[\]]{0,40}\]\s*){0,2}(?=\{)"
)
_BEGIN = re.compile(r"\\begin\s*\{(?P<environment>[A-Za-z]+\*?)\}")


@dataclass(slots=True)
class Shorthands:
    """``openers``: command and the environment it begins; ``closers``: environment and its ends."""

    openers: dict[str, str] = field(default_factory=dict)
    closers: dict[str, list[str]] = field(default_factory=dict)
    environments: dict[str, str] = field(default_factory=dict)

    def learn(self, definition: str) -> None:
        """Take note of a ``\\newcommand`` that only begins or ends a mathematical environment."""
        found = _COMMAND.match(definition)
        if found is None or not is_mathematical(found.group("environment")):
            return
        environment = found.group("environment").rstrip("*")
        if found.group("side") == "begin":
            self.openers[found.group("name")] = environment
        else:
            self.closers.setdefault(environment, []).append(found.group("name"))

    def learn_environment(self, text: str, start: int, braces: dict[int, int]) -> int | None:
        """Take note of the ``\\newenvironment`` at ``start``; where it ends, None if it is none."""
        found = _ENVIRONMENT.match(text, start)
        if found is None:
            return None
        first = braces.get(found.end())
        if first is None:
            return None
        begin = _BEGIN.search(text, found.end(), first)
        if begin and is_mathematical(begin.group("environment")):
            name = found.group("name").rstrip("*")
            self.environments[name] = begin.group("environment").rstrip("*")
        opening = re.compile(r"\s*\{").match(text, first + 1)
        second = braces.get(opening.end() - 1) if opening else None
        return (first if second is None else second) + 1

    def closing(self, opener: str, text: str, position: int, end: int) -> tuple[int, int] | None:
        """Both ends of the command that ends the display that ``opener`` began."""
        names = "|".join(self.closers.get(self.openers[opener], ()))
        if not names:
            return None
        found = re.compile(rf"\\(?:{names})(?![A-Za-z])").search(text, position, end)
        return found.span() if found else None
