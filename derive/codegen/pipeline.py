"""Rows of a batch on their way through the passes of a kernel, several rows at a time.

A kernel of one index is a list of passes over a row with scalars computed between them: the largest
entry, then exponentials and their sum, then the quotients.  A pass has to wait for the one before
it on the same row, and for nothing on another row.  So one loop can do pass 1 of a row, pass 2 of
the row before it and pass 3 of the row before that: arithmetic of one hides the memory of another,
and an array that lives from one pass to the next needs room for one row.

Here it is decided, on the loop form, whether that can be done and what each pass does:

- Sums that leave an entry out are not summed in the pass: they are the whole sum of kept entries,
  without one.
- A pass that waits for another only because its exponents are taken from a constant near the
  largest need not wait: any constant serves that is near enough, and that of the row before mostly
  is.  The two become one pass with a *guess*, which is checked when the largest is known.
- What stands where the largest is, is the largest: its position is found only where it matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from derive.codegen.loopform import (
    Array,
    Keep,
    Kernel,
    Let,
    Loop,
    Reduce,
    Reference,
    Statement,
    Store,
)
from derive.logic.terms import (
    Add,
    Delta,
    Function,
    Index,
    IndexTerm,
    Label,
    Mul,
    Number,
    Position,
    Pow,
    Size,
    Term,
    Variable,
    canonical,
    children,
    own_indices,
    rebuild,
    substitute,
    subterms,
)

__all__ = ["Guess", "Pass", "Peak", "Pipeline", "Scalar", "Without", "is_fixed", "pipeline_of"]

Scalar: TypeAlias = Let | Reference | Store


@dataclass(frozen=True)
class Without:
    """``name``: the sum ``total`` of an array's entries, which are not negative, without one.

    ``value``: what is left out, the entry at ``index``.
    """

    name: str
    total: str
    array: str
    index: IndexTerm
    value: Term


@dataclass(frozen=True)
class Guess:
    """``reference``: a constant that should be near the result of ``peak``, a reduction."""

    reference: str
    peak: Reduce


@dataclass(frozen=True)
class Peak:
    """``value``: a name for the entry at a position; ``is_needed``: the position is, as well."""

    position: Reduce
    value: str
    is_needed: bool


@dataclass(frozen=True)
class Pass:
    """One loop over a row, and what is computed once a row as soon as it has ended."""

    index: Index
    entries: tuple[Let | Keep | Store, ...]
    reductions: tuple[Reduce, ...]
    without: tuple[Without, ...]
    after: tuple[Scalar, ...]
    guess: Guess | None = None
    peaks: tuple[Peak, ...] = ()

    @property
    def stores(self) -> tuple[Store, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Store))

    @property
    def values(self) -> tuple[Term, ...]:
        return tuple(s.value for s in (*self.entries, *self.reductions))

    def arrays(self) -> frozenset[str]:
        """The arrays whose entries at the loop's index it reads."""
        return frozenset(
            part.name
            for value in self.values
            for part in subterms(value)
            if isinstance(part, Variable) and part.indices == (self.index,)
        )

    def needs(self) -> frozenset[str]:
        """Scalars and labels of the row that its entries are computed from."""
        found: set[str] = set()
        for value in self.values:
            for part in subterms(value):
                if isinstance(part, Variable) and not part.indices:
                    found.add(part.name)
                found |= {i.name for i in own_indices(part) if isinstance(i, Label)}
        return frozenset(found)


@dataclass(frozen=True)
class Pipeline:
    """``kernel``: with the arrays that the passes keep; ``before``: scalars before any pass.

    ``last``: what no pass needs, such as a loss, which may wait until all have ended.
    """

    kernel: Kernel
    before: tuple[Scalar, ...]
    passes: tuple[Pass, ...]
    last: tuple[Scalar, ...]


class _Unfit(Exception):
    """The kernel has no such form."""


def _unless(fits: bool) -> None:
    if not fits:
        raise _Unfit


# ------------------------------------------------------------------ what is asked of the loop form


def is_fixed(index: IndexTerm) -> bool:
    """An index that is the same for a whole row: a label, or a position."""
    return isinstance(index, Position) or (isinstance(index, Label) and not index.indices)


