"""Sums of terms, products of factors, scripts, and how far a product reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from derive.reader.formulas.environments import enclosing
from derive.reader.formulas.relations import Relations
from derive.reader.formulas.symbols import (
    FRACTIONS,
    FUNCTIONS,
    LONG_RELATIONS,
    OPERATOR_WORDS,
    OPERATORS,
    OVER,
    PRODUCT_OPERATORS,
    QUOTIENTS,
    RELATIONS,
    SIGNS,
    word_set,
)
from derive.reader.formulas.tokens import CannotRead, Token
from derive.reader.source import Span
from derive.reader.syntax import (
    PLACEHOLDER,
    Differentiation,
    Evaluated,
    Fraction,
    FunctionCall,
    Group,
    Name,
    Numeral,
    Operator,
    Product,
    Scripts,
    Signed,
    Syntax,
)

_FUNCTION_LETTERS = word_set("f g h p q P Q F G H \\sigma \\phi \\Phi \\pi \\psi \\varphi")

Extent = Literal["term", "function", "derivative"]
"""How far a product reaches: to the next + or -; as a function's argument; under a derivative."""

_INDEX_LETTERS = frozenset("ijklmnpq")


class Products(Relations):
    """Reads everything between two relations."""

    # ---------------------------------------------------------------- sums

    def signed(self) -> Syntax:
        """Terms with their signs."""
        start = self.position
        terms: list[tuple[int, Syntax]] = []
        written = False
        while True:
            sign = 1
            signs = 0
            while self.at(*SIGNS):
                sign *= SIGNS[self.take().text]
                signs += 1
                if signs > 20:
                    raise CannotRead(self.here(), "more than twenty signs in a row")
            written = written or signs > 0
            behind = self.position
            terms.append((sign, self.evaluated()))
            if not self.at(*SIGNS):
                break
        if len(terms) > 1 and terms[-1][0] < 0 and not self._is_closed():
            of_negative = self._of_negative(terms[-2][1], terms[-1][1], self.tokens[behind:])
            if of_negative is not None:
                terms[-2:] = [(terms[-2][0], of_negative)]
                written = terms[0][0] < 0
        if len(terms) == 1 and not written:
            return terms[0][1]
        return Signed(self.span_from(start), tuple(terms))

    def _is_closed(self) -> bool:
        """Whether a bracket ends here: ``(\\frac{d}{dx} - x) f`` is an operator before f."""
        token = self.peek()
        return token is not None and self._closes(token)

    def _of_negative(
        self, operator: Syntax, body: Syntax, tokens: Sequence[Token]
    ) -> Syntax | None:
        """``\\frac{\\partial}{\\partial w} - \\log f(w)``: the minus is that of what is derived.

        So it is read where nothing else follows and w stands in it: ``\\frac{d}{dx} - c`` and
        ``\\frac{d}{dx} - f(x) - g(x)`` may be meant otherwise.
        """
        match operator:
            case Differentiation(_, None, (by,), "partial" | "d"):
                base = by.base if isinstance(by, Scripts) else by
                inside = {t.text for t in tokens if t.start < body.span.end}
                if not isinstance(base, Name) or base.text not in inside:
                    return None
                span = Span(operator.span.start, body.span.end)
                return replace(operator, span=span, body=Signed(body.span, ((-1, body),)))
            case Product(_, factors, operators):
                last = self._of_negative(factors[-1], body, tokens)
                if last is not None:
                    span = Span(operator.span.start, body.span.end)
                    return Product(span, (*factors[:-1], last), operators)
        return None

    def evaluated(self) -> Syntax:
        """A term, and where it is evaluated: ``f'(x) \\Big|_{x = a}``."""
        start = self.position
        term = self.product()
        while self._evaluation_ahead():
            self.position += 2
            at = self.script()
            if self.at("^"):
                raise CannotRead(self.here(), "a difference between two limits is not understood")
            term = Evaluated(self.span_from(start), term, at)
        return term

    def _evaluation_ahead(self) -> bool:
        within = not {"|", "\\rvert"}.isdisjoint(self.bars)
        return self.at("|", "\\rvert") and not within and self.text_after() == "_"

    # ---------------------------------------------------------------- products

    def product(self, extent: Extent = "term") -> Syntax:
        """Factors side by side, as far as ``extent`` says."""
        start = self.position
        factors: list[Syntax] = []
        operators: list[str] = []
        between = ""
        while (token := self.peek()) is not None:
            signed = between and token.text in SIGNS  # as in a \cdot -b
            if not signed and self._ends_product(token, bool(factors)):
                break
            if token.text in PRODUCT_OPERATORS or (factors and self._is_dot(token)):
                if extent != "term" and factors and not between:
                    break
                if not factors and self._is_placeholder():
                    self.position += 1
                    factors.append(Name(token.span, PLACEHOLDER))
                    continue
                if not factors or between:
                    raise CannotRead(token.span, f"nothing stands before {token.raw}")
                between = PRODUCT_OPERATORS.get(token.text, "cdot")
                self.position += 1
                continue
            if token.text in QUOTIENTS:
                if not factors or between:
                    raise CannotRead(token.span, f"nothing stands before {token.raw}")
                if extent == "function" and token.spaced:
                    break
                factors[-1] = self._divided(factors[-1], start if len(factors) == 1 else -1)
                continue
            if factors and not between and self._out_of_reach(extent, factors):
                break
            if factors:
                operators.append(between)
            factors.append(self._signed_factor(applied=True) if between else self.factor())
            _no_two_numbers(factors, operators)
            between = ""
        if between or not factors:
            raise self._nothing_here(between)
        if len(factors) == 1:
            return factors[0]
        return Product(self.span_from(start), tuple(factors), tuple(operators))

    def _is_placeholder(self) -> bool:
        """The dot of ``f(\\cdot)``, ``p(\\cdot \\mid x)``, ``\\|\\cdot\\|``: any argument."""
        if self.position == 0 or self.tokens[self.position].text != "\\cdot":
            return False
        if self.position + 1 >= self.end:
            return True
        after = self.tokens[self.position + 1]
        return after.text in (",", ";", "|", "\\|", "\\mid") or self._closes(after)

    def _is_dot(self, token: Token) -> bool:
        """``p_j.p_i``, ``p_j . p_i``: a full stop between two factors that ends no sentence.

        That of ``a = b. c = d`` does: it stands close to what it ends, or a relation follows.
        """
        after = self.tokens[self.position + 1] if self.position + 1 < self.end else None
        if token.text != "." or after is None or self.is_words(self.position + 1):
            return False
        if not (token.spaced or after.spaced):
            return True
        return after.kind not in ("wide", "row") and self._goes_on_as_product(token.spaced)

    def _goes_on_as_product(self, set_off: bool) -> bool:
        """Whether brackets hold what follows, or it is ``set_off`` and holds no relation."""
        depth = 0
        for token in self.tokens[self.position + 1 : self.end]:
            opens = token.kind == "open" or token.text in ("(", "[")
            depth += opens - (token.kind == "close" or token.text in (")", "]"))
            if depth < 0:
                return True
            if depth == 0 and (token.text in RELATIONS or token.text in LONG_RELATIONS):
                return False
        return set_off

    def _nothing_here(self, operator: str) -> CannotRead:
        token = self.peek()
        if token is None:
            return CannotRead(self.here(), f"nothing follows {operator or self._last_shown()}")
        if operator:
            return CannotRead(token.span, f"a factor is missing before {token.raw or token.text}")
        return CannotRead(token.span, f"unexpected {token.raw or token.text}")

    def _last_shown(self) -> str:
        last = self.tokens[self.position - 1] if 0 < self.position <= len(self.tokens) else None
        return (last.raw or last.text) if last is not None else "the beginning"

    def _ends_product(self, token: Token, any_factor: bool) -> bool:
        if token.text in SIGNS or token.text in (",", ";") or token.text in RELATIONS:
            return True
        if token.text in ("\\not", "\\forall") or token.text in LONG_RELATIONS:
            return True
        if any_factor and token.text in ("|", "\\|", "\\rvert"):
            if token.text in self.bars or self._evaluation_ahead():
                return True
            return self._condition_bar(token)
        if token.text in OVER:
            return self.relation_ahead()
        if any_factor and self.is_words(self.position):
            return True
        return self._closes(token)

    def _signed_factor(self, applied: bool = False) -> Syntax:
        """A factor with its sign; ``applied``: with brackets behind a name, ``a \\cdot -f(x)``."""
        start = self.position
        if not self.at(*SIGNS):
            return self.factor()
        sign = SIGNS[self.take().text]
        self.deeper()
        begin = self.position
        inner = self._signed_factor(applied)
        self.depth -= 1
        if applied and isinstance(inner, Name | Scripts) and self.at("(", "["):
            inner = Product(self.span_from(begin), (inner, self.factor()), ("",))
        return Signed(self.span_from(start), ((sign, inner),))

    def _divided(self, numerator: Syntax, start: int) -> Syntax:
        """``a / b``: the next factor divides, and letters glued to it (``kT``, ``2\\sigma^2``)."""
        self.take()
        begin = self.position
        denominator = self._signed_factor()
        glued = [denominator]
        while (
            isinstance(glued[-1], Name | Scripts | Numeral)
            and (token := self.peek()) is not None
            and not token.spaced
            and (token.kind == "letter" or self.is_letter(token))
            and not (isinstance(glued[-1], Scripts) and isinstance(glued[-1].base, Group))
        ):
            glued.append(self.factor())
        if len(glued) > 1:
            span = self.span_from(begin)
            denominator = Product(span, tuple(glued), ("",) * (len(glued) - 1))
        span = Span(numerator.span.start, max(numerator.span.end, self.span_from(begin).end))
        return Fraction(span, numerator, denominator, inline=True)

    def is_letter(self, token: Token) -> bool:
        raise NotImplementedError

    def factor(self) -> Syntax:
        """An atom with its scripts and primes."""
        start = self.position
        return self.scripted(self.atom(), start)

    def scripted(self, base: Syntax, start: int) -> Syntax:
        subscript: Syntax | None = None
        superscript: Syntax | None = None
        primes = 0
        if isinstance(base, Name) and base.text == "\\delta" and self._indices_in_braces():
            subscript = self.group(self.position)
        while (token := self.peek()) is not None:
            if token.text == "'":
                self.position += 1
                primes += 1
            elif token.text == "_":
                if self._empty_script():
                    continue
                if subscript is not None:
                    raise CannotRead(token.span, "two subscripts on one symbol")
                self.position += 1
                kronecker = isinstance(base, Name) and base.text == "\\delta"
                subscript = (kronecker and self.two_indices()) or self.script()
            elif token.text == "^":
                if self._empty_script():
                    continue
                self.position += 1
                marks = self._primes()
                if marks:
                    primes += marks
                    continue
                if superscript is not None:
                    raise CannotRead(token.span, "two superscripts on one symbol")
                superscript = self.script()
            elif token.text == "!":
                self.position += 1
                if subscript is not None or superscript is not None or primes:
                    base = Scripts(self.span_from(start), base, subscript, superscript, primes)
                    subscript, superscript, primes = None, None, 0
                base = FunctionCall(self.span_from(start), "factorial", base)
            else:
                break
        if subscript is None and superscript is None and not primes:
            return base
        if primes and subscript is None:
            power = base if superscript is None else Scripts(base.span, base, None, superscript)
            if _is_exponential(power):  # {e^{z_j}}', which is not (e')^{z_j}
                base, superscript = Group(power.span, power, "()"), None
        return Scripts(self.span_from(start), base, subscript, superscript, primes)

    def _indices_in_braces(self) -> bool:
        """``\\delta{ij}``: Kronecker's delta, of which the mark was forgotten."""
        start = self.position
        if start >= self.end or self.tokens[start].kind != "open" or self.tokens[start].spaced:
            return False
        inner = [token.text for token in self.tokens[start + 1 : self.partner[start]]]
        return len(set(inner)) == len(inner) == 2 and _INDEX_LETTERS.issuperset(inner)

    def _empty_script(self) -> bool:
        """``x_{}`` prints no subscript: skip it."""
        brace = self.position + 1
        braced = brace < self.end and self.tokens[brace].kind == "open"
        if braced and self.partner[brace] == brace + 1:
            self.position = brace + 2
            return True
        return False

    def _primes(self) -> int:
        """``^\\prime`` and ``^{\\prime\\prime}`` are primes, however they are raised."""
        start = self.position
        if start < self.end and self.tokens[start].text == "'":
            self.position += 1
            return 1
        if start < self.end and self.tokens[start].kind == "open":
            content = self.tokens[start + 1 : self.partner[start]]
            if content and all(token.text == "'" for token in content):
                self.position = self.partner[start] + 1
                return len(content)
        return 0

    # ---------------------------------------------------------------- extents

    def _out_of_reach(self, extent: Extent, factors: list[Syntax]) -> bool:
        """Whether the factor that comes next is outside an argument without brackets."""
        if extent == "term":
            return False
        token = self.peek()
        assert token is not None
        group_ahead = token.text in ("(", "[", "\\{")
        if extent == "derivative":
            if self.differentiates():
                return True
            first = factors[0].base if isinstance(factors[0], Scripts) else factors[0]
            return isinstance(first, Group) and not group_ahead
        if isinstance(factors[-1], FunctionCall | Operator | Fraction | Differentiation | Group):
            return True
        if isinstance(factors[-1], Scripts) and isinstance(factors[-1].base, Group | FunctionCall):
            return True
        if group_ahead and (isinstance(factors[-1], Numeral) or self._sum_set_off(factors[-1])):
            return True
        if token.text in FRACTIONS:
            return True
        return self.differentiates() or self._acts(token)

    def _sum_set_off(self, before: Syntax) -> bool:
        """``\\log x (1 - y)``: a sum in brackets, set off, behind no usual name of a function."""
        name = before.base if isinstance(before, Scripts) else before
        if isinstance(name, Name) and name.text in _FUNCTION_LETTERS:
            return False
        depth = 0
        for index in range(self.position, min(self.end, self.position + 200)):
            token = self.tokens[index]
            depth += enclosing(token)
            if depth == 0:
                return False
            if depth == 1 and token.text in ("+", "-") and index > self.position + 1:
                return self.tokens[self.position].spaced
        return False

    def differentiates(self) -> bool:
        raise NotImplementedError

    def _acts(self, token: Token) -> bool:
        """Whether a function or big operator comes next."""
        if token.kind == "command":
            return token.text[1:] in FUNCTIONS or token.text in OPERATORS
        if token.kind != "letter":
            return False
        word = ""
        for index in range(self.position, min(self.end, self.position + 12)):
            if self.tokens[index].kind != "letter":
                break
            word += self.tokens[index].text
        return word in FUNCTIONS or word in OPERATOR_WORDS


def _no_two_numbers(factors: list[Syntax], operators: list[str]) -> None:
    if len(factors) < 2 or operators[-1] != "" or not isinstance(factors[-1], Numeral):
        return
    before = factors[-2]
    if isinstance(before, Numeral):
        raise CannotRead(
            factors[-1].span, f"the numbers {before.text} and {factors[-1].text} stand side by side"
        )


def _is_exponential(node: Syntax) -> bool:
    """Whether it is ``e^x``, or what braces around one leave of it."""
    match node:
        case Scripts(_, Name(_, "e"), None, Name() as above, 0):
            return above.text not in ("T", "\\top", "*")
        case Scripts(_, Name(_, "e"), None, above, 0):
            return above is not None and not isinstance(above, Numeral)
    return False
