"""Conditions: comparisons of indices and of numbers, and the cases that depend on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.logic.facts import Facts
from derive.logic.problem import Context, Definition, Different, Equation, Fact, Same, Sign
from derive.logic.terms import (
    Add,
    Delta,
    Mul,
    Number,
    Term,
    Variable,
    canonical,
    names,
)
from derive.meaning import extremes
from derive.meaning.spelling import spelling
from derive.meaning.trouble import Incomprehensible, OutOfReach
from derive.meaning.vectors import Value
from derive.reader import syntax as s

if TYPE_CHECKING:
    pass

from derive.meaning.indexing import Indexing

__all__ = ["Conditions", "is_threshold", "words"]

ONE, MINUS = Number(Fraction(1)), Number(Fraction(-1))
OTHERWISE = {"otherwise", "else", "elsewhere", "sonst"}
OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
INEQUALITIES = [[relation] for relation in OPPOSITE]


class Conditions(Indexing):
    """Elaborates conditions."""

    def scalar(self, node: s.Syntax) -> Term:
        """What the syntax means, which must be one number."""
        raise NotImplementedError

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
                    elif words(item.text) & {"or", "otherwise", "else", "not"}:
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
        both = self._of_a_label(rows) or self._of_a_sign(rows)
        if both is not None:
            return both
        terms: list[Term] = []
        rest: Term = ONE
        for n, row in enumerate(rows):
            value = self.scalar(row.value)
            weight = self._weight(row.condition, n == len(rows) - 1, rest)
            rest = Add((rest, Mul((MINUS, weight))))
            terms.append(Mul((value, weight)))
        return Add(tuple(terms)) if len(terms) > 1 else terms[0]

    def _of_a_label(self, rows: Sequence[s.CasesRow]) -> Term | None:
        """``a for y = 0, b for y = 1`` as (1 - y) a + y b, which is the same for such a y."""
        if len(rows) != 2 or any(not isinstance(row.condition, s.Chain) for row in rows):
            return None
        values: dict[int, Term] = {}
        labels: set[Term] = set()
        for row in rows:
            assert row.condition is not None
            match self.condition(row.condition):
                case (Equation(Variable(_, ()) as label, Number(value), ()),) if value in (0, 1):
                    labels.add(label)
                    values[int(value)] = self.scalar(row.value)
        if len(labels) != 1 or len(values) != 2:
            return None
        only = next(iter(labels))
        assert isinstance(only, Variable)
        self.labels.add(only)
        other = Add((ONE, Mul((MINUS, only))))
        return Add((Mul((other, values[0])), Mul((only, values[1]))))

    def indicator(self, condition: s.Syntax) -> Term:
        """1 where the condition holds, else 0."""
        if _is_inequality(condition):
            match self.condition(condition):
                case (Sign(term, relation, ()),):
                    return extremes.indicator(term, relation)
        return super().indicator(condition)

    def _of_a_sign(self, rows: Sequence[s.CasesRow]) -> Term | None:
        """``a for x > 0, b for x <= 0``, or b otherwise, where both have values for every x."""
        if len(rows) != 2 or not isinstance(rows[0].condition, s.Chain):
            return None
        match self.condition(rows[0].condition):
            case (Sign(term, relation, ()),) if self._is_rest(rows[1].condition, term, relation):
                first, second = (self.scalar(row.value) for row in rows)
                known = Context(tuple(self._behind(names(first) | names(second))))
                if Facts(known).total(canonical(Add((first, second)))):
                    return extremes.either(term, relation, first, second)
        return None

    def _behind(self, used: frozenset[str]) -> Iterator[Definition]:
        """The definitions in force of these names, and of those that they are made of."""
        pending, seen = sorted(used), set[str]()
        while pending:
            name = pending.pop()
            entry = self.scope.entry(name) if name not in seen else None
            seen.add(name)
            if entry is not None:
                formals = entry.formals if entry.real else ()
                yield Definition(name, entry.indices, formals, entry.value.term)
                pending.extend(sorted(names(entry.value.term)))

    def _is_rest(self, condition: s.Syntax | None, term: Term, relation: str) -> bool:
        """Whether a condition holds exactly where ``term relation 0`` does not."""
        if condition is None or isinstance(condition, s.Text):
            return condition is None or bool(words(condition.text) & OTHERWISE)
        match self.condition(condition):
            case (Sign(other, opposite, ()),):
                return other is term and OPPOSITE.get(relation) == opposite
        return False

    def _weight(self, condition: s.Syntax | None, last: bool, rest: Term) -> Term:
        if condition is None or (
            isinstance(condition, s.Text) and words(condition.text) & OTHERWISE
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


def is_threshold(node: s.Syntax) -> bool:
    """``1[z > 0]``, an indicator that compares numbers."""
    return isinstance(node, s.Indicator) and _is_inequality(node.condition)


def _is_inequality(node: s.Syntax) -> bool:
    if isinstance(node, s.Group):
        return _is_inequality(node.body)
    return isinstance(node, s.Chain) and [sign.text for sign, _ in node.rest] in INEQUALITIES


def words(text: str) -> set[str]:
    """The words of a text, without punctuation, in lower case."""
    return {w.strip(".,;:()").lower() for w in text.split()}