def _check_kernel(kernel: Kernel) -> None:
    _unless(kernel.batch is not None and len(kernel.sizes) == 1)
    for array in (*kernel.arguments, *kernel.kept):
        _unless(len(array.ranges) <= 1 and not (array.role == "labels" and array.ranges))
        _unless(array.role != "labels" or array.batched)


def _check_entries(value: Term, index: Index) -> None:
    """Entries of arrays at the loop's index, or at one that is the same for the whole row."""
    for part in subterms(value):
        match part:
            case Variable(_, indices):
                _unless(len(indices) <= 1 and all(i is index or is_fixed(i) for i in indices))
            case Delta():
                raise _Unfit


def _is_positive(term: Term, positive: frozenset[str]) -> bool:
    """Whether a value is surely not negative."""
    match term:
        case Function("exp" | "exp_from" | "sqrt" | "abs" | "sigmoid" | "softplus", _):
            return True
        case Variable(name, _):
            return name in positive
        case Number(value):
            return value >= 0
        case Size():
            return True
        case Add(parts) | Mul(parts):
            return all(_is_positive(part, positive) for part in parts)
        case Pow(base, _):
            return _is_positive(base, positive)
    return False


# ------------------------------------------------------------------ from loops to passes


@dataclass
class _Passes:
    kernel: Kernel
    kept: list[Array]
    taken: set[str]

    def fresh(self, stem: str) -> str:
        name, number = stem, 1
        while name in self.taken or name in ("kept", "sum", "v"):
            name, number = f"{stem}{number}", number + 1
        self.taken.add(name)
        return name

    def of(self, loop: Loop, after: tuple[Scalar, ...], later: tuple[Scalar, ...]) -> Pass:
        index = loop.index
        entries: list[Let | Keep | Store] = []
        reductions: list[Reduce] = []
        for statement in loop.body:
            match statement:
                case Reduce(_, operation, excluded, value):
                    _check_entries(value, index)
                    _unless(operation != "product" and (operation == "sum" or not excluded))
                    if operation == "position":
                        _unless(isinstance(value, Variable) and value.indices == (index,))
                    reductions.append(statement)
                case Store(array, indices, value, excluded):
                    _check_entries(value, index)
                    _unless(indices == (index,))
                    for letter, other in excluded:
                        _unless(letter is index and is_overwritten(array, other, (*after, *later)))
                    entries.append(replace(statement, excluded=()))
                case Let(_, value):
                    _check_entries(value, index)
                    entries.append(statement)
                case Keep(_, indices, value):
                    _check_entries(value, index)
                    _unless(indices == (index,))
                    entries.append(statement)
                case _:
                    raise _Unfit
        whole, without = self._sums(index, entries, reductions)
        return Pass(index, tuple(entries), tuple(whole), tuple(without), after)

    def _sums(
        self, index: Index, entries: list[Let | Keep | Store], reductions: list[Reduce]
    ) -> tuple[list[Reduce], list[Without]]:
        """Sums of the same value differ in what they leave out: the whole one is summed."""
        whole = [r for r in reductions if not r.excluded]
        without: list[Without] = []
        for reduce in reductions:
            if not reduce.excluded:
                continue
            positive = frozenset(
                e.name for e in entries if isinstance(e, Let) and _is_positive(e.value, frozenset())
            )
            _unless(len(reduce.excluded) == 1 and _is_positive(reduce.value, positive))
            array = self._kept(index, entries, reduce.value)
            key = canonical(reduce.value)
            total = next((w for w in whole if canonical(w.value) == key), None)
            if total is None:
                total = Reduce(self.fresh("sum"), "sum", (), reduce.value)
                whole.append(total)
            (left_out,) = reduce.excluded
            at = Variable(array, (left_out,))
            without.append(Without(reduce.name, total.name, array, left_out, at))
        return [self._shared(r, entries) for r in whole], without

    def _kept(self, index: Index, entries: list[Let | Keep | Store], value: Term) -> str:
        """The array that keeps the value's entries, made where there is none."""
        key = canonical(value)
        for entry in entries:
            if isinstance(entry, Keep) and canonical(entry.value) == key:
                return entry.array
        array = self.fresh("kept")
        if not isinstance(value, Variable):
            name = self.fresh("v")
            entries.append(Let(name, value))
            value = Variable(name, ())
        entries.append(Keep(array, (index,), value))
        self.kept.append(Array(array, (index.range,), "kept", False))
        return array

    def _shared(self, reduce: Reduce, entries: list[Let | Keep | Store]) -> Reduce:
        """A sum of a value that has a name already."""
        key = canonical(reduce.value)
        for entry in entries:
            if isinstance(entry, Let) and canonical(entry.value) == key:
                return replace(reduce, value=Variable(entry.name, ()))
        return reduce


