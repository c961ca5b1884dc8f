"""Definitions: by an equation, below a derivative, by what a step replaces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from string import ascii_uppercase

from derive.logic.problem import (
    Definition,
    Equation,
    Fact,
    Hypothesis,
    Sign,
)
from derive.logic.terms import (
    Add,
    Application,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Mul,
    Number,
    Position,
    Pow,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
    children,
    free_indices,
    names,
    rebuild,
    substitute,
    subterms,
)
from derive.meaning import leaving, mentioned, prose, referring
from derive.meaning.alternatives import tells_of_the_rest
from derive.meaning.choices import Choice
from derive.meaning.conditions import is_threshold
from derive.meaning.contrasts import opening
from derive.meaning.definitions import Head, define, head, of_the_next
from derive.meaning.doubtful import MOMENTS
from derive.meaning.elaborate import Elaborator
from derive.meaning.facts import fact_names
from derive.meaning.folding import MOST_FOLDED, folded
from derive.meaning.instances import instance
from derive.meaning.inverses import made_of
from derive.meaning.limited import Limit, compares, letters_of, restricting
from derive.meaning.names import (
    LAYERS,
    Reference,
    base_name,
    numbers,
    reference,
    unbraced,
)
from derive.meaning.noise import noise_term
from derive.meaning.notation import latex, readable, shown
from derive.meaning.optimum import holds_derivative, solved, unmarked
from derive.meaning.outcomes import WEIGHT
from derive.meaning.plainly import said_in_passing
from derive.meaning.rounding import APPROXIMATION, numbered
from derive.meaning.scope import Entry
from derive.meaning.shapes import transposed
from derive.meaning.solving import Solving
from derive.meaning.spelling import spelling, walk, walk_values
from derive.meaning.standing import Standing
from derive.meaning.state import LOSSES
from derive.meaning.statement import position
from derive.meaning.steps import EQUALITIES, Branch, Held, Step, infers, is_number
from derive.meaning.substituted import named_part, replaced
from derive.meaning.survey import USUAL_FUNCTIONS
from derive.meaning.trouble import OutOfReach, Trouble, WrongShape
from derive.meaning.vectors import Value
from derive.reader import syntax as s
from derive.reader.document import Break, Formula, Prose

# What a text calls a function before it says which: f, F, \\hat f, \\mathcal{F}, f_\\theta.
_MODEL = re.compile(r"(?:\\(?:hat|mathcal|mathbf|bar)\{?)?\{?[fF]\}?\}?(?:_.*)?")
ANEW = "is defined anew from here on"

ERRORS = frozenset(("e", "err", "error"))

CAPITALS = frozenset(ascii_uppercase)

_AT_AN_EXTREME = re.compile(r"\^\{\*\}|_\{?\\?(?:\w+\{)?(?:max|min)\}*")


NAMING = ("=:",)
"""Signs that give a name to what stands before them."""


class Defining(Solving):
    """Definitions: by an equation, below a derivative, by what a step replaces."""

    def _defines(self, step: Step, elaborator: Elaborator) -> bool:
        if self._defines_square(step, elaborator) or self._defines_logarithm(step, elaborator):
            return True
        if self._defines_next(step, elaborator) or self._keeps_backward(step):
            return True
        if self._defines_noise(step, elaborator):
            return True
        found = self._primed_name(head(step.left, self.names))
        if found is None:
            return False
        if found.name == "\\Gamma" and found.applied and _counts(step.right):
            raise OutOfReach("the gamma function has a meaning of its own")
        self._frees(found, step)
        if self._has_meaning_in_sentence(found.name, step, len(self.statements)):
            return False
        anew = not self._open(found.name, step)
        if anew and not self._anew(found, step, elaborator):
            return False
        if not anew and self._claims_a_case(found, step, elaborator):
            return True
        if not found.applied and self._is_value_of_varied(found, step):
            self._example(step)
            return True
        if not anew and self._follows_from_a_hypothesis(found, step):
            return False
        if not anew and (self._is_stated_of_both(step) or self._is_theorem(found, step)):
            return False
        if found.reference.indices and prose.names_one_position(self.sentence.text):
            if self._formula_before() in map(spelling, found.reference.indices):
                raise OutOfReach("it is said of one position, which no definition expresses")
        if found.applied and self._is_said_at(found):
            raise OutOfReach("it is said at one point, which no definition expresses")
        if not found.applied and step.cue in ("", "if", "case"):
            plainly = is_number(step.right) or reference(step.right, self.names) is not None
            if prose.hedges(self.sentence.text) and (plainly or found.name in self._before()):
                raise OutOfReach("it is said of some cases, and defines nothing")
        if not anew and self._is_of_what_varies(found, step):
            raise OutOfReach("it may hold only where a derivative is 0")
        if not anew and self._is_where_something_is_least(step):
            raise OutOfReach("it holds only where something is least or largest")
        chain = step.row.body
        several = isinstance(chain, s.Chain) and len(chain.rest) > 1
        if step.cue == "if" and several and not found.applied:
            return False  # "if p = q = 0": both are supposed
        if step.cue == "" and several and not step.item.display and isinstance(chain, s.Chain):
            members = [member for _, member in chain.rest]
            names_ = all(isinstance(member, s.Name | s.Scripts) for member in members[:-1])
            if names_ and members[-1] is not None and _is_numeral(members[-1]):
                return False  # "the best weights are u = v = 1"
        if self._is_coincidence(found, step):
            return self._takes_value(step, elaborator)
        if self._of_last_layer(found):
            return self._keeps_next(found.name, step, "it is said of the last layer only")
        if self._is_any_position(found, step):
            self._supposed(step)
            return True
        plain = not found.reference.indices and _is_numeral(step.right)
        if plain and step.cue == "if" and not (step.item.display or found.applied):
            return self._takes_value(step, elaborator)
        if (
            not found.reference.indices
            and found.name in self.names.lettered
            and (
                found.name in self.names.given
                or (not step.item.display and prose.gives_model(self.sentence.text))
            )
        ):
            line = self.document.place(step.span).line
            model = Hypothesis((), " ".join(step.texts), line)
            self._state("hypothesis", step.span, *step.texts, hypothesis=model)
            return True
        supposed = step.cue in ("since", "if", "assume")
        if supposed and mentioned.to_be_refuted(self.sentence.text):
            return False
        simple = isinstance(step.right, s.Name | s.Scripts | s.Numeral)
        known = found.name.partition("(")[0] in self.used
        passing = step.cue == "if" and isinstance(step.right, s.Name) and not step.item.display
        named = isinstance(step.right, s.Name | s.Scripts)
        both = named and not found.applied and head(step.right, self.names) is not None
        of_one = prose.fixes(self.sentence.text + self._behind())
        if both and (of_one if found.reference.indices else step.cue == "assume"):
            return False  # both are data
        if supposed and simple and not found.applied and (known or passing):
            if not self._is_moved_by(found, step.right):
                return False
        listed = len(self.formulas[id(step.item)].rows) > 1
        if step.cue == "if" and listed and known and not (found.applied or step.item.display):
            return False  # "when S = 1, P = (F - 1) / 2": both are conditions
        if supposed and found.applied and head(step.right, self.names) is not None:
            if known or _is_at_a_point(found):
                return False
        if (supposed or step.cue == "define") and prose.restricts(self._behind()):
            raise OutOfReach("it is supposed under words that no definition expresses")
        open_ = (
            step.cue != "define"
            or prose.gives_alternatives(self.sentence)
            or prose.supposes_for_example(self.sentence)
            or prose.tells_custom(self.sentence)
            or (found.name in self.used and not prose.governs(self.sentence))
            or (prose.is_beside(self.sentence) and self._has_several_values(found.name))
            or (prose.puts_in(self.sentence) and self._is_argument(found.name))
        )
        if plain and not step.item.display and open_:
            return self._takes_value(step, elaborator)
        uncertain = step.cue != "define" or prose.tells_odds(self.sentence.text)
        if plain and not step.item.display and uncertain:
            if prose.gives_no_value(self.sentence.text, self._behind()):
                raise OutOfReach("the sentence does not say that it has this value")
        if self._is_value_at_a_place(found, step):
            return self._takes_value(step, elaborator)
        if self._is_value_of_matrix(found, step) or self._is_at_an_extreme(found, step):
            self._supposed(step)
            return True
        right = step.right if found.applied and not step.item.display else self._explicit(step)
        if right is not step.right:
            whole = self._text(right.span)
            elaborator.note(f"{readable(found.name)} is what the chain goes on with: {whole}")
        anew = anew or (found.name in self.scope.entries and self._redefines())
        return self._introduce(found, step.left, right, step, elaborator, anew)

    def _is_moved_by(self, found: Head, right: s.Syntax) -> bool:
        """``as C = A^T, c_{kj} = a_{jk}`` of a c that the document differentiates by a."""
        other = reference(right, self.names)
        by = self.known.dependents.get(found.name, frozenset())
        return other is not None and other.name in by

    def _is_said_at(self, found: Head) -> bool:
        """``f(x) = g(x)`` at ``x = 0``: of one value of an argument."""
        match self.after:
            case [Prose(text=words), Formula(display=False) as behind, *_]:
                body = self.formulas[id(behind)].opening
                if isinstance(body, s.Chain) and body.first is not None and prose.only_at(words):
                    return spelling(body.first) in map(spelling, found.formals)
        return False

    def _formula_before(self) -> str:
        """What is written in the last formula before this one, which is in prose; "" for none."""
        items = (item for item in reversed(self.document.items[: self.index]))
        found = next((item for item in items if isinstance(item, Formula)), None)
        return "" if found is None or found.display else found.content.strip()

    def _has_meaning_in_sentence(self, name: str, step: Step, made: int) -> bool:
        """``let a = 1 and a = 2``: the sentence has said what it is, and claimed nothing since.

        ``made``: how many statements stand before the step.
        """
        since = self.statements[self.sentence_from : made]
        if step.item.display:  # several displays may stand in one sentence
            here = position(self.document.place(step.item.span))
            since = [x for x in since if position(x.place) >= here]
        behind = self.after[0].text if self.after and isinstance(self.after[0], Prose) else ""
        return (
            any(d.name == name for x in since for d in x.definitions)
            and name in self.scope.entries
            and not prose.said_of_a_part(self.sentence.text, behind)
            and step.first
            and step.sign.text in ("=", "equiv")
            and not any(statement.kind == "claim" for statement in since)
            and not prose.gives_in_turn(self.sentence.text)
            and not {**self._in_force(step.row), **self._said_behind(), **self._said_before()}
        )

    def _example(self, step: Step) -> None:
        self._state(
            "definition",
            step.span,
            *step.texts,
            message="values for an example: the name keeps its general meaning",
            reasons=step.reasons,
        )

    def _is_value_of_varied(self, found: Head, step: Step) -> bool:
        """``h = \\frac{1}{1 + e^2}``, of an h that is differentiated: a value in an example."""
        if _is_numeral(step.right) or isinstance(step.right, s.Matrix):
            return False
        constants = {"\\pi", *({"e"} - self.names.quantities)}
        if self._named_in(step.right) - constants - self.names.functions:
            return False
        if not any(isinstance(node, s.Numeral) for node in walk(step.right)):
            return False
        return found.name in self._varied()

    def _varied(self) -> frozenset[str]:
        """The names that the document differentiates, or differentiates by."""
        if self.varied is None:
            sides = [
                side
                for parsed in self.formulas.values()
                for row in parsed.rows
                for node in walk(row.body)
                if isinstance(node, s.Differentiation)
                for side in (node.body, *node.variables)
                if side is not None
            ]
            found = (self._reference(side) for side in sides)
            self.varied = frozenset(r.name for r in found if r is not None)
        return self.varied

    def _is_of_each_layer(self, found: Head) -> bool:
        """``since $a^l = f(z^l)$``: what a network is made of is not said in passing."""
        above = self.names.letters | self.names.raised
        return any(
            isinstance(i, s.Name) and i.text in LAYERS and i.text in above
            for i in found.reference.indices
        )

    def _of_last_layer(self, found: Head) -> bool:
        """``\\delta^{(L)} = ...`` where l counts the layers: of the others it says nothing."""
        last = any(isinstance(i, s.Name) and i.text == "L" for i in found.reference.indices)
        counted = self.names.letters | self.names.raised
        return last and not found.applied and not counted.isdisjoint(LAYERS)

    def _is_any_position(self, found: Head, step: Step) -> bool:
        """``the class is t = c``: one of the values that t may have, in a sentence."""
        right = step.right
        return (
            not step.item.display
            and not (found.applied or found.reference.indices)
            and isinstance(right, s.Name)
            and right.text in self.names.letters
            and not self.scope.defined(right.text)
        )

    def _is_value_of_matrix(self, found: Head, step: Step) -> bool:
        """``r(A) = n`` says what the rank of this matrix is, and not of all there are.

        And ``E[z_t] = m`` what the mean of this quantity is, and ``P(A | B) = P(A)`` how two values
        of P are related.
        """
        if unbraced(found.name) in ("E", "\\mathbb{E}", "Var", "Cov") and found.formals:
            inside = {r.name for n in walk(step.right) if (r := self._reference(n)) is not None}
            written = {r.name for formal in found.formals if (r := self._reference(formal))}
            # E(w) of a y_n that is made of w is an error
            below, new = set[str](), inside & self.definitions.keys()
            while new:
                below |= new
                new = {n for name in new for n in names(self.definitions[name].body)} - below
                below |= new
                new &= self.definitions.keys()
            if written.isdisjoint(inside | below) and not self._has_slope(found):
                return True
        if self._are_values_of_one(step):
            return True
        return (
            not step.item.display
            and bool(found.formals)
            and isinstance(step.right, s.Name | s.Numeral)
            and all(isinstance(n, s.Name) and n.text in CAPITALS for n in found.formals)
        )

    def _has_several_values(self, name: str) -> bool:
        """Whether sentences give two numbers for a name, as those of two graphs."""
        found: set[str] = set()
        inline = (i for i in self.document.items if isinstance(i, Formula) and not i.display)
        for item in inline if name in self.used else ():
            for row in self.formulas[id(item)].rows:
                match row.body:
                    case s.Chain(_, s.Name() as left, ((_, right),)) if (
                        right is not None
                        and base_name(left) == unbraced(name)
                        and _is_numeral(right)
                    ):
                        found.add(spelling(right))
        return len(found) > 1

    def _is_value_at_a_place(self, found: Head, step: Step) -> bool:
        """``f(s, a_0) = 3, f(s, a_1) = 1``: what f is at two places, and at no other.

        The values stand in one formula, or in one sentence.
        """
        if not found.applied or not _is_numeral(step.right) or self.scope.defined(found.name):
            return False
        if found.name in self.valued_at:
            return True
        beside: list[Formula] = [step.item]
        for item in self.after:
            if isinstance(item, Prose) and not self.sentence.ended(item.text):
                continue
            if not isinstance(item, Formula):
                break
            beside.append(item)
        here = spelling(step.left), spelling(step.right)
        for row in (row for item in beside for row in self.formulas[id(item)].rows):
            match row.body:
                case s.Chain(_, s.Product() as left, ((_, right),)) if (
                    right is not None and _is_numeral(right) and left is not step.left
                ):
                    other = head(left, self.names)
                    same = other is not None and other.applied and other.name == found.name
                    there = spelling(left), spelling(right)
                    if same and there[0] != here[0] and there[1] != here[1]:
                        self.valued_at.add(found.name)
                        return True
        return False

    def _are_values_of_one(self, step: Step) -> bool:
        """``P(A \\mid B) = P(A)``: two values of one function, and what neither is."""
        match step.left, step.right:
            case s.Product(_, (s.Name() as one, s.Group()), ("",)), s.Product(
                _, (s.Name() as other, s.Group(_, s.Name())), ("",)
            ):
                return base_name(one) == base_name(other)
        return False

    def _is_at_an_extreme(self, found: Head, step: Step) -> bool:
        """ "the k with ``r_k = r_{\\max}``", "at ``w = w^*``": where something is, not what."""
        right = self._reference(step.right)
        if step.item.display or found.applied or right is None or right.indices:
            return False
        if right.name == "I" and found.name in self.used and step.cue not in ("assume", "if"):
            return True  # "the simplest case is S = I"
        mark = right.name.removeprefix(found.name)
        return mark != right.name and _AT_AN_EXTREME.fullmatch(mark) is not None

    def _has_slope(self, found: Head) -> bool:
        """Whether the document differentiates ``E(w)`` by w, or by its components.

        An error is differentiated by what it is a function of, and a mean by no random variable.
        """
        by = {
            base_name(n) for formal in found.formals for n in walk(formal) if isinstance(n, s.Name)
        }
        return any(
            isinstance(node, s.Differentiation)
            and (of := head(node.body, self.names)) is not None
            and unbraced(of.name) == unbraced(found.name)
            and any(
                base_name(n) in by for v in node.variables for n in walk(v) if isinstance(n, s.Name)
            )
            for parsed in self.formulas.values()
            for row in parsed.rows
            for node in walk(row.body)
        )

    def _explicit(self, step: Step) -> s.Syntax:
        """The member of ``L = prod_i P(y_i | x_i) = prod_i p_i`` that says what L is.

        Probabilities of which nothing is known and what has no term, such as an expectation, say
        less than the member after them; the equation between both is claimed all the same.
        """
        if step.sign.text not in ("=", "equiv", "assign"):
            return step.right
        others = self._members_after(step)
        formals = head(step.left, self.names)
        if others and formals is not None and formals.formals:
            fuller = self._of_more_arguments(step, others, formals.formals)
            if fuller is not None:
                return fuller
        defined = self._reference(step.left)
        missing = self.names.slots.get(defined.name, 0) - len(defined.indices) if defined else 0
        for member in (step.right, *others) if others else ():
            try:
                value = self._elaborator().value(member)
            except WrongShape:
                if member is step.right and self._is_new_component(member, step):
                    continue
                return step.right
            except OutOfReach:
                continue
            except (Trouble, ValueError, OverflowError):
                return step.right
            if len(value.axes) != max(missing, 0):
                continue
            if not self._unexplained(value.term):
                return member
        return step.right

    def _of_more_arguments(
        self, step: Step, others: Sequence[s.Syntax], formals: Sequence[s.Syntax]
    ) -> s.Syntax | None:
        """The last member of ``L(m) = \\prod_i f(x_i) = \\prod_i e^{-(x_i - m)^2}``.

        The first holds fewer of the arguments, and a name of which nothing is known; the first
        that holds all of them says what the function is.
        """
        written = frozenset(r.name for n in formals if (r := self._reference(n)) is not None)

        def below(node: s.Syntax) -> frozenset[str]:
            found = self._named_in(node)
            return found.union(*(self.reach.get(name, frozenset()) for name in found))

        open_ = {
            name
            for name in self._named_in(step.right) - written
            if not self.scope.defined(name) and name not in self.names.letters
        }
        if not open_ or written <= below(step.right):
            return None
        fuller = [m for m in others if written <= below(m)]
        if not fuller or open_ <= self._named_in(fuller[0]):
            return None
        value = self._try(fuller[0], self._elaborator())
        return fuller[0] if value is not None and not value.axes else None

    def _is_new_component(self, node: s.Syntax, step: Step) -> bool:
        """The ``f(z)_k`` of ``y_k = f(z)_k = ...``, where nothing before says what f is."""
        found = head(node, self.names)
        return (
            found is not None
            and found.applied
            and bool(found.reference.indices)
            and not found.reference.primes
            and found.name not in self.computed
            and self._open(found.name, step)
        )

    def _members_after(self, step: Step) -> list[s.Syntax]:
        """The members that follow in the chain, in its row and in those that go on with it."""
        rows = self.formulas[id(step.item)].rows
        at = next((n for n, row in enumerate(rows) if row is step.row), None)
        found: list[s.Syntax] = []
        passed = False
        for row in rows[at:] if at is not None else ():
            body = row.body
            if not isinstance(body, s.Chain):
                break
            if row is not step.row and (body.first is not None or row.condition is not None):
                break
            for sign, member in body.rest:
                if passed and (member is None or sign.text != "="):
                    return found
                if passed and member is not None:
                    found.append(member)
                passed = passed or member is step.right
        return found

    def _defines_within(self, step: Step, elaborator: Elaborator) -> bool:
        """``p = f(x) = ...``: in the middle of a chain a function that nothing else explains."""
        if step.first or isinstance(step.right, s.Numeral):
            return False
        found = head(step.left, self.names)
        if found is None or not found.applied or found.name in self.scope.sigmoid:
            return False
        if found.reference.primes or found.name in self.scope.entries:
            return False
        if not self._open(found.name, step) or found.name in self.computed:
            return False
        return self._introduce(found, step.left, step.right, step, elaborator)

    def _is_coincidence(self, found: Head, step: Step) -> bool:
        """ "choose ``p = q``", of two quantities that are spoken of already: they are the same."""
        right = head(step.right, self.names)
        spoken_of = {unbraced(name) for name in self.used}
        return (
            not step.item.display
            and step.cue in ("define", "assume", "if")
            and right is not None
            and not right.reference.indices
            and not found.reference.indices
            and right.name != found.name
            and {right.name, found.name} <= spoken_of
            and not any(map(self.scope.defined, (right.name, found.name)))
        )

    def _defines_below_a_derivative(self, step: Step, elaborator: Elaborator) -> bool:
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

    def _defines_square(self, step: Step, elaborator: Elaborator) -> bool:
        """``\\sigma^2 = ...`` defines sigma as the positive root where nothing else does."""
        left = step.left
        if not (isinstance(left, s.Scripts) and isinstance(left.superscript, s.Numeral)):
            return False
        if left.superscript.text != "2" or left.primes or not isinstance(left.base, s.Name):
            return False
        if numbers(base_name(left.base), self.names):
            return False
        plain = replace(left, superscript=None)
        name = left.base if left.subscript is None else plain
        found = head(name, self.names)
        if found is None or self._is_related(found.name) or not self._open(found.name, step):
            return False
        if step.cue in ("since", "if", "assume") or isinstance(step.right, s.Numeral):
            return False
        root: s.Syntax = s.Root(step.right.span, step.right, None)
        shown = "the positive root"
        match step.right:
            case s.Scripts(_, s.Group() as whole, None, s.Numeral(_, "2"), 0) if (
                base_name(left.base) in ERRORS and left.subscript is not None
            ):
                root, shown = whole.body, "what is squared"  # the error of one example has a sign
                if elaborator.offer(_root_of(found.name, shown)):
                    root = s.Signed(whole.span, ((-1, root),))
        elaborator.note(f"{found.name} is read as {shown}")
        return self._introduce(found, name, root, step, elaborator)

    def _is_related(self, name: str) -> bool:
        """Whether a hypothesis or a claim equates a name with data, and not in passing."""
        held = (*(h.hypothesis for h in self.held), *self.passing_facts)
        stated = [f for h in held for f in h.facts if isinstance(f, Equation)]
        if any(name in fact_names(fact) for fact in stated):
            return True
        claims = (claim for claim in self.open_claims.values() if claim.relation == "=")
        sides = (pair for claim in claims for pair in claim.sides)
        # dh/dm = -1 / \\sqrt{s^2} speaks of what is computed, and equates s with nothing
        data = (pair for pair in sides if all(map(self._about_data, pair)))
        return any(name in names(term) for pair in data for term in pair)

    def _claims_a_case(self, found: Head, step: Step, elaborator: Elaborator) -> bool:
        """``f_3(x) = 3 x^2`` is claimed where ``f_w(x) = w x^2`` was said of every w.

        Unless it is true, it may be another definition.
        """
        if not step.first or step.sign.text != "=" or found.name in self.scope.opaque:
            return False
        cases = (instance(left, right, step.left) for left, right in self.families)
        case = next((one for one in cases if one is not None), None)
        if case is None or spelling(case) == spelling(step.right):
            return False
        first = any(isinstance(n, s.Numeral) and n.text == "0" for n in walk(case))
        if first and not self._named_in(case) <= self.used | self._named_in(step.right):
            return False  # a^{(0)}, which the text calls otherwise
        if self._try(case, self._elaborator()) is None:
            return False
        line = self.document.place(step.span).line
        name = readable(found.name)
        usual, other = f"line {line} as a claim about {name}", f"line {line} defines {name} apart"
        key = f"anew:{found.name}:{line}"
        if elaborator.offer(Choice(key, usual, f"\\text{{{other}}}", supposed=True, last=True)):
            return False
        made = len(self.statements)
        if self._introduce(found, step.left, case, step, self._fresh(elaborator)):
            self._forget(made)  # it has a meaning, which is not what the step says
        placed = replace(step, left=case, first=False)
        self._compare(placed, Branch(case), Branch(step.right), self._fresh(elaborator))
        return True

    def _fresh(self, elaborator: Elaborator) -> Elaborator:
        raise NotImplementedError

    def _forget(self, made: int) -> None:
        raise NotImplementedError

    def _compare(self, step: Step, left: Branch, right: Branch, elaborator: Elaborator) -> None:
        raise NotImplementedError

    def _follows_from_a_hypothesis(self, found: Head, step: Step) -> bool:
        """ "If ``a x^2 = b``, then ``x = b / a``": x is what was supposed, and not defined."""
        if not step.first or found.applied or found.name not in self.used:
            return False
        if not prose.concluded(self.sentence):
            return False
        self.held = [replace(h, hypothesis=solved_for(h.hypothesis, found.name)) for h in self.held]
        self.passing_facts = [solved_for(h, found.name) for h in self.passing_facts]
        # "If it is of class c, then y_c = 1 and y_i = 0": neither follows from the other
        beside = bool(found.reference.indices) and is_number(step.right)
        before = [h for h in self.held if not (beside and h.at >= self.sentence_from)]
        held = (*(h.hypothesis for h in before), *self.passing_facts)
        kinds = (Equation, Sign) if is_number(step.right) else (Equation,)
        stated = (fact for h in held for fact in h.facts if isinstance(fact, kinds))
        return any(found.name in fact_names(fact) for fact in stated)

    def _is_stated_of_both(self, step: Step) -> bool:
        """ "Then ``a = b``" of two names that stand before: neither is defined as the other."""
        match step.left, step.right:
            case s.Name(_, one), s.Name(_, other) if step.first and step.cue == "":
                pass
            case _:
                return False
        return prose.concluded(self.sentence) and {one, other} <= self._before()

    def _is_theorem(self, found: Head, step: Step) -> bool:
        """ "**Theorem 2.** ``a = b``": it is to be proved, and says of nothing what it is."""
        begins = not self.recent.strip() and self.sections
        title = self.sections[-1].title if begins else ""
        return (
            step.first
            and not found.applied
            and step.cue == ""
            and (prose.opens_theorem(self.recent) or prose.opens_theorem(title))
        )

    def _is_of_what_varies(self, found: Head, step: Step) -> bool:
        """``so w = ...`` after ``dE/dw = ...``, of what stands before: no definition of w."""
        if not step.first or found.applied or step.cue or not prose.concluded(self.sentence):
            return False
        if prose.begins_to_name(self.sentence.text):
            return False
        before = self._before()
        new = {n.text for n in walk(step.right) if isinstance(n, s.Name)} - before
        items = self.document.items[: self.index]
        formulas = (self.formulas[id(item)] for item in items if isinstance(item, Formula))
        by = {
            reference(variable, self.names)
            for formula in formulas
            for row in formula.rows
            for node in walk(row.body)
            if isinstance(node, s.Differentiation)
            for variable in node.variables
        }
        return not new and found.name in {one.name for one in by if one is not None}

    def _is_where_something_is_least(self, step: Step) -> bool:
        """ "f(x) is minimal at ``x = b``", "the solution is ``x^* = b``": b has to be shown so."""
        found = head(unmarked(step.left) or step.left, self.names)
        if found is None or found.applied or not step.first:
            return False
        if not prose.is_least_at(self.sentence.text):
            return False
        if prose.is_to_be_shown(self.sentence.text):
            return True
        return any(found.name in entry.formals for entry in self.scope.entries.values())

    def _defines_noise(self, step: Step, elaborator: Elaborator) -> bool:
        """``y_i = f(x_i) + e_i`` says what the noise e_i is: y_i is observed."""
        parted = noise_term(step.right, self.names.noise)
        if parted is None or not (step.first and isinstance(step.left, s.Name | s.Scripts)):
            return False
        noise, rest = parted
        found, whole = head(noise, self.names), head(step.left, self.names)
        if found is None or whole is None or self.scope.defined(whole.name):
            return False
        if not self._open(found.name, step):
            return False
        seen = readable(whole.name)
        readings = f"{seen} as observed", f"{seen} as the model says"
        if found.name in self.names.observed:
            if elaborator.offer(_observed(whole.name, *readings)):
                return False
        elif not elaborator.offer(_observed(whole.name, *reversed(readings))):
            return False
        elaborator.note(f"{seen} is observed, and {readable(found.name)} the noise")
        left = s.Signed(step.right.span, ((1, step.left), *rest.terms))
        return self._introduce(found, noise, left, step, elaborator)

    def _defines_next(self, step: Step, elaborator: Elaborator) -> bool:
        """``w_{t+1} = w_t - a g_t`` says what w is from its earlier values, as a recurrence.

        And ``z^{(l+1)} = W^{(l)} a^{(l)}`` says what z is from those of the layer before, and
        ``g^{(k-1)} = f(h^{(k-1)})`` what g is at every k.
        """
        written = of_the_next(step.left, self.names.raised)
        if written is None:
            return False
        plain, letter, way = written
        found = head(plain, self.names)
        if found is None or not found.reference.indices or not step.first:
            return False
        if spelling(found.reference.indices[0]) != letter.text:
            return False
        name = found.name
        if name in self.scope.entries or not self._open(name, step):
            return False
        if step.cue in ("since", "if", "assume") or step.sign.text == "approx":
            return False
        self.scope.without = name
        try:
            value = elaborator.value(step.right)
            here = elaborator.index(letter, f"slot:{name}:0")
            if not isinstance(here, Index):
                return False
            own = name in names(value.term)
            counts = letter.text in MOMENTS and here in free_indices(value.term)
            if not (own or counts):
                return False
            value = replace(value, term=substitute(value.term, {here: Shift(here, -way)}))
            if way < 0 and (own or _is_shifted(value.term, here)):
                return own and self._keeps_next(name, step, "a recurrence from the end")
            if own and not self._recurs(value.term, found):
                return self._keeps_next(name, step, "a recurrence that is out of reach")
            if not own and self._depends(value.term, name):
                if not self._recurs_through_others(value.term, found):
                    return False
            line = self.document.place(step.span).line
            entry, definition = define(found, value, elaborator, " ".join(step.texts), line, False)
        except OutOfReach as trouble:
            mentioned_ = {r.name for n in walk(step.right) if (r := self._reference(n)) is not None}
            return name in mentioned_ and self._keeps_next(name, step, trouble.message)
        except ValueError:
            return False
        finally:
            self.scope.without = ""
        self._keep(replace(entry, level=self._level(), section=self._section()), definition)
        self._limit(found, step.right, step, line)
        if own:
            self._iterates(name, step)
        self._state(
            "definition", step.span, *step.texts, definitions=(definition,), reasons=step.reasons
        )
        return True

    def _keeps_backward(self, step: Step) -> bool:
        """``G_t = r_t + \\gamma G_{t+1}`` says what G is from later values, which is kept."""
        found = head(step.left, self.names)
        if found is None or found.applied or len(found.reference.indices) != 1 or not step.first:
            return False
        name, letter = found.name, found.reference.indices[0]
        if name in self.scope.entries or not self._open(name, step):
            return False
        if step.cue in ("since", "if", "assume") or name in self.used:
            return False
        for node in walk(step.right):
            match node:
                case s.Scripts(_, _, s.Signed(_, ((1, s.Name() as at), (1, s.Numeral()))), None):
                    own = reference(node, self.names)
                    same = own is not None and own.name == name and spelling(at) == spelling(letter)
                    if same and spelling(node) != spelling(step.left):
                        return self._keeps_next(name, step, "a recurrence from the end")
        return False

    def _iterates(self, name: str, step: Step) -> None:
        """Remembers where a name is said to come from its values before."""
        here = self.document.place(step.span).line, tuple(x.title for x in self.sections)
        self.iterated.setdefault(name, here)

    def _keeps_next(self, name: str, step: Step, reason: str) -> bool:
        """Keeps a recurrence as it stands: it says what the name is, and nothing more is known."""
        if any(isinstance(n, s.Differentiation) for n in walk(step.left)):
            return False
        self.scope.opaque[name] = self._summands(step.right)
        self.opaque_since[name] = self._section()
        self._iterates(name, step)
        kept = f"it is kept as it stands: {reason}"
        self._state("definition", step.span, *step.texts, message=kept, reasons=step.reasons)
        return True

    def _defines_logarithm(self, step: Step, elaborator: Elaborator) -> bool:
        """``\\log p(x) = ...``, ``\\log p_i = ...`` define p where nothing else does."""
        left = step.left
        if not (isinstance(left, s.FunctionCall) and left.function in ("log", "ln")):
            return False
        if left.subscript is not None or left.superscript is not None or self.names.bits:
            return False
        name = left.argument.body if isinstance(left.argument, s.Group) else left.argument
        found = head(name, self.names)
        if found is None or (found.applied and found.reference.indices):
            return False
        plain = not found.applied and not found.reference.indices
        if not self._open(found.name, step) or (plain and step.cue not in ("", "define")):
            return False
        reason = step.cue == "since" and not (step.item.display and found.reference.indices)
        value = not any(isinstance(node, s.Name) for node in walk(step.right))  # "log p = log 1"
        if reason or value or step.cue in ("if", "assume"):
            return False
        if plain and isinstance(step.right, s.Name | s.Scripts):
            return False
        if found.name in self.used:
            if plain and step.first and not holds_derivative(step.right):
                self.unsettled.setdefault(found.name, frozenset())  # it may say so all the same
            return False
        span = step.right.span
        whole = s.FunctionCall(span, "exp", s.Group(span, step.right, "()"), None, None)
        elaborator.note(f"{found.name} is what has this logarithm")
        return self._introduce(found, name, whole, step, elaborator)

    def _primed_name(self, found: Head | None) -> Head | None:
        """``W'`` is a name of its own where W is neither a function nor defined."""
        if found is None or not found.reference.primes:
            return found
        plain = found.reference
        if plain.name in self.names.functions or self.scope.defined(plain.name):
            return None
        name = unbraced(plain.name) + "'" * plain.primes
        return replace(found, reference=replace(plain, name=name, primes=0))

    def _open(self, name: str, step: Step) -> bool:
        """Whether the name has no meaning yet."""
        named = name in self.named_by_sign  # the text may go on to say it in another way
        if name in self.scope.opaque and name not in self.scope.entries and not named:
            of_one = step.first and prose.speaks_of_one(self.sentence.text)
            return of_one or self._begins_anew(name, step) or self._supersedes(name, step)
        # What a section defined in passing has no meaning behind it, until it is claimed of again.
        supposed = step.cue in ("define", "if", "assume")
        dormant = name in self.dormant and (supposed or not step.first)
        if name in self.scope.entries and not dormant:
            return self._redefines() or self._begins_anew(name, step)
        constant = name == "e" and self.scope.euler and not self.names.slots.get("e", 0)
        if constant and "e" not in self.names.quantities:
            return False
        return not (name in self.names.sizes and name not in self.names.lettered)

    def _redefines(self) -> bool:
        """Whether the sentence, or the last one before a display, says so: "we redefine it"."""
        if prose.says_redefined(self.sentence.text):
            return True
        passed = (
            x for x in reversed(self.document.items[: self.index]) if not isinstance(x, Break)
        )
        before = next(passed, None)
        if not self.displayed or not isinstance(before, Prose) or self.sentence.text.strip():
            return False
        pieces = [piece for _, piece in prose.sentences(before.text) if piece.strip()]
        return bool(pieces) and prose.says_redefined(pieces[-1])

    def _is_begun_anew(self) -> bool:
        """Whether the section has given another name another meaning: it is about another case."""
        entries = self.scope.entries
        here = self._section()
        return any(n in entries and entries[n].section == here for n in self.replaced)

    def _begins_anew(self, name: str, step: Step) -> bool:
        """Whether a section takes up a name of a section that has ended, and says so."""
        # "we predict y = argmax_i s_i" says what y is, wherever it stands.
        decides = isinstance(step.right, s.Operator) and step.right.kind in ("argmax", "argmin")
        entry = self.scope.entries.get(name)
        before = entry.section if entry is not None else self.opaque_since.get(name, 0)
        return (
            step.first
            and before > 0
            and all(section.number != before for section in self.sections)
            and (decides or prose.says_changed(self.recent))
        )

    def _supersedes(self, name: str, step: Step) -> bool:
        """Whether a display of another section says what a name is that nothing says so far.

        A definition that could not be taken in says nothing: what is concluded from it is claimed
        of it, and what another section states of the name is the first that is known of it.
        """
        if not step.first or not step.item.display or step.cue not in ("", "define"):
            return False
        if self.opaque_since.get(name, 0) == self._section() or self._draws():
            return False
        text = self.sentence.text
        return not (prose.concludes(text) or prose.draws(self.sentence) or prose.says_again(text))

    def _anew(self, found: Head, step: Step, elaborator: Elaborator) -> bool:
        """Whether an equation about a name that has a meaning gives it another one.

        It does where the text says so.  Unless it is true, it does where the text supposes or
        speaks of a variant and brings in new data for it, where a new section says which
        function is used, and where an f(x) is another in each section.  It can be read so where
        only one of these holds: a variant, data on which the name did not depend, a section that
        has ended since.
        """
        entry = self.scope.entries.get(found.name)
        if entry is None or not step.first or step.sign.text not in EQUALITIES:
            return False
        if self._of_a_limit():
            return False
        given = found.applied and found.formals and prose.gives_function(self.sentence)
        taken = found.applied and found.formals and prose.takes_function(self.sentence.tail)
        if (given and entry.section != self._section()) or (taken and not is_number(step.right)):
            return True
        # p(y | m, s) beside p(y | a, b): a density is told by what stands behind its bar
        told_by = (
            found.applied
            and not set(map(spelling, found.formals)) <= set(entry.formals)
            and any(name == found.name for name, _ in self.names.conditioned)
        )
        apart = told_by and step.item.display
        if step.cue not in ("", "define") or (prose.says_where(self.sentence) and not apart):
            return False
        if self._says_which_model(entry, found, step):
            return True
        same = prose.says_same(self.sentence.text)
        beside = self._named_in(step.right)
        if step.sign.text == "assign" and beside and found.name not in beside:
            return True
        if prose.says_anew(self.sentence) and not same:
            return True
        if found.applied and not prose.concludes_at_once(self.sentence.tail):
            if self._leads_to_slope(found, step) or self._in_a_table(found.name, step):
                return True
        if self._in_a_table(found.name, step) and self._is_differentiated_beside(found, step):
            return True
        if _is_worked_out(entry.value.term) and not prose.draws(self.sentence):
            if beside - {"e", "\\pi"}:
                return True  # the number was its value in an example
        line = self.document.place(step.span).line
        key = f"anew:{found.name}:{line}"
        if key in self.names.taken:  # also where another choice leaves no sign of it
            return True
        try:
            term = elaborator.value(step.right).term
        except OutOfReach:
            return False
        text, here = self.sentence.text, self._section()
        new = self._data_below(term) - self._data_below(entry.value.term)
        new -= {r.name for node in walk(step.left) if (r := self._reference(node)) is not None}
        supposed = prose.says_if_used(text)
        concluded = same or (prose.concludes(text) and not supposed)
        varied = not concluded and (supposed or prose.says_varied(text))
        ended = entry.section > 0 and all(x.number != entry.section for x in self.sections)
        another = found.applied and (
            found.name.partition("(")[0] in USUAL_FUNCTIONS
            or not set(found.formals) <= set(entry.formals)
        )
        # A section that begins with the equation, and a title such as "With momentum"; one such as
        # "Step 2" goes on with what was defined before.
        begins = not self.recent.strip() and here != entry.section
        kinds = prose.kinds(self.sections[-1].title) if ended and self.sections else frozenset()
        parallel = bool(kinds) and bool(kinds ^ prose.kinds(self.titles.get(entry.section, "")))
        parallel = parallel and bool(prose.kinds(self.titles.get(entry.section, "")))
        titled = (begins and self._titled_as_variant()) or (parallel and entry.section != here)
        titled |= ended and begins and self._opens_section(entry) and not self._draws()
        titled |= ended and step.item.display and self._is_titled_as(entry) and not self._draws()
        told = not concluded and (
            supposed
            or (
                (prose.says_for_example(text) or prose.begins_with_example(text))
                and self._is_general(entry)
            )
            or (prose.opens_example(self.recent) and (found.applied or new))
            or (
                found.applied
                and prose.opens_item(self.recent)
                and self._in_a_list(found.name)
                and not self._is_bare_item(step)
            )
            or titled
            or (varied and self._brought_in(new))
            or (ended and another)
            or (entry.section != here and prose.says_another_way(text))
            or self._is_of_another_part(entry, step, ended)
            or (entry.section != here and prose.says_chosen(text))
        )
        told = bool(told) or (
            ended and (self._is_begun_anew() or parallel or found.name in self.scope.opaque)
        )
        # Rows of tables say each what it is somewhere; a section says what it is there.
        rows = found.name in self.tabled and self._written_in(entry.line).startswith("|")
        told = told or (rows and step.item.display and not concluded)
        variant = not concluded and (supposed or prose.says_variant(text))
        if not (told or new or variant or told_by or (ended and not concluded)):
            return False
        name = readable(found.name)
        usual = f"line {line} as a claim about {name}"
        other = f"\\text{{line {line} defines {name} anew}}"
        return elaborator.offer(
            Choice(
                key,
                usual,
                other,
                supposed=True,
                last=True,
                line=line if told else 0,
            )
        )

    def _is_open_value(self, node: s.Syntax) -> bool:
        """``f(x)``, ``\\hat f(x)``: the value of a function of which nothing is known yet."""
        match node:
            case s.Product(_, (s.Name() | s.Scripts() as function, s.Group(_, _, "()")), ("",)):
                named = reference(function, self.names)
            case _:
                return False
        model = named is not None and _MODEL.fullmatch(unbraced(named.name)) is not None
        return model and named is not None and not self.scope.defined(named.name)

    def _says_which_model(self, entry: Entry, found: Head, step: Step) -> bool:
        """``\\hat y = w x + b``, where ``\\hat y = f(x)`` was said of an open f: a model."""
        match entry.value.term:
            case Application(name) if not self.scope.defined(name) and not found.applied:
                pass
            case _:
                return False
        if _MODEL.fullmatch(unbraced(name)) is None or name in self.everywhere:
            return False
        plain = isinstance(step.right, s.Name | s.Scripts) or is_number(step.right)
        if plain or holds_derivative(step.right) or name in self._named_in(step.right):
            return False
        return not prose.concludes(self.sentence.text)

    def _is_of_another_part(self, entry: Entry, step: Step, ended: bool) -> bool:
        """``x_0 \\approx 0.28`` where x_0 was 0.24 in a section that has ended: another point.

        What can be folded away is a section, too.
        """
        if not is_number(step.right) or self._data_below(entry.value.term):
            return False
        if self._draws():
            return False
        lines = self._lines()[entry.line : self._line_of(step)]
        return ended or any(line.startswith("<details") for line in map(str.lstrip, lines))

    def _named_in(self, node: s.Node) -> frozenset[str]:
        """The names in the syntax."""
        return frozenset(r.name for n in walk(node) if (r := self._reference(n)) is not None)

    def _leads_to_slope(self, found: Head, step: Step) -> bool:
        """``f(x) = x^3 \\to f'(x) = 3x^2``: a row of a table of functions and derivatives."""
        body = step.row.body
        parts = body.items if isinstance(body, s.List | s.Sequence) else (body,)
        chain = next((x for x in parts if isinstance(x, s.Chain) and x.first is step.left), None)
        if chain is None or len(chain.rest) < 2:
            return False
        arrow, derived = chain.rest[1]
        leads = arrow.text in ("implies", "iff") or infers(chain, 1)
        return leads and derived is not None and found.name.partition("(")[0] in _slopes(derived)

    def _is_general(self, entry: Entry) -> bool:
        """Whether a definition is made of functions that the document leaves open."""
        parts = (p for p in subterms(entry.value.term) if isinstance(p, Application))
        return any(not self.scope.defined(part.name) for part in parts)

    def _in_a_list(self, name: str) -> bool:
        """Whether the definition in force stands in an item of a list, as the next one does."""
        last = self.restated.get(name)
        entry = last.entry if last is not None else self.scope.entries.get(name)
        return entry is not None and prose.is_item(self._written_in(entry.line))

    def _in_a_table(self, name: str, step: Step) -> bool:
        """Whether the definition in force stands in a row of a table, as the next one does."""
        entry = self.scope.entries.get(name)
        rows = {entry.line, self._line_of(step)} if entry is not None else set()
        if prose.says_same(self._written_in(self._line_of(step))):
            return False  # "| expand | □ |"
        found = len(rows) == 2 and all(self._written_in(n).startswith("|") for n in rows)
        self.tabled.update({name} if found else ())
        return found

    def _is_bare_item(self, step: Step) -> bool:
        """Whether an item of a list holds nothing but the equation, such as the next line does."""
        line = self._written_in(self._line_of(step))
        return line.replace(self._text(step.span), "").strip("-*+0123456789.() \t\n$\\,;") == ""

    def _is_differentiated_beside(self, found: Head, step: Step) -> bool:
        """Whether the row of a table goes on with a slope: "mul | z = x y | dz/dx = y"."""
        line = self._line_of(step)
        for item in self.after:
            if isinstance(item, Formula):
                if self.document.text.count("\n", 0, item.span.start) != line:
                    return False
                for row in self.formulas[id(item)].rows:
                    for node in walk(row.body):
                        if isinstance(node, s.Differentiation) and node.body is not None:
                            of = self._reference(node.body)
                            if of is not None and of.name == found.name:
                                return True
        return False

    def _line_of(self, step: Step) -> int:
        """The line of the document's text that the step begins in, from 0."""
        return self.document.text.count("\n", 0, step.span.start)

    def _written_in(self, line: int) -> str:
        return "".join(self._lines()[line : line + 1]).lstrip() if line >= 0 else ""

    def _in_an_example(self, step: Step) -> bool:
        """Whether the paragraph is an example of a general rule: "**Example**: Let y = x^2"."""
        if not self.sections:
            return False
        text, at = self.document.text, step.span.start
        before = text[max(text.rfind("\n\n", 0, at), text.rfind("\n#", 0, at)) + 1 : at]
        return prose.begins_with_example(before)

    def _opens_section(self, entry: Entry) -> bool:
        """Whether the definition comes right after a heading: one section for each meaning.

        A section "MSE again" goes on with what was said of the MSE, and "Gradient" with the loss.
        """
        title = self.sections[-1].title if self.sections else ""
        here, there = (set(x.lower().split()) for x in (title, self.titles.get(entry.section, "")))
        if not here - there or not there - here or referring.goes_on(title):
            return False
        line = self._written_in(entry.line)
        sign = re.search(r"\$\$?|\\[(\[]", line)
        first = line[sign.end() :] if sign is not None else line
        if not first.lstrip().startswith(unbraced(entry.name).partition("_")[0]):
            return False  # "Let p_i = ... and L = ...": the section is about p
        for above in reversed(self._lines()[: entry.line]):
            if above.strip(" \t$[\\>"):
                return above.lstrip().startswith(("#", "\\section", "\\subsection", "\\paragraph"))
        return False

    def _is_titled_as(self, entry: Entry) -> bool:
        """Whether its section has the title of this one: "Mean" of one model, and of another."""
        title = self.sections[-1].title.strip() if self.sections else ""
        return bool(title) and title == self.titles.get(entry.section, "").strip()

    def _draws(self) -> bool:
        return any(prose.draws_title(section.title, silent=False) for section in self.sections)

    def _titled_as_variant(self) -> bool:
        title = self.sections[-1].title if self.sections else ""
        return prose.says_varied(title) and not prose.is_titled_as_same(title)

    def _brought_in(self, data: frozenset[str]) -> frozenset[str]:
        """Those of the names that the text has used for the first time since the last display."""
        return data - (self.used - self.newcomers)

    def _restates(self, name: str, term: Term) -> bool:
        """Whether the term is made of the same data as the definition: then it is claimed."""
        known = self.scope.entries[name].value.term
        same = self._data_below(term) <= self._data_below(known)
        return same and not prose.says_redefined(self.sentence.text)

    def _data_below(self, term: Term) -> frozenset[str]:
        """The names without a definition that the term depends on."""
        found = names(term)
        found = found.union(*(self.reach.get(name, frozenset()) for name in found))
        return frozenset(name for name in found if name not in self.definitions)

    def _introduce(
        self,
        found: Head,
        left: s.Syntax,
        right: s.Syntax,
        step: Step,
        elaborator: Elaborator,
        anew: bool = False,
    ) -> bool:
        """States the definition of ``found``; False where the equation is none.

        ``anew``: it is one, although the name has a meaning already.
        """
        name = found.name
        if mentioned.to_be_shown(self.sentence.tail):
            raise OutOfReach(f"it is to be shown, and nothing before says what {readable(name)} is")
        redefined = name in self.scope.entries and (anew or name not in self.dormant)
        self.scope.without = name
        try:
            if found.applied and (function := _applied_formal(found, right)):
                raise OutOfReach(f"its argument {function} is a function")
            if step.sign.text == "approx":
                raise OutOfReach(APPROXIMATION)
            if not found.applied and is_threshold(right):
                raise OutOfReach("a decision, of which other names speak in other ways")
            value = elaborator.value(right)
            if self.implicit and value.axes:
                raise WrongShape("shape: a vector beside names without their indices")
            if value.axes and self._is_loss(found, value.term):
                value = Value(elaborator.tensors.total(value).term)
                elaborator.guess(f"{readable(name)} is one number, the sum over the components")
            if not self.dots and self._of_rows(found, value, right):
                raise WrongShape(f"shape: {readable(name)} is defined as a {value.shape}")
            if self._depends(value.term, name) and not self._recurs(value.term, found):
                whole = self._inlined(value.term, name)
                through = self._recurs_through_others(value.term, found)
                if through and not (redefined and not anew):
                    pass  # as it is written: of h_t and h_{t-1} more can be said
                elif whole is not None and self._recurs(whole, found):
                    value = replace(value, term=whole)
                else:
                    return False
            if redefined and not anew and self._restates(name, value.term):
                return False
            indexed = found.reference.indices or self.names.slots.get(name, 0)
            if isinstance(value.term, Number) and indexed and not found.applied:
                self.scope.without = ""
                return self._component_of_data(found, value, step, elaborator)
            line = self.document.place(step.span).line
            local = step.cue in ("define", "if", "assume", "since") and not step.item.display
            local = local and not self._is_of_each_layer(found)
            source = " ".join(step.texts)
            entry, definition = define(found, value, elaborator, source, line, local)
            inverted = made_of(self.scope.inverses, names(value.term))
            if inverted & {*definition.arguments}:
                raise OutOfReach("the inverse of a matrix that is made of an argument")
            if inverted and name in self._differentiated_by():  # where the slope is 0, no doubt
                raise OutOfReach(f"it solves for {readable(name)}, which moves elsewhere")
            if len(value.axes) == 1 and value.stands is not None and not found.applied:
                elaborator.tensors.alike.append(value.stands + Standing(frozenset((name,))))
            self._learn_standing(elaborator)
        except OutOfReach as trouble:
            again = isinstance(trouble, WrongShape) and (self.misshapen or not self.last)
            if again or right is step.left:
                raise
            schematic = _is_schematic(right) or self._is_open_value(right)
            if schematic and not found.reference.indices:
                pass  # "E = sum (target - output)^2": what it is, is said further down
            elif step.sign.text == "approx" and not any(
                isinstance(node, s.Name | s.Text | s.Ellipsis) for node in walk(right)
            ):
                pass  # about how large it is: it is as open as before
            elif name not in self.used:
                self.scope.opaque[name] = self._summands(right)
                self.opaque_since[name] = self._section()
            else:
                passing = step.cue in ("define", "if", "assume") and not step.item.display
                doubtful = self.unsettled_here if passing else self.unsettled
                doubtful[name] = self._summands(right)
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
        inline = step.cue == "" and not step.item.display
        plain = not found.applied and not found.reference.indices
        if inline and plain and names(value.term) | {name} <= self.used:
            self.pinned.add((name, definition.line))
        remark = inline and name in self.used and prose.is_remark(self.sentence)
        passing = mentioned.passing(self.sentence.text) and isinstance(value.term, Number)
        without = leaving.is_without(self.sentence.text)
        if remark or passing or without or (not step.item.display and self._in_an_example(step)):
            entry = replace(entry, local=True, fleeting=True)
        level = self._level_here() if passing else self._level()
        entry = replace(entry, level=level, section=self._section(), line=self._line_of(step))
        self._keep(entry, definition)
        for equal in elaborator.supposed:  # g = df/dv: what stands for v in it is v in all of g
            said = f"{latex(equal.right)} \\text{{ varies on its own}}"
            own = Held(Hypothesis((equal,), said), 0, at=len(self.statements))
            self.held.append(own)
        number = isinstance(value.term, Number)
        self.brief_meanings.pop(name, None)
        supposed = (number and not step.item.display) or step.cue in ("assume", "if", "since")
        if passing or (supposed and name in self.used):  # "Let b = 0", behind f = w x + b
            self.brief_meanings[name] = len(self.statements)
            said, behind = self.sentence.text, self._behind()
            if number and self.english and said_in_passing(said, behind):
                self.participles.add(name)
        of_size = isinstance(value.term, Size) or name in self.names.sizes
        if number or of_size:
            if self._bounded(self.sentence.text, self._behind()):
                self.bounded_meanings.add(name)
        if step.cue in ("assume", "if"):
            self.assumed = name, len(self.statements)
        self._limit(found, right, step, definition.line)
        limited = (name, definition.line) in self.limits
        if not limited and any(isinstance(node, s.Scripts) for node in walk(left)):
            self.families = (*self.families, (left, right))
        if value.axes:  # what v = A x says v is, v is from here on
            self.kinds[name] = False, self._section()
        if elaborator.labels:
            self.labels[name] = frozenset(elaborator.labels)
        self._differentiates(value.term)
        notes = [*elaborator.notes, *self._leaks(value.term, step)]
        law, bracket, _ = name.partition("(")
        if bracket and any(other.startswith(f"{law}(") for other in names(value.term)):
            notes.append(f"what it says of {readable(law)} is taken as it stands, and not proved")
        if redefined:
            notes.append(f"{readable(name)} {ANEW}")
        if other := self._with_arguments_exchanged(found):
            notes.append(f"{readable(name)} is read as another function than {readable(other)}")
        if entry.hidden and not entry.given:
            letters = ", ".join(readable(i.name) for i in entry.indices[-entry.hidden :])
            notes.append(f"{shown(name)} depends on {letters}, which is not written")
        self._guess(elaborator)
        self._state(
            "definition",
            step.span,
            *step.texts,
            definitions=(definition,),
            note="; ".join(notes),
            reasons=step.reasons,
            guesses=tuple(elaborator.guesses),
            unwritten=0 if entry.given else entry.hidden,
        )
        self._underbraces(elaborator, step)
        return True

    def _with_arguments_exchanged(self, found: Head) -> str:
        """The ``f_w(x)`` beside ``f_x(w)``, which could be the same with other letters."""
        base, _, below = unbraced(found.name).partition("_")
        formals = set(map(spelling, found.formals)) if below else set()
        for other, entry in self.scope.entries.items() if formals else ():
            law, _, parameter = unbraced(other).partition("_")
            if law == base and below.strip("{}") in entry.formals:
                if parameter.strip("{}") in formals:
                    return other
        return ""

    def _said_behind(self) -> dict[str, frozenset[str]]:
        """A condition right behind the formula, also where it is no fact: "if $i$ is even"."""
        words_behind = self.after[0] if self.after else None
        said = (
            prose.restriction_behind(words_behind.text) if isinstance(words_behind, Prose) else ""
        )
        if said:
            return {said: frozenset()}
        match self.after:
            case [Prose(text=words), Formula(display=False) as formula, *rest] if (
                prose.only_conjunction(words) or words.strip() == "("
            ):
                rows = self.formulas[id(formula)].rows
                body = rows[0].body if len(rows) == 1 else None
                if body is None or id(formula) in self.told:
                    return {}
                behind = rest[0].text if rest and isinstance(rest[0], Prose) else ""
                told = isinstance(body, s.Name) and prose.tells_of(words, behind)
                if told:
                    return {spelling(body) + prose.first_words(behind): letters_of(body)}
                if compares(body) and restricting(body):
                    return {spelling(body): letters_of(body)}
        return {}

    def _said_before(self) -> dict[str, frozenset[str]]:
        """What the sentence begins with: "For the other classes, □"."""
        said = prose.restriction_before(self.sentence.tail)
        said = said or prose.worded_before(self.sentence.text)
        return {said: frozenset()} if said else {}

    def _differentiated_by(self) -> frozenset[str]:
        """The names that the document differentiates by."""
        rows = (row for formula in self.formulas.values() for row in formula.rows)
        nodes = (node for row in rows for node in walk(row))
        variables = (v for n in nodes if isinstance(n, s.Differentiation) for v in n.variables)
        found = (reference(variable, self.names) for variable in variables)
        return frozenset(one.name for one in found if one is not None)

    def _limit(self, found: Head, right: s.Syntax, step: Step, line: int) -> None:
        """Keeps the conditions that a definition is said for."""
        behind, before = self._said_behind(), self._said_before()
        conditions = {**self._in_force(step.row), **behind, **before}
        here = self._letters_in(step.left) | self._letters_in(right)
        conditions = {
            said: letters
            for said, letters in conditions.items()
            if letters <= here or not self._is_of_two_letters(letters)
        }
        if not conditions:
            self.limits.pop((found.name, line), None)
            return
        if tells_of_the_rest(step.row.condition):
            self.complemented.add(found.name)
        about = frozenset().union(*conditions.values())
        indices = found.reference.indices
        in_words = any(not letters for letters in behind.values())
        slots = [n for n, i in enumerate(indices) if in_words or letters_of(i) & about]
        applied = any(letters_of(formal) & about for formal in found.formals)
        source = min(conditions)
        # "for odd i" is said in words, and "i > 1" written.
        shown = source if conditions[source] else rf"\text{{{source}}}"
        self.limits[found.name, line] = Limit(
            frozenset(conditions),
            tuple(slots),
            applied,
            spelling(right),
            shown,
            tuple(map(spelling, found.formals)),
        )

    def _letters_in(self, node: s.Syntax) -> frozenset[str]:
        return frozenset(n.text for n in walk(node) if isinstance(n, s.Name))

    def _is_of_two_letters(self, letters: frozenset[str]) -> bool:
        """``k \\ne j``, which says nothing of where an equation holds in which no k stands."""
        return len(letters) == 2 and letters <= self.names.letters

    def _frees(self, found: Head, step: Step) -> None:
        """``f(x) = x^2`` in another section than ``x = 0``: x is any number from here on.

        And ``f(x, y) = x y`` after ``y = g(x)``, which says of y only that it depends on x.
        """
        written = self._named_in(step.right) if found.applied and step.first else frozenset()
        for formal in found.formals if written else ():
            known = self._reference(formal)
            if known is None or known.name not in written:
                continue
            self._forgets_values(known.name)
            entry = self.scope.entries.get(known.name)
            if entry is None or entry.indices:
                continue
            match entry.value.term:
                case Number() if entry.section != self._section():
                    self._undefine(entry.name)
                case Application(name) if len(found.formals) > 1 and not self.scope.defined(name):
                    self._undefine(entry.name)

    def _forgets_values(self, name: str) -> None:
        """Forgets the numbers that were given for a variable before the last heading."""

        def gives(hypothesis: Hypothesis) -> bool:
            early = hypothesis.line < self.heading_line
            return early and any(one.name == name for one, _ in numbered((hypothesis,)))

        self.held = [h for h in self.held if not gives(h.hypothesis)]
        self.example_values = {k: h for k, h in self.example_values.items() if not gives(h)}
        kept = {k: [h for h in given if not gives(h)] for k, given in self.case_values.items()}
        self.case_values = {k: given for k, given in kept.items() if given}

    def _of_rows(self, found: Head, value: Value, right: s.Syntax) -> bool:
        """``z_i = x_i \\cdot w^T`` of rows, where z_i is no matrix anywhere else."""
        written = len(found.reference.indices)
        if len(value.axes) != 2 or found.reference.bold or found.applied:
            return False
        if self.names.slots.get(found.name, 0) != written or not found.name[:1].islower():
            return False
        return any(
            operator == "cdot" and transposed(factor) and not transposed(before)
            for node in walk(right)
            if isinstance(node, s.Product)
            for before, operator, factor in zip(
                node.factors, node.operators, node.factors[1:], strict=False
            )
        )

    def _reference(self, node: s.Node) -> Reference | None:
        return reference(node, self.names) if isinstance(node, s.Name | s.Scripts) else None

    def _is_loss(self, found: Head, term: Term) -> bool:
        """``L = -y log p`` of vectors y and p, of which ``dL/dW`` is taken, is a sum over them."""
        if found.applied or found.reference.indices or found.name not in LOSSES:
            return False
        if not any(isinstance(part, (Function, Pow)) for part in subterms(term)):
            return False  # such as a vector of errors E = y - t
        return any(
            isinstance(node, s.Differentiation)
            and node.body is not None
            and (of := self._reference(node.body)) is not None
            and unbraced(of.name) == unbraced(found.name)
            and any(
                (by := self._reference(v)) is not None and not by.indices for v in node.variables
            )
            for parsed in self.formulas.values()
            for row in parsed.rows
            for node in walk(row.body)
        )

    def _summands(self, right: s.Syntax) -> frozenset[str]:
        """The names that are summands of a sum as they stand."""
        terms = right.terms if isinstance(right, s.Signed) else ()
        found = (reference(t, self.names) for _, t in terms if isinstance(t, s.Name | s.Scripts))
        return frozenset(r.name for r in found if r is not None and r.power is None)

    def _is_one_function(self, entry: Entry) -> bool:
        """Whether the document equates ``f(x)`` with one expression, and not with x^2 and x^3."""
        wholes = {
            spelling(row.body.rest[0][1])
            for formula in self.formulas.values()
            for row in formula.rows
            if isinstance(row.body, s.Chain)
            and row.body.first is not None
            and row.body.rest[0][1] is not None
            and (whole := head(row.body.first, self.names)) is not None
            and (whole.name, whole.applied) == (entry.name, True)
        }
        return bool(entry.formals) and len(wholes) == 1

    def _keep(self, entry: Entry, definition: Definition) -> None:
        """Puts a definition in force."""
        name, entry = entry.name, replace(entry, said=opening(self.sentence.text))
        self.restated.pop(name, None)
        self.remade.pop(name, None)
        before = self.definitions.get(name)
        if before is not None and before.body is not definition.body:
            if name in self.scope.entries:
                self.replaced.setdefault(name, set()).add(self.scope.entries[name].section)
            # "g = f + 1. Now let f = x^3": is g made of the new f, or what it was?
            made = (n for n in self.definitions if n != name and name in self.reach.get(n, ()))
            remade = {n: readable(name) for n in made if n not in names(definition.body)}
            self.unsettled.update(dict.fromkeys(remade, frozenset()))
            if self.scope.entries[name].section == self._section():
                self.remade.update(remade)
        self.scope.entries = {**self.scope.entries, name: entry}
        old, new = self.definitions, self._folded(definition)
        self.definitions = {**new, name: definition}
        if new is not old:
            self._fold_recurrences({n: d for n, d in new.items() if d is not old[n]})
        below = names(definition.body)
        self.reach[name] = below.union(*(self.reach.get(other, frozenset()) for other in below))
        self.dormant.discard(name)
        # "Suppose a = b. ... Now suppose a = 2b": of the first nothing is said any more.
        self.held = [
            replace(
                h, left=h.left or (h.brief and any(_equates(f, name) for f in h.hypothesis.facts))
            )
            for h in self.held
        ]
        if prose.is_special(self.sentence.text) and not entry.formals:
            self.special.add((name, definition.line))
        bare = unbraced(name)
        written = (
            len(entry.indices) > entry.hidden and not entry.value.axes
        )  # p_t says nothing of p
        if not written and (bare in self.names.scalars or bare in self.kinds):
            self.kinds[bare] = name != bare, self._section()
        self.learned[name] = max(self.learned.get(name, 0), len(entry.indices) - entry.hidden)
        explains = prose.says_where(self.sentence) or (
            prose.says_for_what(self.sentence.text) and self._is_one_function(entry)
        )
        if not entry.local or explains:
            if explains and name not in self.everywhere:
                self.explaining.add(name)
            self.everywhere.setdefault(name, definition)
            self.entries_everywhere.setdefault(name, entry)

    def _folded(self, by: Definition) -> Mapping[str, Definition]:
        """The definitions so far, with the new name in them where something is derived by it."""
        differentiated = any(by.name in others for others in self.known.dependents.values())
        if len(self.definitions) > MOST_FOLDED or not (differentiated or by.name in self._varied()):
            return self.definitions
        return {
            name: folded(definition, by)
            if (name not in self.reach.get(by.name, ()) and differentiated)
            or _recurs(definition, by)
            else definition
            for name, definition in self.definitions.items()
        }

    def _fold_recurrences(self, changed: Mapping[str, Definition]) -> None:
        """Puts what was folded in what the names of recurrences stand for."""
        for name, definition in changed.items():
            entry = self.scope.entries.get(name)
            if entry is None or entry.indices != definition.indices:
                continue
            if name not in names(entry.value.term):
                continue
            value = replace(entry.value, term=definition.body)
            self.scope.entries = {**self.scope.entries, name: replace(entry, value=value)}
            self.reach[name] = self.reach.get(name, frozenset()) | names(definition.body)

    def _depends(self, term: Term, name: str) -> bool:
        """Whether the term mentions the name, or a name that is defined by it."""
        return any(name == other or name in self.reach.get(other, ()) for other in names(term))

    def _inlined(self, term: Term, name: str) -> Term | None:
        """``a_t = w h_{t-1}`` and ``h_t = f(a_t)``: h by itself, the definition of a put in."""

        def put(part: Term) -> Term | None:
            if isinstance(part, Variable) and part.name != name:
                entry = self.scope.entry(part.name)
                if name in self.reach.get(part.name, ()):
                    if entry is None or entry.formals or len(entry.indices) != len(part.indices):
                        return None
                    new: dict[Index, IndexTerm] = dict(
                        zip(entry.indices, part.indices, strict=True)
                    )
                    if any(isinstance(i, Position) for i in part.indices):
                        return None
                    return substitute(entry.value.term, new)
            inner = [put(child) for child in children(part)]
            if any(child is None for child in inner):
                return None
            return rebuild(part, tuple(c for c in inner if c is not None)) if inner else part

        return put(term)

    def _recurs(self, term: Term, found: Head) -> bool:
        """``h_t = f(h_{t-1})``: whether the name stands for its earlier values only."""
        if found.applied or not found.reference.indices:
            return False
        own = [p for p in subterms(term) if isinstance(p, Variable) and p.name == found.name]
        before = all(any(isinstance(i, Shift) and i.offset < 0 for i in p.indices) for p in own)
        others = names(term) - {found.name}
        derived = any(found.name in self.reach.get(other, ()) for other in others)
        differentiated = any(isinstance(p, Derivative) for p in subterms(term))
        return before and not derived and not differentiated

    def _recurs_through_others(self, term: Term, found: Head) -> bool:
        """``h_t = o_t c_t`` with ``o_t = f(h_{t-1})``: h stands for its earlier values only."""
        if found.applied or not found.reference.indices:
            return False
        bodies = [term]
        reached = [n for n in names(term) if found.name in self.reach.get(n, ())]
        bodies.extend(d.body for n, d in self.definitions.items() if n in self._below(reached))
        used = [p for t in bodies for p in subterms(t) if isinstance(p, Variable)]
        ahead = [
            p
            for p in used
            if p.name in (*reached, found.name)
            and any(isinstance(i, Shift) and i.offset > 0 for i in p.indices)
        ]
        if ahead or found.name not in {p.name for p in used}:
            return False
        # Nor may a way lead back to the name that never goes to an earlier value.
        pending, seen = [term], set[str]()
        while pending:
            here = {
                p.name
                for p in subterms(pending.pop())
                if isinstance(p, Variable)
                and p.name in (*reached, found.name)
                and not any(isinstance(i, Shift) and i.offset < 0 for i in p.indices)
            }
            pending.extend(self.definitions[n].body for n in here - seen if n in self.definitions)
            seen |= here
        return found.name not in seen

    def _below(self, reached: list[str]) -> frozenset[str]:
        """The names and all that their definitions mention."""
        return frozenset(reached).union(*(self.reach.get(n, frozenset()) for n in reached))

    def _defines_right(self, step: Step, elaborator: Elaborator) -> bool:
        """``sum_j e^{z_j} = S``, where S has no meaning yet."""
        found = head(step.right, self.names)
        if found is None or found.name in self.used or not self._open(found.name, step):
            return False
        if found.name == "I" and not found.applied:  # the identity, of U^T U = I
            return False
        if step.cue in ("since", "if", "assume") and _is_at_a_point(found):
            return False
        if any(isinstance(node, s.Name) and node.text == WEIGHT for node in walk(step.left)):
            value = self._try(step.left, elaborator)
            if value is not None and free_indices(value.term) and not found.reference.indices:
                return False  # E[X_i] = m: all of them have this mean
        left_open = "(" in found.name or (
            found.applied
            and found.name not in self.scope.sigmoid
            and len(found.formals) == 1
            and not isinstance(step.left, s.Name | s.Scripts)  # p = f(x) says what p is
        )
        named = self._is_result(found, step) or self._is_named(found, step)
        if step.cue != "define" and not left_open and not named and not self._renames(found, step):
            return False
        if found.reference.indices and step.first and not self._known_so_far(step.left):
            return False
        if self._within_formula_before(found.name, step):
            return False
        return self._introduce(found, step.right, step.left, step, elaborator)

    def _renames(self, found: Head, step: Step) -> bool:
        """ "Setting ``\\sigma^2 = \\theta``", ``s \\equiv c``: a new name for what is known."""
        plain = not (found.applied or found.reference.primes or found.reference.indices)
        said = step.sign.text == "equiv" or prose.renames(self.sentence.tail)
        match step.left:
            case s.Scripts(_, base, below, s.Numeral(), 0):
                of = head(
                    base if below is None else replace(step.left, superscript=None), self.names
                )
            case _:
                of = head(step.left, self.names)
        known = of is not None and self.scope.defined(of.name)
        return plain and said and known and found.name not in self.names.sizes

    def _known_so_far(self, node: s.Syntax) -> bool:
        """Whether the text has spoken of all names in the syntax before."""
        inside = {r.name for n in walk_values(node) if (r := self._reference(n)) is not None}
        return bool(inside) and inside <= self.used | {"e"}

    def _is_result(self, found: Head, step: Step) -> bool:
        """``a = b + c = S`` at the end of a display, where S is new: what comes out is called S."""
        last = isinstance(step.row.body, s.Chain) and step.row.body.rest[-1][1] is step.right
        return (
            last
            and not step.first
            and step.item.display
            and not (found.applied or found.reference.primes)
            and found.name not in self.names.dimensions
            and not isinstance(step.left, s.Numeral | s.Name)
        )

    def _is_named(self, found: Head, step: Step) -> bool:
        """``\\frac{1}{n} \\sum_i y_i = \\bar{y}``, where the name is new: the sum is called so."""
        if found.applied or found.reference.primes or found.name in self.names.dimensions:
            return False
        if isinstance(step.left, s.Numeral | s.Name | s.Scripts) or found.reference.indices:
            return False
        if step.cue in ("if", "assume", "denied") or found.name in self.names.sizes:
            return False
        return found.name.startswith("\\")  # a Latin letter may be a slip of the pen

    def _within_formula_before(self, name: str, step: Step) -> bool:
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

    def _defines_by_use(self, step: Step, left: Term, right: Term) -> bool:
        """A step that only replaces a name that nothing else explains says what the name means."""
        if step.first and isinstance(left, Variable):
            return False  # it is claimed of what was defined before
        if self.unusable:
            return False  # "when p = 1, log(p) = log(1)"
        if self._names_part(step, left, right) or self._names_parts(step, left, right):
            return True
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

    def _names_part(self, step: Step, left: Term, right: Term) -> bool:
        """``a / \\sum_k w_k = a / S``, where S stands nowhere before: the sum is called S."""
        known = self.used | self.scope.entries.keys()
        new = names(right) - names(left) - known - self.names.dimensions.keys()
        found = replaced(right, left, next(iter(new))) if len(new) == 1 and not step.first else None
        if found is None or found[0].indices or not isinstance(found[1], Sum):
            return False
        variable, body = found
        later = self.scope.forward.get(variable.name)
        if later is not None and later.line != self._line_of(step):
            return False  # the text goes on to say what it is
        if self._within_formula_before(unbraced(variable.name), step):
            return False
        line = self.document.place(step.span).line
        definition = Definition(variable.name, (), (), body, " ".join(step.texts), line)
        entry = Entry(variable.name, (), Value(body), level=self._level())
        self._keep(replace(entry, line=self._line_of(step)), definition)
        self._state(
            "definition",
            step.span,
            *step.texts,
            definitions=(definition,),
            note=f"{readable(variable.name)} is what the step puts it for",
            reasons=step.reasons,
        )
        return True

    def _names_parts(self, step: Step, left: Term, right: Term) -> bool:
        """``\\frac{u}{u + \\sum_k w_k} =: \\frac{u}{u + B}``: the sign names B here."""
        new = names(right) - names(left) - self.scope.entries.keys() - self.names.dimensions.keys()
        if self._text(step.sign.span).replace(" ", "") not in NAMING or not new:
            return False
        pair = named_part(step.left, step.right)
        found = head(pair[0], self.names) if pair is not None else None
        if pair is not None and found is not None and new == {found.name}:
            if self._introduce(found, *pair, step, self._fresh(self._elaborator())):
                return True
        for name in sorted(new):
            self.scope.opaque.setdefault(name, frozenset(names(left)))
            self.opaque_since.setdefault(name, self._section())
            self.named_by_sign.add(name)
        kept = f"it says what {', '.join(map(readable, sorted(new)))} is, and is kept as it stands"
        self._state("definition", step.span, *step.texts, message=kept, reasons=step.reasons)
        return True


