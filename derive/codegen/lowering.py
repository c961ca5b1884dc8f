"""From resolved terms to loops.

Free indices of an output become loops, and each sum becomes a reduction in a loop of its own
range.  Three things make the loops good, and none of them knows what is computed:

- what does not depend on an index is computed outside its loop,
- equal subterms are computed once, and kept in an array where two loops need them,
- work over the same range shares a loop where what it needs is ready.

The *stage* of a reduction is the number of loops over which it has to wait: one more than the
largest stage of the reductions that its body needs.  Work of one stage and range is one loop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from derive.codegen.goals import (
    Goal,
    is_costly,
    is_entry,
    is_negation,
    is_number,
    is_operation,
    labels_in,
    open_subterms,
    pattern_of,
    spelled,
)
from derive.codegen.liveness import arrays_of, without_unused
from derive.codegen.loopform import Keep, Let, Loop, Operation, Reduce, Reference, Statement, Store
from derive.codegen.rewriting import transform
from derive.logic.terms import (
    Binder,
    Function,
    Index,
    IndexTerm,
    Label,
    Maximum,
    Number,
    Product,
    Sum,
    Term,
    Variable,
    alpha_equal,
    canonical,
    children,
    free_indices,
    own_indices,
    rebuild,
    substitute,
    subterms,
)

__all__ = ["Lowered", "lower"]

ONE = Number(Fraction(1))
MINUS_ONE = Number(Fraction(-1))

_OPERATIONS: dict[type[Binder], Operation] = {Sum: "sum", Product: "product", Maximum: "maximum"}


@dataclass(frozen=True)
class Lowered:
    """Statements, and the arrays that they keep: name and range of each."""

    statements: tuple[Statement, ...]
    kept: tuple[tuple[str, str], ...]


# ------------------------------------------------------------------ one level


@dataclass
class _Item:
    """Something that this level computes before its goals: a reduction, a position, a reference."""

    key: object
    term: Term | None
    label: Label | None
    needs: frozenset[object]
    stage: int
    name: str = ""


@dataclass(frozen=True)
class _Entries:
    """An array that this level fills beforehand: ``term`` for every position of ``letter``."""

    letter: Index
    term: Term


@dataclass
class _Level:
    """One nesting level: ``letters`` are those of the loops around it."""

    owner: _Lowering
    letters: frozenset[Index]
    depth: int
    items: dict[object, _Item] = field(default_factory=dict)
    names: dict[Term, Term] = field(default_factory=dict)
    entries: dict[Term, _Entries] = field(default_factory=dict)

    # ---- which reductions can be computed here, and when

    def visit(self, term: Term) -> frozenset[object]:
        """Items of this level that the term needs, found or made."""
        found = self._entries_for(term)
        if found is not None:
            return frozenset((found,))
        needs = frozenset().union(*map(self._position, own_indices(term)))
        match term:
            case Function("reference", (inner,)) if free_indices(term) <= self.letters:
                return self._item(term, self.visit(inner), 0)
            case Binder() if free_indices(term) <= self.letters:
                return self._item(term, needs | self.visit(term.body), 1)
        return needs.union(*map(self.visit, children(term)))

    # ---- entries that would be computed again and again in an inner loop

    def find_entries(self, term: Term, around: tuple[Index, ...]) -> None:
        """Costly subterms of one inner index, within loops over others: worth an array."""
        if is_costly(term):
            inner = free_indices(term) - self.letters
            if len(inner) == 1 and isinstance(term, Binder):
                (letter,) = inner
                if letter in around and around.index(letter) > 0:
                    self.entries.setdefault(pattern_of(term, letter), _Entries(letter, term))
                    return
        if isinstance(term, Binder):
            around = (*around, term.index)
        for child in children(term):
            self.find_entries(child, around)

    def _entries_for(self, term: Term) -> object | None:
        if not self.entries or not isinstance(term, Binder):
            return None
        for letter in free_indices(term) - self.letters:
            key = pattern_of(term, letter)
            if key in self.entries:
                if key not in self.items:
                    needs = frozenset().union(*map(self.visit, children(term)))
                    self.items[key] = _Item(key, term, None, needs, 1 + self.stage(needs))
                return key
        return None

    def _item(self, term: Term, needs: frozenset[object], wait: int) -> frozenset[object]:
        key = canonical(term)
        if key not in self.items:
            self.items[key] = _Item(key, term, None, needs, wait + self.stage(needs))
        return frozenset((key,))

    def _position(self, index: IndexTerm) -> frozenset[object]:
        if not isinstance(index, Label) or index.name not in self.owner.peaks:
            return frozenset()
        if not free_indices(self.owner.peaks[index.name]) <= self.letters:
            return frozenset()
        if index.name in self.owner.done:
            return frozenset()
        if index.name not in self.items:
            needs = self.visit(self.owner.peaks[index.name].body)
            self.items[index.name] = _Item(index.name, None, index, needs, 1 + self.stage(needs))
        return frozenset((index.name,))

    def stage(self, needs: Iterable[object]) -> int:
        return max((self.items[key].stage for key in needs), default=0)

    def named(self, term: Term) -> Term:
        """The term with everything that has a name here replaced by it."""
        known = self.names.get(canonical(term))
        if known is not None:
            return known
        return rebuild(term, tuple(self.named(child) for child in children(term)))

    # ---- loops

    def letter(self, range_: str) -> Index:
        taken = {letter.name for letter in self.letters} | self.owner.reserved
        for name in ("i", "j", "k", "p", "q", "u", "v", "w"):
            if name not in taken:
                return Index(name, range_)
        return Index(f"i{self.depth}", range_)

    def run(self, goals: list[Goal]) -> list[Statement]:
        goals = list(goals)
        for goal in goals:
            self.find_entries(goal.target.value, goal.pending)
        waits = [self.stage(self.visit(goal.target.value)) for goal in goals]
        for item in self.items.values():
            item.name = self.owner.name_of(item, self.entries.get(_as_term(item.key)))
        stages = max([item.stage for item in self.items.values()] + [w + 1 for w in waits])
        loops: list[_PlannedLoop] = []
        for stage in range(1, stages + 1):
            loops.extend(self._loops_of(stage, goals, waits))
        self._keep(loops)
        out: list[Statement] = []
        for stage in range(stages + 1):
            for loop in loops:
                if loop.stage == stage:
                    out.extend(self._loop(loop))
                    filled = [
                        (goal.target.value, goal.target.array)
                        for goal in loop.goals
                        if isinstance(goal.target, Keep)
                    ]
                    self._remember(loop.letter, filled)
            for item in self.items.values():
                if item.stage == stage and isinstance(item.term, Function):
                    (inner,) = item.term.arguments
                    out.append(Reference(item.name, self.named(inner)))
                    self.names[canonical(item.term)] = Variable(item.name, ())
            for number, wait in enumerate(waits):
                if wait == stage and is_entry(goals[number]):
                    value = self.named(goals[number].target.value)
                    name = self.owner.fresh("c")
                    out.append(Let(name, value))
                    goals[number] = goals[number].with_value(Variable(name, ()))
            ready = zip(goals, waits, strict=True)
            out.extend(self._done([g for g, wait in ready if wait == stage and is_number(g)]))
        return out + self._done([g for g in goals if not g.pending and not is_number(g)])

    def _done(self, goals: list[Goal]) -> list[Statement]:
        return self._shared([goal.with_value(self.named(goal.target.value)) for goal in goals])

    def _loops_of(self, stage: int, goals: list[Goal], waits: list[int]) -> Iterator[_PlannedLoop]:
        by_range: dict[str, list[Goal]] = {}
        for item in self.items.values():
            if item.stage == stage and item.key in self.entries:
                own = self.entries[_as_term(item.key)]
                letter = self.letter(own.letter.range)
                value = substitute(own.term, {own.letter: letter})
                keep = Keep(item.name, (letter,), value)
                by_range.setdefault(letter.range, []).append(Goal(keep))
            elif item.stage == stage:
                for range_, goal in self._reduction(item):
                    by_range.setdefault(range_, []).append(goal)
        for goal, wait in zip(goals, waits, strict=True):
            if goal.pending and wait + 1 == stage:
                letter = goal.pending[0]
                moved = self._moved(goal, letter, self.letter(letter.range))
                by_range.setdefault(letter.range, []).append(moved)
        for range_, inside in by_range.items():
            yield _PlannedLoop(stage, self.letter(range_), inside)

    def _reduction(self, item: _Item) -> Iterator[tuple[str, Goal]]:
        if item.label is not None:
            term: Binder = self.owner.peaks[item.label.name]
            operation: Operation = "position"
        elif isinstance(item.term, Binder):
            term, operation = item.term, _OPERATIONS[type(item.term)]
        else:
            return
        letter = self.letter(term.index.range)
        body = substitute(term.body, {term.index: letter})
        yield term.index.range, Goal(Reduce(item.name, operation, term.excluded, body))

    def _moved(self, goal: Goal, old: Index, new: Index) -> Goal:
        """The goal within the loop over its first pending index, under that loop's letter."""
        target = goal.target
        assert isinstance(target, Store)
        move: dict[Index, IndexTerm] = {old: new}
        clash = {p: Index(p.name + "_", p.range) for p in goal.pending[1:] if p is new}
        value = substitute(target.value, {**clash, **move})
        both: dict[Index, IndexTerm] = {**clash, **move}

        def moved(index: IndexTerm) -> IndexTerm:
            return both.get(index, index) if isinstance(index, Index) else index

        indices = tuple(map(moved, target.indices))
        excluded = tuple(
            (one, moved(b)) for a, b in target.excluded if isinstance(one := moved(a), Index)
        )
        pending = tuple(clash.get(p, p) for p in goal.pending[1:])
        return Goal(Store(target.array, indices, value, excluded), pending)

    def _loop(self, loop: _PlannedLoop) -> list[Statement]:
        for known, letter, array in self.owner.patterns:
            if letter.range == loop.letter.range:
                at = canonical(substitute(known, {letter: loop.letter}))
                self.names[at] = Variable(array, (loop.letter,))
        inside = [goal.with_value(self.named(goal.target.value)) for goal in loop.goals]
        before, inside = self._hoisted(loop.letter, inside)
        inner = _Level(self.owner, self.letters | {loop.letter}, self.depth + 1)
        body = inner.run(inside)
        for goal in loop.goals:
            if isinstance(goal.target, Reduce):
                self._now_named(goal.target)
        return [*before, Loop(loop.letter, tuple(body))]

    def _now_named(self, reduced: Reduce) -> None:
        for item in self.items.values():
            if item.name == reduced.name:
                if item.label is not None:
                    self.owner.done.add(item.label.name)
                elif item.term is not None and item.key not in self.entries:
                    self.names[canonical(item.term)] = Variable(item.name, ())

    # ---- what moves out of a loop

    def _hoisted(self, letter: Index, goals: list[Goal]) -> tuple[list[Statement], list[Goal]]:
        """Subterms that do not change from turn to turn, computed before the loop."""
        before: list[Statement] = []

        def hoisted(term: Term, inner: frozenset[Index]) -> Term:
            free = free_indices(term)
            if not free & inner and is_operation(term) and not is_negation(term):
                key = canonical(term)
                if key not in self.names:
                    name = self.owner.fresh("c")
                    before.append(Let(name, term))
                    self.names[key] = Variable(name, ())
                return self.names[key]
            deeper = inner | {term.index} if isinstance(term, Binder) else inner
            return rebuild(term, tuple(hoisted(child, deeper) for child in children(term)))

        def outer(goal: Goal) -> Goal:
            inner = frozenset((letter, *goal.pending))
            return goal.with_value(hoisted(goal.target.value, inner))

        return before, [outer(goal) for goal in goals]

    # ---- what is kept from loop to loop

    def _remember(self, letter: Index, kept: list[tuple[Term, str]]) -> None:
        """From here on, the entries of these arrays stand for the terms that they hold."""
        for term, array in kept:
            # Inner levels see the term with what was named so far.
            named = rebuild(term, tuple(self.named(child) for child in children(term)))
            for known in (term, named):
                self.owner.patterns.append((known, letter, array))
        for known, letter, array in self.owner.patterns:
            for label in self.owner.labels:
                if label.range == letter.range:
                    at = canonical(substitute(known, {letter: label}))
                    self.names[at] = Variable(array, (label,))

    def _keep(self, loops: list[_PlannedLoop]) -> None:
        """Keep costly entries that two loops of a range need, in the first of them."""
        for range_ in dict.fromkeys(loop.letter.range for loop in loops):
            group = [loop for loop in loops if loop.letter.range == range_]
            for term in self._entries(group):
                users = [loop for loop in group if loop.uses(term)]
                if len(users) < 2 or any(goal.pending for goal in users[0].goals):
                    continue
                first, letter = users[0], users[0].letter
                array = self.owner.new_array(range_)
                first.goals.insert(0, Goal(Keep(array, (letter,), term)))

    def _entries(self, group: list[_PlannedLoop]) -> list[Term]:
        """Costly subterms of the loops that depend on the loop's index, largest first."""
        found: dict[Term, Term] = {}
        for loop in group:
            for goal in loop.goals:
                for part in open_subterms(goal.target.value):
                    inside = free_indices(part)
                    if (
                        is_costly(part)
                        and loop.letter in inside
                        and inside <= self.letters | {loop.letter}
                    ):
                        found.setdefault(canonical(part), part)
        ordered = sorted(found.values(), key=lambda t: -sum(1 for _ in subterms(t)))
        chosen: list[Term] = []
        for term in ordered:
            inside_chosen = any(term in set(subterms(other)) for other in chosen)
            if not inside_chosen and sum(loop.uses(term) for loop in group) >= 2:
                chosen.append(term)
        return chosen

    # ---- what is shared within one turn

    def _shared(self, goals: list[Goal]) -> list[Statement]:
        """The goals as statements, with costly subterms that occur twice computed once."""
        count = Counter(
            canonical(part)
            for goal in goals
            for part in subterms(goal.target.value)
            if is_costly(part)
        )
        out: list[Statement] = []
        local: dict[Term, Term] = {}

        def shared(term: Term) -> Term:
            key = canonical(term)
            if key in local:
                return local[key]
            new = rebuild(term, tuple(shared(child) for child in children(term)))
            if count[key] > 1 and is_costly(term):
                name = self.owner.fresh("v")
                out.append(Let(name, new))
                local[key] = Variable(name, ())
                return local[key]
            return new

        for goal in goals:
            out.append(replace(goal.target, value=shared(goal.target.value)))
        return out


