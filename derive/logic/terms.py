"""Terms: formulas once names and indices are resolved, with real binders.

A term is immutable and *interned*: building the same term twice gives the same object, so
that equality and hashing cost nothing and results can be kept in dictionaries.  Nothing is
simplified on construction: ``Mul((S, Pow(S, -1)))`` stays what its author wrote.

Meaning.  For given sizes (N = 1, 2, ...), positions for the free indices and real data, a
term has a value or is *undefined*: a quotient by 0, a logarithm of a number that is not
positive, a broken power of a negative number.  A term is undefined where a subterm is; a
``Sum`` takes only the positions that are in range and not excluded, and an empty one is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias, TypeVar

__all__ = [
    "Add", "Application", "Binder", "Delta", "Derivative", "Function", "Index", "IndexTerm",
    "Label", "Maximum", "Mul", "Number", "Position", "Pow", "Product", "Shift", "Size", "Sum",
    "Term", "Variable", "alpha_equal", "canonical", "children", "free_indices", "fresh_index",
    "index_variables", "names", "rebuild", "substitute", "substitute_values", "subterms",
]  # fmt: skip


class Interned(type):
    """Metaclass: equal arguments give the identical object."""

    _objects: dict[tuple[Any, ...], Any] = {}

    def __call__(cls, *arguments: Any) -> Any:
        key = (cls, *arguments)
        try:
            return Interned._objects[key]
        except KeyError:
            made = Interned._objects[key] = super().__call__(*arguments)
            return made


@dataclass(frozen=True, eq=False)
class _Node(metaclass=Interned):
    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, field.name) for field in fields(self))


# ------------------------------------------------------------------ indices


@dataclass(frozen=True, eq=False)
class Index(_Node):
    """An index letter: i, ranging over 1, ..., ``range`` (the name of a size, such as N)."""

    name: str
    range: str


@dataclass(frozen=True, eq=False)
class Position(_Node):
    """A fixed position: 1, 2, ... from the front; 0, -1, ... from the back (0 is N itself)."""

    value: int
    range: str


@dataclass(frozen=True, eq=False)
class Label(_Node):
    """Integer data used as an index: the y_n of ``p_{n, y_n}``, whose values lie in ``range``."""

    name: str
    indices: tuple[IndexTerm, ...]
    range: str


@dataclass(frozen=True, eq=False)
class Shift(_Node):
    """A neighbouring position: t - 1 is ``Shift(t, -1)``."""

    index: Index
    offset: int

    @property
    def range(self) -> str:
        return self.index.range


IndexTerm: TypeAlias = Index | Position | Label | Shift


# ------------------------------------------------------------------ terms


@dataclass(frozen=True, eq=False)
class Term(_Node):
    """Base of all terms."""


@dataclass(frozen=True, eq=False)
class Number(Term):
    """A rational number."""

    value: Fraction


@dataclass(frozen=True, eq=False)
class Size(Term):
    """The number of values of an index range, an integer N >= 1."""

    range: str


@dataclass(frozen=True, eq=False)
class Variable(Term):
    """z_i, or a plain x with no indices: data, or a quantity that the document defines."""

    name: str
    indices: tuple[IndexTerm, ...]


@dataclass(frozen=True, eq=False)
class Application(Term):
    """f(x), f'(x), u_i(x, y): a function that the document defines or leaves open.

    ``orders`` counts the derivatives by each argument: (1,) for f'(x), (0,) for f(x).
    """

    name: str
    indices: tuple[IndexTerm, ...]
    arguments: tuple[Term, ...]
    orders: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Function(Term):
    """A function of the table in ``derive.logic.functions``: exp, log, tanh, ..."""

    name: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Delta(Term):
    """Kronecker delta: 1 where both indices have the same position, else 0."""

    left: IndexTerm
    right: IndexTerm


@dataclass(frozen=True, eq=False)
class Add(Term):
    """Sum of two or more terms; a - b is ``Add((a, Mul((-1, b))))``."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Mul(Term):
    """Product of two or more factors; a / b is ``Mul((a, Pow(b, Number(-1))))``."""

    factors: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Pow(Term):
    """base ** exponent; an exponent that is not an integer needs base > 0 (0 if exponent > 0)."""

    base: Term
    exponent: Term


@dataclass(frozen=True, eq=False)
class Binder(Term):
    """Base of Sum, Product and Maximum: ``index`` runs over its range but for ``excluded``."""

    index: Index
    excluded: tuple[IndexTerm, ...]
    body: Term


