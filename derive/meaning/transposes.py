"""Transposes by other signs: ``X^t y``, ``X'X``, ``A^{Tr}``.

A t that stands nowhere but above names and brackets is no quantity.  Primes are transposes where
a capital letter or a bracket with a prime stands in front of the same without: ``X'X`` is no
product of derivatives.  Functions that are applied, as f in ``f'(x)``, keep their primes.

``a^{[1]T}`` and ``W^{(2),T}`` are transposes of what a layer's number stands above.

``X_{ki}^T`` beside ``X_{ik}``, or beside ``\\sum_k X_{ik} W_{kj}``, is the entry k, i of the
transpose of X, which is X_{ik}: entries are numbers, and nobody transposes a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from derive.meaning.names import TRANSPOSES
from derive.meaning.notation import readable
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import (
    FunctionCall,
    Group,
    List,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
    Unreadable,
)

__all__ = ["with_inner_products", "with_transposes"]

_WORDS = frozenset(("T r", "t r", "\\text{Tr}", "\\text{tr}", "Tr", "tr"))
_FUNCTIONS = {"f", "g", "h", "F", "G", "\\sigma", "\\phi", "\\varphi", "\\psi", "\\theta"}


@dataclass
class _Signs:
    """What the formulas show: how often t stands anywhere, and above what; squares with primes."""

    letters: int = 0
    above: int = 0
    above_matrices: int = 0
    squares: bool = False
    words: bool = False
    labels: bool = False
    entries: set[str] = field(default_factory=set)  # names with two indices
    pairs: set[tuple[str, str, str]] = field(default_factory=set)  # and which these are
    indices: set[str] = field(default_factory=set)  # letters that stand alone below names
    quantities: set[str] = field(default_factory=set)  # and what they stand below
    products: set[str] = field(default_factory=set)  # those of matrices that are multiplied

    def see(self, node: Node) -> None:
        match node:
            case Name(_, "t"):
                self.letters += 1
            case Scripts(_, base, _, Name(_, "t")):
                self.above += 1
                self.above_matrices += _is_matrix(base)
            case Scripts(_, _, _, (Name() | Product() | FunctionCall()) as above):
                self.words = self.words or spelling(above) in _WORDS
                self.labels = self.labels or _labelled(node) is not None
            case Scripts(_, _, _, List()):
                self.labels = self.labels or _labelled(node) is not None
            case Product():
                self.squares = self.squares or _squares(node)
            case Operator(_, "sum", lower, _, body) if lower is not None and body is not None:
                letters = {n.text for n in walk(lower) if isinstance(n, Name)}
                for product in (n for n in walk(body) if isinstance(n, Product)):
                    for one, after in pairwise(map(_entry, product.factors)):
                        if one and after and one[2] == after[1] and one[2] in letters:
                            self.products.update((one[0], after[0]))
        if isinstance(node, Scripts) and isinstance(node.subscript, Name):
            self.indices.add(spelling(node.subscript))
            self.quantities.add(spelling(node.base))
        if isinstance(node, Scripts) and node.superscript is None and (found := _entry(node)):
            self.entries.add(found[0])
            self.pairs.add(found)

    def labels_of(self, entry: tuple[str, str, str]) -> list[str]:
        """Those of the letters of W_{hy} that are no indices, but say what W leads to."""
        return [x for x in entry[1:] if x in self.quantities or x not in self.indices]

    @property
    def letter(self) -> bool:
        """Whether t stands above capital letters and brackets, and nowhere but above."""
        return self.above_matrices > 0 and self.above == self.letters


def with_inner_products(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """``\\langle w, x_i \\rangle`` as ``w^\\top x_i``, which says that both are vectors."""

    def written(node: Node) -> Node:
        match node:
            case Group(span, List(_, (Name() | Scripts(superscript=None) as a, b)), "⟨⟩") if (
                isinstance(b, Name) or (isinstance(b, Scripts) and b.superscript is None)
            ):
                bare, below = (a.base, a.subscript) if isinstance(a, Scripts) else (a, None)
                turned = Scripts(a.span, bare, below, Name(a.span, "\\top"))
                return Group(span, Product(span, (turned, b), ("",)), "()")
        return node

    return {key: rewritten(formula, written) for key, formula in formulas.items()}


def with_transposes(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with T above whatever is transposed."""
    signs = _Signs()
    for formula in formulas.values():
        for node in walk(formula):
            signs.see(node)
    if not (signs.letter or signs.squares or signs.words or signs.entries or signs.labels):
        return dict(formulas)

    def written(node: Node) -> Node:
        if isinstance(node, Product) and signs.squares:
            return replace(node, factors=tuple(_unprimed(node)))
        if not isinstance(node, Scripts):
            return node
        above = node.superscript
        if above is not None:
            parted = _labelled(node) if signs.labels else None
            if parted is not None:
                inner = Group(node.span, replace(node, superscript=parted[0]), "()")
                return Scripts(node.span, inner, None, parted[1])
            entry = _entry(node)
            if entry is not None and entry[0] in signs.entries and _turned(above):
                assert node.subscript is not None
                if _is_of_transpose(node, entry, signs):
                    return replace(node, subscript=_swapped(node.subscript), superscript=None)
                if _is_matrix(node.base) and not signs.labels_of(entry):
                    said = f"{readable(spelling(node))} may be an entry of the transpose, or of"
                    return Unreadable(node.span, f"{said} {readable(entry[0])} itself")
            t = signs.letter and isinstance(above, Name) and above.text == "t"
            other = t or spelling(above) in _WORDS
            return replace(node, superscript=Name(above.span, "T")) if other else node
        if signs.squares and node.primes == 1 and _is_matrix(node.base):
            return replace(node, primes=0, superscript=Name(node.span, "T"))
        return node

    return {key: rewritten(formula, written) for key, formula in formulas.items()}


