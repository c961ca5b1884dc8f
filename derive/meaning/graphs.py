"""Derivatives by an intermediate quantity, as they are meant where a network is differentiated.

With ``mu = mean(x)``, ``v = mean((x - mu)^2)`` and ``h_i = (x_i - mu) / sqrt(v + eps)`` the
derivative of h_i by v holds x and mu, although v is no free quantity beside them: the formula
that is written is differentiated.  Such a derivative is taken by a quantity v' of its own that
stands for v in the formulas between, and whose value is that of v.  A loss L that nothing
defines depends on v by way of the quantities that it is a function of: the chain rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from derive.logic.problem import Equation
from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Derivative,
    Index,
    IndexTerm,
    Mul,
    Shift,
    Sum,
    Term,
    Variable,
    children,
    names,
    rebuild,
    substitute,
    subterms,
)
from derive.meaning.scope import Entry

__all__ = ["MARK", "MOST_STEPS", "Graph", "Unclear", "moment"]

MARK = "^{\\circ}"
MOST_STEPS = 400


@dataclass(frozen=True)
class Graph:
    """``entry``: the definition of a name; ``dependents``: what open names are differentiated by.

    ``letters``: fresh index letters for the components of a name.  ``beside_recurrence``: of a
    name that is in no recurrence but stands in one, what ``times`` says of that.
    """

    entry: Callable[[str], Entry | None]
    dependents: Mapping[str, frozenset[str]]
    letters: Callable[[str], tuple[Index, ...]]
    beside_recurrence: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def derivative(self, body: Term, by: Variable) -> tuple[Term, Equation] | None:
        """The derivative with what ``by`` is made of held, and what its own quantity equals.

        None where the plain derivative means the same: where ``body`` depends on nothing that
        ``by`` is made of but through ``by`` itself.
        """
        entry = self.entry(by.name)
        if any(isinstance(t, Derivative) for t in subterms(body)):
            return None
        if entry is None and not (by.indices and isinstance(body, Variable)):
            return None
        if entry is not None and entry.formals:
            return None
        above = self.reached(names(entry.value.term)) if entry is not None else frozenset()
        beside = self._within_recurrence(body, by) if by.name not in above else {}
        if beside:
            new = {**self.beside_recurrence, by.name: beside}
            return replace(self, beside_recurrence=new)._held(body, by, above)
        return self._held(body, by, above) if entry is not None else None

    def _held(
        self, body: Term, by: Variable, above: frozenset[str]
    ) -> tuple[Term, Equation] | None:
        axis = self.times(by.name).get(by.name)
        reached = self.reached(names(body), by.name)
        if by.name in above:
            if axis is None or by.name not in reached:
                return None
        elif by.name not in reached or (axis is None and not above & reached - {by.name}):
            return None
        own = Variable(by.name + MARK, by.indices)
        try:
            found = self._total(body, by, own)
        except Unclear:
            return None
        letters = self.letters(by.name)[: len(by.indices)]
        if axis is not None:  # the value before the first is none of those that letters run over
            here = (*letters[:axis], by.indices[axis], *letters[axis + 1 :])
            rest = (*letters[:axis], *letters[axis + 1 :])
            return found, Equation(Variable(own.name, here), Variable(by.name, here), rest)
        equal = Equation(Variable(own.name, letters), Variable(by.name, letters), letters)
        return found, equal

    def _total(self, body: Term, by: Variable, own: Variable) -> Term:
        """The derivative of an open name by the chain rule, of anything else as it is written."""
        if not isinstance(body, Variable) or self.entry(body.name) is not None:
            return Derivative(self._expanded(body, by, [MOST_STEPS]), own)
        terms: list[Term] = []
        for name in sorted(self._nearest(body.name)):
            if name == by.name:
                raise Unclear
            if by.name not in self.reached({name}):
                continue
            letters = self.letters(name)
            part = Variable(name, letters)
            inner = Derivative(self._expanded(part, by, [MOST_STEPS]), own)
            term: Term = Mul((Derivative(body, part), inner))
            for letter in reversed(letters):
                term = Sum(letter, (), term)
            terms.append(term)
        if not terms:
            raise Unclear
        return terms[0] if len(terms) == 1 else Add(tuple(terms))

    def _nearest(self, name: str) -> frozenset[str]:
        """What an open name is a function of: nothing that another of them depends on."""
        listed = self.dependents.get(name, frozenset())
        return frozenset(x for x in listed if not any(x in self.reached({y}) - {y} for y in listed))

    def reached(self, start: Iterable[str], cut: str = "") -> frozenset[str]:
        """All names that these depend on, themselves included; nothing beyond ``cut``."""
        found: set[str] = set()
        pending = list(start)
        while pending:
            name = pending.pop()
            if name in found:
                continue
            found.add(name)
            if name == cut:
                continue
            entry = self.entry(name)
            if entry is not None:
                pending.extend(names(entry.value.term))
            else:
                pending.extend(self.dependents.get(name, ()))
        return frozenset(found)

    def _within_recurrence(self, body: Term, by: Variable) -> dict[str, int]:
        """``times`` of a body such as ``c_t = f_t c_{t-1}``, and of what it is made of at t."""
        axes = dict(self.times(body.name)) if isinstance(body, Variable) else {}
        pending = list(axes)
        while pending:
            one = pending.pop()
            entry = self.entry(one)
            for part in subterms(entry.value.term) if entry is not None else ():
                if (
                    entry is None
                    or not isinstance(part, Variable)
                    or axes[one] >= len(entry.indices)
                ):
                    continue
                for n, (letter, back) in enumerate(map(moment, part.indices)):
                    if letter is not entry.indices[axes[one]] or part.name in axes:
                        continue
                    if back > 0:
                        return {}
                    axes[part.name] = n
                    pending.append(part.name)
        return axes if by.name in axes else {}

    def times(self, name: str) -> dict[str, int]:
        """The quantities of a recurrence, with the place of the index in which it goes back.

        t of ``h_t = f(h_{t-1})``, and of all of ``h_t = o_t c_t``, ``o_t = g(h_{t-1})``, ...
        """
        if name in self.beside_recurrence:
            return dict(self.beside_recurrence[name])
        cycle = {n for n in self.reached({name}) if name in self._behind(n)}
        axes: dict[str, int] = {}
        for _ in cycle:
            for one in sorted(cycle):
                entry = self.entry(one)
                for part in subterms(entry.value.term) if entry is not None else ():
                    if entry is None or not isinstance(part, Variable) or part.name not in cycle:
                        continue
                    for n, index in enumerate(part.indices):
                        letter, back = moment(index)
                        if letter in entry.indices and (back < 0 or axes.get(part.name) == n):
                            axes.setdefault(part.name, n)
                            axes.setdefault(one, entry.indices.index(letter))
        return axes if axes.keys() == cycle and self._goes_back(axes) else {}

    def _behind(self, name: str) -> frozenset[str]:
        entry = self.entry(name)
        return self.reached(names(entry.value.term)) if entry is not None else frozenset()

    def _goes_back(self, axes: Mapping[str, int]) -> bool:
        """Whether what each quantity is made of is of its own moment or of an earlier one."""
        for name, axis in axes.items():
            entry = self.entry(name)
            if entry is None or axis >= len(entry.indices):
                return False
            for part in subterms(entry.value.term):
                if isinstance(part, Variable) and part.name in axes:
                    letter, back = moment(part.indices[axes[part.name]])
                    if letter is not entry.indices[axis] or back > 0:
                        return False
        return True

    def beside(self, body: Term, by: Variable) -> str:
        """Another quantity of the moment of ``by``, by way of which ``body`` depends on it, too.

        In an LSTM c_t is f_t c_{t-1} + ..., and f_t depends on h_{t-1}, which c_{t-1} is in: what
        is called the derivative by c_{t-1} is often that with h_{t-1} held.
        """
        axes = self.times(by.name)
        if by.name not in axes:
            return ""
        letter, start = moment(by.indices[axes[by.name]])
        pending, seen = [body], set[Term]()
        while pending and len(seen) < MOST_STEPS:
            for part in subterms(pending.pop()):
                if not isinstance(part, Variable) or part.name not in axes or part in seen:
                    continue
                seen.add(part)
                here, at = moment(part.indices[axes[part.name]])
                entry = self.entry(part.name)
                if here is not letter or entry is None or len(entry.indices) != len(part.indices):
                    continue
                if at == start and part.name != by.name and part is not body:
                    return part.name
                if at > start:
                    new: dict[Index, IndexTerm] = dict(
                        zip(entry.indices, part.indices, strict=True)
                    )
                    pending.append(substitute(entry.value.term, new))
        return ""

    def _later(self, term: Variable, by: Variable) -> int:
        """How many steps of a recurrence the first quantity comes after the second."""
        axes = self.times(by.name)
        if term.name not in axes:
            return 0
        (one, at), (other, start) = (moment(v.indices[axes[v.name]]) for v in (term, by))
        if one is not other:
            raise Unclear
        return at - start

    def _binds_moment(self, term: Binder, by: Variable) -> bool:
        """Whether the letter is bound that says at which moment ``by`` is."""
        axes = self.times(by.name)
        if by.name not in axes or moment(by.indices[axes[by.name]])[0] is not term.index:
            return False
        return not self.reached(names(term)).isdisjoint(axes)

    def _expanded(self, term: Term, by: Variable, budget: list[int]) -> Term:
        """``term`` with the definitions between it and ``by`` put in, and the own name for it."""
        budget[0] -= 1
        if budget[0] < 0:
            raise Unclear
        match term:
            case Variable(name, indices) if name == by.name and self._later(term, by) <= 0:
                # Earlier values do not depend on this one.
                return Variable(name + MARK, indices) if self._later(term, by) == 0 else term
            case Variable(name, indices):
                if by.name not in self.reached({name}) or self._later(term, by) < 0:
                    return term
                entry = self.entry(name)
                if entry is None or entry.formals or len(entry.indices) != len(indices):
                    raise Unclear
                new: dict[Index, IndexTerm] = dict(zip(entry.indices, indices, strict=True))
                return self._expanded(substitute(entry.value.term, new), by, budget)
            case Binder() if self._binds_moment(term, by):
                raise Unclear  # the t of \sum_t is not that of h_t: some come after it
            case Application(name, _, _, _):
                entry = self.entry(name)
                if entry is not None and by.name in self.reached(names(entry.value.term)):
                    raise Unclear
        inner = children(term)
        if not inner:
            return term
        return rebuild(term, tuple(self._expanded(part, by, budget) for part in inner))


def moment(index: IndexTerm) -> tuple[IndexTerm, int]:
    return (index.index, index.offset) if isinstance(index, Shift) else (index, 0)


class Unclear(Exception):
    """The way from a quantity to the one it is differentiated by is not known in whole."""
