"""Atoms: what a single token begins, from a letter to a whole ``cases`` block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.reader.formulas.indicators import Indicators
from derive.reader.formulas.symbols import (
    ACCENTS,
    ELLIPSES,
    FONTS,
    FRACTIONS,
    FUNCTIONS,
    GROUPS,
    LETTERS,
    OPERATOR_WORDS,
    OPERATORS,
    PRODUCT_OPERATORS,
    RELATIONS,
    SIGNS,
    TEXTS,
)
from derive.reader.formulas.tokens import CannotRead, Token
from derive.reader.source import Span
from derive.reader.syntax import (
    Ellipsis,
    Evaluated,
    Fraction,
    FunctionCall,
    Group,
    List,
    Matrix,
    Name,
    Numeral,
    Operator,
    Root,
    Scripts,
    Syntax,
    Text,
    Underbrace,
)

MAXIMAL_DIGITS = 400
"""Digits of one number."""

_WORD_COMMANDS = frozenset(("\\operatorname", "\\mathrm", "\\text", "\\rm", "\\mathop"))


class Parser(Indicators):
    """Reads one statement: ``statement`` is the way in."""

    def statement(self, first: int, last: int) -> Syntax:
        """The tokens between two positions as one chain or expression."""
        if last - first == 1:
            token = self.tokens[first]
            if token.text in PRODUCT_OPERATORS or token.text in SIGNS or token.text == "/":
                return Name(token.span, token.text)  # a formula that only shows the symbol
        return self.within(first, last, self.expression)

    def is_letter(self, token: Token) -> bool:
        return token.text in LETTERS

    # ---------------------------------------------------------------- dispatch

    def atom(self) -> Syntax:
        token = self.peek()
        if token is None:
            raise CannotRead(self.here(), "the formula ends too early")
        start = self.position
        if token.kind == "number":
            return self._number(token)
        if token.kind == "letter":
            return self._letter(token, start)
        if token.kind == "open":
            return self._braced(start)
        if token.kind == "left":
            return self._fenced(start)
        if token.kind == "command":
            return self._command(token, start)
        if token.text in GROUPS:
            return self.bracket_or_indicator(start)
        if token.text == "|":
            return self.between_bars()
        if token.text in ("_", "^", "'"):
            raise CannotRead(token.span, f"{token.raw} stands behind nothing")
        raise CannotRead(token.span, f"unexpected {token.raw or token.text}")

    def _number(self, token: Token) -> Syntax:
        self.position += 1
        if len(token.text) > MAXIMAL_DIGITS:
            raise CannotRead(token.span, f"a number of more than {MAXIMAL_DIGITS} digits")
        start = self.position - 1
        numeral = Numeral(token.span, token.text)
        if self.position < self.end and self.tokens[self.position].text in ("\\%", "%"):
            sign = self.tokens[self.position]
            self.position += 1
            hundred = Numeral(sign.span, "100")
            return Fraction(replace(token.span, end=sign.span.end), numeral, hundred)
        return self.indicator(numeral, start) if token.text == "1" else numeral

    def _letter(self, token: Token, start: int) -> Syntax:
        if token.text == "d":
            ahead = self.slash_ahead(start)
            if ahead is not None:
                return self.slashed(start, ahead)
        name = self.letters()
        if token.text == "E" and isinstance(name, Name) and not name.word and self._is_mean():
            return self.expectation(start, name)
        if token.text == "I" and isinstance(name, Name) and not name.word:
            return self.indicator(name, start)
        return name

    def _is_mean(self) -> bool:
        """Whether a square bracket stands behind the letter E, with a script between or without."""
        at = self.position
        if at + 1 < self.end and self.tokens[at].text == "_":
            at += 1
            at = self.partner[at] if self.tokens[at].kind == "open" else at
            at += 1
        return at < self.end and self.tokens[at].text == "["

    def _braced(self, start: int) -> Syntax:
        """A group that is not looked through: ``{a \\over b}``, ``{s_{t-1}}_n``, ``{\\bf x}``."""
        end = self.partner[start]
        depth = 0
        for index in range(start + 1, end):
            token = self.tokens[index]
            depth += (token.kind == "open") - (token.kind == "close")
            if depth == 0 and token.text in ("\\over", "\\choose", "\\atop"):
                return self._infix(start, index, end)
        quotient = self.braced_quotient(start)
        if quotient is not None:
            return self.derivative(start, *quotient)
        inner = self.group(start)
        if isinstance(inner, Name) and inner.word:
            return self.named(inner.text, start, inner)  # {\rm softmax}(x)
        return inner

    def _infix(self, start: int, middle: int, end: int) -> Syntax:
        """``{a \\over b}`` and ``{n \\choose k}``."""
        upper, lower = (start + 1, middle), (middle + 1, end)
        division = self.tokens[middle].text == "\\over"
        if division and self.differential_quotient(upper, lower) is not None:
            return self.derivative(start, upper, lower, end + 1)
        above = self.within(*upper, self.expression)
        below = self.within(*lower, self.expression)
        self.position = end + 1
        span = self.span_from(start)
        return Fraction(span, above, below) if division else _binomial(span, above, below)

    def _fenced(self, start: int) -> Syntax:
        """``\\left. f \\right|_{x=a}`` and ``\\left\\{ array \\right.``."""
        end = self.partner[start]
        if self.tokens[start].text == "\\{":
            return self.one_sided(start, end)
        body = self.within(start + 1, end, self.expression)
        self.position = end + 1
        if not self.at("_"):
            raise CannotRead(self.tokens[end].span, "the bar does not say where to evaluate")
        self.position += 1
        at = self.script()
        return Evaluated(self.span_from(start), body, at)

    # ---------------------------------------------------------------- commands

    def _command(self, token: Token, start: int) -> Syntax:
        text = token.text
        if text in ("\\Sigma", "\\Pi"):
            return self.greek_sum(text, start)
        if text in LETTERS:
            self.position += 1
            return Name(token.span, text, self.font)
        if text in FRACTIONS:
            return self.fraction(start)
        if text in FONTS:
            return self._font(text, start)
        if text in ACCENTS:
            return self.accented(text, start)
        if text in OPERATORS:
            return self.big_operator(text, start)
        if text in TEXTS:
            return self.indicator(self.words(start), start)
        if text in ELLIPSES:
            self.position += 1
            return Ellipsis(token.span)
        if text in GROUPS:
            return self.bracket_or_indicator(start)
        special = self._special().get(text)
        if special is not None:
            return special(start)
        if text[1:] in FUNCTIONS:
            self.position += 1
            return self.call(text[1:], start, Name(token.span, text[1:], word=True))
        if text.startswith("\\begin{"):
            return self.environment(start)
        if text == "\\_":
            return self.letters()
        if text[1:].isalpha():
            raise CannotRead(token.span, f"the command {token.raw or text} is not known")
        raise CannotRead(token.span, f"unexpected {token.raw or text}")

    def _special(self) -> dict[str, Callable[[int], Syntax]]:
        return {
            "\\partial": self.partial,
            "\\nabla": self.nabla,
            "\\sqrt": self._root,
            "\\arg": self.arg_operator,
            "\\operatorname": self._operator_name,
            "\\mathop": self._operator_name,
            "\\|": lambda start: self.between_bars(),
            "\\boxed": self._boxed,
            "\\underbrace": self._under_brace,
            "\\overbrace": self._under_brace,
            "\\underset": self._under_set,
            "\\overset": self._under_set,
            "\\stackrel": self._under_set,
            "\\binom": self._choose,
            "\\dbinom": self._choose,
            "\\tbinom": self._choose,
            "\\substack": self.stacked,
            "\\eqref": self._reference,
            "\\ref": self._reference,
            "\\unicode": self._unicode,
            "\\dd": self._upright_d,
        }

    def _upright_d(self, start: int) -> Syntax:
        self.position = start + 1
        return Name(self.span_from(start), "d", "roman")

    def _font(self, text: str, start: int) -> Syntax:
        if self.is_operator_d():
            return self.operator_d(start)
        ahead = self.slash_ahead(start)
        if ahead is not None:
            return self.slashed(start, ahead)
        name = self.in_font(text, start)
        if not isinstance(name, Name):
            return self._mean_below(name, start)
        if name.text == "E" and (name.font == "blackboard" or self._is_mean()):
            return self.expectation(start, name)
        return self.indicator(name, start)

    def _mean_below(self, name: Syntax, start: int) -> Syntax:
        """``\\mathbf{E_p}[x]``: a mean, whose script stands within the letters of another font."""
        match name:
            case Scripts(_, Name(_, "E"), lower, None, 0) if self.at("["):
                body = self._bracket()
                return Operator(self.span_from(start), "expectation", lower, None, body)
        return name

    def _root(self, start: int) -> Syntax:
        self.position = start + 1
        degree: Syntax | None = None
        if self.position < self.end and self.tokens[self.position].text == "[":
            close = next(
                (n for n in range(self.position, min(self.end, self.position + 60))
                 if self.tokens[n].text == "]"),
                None,
            )  # fmt: skip
            if close is None:
                raise CannotRead(self.here(), "[ is never closed")
            degree = self.within(self.position + 1, close, self.expression)
            self.position = close + 1
        following = self.tokens[self.position] if self.position < self.end else None
        if following is not None and following.text in ("(", "[", "\\{"):
            group = self.bracketed()
            assert isinstance(group, Group)
            return Root(self.span_from(start), group.body, degree)
        radicand = self.argument()
        return Root(self.span_from(start), radicand, degree)

    def _operator_name(self, start: int) -> Syntax:
        """``\\operatorname{...}``: a word, or whatever stands in it."""
        self.position = start + 1
        first, last = self.argument_bounds()
        content = [token for token in self.tokens[first:last] if token.kind != "wide"]
        while content and content[0].text in ("\\mathrm", "\\rm", "\\text", "\\mathit", "{"):
            content = content[1:]
        while content and content[-1].kind == "close":
            content = content[:-1]
        if content and all(
            token.kind in ("letter", "number")
            or token.text in ("-", "\\_", "\\arg", "\\max", "\\min")
            for token in content
        ):
            word = "".join(token.text.replace("\\_", "_").lstrip("\\") for token in content)
            font = "operator" if len(word) > 1 else "roman"
            name = Name(self.span_from(start), word, font, word=len(word) > 1)
            if word == "E":
                return self.expectation(start, name)
            return self.indicator(self.named(word, start, name), start)
        for token in content:
            if token.text in RELATIONS:
                raise CannotRead(token.span, f"the relation {token.raw or token.text} in a word")
        resume = self.position
        result = self.within(first, last, self.expression)
        self.position = resume
        return result

    def _boxed(self, start: int) -> Syntax:
        """``\\boxed{x}`` is x; boxes side by side are the entries of a row vector."""
        entries: list[Syntax] = []
        self.position = start
        while self.at("\\boxed"):
            self.position += 1
            entries.append(self.argument())
        if len(entries) == 1:
            return entries[0]
        return Matrix(self.span_from(start), (tuple(entries),))

    def _under_brace(self, start: int) -> Syntax:
        over = self.tokens[start].text == "\\overbrace"
        self.position = start + 1
        body = self.argument()
        label: Syntax | None = None
        if self.at("^" if over else "_"):
            self.position += 1
            label = self.script()
        return Underbrace(self.span_from(start), body, label)

    def _under_set(self, start: int) -> Syntax:
        """``\\underset{i}{\\max} x_i``: bounds of an operator; else a label."""
        below = self.tokens[start].text == "\\underset"
        self.position = start + 1
        label = self.argument()
        first, last = self.argument_bounds()
        inside = self.tokens[first:last]
        word = "".join(
            token.text.lstrip("\\")
            for token in inside
            if token.kind in ("letter", "command") and token.text not in _WORD_COMMANDS
        )
        if below and word in (*OPERATOR_WORDS, "sum", "prod"):
            kind = OPERATOR_WORDS.get(word, word)
            name = Name(self.span_from(start), word, word=True)
            alone = Scripts(self.span_from(start), name, label, None)
            return self.operator_body(kind, label, None, start, alone)
        resume = self.position
        body = self.within(first, last, self.expression)
        self.position = resume
        return Underbrace(self.span_from(start), body, label)

    def _choose(self, start: int) -> Syntax:
        self.position = start + 1
        above = self.argument()
        below = self.argument()
        return _binomial(self.span_from(start), above, below)

    def _reference(self, start: int) -> Syntax:
        self.position = start + 1
        first, last = self.argument_bounds()
        return Text(self.span_from(start), f"({self.source(first, last)})")

    def _unicode(self, start: int) -> Syntax:
        """MathJax's ``\\unicode{x1D7D9}``: only the double-struck 1 has a meaning here."""
        self.position = start + 1
        first, last = self.argument_bounds()
        code = "".join(token.text for token in self.tokens[first:last]).lower()
        if code == "x1d7d9":
            return self.indicator(Name(self.span_from(start), "1", "blackboard"), start)
        raise CannotRead(self.span_from(start), f"the character \\unicode{{{code}}} is not known")


def _binomial(span: Span, above: Syntax, below: Syntax) -> Syntax:
    pair = List(Span(above.span.start, below.span.end), (above, below))
    return FunctionCall(span, "binomial", pair)
