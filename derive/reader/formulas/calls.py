"""Functions and big operators, and how far what they act on reaches.

A sum, product or limit reaches over the whole product that follows, up to the next + or -.
A function without brackets reaches over letters and numbers side by side: ``\\log x y`` is
log(x y), ``\\log \\frac{a}{b} c`` and ``\\log(x) y`` end with the fraction or bracket, and an
explicit ``\\cdot`` or another function ends it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from derive.reader.formulas.chains import Chains
from derive.reader.formulas.symbols import (
    DELIMITERS,
    FUNCTION_SPELLINGS,
    FUNCTIONS,
    GROUPS,
    NEEDS_BRACKET,
    OPERATOR_WORDS,
    OPERATORS,
    RELATIONS,
    SIGNS,
)
from derive.reader.formulas.tokens import CannotRead
from derive.reader.syntax import (
    Chain,
    Ellipsis,
    FunctionCall,
    Group,
    List,
    Matrix,
    Name,
    Numeral,
    Operator,
    Product,
    Root,
    Scripts,
    Signed,
    Syntax,
)

_RELATION_COMMANDS = frozenset(RELATIONS) - {":"}


class Calls(Chains):
    """Reads calls, big operators, roots and bracketed groups."""

    def bracketed(self) -> Syntax:
        """A bracket, what stands in it, and the bracket that closes it (``(0, 1]`` may)."""
        start = self.position
        opening = self.take()
        closing = GROUPS[opening.text]
        bars, self.bars = self.bars, ["\\rvert"] if opening.text == "\\lvert" else []
        self.deeper()
        if self.at(closing):
            raise CannotRead(self.here(), f"nothing stands between {opening.raw} and its end")
        body = self.expression()
        token = self.peek()
        if token is None:
            raise CannotRead(self.tokens[start].span, f"{opening.raw} is never closed")
        interval = {opening.text, token.text} in ({"(", "]"}, {"[", ")"})
        if token.text != closing and not interval:
            raise CannotRead(token.span, f"{opening.raw} is closed by {token.raw or token.text}")
        self.position += 1
        self.depth -= 1
        self.bars = bars
        if opening.text in ("(", "[") and isinstance(body, Product) and _are_columns(body):
            body = Matrix(body.span, (body.factors,))
        delimiters = opening.text + token.text if interval else DELIMITERS[opening.text]
        return Group(self.span_from(start), body, delimiters)

    def between_bars(self) -> Syntax:
        """``|x|``, ``\\|x\\|``, ``||x||``."""
        start = self.position
        opening = self.take()
        double = opening.text == "|" and self.text_after(0) == "|"
        if double:
            self.position += 1
        bars, self.bars = self.bars, [*self.bars, opening.text]
        self.deeper()
        body = self.expression()
        for _ in range(2 if double else 1):
            if not self.at(opening.text):
                raise CannotRead(self.tokens[start].span, f"{opening.raw} is never closed")
            self.position += 1
        self.depth -= 1
        self.bars = bars
        return Group(self.span_from(start), body, "‖‖" if double else DELIMITERS[opening.text])

    # ---------------------------------------------------------------- functions

    def named(self, word: str, start: int, name: Name) -> Syntax:
        if word in OPERATOR_WORDS:
            kind = OPERATOR_WORDS[word]
            if self._operator_follows():
                return self.operator(kind, start, name)
        elif word in FUNCTIONS:
            return self.call(word, start, name)
        return name

    def _operator_follows(self) -> bool:
        return self.at("_", "(", "[", "\\{") or (
            (token := self.peek()) is not None
            and token.kind in ("letter", "command")
            and token.text not in _RELATION_COMMANDS
            and not self.is_words(self.position)
        )

    def call(self, word: str, start: int, name: Name) -> Syntax:
        """A function and what it acts on; its name alone where nothing follows."""
        function = FUNCTION_SPELLINGS.get(word, word)
        if word not in NEEDS_BRACKET:
            self.keep_group()
        scripts = self.scripted(name, start)
        subscript = superscript = None
        if isinstance(scripts, Scripts):
            if scripts.primes:  # of the function as its definition spells it
                same = function == word or scripts.base is not name
                return scripts if same else replace(scripts, base=replace(name, text=function))
            subscript, superscript = scripts.subscript, scripts.superscript
        if function == "exp" and subscript is None and _is_exponent(superscript):
            return FunctionCall(self.span_from(start), function, superscript)
        argument = self._argument_of(word)
        if argument is None:
            bare = function != word and scripts is name
            return replace(name, text=function) if bare else scripts
        if function == "sqrt" and subscript is None and superscript is None:
            radicand = argument.body if isinstance(argument, Group) else argument
            return Root(self.span_from(start), radicand, None)
        return FunctionCall(self.span_from(start), function, argument, subscript, superscript)

    def _argument_of(self, word: str) -> Syntax | None:
        raw = self.tokens[self.position] if self.position < self.end else None
        if word in NEEDS_BRACKET:
            return self._bracket() if self.at("(", "[", "\\{", "\\lvert", "\\lVert") else None
        if (
            raw is not None
            and raw.kind == "open"
            and self.partner[self.position] > self.position + 1
        ):
            return self._deep_group()
        if self.at("(", "[", "\\{"):
            return self._bracket()
        token = self.peek()
        if token is None or self._closes(token) or token.text in (",", ";"):
            return None
        self.deeper()
        begin = self.position
        negative = self.at("-") and not self.relation_ahead()
        if negative:
            self.take()
        elif token.text in SIGNS or self.relation_ahead() or not self._starts_factor():
            self.depth -= 1
            return None
        body = self.product("function")
        self.depth -= 1
        return Signed(self.span_from(begin), ((-1, body),)) if negative else body

    def _bracket(self) -> Syntax:
        self.peek()
        return self.bracketed()

    def _deep_group(self) -> Syntax:
        """``\\log{x}``: the braces hold the argument; brackets right inside them are kept."""
        self.deeper()
        whole = self.position in self.groups  # \log {a \over b}
        result = self.atom() if whole else self.group(self.position)
        self.depth -= 1
        return result

    def _starts_factor(self) -> bool:
        token = self.peek()
        assert token is not None
        return not self._ends_product(token, False) and token.text not in (
            "\\cdot", "\\times", "*", "/", "\\odot", "^", "_", "'", "\\otimes", "\\circ",
        )  # fmt: skip

    # ---------------------------------------------------------------- operators

    def operator(self, kind: str, start: int, name: Name) -> Syntax:
        """A big operator with its bounds and body; its name alone where it has no body."""
        self.keep_group()
        bounds = self.scripted(name, start)
        lower = upper = None
        if isinstance(bounds, Scripts):
            lower, upper = bounds.subscript, bounds.superscript
        return self.operator_body(kind, lower, upper, start, bounds)

    def operator_body(
        self, kind: str, lower: Syntax | None, upper: Syntax | None, start: int, alone: Syntax
    ) -> Syntax:
        token = self.peek()
        if kind in ("max", "min") and lower is None and upper is None and self.at("(", "\\{"):
            argument = self._bracket()
            return FunctionCall(self.span_from(start), kind, argument)
        if token is None or token.text == "+" or not (token.text == "-" or self._starts_factor()):
            return alone
        body = self.body()
        return Operator(self.span_from(start), kind, lower, upper, body)

    def body(self) -> Syntax:
        """What a big operator reaches over."""
        self.deeper()
        begin = self.position
        negative = self.at("-")
        if negative:
            self.take()
        body = self.product()
        if negative:
            body = Signed(self.span_from(begin), ((-1, body),))
        self.depth -= 1
        return body

    def big_operator(self, command: str, start: int) -> Syntax:
        """``\\sum``, ``\\prod``, ``\\max`` and their like."""
        self.position = start + 1
        name = Name(self.span_from(start), command if command in ("\\sum", "\\prod", "\\int")
                    else command[1:], word=command not in ("\\sum", "\\prod", "\\int"))  # fmt: skip
        return self.operator(OPERATORS[command], start, name)

    def arg_operator(self, start: int) -> Syntax:
        """``\\arg\\max_i``."""
        self.position = start + 1
        token = self.peek()
        word = "" if token is None else token.text.lstrip("\\")
        if word not in ("max", "min"):
            return Name(self.span_from(start), "arg", word=True)
        self.position += 1
        return self.operator(
            "arg" + word, start, Name(self.span_from(start), "arg" + word, word=True)
        )

    def expectation(self, start: int, name: Name) -> Syntax:
        """``\\mathbb{E}_{x \\sim p}[...]``: reaches over its bracket only."""
        bounds = self.scripted(name, start)
        if isinstance(bounds, Scripts) and (bounds.primes or bounds.superscript is not None):
            return bounds
        if not self.at("[", "(", "\\{"):
            return bounds
        lower = bounds.subscript if isinstance(bounds, Scripts) else None
        body = self._bracket()
        return Operator(self.span_from(start), "expectation", lower, None, body)

    def greek_sum(self, command: str, start: int) -> Syntax:
        """``\\Sigma_{i=1}^n x_i`` as a sum, or the letter with its scripts."""
        raw = self.tokens[start].raw
        self.position = start + 1
        mark = "\\sum" if command == "\\Sigma" else "\\prod"
        name = Name(self.span_from(start), mark)
        lower_at = self.text_after(0) == "_"
        bounds = self.scripted(name, start)
        token = self.peek()
        kinds = ("letter", "command", "open", "number")
        follows = token is not None and (token.kind in kinds or token.text in ("(", "["))
        follows = follows and self._starts_factor()
        letter: Syntax = Name(name.span, command, self.font)
        if isinstance(bounds, Scripts):
            letter = replace(bounds, base=letter)
        if not follows:
            return letter
        lower = upper = None
        if isinstance(bounds, Scripts):
            lower, upper = bounds.subscript, bounds.superscript
        bounded = self._is_range(lower) or (lower is not None and isinstance(upper, Name | Numeral)
                                            and not _is_power(upper))  # fmt: skip
        indexed = lower_at and isinstance(lower, Name) and upper is None and self._uses(lower.text)
        bare = raw in ("Σ", "Π") and bounds is name and self._next_is_indexed()
        if not (bounded or indexed or bare):
            return letter
        return self.operator_body(OPERATORS[mark], lower, upper, start, bounds)

    def _is_range(self, lower: Syntax | None) -> bool:
        if isinstance(lower, List):
            return any(isinstance(item, Chain | Ellipsis) for item in lower.items)
        return isinstance(lower, Chain)

    def _uses(self, index: str) -> bool:
        """Whether a subscript of the following factors holds the letter."""
        in_script = False
        for place in range(self.position, min(self.end, self.position + 60)):
            token = self.tokens[place]
            if token.text in ("+", "=") and not in_script:
                return False
            if token.text in ("_", "^"):
                in_script = True
            elif token.text == index and in_script:
                return True
        return False

    def _next_is_indexed(self) -> bool:
        return self.position + 1 < self.end and self.tokens[self.position + 1].text in (
            "_",
            "^",
            "{",
        )


def _is_exponent(upper: Syntax | None) -> TypeGuard[Syntax]:
    """Whether ``\\exp^{x_i}`` means e to it: all but numbers, as in ``\\exp^2(x)``."""
    number = upper.terms[0][1] if isinstance(upper, Signed) and len(upper.terms) == 1 else upper
    return upper is not None and not isinstance(number, Numeral)


def _is_power(upper: Name | Numeral) -> bool:
    return isinstance(upper, Numeral) or upper.text in ("T", "\\top", "*", "\\dagger")


def _are_columns(body: Product) -> bool:
    """``(\\mathbf{x}_1 \\ \\mathbf{x}_2 \\ \\ldots \\ \\mathbf{x}_n)``: columns side by side."""
    factors = body.factors if not any(body.operators) else ()
    vectors = [x.base if isinstance(x, Scripts) else x for x in factors]
    vectors = [x.base if isinstance(x, Scripts) else x for x in vectors]
    names = [x for x in vectors if not isinstance(x, Ellipsis)]
    return len(names) < len(vectors) and all(
        isinstance(x, Name) and x.font == "bold" for x in names
    )
