"""The admissible points of a context: those that satisfy every hypothesis in force."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from derive.logic.problem import Context, Equation, Fact, Sign
from derive.logic.terms import Index, Number, Size, Term, free_indices, subterms
from derive.refuter.closures import Closure, compiled
from derive.refuter.evaluation import Evaluation
from derive.refuter.hypotheses import Condition, Positions, System, conditions, holds
from derive.refuter.occurrences import MAXIMAL_DEPTH, Occurrences, occurrences
from derive.refuter.point import Key, Point
from derive.refuter.positions import (
    assignments,
    contradictory,
    fact_indices,
    fact_letters,
    least_sizes,
    ties_hold,
)
from derive.refuter.sampling import Draw
from derive.refuter.values import TooExpensive, Unusable, Value
from derive.refuter.world import World

__all__ = ["OutOfReach", "Space"]

# Where hypotheses contradict each other at all these sizes, they do at every size.
_MANY_SIZES = (*range(1, 13), 16, 20, 25, 50, 100)
_FEW_SIZES = (1, 2, 3, 4, 5)
_SURE = 8
# Larger sizes are not tried, though a hypothesis or a fixed position may demand them.
_MOST_VALUES = 100
_systems: dict[object, System] = {}


class OutOfReach(Exception):
    """The claim cannot be tried at all; says why."""


class Space:
    """The points at which the terms can be tried, in a context.

    ``letters``: those that a point gives positions to.  ``ranges``: the index ranges, and
    ``least`` how large each must be.
    """

    def __init__(self, terms: list[Term], context: Context) -> None:
        self.context = context
        self.hypotheses = context.hypotheses
        self.world = World(context)
        facts = [fact for hypothesis in self.hypotheses for fact in hypothesis.facts]
        fact_terms = [
            term
            for fact in facts
            if isinstance(fact, Equation | Sign)
            for term in ((fact.left, fact.right) if isinstance(fact, Equation) else (fact.term,))
        ]
        self.own = self.world.survey(terms)
        everything = self.world.terms_reached(terms + fact_terms)
        indices = [index for fact in facts for index in fact_indices(fact)]
        self.in_facts = Occurrences(*fact_terms, indices=indices)
        self.seen = [self.in_facts, *(occurrences(term) for term in everything)]
        if any(seen.depth > MAXIMAL_DEPTH for seen in self.seen):
            raise OutOfReach("nested too deep")
        self.shapes = self.world.shapes(terms + fact_terms)
        self.fact_letters = frozenset().union(*map(fact_letters, facts))
        own = frozenset().union(*map(free_indices, terms))
        inner = self._letters_of_definitions(everything)
        self.letters = _sorted(own | inner | self.fact_letters)
        self.own_letters = _sorted(
            own | self._letters_of_definitions(self.world.terms_reached(terms))
        )
        self.own_ranges = sorted(
            {letter.range for letter in self.own_letters}.union(
                *(seen.ranges for seen in self.own),
                *(shape for seen in self.own for shape in seen.shapes.values()),
            )
        )
        self.least = self._least()
        self.ranges = self._ranges()
        self.forced = self._forced_sizes(facts)
        if max((*self.least.values(), *self.forced.values()), default=1) > _MOST_VALUES:
            raise OutOfReach("it speaks of very large sizes only")
        # One evaluation serves all positions of the letters if nothing remembered depends on them.
        self.shared = not inner and not self.fact_letters
        self._fact_terms = fact_terms

    def _letters_of_definitions(self, bodies: list[Term]) -> frozenset[Index]:
        found: frozenset[Index] = frozenset()
        for definition in self.world.definitions.values():
            if definition.body in bodies:
                found |= free_indices(definition.body) - set(definition.indices)
        return found

    def is_data(self, name: str) -> bool:
        """Whether a name has values of its own; a defined one has, outside of its range."""
        if name in self.world.definitions:
            return self.world.depends(name, name)
        return name not in self.world.unknowns

    def _least(self) -> dict[str, int]:
        least = least_sizes(self.hypotheses)
        for seen in self.seen:
            for range_, size in seen.least.items():
                least[range_] = max(least.get(range_, 1), size)
        return least

    def _ranges(self) -> tuple[str, ...]:
        found = {letter.range for letter in self.letters} | set(self.least)
        for seen in self.seen:
            found |= seen.ranges
        for shape in self.shapes.values():
            found |= set(shape)
        return tuple(sorted(found))

    def _forced_sizes(self, facts: list[Fact]) -> dict[str, int]:
        """N = 3 among the hypotheses."""
        forced: dict[str, int] = {}
        for fact in facts:
            if isinstance(fact, Equation):
                for side, other in ((fact.left, fact.right), (fact.right, fact.left)):
                    if isinstance(side, Size) and isinstance(other, Number):
                        forced[side.range] = max(1, int(other.value))
        return forced

    def sizes(self, pattern: tuple[int, ...]) -> dict[str, int]:
        """The sizes of all ranges after a pattern, made as large as they must be."""
        return {
            range_: self.forced.get(
                range_, max(pattern[number % len(pattern)], self.least.get(range_, 1))
            )
            for number, range_ in enumerate(self.ranges)
        }

    def assignments(
        self, sizes: dict[str, int], draw: Draw
    ) -> list[tuple[dict[Index, int], dict[Key, int]]]:
        """Positions of all letters, and the labels that they tie down."""
        return list(assignments(self.letters, sizes, self.hypotheses, draw))

    def system(
        self, sizes: dict[str, int], indices: dict[Index, int], labels: dict[Key, int]
    ) -> System:
        """The hypotheses at these sizes and positions; systems are remembered."""
        relevant = {letter: indices[letter] for letter in self.fact_letters}
        defined = self.world.terms_reached(self._fact_terms)[len(self._fact_terms) :]
        key = (
            self.hypotheses,
            tuple(sizes.items()),
            frozenset(relevant.items()),
            frozenset(labels.items()),
            self.context if defined else None,
        )
        known = _systems.get(key)
        if known is None:
            if len(_systems) > 400:
                _systems.clear()
            known = _systems[key] = System(
                self.hypotheses, self.world, self.shapes, sizes, relevant, labels
            )
        return known

    def evaluation(
        self,
        sizes: dict[str, int],
        indices: dict[Index, int],
        labels: dict[Key, int],
        draw: Draw,
        operations: int,
        deadline: float,
    ) -> Evaluation | None:
        """An evaluation at a point that satisfies every hypothesis, or None."""
        if not self.hypotheses:
            point = Point(sizes, indices, {}, dict(labels))
            return self._with_draw(point, draw, operations, deadline)
        labels = self._labels(sizes, labels, draw)
        system = self.system(sizes, indices, labels)
        values = system.solution(draw)
        if values is None:
            return None
        draw.bounds = system.bounds
        point = Point(sizes, indices, dict(values), dict(system.labels))
        evaluation = self._with_draw(point, draw, operations, deadline)
        evaluation.derived = {key: _derived(*value) for key, value in system.derived.items()}
        if not _all_derived(evaluation):
            return None
        if all(satisfied(condition, evaluation) for condition in system.general):
            return evaluation
        return None

    def _labels(self, sizes: dict[str, int], tied: dict[Key, int], draw: Draw) -> dict[Key, int]:
        """The labels that the hypotheses speak of, drawn before the data that depends on them."""
        labels = dict(tied)
        for (name, _), (ranges, range_) in self.in_facts.labels.items():
            for positions in product(*(range(1, sizes[r] + 1) for r in ranges)):
                key = (name, positions)
                labels.setdefault(key, draw.label(key, sizes[range_]))
        return labels

    def _with_draw(self, point: Point, draw: Draw, operations: int, deadline: float) -> Evaluation:
        point.draw, point.draw_label, point.draw_function = draw.number, draw.label, draw.function
        return Evaluation(self.world, point, self.shapes, operations, deadline)

    def at(self, point: Point, operations: int = 1_000_000) -> Evaluation:
        """An evaluation at a point that is known to satisfy the hypotheses."""
        evaluation = Evaluation(self.world, point, self.shapes, operations)
        if self.hypotheses:
            system = self.system(point.sizes, point.indices, point.labels)
            evaluation.derived = {key: _derived(*value) for key, value in system.derived.items()}
        return evaluation

    def admits(self, point: Point) -> bool:
        """Whether the point certainly satisfies every hypothesis, checked fact by fact."""
        if not self.hypotheses:
            return True
        if not ties_hold(self.hypotheses, point.indices, point.sizes, point.labels):
            return False
        evaluation = self.at(point)
        system = self.system(point.sizes, point.indices, point.labels)
        # x = expression holds where x was computed as that expression.
        derived = set(system.derived.values())
        return _all_derived(evaluation) and all(
            (c.left, c.positions) in derived
            or (c.right, c.positions) in derived
            or satisfied(c, evaluation)
            for c in conditions(self.hypotheses, evaluation)
        )

    def without_model(self) -> bool:
        """Whether the hypotheses contradict each other at every size up to 12, and some beyond."""
        if contradictory(self.hypotheses):
            return True
        free = [term for term in self._fact_terms if not isinstance(term, Size)]
        speaks_of_sizes = any(isinstance(node, Size) for t in free for node in subterms(t))
        if speaks_of_sizes or self.in_facts.labels:
            # What fails at all sizes and labels that were tried may hold at others.
            return False
        used = sorted(self.in_facts.ranges - set(self.forced))
        if len(used) > 2 or len(free) + len(self.forced) < len(self._fact_terms):
            return False
        sizes = _MANY_SIZES if len(used) < 2 else _FEW_SIZES
        tried = False
        for pattern in product(sizes, repeat=len(used)):
            try:
                for inconsistent in self._inconsistent(used, pattern):
                    if not inconsistent:
                        return False
                    tried = True
            except TooExpensive:
                if max(pattern) <= _SURE:
                    return False
        return tried

    def _inconsistent(self, used: list[str], pattern: tuple[int, ...]) -> Iterator[bool]:
        """Whether the hypotheses are, at sizes and for all positions of their letters."""
        sizes = self.sizes((1,))
        for range_, size in zip(used, pattern, strict=True):
            sizes[range_] = max(size, sizes[range_])
        for indices, labels in assignments(self.letters, sizes, self.hypotheses, Draw("simple")):
            yield self.system(sizes, indices, labels).inconsistent


def _sorted(letters: frozenset[Index]) -> tuple[Index, ...]:
    return tuple(sorted(letters, key=lambda letter: (letter.name, letter.range)))


def _derived(term: Term, positions: Positions) -> Closure:
    body = compiled(term)

    def value(evaluation: Evaluation) -> Value:
        evaluation.positions.update(positions)
        return body(evaluation)

    return value


def _all_derived(evaluation: Evaluation) -> bool:
    """Whether x = expression gives every such x a value."""
    try:
        for key in evaluation.derived:
            evaluation.component(key)
    except Unusable:
        return False
    return True


def satisfied(condition: Condition, evaluation: Evaluation) -> bool:
    """Whether a condition certainly holds at the point of the evaluation."""
    try:
        return holds(condition.difference(evaluation), condition.relation)
    except Unusable:
        return False
