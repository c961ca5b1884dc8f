"""Terms as SymPy expressions and back: the language of the public functions.

A sum over i from 1 to N is ``Sum(..., (i, 1, N))`` (``(i, 0, N - 1)`` is the same range), a
component z_i is ``IndexedBase("z")[i]``, a delta ``KroneckerDelta``; a sum that leaves out j = k
has a summand ``Piecewise((..., Ne(j, k)), (0, True))``.  Nothing is simplified on the way, but
for what SymPy simplifies when an expression is built.  SymPy is imported when first needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive.logic.functions import TABLE
from derive.logic.problem import (
    AtLeast,
    Claim,
    Context,
    Different,
    Equation,
    Fact,
    Hypothesis,
    Same,
    Sign,
)
from derive.logic.terms import (
    Add,
    Application,
    Binder,
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
    free_indices,
)
from derive.meaning.ranges import Ranges

if TYPE_CHECKING:
    from sympy import Basic, Expr

__all__ = ["claim_of", "from_sympy", "to_sympy"]

ONE, MINUS = Number(Fraction(1)), Number(Fraction(-1))

# ------------------------------------------------------------------ terms to expressions


def to_sympy(term: Term) -> Expr:
    """The term as a SymPy expression.

    A name that is differentiated without showing what it depends on becomes a function of the
    variable, since SymPy would take its derivative to be 0.
    """
    import sympy

    return _Writer(sympy).write(term)


@dataclass(frozen=True)
class _Writer:
    sympy: Any
    by: str = ""

    def index(self, index: IndexTerm) -> Any:
        symbol = self.sympy.Symbol
        match index:
            case Index(name, _):
                return symbol(name, integer=True)
            case Position(value, range_):
                if value >= 1:
                    return self.sympy.Integer(value)
                return symbol(range_, integer=True, positive=True) + value
            case Label(name, indices, _):
                if not indices:
                    return symbol(name, integer=True)
                return self.sympy.IndexedBase(name, integer=True)[tuple(map(self.index, indices))]
            case Shift(base, offset):
                return self.index(base) + offset
        raise AssertionError(index)

    def write(self, term: Term) -> Any:
        sympy = self.sympy
        match term:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Size(range_):
                return sympy.Symbol(range_, integer=True, positive=True)
            case Variable(name, indices):
                if self.by and name != self.by:
                    arguments = [*map(self.index, indices), sympy.IndexedBase(self.by)]
                    return sympy.Function(name, real=True)(*arguments)
                if not indices:
                    return sympy.Symbol(name, real=True)
                return sympy.IndexedBase(name, real=True)[tuple(map(self.index, indices))]
            case Application(name, indices, arguments, orders):
                return self._application(name, indices, arguments, orders)
            case Function("pi", _):
                return sympy.pi
            case Function(name, arguments):
                return self._function(name, [self.write(a) for a in arguments])
            case Delta(left, right):
                return sympy.KroneckerDelta(self.index(left), self.index(right))
            case Add(terms):
                return sympy.Add(*map(self.write, terms))
            case Mul(factors):
                return sympy.Mul(*map(self.write, factors))
            case Pow(base, exponent):
                return sympy.Pow(self.write(base), self.write(exponent))
            case Binder():
                return self._binder(term)
            case Derivative(body, variable):
                return self._derivative(body, variable)
        raise AssertionError(term)

    def _application(
        self,
        name: str,
        indices: tuple[IndexTerm, ...],
        arguments: tuple[Term, ...],
        orders: tuple[int, ...],
    ) -> Any:
        sympy = self.sympy
        values = [self.write(a) for a in arguments]
        function = sympy.Function(name, real=True)
        if not any(orders):
            return function(*map(self.index, indices), *values)
        places = [sympy.Dummy(f"x{n}", real=True) for n in range(len(values))]
        whole = function(*map(self.index, indices), *places)
        by = [(place, order) for place, order in zip(places, orders, strict=True) if order]
        derived = sympy.Derivative(whole, *by)
        return sympy.Subs(derived, places, values)

    def _function(self, name: str, arguments: list[Any]) -> Any:
        sympy = self.sympy
        (x,) = arguments
        match name:
            case "sigmoid":
                return 1 / (1 + sympy.exp(-x))
            case "softplus":
                return sympy.log(1 + sympy.exp(x))
            case "relu":
                return sympy.Max(0, x)
            case "step":
                return sympy.Heaviside(x)
            case "arctan" | "arcsin":
                return {"arctan": sympy.atan, "arcsin": sympy.asin}[name](x)
            case "abs":
                return sympy.Abs(x)
        return getattr(sympy, name)(x)

    def _binder(self, term: Binder) -> Any:
        sympy = self.sympy
        letter = self.index(term.index)
        size = sympy.Symbol(term.index.range, integer=True, positive=True)
        body = self.write(term.body)
        match term:
            case Sum():
                neutral, kind = sympy.Integer(0), sympy.Sum
            case Product():
                neutral, kind = sympy.Integer(1), sympy.Product
            case _:
                neutral, kind = sympy.S.NegativeInfinity, sympy.Function("Maximum")
        if term.excluded:
            others = sympy.And(*(sympy.Ne(letter, self.index(x)) for x in term.excluded))
            body = sympy.Piecewise((body, others), (neutral, True))
        return (
            kind(body, (letter, 1, size))
            if not isinstance(term, Maximum)
            else kind(body, letter, size)
        )

    def _derivative(self, body: Term, variable: Variable) -> Any:
        sympy = self.sympy
        by = self.write(variable) if not self.by else _Writer(sympy).write(variable)
        inner = _Writer(sympy).write(body)
        if not inner.has(by.base if variable.indices else by):
            inner = _Writer(sympy, variable.name).write(body)
        return sympy.Derivative(inner, by, evaluate=False)


# ------------------------------------------------------------------ expressions to terms


def from_sympy(expression: Expr) -> Term:
    """The expression as a term.  Raises ValueError where terms cannot express it."""
    return _terms((expression,))[0]


def claim_of(lhs: Expr, rhs: Expr, given: tuple[Basic, ...] = ()) -> Claim:
    """The claim ``lhs = rhs`` under the hypotheses ``given``.

    Hypotheses are ``Eq`` and ``Ne`` of indices, ``Eq`` of expressions, comparisons of an
    expression with another, and ``N >= 2`` for a size.  Raises ValueError for anything else.
    """
    reader = _Reader(Ranges())
    for _ in range(2):
        left, right = reader.read(lhs), reader.read(rhs)
        free = free_indices(left) | free_indices(right)
        hypotheses = tuple(
            Hypothesis(reader.facts(item, {i.name for i in free}), _latex(item)) for item in given
        )
        if reader.ranges.final is None:
            reader = _Reader(reader.ranges.named(()), sizes=reader.sizes, letters=reader.letters)
    return Claim(left, "=", right, Context((), hypotheses))


def _latex(item: Any) -> str:
    from sympy import latex

    return str(latex(item))


def _terms(expressions: Iterable[Any]) -> tuple[Term, ...]:
    known = tuple(expressions)
    first = _Reader(Ranges())
    for expression in known:
        first.read(expression)
    second = _Reader(first.ranges.named(()), sizes=first.sizes, letters=first.letters)
    return tuple(second.read(expression) for expression in known)


def _sympify(value: Any) -> Any:
    """A Python number as a SymPy one; strings are refused, since they would be evaluated."""
    import sympy

    if isinstance(value, str):
        raise ValueError("a SymPy expression is expected, not text")
    return sympy.sympify(value, strict=True)


@dataclass
class _Reader:
    """``sizes``: symbols that are upper bounds; ``letters``: symbols that are indices."""

    ranges: Ranges
    bound: dict[Any, Index] = field(default_factory=dict)
    keys: dict[Any, str] = field(default_factory=dict)
    sizes: set[Any] = field(default_factory=set)
    letters: set[Any] = field(default_factory=set)
    count: int = 0

    def index(self, value: Any, key: str) -> IndexTerm:
        import sympy

        if isinstance(value, sympy.Symbol):
            if value in self.bound:
                self.ranges.join(self.keys[value], key)
                return self.bound[value]
            if value in self.sizes:
                self.ranges.join(key, f"size:{value.name}")
                return Position(0, self.ranges.name(key))
            self.letters.add(value)
            self.ranges.join(f"free:{value.name}", key)
            return Index(value.name, self.ranges.name(key))
        if isinstance(value, sympy.Integer):
            if value < 1:
                raise ValueError(f"positions count from 1: {value}")
            return Position(int(value), self.ranges.name(key))
        if isinstance(value, sympy.Indexed):
            name = str(value.base.label)
            inner = tuple(self.index(i, f"slot:{name}:{n}") for n, i in enumerate(value.indices))
            self.ranges.join(f"values:{name}", key)
            return Label(name, inner, self.ranges.name(key))
        if isinstance(value, sympy.Add) and len(value.args) == 2:
            offset, symbol = value.args if value.args[0].is_Integer else value.args[::-1]
            if offset.is_Integer and isinstance(symbol, sympy.Symbol):
                base = self.index(symbol, key)
                if isinstance(base, Index):
                    return Shift(base, int(offset))
                if isinstance(base, Position) and base.value <= 0 and int(offset) <= 0:
                    return Position(base.value + int(offset), base.range)
        raise ValueError(f"{value} is no index")

    def read(self, value: Any) -> Term:
        import sympy
        from sympy.core.function import AppliedUndef

        value = _sympify(value)
        match value:
            case sympy.Integer() | sympy.Rational():
                return Number(Fraction(int(value.p), int(value.q)))
            case sympy.Float():
                return Number(Fraction(str(value)))
            case sympy.Symbol():
                if value in self.sizes:
                    return Size(self.ranges.name(f"size:{value.name}"))
                if value in self.bound or value in self.letters:
                    raise ValueError(f"the index {value} stands as a number")
                return Variable(value.name, ())
            case sympy.Indexed():
                name = str(value.base.label)
                return Variable(
                    name,
                    tuple(self.index(i, f"slot:{name}:{n}") for n, i in enumerate(value.indices)),
                )
            case sympy.Add():
                return Add(tuple(map(self.read, value.args)))
            case sympy.Mul():
                return Mul(tuple(map(self.read, value.args)))
            case sympy.Pow():
                return self._power(value)
            case sympy.exp():
                return Function("exp", (self.read(value.args[0]),))
            case sympy.Sum() | sympy.Product():
                return self._bound(value, len(value.limits))
            case sympy.KroneckerDelta():
                return self._delta(*value.args[:2])
            case sympy.Derivative():
                return self._derivative(value)
            case sympy.Piecewise():
                return self._piecewise(value)
            case AppliedUndef():
                return self._applied(value)
        if value is sympy.pi:
            return Function("pi", ())
        if value is sympy.E:
            return Function("exp", (ONE,))
        if isinstance(value, sympy.Function) and len(value.args) == 1:
            name = {"Abs": "abs", "atan": "arctan", "asin": "arcsin", "Heaviside": "step"}.get(
                type(value).__name__, type(value).__name__
            )
            if name in TABLE:
                return Function(name, (self.read(value.args[0]),))
        if isinstance(value, sympy.Max) and len(value.args) == 2 and 0 in value.args:
            other = next(a for a in value.args if a != 0)
            return Function("relu", (self.read(other),))
        raise ValueError(f"{type(value).__name__} is outside the language: {value}")

    def _power(self, value: Any) -> Term:
        import sympy

        base, exponent = value.args
        if base is sympy.E:
            return Function("exp", (self.read(exponent),))
        return Pow(self.read(base), self.read(exponent))

    def _bound(self, value: Any, depth: int) -> Term:
        import sympy

        letter, low, high = value.limits[depth - 1]
        key = f"bound:{self.count}"
        self.count += 1
        symbols = [x for x in high.free_symbols if x not in self.bound]
        if not low.is_Integer or len(symbols) != 1 or not (high - symbols[0]).is_Integer:
            raise ValueError(f"the bounds of {letter} are no index range: {low}, {high}")
        size, offset = symbols[0], int(high - symbols[0])
        if int(low) == 0 and offset == -1:
            low, offset = sympy.Integer(1), 0
        if int(low) < 1 or offset > 0 or int(low) > 9 or offset < -8:
            raise ValueError(f"the bounds of {letter} are no index range: {low}, {high}")
        self.sizes.add(size)
        self.ranges.join(key, f"size:{size.name}")
        range_ = self.ranges.name(key)
        excluded: list[IndexTerm] = [Position(n, range_) for n in range(1, int(low))]
        excluded += [Position(-n, range_) for n in range(-offset)]
        index = Index(letter.name, range_)
        before, keys_before = dict(self.bound), dict(self.keys)
        inner = value.function
        if depth == 1 and isinstance(inner, sympy.Piecewise):
            inner, conditions = _excluding(inner, letter)
            excluded += [self.index(c, key) for c in conditions]
        self.bound[letter], self.keys[letter] = index, key
        body = self._bound(value, depth - 1) if depth > 1 else self.read(inner)
        self.bound, self.keys = before, keys_before
        index = Index(letter.name, self.ranges.name(key))
        kind = Sum if isinstance(value, sympy.Sum) else Product
        return kind(index, tuple(excluded), body)

    def _delta(self, left: Any, right: Any) -> Term:
        key = f"delta:{left}:{right}"
        a, b = self.index(left, key), self.index(right, key)
        return Delta(self.index(left, key), b) if a is not None else Delta(a, b)

    def _derivative(self, value: Any) -> Term:
        body = self.read(value.expr)
        for variable, count in value.variable_count:
            by = self.read(variable)
            if not isinstance(by, Variable):
                raise ValueError(f"a derivative by {variable}, which is no name")
            if not count.is_Integer or int(count) > 20:
                raise ValueError(f"a derivative of order {count}")
            for _ in range(int(count)):
                body = Derivative(body, by)
        return body

    def _piecewise(self, value: Any) -> Term:
        """Cases over indices, as deltas."""
        terms: list[Term] = []
        rest: Term = ONE
        for piece, condition in value.args:
            weight = rest if condition == True else self._weight(condition)  # noqa: E712
            terms.append(Mul((self.read(piece), weight)))
            rest = Add((rest, Mul((MINUS, weight))))
        return Add(tuple(terms)) if len(terms) > 1 else terms[0]

    def _weight(self, condition: Any) -> Term:
        import sympy

        if isinstance(condition, sympy.Eq):
            return self._delta(condition.lhs, condition.rhs)
        if isinstance(condition, sympy.Ne):
            return Add((ONE, Mul((MINUS, self._delta(condition.lhs, condition.rhs)))))
        raise ValueError(f"cases that depend on numbers: {condition}")

    def _applied(self, value: Any) -> Term:
        import sympy

        name = value.func.__name__
        if value.args and isinstance(value.args[-1], sympy.IndexedBase):
            indices = [a for a in value.args if not isinstance(a, sympy.IndexedBase)]
            return Variable(
                name, tuple(self.index(i, f"slot:{name}:{n}") for n, i in enumerate(indices))
            )
        arguments = tuple(map(self.read, value.args))
        return Application(name, (), arguments, (0,) * len(arguments))

    # -------------------------------------------------------------- hypotheses

    def facts(self, item: Any, free: set[str]) -> tuple[Fact, ...]:
        """What a hypothesis states; letters that are not in ``free`` stand for every position."""
        import sympy

        item = _sympify(item)
        if isinstance(item, sympy.And):
            return tuple(f for part in item.args for f in self.facts(part, free))
        if not isinstance(item, sympy.Eq | sympy.Ne | sympy.Gt | sympy.Lt | sympy.Ge | sympy.Le):
            raise ValueError(f"not a hypothesis: {item}")
        left, right = item.args
        if isinstance(left, sympy.Symbol) and left in self.sizes and isinstance(item, sympy.Ge):
            if not right.is_Integer:
                raise ValueError(f"a size is at least a number: {item}")
            return (AtLeast(self.ranges.name(f"size:{left.name}"), int(right)),)
        if isinstance(item, sympy.Eq | sympy.Ne) and self._is_index(left) and self._is_index(right):
            key = f"compare:{left}:{right}"
            self.index(left, key)
            a, b = self.index(left, key), self.index(right, key)
            return (Same(a, b) if isinstance(item, sympy.Eq) else Different(a, b),)
        x, y = self.read(left), self.read(right)
        quantified = tuple(
            sorted(
                (i for i in free_indices(x) | free_indices(y) if i.name not in free),
                key=lambda i: i.name,
            )
        )
        if isinstance(item, sympy.Eq):
            return (Equation(x, y, quantified),)
        relation = {"Gt": ">", "Lt": "<", "Ge": ">=", "Le": "<=", "Ne": "!="}[
            {"StrictGreaterThan": "Gt", "StrictLessThan": "Lt", "GreaterThan": "Ge",
             "LessThan": "Le", "Unequality": "Ne"}[type(item).__name__]
        ]  # fmt: skip
        term = x if y is Number(Fraction(0)) else Add((x, Mul((MINUS, y))))
        return (Sign(term, relation, quantified),)  # type: ignore[arg-type]

    def _is_index(self, value: Any) -> bool:
        import sympy

        return (
            value.is_Integer
            or (
                isinstance(value, sympy.Symbol)
                and (value in self.letters or value.is_integer is True)
            )
        ) and value not in self.sizes


def _excluding(piecewise: Any, letter: Any) -> tuple[Any, tuple[Any, ...]]:
    """The summand and the excluded positions of ``Piecewise((summand, Ne(j, k)), (0, True))``."""
    import sympy

    pieces = piecewise.args
    if len(pieces) != 2 or pieces[1][1] != True or pieces[1][0] != 0:  # noqa: E712
        return piecewise, ()
    condition = pieces[0][1]
    parts = condition.args if isinstance(condition, sympy.And) else (condition,)
    others: list[Any] = []
    for part in parts:
        if not isinstance(part, sympy.Ne) or letter not in part.args:
            return piecewise, ()
        others.append(part.args[1] if part.args[0] == letter else part.args[0])
    return pieces[0][0], tuple(others)
