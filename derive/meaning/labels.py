"""Labels at a name that tell it from others: ``y_k^{LS}``, ``w^{\\text{OLS}}``, ``S_b``.

A word that stands above names and nowhere else is no power, and neither are capitals side by
side of which one stands nowhere else.  Above e and above numbers everything is a power.

A letter below one name alone is a label where an equation makes one of the labelled out of the
others, as in ``S_b = S_t - S_w``: entries of one array have all positions on both sides, or sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from derive.meaning.spelling import parts, rewritten, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Product,
    Scripts,
    Signed,
)

__all__ = ["with_labels_as_words", "with_letters_as_labels"]

# What hardly anybody labels with.
_INDICES = frozenset("ijklmnpqr")


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


def with_letters_as_labels(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with a word for each letter below a name that is a label and no position."""
    chains = [n for formula in formulas.values() for n in walk(formula) if isinstance(n, Chain)]
    made = {base for chain in chains if (base := _made_of_others(chain)) is not None}
    labelled = made and _labelled(formulas.values()) & made
    if not labelled:
        return dict(formulas)

    def changed(node: Node) -> Node:
        base, letter = _lettered(node)
        if letter is None or base not in labelled or not isinstance(node, Scripts):
            return node
        return replace(node, subscript=replace(letter, font="label", word=True))

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


_Base = tuple[str, str]


def _lettered(node: Node) -> tuple[_Base | None, Name | None]:
    """``S_b``: the name, and the letter below."""
    match node:
        case Scripts(_, Name(_, text, font), Name(_, letter, "", False) as below):
            if len(letter) == 1 and letter.isalpha() and letter not in _INDICES:
                return (text, font), below
            return (text, font), None
    return None, None


def _made_of_others(chain: Chain) -> _Base | None:
    """The name S in ``S_b = S_t - S_w``, where a side has no letter of the other one."""
    base, letter = _lettered(chain.first) if chain.first is not None else (None, None)
    if letter is None or chain.rest[0][0].text not in ("=", "defined"):
        return None
    for _, side in chain.rest:
        found = [_lettered(n) for n in walk(side)] if side is not None else []
        others = {x.text for of, x in found if x is not None and of == base}
        if len(others) > 1 and letter.text not in others:
            return base
    return None


def _labelled(formulas: Iterable[ParsedFormula]) -> set[_Base]:
    """The names with letters below that are under no other name, and no positions."""
    below: dict[_Base, set[str]] = defaultdict(set)
    positions: set[str] = set()
    alone: set[str] = set()
    used: set[str] = set()
    unlike: set[_Base] = set()
    for formula in formulas:
        bodies = [row.body for row in formula.rows]
        alone.update(body.text for body in bodies if isinstance(body, Name))
        for node in walk(formula):
            match node:
                case Scripts(_, Name(_, text, font), under) if under is not None:
                    letter = _lettered(node)[1]
                    if letter is not None:
                        below[text, font].add(letter.text)
                    else:
                        unlike.add((text, font))
                        positions |= _names(under)
                case Operator(_, _, lower) if lower is not None:
                    positions |= _names(lower)
                case Differentiation(_, _, variables):
                    unlike.update(b for v in variables for n in walk(v) if (b := _lettered(n)[0]))
                case Product(_, parts_) | Signed(_, parts_):
                    factors = (part[1] if isinstance(part, tuple) else part for part in parts_)
                    used.update(x.text for x in map(_base, factors) if isinstance(x, Name))
    positions |= alone - used
    owners = [letter for letters in below.values() for letter in letters]
    shared = {letter for letter in owners if owners.count(letter) > 1}
    return {b for b, found in below.items() if not found & (positions | shared)} - unlike


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Scripts) else node


def _names(node: Node) -> set[str]:
    return {part.text for part in walk(node) if isinstance(part, Name)}
