"""One reading of a document, from its first item to its last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from derive.logic.problem import (
    Equation,
    Fact,
    Hypothesis,
    Sign,
)
from derive.logic.terms import Number, Variable, names
from derive.meaning import facts, mentioned, prose, titles
from derive.meaning.alternatives import (
    abbreviation_in_words,
    cases_in_row,
    cases_in_words,
    gives_several_values,
)
from derive.meaning.application import FUNCTIONS
from derive.meaning.conclusions import MANY, may_have_other_solutions
from derive.meaning.continued import continued, with_cases
from derive.meaning.convention import free_letters
from derive.meaning.defining import solved_for
from derive.meaning.definitions import head
from derive.meaning.differentials import differentials, joined, partials, total
from derive.meaning.elaborate import Elaborator
from derive.meaning.lone import lone_vector
from derive.meaning.names import Names, reference, used_as_indices, used_below
from derive.meaning.optimum import holds_derivative, unmarked
from derive.meaning.ranges import Ranges
from derive.meaning.relating import Relating
from derive.meaning.restating import Restating
from derive.meaning.shapes import transposed
from derive.meaning.spelling import rewritten, spelling, walk
from derive.meaning.steps import (
    BY_SIZE,
    EQUALITIES,
    RECENT,
    RELATIONS,
    Branch,
    Condition,
    Findings,
    Held,
    Section,
    Spoken,
    Step,
    branches,
    comparison,
    infers,
    is_number,
    negated,
    otherwise,
    pairs,
    same_letters,
)
from derive.meaning.stretches import numbers_alone, stretch
from derive.meaning.sums import only_within, over_pairs
from derive.meaning.survey import counted_through, with_letter
from derive.meaning.thresholds import exclude_each_other, opposed
from derive.meaning.trouble import Incomprehensible, Misfit, OutOfReach, Trouble, WrongShape
from derive.meaning.wording import Wording
from derive.reader import syntax as s
from derive.reader.document import Break, Document, Formula, Heading, Prose
from derive.reader.source import Span

__all__ = ["Walk", "read"]


WORDS_WITH_EQUALS = re.compile(
    r"\\(?:text\w*|mbox|hbox|mathrm|intertext|shortintertext)\s*"
    r"\{[^{}$]*(?:=|\bequals\b|\bequal to\b)[^{}$]*\}"
)

EQUALS_IN_NOTE = re.compile(r"(?<![<>!:\\])=|\\equiv\b")
DENIED = "a condition that is denied"
REFUTES = "the text draws it from a supposition, which it refutes"
OTHERWISE = "that what was supposed before does not hold"
_SHOWN = {"!=": "\\neq", "<=": "\\leq", ">=": "\\geq"}
BLANK_LINE = re.compile(r"\n[ \t>\r]*\n")
NAME_IN_SOURCE = re.compile(
    r"\\(?:mathbf|mathcal|mathrm|bm|hat|bar|tilde)\s*\{[^{}]+\}|\\[A-Za-z]+|[A-Za-z]"
)


# What a list puts before its items, and a remark in brackets behind the one before.
_BULLET = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:[-*+•]|\(?\w{1,3}[.)])?\s*")

_RUN_IN = 99  # the level of "Exercise 2." at the beginning of a paragraph


class Walk(Restating, Relating, Wording):
    """Reads the items of a document in their order."""

    def run(self) -> None:
        """Reads all items."""
        items = self.document.items
        self._enter()
        for n, item in enumerate(items):
            self.index = n
            self.following = items[n + 1 : n + 3]
            self.after = items[n + 1 : n + 8]
            match item:
                case Heading():
                    self._heading(item)
                case Prose():
                    opens = n == 0 or isinstance(items[n - 1], Break | Heading)
                    title = self.sections[-1].title if self.sections else ""
                    opens = opens and not self._is_indented(item)
                    if opens:
                        self._enters_part()
                        self._enters_own(titles.opens_its_own(self._paragraph(), title), item)
                    self._prose(item)
                case Formula():
                    self._formula(item)
                case Break():
                    if item.closes:
                        self._leave(item.closes)
                    self.broken = True

    def _is_indented(self, item: Prose) -> bool:
        """Whether it is a part of an item of a list."""
        text = self.document.text
        begin = item.span.start + len(item.text) - len(item.text.lstrip())
        before = text[text.rfind("\n", 0, begin) + 1 : begin]
        return len(re.sub(r"\A(?:> ?)+", "", before)) > 1

    def _leave(self, level: int) -> None:
        """The end of all sections of ``level`` and deeper."""
        while self.sections and self.sections[-1].level >= level:
            self.sections.pop()
        self._enter()
        self._end_sections(level)
        self._new_sentence("")
        self.previous, self.case, self.recent = None, None, ""
        self.shown_last = None
        self.stationary, self.optimum = "", []
        self.away, self.apart = False, False
        self.of_one, self.supposed_from = False, -1

    def _enter(self) -> None:
        """The ranges of names that are used again belong to the chapter that is open."""
        self.ranges.enter(max((x.number for x in self.sections if x.level < 3), default=0))

    def _paragraph(self) -> str:
        """What is said from here to the end of the paragraph, with a □ for each formula."""
        said = ""
        for item in self.document.items[self.index :]:
            match item:
                case Prose():
                    said += item.text
                case Formula():
                    said += "□"
                case _:
                    break
        return said

    def _enters_own(self, own: str, item: Prose) -> None:
        """ "**Example.** Take x = 3", and "**Derivative.**", which may be that of any x."""
        within = self.own is not None and self.own[0] == _RUN_IN
        other = titles.label(item.text) if within else ""
        if own or other or (within and self.aside):
            self._leaves_exercise(_RUN_IN, own or other)
        self.aside = titles.is_aside(own)

    def _enters_part(self) -> None:
        """Values of what was used before may be over: "(a) Let b = 0. ...", "(b) Show that"."""
        self._leave_meanings(self.participles & self.brief_meanings.keys())
        self.participles = set()
        paragraph = self._paragraph()
        if titles.opens_part(paragraph):
            if self.part is not None:
                self._may_leave(self.part)
            sets_up = titles.sets_up(titles.label(paragraph))
            self.part = None if sets_up else len(self.statements)

    def _leaves_sections(self, ended: Sequence[Section], title: str) -> None:
        """So may they be where the next section begins, unless the last one set the problem up."""
        self.part = None
        goes_on = titles.goes_on(title) or titles.belongs(title)
        if ended and not goes_on and not any(titles.sets_up(one.title) for one in ended):
            self._may_leave(ended[0].at)

    def _leaves_exercise(self, level: int, title: str) -> None:
        """What an exercise, an example or a theorem supposes may not hold in the next one."""
        if self.own is not None and level <= self.own[0] and not titles.belongs(title):
            began = self.own[1]
            self.held = [
                replace(held, left=held.left or (bool(held.said) and held.at >= began))
                for held in self.held
            ]
            since = self.statements[began].place.line if began < len(self.statements) else 0
            own = [d for d in self.definitions.values() if since and d.line >= since]
            self.bounded_meanings.update(d.name for d in own if isinstance(d.body, Number))
            self.of_exercises.update((d.name, d.line) for d in own if self.exercise)
            self._end_of_bounds()
            self.values_left.update(self.example_values.values())
            self.own, self.exercise = None, False
        if titles.is_of_its_own(title):
            self.own = level, len(self.statements)
            self.exercise = titles.is_exercise(title)
            self.exercise_from = self.document.items[self.index].span.start

    def _heading(self, item: Heading) -> None:
        optimum, apart = (self.optimum, self.apart) if titles.goes_on(item.title) else ([], False)
        ended = [section for section in self.sections if section.level >= item.level]
        self._leave(item.level)
        self._leaves_sections(ended, item.title)
        self._leaves_exercise(item.level, item.title)
        self.optimum, self.apart = optimum, apart
        conditions: tuple[Condition, ...] = ()
        title = item.title
        self.headings += 1
        self._lose(title)
        if prose.may_speak_of_all(title) or prose.speaks_of_all(title):
            self._may_end_cases()
        self.sections.append(Section(item.level, title, self.headings, at=len(self.statements)))
        self.titles[self.headings] = title
        self.begun = item.span.start
        self.listing = prose.opens_suppositions(title)
        self._enter()
        for name, number in self.known.declared.get(self.headings, {}).items():
            self.kinds[name] = number, self.headings
        for name in self.known.alone.get(self.headings, ()):
            self.kinds[name] = True, self.headings
        introduces = titles.introduces(title)
        found = titles.case_conditions(title) if introduces else ()
        either = title if titles.alternatives(title, found) else ""
        line = self.heading_line = self.document.place(item.span).line
        offset = self.document.text.find(title, item.span.start, item.span.end)
        for one in found if not either else ():
            if one.left in self.names.letters or one.right in self.names.letters:
                base = max(offset, 0)
                span = Span(base + one.start, base + one.end) if offset >= 0 else item.span
                chain = comparison(one.left, one.sign, one.right, span)
                source = f"{one.left} {'=' if one.sign == '=' else chr(92) + 'neq'} {one.right}"
                conditions = (*conditions, Condition(chain, source, line))
                self._state_condition(span, chain, source)
        if introduces and not found:
            for formula in item.formulas:
                for row in self.formulas[id(formula)].rows:
                    if isinstance(row.body, s.Chain) and self._about_indices(row.body):
                        source = self._text(row.body.span)
                        conditions = (*conditions, Condition(row.body, source, line))
                        self._state_condition(row.body.span, row.body, source)
        self.sections[-1] = replace(self.sections[-1], conditions=conditions, either=either)
        if not conditions and not either:
            for formula in item.formulas:
                if not (titles.tells_case(title) and self._tells_case(formula)):
                    self._in_title(formula, title)

    def _in_title(self, formula: Formula, title: str) -> None:
        """A formula in a title: behind "When" or "If" it is a case of the whole section."""
        before = title.partition(f"${formula.content}$")[0]
        if not titles.opens_case(before):
            self._formula(formula)
            return
        self.sentence = prose.Sentence().read(before)
        known = self.passing_facts
        self._formula(formula)
        told = [h for h in self.passing_facts if h not in known]
        self.held.extend(Held(h, self._level()) for h in told)
        self.passing_facts = known
        self._new_sentence("")

    def _labels_case(self, item: Formula, parsed: s.ParsedFormula) -> bool:
        """ "Small residuals ($|r| < d$): □", "- $x > 0$: □": the case that what follows is of."""
        follows = self.following[0] if self.following else None
        if item.display or not isinstance(follows, Prose):
            return False
        if not prose.labels_case(self.sentence.text, follows.text):
            return False
        bodies = [row.body for row in parsed.rows]
        return all(
            isinstance(body, s.Chain)
            and body.first is not None
            and all(sign.text in BY_SIZE for sign, _ in body.rest)
            for body in bodies
        )

    def _tells_case(self, formula: Formula) -> bool:
        """``|r| < d`` in the title of a case."""
        bodies = [row.body for row in self.formulas[id(formula)].rows]
        chains = [body for body in bodies if isinstance(body, s.Chain) and body.first is not None]
        return len(chains) == len(bodies) == 1 and self._supposes_by_size(chains[0])

    def _end_sections(self, level: int) -> None:
        self.held = [h for h in self.held if h.level < level or h.level == 0]
        self.correct = [c for c in self.correct if c.level < level or c.level == 0]
        for name, entry in self.scope.entries.items():
            if entry.local and entry.level >= level:
                self.dormant.add(name)
        ended = {n for n, e in self.scope.entries.items() if e.fleeting and e.level >= level}
        if ended:
            kept = self.scope.entries.items()
            self.scope.entries = {n: e for n, e in kept if n not in ended}
            self.definitions = {n: d for n, d in self.definitions.items() if n not in ended}

    def _keeps_typed(self, text: str) -> None:
        """``u = exp(a) + exp(b)``, typed among the words: the text says what u is."""
        for name in prose.typed_definitions(text):
            free = name not in self.names.letters | self.names.sizes
            if free and not self.scope.defined(name):
                self.scope.opaque.setdefault(name, frozenset())
                self.opaque_since.setdefault(name, self._section())
                self.named_by_sign.add(name)

    def _prose(self, item: Prose) -> None:
        self._keeps_typed(item.text)
        text = "\n" + item.text if self.broken else item.text
        stripped = text.strip()
        if stripped:
            self.hanging = None
        if self.broken and stripped:
            listed = prose.is_item(item.text)
            self.listing = (self.listing or prose.opens_list(self.sentence)) if listed else ""
        goes_on = stripped[:1].islower() and (not self.displayed or prose.follows_at_once(stripped))
        if self.broken and stripped and not goes_on:
            self._new_sentence("")
            if titles.leaves_a_case(stripped):
                self._may_end_cases()
        if self.displayed and stripped and stripped[0].isupper():
            self._new_sentence("")
        if stripped:
            self.broken = self.displayed = False
        ended = self.sentence.ended(text)
        pieces = prose.sentences(item.text)
        last = pieces[-1][1]
        for start, piece in pieces:
            said = piece
            if piece is last and any(isinstance(one, Formula) for one in self.after[:1]):
                said = said.rstrip().removesuffix(" that")  # "no longer assume that □": not this
            if mentioned.drops(said):
                self._drop()
            elif mentioned.may_drop(said) or self._doubts(said):
                self._may_drop()
            if mentioned.denies(piece):
                self.held = [
                    replace(h, left=True)
                    if mentioned.denies_quality(piece, h.hypothesis.source)
                    else h
                    for h in self.held
                ]
            if mentioned.contradicts(piece):
                self._refute()
            self._lose(piece)
            self._in_words(item, start, start + len(piece))
            if piece is last and ended:
                self._new_sentence("")
            self._hear(piece, item.span.start + start)
            if piece is not last:
                self.spoken = Spoken()
        self.sentence = self.sentence.read(text)
        if mentioned.would_drop(last):
            self.unusable = self.unusable or DENIED
        self.recent = (self.recent + text)[-RECENT:]

    def _drop(self) -> None:
        """Drops what was supposed last, with all that was supposed on the same line."""
        last = self._supposed_last()
        self.held = [h for h in self.held if h not in last]

    def _may_drop(self) -> None:
        """What was supposed last may hold no longer."""
        last = self._supposed_last()
        self.held = [replace(h, left=h.left or h in last) for h in self.held]

    def _doubts(self, sentence: str) -> bool:
        """Whether the sentence says that what was just supposed hardly holds."""
        if not mentioned.doubts(sentence):
            return False
        supposed = max((held.at for held in self._supposed_last()), default=0)
        return all(supposed > at for at in self.open_claims)

    def _refute(self) -> None:
        """Drops what the last sentence of this section supposed: it led to a contradiction.

        Counterexamples to what was drawn from it are no news.
        """
        begin = self.supposed_from
        claimed = 0 <= begin < len(self.statements) and self.statements[begin].kind == "claim"
        for at, claim in self.open_claims.items() if claimed else ():
            if at >= begin and not claim.doubtful:
                self.open_claims[at] = replace(claim, doubtful=REFUTES)
        self.supposed_from = -1
        name, at = self.assumed
        held = [h for h in self.held if h.hypothesis.facts and h.level == self._level_here()]
        if name and not (held and held[-1].at > at):
            self._undefine(name)
            self.assumed = "", 0
        elif held:
            last = held[-1]
            begun = [h for h in held if h.said and last.said.startswith(h.said)]
            self.held = [h for h in self.held if h is not last and h not in begun]

    def _formula(self, item: Formula) -> None:
        if id(item) in self.told:
            self.spoken = self.spoken.formula(item)
            return
        self.scope.line = self.document.place(item.span).line
        self.ranges.at(item.span.end)
        parsed = self._told_in_cases(item, self.formulas[id(item)])
        self.number += 1
        mentioned_only = self._only_mentioned(item, parsed)
        cue = "denied" if mentioned_only else prose.cue(self.sentence)
        cue = cue or ("case" if self._labels_case(item, parsed) else "")
        if (turned := self._excepted(item, parsed)) is not None:
            parsed, cue = turned, "if"
        if not cue and self.listing and prose.supposes_in_item(self.sentence):
            cue = self.listing
        if not cue and prose.goes_on_supposing(self.sentence) and _gives_number(parsed):
            cue = "assume"
        if not cue and (
            prose.opens_branch(self.sentence)
            or (prose.asks_when(self.sentence) and self._begins_with_no_name(parsed))
        ):
            cue = "if"  # "it vanishes when: A p = 0", and not "it holds if: p = □"
        if cue == "if" and prose.vanishes_at(self.sentence.text) and _equates(parsed, self.names):
            cue = ""  # "which vanishes for □" claims that it does
        if cue == "define" and prose.opens_where(self.sentence.text) and _bounds(parsed):
            cue = "if"  # "Where □, the slope is □, and where □, it is □"
        if self.unusable == DENIED and prose.turns(self.sentence.tail):
            self.unusable = ""
        if cue == "define" and self.sentence.tail.strip() == ",":
            if item.display or (prose.opens_with(self.sentence) and self._ends_sentence()):
                cue = ""  # "With sum q = 1, ...": what the sentence was begun for
        if prose.ends_case(self.sentence):
            self._end_cases()
            self.example_values.clear()
            if prose.speaks_of_all(self.sentence.tail):  # "for i = j □, and in general □"
                self.passing, self.passing_facts = [], []
        elif prose.may_speak_of_all(self.sentence.text):
            self._may_end_cases()
        if prose.says_otherwise(self.sentence.tail):
            self._turn_over()
        first = parsed.opening
        continues = isinstance(first, s.Chain) and first.first is None
        if not item.display and self.broken:
            self._new_sentence("")
            cue = ""
        elif not continues and self.sentence_claims and self._apart_from_the_last(item):
            self._new_sentence("")  # "□ if x > 0", and no full stop at the paragraph's end
            cue = ""
        if not continues:
            self.place = str(self.number)
            self.last_prime, self.prime = self.prime or self.last_prime, None
            if item.display:
                self.previous = None
            if item.display or any(isinstance(row.body, s.Chain) for row in parsed.rows):
                self.shown_last = None
        here: frozenset[str] = self.indices_here if continues else frozenset()
        for row in parsed.rows:
            here |= used_as_indices(row.body, self.names)
        self.indices_here = here
        self.broken = False
        self.displayed = item.display
        if self.ranges.final is not None:
            self._signs_within_words(item, parsed)
        claims_before = len(self.open_claims)
        unusable, told_before = self.unusable, len(self.behind)
        self.unusable = restricted = unusable or self._condition_that_follows()
        own = self.behind[told_before:]
        restricts = any(id(row.body) in self.restricting for row in parsed.rows)
        if self.behind and cue == "if" and not restricts:  # "a = b if x > 0, and c = d"
            cue = self.clause
        self.clause = cue if own else self.clause
        introduced = cue
        hanging, self.hanging = self.hanging, None
        if item.display and gives_several_values(parsed.rows):
            parsed = replace(parsed, rows=())
            self._list_values(item)
        ends: list[s.Syntax | None] = []
        for n, (row, base) in enumerate(continued(parsed.rows)):
            if hanging is not None and n == 0 and item.display:
                row = self._taken_up(row, *hanging)
            if isinstance(base, s.Node):
                self.previous = base
            elif base is not None and 0 <= base < len(ends):
                self.previous = ends[base]
            if not (isinstance(row.body, s.Chain) and row.body.first is None):
                members = self._members_of_chain(parsed.rows[n:])
                self.within = only_within(members)
                if self.convention:
                    self.unsummed = free_letters(members, self.names)
            before = [n.text for n in row.notes if n.span.end <= row.body.span.start]
            introduced = prose.introduces(" ".join(before), introduced)
            if self.ranges.final is not None:
                self._equations_in_notes(row)
            after = parsed.rows[n + 1].notes if n + 1 < len(parsed.rows) else ()
            follows = any(note.text.strip() in ("implies", "iff") for note in after)
            self.solved = follows and holds_derivative(row.body)
            beside = {note.text.strip() for note in (*row.notes, *after)}
            signs = row.body.rest if isinstance(row.body, s.Chain) else ()
            self.equivalent = "if and only if" in beside or any(x.text == "iff" for x, _ in signs)
            self.concluding = "implies" in beside
            begun = self.previous
            self._row(row, introduced, item)
            if n and self._is_aside(parsed.rows[n - 1], row):
                self.previous = begun
            ends.append(self.previous)
        self.solved = False
        over = set(map(id, own))
        self.passing = [c for c in self.passing if id(c) not in over]
        self.passing_facts = [h for h in self.passing_facts if id(h) not in over]
        self.supposed = False
        if self.unusable == restricted:  # what the formula itself supposes holds from here on
            self.unusable = unusable
        if cue == "denied" and not mentioned_only:
            self.unusable = self.unusable or DENIED
        if not all(isinstance(row.body, s.Name) for row in parsed.rows):
            self.computed.update(self._indexed(item))
        for name in self._indexed(item):
            self.candidates.append((item.span.end, name))
            if name not in self.used:
                self.newcomers.add(name)
            self.used.add(name)
        if item.display:
            self.newcomers.clear()
        if not item.display and not self._goes_on_in_the_next_item():
            self.previous = None
        self.sentence = self.sentence.formula(cue)
        self.spoken = self.spoken.formula(item, len(self.open_claims) > claims_before)
        if not item.display:
            self._heard()

    def _excepted(self, item: Formula, parsed: s.ParsedFormula) -> s.ParsedFormula | None:
        """ "Except for $i = k$", "unless $x > 0$": the comparison that holds elsewhere."""
        bodies = [row.body for row in parsed.rows]
        if item.display or len(bodies) != 1 or not prose.excepts(self.sentence.tail):
            return None
        opposite = self._opposite(bodies[0])
        if opposite is None:
            return None
        return replace(parsed, rows=(replace(parsed.rows[0], body=opposite),))

    def _opposite(self, body: s.Syntax) -> s.Chain | None:
        """The comparison of indices or sizes that holds where this one does not."""
        if not isinstance(body, s.Chain) or (opposite := negated(body)) is None:
            return None
        if not self._about_indices(body) and body.rest[0][0].text == "=":
            return None  # perhaps no condition
        written = _written(opposite)
        self.rewritten[body.span] = written
        sign = opposite.rest[0][0]
        self.rewritten[sign.span] = _SHOWN.get(sign.text, sign.text)
        return opposite

    def _apart_from_the_last(self, item: Formula) -> bool:
        """Whether no words, but a blank line, stands between a formula in a sentence and this."""
        before = self.document.items[self.index - 1 : self.index]
        if item.display and self._announced():
            return False
        return any(
            isinstance(last, Formula)
            and not last.display
            and BLANK_LINE.search(self.document.text[last.span.end : item.span.start])
            for last in before
        )

    def _announced(self) -> bool:
        """Whether a condition was said last, for what follows: "and for $j \\neq c$"."""
        last = self.statements[-1] if self.statements else None
        said: list[Condition | Hypothesis] = [*self.passing[-1:], *self.passing_facts[-1:]]
        behind = set(map(id, self.behind))
        before = (x for x in reversed(self.document.items[: self.index]) if isinstance(x, Formula))
        next(before, None)  # the condition itself
        claimed = next(before, None)
        return (
            last is not None
            and (claimed is None or claimed.display)
            and last.kind == "hypothesis"
            and any(x.line == last.place.line and id(x) not in behind for x in said)
        )

    def _turn_over(self) -> None:
        """ "If □, ..., otherwise □": from here on what the sentence supposed does not hold."""
        supposed = [*self.passing, *self.left_open]
        if self.sentence.text == self.sentence.tail:  # "For □ it is 1.  Otherwise □"
            supposed = self.supposed_before
            self.passing_facts = self.passing_facts or ([] if supposed else self.facts_before)
        one = len(supposed) == 1 or not self.passing  # "either □ or □, otherwise □"
        opposite = [negated(c.syntax) for c in supposed]
        chains = [chain for chain in opposite if chain is not None]
        signs = [] if supposed else [opposed(h) for h in self.passing_facts]
        told = [h for h in signs if h is not None]
        signed = len(signs) == len(told) == 1  # "for $x > 0$ it is x, otherwise □"
        if (self.passing_facts and not signed) or not one or len(chains) < len(opposite):
            self.unusable = self.unusable or OTHERWISE
        self.passing_facts, self.left_open = told if signed else [], []
        self.passing = [
            Condition(chain, _written(chain), c.line)
            for chain, c in zip(chains, supposed, strict=False)
        ]

    def _only_mentioned(self, item: Formula, parsed: s.ParsedFormula) -> bool:
        """Whether the words around a formula leave it open: "is □?", "whether □"."""
        if any(isinstance(r.body, s.Chain) and self._about_indices(r.body) for r in parsed.rows):
            return False
        behind = self._words_behind()[1:]
        before = self.sentence.text
        return (
            mentioned.asks(before, behind)
            or mentioned.leaves_open(before)
            or mentioned.contrasts(before)
            or (mentioned.refuses(before) and any(isinstance(r.body, s.Chain) for r in parsed.rows))
            or mentioned.taken_back(behind)
            or mentioned.called_false(self._next_words())
            or mentioned.tries(self._words_before(item))
            or mentioned.has_solutions(before, behind)
            or (
                mentioned.supposes_contrary(before)
                and not (_bounds(parsed) or _equates(parsed, self.names))
            )
            or (mentioned.names_event(behind) and all(_is_event(r.body) for r in parsed.rows))
        )

    def _words_before(self, item: Formula) -> str:
        """The sentence so far, or the one that ends right before a display."""
        passed = (
            x for x in reversed(self.document.items[: self.index]) if not isinstance(x, Break)
        )
        before = next(passed, None)
        if self.sentence.text.strip() or not item.display or not isinstance(before, Prose):
            return self.sentence.text
        pieces = [piece for _, piece in prose.sentences(before.text) if piece.strip()]
        return pieces[-1] if pieces else ""

    def _give_up(self, chain: s.Chain, perhaps: bool) -> None:
        """``we no longer assume sum t = 1``: it was supposed until now.

        ``perhaps``: it may be supposed still, as in "if we give up □, the gradient becomes".
        """
        try:
            stated = facts.every_letter(self._elaborator().condition(chain))
        except Trouble:
            return
        if perhaps:
            self.held = [replace(h, left=h.left or h.hypothesis.facts == stated) for h in self.held]
            return
        self.held = [h for h in self.held if h.hypothesis.facts != stated]
        match stated:
            case (Equation(Variable(name, ()), value, ()),):
                entry = self.scope.entries.get(name)
                if entry is not None and entry.value.term == value:
                    self._undefine(name)

    def _ends_sentence(self) -> bool:
        """Whether nothing follows in the sentence."""
        for item in self.after[:1]:
            return isinstance(item, Break | Heading) or (
                isinstance(item, Prose) and item.text.lstrip(" \n)")[:1] in (".", "")
            )
        return True

    def _told_in_cases(self, item: Formula, parsed: s.ParsedFormula) -> s.ParsedFormula:
        """The formula, with what words add, in it or after it: the rows of cases, a right side."""
        alone = cases_in_row(parsed.rows[0]) if len(parsed.rows) == 1 else None
        if alone is not None:
            return replace(parsed, rows=(replace(parsed.rows[0], body=alone, condition=None),))
        if not self._is_known(parsed):
            parsed = replace(parsed, rows=with_cases(parsed.rows))
        supposes = prose.cue(self.sentence) in ("define", "assume", "since")
        found = cases_in_words(item, self.after, self.formulas, supposes)
        if found is not None:
            (_, cases) = found[0].rest[0]
            assert isinstance(cases, s.Cases)
            where = cases.rows[0].condition
            if not isinstance(where, s.Chain) or not self._restricts(where):
                return parsed
        else:
            found = abbreviation_in_words(item, self.after, self.formulas)
        if found is None:
            return parsed
        chain, taken = found
        self.told.update(map(id, taken))
        return replace(parsed, rows=(replace(parsed.rows[0], body=chain),))

    def _begins_with_no_name(self, parsed: s.ParsedFormula) -> bool:
        """Whether the formula begins with an expression, which it does not define."""
        body = parsed.opening
        return isinstance(body, s.Chain) and (
            body.first is not None and head(body.first, self.names) is None
        )

    def _is_known(self, parsed: s.ParsedFormula) -> bool:
        """Whether the formula begins with what is no name, or with one that has a meaning."""
        body = parsed.opening
        found = head(body.first, self.names) if isinstance(body, s.Chain) and body.first else None
        return found is None or found.name in self.scope.entries

    def _taken_up(self, row: s.Row, left: s.Syntax, sign: s.RelationSign) -> s.Row:
        """The row of a display, where the one before ended with a relation."""
        body = row.body
        if isinstance(body, s.Chain):
            if body.first is None:
                return row
            rest = ((sign, body.first), *body.rest)
        elif isinstance(body, s.List | s.Sequence | s.Text | s.Unreadable):
            return row
        else:
            rest = ((sign, body),)
        self.previous = left
        return replace(row, body=s.Chain(body.span, None, rest))

    def _condition_that_follows(self) -> str:
        """``p_i = 0 if i = k``: a condition behind a formula holds for it.

        Returns what stands in the way where it is no hypothesis.
        """
        if not self.following or not isinstance(self.following[0], Prose):
            return ""
        words, after = self.following[0].text, self.following[-1]
        if id(after) in self.told or self._conditions_behind():
            return ""
        self.supposed = prose.starts_consequence(words)
        return "a condition in the words that follow" if prose.starts_condition(words) else ""

    def _conditions_behind(self) -> bool:
        """Supposes the conditions that stand behind a formula; False where there are none.

        Those that stood behind another one before it are not meant any more.
        """
        conditions: list[Condition] = []
        hypotheses: list[Hypothesis] = []
        chains = self._chains_behind()
        for chain in chains:
            line = self.document.place(chain.span).line
            if self._about_indices(chain):
                conditions.append(Condition(chain, self._text(chain.span), line))
            else:
                found = self._value_behind(chain) or self._sign_behind(chain)
                stated = (found,) if found is not None else self._member_behind(chain)
                if not stated:
                    return False
                hypotheses.append(Hypothesis(stated, self._text(chain.span), line))
        if not conditions and not hypotheses:
            return False
        if self._begin_the_next_case(hypotheses):
            return True
        before = {id(c.syntax) for c in self.behind if isinstance(c, Condition)}
        known = [h.facts for h in self.behind if isinstance(h, Hypothesis)]
        kept = [c for c in self.passing if id(c.syntax) not in before]
        self.passing = [
            c for c in kept if not any(same_letters(c.syntax, new.syntax) for new in conditions)
        ]
        self.passing_facts = [h for h in self.passing_facts if h.facts not in known]
        self.passing += conditions
        self.passing_facts += hypotheses
        self.behind += [*conditions, *hypotheses]
        self.restricting.update(map(id, chains))
        return True

    def _begin_the_next_case(self, new: Sequence[Hypothesis]) -> bool:
        """ "If x > 0, then f' = 1, if x < 0, then □": the second is said of what follows."""
        behind = [h.facts for h in self.behind if isinstance(h, Hypothesis)]
        known = [h for h in self.passing_facts if h.facts not in behind]
        return any(
            isinstance(a, Sign) and isinstance(b, Sign) and exclude_each_other(a, b)
            for h in known
            for a in h.facts
            for other in new
            for b in other.facts
        )

    def _chains_behind(self) -> list[s.Chain]:
        """``if a > 0 and b > 0``: the comparisons that follow a formula as its conditions."""
        found: list[s.Chain] = []
        rest = self.after
        while len(rest) > 1:
            words, formula, *_ = rest
            if not isinstance(words, Prose) or not isinstance(formula, Formula) or formula.display:
                break
            if id(formula) in self.told:
                break
            joins = prose.joins_conditions(words.text) if found else False
            excepts = not found and prose.only_excepts(words.text)
            if not (joins or excepts or (not found and prose.only_conjunction(words.text))):
                break
            rows = self.formulas[id(formula)].rows
            body = rows[0].body if len(rows) == 1 else None
            if not isinstance(body, s.Chain) or body.first is None:
                break
            if found and not self._restricts(body):
                break
            opposite = self._opposite(body) if excepts else body
            if opposite is None:
                break
            self.restricting.add(id(body))
            found.append(opposite)
            rest = rest[2:]
        return found

    def _restricts(self, chain: s.Chain) -> bool:
        """Whether a comparison is of indices, or by size."""
        return self._about_indices(chain) or all(sign.text in BY_SIZE for sign, _ in chain.rest)

    def _member_behind(self, chain: s.Chain) -> tuple[Fact, ...]:
        """``y^2 = y for $y \\in \\{0, 1\\}$``: where the data lie that it is said for."""
        match chain:
            case s.Chain(_, first, ((s.RelationSign(_, "in"), right),)) if first and right:
                return self._membership(first, right)
        return ()

    def _sign_behind(self, chain: s.Chain) -> Fact | None:
        """``f'(x) = 1 if x > 0``: a sign of the data that the formula before is said for."""
        try:
            stated = self._elaborator().condition(chain)
            self._allowed(stated)
        except Trouble:
            return None
        return stated[0] if len(stated) == 1 and isinstance(stated[0], Sign) else None

    def _value_behind(self, chain: s.Chain) -> Fact | None:
        """``L = a^2, when b = 0``: a value of the data that the formula before is said for."""
        sign, right = chain.rest[0]
        plain = isinstance(chain.first, s.Name | s.Scripts) and isinstance(right, s.Numeral)
        if chain.first is None or right is None or not plain or sign.text != "=":
            return None
        left, value = (self._try(node, self._elaborator()) for node in (chain.first, right))
        if left is None or value is None or not self._about_data(left.term):
            return None
        return Equation(left.term, value.term, left.axes)

    def _is_aside(self, before: s.Row, row: s.Row) -> bool:
        """``= p - t, \\text{ where } p = f(z)``, in one row: the next one goes on from p - t.

        So it does behind a row of its own that gives the reason for it, ``\\because p = f(z)``.
        """
        match row.body:
            case s.Sequence(items=(s.Text(text=words), s.Chain(first=s.Node()))):
                return prose.is_reason(words)
        if not row.notes or not isinstance(row.body, s.Chain) or row.body.first is None:
            return False
        if row.notes[0].span.end <= row.body.span.start and prose.is_reason(row.notes[0].text):
            return True
        start, end = before.body.span.end, row.body.span.start
        between = self.document.written(Span(start, end)) if start < end else "\\\\"
        return "\\\\" not in between and "implies" not in "".join(n.text for n in row.notes)

    def _equations_in_notes(self, row: s.Row) -> None:
        """``\\text{(since } a = b \\text{)}`` beside a step: what was not read is reported."""
        for note in row.notes:
            if EQUALS_IN_NOTE.search(note.text):
                self._unread(note.span, "an equation within a note")

    def _signs_within_words(self, item: Formula, parsed: s.ParsedFormula) -> None:
        """``\\text{so L = 0}`` states an equation: where it was not read, it is reported."""
        for match in WORDS_WITH_EQUALS.finditer(item.content):
            span = Span(item.offsets[match.start()], item.offsets[match.end() - 1] + 1)
            if not any(
                isinstance(node, s.RelationSign)
                and span.start <= node.span.start
                and node.span.end <= span.end
                for node in walk(parsed)
            ):
                self._unread(span, "an equation within words")

    def _row(self, row: s.Row, cue: prose.Cue, item: Formula) -> None:
        body = row.body
        if isinstance(body, s.Unreadable):
            self._unread(body.span, body.reason)
            self._unsettle(item, cue)
            return
        if self._declares_range(body, item):
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
        for chain in _of_each(body):
            self._chain(chain, row, cue, item)

    def _list_values(self, item: Formula) -> None:
        """``y = 1, p = 0 \\\\ y = 0, p = 1``: the cases that are spoken of; none is claimed."""
        for row in self.formulas[id(item)].rows:
            chain = row.body
            assert isinstance(chain, s.Chain)
            assert chain.first is not None
            (sign, value), *_ = chain.rest
            assert value is not None
            texts = (self._text(chain.first.span), self._text(sign.span), self._text(value.span))
            line = self.document.place(chain.span).line
            listed = Hypothesis((), " ".join(texts), line)
            self._state("hypothesis", chain.span, *texts, hypothesis=listed)

    def _members_of_chain(self, rows: Sequence[s.Row]) -> list[s.Syntax]:
        """What the chain that begins with the first row equates."""
        members: list[s.Syntax] = []
        for n, row in enumerate(rows):
            if not isinstance(row.body, s.Chain):
                members.extend([row.body] if n == 0 else [])
                continue
            if n and row.body.first is not None:
                break
            every = (row.body.first, *(member for _, member in row.body.rest))
            members.extend(member for member in every if member is not None)
        return members

    def _unsettle(self, item: Formula, cue: prose.Cue) -> None:
        """What was not read may say what a name means: what is said of it refutes nothing.

        Where it is supposed, that holds for all names in it; otherwise for the left side.
        """
        left = item.content.partition("=")[0]
        supposed = cue in ("since", "assume", "if", "case", "define")
        content = item.content if supposed else left
        for match in NAME_IN_SOURCE.finditer(content):
            name = match.group()
            known = self.names.values & {name, f"{{{name}}}"}
            self.unsettled.update({n: frozenset() for n in known if not self.scope.defined(n)})
            if not supposed:
                break

    def _declares_range(self, body: s.Syntax, item: Formula) -> bool:
        """``i = 1, ..., N`` and ``x_i, i = 1, ..., N`` say over what i runs."""
        items = body.items if isinstance(body, s.List) else (body,)
        chain = items[0]
        if not isinstance(chain, s.Chain) or chain.first is None or len(chain.rest) != 1:
            return False
        indexed, letter = with_letter(chain.first)
        listed = counted_through(chain.rest[0][1], items[1:])
        if letter is None or not any(isinstance(one, s.Ellipsis) for one in listed):
            return False
        if isinstance(listed[-1], s.Name):
            self.ranges.suggest(f"free:{self.place}:{letter.text}", f"size:{listed[-1].text}")
        for name in indexed:
            self._expression(name, item)
        texts = (self._text(chain.first.span), self._text(chain.rest[0][0].span))
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
        named = reference(body, self.names) if isinstance(body, s.Name) else None
        if named is not None and named.name in self.scope.entries:
            if prose.gives_other_meaning(self._words_before(item), self._words_behind()):
                self._forget_meaning(named.name)
        if item.display:
            self.previous = body

    def _chain(self, chain: s.Chain, row: s.Row, cue: prose.Cue, item: Formula) -> None:
        if cue == "denied":
            if mentioned.drops_what_follows(self.sentence.tail):
                self._give_up(chain, mentioned.would_drop_what_follows(self.sentence.tail))
            if negated(chain) is not None:
                line = self.document.place(chain.span).line
                self.left_open.append(Condition(chain, self._text(chain.span), line))
            self._unread(chain.span, "the text mentions this, and does not claim or suppose it")
            return
        if chain.first is not None and self._about_indices(chain):
            self._index_condition(chain, cue)
            return
        if self._maps(chain):
            return
        if chain.first is None and chain.rest == ((chain.rest[0][0], None),):
            self.arrow = chain.rest[0][0].text == "implies"
        left = chain.first
        starts = left is not None
        if left is None:
            words, sized = self.sentence.text, chain.rest[0][0].text in BY_SIZE
            far = not item.display and prose.speaks_of_another(words)
            far |= sized and not item.display and not prose.speaks_of_the_same(words)
            left = None if far else self.previous
            if left is None and item.display and chain.rest[0][0].text == "=":
                left = self.shown_last  # over a paragraph with formulas in it
        else:
            self.unbound, self.opening = used_below(left), left
        opening = self.opening if chain.first is None else None
        self.pairs = {} if row.condition is not None else dict(over_pairs(chain, opening))
        for n, (sign, right) in enumerate(chain.rest):
            if sign.text in ("implies", "iff") or infers(chain, n):
                left, starts = right, True
                continue
            if right is None and n + 1 < len(chain.rest):
                continue
            if right is None:
                self.previous = left
                if left is not None and item.display:
                    self.hanging = left, sign
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
        displayed = item.display and all(sign.text in BY_SIZE for sign, _ in chain.rest)
        if displayed or any(sign.text in EQUALITIES for sign, _ in chain.rest):
            self.previous = left
            self.shown_last = left if item.display else self.shown_last

    def _index_condition(self, chain: s.Chain, cue: prose.Cue) -> None:
        source = self._text(chain.span)
        line = self.document.place(chain.span).line
        condition = Condition(chain, source, line)
        if cue in ("case", "assume") or (cue == "define" and prose.lets(self.sentence)):
            self.case = condition
            if self.sections:  # "Case 1: $i = j$" began the section, and this is case 2
                kept = tuple(
                    c for c in self.sections[-1].conditions if not same_letters(c.syntax, chain)
                )
                self.sections[-1] = replace(self.sections[-1], conditions=kept)
        elif chain.span in self.rewritten or not prose.leaves_open(self.sentence):
            opposed = any(same_letters(c.syntax, chain) for c in self.passing)
            self.passing = [c for c in self.passing if not same_letters(c.syntax, chain)]
            if not opposed or self.decided:
                self.passing.append(condition)
        else:
            self.left_open.append(condition)
        self.decided = False
        self._state_condition(chain.span, chain, source)

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
        shown = item.said if first and item.said else self._text(left.span)
        said = self._text(sign.span).strip()
        relation = "equals" if said[:1].isalpha() else said  # "is", "is then given by"
        texts = (shown, relation, self._text(right.span))
        reasons = tuple(note.text.strip() for note in row.notes)
        premise, drawn, solves = None, False, None
        if first:
            arrow = self.arrow or "implies" in reasons
            drawn = self._is_drawn(left, right, arrow)
            solves = None if drawn else self._solved_by(left, arrow)
            if arrow and self.claimed and spelling(self.claimed[0]) == spelling(left):
                premise = self.claimed[1]
            self.claimed, self.arrow = (left, right), False
        elif self.claimed is not None:
            self.claimed = (self.claimed[0], right)
        step = Step(
            left, sign, right, row, cue, first, item, span, texts, reasons, premise, drawn, solves
        )
        if cue == "" and self._takes_up(step):
            cue = "assume"
            step = replace(step, cue=cue)
        self.scope.line = self.document.place(span).line
        made = len(self.statements)
        if cue == "assume" and first:
            self.supposed_from = made
        self._notices_complement(step)
        try:
            self._attempts(step, made)
        except Incomprehensible as trouble:
            self._unread(trouble.span or span, trouble.message, " ".join(texts))
            self._unsettle(item, cue)
        except OutOfReach as trouble:
            wrong = isinstance(trouble, WrongShape) and trouble.certain
            self._state(
                "claim",
                span,
                *texts,
                message=trouble.message,
                reasons=reasons,
                wrong=wrong,
                misfit=isinstance(trouble, Misfit),
            )
            found = reference(left, self.names) if isinstance(left, s.Name | s.Scripts) else None
            equation = first and sign.text in ("=", "equiv", "assign")
            known = found is None or self.scope.defined(found.name) or found.name in self.moved
            if equation and found is not None and not known:
                self.unsettled[found.name] = frozenset()  # it may be what defines it
            self._keeps_application(left, equation)
        except (ValueError, OverflowError) as error:
            self._state("claim", span, *texts, message=str(error), reasons=reasons)

        def again() -> None:
            self._forget(made)
            self._attempts(step, made)

        self._read_again(step, made, again)
        self._notes_restatement(step, made)
        if self.claimed is not None and sign.text in EQUALITIES:
            self.sides.setdefault(spelling(self.claimed[0]), set()).add(spelling(right))

    def _notices_complement(self, step: Step) -> None:
        """``a_i = 0`` for other i than ``a_i = 2 b_i``, or ``a_1 = 0``: the rest of what a is."""
        found = (
            reference(step.left, self.names) if isinstance(step.left, s.Name | s.Scripts) else None
        )
        whole = head(step.left, self.names)
        name = whole.name if whole is not None else found.name if found is not None else ""
        limits = [limit for (of, _), limit in self.limits.items() if of == name]
        if not limits or not step.first or step.sign.text not in EQUALITIES:
            return
        if spelling(step.right) in {limit.right for limit in limits}:
            return
        here = frozenset({**self._in_force(step.row), **self._said_behind(), **self._said_before()})
        special = whole is None and found is not None and found.indices and found.power is None
        if special or all(here and here != x.conditions and x.excludes(here) for x in limits):
            self.complemented.add(name)

    def _keeps_application(self, left: s.Syntax, equation: bool) -> None:
        """``L(x_1, \\ldots, x_n) = ...``, which was not read, says what L is."""
        match left:
            case s.Product(_, (s.Name() as head, s.Group(_, s.List(_, items), "()")), ("",)) if any(
                isinstance(item, s.Ellipsis) for item in items
            ):
                found = reference(head, self.names)
                if equation and found is not None and not self.scope.defined(found.name):
                    self.scope.opaque.setdefault(found.name, frozenset())
                    self.opaque_since.setdefault(found.name, self._section())

    def _forget(self, made: int) -> None:
        """Takes back all statements but the first ``made``."""
        del self.statements[made:]
        for at in [at for at in self.open_claims if at >= made]:
            del self.open_claims[at]
        self.sentence_claims = [at for at in self.sentence_claims if at < made]
        self.earlier_claims = [at for at in self.earlier_claims if at < made]

    def _attempts(self, step: Step, made: int) -> None:
        """Reads a step; where the shapes do not fit, once more with what authors leave out."""
        whole = self.names
        trouble: WrongShape | None = None
        self.misshapen = False
        for known, implicit, dots in self._ways(step):
            self.names, self.implicit, self.dots = known, implicit, dots
            self.last = dots
            try:
                self._decide(step)
                return
            except WrongShape as error:
                self._forget(made)
                trouble = trouble or self._certainly(error, step)
                self.misshapen = trouble.certain
            finally:
                self.names, self.implicit, self.dots, self.last = whole, False, False, False
        if trouble is not None:
            self._stands_alone()
            raise trouble

    def _ways(self, step: Step) -> Iterator[tuple[Names, bool, bool]]:
        """How a step may be read, the plain way first: names, no indices, no sign of a product.

        Then authors may leave out the bold face of vectors whose bare name is a number elsewhere,
        the indices of defined names, or, last, the sign of a dot product.
        """
        plain = self._names_here()
        yield plain, False, False
        if plain.scalars:
            yield plain.with_scalars(frozenset()), False, False
        lone = lone_vector((step.left, step.right), plain, self._is_of_one_number)
        if lone:
            yield plain.with_scalars(plain.scalars | {lone}), False, False
        nodes = (*walk(step.left), *walk(step.right))
        derived = any(isinstance(node, s.Differentiation) for node in nodes)
        turned = any(isinstance(node, s.Scripts) and transposed(node) for node in nodes)
        if not (derived and turned):
            yield plain, True, False  # vectors that are transposed have no index
        yield plain, False, True

    def _goes_on_in_the_next_item(self) -> bool:
        """``- $L = a$`` and, in the next item of the list, ``- $= b$``."""
        for item in self.after:
            if isinstance(item, Prose) and _BULLET.fullmatch(item.text):
                continue
            if isinstance(item, Formula):
                first = self.formulas[id(item)].opening
                return isinstance(first, s.Chain) and first.first is None
            if not isinstance(item, Break) or item.closes:
                return False
        return False

    def _is_of_one_number(self, name: str) -> bool:
        """Whether a name is that of a function of one number."""
        entry = self.scope.entries.get(name)
        plain = entry is not None and len(entry.formals) == 1
        plain = plain and entry is not None and (entry.real or entry.hidden == len(entry.indices))
        return name in FUNCTIONS or name in self.scope.sigmoid or plain

    def _stands_alone(self) -> None:
        """Where shapes do not fit: names that are vectors elsewhere may be numbers in this section.

        They are none where something that is defined outside depends on them.
        """
        section = self._section()
        if not section or section in self.alone:
            return
        here = tuple(stretch(self.document.items, self.index))
        spoken = frozenset().union(*map(self._indexed, here))
        words = self.document.text[self.begun : self._end_of(here)]
        scalar = prose.speaks_of_scalars(words)
        outside = [
            name
            for name in spoken
            if (entry := self.scope.entry(name)) is not None
            and entry.section < section
            and not self._is_of_section(name, scalar)
        ]
        found = numbers_alone((self.formulas[id(f)] for f in here), self.names, scalar)
        self.alone[section] = frozenset(
            name
            for name in found
            if self._is_of_section(name, scalar)
            and not any(self._leads(other, name) for other in outside)
        )

    def _end_of(self, formulas: Sequence[Formula]) -> int:
        return max((formula.span.end for formula in formulas), default=self.begun)

    def _is_of_section(self, name: str, scalar: bool) -> bool:
        """Whether a name has no meaning, or where numbers are spoken of none from around here."""
        entry = self.scope.entry(name)
        around = {0, *(section.number for section in self.sections[:-1])}
        return entry is None or (scalar and entry.section not in around)

    def _certainly(self, trouble: WrongShape, step: Step) -> WrongShape:
        """The trouble, called an error where both lengths are declared, and are two sizes."""
        if trouble.axes is None or not self._apart(*map(self._declared_size, trouble.axes)):
            return trouble
        if any(isinstance(n, s.Differentiation) for m in (step.left, step.right) for n in walk(m)):
            return trouble  # in another layout it would be transposed
        return WrongShape(f"wrong {trouble.message}", certain=True)

    def _declared_size(self, key: str) -> str:
        """The size of a place that the text declares in this section, or ""."""
        name, _, place = key.removeprefix("slot:").rpartition(":")
        sizes = self.known.shaped.get((name, self._section()), ())
        at = int(place) - (self.names.slots.get(name, 0) - len(sizes)) if place.isdigit() else -1
        return sizes[at] if 0 <= at < len(sizes) else ""

    def _apart(self, one: str, other: str) -> bool:
        """Whether these are two sizes that the text equates nowhere."""
        if not one or not other or one == other:
            return False
        pair = {one, other}
        equated = any(
            isinstance(node, s.Chain)
            and node.first is not None
            and {spelling(m) for m in (node.first, *(r for _, r in node.rest)) if m} >= pair
            for parsed in self.formulas.values()
            for row in parsed.rows
            for node in walk(row.body)
        )
        return not equated and "square" not in self.document.text.lower()

    def _is_drawn(self, left: s.Syntax, right: s.Syntax, arrow: bool) -> bool:
        """Whether the equation is concluded from the one before, which may allow others."""
        found = reference(left, self.names)
        if self.claimed is None or found is None or self.optimum or self.solution is not None:
            return False
        if self.scope.defined(found.name) or not (arrow or prose.concluded(self.sentence)):
            return False
        before = self.statements[-1] if self.statements else None
        if before is not None and before.message == MANY and is_number(right):
            return found.name in self.used  # "so x = 6 and y = 4", of a system
        return may_have_other_solutions(self.claimed, left, right)

    def _solved_by(self, left: s.Syntax, arrow: bool) -> tuple[s.Syntax, s.Syntax] | None:
        """The equation that is solved: ``2 x = 6 \\implies x = 3`` says nothing of what x is.

        It was claimed right before, of data alone.
        """
        found = reference(left, self.names) if isinstance(left, s.Name | s.Scripts) else None
        before = self.statements[-1] if self.statements else None
        if self.claimed is None or found is None or before is None or before.kind != "claim":
            return None
        if not (arrow or prose.concluded(self.sentence)) or self.scope.defined(found.name):
            return None
        nodes = [node for side in self.claimed for node in walk(side)]
        if any(isinstance(node, s.Differentiation | s.Operator) for node in nodes):
            return None
        named = [reference(n, self.names) for n in nodes if isinstance(n, s.Name | s.Scripts)]
        about = {one.name for one in named if one is not None}
        alone = isinstance(self.claimed[0], s.Name | s.Scripts)
        if alone or found.name not in about or any(map(self.scope.defined, about)):
            return None
        return None if self.optimum or self.solution is not None else self.claimed

    def _solves_equation(self, step: Step) -> bool:
        """Claims of ``2 x = 6 \\implies x = 3`` that the second follows from the first."""
        if step.solves is None or step.sign.text != "=" or not is_number(step.right):
            return False
        elaborator = self._elaborator()
        one, other = (self._try(side, elaborator) for side in step.solves)
        if one is None or other is None or one.axes or other.axes:
            return False
        source = " = ".join(self._text(side.span) for side in step.solves)
        fact = facts.without_root(Equation(one.term, other.term))
        found = reference(step.left, self.names)
        known = Hypothesis((fact,), source, self.document.place(step.span).line)
        known = solved_for(known, found.name) if found is not None else known
        self.passing_facts = [*self.passing_facts, known]
        self._compare(step, Branch(step.left), Branch(step.right), self._fresh(elaborator))
        self.passing_facts = self.passing_facts[:-1]
        return True

    def _takes_slope_at(self, step: Step) -> bool:
        """Claims of ``\\frac{df}{dx} \\big|_{x=2} = 12`` that df/dx is 12 where x is 2."""
        if step.sign.text != "=" or step.cue not in ("", "define"):
            return False
        match step.left:
            case s.Evaluated(
                _, s.Differentiation() as slope, s.Chain(_, s.Name() as x, rest) as at
            ):
                pass
            case _:
                return False
        if len(rest) != 1 or any(
            isinstance(n, s.Name) and n.text == x.text for n in walk(step.right)
        ):
            return False
        elaborator = self._elaborator()
        known = Hypothesis(
            elaborator.condition(at), self._text(at.span), self.document.place(step.span).line
        )
        before = self.passing_facts
        self.passing_facts = [*before, known]
        try:
            self._compare(step, Branch(slope), Branch(step.right), self._fresh(elaborator))
        finally:
            self.passing_facts = before
        return True

    def _decide(self, step: Step) -> None:
        sign = step.sign.text
        self._refuses_crossed(step)
        self._refuses_shapes(step)
        if step.drawn and sign == "=":
            raise OutOfReach(MANY)
        if self._solves_equation(step) or self._takes_slope_at(step):
            return
        if sign == "in":
            self._declaration(step)
            return
        if sign not in RELATIONS:
            self._other_relation(step, sign)
            return
        if self._says_at_which(step):
            line = self.document.place(step.span).line
            place = Hypothesis((), " ".join(step.texts), line)
            self.passing_facts = [*self.passing_facts, place]  # a definition is said for it alone
            self._state("hypothesis", step.span, *step.texts, hypothesis=place)
            return
        alone = self._is_one_of_two(step) or self._is_locus(step, self._elaborator())
        if self.supposed or alone:
            self._supposed(step)
            return
        if step.item.display and prose.defines_property(self.sentence):
            self._kept(step, "it says what a word means, and claims nothing")
            return
        self._may_be_one_name(step)
        step = self._with_differentials(self._by_rows(step))
        elaborator = self._elaborator()
        self._set_prime(elaborator, step)
        if sign == "=":
            self._takes_slopes_as_zero(step, elaborator)
        if sign in ("=", "equiv") and self._solves(step, elaborator):
            return
        if self._compares_numbers(step):
            return
        if sign == "=" and self._solves_by_inverse(step, elaborator):
            return
        concludes = sign == "=" and (self._concludes(step) or self._says_how_many(step))
        if sign == "=" and not concludes:
            self._claims_of_optimum(step, elaborator)
            self._only_at_optimum(step)
        if sign in ("=", "equiv", "assign", "approx") and not concludes:
            if step.first and self._is_example_component(step, elaborator):
                return
            if step.first and (self._is_vector_of_numbers(step) or self._is_component(step)):
                return
            if step.first and self._sets_diagonal(step):
                return
            if self._says_dependence(step):
                return
            if self._is_of_a_column(step):
                return
            midway = self._is_let_midway(step) or self._is_value_named_before(step)
            begins = replace(step, first=True) if midway else step
            if (begins.first or self._is_named_midway(step)) and self._defines(begins, elaborator):
                return
            if step.first and self._defines_below_a_derivative(step, elaborator):
                return
            if self._counts_above(step):
                return
            if step.first and (self._updates(step) or self._is_example(step)):
                return
            if self._defines_right(step, elaborator) or self._defines_within(step, elaborator):
                return
            if self._gives_value(step, elaborator):
                return
        if (self._normalises(step) and self._varies(step)) or self._constrains(step):
            self._supposed(step)
            return
        for left, right in pairs(self._branches(step.left), self._branches(step.right)):
            self._compare(step, left, right, self._fresh(elaborator))

    def _says_at_which(self, step: Step) -> bool:
        """``for the last layer, $l = n_l$``, ``$t < T$``: of which position the text speaks."""
        limit = step.right
        if isinstance(limit, s.Signed):  # the n - 1 of "l = n - 1"
            limit = limit.terms[0][1]
        return (
            step.first
            and not step.item.display
            and isinstance(step.left, s.Name)
            and step.left.text in self.names.letters | self.names.raised
            and step.sign.text in ("=", *BY_SIZE)
            and isinstance(limit, s.Name | s.Scripts)
            and not (isinstance(limit, s.Scripts) and limit.superscript is not None)
            and self._elaborator().is_index(step.left)
            and not self._elaborator().is_index(limit)
        )

    def _refuses_crossed(self, step: Step) -> None:
        """A step with ``p_{kn}`` for ``p_{nk}`` would make examples of classes."""
        for node in (*walk(step.left), *walk(step.right)) if self.crossed else ():
            if node.span in self.crossed:
                raise OutOfReach(self.crossed[node.span], node.span)

    def _refuses_shapes(self, step: Step) -> None:
        """ "The size of the matrix is $N \\times M = N \\times 1$": no product of numbers."""
        if step.item.display or not prose.speaks_of_shapes(self.sentence.text):
            return
        products = [
            [n for n in walk(side) if isinstance(n, s.Product) and "times" in n.operators]
            for side in (step.left, step.right)
        ]
        if all(products) and any(isinstance(n, s.Name) for p in products[0] for n in walk(p)):
            raise OutOfReach("a number of rows and one of columns, which multiply nothing")

    def _constrains(self, step: Step) -> bool:
        """ "Minimise f subject to □", of what is defined: it is asked for, and not claimed."""
        rows = self.formulas[id(step.item)].rows if id(step.item) in self.formulas else ()
        noted = any(note.text == "subject to" for row in rows for note in row.notes)
        if step.cue != "assume" or not (noted or prose.subjects_to(self.sentence.tail)):
            return False
        if step.sign.text in BY_SIZE:
            return True  # no data are sought that satisfy it: what is drawn from it is equal
        sides = [self._try(side, self._elaborator()) for side in (step.left, step.right)]
        return not all(side is None or self._about_data(side.term) for side in sides)

    def _solves_by_inverse(self, step: Step, elaborator: Elaborator) -> bool:
        """``w = M^{-1} v`` where a derivative by w is 0, as ``M w = v``: M is what is inverted."""
        if not step.first:
            return False
        bare = unmarked(step.left) or step.left
        found = reference(bare, self.names) if isinstance(bare, s.Name | s.Scripts) else None
        minus, value = False, step.right
        if isinstance(value, s.Signed) and len(value.terms) == 1:  # d = -H^{-1} g
            ((sign, value),) = value.terms
            minus = sign < 0
        match value:
            case s.Product(span, (s.Scripts(_, inverted, None, power), *rest), ("", *signs)) if (
                found is not None
                and _inverts(power)
                and (self._at_optimum(step) or self._sets_to_zero_here())
                and self._is_part_of_optimum(found.name)
            ):
                left = s.Product(span, (inverted, bare), ("",))
                right = s.Product(span, tuple(rest), tuple(signs)) if len(rest) > 1 else rest[0]
                right = s.Signed(span, ((-1, right),)) if minus else right
                placed = replace(step, left=left, right=right, first=False)
                elaborator = self._fresh(elaborator)
                elaborator.note("both sides are multiplied by what is inverted")
                self._compare(placed, Branch(left), Branch(right), elaborator)
                return True
        return False

    def _sets_to_zero_here(self) -> bool:
        """ "Setting it to zero gives □" after the derivative was worked out."""
        return prose.sets_to_zero(self.sentence.text) and self._slope_is_zero()

    def _is_part_of_optimum(self, name: str) -> bool:
        """Whether what was set to 0 is about a quantity."""
        return any(
            isinstance(fact, Equation) and name in names(fact.left) | names(fact.right)
            for held in self.optimum
            for fact in held.hypothesis.facts
        )

    def _claims_of_optimum(self, step: Step, elaborator: Elaborator) -> None:
        """``\\hat p_k = b_k`` names b, and claims that it is p_k where a derivative by it is 0."""
        bare = unmarked(step.left) if step.first and self.optimum else None
        found = head(step.left, self.names)
        if bare is None or found is None or found.name in self.scope.entries:
            return
        placed = replace(step, left=bare)
        if self._concludes(placed):
            placed = replace(placed, span=step.right.span, first=False)
            self._compare(placed, Branch(bare), Branch(step.right), self._fresh(elaborator))

    def _is_named_midway(self, step: Step) -> bool:
        """``h(x) = a = f(z)``, where a is new: h is called a, and a is what follows."""
        found = reference(step.left, self.names)
        before = self.statements[-1] if self.statements else None
        return (
            found is not None
            and before is not None
            and before.kind == "definition"
            and before.right == step.texts[0]
            and found.name not in self.used
            and found.name not in self.scope.entries
        )

    def _is_let_midway(self, step: Step) -> bool:
        """``Let x = g(y) = y^2``, where x is defined by g(y): what g was before is none of it."""
        before = self.statements[-1] if self.statements else None
        return (
            step.cue == "define"
            and not step.first
            and before is not None
            and before.kind == "definition"
            and before.right == step.texts[0]
            and (found := head(step.left, self.names)) is not None
            and found.applied
            and found.name in self.scope.entries
        )

    def _is_value_named_before(self, step: Step) -> bool:
        """``z = f(x, y) = x y``: f is what follows, and z its value."""
        match step.row.body:
            case s.Chain(_, s.Name(), ((_, value), *_)):
                found = head(step.left, self.names) if value is step.left else None
                return found is not None and found.applied and len(found.formals) > 1
        return False

    def _gives_value(self, step: Step, elaborator: Elaborator) -> bool:
        """``let c = d = 2``: d has that value, too."""
        plain = isinstance(step.left, s.Name | s.Scripts) and isinstance(step.right, s.Numeral)
        if step.first or step.cue not in ("define", "assume") or not plain:
            return False
        left, right = self._try(step.left, elaborator), self._try(step.right, elaborator)
        if left is None or right is None or not self._about_data(left.term):
            return False
        self._hypothesis(step, (Equation(left.term, right.term, left.axes),), self._reach(step))
        return True

    def _branches(self, node: s.Syntax) -> tuple[Branch, ...]:
        """The rows of cases; one that holds otherwise holds where none of the others does."""
        rows = branches(node)
        if len(rows) < 2 or not otherwise(rows[-1].conditions):
            return rows
        denied: list[s.Syntax] = []
        for row in rows[:-1]:
            opposite = negated(row.conditions[0]) if row.conditions else None
            if opposite is None or not self._restricts(opposite):
                return rows
            denied.append(opposite)
        span = rows[-1].conditions[0].span
        whole = denied[0] if len(denied) == 1 else s.List(span, tuple(denied))
        return (*rows[:-1], Branch(rows[-1].syntax, (whole,)))

    def _with_differentials(self, step: Step) -> Step:
        """``dL = g dx`` as ``dL/dx dx = g dx``, where L is defined and x is data in it."""

        def depends(whole: s.Syntax, part: s.Syntax) -> bool:
            found = (reference(whole, self.names), reference(part, self.names))
            if any(r is None or f"d{r.name}" in self.scope.entries for r in found):
                return False
            on, by = (r.name for r in found if r is not None)
            return self.scope.defined(on) and not self.scope.defined(by) and self._leads(on, by)

        if any(len(entry.formals) > 1 for entry in self.scope.entries.values()):
            step = replace(
                step,
                left=partials(step.left, self._several_arguments),
                right=partials(step.right, self._several_arguments),
            )
        left, right = joined(step.left), joined(step.right)
        if not step.first or step.sign.text not in EQUALITIES:
            return step
        whole = total(left, right, depends)
        if whole is not None:
            return replace(step, left=whole, right=right)
        if left is not step.left and not isinstance(left, s.Signed | s.Product | s.Operator):
            if any(differentials(right)):
                raise OutOfReach("differentials of what has no definition, or of it")
        return step

    def _by_rows(self, step: Step) -> Step:
        """``dO/dZ = P - Y`` "for batched inputs", after z, p and y: it is said of each row."""
        self.by_rows = ""
        if not step.item.display or not prose.says_batched(self.sentence.text):
            return step
        wholes = {
            node.text: replace(node, text=node.text.lower())
            for side in (step.left, step.right)
            for node in walk(side)
            if isinstance(node, s.Name) and node.font == "bold" and node.text.isupper()
            if len(node.text) == 1
        }
        for whole, row in wholes.items():
            found = reference(replace(row, text=whole), self.names), reference(row, self.names)
            known = {r.name for r in found if r is not None and self.scope.defined(r.name)}
            if found[0] is None or found[1] is None or found[0].name in known:
                return step
            if found[0].name in self.names.dimensions or found[1].name not in self.used | known:
                return step
        if not wholes:
            return step

        def row_of(node: s.Node) -> s.Node:
            if not isinstance(node, s.Name) or node.font != "bold":
                return node
            row = wholes.get(node.text)
            return node if row is None else replace(row, span=node.span)

        self.by_rows = f"{', '.join(sorted(wholes))} is read as its rows, one input each"
        return replace(step, left=rewritten(step.left, row_of), right=rewritten(step.right, row_of))

    def _may_be_one_name(self, step: Step) -> None:
        """``PP = e^H``, of letters that stand nowhere before: it may say what PP is."""
        left = step.left
        letters = left.factors if isinstance(left, s.Product) and len(left.factors) == 2 else ()
        if not step.first or not all(isinstance(x, s.Name) and x.text.isupper() for x in letters):
            return
        found = {x.text for x in letters if isinstance(x, s.Name)}
        if not any(name in self.used or self.scope.defined(name) for name in found):
            self.unsettled.update({name: frozenset() for name in found})

    def _several_arguments(self, name: str) -> tuple[str, ...]:
        """What a function of several variables calls them, where its definition was read."""
        entry = self.scope.entries.get(name)
        if entry is None or len(entry.formals) < 2 or entry.indices:
            return ()
        others = {*self.scope.entries, *names(entry.value.term)}
        named = any(other.startswith(f"{name}_{{") for other in others)
        return () if named else entry.formals  # L_x may be a loss of its own

    def _fresh(self, elaborator: Elaborator) -> Elaborator:
        fresh = self._elaborator()
        fresh.prime = elaborator.prime
        return fresh

    def _set_prime(self, elaborator: Elaborator, step: Step) -> None:
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


