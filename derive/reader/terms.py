"""Sums, products, relations and lists: the grammar above the single factor.

From loose to tight: words between pieces, commas, relations, + and -, products, ``/``, scripts.
A comma binds looser than a relation, so ``i = 1, j = 2`` is two chains; pieces without a relation
join the chain they belong to: ``x, y \\in A``, ``i = 1, \\ldots, N``.
"""

from __future__ import annotations

from typing import Literal

from derive.reader.names import Names
from derive.reader.source import Span
from derive.reader.symbols import (
    CLOSERS,
    FUNCTIONS,
    NEGATED,
    OPERATOR_WORDS,
    OPERATORS,
    PRODUCT_OPERATORS,
    RELATIONS,
    SIGNS,
)
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Ellipsis,
    Evaluated,
    Fraction,
    FunctionCall,
    Group,
    List,
    Name,
    Numeral,
    Operator,
    Product,
    RelationSign,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
)
from derive.reader.tokens import CannotRead, Token
from derive.reader.words import is_identifier

Extent = Literal["term", "function", "derivative"]
"""How far a product reaches: to the next + or -; as a function's argument; under a derivative."""

_OVER = frozenset(("\\stackrel", "\\overset", "\\underset"))
_LONG_RELATIONS = {
    "\\xrightarrow": "to", "\\xlongequal": "=", "\\xleftarrow": "assign",
    "\\xRightarrow": "implies", "\\xequal": "=",
}  # fmt: skip
_DEFINED_AS = frozenset(
    ("def", "\\text{def}", "\\mathrm{def}", "\\triangle", "\\Delta", "\\rm def")
)


class Terms(Names):
    """Reads everything that is made of factors."""

    # ---------------------------------------------------------------- lists and words

    def expression(self) -> Syntax:
        """All up to a closing bracket or the limit: pieces with words between them."""
        start = self.position
        items: list[Syntax] = []
        while (token := self.peek()) is not None and not self._closes(token):
            if self.is_words(self.position) and not self._named_here(not items):
                items.append(self.words_between())
                continue
            before = self.position
            items.append(self.listed())
            if self.position == before:
                raise CannotRead(token.span, f"unexpected {token.raw or token.text}")
            following = self.peek()
            if following is None or self._closes(following):
                break
            if not self.is_words(self.position):
                break
        if not items:
            raise CannotRead(self.here(), "nothing stands between the brackets")
        return items[0] if len(items) == 1 else Sequence(self.span_from(start), tuple(items))

    def _named_here(self, first: bool) -> bool:
        """Whether words in the place of a factor are a name of several words."""
        return first and is_identifier(self.text_content(self.position).replace("\\_", "_"))

    def words_between(self) -> Text:
        start = self.position
        text = self.text_content(start)
        self.position = start + 1
        self.argument_bounds()
        return Text(self.span_from(start), text)

    def listed(self) -> Syntax:
        """Chains and expressions with commas between them."""
        start = self.position
        pieces = [self.chain()]
        while self.at(",", ";"):
            comma = self.take()
            token = self.peek()
            if token is None or self._closes(token):
                raise CannotRead(comma.span, "nothing follows the comma")
            if self.is_words(self.position) and not self._named_here(True):
                break
            pieces.append(self.chain())
        if len(pieces) == 1:
            return pieces[0]
        return gathered(pieces, self.span_from(start))

    # ---------------------------------------------------------------- relations

    def chain(self) -> Syntax:
        """``first r1 m1 r2 m2 ...``, or a sum where no relation follows."""
        start = self.position
        first = None if self.relation_ahead() else self.signed()
        rest: list[tuple[RelationSign, Syntax | None]] = []
        while (sign := self.relation()) is not None:
            token = self.peek()
            ended = token is None or self._closes(token) or token.text in (",", ";")
            member = None if ended or self.relation_ahead() else self.signed()
            rest.append((sign, member))
        if not rest:
            assert first is not None
            return first
        return Chain(self.span_from(start), first, tuple(rest))

    def relation_ahead(self) -> bool:
        resume = self.position
        found = self.relation() is not None
        self.position = resume
        return found

    def relation(self) -> RelationSign | None:
        """The relation that comes next, taken; None where there is none."""
        token = self.peek()
        if token is None:
            return None
        start = self.position
        if token.text in RELATIONS:
            self.position += 1
            return RelationSign(self.span_from(start), RELATIONS[token.text])
        if token.text == "\\not":
            self.position += 1
            inner = self.relation()
            if inner is not None:
                return RelationSign(self.span_from(start), NEGATED.get(inner.text, "other"))
        elif token.text in _LONG_RELATIONS:
            self.position += 1
            first, last = self.argument_bounds()
            return RelationSign(
                self.span_from(start), _LONG_RELATIONS[token.text], self.source(first, last)
            )
        elif token.text in _OVER:
            self.position += 1
            first, last = self.argument_bounds()
            over = self.source(first, last)
            first, last = self.argument_bounds()
            inside = self.tokens[first:last]
            if len(inside) == 1 and inside[0].text in RELATIONS:
                sign = RELATIONS[inside[0].text]
                defined = sign == "=" and over in _DEFINED_AS
                return RelationSign(self.span_from(start), "assign" if defined else sign, over)
        elif token.text in ("|", "\\|") and self._condition_bar(token):
            self.position += 1
            return RelationSign(self.span_from(start), "given")
        self.position = start
        return None

    def _condition_bar(self, token: Token) -> bool:
        """The bar of ``P(a | b)``: within brackets, not one of a pair, and not an evaluation."""
        if token.text in self.bars or self.text_after() == "_" or self.position == 0:
            return False
        return not self.another_bar(token.text)

    def another_bar(self, bar: str) -> bool:
        """Whether a second such bar follows within the same brackets."""
        depth = 0
        for index in range(self.position + 1, min(self.end, self.position + 400)):
            token = self.tokens[index]
            if token.kind == "open" or token.text in ("(", "[", "\\{"):
                depth += 1
            elif token.kind == "close" or token.text in (")", "]", "\\}"):
                depth -= 1
                if depth < 0:
                    return False
            elif depth == 0 and token.text == bar:
                return True
        return False

    def _closes(self, token: Token) -> bool:
        return (
            token.text in CLOSERS
            or token.kind in ("close", "right")
            or (token.text in ("|", "\\|") and token.text in self.bars)
        )

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
            terms.append((sign, self.evaluated()))
            if not self.at(*SIGNS):
                break
        if len(terms) == 1 and not written:
            return terms[0][1]
        return Signed(self.span_from(start), tuple(terms))

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
        return self.at("|", "\\rvert") and "|" not in self.bars and self.text_after() == "_"

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
            if token.text in PRODUCT_OPERATORS:
                if extent != "term" and factors and not between:
                    break
                if not factors or between:
                    raise CannotRead(token.span, f"nothing stands before {token.raw}")
                between = PRODUCT_OPERATORS[token.text]
                self.position += 1
                continue
            if token.text in ("/", "\\div"):
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
            factors.append(self._signed_factor() if between else self.factor())
            _no_two_numbers(factors, operators)
            between = ""
        if between or not factors:
            raise self._nothing_here(between)
        if len(factors) == 1:
            return factors[0]
        return Product(self.span_from(start), tuple(factors), tuple(operators))

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
        if token.text in ("\\not", "\\forall") or token.text in _LONG_RELATIONS:
            return True
        if any_factor and token.text in ("|", "\\|", "\\rvert"):
            if token.text in self.bars or self._evaluation_ahead():
                return True
            return self._condition_bar(token)
        if token.text in _OVER:
            return self.relation_ahead()
        if any_factor and self.is_words(self.position):
            return True
        return self._closes(token)

    def _signed_factor(self) -> Syntax:
        start = self.position
        if not self.at(*SIGNS):
            return self.factor()
        sign = SIGNS[self.take().text]
        self.deeper()
        inner = self._signed_factor()
        self.depth -= 1
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
                subscript = self.script()
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
                base = FunctionCall(self.span_from(start), "factorial", base)
            else:
                break
        if subscript is None and superscript is None and not primes:
            return base
        return Scripts(self.span_from(start), base, subscript, superscript, primes)

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
        if isinstance(factors[-1], Numeral) and group_ahead:
            return True
        return self.differentiates() or self._acts(token)

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