def is_overwritten(array: str, at: IndexTerm, later: Iterable[Statement]) -> bool:
    """Whether one of these statements stores the entry at that place."""
    return any(isinstance(s, Store) and s.array == array and s.indices == (at,) for s in later)


def _groups(
    body: tuple[Statement, ...],
) -> tuple[tuple[Scalar, ...], list[tuple[Loop, tuple[Scalar, ...]]]]:
    """The scalars before the first loop, and each loop with those that follow it."""
    before: list[Scalar] = []
    groups: list[tuple[Loop, list[Scalar]]] = []
    for statement in body:
        match statement:
            case Loop():
                _unless(statement.is_pass)
                groups.append((statement, []))
            case Let() | Reference() | Store():
                fixed = list(statement.indices) if isinstance(statement, Store) else []
                fixed += [i for part in subterms(statement.value) for i in own_indices(part)]
                _unless(all(map(is_fixed, fixed)))
                (groups[-1][1] if groups else before).append(statement)
            case _:
                raise _Unfit
    return tuple(before), [(loop, tuple(after)) for loop, after in groups]


def _guessing(passes: list[Pass]) -> Iterator[Pass]:
    """The passes, where two that only a reference keeps apart have become one."""
    passes = list(passes)
    while passes:
        first = passes.pop(0)
        guess = _guess(first, passes[0]) if passes else None
        if guess is None:
            yield first
            continue
        second = passes.pop(0)
        rest = tuple(s for s in first.after if not isinstance(s, Reference))
        yield replace(
            second,
            reductions=(*first.reductions, *second.reductions),
            after=(*rest, *second.after),
            guess=guess,
        )


def _guess(first: Pass, second: Pass) -> Guess | None:
    if first.entries or first.without or len(first.reductions) != 1:
        return None
    (peak,) = first.reductions
    references = [s for s in first.after if isinstance(s, Reference)]
    if peak.operation == "sum" or len(references) != 1 or first.index is not second.index:
        return None
    (reference,) = references
    match reference.value, peak:
        case Variable(name, ()), Reduce(own, "maximum") if name == own:
            pass
        case Variable(array, (Label(own, ()),)), Reduce(name, "position", _, Variable(of)) if (
            own == name and array == of
        ):
            pass
        case _:
            return None
    known = {peak.name, *(s.name for s in first.after if isinstance(s, Let))}
    return None if known & second.needs() else Guess(reference.name, peak)


# ------------------------------------------------------------------ what stands at the largest


def _with_peaks(passes: list[Pass], making: _Passes) -> Iterator[Pass]:
    """The passes, where entries at the position of a largest entry are known by their value."""
    names = {
        reduce.name: making.fresh(f"{reduce.name}_value")
        for one in passes
        for reduce in one.reductions
        if reduce.operation == "position"
    }
    entries: dict[str, tuple[Index, Term]] = {}
    searched: dict[str, str] = {}
    for one in passes:
        lets = {e.name: e.value for e in one.entries if isinstance(e, Let)}
        for entry in one.entries:
            if isinstance(entry, Keep):
                entries[entry.array] = (one.index, unfolded(entry.value, lets))
        for reduce in one.reductions:
            if reduce.operation == "position" and isinstance(reduce.value, Variable):
                searched[reduce.name] = reduce.value.name

    def known(term: Term) -> Term:
        match term:
            case Variable(array, (Label(position, ()) as label,)) if position in names:
                if searched[position] == array:
                    return Variable(names[position], ())
                if array in entries:
                    index, value = entries[array]
                    return known(substitute(value, {index: label}))
        return rebuild(term, tuple(map(known, children(term))))

    rewritten = [
        replace(
            one,
            entries=tuple(replace(e, value=known(e.value)) for e in one.entries),
            reductions=tuple(replace(r, value=known(r.value)) for r in one.reductions),
            without=tuple(replace(w, value=known(w.value)) for w in one.without),
            after=tuple(replace(s, value=known(s.value)) for s in one.after),
        )
        for one in passes
    ]
    used = {i.name for one in rewritten for i in _labels(one)}
    for one in rewritten:
        peaks = tuple(
            Peak(reduce, names[reduce.name], reduce.name in used)
            for reduce in one.reductions
            if reduce.operation == "position"
        )
        yield replace(one, peaks=peaks)


