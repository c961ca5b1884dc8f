"""Where formulas begin and end: dollars, brackets, environments, and what only looks like them.

Every search either ends in what it consumes or is remembered, so that a document is scanned in
time linear in its length whatever is left open in it.
"""

from __future__ import annotations

import re
from functools import cached_property

from derive.reader.files.excerpt import MATHEMATICAL

LONGEST_LINE = 250
"""How far around a delimiter is looked to tell mathematics from words."""

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACE_OR_COMMENT = re.compile(r"\\.|%[^\n]*|[{}]", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:(begin|end)\s*\{([A-Za-z]+\*?)\}|.)", re.DOTALL)
_ENVIRONMENT_OR_COMMENT = re.compile(r"\\(?:(begin|end)\s*\{([A-Za-z]+\*?)\}|.)|%[^\n]*", re.DOTALL)

_WORDS_GROUP = r"\\(?:text|mbox|hbox|textrm|textbf|textit|textnormal|intertext|tag)\*?\s*\{"
_STOPS = {
    "$": re.compile(rf"\\\\|{_WORDS_GROUP}|\\.|\$|(?P<comment>%[^\n]*)", re.DOTALL),
    "$$": re.compile(rf"\\\\|{_WORDS_GROUP}|\\.|\$\$|(?P<comment>%[^\n]*)", re.DOTALL),
    r"\)": re.compile(rf"\\\\|{_WORDS_GROUP}|\\.|(?P<comment>%[^\n]*)", re.DOTALL),
    r"\\)": re.compile(r"\\\\[()]|\\.", re.DOTALL),
    r"\\]": re.compile(r"\\\\[\[\]](?!\d|-)|\\.", re.DOTALL),
}
_STOPS[r"\]"] = _STOPS[r"\)"]

_PLAIN_WORDS = re.compile(r"(?:\b[A-Za-z]{2,}\b[,;:]?\s+){3,}[A-Za-z]{2,}")
_COMMAND = re.compile(
    rf"{_WORDS_GROUP}(?:[^{{}}]|\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}){{0,300}}\}}|"
    r"\\[A-Za-z]+\s*(?:\{[A-Za-z ]*\})?"
)
_WORDS = (
    r"(?:the|and|of|to|is|are|for|with|in|on|an|we|or|from|per|but|that|this|it|at|by|was|were|has|"
    r"have|you|your|cost|costs|price|each|more|than|over|about|only|between)(?=[\s,.;:]|\Z)"
)
_ENGLISH = re.compile(rf"(?<!\S){_WORDS}")
# Beside another word or at an end: "by" alone may be the product in "ax + by + c".
_ENGLISH_PHRASE = re.compile(
    rf"(?:\A|(?<![\\\w])[A-Za-z]{{2,}}[,.]?\s+){_WORDS}|(?<!\S){_WORDS}[\s,.]*(?:\Z|[A-Za-z]{{2,}})"
)
_BLOCK_COMMAND = re.compile(
    r"\\(?:item|section|subsection|paragraph|chapter|frametitle|caption|par)(?![A-Za-z])|"
    r"\\(?:begin|end)\s*\{(?:itemize|enumerate|document|frame|block|figure|table|proof)\}"
)
_PLAIN_WORD = re.compile(r"(?<![\\\w])[A-Za-z]{3,}")
_OTHER_SYNTAX = re.compile(r"(?<!`)`(?!`)|\]\(|://|</?[A-Za-z]+>")
_SIGNATURE = re.compile(r"\\[A-Za-z,;!{}|]|[\^_=<>≠≤≥≈∂∇∑∈√∞→]|[α-ωΑ-Ω]")


def reads_like_prose(content: str) -> bool:
    """Four plain words in a row, outside the commands that set words in a formula."""
    return _PLAIN_WORDS.search(_COMMAND.sub("\n|", content)) is not None


def _without_commands(content: str) -> str:
    return _COMMAND.sub(" | ", content)


def runs_away(content: str) -> bool:
    """Whether the formula cannot end here: its own end is missing, and prose has come in.

    A list item, a section or plain words on several lines do not stand within one formula.
    """
    if _BLOCK_COMMAND.search(content) or reads_like_prose(content):
        return True
    return "\n" in content and _ENGLISH_PHRASE.search(_without_commands(content)) is not None


def looks_mathematical(content: str) -> bool:
    """A command, a script, a relation or a mathematical letter stands in it."""
    return _SIGNATURE.search(content) is not None


