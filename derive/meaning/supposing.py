"""Hypotheses: what introduces them, how long they hold, which concern a step."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from derive.logic.problem import Definition, Different, Equation, Fact, Hypothesis, Relation, Sign
from derive.logic.terms import (
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    Number,
    Position,
    Pow,
    Size,
    Sum,
    Term,
    Variable,
    alpha_equal,
    free_indices,
    names,
    subterms,
)
from derive.meaning import facts, leaving, mentioned, prose, titles
from derive.meaning.constrained import put_into
from derive.meaning.definitions import Head, head
from derive.meaning.elaborate import Elaborator
from derive.meaning.facts import fact_names
from derive.meaning.limited import is_about_positions, leaves_out, letters_of
from derive.meaning.membership import Membership
from derive.meaning.names import arguments, reference
from derive.meaning.notation import latex, readable
from derive.meaning.optimum import differentiated, holds_derivative, solved, unmarked
from derive.meaning.outcomes import WEIGHT
from derive.meaning.plainly import said_in_passing
from derive.meaning.rounding import APPROXIMATION, given_sizes, numbered
from derive.meaning.spelling import spelling, walk
from derive.meaning.state import LOWEST
from derive.meaning.steps import (
    BY_SIZE,
    EQUALITIES,
    RELATIONS,
    Condition,
    CorrectClass,
    Held,
    Step,
    same_letters,
)
from derive.meaning.thresholds import exclude_each_other
from derive.meaning.trouble import OutOfReach, Trouble
from derive.meaning.unwritten import slope
from derive.meaning.vectors import Value
from derive.reader import syntax as s
from derive.reader.document import Break, Formula, Prose
from derive.reader.source import Span

# "For some i != j, a_ij = 0", "there are i != j with a_ij = 0": not of all of them.
_OF_SOME_PAIR = re.compile(
    r"\b(?:some|one|certain|particular|pair|exists?|there (?:is|are))\b", re.I
)
# Equations below a brace, with nothing on the left: what they have for unknowns is to be found.
# A word or an arrow before what is concluded: "f = 2 sum q, so sum q = 1".
_CONCLUDES = re.compile(
    r"(?:\\(?:text|mathrm|mbox|textrm)\{[^{}]*\}|\\(?:implies|iff|to|therefore|[Ll]?[A-Za-z]*arrow))"
    r"(?:\s|\\q?quad|\\[,;:! ]|&)*$"
)
OR = re.compile(r"\\text\s*\{\s*or\s*\}")
SYSTEM = re.compile(r"\s*(?:\\left\s*\\\{\s*)?\\begin\s*\{d?cases\*?\}[^&]*\\\\")

_NUMBERED = re.compile(r"(.+)_\{(\d{1,4})\}")  # p_{3}, where no letter counts the p
_NORMAL = "norma"  # how the words begin that say that something sums to 1
_ONLY = re.compile(r"\bonly\s*$", re.IGNORECASE)


class Supposing(Membership):
    """Hypotheses: what introduces them, how long they hold, which concern a step."""

    def _is_hypothesis(self, step: Step, a: Value, b: Value) -> bool:
        """Whether a cue introduces the equation, and it constrains nothing but data."""
        if self._says_symmetric(step, a.term, b.term):
            return True
        sign_of_data = (
            step.sign.text in ("<", ">", "<=", ">=")
            and not step.item.display
            and (isinstance(a.term, Variable) or isinstance(b.term, Variable))
            and (isinstance(a.term, Number) or isinstance(b.term, Number))
        )
        cued = step.cue in ("since", "assume", "if", "define", "case")
        cued = cued or (not step.item.display and prose.goes_on_giving(self.sentence))
        cued = cued or self._normalises(step)
        cued = cued or SYSTEM.match(step.item.content) is not None
        if facts.of_size(a.term, RELATIONS[step.sign.text], b.term) is not None:
            return cued or (not step.item.display and prose.says_how_many(self.sentence))
        if not (cued or sign_of_data):
            return False
        if step.sign.text == "approx":
            return False
        if step.cue == "define" and not step.first and step.sign.text in EQUALITIES:
            return False
        if alpha_equal(a.term, b.term):
            return False
        if step.sign.text in EQUALITIES and not self._may_be_given(step, a.term, b.term):
            return False
        return (
            self._about_data(a.term)
            and self._about_data(b.term)
            and bool(names(a.term) | names(b.term))
        )

    def _takes_up(self, step: Step) -> bool:
        """ "Consider first ``C < m``." and what follows is said of such a C."""
        compared = step.sign.text in ("<", ">", "<=", ">=") and not step.item.display
        return compared and prose.takes_up(self.sentence)

    def _says_symmetric(self, step: Step, a: Term, b: Term) -> bool:
        """ "Symmetric weights, so that ``w_ij = w_ji``": said of a w that is open so far."""
        return (
            step.sign.text in EQUALITIES
            and not step.item.display
            and facts.is_symmetry(Equation(a, b))
            and prose.speaks_of_symmetry(self.sentence.text)
            and names(a).isdisjoint(self.scope.entries)
        )

    def _may_be_given(self, step: Step, a: Term, b: Term) -> bool:
        """Whether an equation between data can be a constraint, and not an identity to be proved.

        What is said to be assumed is one.  Otherwise "since" and "using" may introduce either:
        ``(a + b)^2 = ...`` with the same names on both sides is an identity.  Words that are not
        said of the formula ("with the product rule,") give constraints of the usual kinds only.
        """
        usual = _is_usual_constraint(a, b)
        if SYSTEM.match(step.item.content) is not None:
            return True
        governed = prose.governs(self.sentence)
        if governed and step.cue in ("assume", "if"):
            return True
        if step.cue == "case":
            return usual
        if step.cue in ("assume", "define") and WEIGHT in names(a) | names(b):
            return True  # "with E[X Y] = E[X] E[Y]"
        if names(a) == names(b):
            return usual
        return usual or governed

    def _normalises(self, step: Step) -> bool:
        """``\\sum_k p_k = 1`` of data says what is given, in whatever words."""
        one = isinstance(step.right, s.Numeral) and step.right.text == "1"
        chain = step.row.body
        alone = step.first and isinstance(chain, s.Chain) and len(chain.rest) == 1
        summed = self._summed(step.left)
        tail = self.sentence.tail
        said = (
            prose.says_distribution(self.sentence.text)
            or prose.reminds(tail)
            or (prose.says_sum_one(tail) is not None and not prose.concludes(tail))
        )
        said = said and not step.item.display
        given = step.cue == "since" or said or self._stands_beside_a_definition(step)
        return one and alone and bool(summed) and given

    def _stands_beside_a_definition(self, step: Step) -> bool:
        """``C = -\\sum p \\log q, \\quad \\sum p = 1`` in one display: the second is given, too."""
        last = self.statements[-1] if self.statements else None
        before = self.document.text[step.item.span.start : step.span.start]
        return (
            step.item.display
            and _CONCLUDES.search(before) is None
            and last is not None
            and last.kind == "definition"
            and last.place.line >= self.document.place(step.item.span).line
        )

    def _summed(self, node: s.Syntax) -> str:
        """The name p of ``\\sum_k p_k`` and ``\\sum_x p(x)``; "" for any other syntax."""
        match node:
            case s.Operator(_, "sum", _, _, s.Operator(_, "sum") as inner):
                return self._summed(inner)
            case s.Operator(_, "sum", _, _, s.Scripts() as body):
                found = reference(body, self.names)
            case s.Operator(_, "sum", _, _, s.Product(_, (body, s.Group()), ("",))):
                found = reference(body, self.names)
            case _:
                return ""
        return found.name if found is not None and found.power is None else ""

    def _varies(self, step: Step) -> bool:
        """``\\sum_x p_\\theta(x) = 1``, where nothing but the slopes of p is known."""
        name = self._summed(step.left)
        return name in self.known.dependents and not self.scope.defined(name)

    def _reach(self, step: Step) -> int:
        """How long a hypothesis holds: -1 for its sentence, a section's level, 0 for ever."""
        if step.cue in ("if", "case"):
            return -1
        passing = mentioned.passing(self.sentence.text)
        title = self.sections[-1].title if self.sections else ""
        apart = passing or prose.says_only_here(self.sentence.text)
        if step.cue == "assume" and titles.sets_up(title) and not apart:
            return self.sections[-2].level if len(self.sections) > 1 else 0
        if step.cue == "assume" or passing:
            return self._level_here()
        if any(section.conditions for section in self.sections) or self.case or self.passing:
            return self._level()
        return 0

    def _hypothesis(self, step: Step, stated: tuple[Fact, ...], level: int) -> None:
        if prose.restricts(self._behind()) or self._is_at_equation():
            raise OutOfReach("it is supposed under words that no fact expresses")
        if step.cue == "" and any(map(self._is_otherwise_in_example, stated)):
            raise OutOfReach("the example has another value there")
        stated = tuple(map(facts.without_root, stated))
        general = self._of_all(step) or self._equates_data(step, stated)
        if general or (
            step.cue != "if"
            and not (
                step.first
                and isinstance(stated[0], Equation)
                and head(step.left, self.names) is not None
                and not facts.is_symmetry(stated[0])
            )
        ):
            stated = facts.every_letter(stated)
        elif step.cue != "if":
            stated = tuple(map(facts.every_compared, stated))
        source = " ".join(step.texts)
        letters = {i for fact in stated for i in getattr(fact, "every", ())}
        apart = self._kept_apart(step, letters)
        if self._of_few(step, {i.name for i in letters}):
            raise OutOfReach("it is supposed for some positions only, which no fact says")
        if apart and _OF_SOME_PAIR.search(self.sentence.text) is None:
            before, stated = stated, tuple(facts.where_different(f, [*apart]) for f in stated)
            if stated != before:
                source = f"{source} \\text{{ for }} {', '.join(apart.values())}"
        line = self.document.place(step.span).line
        hypothesis = Hypothesis(stated, source, line)
        here = self._bounded(self.sentence.text, self._behind())
        if here:
            self.bounded_values.add(hypothesis)
        if self.english and said_in_passing(self.sentence.text, self._behind()):
            if any(numbered((hypothesis,))) or given_sizes((hypothesis,)):
                self.passing_values[hypothesis] = len(self.statements)
        if step.cue in ("", "define"):  # what an example goes on to work with
            if prose.gives_no_value(self.sentence.text, self._behind()):
                self.mentioned_values.add(hypothesis)
            for one, _ in numbered((hypothesis,)):
                self.example_values[repr(one)] = hypothesis
        else:
            for one, _ in numbered((hypothesis,)):
                self.case_values.setdefault(repr(one), []).append(hypothesis)
        if prose.names_case(self.sentence.text) and all(isinstance(f, Sign) for f in stated):
            self._end_cases()  # "Case 2: $x < 0$.": until the next one
            self.held.append(Held(hypothesis, self._level() or LOWEST, of_case=True))
        elif level < 0:
            # "if y = 1, then ..., and if y = 0, then ...": one after the other
            same = [h for h in self.passing_facts if _of_same(h.facts, hypothesis.facts)]
            # "if x > 0, f(x) = x, and if x < 0, f(x) = 0": of the first case something was said
            told = self.sentence_claims or (
                self.statements[-1:] and (self.statements[-1].kind == "definition")
            )
            after = told and _signed(stated)
            self.passing_facts = [
                h
                for h in self.passing_facts
                if h not in same and not (after and _signed(h.facts) == after)
            ]
            if same and not told:  # "y = 1 or y = 0": neither is supposed
                self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)
                return
            self.passing_facts.append(hypothesis)
        else:
            self._replace_like(stated)
            if step.cue == "assume":
                self._leaves_case(stated)
            said = self.sentence.text
            brief = level > 0 or step.cue == "assume" or mentioned.passing(said)
            brief = brief or prose.says_for_example(said) or prose.opens_case(said)
            brief = brief or bool(given_sizes((hypothesis,)))  # N = 2 is a special case
            self._gives_way(hypothesis, said)
            at = len(self.statements)
            self.held.append(Held(hypothesis, level, said=said, brief=brief, at=at, here=here))
            self._put_together(hypothesis)
            explained: list[int] = []
            tail = self.sentence.tail
            closes = prose.adds_condition(tail) and self._ends_sentence()
            if closes or prose.follows_at_once(tail) or self._explains_claims(step):
                explained = self.sentence_claims
            elif prose.explains_step(self.sentence.tail):
                explained = self.sentence_claims or self.earlier_claims
            for at in explained:
                claim = self.open_claims[at]
                self.open_claims[at] = replace(claim, held=(*claim.held, hypothesis))
        self._state(
            "hypothesis", step.span, *step.texts, hypothesis=hypothesis, reasons=step.reasons
        )

    def _equates_data(self, step: Step, stated: tuple[Fact, ...]) -> bool:
        """``x_i = y_i``, supposed of no certain i: of all of them, unlike ``t_k = 1``."""
        said = self.sentence.text + self._behind()
        if step.cue not in ("assume", "define") or prose.fixes(said):
            return False
        if prose.names_one_position(said) or prose.restricts(self._behind()):
            return False
        match stated:
            case (Equation(Variable(one, places), Variable(other, others)),):
                same = places == others and all(isinstance(i, Index) for i in places)
                return one != other and same and bool(places)
        return False

    def _is_at_equation(self) -> bool:
        """``x = y`` at ``t = 0``, ``y = 2`` when ``x = 1``: under a condition on data."""
        match self.after:
            case [Prose(text=words), Formula(display=False) as behind, *_]:
                body = self.formulas[id(behind)].opening
                on_data = isinstance(body, s.Chain) and not self._about_indices(body)
                return on_data and prose.only_at(words)
        return False

    def _kept_apart(self, step: Step, letters: Collection[Index]) -> dict[Different, str]:
        """The letters that differ here ("For $i \\neq j$, □", "□ for $i \\neq j$"), as written."""
        found: dict[Different, str] = {}
        for condition in self._conditions_of(step):
            found.update(dict.fromkeys(self._differing(condition), self._text(condition.span)))
        if len(letters) == 2 and not found and prose.says_distinct(self._behind()):
            one, other = sorted(letters, key=repr)
            found[Different(one, other)] = f"{one.name} \\neq {other.name}"
        return found

    def _differing(self, condition: s.Syntax) -> tuple[Different, ...]:
        """The pairs of indices that a condition keeps apart; () where it says anything else."""
        with suppress(Trouble):
            stated = self._elaborator().condition(condition)
            if stated and all(isinstance(f, Different) for f in stated):
                return tuple(f for f in stated if isinstance(f, Different))
        return ()

    def _conditions_of(self, step: Step) -> Iterator[s.Syntax]:
        """The conditions that a supposition is said under: before it, beside it and behind it.

        Those behind another one at the end of the sentence are about the letters of that one.
        """
        own = letters_of(step.left) | letters_of(step.right)
        later = {id(c.syntax) for c in self.behind if isinstance(c, Condition)}
        for condition in self.passing:
            if id(condition.syntax) not in later or letters_of(condition.syntax) <= own:
                yield condition.syntax
        if step.row.condition is not None:
            yield step.row.condition
        rows = self.formulas[id(step.item)].rows
        here = next((n for n, row in enumerate(rows) if row is step.row), len(rows))
        for row in rows[here + 1 :]:  # u_i v_j = 0, i != j
            if not is_about_positions(row.body):
                break
            yield row.body
        first, *others = (*self.after, None)
        words = first.text if isinstance(first, Prose) else ""
        item = others[0] if isinstance(first, Prose) and others else first
        if isinstance(item, Formula) and not item.display:
            body = self.formulas[id(item)].opening
            inner = body.body if isinstance(body, s.Group) else body
            said = any(map(str.isalpha, words))
            if inner is not None and prose.only_where(words):
                if is_about_positions(inner, equal=said):
                    yield inner

    def _of_few(self, step: Step, letters: Collection[str]) -> bool:
        """Whether it is supposed for some positions of the letters only, as far as can be seen."""
        for condition in self._conditions_of(step):
            about = letters_of(condition) & {*letters}
            if about and leaves_out(condition) and not self._differing(condition):
                return True
        match self.after:
            case [Prose(text=words), Formula(display=False) as letter, *_]:
                if prose.only_for_some(words) and letter.content.strip() in letters:
                    return True
        return bool(letters) and prose.says_of_few(self.sentence.tail, self._behind())

    def _behind(self) -> str:
        """What stands behind it up to the next formula but one, with a □ for each formula."""
        behind = self._words_behind()[1:]
        return "□".join(behind.split("□")[:2])

    def _of_all(self, step: Step) -> bool:
        """ "Suppose $x_i = 1$ for all $i$", "if all $x_i = 1$": of every position."""
        if prose.says_of_all(self.sentence.tail):
            return True
        match self.after:
            case [Prose(text=words), Formula(display=False) as letter, *_]:
                below = {node.text for node in walk(step.left) if isinstance(node, s.Name)}
                return prose.only_for_all(words) and letter.content.strip() in below
        return False

    def _lose(self, sentence: str) -> None:
        """What was supposed for a while may not hold any more ("in general", "otherwise")."""
        if leaving.concludes(sentence):  # perhaps that what was to be refuted is
            self.held = [
                replace(h, left=h.left or mentioned.to_be_refuted(h.said)) for h in self.held
            ]
        lost = leaving.given_up(sentence)
        leaves = leaving.leaves(sentence)
        if leaves:
            self._leave_meanings({*self.brief_meanings})
            self.held = [replace(h, left=h.left or h.brief) for h in self.held]
        if lost:
            self.held = [replace(h, left=h.left or _is_lost(h, lost)) for h in self.held]
        elif not leaves and leaving.resumes(sentence):
            self.held = [replace(h, left=False) for h in self.held]
        elif not leaves and prose.says_sum_one(sentence) is not None:
            self.held = [replace(h, left=h.left and not _normalises(h)) for h in self.held]

    def _supposed_last(self) -> list[Held]:
        """What was supposed last, with all that was supposed on the same line, there or before."""
        supposed = [held for held in self.held if held.hypothesis.facts]
        lines = [h for h in supposed if h.hypothesis.line == supposed[-1].hypothesis.line]
        said = {h.hypothesis.facts for h in lines}
        return [h for h in supposed if h.hypothesis.facts in said]

    def _may_leave(self, since: int) -> None:
        """Values of names that were used before ("Let b = 0") may hold no more.

        ``since``: how many statements came before the part in which they were set, and which ends.
        """
        numbers = {n for n, d in self.definitions.items() if isinstance(d.body, Number)}
        recent = {name for name, at in self.brief_meanings.items() if at >= since}
        self._leave_meanings(recent & numbers)
        self.held = [
            replace(h, left=True)
            if h.brief and h.at >= since and any(True for _ in _values_of(h.hypothesis))
            else h
            for h in self.held
        ]

    def _leave_meanings(self, ended: Collection[str]) -> None:
        if ended:
            self.bounded_meanings.update(ended)
            kept = self.brief_meanings.items()
            self.brief_meanings = {name: at for name, at in kept if name not in ended}
            self._end_of_bounds()

    def _replace_like(self, stated: tuple[Fact, ...]) -> None:
        """``a = b``, and in a later sentence ``a = -b``: the first may be meant no more."""
        equal = [names(f.left) | names(f.right) for f in stated if isinstance(f, Equation)]
        said = self.sentence.text
        if not equal or leaving.adds(said) or not leaving.turns(said):
            return
        self.held = [
            replace(h, left=h.hypothesis.facts != stated)
            if h.brief and h.said != said and _equates(h.hypothesis, equal)
            else h
            for h in self.held
        ]

    def _gives_way(self, new: Hypothesis, said: str) -> None:
        """ "For the target class $t_k = 1$. For others $t_k = 0$": the first is said no more."""
        values = {repr(one): number for one, number in _values_of(new)}
        if not values or leaving.adds(said):
            return

        def over(held: Held) -> bool:
            known = _values_of(held.hypothesis)
            return held.at < self.sentence_from and any(
                repr(one) in values and values[repr(one)] != number for one, number in known
            )

        self.held = [h for h in self.held if not (h.brief and over(h))]

    def _supposes_by_size(self, chain: s.Chain) -> bool:
        """``|r| < d`` in the title of a case: it holds until the section ends."""
        if not all(sign.text in BY_SIZE for sign, _ in chain.rest):
            return False
        try:
            stated = self._elaborator().condition(chain)
            self._allowed(stated)
        except Trouble:
            return False
        if not stated or not all(isinstance(fact, Sign) for fact in stated):
            return False
        source, line = self._text(chain.span), self.document.place(chain.span).line
        hypothesis = Hypothesis(stated, source, line)
        self.held.append(Held(hypothesis, self._level(), of_case=True))
        left, sign, right = _sides(chain)
        whole = Span(right.span.start, chain.span.end)
        texts = self._text(left.span), self._text(sign.span), self._text(whole)
        self._state("hypothesis", chain.span, *texts, hypothesis=hypothesis)
        return True

    def _end_cases(self) -> None:
        """The text speaks of all cases again: what the title of this section tells is over."""
        self.case = None
        here = self._level()
        self.held = [h for h in self.held if not (h.of_case and h.level in (here, LOWEST))]
        if self.sections and self.sections[-1].conditions:
            self.sections[-1] = replace(self.sections[-1], conditions=())

    def _may_end_cases(self) -> None:
        """The text may speak of all cases again."""
        told = (c for section in self.sections for c in section.conditions)
        self.cases_left.update((c.source, c.line) for c in told)
        if self.case is not None:
            self.cases_left.add((self.case.source, self.case.line))
        self.held = [replace(h, left=True) if h.of_case else h for h in self.held]

    def _leaves_case(self, stated: tuple[Fact, ...]) -> None:
        """ "Suppose first that x > 0. ... Now suppose that x < 0": the first case is over."""
        new = [fact for fact in stated if isinstance(fact, Sign)]
        turns = prose.turns_to_case(self.sentence.text)

        def over(held: Held) -> bool:
            if not any(at > held.at for at in self.open_claims):
                return False  # "x > 0 and x < 0"
            signs = [fact for fact in held.hypothesis.facts if isinstance(fact, Sign)]
            pairs = [(a, b) for a in signs for b in new]
            if turns and any(names(a.term) == names(b.term) for a, b in pairs):
                return True
            return any(exclude_each_other(a, b) for a, b in pairs)

        self.held = [held for held in self.held if not over(held)]

    def _explains_claims(self, step: Step) -> bool:
        """``dL/dz = ..., where p = ... and sum t = 1``: the claims stand before."""
        behind = self.spoken.words[self.spoken.behind :]
        return step.cue == "define" and self.spoken.behind > 0 and prose.follows_at_once(behind)

    def _worked_out_before(self, step: Step) -> bool:
        if not isinstance(step.right, s.Numeral) or step.sign.text != "=":
            return False
        left, number = spelling(step.left), step.right.text
        return any(
            row.span.start < step.span.start
            and isinstance(row.body, s.Chain)
            and row.body.first is not None
            and spelling(row.body.first) == left
            and len(row.body.rest) > 1
            and any(isinstance(m, s.Numeral) and m.text == number for _, m in row.body.rest)
            for formula in self.formulas.values()
            for row in formula.rows
        )

    def _antecedent(self, step: Step) -> None:
        """``if L = 0``: what is supposed of a defined name is neither claimed nor used.

        What was worked out before, "at z = 1.0" after ``z = w x = 1.0``, supposes nothing.
        """
        if self._worked_out_before(step):
            line = self.document.place(step.span).line
            hypothesis = Hypothesis((), " ".join(step.texts), line)
            self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)
            return
        self.unusable = self.unusable or " ".join(step.texts)
        self._supposed(step)

    def _supposed(self, step: Step) -> None:
        """``L = 0 only if ...``: it is supposed, to see what follows, and not claimed."""
        line = self.document.place(step.span).line
        hypothesis = Hypothesis((), " ".join(step.texts), line)
        self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)

    def _said(self) -> str:
        """The words of the sentence, or where it has none what was said before: "Set to zero"."""
        if any(map(str.isalpha, self.sentence.text)):
            return self.sentence.text
        pieces = [piece for _, piece in prose.sentences(self.recent) if piece.strip()]
        title = self.sections[-1].title if self.sections else ""
        return pieces[-1] if pieces else title

    def _solves(self, step: Step, elaborator: Elaborator) -> bool:
        """``dL/dm = 0``, set to zero to find where it is, and what is concluded for m.

        Neither is an identity: the first is supposed, the second holds there only.
        """
        zero = isinstance(step.right, s.Numeral) and step.right.text == "0"
        if prose.sets_to_zero(self.sentence.text) or (zero and self.solved):
            self.vanished = self._section()
        if zero and (
            self.solved or self._solved_in_words(step) or self._sought(step)
        ):  # "dL/dm = ... = 0 => m = ..."
            self._set_to_be_zero(step, " ".join(step.texts), elaborator)
            return True
        said = self._said()
        sets = prose.sets_to_zero(said)
        primed = any(isinstance(n, s.Scripts) and n.primes for n in walk(step.left))
        if zero and primed and (sets or prose.sets(said)):
            self.moved.update(self._formals(step.left))
            self._set_to_be_zero(step, self._text(step.span), elaborator)
            return True
        gradient = step.left if zero and isinstance(step.left, s.Differentiation) else None
        if gradient is not None and (prose.sets(said) or prose.lets_be(self.sentence)):
            by = (reference(variable, self.names) for variable in gradient.variables)
            self.moved.update(found.name for found in by if found is not None)
            self.moved.update(() if gradient.variables else self._formals(gradient))
            self._set_to_be_zero(step, self._text(step.span), elaborator)
            return True
        if sets and (zero or "zero" in self.sentence.text.lower()):
            a, b = self._try(step.left, elaborator), self._try(step.right, elaborator)
            derivative = isinstance(step.left, s.Differentiation) and not zero
            follows = not zero and bool(self._at_optimum(step))  # from what was set to zero
            own = [names(x.term) for x in (a, b) if x is not None]
            reached = [self.reach.get(name, frozenset()) for found in own for name in found]
            made_of = frozenset[str]().union(*own, *reached) if len(own) == 2 else frozenset()
            moved = bool(made_of & self.moved)  # p - t, where p is made of the z that is moved
            if zero and not step.first and self.claimed is not None:  # "dF/dc = -sum_i a_i = 0"
                moved = moved or isinstance(self.claimed[0], s.Differentiation)
            fresh = head(step.left, self.names)
            if (
                derivative
                or follows
                or not moved
                or (fresh is not None and fresh.name not in self.used)
            ):
                return False
            if not zero:  # "Setting this to zero gives A = B", which has to follow from it
                if self._slope_is_zero():
                    return False
                self.stationary = " ".join(step.texts)
                self.unsolved = self._section()
                self.unusable = self.unusable or self.stationary
                raise OutOfReach("it holds where a derivative is 0 that could not be used")
            self._set_to_be_zero(step, " ".join(step.texts), elaborator)
            return True
        if not self.stationary or step.cue in ("since", "assume", "if", "define", "case"):
            return False
        found = head(unmarked(step.left) or step.left, self.names)
        solution = found is not None and found.name in self.moved and step.first
        if isinstance(step.left, s.Differentiation):
            self.stationary = ""
        elif self._at_optimum(step):
            return False
        elif solution and not self.scope.defined(found.name if found is not None else ""):
            raise OutOfReach(f"it holds only where {readable(self.stationary)}")
        elif step.first and found is None:
            a, b = self._try(step.left, elaborator), self._try(step.right, elaborator)
            if a is not None and b is not None and (names(a.term) ^ names(b.term)):
                concludes = prose.concludes(self.sentence.text)
                if concludes or (self._about_data(a.term) and self._about_data(b.term)):
                    raise OutOfReach(f"it holds only where {readable(self.stationary)}")
        return False

    def _takes_slopes_as_zero(self, step: Step, elaborator: Elaborator) -> None:
        """ "Setting the gradient to zero, ``w = \\sum_i a_i x_i``": the slope that is not written.

        By what, the sentence says ("with respect to w and b"), or the left side.
        """
        if step.cue or self.solution is not None or not prose.sets_to_zero(self.sentence.text):
            return
        if holds_derivative(step.left) or holds_derivative(step.right):
            return
        bare = unmarked(step.left) or step.left
        sought = [bare, *self._named_in_sentence()] if step.first else [bare]
        for node in sought:
            value = self._try(node, elaborator) if isinstance(node, s.Name | s.Scripts) else None
            by = value.term if value is not None else None
            if not isinstance(by, Variable) or by.name in self.scope.entries:
                continue
            function = self._sought_function(by.name)
            if function is None:
                continue
            source = rf"\frac{{\partial {function.name}}}{{\partial {self._text(node.span)}}} = 0"
            if any(h.hypothesis.source == source for h in self.optimum):
                continue
            found = slope(function.body, by, self.definitions)
            fact = solved(found, {by.name}) if found is not None else None
            if fact is None:
                continue
            self.moved.add(by.name)
            self.sloped = function.name
            if self.unusable == self.stationary:  # "Setting df/dm = 0 gives m = □"
                self.unusable = ""
            line = self.document.place(step.span).line
            self._hold(Hypothesis((fact,), source, line), fact)

    def _named_in_sentence(self) -> list[s.Syntax]:
        """The names that stand alone in the sentence: "with respect to w and b"."""
        found: list[s.Syntax] = []
        for formula in self.spoken.formulas:
            parsed = self.formulas.get(id(formula))
            for row in parsed.rows if parsed is not None else ():
                items = row.body.items if isinstance(row.body, s.List) else (row.body,)
                found.extend(item for item in items if isinstance(item, s.Name | s.Scripts))
        return found

    def _sought_function(self, name: str) -> Definition | None:
        """The number that was defined last of those that are made of a name, whose slope is open.

        None where the text has written down the slope of it.
        """
        leading = [
            d
            for d in self.definitions.values()
            if d.name in self.scope.entries
            and not d.indices
            and not self.scope.entries[d.name].real
            and self._leads(d.name, name)
        ]
        if not leading or (self.slope is not None and differentiated(self.slope[0])):
            return None
        constrained = "agrang" in self.document.text or self._is_constrained(name)
        self.apart = self.apart or (len(leading) > 1 and not constrained)  # which one is meant?
        return leading[-1]

    def _only_at_optimum(self, step: Step) -> None:
        """Refuses ``p_k = -n_k / c`` of a p that is sought: where a derivative is 0, unwritten.

        The text sets "the derivative to zero", or has put a constraint on p.  Every open name that
        only this function is made of, such as a multiplier, is sought as well.
        """
        found = head(unmarked(step.left) or step.left, self.names)
        if found is None or not step.first or self.optimum or found.name in self.scope.entries:
            return
        if found.applied or step.cue or self.solution is not None or holds_derivative(step.right):
            return
        sought = [name for name in self.scope.entries if self._leads(name, found.name)]
        if not sought or not (
            prose.sets_to_zero(self.sentence.text) or self._is_constrained(found.name)
        ):
            return
        below = {name: {name, *names(self.definitions[name].body), *self.reach.get(name, ())}
                 for name in self.definitions}  # fmt: skip
        function = sought[-1]
        others = [made for name, made in below.items() if name not in below.get(function, ())]
        alone = below.get(function, set()).difference(*others) - self.scope.entries.keys()
        self.moved.update({found.name, *alone})
        self.stationary = self.stationary or r"\text{a derivative is 0 that is not written}"
        raise OutOfReach(f"it holds only where {readable(self.stationary)}")

    def _is_constrained(self, name: str) -> bool:
        """Whether the text seeks where a function is least or largest, with a constraint on p."""
        return any(
            prose.says_constraint(held.said)
            and not held.left
            and any(name in fact_names(fact) for fact in held.hypothesis.facts)
            for held in self.held
        )

    def _formals(self, sloped: s.Syntax) -> frozenset[str]:
        """The arguments of what is differentiated: the w of L'(w), and of nabla L after L(w)."""
        entry = self.scope.entry(differentiated(sloped))
        applied = (arguments(n.body) or () for n in walk(sloped) if isinstance(n, s.Group))
        written = (reference(one, self.names) for listed in applied for one in listed
                   if isinstance(one, s.Name | s.Scripts))  # fmt: skip
        found = frozenset(one.name for one in written if one is not None)
        return found.union(entry.formals if entry is not None else ())

    def _set_to_be_zero(self, step: Step, source: str, elaborator: Elaborator) -> None:
        """The equation holds where something is least, which is where the text is from here on."""
        self.stationary = source
        left, right = self._try(step.left, elaborator), self._try(step.right, elaborator)
        fact = None
        if left is not None and right is not None and not holds_derivative(step.left):
            zero = isinstance(right.term, Number) and right.term.value == 0
            if zero or len(left.axes) == len(right.axes):
                parts = [left] if zero else [left, elaborator.tensors.negative(right)]
                fact = solved(elaborator.tensors.add(parts).term, self.moved)
        known = self.slope is not None and spelling(self.slope[0]) == spelling(step.left)
        if fact is None and known and self._slope_is_zero():
            self._supposed(step)  # "Setting dJ/db = 0", of the dJ/db that was worked out
            return
        if fact is None:
            self.unsolved = self._section()
            self._antecedent(step)
            return
        hypothesis = Hypothesis((fact,), source, self.document.place(step.span).line)
        self._hold(hypothesis, fact)
        self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)

    def _slope_is_zero(self) -> bool:
        """Supposes that the derivative that was worked out last is 0; whether that can be used."""
        if self.slope is None:
            return False
        value = self.slope[1]
        found = self._try(value, self._elaborator())
        fact = (
            solved(found.term, self.moved)
            if found is not None and not holds_derivative(value)
            else None
        )
        if fact is None:
            return False
        source = f"{self._text(value.span)} = 0"
        self._hold(Hypothesis((fact,), source, self.document.place(value.span).line), fact)
        self.stationary = source
        return True

    def _hold(self, hypothesis: Hypothesis, fact: Equation) -> None:
        """Keeps what holds where the text is from here on."""
        # Another loss has another optimum: what was said of the same quantity holds no longer.
        self.optimum = [h for h in self.optimum if not _about(h.hypothesis, fact.left)]
        if self.optimum and self.least and self.sloped != self.least:
            self.optimum, self.apart = [], True  # and nothing is where both of them are least
        self.least = self.sloped
        self.optimum.append(Held(hypothesis, self._level_here()))
        self.away = False
        for held in self.held:
            if not held.left:
                self._put_together(held.hypothesis)

    def _put_together(self, given: Hypothesis) -> None:
        """What a constraint says where derivatives are 0: the multiplier of a Lagrangian."""
        for held in tuple(self.optimum):
            for fact in held.hypothesis.facts:
                for constraint in given.facts if len(given.facts) == 1 else ():
                    if isinstance(fact, Equation) and isinstance(constraint, Equation):
                        found = put_into(constraint, fact)
                        if found is not None:
                            source = f"{given.source}, \\quad {held.hypothesis.source}"
                            both = Hypothesis((found,), source, held.hypothesis.line)
                            self.optimum.append(Held(both, held.level))
                            self.contained[given] = both

    def _at_optimum(self, step: Step) -> tuple[Hypothesis, ...]:
        """What holds where the text has set derivatives to zero, for what differentiates nothing.

        For where all of them vanish a derivative could be called whatever is 0.
        """
        if holds_derivative(step.left) or holds_derivative(step.right):
            return ()
        if self.optimum and self._is_away():
            return ()
        return tuple(held.hypothesis for held in self.optimum)

    def _is_away(self) -> bool:
        """Whether the text has left the place where it set derivatives to 0."""
        return self.away or self._leaves_behind()

    def _leaves_behind(self) -> bool:
        raise NotImplementedError

    def _aligned(
        self, a: Value, b: Value, elaborator: Elaborator, what: str = "equation"
    ) -> tuple[Value, Value]:
        raise NotImplementedError

    def _ends_sentence(self) -> bool:
        """Whether nothing follows in the sentence."""
        raise NotImplementedError

    def _concludes(self, step: Step) -> bool:
        """``w = sum_i a_i x_i``, where w minus that sum was set to zero: no definition of w."""
        found = head(step.left, self.names)
        if found is None or not step.first or self.scope.defined(found.name):
            return False
        if holds_derivative(step.right):
            return False
        moved = found.name in self.moved
        facts_ = (fact for held in self.optimum for fact in held.hypothesis.facts)
        return any(
            (isinstance(fact.left, Variable) and fact.left.name == found.name)
            or (moved and found.name in fact_names(fact))
            for fact in facts_
            if isinstance(fact, Equation)
        )

    def _solved_in_words(self, step: Step) -> bool:
        """``dL/dm = a = 0``, "which gives m = ...": the derivative is set to 0."""
        if self.claimed is None or not holds_derivative(self.claimed[0]):
            return False
        words, solution = (*self.following, None, None)[:2]
        if isinstance(words, Break):
            words, solution = (*self.after[1:3], None, None)[:2]
        if not isinstance(words, Prose) or not isinstance(solution, Formula):
            return False
        body = self.formulas[id(solution)].opening
        if not isinstance(body, s.Chain) or body.first is None:
            return False
        if not prose.solves(words.text) and words.text.strip() not in (",", ";"):
            return False
        by = self._derived_by(self.claimed[0])
        found = reference(unmarked(body.first) or body.first, self.names)
        named = {n.text for n in walk(body.first) if isinstance(n, s.Name)}
        if step.item.display:
            return any(name in text for name in by for text in named)
        return not step.first and found is not None and found.name in by

    def _derived_by(self, sloped: s.Syntax) -> frozenset[str]:
        """What a derivative is by: the w of dE/dw, of E'(w) and of nabla E."""
        slopes = [n for n in walk(sloped) if isinstance(n, s.Differentiation)]
        by = {
            n.text
            for one in slopes
            for v in one.variables
            for n in walk(v)
            if isinstance(n, s.Name)
        }
        return frozenset(by) if by else self._formals(sloped)

    def _sought(self, step: Step) -> bool:
        """``dL/db = a = 0`` of an L that is to be minimised."""
        begun = self.claimed is not None and isinstance(self.claimed[0], s.Differentiation)
        if step.first or not begun or not step.item.display or holds_derivative(step.left):
            return False
        return prose.seeks_extreme(self.recent + self.sentence.text)

    def _may_be_set(self, step: Step) -> str:
        """``dL/dm = a = 0``: at the end of a chain, 0 is often what a derivative is set to.

        ``0 = dL/dm`` is hardly written for anything else, nor is ``0 = a`` after a slope.
        """
        if isinstance(step.left, s.Numeral) and step.left.text == "0":
            sloped = self.slope is not None and step.first and step.item.display
            if holds_derivative(step.right) or sloped:
                return "it may be what the derivative is set to, and no claim"
        zero = isinstance(step.right, s.Numeral) and step.right.text == "0"
        begun = self.claimed is not None and isinstance(self.claimed[0], s.Differentiation)
        if zero and begun and not step.first and step.item.display:
            return "it may be what the derivative is set to, and no claim"
        return ""

    def _is_alternative(self, step: Step) -> str:
        """``D = 0``, ``D < 0`` and ``D > 0`` as rows under one brace are cases, and no claims.

        And so are the sides of ``x = a \\text{ or } b = c``, and what the next row says of them.
        """
        if self._meets_or(step):
            return "it may be said of one of the cases between which there stands an or"
        if SYSTEM.match(step.item.content) is None:
            return ""
        rows = self.formulas[id(step.item)].rows
        signs = [
            n.rest[0][0].text
            for row in rows
            for n in walk(row.body)
            if isinstance(n, s.Chain) and n.first is not None
            if spelling(n.first) == spelling(step.left)
        ]
        several = len(signs) > 1 and not {"<", ">", "<=", ">="}.isdisjoint(signs)
        return "it is one of several cases" if several else ""

    def _meets_or(self, step: Step) -> bool:
        """Whether one of the sides stands in a row of a display in which there is an "or"."""
        start = step.item.span.start
        text = self.document.text[start : step.item.span.end]
        for word in OR.finditer(text) if step.item.display else ():
            begin = text.rfind("\\\\", 0, word.start()) + 1
            end = text.find("\\\\", word.end())
            first, last = step.left.span.start - start, step.right.span.end - start
            if last > begin and (end < 0 or first < end):
                return True
        return False

    def _local_facts(
        self,
        step: Step,
        conditions: Sequence[s.Syntax],
        elaborator: Elaborator,
        *terms: Term,
    ) -> tuple[Hypothesis, ...]:
        """The conditions in force at a step, about the letters that stand in it."""
        letters = {i.name for t in terms for i in free_indices(t)}
        letters.update(c.letter for c in self.correct if c.correct)
        # "Let t_k = 1. Then for i != k, □": k is the letter of what was supposed
        letters.update(
            i.name for h in self.held for fact in h.hypothesis.facts for i in facts.indices_of(fact)
        )
        found: list[Hypothesis] = []
        own = [*conditions]
        if step.row.condition is not None:
            own.append(step.row.condition)
        around = [c for section in self.sections for c in section.conditions]
        for condition in (*around, *([self.case] if self.case else []), *self.passing):
            if not any(same_letters(condition.syntax, mine) for mine in own):
                self._instance(condition, elaborator, letters, found)
        line = self.document.place(step.span).line
        for syntax in own:
            stated = self._row_condition(syntax, elaborator)
            if stated:
                hypothesis = Hypothesis(stated, self._text(syntax.span), line)
                reason = prose.gives_reason(*_texts(syntax))
                if reason and self._is_claimed(step, syntax, stated, terms, elaborator):
                    continue
                self._allowed(stated)
                found.append(self._reason(syntax, hypothesis) if reason else hypothesis)
        own_values = tuple(
            Hypothesis((f,), f"{latex(f.right)} \\text{{ varies on its own}}")
            for f in elaborator.supposed
        )
        return (*found, *self.passing_facts, *own_values)

    def _row_condition(self, syntax: s.Syntax, elaborator: Elaborator) -> tuple[Fact, ...]:
        if prose.denies_condition(*_texts(syntax)):
            raise OutOfReach("it is said under a condition that is denied")
        if not any(isinstance(n, s.Chain) for n in walk(syntax)):
            words = {w.strip(".,;:()").lower() for text in _texts(syntax) for w in text.split()}
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
                match piece:
                    case s.Chain(_, first, ((s.RelationSign(_, "in"), right),)) if first and right:
                        stated += self._membership(first, right)
        if isinstance(syntax, s.Sequence):
            stated = elaborator.condition(
                s.Sequence(
                    syntax.span,
                    tuple(i for i in syntax.items if isinstance(i, s.Chain | s.Text | s.List)),
                )
            )
        return stated

    def _is_claimed(
        self,
        step: Step,
        syntax: s.Syntax,
        stated: tuple[Fact, ...],
        terms: Sequence[Term],
        elaborator: Elaborator,
    ) -> bool:
        """A reason about a defined name, and a rule of calculus, is claimed, and not used."""
        for fact in stated:
            if isinstance(fact, Equation) and (
                not (self._about_data(fact.left) and self._about_data(fact.right))
                or self._is_rule(fact, terms)
            ):
                left, sign, right = _sides(syntax)
                texts = (self._text(left.span), self._text(sign.span), self._text(right.span))
                inner = replace(step, texts=texts, span=syntax.span, first=False, reasons=())
                self._claim(inner, fact.left, "=", fact.right, (), elaborator)
                return True
        return False

    def _is_rule(self, fact: Equation, terms: Sequence[Term]) -> bool:
        """``since \\log 1 = 0``, ``since \\log(a / b) = \\log a - \\log b``: true of all numbers.

        What it is about stands nowhere in the step that it is the reason for.
        """
        parts = [part for side in (fact.left, fact.right) for part in subterms(side)]
        about = names(fact.left) | names(fact.right)
        if not about:
            return not any(isinstance(part, Size) for part in parts)
        if not any(isinstance(part, Function) for part in parts):
            return False
        pending, reached = [name for term in terms for name in names(term)], set[str]()
        while pending:
            if (name := pending.pop()) not in reached:
                reached.add(name)
                entry = self.scope.entry(name)
                pending.extend(names(entry.value.term) if entry is not None else ())
        return about.isdisjoint(reached)

    def _claim(
        self,
        step: Step,
        left: Term,
        relation: Relation,
        right: Term,
        local: tuple[Hypothesis, ...],
        elaborator: Elaborator,
    ) -> None:
        raise NotImplementedError

    def _allowed(self, stated: tuple[Fact, ...]) -> None:
        """A row may suppose a value of data only: of a defined name it would be a claim."""
        for fact in stated:
            plain = (
                self._about_data(fact.left) and self._about_data(fact.right)
                if isinstance(fact, Equation)
                else not isinstance(fact, Sign) or self._may_be_of_either_sign(fact.term)
            )
            if not plain:
                raise OutOfReach("a condition about a name that is defined")

    def _may_be_of_either_sign(self, term: Term) -> bool:
        """Whether a case may be told by the sign of a term: of data, or of what is defined."""
        if any(isinstance(part, Derivative) for part in subterms(term)):
            return False
        open_ = (name for name in names(term) if not self.scope.defined(name))
        return bool(names(term)) and not any(name in self.known.dependents for name in open_)

    def _reason(self, syntax: s.Syntax, hypothesis: Hypothesis) -> Hypothesis:
        """``(since sum t = 1)`` beside a row: a fact about data, from there on."""
        general = replace(hypothesis, facts=facts.every_letter(hypothesis.facts))
        if not any(h.hypothesis.facts == general.facts for h in self.held):
            self.held.append(Held(general, self._level() if self._in_a_case() else 0))
            left, sign, right = _sides(syntax)
            texts = tuple(self._text(x.span) for x in (left, sign, right))
            self._state("hypothesis", syntax.span, *texts, hypothesis=general)
        return general

    def _in_a_case(self) -> bool:
        return bool(any(x.conditions for x in self.sections) or self.case or self.passing)

    def _instance(
        self,
        condition: Condition,
        elaborator: Elaborator,
        letters: set[str],
        found: list[Hypothesis],
    ) -> None:
        try:
            stated = elaborator.condition(condition.syntax)
        except Trouble as trouble:
            if any(isinstance(n, s.Name) and n.text in letters for n in walk(condition.syntax)):
                raise OutOfReach(f"it is said where {readable(condition.source)}") from trouble
            return
        concerned = {i.name for fact in stated for i in facts.indices_of(fact)}
        if concerned <= letters and not any(h.facts == stated for h in found):
            found.append(Hypothesis(stated, condition.source, condition.line))

    def _takes_value(self, step: Step, elaborator: Elaborator) -> bool:
        """``y = 1`` in a sentence: a case that it speaks of, or what is assumed; no definition."""
        if step.sign.text == "approx":
            raise OutOfReach(APPROXIMATION)
        if prose.leaves_out(self.sentence.tail):
            raise OutOfReach("it is the value that is not meant")
        left, right = elaborator.value(step.left), elaborator.value(step.right)
        supposed = step.cue in ("if", "case") and self._is_open_yet(left.term)
        if not (supposed or self._about_data(left.term)):
            return False
        if step.cue == "" and prose.concludes_at_once(self.sentence.tail):
            raise OutOfReach("it is concluded, and from nothing that was read")
        if right.axes:
            left, right = self._aligned(left, right, elaborator)
        level = self._reach(step) if step.cue == "assume" else -1
        self._hypothesis(step, (Equation(left.term, right.term, left.axes),), level)
        return True

    def _component_of_data(
        self, found: Head, value: Value, step: Step, elaborator: Elaborator
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
        ones = self._ones_of(found.name)
        zero = value.term is Number(Fraction(0)) and left.term != ones  # "for others, t_k = 0"
        if zero and prose.says_others(self.sentence.tail):
            others = facts.hot(ones) if ones is not None else None
            if others is None:  # than which is not said
                self._supposed(step)
                return True
            fact = others
        bare = bool(left.axes) or step.cue in ("if", "case")
        self._hypothesis(step, (fact,), -1 if bare else self._level())
        return True

    def _is_otherwise_in_example(self, fact: Fact) -> bool:
        """``p_3 = 0.6`` after ``p = (0.1, 0.2, 0.7)``, of which it is no rounding."""
        match fact:
            case Equation(Variable(name, (Position(place, _),)), Number(value)):
                pass
            case Equation(Variable(whole, ()), Number(value)) if (
                parted := _NUMBERED.fullmatch(whole)
            ) is not None:
                name, place = parted[1], int(parted[2])
            case _:
                return False
        listed = self.examples.get(name, ())
        given = listed[place - 1] if 0 < place <= len(listed) else None
        if not isinstance(given, s.Numeral) or len(given.text) > 30 or "e" in given.text.lower():
            return False
        digits = len(str(float(value)).partition(".")[2])
        return abs(Fraction(given.text) - value) > Fraction(1, 2 * 10 ** min(digits, 9))

    def _ones_of(self, name: str) -> Variable | None:
        """The component of which was said last that it is 1."""
        for held in reversed(self.held):
            for fact in held.hypothesis.facts:
                match fact:
                    case Equation(Variable(other, (Index(),)) as one, Number(value), ()) if (
                        other == name and value == 1
                    ):
                        return one
                    case Equation(Variable(other, _), Delta(_, Index() as at), _) if other == name:
                        return Variable(name, (at,))
        return None

    def _only_one(self, step: Step, component: Term, value: Term) -> Fact | None:
        """What "since $t_k = 1$" says of the other components of a one-hot t."""
        if step.cue != "since" or value is not Number(Fraction(1)):
            return None
        if not (isinstance(component, Variable) and component.indices):
            return None
        return self._hot(component)

    def _hot(self, component: Variable) -> Fact | None:
        """``t_k = 1`` for a one-hot t says what all components are: t_i = delta_ik."""
        one_hot = any(
            h.hypothesis.source == facts.one_hot_source(component.name) for h in self.held
        )
        at = component.indices[-1] if component.indices else None
        if one_hot and _ONLY.search(self.sentence.tail) and isinstance(at, Index):
            self._is_class(at)
        return facts.hot(component) if one_hot else None

    def _is_class(self, at: Index) -> None:
        """Keeps that the letter is the class of the labels, which are one-hot."""
        line = self.scope.line
        said = f"{at.name} \\text{{ is the correct class}}"
        self.correct = [c for c in self.correct if c.letter != at.name]
        self.correct.append(CorrectClass(at.name, True, said, line, 0))


def _is_usual_constraint(a: Term, b: Term) -> bool:
    """``sum_i t_i = 1``, ``t_i^2 = t_i``: a polynomial is a number or a variable."""
    atomic = isinstance(a, (Variable, Number, Size)) or isinstance(b, (Variable, Number, Size))
    return atomic and all(_is_polynomial(part) for term in (a, b) for part in subterms(term))


def _is_polynomial(part: Term) -> bool:
    match part:
        case Pow(_, Number(exponent)):
            return exponent > 0 and exponent.denominator == 1
        case Pow() | Function() | Application() | Derivative():
            return False
    return True


def _values_of(hypothesis: Hypothesis) -> Iterator[tuple[Term, Fraction]]:
    """The numbers that a hypothesis gives, and the 1 of a one-hot label."""
    for fact in hypothesis.facts:
        match fact:
            case Equation(Variable() | Size() as one, Number(value), ()):
                yield one, value
            case Equation(Variable(name, (*rows, _)), Delta(_, Index() as at), _):
                yield Variable(name, (*rows, at)), Fraction(1)


def _of_same(one: tuple[Fact, ...], other: tuple[Fact, ...]) -> bool:
    """Whether two suppositions give the same quantity different values, or signs."""
    match one, other:
        case (Equation(a, Number() as x),), (Equation(b, Number() as y),):
            return a == b and x != y
        case (Sign(a, sign),), (Sign(b, again),):
            return a == b and sign != again
    return False


def _signed(stated: tuple[Fact, ...]) -> frozenset[str]:
    """The names that signs are about: "when r > d, □, and when r < -d, □"; none for others."""
    if not all(isinstance(fact, Sign) for fact in stated):
        return frozenset()
    return frozenset().union(*map(fact_names, stated))


def _texts(syntax: s.Syntax) -> list[str]:
    return [n.text for n in walk(syntax) if isinstance(n, s.Text)]


def _sides(syntax: s.Syntax) -> tuple[s.Node, s.Node, s.Node]:
    """Both sides and the sign of the first comparison within."""
    for node in walk(syntax):
        if isinstance(node, s.Chain) and node.first is not None and node.rest[0][1] is not None:
            return node.first, node.rest[0][0], node.rest[0][1]
    return syntax, syntax, syntax


def _is_lost(held: Held, lost: frozenset[str]) -> bool:
    """Whether a hypothesis was supposed with words of which a sentence says that they do not hold.

    ``lost``: how these words begin.
    """
    normal = _NORMAL in lost and _normalises(held)
    return normal or any(stem in held.said.lower() for stem in lost)


def _normalises(held: Held) -> bool:
    """Whether a hypothesis says that a sum is 1."""
    return any(
        isinstance(fact, Equation) and isinstance(fact.left, Sum) and fact.right == facts.ONE
        for fact in held.hypothesis.facts
    )


def _equates(hypothesis: Hypothesis, equal: Sequence[frozenset[str]]) -> bool:
    """Whether a hypothesis equates terms made of the same names as one of those does."""
    return any(
        isinstance(fact, Equation) and names(fact.left) | names(fact.right) in equal
        for fact in hypothesis.facts
    )


def _about(hypothesis: Hypothesis, term: Term) -> bool:
    """Whether a hypothesis says what a term of these names is."""
    return any(
        isinstance(fact, Equation) and names(fact.left) == names(term) for fact in hypothesis.facts
    )