@dataclass(frozen=True, eq=False)
class Sum(Binder):
    """Sum over an index; the empty sum is 0."""


@dataclass(frozen=True, eq=False)
class Product(Binder):
    """Product over an index; the empty product is 1."""


@dataclass(frozen=True, eq=False)
class Maximum(Binder):
    """Maximum over an index; undefined when empty."""


@dataclass(frozen=True, eq=False)
class Derivative(Term):
    """Partial derivative of ``body`` by one component, such as z_k.

    Definitions in ``body`` are unfolded down to the name of ``variable``, which is held as an
    independent quantity, also where the document defines it.
    """

    body: Term
    variable: Variable


# ------------------------------------------------------------------ structure


def children(term: Term) -> tuple[Term, ...]:
    """The direct subterms, in the order that paths count them."""
    match term:
        case Add(terms):
            return terms
        case Mul(factors):
            return factors
        case Pow(base, exponent):
            return (base, exponent)
        case Function(_, arguments) | Application(_, _, arguments, _):
            return arguments
        case Binder(_, _, body) | Derivative(body, _):
            return (body,)
    return ()


def rebuild(term: Term, new: tuple[Term, ...]) -> Term:
    """``term`` with its direct subterms replaced by ``new``."""
    match term:
        case Add():
            return Add(new)
        case Mul():
            return Mul(new)
        case Pow():
            return Pow(new[0], new[1])
        case Function(name, _):
            return Function(name, new)
        case Application(name, indices, _, orders):
            return Application(name, indices, new, orders)
        case Binder(index, excluded, _):
            binder: Term = type(term)(index, excluded, new[0])
            return binder
        case Derivative(_, variable):
            return Derivative(new[0], variable)
    return term


def subterms(term: Term) -> Iterator[Term]:
    """The term and all terms within it, outermost first."""
    yield term
    for child in children(term):
        yield from subterms(child)


@cache
def names(term: Term) -> frozenset[str]:
    """Names of variables and applications within the term, those of derivatives included."""
    found: frozenset[str] = frozenset().union(*map(names, children(term)))
    match term:
        case Variable(name, _) | Application(name, _, _, _):
            return found | {name}
        case Derivative(_, variable):
            return found | {variable.name}
    return found


def index_variables(index: IndexTerm) -> frozenset[Index]:
    """The index letters within an index."""
    match index:
        case Index():
            return frozenset((index,))
        case Label(_, indices, _):
            return frozenset().union(*map(index_variables, indices))
        case Shift(base, _):
            return frozenset((base,))
    return frozenset()


def own_indices(term: Term) -> tuple[IndexTerm, ...]:
    """The indices that stand at this node itself (for a binder: the excluded ones)."""
    match term:
        case Variable(_, indices) | Application(_, indices, _, _):
            return indices
        case Delta(left, right):
            return (left, right)
        case Binder(_, excluded, _):
            return excluded
        case Derivative(_, variable):
            return variable.indices
    return ()


@cache
def free_indices(term: Term) -> frozenset[Index]:
    """The index letters that the value of the term depends on."""
    found: frozenset[Index] = frozenset().union(*map(free_indices, children(term)))
    if isinstance(term, Binder):
        found -= {term.index}
    return found.union(*map(index_variables, own_indices(term)))


def fresh_index(index: Index, taken: frozenset[Index]) -> Index:
    """``index``, primed until it is none of ``taken``."""
    while index in taken:
        index = Index(index.name + "'", index.range)
    return index


# ------------------------------------------------------------------ substitution

Replacement: TypeAlias = dict[Index, IndexTerm]


def substitute_index(index: IndexTerm, new: Replacement) -> IndexTerm:
    """Replace letters in an index.  Raises ValueError where a label would have to be shifted."""
    match index:
        case Index():
            return new.get(index, index)
        case Label(name, indices, range_):
            return Label(name, tuple(substitute_index(i, new) for i in indices), range_)
        case Shift(base, offset):
            to = new.get(base, base)
            match to:
                case Index():
                    return Shift(to, offset)
                case Shift(inner, more):
                    return Shift(inner, offset + more) if offset + more else inner
                case Position(value, range_):
                    moved = value + offset
                    if (value >= 1) == (moved >= 1):
                        return Position(moved, range_)
            raise ValueError(f"no index {offset:+d} steps from {to}")
    return index