def _equates(fact: Fact, name: str) -> bool:
    """Whether a fact says what a name is: ``a = b``."""
    match fact:
        case Equation(Variable(of), _):
            return of == name
    return False


def solved_for(hypothesis: Hypothesis, name: str) -> Hypothesis:
    """``2 x + 1 = y`` as ``x = (y - 1) / 2``, which says the same; others as they are."""
    match hypothesis.facts:
        case (Equation(left, right, (), ()),) if not isinstance(left, Variable):
            zero = Add((left, Mul((Number(Fraction(-1)), right))))
        case _:
            return hypothesis
    found = solved(zero, (name,))
    if found is None or not (isinstance(found.left, Variable) and found.left.name == name):
        return hypothesis
    divided = any(isinstance(p, Pow) for p in subterms(found.right))  # by what may be 0
    return hypothesis if divided else replace(hypothesis, facts=(found,))


def _is_shifted(term: Term, letter: Index) -> bool:
    """Whether the term speaks of another moment than that of the letter."""
    variables = (part for part in subterms(term) if isinstance(part, Variable))
    return any(isinstance(i, Shift) and i.index is letter for v in variables for i in v.indices)


def _is_worked_out(term: Term) -> bool:
    """Whether the term is made of numbers: ``e^{-0.5}``, but not a constant such as 2."""
    return (
        not isinstance(term, Number)
        and not any(isinstance(part, Variable | Size) for part in subterms(term))
        and not free_indices(term)
    )