def is_dollar_formula(content: str, following: str) -> bool:
    """Whether ``$content$`` is a formula and not two prices or two shell variables.

    Formulas begin and end without a blank and no digit follows them (Pandoc's rule); where that
    fails, only what looks like mathematics is one.
    """
    bare = content.strip()
    if not bare or _OTHER_SYNTAX.search(bare):
        return False
    mathematical = looks_mathematical(bare)
    words = _without_commands(bare)
    pattern = _ENGLISH if bare[0].isdigit() else _ENGLISH_PHRASE
    wordy = pattern.search(words) is not None
    tight = bare == content and not following.isdigit()
    if tight:
        amount = bare[0].isdigit() and _PLAIN_WORD.search(_COMMAND.sub(" ", bare)) is not None
        if (wordy or amount) and not mathematical:
            return False
        following_word = (following.isascii() and following.isalpha()) or following == "_"
        return mathematical or not (following_word and len(bare) > 2)
    prompt = content[0] == " " and content.rstrip(" \t").endswith("\n") and "\\" not in content
    if wordy or prompt or (bare[0].isdigit() and following.isdigit()):
        return False
    short = bare[0] not in "0123456789.,;:)" and _PLAIN_WORD.search(bare) is None
    return mathematical or (short and len(bare) < 40 and re.search("[A-Za-z]", bare) is not None)


class Delimiters:
    """The closing delimiters of one text.  ``comments``: ``%`` begins a comment (TeX)."""

    def __init__(self, text: str, comments: bool) -> None:
        self.text = text
        self.comments = comments
        self._exhausted: dict[str, int] = {}
        self._effort = 50 * len(text) + 100_000

    @cached_property
    def braces(self) -> dict[int, int]:
        """Offset of each ``{`` that is closed, and of its ``}``."""
        pairs: dict[int, int] = {}
        open_braces: list[int] = []
        for found in (_BRACE_OR_COMMENT if self.comments else _BRACE).finditer(self.text):
            sign = self.text[found.start()]
            if sign == "{":
                open_braces.append(found.start())
            elif sign == "}" and open_braces:
                pairs[open_braces.pop()] = found.start()
        return pairs

    @cached_property
    def environments(self) -> dict[int, tuple[int, int]]:
        """Offset of each ``\\begin{...}`` that is closed, and both ends of its ``\\end{...}``."""
        pairs: dict[int, tuple[int, int]] = {}
        open_ones: list[tuple[str, int]] = []
        depth: dict[str, int] = {}
        pattern = _ENVIRONMENT_OR_COMMENT if self.comments else _ENVIRONMENT
        for found in pattern.finditer(self.text):
            name = found.group(2)
            if name is None:
                continue
            if found.group(1) == "begin":
                open_ones.append((name, found.start()))
                depth[name] = depth.get(name, 0) + 1
            elif depth.get(name, 0):
                while open_ones:
                    last, start = open_ones.pop()
                    depth[last] -= 1
                    if last == name:
                        pairs[start] = (found.start(), found.end())
                        break
        return pairs

    def closing(self, opener: str, position: int, limit: int) -> int | None:
        """Offset of the delimiter that closes ``opener`` before ``limit``; None: there is none.

        A second opener, or for brackets a bracket of the same kind, means that the first one was
        never closed.  Words set within a formula (``\\text{if $i = j$}``) are stepped over.
        """
        closer = {"\\(": r"\)", "\\[": r"\]", "\\\\(": r"\\)", "\\\\[": r"\\]"}.get(opener, opener)
        exhausted = self._exhausted.get(closer)
        if (exhausted is not None and position >= exhausted) or self._effort < 0:
            return None
        begin = position
        while True:
            found = _STOPS[closer].search(self.text, position, limit)
            if found is None:
                if limit >= len(self.text):
                    self._exhausted[closer] = begin
                self._effort -= limit - begin
                return None
            sign = found.group()
            if sign == closer:
                return found.start()
            if sign == opener:
                return None
            position = found.end()
            if found.lastgroup == "comment":
                if not self.comments:
                    position = found.start() + 1
            elif sign.endswith("{") and len(sign) > 2:
                group = self.braces.get(found.end() - 1)
                if group is not None and group < limit:
                    position = group

    def environment_end(self, position: int) -> tuple[int, int] | None:
        """Both ends of the ``\\end{...}`` that closes the ``\\begin{...}`` at ``position``."""
        return self.environments.get(position)


def is_mathematical(environment: str) -> bool:
    """Whether ``\\begin{environment}`` opens mathematics."""
    return environment.removesuffix("*") in MATHEMATICAL