def substitute(term: Term, new: Replacement) -> Term:
    """Replace free index letters at the same time; bound letters are renamed out of the way.

    Raises ValueError where a shifted index would have to be shifted from a label.
    """
    new = {old: to for old, to in new.items() if old is not to and old in free_indices(term)}
    if not new:
        return term
    match term:
        case Variable(name, indices):
            return Variable(name, tuple(substitute_index(i, new) for i in indices))
        case Application(name, indices, arguments, orders):
            return Application(
                name,
                tuple(substitute_index(i, new) for i in indices),
                tuple(substitute(a, new) for a in arguments),
                orders,
            )
        case Delta(left, right):
            return Delta(substitute_index(left, new), substitute_index(right, new))
        case Binder(index, excluded, body):
            excluded = tuple(substitute_index(x, new) for x in excluded)
            inner = {old: to for old, to in new.items() if old is not index}
            incoming = frozenset().union(*map(index_variables, inner.values()))
            if index in incoming:
                renamed = fresh_index(index, incoming | free_indices(body))
                inner[index] = renamed
                index = renamed
            binder: Term = type(term)(index, excluded, substitute(body, inner))
            return binder
        case Derivative(body, variable):
            moved = substitute(variable, new)
            assert isinstance(moved, Variable)
            return Derivative(substitute(body, new), moved)
    return rebuild(term, tuple(substitute(child, new) for child in children(term)))


def substitute_values(term: Term, new: dict[str, Term]) -> Term:
    """Replace plain variables (no indices) by terms, as when a function is applied.

    Bound letters that occur in the new terms are renamed.  Raises ValueError where the
    variable of a derivative would be replaced by something that is not a variable.
    """
    if not new or names(term).isdisjoint(new):
        return term
    match term:
        case Variable(name, ()):
            return new.get(name, term)
        case Binder(index, excluded, body):
            incoming = frozenset().union(*map(free_indices, new.values()))
            if index in incoming:
                renamed = fresh_index(index, incoming | free_indices(body))
                body, index = substitute(body, {index: renamed}), renamed
            binder: Term = type(term)(index, excluded, substitute_values(body, new))
            return binder
        case Derivative(body, variable):
            moved = substitute_values(variable, new)
            if not isinstance(moved, Variable):
                raise ValueError(f"{variable.name} is differentiated by and replaced at once")
            return Derivative(substitute_values(body, new), moved)
    return rebuild(term, tuple(substitute_values(child, new) for child in children(term)))


# ------------------------------------------------------------------ renaming of bound letters


@cache
def _height(term: Term) -> int:
    below = max(map(_height, children(term)), default=0)
    return below + isinstance(term, Binder)


@cache
def canonical(term: Term) -> Term:
    """The term with each bound letter named after the height of its binder: #1, #2, ...

    Two terms that differ only in the names of bound letters have the same canonical form.
    Where letters such as #1 are free in the term, all new names get one more #.
    """
    if not _height(term):
        return term
    marks = (len(i.name) - len(i.name.lstrip("#")) for i in free_indices(term))
    return _renamed(term, {}, "#" * (1 + max(marks, default=0)))


def _renamed(term: Term, new: Replacement, mark: str) -> Term:
    if not _height(term):
        return substitute(term, new)
    if isinstance(term, Binder):
        index = Index(f"{mark}{_height(term)}", term.index.range)
        outer = {substitute_index(x, new) for x in term.excluded}
        body = _renamed(term.body, {**new, term.index: index}, mark)
        return type(term)(index, tuple(sorted(outer, key=repr)), body)
    parts = tuple(_renamed(child, new, mark) for child in children(term))
    if isinstance(term, Derivative):
        variable = substitute(term.variable, new)
        assert isinstance(variable, Variable)
        return Derivative(parts[0], variable)
    if isinstance(term, Application):
        indices = tuple(substitute_index(i, new) for i in term.indices)
        return Application(term.name, indices, parts, term.orders)
    return rebuild(term, parts)


def alpha_equal(left: Term, right: Term) -> bool:
    """Equal up to the names of bound letters and the order of excluded positions."""
    return canonical(left) is canonical(right)


T = TypeVar("T", bound=Term)


def transform(term: Term, change: Callable[[Term], Term]) -> Term:
    """Apply ``change`` to every subterm, innermost first."""
    return change(rebuild(term, tuple(transform(child, change) for child in children(term))))