def gathered(pieces: list[Syntax], span: Span) -> Syntax:
    """A list, in which pieces without a relation have joined the chain that they belong to."""
    nodes = [_joined(*clause) for clause in gather(pieces)]
    return nodes[0] if len(nodes) == 1 else List(span, tuple(nodes))


def gather(pieces: list[Syntax]) -> list[tuple[list[Syntax], list[Syntax]]]:
    """Clauses out of the pieces between commas: (pieces up to the chain, pieces after it).

    A piece without a relation belongs to the chain before it if dots lead there
    (``i = 1, \\ldots, N``) or no chain follows; else to the chain that follows.
    """
    clauses: list[tuple[list[Syntax], list[Syntax]]] = []
    waiting: list[Syntax] = []
    last_chain = max((n for n, piece in enumerate(pieces) if isinstance(piece, Chain)), default=-1)
    for number, piece in enumerate(pieces):
        if isinstance(piece, Chain):
            clauses.append(([*waiting, piece], []))
            waiting = []
        elif (
            clauses
            and not waiting
            and (number > last_chain or isinstance(piece, Ellipsis) or _dots_before(clauses[-1][1]))
        ):
            clauses[-1][1].append(piece)
        else:
            waiting.append(piece)
    if waiting:
        clauses.append((waiting, []))
    return clauses


def _dots_before(after: list[Syntax]) -> bool:
    return bool(after) and isinstance(after[-1], Ellipsis)


def _joined(before: list[Syntax], after: list[Syntax]) -> Syntax:
    """``a, b = c, d``: lists at both ends of the chain."""
    chain = before[-1]
    span = Span(before[0].span.start, (after or before)[-1].span.end)
    if not isinstance(chain, Chain):
        items = (*before, *after)
        return items[0] if len(items) == 1 else List(span, items)
    first, rest = chain.first, chain.rest
    if len(before) > 1 and first is not None:
        first_span = Span(before[0].span.start, first.span.end)
        first = List(first_span, (*before[:-1], first))
    if after and rest[-1][1] is not None:
        member = rest[-1][1]
        last = List(Span(member.span.start, after[-1].span.end), (member, *after))
        rest = (*rest[:-1], (rest[-1][0], last))
    return Chain(span, first, rest)


def _no_two_numbers(factors: list[Syntax], operators: list[str]) -> None:
    if len(factors) < 2 or operators[-1] != "" or not isinstance(factors[-1], Numeral):
        return
    before = factors[-2]
    if isinstance(before, Numeral):
        raise CannotRead(
            factors[-1].span, f"the numbers {before.text} and {factors[-1].text} stand side by side"
        )
