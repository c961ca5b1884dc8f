"""Letters that one stretch of a document uses otherwise than the rest of it.

Where the x of most sections is a matrix and one section computes with ``e^{-x}``, the two share
only the letter.  Where the shapes of a step do not fit, its section, from one heading, cell of
a notebook or exercise in a list to the next, is looked at by itself, and then its formula: letters
that these use with another number of indices than the document get a name of their own there.

What is read so may be less than what is meant, and then more holds of it: of numbers A B is B A.
So a letter is taken for a number where the stretch computes with it as with one, as in ``1 + x``
and ``\\log x``, and no matrix of the document ever is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from derive.meaning.kinds import said_to_be_arrays
from derive.meaning.names import MARKS, TRANSPOSES, Names, base_name
from derive.meaning.spelling import OWN, rewritten, walk
from derive.meaning.statement import Position, Statement, position
from derive.meaning.survey import survey
from derive.reader.document import Break, Document, Formula, Heading, Item, Prose
from derive.reader.syntax import (
    Fraction,
    Group,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Signed,
    Syntax,
)

__all__ = ["Misfits", "misfits", "with_own_letters"]

_NO_QUANTITIES = TRANSPOSES | MARKS | {"e", "\\pi"}
# The beginning of an exercise that is an item of a list.
_LISTED = re.compile(r"\n*(?:[-*+]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class Stretch:
    """Items that are looked at by themselves; ``around``: the section that they stand in."""

    items: Sequence[Item]
    around: Sequence[Item]


@dataclass(frozen=True)
class Misfits:
    """The stretches of a kind in which shapes do not fit, and where their statements stand."""

    kind: str
    stretches: tuple[Stretch, ...]
    places: frozenset[Position]


def misfits(document: Document, statements: Sequence[Statement]) -> Iterator[Misfits]:
    """The sections, and then the formulas, in which shapes do not fit."""
    wrong = {position(s.place) for s in statements if s.misfit}
    if not wrong:
        return
    stands = [position(s.place) for s in statements]
    sections = _sections(document)
    whole = [Stretch(section, section) for section in sections]
    single = [Stretch((f,), section) for section in sections for f in _formulas(section)]
    for kind, parts in (("section", whole), ("formula", single)):
        stretches: list[Stretch] = []
        places: set[Position] = set()
        for part in parts:
            begin = position(document.place(part.items[0].span))
            last = document.place(part.items[-1].span)
            end = last.cell or 0, last.end_line, last.end_column
            within = {at for at in stands if begin <= at <= end}
            if within & wrong:
                stretches.append(part)
                places |= within
        yield Misfits(kind, tuple(stretches), frozenset(places))


def _sections(document: Document) -> list[list[Item]]:
    """The items from one heading, cell of a notebook or item with a display to the next."""
    found: list[list[Item]] = []
    cell = None
    before: Item | None = None
    for item in document.items:
        here = document.place(item.span).cell
        listed = isinstance(before, Break) and isinstance(item, Prose) and _LISTED.match(item.text)
        shown = found and any(isinstance(x, Formula) and x.display for x in found[-1])
        if isinstance(item, Heading) or here != cell or not found or (listed and shown):
            found.append([])
        cell, before = here, item
        found[-1].append(item)
    return found


def with_own_letters(
    stretches: Iterable[Stretch],
    formulas: Mapping[int, ParsedFormula],
    names: Names,
    statements: Sequence[Statement],
) -> tuple[dict[int, ParsedFormula], dict[str, str]]:
    """The formulas with names of their own for letters of some stretches, and these names."""
    result = dict(formulas)
    taken = {n.text for f in formulas.values() for n in walk(f) if isinstance(n, Name)}
    defined = {
        d.name: -1 if d.arguments else len(d.indices) for s in statements for d in s.definitions
    }
    given: dict[tuple[str, int], str] = {}
    surveyed: dict[int, Names] = {}
    for stretch in stretches:
        own = {id(f): formulas[id(f)] for f in _formulas(stretch.items)}
        here = _surveyed(stretch.items, formulas)
        first = id(stretch.around[0])
        surveyed[first] = around = surveyed.get(first) or _surveyed(stretch.around, formulas)
        apart: dict[str, str] = {}
        here = replace(here, numeric=here.numeric | frozenset(_numbers(own.values())))
        raised = frozenset(_raised_functions(own.values())) & names.functions
        found = dict(_apart(_letters(own.values()) - raised, names, here, around, defined))
        numbers = {letter for letter, slots in found.items() if not slots}
        for letter in sorted(found.keys() - (_multiplied(own.values(), numbers) - here.numeric)):
            slots = found[letter]
            new = given.get((letter, slots)) or _fresh(letter, taken)
            taken.add(new)
            given[letter, slots] = apart[letter] = new
        result.update((key, _renamed(formula, apart)) for key, formula in own.items())
    return result, {new: letter for (letter, _), new in given.items()}


def _surveyed(items: Sequence[Item], formulas: Mapping[int, ParsedFormula]) -> Names:
    """What some items show of their names."""
    own = {id(f): formulas[id(f)] for f in _formulas(items)}
    words = " ".join(item.text for item in items if isinstance(item, Prose))
    return survey(own.values(), words, said_to_be_arrays(items, own))


def _fresh(letter: str, taken: Iterable[str]) -> str:
    new = letter + OWN
    while new in taken:
        new += OWN
    return new


def _formulas(items: Iterable[Item]) -> Iterator[Formula]:
    for item in items:
        if isinstance(item, Formula):
            yield item
        elif isinstance(item, Heading):
            yield from item.formulas


def _letters(formulas: Iterable[ParsedFormula]) -> set[str]:
    nodes = (node for formula in formulas for node in walk(formula))
    return {
        base_name(node)
        for node in nodes
        if isinstance(node, Name) and not node.word and node.font != "blackboard"
    } - _NO_QUANTITIES


def _raised_functions(formulas: Iterable[ParsedFormula]) -> Iterator[str]:
    """The f of ``f^{-1}(y)``."""
    for node in (node for formula in formulas for node in walk(formula)):
        for one, other in pairwise(node.factors if isinstance(node, Product) else ()):
            match one, other:
                case Scripts(_, Name() as function, None, above), Group() if above is not None:
                    yield base_name(function)


def _multiplied(formulas: Iterable[ParsedFormula], letters: set[str]) -> set[str]:
    """Those of the letters that stand in products with each other."""
    found: set[str] = set()
    for node in (node for formula in formulas for node in walk(formula)):
        factors = node.factors if isinstance(node, Product) else ()
        here = {base_name(f) for f in factors if isinstance(f, Name)} & letters
        found |= here if len(here) > 1 else set()
    return found


def _numbers(formulas: Iterable[ParsedFormula]) -> Iterator[str]:
    """The x of ``x^2 - 1`` and of ``e^{-x^2 / 2}``."""
    for node in (node for formula in formulas for node in walk(formula)):
        match node:
            case Signed(_, terms) if any(isinstance(term, Numeral) for _, term in terms):
                yield from _counted_in(node)
            case Scripts(_, Name(_, "e"), None, above) if above is not None:
                yield from _counted_in(above)


def _counted_in(node: Syntax) -> Iterator[str]:
    """Names of which arithmetic is done, each with numbers alone."""
    match node:
        case Name():
            yield base_name(node)
        case Scripts(_, base, None, Numeral(), 0):
            yield from _counted_in(base)
        case Group(_, body, "()" | "[]" | "{}"):
            yield from _counted_in(body)
        case Signed(_, terms):
            for _, term in terms:
                yield from _counted_in(term)
        case Fraction(_, above, Numeral()):
            yield from _counted_in(above)
        case Product(_, factors) if sum(not isinstance(f, Numeral) for f in factors) == 1:
            for factor in factors:
                yield from _counted_in(factor)


def _apart(
    letters: set[str], names: Names, here: Names, around: Names, defined: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Letters with another number of indices here than in the document, and that number.

    ``around``: what the section shows, of which this is a part; ``defined``: with how many indices
    names were defined.
    """
    special = names.sizes | here.sizes | here.letters | here.functions
    bare: list[str] = []
    vectors = frozenset[str]().union(*names.said_vectors.values())
    for name in sorted(letters - special):
        slots, usual = here.slots.get(name, 0), names.slots.get(name, 0)
        otherwise = name in names.letters | names.functions
        otherwise = otherwise or (slots > 0 and defined.get(name, slots) != slots)
        if slots == usual and not otherwise:
            continue
        numeric = name in here.numeric
        if slots < usual and name.strip("\\")[:1].isupper():
            matrices = names.arrays | around.arrays
            if not numeric or name in matrices or len(names.dimensions.get(name, ())) == 2:
                continue
        if slots or numeric:
            yield name, slots
        elif name not in vectors:
            bare.append(name)
    if len(bare) == 1:  # of several the products would be those of numbers
        yield bare[0], 0


def _renamed(formula: ParsedFormula, letters: Mapping[str, str]) -> ParsedFormula:
    def changed(node: Node) -> Node:
        if isinstance(node, Name) and base_name(node) in letters:
            return replace(node, text=letters[base_name(node)])
        return node

    return rewritten(formula, changed) if letters else formula