def _is_event(body: s.Syntax) -> bool:
    """``t_2 = 1``, ``x \\neq 0``, ``a > b``: what may be so or not."""
    match body:
        case s.Chain(_, s.Node(), ((sign, value),)):
            compared = sign.text in BY_SIZE or sign.text == "!="
            return compared or (sign.text == "=" and isinstance(value, s.Numeral))
    return False


def _inverts(power: s.Syntax | None) -> bool:
    match power:
        case s.Signed(_, ((-1, s.Numeral(_, "1")),)):
            return True
    return False


def _written(chain: s.Chain) -> str:
    (sign, right) = chain.rest[0]
    shown = _SHOWN.get(sign.text, sign.text)
    assert chain.first is not None
    assert right is not None
    return f"{spelling(chain.first)} {shown} {spelling(right)}"


def _gives_number(parsed: s.ParsedFormula) -> bool:
    """Whether the formula says which number something is: ``x_2 = 4``."""
    match [row.body for row in parsed.rows]:
        case [s.Chain(_, s.Name() | s.Scripts(), ((s.RelationSign(text="="), value),))]:
            return value is not None and is_number(value)
    return False


def _equates(parsed: s.ParsedFormula, names: Names) -> bool:
    """Whether the formula equates a quantity, and no index, with something: ``x = a / b``."""
    match [row.body for row in parsed.rows]:
        case [s.Chain(_, s.Name() | s.Scripts() as left, ((s.RelationSign(text="="), value),))]:
            letter = isinstance(left, s.Name) and left.text in names.letters
            return value is not None and not letter and reference(left, names) is not None
    return False


def _bounds(parsed: s.ParsedFormula) -> bool:
    """Whether the formula compares by size: ``x < 1``."""
    match [row.body for row in parsed.rows]:
        case [s.Chain(_, _, rest)]:
            return all(sign.text in BY_SIZE for sign, _ in rest)
    return False


def _of_each(chain: s.Chain) -> tuple[s.Chain, ...]:
    """``a, b > 0`` as a > 0 and b > 0."""
    listed = chain.first.items if isinstance(chain.first, s.List) else ()
    by_size = all(sign.text in BY_SIZE for sign, _ in chain.rest)
    if not by_size or len(listed) < 2 or not all(isinstance(x, s.Name | s.Scripts) for x in listed):
        return (chain,)
    return tuple(s.Chain(chain.span, one, chain.rest) for one in listed)


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
