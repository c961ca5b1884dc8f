"""Terms: formulas once names and indices are resolved, with real binders.

Numbers, sums, products, powers and functions are those of ``derive.algebra.terms``, which says
how terms are built; here are the indices, and the terms in which they stand.

Meaning.  For given sizes (N = 1, 2, ...), positions for the free indices and real data, a
term has a value or is *undefined*: a quotient by 0, a logarithm of a number that is not
positive, a broken power of a negative number.  A term is undefined where a subterm is; a
``Sum`` takes only the positions that are in range and not excluded, and an empty one is 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

from derive.algebra.terms import (  # isort: skip
    Add as Add, Function as Function, InternedNode, Mul as Mul, Node as Node, Number as Number,
    Pow as Pow, Term as Term, children as children, mapped as mapped, parts as parts,
    rebuild as rebuild, subterms as subterms,
)  # fmt: skip
from derive.memory import kept

# ------------------------------------------------------------------ indices


class IndexNode(InternedNode):
    """Base of all that can stand as an index; ``range`` is the name of a size, such as N."""


class Index(IndexNode):
    """An index letter: i, ranging over 1, ..., ``range``."""

    name: str
    range: str


class Position(IndexNode):
    """A fixed position: 1, 2, ... from the front; 0, -1, ... from the back (0 is N itself)."""

    value: int
    range: str


class Label(IndexNode):
    """Integer data used as an index: the y_n of ``p_{n, y_n}``, whose values lie in ``range``."""

    name: str
    indices: tuple[IndexTerm, ...]
    range: str


class Shift(IndexNode):
    """A neighbouring position: t - 1 is ``Shift(t, -1)``."""

    index: Index
    offset: int

    @property
    def range(self) -> str:
        return self.index.range


IndexTerm: TypeAlias = Index | Position | Label | Shift


# ------------------------------------------------------------------ terms


class Size(Term):
    """The number of values of an index range, an integer N >= 1."""

    range: str


class Variable(Term):
    """z_i, or a plain x with no indices: data, or a quantity that the document defines."""

    name: str
    indices: tuple[IndexTerm, ...]


class Application(Term):
    """f(x), f'(x), u_i(x, y): a function that the document defines or leaves open.

    ``orders`` counts the derivatives by each argument: (1,) for f'(x), (0,) for f(x).
    """

    name: str
    indices: tuple[IndexTerm, ...]
    arguments: tuple[Term, ...]
    orders: tuple[int, ...]


class Delta(Term):
    """Kronecker delta: 1 where both indices have the same position, else 0."""

    idempotent = True
    left: IndexTerm
    right: IndexTerm


class Binder(Term):
    """Base of Sum, Product and Maximum: ``index`` runs over its range but for ``excluded``."""

    index: Index
    excluded: tuple[IndexTerm, ...]
    body: Term


class Sum(Binder):
    """Sum over an index; the empty sum is 0."""


class Product(Binder):
    """Product over an index; the empty product is 1."""


class Maximum(Binder):
    """Maximum over an index; undefined when empty."""


class Derivative(Term):
    """Partial derivative of ``body`` by one component, such as z_k.

    Definitions in ``body`` are unfolded down to the name of ``variable``, which is held as an
    independent quantity, also where the document defines it.
    """

    arity = 1
    body: Term
    variable: Variable


# ------------------------------------------------------------------ structure

N = TypeVar("N", bound=Node)
B = TypeVar("B", bound=Binder)


@kept
def names(term: Term) -> frozenset[str]:
    """Names of variables and applications within the term, those of derivatives included."""
    own = (term.name,) if isinstance(term, (Variable, Application)) else ()
    return frozenset(own).union(*(names(part) for part in parts(term) if isinstance(part, Term)))


def own_indices(term: Term) -> tuple[IndexTerm, ...]:
    """The indices that stand at this node itself (for a binder: the excluded ones)."""
    holder = term.variable if isinstance(term, Derivative) else term
    own = tuple(part for part in parts(holder) if isinstance(part, IndexNode))
    return own[isinstance(term, Binder) :]  # type: ignore[return-value]


# ------------------------------------------------------------------ letters


def bound(node: Node) -> tuple[Index, ...]:
    """The letters that a binder binds, or a fact that holds for every position of them."""
    return (node.index,) if isinstance(node, Binder) else getattr(node, "every", ())


def letters(nodes: Iterable[Node]) -> frozenset[Index]:
    """The letters that are free in any of the nodes."""
    return frozenset().union(*map(free_indices, nodes))


@kept
def free_indices(node: Node) -> frozenset[Index]:
    """The index letters on which an index, the value of a term or the truth of a fact depends."""
    if isinstance(node, Index):
        return frozenset((node,))
    outside = node.excluded if isinstance(node, Binder) else ()
    return letters(parts(node)).difference(bound(node)) | letters(outside)


def fresh_index(index: Index, taken: frozenset[Index]) -> Index:
    """``index``, primed until it is none of ``taken``."""
    while index in taken:
        index = Index(index.name + "'", index.range)
    return index


def apart(binder: B, taken: frozenset[Index]) -> B:
    """The same binder with a letter that is none of ``taken``."""
    if binder.index not in taken:
        return binder
    index = fresh_index(binder.index, taken | free_indices(binder.body))
    return type(binder)(index, binder.excluded, substitute(binder.body, {binder.index: index}))


# ------------------------------------------------------------------ substitution


def substitute(node: N, new: dict[Index, IndexTerm]) -> N:
    """Replace free index letters at the same time; bound letters are renamed out of the way.

    Raises ValueError where an index would have to be shifted that has no such neighbour.
    """
    new = {old: to for old, to in new.items() if old is not to and old in free_indices(node)}
    if not new:
        return node
    if isinstance(node, Index):
        return new[node]  # type: ignore[return-value]
    if isinstance(node, Shift):
        return _shifted(new[node.index], node.offset)  # type: ignore[return-value]
    own = bound(node)
    inner = {old: to for old, to in new.items() if old not in own}
    taken = letters(inner.values())
    for letter in (letter for letter in own if letter in taken):
        inner[letter] = fresh = fresh_index(letter, taken | letters(parts(node)))
        taken |= {fresh}
    moved = mapped(node, lambda part: substitute(part, inner))
    if isinstance(node, Binder) and isinstance(moved, Binder):  # the excluded are outside
        outside = tuple(substitute(index, new) for index in node.excluded)
        return type(node)(moved.index, outside, moved.body)
    return moved


def _shifted(index: IndexTerm, offset: int) -> IndexTerm:
    match index:
        case Index():
            return Shift(index, offset) if offset else index
        case Shift(letter, before):
            return _shifted(letter, before + offset)
        case Position(value, range_) if (value > 0) == (value + offset > 0):
            return Position(value + offset, range_)
    raise ValueError(f"no index {offset:+d} steps from {index}")


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
        term = apart(term, letters(new.values()))
    moved = mapped(term, lambda x: substitute_values(x, new) if isinstance(x, Term) else x)
    if isinstance(moved, Derivative) and not isinstance(moved.variable, Variable):
        raise ValueError("a name is differentiated by and replaced at once")
    return moved


# ------------------------------------------------------------------ renaming of bound letters


@kept
def _height(node: Node) -> int:
    return max(map(_height, parts(node)), default=0) + isinstance(node, Binder)


@kept
def canonical(term: Term) -> Term:
    """The term with each bound letter named after the height of its binder: #1, #2, ...

    Two terms that differ only in the names of bound letters have the same canonical form.
    Where letters such as #1 are free in the term, all new names get one more #.
    """
    marks = (len(i.name) - len(i.name.lstrip("#")) for i in free_indices(term))
    return _renamed(term, (), "#" * (1 + max(marks, default=0)))


@kept
def _renamed(node: N, new: tuple[tuple[Index, IndexTerm], ...], mark: str) -> N:
    if not _height(node):
        return substitute(node, dict(new))
    if not isinstance(node, Binder):
        return mapped(node, lambda part: _renamed(part, new, mark))
    index = Index(f"{mark}{_height(node)}", node.index.range)
    excluded = sorted({substitute(x, dict(new)) for x in node.excluded}, key=repr)
    body = _renamed(node.body, (*new, (node.index, index)), mark)
    return type(node)(index, tuple(excluded), body)


def alpha_equal(left: Term, right: Term) -> bool:
    """Equal up to the names of bound letters and the order of excluded positions."""
    return canonical(left) is canonical(right)