@dataclass
class _PlannedLoop:
    stage: int
    letter: Index
    goals: list[Goal]

    def uses(self, term: Term) -> bool:
        key = canonical(term)
        return any(
            canonical(part) is key
            for goal in self.goals
            for part in open_subterms(goal.target.value)
        )


def _as_term(key: object) -> Term:
    return key if isinstance(key, Term) else ONE


# ------------------------------------------------------------------ the whole kernel


@dataclass
class _Lowering:
    peaks: dict[str, Maximum]
    reserved: frozenset[str]
    labels: frozenset[Label]
    done: set[str] = field(default_factory=set)
    arrays: list[tuple[str, str]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    patterns: list[tuple[Term, Index, str]] = field(default_factory=list)

    def fresh(self, stem: str) -> str:
        number = 1
        while (name := f"{stem}{number}") in self.used or name in self.reserved:
            number += 1
        self.used.add(name)
        return name

    def new_array(self, range_: str) -> str:
        name = self.fresh("kept")
        self.arrays.append((name, range_))
        return name

    def name_of(self, item: _Item, entries: _Entries | None) -> str:
        if item.label is not None:
            return item.label.name
        if entries is not None:
            return self.new_array(entries.letter.range)
        if isinstance(item.term, Binder):
            return self.fresh(_OPERATIONS[type(item.term)])
        return self.fresh("reference")


def _at_the_peak(term: Term, peaks: dict[str, Maximum]) -> Term:
    """A maximum whose position is known anyway is the entry at that position."""
    if isinstance(term, Maximum):
        for name, largest in peaks.items():
            if alpha_equal(term, largest):
                outer = tuple(sorted(free_indices(largest), key=repr))
                label = Label(name, outer, term.index.range)
                return substitute(term.body, {term.index: label})
    return term


def lower(stores: list[Goal], peaks: dict[str, Maximum], reserved: frozenset[str]) -> Lowered:
    """The loops that do all the stores.  ``peaks``: what each label of a largest entry is of.

    ``reserved``: names of arguments and sizes, which no scalar or index may take.
    """
    values = [transform(goal.target.value, spelled) for goal in stores]
    used = {label.name for label in labels_in(values)}
    for goal in stores:
        if isinstance(goal.target, Store):
            used |= {i.name for i in goal.target.indices if isinstance(i, Label)}
    peaks = {name: largest for name, largest in peaks.items() if name in used}
    values = [transform(value, lambda t: _at_the_peak(t, peaks)) for value in values]
    goals = [goal.with_value(value) for goal, value in zip(stores, values, strict=True)]
    owner = _Lowering(peaks, reserved, labels_in(values))
    level = _Level(owner, frozenset(), 0)
    for goal in stores:
        if isinstance(goal.target, Store):
            for index in goal.target.indices:
                level._position(index)
    statements = without_unused(tuple(level.run(goals)))
    filled = set(arrays_of(statements))
    return Lowered(statements, tuple(array for array in owner.arrays if array[0] in filled))
