"""Derivatives: quotients of differentials, operators in front of what they act on, nabla.

``\\frac{\\partial}{\\partial x}`` acts on the letters, brackets and functions side by side after
it, up to + or -, an explicit ``\\cdot`` or another derivative; if a bracket comes first, on
brackets only.  ``\\partial_k f(x)`` and ``\\nabla_z L`` act on one factor and the brackets of its
arguments.
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.reader.formulas.calls import Calls
from derive.reader.formulas.symbols import FRACTIONS, FUNCTIONS
from derive.reader.formulas.tokens import CannotRead, Token
from derive.reader.formulas.words import is_word
from derive.reader.syntax import (
    Differentiation,
    Fraction,
    Group,
    Name,
    Numeral,
    Product,
    Scripts,
    Signed,
    Syntax,
)

MAXIMAL_ORDER = 12
"""Derivatives of a higher order are not read."""

_UPRIGHT_D = frozenset(("\\mathrm", "\\text", "\\operatorname", "\\rm", "\\mathit", "\\mbox"))


class Calculus(Calls):
    """Reads derivatives."""

    # ---------------------------------------------------------------- differentials

    def differential(self, index: int, end: int) -> tuple[str, int] | None:
        """The sign of a differential at ``index`` and the position after it, or None."""
        while index < end and (self.tokens[index].kind in ("open", "wide")):
            index += 1
        if index >= end or (index > 0 and self.tokens[index - 1].text in ("_", "^")):
            return None
        token = self.tokens[index]
        after = self.tokens[index + 1].text if index + 1 < end else ""
        if token.text == "\\partial" and after != "_":
            return "partial", index + 1
        if token.text == "\\delta" and after not in ("_", "^"):
            return "delta", index + 1
        if token.text == "d" and self._within_a_word(index):
            return None
        if token.text == "d" and token.kind == "letter" and after not in ("_", "'"):
            return "d", index + 1
        if token.text in _UPRIGHT_D:
            inner = [t.text for t in self.tokens[index + 1 : index + 4]]
            if inner == ["{", "d", "}"] and index + 3 < end:
                return "d", index + 4
            if inner[:1] == ["d"] and token.text != "\\rm":
                return "d", index + 2
        if token.text == "\\dd":
            return "d", index + 1
        return None

    def _within_a_word(self, index: int) -> bool:
        """Whether letters before this one begin a word that goes on over it: ``pred``."""
        first = index
        while first > 0 and self.tokens[first].kind == "letter" and not self.tokens[first].spaced:
            if self.tokens[first - 1].kind != "letter" or index - first > 20:
                break
            first -= 1
        if first == index:
            return False
        word = "".join(t.text for t in self.tokens[first : self.run_end(first)])
        return is_word(word)

    def differentiates(self) -> bool:
        """Whether a derivative comes next."""
        token = self.peek()
        if token is None:
            return False
        if token.text in ("\\nabla", "\\partial"):
            return True
        if token.text in FRACTIONS:
            return self.quotient_ahead(self.position) is not None
        if token.kind == "open":
            return self.braced_quotient(self.position) is not None
        return self.is_operator_d() or self.slash_ahead(self.position) is not None

    def quotient_ahead(self, start: int) -> tuple[str, bool] | None:
        """Of the fraction at ``start``, if it is a derivative: sign, is the lower d missing."""
        upper = self._bounds(start + 1)
        lower = None if upper is None else self._bounds(upper[2])
        if upper is None or lower is None:
            return None
        first = upper[0] + self._is_negative(*upper[:2])
        return self.differential_quotient((first, upper[1]), lower[:2])

    def _is_negative(self, first: int, last: int) -> bool:
        """Whether the minus of ``\\frac{-\\partial L}{\\partial x}`` comes first."""
        return first + 1 < last and self.tokens[first].text == "-"

    def differential_quotient(
        self, upper: tuple[int, int], lower: tuple[int, int]
    ) -> tuple[str, bool] | None:
        """Sign and abuse of the derivative that two parts of a fraction make; or None."""
        above = self.differential(*upper)
        below = self.differential(*lower)
        if above is None:
            return ("partial", False) if self._upper_sign_is_missing(upper, lower) else None
        if below is not None and below[0] == above[0]:
            return None if below[1] >= lower[1] else (above[0], False)
        if below is None and above[0] == "partial":
            return above[0], True
        if below is not None and {above[0], below[0]} == {"partial", "d"} and below[1] < lower[1]:
            return "partial", False  # \frac{\partial L}{dx}, a slip of the pen
        return None

    def _upper_sign_is_missing(self, upper: tuple[int, int], lower: tuple[int, int]) -> bool:
        """``\\frac{f(x)}{\\partial x}``, where no other sign shows what is meant."""
        signs = [n for n in range(*lower) if self.tokens[n].text == "\\partial"]
        above = self.tokens[upper[0] : upper[1]]
        return (
            len(signs) == 1
            and lower[0] == signs[0] < lower[1] - 1
            and any(self.is_letter(token) or token.kind == "letter" for token in above)
            and not any(token.text in ("\\partial", "d") for token in above)
        )

    def braced_quotient(self, start: int) -> tuple[tuple[int, int], tuple[int, int], int] | None:
        """``{\\partial y}/{\\partial z}``: the contents of both braces, and the position after."""
        slash = self.partner[start] + 1
        if slash + 1 >= self.end or self.tokens[slash].text != "/":
            return None
        if self.tokens[slash + 1].kind != "open":
            return None
        close = self.partner[slash + 1]
        upper, lower = (start + 1, slash - 1), (slash + 2, close)
        quotient = self.differential_quotient(upper, lower)
        return None if quotient is None or quotient[1] else (upper, lower, close + 1)

    def _bounds(self, index: int) -> tuple[int, int, int] | None:
        """Content and end of the argument at ``index``."""
        while index < self.end and self.tokens[index].kind in ("wide", "row"):
            index += 1
        if index >= self.end:
            return None
        if self.tokens[index].kind == "open":
            close = self.partner[index]
            return index + 1, close, close + 1
        return index, index + 1, index + 1

    # ---------------------------------------------------------------- quotients

    def fraction(self, start: int) -> Syntax:
        """``\\frac{a}{b}``: a quotient or a derivative."""
        ahead = self.quotient_ahead(start)
        if ahead is None:
            self.position = start + 1
            numerator = self.argument()
            denominator = self.argument()
            return Fraction(self.span_from(start), numerator, denominator)
        upper = self._bounds(start + 1)
        assert upper is not None
        lower = self._bounds(upper[2])
        assert lower is not None
        minus = self._is_negative(*upper[:2])
        found = self.derivative(start, (upper[0] + minus, upper[1]), lower[:2], lower[2])
        return Signed(found.span, ((-1, found),)) if minus else found

    def derivative(
        self, start: int, upper: tuple[int, int], lower: tuple[int, int], after: int
    ) -> Syntax:
        """The derivative that two parts of a fraction make, with what follows at ``after``."""
        quotient = self.differential_quotient(upper, lower)
        assert quotient is not None
        sign, abuse = quotient
        order, body = self._upper(*upper)
        if abuse:
            variables: tuple[Syntax, ...] = (self._whole(*lower),) * order
        else:
            variables = self._lower(*lower, order)
        self.position = after
        if body is None:
            self.keep_group()
            body = self.acted_on()
        return Differentiation(self.span_from(start), body, variables, sign, abuse)

    def _whole(self, first: int, last: int) -> Syntax:
        return self.within(first, last, self.expression)

    def _upper(self, first: int, last: int) -> tuple[int, Syntax | None]:
        """Order and body of ``\\partial^2 f`` (the body None where nothing follows the sign)."""
        found = self.differential(first, last)
        if found is None:
            return 1, self._whole(first, last)
        resume = self.position
        self.position = found[1]
        order = 1
        if self.position < last and self.tokens[self.position].text == "^":
            self.position += 1
            order = self._order(self.script())
        begin, self.position = self.position, resume
        left = [t for t in self.tokens[begin:last] if t.kind not in ("close", "wide")]
        if not left:
            return order, None
        return order, self.within(begin, last, self._loose)

    def _loose(self) -> Syntax:
        """An expression within braces that may have been entered in the middle."""
        while self.position < self.end and self.tokens[self.position].kind == "close":
            self.position += 1
        result = self.expression()
        while self.position < self.end and self.tokens[self.position].kind == "close":
            self.position += 1
        return result

    def _order(self, exponent: Syntax) -> int:
        if isinstance(exponent, Numeral) and exponent.text.isdigit():
            order = int(exponent.text)
            if 1 <= order <= MAXIMAL_ORDER:
                return order
        raise CannotRead(exponent.span, "the order of this derivative is not a small number")

    def _lower(self, first: int, last: int, order: int) -> tuple[Syntax, ...]:
        """Variables of ``\\partial x \\partial y^2``; exponents count where the order asks so."""
        parts: list[tuple[int, int]] = []
        index = first
        depth = 0
        while index < last:
            token = self.tokens[index]
            begun = bool(parts) and parts[-1][0] == index  # the d of "\\partial d", a distance
            found = self.differential(index, last) if depth == 0 and not begun else None
            if found is not None and token.kind != "open" and (token.text != "\\delta" or not parts
                                                              or found[1] < last):  # fmt: skip
                parts.append((found[1], found[1]))
                index = found[1]
                self._no_two_signs(index, last)
                continue
            depth += (token.kind == "open") - (token.kind == "close")
            index += 1
            if parts:
                parts[-1] = (parts[-1][0], index)
        if not parts:
            parts = [(self._after_sign(first, last), last)]
        variables: list[Syntax] = []
        for begin, end in parts:
            if begin >= end:
                raise CannotRead(self.tokens[first].span, "the variable of a derivative is missing")
            variables.append(self.within(begin, end, self._loose))
        if len(variables) == order:
            return tuple(variables)
        repeated: list[Syntax] = []
        for variable in variables:
            base, times = self._repeated(variable)
            repeated.extend([base] * times)
        if len(repeated) != order:
            span = self.tokens[first].span
            raise CannotRead(span, f"a derivative of order {order} by {len(repeated)} variables")
        return tuple(repeated)

    def _no_two_signs(self, first: int, last: int) -> None:
        """``\\partial dw``: which of the two signs is a slip cannot be seen."""
        if first + 1 < last and self.tokens[first].text == "d":
            if self.tokens[first + 1].kind == "letter":
                two = "two signs of differentiation stand side by side"
                raise CannotRead(self.tokens[first].span, two)

    def _after_sign(self, first: int, last: int) -> int:
        found = self.differential(first, last)
        return last if found is None else found[1]

    def _repeated(self, variable: Syntax) -> tuple[Syntax, int]:
        """``x^2`` below a second derivative is x, twice."""
        if isinstance(variable, Scripts) and isinstance(variable.superscript, Numeral):
            times = self._order(variable.superscript)
            if variable.subscript is None and not variable.primes:
                return variable.base, times
            return Scripts(variable.span, variable.base, variable.subscript, None,
                           variable.primes), times  # fmt: skip
        return variable, 1

    # ---------------------------------------------------------------- dL/dz

    def slash_ahead(self, index: int) -> tuple[str, int, int] | None:
        """``dL/dz``, ``\\partial L / \\partial z``: the sign, after it, after the next sign."""
        above = self.differential(index, self.end)
        if above is None or self.tokens[index].kind == "open" or above[0] == "delta":
            return None
        place = above[1]
        if place < self.end and self.tokens[place].text == "^":
            place = self._skip_factor(place + 1)
        if place < self.end and self.tokens[place].text != "/":
            place = self.after_scripts(self._skip_factor(place))
        if place >= self.end or self.tokens[place].text != "/":
            return None
        slash = place
        below = self.differential(slash + 1, self.end)
        if below is None or below[0] != above[0] or below[1] >= self.end:
            return None
        if self.tokens[below[1]].kind not in ("letter", "command", "open"):
            return None
        return above[0], above[1], below[1]

    def _skip_factor(self, index: int) -> int:
        """The position after a letter, a run of letters, a braced or bracketed group, an accent."""
        if index >= self.end:
            return index
        token = self.tokens[index]
        if token.kind == "open":
            return self.partner[index] + 1
        if token.text in ("(", "["):
            depth = 0
            for place in range(index, min(self.end, index + 400)):
                text = self.tokens[place].text
                depth += (text in ("(", "[")) - (text in (")", "]"))
                if depth == 0:
                    return place + 1
            return self.end
        if token.kind == "letter":
            place = index + 1
            while (
                place < self.end
                and place < index + 40
                and not self.tokens[place].spaced
                and (self.tokens[place].kind in ("letter", "number"))
            ):
                place += 1
            return place
        if token.kind == "command" and not self.is_letter(token):
            place = index + 1
            if place < self.end and self.tokens[place].kind == "open":
                return self.partner[place] + 1
            return place + 1
        return index + 1

    def slashed(self, start: int, ahead: tuple[str, int, int]) -> Syntax:
        """``\\partial L/\\partial z_i``, as one derivative."""
        sign, after_sign, variable_at = ahead
        self.position = after_sign
        order = 1
        if self.at("^"):
            self.position += 1
            order = self._order(self.script())
        self.deeper()
        body = None if self.at("/") else self.factor()
        variables: list[Syntax] = []
        self.position = variable_at
        variables.append(self.factor())
        while (found := self._another_differential(sign)) is not None:
            self.position = found
            variables.append(self.factor())
        if len(variables) != order:
            repeated: list[Syntax] = []
            for variable in variables:
                base, times = self._repeated(variable)
                repeated.extend([base] * times)
            if len(repeated) != order:
                span = self.span_from(start)
                raise CannotRead(
                    span, f"a derivative of order {order} by {len(repeated)} variables"
                )
            variables = repeated
        if body is None:
            body = self.acted_on()
        self.depth -= 1
        return Differentiation(self.span_from(start), body, tuple(variables), sign)

    def _another_differential(self, sign: str) -> int | None:
        found = self.differential(self.position, self.end) if self.position < self.end else None
        if found is None or found[0] != sign or self.tokens[self.position].kind == "open":
            return None
        if sign == "d" and self.tokens[self.position].spaced:
            return None
        if self.slash_ahead(self.position) is not None or found[1] >= self.end:
            return None
        return found[1] if self.tokens[found[1]].kind in ("letter", "command") else None

    # ---------------------------------------------------------------- operators in front

    def acted_on(self) -> Syntax | None:
        """What a derivative in front acts on; None where nothing does."""
        token = self.peek()
        if token is None or not self._starts_factor():
            return None
        self.deeper()
        body = self.product("derivative")
        self.depth -= 1
        return body

    def one_factor(self) -> Syntax | None:
        """One factor with the brackets of its arguments: ``f(x)`` after ``\\nabla``."""
        if self.peek() is None or not self._starts_factor():
            return None
        self.deeper()
        start = self.position
        factors = [self.factor()]
        name = factors[0].base if isinstance(factors[0], Scripts) else factors[0]
        while isinstance(name, Name) and self.at("(", "["):
            factors.append(self.factor())
        self.depth -= 1
        if len(factors) == 1:
            return factors[0]
        return Product(self.span_from(start), tuple(factors), ("",) * (len(factors) - 1))

    def nabla(self, start: int) -> Syntax:
        """``\\nabla_z L``, ``\\nabla f``, ``\\nabla^2 f``, ``\\nabla_x \\nabla_y^T f``."""
        self.position = start + 1
        scripts = self.scripted(Name(self.span_from(start), "\\nabla"), start)
        variables: tuple[Syntax, ...] = ()
        order = 1
        turned = isinstance(scripts, Scripts) and _is_transpose(scripts.superscript)
        if isinstance(scripts, Scripts):
            above = None if turned else scripts.superscript
            order = 1 if above is None else self._order(above)
            if order > 2:
                raise CannotRead(scripts.span, "this power of nabla is not understood")
            if scripts.subscript is not None:
                variables = (scripts.subscript,) * order
        if self.at("\\cdot", "\\times"):
            raise CannotRead(self.here(), "a divergence or rotation is not understood")
        body = self.one_factor()
        if body is None and not variables:
            if order > 1:
                raise CannotRead(scripts.span, "nabla squared stands before nothing")
            return Name(self.span_from(start), "\\nabla")
        if order > 1 and not variables:
            body = Differentiation(self.span_from(start), body, (), "nabla")
        inner = _turned_gradient(body)
        if inner is not None and not turned and order == 1:  # rows for x, columns for y
            body, turned = inner, True
        span = self.span_from(start)
        slope = Differentiation(span, body, variables, "nabla", short=True)
        if not turned:
            return slope
        return Scripts(span, Group(span, slope, "()"), None, Name(span, "\\top"))

    def partial(self, start: int) -> Syntax:
        """``\\partial_k f``, ``\\partial L/\\partial z``, or the sign alone."""
        ahead = self.slash_ahead(start)
        if ahead is not None:
            return self.slashed(start, ahead)
        self.position = start + 1
        name = Name(self.span_from(start), "\\partial")
        if not self.at("_"):
            return name
        scripts = self.scripted(name, start)
        assert isinstance(scripts, Scripts)
        assert scripts.subscript is not None
        order = 1 if scripts.superscript is None else self._order(scripts.superscript)
        body = self.one_factor()
        variables = (scripts.subscript,) * order
        return Differentiation(self.span_from(start), body, variables, "partial", short=True)

    def is_operator_d(self) -> bool:
        """``\\mathbf{D} f``: an upright or bold D right before something plain to differentiate."""
        tokens: Sequence[Token] = self.tokens[self.position : min(self.end, self.position + 5)]
        if len(tokens) < 5 or tokens[0].text not in ("\\mathbf", "\\mathrm", "\\operatorname"):
            return False
        if [token.text for token in tokens[1:4]] != ["{", "D", "}"]:
            return False
        return (tokens[4].kind == "letter" and tokens[4].text.islower()) or (
            self.is_letter(tokens[4]) or tokens[4].text[1:] in FUNCTIONS
        )

    def operator_d(self, start: int) -> Syntax:
        self.position = start + 4
        body = self.one_factor()
        return Differentiation(self.span_from(start), body, (), "D")


def _is_transpose(above: Syntax | None) -> bool:
    return isinstance(above, Name) and above.text in ("T", "\\top", "\\intercal")


def _turned_gradient(body: Syntax | None) -> Syntax | None:
    """The gradient in ``\\nabla_y^T f``, a row."""
    match body:
        case Scripts(_, Group(_, Differentiation(_, _, _, "nabla") as slope, "()"), None, above, 0):
            return slope if _is_transpose(above) else None
    return None
