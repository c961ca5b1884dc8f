"""Letters with two meanings: formal arguments, pi, and one example beside all of them.

A letter in the brackets of a definition is bound there: the mu of ``f(x, \\mu) = ...`` is a
number.  Where the text has components mu_k elsewhere, and computes nowhere else with mu alone,
the two share only the letter.  The pi of ``2 \\pi`` is the circle's, whatever the pi_k are.

Where the components of a bold y are y_k, and those of the bold y_i of a batch are y_{ik}, there
are two families of the name: one for any example, and one for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from derive.meaning.names import arguments, flatten, split
from derive.meaning.spelling import is_letter, rewritten, single, spelling, walk
from derive.meaning.sums import free_names
from derive.reader.syntax import (
    Chain,
    Differentiation,
    FunctionCall,
    Group,
    List,
    Name,
    Node,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    Row,
    Scripts,
    Signed,
    Syntax,
)

__all__ = ["is_policy", "with_letters_apart"]


TRUTH = ("True", "true", "False", "false")


def with_letters_apart(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with other names for letters that share theirs with components."""
    formulas = _with_sizes_apart(_with_truth_values(_with_circle(_with_batches_apart(formulas))))
    rows = [row for formula in formulas.values() for row in formula.rows]
    heads = [(row, *found) for row in rows if (found := _defined(row)) is not None]
    if not heads:
        return dict(formulas)
    bare: Counter[str] = Counter()
    indexed: set[str] = set()
    calls: Counter[tuple[str, int]] = Counter()
    for row in rows:
        own = _letters(row)
        indexed |= own[1]
        calls.update(_calls(row))
        if not _only_mentions(row):
            bare.update(own[0])
    renamed: dict[int, frozenset[str]] = {}
    for row, function, listed in heads:
        here, inner = _letters(row)
        apart = frozenset(
            item.text
            for item in listed
            if isinstance(item, Name)
            and item.text in indexed - inner
            and bare[item.text] == here[item.text] > 1  # it is computed with
        )
        if apart and calls[function, len(listed)] > 1:
            renamed[id(row)] = apart
    return {
        key: replace(
            formula,
            rows=tuple(
                _renamed(row, renamed[id(row)]) if id(row) in renamed else row
                for row in formula.rows
            ),
        )
        for key, formula in formulas.items()
    }


def _with_circle(formulas: Mapping[int, ParsedFormula]) -> Mapping[int, ParsedFormula]:
    """``2 \\pi`` with the character for pi, where ``\\pi_k`` or ``\\pi(a)`` is something else."""
    rows = [row for formula in formulas.values() for row in formula.rows]
    own = any(map(is_policy, formulas.values()))
    if not own and not any("\\pi" in _letters(row)[1] for row in rows):
        return formulas

    def changed(node: Node) -> Node:
        match node:
            case Product(_, (Numeral(_, "2"), Name(_, "\\pi") as letter, *others), ("", *_)):
                circle = replace(letter, text="π")
                return replace(node, factors=(node.factors[0], circle, *others))
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _with_sizes_apart(formulas: Mapping[int, ParsedFormula]) -> Mapping[int, ParsedFormula]:
    """The H of ``W \\in \\mathbb{R}^{D \\times H}`` apart from that of ``H = \\max(0, Z)``.

    Nothing that a number is made of is found in a space, and nobody transposes a number.
    """
    bodies = [row.body for formula in formulas.values() for row in formula.rows]
    nodes = [node for body in bodies for node in walk(body)]
    sizes = {name.text for node in nodes for name in _sizes_of_space(node)}
    if not sizes:
        return formulas
    made = {
        body.first.text
        for body in bodies
        if isinstance(body, Chain) and isinstance(body.first, Name)
        if body.rest[0][0].text in ("=", "assign") and _is_made(body.rest[0][1])
    }
    turned = {
        node.base.text
        for node in nodes
        if isinstance(node, Scripts) and isinstance(node.base, Name)
        if isinstance(node.superscript, Name) and node.superscript.text in ("T", "\\top")
    }
    both = sizes & made & turned
    if not both:
        return formulas

    def changed(node: Node) -> Node:
        if not isinstance(node, Chain) or not list(_sizes_of_space(node)):
            return node
        rest = tuple(
            (sign, rewritten(member, apart) if sign.text == "in" and member is not None else member)
            for sign, member in node.rest
        )
        return replace(node, rest=rest)

    def apart(node: Node) -> Node:
        if isinstance(node, Name) and node.text in both:
            return replace(node, text=node.text + "'")
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _sizes_of_space(node: Node) -> Iterator[Name]:
    """The D and H of ``... \\in \\mathbb{R}^{D \\times H}``."""
    for sign, member in node.rest if isinstance(node, Chain) else ():
        match sign.text, member:
            case "in", Scripts(_, Name(_, "R", "blackboard"), None, above) if above is not None:
                yield from (n for n in walk(above) if isinstance(n, Name))


