"""The meaning of a document: its definitions, hypotheses and claims, and what is unread.

The document is read twice.  The first reading finds out which index letters share a range, how
many indices a name has, and what is defined where; the second makes the statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from derive.meaning import prose
from derive.meaning.arithmetics import other_arithmetics, says_stochastic
from derive.meaning.bold_slopes import with_plain_components
from derive.meaning.bracketed import with_entries_below
from derive.meaning.choices import Choice
from derive.meaning.columns import with_lists_as_columns
from derive.meaning.conditionals import fixed_conditions, without_conditions
from derive.meaning.conditioned import with_conditioned_indices
from derive.meaning.counts import counts
from derive.meaning.deltas import with_named_gradients, with_own_deltas
from derive.meaning.dots import with_dots_as_derivatives
from derive.meaning.entries import with_entries_named
from derive.meaning.events import with_probabilities
from derive.meaning.gates import with_gates
from derive.meaning.gradients import with_gradients
from derive.meaning.headed import without_heads
from derive.meaning.homonyms import with_letters_apart
from derive.meaning.imaginary import may_be_complex
from derive.meaning.inner import with_inner_functions
from derive.meaning.intercepts import with_intercepts
from derive.meaning.kinds import said_to_be_arrays
from derive.meaning.labels import with_labels_as_words, with_letters_as_labels
from derive.meaning.languages import in_english
from derive.meaning.layers import layers_of, with_layers_apart
from derive.meaning.led_by_cases import with_cases_apart
from derive.meaning.marginals import with_marginals
from derive.meaning.members import with_members
from derive.meaning.names import Names
from derive.meaning.notation import readable
from derive.meaning.numbered import with_numbered_names
from derive.meaning.operators import with_named_derivatives
from derive.meaning.outcomes import with_outcomes
from derive.meaning.parting import parted
from derive.meaning.places import with_numbered_places
from derive.meaning.primed import with_primed_indices, with_primed_quantities
from derive.meaning.qualities import qualities
from derive.meaning.quotients import with_values_below
from derive.meaning.ranges import Ranges
from derive.meaning.reach import with_products_derived
from derive.meaning.reading import Walk, read
from derive.meaning.rowwise import said_rows
from derive.meaning.rules import with_rules_applied
from derive.meaning.samples import APART, apart, samples_apart
from derive.meaning.sections import Misfits, misfits, with_own_letters
from derive.meaning.slips import without_slips
from derive.meaning.spaces import with_spaces
from derive.meaning.split_chains import with_chains_whole
from derive.meaning.spoken import equalities_in_words
from derive.meaning.squared import with_squared_arguments
from derive.meaning.stages import with_stages
from derive.meaning.statement import Alone, Meaning, Statement
from derive.meaning.steps import Findings
from derive.meaning.survey import survey
from derive.meaning.tags import with_words_apart
from derive.meaning.thousands import with_thousands
from derive.meaning.totals import with_totals_apart
from derive.meaning.transposes import with_inner_products, with_transposes
from derive.meaning.unapplied import (
    with_gradients_told,
    with_slopes_applied,
    with_values_applied,
)
from derive.meaning.unbracketed import with_operators_applied
from derive.meaning.variants import with_variants_derived
from derive.meaning.wholes import with_components
from derive.reader.document import Document, Formula, Heading, Prose
from derive.reader.latex import Macros, parse, written_out
from derive.reader.syntax import ParsedFormula

__all__ = ["understand"]

# The last reading of a document, and what it was read with.
_Read: TypeAlias = tuple[Names, Ranges, Walk]
# Keys of choices that change what the survey says of names.
SURVEYED = ("labels", "size:")


def understand(document: Document) -> Meaning:
    """All statements of the document, in its order."""
    items = with_cases_apart(tuple(equalities_in_words(in_english(document.items))))
    document = replace(document, items=tuple(items))
    macros = Macros.of(document)
    formulas: dict[int, ParsedFormula] = {}
    for item in document.items:
        inner = (
            (item,)
            if isinstance(item, Formula)
            else (item.formulas if isinstance(item, Heading) else ())
        )
        for formula in inner:
            formulas[id(formula)] = parse(formula, macros)
    unreal = may_be_complex(document.items, formulas)
    called = qualities(document, formulas)
    formulas = with_marginals(
        with_chains_whole(document.items, without_heads(with_plain_components(formulas)))
    )
    formulas = with_probabilities(formulas)
    formulas = with_inner_products(with_spaces(with_numbered_names(formulas)))
    formulas = without_slips(with_primed_indices(with_transposes(formulas)))
    labelled = with_letters_as_labels(with_labels_as_words(formulas))
    formulas = with_primed_quantities(with_words_apart(labelled))
    formulas = with_numbered_places(with_operators_applied(formulas))
    formulas = with_named_gradients(with_own_deltas(formulas, document.items))
    formulas = with_entries_named(with_entries_below(formulas))
    formulas = with_components(with_intercepts(with_values_below(formulas)))
    formulas = with_named_derivatives(with_stages(formulas))
    formulas = with_dots_as_derivatives(formulas)
    formulas = with_gates(with_members(formulas))
    layered = layers_of(formulas)
    formulas = with_layers_apart(formulas, layered)
    formulas = with_letters_apart(with_totals_apart(with_squared_arguments(formulas)))
    formulas = with_rules_applied(with_gradients_told(formulas))
    formulas = with_slopes_applied(with_inner_functions(with_conditioned_indices(formulas)))
    formulas = with_thousands(with_values_applied(formulas))
    formulas = with_lists_as_columns(with_products_derived(with_gradients(formulas)))
    words = " ".join(item.text for item in document.items if isinstance(item, Prose))
    formulas = with_outcomes(with_variants_derived(formulas), document.text)
    fixed = fixed_conditions(formulas)
    formulas = without_conditions(formulas, fixed)
    samples = samples_apart(formulas, words)
    told = frozenset(one.choice().key for one in samples if one.told)
    formulas = apart(formulas, told)
    seen = _surveyed(document, formulas, words)
    lines = prose.told_lines(document.text)
    numbers = counts(document)
    others, stochastic = other_arithmetics(document), says_stochastic(words)

    def reading(taken: frozenset[str], before: _Read, source: dict[int, ParsedFormula]) -> _Read:
        if any(key.startswith(APART) for key in taken):
            return _reading_apart(document, source, words, taken)
        whole = seen if source is formulas else _surveyed(document, source, words)
        return _readings(document, source, whole.taking(taken), before)

    def alone(part: Misfits, names: Names, statements: tuple[Statement, ...]) -> Alone:
        def read_anew() -> Meaning:
            source, own = with_own_letters(part.stretches, formulas, names, statements)
            found = _anew(document, source, words, names.taken)
            return meaning(names.taken, found, source, own)

        return Alone(part.kind, part.places, read_anew)

    def meaning(
        taken: frozenset[str],
        found: _Read,
        source: dict[int, ParsedFormula],
        own: Mapping[str, str],
    ) -> Meaning:
        names, ranges, final = found
        final.close()
        beside = final.scope.offered.get("logistic")
        of_samples = (one.choice(beside) for one in samples if not one.told)
        offered = (*final.scope.offered.values(), *_rows(names, final, lines), *of_samples)
        turned = {key.replace("rows:", "columns:", 1) for key in taken if key[:5] == "rows:"}
        left = tuple(choice for choice in offered if choice.key not in taken | turned)
        return Meaning(
            document.path,
            _title(document),
            tuple(_shown(statement, macros) for statement in final.statements),
            (
                *final.guesses,
                *(f"{name} is always given {c}, which is left out" for name, c in fixed.items()),
                *(f"{name} with another letter is of another layer" for name in sorted(layered)),
                *_guesses(names, ranges, final),
                *map(_chosen, left),
            ),
            document.front_matter,
            left,
            lambda choice: meaning(
                taken | {choice.key}, reading(taken | {choice.key}, found, source), source, own
            ),
            {key: frozenset(at) for key, at in final.scope.offered_at.items()},
            numbers,
            unreal,
            called,
            others,
            stochastic,
            tuple(
                alone(part, names, tuple(final.statements))
                for part in (misfits(document, final.statements) if not own else ())
            ),
            own,
            final.convention,
        )

    names, ranges, again = _from_the_start(document, formulas, seen)
    said = {_counted(again, ranges, document), *said_rows(document.items, formulas, names)} - {""}
    if said:
        names = names.taking(frozenset(said))
        ranges = _joined(again.ranges, names.taken).named(names.values - names.sizes)
    final = _last(document, formulas, names, ranges, again)
    found = meaning(names.taken, (names, ranges, final), formulas, {})
    if not again.ranges.conflicts():
        return found
    parts = _told_apart(document, formulas, names, again)
    return min(found, meaning(names.taken, parts, formulas, {}), key=_not_understood)


def _told_apart(
    document: Document, formulas: dict[int, ParsedFormula], names: Names, before: Walk
) -> _Read:
    """A reading in which no range has two sizes, and what would give it another is not read."""
    names = replace(names, parted=parted(before.ranges.links))
    again = read(document, formulas, names, _ranges(names), before.findings())
    ranges = again.ranges.named(names.values - names.sizes)
    return names, ranges, _last(document, formulas, names, ranges, again)


def _not_understood(meaning: Meaning) -> int:
    """How many statements of the document have no terms."""
    return sum(bool(statement.message) for statement in meaning.statements)


def _from_the_start(document: Document, formulas: dict[int, ParsedFormula], seen: Names) -> _Read:
    """The readings that find out about the indices of all names, and their ranges."""
    first = read(document, formulas, seen, _ranges(seen), Findings())
    if any(first.alone.values()):  # what was learned from numbers as vectors is forgotten
        first = read(document, formulas, seen, _ranges(seen), Findings(alone=first.alone))
    return _settled(document, formulas, seen, (seen, first.ranges, first))


def _reading_apart(
    document: Document, formulas: dict[int, ParsedFormula], words: str, taken: frozenset[str]
) -> _Read:
    """The last reading where a vector is none of those that a sum goes over."""
    return _anew(document, apart(formulas, taken), words, taken | {"logistic"})


def _surveyed(document: Document, formulas: dict[int, ParsedFormula], words: str) -> Names:
    return survey(formulas.values(), words, said_to_be_arrays(document.items, formulas))


def _anew(
    document: Document, formulas: dict[int, ParsedFormula], words: str, taken: frozenset[str]
) -> _Read:
    """The last reading of other formulas in place of those of the document."""
    seen = _surveyed(document, formulas, words).taking(taken)
    names, ranges, found = _from_the_start(document, formulas, seen)
    return names, ranges, _last(document, formulas, names, ranges, found)


def _counted(found: Walk, ranges: Ranges, document: Document) -> str:
    """The choice that takes K for the number of positions, where the text speaks of K classes."""
    said = prose.counted(document.text) & found.scope.counting
    unsized = ranges.unsized() if said else ()
    return f"size:{min(said)}:{unsized[0]}" if len(said) == len(unsized) == 1 else ""


def _readings(
    document: Document, formulas: dict[int, ParsedFormula], names: Names, before: _Read
) -> _Read:
    """The last reading of the document, with the choices taken that the names take.

    ``before``: an earlier one with fewer of them, which has found out most already.
    """
    known, ranges, first = before
    if all(key.startswith("anew:") for key in names.taken - known.taken):
        # What a name stands for is another matter than its indices and their ranges.
        names = replace(known, taken=names.taken)
        return names, ranges, _last(document, formulas, names, ranges, first)
    if any(key.startswith(SURVEYED) for key in names.taken):
        names = replace(names, parted=known.parted)
    else:
        names = replace(known, taken=names.taken)
    names, ranges, again = _settled(document, formulas, names, before)
    return names, ranges, _last(document, formulas, names, ranges, again)


def _settled(
    document: Document, formulas: dict[int, ParsedFormula], names: Names, before: _Read
) -> _Read:
    """A reading that knows the indices of all names and their ranges, which get names."""
    known, _, first = before
    slots = names.slots
    names = _with_slots(names, first)
    again = first
    if names.taken != known.taken or first.early or names.slots != slots:
        again = read(document, formulas, names, _ranges(names), first.findings())
    if turns := again.ranges.turning():
        names = replace(names, turns=turns)
        again = read(document, formulas, names, _ranges(names), again.findings())
    apart = again.ranges.by_sections() - names.disputed - names.dimensions.keys()
    if apart:  # N examples in one section, and n classes in the next
        names = replace(names, disputed=names.disputed | apart)
        again = read(document, formulas, names, _ranges(names), again.findings())
    return names, again.ranges.named(names.values - names.sizes), again


def _last(
    document: Document,
    formulas: dict[int, ParsedFormula],
    names: Names,
    ranges: Ranges,
    before: Walk,
) -> Walk:
    """The reading that makes the statements."""
    final = read(document, formulas, names, ranges, before.findings())
    if final.scope.looked_forward:
        final = read(document, formulas, names, ranges, final.findings())
    return final


def _ranges(names: Names) -> Ranges:
    """The ranges whose size the text declares, which it may do after their first use."""
    declared = frozenset(size for sizes in names.dimensions.values() for size in sizes)
    apart = names.disputed - names.scalars
    ranges = Ranges(apart=apart, turns=names.turns, declared=declared, parted=names.parted)
    for name, sizes in names.dimensions.items():
        slots = names.slots.get(name, 0)
        if name not in names.disputed and name not in names.scalars:
            for n, size in enumerate(sizes):
                ranges.suggest(f"slot:{name}:{slots - len(sizes) + n}", f"size:{size}")
    return _joined(ranges, names.taken)


def _joined(ranges: Ranges, taken: frozenset[str]) -> Ranges:
    """The ranges with those joined that the choices say are one."""
    for key in taken:
        kind, _, rest = key.partition(":")
        if kind in ("rows", "columns"):
            matrix, _, vector = rest.partition(":")
            for n, m in ((0, 0), (1, 1)) if kind == "rows" else ((0, 1), (1, 0)):
                ranges.join_everywhere(f"slot:{matrix}:{n}", f"slot:{vector}:{m}")
        if kind == "size":
            name, _, place = rest.partition(":")
            ranges.suggest(place, f"size:{name}")
    return ranges


def _rows(names: Names, final: Walk, told: frozenset[str]) -> Iterator[Choice]:
    """X beside the vectors x_i of examples may be the matrix of which they are the rows.

    Or the columns.
    """
    data = {n for n in final.used if names.slots.get(n, 0) == 2 and not final.scope.defined(n)}
    for matrix in sorted(n for n in data if len(n) == 1 and n.isupper()):
        small = matrix.lower()
        usual = f"{matrix} as a matrix of its own"
        for vector in (small, small + "^{()}"):
            for line in ("row", "column") if vector in data else ():
                turned = f"{small}_{{{'ij' if line == 'row' else 'ji'}}}"
                shown = f"{matrix}_{{ij}} = {turned}, \\text{{ {line} i being }} {small}_i"
                key = f"{line}s:{matrix}:{vector}"
                yield Choice(key, usual, shown, supposed=True, told=line in told)


def _chosen(choice: Choice) -> str:
    """The sentence about a choice."""
    other = readable(choice.other) if choice.supposed else choice.other
    return f"{choice.usual}; it could also be {other}"


def _shown(statement: Statement, macros: Macros) -> Statement:
    """The statement with what people see of it, where it is written with own commands."""
    written = (statement.left, statement.relation, statement.right)
    if statement.kind == "unread" or not any(map(macros.stand_in, written)):
        return statement
    left, relation, right = (written_out(piece, macros) for piece in written)
    return replace(statement, shown=(left, relation, right))


def _with_slots(names: Names, first: Walk) -> Names:
    """The names with the indices that their definitions give them."""
    slots = dict(names.slots)
    for name, count in first.learned.items():
        slots[name] = max(slots.get(name, 0), count)
    return replace(names, slots=slots)


def _guesses(names: Names, ranges: Ranges, final: Walk) -> Iterator[str]:
    """What holds for the whole document: ranges of indices, names with two meanings."""
    carried: dict[str, dict[str, None]] = {}
    for key in list(ranges.parent):  # finding a name shortens ways in it
        kind, _, place = key.partition(":")
        if kind == "slot":
            name = place.rpartition(":")[0]
            if name in final.used:
                first = ", the first of which is called 0" if ranges.origin(key) == 0 else ""
                carried.setdefault(f"{ranges.name(key)} positions{first}", {})[name] = None
    for positions, found in sorted(carried.items()):
        yield f"indices of {', '.join(sorted(found))} run over {positions}"
    for name in sorted(names.scalars):
        yield f"{name} without an index is a number, and no vector of the components {name}_i"
    for name in sorted(names.bold_apart):
        yield f"{name} in bold is another quantity than {name}"
    if names.drops_superscripts:
        yield "superscripts that are no powers are left out, as the text says"
    if final.convention:
        yield "an index that stands twice in a product is summed, as the text says"
    if names.zero_based:
        yield "positions are counted from 0"


def _title(document: Document) -> str:
    headings = [item for item in document.items if isinstance(item, Heading)]
    return headings[0].title if headings else ""