def unfolded(term: Term, lets: dict[str, Term]) -> Term:
    """The term with what its scalars stand for."""
    match term:
        case Variable(name, ()) if name in lets:
            return unfolded(lets[name], lets)
    return rebuild(term, tuple(unfolded(child, lets) for child in children(term)))


def _labels(one: Pass) -> Iterator[Label]:
    """Labels at which entries are read or stored."""
    for statement in (*one.entries, *one.reductions, *one.without, *one.after):
        indices = list(statement.indices) if isinstance(statement, Store) else []
        indices += [i for part in subterms(statement.value) for i in own_indices(part)]
        yield from (i for i in indices if isinstance(i, Label))


def _check_lifetimes(passes: tuple[Pass, ...]) -> None:
    """A kept array has room for one row: the next row fills it one pass later."""
    for number, one in enumerate(passes):
        filled = {entry.array for entry in one.entries if isinstance(entry, Keep)}
        for later in passes[number + 2 :]:
            _unless(not filled & later.arrays())
        for later in passes[number + 1 :]:
            _unless(not filled & set(_read(s.value for s in later.after)))
            _unless(not filled & {w.array for w in later.without})
            _unless(not filled & set(_read(later.values, later.index)))


def _read(values: Iterable[Term], index: Index | None = None) -> Iterator[str]:
    """Arrays that are read at other places than the loop's index."""
    for value in values:
        for part in subterms(value):
            if isinstance(part, Variable) and part.indices and part.indices != (index,):
                yield part.name


def _deferred(passes: tuple[Pass, ...], kept: frozenset[str]) -> tuple[Scalar, ...]:
    """Outputs of one number a row, and the scalars that only they need.

    None of them reads an array that the next row will fill again.
    """
    values = [value for one in passes for value in one.values]
    values += [without.value for one in passes for without in one.without]
    needed = set(_scalars(values))
    found: list[Scalar] = []
    for one in reversed(passes):
        for scalar in reversed(one.after):
            match scalar:
                case Store(_, indices):
                    waits = not indices
                case Let(name):
                    waits = name not in needed
                case _:
                    waits = False
            if waits and not kept & set(_read([scalar.value])):
                found.insert(0, scalar)
            else:
                needed |= set(_scalars([scalar.value]))
    return tuple(found) if any(isinstance(scalar, Store) for scalar in found) else ()


def _scalars(values: Iterable[Term]) -> Iterator[str]:
    for value in values:
        for part in subterms(value):
            if isinstance(part, Variable) and not part.indices:
                yield part.name


def names_in(kernel: Kernel) -> Iterator[str]:
    """Names that a new scalar or array cannot have."""

    def walk(statements: tuple[Statement, ...]) -> Iterator[str]:
        for statement in statements:
            match statement:
                case Loop(index, body):
                    yield index.name
                    yield from walk(body)
                case Let(name) | Reference(name) | Reduce(name):
                    yield name

    yield from walk(kernel.body)
    yield from (a.name for a in (*kernel.arguments, *kernel.kept))
    yield from (name for _, name in kernel.sizes)
    yield from ("i", "count", "at", "row", kernel.batch or "rows")


def pipeline_of(kernel: Kernel) -> Pipeline | None:
    """The kernel as passes over rows that may overlap, or None where it has no such form."""
    try:
        _check_kernel(kernel)
        before, groups = _groups(kernel.body)
        _unless(bool(groups))
        making = _Passes(kernel, list(kernel.kept), set(names_in(kernel)))
        passes = []
        for number, (loop, after) in enumerate(groups):
            later = tuple(s for _, scalars in groups[number + 1 :] for s in scalars)
            passes.append(making.of(loop, after, later))
        known = tuple(_with_peaks(list(_guessing(passes)), making))
        kernel = replace(kernel, kept=tuple(making.kept))
        _check_lifetimes(known)
    except _Unfit:
        return None
    last = _deferred(known, frozenset(array.name for array in kernel.kept))
    waiting = {id(scalar) for scalar in last}
    rest = tuple(
        replace(one, after=tuple(s for s in one.after if id(s) not in waiting)) for one in known
    )
    return Pipeline(kernel, before, rest, last)