def _is_made(node: Syntax | None) -> bool:
    """Whether it is made of other names than one, as no declaration of a size is."""
    return node is not None and any(
        isinstance(n, FunctionCall | Operator | Product) for n in walk(node)
    )


def is_policy(formula: ParsedFormula) -> bool:
    """Whether a pi is no number: it is applied, as in ``\\pi(a \\mid s)``, or differentiated.

    ``\\log \\pi = ...`` says what it is, too, and so does ``\\pi = f(x)`` with names in it.
    """
    return any(
        (
            isinstance(node, Product)
            and any(
                isinstance(one, Name) and one.text == "\\pi" and isinstance(other, Group)
                for one, other in pairwise(node.factors)
            )
        )
        or (isinstance(node, Differentiation) and _of_pi(node.body))
        or (isinstance(node, Chain) and isinstance(node.first, FunctionCall) and _of_pi(node.first))
        or (isinstance(node, Chain) and _of_pi(node.first) and _is_made_of_names(node))
        for node in walk(formula)
    )


def _is_made_of_names(chain: Chain) -> bool:
    """Whether what stands behind the first sign holds a name that no sum in it binds."""
    sign, member = chain.rest[0]
    names = set(free_names(member)) if member is not None and sign.text == "=" else set()
    return any(map(single, names - {"e", "\\pi", "\\infty"}))


def _of_pi(node: Syntax | None) -> bool:
    """Whether it is pi, or the logarithm of pi."""
    if isinstance(node, FunctionCall) and node.function == "log":
        node = node.argument.body if isinstance(node.argument, Group) else node.argument
    return isinstance(node, Name) and node.text == "\\pi"


