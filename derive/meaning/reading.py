"""One reading of a document, from its first item to its last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from derive.logic.problem import (
    Claim,
    Definition,
    Equation,
    Fact,
    Hypothesis,
    Relation,
    Same,
    Sign,
)
from derive.logic.terms import (
    Derivative,
    Index,
    Number,
    Term,
    Variable,
    alpha_equal,
    names,
    subterms,
)
from derive.meaning import convention, facts, prose
from derive.meaning.contexts import Vocabulary, differentiated, fact_names
from derive.meaning.convention import free_letters
from derive.meaning.definitions import Head, define, head
from derive.meaning.elaborate import Elaborator
from derive.meaning.names import Names, reference, used_as_indices
from derive.meaning.ranges import Ranges
from derive.meaning.rounding import half_unit
from derive.meaning.scope import Entry, Scope
from derive.meaning.spelling import fresh_letters, is_letter, spelling, walk
from derive.meaning.statement import Kind, Reading, Statement
from derive.meaning.substituted import replaced, substitute_variable
from derive.meaning.survey import declared
from derive.meaning.trouble import Incomprehensible, OutOfReach, Trouble, WrongShape
from derive.meaning.vectors import Value
from derive.reader import syntax as s
from derive.reader.document import Break, Document, Formula, Heading, Prose
from derive.reader.source import Span

__all__ = ["Findings", "Walk", "read"]

RELATIONS: dict[str, Relation] = {
    "=": "=", "equiv": "=", "assign": "=", "approx": "=",
    "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">=",
}  # fmt: skip
EQUALITIES = ("=", "equiv", "assign", "approx", "implies", "iff")
RECENT = 600


@dataclass(frozen=True)
class Findings:
    """What one reading finds out for the next."""

    forward: Mapping[str, Entry] = field(default_factory=dict)
    dependents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    opaque: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """A condition as written, which is given a meaning at each claim it holds for."""

    syntax: s.Syntax
    source: str
    line: int


@dataclass(frozen=True)
class Held:
    """A hypothesis that holds until the section of ``level`` ends (0: to the document's end)."""

    hypothesis: Hypothesis
    level: int


@dataclass(frozen=True)
class Section:
    """An open section."""

    level: int
    title: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Branch:
    """A side of a step, under the conditions of a row of cases."""

    syntax: s.Syntax
    conditions: tuple[s.Syntax, ...] = ()


@dataclass
class Walk:
    """The state of a reading, and what it has found."""

    document: Document
    formulas: Mapping[int, s.ParsedFormula]
    names: Names
    ranges: Ranges
    known: Findings
    scope: Scope = field(init=False)
    statements: list[Statement] = field(default_factory=list)
    open_claims: dict[int, _OpenClaim] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    everywhere: dict[str, Definition] = field(default_factory=dict)
    entries_everywhere: dict[str, Entry] = field(default_factory=dict)
    reach: dict[str, frozenset[str]] = field(default_factory=dict)
    dormant: set[str] = field(default_factory=set)
    learned: dict[str, int] = field(default_factory=dict)
    dependents: dict[str, set[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    names_within: dict[int, tuple[str, ...]] = field(default_factory=dict)
    components: set[str] = field(default_factory=set)
    convention: bool = False
    unsummed: frozenset[str] | None = None
    examples: dict[str, tuple[s.Syntax, ...]] = field(default_factory=dict)
    results: dict[str, s.Syntax] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    sentence: prose.Sentence = field(default_factory=prose.Sentence)
    passing: list[Condition] = field(default_factory=list)
    passing_facts: list[Hypothesis] = field(default_factory=list)
    case: Condition | None = None
    broken: bool = False
    displayed: bool = False
    previous: s.Syntax | None = None
    place: str = ""
    number: int = 0
    candidates: list[tuple[int, str]] = field(default_factory=list)
    prime: Variable | None = None
    last_prime: Variable | None = None
    recent: str = ""
    implicit: bool = False
    indices_here: frozenset[str] = frozenset()
    decided: bool = False
    early: bool = False
    last: bool = False
    dots: bool = False

    def __post_init__(self) -> None:
        self.scope = Scope(
            forward=dict(self.known.forward),
            bare=self.names.bare,
            sigmoid=self._sigmoids(),
        )
        self.convention = convention.declared(self.document.text)

    def _sigmoids(self) -> frozenset[str]:
        text = self.document.text.lower()
        if "sigmoid" in text or "logistic function" in text:
            return frozenset({"\\sigma", "σ"})
        return frozenset()

    # ------------------------------------------------------------------ items

    def run(self) -> None:
        """Reads all items."""
        for item in self.document.items:
            match item:
                case Heading():
                    self._heading(item)
                case Prose():
                    self._prose(item)
                case Formula():
                    self._formula(item)
                case Break():
                    if item.closes:
                        self._leave(item.closes)
                    self.broken = True
        self.close()

    def findings(self) -> Findings:
        """What the next reading should know."""
        return Findings(
            self.entries_everywhere,
            {name: frozenset(by) for name, by in self.dependents.items()},
            {k: v for k, v in self.scope.opaque.items() if k not in self.everywhere},
        )

    def _leave(self, level: int) -> None:
        """The end of all sections of ``level`` and deeper."""
        while self.sections and self.sections[-1].level >= level:
            self.sections.pop()
        self._end_sections(level)
        self._new_sentence("")
        self.previous, self.case, self.recent = None, None, ""

    def _heading(self, item: Heading) -> None:
        self._leave(item.level)
        conditions: tuple[Condition, ...] = ()
        title = item.title
        self.sections.append(Section(item.level, title))
        lowered = title.lower()
        introduces = any(w in lowered for w in ("case", "when", "if ", "for ")) or len(title) < 24
        found = prose.case_condition(title) if introduces else None
        line = self.document.place(item.span).line
        if found is not None:
            left, sign, right, start, end = found
            offset = self.document.text.find(title, item.span.start, item.span.end)
            base = offset if offset >= 0 else item.span.start
            span = Span(base + start, base + end) if offset >= 0 else item.span
            if left in self.names.letters or right in self.names.letters:
                chain = _comparison(left, sign, right, span)
                source = f"{left} {'=' if sign == '=' else chr(92) + 'neq'} {right}"
                conditions = (Condition(chain, source, line),)
                self._state_condition(span, chain, source)
        elif introduces:
            for formula in item.formulas:
                for row in self.formulas[id(formula)].rows:
                    if isinstance(row.body, s.Chain) and self._about_indices(row.body):
                        source = self._text(row.body.span)
                        conditions = (*conditions, Condition(row.body, source, line))
                        self._state_condition(row.body.span, row.body, source)
        self.sections[-1] = Section(item.level, title, conditions)
        if not conditions:
            for formula in item.formulas:
                self._formula(formula)

    def _end_sections(self, level: int) -> None:
        self.held = [h for h in self.held if h.level < level or h.level == 0]
        for name, entry in self.scope.entries.items():
            if entry.local and entry.level >= level:
                self.dormant.add(name)

    def _prose(self, item: Prose) -> None:
        text = "\n" + item.text if self.broken else item.text
        stripped = text.strip()
        if self.broken and stripped and not (stripped[0].islower() and not self.displayed):
            self._new_sentence("")
        if self.displayed and stripped and stripped[0].isupper():
            self._new_sentence("")
        if stripped:
            self.broken = self.displayed = False
        ended = self.sentence.ended(text)
        self._in_words(item)
        if ended:
            self._new_sentence("")
        self.sentence = self.sentence.read(text)
        self.recent = (self.recent + text)[-RECENT:]

    def _new_sentence(self, text: str) -> None:
        self.sentence = prose.Sentence(text, text)
        self.passing, self.passing_facts = [], []
        self.candidates = []

    # ------------------------------------------------------------------ hypotheses in words

    def _in_words(self, item: Prose) -> None:
        for find, build, strict in (
            (prose.says_one_hot, facts.one_hot, False),
            (prose.says_sum_one, facts.sum_one, True),
        ):
            at = find(item.text)
            if at is None:
                continue
            name = self._said_of(item, at) if strict else self._meant(item, at)
            if name is None:
                continue
            ranges = tuple(
                self.ranges.name(f"slot:{name}:{n}") for n in range(self.names.slots[name])
            )
            line = self.document.place(Span(item.span.start + at, item.span.start + at + 1)).line
            self._suppose(
                build(name, ranges, line), 0, Span(item.span.start + at, item.span.start + at + 7)
            )

    def _said_of(self, item: Prose, at: int) -> str | None:
        """The data name of which the sentence says what stands at ``at``."""
        text = self.document.text
        for where, name in reversed(self.candidates):
            between = text[where : item.span.start + at]
            if len(between) > 100 or not prose.predicates(between):
                continue
            if self.names.slots.get(name, 0) >= 1 and not self.scope.defined(name):
                return name
        return None

    def _meant(self, item: Prose, at: int) -> str | None:
        """The indexed data name that stands nearest to a word of prose."""
        near: list[tuple[int, str]] = [
            (abs(item.span.start + at - where), name) for where, name in self.candidates
        ]
        follows = prose.names_what_follows(item.text[at:])
        text = item.text
        for n in range(max(0, at - 60), min(len(text), at + 60)):
            before = text[n - 1] if n else " "
            after = text[n + 1] if n + 1 < len(text) else " "
            if text[n].isalpha() and not (before.isalnum() or after.isalnum()):
                near.append((abs(at - n), text[n]))
        index = next((k for k, x in enumerate(self.document.items) if x is item), -1)
        for following in self.document.items[index + 1 : index + 4]:
            if isinstance(following, Break | Heading) or self.sentence.ended(text[at:]):
                break
            if isinstance(following, Formula):
                distance = 0 if follows else following.span.start - item.span.start - at
                near.extend((distance, name) for name in self._indexed(following))
                follows = False
        for _, name in sorted(near):
            if name == "a" and "a" not in self.names.lettered:
                continue
            if self.names.slots.get(name, 0) >= 1:
                # Of a quantity that has a definition such words are a claim, of no other a fact.
                return None if self.scope.defined(name) else name
        return None

    def _indexed(self, formula: Formula) -> tuple[str, ...]:
        """The names in a formula."""
        key = id(formula)
        if key not in self.names_within:
            found: dict[str, None] = {}
            for row in self.formulas[key].rows:
                for node in walk(row.body):
                    if isinstance(node, s.Name | s.Scripts):
                        named = reference(node, self.names)
                        if named is not None:
                            found[named.name] = None
            self.names_within[key] = tuple(found)
        return self.names_within[key]

    def _suppose(self, hypothesis: Hypothesis, level: int, span: Span) -> None:
        if any(h.hypothesis.facts == hypothesis.facts for h in self.held):
            return
        self.held.append(Held(hypothesis, level))
        left, relation, right = hypothesis.source.partition("=")[::1]
        self._state(
            "hypothesis", span, left.strip(), relation, right.strip(), hypothesis=hypothesis
        )

    # ------------------------------------------------------------------ formulas

    def _text(self, span: Span) -> str:
        return self.document.text[span.start : span.end].strip()

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

    def _state_condition(self, span: Span, chain: s.Chain, source: str) -> None:
        try:
            found = self._elaborator().condition(chain)
        except Trouble as trouble:
            self._unread(span, trouble.message)
            return
        line = self.document.place(span).line
        self._state(
            "hypothesis",
            span,
            source.split("\\neq")[0].split("=")[0].strip(),
            "=" if isinstance(found[0], Same) else "\\neq",
            source.replace("\\neq", "=").partition("=")[2].strip(),
            hypothesis=Hypothesis(found, source, line),
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
            indices_here=self.indices_here,
        )

    def _formula(self, item: Formula) -> None:
        parsed = self.formulas[id(item)]
        self.number += 1
        cue = prose.cue(self.sentence)
        first = parsed.rows[0].body if parsed.rows else None
        continues = isinstance(first, s.Chain) and first.first is None
        if not item.display and self.broken:
            self._new_sentence("")
            cue = ""
        if not continues:
            self.place = str(self.number)
            self.last_prime, self.prime = self.prime or self.last_prime, None
            if item.display:
                self.previous = None
        here: frozenset[str] = self.indices_here if continues else frozenset()
        for row in parsed.rows:
            here |= used_as_indices(row.body, self.names)
        self.indices_here = here
        self.broken = False
        self.displayed = item.display
        for n, row in enumerate(parsed.rows):
            if self.convention and not (isinstance(row.body, s.Chain) and row.body.first is None):
                self.unsummed = self._unsummed(parsed.rows[n:])
            self._row(row, cue, item)
        for name in self._indexed(item):
            self.candidates.append((item.span.end, name))
            self.used.add(name)
        if not item.display:
            self.previous = None
        self.sentence = self.sentence.formula(cue)

    # ------------------------------------------------------------------ rows

    def _row(self, row: s.Row, cue: prose.Cue, item: Formula) -> None:
        body = row.body
        if self.ranges.final is not None:
            for node in walk(body):
                if isinstance(node, s.Text) and "=" in node.text:
                    self._unread(node.span, "an equals sign within words")
        if isinstance(body, s.Unreadable):
            self._unread(body.span, body.reason)
            return
        if self._declares_range(body):
            return
        if isinstance(body, s.List | s.Sequence) and any(
            isinstance(i, s.Chain) for i in body.items
        ):
            for part in body.items:
                if isinstance(part, s.Chain):
                    self._chain(part, row, cue, item)
            return
        if not isinstance(body, s.Chain):
            self._expression(body, item)
            return
        self._chain(body, row, cue, item)

    def _unsummed(self, rows: Sequence[s.Row]) -> frozenset[str]:
        """The free letters of the chain that begins with the first row."""
        members: list[s.Syntax] = []
        for n, row in enumerate(rows):
            if not isinstance(row.body, s.Chain):
                members.extend([row.body] if n == 0 else [])
                continue
            if n and row.body.first is not None:
                break
            every = (row.body.first, *(member for _, member in row.body.rest))
            members.extend(member for member in every if member is not None)
        return free_letters(members, self.names)

    def _declares_range(self, body: s.Syntax) -> bool:
        """``i = 1, ..., N`` says over what i runs."""
        items = body.items if isinstance(body, s.List) else (body,)
        chain = items[0]
        if not (isinstance(chain, s.Chain) and is_letter(chain.first) and len(chain.rest) == 1):
            return False
        start = chain.rest[0][1]
        listed = (
            start.items if isinstance(start, s.List) else (*((start,) if start else ()), *items[1:])
        )
        if not any(isinstance(item, s.Ellipsis) for item in listed):
            return False
        letter, last = chain.first, listed[-1]
        assert isinstance(letter, s.Name)
        if isinstance(last, s.Name):
            self.ranges.join(f"free:{self.place}:{letter.text}", f"size:{last.text}")
        texts = (self._text(letter.span), self._text(chain.rest[0][0].span))
        right = self._text(Span(listed[0].span.start, listed[-1].span.end))
        line = self.document.place(body.span).line
        hypothesis = Hypothesis((), " ".join((*texts, right)), line)
        self._state("hypothesis", body.span, *texts, right, hypothesis=hypothesis)
        return True

    def _expression(self, body: s.Syntax, item: Formula) -> None:
        """A formula without a relation states nothing, but shows how its names are used."""
        if any(isinstance(n, s.Unreadable) for n in walk(body)):
            bad = next(n for n in walk(body) if isinstance(n, s.Unreadable))
            self._unread(bad.span, bad.reason)
            return
        try:
            value = self._elaborator().value(body)
        except Trouble:
            pass
        else:
            self._differentiates(value.term)
        if item.display:
            self.previous = body

    def _differentiates(self, term: Term) -> None:
        for name, by in differentiated(term):
            self.dependents.setdefault(name, set()).add(by)

    def _chain(self, chain: s.Chain, row: s.Row, cue: prose.Cue, item: Formula) -> None:
        if chain.first is not None and self._about_indices(chain):
            self._index_condition(chain, cue)
            return
        if self._maps(chain):
            return
        left = chain.first
        starts = left is not None
        if left is None:
            left = self.previous
        for n, (sign, right) in enumerate(chain.rest):
            if sign.text in ("implies", "iff"):
                left, starts = right, True
                continue
            if right is None:
                self.previous = left
                return
            if left is None:
                self._unread(
                    Span(sign.span.start, right.span.end),
                    "it starts with a relation, and nothing stands before it",
                )
                left = right
                continue
            self._step(left, sign, right, row, cue, starts and n == 0, item)
            left, starts = right, False
        if any(sign.text in EQUALITIES for sign, _ in chain.rest):
            self.previous = left

    def _maps(self, chain: s.Chain) -> bool:
        """``f : A \\to B`` says what f is applied to, and what it gives."""
        signs = [sign for sign, _ in chain.rest]
        if not (
            len(signs) == 2
            and signs[1].text == "to"
            and self._text(signs[0].span) in (":", "\\colon", "\\mathpunct{:}")
            and chain.first is not None
        ):
            return False
        left = self._text(chain.first.span)
        right = self._text(Span(signs[0].span.end, chain.span.end))
        line = self.document.place(chain.span).line
        hypothesis = Hypothesis((), f"{left} : {right}", line)
        self._state("hypothesis", chain.span, left, ":", right, hypothesis=hypothesis)
        return True

    def _index_condition(self, chain: s.Chain, cue: prose.Cue) -> None:
        source = self._text(chain.span)
        line = self.document.place(chain.span).line
        condition = Condition(chain, source, line)
        if cue == "case":
            self.case = condition
        elif not prose.leaves_open(self.sentence):
            opposed = any(_same_letters(c.syntax, chain) for c in self.passing)
            self.passing = [c for c in self.passing if not _same_letters(c.syntax, chain)]
            if not opposed or self.decided:
                self.passing.append(condition)
        self.decided = False
        self._state_condition(chain.span, chain, source)

    # ------------------------------------------------------------------ steps

    def _step(
        self,
        left: s.Syntax,
        sign: s.RelationSign,
        right: s.Syntax,
        row: s.Row,
        cue: prose.Cue,
        first: bool,
        item: Formula,
    ) -> None:
        span = Span(left.span.start if first else sign.span.start, right.span.end)
        texts = (self._text(left.span), self._text(sign.span), self._text(right.span))
        reasons = tuple(note.text.strip() for note in row.notes)
        step = _Step(left, sign, right, row, cue, first, item, span, texts, reasons)
        made = len(self.statements)
        try:
            self._attempts(step, made)
        except Incomprehensible as trouble:
            self._unread(trouble.span or span, trouble.message, " ".join(texts))
        except OutOfReach as trouble:
            self._state("claim", span, *texts, message=trouble.message, reasons=reasons)
        except (ValueError, OverflowError) as error:
            self._state("claim", span, *texts, message=str(error), reasons=reasons)

    def _forget(self, made: int) -> None:
        """Takes back all statements but the first ``made``."""
        del self.statements[made:]
        for at in [at for at in self.open_claims if at >= made]:
            del self.open_claims[at]

    def _attempts(self, step: _Step, made: int) -> None:
        """Reads a step; where the shapes do not fit, once more with what authors leave out.

        First the indices of defined names, then the bold face of vectors whose bare name is a
        number elsewhere, then the sign of a dot product.
        """
        plain = self.names
        vectors = replace(plain, scalars=frozenset()) if plain.scalars else None
        attempts = [(plain, False, False), (plain, True, False)]
        attempts.extend([(vectors, False, False)] if vectors else [])
        attempts.append((plain, False, True))
        trouble: WrongShape | None = None
        for n, (known, implicit, dots) in enumerate(attempts):
            self.names, self.implicit, self.dots = known, implicit, dots
            self.last = n == len(attempts) - 1
            try:
                self._decide(step)
                return
            except WrongShape as error:
                self._forget(made)
                trouble = trouble or error
            finally:
                self.names, self.implicit, self.dots, self.last = plain, False, False, False
        if trouble is not None:
            raise trouble

    def _decide(self, step: _Step) -> None:
        sign = step.sign.text
        if sign == "in":
            self._declaration(step)
            return
        if sign not in RELATIONS:
            self._other_relation(step, sign)
            return
        elaborator = self._elaborator()
        self._set_prime(elaborator, step)
        if sign in ("=", "equiv", "assign", "approx"):
            if step.first and (self._is_vector_of_numbers(step) or self._is_component(step)):
                return
            if step.first and self._says_dependence(step):
                return
            if step.first and self._defines(step, elaborator):
                return
            if step.first and self._defines_below_a_derivative(step, elaborator):
                return
            if step.first and (self._updates(step) or self._is_example(step)):
                return
            if self._defines_right(step, elaborator):
                return
        for left, right in _pairs(_branches(step.left), _branches(step.right)):
            self._compare(step, left, right, self._fresh(elaborator))

    def _other_relation(self, step: _Step, sign: str) -> None:
        """Relations that are no equations: declarations, limits, distributions."""
        if sign == "sim" or (sign == "to" and self._as_variable_of_limit(step)):
            line = self.document.place(step.span).line
            hypothesis = Hypothesis((), " ".join(step.texts), line)
            self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)
            return
        out_of_reach = {
            "to": "a limit or an assignment by an arrow is no equation",
            "propto": "proportionality is no equation",
        }
        if sign in out_of_reach:
            raise OutOfReach(out_of_reach[sign])
        raise Incomprehensible(f"the relation {step.texts[1]} has no meaning here")

    def _as_variable_of_limit(self, step: _Step) -> bool:
        """``as z -> infinity``."""
        infinite = any(isinstance(n, s.Name) and n.text == "\\infty" for n in walk(step.right))
        return isinstance(step.left, s.Name | s.Scripts) and (
            infinite or self.sentence.tail.rstrip().endswith((" as", "As", " for", "when"))
        )

    def _fresh(self, elaborator: Elaborator) -> Elaborator:
        fresh = self._elaborator()
        fresh.prime = elaborator.prime
        return fresh

    def _set_prime(self, elaborator: Elaborator, step: _Step) -> None:
        for node in walk(step.left):
            if isinstance(node, s.Differentiation) and len(node.variables) == 1:
                try:
                    by = self._elaborator().value(node.variables[0])
                except Trouble:
                    return
                if isinstance(by.term, Variable) and not by.axes:
                    elaborator.prime = self.prime = by.term
                return
        elaborator.prime = self.prime

    def _defines(self, step: _Step, elaborator: Elaborator) -> bool:
        found = self._primed_name(head(step.left, self.names))
        if found is None or not self._open(found.name, step):
            return False
        if step.cue in ("since", "if", "assume") and not (
            found.applied or found.name not in self.used
        ):
            return False
        plain = not found.reference.indices and isinstance(step.right, s.Numeral)
        if plain and not step.item.display and step.cue != "define":
            return self._takes_value(step, elaborator)
        return self._introduce(found, step.left, step.right, step, elaborator)

    def _defines_below_a_derivative(self, step: _Step, elaborator: Elaborator) -> bool:
        """``dU/dx = d(...)/dx`` says what U is where nothing else does."""
        left, right = step.left, step.right
        if not (
            isinstance(left, s.Differentiation)
            and isinstance(right, s.Differentiation)
            and left.body is not None
            and right.body is not None
            and len(left.variables) == 1
            and tuple(map(spelling, left.variables)) == tuple(map(spelling, right.variables))
        ):
            return False
        found = head(left.body, self.names)
        if found is None or found.reference.indices or found.applied:
            return False
        if not self._open(found.name, step):
            return False
        if reference(right.body, self.names) is not None:
            return False
        inner = replace(step, sign=s.RelationSign(step.sign.span, "="))
        return self._introduce(found, left.body, right.body, inner, elaborator)

    def _is_vector_of_numbers(self, step: _Step) -> bool:
        """``p = (0.1, 0.9)`` gives values for an example, and no meaning in general."""
        rows = step.right.rows if isinstance(step.right, s.Matrix) else ()
        entries: tuple[s.Syntax, ...] = tuple(e for row in rows for e in row)
        if isinstance(step.right, s.Group) and isinstance(step.right.body, s.List):
            entries = step.right.body.items
        if len(entries) < 2:
            return False
        if any(isinstance(e, s.Ellipsis) for e in entries) and isinstance(step.left, s.Name):
            return self._lists_components(step)
        if not all(_is_number(e) for e in entries):
            return False
        found = head(step.left, self.names)
        if found is None:
            return self._check_example(step, entries)
        self.examples[found.name] = entries
        self._example(step)
        return True

    def _check_example(self, step: _Step, entries: tuple[s.Syntax, ...]) -> bool:
        """Values for what was found in general before, from the values of the names in it."""
        elaborator = self._elaborator()
        general = self.results.get(spelling(step.left))
        value = None if general is None else self._try(general, elaborator)
        if value is None or len(value.axes) != 1:
            raise OutOfReach("values for an example, of something that was not found in general")
        sides: list[tuple[Term, Term]] = []
        for n, entry in enumerate(entries):
            at = value.term
            for variable in {t for t in subterms(at) if isinstance(t, Variable)}:
                given = self.examples.get(variable.name, ())
                if variable.indices != value.axes or len(given) != len(entries):
                    raise OutOfReach(f"values for an example in which {variable.name} has none")
                at = substitute_variable(at, variable, elaborator.scalar(given[n]))
            sides.append((at, elaborator.scalar(entry)))
        self._claims(step, tuple(sides), "=", (), elaborator, entries[0])
        return True

    def _lists_components(self, step: _Step) -> bool:
        """``Y = (y_1, ..., y_n)`` says how the components are called."""
        self._state(
            "definition",
            step.span,
            *step.texts,
            message="it lists components; their names are kept as they are",
            reasons=step.reasons,
        )
        return True

    def _says_dependence(self, step: _Step) -> bool:
        """``x = x(r)`` says what x depends on."""
        right = step.right
        if not (
            isinstance(right, s.Product) and len(right.factors) == 2 and right.operators == ("",)
        ):
            return False
        if not isinstance(right.factors[1], s.Group) or spelling(right.factors[0]) != spelling(
            step.left
        ):
            return False
        line = self.document.place(step.span).line
        hypothesis = Hypothesis((), " ".join(step.texts), line)
        self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)
        return True

    def _is_component(self, step: _Step) -> bool:
        """``o_1 = ...`` says what one component is, before the whole has a meaning."""
        node = step.left
        found = reference(node, self.names) if isinstance(node, s.Scripts) else None
        if found is None or found.power is not None or not found.indices or found.primes:
            return False
        if not any(isinstance(i, s.Numeral) for i in found.indices):
            return False
        if found.name in self.scope.entries or step.cue in ("since", "if", "assume"):
            return False
        if isinstance(step.right, s.Numeral) or found.name in self.used - self.components:
            return False
        self.components.add(found.name)
        self._state(
            "definition",
            step.span,
            *step.texts,
            message="the definition of one component: it is kept, and not used",
            reasons=step.reasons,
        )
        return True

    def _is_example(self, step: _Step) -> bool:
        """``L = 1.4`` in an example, for an L that is defined in general."""
        found = head(step.left, self.names)
        if found is None or found.applied or not prose.says_example(self.recent):
            return False
        if found.name in self.scope.entries and prose.says_for_example(self.sentence.text):
            self._example(step)
            return True
        right = self._try(step.right, self._elaborator())
        if right is None or names(right.term) or right.axes:
            return False
        if not any(isinstance(n, s.Numeral) and "." in n.text for n in walk(step.right)):
            return False
        self._example(step)
        return True

    def _example(self, step: _Step) -> None:
        self._state(
            "definition",
            step.span,
            *step.texts,
            message="values for an example: the name keeps its general meaning",
            reasons=step.reasons,
        )

    def _updates(self, step: _Step) -> bool:
        """``w = w - a g`` in a text about iterations: the w on the right is the old one."""
        found = head(step.left, self.names)
        if found is None or not isinstance(step.right, s.Signed):
            return False
        if spelling(step.right.terms[0][1]) != spelling(step.left):
            return False
        if not prose.says_update(self.recent, *(x.title for x in self.sections)):
            return False
        self._state(
            "definition",
            step.span,
            *step.texts,
            message=f"an update of {found.name}, no equation: on the right it has its old value",
            reasons=step.reasons,
        )
        return True

    def _primed_name(self, found: Head | None) -> Head | None:
        """``W'`` is a name of its own where W is neither a function nor defined."""
        if found is None or not found.reference.primes:
            return found
        plain = found.reference
        if plain.name in self.names.functions or self.scope.defined(plain.name) or plain.indices:
            return None
        name = plain.name + "'" * plain.primes
        return replace(found, reference=replace(plain, name=name, primes=0))

    def _open(self, name: str, step: _Step) -> bool:
        """Whether the name has no meaning yet."""
        if name in self.scope.opaque:
            return False
        if name in self.scope.entries and name not in self.dormant:
            return prose.says_redefined(self.sentence.text)
        if name == "e" and self.scope.euler:
            return False
        return not (name in self.names.sizes and name not in self.names.lettered)

    def _introduce(
        self, found: Head, left: s.Syntax, right: s.Syntax, step: _Step, elaborator: Elaborator
    ) -> bool:
        """States the definition of ``found``; False where the equation is none."""
        name = found.name
        redefined = name in self.scope.entries and name not in self.dormant
        self.scope.without = name
        try:
            value = elaborator.value(right)
            if self.implicit and value.axes:
                raise WrongShape("shape: a vector beside names without their indices")
            if self._depends(value.term, name):
                return False
            indexed = found.reference.indices or self.names.slots.get(name, 0)
            if isinstance(value.term, Number) and indexed and not found.applied:
                self.scope.without = ""
                return self._component_of_data(found, value, step, elaborator)
            line = self.document.place(step.span).line
            local = step.cue in ("define", "if", "assume", "since") and not step.item.display
            source = " ".join(step.texts)
            entry, definition = define(found, value, elaborator, source, line, local)
        except OutOfReach as trouble:
            if (isinstance(trouble, WrongShape) and not self.last) or right is step.left:
                raise
            self.scope.opaque[name] = self._summands(right)
            self._state(
                "definition",
                step.span,
                *step.texts,
                message=f"it is kept as it stands: {trouble.message}",
                reasons=step.reasons,
            )
            return True
        finally:
            self.scope.without = ""
        if name in self.used and (entry.hidden or entry.formals or value.axes):
            self.early = True
        entry = replace(entry, level=self.sections[-1].level if self.sections else 0)
        self._keep(entry, definition)
        self._differentiates(value.term)
        notes = [*elaborator.notes, *self._leaks(value.term, step)]
        if redefined:
            notes.append(f"{name} is defined anew from here on")
        if entry.hidden:
            letters = ", ".join(i.name for i in entry.indices[-entry.hidden :])
            notes.append(f"{name} depends on {letters}, which is not written")
        self._guess(elaborator)
        self._state(
            "definition",
            step.span,
            *step.texts,
            definitions=(definition,),
            note="; ".join(notes),
            reasons=step.reasons,
            guesses=tuple(elaborator.guesses),
        )
        self._underbraces(elaborator, step)
        return True

    def _summands(self, right: s.Syntax) -> frozenset[str]:
        """The names that are summands of a sum as they stand."""
        terms = right.terms if isinstance(right, s.Signed) else ()
        found = (reference(t, self.names) for _, t in terms if isinstance(t, s.Name | s.Scripts))
        return frozenset(r.name for r in found if r is not None and r.power is None)

    def _keep(self, entry: Entry, definition: Definition) -> None:
        """Puts a definition in force."""
        name = entry.name
        self.scope.entries = {**self.scope.entries, name: entry}
        self.definitions = {**self.definitions, name: definition}
        below = names(definition.body)
        self.reach[name] = below.union(*(self.reach.get(other, frozenset()) for other in below))
        self.dormant.discard(name)
        self.learned[name] = max(self.learned.get(name, 0), len(entry.indices) - entry.hidden)
        if not entry.local or prose.says_where(self.sentence.tail):
            self.everywhere.setdefault(name, definition)
            self.entries_everywhere.setdefault(name, entry)

    def _depends(self, term: Term, name: str) -> bool:
        """Whether the term mentions the name, or a name that is defined by it."""
        return any(name == other or name in self.reach.get(other, ()) for other in names(term))

    def _takes_value(self, step: _Step, elaborator: Elaborator) -> bool:
        """``y = 1`` in a sentence: a case that the sentence speaks of, not a definition."""
        left, right = elaborator.value(step.left), elaborator.value(step.right)
        if not self._about_data(left.term):
            return False
        self._hypothesis(step, (Equation(left.term, right.term, left.axes),), -1)
        return True

    def _component_of_data(
        self, found: Head, value: Value, step: _Step, elaborator: Elaborator
    ) -> bool:
        """``y_k = 1`` says what one component of the data is, not what all are."""
        if found.name not in self.used and not self.names.slots.get(found.name, 0):
            return False
        left = elaborator.value(step.left)
        fact: Fact = Equation(left.term, value.term)
        if left.axes:
            fact = Equation(left.term, value.term, left.axes)
        elif value.term is Number(Fraction(1)) and isinstance(left.term, Variable):
            fact = self._hot(left.term) or fact
        bare = bool(left.axes) or step.cue in ("if", "case")
        self._hypothesis(step, (fact,), -1 if bare else self._level())
        return True

    def _hot(self, component: Variable) -> Fact | None:
        """``t_k = 1`` for a one-hot t says what all components are: t_i = delta_ik."""
        one_hot = any(
            h.hypothesis.source == facts.one_hot_source(component.name) for h in self.held
        )
        return facts.hot(component) if one_hot else None

    def _level(self) -> int:
        return self.sections[-1].level if self.sections else 0

    def _defines_right(self, step: _Step, elaborator: Elaborator) -> bool:
        """``sum_j e^{z_j} = S``, where S has no meaning yet."""
        found = head(step.right, self.names)
        if found is None or found.name in self.used or not self._open(found.name, step):
            return False
        if found.name in self.scope.forward and step.cue != "define":
            return False
        if found.reference.indices and step.first:
            return False
        if self._within_formula_before(found.name, step):
            return False
        return self._introduce(found, step.right, step.left, step, elaborator)

    def _within_formula_before(self, name: str, step: _Step) -> bool:
        return any(
            isinstance(n, s.Name | s.Scripts)
            and (r := reference(n, self.names)) is not None
            and r.name == name
            for n in walk(step.left)
        ) or any(
            isinstance(n, s.Name) and n.text == name
            for row in self.formulas[id(step.item)].rows
            for n in walk(row.body)
            if n.span.end <= step.right.span.start
        )

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

    def _guess(self, elaborator: Elaborator) -> None:
        for sentence in elaborator.guesses:
            if sentence not in self.guesses:
                self.guesses.append(sentence)

    # ------------------------------------------------------------------ claims and hypotheses

    def _compare(self, step: _Step, left: Branch, right: Branch, elaborator: Elaborator) -> None:
        columns = elaborator.column(left.syntax), elaborator.column(right.syntax)
        if any(columns):
            self._compare_columns(step, *columns, elaborator)
            return
        a, b = elaborator.value(left.syntax), elaborator.value(right.syntax)
        a, b = self._aligned(a, b, elaborator)
        relation = RELATIONS[step.sign.text]
        self._differentiates(a.term)
        self._differentiates(b.term)
        conditions = {spelling(c): c for c in (*left.conditions, *right.conditions)}
        if (
            step.cue == "if"
            and not conditions
            and not (self._about_data(a.term) and self._about_data(b.term))
        ):
            self._antecedent(step)
            return
        if self._is_hypothesis(step, a, b) and not conditions:
            fact: Fact
            if relation == "=":
                fact = Equation(a.term, b.term)
            else:
                zero = isinstance(b.term, Number) and b.term.value == 0
                whole = (
                    a.term
                    if zero
                    else elaborator.tensors.add([a, elaborator.tensors.negative(b)]).term
                )
                fact = Sign(whole, relation)
            self._underbraces(elaborator, step)
            self._hypothesis(step, (fact,), self._reach(step))
            return
        if step.sign.text == "approx" and (names(a.term) or names(b.term)):
            raise OutOfReach("an approximation is no equation")
        if not conditions and relation == "=" and self._defines_by_use(step, a.term, b.term):
            return
        local = self._local_facts(step, tuple(conditions.values()), elaborator, a.term, b.term)
        self._underbraces(elaborator, step)
        self._claim(step, a.term, relation, b.term, local, elaborator)

    def _defines_by_use(self, step: _Step, left: Term, right: Term) -> bool:
        """A step that only replaces a name that nothing else explains says what the name means."""
        for name in sorted(names(left)):
            if name in self.scope.entries or not (
                name in self.scope.opaque or name in self.known.opaque
            ):
                continue
            found = replaced(left, right, name)
            if found is None or self._depends(found[1], name):
                continue
            variable, body = found
            indices = tuple(i for i in variable.indices if isinstance(i, Index))
            line = self.document.place(step.span).line
            definition = Definition(name, indices, (), body, " ".join(step.texts), line)
            entry = Entry(name, indices, Value(body), level=self._level())
            self._keep(entry, definition)
            self._state(
                "definition",
                step.span,
                *step.texts,
                definitions=(definition,),
                note=f"{name}, whose definition was not understood, is what the step puts for it",
                reasons=step.reasons,
            )
            return True
        return False

    def _compare_columns(
        self,
        step: _Step,
        left: tuple[Term, ...],
        right: tuple[Term, ...],
        elaborator: Elaborator,
    ) -> None:
        """A claim about vectors written out, entry by entry."""
        if step.sign.text not in EQUALITIES:
            raise OutOfReach("a relation of vectors that is no equation")
        if not (left and right):
            raise OutOfReach("a vector written out in full beside one that is not")
        if len(left) != len(right):
            raise WrongShape(f"shape: {len(left)} entries on the left, {len(right)} on the right")
        for term in (*left, *right):
            self._differentiates(term)
        local = self._local_facts(step, (), elaborator, *left, *right)
        self._claims(step, tuple(zip(left, right, strict=True)), "=", local, elaborator)

    def _antecedent(self, step: _Step) -> None:
        """``if L = 0``: what is supposed of a defined name is neither claimed nor used."""
        line = self.document.place(step.span).line
        hypothesis = Hypothesis((), " ".join(step.texts), line)
        self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)

    def _aligned(self, a: Value, b: Value, elaborator: Elaborator) -> tuple[Value, Value]:
        if not a.axes and not b.axes:
            return a, b
        if self.implicit:
            raise WrongShape("shape: a vector beside names without their indices")
        for one, other in ((a, b), (b, a)):
            if not one.axes and other.axes and names(one.term):
                raise WrongShape(f"shape: a number equals a {other.shape}")
        (a, b), axes = elaborator.tensors.together([a, b], "equation")
        taken = {i.name for t in (a.term, b.term) for i in _all_letters(t)}
        fresh = fresh_letters(taken)
        new = [elaborator.tensors.named(next(fresh), axis) for axis in axes]
        return (
            elaborator.tensors.align(a, new) if a.axes else a,
            elaborator.tensors.align(b, new) if b.axes else b,
        )

    def _is_hypothesis(self, step: _Step, a: Value, b: Value) -> bool:
        """Whether a cue introduces the equation, and it constrains nothing but data."""
        sign_of_data = (
            step.sign.text in ("<", ">", "<=", ">=")
            and not step.item.display
            and (isinstance(a.term, Variable) or isinstance(b.term, Variable))
            and (isinstance(a.term, Number) or isinstance(b.term, Number))
        )
        if step.cue not in ("since", "assume", "if", "define", "case") and not sign_of_data:
            return False
        if step.cue == "define" and not step.first and step.sign.text in EQUALITIES:
            return False
        if alpha_equal(a.term, b.term):
            return False
        return (
            self._about_data(a.term)
            and self._about_data(b.term)
            and bool(names(a.term) | names(b.term))
        )

    def _about_data(self, term: Term) -> bool:
        if any(isinstance(t, Derivative) for t in subterms(term)):
            return False
        return not any(
            self.scope.defined(name) or name in self.known.dependents for name in names(term)
        )

    def _reach(self, step: _Step) -> int:
        """How long a hypothesis holds: -1 for its sentence, a section's level, 0 for ever."""
        if step.cue in ("if", "case"):
            return -1
        if step.cue == "assume":
            return self._level()
        if any(section.conditions for section in self.sections) or self.case or self.passing:
            return self._level()
        return 0

    def _hypothesis(self, step: _Step, stated: tuple[Fact, ...], level: int) -> None:
        if step.cue != "if" and not (
            step.first
            and isinstance(stated[0], Equation)
            and head(step.left, self.names) is not None
        ):
            stated = facts.every_letter(stated)
        line = self.document.place(step.span).line
        hypothesis = Hypothesis(stated, " ".join(step.texts), line)
        if level < 0:
            self.passing_facts.append(hypothesis)
        else:
            self.held.append(Held(hypothesis, level))
        self._state(
            "hypothesis", step.span, *step.texts, hypothesis=hypothesis, reasons=step.reasons
        )

    def _underbraces(self, elaborator: Elaborator, step: _Step) -> None:
        for node, left, right in elaborator.facts:
            label = node.label
            assert isinstance(label, s.Chain)
            sign, member = label.rest[0]
            assert member is not None
            texts = (self._text(node.body.span), self._text(sign.span), self._text(member.span))
            inner = replace(step, texts=texts, span=node.span, reasons=())
            if left.axes or right.axes:
                raise OutOfReach("an underbrace about a vector")
            if self._about_data(left.term) and self._about_data(right.term):
                fact = facts.every(Equation(left.term, right.term))
                line = self.document.place(node.span).line
                hypothesis = Hypothesis((fact,), " ".join(texts), line)
                if not any(h.hypothesis.facts == hypothesis.facts for h in self.held):
                    self.held.append(Held(hypothesis, 0))
                    self._state("hypothesis", node.span, *texts, hypothesis=hypothesis)
            else:
                local = self._local_facts(inner, (), elaborator, left.term, right.term)
                self._claim(inner, left.term, "=", right.term, local, elaborator)
        elaborator.facts.clear()

    def _local_facts(
        self,
        step: _Step,
        conditions: Sequence[s.Syntax],
        elaborator: Elaborator,
        *terms: Term,
    ) -> tuple[Hypothesis, ...]:
        """The conditions in force at a step, about the letters that stand in it."""
        letters = {i.name for t in terms for i in _all_letters(t)}
        found: list[Hypothesis] = []
        own = [*conditions]
        if step.row.condition is not None:
            own.append(step.row.condition)
        around = [c for section in self.sections for c in section.conditions]
        for condition in (*around, *([self.case] if self.case else []), *self.passing):
            if not any(_same_letters(condition.syntax, mine) for mine in own):
                self._instance(condition, elaborator, letters, found)
        line = self.document.place(step.span).line
        for syntax in own:
            stated = self._row_condition(syntax, elaborator)
            if stated:
                found.append(Hypothesis(stated, self._text(syntax.span), line))
        return (*found, *self.passing_facts)

    def _row_condition(self, syntax: s.Syntax, elaborator: Elaborator) -> tuple[Fact, ...]:
        if not any(isinstance(n, s.Chain) for n in walk(syntax)):
            words = {
                w.strip(".,;:()").lower()
                for n in walk(syntax)
                if isinstance(n, s.Text)
                for w in n.text.split()
            }
            if words & {"otherwise", "else", "elsewhere"}:
                raise OutOfReach("a row that holds otherwise")
            return ()
        pieces = (
            [syntax]
            if isinstance(syntax, s.Chain)
            else [n for n in walk(syntax) if isinstance(n, s.Chain)]
        )
        stated: tuple[Fact, ...] = ()
        for piece in pieces:
            if piece is syntax or not isinstance(syntax, s.Sequence):
                stated += elaborator.condition(piece)
        if isinstance(syntax, s.Sequence):
            stated = elaborator.condition(
                s.Sequence(
                    syntax.span,
                    tuple(i for i in syntax.items if isinstance(i, s.Chain | s.Text | s.List)),
                )
            )
        return stated

    def _instance(
        self,
        condition: Condition,
        elaborator: Elaborator,
        letters: set[str],
        found: list[Hypothesis],
    ) -> None:
        try:
            stated = elaborator.condition(condition.syntax)
        except Trouble:
            return
        concerned = {i.name for fact in stated for i in facts.indices_of(fact)}
        if concerned <= letters and not any(h.facts == stated for h in found):
            found.append(Hypothesis(stated, condition.source, condition.line))

    def _claim(
        self,
        step: _Step,
        left: Term,
        relation: Relation,
        right: Term,
        local: tuple[Hypothesis, ...],
        elaborator: Elaborator,
    ) -> None:
        self._claims(step, ((left, right),), relation, local, elaborator)

    def _claims(
        self,
        step: _Step,
        sides: tuple[tuple[Term, Term], ...],
        relation: Relation,
        local: tuple[Hypothesis, ...],
        elaborator: Elaborator,
        rounded: s.Syntax | None = None,
    ) -> None:
        self._guess(elaborator)
        if step.first:
            self.results[spelling(step.left)] = step.right
        self.decided = True
        notes = [*elaborator.notes, *(n for pair in sides for t in pair for n in self._leaks(t))]
        rounding = None
        if relation == "=" and not any(names(t) for pair in sides for t in pair):
            approximate = step.sign.text == "approx"
            rounding = half_unit(rounded or step.right, step.left, approximate=approximate)
            if rounded is not None and rounding is not None:
                rounding *= 2
        self.open_claims[len(self.statements)] = _OpenClaim(
            sides,
            relation,
            rounding,
            local,
            tuple(h.hypothesis for h in self.held),
            self.definitions,
        )
        self._state(
            "claim",
            step.span,
            *step.texts,
            note="; ".join(dict.fromkeys(notes)),
            reasons=step.reasons,
            guesses=tuple(elaborator.guesses),
        )

    def close(self) -> None:
        """Gives every claim its context, now that all definitions are known."""
        vocabulary = Vocabulary(self.known.dependents, self.ranges.fixed())
        unclear = {k: v for k, v in self.scope.opaque.items() if k not in self.everywhere}
        shapeless = {x for x in self.names.transposed if not self.names.slots.get(x, 0)}
        for at, claim in self.open_claims.items():
            definitions = {**self.everywhere, **claim.definitions}
            made: list[Claim] = []
            for left, right in claim.sides:
                held = self._relevant((left, right), definitions, claim.held, vocabulary)
                context = vocabulary.context(
                    (left, right), definitions, (*held, *claim.local), unclear
                )
                made.append(Claim(left, claim.relation, right, context, claim.rounding))
            mentioned = {x for pair in claim.sides for t in pair for x in names(t)}
            mentioned.update(x for c in made for d in c.context.definitions for x in names(d.body))
            partial = ""
            if mentioned & shapeless:
                listed = ", ".join(sorted(mentioned & shapeless))
                partial = f"{listed} is transposed somewhere, and nothing says what its shape is"
            reading = Reading(tuple(made), "", partial)
            self.statements[at] = replace(self.statements[at], readings=(reading,))

    def _relevant(
        self,
        terms: tuple[Term, ...],
        definitions: Mapping[str, Definition],
        held: tuple[Hypothesis, ...],
        vocabulary: Vocabulary,
    ) -> tuple[Hypothesis, ...]:
        """The hypotheses about names that the claim's terms mention, definitions unfolded."""
        context = vocabulary.context(terms, definitions, ())
        mentioned: frozenset[str] = frozenset().union(*map(names, terms))
        for definition in context.definitions:
            mentioned |= names(definition.body)
        return tuple(
            h for h in held if any(not fact_names(f) or fact_names(f) & mentioned for f in h.facts)
        )

    # ------------------------------------------------------------------ declarations

    def _declaration(self, step: _Step) -> None:
        """``x \\in S``: what kind of thing x is, and for {0, 1} and {-1, 1} an equation."""
        stated: tuple[Fact, ...] = ()
        elaborator = self._elaborator()
        right = step.right
        if (
            isinstance(right, s.Group)
            and right.delimiters == "{}"
            and isinstance(right.body, s.List)
        ):
            members = {spelling(i).replace(" ", "") for i in right.body.items}
            left = self._try(step.left, elaborator)
            if left is not None and isinstance(left.term, Variable) and self._about_data(left.term):
                square = elaborator.tensors.power(left, Value(Number(Fraction(2)))).term
                if members == {"0", "1"}:
                    stated = (Equation(square, left.term),)
                elif members in ({"-1", "1"}, {"-1", "+1"}):
                    stated = (Equation(square, Number(Fraction(1))),)
        stated = facts.every_letter(stated)
        chain = s.Chain(step.span, step.left, ((step.sign, step.right),))
        for found, sizes in declared(chain, self.names):
            slots = self.names.slots.get(found.name, 0)
            if sizes != self.names.dimensions.get(found.name):
                continue
            for n, size in enumerate(sizes):
                self.ranges.join(f"slot:{found.name}:{slots - len(sizes) + n}", f"size:{size}")
        hypothesis = Hypothesis(stated, " ".join(step.texts), self.document.place(step.span).line)
        if stated:
            self.held.append(Held(hypothesis, 0))
        self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)

    def _try(self, node: s.Syntax, elaborator: Elaborator) -> Value | None:
        try:
            return elaborator.value(node)
        except Trouble:
            return None


