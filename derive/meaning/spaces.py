"""Spaces of matrices by their names: ``M_n(\\mathbb{R})`` is ``\\mathbb{R}^{n \\times n}``.

Where it stands behind an element sign it is no product with a quantity M that has an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.meaning.spelling import rewritten, spelling
from derive.reader.syntax import (
    Chain,
    Group,
    List,
    Matrix,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Syntax,
)

__all__ = ["is_marked", "listed", "sizes_of", "with_spaces"]

# The letters before the sizes: all matrices, those with an inverse, orthogonal ones.
_SPACES = frozenset(("M", "Mat", "GL", "SL", "O", "SO"))


def with_spaces(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with powers of R for spaces of matrices that are called otherwise."""
    return {key: rewritten(formula, _written) for key, formula in formulas.items()}


def _written(node: Node) -> Node:
    if not isinstance(node, Chain):
        return node
    rest = tuple(
        (sign, (_space(member) or member) if sign.text == "in" and member is not None else member)
        for sign, member in node.rest
    )
    return node if all(a[1] is b[1] for a, b in zip(rest, node.rest, strict=True)) else (
        replace(node, rest=rest)
    )  # fmt: skip


def _space(node: Syntax) -> Syntax | None:
    """``\\mathbb{R}^{n \\times m}`` for ``M_{n,m}(\\mathbb{R})``."""
    match node:
        case Product(span, (*before, Scripts() as space, Group(_, Name() as field, "()"))):
            pass
        case _:
            return None
    letters = [one.text if isinstance(one, Name) else "?" for one in (*before, space.base)]
    if "".join(letters) not in _SPACES or space.superscript is not None or space.primes:
        return None
    sizes: tuple[Syntax, ...]
    match space.subscript:
        case List(_, (one, other)) | Product(_, (one, other)):
            sizes = one, other
        case Name() as one:
            sizes = one, one
        case _:
            return None
    if not all(isinstance(size, Name) for size in sizes):
        return None
    return Scripts(span, field, None, Product(span, sizes, ("times",)))


def sizes_of(node: Syntax) -> tuple[str, ...] | None:
    """The sizes of R^N and R^{N x M}, but for 1; () for R itself; None for any other space."""
    match node:
        case Scripts(_, Name(_, "R" | "\\R" | "\\Re" | "\\reals"), None, power) if (
            power is not None
        ):
            factors = power.factors if isinstance(power, Product) else (power,)
            if all(isinstance(f, Name | Numeral) or is_marked(f) for f in factors):
                written = (f.text if isinstance(f, Name) else spelling(f) for f in factors)
                return tuple(size for size in written if size != "1")
        case Name(_, "R" | "\\R" | "\\Re" | "\\reals"):
            return ()
    return None


def listed(name: str, node: Syntax) -> tuple[str, ...]:
    """The 2 of ``x = (x_1, x_2)^T``: how many components a list of all of them has, or ()."""
    match node:
        case Scripts(_, base, None, Name(), 0):
            return listed(name, base)
        case Group(_, List(_, items), "()" | "[]"):
            entries: tuple[Syntax, ...] = items
        case Matrix(_, rows) if min(len(rows), *map(len, rows)) == 1:
            entries = tuple(entry for row in rows for entry in row)
        case _:
            return ()
    written = [
        (spelling(entry.base), spelling(entry.subscript))
        for entry in entries
        if isinstance(entry, Scripts) and entry.subscript is not None and entry.superscript is None
    ]
    size = len(entries)
    whole = written == [(name, str(n + 1)) for n in range(size)]
    return (str(size),) if whole and size > 1 else ()


def is_marked(node: Syntax) -> bool:
    """``d_k``, as a size."""
    return isinstance(node, Scripts) and isinstance(node.base, Name) and node.superscript is None
