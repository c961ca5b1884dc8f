"""Which of the right-hand sides that were proved equal is computed, and with which constants.

The rule: a form that cannot overflow goes before one that can, and among those the last one that
the document states: its author put the best one last.  Where a form has a constant or a class
that the quantity does not have (the ``m`` and ``r`` of a shift), the statement holds for every
value of it, so one may be chosen: the largest exponent, and the class that has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from derive.codegen.equalities import (
    Equality,
    Form,
    Knowledge,
    depends_on,
    loose_letters,
)
from derive.codegen.restricted import restriction
from derive.codegen.rewriting import transform
from derive.codegen.stable import stable
from derive.logic.problem import Context, Definition
from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Maximum,
    Mul,
    Number,
    Pow,
    Shift,
    Sum,
    Term,
    Variable,
    alpha_equal,
    canonical,
    children,
    free_indices,
    names,
    own_indices,
    rebuild,
    substitute,
    substitute_values,
    subterms,
)

__all__ = ["Choice", "Chooser", "NoForm", "Resolved"]

DEEPEST = 40
MINUS_ONE = Number(Fraction(-1))


class NoForm(Exception):
    """A quantity has no right-hand side that can be computed; one sentence says why."""


@dataclass(frozen=True)
class Resolved:
    """A term without defined names, derivatives and free constants, ready to become loops.

    ``rests_on``: the definitions and equalities that were used, in the order of the document.
    """

    term: Term
    rests_on: frozenset[Equality | Definition] = frozenset()


@dataclass(frozen=True)
class Choice:
    """The form of one output: ``value``, but ``special`` where the index ``at`` is ``is_``."""

    value: Resolved
    at: Index | None = None
    is_: IndexTerm | None = None
    special: Resolved | None = None

    @property
    def rests_on(self) -> frozenset[Equality | Definition]:
        own = self.value.rests_on
        return own | self.special.rests_on if self.special is not None else own


@dataclass
class Chooser:
    """Chooses among the forms that ``knowledge`` has, for functions of the names in ``inputs``.

    ``peaks``: for each label that stands for "the position of the largest", what is largest.
    ``left``: for quantities of which a form was left out, why.
    """

    knowledge: Knowledge
    inputs: frozenset[str]
    peaks: dict[str, Maximum] = field(default_factory=dict)
    left: dict[Term, str] = field(default_factory=dict)

    # -------------------------------------------------------------- resolving

    def resolve(self, term: Term, context: Context, above: tuple[Term, ...] = ()) -> Resolved:
        """Unfold every name that is not an input, each by its best form.  Raises NoForm."""
        if len(above) > DEEPEST:
            raise NoForm("its definitions are nested too deeply")
        match term:
            case Variable(name, _) if name in self.inputs:
                return Resolved(term)
            case Variable(name, _) if context.definition(name) is None:
                return Resolved(term)
            case Variable() | Derivative() | Application():
                return self.best(term, context, above)
            case Function() if canonical(term) not in above:
                try:
                    return self.best(term, context, above)
                except NoForm:
                    pass
        below = [self.resolve(child, context, above) for child in children(term)]
        return Resolved(
            rebuild(term, tuple(r.term for r in below)),
            frozenset().union(*(r.rests_on for r in below)),
        )

    def best(self, quantity: Term, context: Context, above: tuple[Term, ...]) -> Resolved:
        """The best form that holds without conditions.  Raises NoForm."""
        key = canonical(quantity)
        if key in above:
            raise NoForm("its definition refers to itself")
        candidates = [
            form
            for form in self._candidates(quantity, context)
            if not (form.same or form.different)
        ]
        usable = list(self._usable(quantity, candidates, context, (*above, key)))
        if not usable:
            raise NoForm(self._why_not(quantity))
        return min(usable, key=lambda pair: (_hazards(pair[1].term), -pair[0].order))[1]

    def _candidates(self, quantity: Term, context: Context) -> list[Form]:
        found = self.knowledge.forms(quantity, context)
        match quantity:
            case Variable(name, indices) | Application(name, indices, _, _):
                definition = context.definition(name)
                if definition is not None and len(definition.indices) == len(indices):
                    found.insert(0, Form(_instance(definition, quantity), context))
        return sorted(found, key=lambda form: -form.order)

    def _usable(
        self, quantity: Term, forms: list[Form], context: Context, above: tuple[Term, ...]
    ) -> Iterator[tuple[Form, Resolved]]:
        """The forms that can be computed from the inputs, latest first, with constants chosen."""
        key = canonical(quantity)
        for form in forms:
            try:
                inner = self.resolve(form.term, form.context, above)
                chosen = self._instantiated(inner.term, quantity, form, context)
            except NoForm:
                continue
            case = restriction(form, chosen, quantity, context, self.knowledge)
            if case:
                why = f"what is proved of {_describe(quantity)} holds for {case} only"
                self.left.setdefault(key, why)
            elif _has_neighbours(chosen):
                self.left.setdefault(key, "loops reach no entry beside another, as x_{i-1} is")
            elif self._is_computable(chosen):
                definition = _definition_used(quantity, form, context)
                used = inner.rests_on | {e for e in form.trail if e.proved} | definition
                resolved = Resolved(chosen, used)
                yield form, resolved
                if not _hazards(chosen) and not form.different and not form.same:
                    return

    def _is_computable(self, term: Term) -> bool:
        return all(
            not isinstance(part, Derivative | Application)
            and (not isinstance(part, Variable) or part.name in self.inputs)
            for part in subterms(term)
        )

    def _why_not(self, quantity: Term) -> str:
        why = f"nothing that is proved says how to compute {_describe(quantity)}"
        return self.left.get(canonical(quantity), why)

    # -------------------------------------------------------------- outputs

    def output(self, quantity: Term, context: Context) -> Choice:
        """The form of an output, by cases where the statements are.  Raises NoForm."""
        choice = self._output(quantity, context)
        special = choice.special
        return replace(
            choice,
            value=self._stable(choice.value),
            special=None if special is None else self._stable(special),
        )

    def _stable(self, resolved: Resolved) -> Resolved:
        return replace(resolved, term=stable(resolved.term, self._label))

    def _output(self, quantity: Term, context: Context) -> Choice:
        match quantity:
            case Variable(name, _) if name in self.inputs:
                return Choice(Resolved(quantity))
        key = (canonical(quantity),)
        usable = list(self._usable(quantity, self._candidates(quantity, context), context, key))
        usable.sort(key=lambda pair: (_hazards(pair[1].term), -pair[0].order))
        for number, (form, resolved) in enumerate(usable):
            others = usable[:number] + usable[number + 1 :]
            if not form.same and not form.different:
                return Choice(resolved)
            if len(form.different) == 1 and not form.same:
                at, is_ = _letter_first(form.different[0], quantity)
                special = self._where_same(at, is_, others)
                if special is not None:
                    return self._at_peak(Choice(resolved, at, is_, special), quantity, context)
            if len(form.same) == 1 and not form.different:
                at, is_ = _letter_first(form.same[0], quantity)
                rest = self._where_different(at, is_, others)
                if rest is not None:
                    moved = Resolved(substitute(resolved.term, {at: is_}), resolved.rests_on)
                    return Choice(rest, at, is_, moved)
        raise NoForm(self._why_not(quantity))

    def _at_peak(self, choice: Choice, quantity: Term, context: Context) -> Choice:
        """The choice with its special index, where that is any class, chosen."""
        letter, special = choice.is_, choice.special
        own = free_indices(quantity) | loose_letters(quantity, context)
        if not isinstance(letter, Index) or special is None:
            return choice
        if letter in own or letter.name in self.inputs:
            return choice
        label = self._peak((choice.value.term, special.term), letter)
        moved = Resolved(substitute(special.term, {letter: label}), special.rests_on)
        return Choice(choice.value, choice.at, label, moved)

    def _where_same(
        self, at: Index, is_: IndexTerm, others: list[tuple[Form, Resolved]]
    ) -> Resolved | None:
        for form, resolved in others:
            if not form.different and all(set(pair) == {at, is_} for pair in form.same):
                return Resolved(substitute(resolved.term, {at: is_}), resolved.rests_on)
        return None

    def _where_different(
        self, at: Index, is_: IndexTerm, others: list[tuple[Form, Resolved]]
    ) -> Resolved | None:
        for form, resolved in others:
            if not form.same and all(set(pair) == {at, is_} for pair in form.different):
                return resolved
        return None

    # -------------------------------------------------------------- constants

    def _instantiated(self, term: Term, quantity: Term, form: Form, context: Context) -> Term:
        """The term with a value chosen for each constant and class that the quantity lacks."""
        given = depends_on(quantity, context) | self.inputs
        constants = {
            part.name
            for part in subterms(term)
            if isinstance(part, Variable) and not part.indices and part.name not in given
        }
        for name in sorted(constants):
            term = _with_shift(term, name)
        own = free_indices(quantity) | loose_letters(quantity, context)
        letters = {letter for letter in free_indices(term) - own if letter.name not in self.inputs}
        for letter in sorted(letters, key=repr):
            term = substitute(term, {letter: self._peak((term,), letter)})
        return term

    def _peak(self, terms: tuple[Term, ...], letter: Index) -> Label:
        """The position of the largest exponent among the shifted exponentials of the terms."""
        for term in terms:
            for part in subterms(term):
                largest = _largest_exponent(part, letter)
                if largest is not None:
                    return self._label(largest)
        raise NoForm(f"no class can be chosen for {letter.name}")

    def _label(self, largest: Maximum) -> Label:
        outer = tuple(sorted(free_indices(largest), key=repr))
        for name, known in self.peaks.items():
            if alpha_equal(known, largest):
                return Label(name, outer, largest.index.range)
        name = "largest" if not self.peaks else f"largest_{len(self.peaks) + 1}"
        self.peaks[name] = largest
        return Label(name, outer, largest.index.range)


def _instance(definition: Definition, quantity: Term) -> Term:
    assert isinstance(quantity, Variable | Application)
    new = dict(zip(definition.indices, quantity.indices, strict=True))
    body = substitute(definition.body, new)
    if isinstance(quantity, Application):
        if any(quantity.orders) or len(definition.arguments) != len(quantity.arguments):
            raise NoForm(f"{quantity.name} is differentiated or applied to other arguments")
        values = dict(zip(definition.arguments, quantity.arguments, strict=True))
        body = substitute_values(body, values)
    return body


def _definition_used(quantity: Term, form: Form, context: Context) -> frozenset[Definition]:
    if form.trail or not isinstance(quantity, Variable | Application):
        return frozenset()
    definition = context.definition(quantity.name)
    return frozenset() if definition is None else frozenset((definition,))


def _has_neighbours(term: Term) -> bool:
    """Whether an index is shifted, as in x_{i-1}."""
    return any(_is_shifted(index) for part in subterms(term) for index in own_indices(part))


def _is_shifted(index: IndexTerm) -> bool:
    if isinstance(index, Label):
        return any(map(_is_shifted, index.indices))
    return isinstance(index, Shift)


def _letter_first(pair: tuple[IndexTerm, IndexTerm], quantity: Term) -> tuple[Index, IndexTerm]:
    own = free_indices(quantity)
    for one, other in (pair, pair[::-1]):
        if isinstance(one, Index) and one in own:
            return one, other
    raise NoForm("a condition is about other indices than those of the quantity")


def _describe(quantity: Term) -> str:
    match quantity:
        case Variable(name, _) | Application(name, _, _, _) | Function(name, _):
            return name
        case Derivative(body, variable):
            return f"the derivative of {_describe(body)} by {variable.name}"
    return "it"


# ------------------------------------------------------------------ shifts


def _without(argument: Term, name: str) -> Term | None:
    """A, where the argument of an exponential is ``A - name``."""
    taken = Mul((MINUS_ONE, Variable(name, ())))
    if not isinstance(argument, Add):
        return None
    rest = tuple(t for t in argument.terms if t is not taken)
    if len(rest) != len(argument.terms) - 1 or any(name in names(t) for t in rest):
        return None
    return rest[0] if len(rest) == 1 else Add(rest)


def _exponents(term: Term, name: str) -> Iterator[tuple[Index | None, Term]]:
    """The A of each ``exp(A - name)``, with the letter of the sum that runs over it."""
    for part in subterms(term):
        if isinstance(part, Sum):
            for inner in subterms(part.body):
                if isinstance(inner, Function) and inner.name == "exp":
                    exponent = _without(inner.arguments[0], name)
                    if exponent is not None and part.index in free_indices(exponent):
                        yield part.index, exponent


def _with_shift(term: Term, name: str) -> Term:
    """The term with ``name`` chosen as the largest exponent that it is taken from.

    Where it stands in such exponents only, any constant near the largest will do, and the target
    picks the one that its arithmetic likes best (``exp_from``, see the prelude of the target).
    """
    found = next(_exponents(term, name), None)
    if found is None or found[0] is None:
        raise NoForm(f"no value can be chosen for {name}")
    largest = Maximum(found[0], (), found[1])

    def shifted(part: Term) -> Term:
        if isinstance(part, Function) and part.name == "exp":
            exponent = _without(part.arguments[0], name)
            if exponent is not None:
                return Function("exp_from", (exponent, Function("reference", (largest,))))
        return part

    new = transform(term, shifted)
    if name in names(new):
        return substitute_values(term, {name: largest})
    return new


def _largest_exponent(part: Term, letter: Index) -> Maximum | None:
    match part:
        case Function("exp_from", (_, Function("reference", (Maximum() as largest,)))):
            if largest.index.range == letter.range and letter not in free_indices(largest):
                return largest
        case Sum(index, _, body) if index.range == letter.range:
            for inner in subterms(body):
                match inner:
                    case Function("exp", (Add((first, Mul((Number(), second)))),)) if (
                        index in free_indices(first)
                        and alpha_equal(substitute(first, {index: letter}), second)
                    ):
                        return Maximum(index, (), first)
    return None


# ------------------------------------------------------------------ hazards


def _varies(term: Term) -> bool:
    return any(isinstance(part, Variable) for part in subterms(term))


def _hazards(term: Term) -> int:
    """How many parts may overflow or lose everything to underflow on the way to a tame result."""
    found = 0
    for part in subterms(term):
        match part:
            case Function("exp", (argument,)) if _varies(argument):
                found += 1
            case Function("log", (argument,)) if _may_vanish(argument):
                found += 1
    return found


def _may_vanish(term: Term) -> bool:
    """A product with an exponential in it underflows to 0 where its logarithm is tame."""
    match term:
        case Mul(factors):
            return any(map(_may_vanish, factors))
        case Function("exp" | "exp_from", _):
            return True
        case Pow(base, _):
            return _may_vanish(base)
        case Binder() | Add():
            return False
    return False