@dataclass(frozen=True)
class _OpenClaim:
    """A claim before its context is known: definitions may follow it."""

    sides: tuple[tuple[Term, Term], ...]
    relation: Relation
    rounding: Fraction | None
    local: tuple[Hypothesis, ...]
    held: tuple[Hypothesis, ...]
    definitions: Mapping[str, Definition]


@dataclass(frozen=True)
class _Step:
    """One relation between two neighbours of a chain."""

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


def _all_letters(term: Term) -> frozenset[Index]:
    from derive.logic.terms import free_indices

    return free_indices(term)


def _branches(node: s.Syntax) -> tuple[Branch, ...]:
    if isinstance(node, s.Cases) and node.rows:
        return tuple(
            Branch(row.value, () if row.condition is None else (row.condition,))
            for row in node.rows
        )
    return (Branch(node),)


def _pairs(left: tuple[Branch, ...], right: tuple[Branch, ...]) -> Iterable[tuple[Branch, Branch]]:
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


def _is_number(node: s.Syntax) -> bool:
    return all(isinstance(n, s.Numeral | s.Signed | s.Group | s.Fraction) for n in walk(node))


def _comparison(left: str, sign: Literal["=", "!="] | str, right: str, span: Span) -> s.Chain:
    return s.Chain(span, s.Name(span, left), ((s.RelationSign(span, sign), s.Name(span, right)),))


def _same_letters(one: s.Syntax, other: s.Syntax) -> bool:
    """Whether two conditions compare the same letters."""
    return {n.text for n in walk(one) if isinstance(n, s.Name)} == {
        n.text for n in walk(other) if isinstance(n, s.Name)
    }


def read(
    document: Document,
    formulas: Mapping[int, s.ParsedFormula],
    names_: Names,
    ranges: Ranges,
    known: Findings,
) -> Walk:
    """Reads the document once."""
    walk_ = Walk(document, formulas, names_, ranges, known)
    walk_.run()
    return walk_
