"""From syntax to values: every name resolved, every letter bound or free, every product decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from fractions import Fraction

from derive.logic.problem import Definition, Equation
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Mul,
    Number,
    Pow,
    Product,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
    free_indices,
    names,
    own_indices,
    substitute,
    substitute_values,
    subterms,
)
from derive.meaning import choices, extremes, sums
from derive.meaning.arithmetics import between_quantities
from derive.meaning.conditions import Conditions
from derive.meaning.contexts import has_parameter
from derive.meaning.convention import dummies
from derive.meaning.deltas import PREFIXES
from derive.meaning.expressed import by_expression
from derive.meaning.folding import folded
from derive.meaning.gradients import GRADIENT
from derive.meaning.graphs import MARK, Graph
from derive.meaning.grids import Grid, NoGrid, computed, holds_one_in_full
from derive.meaning.inverses import made_of
from derive.meaning.moments import Moments
from derive.meaning.names import LAST_LAYER, LAYERS, Reference, reference, unbraced, used_below
from derive.meaning.notation import readable
from derive.meaning.operated import Operating
from derive.meaning.patterns import Table, general, has_dots, numbered, table
from derive.meaning.recurrent import LOSSES, SLOPE, Recurrent
from derive.meaning.scope import Entry
from derive.meaning.spelling import fresh_letters, spelling, walk
from derive.meaning.standing import as_gradient
from derive.meaning.trouble import Incomprehensible, OutOfReach, WrongShape
from derive.meaning.unbracketed import acts_on
from derive.meaning.units import with_unit
from derive.meaning.vectors import Value
from derive.reader import syntax as s

__all__ = ["Elaborator", "number"]

MOST_DEPTH = 120
MOST_DIGITS = 2000
ONE, TWO, MINUS = Number(Fraction(1)), Number(Fraction(2)), Number(Fraction(-1))


def number(text: str, span: object = None) -> Number:
    """A numeral as an exact number; OutOfReach where it is too long to be worth it."""
    _, _, exponent = text.lower().partition("e")
    if len(text) > MOST_DIGITS or len(exponent) > 4:
        raise OutOfReach(f"the number {text[:12]}... is too long")
    return Number(Fraction(text))


DETERMINANT = "\\det "
BARS = "the bars around a matrix stand for its determinant"
NO_PRODUCTS = frozenset(("cup", "cap", "setminus", "oplus"))


class Elaborator(Operating, Conditions):
    """Elaborates the formulas of one place."""

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
        return self._plain_number(self.value(node), node)

    def _value(self, node: s.Syntax) -> Value:
        match node:
            case s.Numeral(_, text):
                return Value(number(text))
            case s.Name(_, "\\nabla") if not self.scope.defined("\\nabla"):
                raise OutOfReach("nabla stands before nothing, and may be any gradient", node.span)
            case s.Name() | s.Scripts():
                return self._scripted(node)
            case s.Signed(_, terms):
                return self._signed(terms)
            case s.Product(_, factors, operators):
                if with_unit(factors):
                    raise OutOfReach("a quantity with a unit")
                if not NO_PRODUCTS.isdisjoint(operators):
                    raise OutOfReach("an operation on sets, or another one that is no product")
                if between_quantities(factors, operators, self.names.no_products):
                    raise OutOfReach("a cross product or a convolution has no term")
                if self.unsummed is not None:
                    return self._repeated(node, factors, operators)
                return self._product(factors, operators)
            case s.Fraction(_, numerator, denominator):
                apart = choices.glued(node, self._applies)
                if apart is not None and self.offer(choices.SLASH_GLUED):
                    return self._product(apart, ("",))
                return self._quotient(self.value(numerator), self.value(denominator))
            case s.Root(_, radicand, degree):
                return self._root(radicand, degree)
            case s.Group(_, body, delimiters):
                return self._group(body, delimiters)
            case s.Operator():
                return self._operator(node)
            case s.FunctionCall(_, function, argument, subscript, superscript):
                short = choices.narrow(node, self._applies)
                if short is not None and self.offer(choices.REACH):
                    return self._product((short[0], *short[1]), ("",) * len(short[1]))
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
            case s.Matrix(_, ((entry,),)):
                return self.value(entry)
            case s.Matrix() if has_dots(node):
                return self._with_pattern(node)
            case s.Matrix():
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

    def _scripted(self, node: s.Name | s.Scripts) -> Value:
        found = reference(node, self.names)
        if found is None:
            return self._scripted_group(node)
        return self._with_power(self.named(found, node), found.power, found.transposed)

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
            return self.transposed(value)
        return self._with_power(value, above, written=spelling(base).replace("(+", "("))

    def _norm(self, group: s.Group, below: s.Syntax | None, above: s.Syntax | None) -> Value:
        order = spelling(below) if below is not None else "2"
        value = self.value(group.body)
        if not value.axes and group.delimiters == "||":
            return self._with_power(Value(Function("abs", (value.term,))), above)
        if len(value.axes) > 1 and group.delimiters == "||" and below is None:
            if self.names.determinants:
                return self._with_power(self._determinant(value), above)
        if order == "F":
            order = "2"
        if order not in ("1", "2"):
            raise OutOfReach(f"the norm with the mark {order}", group.span)
        if isinstance(above, s.Numeral) and above.text == "2":
            return self.tensors.norm(value, order, 2)
        return self._with_power(self.tensors.norm(value, order), above)

    def _determinant(self, matrix: Value) -> Value:
        """The determinant of a matrix that is data: a number of which only its name is known."""
        match matrix:
            case Value(Variable(name, indices), axes) if indices == axes and len(axes) == 2:
                if not self.scope.defined(name) and name not in self.scope.dependents:
                    return Value(Variable(DETERMINANT + name, ()))
        raise OutOfReach(BARS)

    def _signed(self, terms: Sequence[tuple[int, s.Syntax]]) -> Value:
        if any(isinstance(t, s.Ellipsis) for _, t in terms):
            return self._with_dots(terms)
        terms = self._sums_that_go_on(tuple(terms))
        values: list[Value] = []
        for sign, term in terms:
            if sign == 0:
                raise OutOfReach("the sign ± stands for two values", term.span)
            value = self.value(term)
            values.append(value if sign == 1 else self.tensors.negative(value))
        if not self.beside_matrix and any(len(value.axes) == 2 for value in values):
            if any(isinstance(n, s.Name) and n.text == "I" for _, t in terms for n in walk(t)):
                self.beside_matrix = True  # the I of I - p p^T is the identity
                try:
                    return self._signed(terms)
                finally:
                    self.beside_matrix = False
        return self.tensors.add(values)

    def _sums_that_go_on(
        self, terms: tuple[tuple[int, s.Syntax], ...]
    ) -> tuple[tuple[int, s.Syntax], ...]:
        """``-\\sum_i y_i log p_i + (1 - y_i) log(1 - p_i)``: the letter is no other's behind it."""
        found = choices.over_sums(terms)
        if found is None or any(sign == 0 for sign, _ in terms):
            return terms
        at, letter = found
        behind = letter in self.names.letters and any(
            letter in used_below(term) for _, term in terms[at + 1 :]
        )
        usual = behind and letter not in self.unbound and letter not in self.bound
        if usual:
            other = replace(choices.SUMS, usual=choices.SUMS.other, other=choices.SUMS.usual)
            if not self.offer(other):
                self.note("the sum is read as going on over the terms behind it")
                return choices.extended(terms, at)
            return terms
        return choices.extended(terms, at) if self.offer(choices.SUMS) else terms

    def _with_dots(self, terms: Sequence[tuple[int, s.Syntax]]) -> Value:
        """``a_1 + a_2 + ... + a_N``, possibly with a general term in the middle."""
        written: list[Term] = []
        self._begins_at_zero(terms[0][1], terms[-1][1])
        for sign, term in terms:
            if isinstance(term, s.Ellipsis):
                continue
            value = self.scalar(term)
            written.append(value if sign == 1 else self.tensors.negative(Value(value)).term)
        if all(isinstance(t, Number) for t in written) and self._zeros(terms):
            return Value(Add(tuple(written)))
        dots = [n for n, (_, t) in enumerate(terms) if isinstance(t, s.Ellipsis)]
        behind = len(terms) - dots[-1] - 2 if dots else 0  # the b of w_1 x_1 + ... + w_n x_n + b
        listed, rest = written[: len(written) - behind], written[len(written) - behind :]
        if dots and dots[0] and behind >= 0 and len(listed) > 1:
            for skip in range(dots[0]):
                fresh = Index(self._unused(written), "")
                body = sums.generic(listed[skip:], fresh)
                if body is not None:
                    index = next(i for i in free_indices(body) if i.name == fresh.name)
                    whole = Sum(index, (), body)
                    others = (*listed[:skip], *rest)
                    return Value(Add((*listed[:skip], whole, *rest)) if others else whole)
        raise OutOfReach("dots whose terms do not follow one pattern", terms[0][1].span)

    def _begins_at_zero(self, first: s.Syntax, last: s.Syntax) -> None:
        """``w_0 x_0 + ... + w_n x_n``: the positions are those from 0 to n."""
        starts, ends = self._named_positions(first), self._named_positions(last)
        for key, start in starts.items():
            end = ends.get(key)
            if isinstance(start, s.Numeral) and start.text == "0" and isinstance(end, s.Name):
                self.ranges.extend(key, f"{end.text}+1", 0)

    def _named_positions(self, node: s.Syntax) -> dict[str, s.Syntax]:
        """What stands in each place for an index, where a name has one place."""
        found: dict[str, s.Syntax] = {}
        for part in walk(node):
            named = reference(part, self.names) if isinstance(part, s.Scripts) else None
            if named is not None and len(named.indices) == 1:
                found.setdefault(f"slot:{named.name}:0", named.indices[0])
        return found

    def _zeros(self, terms: Sequence[tuple[int, s.Syntax]]) -> bool:
        """``0 + ... + 0``: dots between zeros."""
        return all(
            isinstance(near, s.Numeral) and near.text == "0"
            for n, (_, dots) in enumerate(terms)
            if isinstance(dots, s.Ellipsis)
            for near in (terms[n - 1][1], terms[min(n + 1, len(terms) - 1)][1])
        )

    def _unused(self, terms: Sequence[Term]) -> str:
        used = {i.name for t in terms for i in free_indices(t)} | set(self.bound)
        return next(fresh_letters(used | set("ijk")))

    def _quotient(self, numerator: Value, denominator: Value) -> Value:
        below = self.tensors.apply(lambda t: Pow(t, MINUS), denominator)
        if numerator.term is ONE and not numerator.axes:
            return below
        if isinstance(numerator.term, Number) and isinstance(denominator.term, Number):
            return Value(Mul((numerator.term, below.term)))
        if not below.axes or not numerator.axes:
            return self.tensors.multiply(numerator, below, "")
        self.doubts.append("a vector is divided by another, component by component")
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
            case "{}" if self.names.fractional and not isinstance(body, s.List):
                inner = self.value(body)
                if inner.axes:
                    raise OutOfReach("braces around what is no number")
                self.doubts.append("braces may stand for a fractional part, or group")
                return Value(Application("\\{\\cdot\\}", (), (inner.term,), (0,)))
            case "()" | "[]" | "{}":
                return self.value(body)
            case "||":
                value = self.value(body)
                if len(value.axes) > 1:  # who means a norm writes two bars, or squares it
                    return self._determinant(value)
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

    def _product(self, factors: tuple[s.Syntax, ...], operators: tuple[str, ...]) -> Value:
        done: Value | None = None
        numbers: list[Term] = []
        n = 0
        operator = ""
        while n < len(factors):
            factor = factors[n]
            value: Value
            used = 1
            below = choices.wide(factors, operators, n)
            if below and self.offer(choices.SLASH_WIDE):
                assert isinstance(factor, s.Fraction)
                behind = factors[n + 1 : n + 1 + below]
                whole = s.Product(factor.span, (factor.denominator, *behind), ("",) * below)
                value = self._quotient(self.value(factor.numerator), self.value(whole))
                numbers.append(self._plain_number(value, factor))
                n += below + 1
                operator = operators[n - 1] if n <= len(operators) else ""
                continue
            match factor:
                case s.Name(_, mark) if mark in PREFIXES and (
                    n + 1 < len(factors)
                    and not operators[n]
                    and (self._increment(factors[n + 1], mark) is not None)
                ):
                    value = self._with_increment(factors[n + 1], mark)
                    used = 2
                case s.Differentiation(_, s.Numeral() | s.Fraction() as first) if n + 1 < len(
                    factors
                ) and not any(isinstance(x, s.Name) for x in walk(first)):
                    # Nobody differentiates a numeral: the operator is meant for all that follows.
                    rest = self._product((first, *factors[n + 1 :]), ("", *operators[n + 1 :]))
                    value = self._differentiation(replace(factor, body=None), rest)
                    used = len(factors) - n
                case s.Differentiation(_, None):
                    if n + 1 == len(factors):
                        value = self._differentiation(factor, None)
                    else:
                        rest = self._product(factors[n + 1 :], operators[n + 1 :])
                        value = self._differentiation(factor, rest)
                        used = len(factors) - n
                case s.Scripts() | s.Differentiation() | s.Group() if (
                    n + 1 < len(factors)
                    and not operators[n]
                    and (found := self._operated(factor, factors[n + 1])) is not None
                ):
                    value = found
                    used = 2
                case s.Name() | s.Scripts() if self._is_differential(factors, operators, n):
                    raise OutOfReach("the differential of a function", factor.span)
                case s.Name() | s.Scripts() if (
                    group := acts_on(factors, operators, n, self.scope, self.names)
                ) is not None:
                    value = self._application(factor, group)
                    used = 2
                case s.Name() | s.Scripts() if (
                    n + 1 < len(factors)
                    and not operators[n]
                    and self._applies(factor, factors[n + 1])
                ):
                    value = self._application(factor, factors[n + 1])
                    used = 2
                case _:
                    value = self.value(factor)
            if not value.axes:
                numbers.extend(value.term.factors if isinstance(value.term, Mul) else (value.term,))
            else:
                if done is not None and operator == "cdot" and _is_part_of(done, value):
                    self.doubts.append("a dot may stand for a product component by component")
                through = 0 if done is None or operator else self._through(factors, n)
                if done is not None and through:
                    done = self.tensors.inner(done, value, through)
                    self.note("a product of derivatives is summed over all components between")
                else:
                    done = value if done is None else self.tensors.multiply(done, value, operator)
            n += used
            operator = operators[n - 1] if n <= len(operators) else ""
        if not numbers:
            assert done is not None
            return done
        product = Mul(tuple(numbers)) if len(numbers) > 1 else numbers[0]
        return Value(product) if done is None else self.tensors.multiply(Value(product), done, "")

    def _through(self, factors: tuple[s.Syntax, ...], at: int) -> int:
        """The number of indices of the matrix Y in ``dL/dY dY/dX``: the chain rule sums over them.

        0 for vectors, of which the product of Jacobians says the same, and for other factors.
        """
        match factors[at - 1], factors[at]:
            case (
                s.Differentiation(_, s.Name() | s.Scripts(), (through,)),
                s.Differentiation(_, s.Name() as between, (_,)),
            ) if spelling(through) == spelling(between):
                number = len(self.value(between).axes)
                return number if number > 1 else 0
        return 0

    def _is_differential(
        self, factors: tuple[s.Syntax, ...], operators: tuple[str, ...], at: int
    ) -> bool:
        """``d f(x)`` and ``d_V f(V)``: a linear map, and no product with a number d."""
        if at + 2 >= len(factors) or operators[at] or operators[at + 1]:
            return False
        sign = factors[at]
        base = sign.base if isinstance(sign, s.Scripts) and sign.superscript is None else sign
        if not isinstance(base, s.Name) or base.text != "d" or base.word:
            return False
        below = sign.subscript if isinstance(sign, s.Scripts) else None
        if below is not None and not (
            isinstance(below, s.Name) and below.text in self.names.values
        ):
            return False
        return self._applies(factors[at + 1], factors[at + 2])

    def _plain_number(self, value: Value, node: s.Syntax) -> Term:
        if value.axes:
            named = isinstance(node, s.Name | s.Scripts)
            shown = readable(spelling(node)) if named else "what stands there"
            raise WrongShape(f"{shown} is a {value.shape} where a number is expected")
        return value.term

    def _repeated(
        self, node: s.Product, factors: tuple[s.Syntax, ...], operators: tuple[str, ...]
    ) -> Value:
        """A product under the summation convention."""
        fixed = self.unsummed or frozenset()
        letters = [
            x for x in dummies(factors, self.names) if x not in fixed and x not in self.bound
        ]
        return self._summed(node, letters, factors, operators)

    def _summed(
        self,
        node: s.Product,
        letters: list[str],
        factors: tuple[s.Syntax, ...],
        operators: tuple[str, ...],
    ) -> Value:
        if not letters:
            return self._product(factors, operators)
        letter, rest = letters[0], letters[1:]
        self.guess(f"{letter} stands twice in a product and is summed")
        key = f"bound:{node.span.start}:{node.span.end}:{letter}"
        with self._binding(letter, Index(letter, self.ranges.name(key)), key):
            body = self._summed(node, rest, factors, operators)
        term = Sum(Index(letter, self.ranges.name(key)), (), body.term)
        return replace(body, term=term)

    def _increment(self, node: s.Syntax, mark: str) -> Reference | None:
        """The name x of an increment ``\\Delta x``, or a gradient, which is one name."""
        found = reference(node, self.names)
        if found is None or found.primes or found.transposed:
            return None
        return replace(found, name=f"{mark} {found.name}", power=None)

    def _with_increment(self, node: s.Syntax, mark: str) -> Value:
        found, written = self._increment(node, mark), reference(node, self.names)
        assert found is not None
        assert written is not None
        return self._with_power(self.named(found, node), written.power)

    def _operator(self, node: s.Operator) -> Value:
        if node.kind == "expectation" and (total := self._expectation(node)) is not None:
            node = total
        if node.kind in ("int", "lim", "expectation", "argmax", "argmin"):
            word = {"int": "an integral", "lim": "a limit", "expectation": "an expected value"}
            raise OutOfReach(f"{word.get(node.kind, node.kind)} has no term", node.span)
        found = sums.bounds(node, self.names)
        if not found:
            return self._without_index(node)
        if node.kind in ("prod", "max", "min"):
            apart = choices.ended(node, frozenset(bound.letter for bound in found))
            if apart is not None and (apart[1] or self.offer(choices.PRODUCTS)):
                return self.value(apart[0])
        letter = self.pairs.get(node.span)
        if letter is not None and len(found) == 1 and letter not in self.bound:
            # Of both in their order one thinks of pairs, of "j != i" that there is an i.
            in_order = found[0].letter < letter
            if self.offer(choices.PAIRS if in_order else choices.ONE_OF_PAIRS) != in_order:
                found = sums.paired(found, letter)
        return self._bound_by(node, found)

    def _expectation(self, node: s.Operator) -> s.Operator | None:
        """``E_{x \\sim p} f(x)`` as ``sum_x p(x) f(x)``, where x is an index elsewhere."""
        match node.lower:
            case s.Chain(_, s.Name(_, text) as letter, ((s.RelationSign(_, "sim"), law),)) if (
                text in self.names.letters and isinstance(law, s.Name | s.Scripts)
            ):
                self.guess(f"the expected value over {text} is a sum over all {text}")
                weight = s.Product(law.span, (law, s.Group(law.span, letter, "()")), ("",))
                body = s.Product(node.body.span, (weight, node.body), ("cdot",))
                return s.Operator(node.span, "sum", letter, None, body)
        return None

    def _bound_by(self, node: s.Operator, found: tuple[sums.Bound, ...]) -> Value:
        if not found:
            return self.value(node.body)
        bound, rest = found[0], found[1:]
        key = f"bound:{node.span.start}:{node.span.end}:{bound.letter}"
        if bound.size is not None and bound.origin == 1:
            if self.ranges.goes_on_before(key, bound.size):
                first, size = bound.first + 1, f"{bound.size}+1"
                bound = replace(bound, first=first, size=size, origin=0)
        if bound.size is not None:
            self.ranges.extend(key, bound.size, bound.origin)
            if not self.ranges.whole(key, bound.size, bound.origin):
                raise OutOfReach(
                    f"a sum over {bound.size} positions from {bound.origin} on, of something over "
                    f"which other sums run differently",
                    node.span,
                )
        if bound.count is not None:
            self.guess(f"the bound {bound.size} of a sum is read as any size")
        range_ = self.ranges.name(key)
        excluded = list(sums.positions(bound, range_))
        for item in bound.excluded:
            excluded.append(self.index(item, key))
        index = Index(bound.letter, self.ranges.name(key))
        with self._binding(bound.letter, index, key):
            body = self._bound_by(node, rest)
        index = Index(bound.letter, self.ranges.name(key))
        if index in excluded:
            raise OutOfReach(f"{bound.letter} is bound and excluded by itself", node.span)
        if node.kind in ("max", "min"):
            if index not in free_indices(body.term):
                raise OutOfReach(f"a maximum over {bound.letter}, which is no index", node.span)
            term: Term = extremes.extreme(node.kind, index, tuple(excluded), body.term)
        else:
            binder = {"sum": Sum, "prod": Product}[node.kind]
            term = binder(index, tuple(excluded), body.term)
        return replace(body, term=term)

    def attained(self, node: s.Syntax) -> Value | None:
        """``argmax_i f_i``, in an equation with another: the positions of the maximum, as 1."""
        node = node.body if isinstance(node, s.Group) else node
        if not isinstance(node, s.Operator) or node.kind not in ("argmax", "argmin"):
            return None
        found = sums.bounds(node, self.names)
        if len(found) != 1:
            return None
        largest = self._bound_by(replace(node, kind=node.kind.removeprefix("arg")), found)
        key = f"bound:{node.span.start}:{node.span.end}:{found[0].letter}"
        self.guess(f"{node.kind} is read as all positions at which the extreme is attained")
        return extremes.attained(largest, self.tensors.axis(key))

    def _without_index(self, node: s.Operator) -> Value:
        """A sum without an index: over all components, or over the one letter in it."""
        if node.kind in ("max", "min"):
            return self._of_components(node.kind, node.body)
        if node.kind != "sum":
            raise OutOfReach(f"{node.kind} without an index", node.span)
        body = self.value(node.body)
        if body.axes:
            self.guess("a sum without an index runs over all components")
            return self.tensors.total(body)
        letters = sorted(i.name for i in free_indices(body.term) if i.name not in self.bound)
        if len(letters) > 1:  # those of the first member of the chain are free in all
            letters = [letter for letter in letters if letter not in self.unbound]
            letters = [letter for letter in letters if letter not in {LAST_LAYER, *LAYERS}]
        if len(letters) == 1:
            self.guess(f"a sum without an index runs over {letters[0]}")
            index = next(i for i in free_indices(body.term) if i.name == letters[0])
            return Value(Sum(index, (), body.term))
        raise OutOfReach("a sum that does not say over which index", node.span)

    def _differentiation(self, node: s.Differentiation, body: Value | None) -> Value:
        if node.body is not None:
            before, self.prime = self.prime, self.prime
            body = self._overloaded(node.body, node.variables) or self.value(node.body)
            self.prime = before
        if node.sign == GRADIENT:
            self.guess("a d before a name stands for the gradient of the loss by it")
            what = ", ".join(f"d{readable(spelling(variable))}" for variable in node.variables)
            self.doubts.append(f"{what} is read as a gradient of the loss, and may be another")
        if node.abuse:
            self.note("the ∂ below is missing; it is read as a derivative")
        if body is None:
            raise OutOfReach("a derivative of nothing", node.span)
        if not node.variables:
            return self._by_the_variable(node, body)
        value = body
        for variable in reversed(node.variables):
            if node.short and self._is_letter(variable):
                raise OutOfReach(
                    f"a derivative by the component {spelling(variable)} of what is not said",
                    node.span,
                )
            by = self.value(variable)
            if isinstance(by.term, Pow) and by.term.exponent is TWO:
                value = self._by_a_square(value, by, node)
                continue
            if not isinstance(by.term, Variable):
                whole = self._by_an_expression(value, by)
                if whole is not None:
                    value = whole
                    continue
                raise OutOfReach(
                    f"a derivative by {spelling(variable)}, which is no name", node.span
                )
            value = self._slope(self._derivative(value.term, by.term), value, by, node.sign)
        return value

    def _by_an_expression(self, body: Value, by: Value) -> Value | None:
        """``d log(1 + x^2) / d(1 + x^2)``, where nothing but the whole of it holds the x."""
        if by.axes or not names(by.term):
            return None
        found = by_expression(body.term, by.term, self._graph())
        if found is None:
            return None
        term, equal = found
        self.guess("what is differentiated by is a quantity of its own")
        self._suppose(equal)
        return Value(term, body.axes, body.row, body.stands)

    def _slope(self, term: Term, body: Value, by: Value, sign: str) -> Value:
        """A derivative has the shape of what it is taken by; that of a vector is a Jacobian."""
        if len(body.axes) != 1 or len(by.axes) != 1 or isinstance(body.term, Derivative):
            row, stands = body.row, body.stands
            if not body.axes:
                row, stands = by.row, by.stands and as_gradient(by.stands, sign)
            return Value(term, body.axes + by.axes, row, stands)
        other = self.names.layout == "" and self.offer(
            choices.COLUMNS if self.names.denominator else choices.ROWS
        )
        if self.names.denominator != other:
            return Value(term, by.axes + body.axes)
        return Value(term, body.axes + by.axes)

    def _is_letter(self, variable: s.Syntax) -> bool:
        """``\\partial_k f``: whether the letter is an index, and no quantity."""
        if not isinstance(variable, s.Name) or not self.is_index(variable):
            return False
        if variable.text in self.names.dimensions:  # "r in R" is a number, whatever r is elsewhere
            return False
        beside = {below for name, below in self.names.subscripts if name in self.names.lettered}
        return variable.text in self.names.letters | beside

    def _overloaded(self, body: s.Syntax, by: tuple[s.Syntax, ...]) -> Value | None:
        """A bare L beside L(p) and L(m, s), differentiated by m: the one that has an m.

        Of several it is the last one so far; where there is L(p) only and no m in it, it is L(m).
        """
        found = reference(body, self.names) if isinstance(body, s.Name | s.Scripts) else None
        if found is None or found.indices:
            return None
        written = set(map(spelling, by))
        plain = self.scope.entry(found.name)
        known = [e for n, e in self.scope.entries.items() if n.startswith(f"{found.name}(")]
        fitting = [e for e in known if written <= set(map(_bare, e.formals))]
        last = max(fitting, key=lambda entry: entry.line, default=None)
        before = self.scope.entries.get(found.name)
        if last is not None and (before is None or before.line < last.line):
            arguments = [s.Name(body.span, _bare(formal)) for formal in last.formals]
            return self._applied(replace(found, name=last.name), arguments, body)
        inner = self._made_by_way_of(plain, by) if plain is not None else None
        if inner is not None:
            return inner
        if plain is not None:
            known = [plain] if written.isdisjoint(names(plain.value.term)) else []
        single = [entry for entry in known if entry.real and len(entry.formals) == 1]
        if len(single) == len(by) == 1:  # L is L(p) elsewhere, and L(m) here
            return self._applied(replace(found, name=single[0].name), by, body)
        return None

    def _made_by_way_of(self, entry: Entry, by: tuple[s.Syntax, ...]) -> Value | None:
        """The s of ``ds/dz`` after ``s(x) = 1 / (1 + e^x)`` and ``z = 1 + e^x``: 1 / z."""
        whole = by[0] if len(by) == 1 and isinstance(by[0], s.Name) else None
        below = reference(whole, self.names) if whole is not None else None
        part = self.scope.entry(below.name) if below is not None else None
        if part is None or part.formals or entry.indices or not entry.real:
            return None
        if names(part.value.term).isdisjoint(entry.formals) or entry.value.axes:
            return None
        outer = Definition(entry.name, (), (), entry.value.term)
        made = folded(outer, Definition(part.name, part.indices, (), part.value.term)).body
        return Value(made) if names(made) == {part.name} else None

    def _derivative(self, body: Term, by: Variable) -> Term:
        """The derivative; by an intermediate quantity with what that is made of held."""
        for part in subterms(body):
            if isinstance(part, Application) and has_parameter(part.name, by.name):
                if self.scope.entry(part.name) is None and by not in part.arguments:
                    said = f"nothing says how {readable(part.name)} depends on {readable(by.name)}"
                    raise OutOfReach(said)
        if isinstance(body, Size):
            raise OutOfReach("the derivative of a number of positions")
        if any(name.endswith(MARK) for name in self._graph().reached(names(body))):
            raise OutOfReach("the derivative of one by what is made of others")
        bold = f"\\mathbf{{{by.name}}}"
        if bold in names(body) and self.scope.entry(bold) is None:
            self.doubts.append(f"{readable(bold)} may be made of the {readable(by.name)}")
        graph = self._graph()
        reached = graph.reached(names(body))
        inverted = graph.reached(made_of(self.scope.inverses, reached))
        if DETERMINANT + by.name in reached or by.name in inverted:
            raise OutOfReach("the derivative of what is known by its name only")
        moved = self._of_loss(graph, body, by)
        if moved is not None:
            return moved
        layered = Recurrent(graph, self._defined()).derivative(body, by)
        if layered is not None:
            term, equations = layered
            through = (name.rpartition(SLOPE)[2].removesuffix(MARK) for name in names(term))
            self._looks_forward((*reached, *graph.times(by.name), *through))
            for equal in equations:
                self._suppose(equal)
            if isinstance(body, Variable) and self.scope.entry(body.name) is None:
                self.guess(f"{readable(body.name)} depends on each layer by way of the next")
            return term
        found = graph.derivative(body, by)
        if found is None:
            return Derivative(body, by)
        term, equal = found
        other = graph.beside(body, by)
        if other:
            self.doubts.append(f"{readable(other)} may be meant to be held")
        self.guess(f"what {by.name} is made of is held while {by.name} moves")
        self._suppose(equal)
        return term

    def _of_loss(self, graph: Graph, body: Term, by: Variable) -> Term | None:
        """The slope of a loss that nothing defines by a quantity of one moment."""
        if not isinstance(body, Variable) or body.indices or graph.entry(body.name) is not None:
            return None
        if unbraced(body.name) not in LOSSES | {"l"}:
            return None
        found = Moments(graph, tuple(self.scope.entries)).derivative(body.name, by)
        if found is None:
            return None
        term, equations = found
        for equal in equations:
            self._suppose(equal)
        self.guess(f"{readable(body.name)} depends on each quantity by way of what it is part of")
        self.doubts.append(f"{readable(body.name)} may depend on more than was read")
        return term

    def chained(
        self, terms: Sequence[Term]
    ) -> tuple[tuple[Term, ...], tuple[Equation, ...]] | None:
        """The terms by the chain rule from one layer to the next, and what it supposes."""
        graph = self._graph()
        layered = Recurrent(graph, self._defined()).chained(terms)
        return layered or Moments(graph, tuple(self.scope.entries)).chained(terms)

    def _defined(self) -> tuple[str, ...]:
        """All names that are defined, here or further down."""
        return tuple({**self.scope.entries, **self.scope.forward})

    def _looks_forward(self, found: Iterable[str]) -> None:
        """Where what is said further down was used, its ranges have to be known by now."""
        later = self.scope.forward.keys() - self.scope.entries.keys()
        self.scope.looked_forward |= not later.isdisjoint(found)

    def _suppose(self, equal: Equation) -> None:
        """What a quantity that stands for another is equal to, at each of its places.

        Within a sum that is each position of the sum's letter.
        """
        inside = sorted((i for i in free_indices(equal) if i.name in self.bound), key=repr)
        if inside:
            shown = (*subterms(equal.left), *subterms(equal.right))
            if any(isinstance(x, Shift) for part in shown for x in own_indices(part)):
                raise OutOfReach("within a sum, a derivative by what came before")
            equal = replace(equal, every=(*equal.every, *inside))
        every = tuple(Index(f"°{n}", old.range) for n, old in enumerate(equal.every))
        same: dict[Index, IndexTerm] = dict(zip(equal.every, every, strict=True))
        left, right = substitute(equal.left, same), substitute(equal.right, same)
        equal = replace(equal, left=left, right=right, every=every)
        if equal not in self.supposed:  # a second equation for one quantity would be none to solve
            self.supposed.append(equal)

    def _graph(self) -> Graph:
        def letters(name: str) -> tuple[Index, ...]:
            entry = self.scope.entry(name)
            count = len(entry.indices) if entry is not None else self.names.slots.get(name, 0)
            return tuple(self.tensors.axis(f"slot:{name}:{n}") for n in range(count))

        return Graph(self.scope.entry, self.scope.dependents, letters)

    def _by_a_square(self, body: Value, by: Value, node: s.Syntax) -> Value:
        """The derivative by sigma^2 is that by sigma over 2 sigma."""
        assert isinstance(by.term, Pow)
        root = by.term.base
        if not isinstance(root, Variable) or by.axes:
            raise OutOfReach("a derivative by a square that is no name's", node.span)
        self.guess(
            f"the derivative by the square of {root.name} is that by {root.name} itself, "
            f"over 2 {root.name}"
        )
        return Value(
            Mul((self._derivative(body.term, root), Pow(Mul((TWO, root)), MINUS))), body.axes
        )

    def _by_the_variable(self, node: s.Differentiation, body: Value) -> Value:
        """``D f(x)`` or a bare gradient: by the argument, or by the variable of the step."""
        if isinstance(body.term, Application) and len(body.term.arguments) == 1:
            argument = body.term.arguments[0]
            if isinstance(argument, Variable):
                return Value(Derivative(body.term, argument), body.axes)
        formal = self._only_argument(node.body) if node.sign == "nabla" else None
        if formal is not None and isinstance(formal.term, Variable):
            gradient = self._derivative(body.term, formal.term)
            stands = None if body.axes else formal.stands and as_gradient(formal.stands, node.sign)
            return Value(gradient, body.axes + formal.axes, stands=stands)
        by = self.prime or self.last_prime
        if node.sign == "nabla" or by is None:
            raise OutOfReach("a derivative that does not say by what", node.span)
        self.note(f"a derivative that does not say by what is taken by {by.name}")
        return Value(Derivative(body.term, by), body.axes)

    def _only_argument(self, body: s.Syntax | None) -> Value | None:
        """The x of an f(x), and of an f that was defined as f(x), in a gradient of the whole."""
        match body:
            case s.Differentiation(_, inner, (), "nabla"):
                return self._only_argument(inner)
            case s.Product(_, (s.Name() as function, s.Group(_, s.Name() as argument)), ("",)):
                found = reference(function, self.names)
                entry = self.scope.entry(found.name) if found is not None else None
                plain = entry is None or entry.formals == (spelling(argument),)
                return self.value(argument) if plain else None
            case s.FunctionCall(_, _, s.Name() as argument, None, None):
                return self.value(argument)
            case s.FunctionCall(_, _, s.Group(_, s.Name() as argument), None, None):
                return self.value(argument)  # \nabla \text{logsumexp}(x)
            case s.Name() | s.Scripts():
                found = reference(body, self.names)
                entry = self.scope.entry(found.name) if found is not None else None
                if entry is None or len(entry.formals) != 1 or entry.name in self.scope.applied:
                    return None
                return self.value(s.Name(body.span, entry.formals[0]))
        return None

    def grid(self, node: s.Syntax) -> Grid | None:
        """What is computed of vectors and matrices written out in full; None where none are.

        A number that comes of them is a matrix of one entry.
        """
        if not holds_one_in_full(node):
            return None
        try:
            found = computed(node, lambda part: not self.value(part).axes, self._takes_a_number)
        except NoGrid:
            raise OutOfReach(
                "a matrix written out in full, within an expression", node.span
            ) from None
        return found if isinstance(found, Grid) else Grid(((found,),))

    def _with_pattern(self, node: s.Matrix) -> Value:
        """A row, a column or a matrix with dots: all of its entries are instances of one."""
        used = {n.text for n in walk(node) if isinstance(n, s.Name)} | set(self.bound)
        fresh = fresh_letters(used)
        letters = s.Name(node.span, next(fresh)), s.Name(node.span, next(fresh))
        rows = node.rows
        if len(rows) > 1 and any(len(row) != 1 for row in rows):
            return self._with_table(node, table(node, letters))
        entries = rows[0] if len(rows) == 1 else tuple(row[0] for row in rows if row)
        body = general(entries, letters[0])
        if body is None:
            raise OutOfReach("dots whose entries do not follow one pattern", node.span)
        key = f"entries:{node.span.start}"
        for _, last in numbered(node):
            self.ranges.join(key, f"size:{spelling(last)}")
        across = len(rows) == 1
        value = self._for_every(body, ((letters[0], key),))
        if len(value.axes) == 1:
            return value if not across else replace(value, row=True)
        if len(value.axes) != 2 or value.row == across:
            raise WrongShape("a stack of vectors that stand side by side, or of rows above another")
        axes = value.axes[::-1] if across else value.axes
        return Value(value.term, axes)

    def _with_table(self, node: s.Matrix, found: Table | None) -> Value:
        """A matrix with dots, in which the diagonal may be another than the other entries."""
        if found is None:
            raise OutOfReach("dots whose entries do not follow one pattern", node.span)
        keys = [f"entries:{node.span.start}:{n}" for n in range(2)]
        for key, size in zip(keys, found.sizes, strict=True):
            self.ranges.join(key, f"size:{size.text}")
        (row, column), (first, second) = found.letters, keys
        value = self._for_every(found.entry, ((row, first), (column, second)))
        if len(value.axes) != 2:
            raise WrongShape("a matrix of vectors or matrices")
        if found.diagonal is None:
            return value
        own = self._for_every(found.diagonal, ((row, first),))
        if len(own.axes) != 1:
            raise WrongShape("a matrix of vectors or matrices")
        a, b = value.axes
        apart = substitute(value.term, {b: a})
        more = Add((substitute(own.term, {own.axes[0]: a}), Mul((MINUS, apart))))
        return Value(Add((value.term, Mul((Delta(a, b), more)))), value.axes)

    def _for_every(self, body: s.Syntax, letters: tuple[tuple[s.Name, str], ...]) -> Value:
        """``body`` with open axes for letters in it, each over the range of a place."""
        with ExitStack() as around:
            for letter, key in letters:
                index = Index(letter.text, self.ranges.name(key))
                around.enter_context(self._binding(letter.text, index, key))
            value = self.value(body)
        axes = tuple(self.tensors.axis(key) for _, key in letters)
        new: dict[Index, IndexTerm] = {
            Index(letter.text, self.ranges.name(key)): axis
            for (letter, key), axis in zip(letters, axes, strict=True)
        }
        return Value(substitute(value.term, new), axes + value.axes, value.row)

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
        slope = _slope_at(value.term, name, self.scalar(new))
        if slope is not None:
            return Value(slope, value.axes)
        if any(isinstance(t, Derivative) for t in subterms(value.term)):
            raise OutOfReach("a derivative taken at a point", at.span)
        term = self._unfolded(value.term, name.name, ())  # w = 2 x at x = 0 is 0
        return Value(substitute_values(term, {name.name: self.scalar(new)}), value.axes)


def _slope_at(term: Term, name: Variable, value: Term) -> Term | None:
    """The derivative of f(x) by x, where x has a value: f'(2)."""
    order = 0
    while isinstance(term, Derivative) and term.variable is name:
        term, order = term.body, order + 1
    match term:
        case Application(function, indices, (argument,), (before,)) if order and argument is name:
            return Application(function, indices, (value,), (before + order,))
    return None


def _bare(formal: str) -> str:
    """The x that ``{x}`` stands for, a number whose name has components elsewhere."""
    return formal[1:-1] if formal[:1] == "{" and formal[-1:] == "}" else formal


def _is_part_of(left: Value, right: Value) -> bool:
    """``f(x) \\cdot (1 - f(x))`` of a vector x: who writes it means the slopes of f."""
    if len(left.axes) != 1 or len(right.axes) != 1 or isinstance(left.term, Variable):
        return False
    inner = substitute(left.term, {left.axes[0]: right.axes[0]})
    return inner != right.term and any(part == inner for part in subterms(right.term))
