"""Transposes by other signs: ``X^t y``, ``X'X``, ``A^{Tr}``.

A t that stands nowhere but above names and brackets is no quantity.  Primes are transposes where
a capital letter or a bracket with a prime stands in front of the same without: ``X'X`` is no
product of derivatives.  Functions that are applied, as f in ``f'(x)``, keep their primes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import (
    FunctionCall,
    Group,
    Name,
    Node,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["with_transposes"]

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

    def see(self, node: Node) -> None:
        match node:
            case Name(_, "t"):
                self.letters += 1
            case Scripts(_, base, _, Name(_, "t")):
                self.above += 1
                self.above_matrices += _is_matrix(base)
            case Scripts(_, _, _, (Name() | Product() | FunctionCall()) as above):
                self.words = self.words or spelling(above) in _WORDS
            case Product():
                self.squares = self.squares or _squares(node)

    @property
    def letter(self) -> bool:
        """Whether t stands above capital letters and brackets, and nowhere but above."""
        return self.above_matrices > 0 and self.above == self.letters


def with_transposes(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with T above whatever is transposed."""
    signs = _Signs()
    for formula in formulas.values():
        for node in walk(formula):
            signs.see(node)
    if not (signs.letter or signs.squares or signs.words):
        return dict(formulas)

    def written(node: Node) -> Node:
        if isinstance(node, Product) and signs.squares:
            return replace(node, factors=tuple(_unprimed(node)))
        if not isinstance(node, Scripts):
            return node
        above = node.superscript
        if above is not None:
            t = signs.letter and isinstance(above, Name) and above.text == "t"
            other = t or spelling(above) in _WORDS
            return replace(node, superscript=Name(above.span, "T")) if other else node
        if signs.squares and node.primes == 1 and _is_matrix(node.base):
            return replace(node, primes=0, superscript=Name(node.span, "T"))
        return node

    return {key: rewritten(formula, written) for key, formula in formulas.items()}


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
