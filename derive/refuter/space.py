"""The admissible points of a context: those that satisfy every hypothesis in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import chain, product
from math import prod

from derive.logic.problem import Context, Equation, Fact, Sign
from derive.logic.terms import Index, Number, Size, Term, free_indices, subterms
from derive.refuter.closures import Closure, compiled
from derive.refuter.evaluation import Evaluation
from derive.refuter.hypotheses import Condition, Positions, System, conditions, holds
from derive.refuter.occurrences import MAXIMAL_DEPTH, Occurrences
from derive.refuter.point import Key, Point, places
from derive.refuter.positions import (
    assignments,
    contradictory,
    fact_indices,
    least_sizes,
    ties_hold,
)
from derive.refuter.sampling import Draw
from derive.refuter.values import TooExpensive, Unusable, Value
from derive.refuter.world import World

__all__ = ["OutOfReach", "Space"]

# So many combinations of sizes are tried at most where hypotheses are to contradict each other.
_MOST_COMBINATIONS = 36
# Larger sizes are not tried, though a hypothesis or a fixed position may demand them.
_MOST_VALUES = 100


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
        fact_terms = [term for fact in facts for term in _terms(fact)]
        self.own = self.world.survey(terms)
        self.own_names = {name for name, _ in self.world.nodes(terms)}
        # All that a system depends on: steps with the same hypotheses share it.
        needed = tuple(self.world.needed(fact_terms))
        self.facts = replace(context, definitions=needed, unclear=())
        self.in_facts = Occurrences(
            *fact_terms,
            *(definition.body for definition in needed),
            indices=chain(*map(fact_indices, facts), *(d.indices for d in needed)),
        )
        self.seen = [self.in_facts, *self.world.survey(terms + fact_terms)]
        if any(seen.depth > MAXIMAL_DEPTH for seen in self.seen):
            raise OutOfReach("nested too deep")
        self.shapes = self.world.shapes(terms + fact_terms)
        self.fact_letters = frozenset().union(*map(free_indices, facts))
        own = frozenset().union(*map(free_indices, terms))
        inner = self._letters_of_definitions(terms + fact_terms)
        self.letters = _sorted(own | inner | self.fact_letters)
        self.own_letters = _sorted(own | self._letters_of_definitions(terms))
        self.own_ranges = sorted(set().union(*(seen.ranges for seen in self.own)))
        self.least = self._least()
        self.ranges = self._ranges()
        self.forced = self._forced_sizes(facts)
        if max((*self.least.values(), *self.forced.values()), default=1) > _MOST_VALUES:
            raise OutOfReach("it speaks of very large sizes only")
        # One evaluation serves all positions of the letters if nothing remembered depends on them.
        self.shared = not inner | self.fact_letters

    def _letters_of_definitions(self, terms: list[Term]) -> frozenset[Index]:
        needed = self.world.needed(terms)
        return frozenset().union(*(free_indices(d.body) - set(d.indices) for d in needed))

    def is_data(self, name: str) -> bool:
        """Whether a name has values of its own; a defined one has, outside of its range."""
        if name in self.world.definitions:
            return self.world.depends(name, name)
        return name not in self.world.unknowns

    def _least(self) -> dict[str, int]:
        least = least_sizes(self.hypotheses)
        for seen in self.seen:
            for range_, size in seen.least.items():
                least[range_] = max(least.get(range_, size), size)
        return least

    def _ranges(self) -> tuple[str, ...]:
        ranges = (*(seen.ranges for seen in self.seen), *self.shapes.values())
        return tuple(sorted(set(self.least).union(*ranges)))

    def _forced_sizes(self, facts: list[Fact]) -> dict[str, int]:
        """N = 3 among the hypotheses."""
        return {range_: max(1, int(size)) for range_, size in filter(None, map(_size_in, facts))}

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
        return _system(
            self.facts,
            tuple(sizes.items()),
            tuple((letter, indices[letter]) for letter in _sorted(self.fact_letters)),
            tuple(sorted(labels.items())),
        )

    def evaluation(
        self,
        sizes: dict[str, int],
        indices: dict[Index, int],
        labels: dict[Key, int],
        draw: Draw,
        operations: int,
    ) -> Evaluation | None:
        """An evaluation at a point that satisfies every hypothesis, or None."""
        labels = self._labels(sizes, labels, draw)
        system = self.system(sizes, indices, labels)
        values = system.solution(draw)
        if values is None:
            return None
        point = Point(
            sizes, indices, dict(values), dict(system.labels),
            draw=draw.number, draw_label=draw.label, draw_function=draw.function,
        )  # fmt: skip
        evaluation = self._at(point, system, operations)
        if _all_derived(evaluation) and all(satisfied(c, evaluation) for c in system.general):
            return evaluation
        return None

    def _labels(self, sizes: dict[str, int], tied: dict[Key, int], draw: Draw) -> dict[Key, int]:
        """The labels that the hypotheses speak of, drawn before the data that depends on them."""
        labels = dict(tied)
        for (name, _), (ranges, range_) in self.in_facts.labels.items():
            for positions in places(ranges, sizes):
                key = (name, positions)
                labels.setdefault(key, draw.label(key, sizes[range_]))
        return labels

    def at(self, point: Point) -> Evaluation:
        """An evaluation at a point that is known to satisfy the hypotheses."""
        return self._at(point, self.system(point.sizes, point.indices, point.labels))

    def _at(self, point: Point, system: System, operations: int = 1_000_000) -> Evaluation:
        evaluation = Evaluation(self.world, point, self.shapes, operations)
        evaluation.derived = {key: _derived(*value) for key, value in system.derived.items()}
        return evaluation

    def admits(self, point: Point) -> bool:
        """Whether the point certainly satisfies every hypothesis, checked fact by fact."""
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
        """Whether the hypotheses contradict each other at every size.

        They do at all sizes where they do at the first few.  How many these are is for the
        numbers to say: with t_i = 1/30, the sum of t is 1 for 30 classes and for no fewer.
        """
        if contradictory(self.hypotheses):
            return True
        facts = [fact for h in self.hypotheses for fact in h.facts if _size_in(fact) is None]
        terms = [term for fact in facts for term in _terms(fact)]
        terms += [definition.body for definition in self.facts.definitions]
        nodes = [node for term in terms for node in subterms(term)]
        if self.in_facts.labels or any(isinstance(node, Size) for node in nodes):
            # What fails at all labels that were tried may hold at others.
            return False
        used = sorted(self.in_facts.ranges - set(self.forced))
        numbers = [node.value for node in nodes if isinstance(node, Number)]
        most = max(3, prod(max(abs(n.numerator), n.denominator) for n in numbers))
        if most ** len(used) > _MOST_COMBINATIONS:
            return False
        found = (
            inconsistent
            for more in product(range(most), repeat=len(used))
            for inconsistent in self._inconsistent(Counter(dict(zip(used, more, strict=True))))
        )
        try:
            return next(found, False) and all(found)
        except TooExpensive:
            return False

    def _inconsistent(self, more: Counter[str]) -> Iterator[bool]:
        """Whether they do, at so many more than the least sizes, for all positions of letters."""
        sizes = {range_: size + more[range_] for range_, size in self.sizes((1,)).items()}
        for indices, labels in assignments(self.letters, sizes, self.hypotheses, Draw("simple")):
            yield self.system(sizes, indices, labels).inconsistent


@lru_cache
def _system(
    context: Context,
    sizes: tuple[tuple[str, int], ...],
    indices: tuple[tuple[Index, int], ...],
    labels: tuple[tuple[Key, int], ...],
) -> System:
    return System(context, dict(sizes), dict(indices), dict(labels))


def _terms(fact: Fact) -> tuple[Term, ...]:
    match fact:
        case Equation(left, right):
            return (left, right)
        case Sign(term):
            return (term,)
    return ()


def _size_in(fact: Fact) -> tuple[str, Fraction] | None:
    """N and 3 of the fact N = 3."""
    match fact:
        case Equation(Size(range_), Number(value)) | Equation(Number(value), Size(range_)):
            return range_, value
    return None


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
