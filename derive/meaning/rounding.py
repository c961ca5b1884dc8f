"""Rounded decimals: ``log 2 = 0.693`` says that 0.693 is the value to three digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.logic.problem import Context, Equation, Hypothesis
from derive.logic.terms import Number, Position, Size, Term, Variable, names
from derive.meaning.spelling import walk
from derive.reader import syntax as s

__all__ = [
    "APPROXIMATION",
    "Loose",
    "from_rounded",
    "given_numbers",
    "given_sizes",
    "half_unit",
    "is_worked_out",
    "numbered",
    "with_numbers",
]

MOST_DIGITS = 400
APPROXIMATION = "an approximation is no equation"


def decimal(node: s.Syntax) -> s.Numeral | None:
    """The numeral if the syntax is one, with or without a sign, brackets or a box around it."""
    match node:
        case s.Numeral():
            return node
        case s.Group(_, body, "()" | "[]" | "{}"):
            return decimal(body)
        case s.Signed(_, ((_, term),)):
            return decimal(term)
    return None


def _times_a_power_of_ten(node: s.Syntax) -> tuple[s.Syntax, int]:
    """The 1.5 and the -3 of ``1.5 \\times 10^{-3}``, the 42.9 and the -2 of ``42.9\\%``."""
    match node:
        case s.Fraction(_, first, s.Numeral(sign, "100")) if first.span.end == sign.start:
            return first, -2
        case s.Product(_, (first, s.Scripts(_, s.Numeral(_, "10"), None, power, 0)), _):
            match power:
                case s.Numeral(_, text) if text.isdigit() and len(text) < 4:
                    return first, int(text)
                case s.Signed(_, ((-1, s.Numeral(_, text)),)) if text.isdigit() and len(text) < 4:
                    return first, -int(text)
    return node, 0


def half_unit(*sides: s.Syntax, approximate: bool = False) -> Fraction | None:
    """Half a unit of the last digit of the side that is a decimal, None where none is.

    A whole number counts as rounded only where the author wrote that the sides are about equal.
    """
    for side in sides:
        whole, (side, tens) = side, _times_a_power_of_ten(side)
        numeral = decimal(side)
        if numeral is None:
            continue
        mantissa, _, exponent = numeral.text.lower().partition("e")
        _, point, digits = mantissa.partition(".")
        if len(digits) > MOST_DIGITS or len(exponent) > 3:
            return None
        if point or approximate or isinstance(whole, s.Fraction):
            shift = (int(exponent) if exponent else 0) + tens
            return Fraction(1, 2) * Fraction(10) ** (shift - len(digits))
    return None


@dataclass(frozen=True)
class Loose:
    """A decimal, and the least and the greatest number that it may have been rounded from.

    ``half`` of the unit of its last digit: its value is that of a number no farther away, if it
    was rounded but once.
    """

    value: Fraction
    low: Fraction
    high: Fraction
    half: Fraction


def from_rounded(decimal: Loose) -> Loose:
    """The decimal of an example that was computed from rounded ones: its last digit may be off.

    Of one with fewer than four digits that would be too much.
    """
    half = decimal.half
    if abs(decimal.value) < 2000 * half:
        return decimal
    return replace(decimal, low=decimal.low - half, high=decimal.high + half)


def loose(left: s.Syntax, right: s.Syntax) -> tuple[Loose, ...]:
    """The decimals of two or more places in an equation of numbers.

    One that is a side by itself may also have been cut off behind its last digit.
    """
    found: dict[Fraction, Loose] = {}
    for side in (left, right):
        for node in walk(side):
            if not isinstance(node, s.Numeral) or "." not in node.text:
                continue
            half = half_unit(node)
            if half is None or half > Fraction(1, 200):
                continue
            value = Fraction(node.text)
            upwards = 2 * half if decimal(side) is node else half
            found[value] = Loose(value, value - half, value + upwards, half)
    return tuple(found.values())


def with_numbers(context: Context) -> tuple[Hypothesis, ...]:
    """The hypotheses that give a number."""
    return tuple(
        hypothesis
        for hypothesis in context.hypotheses
        if any(
            isinstance(fact, Equation) and isinstance(fact.right, Number)
            for fact in hypothesis.facts
        )
    )


def numbered(hypotheses: Iterable[Hypothesis]) -> Iterator[tuple[Variable, Fraction]]:
    """The variables that are given as a number."""
    for hypothesis in hypotheses:
        for fact in hypothesis.facts:
            if not isinstance(fact, Equation) or fact.every:
                continue
            for one, other in ((fact.left, fact.right), (fact.right, fact.left)):
                if isinstance(one, Variable) and isinstance(other, Number):
                    if all(isinstance(i, Position) and i.value > 0 for i in one.indices):
                        yield one, other.value


def given_numbers(context: Context) -> dict[tuple[str, tuple[int, ...]], Fraction]:
    """The components that a hypothesis gives as a number ("let x = 3"), counted from 1."""
    return {
        (one.name, tuple(i.value for i in one.indices if isinstance(i, Position))): number
        for one, number in numbered(context.hypotheses)
    }


def given_sizes(hypotheses: Iterable[Hypothesis]) -> dict[str, int]:
    """The ranges of which a hypothesis says how many positions they have."""
    return {
        fact.left.range: int(fact.right.value)
        for hypothesis in hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, Equation)
        and isinstance(fact.left, Size)
        and isinstance(fact.right, Number)
    }


def is_worked_out(context: Context, *sides: Term) -> bool:
    """Whether all that the sides depend on is given as numbers."""
    reached = frozenset[str]().union(*map(names, sides))
    for definition in context.definitions:  # the z of g(z) = z^2 is any number
        reached |= names(definition.body) - frozenset(definition.arguments)
    given = {name for name, _ in given_numbers(context)}
    return reached <= given | {d.name for d in context.definitions}
