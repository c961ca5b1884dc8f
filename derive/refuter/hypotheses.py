"""Data that satisfies the hypotheses exactly, and whether there is any.

The facts are written out for all positions at the given sizes.  Those that are polynomial in
the data are solved over the rationals: linear equations by elimination, the others one
component at a time (t^2 = t leaves 0 and 1, and once t_1 = 1 is chosen, t_1 t_2 = 0 leaves
t_2 = 0).  A fact ``x = expression`` that is not polynomial makes x a derived value.  All
remaining facts are checked at each point and must be certain there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from flint import fmpq

from derive.logic.problem import Context, Equation, Hypothesis, Sign
from derive.logic.terms import Index, Term, Variable
from derive.refuter.closures import located
from derive.refuter.evaluation import Evaluation, in_time
from derive.refuter.point import Key, Point, places
from derive.refuter.polynomial import (
    NotPolynomial,
    Polynomial,
    affine,
    component,
    components,
    keeps_sign,
    rational_roots,
    substituted,
)
from derive.refuter.sampling import Draw, Interval, State
from derive.refuter.values import ZERO, Missing, Unusable, Value, plain
from derive.refuter.world import Ambiguous, World

__all__ = ["Condition", "Positions", "System", "conditions", "holds"]

_ATTEMPTS = 16
_OPERATIONS = 60_000


Positions: TypeAlias = tuple[tuple[Index, int], ...]
"""The letters of a fact that says something for every position of them, and these positions."""


@dataclass(frozen=True)
class Condition:
    """An equation or a sign at given positions: ``left relation right``."""

    left: Term
    relation: str
    right: Term | None
    positions: Positions

    def difference(self, evaluation: Evaluation) -> Value:
        """Left minus right."""
        left = evaluation.value(self.left, self.positions)
        return left if self.right is None else left - evaluation.value(self.right, self.positions)


def conditions(hypotheses: tuple[Hypothesis, ...], evaluation: Evaluation) -> Iterator[Condition]:
    """The equations and signs among the facts, written out for all positions of their letters."""
    for hypothesis in hypotheses:
        for fact in hypothesis.facts:
            if isinstance(fact, Equation):
                yield from _written_out(fact, evaluation)
            elif isinstance(fact, Sign):
                for positions in _assignments(fact.every, evaluation):
                    yield Condition(fact.term, fact.relation, None, positions)


def _written_out(fact: Equation, evaluation: Evaluation) -> Iterator[Condition]:
    for positions in _assignments(fact.every, evaluation):
        evaluation.positions = {**evaluation.point.indices, **dict(positions)}
        if all(located(a)(evaluation) != located(b)(evaluation) for a, b in fact.different):
            yield Condition(fact.left, "=", fact.right, positions)


def _assignments(letters: tuple[Index, ...], evaluation: Evaluation) -> Iterator[Positions]:
    for positions in places([letter.range for letter in letters], evaluation.sizes):
        evaluation.spend(1)
        yield tuple(zip(letters, positions, strict=True))


def holds(number: Value, relation: str) -> bool:
    """Whether ``number relation 0`` is certain."""
    number = plain(number)
    match relation:
        case "=":
            return type(number) is fmpq and number == 0
        case "!=":
            return bool(number > 0 or number < 0)
        case ">":
            return bool(number > 0)
        case ">=":
            return bool(number >= 0)
        case "<":
            return bool(number < 0)
    return bool(number <= 0)


class System:
    """The hypotheses at given sizes and positions of the free letters.

    ``inconsistent``: certainly no data satisfies them at these sizes.
    """

    def __init__(
        self,
        context: Context,
        sizes: dict[str, int],
        indices: dict[Index, int],
        labels: dict[Key, int],
    ) -> None:
        self.inconsistent = False
        self.general: list[Condition] = []
        self.derived: dict[Key, tuple[Term, Positions]] = {}
        self.bounds: dict[Key, Interval] = {}
        self._equations: list[Polynomial] = []
        self._pivots: dict[Key, Value] = {}
        self._signs: list[tuple[Polynomial, str]] = []
        self._solutions: dict[State, tuple[dict[Key, fmpq] | None, State]] = {}
        # Labels beside the range, which nobody drew, stand for the first position.
        self.labels = dict(labels)
        symbols = Point(
            sizes,
            indices,
            labels=self.labels,
            draw=component,
            draw_label=lambda key, size: 1,
            draw_function=_open_function,
        )
        evaluation = Evaluation(World(context), symbols, {}, _OPERATIONS)
        unsolved: list[Condition] = []
        for condition in conditions(context.hypotheses, evaluation):
            try:
                self._add(condition.difference(evaluation), condition.relation)
            except (NotPolynomial, Missing, Unusable, Ambiguous):
                unsolved.append(condition)
        self._eliminate()
        self._bound()
        for condition in unsolved:
            self._derive(condition, evaluation)

    def _add(self, value: Value, relation: str) -> None:
        if type(value) is not Polynomial:
            if type(value) is not fmpq:
                raise NotPolynomial
            self.inconsistent |= not holds(value, relation)
        elif relation == "=":
            self._equations.append(value)
        else:
            self._signs.append((value, relation))

    def _derive(self, condition: Condition, evaluation: Evaluation) -> None:
        """x = expression, where nothing else is said about x: a derived value."""
        if condition.right is not None:
            for side, other in (
                (condition.left, condition.right),
                (condition.right, condition.left),
            ):
                key = _data_component(side, condition.positions, evaluation)
                if key is not None and key not in self.derived and not self._constrained(key):
                    self.derived[key] = other, condition.positions
                    return
        self.general.append(condition)

    def _constrained(self, key: Key) -> bool:
        values = (*self._equations, *self._pivots.values(), *(p for p, _ in self._signs))
        polynomials = [value for value in values if type(value) is Polynomial]
        return key in self._pivots or any(key in components(p) for p in polynomials)

    def _eliminate(self) -> None:
        """Solves the linear equations for as many components as there are equations."""
        everything = self._equations
        try:
            self._equations = self._without_pivots()
        except NotPolynomial:
            # Too many terms: one component at a time will have to do.
            self._equations, self._pivots = everything, {}

    def _without_pivots(self) -> list[Polynomial]:
        """The equations that are not linear, in the components that are left free."""
        others: list[Polynomial] = []
        for equation in self._equations:
            in_time()
            if not affine(equation):
                others.append(equation)
                continue
            reduced = self._reduced(equation)
            if type(reduced) is not Polynomial:
                self.inconsistent |= reduced != 0
                continue
            pivot = components(reduced)[-1]
            coefficient = reduced.terms[(pivot,)]
            solved = (reduced - component(pivot) * coefficient) * (-1 / coefficient)
            for known, expression in list(self._pivots.items()):
                if type(expression) is Polynomial:
                    self._pivots[known] = substituted(expression, pivot, solved)
            self._pivots[pivot] = solved
        left: list[Polynomial] = []
        for equation in others:
            reduced = self._reduced(equation)
            if type(reduced) is not Polynomial:
                self.inconsistent |= reduced != 0
            else:
                self.inconsistent |= keeps_sign(reduced) != 0
                left.append(reduced)
        return left

    def _reduced(self, polynomial: Polynomial) -> Value:
        value: Value = polynomial
        for key in components(polynomial):
            if key in self._pivots and type(value) is Polynomial:
                value = substituted(value, key, self._pivots[key])
        return value

    def _bound(self) -> None:
        """Bounds of single components, and contradictions among the signs of linear forms."""
        forms: dict[tuple[tuple[Key, str], ...], Interval] = {}
        for polynomial, relation in self._signs:
            try:
                value = self._reduced(polynomial)
            except NotPolynomial:
                value = polynomial
            if type(value) is not Polynomial:
                self.inconsistent |= not holds(value, relation)
                continue
            sign = keeps_sign(value)
            if sign and not holds(fmpq(sign), relation):
                self.inconsistent = True
            for form in (polynomial, value):
                if affine(form):
                    self._bound_form(form, relation, forms)
        self.inconsistent |= any(interval.empty() for interval in forms.values())
        self.inconsistent |= any(
            not self._reaches(pivot, value) for pivot, value in self._pivots.items()
        )

    def _bound_form(
        self,
        form: Polynomial,
        relation: str,
        forms: dict[tuple[tuple[Key, str], ...], Interval],
    ) -> None:
        keys = components(form)
        leading = form.terms[(keys[0],)]
        name = tuple((key, str(form.terms[(key,)] / leading)) for key in keys)
        limit = -form.terms.get((), ZERO) / leading
        interval = _interval(relation, limit, leading > 0).within(forms.get(name, Interval()))
        forms[name] = interval
        if len(keys) == 1:
            self.bounds[keys[0]] = interval

    def _reaches(self, pivot: Key, value: Value) -> bool:
        """Whether ``pivot = value`` is possible when all components keep their bounds."""
        low: fmpq | None = ZERO
        high: fmpq | None = ZERO
        tight_low = tight_high = True
        terms = value.terms.items() if type(value) is Polynomial else (((), value),)
        for keys, coefficient in (*terms, ((pivot,), fmpq(-1))):
            if not keys:
                low = None if low is None else low + coefficient
                high = None if high is None else high + coefficient
                continue
            bound = self.bounds.get(keys[0], Interval())
            ends = [(bound.low, bound.low_open), (bound.high, bound.high_open)]
            if coefficient < 0:
                ends.reverse()
            (least, least_open), (most, most_open) = ends
            low = None if low is None or least is None else low + coefficient * least
            high = None if high is None or most is None else high + coefficient * most
            tight_low &= not least_open
            tight_high &= not most_open
        too_high = low is not None and (low > 0 or (low == 0 and not tight_low))
        too_low = high is not None and (high < 0 or (high == 0 and not tight_high))
        return not too_high and not too_low

    def solution(self, draw: Draw) -> dict[Key, fmpq] | None:
        """Values for all constrained components, or None where none were found."""
        if self.inconsistent:
            return None
        draw.bounds = self.bounds
        before = draw.state
        if before not in self._solutions:  # steps with the same hypotheses draw the same
            first: dict[Key, fmpq] | None = None
            for draw.shrink in range(_ATTEMPTS):
                values = self._attempt(draw)
                if values is not None:
                    first = first or values
                    if not draw.prefers_positive or self._keeps_positive(values):
                        first = values
                        break
            draw.shrink = 0
            self._solutions[before] = first, draw.state
        found, draw.state = self._solutions[before]
        return found

    def _keeps_positive(self, values: dict[Key, fmpq]) -> bool:
        """Whether what was solved for is positive where all that was drawn is.

        The last of positive numbers with the sum 1 is 1 minus the others, and of a negative one
        there is no logarithm.
        """
        drawn = all(value > 0 for key, value in values.items() if key not in self._pivots)
        return not drawn or all(values[pivot] > 0 for pivot in self._pivots)

    def _attempt(self, draw: Draw) -> dict[Key, fmpq] | None:
        pending: list[Polynomial] = list(self._equations)
        values: dict[Key, fmpq] = {}
        while pending:
            in_time()
            key, number = self._next(pending, draw)
            if number is None:
                return None
            values[key] = number
            left: list[Polynomial] = []
            for equation in pending:
                value = substituted(equation, key, number)
                if type(value) is Polynomial:
                    left.append(value)
                elif value != 0:
                    return None
            pending = left
        return self._completed(values, draw)

    def _next(self, pending: list[Polynomial], draw: Draw) -> tuple[Key, fmpq | None]:
        """A component, and a value that the equations in it alone allow."""
        options: dict[Key, set[fmpq]] = {}
        for equation in pending:
            keys = components(equation)
            if len(keys) == 1:
                roots = set(rational_roots(equation))
                options[keys[0]] = options.get(keys[0], roots) & roots
        if not options:
            linear = _linear_component(pending[0])
            key = next(key for key in components(pending[0]) if key != linear)
            return key, draw.number(key)
        key = min(options)
        interval = self.bounds.get(key, Interval())
        allowed = sorted(root for root in options[key] if root in interval)
        return key, draw.pick(allowed) if allowed else None

    def _completed(self, values: dict[Key, fmpq], draw: Draw) -> dict[Key, fmpq] | None:
        """Draws what is still free, computes the pivots, and checks the signs."""
        expressions = [e for e in self._pivots.values() if type(e) is Polynomial]
        polynomials = (*expressions, *(polynomial for polynomial, _ in self._signs))
        for polynomial in polynomials:
            for key in components(polynomial):
                if key not in values and key not in self._pivots:
                    values[key] = draw.number(key)
        for pivot, expression in self._pivots.items():
            values[pivot] = _value(expression, values)
        for polynomial, relation in self._signs:
            if not holds(_value(polynomial, values), relation):
                return None
        return values


def _data_component(side: Term, positions: Positions, evaluation: Evaluation) -> Key | None:
    """The component that a side of an equation is, where it is nothing but data."""
    if not isinstance(side, Variable) or side.name in evaluation.world.definitions:
        return None
    try:
        value = evaluation.value(side, positions)
    except (NotPolynomial, Missing, Unusable):
        return None
    return components(value)[0] if type(value) is Polynomial else None


def _open_function(key: Key, arity: int) -> NoReturn:
    raise NotPolynomial


def _linear_component(polynomial: Polynomial) -> Key | None:
    """A component in which the polynomial is linear, so that it can be solved for."""
    for key in reversed(components(polynomial)):
        if all(keys.count(key) <= 1 for keys in polynomial.terms):
            return key
    return None


def _value(polynomial: Value, values: dict[Key, fmpq]) -> fmpq:
    if not isinstance(polynomial, Polynomial):
        return fmpq(polynomial)
    total = fmpq(0)
    for keys, coefficient in polynomial.terms.items():
        factor: fmpq = coefficient
        for key in keys:
            factor = factor * values[key]
        total = total + factor
    return total


def _interval(relation: str, limit: fmpq, upward: bool) -> Interval:
    """The x with ``x relation limit``, the relation turned round where not ``upward``."""
    if relation == "!=":
        return Interval(omitted=frozenset((limit,)))
    strict = len(relation) == 1
    if (relation[0] == ">") == upward:
        return Interval(low=limit, low_open=strict)
    return Interval(high=limit, high_open=strict)
