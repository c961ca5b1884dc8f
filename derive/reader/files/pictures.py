"""Pictures of formulas: services that set the LaTeX which stands in the address of an image."""

from __future__ import annotations

import re
from urllib.parse import unquote

from derive.reader.files.delimiters import looks_mathematical
from derive.reader.files.excerpt import Escapes
from derive.reader.source import Span

__all__ = ["formula_in_address", "image_begins"]

_TEX = r"(?P<tex>(?:&(?:space|amp|lt|gt);|[^&#\n])+)"
# https://latex.codecogs.com/svg.latex?y=x^2: the whole query is the formula, and + is a plus.
_WHOLE_QUERY = re.compile(r"[^\s?]*\b(?:latex|image)\?(?P<tex>[^#\n]+)")
# https://www.zhihu.com/equation?tex=y%3Dx, https://render.githubusercontent.com/render/math?math=y
_PARAMETER = re.compile(rf"[^\s?]*\?(?:[^\s&]*&(?:amp;)?)*?(?:latex|math|tex|chl|from|eq)={_TEX}")
# https://i.upmath.me/svg/y%3Dx
_PATH = re.compile(r"(?:https?:)?//[^\s/?]*(?:math|tex)[^\s/?]*/(?:svg|png)/(?P<tex>[^#\n]+)")


def formula_in_address(text: str, begin: int, stop: int) -> tuple[Span, Escapes] | None:
    """Where in the address of an image a formula stands, and how it is written there.

    None where the address holds none: most images are photographs and diagrams.
    """
    whole = _WHOLE_QUERY.fullmatch(text, begin, stop)
    found = whole or _PARAMETER.match(text, begin, stop) or _PATH.fullmatch(text, begin, stop)
    if found is None or not looks_mathematical(unquote(found.group("tex"))):
        return None
    tex = found.group("tex")
    ending = len(tex) - len(tex.removesuffix(".svg").removesuffix(".png"))
    return Span(found.start("tex"), found.end("tex") - ending), Escapes(
        address=True, plus=found.re is _PARAMETER
    )


def image_begins(text: str, first: int, bracket: int) -> int | None:
    """Where the image begins whose description ends with ``bracket``; None for a mere link."""
    depth = 0
    for place in range(bracket, max(first, bracket - 500) - 1, -1):
        depth += {"]": 1, "[": -1}.get(text[place], 0)
        if not depth:
            return place - 1 if place > first and text[place - 1] == "!" else None
    return None
