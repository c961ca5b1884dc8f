"""Derivatives where each quantity is made of those of the layer, or the moment, before.

With ``z_l = W_l a_{l-1} + b_l`` and ``a_l = f(z_l)`` nothing that came before depends on W_l:
under a derivative by W_l the earlier quantities are data.  A loss that nothing defines depends on
W_l by way of z_l alone; its derivative by z_l is a quantity of its own, from which those by W_l
and a_{l-1} come by the chain rule.  In layers the loss depends on z_l by way of z_{l+1}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from derive.logic.problem import Equation
from derive.logic.terms import (
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
from derive.meaning.graphs import MARK, MOST_STEPS, Graph, Unclear, moment
from derive.meaning.names import LAST_LAYER, LAYERS, unbraced
from derive.meaning.within import subterms

__all__ = ["SLOPE", "Recurrent"]

LOSSES = frozenset((
    "L", "J", "E", "C", "\\ell", "\\xi", "\\mathcal{L}", "\\mathcal{J}", "\\mathcal{E}",
    "\\mathcal{C}", "Loss", "loss", "cost", "Cost", "MSE", "CE",
))  # fmt: skip
# How the names begin of the slopes of a loss by a quantity.
SLOPE = "\\partial "


@dataclass(frozen=True)
class Recurrent:
    """``graph``: how the names depend on each other; ``defined``: those with a definition."""

    graph: Graph
    defined: tuple[str, ...]

    def derivative(self, body: Term, by: Variable) -> tuple[Term, tuple[Equation, ...]] | None:
        """The derivative, and what the quantities in it are equal to; None for the plain one."""
        if not isinstance(body, Variable):
            return None
        try:
            if self.graph.entry(body.name) is None:
                whole = all(map(_is_last_letter, body.indices))  # made of a^L further down
                loss = whole and unbraced(body.name) in LOSSES
                return self._of_loss(body.name, by) if loss else None
            if self._is_of_output(body, by):
                return self._of_loss(body.name, by)
            return self._with_past(body, by)
        except Unclear:
            return None

    def _is_of_output(self, body: Variable, by: Variable) -> bool:
        """Whether a loss is made of the last layer's output, and ``by`` is of any layer before.

        Then it depends on each layer by way of the next one, as a loss that nothing defines.
        """
        if unbraced(body.name) not in LOSSES or not all(map(_is_last_letter, body.indices)):
            return False
        try:
            _, axes = self._basis(by.name)
        except Unclear:
            return False
        last = by.name in axes and self._is_last(by, axes)
        return not last and self._made_of_output(body.name, axes)

    def _made_of_output(self, name: str, axes: dict[str, int]) -> bool:
        """Whether what is made of layers is made of the last one alone.

        By way of others, it may be, as ``C = \\frac{1}{n} \\sum_x C_x`` is.
        """
        made = [
            v
            for v in self._vars(name)
            if not axes.keys().isdisjoint({v.name, *self._made_of(v.name)})
        ]
        return bool(made) and all(
            v.name == self._output(axes) and self._is_last(v, axes)
            if v.name in axes
            else self._made_of_output(v.name, axes)
            for v in made
        )

    # ------------------------------------------------------------------ by a parameter

    def _with_past(self, body: Variable, by: Variable) -> tuple[Term, tuple[Equation, ...]] | None:
        """The derivative by an open parameter of one layer, with all earlier layers as data."""
        axes = self.graph.times(body.name) or self._inside(body.name)
        if not axes or self.graph.entry(by.name) is not None:
            return None
        place, back = self._place(by, axes)
        letter, start = moment(by.indices[place])
        start -= back  # W_l enters z_{l+1} = W_l a_l
        held: dict[tuple[str, IndexTerm], None] = {}
        budget = [MOST_STEPS]

        def ahead(term: Term) -> Term:
            budget[0] -= 1
            if budget[0] < 0:
                raise Unclear
            if isinstance(term, Variable) and term.name in axes:
                here, at = moment(term.indices[axes[term.name]])
                if here is not letter:
                    raise Unclear
                if at < start:
                    held[term.name, term.indices[axes[term.name]]] = None
                    return Variable(term.name + MARK, term.indices)
                return ahead(self._unfolded(term))
            if isinstance(term, Variable) and not self._made_of(term.name).isdisjoint(axes):
                return ahead(self._unfolded(term))  # a cost of the last layer's output
            inner = children(term)
            return rebuild(term, tuple(map(ahead, inner))) if inner else term

        expanded = ahead(body)
        equal = tuple(self._equal(name, axes[name], at) for name, at in held)
        return (Derivative(expanded, by), equal) if held else None

    def _inside(self, name: str) -> dict[str, int]:
        """The one recurrence that a quantity is made of, and no part of."""
        found = [axes for n in sorted(self._made_of(name)) if (axes := self.graph.times(n))]
        return found[0] if found and all(x.keys() == found[0].keys() for x in found) else {}

    def _made_of(self, name: str) -> frozenset[str]:
        """What a quantity is made of by definitions."""
        entry = self.graph.entry(name)
        return self.graph.reached(names(entry.value.term)) if entry is not None else frozenset()

    def _place(self, by: Variable, axes: dict[str, int]) -> tuple[int, int]:
        """The index of a parameter that is its layer, and how many layers back it is seen first.

        It enters at its own layer or later.
        """
        places: set[int] = set()
        backs: set[int] = set()
        for name in axes:
            entry = self.graph.entry(name)
            assert entry is not None
            for part in subterms(entry.value.term):
                if isinstance(part, Variable) and part.name == by.name:
                    moments = list(map(moment, part.indices))
                    here = entry.indices[axes[name]]
                    own = [n for n, (at, back) in enumerate(moments) if at is here and back <= 0]
                    if len(own) != 1:
                        raise Unclear
                    places.update(own)
                    backs.add(moments[own[0]][1])
        outside = self.graph.reached(axes) - axes.keys()
        through = any(by.name in self.graph.reached({n}) - {n} for n in outside)
        if len(places) != 1 or through:
            raise Unclear
        return places.pop(), max(backs)

    def _unfolded(self, term: Variable) -> Term:
        entry = self.graph.entry(term.name)
        if entry is None or entry.formals or len(entry.indices) != len(term.indices):
            raise Unclear
        new: dict[Index, IndexTerm] = dict(zip(entry.indices, term.indices, strict=True))
        return substitute(entry.value.term, new)

    def _equal(self, name: str, axis: int, at: IndexTerm) -> Equation:
        """At one layer: the one before the first is none of those that letters run over."""
        letters = self.graph.letters(name)
        here = (*letters[:axis], at, *letters[axis + 1 :])
        rest = (*letters[:axis], *letters[axis + 1 :])
        return Equation(Variable(name + MARK, here), Variable(name, here), rest)

    # ------------------------------------------------------------------ of a loss

    def _of_loss(self, loss: str, by: Variable) -> tuple[Term, tuple[Equation, ...]]:
        basis, axes = self._basis(by.name)
        if by.name == basis:
            return Variable(_slope(loss, basis), by.indices), ()
        if by.name in axes:
            at = by.indices[axes[by.name]]
            if by.name == self._output(axes) and self._is_last(by, axes):
                return Variable(_slope(loss, by.name), by.indices), ()
            if not self._in_layers(at, axes) or by.name not in self._ring(axes)[basis]:
                raise Unclear
            back = self._back(basis, by.name, axes)
        else:
            place, back = self._place(by, axes)
            at = by.indices[place]
        letters, axis = self.graph.letters(basis), axes[basis]
        whole = Variable(basis, (*letters[:axis], _shifted(at, -back), *letters[axis + 1 :]))
        inner, equal = self._within(whole, by)
        term: Term = Mul((Variable(_slope(loss, basis), whole.indices), inner))
        for n in reversed(range(len(letters))):
            term = Sum(letters[n], (), term) if n != axis else term
        return term, equal

    def chained(
        self, terms: Sequence[Term]
    ) -> tuple[tuple[Term, ...], tuple[Equation, ...]] | None:
        """The terms with the slope of the loss at a layer as it comes from that at the next one.

        In the last layer, from that by its output.  None where no two such slopes are compared.
        """
        at: dict[tuple[str, IndexTerm], dict[int, Variable]] = {}
        for _, variable in self._slopes(terms):
            basis = variable.name.rpartition(SLOPE)[2]
            axes = self.graph.times(basis)
            if axes:
                letter, place = moment(variable.indices[axes[basis]])
                at.setdefault((variable.name, letter), {}).setdefault(place, variable)
        try:
            return self._from_the_next(terms, at) or self._from_the_output(terms, at)
        except Unclear:
            return None

    def _from_the_next(
        self, terms: Sequence[Term], found: Mapping[tuple[str, IndexTerm], Mapping[int, Variable]]
    ) -> tuple[tuple[Term, ...], tuple[Equation, ...]] | None:
        if len(found) != 1:
            return None
        (places,) = found.values()
        lower = places[min(places)]
        axes, basis = self._place_of(lower)
        at = lower.indices[axes[basis]]
        if len(places) != 2 or not self._in_layers(at, axes):
            return None
        self._ring(axes)
        return self._by_way_of(terms, lower, Variable(lower.name, (_shifted(at, 1),)))

    def _from_the_output(
        self, terms: Sequence[Term], found: Mapping[tuple[str, IndexTerm], Mapping[int, Variable]]
    ) -> tuple[tuple[Term, ...], tuple[Equation, ...]] | None:
        """``\\partial C/\\partial z^L`` by way of a^L, on which alone the loss depends."""
        for (name, letter), places in found.items():
            for at, lower in places.items():
                axes, basis = self._place_of(lower)
                if not self._is_last(lower, axes):
                    continue
                output = name.removesuffix(basis) + self._output(axes)
                known = self.graph.entry(_loss(name)) is not None
                if known or (output != name and at in found.get((output, letter), {})):
                    here = lower.indices[axes[basis]]
                    return self._by_way_of(terms, lower, Variable(output, (here,)))
        return None

    def _place_of(self, slope: Variable) -> tuple[dict[str, int], str]:
        """The axes of the layers, and what the slope is by."""
        basis = slope.name.rpartition(SLOPE)[2]
        return self.graph.times(basis), basis

    def _by_way_of(
        self, terms: Sequence[Term], lower: Variable, upper: Variable
    ) -> tuple[tuple[Term, ...], tuple[Equation, ...]]:
        """The terms with the slope ``lower`` made of the slopes ``upper`` by the chain rule.

        ``upper`` has its layer for its only index.
        """
        axes, basis = self._place_of(lower)
        _, through = self._place_of(upper)
        (later,) = upper.indices
        letters, axis = self.graph.letters(basis), axes[basis]
        above, across = self.graph.letters(through), axes[through]
        at = lower.indices[axis]
        fresh = tuple(Index(f"{x.name}°", x.range) for x in above)
        here = Variable(basis, (*letters[:axis], at, *letters[axis + 1 :]))
        there = (*fresh[:across], later, *fresh[across + 1 :])
        equations: list[Equation] = []

        def slope(body: Term, by: Variable) -> Term:
            held = self.graph.derivative(body, by)
            if held is None:
                return Derivative(body, by)
            equations.append(held[1])
            return held[0]

        outer: Term = Variable(upper.name, there)
        loss = self.graph.entry(_loss(upper.name))
        if loss is not None and self._is_last(Variable(through, there), axes):
            last = tuple(later if _is_last_letter(i) else i for i in loss.indices)
            outer = slope(Variable(_loss(upper.name), last), Variable(through, there))
        whole: Term = Mul((outer, slope(Variable(through, there), here)))
        for n in reversed(range(len(above))):
            whole = Sum(fresh[n], (), whole) if n != across else whole
        new: dict[Term, Term] = {}
        for part, variable in self._slopes(terms):
            if variable.name == lower.name and variable.indices[axis] == at:
                filled: dict[Index, IndexTerm] = {
                    x: to
                    for n, (x, to) in enumerate(zip(letters, variable.indices, strict=True))
                    if n != axis
                }
                new[part] = substitute(whole, filled)
        return tuple(_put(term, new) for term in terms), tuple(equations)

    def _slopes(self, terms: Iterable[Term]) -> Iterable[tuple[Variable, Variable]]:
        """The slopes of a loss in the terms, each as it is named there and by itself."""
        for term in terms:
            for part in subterms(term):
                if not isinstance(part, Variable):
                    continue
                entry = self.graph.entry(part.name)
                whole: Term = part
                if entry is not None and isinstance(entry.value.term, Variable):
                    named = len(entry.indices) == len(part.indices) and not entry.formals
                    whole = self._unfolded(part) if named else part
                if isinstance(whole, Variable) and whole.name.startswith(SLOPE):
                    yield part, whole

    def _is_last(self, quantity: Variable, axes: dict[str, int]) -> bool:
        """Whether a quantity, or a slope by it, is that of layer L, where l counts the layers."""
        name = quantity.name.rpartition(SLOPE)[2]
        entry = self.graph.entry(name)
        if entry is None:
            return False
        letter, back = moment(quantity.indices[axes[name]])
        counts, _ = moment(entry.indices[axes[name]])
        last = _is_last_letter(letter) and not back
        return last and isinstance(counts, Index) and counts.name in LAYERS

    def _output(self, axes: dict[str, int]) -> str:
        """The quantity of each layer that the next one is made of."""
        ring = self._ring(axes)
        found = [x for name, of in ring.items() for x in of if self._back(name, x, axes)]
        if len(found) != 1:
            raise Unclear
        return found[0]

    def _in_layers(self, at: IndexTerm, axes: dict[str, int]) -> bool:
        """Whether the loss depends on each of the quantities by way of the next alone."""
        letter, _ = moment(at)  # on moments t a loss depends in other ways, too
        outside = [
            n
            for n in self.defined
            if n not in axes and self._below(n) & axes.keys() and not self._made_of_output(n, axes)
        ]
        return isinstance(letter, Index) and letter.name in LAYERS and not outside

    def _within(self, body: Variable, by: Variable) -> tuple[Term, tuple[Equation, ...]]:
        """The derivative of the quantity that ``by`` enters."""
        found = self._with_past(body, by)
        if found is not None:
            return found
        direct = self.graph.derivative(body, by)
        return (Derivative(body, by), ()) if direct is None else (direct[0], (direct[1],))

    def _basis(self, name: str) -> tuple[str, dict[str, int]]:
        """The quantity of the recurrence that parameters enter, and its axes."""
        inside = self.graph.times(name)
        around = [n for n in self.defined if name in self._below(n) and self.graph.times(n)]
        if not inside and len(around) != 1:
            raise Unclear
        axes = inside or self.graph.times(around[0])
        entered = [n for n in axes if any(self._is_parameter(v, n, axes) for v in self._vars(n))]
        if len(entered) != 1 or (not inside and entered != around):
            raise Unclear
        self._ring(axes)
        return entered[0], axes

    def _is_parameter(self, part: Variable, name: str, axes: dict[str, int]) -> bool:
        entry = self.graph.entry(name)
        assert entry is not None
        here = entry.indices[axes[name]]
        open_ = self.graph.entry(part.name) is None
        return open_ and any(moment(index)[0] is here for index in part.indices)

    def _vars(self, name: str) -> Iterable[Variable]:
        entry = self.graph.entry(name)
        assert entry is not None
        return (part for part in subterms(entry.value.term) if isinstance(part, Variable))

    def _below(self, name: str) -> frozenset[str]:
        entry = self.graph.entry(name)
        return frozenset() if entry is None else names(entry.value.term)

    def _ring(self, axes: dict[str, int]) -> dict[str, frozenset[str]]:
        """What each quantity is made of, where each is made of one other: a ring."""
        made = {name: self._below(name) & axes.keys() for name in axes}
        backs = [self._back(name, other, axes) for name, of in made.items() for other in of]
        if any(len(of) != 1 for of in made.values()) or sum(backs) != -1:
            raise Unclear
        return made

    def _back(self, name: str, other: str, axes: dict[str, int]) -> int:
        found = {
            moment(part.indices[axes[other]])[1] for part in self._vars(name) if part.name == other
        }
        if len(found) != 1:
            raise Unclear
        return found.pop()


def _slope(loss: str, name: str) -> str:
    return f"{SLOPE}{loss}/{SLOPE}{name}"


def _loss(slope: str) -> str:
    return slope.removeprefix(SLOPE).rpartition("/" + SLOPE)[0]


def _is_last_letter(index: IndexTerm) -> bool:
    return isinstance(index, Index) and index.name == LAST_LAYER


def _shifted(index: IndexTerm, offset: int) -> IndexTerm:
    letter, at = moment(index)
    if not isinstance(letter, Index):
        raise Unclear
    return Shift(letter, at + offset) if at + offset else letter


def _put(term: Term, new: Mapping[Term, Term]) -> Term:
    if term in new:
        return new[term]
    inner = children(term)
    return rebuild(term, tuple(_put(part, new) for part in inner)) if inner else term
