"""Terms as closures: a term is translated once, and evaluated at as many points as need be."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from flint import arb, fmpq

from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Maximum,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
)
from derive.memory import kept
from derive.refuter.elementary import FUNCTIONS, power
from derive.refuter.occurrences import occurrences
from derive.refuter.point import Key
from derive.refuter.values import (
    ONE,
    ZERO,
    Dual,
    Missing,
    NoValue,
    Undecided,
    Value,
    plain,
    reciprocal,
    whole_power,
)

if TYPE_CHECKING:
    from derive.refuter.evaluation import Evaluation

__all__ = ["Closure", "compiled", "located"]

Closure: TypeAlias = Callable[["Evaluation"], Value]
Locator: TypeAlias = Callable[["Evaluation"], int]


@kept
def located(index: IndexTerm) -> Locator:
    """The position of an index, as a closure."""
    match index:
        case Index(name, _):

            def letter(e: Evaluation) -> int:
                try:
                    return e.positions[index]
                except KeyError:
                    raise Missing(f"no position is given for the index {name}") from None

            return letter
        case Position(value, range_):

            def position(e: Evaluation) -> int:
                size = e.size_of(range_)
                place = value if value >= 1 else size + value
                if not 1 <= place <= size:
                    raise NoValue(f"{range_} is too small for position {value}")
                return place

            return position
        case Label(name, indices, range_):
            inner = tuple(map(located, indices))
            return lambda e: e.label((name, tuple(i(e) for i in inner)), e.size_of(range_))
        case Shift(base, offset):
            start = located(base)
            return lambda e: start(e) + offset


@kept
def compiled(term: Term) -> Closure:
    """The term as a closure; the caller has seen to it that it is not too deep."""
    match term:
        case Number(value):
            constant = fmpq(value.numerator, value.denominator)
            return lambda e: constant
        case Size(range_):
            return lambda e: fmpq(e.size_of(range_))
        case Variable(name, indices):
            return _variable(name, tuple(map(located, indices)))
        case Application(name, indices, arguments, orders):
            places, inner = tuple(map(located, indices)), tuple(map(compiled, arguments))
            return lambda e: e.applied(
                name, tuple(p(e) for p in places), tuple(a(e) for a in inner), orders
            )
        case Function(name, arguments):
            return _function(name, tuple(map(compiled, arguments)))
        case Delta(left, right):
            one, other = located(left), located(right)
            return lambda e: ONE if one(e) == other(e) else ZERO
        case Add(terms):
            return _sum_of(tuple(map(compiled, terms)))
        case Mul(factors):
            return _product_of(tuple(map(compiled, factors)))
        case Pow(base, exponent):
            return _power(compiled(base), exponent)
        case Sum(index, excluded, body):
            return _over(index, excluded, body, _add_up)
        case Product(index, excluded, body):
            return _over(index, excluded, body, _multiply)
        case Maximum(index, excluded, body):
            return _over(index, excluded, body, _largest)
    assert isinstance(term, Derivative), term
    return _derivative(term, compiled(term.body), term.variable)


def _variable(name: str, places: tuple[Locator, ...]) -> Closure:
    if not places:
        key: Key = (name, ())

        def plain_variable(e: Evaluation) -> Value:
            if name in e.locals:
                return e.locals[name]
            return e.component(key)

        return plain_variable
    if len(places) == 1:
        (place,) = places
        return lambda e: e.component((name, (place(e),)))
    return lambda e: e.component((name, tuple([p(e) for p in places])))


def _function(name: str, arguments: tuple[Closure, ...]) -> Closure:
    if name == "pi" and not arguments:
        return lambda e: arb.pi()
    function = FUNCTIONS.get(name)
    if function is None or len(arguments) != 1:

        def unknown(e: Evaluation) -> Value:
            raise Undecided(f"{name} is not a function of the table")

        return unknown
    (argument,) = arguments
    return lambda e: function(argument(e))


def _sum_of(terms: tuple[Closure, ...]) -> Closure:
    if len(terms) == 2:
        left, right = terms
        return lambda e: left(e) + right(e)

    def add(e: Evaluation) -> Value:
        return _add_up([t(e) for t in terms])

    return add


def _product_of(factors: tuple[Closure, ...]) -> Closure:
    if len(factors) == 2:
        left, right = factors
        return lambda e: left(e) * right(e)

    def multiply(e: Evaluation) -> Value:
        return _multiply([f(e) for f in factors])

    return multiply


def _power(base: Closure, exponent: Term) -> Closure:
    if isinstance(exponent, Number):
        constant = fmpq(exponent.value.numerator, exponent.value.denominator)
        if constant == -1:
            return lambda e: reciprocal(base(e))
        if constant.q == 1:
            whole = int(constant.p)
            return lambda e: whole_power(base(e), whole)
        return lambda e: power(base(e), constant)
    raised = compiled(exponent)

    def general(e: Evaluation) -> Value:
        under, over = base(e), raised(e)
        number = plain(under)
        if plain(over) == 0 and not (number > 0 or number < 0):
            if number == 0:
                raise NoValue("0^0, the exponent not being written as 0")
            raise Undecided("the base of a power with exponent 0 may be 0")
        return power(under, over)

    return general


def _over(
    index: Index,
    excluded: tuple[IndexTerm, ...],
    body: Term,
    combine: Callable[[list[Value]], Value],
) -> Closure:
    inner, omitted = compiled(body), tuple(map(located, excluded))
    cost = occurrences(body).size
    range_ = index.range

    def bound(e: Evaluation) -> Value:
        size = e.size_of(range_)
        e.spend(cost * size)
        skipped = [place(e) for place in omitted]
        outside = e.positions
        inside = e.positions = dict(outside)
        values: list[Value] = []
        for position in range(1, size + 1):
            if position not in skipped:
                inside[index] = position
                values.append(inner(e))
        e.positions = outside
        return combine(values)

    return bound


def _add_up(values: list[Value]) -> Value:
    total: Value = ZERO
    for value in values:
        total = total + value
    return total


def _multiply(values: list[Value]) -> Value:
    total: Value = ONE
    for value in values:
        total = total * value
    return total


def _largest(values: list[Value]) -> Value:
    """The maximum; where several values are largest, it has a value but no derivative."""
    if not values:
        raise NoValue("the maximum of nothing")
    numbers = [plain(value) for value in values]
    largest = [
        value
        for value, number in zip(values, numbers, strict=True)
        if not any(other > number for other in numbers)
    ]
    if len(largest) == 1:
        return largest[0]
    exact = all(type(plain(value)) is fmpq for value in largest)
    if any(type(value) is Dual for value in largest):
        if exact:
            raise NoValue("no derivative where the maximum is attained twice")
        raise Undecided("the maximum may be attained twice")
    return largest.pop() if exact else reduce(arb.max, map(arb, largest))


def _derivative(term: Derivative, body: Closure, variable: Variable) -> Closure:
    name = variable.name
    places = tuple(map(located, variable.indices))

    def differentiate(e: Evaluation) -> Value:
        if not places and name in e.locals:
            return e.slope_by_local(name, body)
        e.world.check(term, frozenset(e.locals))
        return e.slope_by((name, tuple([p(e) for p in places])), body)

    return differentiate