def _slopes(node: s.Syntax) -> frozenset[str]:
    """The names that stand differentiated: f in ``f'(x)`` and in ``\\frac{df}{dx}``."""
    found = set[str]()
    for part in walk(node):
        match part:
            case s.Differentiation(_, body) if body is not None:
                found.update(n.text for n in walk(body) if isinstance(n, s.Name))
            case s.Scripts(_, s.Name(_, text)) if part.primes:
                found.add(text)
    return frozenset(found)


def _observed(name: str, usual: str, other: str) -> Choice:
    """``y = w x + e``: in a likelihood y is data, and in a simulation it is what is computed."""
    return Choice(f"noise:{name}", usual, other, convention=True)


def _root_of(name: str, shown: str) -> Choice:
    """``e^2 = (r - s)^2`` says what e is but for its sign."""
    written = f"{readable(name)} as "
    return Choice(f"root:{name}", written + shown, f"{written}minus {shown}")


def _is_numeral(node: s.Syntax) -> bool:
    """``2``, ``-0.5`` and ``50\\%``."""
    match node:
        case s.Signed(_, ((_, s.Numeral()),)) | s.Numeral():
            return True
        case s.Fraction(span, s.Numeral(), s.Numeral(text="100") as percent):
            return percent.span.end == span.end and percent.span.end - percent.span.start < 3
    return False


