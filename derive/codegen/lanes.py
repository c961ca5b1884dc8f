"""The loop form of rows that are computed side by side, where every branch and gather is dear.

Three equalities of the loop form make it cheap there, none of which knows what is computed:

- the entry at the position of the largest is the largest, so that many kernels need no position;
- the sum of all values but that at the position of the largest, where the values grow with what
  was searched, is the sum of all but the largest of them: ``Rest`` keeps that one apart;
- the sum without another entry is the whole one less that entry, which loses nothing while the
  entry is at most half of it.  A larger entry is the largest: what is left is ``Rest``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from derive.codegen.loopform import (
    Keep,
    Kernel,
    Let,
    Loop,
    Reduce,
    Reference,
    Statement,
    Store,
    labels_of,
)
from derive.codegen.pipeline import is_overwritten, names_in, unfolded
from derive.logic.terms import (
    Add,
    Function,
    Index,
    Label,
    Term,
    Variable,
    canonical,
    children,
    rebuild,
    substitute,
)

__all__ = ["Except", "LaneLoop", "LaneStatement", "Rest", "side_by_side", "value_of"]


@dataclass(frozen=True)
class Rest:
    """Within a loop: ``name`` becomes the sum of all values but the largest, ``largest`` that one.

    The values are not negative.  ``at``: where the largest stands.
    """

    name: str
    largest: str
    value: Term
    at: Label


@dataclass(frozen=True)
class Except:
    """``name``: a sum without one of its entries; ``rest``: without the largest of them."""

    name: str
    whole: Term
    entry: Term
    rest: Term


@dataclass(frozen=True)
class LaneLoop:
    """A loop over an index, for all rows side by side."""

    index: Index
    body: tuple[Let | Keep | Store | Reduce | Rest, ...]


LaneStatement: TypeAlias = Let | Reference | Store | Keep | Except | LaneLoop


def side_by_side(kernel: Kernel) -> tuple[LaneStatement, ...]:
    """The statements of a kernel whose loops hold no loop."""
    return tuple(_without_positions(kernel, tuple(_Lanes(kernel).statements())))


class _Lanes:
    def __init__(self, kernel: Kernel) -> None:
        self.body = kernel.body
        self.taken = {*names_in(kernel)}
        self.searched = {name: array for name, array, _ in _searches(kernel.body)}
        self.known: dict[Term, Term] = {}
        for name, array, label in _searches(kernel.body):
            self.known[canonical(Variable(array, (label,)))] = Variable(value_of(name), ())

    def statements(self) -> Iterator[LaneStatement]:
        for number, statement in enumerate(self.body):
            match statement:
                case Loop():
                    yield from self.loop(statement, self.body[number + 1 :])
                case Let() | Reference() | Store() | Keep():
                    yield replace(statement, value=self.named(statement.value))
                case _:
                    raise AssertionError(statement)

    def named(self, term: Term) -> Term:
        """The term with what has a name already replaced by it."""
        known = self.known.get(canonical(term))
        if known is not None:
            return known
        return rebuild(term, tuple(self.named(child) for child in children(term)))

    def loop(self, loop: Loop, later: tuple[Statement, ...]) -> Iterator[LaneStatement]:
        lets = {s.name: s.value for s in loop.body if isinstance(s, Let)}
        keys = {
            id(s): canonical(unfolded(s.value, lets))
            for s in loop.body
            if isinstance(s, Reduce | Keep)
        }
        first = next((s for s in loop.body if self.is_rest(s, loop.index, lets)), None)
        body: list[Let | Keep | Store | Reduce | Rest] = []
        after: list[Let | Except] = []
        if isinstance(first, Reduce):
            (at,) = first.excluded
            assert isinstance(at, Label)
            largest = Variable(self.fresh(f"{first.name}_largest"), ())
            whole = Add((Variable(first.name, ()), largest))
            same = [s for s in loop.body if id(s) in keys and keys[id(s)] == keys[id(first)]]
            kept = [s.array for s in same if isinstance(s, Keep)]
            value = unfolded(first.value, lets)
            for entry in (substitute(value, {loop.index: at}), *(Variable(k, (at,)) for k in kept)):
                # As it is written, and with the largest entry under its name.
                self.known |= {canonical(entry): largest, canonical(self.named(entry)): largest}
            for reduce in same:
                match reduce:
                    case Reduce(name, "sum", ()):
                        after.append(Let(name, whole))
                    case Reduce(name, "sum", (other,)) if other == at and reduce is not first:
                        after.append(Let(name, Variable(first.name, ())))
                    case Reduce(name, "sum", (Label() as other,)) if kept and reduce is not first:
                        entry = Variable(kept[0], (other,))
                        after.append(Except(name, whole, entry, Variable(first.name, ())))
            done = {statement.name for statement in after}
        else:
            done = set()
        for statement in loop.body:
            match statement:
                case Reduce(name, _, (Label() as at, *_), value) if statement is first:
                    body.append(Rest(name, largest.name, self.named(value), at))
                case Reduce(name) if name in done:
                    pass
                case Store(array, _, value, excluded):
                    lost = all(
                        a is loop.index and is_overwritten(array, b, later) for a, b in excluded
                    )
                    excluded = () if lost else excluded
                    body.append(replace(statement, value=self.named(value), excluded=excluded))
                case Let() | Keep() | Reduce():
                    body.append(replace(statement, value=self.named(statement.value)))
                case _:
                    raise AssertionError(statement)
        yield LaneLoop(loop.index, tuple(body))
        yield from after

    def is_rest(self, statement: Statement, index: Index, lets: dict[str, Term]) -> bool:
        """A sum of exponentials of an array, without the one at the position of its largest."""
        match statement:
            case Reduce(_, "sum", (Label(name, ()),), value) if name in self.searched:
                match unfolded(value, lets):
                    case Function("exp" | "exp_from", (Variable(array, (i,)), *_)):
                        return i is index and array == self.searched[name]
        return False

    def fresh(self, stem: str) -> str:
        name, number = stem, 1
        while name in self.taken:
            name, number = f"{stem}{number}", number + 1
        self.taken.add(name)
        return name


def value_of(position: str) -> str:
    """What the largest entry is called, where its position has a name."""
    return f"{position}_value"


def _searches(body: tuple[Statement, ...]) -> Iterator[tuple[str, str, Label]]:
    """Each position of the largest entry of an array: its name, the array, and it as an index."""
    for statement in body:
        if not isinstance(statement, Loop):
            continue
        for inside in statement.body:
            match inside:
                case Reduce(name, "position", (), Variable(array, (i,))) if i is statement.index:
                    yield name, array, Label(name, (), statement.index.range)


def _without_positions(
    kernel: Kernel, statements: tuple[LaneStatement, ...]
) -> Iterator[LaneStatement]:
    """Where nobody asks for the position of the largest, the largest alone is found."""
    searched = {name for name, _, _ in _searches(kernel.body)}
    used = {label.name for s in statements for label in _labels(s)}
    for statement in statements:
        if isinstance(statement, LaneLoop):
            body = tuple(
                replace(s, name=value_of(s.name), operation="maximum")
                if isinstance(s, Reduce) and s.operation == "position" and s.name in searched - used
                else s
                for s in statement.body
            )
            yield replace(statement, body=body)
        else:
            yield statement


def _labels(statement: LaneStatement | Rest) -> Iterator[Label]:
    match statement:
        case LaneLoop(_, body):
            for inside in body:
                yield from _labels(inside) if isinstance(inside, Rest) else _labels_in(inside)
        case Rest(name, _, value):
            yield from labels_of((Let(name, value),))
        case Except(name, whole, entry, rest):
            yield from labels_of((Let(name, whole), Let(name, entry), Let(name, rest)))
        case _:
            yield from labels_of((statement,))


def _labels_in(statement: Let | Keep | Store | Reduce) -> Iterator[Label]:
    yield from labels_of((statement,))
    if isinstance(statement, Store):
        yield from (b for _, b in statement.excluded if isinstance(b, Label))
