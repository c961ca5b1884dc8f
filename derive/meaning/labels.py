"""Words above a name that tell it from others: ``y_k^{LS}``, ``w^{\\text{OLS}}``.

A word that stands above names and nowhere else is no power, and neither are capitals side by
side of which one stands nowhere else.  Above e and above numbers everything is a power.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.meaning.spelling import parts, rewritten, walk
from derive.reader.syntax import Name, Node, ParsedFormula, Product, Scripts

__all__ = ["with_labels_as_words"]


def with_labels_as_words(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with one word of the font "label" for each label above a name."""
    nodes = [node for formula in formulas.values() for node in walk(formula)]
    above = {word for node in nodes if (word := _label(node)) is not None}
    if not above:
        return dict(formulas)
    standing = {name for formula in formulas.values() for name in _standing(formula)}
    labels = {word for word in above if not standing.issuperset(word)}

    def changed(node: Node) -> Node:
        word = _label(node)
        if word not in labels or not isinstance(node, Scripts) or node.superscript is None:
            return node
        label = Name(node.superscript.span, "".join(word), "label", word=True)
        return replace(node, superscript=label)

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _label(node: Node) -> tuple[str, ...] | None:
    """The word above a letter: ``("OLS",)`` for a word, ``("L", "S")`` for capitals."""
    match node:
        case Scripts(_, Name(_, base, font), _, above, 0) if base != "e" and font != "blackboard":
            pass
        case _:
            return None
    match above:
        case Name(_, word, _, True) if word.isalpha() and len(word) > 1:
            return (word,)
        case Product(_, letters, operators) if not any(operators):
            names = tuple(x.text for x in letters if isinstance(x, Name))
            capitals = all(len(name) == 1 and name.isupper() for name in names)
            return names if capitals and len(names) == len(letters) else None
    return None


def _standing(node: Node) -> Iterator[str]:
    """The names that stand in a formula, but for what is above and below others."""
    if isinstance(node, Name):
        yield node.text
    inner = (node.base,) if isinstance(node, Scripts) else parts(node)
    for part in inner:
        yield from _standing(part)
