"""What a reading knows where it stands, and what it has found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile

from derive.logic.problem import (
    Definition,
    Equation,
    Hypothesis,
)
from derive.logic.terms import (
    Derivative,
    Term,
    Variable,
    names,
)
from derive.meaning import convention, facts, gradients, mentioned, prose
from derive.meaning.activations import activations
from derive.meaning.contexts import derivatives, differentiated
from derive.meaning.crossed import crossed
from derive.meaning.dots import dotted_letter
from derive.meaning.elaborate import Elaborator
from derive.meaning.facts import fact_names
from derive.meaning.languages import is_english
from derive.meaning.limited import Limit
from derive.meaning.members import MEMBER, says_member
from derive.meaning.names import Names, counted_of, reference
from derive.meaning.normal import normal_covariances, normal_deviations
from derive.meaning.notation import readable
from derive.meaning.plainly import said_plainly
from derive.meaning.ranges import Ranges
from derive.meaning.scope import Entry, Restated, Scope
from derive.meaning.spelling import walk, walk_values
from derive.meaning.standing import NABLA, PARTIAL, ROW, Standing, learned
from derive.meaning.statement import Kind, Statement
from derive.meaning.steps import (
    Condition,
    CorrectClass,
    Findings,
    Held,
    OpenClaim,
    Section,
    Solution,
    Spoken,
)
from derive.meaning.trouble import Trouble
from derive.meaning.vectors import Value
from derive.meaning.within import subterms
from derive.reader import syntax as s
from derive.reader.document import Break, Document, Formula, Item, Prose
from derive.reader.source import Span

# Names of what is differentiated by all weights, and therefore a number.
LOSSES = frozenset((*gradients.LOSSES, "\\mathcal{J}", "Loss", "loss", "cost"))
LOWEST = 99
"""A level below all headings: what is of it ends where the next section begins."""

# What is built of sigmoids, which are called sigma there.
_OF_SIGMOIDS = re.compile(
    r"\b(?:lstm|gru|gated|gates?|bradley|dpo|focal|swish|silu|swiglu|binary cross[- ]entropy|"
    r"bce|log[- ]?odds|logits?|binary classif\w+)\b"
)
_NORMAL_CDF = re.compile(
    r"\b(?:normal|gaussian)\b[^.;]{0,40}\b(?:cdf|cumulative|distribution function)\b|"
    r"\b(?:cdf|cumulative|distribution function)\b[^.;]{0,40}\b(?:normal|gaussian)\b",
    re.I,
)
_DENSITY = re.compile(r"\b(?:pdf|densit(?:y|ies))\b", re.I)
_LOSS = re.compile(r"\b(?:loss|losses|cost|objective)\b", re.I)

# ``z \\to \\infty``, ``h \\rightarrow 0``.
TENDS = re.compile(r"\\(?:long)?rightarrow\b|\\to\b|→")
# What stands in the text between formulas that words equate.
IN_WORDS = re.compile(r"\s*(?:\$|\\\))\s*(?:[a-z]+\s+)*equals?(?:\s+to)?\s*(?:\$|\\\()\s*")


@dataclass
class State:
    """The state of a reading, and what it has found."""

    document: Document
    formulas: Mapping[int, s.ParsedFormula]
    names: Names
    ranges: Ranges
    known: Findings
    scope: Scope = field(init=False)
    english: bool = field(init=False)
    statements: list[Statement] = field(default_factory=list)
    open_claims: dict[int, OpenClaim] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    everywhere: dict[str, Definition] = field(default_factory=dict)
    entries_everywhere: dict[str, Entry] = field(default_factory=dict)
    explaining: set[str] = field(default_factory=set)
    special: set[tuple[str, int]] = field(default_factory=set)
    own: tuple[int, int] | None = None  # the level of an exercise, and where it began
    exercise: bool = False  # and no example or theorem, to which others may refer
    exercise_from: int = 0
    aside: bool = False  # it ends with its paragraph
    of_exercises: set[tuple[str, int]] = field(default_factory=set)  # what was defined in others
    reach: dict[str, frozenset[str]] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)
    families: tuple[tuple[s.Syntax, s.Syntax], ...] = ()
    dormant: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    stationary: str = ""
    vanished: int | None = None
    unsolved: int | None = None
    put_back: int | None = None
    unsettled: dict[str, frozenset[str]] = field(default_factory=dict)
    proportional: set[str] = field(default_factory=set)  # the p of ``p_i \\propto e^{z_i}``
    remade: dict[str, str] = field(default_factory=dict)
    assumed: tuple[str, int] = ("", 0)
    replaced: dict[str, set[int]] = field(default_factory=dict)
    unsettled_here: dict[str, frozenset[str]] = field(default_factory=dict)
    arrow: bool = False
    claimed: tuple[s.Syntax, s.Syntax] | None = None
    opaque_since: dict[str, int] = field(default_factory=dict)
    valued_at: set[str] = field(default_factory=set)
    named_by_sign: set[str] = field(default_factory=set)
    iterated: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    learned: dict[str, int] = field(default_factory=dict)
    dependents: dict[str, set[str]] = field(default_factory=dict)
    said_here: tuple[str, frozenset[tuple[str, str]]] = "", frozenset()
    constants: set[tuple[str, str]] = field(default_factory=set)
    varying: set[str] = field(default_factory=set)
    worded: set[str] = field(default_factory=set)
    called: dict[str, set[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    computed: set[str] = field(default_factory=set)
    newcomers: set[str] = field(default_factory=set)
    names_within: dict[int, tuple[str, ...]] = field(default_factory=dict)
    diagonals: set[str] = field(default_factory=set)
    components: dict[str, set[str]] = field(default_factory=dict)
    components_told: set[str] = field(default_factory=set)
    limits: dict[tuple[str, int], Limit] = field(default_factory=dict)
    pinned: set[tuple[str, int]] = field(default_factory=set)
    complemented: set[str] = field(default_factory=set)
    alike: set[str] = field(default_factory=set)
    labels: dict[str, frozenset[Variable]] = field(default_factory=dict)
    convention: bool = False
    unsummed: frozenset[str] | None = None
    within: frozenset[tuple[str, str]] = frozenset()
    examples: dict[str, tuple[s.Syntax, ...]] = field(default_factory=dict)
    example_values: dict[str, Hypothesis] = field(default_factory=dict)
    values_left: set[Hypothesis] = field(default_factory=set)  # of examples that may be over
    case_values: dict[str, list[Hypothesis]] = field(default_factory=dict)
    mentioned_values: set[Hypothesis] = field(default_factory=set)
    bounded_values: set[Hypothesis] = field(default_factory=set)
    passing_values: dict[Hypothesis, int] = field(default_factory=dict)
    results: dict[str, s.Syntax] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    contained: dict[Hypothesis, Hypothesis] = field(default_factory=dict)
    kinds: dict[str, tuple[bool, int]] = field(default_factory=dict)
    declared: dict[int, dict[str, bool]] = field(default_factory=dict)
    shaped: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    headings: int = 0
    heading_line: int = 0
    titles: dict[int, str] = field(default_factory=dict)
    begun: int = 0
    columns: frozenset[str] | None = None
    sentence: prose.Sentence = field(default_factory=prose.Sentence)
    spoken: Spoken = field(default_factory=Spoken)
    correct: list[CorrectClass] = field(default_factory=list)
    passing: list[Condition] = field(default_factory=list)
    passing_facts: list[Hypothesis] = field(default_factory=list)
    left_open: list[Condition] = field(default_factory=list)
    supposed_before: list[Condition] = field(default_factory=list)
    facts_before: list[Hypothesis] = field(default_factory=list)
    case: Condition | None = None
    cases_left: set[tuple[str, int]] = field(default_factory=set)
    broken: bool = False
    listing: prose.Cue = ""
    displayed: bool = False
    previous: s.Syntax | None = None
    shown_last: s.Syntax | None = None  # what the last display of the section ended with
    hanging: tuple[s.Syntax, s.RelationSign] | None = None
    place: str = ""
    number: int = 0
    candidates: list[tuple[int, str]] = field(default_factory=list)
    prime: Variable | None = None
    last_prime: Variable | None = None
    recent: str = ""
    optimum: list[Held] = field(default_factory=list)
    away: bool = False
    sloped: str = ""
    least: str = ""
    apart: bool = False
    implicit: bool = False
    indices_here: frozenset[str] = frozenset()
    unbound: frozenset[str] = frozenset()
    opening: s.Syntax | None = None
    pairs: Mapping[Span, str] = field(default_factory=dict)
    decided: bool = False
    early: bool = False
    unusable: str = ""
    sides: dict[str, set[str]] = field(default_factory=dict)
    following: tuple[Item, ...] = ()
    after: tuple[Item, ...] = ()
    told: set[int] = field(default_factory=set)
    unsaid: set[str] = field(default_factory=set)
    flat: set[str] = field(default_factory=set)
    behind: list[Condition | Hypothesis] = field(default_factory=list)
    restricting: set[int] = field(default_factory=set)
    clause: prose.Cue = ""
    supposed: bool = False
    sentence_claims: list[int] = field(default_factory=list)
    earlier_claims: list[int] = field(default_factory=list)
    sentence_from: int = 0
    last: bool = False
    misshapen: bool = False
    alone: dict[int, frozenset[str]] = field(default_factory=dict)
    by_rows: str = ""
    dots: bool = False
    solved: bool = False
    equivalent: bool = False
    concluding: bool = False
    tabled: set[str] = field(default_factory=set)
    index: int = 0
    slope: tuple[s.Differentiation, s.Syntax] | None = None
    solution: Solution | None = None
    zeroed: dict[str, int] = field(default_factory=dict)
    putting: bool = True
    of_one: bool = False
    varied: frozenset[str] | None = None
    restated: dict[str, Restated] = field(default_factory=dict)
    some_members: bool = False
    symmetric: set[str] = field(default_factory=set)
    crossed: Mapping[Span, str] = field(init=False)
    supposed_from: int = -1
    rewritten: dict[Span, str] = field(default_factory=dict)
    brief_meanings: dict[str, int] = field(default_factory=dict)  # and how many statements before
    participles: set[str] = field(default_factory=set)  # set in "Choosing b = 0 gives"
    part: int | None = None  # how many statements came before this labelled part
    bounded_meanings: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.scope = Scope(
            forward=dict(self.known.forward),
            bare=self.names.bare,
            sigmoid=_sigmoids(self.document.text),
            activations=activations(self.document.text, self.formulas.values()),
            normal=_normal(self.document.text),
            dependents=self.known.dependents,
        )
        self.crossed = crossed(self.formulas.values(), self.names)
        self.convention = convention.declared(self.document.text)
        self.english = is_english(self.document)
        self._members()
        self._covariances()
        for key in self.names.taken:
            kind, _, rest = key.partition(":")
            if kind in ("rows", "columns"):
                matrix, _, vector = rest.partition(":")
                self.held.append(Held(facts.lines(kind, matrix, vector, self.ranges), 0))
        self.declared = {section: dict(names) for section, names in self.known.declared.items()}
        self.alone = dict(self.known.alone)
        self.constants |= self.known.constants
        for section, said in self.names.said_vectors.items():
            for name in said & self.names.scalars:
                if f"{{{name}}}" in self.known.forward:
                    continue  # what defines it elsewhere defines a number
                self.declared.setdefault(section, {}).setdefault(name, False)
                if section == 0:
                    self.kinds[name] = False, 0

    def _members(self) -> None:
        """Which numbers are 1 for the members of a set, and 0 for others."""
        for name, count in self.names.slots.items():
            if name.startswith(MEMBER):
                ranges = tuple(self.ranges.name(f"slot:{name}:{n}") for n in range(count))
                self.held.append(Held(facts.membership(name, ranges), 0))
        self.some_members = any(map(says_member, self.formulas.values()))

    def _covariances(self) -> None:
        """The S of ``\\mathcal{N}(m, S)`` is symmetric, and the s of s^2 not negative."""
        for formula in self.formulas.values():
            for name in normal_covariances(formula):
                if self.names.slots.get(name, 0) == 2 and name not in self.symmetric:
                    self.symmetric.add(name)
                    self.ranges.suggest(f"slot:{name}:0", f"slot:{name}:1")
                    ranges = tuple(self.ranges.name(f"slot:{name}:{n}") for n in range(2))
                    self.held.append(Held(facts.symmetric(name, ranges, 0), 0))
            for name in normal_deviations(formula):
                if not self.names.slots.get(name, 0) and f"{{{name}}}" not in self.known.forward:
                    self.held.append(Held(facts.signed(name, (), ">=", 0), 0))

    def findings(self) -> Findings:
        """What the next reading should know."""
        return Findings(
            self.entries_everywhere,
            self._dependents(),
            {k: v for k, v in self.scope.opaque.items() if k not in self.everywhere},
            self.declared,
            frozenset(self.constants),
            self.shaped,
            self.alone,
        )

    def _dependents(self) -> dict[str, frozenset[str]]:
        """What open names are differentiated by, or are applied to: L(w) depends on w."""
        found = {name: frozenset(by) for name, by in self.dependents.items()}
        for name, given in self.scope.arguments.items():
            found[name] = found.get(name, frozenset()) | (given & self.moved)
        for name in self.scope.counted:  # x! is differentiated by x
            by = self.moved.intersection(counted_of(name))
            if by:
                found[name] = frozenset(by)
        for name in self.used:  # q and \\dot q vary in time, where both are held apart, too
            letter = dotted_letter(name)
            for one in (name, letter) if letter else ():
                found[one] = found.get(one, frozenset()) | {"t"}
        return found

    def _new_sentence(self, text: str) -> None:
        self.sentence = prose.Sentence(text, text)
        self.supposed_before = [*self.passing, *self.left_open] or self.supposed_before
        about = {n for h in self.passing_facts for fact in h.facts for n in fact_names(fact)}
        if about:  # "For x > 0, □.  For x < 0, □.  Otherwise □": neither holds
            alike = [
                h for h in self.facts_before if about & {n for f in h.facts for n in fact_names(f)}
            ]
            self.facts_before = [*alike, *self.passing_facts]
        self.passing, self.passing_facts, self.unusable = [], [], ""
        self._end_of_bounds()
        self.left_open = []
        self.behind, self.restricting, self.clause = [], set(), ""
        self.earlier_claims = self.sentence_claims or self.earlier_claims
        self.candidates, self.sentence_claims = [], []
        self.sentence_from = len(self.statements)
        self.spoken = Spoken()
        self.correct = [c for c in self.correct if c.level >= 0]

    def _indexed(self, formula: Formula) -> tuple[str, ...]:
        """The names in a formula."""
        key = id(formula)
        if key not in self.names_within:
            found: dict[str, None] = {}
            for row in self.formulas[key].rows:
                for node in walk_values(row.body):
                    if isinstance(node, s.Name | s.Scripts):
                        named = reference(node, self.names)
                        if named is not None:
                            found[named.name] = None
            self.names_within[key] = tuple(found)
        return self.names_within[key]

    def _text(self, span: Span) -> str:
        if span in self.rewritten:
            return self.rewritten[span]
        text = self.document.written(span)
        return IN_WORDS.sub(" = ", text) if "equal" in text else text

    def _state(
        self, kind: Kind, span: Span, left: str, relation: str, right: str, **more: object
    ) -> None:
        self.statements.append(
            Statement(
                kind,
                self.document.place(span),
                left,
                relation,
                right,
                tuple(x.title for x in self.sections),
                **more,  # type: ignore[arg-type]
            )
        )

    def _unread(self, span: Span, message: str, left: str | None = None) -> None:
        self._state(
            "unread", span, self._text(span) if left is None else left, "", "", message=message
        )

    def _about_indices(self, chain: s.Chain) -> bool:
        elaborator = self._elaborator()
        members = [chain.first, *(m for _, m in chain.rest)]
        return (
            all(m is not None and elaborator.is_index(m) for m in members)
            and all(r.text in ("=", "!=") for r, _ in chain.rest)
            and not all(isinstance(m, s.Numeral) for m in members)
        )

    def _elaborator(self) -> Elaborator:
        return Elaborator(
            self.names,
            self.ranges,
            self.scope,
            self.place,
            implicit=self.implicit,
            dots=self.dots,
            last_prime=self.last_prime,
            unsummed=self.unsummed,
            within=self.within,
            indices_here=self.indices_here,
            unbound=self.unbound,
            pairs=self.pairs,
            flat=self.flat,
        )

    def _differentiates(self, term: Term) -> None:
        for name, by in differentiated(term):
            if self.constants.isdisjoint({(name, ""), (name, by)}):
                self.dependents.setdefault(name, set()).add(by)
        for part in derivatives(term):  # a loss that nothing defines is no constant
            for name in names(part.body) & self._losses():
                self.dependents.setdefault(name, set()).add(part.variable.name)
        self.moved.update(part.variable.name for part in derivatives(term))

    def _learn_standing(self, elaborator: Elaborator) -> frozenset[str] | None:
        """Keeps how vectors stand here; the names of those that stand both ways, None for none."""
        if self.ranges.final is None or not elaborator.tensors.alike:
            return None
        before = self.standing
        self.standing, torn = learned(elaborator.tensors.alike, before)
        for sign in (NABLA, PARTIAL):
            if before.get(sign) != ROW and self.standing.get(sign) == ROW:
                elaborator.note(f"gradients with {readable(sign)} are read as rows")
        return torn

    def _depends_on(self, name: str, other: str) -> None:
        """Keeps that an open name varies with another, as the text says."""
        if name != other and not self.scope.defined(name):
            self.dependents.setdefault(name, set()).add(other)

    def _losses(self) -> frozenset[str]:
        """What may be a loss: a script L, and an L where the text speaks of one."""
        return _losses(self.document.text)

    def _guess(self, elaborator: Elaborator) -> None:
        for sentence in elaborator.guesses:
            if sentence not in self.guesses:
                self.guesses.append(sentence)

    def _leaks(self, *terms: Term | Iterable[s.Syntax] | object) -> list[str]:
        """Notes on letters that are bound in one place and free in another."""
        found: list[str] = []
        bound: set[str] = set()
        free: set[str] = set()
        for term in terms:
            if isinstance(term, Term):
                from derive.logic.terms import Binder, free_indices

                bound |= {t.index.name for t in subterms(term) if isinstance(t, Binder)}
                free |= {i.name for i in free_indices(term)}
        for letter in sorted(bound & free):
            found.append(
                f"{letter} is bound in a sum and free outside it; the sum's {letter} is its own"
            )
        return found

    def _leads(self, name: str, data: str) -> bool:
        """Whether the data stands in the definition of the name, or below it."""
        known = self.definitions.get(name) or self.everywhere.get(name)
        return known is not None and (data in names(known.body) or data in self.reach.get(name, ()))

    def _of_a_limit(self) -> bool:
        """ "When $z \\to \\infty$: □", in a sentence or as the title above: what things tend to."""
        title = self.sections[-1].title if self.sections else ""
        words = [self.spoken.words.partition(f"⟦{n}⟧")[0] for n in range(len(self.spoken.formulas))]
        told = (
            TENDS.search(formula.content) is not None and prose.opens_limit(before)
            for formula, before in zip(self.spoken.formulas, words, strict=True)
        )
        return any(told) or (TENDS.search(title) is not None and prose.opens_limit(title[:20]))

    def _is_open_yet(self, term: Term) -> bool:
        """Whether the text up to here gives no meaning to the names of the term."""
        return not any(isinstance(t, Derivative) for t in subterms(term)) and not any(
            name in self.scope.entries for name in names(term)
        )

    def _is_argument(self, name: str) -> bool:
        """Whether a function was defined with an argument of this name."""
        return any(name in entry.formals for entry in self.scope.entries.values())

    def _forget_meaning(self, name: str) -> None:
        """What the name was defined as holds no more, and says nothing of it elsewhere."""
        self._undefine(name)
        self.everywhere.pop(name, None)
        self.entries_everywhere.pop(name, None)

    def _undefine(self, name: str) -> None:
        """What the name was defined as holds no more."""
        self.scope.entries = {n: e for n, e in self.scope.entries.items() if n != name}
        self.definitions = {n: d for n, d in self.definitions.items() if n != name}
        self.reach.pop(name, None)

    def _about_data(self, term: Term) -> bool:
        if any(isinstance(t, Derivative) for t in subterms(term)):
            return False
        return not any(
            self.scope.defined(name) or name in self.known.dependents or name in self.scope.opaque
            for name in names(term)
        )

    def _words_behind(self) -> str:
        """The formula, and the rest of its sentence."""
        behind = "□"
        for item in self.after:
            if isinstance(item, Formula):
                behind += "□"
            elif isinstance(item, Prose):
                behind += prose.sentences(item.text)[0][1]
                if self.sentence.ended(item.text):
                    break
            else:
                break
        return behind

    def _next_words(self) -> str:
        """The words that come next, be it in a sentence or a paragraph of their own."""
        coming = takewhile(lambda x: isinstance(x, Break | Prose), self.after[:4])
        return " ".join(x.text for x in coming if isinstance(x, Prose))

    def _end_of_bounds(self) -> None:
        """A sentence is over, and what was said with words that may bound it there."""
        self.held = [replace(h, left=True, here=False) if h.here else h for h in self.held]
        for name in sorted(self.bounded_meanings & self.scope.entries.keys()):
            known = self.definitions.get(name)
            self._forget_meaning(name)
            if known is not None and not known.arguments and not known.indices:
                self.held.append(_as_left(known, self._level(), len(self.statements)))
            else:
                self.scope.opaque.setdefault(name, frozenset())
                self.opaque_since.setdefault(name, self._section())
        self.bounded_meanings.clear()

    def _bounded(self, before: str, behind: str) -> bool:
        """Whether the words around a supposition may bound it to its sentence."""
        return self.english and not said_plainly(before, behind)

    def _level(self) -> int:
        return self.sections[-1].level if self.sections else 0

    def _level_here(self) -> int:
        """The level of what the sentence sets: what is set for a while ends with a section."""
        return self._level() or (LOWEST if mentioned.passing(self.sentence.text) else 0)

    def _names_here(self) -> Names:
        """The names, with what this section says of which are numbers, and which are vectors.

        A name that is a number in one section may be a vector of components in another.
        """
        open_ = {0, *(section.number for section in self.sections)}
        here = {name: number for name, (number, at) in self.kinds.items() if at in open_}
        if not here:
            return self.names
        numbers = {name for name, number in here.items() if number}
        return self.names.with_scalars((self.names.scalars | numbers) - (here.keys() - numbers))

    def _lines(self) -> Sequence[str]:
        """The lines of the document's text."""
        return _lines(self.document.text)

    def _section(self) -> int:
        return self.sections[-1].number if self.sections else 0

    def _before(self) -> set[str]:
        """The names in all formulas before this one."""
        items = self.document.items[: self.index]
        before = (self.formulas[id(item)] for item in items if isinstance(item, Formula))
        rows = (row.body for formula in before for row in formula.rows)
        return {node.text for body in rows for node in walk(body) if isinstance(node, s.Name)}

    def _try(self, node: s.Syntax, elaborator: Elaborator) -> Value | None:
        try:
            return elaborator.value(node)
        except Trouble:
            return None


