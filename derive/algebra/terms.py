"""Terms as arithmetic sees them: numbers, sums, products, powers, exp and log of anything.

A term is immutable and *interned*: building the same term twice gives the same object, so
that equality and hashing cost nothing and results can be kept in dictionaries.  Nothing is
simplified on construction: ``Mul((S, Pow(S, -1)))`` stays what its author wrote.

Whoever knows more terms (variables, sums over an index, ...) derives them from ``Term``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

from derive.memory import kept, objects


class Node:
    """A piece of a formula: fields that hold nodes, tuples of them, or plain data."""


@dataclass_transform(frozen_default=True, eq_default=False)
class Interned(type):
    """Metaclass of frozen dataclasses of which equal arguments give the identical object."""

    def __init__(cls, *definition: Any) -> None:
        super().__init__(*definition)
        dataclass(frozen=True, eq=False)(cast(type[Any], cls))

    def __call__(cls, *arguments: Any) -> Any:
        key = (cls, *arguments)
        return objects.get(key) or objects.setdefault(key, super().__call__(*arguments))


class InternedNode(Node, metaclass=Interned):
    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(vars(self).values())


class Term(InternedNode):
    """Base of all terms; ``a - b / c`` builds what Add, Mul, Pow and Number say of it below.

    ``idempotent``: whether its only values are 0 and 1, which are their own powers.
    ``arity``: how many of the terms that stand at it are subterms, where not all of them are.
    """

    idempotent: ClassVar[bool] = False
    arity: ClassVar[int | None] = None

    def __add__(self, other: Term) -> Term:
        return Add((self, other))

    def __mul__(self, other: Term) -> Term:
        return Mul((self, other))

    def __pow__(self, exponent: Fraction | int) -> Term:
        return Pow(self, Number(Fraction(exponent)))

    def __neg__(self) -> Term:
        return Number(Fraction(-1)) * self

    def __sub__(self, other: Term) -> Term:
        return self + -other

    def __truediv__(self, other: Term) -> Term:
        return self * other**-1


class Number(Term):
    """A rational number."""

    value: Fraction


class Add(Term):
    """Sum of two or more terms; a - b is ``Add((a, Mul((-1, b))))``."""

    terms: tuple[Term, ...]


class Mul(Term):
    """Product of two or more factors; a / b is ``Mul((a, Pow(b, Number(-1))))``."""

    factors: tuple[Term, ...]


class Pow(Term):
    """base ** exponent; an exponent that is not an integer needs base > 0 (0 if exponent > 0)."""

    base: Term
    exponent: Term


class Function(Term):
    """A function by its name: exp and log, or one that arithmetic does not look into."""

    name: str
    arguments: tuple[Term, ...]


# ------------------------------------------------------------------ structure

N = TypeVar("N", bound=Node)


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, tuple):
        for part in value:
            yield from _nodes(part)
    elif isinstance(value, Node):
        yield value


@kept
def parts(node: Node) -> tuple[Any, ...]:
    """The indices and terms that stand at a node, in the order of its fields."""
    return tuple(_nodes(tuple(vars(node).values())))


def mapped(node: N, change: Callable[[Any], Any]) -> N:
    """The node with ``change`` applied to each of its parts."""
    return type(node)(*_each(vars(node).values(), change))


def _each(values: Iterable[Any], change: Callable[[Any], Any]) -> list[Any]:
    return [
        change(v) if isinstance(v, Node) else tuple(_each(v, change)) if type(v) is tuple else v
        for v in values
    ]


def _terms(node: Node) -> tuple[Term, ...]:
    return tuple(part for part in parts(node) if isinstance(part, Term))


@kept
def children(term: Term) -> tuple[Term, ...]:
    """The direct subterms, in the order that paths count them."""
    return _terms(term)[: term.arity]


def rebuild(term: Term, new: tuple[Term, ...]) -> Term:
    """``term`` with its direct subterms replaced by ``new``."""
    rest = iter((*new, *_terms(term)[len(new) :]))
    return mapped(term, lambda part: next(rest) if isinstance(part, Term) else part)


def subterms(term: Term) -> Iterator[Term]:
    """The term and all terms within it, outermost first."""
    pending = [term]
    while pending:
        yield (current := pending.pop())
        pending.extend(reversed(children(current)))
