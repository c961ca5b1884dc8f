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
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, ClassVar, TypeAlias


class Interned(type):
    """Metaclass: equal arguments give the identical object."""

    _objects: ClassVar[dict[tuple[Any, ...], Any]] = {}

    def __call__(cls, *arguments: Any) -> Any:
        key = (cls, *arguments)
        if key not in Interned._objects:
            Interned._objects[key] = super().__call__(*arguments)
        return Interned._objects[key]


@dataclass(frozen=True, eq=False)
class _Node(metaclass=Interned):
    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(vars(self).values())


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

INDICES = (Index, Position, Label, Shift)


@cache
def children(term: Term) -> tuple[Term, ...]:
    """The direct subterms, in the order that paths count them."""
    if isinstance(term, Derivative):
        return (term.body,)
    return tuple(part for part in _parts(term) if isinstance(part, Term))


def _parts(node: _Node) -> Iterator[Any]:
    for value in vars(node).values():
        yield from value if isinstance(value, tuple) else (value,)


def rebuild(term: Term, new: tuple[Term, ...]) -> Term:
    """``term`` with its direct subterms replaced by ``new``."""
    if isinstance(term, Derivative):
        return Derivative(new[0], term.variable)
    rest = iter(new)
    rebuilt: Term = _mapped(term, lambda part: next(rest) if isinstance(part, Term) else part)
    return rebuilt


def _mapped(node: Any, change: Callable[[Any], Any]) -> Any:
    return type(node)(
        *(
            tuple(map(change, value)) if isinstance(value, tuple) else change(value)
            for value in vars(node).values()
        )
    )


def subterms(term: Term) -> Iterator[Term]:
    """The term and all terms within it, outermost first."""
    yield term
    for child in children(term):
        yield from subterms(child)


@cache
def names(term: Term) -> frozenset[str]:
    """Names of variables and applications within the term, those of derivatives included."""
    found: frozenset[str] = frozenset().union(*map(names, children(term)))
    if isinstance(term, Derivative):
        return found | {term.variable.name}
    return found | {term.name} if isinstance(term, (Variable, Application)) else found


def index_variables(index: IndexTerm) -> frozenset[Index]:
    """The index letters within an index."""
    if isinstance(index, Index):
        return frozenset((index,))
    inner = [part for part in _parts(index) if isinstance(part, INDICES)]
    return frozenset().union(*map(index_variables, inner))


def own_indices(term: Term) -> tuple[IndexTerm, ...]:
    """The indices that stand at this node itself (for a binder: the excluded ones)."""
    if isinstance(term, Derivative):
        return term.variable.indices
    if isinstance(term, Binder):
        return term.excluded
    return tuple(part for part in _parts(term) if isinstance(part, INDICES))


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
    if isinstance(index, Index):
        return new.get(index, index)
    if isinstance(index, Label):
        indices = tuple(substitute_index(i, new) for i in index.indices)
        return Label(index.name, indices, index.range)
    if isinstance(index, Shift) and index.index in new:
        to = new[index.index]
        if isinstance(to, Index):
            return Shift(to, index.offset)
        if isinstance(to, Shift):
            offset = to.offset + index.offset
            return Shift(to.index, offset) if offset else to.index
        if isinstance(to, Position) and (to.value > 0) == (to.value + index.offset > 0):
            return Position(to.value + index.offset, to.range)
        raise ValueError(f"no index {index.offset:+d} steps from {to}")
    return index


def substitute(term: Term, new: Replacement) -> Term:
    """Replace free index letters at the same time; bound letters are renamed out of the way.

    Raises ValueError where a shifted index would have to be shifted from a label.
    """
    new = {old: to for old, to in new.items() if old is not to and old in free_indices(term)}
    if not new:
        return term
    if not isinstance(term, Binder):
        parts = tuple(substitute(child, new) for child in children(term))
        moved: Term = _reindexed(rebuild(term, parts), new)
        return moved
    index, body = term.index, term.body
    excluded = tuple(substitute_index(x, new) for x in term.excluded)
    inner = {old: to for old, to in new.items() if old is not index}
    incoming = frozenset().union(*map(index_variables, inner.values()))
    if index in incoming:
        inner[index] = index = fresh_index(index, incoming | free_indices(body))
    return type(term)(index, excluded, substitute(body, inner))


def _reindexed(term: Any, new: Replacement) -> Any:
    """Replace letters in the indices at the node itself, which is no binder."""
    if isinstance(term, Derivative):
        return Derivative(term.body, _reindexed(term.variable, new))
    return _mapped(
        term, lambda part: substitute_index(part, new) if isinstance(part, INDICES) else part
    )


def substitute_values(term: Term, new: dict[str, Term]) -> Term:
    """Replace plain variables (no indices) by terms, as when a function is applied.

    Bound letters that occur in the new terms are renamed.  Raises ValueError where the
    variable of a derivative would be replaced by something that is not a variable.
    """
    if names(term).isdisjoint(new):
        return term
    if isinstance(term, Variable):
        return term if term.indices else new.get(term.name, term)
    if isinstance(term, Binder):
        incoming = frozenset().union(*map(free_indices, new.values()))
        if term.index in incoming:
            index = fresh_index(term.index, incoming | free_indices(term.body))
            body = substitute(term.body, {term.index: index})
            term = type(term)(index, term.excluded, body)
    if isinstance(term, Derivative):
        moved = substitute_values(term.variable, new)
        if not isinstance(moved, Variable):
            raise ValueError(f"{term.variable.name} is differentiated by and replaced at once")
        return Derivative(substitute_values(term.body, new), moved)
    return rebuild(term, tuple(substitute_values(child, new) for child in children(term)))


# ------------------------------------------------------------------ renaming of bound letters


@cache
def _height(term: Term) -> int:
    return max(map(_height, children(term)), default=0) + isinstance(term, Binder)


@cache
def canonical(term: Term) -> Term:
    """The term with each bound letter named after the height of its binder: #1, #2, ...

    Two terms that differ only in the names of bound letters have the same canonical form.
    Where letters such as #1 are free in the term, all new names get one more #.
    """
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
    renamed: Term = _reindexed(rebuild(term, parts), new)
    return renamed


def alpha_equal(left: Term, right: Term) -> bool:
    """Equal up to the names of bound letters and the order of excluded positions."""
    return canonical(left) is canonical(right)
