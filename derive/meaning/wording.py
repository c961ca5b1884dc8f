"""Hypotheses that prose states in words, near the names they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.logic.problem import (
    Equation,
    Fact,
    Hypothesis,
)
from derive.logic.terms import Number, Size, Sum, Variable
from derive.meaning import (
    asserting,
    classes,
    facts,
    mentioned,
    prose,
    signs,
    symmetry,
    taken_back,
    unity,
)
from derive.meaning.claiming import Claiming
from derive.meaning.elsewhere import (
    goes_on,
    quantified,
    speaks_of_another_place,
    speaks_of_the_place,
)
from derive.meaning.facts import fact_names
from derive.meaning.names import Reference, reference, unbraced
from derive.meaning.plainly import said_somewhere
from derive.meaning.spelling import spelling, walk
from derive.meaning.steps import (
    BY_SIZE,
    CorrectClass,
    Held,
)
from derive.meaning.trouble import Trouble
from derive.reader import syntax as s
from derive.reader.document import Break, Formula, Heading, Prose
from derive.reader.source import Span

# "a vector", and not "a is the vector".
_ARTICLE = re.compile(
    r"[aA]\s+(?!(?:is|are|be|has|was|denotes?|and|or|with|in|of|to|as|gives?)\b)[A-Za-z]"
)

_LABEL = re.compile(r"(?:\\(?:mathbf|boldsymbol|bm|vec|mathrm)\{)?[tydlrTYD](?![A-Za-z])")
# "one-hot encoded inputs", which are no labels
_OF_INPUTS = re.compile(
    r"one[-\s]hot\s+(?:(?:en)?coded\s+)?(?:inputs?|features?|words?|tokens?|states?|actions?)\b",
    re.I,
)
_BESIDE = re.compile(r"[^.;:!?]{0,40}")
# "$y$ is a", "$y$ be"
_IS = re.compile(r"\s*(?:is|are|be|being)\s+(?:(?:an?|the|also|assumed|taken|to|be)\s+)*", re.I)

_DEFINES_FOR = re.compile(
    r"\s*(?:Let|Consider|Define)\b(?!.*\b(?:if|when|whenever|unless|only|which)\b)", re.I
)


class Wording(Claiming):
    """Hypotheses that prose states in words, near the names they are about."""

    def _in_words(self, item: Prose, start: int, end: int) -> None:
        """What the piece of prose between two places says of the names around it."""
        text = item.text[:end]
        if prose.says_any_targets(item.text[start:end]):
            self.held = [
                h for h in self.held if not h.hypothesis.source.endswith("\\text{ one-hot}")
            ]
        at = prose.says_one_hot(text)
        if at is None or at < start:
            return
        before = self.sentence.text + text[:at]
        said = text[start:at] if start else before
        name = self._meant(item, at)
        if name is None:
            return
        if mentioned.gives_up(before):
            self._no_longer(name)
            return
        if not asserting.asserted(said, of=False) or prose.asked(text[at:]):
            return
        ranges = tuple(self.ranges.name(f"slot:{name}:{n}") for n in range(self.names.slots[name]))
        span = Span(item.span.start + at, item.span.start + at + 7)
        line = self.document.place(span).line
        level = -1 if prose.says_if(before) else 0
        here = self.english and said_somewhere(item.text[at:end])
        self._suppose(facts.one_hot(name, ranges, line), level, span, here=here)

    def _no_longer(self, name: str) -> None:
        """``we no longer assume that t is one-hot``: nor that its sum is 1, as was said since."""
        hot = facts.one_hot_source(name)
        lines = [h.hypothesis.line for h in self.held if h.hypothesis.source == hot]

        def is_lost(hypothesis: Hypothesis) -> bool:
            if hypothesis.source == hot:
                return True
            match hypothesis.facts:
                case (Equation(Sum(_, (), Variable(of)), Number(value)),) if lines:
                    return of == name and value == 1 and hypothesis.line > lines[0]
            return False

        self.held = [held for held in self.held if not is_lost(held.hypothesis)]

    def _is_symmetric(self, said: symmetry.Symmetry) -> None:
        """``a symmetric matrix $A$``, ``$A$ is symmetric``: A_ij = A_ji."""
        name: str | None
        if isinstance(said.formula, str):
            name = said.formula
        else:
            found = self._listed(self.spoken.formulas[said.formula])
            name = None if found is None else found.name
        if name is None or self.names.slots.get(name, 0) != 2 or self.scope.defined(name):
            return
        if any(one == name and below in self.names.letters for one, below in self.names.subscripts):
            return  # a family of matrices S_k: its first index is not one of the entries
        if said.denied:
            self.held = [
                replace(h, left=h.left or h.hypothesis.source == facts.symmetric_source(name))
                for h in self.held
            ]
            return
        self.ranges.suggest(f"slot:{name}:0", f"slot:{name}:1")
        ranges = tuple(self.ranges.name(f"slot:{name}:{n}") for n in range(2))
        start = self.spoken.offset(said.at)
        line = self.document.place(Span(start, start + 1)).line
        passing = not said.always and prose.says_for_some(said.before)
        known = facts.symmetric(name, ranges, line)
        self._hears(known, said.at, said.before, passing)
        # "Let f(x) = x^T A x for a symmetric A" may be said of all that follows.
        told = passing and _DEFINES_FOR.match(said.before) is not None
        if told and all(h.hypothesis.facts != known.facts for h in self.held):
            self.held.append(Held(known, self._level_here(), left=True))

    def _has_sign(self, told: signs.Told) -> None:
        """``$x$ is positive``, ``nonnegative weights $w_i$``: a fact about data."""
        found = self._listed(self.spoken.formulas[told.formula])
        if found is None or (found.indices and not self.names.slots.get(found.name, 0)):
            return
        name = found.name
        counted = self.names.letters | self.names.sizes | self.names.functions
        if name in counted or not self._about_data(Variable(name, ())):
            return
        count = self.names.slots.get(name, 0)
        ranges = tuple(self.ranges.name(f"slot:{name}:{n}") for n in range(count))
        start = self.spoken.offset(told.at)
        line = self.document.place(Span(start, start + 1)).line
        known = facts.signed(name, ranges, told.relation, line)
        self._hears(known, told.at, told.before, prose.says_for_some(told.before))

    def _hears(self, known: Hypothesis, at: int, before: str, passing: bool) -> None:
        """Supposes what the words of the sentence say at a place.

        Behind a step, as its reason, it holds for that, too.
        """
        start = self.spoken.offset(at)
        assumed = mentioned.assumes(before)
        level = -1 if passing else self._level_here() if assumed else 0
        here = self.english and said_somewhere(self.spoken.words[at:])
        self._suppose(known, level, Span(start, start + 9), before if assumed else "", here)
        if self.spoken.behind and prose.gives_reason_at(self.spoken.words[self.spoken.behind : at]):
            for number in self.sentence_claims:  # "L = log S - t_k, since the $t_i$ sum to one"
                claim = self.open_claims[number]
                if all(h.facts != known.facts for h in claim.held):
                    self.open_claims[number] = replace(claim, held=(*claim.held, known))

    def _hear(self, piece: str, offset: int) -> None:
        """Takes in more prose of the sentence."""
        self.spoken = self.spoken.read(piece, offset)
        if piece.strip():
            self._heard()

    def _heard(self) -> None:
        """What the sentence so far says of the correct class."""
        words, formulas = self.spoken.words, self.spoken.formulas
        if self.spoken.endless:
            return
        if self.optimum:
            self._moves_away(words, formulas)
        self._takes_back(words, formulas)
        for at, number in classes.labels(words):
            name = self._labels(at) if number is None else self._bare(formulas[number])
            if name is None or not self.names.slots.get(name, 0) or self.scope.defined(name):
                continue
            count = self.names.slots[name]
            ranges = tuple(self.ranges.name(f"slot:{name}:{n}") for n in range(count))
            start = self.spoken.offset(at)
            span = Span(start, start + 1)
            self._suppose(facts.one_hot(name, ranges, self.document.place(span).line), 0, span)
            self.dependents.pop(name, None)  # a label is given, whatever is said of it
        for found in classes.correct_class(words):
            self._is_correct(found)
        for total in unity.totals(words):
            self._sums_to_one(total)
        for noun, number in unity.called(words):
            if (listed := self._listed(formulas[number])) is not None:
                self.called.setdefault(noun, set()).add(listed.name)
        for noun, place in unity.spoken_totals(words):
            self._called_sum_to_one(noun, place)
        for said in symmetry.symmetries(words):
            self._is_symmetric(said)
        for sign in signs.signs(words):
            self._has_sign(sign)
        self._hears_dependences(words, formulas)
        for at in mentioned.frees(words):
            self._free(self._bare(formulas[at]))
            self._frees_letters(formulas[at])
        self._constancy(words, formulas)
        self._known_at_once()

    def _hears_dependences(self, words: str, formulas: Sequence[Formula]) -> None:
        """What is a function of what; a sentence that goes on may part a list otherwise."""
        before, said = self.said_here
        for name, of in said if before and words.startswith(before) else ():
            self.dependents.get(name, set()).discard(of)
        new: set[tuple[str, str]] = set()
        for one, other in prose.dependences(words):
            found, of_ = self._bare(formulas[one]), self._bare(formulas[other])
            if found is None or of_ is None:
                continue
            hot = facts.one_hot_source(found)
            if any(h.hypothesis.source == hot for h in self.held):
                continue
            if of_ not in self.dependents.get(found, ()):
                self._depends_on(found, of_)
                new.add((found, of_))
        self.said_here = words, frozenset(new)

    def _sums_to_one(self, total: unity.Total) -> None:
        """``the $t_i$ sum to one``: a fact about data, or one that holds no more."""
        written = self._listed(self.spoken.formulas[total.formula])
        count = 0 if written is None else self.names.slots.get(written.name, 0)
        if written is None or not count or self.scope.defined(written.name):
            return
        if total.denied:
            self._need_not_sum(written.name)
            return
        place = self._summed_at(total, written, count)
        if place is None:
            return
        ranges = tuple(self.ranges.name(f"slot:{written.name}:{n}") for n in range(count))
        start = self.spoken.offset(total.at)
        line = self.document.place(Span(start, start + 1)).line
        cue = prose.cue(prose.Sentence(total.before, total.before.rpartition("⟧")[2]))
        if cue == "denied":
            return
        passing = cue in ("if", "case") or prose.says_if(total.before)
        known = facts.sum_one(written.name, ranges, line, place)
        self._hears(known, total.at, total.before, passing)

    def _called_sum_to_one(self, noun: str, at: int) -> None:
        """``the weights sum to one``, where one name alone was called so, with one index."""
        called = self.called.get(noun, set())
        name = min(called, default="")
        if len(called) != 1 or self.names.slots.get(name, 0) != 1 or self.scope.defined(name):
            return
        line = self.document.place(Span(self.spoken.offset(at), self.spoken.offset(at) + 1)).line
        known = facts.sum_one(name, (self.ranges.name(f"slot:{name}:0"),), line)
        before = self.spoken.words[:at]
        self._hears(known, at, before, prose.says_if(before))

    def _listed(self, formula: Formula) -> Reference | None:
        """The name of ``t_i``, of ``t_1, \\ldots, t_N``, of ``t \\in R^N`` and ``t_i \\geq 0``."""
        rows = self.formulas[id(formula)].rows
        body = rows[0].body if len(rows) == 1 else None
        if isinstance(body, s.Chain) and all(
            sign.text in ("in", *BY_SIZE) for sign, _ in body.rest
        ):
            body = body.first
        if isinstance(body, s.List) and any(isinstance(n, s.Ellipsis) for n in body.items):
            first, body = reference(body.items[0], self.names), body.items[-1]
            last = reference(body, self.names)
            if first is None or last is None or first.name != last.name:
                return None
            if any(isinstance(index, s.Numeral) for index in last.indices):
                return None  # no more than the first three of them
        found = reference(body, self.names) if body is not None else None
        return found if found is not None and found.power is None else None

    def _summed_at(self, total: unity.Total, written: Reference, count: int) -> int | None:
        """Which index of a name its sum goes over; None where the words leave it open."""
        if count == 1:
            return 0
        letters = [spelling(index) for index in written.indices]
        for number, inside in ((total.over, True), (total.each, False)):
            if number is not None:
                letter = self.spoken.formulas[number].content.strip()
                places = [n for n, one in enumerate(letters) if (one == letter) is inside]
                return places[0] if len(places) == 1 and letter in letters else None
        if total.whole or (total.columns and count > 2):
            return None
        return 0 if total.columns else count - 1

    def _need_not_sum(self, name: str) -> None:
        """``the $t_i$ no longer sum to one``: what was said of them before holds no more."""

        def sums(fact: Fact) -> bool:
            match fact:
                case Equation(Sum(_, (), Variable(of, _)), Number(value)):
                    return of == name and value == 1
            return False

        self.held = [
            replace(h, left=h.left or any(map(sums, h.hypothesis.facts))) for h in self.held
        ]

    def _frees_letters(self, formula: Formula) -> None:
        """ "So for all $i, j$": no case of them is told any more."""
        rows = self.formulas[id(formula)].rows
        body = rows[0].body if len(rows) == 1 else None
        items = body.items if isinstance(body, s.List) else (body,)
        free = {item.text for item in items if isinstance(item, s.Name)}
        if self.case is not None and free:
            told = {n.text for n in walk(self.case.syntax) if isinstance(n, s.Name)}
            if told <= free:
                self.case = None

    def _free(self, name: str | None) -> None:
        """``now let b be arbitrary``: whatever number it was until now."""

        def gives(fact: Fact) -> bool:
            match fact:
                case Equation(Variable(of, _), Number(), _):
                    return of == name
                case Equation(Size(range_), Number(), _):  # "for general N", after N = 2
                    key = f"size:{name}"
                    return key in self.ranges.parent and self.ranges.name(key) == range_
            return False

        self.held = [h for h in self.held if not any(map(gives, h.hypothesis.facts))]
        self.held = [
            replace(h, left=True)
            if h.at < self.sentence_from and _is_about(h.hypothesis, name)
            else h
            for h in self.held
        ]
        entry = None if name is None else self.scope.entries.get(name)
        if name is None or entry is None or entry.formals:
            return
        if isinstance(entry.value.term, Number) or self._is_argument(name):
            self._forget_meaning(name)  # "for any m", where there is an f(m)

    def _takes_back(self, words: str, formulas: Sequence[Formula]) -> None:
        """Leaves what earlier sentences supposed for a while, and this one may take back."""
        if taken_back.looks_back(words):
            told = {name for formula in formulas for name in self._indexed(formula)}
            self._leave_meanings({n for n in told if self._is_number(n)})
        brief = any(held.brief and not held.left for held in self.held)
        if not (brief or self.brief_meanings):
            return
        compared = {n for n, formula in enumerate(formulas) if self._denies_value(formula)}
        spoken = [formulas[n] for n in taken_back.takes_back_formulas(words) | compared]
        about = [frozenset(self._indexed(formula)) for formula in spoken]
        whole = taken_back.takes_back(words) or self._announces_end(words)
        last = self._supposed_last() if whole else []
        no_zero = taken_back.may_be_no_zero(words)
        if not (about or whole or no_zero):
            return

        exactly = set(about)

        def over(held: Held) -> bool:
            return (
                held.about in exactly
                or (held.of_number and any(n >= held.about for n in about))
                or (no_zero and facts.ZERO in held.values)
                or held in last
            )

        earlier = (h for h in self.held if h.brief and not h.left and h.at < self.sentence_from)
        left = {id(held) for held in earlier if over(held)}
        if left:
            self.held = [replace(h, left=True) if id(h) in left else h for h in self.held]
        for name, at in tuple(self.brief_meanings.items()):
            spoken_of = whole or any(name in n for n in about) or (no_zero and self._is_zero(name))
            if at < self.sentence_from and spoken_of:
                self._leave_meanings({name})

    def _announces_end(self, words: str) -> bool:
        """ "We will see later that this fails", said behind a claim and not of what comes."""
        if not (mentioned.speaks_of_later(words) and taken_back.announces(words)):
            return False
        supposed = max((held.at for held in self._supposed_last()), default=0)
        return any(supposed < at for at in self.open_claims)

    def _is_number(self, name: str) -> bool:
        known = self.definitions.get(name)
        return known is not None and isinstance(known.body, Number)

    def _is_zero(self, name: str) -> bool:
        known = self.definitions.get(name)
        return known is not None and known.body == facts.ZERO

    def _denies_value(self, formula: Formula) -> bool:
        """``b \\neq 0``, ``b > 0``: whether it compares something with a number."""
        bodies = [row.body for row in self.formulas[id(formula)].rows]
        match bodies:
            case [s.Chain(_, s.Name() | s.Scripts(), ((sign, s.Numeral()),))]:
                return sign.text in ("<", ">", "!=")
        return False

    def _constancy(self, words: str, formulas: Sequence[Formula]) -> None:
        """What the sentence says is constant, and what must be a function of others."""
        for one, other in prose.constants(words):
            name = self._bare(formulas[one])
            of = "" if other is None else self._bare(formulas[other])
            if name is not None and of is not None:
                self.constants.add((name, of))
        for number in prose.results(words):
            name = self._bare(formulas[number])
            if name is not None and not re.fullmatch(r"\\[a-z]+", name.strip("{}")):
                self.varying.add(name)
        self.worded.update(
            name for n in prose.told(words) if (name := self._bare(formulas[n])) is not None
        )

    def _known_at_once(self) -> None:
        """``L = -\\log p_k, where k is the correct class``: it holds for what stands before."""
        tail = self.spoken.words[self.spoken.behind :]
        if not self.spoken.behind or not prose.follows_at_once(tail):
            return
        for at in self.sentence_claims:
            claim = self.open_claims[at]
            known = [
                h.hypothesis for h in self.held if h.hypothesis.source.endswith("\\text{ one-hot}")
            ]
            known.extend(self._of_correct_class(claim.sides, claim.local))
            more = tuple(h for h in known if h not in claim.held)
            self.open_claims[at] = replace(claim, held=(*claim.held, *more))

    def _is_correct(self, found: classes.Correct) -> None:
        """Keeps that a letter stands for the correct class."""
        if isinstance(found.formula, str):
            letter, span = found.formula, Span(self.spoken.offset(0), self.spoken.offset(0) + 1)
        else:
            item = self.spoken.formulas[found.formula]
            letter, span = item.content.strip(), item.span
        stands_below = letter in self.names.letters or letter in self.names.below
        if not stands_below or self.names.slots.get(letter, 0):
            return
        line = self.document.place(span).line
        kind = "the correct class" if found.correct else "not the correct class"
        level = -1 if found.passing else self._level()
        said = CorrectClass(letter, found.correct, f"{letter} \\text{{ is {kind}}}", line, level)
        if said in self.correct:
            return
        self.correct = [c for c in self.correct if c.letter != letter or c.level >= 0 > level]
        self.correct.append(said)

    def _moves_away(self, words: str, formulas: Sequence[Formula]) -> None:
        """Whether the text is still where it set derivatives to 0, after "for every ⟦0⟧"."""
        if self._of_any(words, formulas):
            self.away = True
        elif prose.sets_to_zero(words) or prose.says_at_optimum(words) or prose.puts_back(words):
            self.away = False
        elif speaks_of_another_place(words):
            self.away = True
        elif speaks_of_the_place(words):
            self.away = False
        elif "⟦" not in words and not goes_on(words):
            self.away = True  # what it goes on to may be said of all values

    def _of_any(self, words: str, formulas: Sequence[Formula]) -> bool:
        """Whether it is said of all values of a quantity that is a certain one at the optimum."""
        about = {n for held in self.optimum for f in held.hypothesis.facts for n in fact_names(f)}
        said = (self._bare(formulas[n]) for n in quantified(words) if n < len(formulas))
        return not (about & self.moved).isdisjoint(name for name in said if name is not None)

    def _leaves_behind(self) -> bool:
        """Whether the words behind a formula say that it holds "for all ⟦0⟧"."""
        words, formulas = "", list[Formula]()
        for item in self.after:
            match item:
                case Formula():
                    words += f"⟦{len(formulas)}⟧"
                    formulas.append(item)
                case Prose(text=text):
                    words += prose.sentences(text)[0][1]
                    if self.sentence.ended(text):
                        break
                case _:
                    break
        first = re.split(r"[;:]|\b(?:so|thus|hence|therefore|while|whereas|but)\b", words)[0]
        return self._of_any(first, formulas) or speaks_of_another_place(first)

    def _bare(self, formula: Formula) -> str | None:
        """The name that a formula is, with its indices."""
        rows = self.formulas[id(formula)].rows
        body = rows[0].body if len(rows) == 1 else None
        if not isinstance(body, s.Name | s.Scripts):
            return None
        found = reference(body, self.names)
        return found.name if found is not None and found.power is None else None

    def _labels(self, at: int) -> str | None:
        """The last name before a place of the sentence that nothing defines."""
        before = re.findall(r"⟦(\d+)⟧", self.spoken.words[:at])
        for number in reversed(before):
            name = self._bare(self.spoken.formulas[int(number)])
            if name is not None and self.names.slots.get(name, 0):
                return None if self.scope.defined(name) else name
        return None

    def _meant(self, item: Prose, at: int) -> str | None:
        """The data name with an index that a word of prose is about.

        Of "□ is one-hot" it is what stands there, or none, and of "a one-hot label □", too.  What
        "one-hot targets" are called is not said: the nearest name that is usual for labels.
        """
        index = next((k for k, x in enumerate(self.document.items) if x is item), -1)
        before, text = self.document.items[index - 1] if index > 0 else None, item.text
        own = self._bare(before) if isinstance(before, Formula) else None
        beside = own is not None and _BESIDE.fullmatch(text[:at]) is not None
        near: list[tuple[int, str, bool]] = [
            (abs(item.span.start + at - where), name, beside and name == own)
            for where, name in self.candidates
        ]
        if own is not None and _IS.fullmatch(text[:at]):
            name = unbraced(own)
            if not self.names.slots.get(name, 0):
                return None
            near = [(0, own, True)]
        for n in range(max(0, at - 60), min(len(text), at + 60)):
            alone = not (text[n - 1 : n].isalnum() or text[n + 1 : n + 2].isalnum())
            if text[n].isalpha() and alone and not _ARTICLE.match(text, n):
                near.append((abs(at - n), text[n], True))
        follows = prose.names_what_follows(text[at:])
        for following in self.document.items[index + 1 : index + 4]:
            if isinstance(following, Break | Heading) or self.sentence.ended(text[at:]):
                break
            if isinstance(following, Formula):
                distance = 0 if follows else following.span.start - item.span.start - at
                near.extend((distance, name, follows) for name in self._indexed(following))
                if follows and not self._indexed(following):
                    return None
                follows = False
        labels = _OF_INPUTS.match(text[at:]) is None
        for _, found, said in sorted(near):
            name = unbraced(found)
            if name == "a" and "a" not in self.names.lettered:
                continue
            if self.names.slots.get(name, 0) and (said or (labels and _LABEL.match(name))):
                # Of a quantity that has a definition such words are a claim, of no other a fact.
                return None if self.scope.defined(name) else name
        return None

    def _suppose(
        self,
        hypothesis: Hypothesis,
        level: int,
        span: Span,
        assumed: str = "",
        here: bool = False,
    ) -> None:
        """``assumed``: the words that assume it for a while; ``here``: or for their sentence."""
        if any(h.hypothesis.facts == hypothesis.facts for h in self.held):
            return
        if level < 0:
            self.passing_facts = [*self.passing_facts, hypothesis]
        else:
            held = Held(hypothesis, level, said=assumed, brief=bool(assumed), here=here)
            self.held.append(held)
        left, relation, right = hypothesis.source.partition("=")[::1]
        self._state(
            "hypothesis", span, left.strip(), relation, right.strip(), hypothesis=hypothesis
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
            "\\neq" if chain.rest[0][0].text == "!=" else "=",
            source.replace("\\neq", "=").partition("=")[2].strip(),
            hypothesis=Hypothesis(found, source, line),
        )


def _is_about(hypothesis: Hypothesis, name: str | None) -> bool:
    """Whether the hypothesis restricts the values of a name."""
    return any(name in fact_names(fact) for fact in hypothesis.facts)
