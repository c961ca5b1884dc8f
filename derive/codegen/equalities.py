"""What a report says is equal: every definition and claim, and the forms of a quantity that follow.

A *form* of a quantity is a right-hand side that a chain of statements sets equal to it.  Only
statements of the document are used, each read in either direction; nothing is invented here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from derive.logic.problem import Context, Definition, Different, Same
from derive.logic.terms import (
    Application,
    Binder,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Number,
    Shift,
    Size,
    Term,
    Variable,
    canonical,
    children,
    free_indices,
    fresh_index,
    names,
    own_indices,
    substitute,
    subterms,
)
from derive.prover.verdict import Judgement, Report

__all__ = ["Equality", "Form", "Knowledge", "index_terms", "loose_letters"]

# More forms than any author writes for one quantity; it bounds the closure on hostile documents.
MOST_FORMS = 200


@dataclass(frozen=True)
class Equality:
    """``left = right``, stated at ``order`` in the document; proved or not."""

    left: Term
    right: Term
    context: Context
    judgement: Judgement
    order: int
    proved: bool

    @property
    def line(self) -> int:
        return self.judgement.statement.place.line

    @cached_property
    def conditions(self) -> tuple[Same | Different, ...]:
        """The conditions on free indices that are in force here and about this statement.

        "For i != r" restricts a statement about i even if r does not stand in it; "for i = k"
        does not, because k may be any name for the same position.
        """
        about = index_terms(self.left) | index_terms(self.right)
        about |= loose_letters(self.left, self.context) | loose_letters(self.right, self.context)
        found: list[Same | Different] = []
        facts = [fact for hypothesis in self.context.hypotheses for fact in hypothesis.facts]
        for fact in facts:
            match fact:
                case Same(left, right) if {left, right} <= about:
                    found.append(fact)
                case Different(left, right) if left in about or right in about:
                    found.append(fact)
        return tuple(found)


@dataclass(frozen=True)
class Form:
    """One right-hand side, with the conditions on indices under which it holds.

    ``trail``: the equalities that lead to it, in the order of use.
    """

    term: Term
    context: Context
    same: tuple[tuple[IndexTerm, IndexTerm], ...] = ()
    different: tuple[tuple[IndexTerm, IndexTerm], ...] = ()
    trail: tuple[Equality, ...] = ()

    @property
    def order(self) -> int:
        return self.trail[-1].order if self.trail else -1


def index_terms(term: Term) -> frozenset[IndexTerm]:
    """All indices that stand in the term free: letters, positions and labels."""
    found: frozenset[IndexTerm] = frozenset().union(*map(index_terms, children(term)))
    if isinstance(term, Binder):
        found -= {term.index}
    own = own_indices(term)
    return found.union(own, *map(free_indices, own))


def loose_letters(term: Term, context: Context, seen: frozenset[str] = frozenset()) -> set[Index]:
    """Letters on which names in the term depend silently: the l of ``E = -log y_l``."""
    found: set[Index] = set()
    for name in names(term) - seen:
        definition = context.definition(name)
        if definition is not None:
            found |= free_indices(definition.body) - set(definition.indices)
            found |= loose_letters(definition.body, context, seen | names(term))
    return found


# ------------------------------------------------------------------ matching


@dataclass(frozen=True)
class _Match:
    letters: dict[Index, IndexTerm]
    same: tuple[tuple[IndexTerm, IndexTerm], ...]


class _Mismatch(Exception):
    pass


def _match_index(pattern: IndexTerm, target: IndexTerm, fixed: set[Index], found: _Match) -> _Match:
    if pattern is target and (not isinstance(pattern, Index) or pattern.name.startswith("#")):
        return found
    if pattern.range != target.range:
        raise _Mismatch
    if isinstance(pattern, Index) and not pattern.name.startswith("#"):
        if pattern in fixed:
            if pattern is target:
                return found
            if isinstance(target, Index) and not target.name.startswith("#"):
                return _Match(found.letters, (*found.same, (target, pattern)))
            raise _Mismatch
        known = found.letters.get(pattern)
        if known is None:
            if isinstance(target, Index) and target.name.startswith("#"):
                raise _Mismatch
            return _Match({**found.letters, pattern: target}, found.same)
        if known is target:
            return found
        return _Match(found.letters, (*found.same, (target, known)))
    if isinstance(pattern, Shift) and isinstance(target, Shift) and pattern.offset == target.offset:
        return _match_index(pattern.index, target.index, fixed, found)
    if isinstance(pattern, Label) and isinstance(target, Label) and pattern.name == target.name:
        for inner, other in zip(pattern.indices, target.indices, strict=True):
            found = _match_index(inner, other, fixed, found)
        return found
    raise _Mismatch


def _match(pattern: Term, target: Term, fixed: set[Index], found: _Match) -> _Match:
    if type(pattern) is not type(target):
        raise _Mismatch
    mine, others = own_indices(pattern), own_indices(target)
    below, beside = children(pattern), children(target)
    if len(mine) != len(others) or len(below) != len(beside):
        raise _Mismatch
    match pattern, target:
        case (Number() | Size(), _):
            if pattern is not target:
                raise _Mismatch
        case (Variable(name, _), Variable(other, _)) if name != other:
            raise _Mismatch
        case (Application(name, _, _, orders), Application(other, _, _, others_orders)):
            if (name, orders) != (other, others_orders):
                raise _Mismatch
        case (Function(name, _), Function(other, _)) if name != other:
            raise _Mismatch
        case (Derivative(_, variable), Derivative(_, other_variable)):
            if variable.name != other_variable.name:
                raise _Mismatch
        case (Binder(index, _, _), Binder(other_index, _, _)) if index is not other_index:
            raise _Mismatch
    for mark, position in zip(mine, others, strict=True):
        found = _match_index(mark, position, fixed, found)
    for p, t in zip(below, beside, strict=True):
        found = _match(p, t, fixed, found)
    return found


def _same_meaning(term: Term, one: Context, other: Context) -> bool:
    """Every name in the term is defined alike in both contexts, all the way down."""
    if one.definitions == other.definitions:
        return True
    waiting, seen = set(names(term)), set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        definition = one.definition(name)
        if definition != other.definition(name):
            return False
        if definition is not None:
            waiting |= names(definition.body) - seen
    return True


def _is_unfolded(term: Term, context: Context) -> bool:
    """Nothing in it is defined or differentiated: worth reading an equality backwards for."""
    return not any(
        isinstance(part, Derivative | Application)
        or (isinstance(part, Variable) and context.definition(part.name) is not None)
        for part in subterms(term)
    )


# ------------------------------------------------------------------ the whole report


def _equalities(report: Report) -> Iterator[Equality]:
    for order, judgement in enumerate(report.judgements):
        statement, verdict = judgement.statement, judgement.verdict
        if statement.kind != "claim" or verdict is None or not statement.readings:
            continue
        for claim in statement.readings[0].claims:
            if claim.relation == "=":
                yield Equality(
                    claim.left,
                    claim.right,
                    claim.context,
                    judgement,
                    order,
                    verdict.outcome == "proved",
                )


def _definitions(report: Report) -> Iterator[tuple[Definition, Judgement, int]]:
    for order, judgement in enumerate(report.judgements):
        for definition in judgement.statement.definitions:
            yield definition, judgement, order


class Knowledge:
    """The equalities of a report, and the search for forms in them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.equalities = tuple(_equalities(report))
        self.definitions = tuple(_definitions(report))
        self.unwritten = {d.name: j.statement.unwritten for d, j, _ in self.definitions}

    @cached_property
    def last_context(self) -> Context:
        """Every definition of the document, each name's first, for quantities asked for by name."""
        first: dict[str, Definition] = {}
        for definition, _, _ in self.definitions:
            first.setdefault(definition.name, definition)
        for equality in self.equalities:
            for definition in equality.context.definitions:
                first.setdefault(definition.name, definition)
        unknowns = tuple({u for e in self.equalities for u in e.context.unknowns})
        return Context(tuple(first.values()), (), unknowns)

    def statement_of(self, definition: Definition) -> Judgement | None:
        """The statement that introduces a definition."""
        return next((j for d, j, _ in self.definitions if d == definition), None)

    def _steps(self, form: Form, proved_only: bool) -> Iterator[Form]:
        target = canonical(form.term)
        for equality in self.equalities:
            if proved_only and not equality.proved:
                continue
            for near, far in ((equality.left, equality.right), (equality.right, equality.left)):
                if not names(near) or type(near) is not type(form.term):
                    continue
                if far is equality.left and not _is_unfolded(far, equality.context):
                    continue
                fixed = loose_letters(near, equality.context)
                try:
                    found = _match(canonical(near), target, fixed, _Match({}, ()))
                except _Mismatch:
                    continue
                if _same_meaning(near, equality.context, form.context):
                    moved = _moved(far, near, form, found, equality)
                    if moved is not None:
                        yield moved

    def forms(self, quantity: Term, context: Context, proved_only: bool = True) -> list[Form]:
        """All forms of the quantity that equalities lead to (not the quantity itself).

        With ``proved_only`` unset, equalities that are not proved take part: it shows what the
        author meant the quantity to rest on.
        """
        start = Form(quantity, context)
        seen = {(canonical(quantity), frozenset[object](), frozenset[object]())}
        found, waiting = list[Form](), [start]
        while waiting and len(found) < MOST_FORMS:
            for form in self._steps(waiting.pop(0), proved_only):
                key = (canonical(form.term), frozenset(form.same), frozenset(form.different))
                if key not in seen:
                    seen.add(key)
                    found.append(form)
                    waiting.append(form)
        return found