def _with_truth_values(formulas: Mapping[int, ParsedFormula]) -> Mapping[int, ParsedFormula]:
    """``1\\{\\text{True}\\}``, which says what an indicator is, as its value."""

    def changed(node: Node) -> Node:
        match node:
            case Product(
                span,
                (Numeral(_, "1"), Group(_, Name(_, "True" | "true" | "False" | "false" as said))),
                ("",),
            ):
                return Numeral(span, "1" if said.lower() == "true" else "0")
        return node

    if not any(isinstance(n, Name) and n.text in TRUTH for f in formulas.values() for n in walk(f)):
        return formulas
    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _with_batches_apart(formulas: Mapping[int, ParsedFormula]) -> Mapping[int, ParsedFormula]:
    """``\\mathbf{y}_i`` and ``y_{ik}`` with another name than ``\\mathbf{y}`` and ``y_k``."""
    seen: Counter[tuple[str, bool, int]] = Counter()
    stepped = set[str]()  # by the subscripts of \mathbf{w}_{t+1} and \mathbf{w}_t
    for formula in formulas.values():
        for row in formula.rows:
            below = set[int]()
            for node in walk(row):
                if isinstance(node, Scripts) and isinstance(node.base, Name):
                    if node.base.font == "bold" and _is_next(node.subscript):
                        stepped.add(node.base.text)
                    below.add(id(node.base))
                    seen[node.base.text, node.base.font == "bold", _count(node)] += 1
                elif isinstance(node, Name) and id(node) not in below:
                    seen[node.text, node.font == "bold", 0] += 1
    kinds: tuple[tuple[bool, int], ...] = ((True, 0), (True, 1), (False, 1), (False, 2))
    if any(map(_declares_one_of_many, (r for f in formulas.values() for r in f.rows))):
        kinds = kinds[:3]  # the text says that \mathbf{y}_i is a vector
    apart = {
        name
        for name, _, _ in seen
        if all(seen[name, *kind] for kind in (kinds[:3] if name in stepped else kinds))
        and not seen[name, True, 2]
    }

    def changed(node: Node) -> Node:
        match node:
            case Scripts(_, Name(_, text, font) as base) if text in apart:
                if _count(node) == (1 if font == "bold" else 2):
                    return replace(node, base=replace(base, text=text + "'"))
        return node

    return {key: rewritten(f, changed) for key, f in formulas.items()} if apart else formulas


def _declares_one_of_many(row: Row) -> bool:
    """``\\mathbf{y}_i \\in \\mathbb{R}^d``: one vector of a batch, and no component."""
    match row.body:
        case Chain(_, first, ((sign, Scripts(_, Name(_, "R", "blackboard"), None, above)), *_)):
            listed = first.items if isinstance(first, List) else (first,)
            return (
                sign.text == "in"
                and above is not None
                and any(
                    isinstance(x, Scripts)
                    and isinstance(x.base, Name)
                    and x.base.font == "bold"
                    and _count(x) == 1
                    and is_letter(x.subscript)
                    for x in listed
                )
            )
    return False


def _is_next(below: Syntax | None) -> bool:
    """``t + 1``."""
    match below:
        case Signed(_, ((1, Name()), (1, Numeral()))):
            return True
    return False


def _count(node: Scripts) -> int:
    """How many letters stand below."""
    return len(split(node.subscript)) if node.subscript is not None else 0


def _defined(row: Row) -> tuple[str, tuple[Syntax, ...]] | None:
    """The function that an equation begins with, and its arguments."""
    match row.body:
        case Chain(_, Product(_, (head, Group(_, inside, "()" | "[]")), ("",)), rest) if rest[0][
            0
        ].text in ("=", "assign"):
            listed = arguments(inside)
            if listed is not None and flatten(head) is not None:
                return spelling(head), listed
    return None


def _calls(row: Row) -> Iterator[tuple[str, int]]:
    for node in walk(row):
        if isinstance(node, Product):
            for one, other in pairwise(node.factors):
                if isinstance(other, Group):
                    yield spelling(one), len(arguments(other.body) or ())


def _letters(row: Row) -> tuple[Counter[str], frozenset[str]]:
    """Letters that stand without indices, counted, and those that stand with some."""
    names = Counter(node.text for node in walk(row) if isinstance(node, Name))
    below = Counter(
        node.base.text
        for node in walk(row)
        if isinstance(node, Scripts) and node.subscript is not None and isinstance(node.base, Name)
    )
    return names - below, frozenset(below)


def _only_mentions(row: Row) -> bool:
    """``$\\mu$``, ``$\\sigma^2$`` and ``$x \\sim N(\\mu, \\sigma^2)$`` compute nothing."""
    if isinstance(row.body, Chain):
        return all(sign.text == "sim" for sign, _ in row.body.rest)
    return flatten(row.body) is not None


def _renamed(row: Row, letters: frozenset[str]) -> Row:
    def changed(node: Node) -> Node:
        if isinstance(node, Name) and node.text in letters:
            return replace(node, text=node.text + "'")
        return node

    return rewritten(row, changed)
