"""Claims, and the contexts that they get once all definitions are known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, pairwise, product

from derive.logic.facts import match
from derive.logic.problem import (
    Claim,
    Definition,
    Different,
    Equation,
    Fact,
    Hypothesis,
    Relation,
    Sign,
)
from derive.logic.terms import (
    Add,
    Application,
    Derivative,
    Index,
    Label,
    Mul,
    Number,
    Position,
    Size,
    Sum,
    Term,
    Variable,
    children,
    free_indices,
    mapped,
    names,
)
from derive.meaning import classes, facts, prose, referring, titles
from derive.meaning.called_wrong import called_wrong
from derive.meaning.contexts import Vocabulary, parameters_of
from derive.meaning.contrasts import contrast, opening
from derive.meaning.counts import counts
from derive.meaning.definitions import head
from derive.meaning.doubtful import other_meaning
from derive.meaning.elaborate import Elaborator
from derive.meaning.facts import fact_names
from derive.meaning.fixed import from_the_front, written_out
from derive.meaning.folding import MOST_FOLDED, folded
from derive.meaning.graphs import MARK
from derive.meaning.inverses import made_of
from derive.meaning.kinds import commuted, exchanged, moved_power, multiplies, stands_between
from derive.meaning.limited import letters_of, restricting, stands_free, stands_unequal
from derive.meaning.listed import gives_example, listed_in_full
from derive.meaning.members import MEMBER
from derive.meaning.names import arguments, base_name, counted_of, letter_of, reference, unbraced
from derive.meaning.notation import latex, readable
from derive.meaning.outcomes import MOVING_LAWS, OF_LAWS, WEIGHT, says_laws
from derive.meaning.plainly import said_elsewhere
from derive.meaning.rounding import (
    APPROXIMATION,
    from_rounded,
    given_sizes,
    half_unit,
    is_worked_out,
    loose,
    numbered,
)
from derive.meaning.shapes import LAYERED, transposed
from derive.meaning.silence import Silence
from derive.meaning.slopes import at_values
from derive.meaning.spelling import spelling, walk, walk_values
from derive.meaning.standing import NABLA, PARTIAL
from derive.meaning.statement import Elsewise, Reading, position
from derive.meaning.steps import (
    BY_SIZE,
    CorrectClass,
    Held,
    OpenClaim,
    Step,
    is_number,
)
from derive.meaning.supposing import Supposing
from derive.meaning.thresholds import in_all_forms
from derive.meaning.totals import PARTS
from derive.meaning.trouble import OutOfReach
from derive.meaning.valued import OF_CASE, OF_EXAMPLE, is_of_example, puts_numbers, valued_letters
from derive.meaning.vectors import SIDE_BY_SIDE
from derive.meaning.within import subterms
from derive.reader import syntax as s
from derive.reader.document import Formula, Prose
from derive.reader.source import Span

OF_POINTS = "it says of which points the text speaks"
OF_SOME = "it is said of some, and not of all"
COUNTS = frozenset("NMKCDTnmkd")
"""Letters that authors give to numbers of things."""
_BEHIND_A_LETTER = re.compile(r"(\\?[A-Za-z]+)_\{([a-z])\}")
_AT_A_SUM = re.compile(r"(.+)\^\{\([^()]*[-+][^()]*\)\}")
_CONDITIONED = re.compile(r"[^_]+_\{[a-z] ?\\mid ?[a-z]\}")
_FONT = re.compile(r"\\(?:mathbf|boldsymbol|bm|vec)\{([^{}]*)\}")
_DIFFERENTIAL = re.compile(r"d(?:[A-Z]|\\(?:mathbf|boldsymbol|bm)\{[A-Za-z]\})")
_BAR = re.compile(r"\\(?:bar|overline)\{(.+)\}")


@dataclass(frozen=True)
class _Closing:
    """What is known once a document was read: ``unclear`` names, those of no known shape.

    ``mentioned``: the names that claims and definitions compute with, and functions.
    """

    before: Vocabulary
    behind: Vocabulary
    from_here: int | None
    unclear: Mapping[str, frozenset[str]]
    silence: Silence
    shapeless: frozenset[str]
    arrays: frozenset[str]
    valued: frozenset[str]
    mentioned: frozenset[str]


class Claiming(Supposing):
    """Claims, and the contexts that they get once all definitions are known."""

    def _claim(
        self,
        step: Step,
        left: Term,
        relation: Relation,
        right: Term,
        local: tuple[Hypothesis, ...],
        elaborator: Elaborator,
    ) -> None:
        self._claims(step, ((left, right),), relation, local, elaborator)

    def _claims(
        self,
        step: Step,
        sides: tuple[tuple[Term, Term], ...],
        relation: Relation,
        local: tuple[Hypothesis, ...],
        elaborator: Elaborator,
        rounded: s.Syntax | None = None,
        sizes: Mapping[str, int] | None = None,
    ) -> None:
        unusable = self.unusable or next((x.either for x in self.sections if x.either), "")
        if unusable:
            raise OutOfReach(f"it is said under {unusable}, which no hypothesis expresses")
        held = self._partial_beside_total(step)
        if held:
            raise OutOfReach(held)
        mentioned = {name for pair in sides for term in pair for name in names(term)}
        remade = sorted(mentioned & self.remade.keys())
        if remade:
            made = f"{readable(remade[0])} is made of {self.remade[remade[0]]}"
            raise OutOfReach(f"{made}, which is defined anew since")
        opposite = self._of_the_opposite_case(mentioned)
        if opposite:
            raise OutOfReach(opposite)
        earlier = self._of_an_earlier_meaning(step, mentioned)
        earlier = earlier or self._of_an_exercise(step, mentioned) or self._elsewhere(mentioned)
        if earlier:
            raise OutOfReach(earlier)
        self._guess(elaborator)
        chained = elaborator.chained([term for pair in sides for term in pair])
        if chained is not None:
            terms, equations = chained
            sides = tuple(zip(terms[::2], terms[1::2], strict=True))
            for equal in equations:
                said = f"{latex(equal.right)} \\text{{ varies on its own}}"
                local = (*local, Hypothesis((equal,), said))
            elaborator.guess("the loss depends on each layer by way of the next")
        if step.first:
            self.results[spelling(step.left)] = step.right
        self.decided = True
        torn = self._learn_standing(elaborator)
        judged = self.ranges.final is not None  # only the last reading makes claims for good
        away = self.english and said_elsewhere(self.sentence.text)
        leaks = [n for pair in sides for t in pair for n in self._leaks(t)] if judged else []
        notes = [*filter(None, (self.by_rows,)), *elaborator.notes, *leaks]
        rounding = None
        if relation == "=":
            approximate = step.sign.text == "approx"
            rounding = half_unit(rounded or step.right, step.left, approximate=approximate)
            if rounded is not None and rounding is not None:
                rounding *= 2
        self.sentence_claims.append(len(self.statements))
        self.open_claims[len(self.statements)] = OpenClaim(
            sides,
            relation,
            rounding,
            local,
            (
                *self._in_force_at(self._at_optimum(step)),
                *self._of_correct_class(sides, local, self.place),
            ),
            self.definitions,
            dict(self.unsettled_here),
            self._doubt(step, sides, elaborator) if judged else "",
            sizes or {},
            self._inferred(step),
            frozenset(elaborator.labels),
            step.sign.text == "approx",
            dict(self.example_values),
            putting_values=prose.puts_values(self.sentence.text),
            in_numbers=puts_numbers(step.left, step.right),
            decimals=loose(step.left, step.right) if judged else (),
            general=prose.ends_case(self.sentence),
            cases={
                name: given[0]
                for name, given in self.case_values.items()
                if name not in self.example_values and len({h.facts for h in given}) == 1
            },
            opaque={k: s for k, s in self.scope.opaque.items() if k not in self.scope.entries},
            under=frozenset(self._in_force(step.row)) if judged else frozenset(),
            left=(
                *(h.hypothesis for h in self.held if h.left or (away and self._is_of_before(h))),
                *(h for h in local if (h.source, h.line) in self.cases_left),
                *(
                    h
                    for h in self.example_values.values()
                    if h in self.values_left or (away and not self._is_of_sentence(h))
                ),
                *self._said_in_passing(step, sides),
            ),
            torn=(
                _stands_both_ways(torn)
                or self._lacks_transpose(step, elaborator)
                or _is_matrix_as_number(step)
            ),
        )
        self._state(
            "claim",
            step.span,
            *step.texts,
            note="; ".join(dict.fromkeys(notes)),
            reasons=step.reasons,
            guesses=tuple(elaborator.guesses),
        )

    def _of_the_opposite_case(self, mentioned: Collection[str]) -> str:
        """Why a claim is not about a name as it was defined: "Otherwise" it is another."""
        here = opening(self.sentence.text)
        for name in sorted(set(mentioned).union(*(self.reach.get(n, ()) for n in mentioned))):
            entry = self.scope.entries.get(name)
            if entry is not None and contrast(entry.said, here):
                return f'{readable(name)} is defined "{entry.said}", and this is said "{here}"'
        return ""

    def _lacks_transpose(self, step: Step, elaborator: Elaborator) -> str:
        """Why ``w x`` may be wrong, read as a dot product, where the text has ``w^T x``."""
        if SIDE_BY_SIDE not in elaborator.notes:
            return ""
        beside = {
            base_name(one)
            for side in (step.left, step.right)
            for node in walk(side)
            for one, other in pairwise(node.factors if isinstance(node, s.Product) else ())
            if isinstance(one, s.Name) and isinstance(other, s.Name)
            if not one.text.strip("\\")[:1].isupper()  # a matrix
        }
        turned = {
            base_name(node.base)
            for formula in self.formulas.values()
            for node in walk(formula)
            if isinstance(node, s.Scripts) and transposed(node) and isinstance(node.base, s.Name)
        }
        found = sorted(beside & turned)
        return f"{readable(found[0])} stands without its transpose" if found else ""

    def _is_of_sentence(self, hypothesis: Hypothesis) -> bool:
        """Whether the sentence at hand supposes it."""
        return any(s.hypothesis == hypothesis for s in self.statements[self.sentence_from :])

    def _elsewhere(self, mentioned: Collection[str]) -> str:
        """Why a number that a name was given may be none of this place: "At the pole, □"."""
        if not self.english or not said_elsewhere(self.sentence.text):
            return ""
        here = {d.name for s in self.statements[self.sentence_from :] for d in s.definitions}
        below = set(mentioned).union(*(self.reach.get(name, frozenset()) for name in mentioned))
        for name in sorted(below - here):
            known = self.definitions.get(name)
            if known is not None and isinstance(known.body, Number):
                return f"it may be said of another place than {readable(known.source)} is"
        return ""

    def _of_an_exercise(self, step: Step, mentioned: Collection[str]) -> str:
        """Why the a of this exercise may be another one than that of an exercise before it."""
        if not self.exercise or not self.of_exercises:
            return ""
        behind = self.after[0] if self.after else None
        rest = referring.until_the_end(behind.text) if isinstance(behind, Prose) else ""
        if titles.refers_back(self.document.text[self.exercise_from : step.span.end] + rest):
            return ""
        below = set(mentioned).union(*(self.reach.get(name, frozenset()) for name in mentioned))
        known = ((name, self.definitions.get(name)) for name in sorted(below))
        for name, definition in known:
            if definition is not None and (name, definition.line) in self.of_exercises:
                return f"{readable(name)} was defined in another exercise (line {definition.line})"
        return ""

    def _said_in_passing(
        self, step: Step, sides: Sequence[tuple[Term, Term]]
    ) -> Iterator[Hypothesis]:
        """Values that an earlier sentence set for itself: "Setting x = 0 gives the intercept."

        The example goes on where something is concluded, or a number for what has a meaning;
        a number of classes is for its sentence, whatever comes next.
        """
        named = is_number(step.right) and not all(self._about_data(left) for left, _ in sides)
        if not prose.concludes(self.sentence.text):
            before = (h for h, at in self.passing_values.items() if at < self.sentence_from)
            yield from (h for h in before if not named or given_sizes((h,)))

    def _of_an_earlier_meaning(self, step: Step, mentioned: Collection[str]) -> str:
        """Why a claim about f may mean an f that was: "for the original f", "of section A"."""
        below = set(mentioned).union(*(self.reach.get(name, frozenset()) for name in mentioned))
        earlier = {name: self.replaced.get(name, set()) for name in below & self.replaced.keys()}
        for name in below & self.restated.keys() & self.scope.entries.keys():
            earlier[name] = {*earlier.get(name, ()), self.scope.entries[name].section}
        if not earlier:
            return ""
        behind = self.after[0] if self.after else None
        words_behind = referring.until_the_end(behind.text) if isinstance(behind, Prose) else ""
        said = f"{self.sentence.text} {words_behind}"
        here = {section.title for section in self.sections}
        for name, sections in sorted(earlier.items()):
            titles = {self.titles.get(number, "") for number in sections} - here
            entry = self.scope.entries.get(name)
            elsewhere = entry is not None and entry.section != self._section()
            if (
                referring.refers_back(said)
                or any(referring.names_title(said, title, here) for title in titles)
                or (elsewhere and any(referring.goes_back(own, t) for own in here for t in titles))
            ):
                return f"it may speak of what {readable(name)} was before it was defined anew"
        return ""

    def _in_force_at(self, optimum: tuple[Hypothesis, ...]) -> Iterator[Hypothesis]:
        """What is supposed, and what holds at an optimum, which may contain a constraint."""
        for held in self.held:
            contained = self.contained.get(held.hypothesis)
            if contained is None or contained not in optimum:
                yield held.hypothesis
        yield from optimum

    def _of_inverses(self, held: Iterable[Hypothesis]) -> Iterator[Hypothesis]:
        """What is known of inverses; ``held``: what is supposed of the matrices."""
        sources = {hypothesis.source for hypothesis in held}
        for inverse in self.scope.inverses.values():
            yield inverse.hypothesis()
            known = (n for n in inverse.made_of if facts.symmetric_source(n) in sources)
            if inverse.is_symmetric(frozenset(known)):
                yield facts.symmetric(inverse.name, (inverse.row.range, inverse.row.range), 0)

    def _doubt(
        self, step: Step, sides: tuple[tuple[Term, Term], ...], elaborator: Elaborator
    ) -> str:
        """What the equation may say instead of a claim; "" for nothing."""
        if not step.first:
            self.unsaid.update(new for pair in sides if (new := self._is_solved_for(*pair)))
        return (
            self._is_called_wrong()
            or (f"{self.by_rows}, and may be something else" if self.by_rows else "")
            or next(iter(elaborator.doubts), "")
            or ("two vectors side by side are read as their dot product" if self.dots else "")
            or self._plain_of_bold(step)
            or _in_two_fonts(sides)
            or self._in_two_cases(step)
            or self._beside_differentials(step)
            or self._of_two_classes()
            or self._of_members(sides)
            or self._under_words()
            or self._of_a_count(sides)
            or self._of_a_total(sides)
            or self._of_one_term(sides)
            or self._of_optimum(sides)
            or self._up_to_constants()
            or self._of_function_behind(sides)
            or self._in_the_limit(sides)
            or self._of_several_kinds(sides)
            or self._stands_alone_here(sides)
            or self._of_components_apart(sides)
            or self._may_be_solved(sides)
            or self._may_say_which_function(sides)
            or self._is_told_by_argument(sides)
            or self._defines_nothing_known(elaborator, sides, not step.first)
            or self._calls_it_so(step, sides)
            or self._introduces_unsaid(step, sides)
            or self._may_define_anew(step)
            or self._of_another_kind(sides)
            or self._may_be_of_one(sides)
            or _may_be_at_a_number(step, sides)
            or self._may_be_of_each(sides)
            or _sums_up_nothing(step)
            or self._is_evaluated(step, sides)
            or self._may_be_of_a_case(step)
            or self._may_be_value_there(sides)
            or self._is_one_of_many(sides)
            or _may_say_what_it_is(step)
            or self._may_be_set(step)
            or self._is_alternative(step)
            or self._goes_on(step)
            or self._is_one_of_equivalents(step)
            or self._may_be_an_update(step)
            or self._may_be_one_to_solve(step, sides)
            or self._is_of_a_row(step)
            or self._starts_from(sides)
            or other_meaning(step.left, step.right, self.names)
        )

    def _is_called_wrong(self) -> str:
        """The text may say itself that the equation is wrong, before it or in the next words."""
        wrong = called_wrong(self.sentence.text, self._next_words())
        return "false as it stands, which the text may say itself" if wrong else ""

    def _of_one_term(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """ "Only $j = k$ depends on $w_k$, so □" with ``\\sum_j x_j w_j = x_k w_k``.

        What the others are does not matter, which is not to say that they are 0.
        """
        if not prose.speaks_of_one_term(self.sentence.text):
            return ""
        left_out = any(
            isinstance(whole, Sum) and match(whole.body, one, {whole.index: None})
            for left, right in sides
            for whole, one in ((left, right), (right, left))
        )
        return "the terms that do not matter may be left out" if left_out else ""

    def _stands_alone_here(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """Why the numbers of this section, which are vectors in others, may be meant otherwise."""
        known = self.known.alone
        alone = {f"{{{n}}}" for section in self.sections for n in known.get(section.number, ())}
        found = alone & frozenset().union(*(names(term) for pair in sides for term in pair))
        named = readable(min(found).strip("{}")) if found else ""
        return f"{named} is read as a number here, and has components elsewhere" if found else ""

    def _may_be_solved(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``a_i = \\sum_j w_{ij} a_j + x_i`` of an open a that depends on x: it may say how."""
        for left, right in sides:
            if isinstance(left, Variable) and left.name in names(right):
                if left.name in self.known.dependents and not self.scope.defined(left.name):
                    return f"it may be an equation of which {readable(left.name)} is the solution"
        return ""

    def _is_told_by_argument(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``I(s^2) = n / 2 s^4`` after ``I(m) = n / s^2``, in which no m stands.

        What is in the brackets tells of which quantity it is, and is not put in.
        """
        for left, right in sides:
            entry = self.scope.entries.get(left.name) if isinstance(left, Application) else None
            if entry is None or not isinstance(left, Application) or not entry.formals:
                continue
            constant = names(entry.value.term).isdisjoint(entry.formals)
            same = [Variable(name, ()) for name in entry.formals]
            new = [*left.arguments] != same
            new = new and not any(isinstance(argument, Number) for argument in left.arguments)
            if constant and new and names(entry.value.term) and names(right):
                return f"what stands behind {readable(left.name)} may tell which one it is"
        return ""

    def _may_say_which_function(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``T(n) = 2 T(n / 2) + n``, ``f(x + y) = f(x) f(y)``: it may tell which open f is meant.

        Not where a derivative stands: the chain rule holds of every f.
        """
        parts = [part for pair in sides for term in pair for part in subterms(term)]
        if any(isinstance(p, Derivative) or (isinstance(p, Application) and any(p.orders))
               for p in parts):  # fmt: skip
            return ""
        for side in (term for pair in sides for term in pair):
            factors = side.factors if isinstance(side, Mul) else (side,)
            told = {f.name for f in factors if isinstance(f, Application)}
            alone = all(isinstance(f, Application) for f in factors) and len(told) == 1
            if not alone or self.scope.defined(min(told)):
                continue
            given = {
                tuple(map(_without_indices, part.arguments))
                for part in parts
                if isinstance(part, Application) and part.name in told
            }
            if len(given) > 1:
                return f"it may say which function {readable(min(told))} is"
        return ""

    def _of_components_apart(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """Why a claim about h may hold, where ``h_2 = w_2 h_1`` is kept and not used."""
        parts = [part for pair in sides for term in pair for part in subterms(term)]
        if any(isinstance(part, Derivative) for part in parts):
            return ""  # those are looked at with all definitions: ``_slope_of_components``
        found = frozenset().union(*(names(term) for pair in sides for term in pair))
        found = found.union(*(self.reach.get(name, frozenset()) for name in found))
        found &= self.components.keys() - self.scope.entries.keys()
        return _not_used(min(found)) if found else ""

    def _slope_of_components(self, mentioned: set[str], terms: Iterable[Term]) -> str:
        """Why a slope is not known: ``h_2 = w_2 h_1``, which is not used, holds what it is by."""
        known = mentioned & (self.components.keys() - self.everywhere.keys())
        if not known:
            return ""
        by = {p.variable.name for t in terms for p in subterms(t) if isinstance(p, Derivative)}
        for name in sorted(known):
            below, pending = set[str](), [name]
            while pending:
                new = self.components.get(current := pending.pop(), set()) - below
                below |= new | self.reach.get(current, frozenset())
                pending.extend(new)
            if by & below:
                return _not_used(name)
        return ""

    def _in_force(self, row: s.Row) -> dict[str, frozenset[str]]:
        """The conditions that a formula is said for, as spelled, and the letters in them."""
        said = [c.syntax for section in self.sections for c in section.conditions]
        said.extend(c.syntax for c in ([self.case] if self.case else []))
        said.extend(c.syntax for c in self.passing)
        said.extend([row.condition] if row.condition is not None else [])
        found = {spelling(x): letters_of(x) for x in said if restricting(x)}
        for hypothesis in self.passing_facts:
            about = frozenset().union(*map(fact_names, hypothesis.facts))
            found["".join(hypothesis.source.split())] = about
        if self.unusable:
            found[self.unusable] = frozenset()
        return found

    def _beyond_limits(self, claim: OpenClaim, made: Sequence[Claim]) -> str:
        """Why a definition that is said for some cases may not be used in a claim."""
        for one in made:
            bodies = {d.name: d.body for d in one.context.definitions}
            for d in one.context.definitions:
                limit = self.limits.get((d.name, d.line))
                if limit is None:
                    continue
                others = [body for name, body in bodies.items() if name != d.name]
                said = (t for pair in claim.sides for t in pair)  # f'(-1), as it is written
                terms = (one.left, one.right, *others, *said)
                free = all(stands_free(t, d.name, limit) for t in terms)
                under = limit.conditions <= claim.under
                if not free or (d.name in self.complemented and not under):
                    in_words = limit.source.startswith(r"\text{")
                    shown = ("" if in_words else "where ") + readable(limit.source)
                    return f"what {readable(d.name)} is, is said only {shown}"
        return ""

    def _on_diagonal(self, made: Sequence[Claim]) -> str:
        """Why a claim about ``p_ij`` is in doubt, where ``p_ii = 0`` is said apart."""
        for one in made:
            unequal = {
                frozenset((fact.left, fact.right))
                for h in one.context.hypotheses
                for fact in h.facts
                if isinstance(fact, Different)
            }
            bodies = [d.body for d in one.context.definitions]
            for d in one.context.definitions:
                if d.name in self.diagonals:
                    terms = (one.left, one.right, *bodies)
                    if not all(stands_unequal(t, d.name, frozenset(unequal)) for t in terms):
                        return f"what {readable(d.name)} is at equal indices is said apart"
        return ""

    def _of_two_classes(self) -> str:
        """ "Note that for a 2 class system □": false of more classes, and not said of them."""
        two = not self.displayed and prose.supposes_two_classes(self.sentence.text)
        return "it is said of two classes, which no hypothesis expresses" if two else ""

    def _of_a_total(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``\\sum_k N_k = N`` of an N that nothing else says anything of."""
        found = frozenset().union(*(names(term) for pair in sides for term in pair))
        parts = self.used | self.scope.entries.keys()
        for name in sorted(found):
            counts = name in COUNTS and f"{name}{PARTS}" in parts
            if counts and not self.scope.defined(name):
                return f"{readable(name)} may be the number of all"
        return ""

    def _beside_differentials(self, step: Step) -> str:
        """``d (A^T)`` on a page with a ``dA``: a differential, and no product with a number d."""
        words = [
            {
                n.text
                for n in walk(side)
                if isinstance(n, s.Name) and _DIFFERENTIAL.fullmatch(n.text)
            }
            for side in (step.left, step.right)
        ]
        for name in sorted(words[0] ^ words[1]):
            if self.scope.defined(name[1:]) and not self.scope.defined(name):
                return f"{name} may be the differential of {name[1:]}"
        known = self.used | self.scope.entries.keys()
        if not any(_DIFFERENTIAL.fullmatch(name) for name in known):
            return ""
        for side in (step.left, step.right):
            for node in walk_values(side):
                if isinstance(node, s.Product):
                    pairs = zip(node.factors, node.operators, strict=False)
                    if any(isinstance(f, s.Name) and f.text == "d" and not o for f, o in pairs):
                        return "d may be a differential, and no number"
        return ""

    def _partial_beside_total(self, step: Step) -> str:
        """``\\frac{dz}{dx} = \\frac{\\partial z}{\\partial x} + ...``: the partial one is another.

        It holds fixed what z is made of besides x, also where that depends on x.
        """
        nodes = [n for side in (step.left, step.right) for n in walk(side)]
        slopes = [n for n in nodes if isinstance(n, s.Differentiation) and n.body is not None]
        if not {"d", "partial"} <= {slope.sign for slope in slopes}:
            return ""
        for slope in slopes:
            found = reference(slope.body, self.names) if slope.body is not None else None
            entry = self.scope.entry(found.name) if found is not None else None
            if slope.sign != "partial" or entry is None or found is None:
                continue
            made_of = names(entry.value.term)
            for variable in slope.variables:
                by = reference(variable, self.names)
                if by is None or by.name not in made_of:
                    continue
                others = sorted(made_of - {by.name, found.name})
                moved = [x for x in others if by.name in self._behind_name(x)]
                if moved:
                    return f"{readable(moved[0])} may be held fixed in the partial derivative"
        return ""

    def _behind_name(self, name: str) -> frozenset[str]:
        """All names that a defined name is made of."""
        pending, seen = [name], set[str]()
        while pending:
            entry = self.scope.entry(pending.pop())
            new = names(entry.value.term) - seen if entry is not None else frozenset[str]()
            seen |= new
            pending.extend(new)
        return frozenset(seen)

    def _under_words(self) -> str:
        """ "If $a$ and $b$ are equal, □": a condition of which no hypothesis is known."""
        known = any(correct.level < 0 for correct in self.correct)
        if known or not prose.supposes_in_words(self.sentence.text):
            return ""
        kinds = {statement.kind for statement in self.statements[self.sentence_from :]}
        return "" if "hypothesis" in kinds else "it is said under a condition in words"

    def _of_a_count(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """ "Suppose N = 1", of an N that is not read as the number of anything, and may be."""
        found = frozenset().union(*(names(term) for pair in sides for term in pair))
        found = found.union(*(self.reach.get(name, frozenset()) for name in found))
        for hypothesis in (*(h.hypothesis for h in self.held), *self.passing_facts):
            match hypothesis.facts:
                case (Equation(Variable(name, ()), Number(value), ()),) if (
                    name in COUNTS and name not in found and value >= 1
                ):
                    return f"line {hypothesis.line} may say how many terms there are"
        return ""

    def _of_members(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """A claim about ``\\sum_{j \\in N(i)} x_j`` that may be said of the j in N(i)."""
        found = frozenset().union(*(names(side) for pair in sides for side in pair))
        found = found.union(*(self.reach.get(name, frozenset()) for name in found))
        if self.some_members and any(name.startswith(MEMBER) for name in found):
            return "it may be said of the members of a set"
        return ""

    def _of_optimum(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """ "At the optimum, p = q": it holds there, and what is drawn from it in the sentence."""
        there = prose.says_at_optimum(self.sentence.text)
        named = any(
            isinstance(t, Derivative) for pair in sides for side in pair for t in subterms(side)
        )
        if self.optimum and not named and self._is_about(sides) and self._is_away():
            return "it may be said of where a derivative is 0, or of all values"
        open_ = [n for pair in sides for side in pair for n in names(side)]
        if not named and not any(map(self.scope.defined, open_)) and not self._is_about(sides):
            sought = [n for n in open_ if self._is_constrained(n)]
            if any(self._leads(function, n) for n in sought for function in self.scope.entries):
                return "it may hold only where something is least or largest"
        if self.optimum and not named and self.apart:
            return "it may be said of where the derivatives of several functions are 0"
        vanish = all(isinstance(left, Derivative) and right == facts.ZERO for left, right in sides)
        if vanish and (there or prose.vanishes(self.sentence.text)):
            return "it is said of where the derivative is 0"
        # "Setting the slopes to 0 gives ... Substituting back": it is said of where they are 0.
        listed = self.sentence.tail.strip(" ,\n") == "and" and "□" in self.sentence.text
        if listed and prose.sets_to_zero(self.sentence.text) and not named and not vanish:
            # "Setting the derivatives to zero gives □ and □": one of them was not expressed.
            there, self.unsolved = True, self._section()
        expressed = bool(self.optimum) and self.unsolved != self._section()
        if self.vanished is not None and self.vanished == self._section() and not expressed:
            back = prose.puts_back(self.sentence.text) or prose.puts_back(self.recent)
            self.put_back = self.vanished if back else self.put_back
            of_a_name = all(isinstance(left, Variable | Application) for left, _ in sides)
            there = there or of_a_name or self.put_back == self.vanished
        return (
            "it is said of an optimum, which no hypothesis expresses" if there and not named else ""
        )

    def _is_about(self, sides: Sequence[tuple[Term, Term]]) -> bool:
        """Whether the sides, or what they are made of, are quantities of what was set to 0."""
        found = frozenset[str]().union(*(names(side) for pair in sides for side in pair))
        found = found.union(*(self.reach.get(name, frozenset()) for name in found))
        held = (f for held in self.optimum for f in held.hypothesis.facts)
        return not found.isdisjoint(name for fact in held for name in fact_names(fact))

    def _of_several_kinds(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``P(x, y) = P(x) P(y)`` of an open P, and a P(x) that is a component beside a P(y)."""
        parts = [part for pair in sides for side in pair for part in subterms(side)]
        kinds: dict[str, set[tuple[str, int]]] = {}
        for part in parts:
            match part:
                case Application(name, _, arguments, _) if not self.scope.defined(name):
                    kinds.setdefault(readable(name), set()).add(("of", len(arguments)))
                case Variable(name, indices) if not self.scope.defined(name):
                    kinds.setdefault(readable(name), set()).add(("at", len(indices)))
        several = sorted(name for name, found in kinds.items() if len(found) > 1)
        return f"{several[0]} stands for several functions" if several else ""

    def _of_function_behind(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``f'(x) = 3 x^2`` "for f(x) = x^3", where f was x^2 until now."""
        match self.after:
            case [Prose(text=words), Formula(display=False) as formula, *_] if (
                prose.says_for_what(f"□{words}") and id(formula) in self.formulas
            ):
                body = self.formulas[id(formula)].opening
                left = body.first if isinstance(body, s.Chain) else None
                found = head(left, self.names) if left is not None else None
                known = self.definitions.get(found.name) if found is not None else None
                about = {name for pair in sides for side in pair for name in names(side)}
                if found is not None and known is not None and found.name in about:
                    if "".join(known.source.split()) != "".join(formula.content.split()):
                        return f"it may be said of another {readable(found.name)}"
        return ""

    def _up_to_constants(self) -> str:
        """ "Up to a constant, □", "□, where C does not depend on x": the rest is not written."""
        behind = self._words_behind()
        if prose.leaves_terms_out(self.sentence.text, behind):
            return "it is said up to terms that are left out"
        small = any("\\ll" in f.content.split() or "\\ll " in f.content
                    for f in self.spoken.formulas)  # fmt: skip
        if small or prose.expands(self.sentence.text):
            return "it is said of the first terms of an expansion"
        if prose.says_nearly(self.sentence.text):
            return "it is said to hold approximately"
        told = next((item for item in self.after if isinstance(item, Formula)), None)
        if told is not None and prose.has_constant(behind):
            name = told.content.strip()
            if name not in self._before():
                return f"nothing that was read says which constant {readable(name)} is"
        return ""

    def _in_the_limit(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``(1 - q^n) / (1 - q) = 1 / (1 - q)`` "where n is very large": what is left of it."""
        behind = self._words_behind()
        if not (prose.says_in_the_limit(self.sentence.text + behind) or self._of_a_limit()):
            return ""
        apart = any(_quantities(left) != _quantities(right) for left, right in sides)
        small = prose.said_small(self.spoken.words)
        if small is not None and small < len(self.spoken.formulas):
            name = self.spoken.formulas[small].content.strip()
            apart = apart or any(name in names(side) for pair in sides for side in pair)
        return "it is said of a limit, which no hypothesis expresses" if apart else ""

    def _of_correct_class(
        self,
        sides: Sequence[tuple[Term, Term]],
        local: Sequence[Hypothesis],
        place: str = "",
    ) -> tuple[Hypothesis, ...]:
        """What the one-hot labels are at the letters of a claim that stand for the correct class.

        ``place``: where the letters stand; none, where it is too late to say over what they run.
        """
        letters = {i for pair in sides for term in pair for i in free_indices(term)}
        letters.update(i for h in local for fact in h.facts for i in facts.indices_of(fact))
        said = [
            (c, i)
            for c in self.correct
            for i in letters
            if c.letter == i.name and not self._speaks_of_any(c.letter)
        ]
        said.extend(
            (CorrectClass(i.name, True, f"{i.name} \\text{{ names the correct class}}", 0, 0), i)
            for i in letters
            if classes.names_correct_class(i.name)
        )
        found: list[Hypothesis] = []
        for (one, i), (other, k) in product(said, repeat=2):
            if other.correct and not one.correct and i.name != k.name and i.range == k.range:
                found.append(Hypothesis((Different(i, k),), one.source, one.line))
        label = self._label()
        for one, i in said if label is not None else ():
            slot = f"slot:{label}:0"
            if place:
                self.ranges.suggest(f"free:{place}:{i.name}", slot)
            component = Variable(str(label), (i,))
            fact = facts.hot(component) if one.correct else Equation(component, facts.ZERO)
            if fact is not None and i.range == self.ranges.name(slot):
                found.append(Hypothesis((fact,), one.source, one.line))
        return tuple(found)

    def _speaks_of_any(self, letter: str) -> bool:
        """Whether the sentence is about every class that the letter may stand for."""
        marks = (f"⟦{n}⟧" for n, item in enumerate(self.spoken.formulas)
                 if item.content.strip() == letter)  # fmt: skip
        return any(classes.speaks_of_any(self.spoken.words, mark) for mark in (letter, *marks))

    def _label(self) -> str | None:
        """The only one-hot name with a single index."""
        sources = {h.hypothesis.source for h in self.held}
        found = [
            name
            for name, slots in self.names.slots.items()
            if slots == 1 and facts.one_hot_source(name) in sources
        ]
        return found[0] if len(found) == 1 else None

    def _inferred(self, step: Step) -> tuple[Term, Term] | None:
        """Both right sides of ``a = b \\implies a = c``."""
        if step.premise is None:
            return None
        elaborator = self._elaborator()
        premise, right = self._try(step.premise, elaborator), self._try(step.right, elaborator)
        if premise is None or right is None or len(premise.axes) != len(right.axes):
            return None
        left = self._try(step.left, elaborator)
        if left is not None and not names(left.term):  # "1 = 2 x, so 1/2 = x": solved for x
            return None
        try:
            aligned = elaborator.tensors.align(right, premise.axes)
        except OutOfReach:
            return None
        return premise.term, aligned.term

    def _may_define_anew(self, step: Step) -> str:
        """``loss = ...`` in another section than the loss before, where "the loss changes".

        So may ``e^2 = a + b`` where e^2 was said to be a: what is added is new.
        """
        powered = reference(step.left, self.names) if isinstance(step.left, s.Scripts) else None
        powered = powered if powered is not None and powered.power is not None else None
        if (
            powered is not None
            and step.first
            and isinstance(step.right, s.Signed)
            and len(step.right.terms) > 1
        ):
            before = self.sides.get(spelling(step.left), set())
            if any(sign > 0 and spelling(term) in before for sign, term in step.right.terms):
                return f"{spelling(step.left)} may be defined anew, with what it was as a term"
        found = reference(step.left, self.names) if isinstance(step.left, s.Name) else None
        entry = self.scope.entries.get(found.name) if found is not None and step.first else None
        if entry is None or entry.section == self._section():
            return ""
        if not prose.says_changes(self.recent):
            return ""
        return f"{entry.name} may be defined anew here, where the text says that something changes"

    def _of_another_kind(self, sides: tuple[tuple[Term, Term], ...]) -> str:
        """ "For the Laplace kernel, □", of which no section before this one has spoken.

        What a name of a section that has ended stands for may be of that kind here.
        """
        said = prose.kinds_in_words(self.sentence.text)
        new = said - prose.kinds(self.document.text[: self.begun]) if said else said
        if not new:
            return ""
        within = {section.number for section in self.sections}
        for name in sorted(frozenset().union(*(names(t) for pair in sides for t in pair))):
            entry = self.scope.entries.get(name)
            if entry is not None and entry.section and entry.section not in within:
                return f"{readable(name)} may be that of the {min(new)} here"
        return ""

    def _may_be_of_a_case(self, step: Step) -> str:
        """What is said of something only: "there is an x with □", "for some x, □".

        And of a case: "if □ > 1, it lies outside.  Therefore the loss is zero (□)".
        """
        if prose.speaks_of_some(self.sentence.text):
            return OF_SOME
        if prose.speaks_of_points(self.sentence.text, step.sign.text == "="):
            return OF_POINTS
        if prose.speaks_of_a_wish(self.sentence.text, step.sign.text == "="):
            return "it is what is wished for"
        asked = step.item.display and step.sign.text in BY_SIZE
        if asked and prose.seeks_extreme(
            self.document.text[step.item.span.start : step.span.start]
        ):
            return "it may be asked of what is sought"
        plain = is_number(step.right) and not step.item.display and step.first
        plain = plain and not (self.passing or self.passing_facts)  # the case is said
        worded = plain and prose.speaks_of_a_worded_case(self.sentence.text)
        if plain and (worded or prose.speaks_of_a_case(self.recent)):
            return "it may be said of the case that the words before it speak of"
        return ""

    def _may_be_value_there(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """ "At ``x = x_{old}``, □": the f_{old} beside f may be the value of f there."""
        found = frozenset().union(*(names(term) for pair in sides for term in pair))
        found = found.union(*(self.reach.get(name, frozenset()) for name in found))
        for fact in (fact for h in self.passing_facts for fact in h.facts):
            match fact:
                case Equation(Variable(name), Variable(there)) if there.startswith(f"{name}_"):
                    mark = there.removeprefix(name)
                    others = sorted(n for n in found if n.endswith(mark) and n != there)
                    if others:
                        return f"{readable(others[0])} may be a value at {readable(there)}"
        return ""

    def _is_one_of_many(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``g^{(T-2)}``, where the g^{(k)} are defined: one of them, which was not read so."""
        for name in sorted(frozenset().union(*(names(term) for pair in sides for term in pair))):
            found = _AT_A_SUM.fullmatch(name)
            if found is not None and self.names.slots.get(f"{found[1]}^{{()}}", 0):
                return f"{readable(name)} may be one of the {readable(found[1])} of all positions"
        return ""

    def _goes_on(self, step: Step) -> str:
        """``u_{t+1}^p = u_t^p + v``: how an open quantity goes on from one step to the next."""
        left = step.left
        match left:
            case s.Scripts(_, s.Name(), s.Signed(_, ((1, letter), (1, s.Numeral()))), above):
                now = spelling(replace(left, subscript=letter))
                found = reference(left, self.names)
                known = found is not None and self.scope.defined(found.name)
                if above is not None and step.first and not known:
                    if any(
                        spelling(n) == now for n in walk(step.right) if isinstance(n, s.Scripts)
                    ):
                        return f"it says how {readable(spelling(left.base))} goes on"
        return ""

    def _starts_from(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """``e_k = e_0 c^k``: what an open sequence is, by its first member."""
        for one, other in (*sides, *((right, left) for left, right in sides)):
            if not isinstance(one, Variable) or self.scope.defined(one.name):
                continue
            own = [p for p in subterms(other) if isinstance(p, Variable) and p.name == one.name]
            fixed = all(any(isinstance(i, Position) for i in p.indices) for p in own)
            if own and fixed and free_indices(one):
                return f"it says what {readable(one.name)} is from its first member on"
        return ""

    def _may_be_of_one(self, sides: tuple[tuple[Term, Term], ...]) -> str:
        """``dl/dw = (y_i - p_i) x_i`` "for a single sample": l is that of the sample, no sum."""
        self.of_one = self.of_one or prose.speaks_of_one(self.sentence.text)
        for left, right in sides if self.of_one else ():
            body = left.body if isinstance(left, Derivative) else left
            own = free_indices(right) - free_indices(left)
            plain = any(f"{name}{LAYERED}" in self.used for name in names(right))  # y beside y^(i)
            if isinstance(body, Variable | Application) and (own or plain):
                return f"{readable(body.name)} may be that of a single example here"
        return ""

    def _may_be_of_each(self, sides: tuple[tuple[Term, Term], ...]) -> str:
        """``(x - m) / s``, where ``s_j^2 = ...`` says what s is "of the jth feature"."""
        found = frozenset().union(*(names(term) for pair in sides for term in pair))
        for entry in self.scope.entries:
            letter = _BEHIND_A_LETTER.fullmatch(entry)
            if letter is not None and letter[1] in found - self.scope.entries.keys():
                return f"{readable(letter[1])} may be {readable(entry)}"
        return ""

    def _is_evaluated(self, step: Step, sides: tuple[tuple[Term, Term], ...]) -> str:
        """``= -1/a^2 = -(0.731)^2``: what is put in for data was found elsewhere."""
        decimal = any(isinstance(n, s.Numeral) and "." in n.text for n in walk(step.right))
        for left, right in sides if decimal and not step.first else ():
            if names(left) and not names(right) and self._about_data(left):
                return f"a value of {readable(min(names(left)))} may be put in"
        return ""

    def _is_one_of_equivalents(self, step: Step) -> str:
        """``a > b \\iff c > d``: that both hold for the same data, and for which is left open."""
        if self.equivalent and step.sign.text in BY_SIZE:
            return "it is said to hold where another comparison does"
        return ""

    def _is_of_a_row(self, step: Step) -> str:
        """``f = x \\log x`` behind a table that says in each row which f is meant there."""
        found = head(step.left, self.names) if step.first else None
        if found is not None and found.name in self.tabled:
            return f"each row of a table says what {readable(found.name)} is"
        if isinstance(step.left, s.Differentiation) and step.left.body is not None:
            sloped = head(step.left.body, self.names)
            if sloped is not None and sloped.name in self.tabled:
                return f"each row of a table says what {readable(sloped.name)} is"
        return ""

    def _may_be_one_to_solve(self, step: Step, sides: Sequence[tuple[Term, Term]]) -> str:
        """``1/2 = e^{-x} \\implies 2 = e^x``: a number and open data, to find out what x is."""
        number = isinstance(step.left, s.Numeral) or isinstance(step.right, s.Numeral)
        found = isinstance(step.left, s.Name | s.Scripts)  # x = 2 is what was found
        for pair in sides if self.concluding and number and not found else ():
            one, other = sorted(pair, key=lambda side: len(names(side)))
            open_ = names(other).isdisjoint(self.scope.entries)
            whole = names(other) and not isinstance(other, Variable)
            if not names(one) and whole and open_ and self._about_data(other):
                return "it may be an equation that is solved for what stands in it"
        return ""

    def _may_be_an_update(self, step: Step) -> str:
        """``w = w + a g`` of a w that is open: nobody claims that the rest is 0."""
        found = head(step.left, self.names)
        if not step.first or (found is not None and self.scope.defined(found.name)):
            return ""
        match step.right:
            case s.Signed(_, ((1, own), *rest)) if spelling(own) == spelling(step.left) and any(
                isinstance(node, s.Name) for _, term in rest for node in walk(term)
            ):
                return f"it may give {spelling(step.left)} a new value, made of the old one"
        return ""

    def _in_two_cases(self, step: Step) -> str:
        """``p_i`` on one side only, in a display with a ``P_i``: it may be the same."""
        scripted = [
            {spelling(n) for n in walk(side) if isinstance(n, s.Scripts)}
            for side in (step.left, step.right)
        ]
        rows = (row.body for row in self.formulas[id(step.item)].rows)
        here = {spelling(n) for body in rows for n in walk(body) if isinstance(n, s.Scripts)}
        for name in sorted(scripted[0] ^ scripted[1]):
            other = name[:1].swapcase() + name[1:]
            if other != name and other in here and other not in scripted[0] | scripted[1]:
                return f"{readable(name)} may be {readable(other)}"
        return ""

    def _defines_nothing_known(
        self, elaborator: Elaborator, sides: tuple[tuple[Term, Term], ...], goes_on: bool
    ) -> str:
        """``H(p, q) = H(p) + D(p | q)`` where nothing else says what D is: it may say so.

        ``goes_on``: the equation is a later one of a chain.
        """
        entries = self._open_entries([left for left, _ in sides])
        if entries and not any(entries & names(right) for _, right in sides):
            return f"nothing that was read says what {readable(min(entries))} is"
        for left, right in sides:
            for one, other in ((left, right), (right, left)):
                new = names(other)
                known = names(one) & (self.used | self.scope.entries.keys())
                if known and new.isdisjoint(self.used | names(one)) and self._matrices(new):
                    self.unsaid |= new
                    return f"nothing that was read says what {readable(min(new))} is"
                for term in one.terms if isinstance(one, Add) else (one,):
                    inner = term.factors[-1] if isinstance(term, Mul) else term
                    name = getattr(inner, "name", "")
                    if (
                        "(" in name
                        and name in elaborator.open_functions
                        and (name not in self.used and name not in names(other))
                    ):
                        return f"nothing that was read says what {name.strip('{}')} is"
            solved_for = self._is_solved_for(left, right) if goes_on else ""
            if solved_for:
                self.unsaid.add(solved_for)
                return f"nothing that was read says what {readable(solved_for)} is"
            lonely = self._unexplained(left) ^ self._unexplained(right)
            if lonely:
                return f"nothing that was read says what {readable(min(lonely))} is"
        return ""

    def _calls_it_so(self, step: Step, sides: tuple[tuple[Term, Term], ...]) -> str:
        """ "The output is a_L = o": o is what a_L is called, and a_L is not made of it."""
        for one, other in (*sides, *((right, left) for left, right in sides)):
            match one, other:
                case Variable(known), Variable(new) if step.sign.text in ("=", "equiv"):
                    made_of = self.reach.get(known, frozenset())
                    open_ = self.scope.defined(known) and not self.scope.defined(new)
                    if open_ and new not in made_of:
                        return f"nothing that was read says what {readable(new)} is"
        return ""

    def _is_solved_for(self, left: Term, right: Term) -> str:
        """The Z of ``w / \\sum_k w_k = w / Z``, which no statement before this one mentions."""
        lonely = {n for n in names(left) ^ names(right) if not self.scope.defined(n)}
        places = [
            part
            for side in (left, right)
            for part in subterms(side)
            if isinstance(part, Derivative) or (isinstance(part, Variable) and part.name in lonely)
        ]
        match places:
            case [Variable(name)]:
                said = [f for h in self.held for f in h.hypothesis.facts]
                met = any(name in fact_names(f) for f in said) or any(
                    name in names(side)
                    for claim in self.open_claims.values()
                    for pair in claim.sides
                    for side in pair
                )
                met = met or any(name in names(d.body) for d in self.definitions.values())
                return "" if met else name
        return ""

    def _unexplained(self, term: Term) -> frozenset[str]:
        """The probabilities ``P(y | x)``, functions and means that a term rests on unexplained.

        Whoever equates one with a formula says what the model is; of most P it would be false.
        """
        below = names(term)
        below = below.union(*(self.reach.get(name, frozenset()) for name in below))
        return frozenset(
            n
            for n in below
            if ("\\mid" in n or n in self.scope.arguments or self._is_mean(n))
            and not self.scope.defined(n)
        )

    def _matrices(self, found: frozenset[str]) -> bool:
        """``B = V D V^T`` with matrices that nothing explains: there may be such."""
        open_ = not any(map(self.scope.defined, found))
        return open_ and any(self.names.slots.get(name, 0) == 2 for name in found)

    def _open_entries(self, terms: Sequence[Term]) -> frozenset[str]:
        """The names that are all the entries of a matrix, each by itself, unexplained."""
        found = frozenset(term.name for term in terms if isinstance(term, Variable))
        plain = len(terms) > 1 and len(set(terms)) == len(terms)
        if not plain or not all(isinstance(term, Variable) for term in terms):
            return frozenset()
        return frozenset() if any(map(self.scope.defined, found)) else found

    def _is_mean(self, name: str) -> bool:
        """``\\bar x`` beside data x_i, which by custom is their mean."""
        found = _BAR.fullmatch(name)
        return found is not None and self.names.slots.get(found.group(1), 0) > 0

    def _introduces_unsaid(self, step: Step, sides: tuple[tuple[Term, Term], ...]) -> str:
        """``D_j S_i = S_i (d_ij - S_j)`` where D is new: its author knows what it means."""
        for side in (step.left, step.right):  # "f_i = D_i f"
            head = reference(side.factors[0], self.names) if isinstance(side, s.Product) else None
            if head is not None and head.name.partition("_")[0] == "D" and not head.word:
                if not self.scope.defined(head.name) and head.name not in self.names.dimensions:
                    return "nothing that was read says what D is"
        for one, other in (*sides, *((right, left) for left, right in sides)):
            match one, other:  # "f_i = df/dx_i": how it is written
                case Variable(name, (_, *_)), Derivative(Variable(of, _)) if name.strip(
                    "{}"
                ) == unbraced(of) and not self.scope.defined(name):
                    return f"{readable(name)} with an index may be its derivative"
        for part in (p for pair in sides for side_ in pair for p in subterms(side_)):
            if isinstance(part, Variable):
                found = next((i.name for i in part.indices if isinstance(i, Label)), "")
                if found in self.moved:  # f_{x_i} beside df/dx_i
                    return f"{readable(part.name)} with {found} below may be its derivative"
        left = frozenset().union(*(names(one) for one, _ in sides))
        right = frozenset().union(*(names(other) for _, other in sides))
        if step.first and step.item.display and isinstance(step.left, s.Product):
            head = reference(step.left.factors[0], self.names)
            name = head.name if head is not None else ""
            known = self.used | self.names.dimensions.keys() | right
            alone = name in left and len(left) > 1 and name not in known
            if alone and not self.scope.defined(name) and step.left.operators[0] == "":
                self.unsaid.add(name)
        for name in sorted((left ^ right) & self.unsaid):
            return f"nothing that was read says what {name.strip('{}')} is"
        return ""

    def _speaks_of_matrices(self) -> bool:
        """Whether something in the document is a matrix: by a word, its indices or a transpose."""
        slots = self.names.slots
        return (
            prose.says_matrix(self.document.text)
            or any(len(name) == 1 and name.isupper() for name in self.names.transposed)
            or any(len(name) == 1 and name.isupper() and slots[name] == 2 for name in slots)
        )

    def _unsaid_matrix(self, sides: Sequence[Term], written: str) -> str:
        """A capital W, said to be nothing, that is multiplied in a claim about a derivative.

        Of a matrix the order of the factors would matter, and its transpose.
        """
        parts = [part for side in sides for part in subterms(side)]
        if not any(isinstance(part, Derivative) for part in parts):
            return ""
        for part in parts:
            factors = part.factors if isinstance(part, Mul) else ()
            for factor in factors if sum(not isinstance(f, Number) for f in factors) > 1 else ():
                name = factor.name if isinstance(factor, Variable) else ""
                base = name.partition("_")[0]
                alone = base in ("W", "U", "V") and not self.names.slots.get(name, 0)
                if alone and re.search(rf"(?<!\\partial )(?<![\w\\]){base}(?!\w)", written):
                    said = self.scope.defined(name) or prose.says_scalar(self.document.text)
                    return "" if said else name
        for part in parts:  # W^{(l)} may be a matrix for each layer
            name = part.name if isinstance(part, Variable) else ""
            layers = name.count(LAYERED)
            if layers and name[:1] in ("W", "U", "V") and self.names.slots.get(name, 0) <= layers:
                said = self.scope.defined(name) or prose.says_scalar(self.document.text)
                return "" if said else name
        return ""

    def _plain_of_bold(self, step: Step) -> str:
        """``12 x^2 (x - 1)`` on a page about a bold x: a number, or the vector written plainly."""
        for side in (step.left, step.right):
            for node in walk_values(side):
                pieces: tuple[s.Syntax, ...] = ()
                match node:
                    case s.Product(_, factors):
                        applied = [  # the s of s(x)_i is no number
                            isinstance(
                                after.base if isinstance(after, s.Scripts) else after, s.Group
                            )
                            for after in (*factors[1:], factors[0])
                        ]
                        pieces = tuple(
                            f
                            for f, before in zip(factors, applied, strict=True)
                            if not (before and _factor_name(f) in self.names.functions)
                        )
                    case s.Scripts(_, base, None, s.Numeral()):
                        pieces = (base,)
                    case s.Differentiation(_, _, variables):
                        pieces = variables
                for piece in pieces:
                    name = base_name(piece) if isinstance(piece, s.Name) else ""
                    plain = isinstance(piece, s.Name) and piece.font != "bold"
                    if plain and name in self.names.bold and self._is_vector(name):
                        return f"{readable(name)} is bold elsewhere, and may be a number here"
        return ""

    def _is_of_matrix(self, name: str) -> bool:
        """The A' beside a matrix A, of which no index shows what it is."""
        return (
            not self.names.slots.get(name, 0)
            and self.names.slots.get(letter_of(name).rstrip("'"), 0) == 2
        )

    def _is_vector(self, name: str) -> bool:
        return self.names.slots.get(name, 0) > 0 and name not in self.names.scalars

    def close(self) -> None:
        """Gives every claim its context, now that all definitions are known."""
        closing = self._closing()
        unclear = closing.unclear
        for at, claim in self.open_claims.items():
            reading, definitions, vocabulary = self._as_reading(at, claim, closing)
            inference: Claim | None = None
            if claim.inferred is not None:
                held = self._relevant(claim.inferred, definitions, claim.held, vocabulary)
                context = vocabulary.context(
                    claim.inferred, definitions, (*held, *claim.local), unclear
                )
                inference = Claim(claim.inferred[0], "=", claim.inferred[1], context)
            self.statements[at] = replace(
                self.statements[at],
                readings=(reading,),
                inference=inference,
                earlier=self._earlier(claim, reading.claims, vocabulary, unclear),
                valued=self._valued(at, claim, definitions, vocabulary, unclear),
                example=self._for_example(at, claim, reading.claims),
                general=claim.general,
            )
        for at, claim in self.open_claims.items():
            if claim.restated:
                self.statements[at] = replace(
                    self.statements[at], elsewise=self._elsewise_read(at, claim, closing)
                )

    def _elsewise_read(self, at: int, claim: OpenClaim, closing: _Closing) -> Elsewise:
        """The claim with names as they were restated before it."""
        reading = None
        if claim.anew is not None:
            reading, _, _ = self._as_reading(at, claim.anew, closing)
        places = tuple(position(self.statements[r.at].place) for r in claim.restated)
        listed = tuple(r.name for r in claim.restated)
        told = ", ".join(f"{r.name} as line {r.line} says" for r in claim.restated)
        apart = all(r.apart for r in claim.restated)
        cases = all(r.apart or r.case for r in claim.restated)
        values = all(r.value for r in claim.restated)
        return Elsewise(reading, places, listed, told, apart, cases, values)

    def _closing(self) -> _Closing:
        """What all claims get their contexts from."""
        before = Vocabulary(self.known.dependents, self.ranges.fixed())
        behind = replace(before, directly=True)
        said = prose.says_directly(self.document.text)
        from_here = self.document.place(Span(*said)).line if said is not None else None
        unclear = {**dict.fromkeys(self.proportional, frozenset[str]()), **self.scope.opaque}
        unclear = {k: v for k, v in unclear.items() if k not in self.everywhere}
        entries = {**self.entries_everywhere, **self.scope.entries}
        silence = Silence(
            frozenset(self.constants),
            frozenset(self.varying) - self.scope.activations,  # "the activation f"
            {name: entry.formals for name, entry in entries.items() if entry.formals},
            frozenset(entries),
            parameters_of(self.used),
        )
        shapeless = {x for x in self.names.transposed if not self.names.slots.get(x, 0)}
        # a^{(l)} has the layer for an index, and may have no other; so may all of (A B)^T.
        shapeless |= {x for x in self.flat if self.names.slots.get(x, 0) <= x.count(LAYERED)}
        arrays = frozenset(
            {x for x in self.names.arrays if not self.names.slots.get(x, 0)}
            | {f"{{{x}}}" for x in self.names.arrays}
        )
        valued = valued_letters(self.formulas.values())
        pairs = [pair for claim in self.open_claims.values() for pair in claim.sides]
        bodies = [d.body for d in self.everywhere.values()]
        functions = (name for name, d in self.everywhere.items() if d.arguments)
        sides = (t for t in chain.from_iterable(pairs) if not isinstance(t, Variable))
        mentioned = frozenset(functions).union(*map(_in_expressions, (*sides, *bodies)))
        return _Closing(
            before,
            behind,
            from_here,
            unclear,
            silence,
            frozenset(shapeless),
            arrays,
            valued,
            mentioned,
        )

    def _as_reading(
        self, at: int, claim: OpenClaim, closing: _Closing
    ) -> tuple[Reading, Mapping[str, Definition], Vocabulary]:
        """The claim in its context, which is returned, too."""
        before, behind, from_here = closing.before, closing.behind, closing.from_here
        silence = closing.silence
        shapeless, arrays = closing.shapeless, closing.arrays
        line = self.statements[at].place.line
        iterated = {k for k in self.iterated if self._iterated_later(k, at, claim)}
        # What was defined before in a way that was not read is not what is defined later.
        later = {
            k: d
            for k, d in self.everywhere.items()
            if k not in claim.opaque and k not in iterated
            if k in self.explaining or not _is_value(d)
        }
        definitions = self._explained(claim, {**later, **claim.definitions})
        pinned = self._pinned(claim, definitions)
        definitions = {k: d for k, d in definitions.items() if k not in pinned}
        unread = {k: names_ for k, names_ in claim.opaque.items() if k not in definitions}
        unclear = {k: v for k, v in closing.unclear.items() if k not in iterated} | unread
        vocabulary = before if from_here is None or line < from_here else behind
        made = self._with_context(claim, definitions, vocabulary, unclear)
        labels = claim.labels.union(
            *(self.labels.get(d.name, ()) for c in made for d in c.context.definitions)
        )
        made = [c for one in made for c in _by_labels(one, sorted(labels, key=repr)[:2])]
        mentioned = {x for pair in claim.sides for t in pair for x in names(t)}
        mentioned.update(
            x
            for c in made
            for d in c.context.definitions
            for x in names(d.body) - frozenset(d.arguments)
        )
        partial = ""
        if mentioned & shapeless:
            listed = ", ".join(sorted(mentioned & shapeless))
            partial = f"{listed} is transposed somewhere, and nothing says what its shape is"
        bodies = [d.body for c in made for d in c.context.definitions]
        sides = [side for pair in claim.sides for side in pair]
        # Where W is said to be a matrix, so may be W_1.
        parts = {x for x in mentioned if not self.names.slots.get(x, 0) and letter_of(x) in arrays}
        parts |= {x for x in mentioned if "'" in x and self._is_of_matrix(x)}
        here = ((arrays & mentioned) | parts) - _numbers_here(claim)
        capitals = {x for x in here if x.strip("{}").isupper()}
        matrices = {x for x in mentioned if x.isupper() and self.names.slots.get(x, 0) == 2}
        if here and any(
            multiplies(t, here) or (capitals and stands_between(t, capitals, matrices))
            for t in (*sides, *bodies)
        ):
            listed = ", ".join(sorted(here))
            partial = f"{listed} is read as a number, and the text says it is none"
        applied = {x for c in made for d in c.context.definitions for x in d.arguments}
        said_so = arrays | self.names.arrays
        formals = frozenset(x for x in applied if x in said_so and x.isupper())
        if any(multiplies(body, formals) for body in bodies):  # X is a matrix, and f(X) = X^2
            listed = ", ".join(sorted(formals))
            partial = f"{listed} is read as a number, and the text says it is none"
        statement = self.statements[at]
        weight = self._unsaid_matrix(sides, f"{statement.left} {statement.right}")
        if weight:
            partial = f"{weight} is read as a number, and may be a matrix"
        turned_round = commuted(
            (*sides, *bodies), {d.name: d.body for c in made for d in c.context.definitions}
        )
        if turned_round and not prose.says_scalar(self.document.text):
            partial = f"{' and '.join(turned_round)} are read as numbers, and may be matrices"
        meeting = exchanged(
            (*sides, *bodies), {d.name: d.body for c in made for d in c.context.definitions}
        )
        alone = moved_power((*sides, *bodies))
        if alone and self._speaks_of_matrices():
            partial = partial or f"{alone} is read as a number, and may be a matrix"
        if meeting and self._speaks_of_matrices():
            partial = partial or f"{' and '.join(meeting)} are read as numbers, and may be matrices"
        elif meeting and not prose.says_scalar(self.document.text):
            notes = [statement.note, f"{' and '.join(meeting)} are read as numbers, not matrices"]
            self.statements[at] = replace(statement, note="; ".join(filter(None, notes)))
        moved = {label.name for label in labels} & {
            part.variable.name
            for pair in claim.sides
            for side in pair
            for part in subterms(side)
            if isinstance(part, Derivative)
        }
        if moved:
            partial = f"a derivative by {min(moved).strip('{}')}, which is only 0 or 1"
        partial = partial or _eliminated(claim)
        limited = self._beyond_limits(claim, made)
        slope = limited or self._slope_of_components(mentioned, (*sides, *bodies))
        partial = partial or slope or self._on_diagonal(made)
        unused = set[str]()
        if any(one.context.unknowns for one in made):
            used = (_in_expressions(d.body) for d in claim.definitions.values())
            unused = claim.definitions.keys() - closing.mentioned.union(*used)
        lacking = (vocabulary.left_out(one, definitions, unused) for one in made)
        partial = partial or next(lacking, "")
        partial = partial or next(filter(None, map(silence.broken, made)), "")
        rests_on = {(d.name, d.line) for one in made for d in one.context.definitions}
        for name, line in sorted(rests_on & self.special) if claim.general else ():
            partial = partial or f"line {line} says what {readable(name)} is in one case"
        doubtful = claim.doubtful or slope
        if pinned:
            doubtful = (
                doubtful or f"{readable(pinned[0])} has a certain value, which it varies from"
            )
        doubtful = doubtful or next(filter(None, map(silence.untold, made)), "")
        of_example = not claim.general and is_of_example(made, closing.valued)
        if of_example or claim.in_numbers or (claim.putting_values and closing.valued):
            doubtful = doubtful or OF_EXAMPLE
        if claim.approximate and not all(is_worked_out(c.context, c.left, c.right) for c in made):
            doubtful = APPROXIMATION
        doubtful = doubtful or self._on_diagonal(made)
        if WEIGHT in mentioned:
            terms = (part for term in (*sides, *bodies) for part in subterms(term))
            if any(isinstance(part, Derivative) for part in terms):
                partial = partial or MOVING_LAWS
            if says_laws(self.document.text):
                doubtful = doubtful or OF_LAWS
        counted = sorted(n for n in mentioned if counted_of(n) or n == "\\Gamma")
        counted = [n for n in counted if n not in self.everywhere]
        if counted:
            doubtful = doubtful or f"of {', '.join(counted)} only the name is known"
        sloped = any(
            isinstance(part, Derivative)
            for pair in claim.sides
            for side in pair
            for part in subterms(side)
        )
        unsettled = {
            name
            for name, summands in {**self.unsettled, **claim.unsettled}.items()
            if name in mentioned - self.everywhere.keys()
            # With a summand that is free, the name may have any value, if not any slope.
            and (sloped or all(x in mentioned or x in definitions for x in summands))
        }
        alike = sorted(self.alike & mentioned)
        if alike:
            name = alike[0]
            doubtful = f"{name} is read as its first component is, and may be something else"
        bare = sorted(
            name
            for name in mentioned
            if name[:1] == "{" and name not in definitions and name[1:-1] in definitions
        )
        whole = {name for term in (*sides, *bodies) for name in _by_the_whole(term)}
        bare.extend(f"{{{n}}}" for n in sorted(whole) if any(_has_parts(t, n) for t in bodies))
        applied = {n for n, d in definitions.items() if d.arguments}
        if bare and not set().union(*map(names, sides)) - applied <= set(bare[:1]):
            doubtful = f"{readable(bare[0][1:-1])} stands without its index"
        moving = {
            part.variable.name
            for t in sides
            for part in subterms(t)
            if isinstance(part, Derivative)
        }
        held = [n for n in bare if moving & self.reach.get(n[1:-1], frozenset())]
        if held and not partial:  # the s of "the slope of y^T log s" by x, where s_i = e^{x_i}
            partial = f"{readable(held[0][1:-1])} stands without its index"
        conditioned = {n.partition("_{")[0]: n for n in definitions if _CONDITIONED.fullmatch(n)}
        turned = sorted(
            name
            for name in mentioned - definitions.keys()
            if _CONDITIONED.fullmatch(name) and name.partition("_{")[0] in conditioned
        )
        if turned:
            general = readable(conditioned[turned[0].partition("_{")[0]])
            doubtful = f"{readable(turned[0])} may be {general} with other letters"
        # The y^{(i)} of examples may be the components of y = X w.
        raised = sorted(
            name
            for name in mentioned
            if name.endswith(LAYERED)
            and name not in definitions
            and any(d.indices for d in (definitions.get(name.removesuffix(LAYERED)),) if d)
        )
        if raised:
            named = readable(raised[0].removesuffix(LAYERED))
            doubtful = f"{named} of each example may be a component of {named}"
        other = next(filter(None, map(_of_another_size, made)), "")
        if other:
            doubtful = f"{readable(other)} was defined for another number of positions"
        worded = sorted(
            n for n in self.worded & mentioned if not any(c.context.definition(n) for c in made)
        )
        if worded:
            doubtful = f"only words say what {readable(worded[0])} is"
        signs = [f for h in claim.local for f in h.facts if isinstance(f, Sign)]
        of_some = any(fact_names(sign) & mentioned for sign in signs)  # "for a, b > 0"
        stray = {
            name
            for hypothesis in claim.local
            for fact in hypothesis.facts
            if fact_names(fact) and not fact_names(fact) & mentioned
            for name in (fact_names(fact) if not (of_some and fact in signs) else ())
        }
        free = {i.name for side in sides for i in free_indices(side)}
        stray |= {
            letter.name
            for hypothesis in claim.local
            for fact in hypothesis.facts
            if fact_names(fact)  # "if z_k > z_i for all i": which i is neither here nor there
            for letter in facts.indices_of(fact)
            if letter.name not in free
        }
        if stray:
            listed = ", ".join(sorted(unbraced(name) for name in stray))
            doubtful = f"it is said for values of {listed}, which neither side mentions"
        if unsettled:
            listed = ", ".join(sorted(unsettled))
            doubtful = f"it depends on how {listed} is defined, which is unclear"
        rests = replace(
            claim, sides=claim.given, relation="=", rounding=None, roundings=(), sizes={}
        )
        given = self._with_context(rests, definitions, vocabulary, unclear)
        reading = Reading(
            tuple(made),
            "",
            partial,
            doubtful,
            tuple(given),
            claim.otherwise,
            claim.decimals,
            claim.left,
            claim.torn,
        )
        return reading, definitions, vocabulary

    def _iterated_later(self, name: str, at: int, claim: OpenClaim) -> bool:
        """The inputs ``x_1, x_2`` of a section before that of ``x_{k+1} = x_k - f(x_k) / f'(x_k)``.

        The x of an iteration is another x than the one that was spoken of before.
        """
        statement, (line, section) = self.statements[at], self.iterated[name]
        if line <= statement.place.line or section == statement.section:
            return False
        sides = [side for pair in claim.sides for side in pair]
        found = frozenset[str]().union(*map(names, sides))
        found = found.union(*(self.reach.get(n, frozenset()) for n in found))
        bodies = [d.body for n, d in claim.definitions.items() if n in found]
        own = [
            part
            for term in (*sides, *bodies)
            for part in subterms(term)
            if isinstance(part, Variable) and part.name == name
        ]
        return all(p.indices and all(isinstance(i, Position) for i in p.indices) for p in own)

    def _pinned(self, claim: OpenClaim, definitions: Mapping[str, Definition]) -> list[str]:
        """The a of dL/da, where "the minimum is at a = b" was said after a stood in L.

        What holds there only is no slope.
        """
        found = frozenset[str]().union(*(names(t) for pair in claim.sides for t in pair))
        varied = sorted(name.removesuffix(MARK) for name in found if name.endswith(MARK))
        return [
            name
            for name in varied
            if name in definitions and (name, definitions[name].line) in self.pinned
        ]

    def _explained(
        self, claim: OpenClaim, definitions: Mapping[str, Definition]
    ) -> Mapping[str, Definition]:
        """The definitions, with what follows put into them where the claim derives by it.

        ``da/db = da/dz dz/db, where z = w x + b``: a is meant as a function of this z.
        """
        parts = (part for pair in claim.sides for side in pair for part in subterms(side))
        derived = {part.variable.name for part in parts if isinstance(part, Derivative)}
        for name in sorted(derived - claim.definitions.keys()):
            by = definitions.get(name)
            if by is not None and len(definitions) <= MOST_FOLDED:
                made_of = self.reach.get(name, frozenset())
                definitions = {
                    other: d if other == name or other in made_of else folded(d, by)
                    for other, d in definitions.items()
                }
        return definitions

    def _with_context(
        self,
        claim: OpenClaim,
        definitions: Mapping[str, Definition],
        vocabulary: Vocabulary,
        unclear: Mapping[str, frozenset[str]],
    ) -> list[Claim]:
        """The claim, for each pair of components, with what these definitions say."""
        made: list[Claim] = []
        for n, sides in enumerate(claim.sides):
            (left, right), slopes = at_values(sides, definitions)
            held = self._relevant((left, right), definitions, claim.held, vocabulary)
            given = (*held, *claim.local, *slopes)
            context = vocabulary.context((left, right), definitions, given, unclear)
            context = in_all_forms(context)
            rounding = claim.roundings[n] if claim.roundings else claim.rounding
            whole = Claim(left, claim.relation, right, context, rounding)
            whole = from_the_front(whole, given_sizes(context.hypotheses))
            made.append(written_out(whole, claim.sizes) if claim.sizes else whole)
        return made

    def _for_example(self, at: int, claim: OpenClaim, made: Sequence[Claim]) -> Reading | None:
        """The claim for the values of an example that were given before it."""
        if claim.general or claim.doubtful == OF_SOME:
            return None
        found: list[Claim] = []
        unsaid: list[Hypothesis] = []
        numeric = all(not names(one.left) or not names(one.right) for one in made)
        given_values = [*claim.examples.values(), *(claim.cases.values() if numeric else ())]
        for one in made:
            held = tuple(h for h in one.context.hypotheses if h not in claim.left)
            bodies = (definition.body for definition in one.context.definitions)
            reached = frozenset[str]().union(*map(names, (one.left, one.right, *bodies)))
            values = [
                h
                for h in given_values
                if any(fact_names(f) & reached for f in h.facts) and h not in held
            ]
            scalars = [h for h in values if len(h.facts) == 1]
            listed = tuple(listed_in_full(one, (*held, *values)))
            if not values and not listed:
                return None
            unsaid.extend(x for x in listed if not self._means_all(at, claim, x))
            given = (*held, *values, *listed)
            context = replace(one.context, hypotheses=given)
            if scalars and not is_worked_out(context, one.left, one.right):
                return None
            sizes = given_sizes(context.hypotheses)
            found.append(from_the_front(replace(one, context=context), sizes))
        cases = set(claim.cases.values()).difference(*(one.context.hypotheses for one in made))
        of_case = any(h in cases for one in found for h in one.context.hypotheses)
        return Reading(
            tuple(found),
            partial=OF_CASE if of_case else "",
            decimals=tuple(map(from_rounded, claim.decimals)),
            unsaid=tuple(unsaid),
            mentioned=tuple(dict.fromkeys(h for h in given_values if h in self.mentioned_values)),
            left=tuple(h for h in given_values if h in self.bounded_values or h in claim.left),
        )

    def _means_all(self, at: int, claim: OpenClaim, listed: Hypothesis) -> bool:
        """Whether the components that are given values are certainly all that there are.

        That a rounded number comes out with them is a sign of it, too.
        """
        (size,) = given_sizes((listed,)).values()
        here = self.statements[at].place
        spoken = (p.line for p, number in counts(self.document) if number == size)
        first = min((h.line for h in claim.held if any(numbered((h,)))), default=here.line)
        first = min((first, *(h.line for h in claim.examples.values())))
        lines = self._lines()[max(first - 4, 0) : here.line]
        titles = self.statements[at].section
        return (
            claim.rounding is not None
            or bool(claim.decimals)
            or any(line <= here.line for line in spoken)
            or gives_example("\n".join((*titles, *lines)))
        )

    def _earlier(
        self,
        claim: OpenClaim,
        made: Sequence[Claim],
        vocabulary: Vocabulary,
        unclear: Mapping[str, frozenset[str]],
    ) -> Reading | None:
        """The claim without definitions that only follow it, unless they explain it ("where")."""
        later = {
            d.name
            for one in made
            for d in one.context.definitions
            if d.name not in claim.definitions and d.name not in self.explaining
        }
        if not later:
            return None
        known = {n: d for n, d in self.everywhere.items() if n not in later}
        earlier = self._with_context(claim, {**known, **claim.definitions}, vocabulary, unclear)
        return Reading(tuple(earlier), ", ".join(sorted(later)))

    def _valued(
        self,
        at: int,
        claim: OpenClaim,
        definitions: Mapping[str, Definition],
        vocabulary: Vocabulary,
        unclear: Mapping[str, frozenset[str]],
    ) -> Reading | None:
        """The claim at the values that are given later: ``2 x = 4``, and then ``x = 2``."""
        mentioned = frozenset().union(*(names(side) for pair in claim.sides for side in pair))
        values = {
            k: d
            for k, d in self.everywhere.items()
            if k in mentioned and k not in definitions and _is_value(d)
            if d.line >= self.statements[at].place.line
        }
        if not values:
            return None
        made = self._with_context(claim, {**definitions, **values}, vocabulary, unclear)
        return Reading(tuple(made), ", ".join(d.source for d in values.values()))

    def _is_of_before(self, held: Held) -> bool:
        """Whether it equates data, and was supposed in an earlier sentence: ``u = v``."""
        special = bool(held.said) and held.at < self.sentence_from
        return special and any(
            isinstance(f, Equation) and not isinstance(f.left, Sum) for f in held.hypothesis.facts
        )

    def _relevant(
        self,
        terms: tuple[Term, ...],
        definitions: Mapping[str, Definition],
        held: tuple[Hypothesis, ...],
        vocabulary: Vocabulary,
    ) -> tuple[Hypothesis, ...]:
        """The hypotheses about names that the claim's terms mention, definitions unfolded."""
        held = (*held, *self._of_inverses(held))
        context = vocabulary.context(terms, definitions, ())
        mentioned: frozenset[str] = frozenset().union(*map(names, terms))
        for definition in context.definitions:
            mentioned |= names(definition.body)
        defined = {definition.name for definition in context.definitions}
        inverses = {
            inverse.hypothesis(): {name, *inverse.made_of}
            for name, inverse in self.scope.inverses.items()
        }
        found = [
            h
            for h in held
            if any(not fact_names(f) or fact_names(f) & mentioned for f in h.facts)
            and not all(_says_nothing_new(f, defined) for f in h.facts)
        ]
        optimum = {one.hypothesis for one in self.optimum}
        of_optimum: frozenset[str] = frozenset()
        for h in found:
            if h not in inverses:
                mentioned = mentioned.union(*map(fact_names, h.facts))
            if h in optimum:
                of_optimum = of_optimum.union(*map(fact_names, h.facts))
        # What holds at an optimum is about other data, of which more may be known.
        found = [
            h
            for h in held
            if h in found
            or (
                any(fact_names(f) & of_optimum for f in h.facts)
                and not all(_says_nothing_new(f, defined) for f in h.facts)
            )
        ]
        # Else it is any matrix, for all that is said; two inverses may be made of the same ones.
        several = mentioned & self.scope.inverses.keys()
        if len(several) > 1:
            mentioned = mentioned | made_of(self.scope.inverses, several)
        return tuple(h for h in found if inverses.get(h, set()) <= mentioned)

    def _underbraces(self, elaborator: Elaborator, step: Step) -> None:
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


def _not_used(name: str) -> str:
    return f"what the text says of single components of {readable(name)} is not used"


def _is_value(definition: Definition) -> bool:
    """``x = 0``: what is said of x before it holds of every x."""
    bare = not (definition.indices or definition.arguments)
    return bare and isinstance(definition.body, Number)


def _sums_up_nothing(step: Step) -> str:
    """``\\sum_x P \\log P``: the author knows that P is that of x; as written it is not."""
    for node in chain(walk(step.left), walk(step.right)):
        match node:
            case s.Operator(_, "sum", s.Name(_, letter), None, body):
                inside = [n.text for n in walk(body) if isinstance(n, s.Name)]
                if inside and letter not in inside:
                    return f"nothing in the sum over {letter} is written with {letter}"
    return ""


def _may_be_at_a_number(step: Step, sides: Sequence[tuple[Term, Term]]) -> str:
    """``dH/dA_{13} = -Y_{13} / A_{13}`` of an H that depends on an i that is not written: 1."""
    nodes = chain(walk(step.left), walk(step.right))
    written = {node.text for node in nodes if isinstance(node, s.Name)}
    for left, right in sides:
        numbered = any(
            isinstance(place, Position)
            for side in (left, right)
            for part in subterms(side)
            if isinstance(part, Variable)
            for place in part.indices
        )
        unwritten = {i.name for i in free_indices(left) ^ free_indices(right)} - written
        if numbered and unwritten:
            return f"which {min(unwritten)} is meant is not written"
    return ""


def _in_two_fonts(sides: Sequence[tuple[Term, Term]]) -> str:
    """``\\mathbf{G}_S`` beside a ``G_S`` with as many indices: it may be the same."""
    kinds = {
        (part.name, len(part.indices))
        for pair in sides
        for term in pair
        for part in subterms(term)
        if isinstance(part, Variable)
    }
    for name, count in sorted(kinds):
        plain = _FONT.sub(r"\1", name)
        if plain != name and (plain, count) in kinds:
            return f"{readable(plain)} is written bold and plain, and may be one quantity"
    return ""


def _may_say_what_it_is(step: Step) -> str:
    """``L(a, y) = L(p, y)``: that a is p, of which L is taken."""
    match step.left, step.right:
        case (
            s.Product(_, (f, s.Group(_, one)), ("",)),
            s.Product(_, (g, s.Group(_, other)), ("",)),
        ) if spelling(f) == spelling(g):
            if len(arguments(one) or ()) != len(arguments(other) or ()):
                return "it says what stands for what in the brackets"
            pairs = list(zip(arguments(one) or (), arguments(other) or (), strict=False))
            apart = [(a, b) for a, b in pairs if spelling(a) != spelling(b)]
            named = all(isinstance(x, s.Name | s.Scripts) for pair in apart for x in pair)
            if len(apart) == 1 and len(pairs) > 1 and named:
                return f"it says that {spelling(apart[0][0])} is {spelling(apart[0][1])}"
    return ""


def _by_the_whole(term: Term) -> Iterator[str]:
    """The w of ``dz/dw``, without an index."""
    for part in subterms(term):
        if isinstance(part, Derivative) and not part.variable.indices:
            yield unbraced(part.variable.name)


def _has_parts(term: Term, name: str) -> bool:
    """Whether the term is made of ``w_1``, ``w_2``, ..., and not of w."""
    variables = [p for p in subterms(term) if isinstance(p, Variable)]
    if any(unbraced(p.name) == name and not p.indices for p in variables):
        return False
    numbered = re.compile(re.escape(name) + r"_\{\d\}")
    placed = (p for p in variables if p.name == name)
    return any(numbered.fullmatch(p.name) for p in variables) or any(
        isinstance(i, Position) for p in placed for i in p.indices
    )


def _says_nothing_new(fact: Fact, defined: set[str]) -> bool:
    """Whether an equation is about names that the text goes on to define: it is up to these."""
    return isinstance(fact, Equation) and bool(fact_names(fact)) and fact_names(fact) <= defined


def _numbers_here(claim: OpenClaim) -> frozenset[str]:
    """Names that a condition of the claim equates with a number: ``for y = 1``."""
    return frozenset(
        fact.left.name
        for hypothesis in claim.local
        for fact in hypothesis.facts
        if isinstance(fact, Equation)
        and isinstance(fact.left, Variable)
        and isinstance(fact.right, Number)
    )


def _factor_name(node: s.Syntax) -> str:
    """The name that a factor is; "" for anything else."""
    return base_name(node) if isinstance(node, s.Name) else ""


def _eliminated(claim: OpenClaim) -> str:
    r"""``p_N = 1 - \sum_{i<N} p_i``, where something is differentiated by p: p_N moves with it."""
    sides = [side for pair in claim.sides for side in pair]
    moving = {p.variable.name for t in sides for p in subterms(t) if isinstance(p, Derivative)}
    for hypothesis in claim.held if moving else ():
        for fact in hypothesis.facts:
            match fact:
                case Equation(Variable(name, (Position(),)), right, ()) if name in moving:
                    if name in names(right):
                        return f"{readable(hypothesis.source)} moves with what it is made of"
    return ""


def _of_another_size(claim: Claim) -> str:
    """A name that stands with an index over another range than it was defined for; "" for none."""
    known = {d.name: d.indices for d in claim.context.definitions}
    bodies = (d.body for d in claim.context.definitions)
    for term in (claim.left, claim.right, *bodies):
        for part in subterms(term):
            if isinstance(part, Variable) and len(part.indices) == len(known.get(part.name, ())):
                for here, there in zip(part.indices, known.get(part.name, ()), strict=True):
                    if isinstance(here, Index) and here.range != there.range:
                        return part.name
    return ""


def _quantities(term: Term) -> frozenset[str]:
    """The names in a term, and the sizes."""
    return names(term) | {part.range for part in subterms(term) if isinstance(part, Size)}


def _by_labels(claim: Claim, labels: Sequence[Variable]) -> list[Claim]:
    """The claim for both values of each label: 0 and 1 are all that it can be."""
    if not labels:
        return [claim]
    label, *others = labels
    found: list[Claim] = []
    for value in (0, 1):
        fact = Equation(label, Number(Fraction(value)))
        given = Hypothesis((fact,), f"{label.name.strip('{}')} = {value}")
        context = replace(claim.context, hypotheses=(*claim.context.hypotheses, given))
        found.extend(_by_labels(replace(claim, context=context), others))
    return found


def _is_matrix_as_number(step: Step) -> str:
    """Why the slope of a bold name by another equals no number, as in ``do_t/db = 1``; or ""."""
    for slope, value in ((step.left, step.right), (step.right, step.left)):
        if isinstance(value, s.Numeral) and value.text == "0":
            continue  # a matrix of zeros is written so
        if isinstance(slope, s.Differentiation) and is_number(value) and len(slope.variables) == 1:
            body, by = slope.body, slope.variables[0]
            if body is not None and _is_bold(body) and _is_bold(by):
                return "the derivative of one vector by another is a matrix, and no number"
    return ""


def _is_bold(node: s.Syntax) -> bool:
    base = node.base if isinstance(node, s.Scripts) else node
    return isinstance(base, s.Name) and base.font == "bold"


def _stands_both_ways(torn: frozenset[str] | None) -> str:
    """Why an equation of vectors is none of matrices; "" for nothing."""
    if torn is None:
        return ""
    named = sorted(readable(name) for name in torn - {NABLA, PARTIAL})
    listed = "a gradient" if len(torn) > len(named) else ", ".join(named)
    return f"{listed} stands for a row and for a column" if torn else "a row equals a column"


def _in_expressions(term: Term) -> frozenset[str]:
    """The names that stand in the term otherwise than in a derivative."""
    if isinstance(term, Derivative):
        return frozenset()
    if isinstance(term, Variable):
        return frozenset((term.name,))
    return frozenset[str]().union(*map(_in_expressions, children(term)))


def _without_indices(term: Term) -> Term:
    """The term with x in the place of each x_i."""
    if isinstance(term, Variable):
        return Variable(term.name, ())
    return mapped(term, lambda part: _without_indices(part) if isinstance(part, Term) else part)