def _is_schematic(node: s.Syntax) -> bool:
    """``\\sum (target - output)^2``: a sum of names without indices that says not over what."""
    parts = tuple(walk(node))
    sums = [n for n in parts if isinstance(n, s.Operator) and n.kind == "sum"]
    bare = bool(sums) and all(n.lower is None and n.upper is None for n in sums)
    return bare and not any(isinstance(n, s.Scripts) and n.subscript is not None for n in parts)


def _counts(node: s.Node) -> bool:
    """Whether a factorial stands somewhere in the syntax."""
    return any(isinstance(n, s.FunctionCall) and n.function == "factorial" for n in walk(node))


def _applied_formal(found: Head, right: s.Syntax) -> str:
    """The f of ``F(f, x) = f(x)^2``, an argument that is applied to another."""
    formals = {node.text for node in found.formals if isinstance(node, s.Name)}
    for node in walk(right):
        if not isinstance(node, s.Product):
            continue
        pairs = zip(node.factors, node.factors[1:], node.operators, strict=False)
        for one, after, operator in pairs:
            group = after.base if isinstance(after, s.Scripts) else after
            if operator == "" and isinstance(one, s.Name) and one.text in formals:
                if isinstance(group, s.Group) and isinstance(group.body, s.Name):
                    return one.text if group.body.text in formals else ""
    return ""


def _recurs(definition: Definition, by: Definition) -> bool:
    """The a of ``a_l = s(W a_{l-1})``, of whose earlier values ``z_l = W a_{l-1}`` is made, too."""
    return definition.name in names(definition.body) and definition.name in names(by.body)


def _is_at_a_point(found: Head) -> bool:
    """The f(x_0) of "suppose that ``f(x_0) = g(x_0)``": of f at another x nothing is said."""
    return any(re.search(r"[_^]", spelling(formal)) for formal in found.formals)
