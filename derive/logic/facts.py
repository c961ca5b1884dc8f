"""Signs, and where terms are defined: what the side conditions of rules rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from operator import ge, gt, ne
from typing import Any, NamedTuple

from derive.algebra.arithmetic import Arithmetic, Refused, product
from derive.logic.functions import TABLE
from derive.logic.problem import AtLeast, Context, Definition, Equation, Sign

from derive.logic.terms import (  # isort: skip
    Add, Application, Binder, Delta, Derivative, Function, Index, IndexTerm, Label, Maximum, Mul,
    Node, Number, Position, Pow, Product, Size, Sum, Term, Variable, canonical, children,
    free_indices, names, substitute, substitute_values, subterms,
)  # fmt: skip


class Condition(NamedTuple):
    """``term relation 0`` for every position of the letters; or the term is "defined"."""

    relation: str
    term: Term
    every: tuple[Index, ...] = ()


DOMAINS = {"x > 0": ">", "x != 0": "!=", "real": ""}
COMPARE = {">": gt, ">=": ge, "!=": ne}
FLIPPED = {"<": ">", "<=": ">="}


def instance(definition: Definition | None, indices: tuple[IndexTerm, ...], *values: Term) -> Term:
    """The right side of a definition at given indices and arguments."""
    if definition is None:
        raise Refused("the name has no definition")
    if len(indices) != len(definition.indices) or len(values) != len(definition.arguments):
        raise Refused(f"{definition.name} is used with other indices than it is defined with")
    if not free_indices(definition.body) <= frozenset(definition.indices):
        raise Refused(f"the definition of {definition.name} leaves an index open")
    if values and any(isinstance(part, Derivative) for part in subterms(definition.body)):
        raise Refused(f"{definition.name} differentiates: its arguments cannot be filled in")
    body = canonical(definition.body)
    body = substitute(body, dict(zip(definition.indices, indices, strict=True)))
    return substitute_values(body, dict(zip(definition.arguments, values, strict=True)))


def match(pattern: Any, target: Any, found: dict[Index, IndexTerm | None]) -> bool:
    """Fill the letters of ``found`` so that ``pattern`` becomes ``target``: a mere proposal."""
    if isinstance(pattern, Index) and pattern in found:
        fits = isinstance(target, (Index, Position, Label)) and target.range == pattern.range
        found[pattern] = found[pattern] or (target if fits else None)
        return found[pattern] is target
    if isinstance(pattern, Node) and type(pattern) is type(target):
        return match(tuple(vars(pattern).values()), tuple(vars(target).values()), found)
    if isinstance(pattern, tuple) and isinstance(target, tuple) and len(pattern) == len(target):
        return all(match(p, t, found) for p, t in zip(pattern, target, strict=True))
    return bool(pattern == target)


def _form(term: Term) -> Term:
    """The same term in every spelling: delta_jk = delta_kj, delta_kk = 1, other bound letters."""
    if isinstance(term, Delta):
        ordered = Delta(*sorted((term.left, term.right), key=repr))
        return product() if term.left is term.right else ordered
    return canonical(term)


class Facts:
    """All that is known of signs at a claim: by hypothesis, by definition, by the shape of terms.

    ``conditions`` may hold in addition, such as those without which a side of the claim is
    undefined.  What a method answers True is certain; False says nothing.
    """

    def __init__(self, context: Context, conditions: frozenset[Condition] = frozenset()) -> None:
        self.context, self.conditions = context, conditions
        self.definitions = {d.name: d for d in reversed(context.definitions)}
        self.unknowns = {u.name: u for u in context.unknowns}
        self._behind = {d.name: names(d.body) for d in self.definitions.values()}
        for u in context.unknowns:
            self._behind[u.name] = self._behind.get(u.name, frozenset()).union(u.depends_on)
        self.arithmetic = Arithmetic(self.positive, self.nonnegative, _form)
        self._signs: dict[tuple[str, Term], bool] = {}
        self._requires: dict[Term, frozenset[Condition]] = {}
        self.least, self.sizes, self.equated = dict[str, int](), set[str](), set[str]()
        told = []
        for fact in (fact for hypothesis in context.hypotheses for fact in hypothesis.facts):
            match fact:
                case AtLeast(range_, n) | Equation(Size(range_), Number(n), (), ()):
                    self.least[range_] = max(int(n), self.least.get(range_, 1))
                    self.sizes |= {range_} if isinstance(fact, Equation) else set()
                case Equation(left, right):
                    self.equated |= names(left + right)
                case Sign(term, relation, every):  # x < 0 as -x > 0
                    term = self._normal(-term if relation in FLIPPED else term)
                    told.append(Condition(FLIPPED.get(relation, relation), term, every))
        self.conditions |= frozenset(told)
        self._signs.clear()  # what was decided before all was known

    def _normal(self, term: Term) -> Term:
        with suppress(Refused):
            return self.arithmetic.normal(canonical(term))
        return canonical(term)

    def unfolded(self, name: str, indices: tuple[IndexTerm, ...], *values: Term) -> Term:
        """The right side of a definition; a recurrence begins with data outside of the range."""
        if not all(map(self.has, indices)) and name in self.ancestors(self._behind.get(name, ())):
            raise Refused(f"{name} is a recurrence, which may have begun")
        return instance(self.definitions.get(name), indices, *values)

    def has(self, index: IndexTerm) -> bool:
        """Whether the index has a position, whatever N is that the hypotheses allow."""
        if isinstance(index, Label):
            return all(map(self.has, index.indices))
        size = self.least.get(index.range, 1)
        return isinstance(index, Index) or -size < getattr(index, "value", size + 1) <= size

    def ancestors(self, of: Iterable[str], held: Collection[str] = ()) -> frozenset[str]:
        """``of`` and all names that they depend on, not looking behind those that are held."""
        found, new = frozenset[str](), frozenset(of)
        while new:
            found |= new
            behind = (self._behind.get(name, ()) for name in new.difference(held))
            new = frozenset[str]().union(*behind) - found
        return found

    def varies(self, term: Term) -> bool:
        """Whether a term that depends on a variable does so at every point.

        A sum that may be empty, a delta, an inner derivative and what an equation in force speaks
        of, such as t_i = delta_il, may be constant at some points, where a root of 0 has the
        derivative 0 though the power rule divides by 0, and what it divides by is cancelled later.
        """
        behind = self.ancestors(names(term))
        bodies = [d.body for n, d in self.definitions.items() if n in behind]
        seen = [part for root in (term, *bodies) for part in subterms(root)]
        odd = any(isinstance(p, Delta | Derivative) or getattr(p, "excluded", 0) for p in seen)
        return not odd and behind.isdisjoint(self.equated)

    # ---------------------------------------------------------------- signs

    def positive(self, term: Term) -> bool:
        """Whether the term is certainly > 0 where it is defined."""
        return self._decide(">", term) or (self._assumed(">=", term) and self._assumed("!=", term))

    def nonnegative(self, term: Term) -> bool:
        """Whether the term is certainly >= 0 where it is defined."""
        return self._decide(">=", term) or self.positive(term)

    def nonzero(self, term: Term) -> bool:
        """Whether the term is certainly not 0 where it is defined."""
        told = self._decide("!=", term) or self._assumed("!=", Function("abs", (term,)))
        return told or self.positive(term) or self.positive(-term)

    def holds(self, wanted: Condition) -> bool:
        """Whether the condition certainly holds."""
        return wanted in self.conditions or (wanted[0] in COMPARE and self._is(*wanted[:2]))

    def related(self, left: Term, relation: str, right: Term) -> bool:
        """Whether ``left relation right`` is certain wherever both are defined."""
        if relation == "=":
            return self.arithmetic.equal(canonical(left), canonical(right))
        more, less = (right, left) if relation in FLIPPED else (left, right)
        return self._is(FLIPPED.get(relation, relation), self._normal(more - less))

    def _is(self, relation: str, term: Term) -> bool:
        return {">": self.positive, ">=": self.nonnegative, "!=": self.nonzero}[relation](term)

    def _decide(self, relation: str, term: Term) -> bool:
        key = (relation, term := canonical(term))
        if key not in self._signs:
            self._signs[key] = False  # where the question leads back to itself
            with suppress(Refused):
                self._signs[key] = self._shape(relation, term)
            self._signs[key] = self._signs[key] or self._assumed(relation, term)
            if not self._signs[key] and isinstance(term, (Add, Mul)):
                self._signs[key] = self._decide(relation, self._bare(term))
        return self._signs[key]

    def _bare(self, term: Term) -> Term:
        """The term without factors that are certainly positive: it has the same sign."""
        with suppress(Refused):
            size, factors = self.arithmetic.factors(self.arithmetic.expand(term))
            kept = frozenset((w, e) for w, e in factors.items() if not self.positive(w))
            return self.arithmetic.term({kept: 1 if size > 0 else -1} if size else {})
        return term

    def _assumed(self, relation: str, term: Term) -> bool:
        for _, pattern, every in (c for c in self.conditions if c.relation == relation):
            target = self._normal(term)
            found: dict[Index, Any] = dict.fromkeys(every)
            if match(pattern, target, found) and canonical(substitute(pattern, found)) is target:
                return True
        return False

    def _shape(self, relation: str, term: Term) -> bool:
        strict = relation != ">="
        match term:
            case Number(value):
                return bool(COMPARE[relation](value, 0))
            case Size():
                return True
            case Delta():
                return not strict
            case Function("log", (Number(value),)):
                return bool(COMPARE[relation](value, 1))
            case Function(name, _):
                sign = TABLE[name].sign if name in TABLE else ""
                return sign == "> 0" or (sign == ">= 0" and not strict)
            case Pow(base, Number(exponent)) if exponent.denominator == 1 and exponent % 2 == 0:
                return not strict or self.nonzero(base)
            case Add() | Mul():
                signs = isinstance(term, Mul) and all(self._is(relation, f) for f in term.factors)
                return signs or self._monomials(strict, term)
            case Sum(index, excluded, body):  # positive where a term is left to add
                left = len(excluded) < self.least.get(index.range, 1)
                return (left and self.positive(body)) if strict else self.nonnegative(body)
            case Product(_, _, body) | Maximum(_, _, body) | Pow(body, _):
                return self._is(relation, body)
            case Variable(name, indices) if name in self.definitions:
                return self._is(relation, self.unfolded(name, indices))
        return False

    def _monomials(self, strict: bool, term: Term) -> bool:
        """The sign of a fraction of sums from the signs of its monomials and its denominator."""
        top, below = self.arithmetic.together(self.arithmetic.expand(term))
        return (
            all(self.positive(w) or e % 2 == 0 for w, e in below.items())
            and all(c > 0 for c in top.values())
            and all(self.nonnegative(w) or e % 2 == 0 for m in top for w, e in m)
            and (not strict or any(all(self.positive(w) for w, _ in m) for m in top))
        )

    # ---------------------------------------------------------------- where a term is defined

    def total(self, term: Term) -> bool:
        """Whether the term is certainly defined at every point that the hypotheses allow."""
        return all(map(self.holds, self.requires(term)))

    def requires(self, term: Term) -> frozenset[Condition]:
        """Conditions that hold exactly where the (canonical) term is defined."""
        if term not in self._requires:
            self._requires[term] = frozenset((Condition("defined", term),))  # a cyclic definition
            with suppress(Refused):  # such as 1 / (x - x): defined nowhere
                inner = (self._within(term, child) for child in children(term))
                self._requires[term] = self._own(term).union(*inner)
        return self._requires[term]

    def _within(self, term: Term, child: Term) -> frozenset[Condition]:
        found = self.requires(child)
        if not isinstance(term, Binder) or not found:
            return found
        if term.excluded and not all(map(self.holds, found)):
            return frozenset((Condition("defined", self.arithmetic.normal(term)),))
        result = set()
        for relation, condition, every in found:
            if term.index in free_indices(condition):
                letter = Index(f"@{len(every)}", term.index.range)
                condition = substitute(condition, {term.index: letter})
                every = (*every, letter)
            result.add(Condition(relation, condition, every))
        return frozenset(result)

    def _own(self, term: Term) -> frozenset[Condition]:
        """Conditions under which a term is defined where its subterms are."""
        match term:
            case Number() | Size() | Delta() | Add() | Mul() | Sum() | Product() | Maximum(_, ()):
                return frozenset()
            case Pow(base, Number(exponent)) if exponent.denominator != 1:
                return frozenset((Condition(">" if exponent < 0 else ">=", self._bare(base)),))
            case Pow(base, Number(exponent)) if exponent < 0:
                size, powers = self.arithmetic.factors(self.arithmetic.expand(base))
                if not size:
                    raise Refused("division by zero")
                return frozenset(Condition("!=", w) for w, e in powers.items() if e > 0)
            case Pow(base, exponent) if isinstance(exponent, Number) or self.positive(base):
                return frozenset()
            case Function(name, arguments) if name in TABLE and TABLE[name].domain in DOMAINS:
                relation = DOMAINS[TABLE[name].domain]
                return frozenset(Condition(relation, self._bare(x)) for x in arguments if relation)
            case Variable(name, indices) | Application(name, indices, _, _):
                derived = isinstance(term, Application) and any(term.orders)
                known, values = name in self.definitions, getattr(term, "arguments", ())
                if not all(map(self.has, indices)) or name in self.context.unclear:
                    raise Refused("nothing says what it is")
                if known and not derived:
                    return self.requires(self.unfolded(name, indices, *values))
                behind = self.definitions.keys() & self._behind.get(name, ())
                bodies = (canonical(self.definitions[n].body) for n in behind)
                if not known and all(map(self.total, bodies)):
                    return frozenset()
            case Derivative(Variable(name, _), Variable(by, _)) if name in self.unknowns:
                if by in self.unknowns[name].depends_on:
                    return frozenset()
        return frozenset((Condition("defined", term),))
