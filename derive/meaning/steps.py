"""Steps and the other pieces that a reading handles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from derive.logic.problem import (
    Definition,
    Equation,
    Hypothesis,
    Relation,
)
from derive.logic.terms import (
    Number,
    Term,
    Variable,
)
from derive.meaning import prose
from derive.meaning.facts import fact_names
from derive.meaning.rounding import Loose
from derive.meaning.scope import Entry, Restated
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader import syntax as s
from derive.reader.document import Formula
from derive.reader.source import Span

RELATIONS: dict[str, Relation] = {
    "=": "=", "equiv": "=", "assign": "=", "approx": "=",
    "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">=",
}  # fmt: skip
EQUALITIES = ("=", "equiv", "assign", "approx", "implies", "iff")
BY_SIZE = ("<", ">", "<=", ">=", "!=")
RECENT = 600


@dataclass(frozen=True)
class Findings:
    """What one reading finds out for the next.

    ``declared``: for each section, which names it declares to be numbers, and which not.
    ``constants``: names that do not depend on others, each with one of them, or "" for any.
    ``shaped``: the sizes that a section declares of a name, () where it disagrees with itself.
    ``alone``: for each section, the names that only make sense there as numbers.
    """

    forward: Mapping[str, Entry] = field(default_factory=dict)
    dependents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    opaque: Mapping[str, frozenset[str]] = field(default_factory=dict)
    declared: Mapping[int, Mapping[str, bool]] = field(default_factory=dict)
    constants: frozenset[tuple[str, str]] = frozenset()
    shaped: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    alone: Mapping[int, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """A condition as written, which is given a meaning at each claim it holds for."""

    syntax: s.Syntax
    source: str
    line: int


@dataclass(frozen=True)
class Held:
    """A hypothesis that holds until the section of ``level`` ends (0: to the document's end).

    ``declares``: the name whose values it declares, which a later declaration replaces;
    ``said``: the sentence that supposes it; ``brief``: it may be for what follows alone;
    ``left``: the text may have left it since.
    ``here``: it is said with words that may bound it to its sentence.
    ``of_case``: it is a case that a title tells, until the text speaks of all cases again.
    ``at``: how many statements came before it.
    """

    hypothesis: Hypothesis
    level: int
    declares: str = ""
    said: str = ""
    brief: bool = False
    left: bool = False
    of_case: bool = False
    at: int = 0
    here: bool = False

    @cached_property
    def about(self) -> frozenset[str]:
        """The names that it is about."""
        return frozenset().union(*map(fact_names, self.hypothesis.facts))

    @cached_property
    def values(self) -> tuple[Term, ...]:
        """What it says that something is equal to."""
        return tuple(f.right for f in self.hypothesis.facts if isinstance(f, Equation))

    @cached_property
    def of_number(self) -> bool:
        """Whether it says that something is a number, such as 0."""
        return any(isinstance(value, Number) for value in self.values)


_LONGEST = 2_000


@dataclass(frozen=True)
class Spoken:
    """A sentence in words, with ``⟦n⟧`` for its formula number n.

    ``places``: pairs of a place in the words and the offset in the document that begins there;
    ``behind``: the place behind the last formula that claims something, 0 where none does.
    """

    words: str = ""
    formulas: tuple[Formula, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    behind: int = 0

    @property
    def endless(self) -> bool:
        """Whether it is longer than any sentence that a person wrote, and is not listened to."""
        return len(self.words) > _LONGEST

    def read(self, more: str, offset: int) -> Spoken:
        """The sentence with more prose."""
        if self.endless:
            return self
        places = (*self.places, (len(self.words), offset))
        return replace(self, words=self.words + more, places=places)

    def formula(self, item: Formula, claims: bool = False) -> Spoken:
        """The sentence with one more formula; a numeral is as good as its word."""
        if self.endless:
            return self
        numeral = item.content.strip() in ("0", "1")
        word = item.content.strip() if numeral else f"⟦{len(self.formulas)}⟧"
        words = self.words + word
        places = (*self.places, (len(self.words), item.span.start))
        behind = len(words) if claims else self.behind
        return Spoken(words, self.formulas if numeral else (*self.formulas, item), places, behind)

    def offset(self, place: int) -> int:
        """The offset in the document of a place in the words."""
        at, offset = max(pair for pair in self.places if pair[0] <= place)
        return offset + place - at


@dataclass(frozen=True)
class CorrectClass:
    """A letter that the text calls the correct class (or one that it says is not).

    It holds until the section of ``level`` ends; -1: in its sentence.
    """

    letter: str
    correct: bool
    source: str
    line: int
    level: int


@dataclass(frozen=True)
class Section:
    """An open section; ``number`` counts the headings of the document.

    ``at``: how many statements came before it.
    ``either``: conditions in its title of which only one need hold, else "".
    """

    level: int
    title: str
    number: int = 0
    conditions: tuple[Condition, ...] = ()
    either: str = ""
    at: int = 0


@dataclass(frozen=True)
class Branch:
    """A side of a step, under the conditions of a row of cases."""

    syntax: s.Syntax
    conditions: tuple[s.Syntax, ...] = ()


@dataclass(frozen=True)
class OpenClaim:
    """A claim before its context is known: definitions may follow it.

    ``unsettled``: names whose passing definition was not understood, with the names of its
    summands; ``doubtful``: why a counterexample would show nothing; ``sizes``: ranges of which
    it fixes the number of positions; ``inferred``: what it would follow from, and what follows;
    ``labels``: quantities in it that are 0 or 1; ``approximate``: the sides are about equal;
    ``examples``: values that data was given for an example; ``given``: what it rests on, and
    has to be proved first; ``otherwise``: what is said where it is not.  ``anew``: the claim with
    names as they were ``restated`` before it; ``putting_values``: its sentence puts in numbers;
    ``in_numbers``: its right side does, for names on the left;
    ``general``: it speaks of all cases; ``cases``: the only values of data in any case so
    far; ``decimals``: those in it that may have been rounded; ``opaque``: names whose definition
    before it was not understood, with the names of its summands; ``under``: the conditions that
    it is said for, as they are spelled; ``roundings``: that of each pair of sides, where they
    differ; ``left``: which of those ``held`` may not hold here any more.  ``torn``: why a proof
    for the components is none for rows and columns.
    """

    sides: tuple[tuple[Term, Term], ...]
    relation: Relation
    rounding: Fraction | None
    local: tuple[Hypothesis, ...]
    held: tuple[Hypothesis, ...]
    definitions: Mapping[str, Definition]
    unsettled: Mapping[str, frozenset[str]]
    doubtful: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    inferred: tuple[Term, Term] | None = None
    labels: frozenset[Variable] = frozenset()
    approximate: bool = False
    examples: Mapping[str, Hypothesis] = field(default_factory=dict)
    given: tuple[tuple[Term, Term], ...] = ()
    otherwise: str = ""
    anew: OpenClaim | None = None
    restated: tuple[Restated, ...] = ()
    putting_values: bool = False
    in_numbers: bool = False
    general: bool = False
    decimals: tuple[Loose, ...] = ()
    cases: Mapping[str, Hypothesis] = field(default_factory=dict)
    opaque: Mapping[str, frozenset[str]] = field(default_factory=dict)
    under: frozenset[str] = frozenset()
    roundings: tuple[Fraction | None, ...] = ()
    left: tuple[Hypothesis, ...] = ()
    torn: str = ""


@dataclass(frozen=True)
class Solution:
    """What a variable is where a derivative by it is 0, as the text goes on to say.

    ``premise``: the derivative, in terms of the variable; ``span``: where the value stands;
    ``formulas``: those from the derivative to the value.
    """

    name: str
    value: Term
    premise: Term
    slope: str
    span: Span
    formulas: frozenset[int]


@dataclass(frozen=True)
class Step:
    """One relation between two neighbours of a chain.

    ``premise``: of ``a = c`` after ``a = b \\implies``, the b that c is inferred from.
    ``drawn``: it is concluded from an equation that may have other solutions; ``solves``: the
    equation of data that it is concluded from.
    """

    left: s.Syntax
    sign: s.RelationSign
    right: s.Syntax
    row: s.Row
    cue: prose.Cue
    first: bool
    item: Formula
    span: Span
    texts: tuple[str, str, str]
    reasons: tuple[str, ...]
    premise: s.Syntax | None = None
    drawn: bool = False
    solves: tuple[s.Syntax, s.Syntax] | None = None


def branches(node: s.Syntax) -> tuple[Branch, ...]:
    """The rows of a ``cases`` block, each under its condition; anything else is one branch."""
    if isinstance(node, s.Cases) and node.rows:
        return tuple(
            Branch(row.value, () if row.condition is None else (row.condition,))
            for row in node.rows
        )
    inner = _cases_within(node)
    if inner is not None:

        def put(row: s.CasesRow) -> s.Syntax:
            value = s.Group(row.value.span, row.value, "()")
            return rewritten(node, lambda part: value if part is inner else part)

        conditions = ((row.condition,) for row in inner.rows if row.condition is not None)
        return tuple(map(Branch, map(put, inner.rows), conditions))
    return (Branch(node),)


def _cases_within(node: s.Syntax) -> s.Cases | None:
    """The cases by size of ``a + {b if x > 0; 0 otherwise}``, which are its own as a whole."""
    found: s.Cases | None = None
    pending: list[s.Syntax] = [node]
    while pending:
        match pending.pop():
            case s.Signed(_, terms):
                pending.extend(term for _, term in terms)
            case s.Product(_, factors):
                pending.extend(factors)
            case s.Group(_, body):
                pending.append(body)
            case s.Cases() as cases:
                if found is not None or any(row.condition is None for row in cases.rows):
                    return None
                found = cases
    by_size = found is not None and any(
        isinstance(part, s.RelationSign) and part.text in ("<", ">", "<=", ">=")
        for row in found.rows
        for part in walk(row.condition or row.value)
    )
    return found if by_size else None


def otherwise(conditions: tuple[s.Syntax, ...]) -> bool:
    """Whether a row of cases holds where none of the others does."""
    return (
        len(conditions) == 1
        and isinstance(conditions[0], s.Text)
        and conditions[0].text.strip(" .,;:").lower() in ("otherwise", "else", "elsewhere")
    )


def negated(condition: s.Syntax) -> s.Chain | None:
    """The comparison that holds where this one does not; None for any other syntax."""
    opposite = {"=": "!=", "!=": "=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
    match condition:
        case s.Sequence(_, items):
            chains = [item for item in items if isinstance(item, s.Chain)]
            words = {i.text.strip(" ,") for i in items if isinstance(i, s.Text)}
            return negated(chains[0]) if len(chains) == 1 and words <= {"if", "for", ""} else None
        case s.Chain(span, first, ((sign, right),)) if first is not None and sign.text in opposite:
            turned = s.RelationSign(sign.span, opposite[sign.text])
            return s.Chain(span, first, ((turned, right),))
    return None


def pairs(left: tuple[Branch, ...], right: tuple[Branch, ...]) -> Iterable[tuple[Branch, Branch]]:
    """The rows of two sides that hold under the same condition."""
    if len(left) == 1 or len(right) == 1:
        yield from ((a, b) for a in left for b in right)
        return
    keys = [tuple(map(spelling, b.conditions)) for b in right]
    for a in left:
        key = tuple(map(spelling, a.conditions))
        if key in keys:
            yield a, right[keys.index(key)]
        else:
            yield from ((a, b) for b in right)


def infers(chain: s.Chain, n: int) -> bool:
    """Whether an arrow leads from one equation to another: ``f(x) = x^2 \\to f'(x) = 2x``."""
    signs = [sign.text for sign, _ in chain.rest]
    return signs[n] == "to" and "=" in signs[:n] and signs[n + 1 : n + 2] == ["="]


def is_number(node: s.Syntax) -> bool:
    """Whether the syntax holds nothing but numerals."""
    return all(isinstance(n, s.Numeral | s.Signed | s.Group | s.Fraction) for n in walk(node))


def comparison(left: str, sign: Literal["=", "!="] | str, right: str, span: Span) -> s.Chain:
    """The comparison of two letters, as syntax."""
    return s.Chain(span, s.Name(span, left), ((s.RelationSign(span, sign), s.Name(span, right)),))


def same_letters(one: s.Syntax, other: s.Syntax) -> bool:
    """Whether two conditions compare the same letters."""
    return {n.text for n in walk(one) if isinstance(n, s.Name)} == {
        n.text for n in walk(other) if isinstance(n, s.Name)
    }
