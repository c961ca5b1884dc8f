"""What stands between angle brackets or template braces in Markdown: HTML, Liquid, shortcodes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z][\w-]{0,40})"
    r"(?P<attributes>(?:\s+[A-Za-z_:@][\w:@.-]{0,80}+(?:\s*=\s*"
    r"(?:\"[^\"]{0,2000}+\"|'[^']{0,2000}+'|[^\s\"'=<>`]{1,2000}+))?+)*+)\s*+/?>"
)
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,20}:|[\w.+-]{1,64}@)[^\s<>]{0,2000}>")
_ADDRESS = re.compile(r"""\ssrc\s*=\s*["']?(?P<address>[^"'>]+)""", re.IGNORECASE)
_HIDDEN = frozenset((
    "script", "style", "pre", "textarea", "svg", "code", "template", "noscript", "head",
))  # fmt: skip
_FIRM = frozenset((
    "td", "th", "tr", "li", "table", "ul", "ol", "dl", "dt", "dd", "blockquote", "section",
    "article", "figure",
))  # fmt: skip
_SOFT = frozenset((
    "p", "div", "details", "summary", "center", "figcaption", "hr", "main", "header",
    "footer", "aside",
))  # fmt: skip
_TEX_SCRIPT = re.compile(r"math/(?:tex|latex)", re.IGNORECASE)
_DISPLAY_SCRIPT = re.compile(r"mode\s*=\s*display", re.IGNORECASE)
_TEX_SOURCE = re.compile(
    r"<annotation\s[^<>]{0,80}x-tex[^<>]{0,80}>(?P<tex>[^<]{1,5000})</annotation>"
)
_CDATA = re.compile(r"\s*(?:%\s*)?<!\[CDATA\[\s*")
_CDATA_END = re.compile(r"\s*(?:%\s*)?\]\]>\s*\Z")

_LIQUID = re.compile(r"\{%-?\s*(?P<name>\w+)[^%]{0,3000}?-?%\}")
_SHORTCODE = re.compile(
    r"\{\{(?P<kind>[<%])\s*(?P<slash>/?)\s*(?P<name>[\w-]+)[^{}]{0,2000}?[>%]\}\}"
)
# {{< texd `x^2` >}}
_QUOTED_SHORTCODE = re.compile(
    r"\{\{[<%]\s*[\w-]*(?:tex|math|latex|equation)[\w-]*\s*(?P<quote>[`\"])"
    r"(?P<tex>(?:(?!(?P=quote)).){1,5000}?)(?P=quote)\s*[>%]\}\}",
    re.DOTALL,
)
_OUTPUT = re.compile(r"\{\{[^{}\n]{0,500}\}\}")
_LISTINGS = frozenset((
    "highlight", "comment", "code", "mermaid", "plantuml", "chart", "bibliography",
))  # fmt: skip
_FORMULAS = frozenset((
    "katex", "math", "latex", "mathjax", "tex", "equation", "eq",
))  # fmt: skip

_MACROS = re.compile(r"macros\s*[\"']?\s*:\s*\{")
_MACRO = re.compile(
    r"[\"']?\\{0,2}(?P<name>[A-Za-z]+)[\"']?\s*:\s*"
    r"(?:(?P<quote>[\"'])(?P<body>(?:\\.|(?!(?P=quote))[^\\\n]){0,500})(?P=quote)"
    r"|\[\s*(?P<quote2>[\"'])(?P<body2>(?:\\.|(?!(?P=quote2))[^\\\n]){0,500})(?P=quote2)"
    r"\s*,\s*(?P<count>\d))"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A tag or a pair of tags: ``begin`` to ``stop`` is what stands within, ``end`` is behind it.

    ``hidden``: its content is not text.  ``formula``: its content is a formula.  ``block``: it
    ends a paragraph, ``firm``: and with it any sentence.  A tag alone has ``begin == stop``.
    ``picture``: it is an image, whose address is here.
    """

    begin: int
    stop: int
    end: int
    hidden: bool = False
    formula: bool = False
    display: bool = False
    mathml: bool = False
    block: bool = False
    firm: bool = False
    picture: tuple[int, int] | None = None


class Marks:
    """Finds closing marks in one text, and remembers which ones do not occur any more."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._missing: dict[str, int] = {}

    def find(self, mark: str, start: int, end: int) -> int:
        """Offset of ``mark`` between ``start`` and ``end``, or -1."""
        missing = self._missing.get(mark)
        if missing is not None and start >= missing:
            return -1
        found = self.text.find(mark, start, end)
        if found < 0 and end == len(self.text):
            self._missing[mark] = start
        return found

    def search(self, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """The first match between ``start`` and ``end``."""
        missing = self._missing.get(pattern.pattern)
        if missing is not None and start >= missing:
            return None
        found = pattern.search(self.text, start, end)
        if found is None and end == len(self.text):
            self._missing[pattern.pattern] = start
        return found


def element(marks: Marks, start: int, end: int) -> Block | None:
    """The comment, tag or element that begins with the ``<`` at ``start``; None: a mere sign."""
    text = marks.text
    if text.startswith("<!--", start):
        stop = marks.find("-->", start + 4, end)
        return None if stop < 0 else Block(start, start, stop + 3, hidden=True)
    tag = _TAG.match(text, start, end)
    if tag is None:
        link = _AUTOLINK.match(text, start, end)
        return Block(link.end(), link.end(), link.end()) if link else None
    name = tag.group("name").lower()
    begin = tag.end()
    attributes = tag.group("attributes")
    alone = bool(tag.group("slash")) or tag.group().endswith("/>")
    if not alone and (name in _HIDDEN or name in ("math", "tex")):
        stop = marks.find(f"</{tag.group('name')}>", begin, end)
        if stop >= 0:
            return _paired(text, name, attributes, begin, stop, stop + len(name) + 3)
    if name == "img" and (address := _ADDRESS.search(text, start, begin)):
        return Block(begin, begin, begin, picture=address.span("address"))
    firm = name in _FIRM
    return Block(begin, begin, begin, block=firm or name in _SOFT, firm=firm)


def _paired(text: str, name: str, attributes: str, begin: int, stop: int, end: int) -> Block:
    if name in ("math", "tex"):
        display = 'display="block"' in attributes
        source = _TEX_SOURCE.search(text, begin, stop)
        if source:  # what KaTeX and MathJax leave in the pages that they have set
            return Block(*source.span("tex"), end, formula=True, display=display)
        mathml = "<m" in text[begin:stop]
        return Block(begin, stop, end, formula=True, display=display, mathml=mathml)
    if name == "script" and _TEX_SCRIPT.search(attributes):
        opened = _CDATA.match(text, begin, stop)
        begin = opened.end() if opened else begin
        closed = _CDATA_END.search(text, max(begin, stop - 40), stop)
        stop = closed.start() if closed else stop
        display = _DISPLAY_SCRIPT.search(attributes) is not None
        return Block(begin, stop, end, formula=True, display=display)
    return Block(begin, stop, end, hidden=True)


def template(marks: Marks, start: int, end: int) -> Block | None:
    """The Liquid tag or Hugo shortcode at ``start``, with its content where that is not text."""
    text = marks.text
    quoted = _QUOTED_SHORTCODE.match(text, start, end)
    if quoted:
        return Block(*quoted.span("tex"), quoted.end(), formula=True)
    liquid = _LIQUID.match(text, start, end)
    shortcode = None if liquid else _SHORTCODE.match(text, start, end)
    found = liquid or shortcode
    if found is None:
        output = _OUTPUT.match(text, start, end)
        return Block(output.end(), output.end(), output.end()) if output else None
    name, begin = found.group("name").lower(), found.end()
    closes = shortcode is not None and bool(shortcode.group("slash"))
    if closes or (name not in _LISTINGS and name not in _FORMULAS):
        return Block(begin, begin, begin)
    if liquid:
        closing = re.compile(rf"\{{%-?\s*end{re.escape(name)}\s*-?%\}}")
    else:
        closing = re.compile(rf"\{{\{{[<%]\s*/\s*{re.escape(name)}\s*[>%]\}}\}}")
    last = marks.search(closing, begin, end)
    if last is None:
        return Block(begin, begin, begin)
    formula = name in _FORMULAS
    return Block(begin, last.start(), last.end(), hidden=not formula, formula=formula)


def mathjax_macros(script: str) -> list[str]:
    """The macros that a page's MathJax or KaTeX settings define, as LaTeX definitions."""
    settings = _MACROS.search(script)
    if settings is None:
        return []
    macros = []
    for found in _MACRO.finditer(script, settings.end(), min(len(script), settings.end() + 20_000)):
        body = found.group("body") or found.group("body2") or ""
        count = f"[{found.group('count')}]" if found.group("count") else ""
        body = re.sub(r"\\(.)", r"\1", body, flags=re.DOTALL)
        macros.append(f"\\newcommand{{\\{found.group('name')}}}{count}{{{body}}}")
    return macros
