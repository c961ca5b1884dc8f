"""Signs, and where terms are defined: what the side conditions of rules rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from fractions import Fraction
from typing import Any, NamedTuple

from derive.logic.arithmetic import Arithmetic, Exhausted, Polynomial, Refused
from derive.logic.functions import TABLE
from derive.logic.problem import AtLeast, Context, Definition, Sign
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
    canonical,
    children,
    free_indices,
    names,
    substitute,
    substitute_values,
    subterms,
)  # fmt: skip


class Condition(NamedTuple):
    """``term relation 0`` for every position of the letters; or the term is "defined"."""

    relation: str
    term: Term
    every: tuple[Index, ...] = ()


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
        if not isinstance(target, (Index, Position, Label)) or target.range != pattern.range:
            return False
        if found[pattern] is None:
            found[pattern] = target
        return found[pattern] is target
    if isinstance(pattern, tuple):
        return (
            isinstance(target, tuple)
            and len(pattern) == len(target)
            and all(match(p, t, found) for p, t in zip(pattern, target, strict=True))
        )
    if type(pattern) is not type(target):
        return False
    if isinstance(pattern, (Term, Index, Position, Label, Shift)):
        return all(
            match(getattr(pattern, f.name), getattr(target, f.name), found) for f in fields(pattern)
        )
    return bool(pattern == target)


class Facts:
    """All that is known of signs at a claim: by hypothesis, by definition, by the shape of terms.

    ``conditions`` may hold in addition, such as those without which a side of the claim is
    undefined.  What a method answers True is certain; False says nothing.
    """

    def __init__(self, context: Context, conditions: frozenset[Condition] = frozenset()) -> None:
        self.context = context
        self.definitions = {d.name: d for d in reversed(context.definitions)}
        self.unknowns = {u.name: u for u in context.unknowns}
        self.arithmetic = Arithmetic(self.positive, self.nonnegative)
        self._signs: dict[tuple[str, Term], bool] = {}
        self._requires: dict[Term, frozenset[Condition]] = {}
        signs = [f for h in context.hypotheses for f in h.facts if isinstance(f, Sign)]
        sizes = [f for h in context.hypotheses for f in h.facts if isinstance(f, AtLeast)]
        self.least = {f.range: max(g.minimum for g in sizes if g.range == f.range) for f in sizes}
        self.conditions = conditions
        known = [(c, self._normal(c.term)) for c in map(_above_zero, signs)]
        self.conditions |= {Condition(c.relation, term, c.every) for c, term in known}
        self._signs.clear()  # what was decided before all was known

    def _normal(self, term: Term) -> Term:
        try:
            return self.arithmetic.normal(canonical(term))
        except Refused:
            return canonical(term)

    def unfolded(self, name: str, indices: tuple[IndexTerm, ...], *values: Term) -> Term:
        """The right side of a definition; a recurrence begins with data outside of the range."""
        definition = self.definitions.get(name)
        if definition and not all(map(in_range, indices)):
            if name in self.ancestors(names(definition.body)):
                raise Refused(f"{name} is a recurrence, which may have begun")
        return instance(definition, indices, *values)

    def ancestors(self, of: Iterable[str], held: Iterable[str] = ()) -> frozenset[str]:
        """``of`` and all names that they depend on, not looking behind those that are held."""
        found: set[str] = set()
        queue = list(of)
        while queue:
            name = queue.pop()
            if name not in found:
                found.add(name)
                if name in self.definitions and name not in held:
                    queue.extend(names(self.definitions[name].body))
                if name in self.unknowns and name not in held:
                    queue.extend(self.unknowns[name].depends_on)
        return frozenset(found)

    def varies(self, term: Term) -> bool:
        """Whether a term that depends on a variable does so at every point.

        A sum that may be empty and an inner derivative may be constant at some points, where a
        root of 0 has the derivative 0 though the power rule divides by 0.
        """
        bodies = [d.body for n, d in self.definitions.items() if n in self.ancestors(names(term))]
        return not any(
            isinstance(part, Derivative) or (isinstance(part, Binder) and part.excluded)
            for root in (term, *bodies)
            for part in subterms(root)
        )

    # ---------------------------------------------------------------- signs

    def positive(self, term: Term) -> bool:
        weakly = self._decide(">", term) or self._assumed(">=", term)
        return weakly and (self._signs[">", term] or self._assumed("!=", term))

    def nonnegative(self, term: Term) -> bool:
        return self._decide(">=", term) or self.positive(term)

    def nonzero(self, term: Term) -> bool:
        return self._decide("!=", term) or self.positive(term) or self.positive(_minus(term))

    def _decide(self, relation: str, term: Term) -> bool:
        key = (relation, term)
        if key not in self._signs:
            self._signs[key] = False  # where the question leads back to itself
            self._signs[key] = self._shape(relation, term) or self._assumed(relation, term)
            if not self._signs[key] and isinstance(term, (Add, Mul)):
                self._signs[key] = self._decide(relation, self._bare(term))
        return self._signs[key]

    def _bare(self, term: Term) -> Term:
        """The term without factors that are certainly positive: it has the same sign."""
        try:
            size, factors = self.arithmetic.factors(self.arithmetic.expand(term))
        except Refused:
            return term
        sign = Number(Fraction(1 if size > 0 else -1 if size else 0))
        kept = frozenset((a, e) for a, e in factors.items() if not self.positive(a))
        return self.arithmetic.term({kept: sign.value}) if size else sign

    def _assumed(self, relation: str, term: Term) -> bool:
        for known, pattern, every in self.conditions:
            if known == relation or (relation == "!=" and known == ">"):
                target = self._normal(term)
                found: dict[Index, IndexTerm | None] = dict.fromkeys(every)
                if match(pattern, target, found):
                    filled = {old: new for old, new in found.items() if new is not None}
                    if canonical(substitute(pattern, dict(filled))) is target:
                        return True
        return False

    def _shape(self, relation: str, term: Term) -> bool:
        holds = {">": self.positive, ">=": self.nonnegative, "!=": self.nonzero}[relation]
        match term:
            case Number(value):
                return {">": value > 0, ">=": value >= 0, "!=": value != 0}[relation]
            case Size():
                return True
            case Delta():
                return relation == ">="
            case Function("log", (Number(value),)):
                return {">": value > 1, ">=": value >= 1, "!=": value != 1}[relation]
            case Function(name, _):
                sign = TABLE[name].sign if name in TABLE else ""
                return sign == "> 0" or (sign == ">= 0" and relation == ">=")
            case Pow(base, Number(exponent)) if exponent.denominator == 1 and exponent % 2 == 0:
                return relation == ">=" or self.nonzero(base)
            case Pow(base, _):
                return holds(base)
            case Mul(factors):
                return all(map(holds, factors)) or self._monomials(relation, term)
            case Add():
                return self._monomials(relation, term)
            case Sum(index, excluded, body):  # positive where a term is left to add
                strict = relation != ">="
                if strict and len(excluded) >= self.least.get(index.range, 1):
                    return False
                return self.positive(body) if strict else self.nonnegative(body)
            case Product(_, _, body):
                return holds(body)
            case Variable(name, indices) if name in self.definitions:
                try:
                    return holds(self.unfolded(name, indices))
                except Refused:
                    return False
        return False

    def _monomials(self, relation: str, term: Term) -> bool:
        """The sign of a fraction of sums from the signs of its monomials and its denominator."""
        try:
            top, below = self.arithmetic.together(self.arithmetic.expand(term))
        except Refused:
            return False
        if not all(self.positive(w) or e % 2 == 0 for w, e in below.items()):
            return False
        return self._sign_of(top, relation)

    def _sign_of(self, top: Polynomial, relation: str) -> bool:
        some = False
        for monomial, coefficient in top.items():
            if coefficient < 0 or not all(
                self.nonnegative(atom) or exponent % 2 == 0 for atom, exponent in monomial
            ):
                return False
            some = some or all(self.positive(atom) for atom, _ in monomial)
        return some or relation == ">="

    # ---------------------------------------------------------------- where a term is defined

    def holds(self, condition: Condition) -> bool:
        relation, term, _ = condition
        return condition in self.conditions or (
            self.positive(term) if relation == ">"
            else self.nonnegative(term) if relation == ">="
            else self.nonzero(term) if relation == "!="
            else False
        )  # fmt: skip

    def total(self, term: Term) -> bool:
        """Whether the term is certainly defined at every point that the hypotheses allow."""
        return all(map(self.holds, self.requires(term)))

    def requires(self, term: Term) -> frozenset[Condition]:
        """Conditions that hold exactly where the (canonical) term is defined."""
        if term not in self._requires:
            self._requires[term] = frozenset((Condition("defined", term),))  # a cyclic definition
            try:
                self._requires[term] = self._own(term).union(
                    *(self._within(term, child) for child in children(term))
                )
            except Exhausted:
                raise
            except Refused:  # such as 1 / (x - x): defined nowhere
                pass
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
        undefined = frozenset((Condition("defined", term),))
        match term:
            case Pow(base, Number(exponent)):
                if exponent.denominator != 1:
                    relation = ">" if exponent < 0 else ">="
                    return frozenset((Condition(relation, self._bare(base)),))
                return self._nonzero_factors(base) if exponent < 0 else frozenset()
            case Pow(base, _):
                return frozenset() if self.positive(base) else undefined
            case Function(name, arguments):
                row = TABLE.get(name)
                if row is not None and row.domain == "positive":
                    return frozenset((Condition(">", self._bare(arguments[0])),))
                return frozenset() if row is not None and row.domain == "real" else undefined
            case Application(name, _, _, orders) if name in self.definitions and any(orders):
                return undefined
            case Variable(name, indices) | Application(name, indices, _, _):
                if not all(map(in_range, indices)) or name in self.context.unclear:
                    return undefined
                if name in self.definitions:
                    values = term.arguments if isinstance(term, Application) else ()
                    try:
                        return self.requires(self.unfolded(name, indices, *values))
                    except Refused:
                        return undefined
                return frozenset() if self._total_unknown(name) else undefined
            case Derivative(Variable(name, _), Variable(by, _)) if name in self.unknowns:
                return frozenset() if by in self.unknowns[name].depends_on else undefined
            case Derivative():
                return undefined
            case Maximum(_, excluded, _) if excluded:
                return undefined
        return frozenset()

    def _total_unknown(self, name: str) -> bool:
        """Whether all that an open quantity depends on, if anything, is defined everywhere."""
        on = self.unknowns[name].depends_on if name in self.unknowns else ()
        bodies = (self.definitions[n].body for n in on if n in self.definitions)
        return all(self.total(canonical(body)) for body in bodies)

    def _nonzero_factors(self, base: Term) -> frozenset[Condition]:
        size, factors = self.arithmetic.factors(self.arithmetic.expand(base))
        zero = () if size else (Number(Fraction(0)),)  # defined nowhere
        return frozenset(
            Condition("!=", w) for w in (*zero, *(w for w, e in factors.items() if e > 0))
        )


def in_range(index: IndexTerm) -> bool:
    """Whether the index has a position for every N >= 1."""
    if isinstance(index, Label):
        return all(map(in_range, index.indices))
    return isinstance(index, Index) or (isinstance(index, Position) and index.value in (0, 1))


def _above_zero(sign: Sign) -> Condition:
    """x < 0 as -x > 0"""
    flipped = {"<": ">", "<=": ">="}.get(sign.relation)
    term = canonical(_minus(sign.term) if flipped else sign.term)
    return Condition(flipped or sign.relation, term, sign.every)


def _minus(term: Term) -> Term:
    return Mul((Number(Fraction(-1)), term))
