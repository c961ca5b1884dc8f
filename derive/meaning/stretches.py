"""What one stretch of a document shows of a name, whatever the others do with it.

The y of a page on one output is a number where another page has a vector of them.  Where the
shapes of a step do not fit, its names can be taken as this stretch, from one heading to the next,
uses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from derive.meaning.names import TRANSPOSES, Names, base_name, flatten
from derive.meaning.spelling import walk
from derive.reader.document import Formula, Heading, Item
from derive.reader.syntax import (
    Chain,
    Differentiation,
    FunctionCall,
    Group,
    Matrix,
    Name,
    Node,
    ParsedFormula,
    Product,
    Scripts,
)

__all__ = ["numbers_alone", "stretch"]

OF_VECTORS = {
    "softmax", "logsumexp", "norm", "diag", "tr", "trace", "det", "sum", "mean", "max", "min",
    "argmax", "argmin",
}  # fmt: skip


def numbers_alone(
    formulas: Iterable[ParsedFormula], names: Names, scalar: bool = False
) -> frozenset[str]:
    """Letters with components elsewhere that stand for themselves in these formulas.

    ``scalar``: the text calls something here so, and what others are declared as is left behind.
    """
    declared = frozenset() if scalar else names.dimensions.keys()
    bare: set[str] = set()
    other: set[str] = set()
    for formula in formulas:
        for row in formula.rows:
            _look(row.body, bare, other)
    return frozenset(
        name
        for name in bare - other
        if names.slots.get(name, 0)
        and not name.isupper()
        and name not in declared | names.arrays | names.rows
    )


def stretch(items: Sequence[Item], at: int) -> Iterator[Formula]:
    """The formulas between the headings around the item ``at``, with deeper sections."""
    start = at
    while start > 0 and not isinstance(items[start], Heading):
        start -= 1
    first = items[start]
    level = first.level if isinstance(first, Heading) else 0
    for item in items[start + 1 :]:
        if isinstance(item, Heading) and item.level <= level:
            return
        if isinstance(item, Formula):
            yield item


def _look(body: Node, bare: set[str], other: set[str]) -> None:
    """Notes names that stand without scripts, and those that something marks as vectors."""
    for node in walk(body):
        match node:
            case Name(_, _, font):
                (other if font == "bold" else bare).add(base_name(node))
            case Scripts():
                flat = flatten(node)
                if flat is None:
                    if _turned(node) and isinstance(node.base, Group):
                        other.update(_names(node.base))
                    continue
                base, below, above, _ = flat
                if below or any(_is_mark(script) for script in above):
                    other.add(base_name(base))
            case FunctionCall(_, function, argument) if function in OF_VECTORS:
                other.update(_names(argument))
            case Group(_, inner, "‖‖" | "⟨⟩"):
                other.update(_names(inner))
            case Chain(_, Name() as first, ((sign, _), *_)) if sign.text == "in":
                other.add(base_name(first))
            case Differentiation(_, _, variables, "nabla"):
                for variable in variables:
                    other.update(_names(variable))
            case Product(_, factors, operators):
                for n, operator in enumerate(operators):
                    pair = factors[n : n + 2]
                    if operator in ("odot", "otimes") or any(map(_is_capital, pair)):
                        other.update(name for factor in pair for name in _names(factor))
            case Matrix():
                other.update(_names(node))
            case Chain(_, first, rest) if first is not None:
                if any(sign.text == "in" or isinstance(m, Matrix) for sign, m in rest):
                    other.update(_names(first))


def _is_capital(node: Node) -> bool:
    """W, X, A_1: what may be a matrix."""
    while isinstance(node, Scripts):
        node = node.base
    return isinstance(node, Name) and node.text.strip("\\").isalpha() and node.text.isupper()


def _turned(node: Scripts) -> bool:
    above = node.superscript
    return isinstance(above, Name) and above.text in TRANSPOSES


def _is_mark(script: Node) -> bool:
    """A transpose, or an index in brackets."""
    match script:
        case Name(_, text):
            return text in TRANSPOSES
        case Group(_, _, "()" | "[]" | "⟨⟩"):
            return True
    return False


def _names(node: Node) -> set[str]:
    return {base_name(part) for part in walk(node) if isinstance(part, Name)}