def _labelled(node: Scripts) -> tuple[Syntax, Syntax] | None:
    """The label and the T of ``a^{[1]T}`` and ``a^{(1),T}``."""
    match node.superscript:
        case Product(_, (Group() as label, Name() as sign), ("",)) | List(
            _, (label, Name() as sign)
        ) if sign.text in TRANSPOSES:
            return label, sign
    return None


def _entry(node: Node) -> tuple[str, str, str] | None:
    """The name and the two index letters of ``X_{ij}``."""
    match node:
        case Scripts(
            _,
            Name() as base,
            Product(_, (Name(), Name()) as both) | List(_, (Name(), Name()) as both),
        ) if node.primes == 0 and not base.word:
            return spelling(base), spelling(both[0]), spelling(both[1])
    return None


def _turned(above: Syntax) -> bool:
    return isinstance(above, Name) and above.text in TRANSPOSES


def _is_of_transpose(node: Scripts, entry: tuple[str, str, str], signs: _Signs) -> bool:
    """Whether ``X^T_{ki}`` or ``X_{ki}^T`` is surely an entry of a matrix that is transposed."""
    above, below = node.superscript, node.subscript
    if above is None or below is None or above.span.start < below.span.start:
        return True
    name, row, column = entry
    seen = (name, column, row) in signs.pairs and len(signs.labels_of(entry)) < 2
    return name in signs.products or seen


def _swapped(pair: Syntax) -> Syntax:
    match pair:
        case Product(_, (one, other)):
            return replace(pair, factors=(other, one))
        case List(_, (one, other)):
            return replace(pair, items=(other, one))
    return pair


def _is_matrix(node: Syntax) -> bool:
    """A capital letter, a bold one, or brackets."""
    if isinstance(node, Group):
        return node.delimiters in ("()", "[]")
    return (
        isinstance(node, Name)
        and not node.word
        and (node.text[:1].isupper() or node.text.lstrip("\\")[:1].isupper() or node.font == "bold")
    )


def _squares(node: Node) -> bool:
    """``X'X``, ``(y - X b)'(y - X b)``."""
    if not isinstance(node, Product):
        return False
    for one, after in pairwise(node.factors):
        if isinstance(one, Scripts) and one.primes == 1 and one.superscript is None:
            if _is_matrix(one.base) and one.subscript is None:
                if spelling(one.base) == spelling(after):
                    return True
    return False


def _unprimed(node: Product) -> Iterator[Syntax]:
    """The factors; a primed letter that is applied to nothing is transposed."""
    for n, factor in enumerate(node.factors):
        after = node.factors[n + 1] if n + 1 < len(node.factors) else None
        applied = isinstance(after, Group) and _name(factor) in _FUNCTIONS
        plain = isinstance(factor, Scripts) and factor.primes == 1 and factor.superscript is None
        if plain and not applied and isinstance(factor, Scripts):
            yield replace(factor, primes=0, superscript=Name(factor.span, "T"))
        else:
            yield factor


def _name(node: Node) -> str:
    while isinstance(node, Scripts):
        node = node.base
    return node.text if isinstance(node, Name) else ""
