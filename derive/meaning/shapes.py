"""Shapes that nobody writes down: which names are vectors and matrices because of their products.

``w^T x_i`` says that w is a vector and that every x_i is one; ``X w`` beside ``X^T`` that X is a
matrix; ``\\|y - X w\\|`` that y is a vector.  A letter that is capital is taken for a matrix, any
other for a vector.  What a document declares (``x \\in \\mathbb{R}^d``) is not looked at here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from derive.meaning.deltas import PREFIXES
from derive.meaning.names import TRANSPOSES, Names, reference, split, unbraced
from derive.meaning.spelling import OWN, spelling, walk, walk_values
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Fraction,
    FunctionCall,
    Group,
    Matrix,
    Name,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Signed,
    Syntax,
)

__all__ = ["Inferred", "inferred"]

# Capital letters that hardly ever stand for a matrix: losses and numbers of things.
NO_MATRICES = frozenset(("L", "J", "E", "C", "N", "K", "T", "D", "M", "B", "R", "F", "Z"))
MOST_ROUNDS = 6
_PLAIN = Name | Scripts | Group
LAYERED = "^{()}"  # what stands in the name of W^{(l)} for an index that is the layer
LAYER = re.compile(r"\^\{[(\[]\d+[)\]]\}|_\{\d+\}|(?<=^[A-Z])_\{[A-Za-z] ?[A-Za-z]\}$")


@dataclass(frozen=True)
class Inferred:
    """``slots``: how many indices names have, those not written included, where products show it.

    ``families``: the names that are a vector without an index, and a vector for each index: ``x``
    and ``x_i``, the i-th example.  ``rows``: vectors stand left of matrices, and never right of
    them: they are rows.
    """

    slots: dict[str, int]
    families: frozenset[str]
    rows: bool


def inferred(formulas: Iterable[ParsedFormula], names: Names) -> Inferred:
    """What the products of the formulas show of the shapes of names."""
    shapes = _Shapes(names, dict(names.slots))
    nodes = [
        node
        for formula in formulas
        for row in formula.rows
        for node in walk_values(row)
        if isinstance(node, Product | Signed | Group | Scripts | FunctionCall)
    ]
    for chain in (row.body for formula in formulas for row in formula.rows):
        if isinstance(chain, Chain):
            shapes.written_out(chain)
            sign, right = chain.rest[0]
            if sign.text == "=" and isinstance(chain.first, Name | Scripts) and right is not None:
                shapes.equals.setdefault(spelling(chain.first), right)
                found = reference(chain.first, names)
                if found is not None and not found.indices and found.power is None:
                    shapes.heads.append((found.name, right))
    for look in (shapes.products, shapes.sums, shapes.products, shapes.sums):
        for _ in range(MOST_ROUNDS):
            before = dict(shapes.slots)
            for node in nodes:
                look(node)
            shapes.layers(nodes)
            shapes.equations()
            if shapes.slots == before:
                break
        shapes.all_rows = shapes.writes_rows(nodes)
    more = {n: count for n, count in shapes.slots.items() if count != names.slots.get(n, 0)}
    apart = {n for n, written in shapes.seen.items() if 0 in written and max(written) > 0}
    return Inferred(more, frozenset(apart), shapes.all_rows)


@dataclass
class _Shapes:
    names: Names
    slots: dict[str, int]
    seen: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    all_rows: bool = False
    equals: dict[str, Syntax] = field(default_factory=dict)
    heads: list[tuple[str, Syntax]] = field(default_factory=list)

    # -------------------------------------------------------------- what is known

    def row(self, node: Syntax) -> bool:
        """Whether a vector is written as a row."""
        found = reference(node, self.names) if isinstance(node, Name | Scripts) else None
        own = self.all_rows or (found is not None and found.name in self.names.rows)
        return own != transposed(node)

    def writes_rows(self, nodes: Iterable[Syntax]) -> bool:
        """Whether vectors stand left of matrices, as in ``x W``, and none stands right of one."""
        found: set[bool] = set()
        for node in nodes:
            if not isinstance(node, Product):
                continue
            for (left, right), operator in zip(pairwise(node.factors), node.operators, strict=True):
                if operator or not isinstance(left, _PLAIN) or not isinstance(right, _PLAIN):
                    continue
                ranks = self.rank(left), self.rank(right)
                if ranks == (1, 2) and not transposed(left):
                    found.add(True)
                elif ranks == (2, 1) and not transposed(right):
                    found.add(False)
        return found == {True}

    def rank(self, node: Syntax) -> int:
        """How many open axes the syntax has, as far as is known."""
        match node:
            case Name() | Scripts():
                found = reference(node, self.names)
                if found is not None:
                    return max(self.slots.get(found.name, 0) - len(found.indices), 0)
                below = node.subscript if isinstance(node, Scripts) else None
                taken = len(split(below)) if below is not None else 0
                return max(self.rank(node.base) - taken, 0) if isinstance(node, Scripts) else 0
            case Group(_, body, "()" | "[]" | "{}"):
                return self.rank(body)
            case Signed(_, terms):
                return max(self.rank(term) for _, term in terms)
            case Product(_, factors, _):
                return self._of_product(factors)
            case Fraction(_, numerator, _):
                return self.rank(numerator)
            case FunctionCall(_, function, argument) if function not in ("det", "norm"):
                return self.rank(argument)
            case Operator(_, "sum", _, _, body):
                return self.rank(body)
            case Differentiation():
                return 0
        return 0

    def _of_product(self, factors: tuple[Syntax, ...]) -> int:
        ranks = [(self.rank(f), self.row(f)) for f in factors]
        known = [(r, t) for r, t in ranks if r]
        if not known:
            return 0
        result, row = known[0]
        for rank, raised in known[1:]:
            if (result, rank) == (1, 1):
                result, row = (0, False) if row else (2, False) if raised else (1, False)
            elif result == 0:
                result, row = rank, raised
            else:
                result, row = max(result + rank - 2, 0), False
        return result

    # -------------------------------------------------------------- what is learned

    def written_out(self, chain: Chain) -> None:
        """``X = [x_1; x_2; ...; x_n]``: one column is a vector, several are a matrix."""
        members = [chain.first, *(member for _, member in chain.rest)]
        for left, right in pairwise(members):
            if isinstance(left, Name | Scripts) and isinstance(right, Matrix):
                found = reference(left, self.names)
                if found is None or found.word or found.indices or found.power is not None:
                    continue
                if not self.slots.get(found.name, 0):
                    columns = {len(row) for row in right.rows}
                    line = columns == {1} or len(right.rows) == 1
                    of_vectors = any(self.rank(e) or transposed(e) for r in right.rows for e in r)
                    self.slots[found.name] = 1 if line and not of_vectors else 2

    def equations(self) -> None:
        """``O = H W``, a matrix also where O_i is one of its rows."""
        for name, right in self.heads:
            if self.slots.get(name, 0) == 1 and name not in self.names.dimensions:
                if name[:1].isupper() and self.rank(right) == 2 and self._of_matrices(right):
                    self.slots[name] = 2

    def _of_matrices(self, right: Syntax) -> bool:
        """Whether two matrices are multiplied."""
        products = (n for n in walk_values(right) if isinstance(n, Product))
        return any(sum(self.rank(f) == 2 for f in p.factors) > 1 for p in products)

    def products(self, node: Syntax) -> None:
        """What transposes, norms and factors side by side say."""
        match node:
            case Scripts(_, base) if transposed(node):
                self._raise(node, veto=False)
                if isinstance(base, Group) and isinstance(base.body, Signed):
                    self._beside_vectors([term for _, term in base.body.terms])
            case Group(_, body, "‖‖"):
                self._terms_are_vectors(body)
            case FunctionCall(_, "diag", argument):
                self._on_the_diagonal(argument)
            case Product(_, factors, operators):
                for n, operator in enumerate(operators):
                    if operator == "" or (operator == "cdot" and self._scales(factors, n)):
                        if _is_scaled(factors[n : n + 3], operators[n + 1 : n + 2]):
                            continue
                        last = n + 2 == len(factors)
                        self._side_by_side(factors[n], factors[n + 1], last)
                self._between(factors)

    def _scales(self, factors: tuple[Syntax, ...], at: int) -> bool:
        """The A of ``A \\cdot X``, of two capital letters."""
        left, right = factors[at], factors[at + 1]
        return isinstance(left, Name) and isinstance(right, Name) and self.rank(right) == 2

    def _on_the_diagonal(self, node: Syntax) -> None:
        """``diag(1 - h^2)``, ``diag(f'(z))``: what is put on a diagonal is a vector.

        But the p_i of ``diag(p_i (1 - p_i))`` are numbers: vectors have no such product.
        """
        match node:
            case Product(_, (Scripts(_, base, subscript), Group(_, body)), ("",)) if (
                subscript is not None and spelling(base) in map(spelling, walk(body))
            ):
                return
            case Name() | Scripts() if not _capital(node):
                self._raise(node)
            case Group(_, body, "()" | "[]" | "{}"):
                self._on_the_diagonal(body)
            case Signed(_, terms):
                for _, term in terms:
                    self._on_the_diagonal(term)
            case Product(_, (_, Group() as argument), ("",)) | FunctionCall(_, _, argument):
                self._on_the_diagonal(argument)

    def layers(self, nodes: Iterable[Syntax]) -> None:
        """``W^{(1)}`` and ``W^{(2)}``, or W_1 and W_2, are of one kind, as are all such letters.

        So are W_{xh} and W_{hh}.
        """
        found = (reference(n, self.names) for n in nodes if isinstance(n, Scripts))
        bare = {f.name for f in found if f is not None and not f.indices}
        layered = {name: LAYER.sub("", name) for name in bare if LAYER.search(name)}
        most: dict[str, int] = {}
        for name, letter in layered.items():
            most[letter] = max(most.get(letter, 0), self.slots.get(name, 0))
        self.slots.update({name: most[letter] for name, letter in layered.items() if most[letter]})

    def sums(self, node: Syntax) -> None:
        """What the terms of a sum say of each other, once the products are known."""
        if isinstance(node, Signed):
            self._sum([term for _, term in node.terms])

    def _side_by_side(self, left: Syntax, right: Syntax, ends: bool) -> None:
        last, first = _last(left), _first(right)
        if isinstance(last, Name) and last.text in PREFIXES:
            return  # \Delta w is one name
        if transposed(left):
            self._raise(left, veto=False)
        if transposed(left) and not transposed(right):
            self._raise(first, vector=ends and self.rank(left) == 1)
        elif (
            self.rank(last) == 2
            and isinstance(last, Name | Scripts)
            and (not _capital(first) or _weights(first))
        ):
            self._raise(first)
        elif self.rank(left) == 1 and self.row(left) and isinstance(first, Name | Scripts):
            if _capital(first):  # of a number nobody would write x c
                self._raise(first)
        elif self.rank(right) and isinstance(last, Name | Scripts) and _capital(last):
            found = reference(last, self.names)
            # Who writes W X^T for rows X of examples may have one weight only: it stays open.
            weight = found is not None and found.name == "W" and transposed(right)
            if found is not None and not (
                found.indices or found.name.rstrip(OWN) in NO_MATRICES or weight
            ):
                self._raise(last)

    def _between(self, factors: tuple[Syntax, ...]) -> None:
        for middle in between(factors):
            self._raise(middle, veto=False)

    def _sum(self, terms: list[Syntax]) -> None:
        """A name beside a vector in a sum is one, but for the b of ``X w + b``."""
        ranks = [self.rank(term) for term in terms]
        widest = max(ranks)
        if not widest or not any(self._with_matrix(term) for term in terms):
            return
        for term, rank in zip(terms, ranks, strict=True):
            found = reference(term, self.names) if isinstance(term, Name | Scripts) else None
            if rank or found is None or len(found.indices) > found.name.count(LAYERED):
                continue
            wide = 2 if _capital(term) else 1
            if widest == 2 and _is_bias(term):  # of a batch: Z = X W + b
                self._raise(term)
            data = any(
                isinstance(n, Name) and n.text == "X" for other in terms for n in walk_values(other)
            )
            bias = isinstance(term, Name) and term.text in ("b", "c") and data
            if wide == widest and not bias:
                self._raise(term)

    def _with_matrix(self, term: Syntax) -> bool:
        """Whether a matrix stands in the term: only there a bare name is sure to be no number."""
        factors = term.factors if isinstance(term, Product) else (term,)
        return any(self.rank(factor) == 2 for factor in factors)

    def _beside_vectors(self, terms: list[Syntax]) -> None:
        """The m of ``(x_n - m)^T``, and x_n: a row less a number is rare."""
        plain = len(terms) == 2 and all(isinstance(term, Name | Scripts) for term in terms)
        if plain or any(self.rank(term) == 1 for term in terms):
            for term in terms:
                named = isinstance(term, Name | Scripts) and not _is_bias(term)
                if named and not self._is_number(term):
                    self._raise(term)

    def _terms_are_vectors(self, body: Syntax) -> None:
        terms = [term for _, term in body.terms] if isinstance(body, Signed) else [body]
        for term in terms:
            if isinstance(term, Name | Scripts) and not self._is_number(term):
                self._raise(term)

    def _is_number(self, node: Syntax) -> bool:
        """The m of ``\\|x - m\\|`` where ``m = \\frac1n \\mathbf{1}^T x``: a mean of components."""
        right = self.equals.get(spelling(node))
        if right is None or self.rank(right):
            return False
        return any(
            self.rank(part) or (r is not None and r.indices and r.name in self.names.dimensions)
            for part in walk_values(right)
            if isinstance(part, Name | Scripts)
            for r in (reference(part, self.names),)
        )

    def _raise(self, node: Syntax, *, veto: bool = True, vector: bool = False) -> None:
        """The name in ``node`` has open axes: two where it is a capital letter, else one.

        ``vector``: also a capital letter is a vector, unless its transpose stands somewhere.
        """
        if not isinstance(node, Name | Scripts):
            return
        if isinstance(node, Scripts) and isinstance(node.base, Group) and transposed(node):
            self._raise(node.base.body, veto=veto, vector=vector)  # (W^{(l)})^T
            return
        found = reference(node, self.names)
        if found is None or found.word or found.name == "I":  # the identity has a size of its own
            return
        bare = unbraced(found.name)
        if bare in self.names.sizes or bare in self.names.letters or bare in self.names.functions:
            return
        if veto and bare in self.names.scalars and not found.indices:
            return
        if found.name in self.names.lettered or not found.indices:
            self.seen[found.name].add(len(found.indices))
        if found.name in self.names.dimensions or self.rank(node):
            return
        layers = found.name.count(LAYERED)
        matrix = _capital(node) and len(found.indices) <= layers
        axes = 2 if matrix and not (vector and found.name not in self.names.transposed) else 1
        self.slots[found.name] = len(found.indices) + axes


def between(factors: tuple[Syntax, ...]) -> Iterable[Syntax]:
    """The A of ``x^T A x``: between a transpose and what it is of a capital is a matrix.

    Beside a matrix, in ``P D P^T``, a number would stand in front.
    """
    for left, middle, right in zip(factors, factors[1:], factors[2:], strict=False):
        if not _capital(middle):
            continue
        if transposed(left) and isinstance(left, Scripts):
            if spelling(left.base) == spelling(right):
                yield middle
        elif transposed(right) and isinstance(right, Scripts) and _capital(left):
            if spelling(right.base) == spelling(left):
                yield middle


def _is_scaled(factors: tuple[Syntax, ...], operators: tuple[str, ...]) -> bool:
    """``x^T a x``, with a small letter: a number, which is no vector beside the row."""
    if len(factors) < 3 or operators != ("",):
        return False
    left, middle, right = factors
    if not (isinstance(left, Scripts) and transposed(left) and isinstance(middle, Name)):
        return False
    base = left.base.body if isinstance(left.base, Group) else left.base
    return spelling(base) == spelling(right) and not _capital(middle) and middle.font != "bold"


def transposed(node: Syntax) -> bool:
    """Whether the syntax ends with a transpose."""
    if not isinstance(node, Scripts):
        return False
    raised = node.superscript
    return isinstance(raised, Name) and raised.text in TRANSPOSES


def _last(node: Syntax) -> Syntax:
    """The factor that stands last."""
    while isinstance(node, Product):
        node = node.factors[-1]
    return node


def _first(node: Syntax) -> Syntax:
    """The factor that stands first, which may stand above a line: ``q^T k / t``."""
    while isinstance(node, Product | Fraction):
        node = node.factors[0] if isinstance(node, Product) else node.numerator
    return node


def _is_bias(node: Syntax) -> bool:
    """b, b_1, c: what is added to each row of a batch."""
    while isinstance(node, Scripts):
        node = node.base
    return isinstance(node, Name) and node.text in ("b", "c") and not node.word


def _weights(node: Syntax) -> bool:
    """W, W_1, V: weights, which nobody writes behind a matrix where they are one number."""
    while isinstance(node, Scripts):
        node = node.base
    return isinstance(node, Name) and node.text in ("W", "V", "U", "\\Theta")


def _capital(node: Syntax) -> bool:
    """Whether the name is a capital letter: \\Sigma is one, too."""
    while isinstance(node, Scripts):
        node = node.base
    if not isinstance(node, Name):
        return False
    letters = node.text
    for accent in ("\\hat", "\\tilde", "\\bar"):
        letters = letters.removeprefix(accent)
    letters = letters.strip("\\{}")
    return letters[:1].isupper()
