"""What a reader has to choose where the notation allows two things, and what else was possible.

A choice holds for the whole document.  Its usual side is taken; a claim that does not hold so is
read the other way, too, and where that changes its verdict the statement says so; so does one
that holds, where no convention settles how it is to be read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from derive.meaning.spelling import walk
from derive.meaning.sums import free_names
from derive.reader.syntax import (
    Differentiation,
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

__all__ = [
    "COLUMNS", "ONE_OF_PAIRS", "PAIRS", "PRODUCTS", "REACH", "ROWS", "SLASH_GLUED", "SLASH_WIDE",
    "SUMS", "Choice", "ended", "extended", "glued", "narrow", "over_sums", "wide",
]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """``usual``: how it is read; ``other``: how else it could be meant.

    ``supposed``: the other side is no other way to read the notation but something that the
    document may take for granted ("sigma is the logistic function").
    ``told``: that the text as good as says it ("in matrix form").
    ``last``: it is thought of only where nothing smaller makes a false claim true.
    ``line``: of an equation that is no claim but a definition if it would be refuted.
    ``convention``: the usual side is what everybody means who does not say otherwise, so that a
    claim that holds so leaves no doubt.
    """

    key: str
    usual: str
    other: str
    supposed: bool = False
    told: bool = False
    convention: bool = False
    last: bool = False
    line: int = 0


SLASH_WIDE = Choice("slash:wide", "a / b c as (a / b) c", "a / b c as a / (b c)")
SLASH_GLUED = Choice("slash:glued", "1/2x as 1 / (2x)", "1/2x as (1/2) x")
REACH = Choice("reach", "log x y as log(x y)", "log x y as log(x) y")
SUMS = Choice(
    "sums",
    "sums that end at the next + or -",
    "sums that go on over what follows",
    convention=True,
)

PRODUCTS = Choice(
    "products",
    "products and maxima that go on over all factors",
    "products and maxima that end where their index no longer stands",
)

_PAIRS = "sums over i != j as sums over all pairs"
_ONE = "sums over i != j as sums for one j"
PAIRS = Choice("pairs", _PAIRS, _ONE)
ONE_OF_PAIRS = Choice("pairs:one", _ONE, _PAIRS)

_ROWS = "Jacobians in numerator layout, with a row for each component that is differentiated"
_COLUMNS = (
    "Jacobians in denominator layout, with a column for each component that is differentiated"
)
ROWS = Choice("layout", _ROWS, _COLUMNS, convention=True)
COLUMNS = Choice("layout", _COLUMNS, _ROWS, convention=True)


def wide(factors: tuple[Syntax, ...], operators: tuple[str, ...], at: int) -> int:
    """How many factors behind the quotient ``a / b`` could stand below the line with b."""
    quotient = factors[at]
    if not (isinstance(quotient, Fraction) and quotient.inline):
        return 0
    below = quotient.denominator
    if not isinstance(below, Numeral | Name | Scripts):
        return 0
    count = 0
    while (
        at + count + 1 < len(factors)
        and operators[at + count] == ""
        and isinstance(factors[at + count + 1], Name | Scripts)
    ):
        count += 1
    return count


def glued(
    quotient: Fraction, applies: Callable[[Syntax, Syntax], bool]
) -> tuple[Syntax, Syntax] | None:
    """``1/2x`` as 1/2 and x; None for any other quotient, such as ``1/f(x)``."""
    below = quotient.denominator
    if not quotient.inline or not isinstance(below, Product) or any(below.operators):
        return None
    first, *rest = below.factors
    if applies(first, rest[0]):
        return None
    others: Syntax = rest[0]
    if len(rest) > 1:
        others = Product(below.span, tuple(rest), ("",) * (len(rest) - 1))
    return Fraction(quotient.span, quotient.numerator, first, inline=True), others


def narrow(
    call: FunctionCall, applies: Callable[[Syntax, Syntax], bool]
) -> tuple[FunctionCall, tuple[Syntax, ...]] | None:
    """``log x y`` as log x and y, ``log x/2`` as log x and 1/2; None for any other argument.

    ``applies``: whether brackets after a name make it a function, as in ``log L(p)``.
    """
    argument = call.argument
    if isinstance(argument, Fraction) and argument.inline:  # "log x/2"
        above, below = argument.numerator, argument.denominator
        if isinstance(above, Numeral | Group):
            return None
        shorter = FunctionCall(call.span, call.function, above, call.subscript, call.superscript)
        return shorter, (Fraction(below.span, Numeral(below.span, "1"), below),)
    if not isinstance(argument, Product) or any(argument.operators):
        return None
    first, *rest = argument.factors
    if isinstance(first, Numeral | Group):
        return None
    if applies(first, rest[0]):
        first, *rest = Product(first.span, (first, rest[0]), ("",)), *rest[1:]
    if not rest:
        return None
    return FunctionCall(call.span, call.function, first, call.subscript, call.superscript), tuple(
        rest
    )


def over_sums(terms: tuple[tuple[int, Syntax], ...]) -> tuple[int, str] | None:
    """Where a term ends with a sum that could go on over the terms behind, and its letter."""
    for n, (_, term) in enumerate(terms[:-1]):
        last = _ending(term)
        if isinstance(last, Operator) and last.kind == "sum" and last.lower is not None:
            letters = [x.text for x in walk(last.lower) if isinstance(x, Name)]
            if letters:
                return n, letters[0]
    return None


def extended(terms: tuple[tuple[int, Syntax], ...], at: int) -> tuple[tuple[int, Syntax], ...]:
    """The terms with all that follows the sum at a place within the sum."""
    sign, term = terms[at]
    last = _ending(term)
    assert isinstance(last, Operator)
    body = Signed(last.body.span, ((1, last.body), *terms[at + 1 :]))
    longer = Operator(last.span, last.kind, last.lower, last.upper, body)
    return (*terms[:at], (sign, _ended(term, longer)))


def ended(operator: Operator, letters: frozenset[str]) -> tuple[Product, bool] | None:
    """``\\prod_i x_i \\prod_j y_j`` as a product of two products; None where i stands to the end.

    With it whether nothing else can be meant: where the letter is bound again.
    """
    body = operator.body
    if not isinstance(body, Product):
        return None
    held = [bool(letters.intersection(free_names(factor))) for factor in body.factors]
    at = len(held) - held[::-1].index(True) if any(held) else 0
    if not 0 < at < len(held) or (
        isinstance(body.factors[at], Group) and not body.operators[at - 1]
    ):
        return None
    first, *rest = body.factors[:at]
    inner = (
        replace(body, factors=(first, *rest), operators=body.operators[: at - 1]) if rest else first
    )
    shorter = replace(operator, body=inner)
    again = any(
        letters.intersection(n.text for n in walk(factor.lower) if isinstance(n, Name))
        for factor in body.factors[at:]
        if isinstance(factor, Operator) and factor.lower is not None
    )
    return Product(operator.span, (shorter, *body.factors[at:]), body.operators[at - 1 :]), again


def _ending(term: Syntax) -> Syntax:
    """What a term ends with: the last factor, and what a derivative at the end is taken of."""
    match term:
        case Product(_, factors):
            return _ending(factors[-1])
        case Differentiation(_, body) if body is not None:
            return _ending(body)
    return term


def _ended(term: Syntax, other: Syntax) -> Syntax:
    """The term with another end."""
    match term:
        case Product(_, factors):
            return replace(term, factors=(*factors[:-1], _ended(factors[-1], other)))
        case Differentiation(_, body) if body is not None:
            return replace(term, body=_ended(body, other))
    return other
