"""Hypotheses: what introduces them, how long they hold, which concern a step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from derive.logic.problem import Equation, Fact, Hypothesis, Relation, Sign
from derive.logic.terms import (
    Application,
    Delta,
    Derivative,
    Function,
    Index,
    Number,
    Pow,
    Size,
    Term,
    Variable,
    alpha_equal,
    free_indices,
    names,
    subterms,
)
from derive.meaning import facts, mentioned, prose
from derive.meaning.definitions import Head, head
from derive.meaning.elaborate import Elaborator
from derive.meaning.names import reference
from derive.meaning.notation import latex, readable
from derive.meaning.rounding import APPROXIMATION, numbered
from derive.meaning.spelling import walk
from derive.meaning.state import State
from derive.meaning.steps import (
    EQUALITIES,
    RELATIONS,
    Condition,
    Held,
    Step,
    same_letters,
)
from derive.meaning.trouble import OutOfReach, Trouble
from derive.meaning.vectors import Value
from derive.reader import syntax as s
from derive.reader.document import Break, Formula, Prose

# Equations below a brace, with nothing on the left: what they have for unknowns is to be found.
SYSTEM = re.compile(r"\s*(?:\\left\s*\\\{\s*)?\\begin\s*\{d?cases\*?\}[^&]*\\\\")


class Supposing(State):
    """Hypotheses: what introduces them, how long they hold, which concern a step."""

    def _is_hypothesis(self, step: Step, a: Value, b: Value) -> bool:
        """Whether a cue introduces the equation, and it constrains nothing but data."""
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
            return cued
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
        if names(a) == names(b):
            return usual
        return usual or governed

    def _normalises(self, step: Step) -> bool:
        """``\\sum_k p_k = 1`` of data says what is given, in whatever words."""
        one = isinstance(step.right, s.Numeral) and step.right.text == "1"
        chain = step.row.body
        alone = step.first and isinstance(chain, s.Chain) and len(chain.rest) == 1
        summed = self._summed(step.left)
        said = prose.says_distribution(self.sentence.text) and not step.item.display
        return one and alone and bool(summed) and (step.cue == "since" or said)

    def _summed(self, node: s.Syntax) -> str:
        """The name p of ``\\sum_k p_k`` and ``\\sum_x p(x)``; "" for any other syntax."""
        match node:
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
        if step.cue == "assume" or mentioned.passing(self.sentence.text):
            return self._level_here()
        if any(section.conditions for section in self.sections) or self.case or self.passing:
            return self._level()
        return 0

    def _hypothesis(self, step: Step, stated: tuple[Fact, ...], level: int) -> None:
        if step.cue != "if" and not (
            step.first
            and isinstance(stated[0], Equation)
            and head(step.left, self.names) is not None
            and not facts.is_symmetry(stated[0])
        ):
            stated = facts.every_letter(stated)
        line = self.document.place(step.span).line
        hypothesis = Hypothesis(stated, " ".join(step.texts), line)
        if step.cue in ("", "define"):  # what an example goes on to work with
            for one, _ in numbered((hypothesis,)):
                self.example_values[repr(one)] = hypothesis
        else:
            for one, _ in numbered((hypothesis,)):
                self.case_values.setdefault(repr(one), []).append(hypothesis)
        if level < 0:
            # "if y = 1, then ..., and if y = 0, then ...": one after the other
            same = [h for h in self.passing_facts if _of_same(h.facts, hypothesis.facts)]
            self.passing_facts = [h for h in self.passing_facts if h not in same]
            if same and not self.sentence_claims:  # "y = 1 or y = 0": neither is supposed
                self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)
                return
            self.passing_facts.append(hypothesis)
        else:
            self.held.append(Held(hypothesis, level))
            if prose.follows_at_once(self.sentence.tail) or self._explains_claims(step):
                for at in self.sentence_claims:
                    claim = self.open_claims[at]
                    self.open_claims[at] = replace(claim, held=(*claim.held, hypothesis))
        self._state(
            "hypothesis", step.span, *step.texts, hypothesis=hypothesis, reasons=step.reasons
        )

    def _explains_claims(self, step: Step) -> bool:
        """``dL/dz = ..., where p = ... and sum t = 1``: the claims stand before."""
        behind = self.spoken.words[self.spoken.behind :]
        return step.cue == "define" and self.spoken.behind > 0 and prose.follows_at_once(behind)

    def _antecedent(self, step: Step) -> None:
        """``if L = 0``: what is supposed of a defined name is neither claimed nor used."""
        self.unusable = self.unusable or " ".join(step.texts)
        self._supposed(step)

    def _supposed(self, step: Step) -> None:
        """``L = 0 only if ...``: it is supposed, to see what follows, and not claimed."""
        line = self.document.place(step.span).line
        hypothesis = Hypothesis((), " ".join(step.texts), line)
        self._state("hypothesis", step.span, *step.texts, hypothesis=hypothesis)

    def _solves(self, step: Step, elaborator: Elaborator) -> bool:
        """``dL/dm = 0``, set to zero to find where it is, and what is concluded for m.

        Neither is an identity: the first is supposed, the second holds there only.
        """
        zero = isinstance(step.right, s.Numeral) and step.right.text == "0"
        if zero and (self.solved or self._solved_in_words(step)):  # "dL/dm = ... = 0 => m = ..."
            self.stationary = " ".join(step.texts)
            self._antecedent(step)
            return True
        sets = prose.sets_to_zero(self.sentence.text)
        primed = any(isinstance(n, s.Scripts) and n.primes for n in walk(step.left))
        if zero and primed and (sets or prose.sets(self.sentence.text)):
            self.stationary = self._text(step.span)
            self._antecedent(step)
            return True
        gradient = step.left if zero and isinstance(step.left, s.Differentiation) else None
        if gradient is not None and prose.sets(self.sentence.text):
            by = (reference(variable, self.names) for variable in gradient.variables)
            self.moved.update(found.name for found in by if found is not None)
            self.stationary = self._text(step.span)
            self._antecedent(step)
            return True
        if sets and (zero or "zero" in self.sentence.text.lower()):
            a, b = self._try(step.left, elaborator), self._try(step.right, elaborator)
            derivative = isinstance(step.left, s.Differentiation) and not zero
            moved = a is not None and b is not None and (names(a.term) | names(b.term)) & self.moved
            fresh = head(step.left, self.names)
            if derivative or not moved or (fresh is not None and fresh.name not in self.used):
                return False
            self.stationary = " ".join(step.texts)
            self._antecedent(step)
            return True
        if not self.stationary or step.cue in ("since", "assume", "if", "define", "case"):
            return False
        found = head(step.left, self.names)
        solution = found is not None and found.name in self.moved and step.first
        if isinstance(step.left, s.Differentiation):
            self.stationary = ""
        elif solution and not self.scope.defined(found.name if found is not None else ""):
            raise OutOfReach(f"it holds only where {readable(self.stationary)}")
        elif step.first and found is None:
            a, b = self._try(step.left, elaborator), self._try(step.right, elaborator)
            if a is not None and b is not None and (names(a.term) ^ names(b.term)):
                concludes = prose.concludes(self.sentence.text)
                if concludes or (self._about_data(a.term) and self._about_data(b.term)):
                    raise OutOfReach(f"it holds only where {readable(self.stationary)}")
        return False

    def _solved_in_words(self, step: Step) -> bool:
        """``dL/dm = a = 0``, "which gives m = ...": the derivative is set to 0."""
        if self.claimed is None or not isinstance(self.claimed[0], s.Differentiation):
            return False
        words, solution = (*self.following, None, None)[:2]
        if isinstance(words, Break):
            words, solution = (*self.after[1:3], None, None)[:2]
        if not isinstance(words, Prose) or not isinstance(solution, Formula):
            return False
        rows = self.formulas[id(solution)].rows
        body = rows[0].body if rows else None
        if not isinstance(body, s.Chain) or body.first is None or not prose.solves(words.text):
            return False
        by = {n.text for v in self.claimed[0].variables for n in walk(v) if isinstance(n, s.Name)}
        solved = {n.text for n in walk(body.first) if isinstance(n, s.Name)}
        return step.item.display and any(name in text for name in by for text in solved)

    def _may_be_set(self, step: Step) -> str:
        """``dL/dm = a = 0``: at the end of a chain, 0 is often what a derivative is set to."""
        zero = isinstance(step.right, s.Numeral) and step.right.text == "0"
        begun = self.claimed is not None and isinstance(self.claimed[0], s.Differentiation)
        if zero and begun and not step.first and step.item.display:
            return "it may be what the derivative is set to, and no claim"
        return ""

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
                if reason and self._is_claimed(step, syntax, stated, elaborator):
                    continue
                self._allowed(stated)
                found.append(self._reason(syntax, hypothesis) if reason else hypothesis)
        own_values = tuple(
            Hypothesis((f,), f"{latex(f.right)} \\text{{ varies on its own}}")
            for f in elaborator.supposed
        )
        return (*found, *self.passing_facts, *own_values)

    def _row_condition(self, syntax: s.Syntax, elaborator: Elaborator) -> tuple[Fact, ...]:
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
        if isinstance(syntax, s.Sequence):
            stated = elaborator.condition(
                s.Sequence(
                    syntax.span,
                    tuple(i for i in syntax.items if isinstance(i, s.Chain | s.Text | s.List)),
                )
            )
        return stated

    def _is_claimed(
        self, step: Step, syntax: s.Syntax, stated: tuple[Fact, ...], elaborator: Elaborator
    ) -> bool:
        """A reason about a defined name is claimed, and not used."""
        for fact in stated:
            if isinstance(fact, Equation) and not (
                self._about_data(fact.left) and self._about_data(fact.right)
            ):
                left, sign, right = _sides(syntax)
                texts = (self._text(left.span), self._text(sign.span), self._text(right.span))
                inner = replace(step, texts=texts, span=syntax.span, first=False, reasons=())
                self._claim(inner, fact.left, "=", fact.right, (), elaborator)
                return True
        return False

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
        """A row may only suppose something of data: of a defined name it would be a claim."""
        for fact in stated:
            terms = (
                (fact.left, fact.right)
                if isinstance(fact, Equation)
                else (fact.term,)
                if isinstance(fact, Sign)
                else ()
            )
            if not all(map(self._about_data, terms)):
                raise OutOfReach("a condition about a name that is defined")

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
        except Trouble:
            return
        concerned = {i.name for fact in stated for i in facts.indices_of(fact)}
        if concerned <= letters and not any(h.facts == stated for h in found):
            found.append(Hypothesis(stated, condition.source, condition.line))

    def _takes_value(self, step: Step, elaborator: Elaborator) -> bool:
        """``y = 1`` in a sentence: a case that it speaks of, or what is assumed; no definition."""
        if step.sign.text == "approx":
            raise OutOfReach(APPROXIMATION)
        left, right = elaborator.value(step.left), elaborator.value(step.right)
        supposed = step.cue in ("if", "case") and self._is_open_yet(left.term)
        if not (supposed or self._about_data(left.term)):
            return False
        if step.cue == "" and prose.concludes_at_once(self.sentence.tail):
            raise OutOfReach("it is concluded, and from nothing that was read")
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
        if value.term is Number(Fraction(0)) and prose.says_others(self.sentence.tail):
            ones = self._ones_of(found.name)
            others = facts.hot(ones) if ones is not None else None
            if others is None:  # than which is not said
                self._supposed(step)
                return True
            fact = others
        bare = bool(left.axes) or step.cue in ("if", "case")
        self._hypothesis(step, (fact,), -1 if bare else self._level())
        return True

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

    def _hot(self, component: Variable) -> Fact | None:
        """``t_k = 1`` for a one-hot t says what all components are: t_i = delta_ik."""
        one_hot = any(
            h.hypothesis.source == facts.one_hot_source(component.name) for h in self.held
        )
        return facts.hot(component) if one_hot else None


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


def _of_same(one: tuple[Fact, ...], other: tuple[Fact, ...]) -> bool:
    """Whether two suppositions give the same quantity different values, or signs."""
    match one, other:
        case (Equation(a, Number() as x),), (Equation(b, Number() as y),):
            return a == b and x != y
        case (Sign(a, sign),), (Sign(b, again),):
            return a == b and sign != again
    return False


def _texts(syntax: s.Syntax) -> list[str]:
    return [n.text for n in walk(syntax) if isinstance(n, s.Text)]


def _sides(syntax: s.Syntax) -> tuple[s.Node, s.Node, s.Node]:
    """Both sides and the sign of the first comparison within."""
    for node in walk(syntax):
        if isinstance(node, s.Chain) and node.first is not None and node.rest[0][1] is not None:
            return node.first, node.rest[0][0], node.rest[0][1]
    return syntax, syntax, syntax
