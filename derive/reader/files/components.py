"""Formulas in the components of MDX: ``<InlineMath math="x^2" />``, ``<TeX>{`x^2`}</TeX>``."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Component", "component"]

# A string of JavaScript, in which a backslash is doubled unless it is raw.
_STRING = (
    r"\{\s*(?P<raw>String\.raw)?\s*(?P<quote>[`\"'])(?P<code>(?:(?!(?P=quote)).){1,5000}?)"
    r"(?P=quote)\s*\}"
)
_ATTRIBUTES = r"(?:\s+[\w-]+(?:=(?:\"[^\"\n]{0,200}\"|\{[^{}\n]{0,200}\}))?){0,8}?"
_NAME = r"(?P<name>[A-Z]\w{0,20}(?i:math|tex|equation)|Math\w{0,20}|TeX|Tex|KaTeX|Katex|Equation)"
_ALONE = re.compile(
    rf"<{_NAME}\b{_ATTRIBUTES}\s+(?:math|tex|formula|expr|expression)="
    rf"(?:\"(?P<plain>[^\"]{{1,5000}})\"|{_STRING}){_ATTRIBUTES}\s*/?>",
    re.DOTALL,
)
_AROUND = re.compile(
    rf"<{_NAME}\b(?P<given>{_ATTRIBUTES})\s*>\s*{_STRING}\s*</(?P=name)\s*>", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Component:
    """``begin`` to ``stop`` is its formula.  ``doubled``: with doubled backslashes."""

    begin: int
    stop: int
    end: int
    doubled: bool


def component(text: str, start: int, end: int) -> Component | None:
    """The component at ``start`` that sets a formula, if there is one."""
    found = _ALONE.match(text, start, end) or _AROUND.match(text, start, end)
    if found is None:
        return None
    plain = found.re is _ALONE and found.group("plain") is not None
    begin, stop = found.span("plain" if plain else "code")
    return Component(begin, stop, found.end(), not plain and not found.group("raw"))
