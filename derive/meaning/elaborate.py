"""From syntax to values: every name resolved, every letter bound or free, every product decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.logic.problem import Different, Equation, Fact, Same, Sign
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
    children,
    free_indices,
    rebuild,
    substitute,
    substitute_values,
    subterms,
)
from derive.meaning import sums
from derive.meaning.names import Names, Reference, flatten, reference
from derive.meaning.ranges import Ranges
from derive.meaning.scope import Entry, Scope
from derive.meaning.spelling import is_letter, spelling
from derive.meaning.trouble import Incomprehensible, OutOfReach, WrongShape
from derive.meaning.vectors import Tensors, Value
from derive.reader import syntax as s

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Elaborator", "number"]

MOST_DEPTH = 120
MOST_DIGITS = 2000
ONE, TWO, MINUS = Number(Fraction(1)), Number(Fraction(2)), Number(Fraction(-1))

FUNCTIONS = {
    "exp": "exp", "log": "log", "ln": "log", "Log": "log", "Exp": "exp",
    "sin": "sin", "cos": "cos", "tan": "tan", "arctan": "arctan", "atan": "arctan",
    "arcsin": "arcsin", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "sigmoid": "sigmoid", "sigm": "sigmoid", "logistic": "sigmoid", "expit": "sigmoid",
    "softplus": "softplus", "erf": "erf", "abs": "abs", "sign": "sign", "sgn": "sign",
    "relu": "relu", "ReLU": "relu", "Relu": "relu", "RELU": "relu",
}  # fmt: skip
SQUARE_ROOTS = {"sqrt"}
SOFTMAX = {"softmax", "Softmax", "SoftMax", "smax"}
WHOLE = {"sum", "mean", "diag", "tr", "trace", "Tr", "norm"}


def number(text: str, span: object = None) -> Number:
    """A numeral as an exact number; OutOfReach where it is too long to be worth it."""
    _, _, exponent = text.lower().partition("e")
    if len(text) > MOST_DIGITS or len(exponent) > 4:
        raise OutOfReach(f"the number {text[:12]}... is too long")
    return Number(Fraction(text))


@dataclass
class Elaborator:
    """Elaborates the formulas of one place.

    ``place`` tells its free letters from those of other places; ``bound`` holds the letters of
    the sums around; ``prime`` is the variable that a bare prime differentiates by.
    ``facts``: what underbraces state, with the syntax they are read from.
    """

    names: Names
    ranges: Ranges
    scope: Scope
    place: str
    bound: dict[str, Index] = field(default_factory=dict)
    prime: Variable | None = None
    notes: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    facts: list[tuple[s.Underbrace, Value, Value]] = field(default_factory=list)
    depth: int = 0
    tensors: Tensors = field(init=False)

    def __post_init__(self) -> None:
        self.tensors = Tensors.over(self.ranges)

    # ------------------------------------------------------------------ entry

    def value(self, node: s.Syntax) -> Value:
        """What the syntax means.  Raises Incomprehensible or OutOfReach."""
        self.depth += 1
        try:
            if self.depth > MOST_DEPTH:
                raise OutOfReach("the formula is nested too deeply", node.span)
            return self._value(node)
        finally:
            self.depth -= 1

    def scalar(self, node: s.Syntax) -> Term:
        """What the syntax means, which must be one number."""
        value = self.value(node)
        if value.axes:
            raise WrongShape(f"{spelling(node)} is a {value.shape} where a number is expected")
        return value.term

    def _value(self, node: s.Syntax) -> Value:
        match node:
            case s.Numeral(_, text):
                return Value(number(text))
            case s.Name() | s.Scripts():
                return self._scripted(node)
            case s.Signed(_, terms):
                return self._signed(terms)
            case s.Product(_, factors, operators):
                return self._product(factors, operators)
            case s.Fraction(_, numerator, denominator):
                return self._quotient(self.value(numerator), self.value(denominator))
            case s.Root(_, radicand, degree):
                return self._root(radicand, degree)
            case s.Group(_, body, delimiters):
                return self._group(body, delimiters)
            case s.Operator():
                return self._operator(node)
            case s.FunctionCall(_, function, argument, subscript, superscript):
                return self._call(function, argument, subscript, superscript)
            case s.Differentiation():
                return self._differentiation(node, None)
            case s.Indicator(_, condition):
                return Value(self.indicator(condition))
            case s.Underbrace(_, body, label):
                return self._underbrace(node, body, label)
            case s.Evaluated(_, body, at):
                return self._evaluated(body, at)
            case s.Cases(_, rows):
                return Value(self.cases(rows))
            case s.Matrix(_, rows):
                raise OutOfReach("a matrix written out in full, within an expression", node.span)
            case s.Ellipsis():
                raise OutOfReach("dots whose pattern is not that of a sum", node.span)
            case s.Text(_, text):
                raise Incomprehensible(
                    f"the words “{text.strip()}” stand in the formula", node.span
                )
            case s.List():
                raise OutOfReach("a list where a number is expected", node.span)
            case s.Sequence():
                raise Incomprehensible("words stand between the parts of the formula", node.span)
            case s.Chain():
                raise OutOfReach("a relation where a number is expected", node.span)
            case s.Unreadable(_, reason):
                raise Incomprehensible(reason, node.span)
        raise Incomprehensible("a construct that the reader does not know", node.span)

    # ------------------------------------------------------------------ indices

    def letter(self, text: str) -> Index:
        """An index letter: bound by a sum around, or free at this place."""
        if text in self.bound:
            return self.bound[text]
        return Index(text, self.ranges.name(self._key(text)))

    def _key(self, text: str) -> str:
        return f"free:{self.place}:{text}"

    def _join(self, text: str, key: str) -> None:
        if text in self.bound:
            self.ranges.join(self.bound[text].range, key)
        else:
            self.ranges.join(self._key(text), key)

    def index(self, node: s.Syntax, key: str) -> IndexTerm:
        """An index in the place ``key`` (a slot of a variable, or another letter)."""
        range_ = self.ranges.name(key)
        match node:
            case s.Name(_, text) if (
                text in self.names.sizes
                and text not in self.bound
                and text not in self.names.letters
            ):
                self.ranges.join(key, f"size:{text}")
                return Position(0, self.ranges.name(key))
            case s.Name(_, text):
                self._join(text, key)
                if text not in self.bound and (entry := self.scope.entry(text)):
                    raise OutOfReach(
                        f"{text} stands as an index, and is defined as {entry.name}", node.span
                    )
                return self.letter(text)
            case s.Numeral(_, text) if text.isdigit() and len(text) < 10:
                value = int(text) + (1 if self.names.zero_based else 0)
                if value < 1:
                    raise OutOfReach(f"the position {text} is not in the range", node.span)
                return Position(value, range_)
            case s.Signed(_, terms):
                return self._shift(terms, key)
            case s.Group(_, body, _):
                return self.index(body, key)
            case s.Scripts(_, s.Name(_, text), subscript, None, 0) if subscript is not None:
                from derive.meaning.names import split

                inner = tuple(
                    self.index(part, f"slot:{text}:{n}") for n, part in enumerate(split(subscript))
                )
                self.ranges.join(f"values:{text}", key)
                return Label(text, inner, self.ranges.name(key))
            case s.Text(_, text):
                self._join(text.strip(), key)
                return self.letter(text.strip())
        raise OutOfReach(f"{spelling(node)} stands as an index", node.span)

    def _shift(self, terms: Sequence[tuple[int, s.Syntax]], key: str) -> IndexTerm:
        letters = [t for sign, t in terms if isinstance(t, s.Name) and sign == 1]
        offsets = [
            sign * int(t.text)
            for sign, t in terms
            if isinstance(t, s.Numeral) and t.text.isdigit() and len(t.text) < 6
        ]
        if len(letters) != 1 or len(offsets) != 1 or len(terms) != 2:
            raise OutOfReach("an index that is computed")
        text = letters[0].text
        if text in self.names.sizes and text not in self.names.letters and text not in self.bound:
            self.ranges.join(key, f"size:{text}")
            if offsets[0] > 0:
                raise OutOfReach("a position behind the last")
            return Position(offsets[0] + (1 if self.names.zero_based else 0), self.ranges.name(key))
        self._join(text, key)
        return Shift(self.letter(text), offsets[0]) if offsets[0] else self.letter(text)

    # ------------------------------------------------------------------ names

    def _scripted(self, node: s.Name | s.Scripts) -> Value:
        found = reference(node, self.names)
        if found is None:
            return self._scripted_group(node)
        return self._with_power(self.named(found, node), found.power, found.transposed)

    def _with_power(self, base: Value, power: s.Syntax | None, transposed: bool = False) -> Value:
        if transposed:
            base = self.tensors.transpose(base)
        if power is None:
            return base
        if isinstance(power, s.Chain | s.List | s.Text):
            raise Incomprehensible(f"the superscript {spelling(power)} has no meaning", power.span)
        exponent = self.value(power)
        if base.term is Function("exp", (ONE,)) and not base.axes:
            return self.tensors.apply(lambda t: Function("exp", (t,)), exponent)
        return self.tensors.power(base, exponent)

    def named(self, found: Reference, node: s.Syntax) -> Value:
        """What a name with its indices stands for, without its power."""
        name, indices = found.name, found.indices
        if name == "\\delta" and len(indices) == 2:
            return Value(self.delta(indices[0], indices[1]))
        entry = self.scope.entry(name)
        if not indices and entry is None:
            constant = self._constant(found, node)
            if constant is not None:
                return constant
        slots = [f"slot:{name}:{n}" for n in range(len(indices))]
        here = tuple(self.index(i, key) for i, key in zip(indices, slots, strict=True))
        axes: tuple[Index, ...] = ()
        if entry is not None:
            here, axes = self._complete(entry, here, node)
        elif (missing := self.names.slots.get(name, 0) - len(here)) > 0:
            axes = tuple(
                self.tensors.axis(self.ranges.name(f"slot:{name}:{len(here) + n}"))
                for n in range(missing)
            )
            here = (*here, *axes)
        if found.primes:
            return self._primed(found, here, axes)
        return Value(Variable(name, here), axes)

    def _complete(
        self, entry: Entry, here: tuple[IndexTerm, ...], node: s.Syntax
    ) -> tuple[tuple[IndexTerm, ...], tuple[Index, ...]]:
        """The indices of a defined name: the hidden ones added, open axes for those not written."""
        written = len(entry.indices) - entry.hidden
        if len(here) > len(entry.indices):
            raise OutOfReach(
                f"{entry.name} stands with {len(here)} indices, and was defined with {written}",
                node.span,
            )
        if len(here) == len(entry.indices):
            return here, ()
        axes: list[Index] = []
        for n in range(len(here), len(entry.indices)):
            key = f"slot:{entry.name}:{n}"
            if n < written:
                axis = self.tensors.axis(self.ranges.name(key))
                axes.append(axis)
                here = (*here, axis)
                continue
            text = entry.indices[n].name
            if text in self.bound:
                raise OutOfReach(
                    f"{entry.name} depends on {text}, which a sum binds here", node.span
                )
            self.ranges.join(self._key(text), key)
            here = (*here, self.letter(text))
        return here, tuple(axes)

    def _constant(self, found: Reference, node: s.Syntax) -> Value | None:
        """Numbers with a name of their own, sizes, and letters that cannot be numbers."""
        name = found.name
        names = self.names
        if name == "e" and self.scope.euler and names.slots.get("e", 0) == 0:
            self.guess("e is Euler's number")
            return Value(Function("exp", (ONE,)))
        if name in ("\\pi", "π") and names.slots.get(name, 0) == 0:
            self.guess("π is the circle's number")
            return Value(Function("pi", ()))
        if name == "\\infty":
            raise OutOfReach("infinity is not a number", node.span)
        if name in self.bound:
            raise OutOfReach(f"the index {name} stands where a number is expected", node.span)
        if name in names.sizes and names.slots.get(name, 0) == 0:
            return Value(Size(self.ranges.name(f"size:{name}")))
        if (
            name in names.letters
            and names.slots.get(name, 0) == 0
            and is_letter(node)
            and not self._is_quantity(name)
        ):
            raise OutOfReach(f"the index {name} stands where a number is expected", node.span)
        return None

    def _is_quantity(self, name: str) -> bool:
        return name in self.names.functions

    def _primed(
        self, found: Reference, here: tuple[IndexTerm, ...], axes: tuple[Index, ...]
    ) -> Value:
        name = found.name
        known = name in self.names.functions or self.scope.entry(name) is not None
        if known and self.prime is not None:
            term: Term = Variable(name, here)
            for _ in range(found.primes):
                term = Derivative(term, self.prime)
            return Value(term, axes)
        return Value(Variable(name + "'" * found.primes, here), axes)

    def guess(self, sentence: str) -> None:
        """Keeps what was assumed, once."""
        if sentence not in self.guesses:
            self.guesses.append(sentence)

    def note(self, sentence: str) -> None:
        """Keeps what may mislead a reader, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    # ------------------------------------------------------------------ scripts on groups

    def _scripted_group(self, node: s.Syntax) -> Value:
        assert isinstance(node, s.Scripts)
        base, below, above = node.base, node.subscript, node.superscript
        if isinstance(base, s.Group) and base.delimiters in ("||", "‖‖"):
            return self._norm(base, below, above)
        if isinstance(base, s.FunctionCall) and below is not None:
            return self._with_power(self.component(self.value(base), below), above)
        value = self.value(base)
        if node.primes:
            value = self._prime(value, node.primes)
        if below is not None:
            value = self.component(value, below)
        if isinstance(above, s.Name) and above.text in ("T", "\\top", "\\intercal"):
            return self.tensors.transpose(value)
        return self._with_power(value, above)

    def _prime(self, value: Value, primes: int) -> Value:
        if self.prime is None:
            raise OutOfReach("a prime that does not say by what it differentiates")
        term = value.term
        for _ in range(primes):
            term = Derivative(term, self.prime)
        return Value(term, value.axes)

    def component(self, value: Value, subscript: s.Syntax) -> Value:
        """``(W x)_i``: the component of a vector or matrix."""
        from derive.meaning.names import split

        pieces = split(subscript)
        if len(pieces) > len(value.axes):
            raise WrongShape(f"a component {spelling(subscript)} of a {value.shape}")
        new: dict[Index, IndexTerm] = {}
        for axis, piece in zip(value.axes, pieces, strict=False):
            at = self.index(piece, axis.range)
            new[axis] = at
        return Value(substitute(value.term, new), value.axes[len(pieces) :])

    def _norm(self, group: s.Group, below: s.Syntax | None, above: s.Syntax | None) -> Value:
        order = spelling(below) if below is not None else "2"
        value = self.value(group.body)
        if not value.axes and group.delimiters == "||":
            return self._with_power(Value(Function("abs", (value.term,))), above)
        if order == "F":
            order = "2"
        if order not in ("1", "2"):
            raise OutOfReach(f"the norm with the mark {order}", group.span)
        if isinstance(above, s.Numeral) and above.text == "2":
            return self.tensors.norm(value, order, 2)
        return self._with_power(self.tensors.norm(value, order), above)

    # ------------------------------------------------------------------ arithmetic

    def _signed(self, terms: Sequence[tuple[int, s.Syntax]]) -> Value:
        if any(isinstance(t, s.Ellipsis) for _, t in terms):
            return self._with_dots(terms)
        values: list[Value] = []
        for sign, term in terms:
            if sign == 0:
                raise OutOfReach("the sign ± stands for two values", term.span)
            value = self.value(term)
            values.append(value if sign == 1 else self.tensors.negative(value))
        return self.tensors.add(values)

    def _with_dots(self, terms: Sequence[tuple[int, s.Syntax]]) -> Value:
        """``a_1 + a_2 + ... + a_N``, possibly with a general term in the middle."""
        written: list[Term] = []
        for sign, term in terms:
            if isinstance(term, s.Ellipsis):
                continue
            value = self.scalar(term)
            written.append(value if sign == 1 else self.tensors.negative(Value(value)).term)
        start = next((n for n, (_, t) in enumerate(terms) if isinstance(t, s.Ellipsis)), 0)
        if start and len(written) > 1:
            for skip in range(start):
                fresh = Index(self._unused(written), "")
                body = sums.generic(written[skip:], fresh)
                if body is not None:
                    index = next(i for i in free_indices(body) if i.name == fresh.name)
                    whole = Sum(index, (), body)
                    return Value(Add((*written[:skip], whole)) if skip else whole)
        raise OutOfReach("dots whose terms do not follow one pattern", terms[0][1].span)

    def _unused(self, terms: Sequence[Term]) -> str:
        used = {i.name for t in terms for i in free_indices(t)} | set(self.bound)
        return next(
            x for x in ("m", "n", "l", "p", "q", "r", "m'", "n'", "l'", "m''") if x not in used
        )

    def _quotient(self, numerator: Value, denominator: Value) -> Value:
        below = self.tensors.apply(lambda t: Pow(t, MINUS), denominator)
        if numerator.term is ONE and not numerator.axes:
            return below
        if isinstance(numerator.term, Number) and isinstance(denominator.term, Number):
            return Value(Mul((numerator.term, below.term)))
        if not below.axes or not numerator.axes:
            return self.tensors.multiply(numerator, below, "")
        return self.tensors.elementwise(numerator, below)

    def _root(self, radicand: s.Syntax, degree: s.Syntax | None) -> Value:
        power = Fraction(1, 2)
        if degree is not None:
            if not (
                isinstance(degree, s.Numeral) and degree.text.isdigit() and len(degree.text) < 4
            ):
                raise OutOfReach(f"a root of degree {spelling(degree)}", degree.span)
            if int(degree.text) == 0:
                raise OutOfReach("a root of degree 0", degree.span)
            if int(degree.text) % 2:
                self.note(f"the root of degree {degree.text} is taken of positive numbers only")
            power = Fraction(1, int(degree.text))
        return self.tensors.apply(lambda t: Pow(t, Number(power)), self.value(radicand))

    def _group(self, body: s.Syntax, delimiters: str) -> Value:
        match delimiters:
            case "()" | "[]" | "{}":
                return self.value(body)
            case "||":
                value = self.value(body)
                return (
                    self.tensors.norm(value, "2")
                    if value.axes
                    else Value(Function("abs", (value.term,)))
                )
            case "‖‖":
                return self.tensors.norm(self.value(body), "2")
            case "⟨⟩" if isinstance(body, s.List) and len(body.items) == 2:
                left, right = map(self.value, body.items)
                if len(left.axes) != 1 or len(right.axes) != 1:
                    raise WrongShape(f"an inner product of a {left.shape} and a {right.shape}")
                return self.tensors.contract(left, right)
        raise OutOfReach(f"the brackets {delimiters} have no meaning in terms", body.span)

    # ------------------------------------------------------------------ products and functions

    def _product(self, factors: tuple[s.Syntax, ...], operators: tuple[str, ...]) -> Value:
        done: Value | None = None
        n = 0
        operator = ""
        while n < len(factors):
            factor = factors[n]
            value: Value
            used = 1
            match factor:
                case s.Differentiation(_, None):
                    if n + 1 == len(factors):
                        value = self._differentiation(factor, None)
                    else:
                        rest = self._product(factors[n + 1 :], operators[n + 1 :])
                        value = self._differentiation(factor, rest)
                        used = len(factors) - n
                case s.Name() | s.Scripts() if (
                    n + 1 < len(factors)
                    and not operators[n]
                    and self._applies(factor, factors[n + 1])
                ):
                    value = self._application(factor, factors[n + 1])
                    used = 2
                case _:
                    value = self.value(factor)
            done = value if done is None else self.tensors.multiply(done, value, operator)
            n += used
            operator = operators[n - 1] if n <= len(operators) else ""
        assert done is not None
        return done

    def _applies(self, head: s.Syntax, group: s.Syntax) -> bool:
        """Whether brackets after a name make it a function."""
        bare = group.base if isinstance(group, s.Scripts) else group
        if not isinstance(bare, s.Group) or bare.delimiters not in ("()", "[]"):
            return False
        flat = flatten(head)
        if flat is None or (flat[2] and not flat[3]):
            return False
        found = reference(head, self.names)
        if found is None:
            return False
        key = flat[0].text + ("_" if flat[1] else "")
        entry = self.scope.entry(found.name)
        if entry is not None and entry.formals:
            return True
        if flat[0].text in FUNCTIONS or flat[0].text in SOFTMAX | WHOLE:
            return flat[0].word or len(flat[0].text) > 1
        return key in self.names.functions

    def _application(self, head: s.Syntax, group: s.Syntax) -> Value:
        found = reference(head, self.names)
        assert found is not None
        if isinstance(group, s.Scripts):
            inner = group.base
            value = self._application(head, inner)
            if group.subscript is not None:
                value = self.component(value, group.subscript)
            if group.primes:
                value = self._prime(value, group.primes)
            if isinstance(group.superscript, s.Name) and group.superscript.text in ("T", "\\top"):
                return self.tensors.transpose(value)
            return self._with_power(value, group.superscript)
        assert isinstance(group, s.Group)
        arguments = group.body.items if isinstance(group.body, s.List) else (group.body,)
        return self._with_power(self._applied(found, arguments, head), found.power, False)

    def _applied(self, found: Reference, arguments: Sequence[s.Syntax], head: s.Syntax) -> Value:
        name = found.name
        entry = self.scope.entry(name)
        if any(isinstance(a, s.Chain | s.Sequence | s.Text) for a in arguments):
            inside = ",".join(map(spelling, arguments))
            return Value(Variable(f"{name}({inside})", ()))
        if entry is None and name in self.scope.sigmoid and len(arguments) == 1:
            self.guess(f"{name} is the sigmoid function")
            return self._elementary("sigmoid", self.value(arguments[0]), found.primes)
        if entry is None and not found.indices:
            known = self._known(name, arguments, found)
            if known is not None:
                return known
        if entry is not None and not entry.real:
            return self._depending(found, entry, arguments, head)
        values = [self.value(a) for a in arguments]
        here = tuple(self.index(i, f"slot:{name}:{n}") for n, i in enumerate(found.indices))
        if entry is None and any(v.axes for v in values):
            return self._of_vectors(found, here, values)
        if entry is None:
            self.guess(f"{name} is a function that the document leaves open")
        return self._function_of_numbers(name, here, values, found.primes, entry)

    def _function_of_numbers(
        self,
        name: str,
        here: tuple[IndexTerm, ...],
        values: list[Value],
        primes: int,
        entry: Entry | None,
    ) -> Value:
        if entry is not None and len(values) != len(entry.formals):
            raise OutOfReach(f"{name} has {len(entry.formals)} arguments, not {len(values)}")
        if entry is not None:
            missing = len(entry.indices) - len(here)
            if missing:
                raise OutOfReach(f"{name} stands without its indices")
        if primes and len(values) != 1:
            raise OutOfReach(f"a prime at {name}, which has several arguments")
        if len(values) > 1 and any(v.axes for v in values):
            raise OutOfReach(f"{name} applied to vectors")

        def apply(*terms: Term) -> Term:
            orders = (primes,) if len(terms) == 1 else (0,) * len(terms)
            if primes and entry is not None and isinstance(terms[0], Variable):
                whole: Term = Application(name, here, terms, (0,))
                for _ in range(primes):
                    whole = Derivative(whole, terms[0])
                return whole
            return Application(name, here, terms, orders)

        if len(values) == 1:
            return self.tensors.apply(apply, values[0])
        return Value(apply(*(v.term for v in values)))

    def _of_vectors(
        self, found: Reference, here: tuple[IndexTerm, ...], values: list[Value]
    ) -> Value:
        """A function of vectors that the document leaves open: what it depends on says nothing."""
        if all(isinstance(v.term, Variable) for v in values):
            return Value(Variable(found.name, here))
        raise OutOfReach(f"{found.name} is not defined, and is applied to vectors")

    def _depending(
        self, found: Reference, entry: Entry, arguments: Sequence[s.Syntax], head: s.Syntax
    ) -> Value:
        """``L(y, t)``: the name itself, or its definition with other arguments in place."""
        plain = Reference(found.name, found.indices, None, False, found.primes)
        if tuple(map(self._plain, arguments)) == entry.formals:
            return self.named(plain, head)
        if len(arguments) != len(entry.formals):
            self.guess(f"the arguments of {found.name} only say what it depends on")
            return self.named(plain, head)
        if found.primes:
            raise OutOfReach(f"a prime at {found.name}, which is no function of numbers")
        here = tuple(self.index(i, f"slot:{found.name}:{n}") for n, i in enumerate(found.indices))
        here, axes = self._complete(entry, here, head)
        body = substitute(entry.value.term, dict(zip(entry.indices, here, strict=True)))
        for formal, argument in zip(entry.formals, arguments, strict=True):
            if self._plain(argument) != formal:
                body = self._replace(body, formal, self.value(argument))
        return Value(body, axes)

    def _plain(self, node: s.Syntax) -> str:
        return node.text if isinstance(node, s.Name) else spelling(node)

    def _replace(self, body: Term, formal: str, argument: Value) -> Term:
        """``body`` with every component of a variable replaced by the argument's."""

        def change(term: Term) -> Term:
            if isinstance(term, Variable) and term.name == formal:
                if len(term.indices) != len(argument.axes):
                    raise WrongShape(f"{formal} is replaced by a {argument.shape}")
                return substitute(
                    argument.term, dict(zip(argument.axes, term.indices, strict=True))
                )
            if isinstance(term, Derivative) and term.variable.name == formal:
                raise OutOfReach(f"a derivative by {formal}, which is replaced")
            return term

        free = {i.name for i in free_indices(argument.term)}
        clashes = {b.index.name for b in subterms(body) if isinstance(b, Sum)} & free
        if clashes:
            body = _renamed(body, clashes)
        return transform(body, change)

    def _known(self, name: str, arguments: Sequence[s.Syntax], found: Reference) -> Value | None:
        word = name
        if word in SOFTMAX and len(arguments) == 1:
            return self.softmax(self.value(arguments[0]))
        if word in FUNCTIONS and len(arguments) == 1 and len(word) > 1:
            return self._elementary(FUNCTIONS[word], self.value(arguments[0]), found.primes)
        if word in WHOLE and len(arguments) == 1:
            return self._whole(word, self.value(arguments[0]))
        return None

    def _elementary(self, name: str, argument: Value, primes: int = 0) -> Value:
        if primes:
            if not isinstance(argument.term, Variable):
                raise OutOfReach(f"a prime at {name} of an expression")
            variable = argument.term
            term: Term = Function(name, (variable,))
            for _ in range(primes):
                term = Derivative(term, variable)
            return Value(term, argument.axes)
        return self.tensors.apply(lambda t: Function(name, (t,)), argument)

    def softmax(self, argument: Value) -> Value:
        """exp(z_i) / sum_j exp(z_j) over the last axis."""
        if not argument.axes:
            raise WrongShape("softmax of a number")
        axis = argument.axes[-1]
        over = Index(axis.name + "'", axis.range)
        above = Function("exp", (argument.term,))
        below = Sum(over, (), substitute(above, {axis: over}))
        return Value(Mul((above, Pow(below, MINUS))), argument.axes, argument.row)

    def _whole(self, word: str, value: Value) -> Value:
        match word:
            case "sum":
                return self.tensors.total(value)
            case "mean":
                count = [Pow(Size(axis.range), MINUS) for axis in value.axes]
                return Value(Mul((*count, self.tensors.total(value).term))) if count else value
            case "norm":
                return self.tensors.norm(value, "2")
            case "diag" if len(value.axes) == 1:
                axis = value.axes[0]
                other = self.tensors.axis(axis.range)
                return Value(Mul((value.term, Delta(axis, other))), (axis, other))
            case "tr" | "trace" | "Tr" if len(value.axes) == 2:
                first, second = value.axes
                return Value(Sum(first, (), substitute(value.term, {second: first})))
        raise WrongShape(f"{word} of a {value.shape}")

    def _call(
        self,
        function: str,
        argument: s.Syntax,
        subscript: s.Syntax | None,
        superscript: s.Syntax | None,
    ) -> Value:
        value: Value
        entry = self.scope.entry(function)
        bare = argument.body if isinstance(argument, s.Group) else argument
        if entry is not None and entry.formals:
            items = bare.items if isinstance(bare, s.List) else (bare,)
            value = self._applied(Reference(function, ()), items, argument)
            if subscript is not None:
                value = self.component(value, subscript)
            return self._with_power(value, superscript)
        if (
            isinstance(argument, s.Scripts)
            and isinstance(argument.base, s.Group)
            and (function in SOFTMAX and argument.subscript is not None)
        ):
            value = self.softmax(self.value(argument.base))
            value = self.component(value, argument.subscript)
            return self._with_power(value, argument.superscript)
        if function in SOFTMAX:
            value = self.softmax(self.value(argument))
            if subscript is not None:
                value = self.component(value, subscript)
            return self._with_power(value, superscript)
        if function in SQUARE_ROOTS:
            return self._with_power(self._root(argument, None), superscript)
        if function in ("max", "min"):
            raise OutOfReach(f"{function} of several values", argument.span)
        if function in WHOLE:
            return self._with_power(self._whole(function, self.value(argument)), superscript)
        name = FUNCTIONS.get(function)
        if isinstance(superscript, s.Signed):
            raise OutOfReach(f"{function} with the superscript {spelling(superscript)}")
        if function in ("lg", "log") and subscript is not None:
            base = self.scalar(subscript)
            inner = self.value(argument)
            value = self.tensors.apply(
                lambda t: Mul((Function("log", (t,)), Pow(Function("log", (base,)), MINUS))), inner
            )
        elif function == "lg":
            ten = Function("log", (Number(Fraction(10)),))
            value = self.tensors.apply(
                lambda t: Mul((Function("log", (t,)), Pow(ten, MINUS))), self.value(argument)
            )
        elif name is None:
            raise OutOfReach(f"the function {function}", argument.span)
        else:
            value = self._elementary(name, self.value(argument))
            if subscript is not None:
                value = self.component(value, subscript)
        return self._with_power(value, superscript)

    # ------------------------------------------------------------------ sums

    @contextmanager
    def _binding(self, letter: str, index: Index) -> Iterator[None]:
        before = self.bound.get(letter)
        if before is not None:
            self.note(f"{letter} is bound twice, one sum within the other")
        self.bound[letter] = index
        try:
            yield
        finally:
            if before is None:
                del self.bound[letter]
            else:
                self.bound[letter] = before

    def _operator(self, node: s.Operator) -> Value:
        if node.kind in ("int", "lim", "expectation", "argmax", "argmin", "min"):
            word = {"int": "an integral", "lim": "a limit", "expectation": "an expected value"}
            raise OutOfReach(f"{word.get(node.kind, node.kind)} has no term", node.span)
        found = sums.bounds(node, self.names)
        if not found:
            return self._without_index(node)
        return self._bound_by(node, found)

    def _bound_by(self, node: s.Operator, found: tuple[sums.Bound, ...]) -> Value:
        if not found:
            return self.value(node.body)
        bound, rest = found[0], found[1:]
        key = f"bound:{node.span.start}:{node.span.end}:{bound.letter}"
        if bound.size is not None:
            self.ranges.join(key, f"size:{bound.size}")
        if bound.count is not None:
            self.guess(f"the bound {bound.size} of a sum is read as any size")
        range_ = self.ranges.name(key)
        excluded = list(sums.positions(bound, range_))
        for item in bound.excluded:
            excluded.append(self.index(item, key))
        index = Index(bound.letter, self.ranges.name(key))
        with self._binding(bound.letter, index):
            body = self._bound_by(node, rest)
        kind = {"sum": Sum, "prod": Product, "max": Maximum}[node.kind]
        index = Index(bound.letter, self.ranges.name(key))
        if index in excluded:
            raise OutOfReach(f"{bound.letter} is bound and excluded by itself", node.span)
        term: Term = kind(index, tuple(excluded), body.term)
        return Value(term, body.axes, body.row)

    def _without_index(self, node: s.Operator) -> Value:
        """A sum without an index: over all components, or over the one letter in it."""
        if node.kind != "sum":
            raise OutOfReach(f"{node.kind} without an index", node.span)
        body = self.value(node.body)
        if body.axes:
            self.guess("a sum without an index runs over all components")
            return self.tensors.total(body)
        letters = sorted(i.name for i in free_indices(body.term) if i.name not in self.bound)
        if len(letters) == 1:
            self.guess(f"a sum without an index runs over {letters[0]}")
            index = next(i for i in free_indices(body.term) if i.name == letters[0])
            return Value(Sum(index, (), body.term))
        raise OutOfReach("a sum that does not say over which index", node.span)

    # ------------------------------------------------------------------ derivatives

    def _differentiation(self, node: s.Differentiation, body: Value | None) -> Value:
        if node.body is not None:
            before, self.prime = self.prime, self.prime
            body = self.value(node.body)
            self.prime = before
        if node.abuse:
            self.note("the ∂ below is missing; it is read as a derivative")
        if body is None:
            raise OutOfReach("a derivative of nothing", node.span)
        if not node.variables:
            raise OutOfReach("a gradient that does not say by what", node.span)
        value = body
        for variable in reversed(node.variables):
            by = self.value(variable)
            if not isinstance(by.term, Variable):
                raise OutOfReach(
                    f"a derivative by {spelling(variable)}, which is no name", node.span
                )
            value = Value(Derivative(value.term, by.term), value.axes + by.axes)
        return value

    # ------------------------------------------------------------------ deltas, cases, conditions

    def delta(self, left: s.Syntax, right: s.Syntax) -> Term:
        """1 where both indices have the same position."""
        key = self._letter_key(left) or self._letter_key(right)
        if key is None:
            raise OutOfReach("a delta of two fixed positions")
        return Delta(self.index(left, key), self.index(right, key))

    def _letter_key(self, node: s.Syntax) -> str | None:
        match node:
            case s.Name(_, text) if text in self.bound:
                return self.bound[text].range
            case s.Name(_, text) if text not in self.names.sizes:
                return self._key(text)
            case s.Scripts(_, s.Name(_, text), _, None, 0):
                return f"values:{text}"
            case s.Signed(_, terms):
                for _, term in terms:
                    if (key := self._letter_key(term)) is not None:
                        return key
            case s.Text(_, text):
                return self._key(text.strip())
        return None

    def indicator(self, condition: s.Syntax) -> Term:
        """1 where the condition on indices holds, else 0."""
        if isinstance(condition, s.Group):
            return self.indicator(condition.body)
        if not isinstance(condition, s.Chain) or len(condition.rest) != 1:
            raise OutOfReach("an indicator of something that is not a comparison", condition.span)
        first, (sign, second) = condition.first, condition.rest[0]
        if first is None or second is None or sign.text not in ("=", "!=", "equiv"):
            raise OutOfReach("an indicator that compares numbers", condition.span)
        if not (self.is_index(first) and self.is_index(second)):
            raise OutOfReach("an indicator that compares numbers", condition.span)
        delta = self.delta(first, second)
        return delta if sign.text != "!=" else Add((ONE, Mul((MINUS, delta))))

    def is_index(self, node: s.Syntax) -> bool:
        """Whether the syntax is a position rather than a number."""
        match node:
            case s.Name(_, text):
                if text in self.bound:
                    return True
                if self.scope.entry(text) is not None or (
                    text in self.names.slots
                    and (self.names.slots[text] > 0 and text not in self.names.letters)
                ):
                    return False
                return text in self.names.letters or any(
                    t == text for _, t in self.names.subscripts
                )
            case s.Numeral(_, text):
                return text.isdigit()
            case s.Scripts(_, s.Name(_, text), subscript, None, 0):
                return subscript is not None and any(
                    t == spelling(node) for _, t in self.names.subscripts
                )
            case s.Text(_, text):
                return any(t == spelling(node) for _, t in self.names.subscripts)
            case s.Signed(_, terms):
                return any(isinstance(t, s.Name) and self.is_index(t) for _, t in terms)
        return False

    def condition(self, node: s.Syntax) -> tuple[Fact, ...]:
        """What a condition states: indices that are the same or not, equations, signs.

        Raises Incomprehensible or OutOfReach.
        """
        match node:
            case s.Group(_, body, _):
                return self.condition(body)
            case s.List(_, items) | s.Sequence(_, items):
                facts: tuple[Fact, ...] = ()
                for item in items:
                    if not isinstance(item, s.Text):
                        facts += self.condition(item)
                    elif _words(item.text) & {"or", "otherwise", "else", "not"}:
                        raise OutOfReach(f"a condition with “{item.text.strip()}”")
                return facts
            case s.Chain(_, first, rest) if first is not None:
                facts = ()
                left = first
                for sign, right in rest:
                    if right is None:
                        raise Incomprehensible("a condition without an end", node.span)
                    facts += self._comparison(left, sign.text, right)
                    left = right
                return facts
        raise OutOfReach(f"{spelling(node)} is no condition", node.span)

    def _comparison(self, left: s.Syntax, sign: str, right: s.Syntax) -> tuple[Fact, ...]:
        if sign in ("=", "!=", "equiv") and self.is_index(left) and self.is_index(right):
            key = self._letter_key(left) or self._letter_key(right)
            if key is not None:
                a, b = self.index(left, key), self.index(right, key)
                return (Different(a, b) if sign == "!=" else Same(a, b),)
        if sign == "in":
            return ()
        x, y = self.scalar(left), self.scalar(right)
        if sign in ("=", "equiv"):
            return (Equation(x, y),)
        if sign in (">", "<", ">=", "<=", "!="):
            zero = isinstance(y, Number) and y.value == 0
            difference = x if zero else Add((x, self.tensors.negative(Value(y)).term))
            return (Sign(difference, sign),)  # type: ignore[arg-type]
        raise OutOfReach(f"a condition with the relation {sign}")

    def cases(self, rows: Sequence[s.CasesRow]) -> Term:
        """A ``cases`` block over indices as one term, with deltas for its conditions."""
        terms: list[Term] = []
        rest: Term = ONE
        for n, row in enumerate(rows):
            value = self.scalar(row.value)
            weight = self._weight(row.condition, n == len(rows) - 1, rest)
            rest = Add((rest, Mul((MINUS, weight))))
            terms.append(Mul((value, weight)))
        return Add(tuple(terms)) if len(terms) > 1 else terms[0]

    def _weight(self, condition: s.Syntax | None, last: bool, rest: Term) -> Term:
        if condition is None or (
            isinstance(condition, s.Text)
            and _words(condition.text) & {"otherwise", "else", "elsewhere", "sonst"}
        ):
            if not last:
                raise OutOfReach("a row of the cases has no condition")
            return rest
        facts = self.condition(condition)
        if len(facts) != 1:
            raise OutOfReach("a case with several conditions")
        match facts[0]:
            case Same(left, right):
                return Delta(left, right)
            case Different(left, right):
                return Add((ONE, Mul((MINUS, Delta(left, right)))))
        raise OutOfReach("cases that depend on numbers")

    def _underbrace(self, node: s.Underbrace, body: s.Syntax, label: s.Syntax | None) -> Value:
        value = self.value(body)
        if isinstance(label, s.Chain) and label.rest and label.rest[0][0].text in ("=", "equiv"):
            member = label.rest[0][1]
            if member is not None and label.first is None:
                self.facts.append((node, value, self.value(member)))
        return value

    def _evaluated(self, body: s.Syntax, at: s.Syntax) -> Value:
        if not isinstance(at, s.Chain) or at.first is None or len(at.rest) != 1:
            raise OutOfReach("a value at a place that is not named", at.span)
        name, new = self.scalar(at.first), at.rest[0][1]
        value = self.value(body)
        if not isinstance(name, Variable) or name.indices or new is None:
            raise OutOfReach("a value at a place that is not one number", at.span)
        if any(isinstance(t, Derivative) for t in subterms(value.term)):
            raise OutOfReach("a derivative taken at a point", at.span)
        return Value(substitute_values(value.term, {name.name: self.scalar(new)}), value.axes)


def _words(text: str) -> set[str]:
    return {w.strip(".,;:()").lower() for w in text.split()}


def transform(term: Term, change: Callable[[Term], Term]) -> Term:
    """``change`` applied to every subterm, innermost first."""
    return change(rebuild(term, tuple(transform(child, change) for child in children(term))))


def _renamed(term: Term, clashes: set[str]) -> Term:
    """``term`` with its bound letters of these names primed."""

    def change(node: Term) -> Term:
        if isinstance(node, Sum) and node.index.name in clashes:
            fresh = Index(node.index.name + "'", node.index.range)
            while fresh in free_indices(node.body):
                fresh = Index(fresh.name + "'", fresh.range)
            return Sum(fresh, node.excluded, substitute(node.body, {node.index: fresh}))
        return node

    return transform(term, change)
