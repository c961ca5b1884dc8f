"""What loops read and fill: what nothing needs is left out, what nothing fills is named."""

from __future__ import annotations

from collections.abc import Iterator

from derive.codegen.loopform import Keep, Let, Loop, Reduce, Reference, Statement, Store
from derive.logic.terms import IndexTerm, Label, Variable, own_indices, subterms

__all__ = ["arrays_of", "undefined", "without_unused"]


def without_unused(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    while True:
        kept = tuple(_needed(statements, frozenset(_read(statements))))
        if kept == statements:
            return kept
        statements = kept


def _read(statements: tuple[Statement, ...]) -> Iterator[str]:
    """Names of arrays, scalars and labels that are read."""
    for statement in statements:
        if isinstance(statement, Loop):
            yield from _read(statement.body)
        else:
            yield from _read_by(statement)


def _read_by(statement: Let | Reference | Keep | Reduce | Store) -> Iterator[str]:
    indices: tuple[IndexTerm, ...] = ()
    match statement:
        case Reduce(_, _, excluded):
            indices = excluded
        case Store(_, at, _, excluded_pairs):
            indices = (*at, *(other for _, other in excluded_pairs))
    for part in subterms(statement.value):
        if isinstance(part, Variable):
            yield part.name
        indices += own_indices(part)
    for index in indices:
        if isinstance(index, Label):
            yield index.name


def undefined(statements: tuple[Statement, ...], given: frozenset[str]) -> Iterator[str]:
    """Names that are read before anything defines them.  ``given``: those of arguments."""
    known = set(given)
    for statement in statements:
        match statement:
            case Loop(_, body):
                yield from undefined(body, frozenset(known))
                known |= {s.name for s in body if isinstance(s, Reduce)} | set(arrays_of(body))
            case _:
                yield from (name for name in _read_by(statement) if name not in known)
        match statement:
            case Let(name) | Reference(name) | Keep(name):
                known.add(name)


def _needed(statements: tuple[Statement, ...], read: frozenset[str]) -> Iterator[Statement]:
    for statement in statements:
        match statement:
            case Loop(index, body):
                inside = tuple(_needed(body, read))
                if inside:
                    yield Loop(index, inside)
            case Keep(array) if array not in read:
                pass
            case Let(name) | Reference(name) | Reduce(name) if name not in read:
                pass
            case _:
                yield statement


def arrays_of(statements: tuple[Statement, ...]) -> Iterator[str]:
    """The arrays that are kept from loop to loop."""
    for statement in statements:
        match statement:
            case Loop(_, body):
                yield from arrays_of(body)
            case Keep(array):
                yield array