def _letters_apart(far: Term, near: Term, form: Form, found: _Match) -> dict[Index, IndexTerm]:
    """The letters of the match, and fresh ones for those that stand on the far side alone."""
    new = dict(found.letters)
    taken = frozenset().union(
        free_indices(form.term), free_indices(far), *map(free_indices, new.values())
    )
    for letter in sorted(free_indices(far) - free_indices(near), key=repr):
        if letter in free_indices(form.term) and letter not in new:
            fresh = fresh_index(letter, taken)
            new[letter] = fresh
            taken |= {fresh}
    return new


def _moved(far: Term, near: Term, form: Form, found: _Match, equality: Equality) -> Form | None:
    fixed = loose_letters(near, equality.context)
    new = {a: b for a, b in _letters_apart(far, near, form, found).items() if a not in fixed}

    def moved(index: IndexTerm) -> IndexTerm:
        return new.get(index, index) if isinstance(index, Index) else index

    same, different = list(form.same), list(form.different)
    same.extend(found.same)
    for condition in equality.conditions:
        pair = (moved(condition.left), moved(condition.right))
        (same if isinstance(condition, Same) else different).append(pair)
    same = [pair for pair in dict.fromkeys(same) if pair[0] is not pair[1]]
    for left, right in different:
        if left is right or (left, right) in same or (right, left) in same:
            return None
    try:
        term = substitute(far, new)
    except ValueError:
        return None
    return Form(
        term,
        form.context,
        tuple(same),
        tuple(dict.fromkeys(different)),
        (*form.trail, equality),
    )


def variables(term: Term) -> Iterator[Variable]:
    """The variables in the term."""
    if isinstance(term, Variable):
        yield term
    for child in children(term):
        yield from variables(child)


def depends_on(quantity: Term, context: Context, stop: Iterable[str] = ()) -> set[str]:
    """Names that the quantity is made of once definitions are unfolded down to ``stop``."""
    halt, found, waiting = set(stop), set[str](), set(names(quantity))
    while waiting:
        name = waiting.pop()
        found.add(name)
        definition = None if name in halt else context.definition(name)
        if definition is not None:
            waiting |= names(definition.body) - set(definition.arguments) - found
    return found


def labels_below(quantity: Term, context: Context) -> set[str]:
    """Integer data that are indices in the quantity or in a definition that it is made of."""
    definitions = map(context.definition, depends_on(quantity, context))
    parts = (quantity, *(definition.body for definition in definitions if definition is not None))
    return {
        index.name
        for part in parts
        for term in subterms(part)
        for index in own_indices(term)
        if isinstance(index, Label)
    }
