"""Names: letters, accents, fonts, words, runs of letters."""

from __future__ import annotations

from dataclasses import replace

from derive.reader.formulas.cursor import Cursor
from derive.reader.formulas.symbols import (
    ACCENTS,
    BARE_FUNCTIONS,
    FONT_SWITCHES,
    FONTS,
    FUNCTIONS,
    OPERATOR_WORDS,
    TEXTS,
    WORD_FONTS,
)
from derive.reader.formulas.tokens import CannotRead, Token
from derive.reader.formulas.words import is_applied, is_identifier, is_label, split_run
from derive.reader.source import Span
from derive.reader.syntax import Name, Numeral, Product, Scripts, Signed, Syntax
from derive.reader.syntax import Text as TextNode

_MARKS = frozenset(("*", "+", "-", ":", "\\star", "\\dagger", "\\circ", "\\top", "\\ast", "\\bot",
                    "\\pm", "\\times", "\\#", "#", "\\%"))  # fmt: skip


class Names(Cursor):
    """Reads names.  What a word does to what follows it is decided further up (``named``)."""

    def expression(self) -> Syntax:
        raise NotImplementedError

    def atom(self) -> Syntax:
        raise NotImplementedError

    def named(self, word: str, start: int, name: Name) -> Syntax:
        """A word in the place of a factor: a function's call, an operator, or a name."""
        raise NotImplementedError

    # ---------------------------------------------------------------- arguments

    def argument(self) -> Syntax:
        """What a command acts on: a braced group, or the next token alone."""
        start = self._next_argument()
        token = self.tokens[start]
        if token.kind == "open":
            return self.group(start)
        return self._single(token)

    def _next_argument(self) -> int:
        while self.position < self.end and self.tokens[self.position].kind in ("wide", "row"):
            self.position += 1
        if self.position >= self.end or self.tokens[self.position].kind == "close":
            raise CannotRead(self.here(), "an argument is missing")
        return self.position

    def argument_bounds(self) -> tuple[int, int]:
        """Skip a braced argument (or one token); the positions of its content."""
        start = self._next_argument()
        if self.tokens[start].kind == "open":
            self.position = self.partner[start] + 1
            return start + 1, self.partner[start]
        self.position = start + 1
        return start, start + 1

    def group(self, start: int) -> Syntax:
        """A braced group as an expression."""
        end = self.partner[start]
        self.position = start
        if end == start + 1:
            raise CannotRead(self.tokens[start].span, "an empty group { }")
        font = self.font
        result = self.within(start + 1, end, self.expression)
        self.font = font
        self.position = end + 1
        return result

    def _single(self, token: Token) -> Syntax:
        if token.kind == "number":
            digit = self.split_digit()
            return Numeral(digit.span, digit.text)
        if token.kind == "letter":
            self.position += 1
            return Name(token.span, token.text, self.font)
        if token.text in _MARKS:
            negative = self._negative_exponent()
            if negative is not None:
                return negative
            self.position += 1
            return Name(token.span, token.text)
        self.deeper()
        result = self.atom()
        self.depth -= 1
        return result

    def _negative_exponent(self) -> Syntax | None:
        """``x^-2`` and ``e^-x``: TeX raises the sign alone, the author means the whole exponent."""
        at = self.position
        if not 1 < at + 1 < self.end or self.tokens[at].text != "-":
            return None
        before, exponent = self.tokens[at - 1], self.tokens[at + 1]
        if before.text != "^" or exponent.spaced:
            return None
        euler = exponent.kind == "letter" and at > 1 and self.tokens[at - 2].text == "e"
        if exponent.kind != "number" and not euler:
            return None
        self.position = at + 2
        whole = exponent.kind == "number"
        inner = (
            Numeral(exponent.span, exponent.text)
            if whole
            else Name(exponent.span, exponent.text, self.font)
        )
        return Signed(self.span_from(at), ((-1, inner),))

    def script(self) -> Syntax:
        """What stands after ``_`` or ``^``: an expression, a mark such as ``*``, words."""
        start = self._next_argument()
        token = self.tokens[start]
        if token.kind != "open":
            return self._word_below(start) or self.argument()
        end = self.partner[start]
        content = self.tokens[start + 1 : end]
        if content and all(t.text in _MARKS for t in content):
            self.position = end + 1
            text = content[0].text if len(content) == 1 else "".join(t.text for t in content)
            return Name(self.span_from(start + 1), text)
        if not content:
            raise CannotRead(token.span, "an empty sub- or superscript")
        below = self.tokens[start - 1].text == "_"
        if below and len(content) > 1 and all(t.kind == "number" for t in content):
            self.position = end + 1  # TeX shows no space in ``u_{1 2}``
            digits = "".join(t.text for t in content)
            return Numeral(Span(content[0].start, content[-1].end), digits)
        outer, self.indexing = self.indexing, below
        result = self.group(start)
        self.indexing = outer
        return result

    def _word_below(self, start: int) -> Syntax | None:
        """``y_pred``: TeX lowers the p alone, the author means the word."""
        if self.tokens[start - 1].text != "_" or self.tokens[start].kind != "letter":
            return None
        stop = self.run_end(start)
        pieces = [token.text for token in self.tokens[start:stop]]
        if len(pieces) < 3 or split_run(pieces) != [len(pieces)]:
            return None
        self.position = stop
        return Name(self.span_from(start), "".join(pieces), self.font, word=True)

    def two_indices(self) -> Syntax | None:
        """``\\delta_ij``: Kronecker's delta has two indices, braces or not."""
        start = self.position
        if self.run_end(start) != start + 2:
            return None
        self.position = start + 2
        names = tuple(
            Name(token.span, token.text, self.font) for token in self.tokens[start : start + 2]
        )
        return Product(self.span_from(start), names, ("",))

    def run_end(self, start: int) -> int:
        """The end of the letters that stand side by side from ``start``."""
        stop = start
        while stop < min(self.end, start + 40) and self.tokens[stop].kind == "letter":
            if stop > start and self.tokens[stop].spaced:
                break
            stop += 1
        return stop

    # ---------------------------------------------------------------- letters

    def letters(self) -> Syntax:
        """The first name of a run of letters, with digits and underscores that belong to it."""
        start = self.position
        stop = start + 1
        while stop < self.end and not self.tokens[stop].spaced:
            token = self.tokens[stop]
            if (
                token.text == "\\_"
                or (token.kind == "letter" and token.text.isascii())
                or (token.kind == "number" and token.text.isdigit())
            ):
                stop += 1
            else:
                break
            if stop - start > 200:
                raise CannotRead(self.tokens[start].span, "a word of more than 200 letters")
        pieces = [t.text.replace("\\_", "_") for t in self.tokens[start:stop]]
        counts = self._counts(start, pieces)
        bracket = stop < self.end and self.tokens[stop].text in ("(", "[")
        if len(pieces) == 2 and (bracket or self.indexing) and is_applied("".join(pieces)):
            counts = 2
        if self.indexing and is_label("".join(pieces)):
            counts = 3
        if len(pieces) > 2 and "".join(pieces).isalpha() and self._component_ahead(stop):
            counts = len(pieces)
        if counts == 1 and self._is_differential(pieces):
            counts = 2
        self.position = start + counts
        text = "".join(pieces[:counts])
        name = Name(self.span_from(start), text, self.font, word=counts > 1)
        if counts > 1 and (text in BARE_FUNCTIONS or (bracket and text in FUNCTIONS)):
            return self.named(text, start, name)
        return name

    def _component_ahead(self, index: int) -> bool:
        """``(x)_i`` behind a run of letters, which then is the name of a function."""
        after = self.tokens[index : min(index + 4, self.end)]
        return [token.text for token in after[:1] + after[2:]] == ["(", ")", "_"] and after[
            1
        ].kind in ("letter", "command")

    def _is_differential(self, pieces: list[str]) -> bool:
        """``dz``, ``dW``: the name of a gradient or differential, but two indices in ``W_{dk}``."""
        if self.indexing or len(pieces) < 2 or pieces[0] != "d" or not pieces[1].isalpha():
            return False
        return len(pieces) == 2 or not pieces[2].isalpha()

    def _counts(self, start: int, pieces: list[str]) -> int:
        """The length of the name at ``start``; a run is split once, where it begins."""
        known = self.splits.get(start)
        if known is None:
            position = start
            for count in split_run(pieces):
                self.splits[position] = count
                position += count
            known = self.splits[start]
        return known

    # ---------------------------------------------------------------- accents and fonts

    def accented(self, command: str, start: int) -> Syntax:
        """``\\hat{y}``, ``\\bar{x_i}``: the accent belongs to the letter."""
        self.position = start + 1
        base = self.argument()
        return self._with_accent(ACCENTS[command], base, start)

    def _with_accent(self, accent: str, base: Syntax, start: int) -> Syntax:
        span = self.span_from(start)
        if isinstance(base, Name):
            return Name(span, f"{accent}{{{base.text}}}", base.font, base.word)
        if isinstance(base, Scripts) and isinstance(base.base, Name):
            inner = Name(
                base.base.span, f"{accent}{{{base.base.text}}}", base.base.font, base.base.word
            )
            return Scripts(span, inner, base.subscript, base.superscript, base.primes)
        raise CannotRead(span, f"{accent} over more than one letter is not understood")

    def in_font(self, command: str, start: int) -> Syntax:
        """``\\mathbf{x}``, ``\\mathrm{softmax}``, ``{\\bf x}``."""
        outer = self.font
        self.position = start + 1
        font = FONTS[command]
        if command in FONT_SWITCHES and self.text_after(0) != "{":
            self.font = font  # lasts to the end of the group, which restores it
            return self.switched(command, start)
        first, last = self.argument_bounds()
        content = self.tokens[first:last]
        if command in WORD_FONTS:
            word = _plain_word(content)
            if word is not None:
                name = Name(self.span_from(start), word, font, word=len(word) > 1)
                return self.named(word, start, name) if len(word) > 1 else name
        self.font = font
        if len(content) == 1 and content[0].kind == "number":
            number = content[0].text
            null = number == "0" and self.text_after(0) not in ("_", "^")
            result: Syntax = (
                Numeral(self.span_from(start), number)  # all its components are 0
                if null
                else Name(self.span_from(start), number, font)
            )
        elif _one_bold_word(content):
            text = "".join(token.text for token in content)
            result = Name(self.span_from(start), text, font, word=True)
        else:
            resume = self.position
            result = self.within(first, last, self.expression)
            self.position = resume
        self.font = outer
        if isinstance(result, Name | Scripts):
            result = replace(result, span=self.span_from(start))
        return result

    def switched(self, command: str, start: int) -> Syntax:
        """The rest of a group in the font of ``{\\bf ...}``."""
        if command in WORD_FONTS:
            word = _plain_word(self.tokens[self.position : self.end])
            if word is not None and len(word) > 1:
                self.position = self.end
                return self.named(word, start, Name(self.span_from(start), word, self.font, True))
        return self.atom()

    # ---------------------------------------------------------------- words

    def text_content(self, index: int) -> str:
        """The words of the ``\\text{...}`` whose command stands at ``index``."""
        if index + 1 < self.end and self.tokens[index + 1].kind == "open":
            return self.source(index + 2, self.partner[index + 1])
        return self.source(index + 1, min(index + 2, self.end))

    def words(self, start: int) -> Syntax:
        """``\\text{...}`` in the place of a factor: a name if it can be one."""
        text = self.text_content(start)
        self.position = start + 1
        first, last = self.argument_bounds()
        text = text.replace("\\_", "_").replace("\\ ", " ")
        span = self.span_from(start)
        font = "bold" if self.tokens[start].text == "\\textbf" else "roman"
        if is_identifier(text):
            name = Name(span, text, font, word=len(text) > 1)
            return self.named(text, start, name) if len(text) > 1 else name
        letters = self.tokens[first:last]
        if len(letters) == 1 and letters[0].kind in ("letter", "command"):
            return Name(span, letters[0].text, font)
        return TextNode(span, text)

    def is_words(self, index: int) -> bool:
        """Whether a ``\\text{...}`` stands at ``index`` that is no name but joins pieces."""
        token = self.tokens[index]
        if token.text not in TEXTS:
            return False
        text = self.text_content(index).replace("\\_", "_")
        if text in FUNCTIONS or text in OPERATOR_WORDS:
            return False
        return not (is_identifier(text) and " " not in text)


def _plain_word(content: list[Token]) -> str | None:
    """The word that letters in a font for words spell; None where there is more than letters."""
    if not content or not all(
        token.kind in ("letter", "number") or token.text in ("\\_", "-", "*", "'")
        for token in content
    ):
        return None
    if content[0].kind != "letter":
        return None
    word = "".join(token.text.replace("\\_", "_") for token in content)
    spaced = "".join(
        (" " if token.spaced and position else "") + token.text
        for position, token in enumerate(content)
    )
    return spaced if spaced in OPERATOR_WORDS else word


def _one_bold_word(content: list[Token]) -> bool:
    """``\\mathbf{do}``, ``\\mathbf{dZ}``, ``\\mathbf{net}``: a name; not ``\\mathbf{Wx}``."""
    if len(content) < 2 or not all(token.kind in ("letter", "number") for token in content):
        return False
    pieces = [token.text for token in content]
    if len(pieces) == 2 and pieces[0] == "d" and pieces[1].isalpha():
        return True
    return split_run(pieces) == [len(pieces)]
