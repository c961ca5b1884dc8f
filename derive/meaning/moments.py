"""A loss that nothing defines, differentiated by what a recurrent network is made of.

With ``a_t = W h_{t-1} + b``, ``h_t = f(a_t)`` and ``y_t = V h_t`` a loss depends on a_t by way of
h_t alone, and on the state of a cell ``C_t = f_t C_{t-1} + u_t``, ``h_t = o_t tanh(C_t)`` by way
of h_t and of C_{t+1}: the chain rule, over what each quantity is a part of.  What is a part of
nothing else of its moment, such as h_t or y_t, is what the loss is made of, and its slope is a
quantity of its own; so is that of a C_t which goes on to the next moment, unless two are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from derive.logic.problem import Equation
from derive.logic.terms import (
    Add,
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
)
from derive.meaning.graphs import MARK, Graph, Unclear, moment
from derive.meaning.names import LAYERS
from derive.meaning.within import subterms

__all__ = ["Moments"]

PREFIX = "\\partial "
Parts = Mapping[str, frozenset[int]]  # what a quantity is a part of, and how many moments later


@dataclass(frozen=True)
class Moments:
    """``graph``: how the names depend on each other; ``defined``: those with a definition."""

    graph: Graph
    defined: tuple[str, ...]

    def derivative(self, loss: str, by: Variable) -> tuple[Term, tuple[Equation, ...]] | None:
        """The slope of an open loss by a quantity of one moment; None where this says nothing."""
        try:
            axes = self._family(by.name)
            if by.name not in axes or axes[by.name] >= len(by.indices):
                return None
            if not _counts_moments(by.indices[axes[by.name]]):
                return None
            equations: list[Equation] = []
            return self._slope(loss, by, axes, equations), tuple(equations)
        except Unclear:
            return None

    def chained(
        self, terms: Sequence[Term]
    ) -> tuple[tuple[Term, ...], tuple[Equation, ...]] | None:
        """The terms with the slope by C_t made of those of its own moment and of the next."""
        found = {part for term in terms for part in subterms(term) if _is_slope(part)}
        for part in sorted(found, key=repr):
            assert isinstance(part, Variable)
            loss, name = _parts(part.name)
            try:
                axes = self._family(name)
            except Unclear:
                continue
            if axes[name] >= len(part.indices):
                continue
            try:
                of = self._is_part_of(name, axes)
            except Unclear:
                continue
            here, at = moment(part.indices[axes[name]])
            later = {
                moment(v.indices[axes[n]])[1]
                for v in found
                if isinstance(v, Variable)
                and (n := _parts(v.name)[1]) in axes
                and axes[n] < len(v.indices)
                and moment(v.indices[axes[n]])[0] is here
            }
            if not {0, 1} <= frozenset[int]().union(*of.values()) or at + 1 not in later:
                continue
            equations: list[Equation] = []
            try:
                whole = self._through(loss, Variable(name, part.indices), axes, of, equations)
            except Unclear:
                continue
            return tuple(_put(term, part, whole) for term in terms), tuple(equations)
        return None

    def _slope(
        self, loss: str, by: Variable, axes: Mapping[str, int], equations: list[Equation]
    ) -> Term:
        of = self._is_part_of(by.name, axes)
        lags = frozenset[int]().union(*of.values())
        if lags == {0}:
            return self._through(loss, by, axes, of, equations)
        return Variable(f"{PREFIX}{loss}/{PREFIX}{by.name}", by.indices)

    def _through(
        self,
        loss: str,
        by: Variable,
        axes: Mapping[str, int],
        of: Parts,
        equations: list[Equation],
    ) -> Term:
        """The chain rule over what a quantity is a part of."""
        terms: list[Term] = []
        letter, at = moment(by.indices[axes[by.name]])
        for name in sorted(of):
            for lag in sorted(of[name]):
                letters, axis = self.graph.letters(name), axes[name]
                fresh = tuple(Index(f"{x.name}°{len(by.indices)}", x.range) for x in letters)
                there = _shifted(letter, at + lag)
                whole = Variable(name, (*fresh[:axis], there, *fresh[axis + 1 :]))
                inner, equal = self._direct(whole, by, axes)
                equations.append(equal)
                outer = (
                    Variable(f"{PREFIX}{loss}/{PREFIX}{name}", whole.indices)
                    if lag
                    else self._slope(loss, whole, axes, equations)
                )
                term: Term = Mul((outer, inner))
                for n in reversed(range(len(fresh))):
                    term = Sum(fresh[n], (), term) if n != axis else term
                terms.append(term)
        return terms[0] if len(terms) == 1 else Add(tuple(terms))

    def _direct(
        self, whole: Variable, by: Variable, axes: Mapping[str, int]
    ) -> tuple[Term, Equation]:
        """The derivative of a formula as it is written by a quantity in it, which moves alone."""
        entry = self.graph.entry(whole.name)
        if entry is None or entry.formals or len(entry.indices) != len(whole.indices):
            raise Unclear
        new: dict[Index, IndexTerm] = dict(zip(entry.indices, whole.indices, strict=True))
        axis = axes[by.name]
        here = moment(by.indices[axis])

        def marked(term: Term) -> Term:
            if isinstance(term, Variable) and term.name == by.name:
                if axis >= len(term.indices):
                    raise Unclear
                at = moment(term.indices[axis])
                return Variable(by.name + MARK, term.indices) if at == here else term
            inner = children(term)
            return rebuild(term, tuple(map(marked, inner))) if inner else term

        own = Variable(by.name + MARK, by.indices)
        letters = self.graph.letters(by.name)
        places = (*letters[:axis], by.indices[axis], *letters[axis + 1 :])
        rest = (*letters[:axis], *letters[axis + 1 :])
        equal = Equation(Variable(own.name, places), Variable(by.name, places), rest)
        return Derivative(marked(substitute(entry.value.term, new)), own), equal

    def _family(self, name: str) -> dict[str, int]:
        """All quantities of a recurrence and what is made of them, with the place of the moment."""
        entry = self.graph.entry(name)
        axes = self.graph.times(name)
        if not axes and entry is not None:
            below = sorted(self.graph.reached(names(entry.value.term)))
            axes = next((found for x in below if (found := self.graph.times(x))), {})
        if not axes:
            axes = self._beside(name)
        family = dict(axes)
        for _ in self.defined:
            new = {n: at for n in self.defined if n not in family and (at := self._at(n, family))}
            if not new:
                break
            family.update({n: at - 1 for n, at in new.items()})
        if name not in family:
            raise Unclear
        return family

    def _beside(self, name: str) -> dict[str, int]:
        """The recurrence that an open quantity, such as the x_t of a network, is a part of."""
        for other in self.defined:
            entry = self.graph.entry(other)
            axes = self.graph.times(other)
            if entry is None or not axes:
                continue
            if axes[other] >= len(entry.indices):
                continue
            for part in subterms(entry.value.term):
                if isinstance(part, Variable) and part.name == name:
                    for n, index in enumerate(part.indices):
                        if moment(index) == (entry.indices[axes[other]], 0):
                            return {**axes, name: n}
        return {}

    def _at(self, name: str, family: Mapping[str, int]) -> int:
        """The place of the moment, counted from 1, of what is made of the family; else 0."""
        entry = self.graph.entry(name)
        if entry is None or entry.formals:
            return 0
        inside = [v for v in subterms(entry.value.term) if isinstance(v, Variable)]
        inside = [v for v in inside if v.name in family]
        if any(family[v.name] >= len(v.indices) for v in inside):
            return 0  # all of h, of which no moment is said
        at = {moment(v.indices[family[v.name]]) for v in inside}
        letters = {letter for letter, _ in at}
        if not inside or any(back > 0 for _, back in at) or len(letters) != 1:
            return 0
        (letter,) = letters
        return entry.indices.index(letter) + 1 if letter in entry.indices else 0

    def _is_part_of(self, name: str, axes: Mapping[str, int]) -> Parts:
        """What a quantity stands in, and how many moments later."""
        found: dict[str, frozenset[int]] = {}
        for other in self.defined:
            entry = self.graph.entry(other)
            if entry is None or name not in names(entry.value.term):
                continue
            if other not in axes:
                raise Unclear  # such as a sum over all moments
            if axes[other] >= len(entry.indices):
                raise Unclear
            here = entry.indices[axes[other]]
            for part in subterms(entry.value.term):
                if isinstance(part, Variable) and part.name == name:
                    if axes[name] >= len(part.indices):
                        raise Unclear
                    letter, back = moment(part.indices[axes[name]])
                    if letter is not here or back > 0:
                        raise Unclear
                    found[other] = found.get(other, frozenset()) | {-back}
        return found


def _counts_moments(index: IndexTerm) -> bool:
    letter, _ = moment(index)
    return isinstance(letter, Index) and letter.name not in LAYERS


def _shifted(letter: IndexTerm, offset: int) -> IndexTerm:
    if not isinstance(letter, Index):
        raise Unclear
    return Shift(letter, offset) if offset else letter


def _is_slope(term: Term) -> bool:
    return isinstance(term, Variable) and term.name.startswith(PREFIX) and bool(term.indices)


def _parts(slope: str) -> tuple[str, str]:
    loss, _, name = slope.removeprefix(PREFIX).rpartition("/" + PREFIX)
    return loss, name


def _put(term: Term, old: Term, new: Term) -> Term:
    if term == old:
        return new
    inner: Iterable[Term] = children(term)
    return rebuild(term, tuple(_put(part, old, new) for part in inner)) if inner else term