@lru_cache(maxsize=4)
def _losses(text: str) -> frozenset[str]:
    return LOSSES if _LOSS.search(text) else frozenset({"\\mathcal{L}", "\\mathcal{J}"})


@lru_cache(maxsize=4)
def _sigmoids(text: str) -> frozenset[str]:
    said = text.lower()
    if "sigmoid" in said or "logistic" in said:
        return frozenset({"\\sigma", "σ"})
    if "softmax" not in said and _OF_SIGMOIDS.search(said):
        return frozenset({"\\sigma", "σ"})
    return frozenset()


@lru_cache(maxsize=4)
def _normal(text: str) -> Mapping[str, str]:
    """The letters of the distribution function and the density of a standard normal."""
    found = dict.fromkeys(("\\Phi", "Φ"), "cdf") if _NORMAL_CDF.search(text) else {}
    if found and _DENSITY.search(text):
        found |= dict.fromkeys(("\\phi", "\\varphi", "ϕ", "φ"), "density")
    return found


@lru_cache(maxsize=4)
def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines())


def _as_left(known: Definition, level: int, at: int) -> Held:
    """What a name was defined as for a while, as something that it may still be."""
    equation = Equation(Variable(known.name, ()), known.body)
    return Held(Hypothesis((equation,), known.source, known.line), level, left=True, at=at)
