"""Claims, and the contexts that they get once all definitions are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from derive.logic.problem import (
    Claim,
    Definition,
    Different,
    Equation,
    Fact,
    Hypothesis,
    Relation,
)
from derive.logic.terms import (
    Add,
    Application,
    Derivative,
    Label,
    Mul,
    Number,
    Position,
    Term,
    Variable,
    free_indices,
    names,
    subterms,
)
from derive.meaning import classes, facts, prose
from derive.meaning.contexts import Vocabulary, fact_names
from derive.meaning.doubtful import other_meaning
from derive.meaning.elaborate import Elaborator
from derive.meaning.fixed import MOST_POSITIONS, written_out
from derive.meaning.folding import MOST_FOLDED, folded
from derive.meaning.kinds import multiplies
from derive.meaning.names import arguments, base_name, reference
from derive.meaning.notation import latex, readable
from derive.meaning.rounding import (
    APPROXIMATION,
    given_sizes,
    half_unit,
    is_worked_out,
    listed_in_full,
    loose,
)
from derive.meaning.shapes import LAYERED
from derive.meaning.silence import Silence
from derive.meaning.slopes import at_values
from derive.meaning.spelling import spelling, walk_values
from derive.meaning.statement import Elsewise, Reading, position
from derive.meaning.steps import (
    CorrectClass,
    Held,
    OpenClaim,
    Step,
)
from derive.meaning.supposing import Supposing
from derive.meaning.trouble import OutOfReach
from derive.meaning.valued import OF_CASE, OF_EXAMPLE, is_of_example, valued_letters
from derive.reader import syntax as s
from derive.reader.source import Span

_BAR = re.compile(r"\\(?:bar|overline)\{(.+)\}")


@dataclass(frozen=True)
class _Closing:
    """What is known once a document was read: ``unclear`` names, those of no known shape."""

    before: Vocabulary
    behind: Vocabulary
    from_here: int | None
    unclear: Mapping[str, frozenset[str]]
    silence: Silence
    shapeless: frozenset[str]
    arrays: frozenset[str]
    valued: frozenset[str]


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
        if self.unusable:
            raise OutOfReach(f"it is said under {self.unusable}, which no hypothesis expresses")
        self._guess(elaborator)
        chained = elaborator.chained([term for pair in sides for term in pair])
        if chained is not None:
            terms, equal = chained
            sides = tuple(zip(terms[::2], terms[1::2], strict=True))
            said = f"{latex(equal.right)} \\text{{ varies on its own}}"
            local = (*local, Hypothesis((equal,), said))
            elaborator.guess("the loss depends on each layer by way of the next")
        if step.first:
            self.results[spelling(step.left)] = step.right
        self.decided = True
        notes = [
            *filter(None, (self.by_rows,)),
            *elaborator.notes,
            *(n for pair in sides for t in pair for n in self._leaks(t)),
        ]
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
            (*(h.hypothesis for h in self.held), *self._of_correct_class(sides, local, self.place)),
            self.definitions,
            dict(self.unsettled_here),
            (f"{self.by_rows}, and may be something else" if self.by_rows else "")
            or next(iter(elaborator.doubts), "")
            or self._plain_of_bold(step)
            or self._of_two_classes()
            or self._stands_alone_here(sides)
            or self._defines_nothing_known(elaborator, sides)
            or self._introduces_unsaid(step, sides)
            or self._may_define_anew(step)
            or self._may_be_of_one(sides)
            or _may_say_what_it_is(step)
            or self._may_be_set(step)
            or other_meaning(step.left, step.right, self.names),
            sizes or {},
            self._inferred(step),
            frozenset(elaborator.labels),
            step.sign.text == "approx",
            dict(self.example_values),
            putting_values=prose.puts_values(self.sentence.text),
            decimals=loose(step.left, step.right),
            general=prose.ends_case(self.sentence),
            cases={
                name: given[0]
                for name, given in self.case_values.items()
                if name not in self.example_values and len({h.facts for h in given}) == 1
            },
            opaque={k: s for k, s in self.scope.opaque.items() if k not in self.scope.entries},
        )
        self._state(
            "claim",
            step.span,
            *step.texts,
            note="; ".join(dict.fromkeys(notes)),
            reasons=step.reasons,
            guesses=tuple(elaborator.guesses),
        )

    def _stands_alone_here(self, sides: Sequence[tuple[Term, Term]]) -> str:
        """Why the numbers of this section, which are vectors in others, may be meant otherwise."""
        known = self.known.alone
        alone = {f"{{{n}}}" for section in self.sections for n in known.get(section.number, ())}
        found = alone & frozenset().union(*(names(term) for pair in sides for term in pair))
        named = readable(min(found).strip("{}")) if found else ""
        return f"{named} is read as a number here, and has components elsewhere" if found else ""

    def _of_two_classes(self) -> str:
        """ "Note that for a 2 class system □": false of more classes, and not said of them."""
        two = not self.displayed and prose.supposes_two_classes(self.sentence.text)
        return "it is said of two classes, which no hypothesis expresses" if two else ""

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
                self.ranges.join(f"free:{place}:{i.name}", slot)
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
        try:
            aligned = elaborator.tensors.align(right, premise.axes)
        except OutOfReach:
            return None
        return premise.term, aligned.term

    def _may_define_anew(self, step: Step) -> str:
        """``loss = ...`` in another section than the loss before, where "the loss changes"."""
        found = reference(step.left, self.names) if isinstance(step.left, s.Name) else None
        entry = self.scope.entries.get(found.name) if found is not None and step.first else None
        if entry is None or entry.section == self._section():
            return ""
        if not prose.says_changes(self.recent):
            return ""
        return f"{entry.name} may be defined anew here, where the text says that something changes"

    def _may_be_of_one(self, sides: tuple[tuple[Term, Term], ...]) -> str:
        """``dl/dw = (y_i - p_i) x_i`` "for a single sample": l is that of the sample, no sum."""
        self.of_one = self.of_one or prose.speaks_of_one(self.sentence.text)
        for left, right in sides if self.of_one else ():
            body = left.body if isinstance(left, Derivative) else left
            if isinstance(body, Variable | Application) and free_indices(right) - free_indices(
                left
            ):
                return f"{readable(body.name)} may be that of a single example here"
        return ""

    def _defines_nothing_known(
        self, elaborator: Elaborator, sides: tuple[tuple[Term, Term], ...]
    ) -> str:
        """``H(p, q) = H(p) + D(p | q)`` where nothing else says what D is: it may say so."""
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
            lonely = self._unexplained(left) ^ self._unexplained(right)
            if lonely:
                return f"nothing that was read says what {readable(min(lonely))} is"
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
                ) == of.strip("{}") and not self.scope.defined(name):
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
                        pieces = factors
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
                example=self._for_example(claim, reading.claims),
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
        return Elsewise(reading, places, listed, told, apart)

    def _closing(self) -> _Closing:
        """What all claims get their contexts from."""
        before = Vocabulary(self.known.dependents, self.ranges.fixed())
        behind = replace(before, directly=True)
        said = prose.says_directly(self.document.text)
        from_here = self.document.place(Span(*said)).line if said is not None else None
        unclear = {k: v for k, v in self.scope.opaque.items() if k not in self.everywhere}
        entries = {**self.entries_everywhere, **self.scope.entries}
        silence = Silence(
            frozenset(self.constants),
            frozenset(self.varying),
            {name: entry.formals for name, entry in entries.items() if entry.formals},
        )
        shapeless = {x for x in self.names.transposed if not self.names.slots.get(x, 0)}
        # a^{(l)} has the layer for an index, and may have no other.
        shapeless |= {x for x in self.flat if self.names.slots.get(x, 0) <= x.count(LAYERED) > 0}
        arrays = frozenset(
            {x for x in self.names.arrays if not self.names.slots.get(x, 0)}
            | {f"{{{x}}}" for x in self.names.arrays}
        )
        valued = valued_letters(self.formulas.values())
        return _Closing(
            before, behind, from_here, unclear, silence, frozenset(shapeless), arrays, valued
        )

    def _as_reading(
        self, at: int, claim: OpenClaim, closing: _Closing
    ) -> tuple[Reading, Mapping[str, Definition], Vocabulary]:
        """The claim in its context, which is returned, too."""
        before, behind, from_here = closing.before, closing.behind, closing.from_here
        silence = closing.silence
        shapeless, arrays = closing.shapeless, closing.arrays
        # What was defined before in a way that was not read is not what is defined later.
        later = {k: d for k, d in self.everywhere.items() if k not in claim.opaque}
        definitions = self._explained(claim, {**later, **claim.definitions})
        unread = {k: names_ for k, names_ in claim.opaque.items() if k not in definitions}
        unclear = {**closing.unclear, **unread}
        line = self.statements[at].place.line
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
        here = (arrays & mentioned) - _numbers_here(claim)
        if here and any(multiplies(t, here) for t in (*sides, *bodies)):
            listed = ", ".join(sorted(here))
            partial = f"{listed} is read as a number, and the text says it is none"
        statement = self.statements[at]
        weight = self._unsaid_matrix(sides, f"{statement.left} {statement.right}")
        if weight:
            partial = f"{weight} is read as a number, and may be a matrix"
        moved = {label.name for label in labels} & {
            part.variable.name
            for pair in claim.sides
            for side in pair
            for part in subterms(side)
            if isinstance(part, Derivative)
        }
        if moved:
            partial = f"a derivative by {min(moved).strip('{}')}, which is only 0 or 1"
        partial = partial or next(map(vocabulary.left_out, made), "")
        partial = partial or next(filter(None, map(silence.broken, made)), "")
        doubtful = claim.doubtful
        of_example = not claim.general and is_of_example(made, closing.valued)
        if of_example or (claim.putting_values and closing.valued):
            doubtful = doubtful or OF_EXAMPLE
        if claim.approximate and not all(is_worked_out(c.context, c.left, c.right) for c in made):
            doubtful = APPROXIMATION
        counted = sorted(n for n in mentioned if n.endswith("!") or n.startswith("\\binom"))
        if counted:
            doubtful = f"of {', '.join(counted)} only the name is known"
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
        if bare:
            doubtful = f"{readable(bare[0][1:-1])} stands without its index"
        stray = {
            name
            for hypothesis in claim.local
            for fact in hypothesis.facts
            if fact_names(fact) and not fact_names(fact) & mentioned
            for name in fact_names(fact)
        }
        if stray:
            listed = ", ".join(sorted(name.strip("{}") for name in stray))
            doubtful = f"it is said for values of {listed}, which neither side mentions"
        if unsettled:
            listed = ", ".join(sorted(unsettled))
            doubtful = f"it depends on how {listed} is defined, which is unclear"
        rests = replace(claim, sides=claim.given, relation="=", rounding=None, sizes={})
        given = self._with_context(rests, definitions, vocabulary, unclear)
        reading = Reading(
            tuple(made), "", partial, doubtful, tuple(given), claim.otherwise, claim.decimals
        )
        return reading, definitions, vocabulary

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
        for sides in claim.sides:
            (left, right), slopes = at_values(sides, definitions)
            held = self._relevant((left, right), definitions, claim.held, vocabulary)
            given = (*held, *claim.local, *slopes)
            context = vocabulary.context((left, right), definitions, given, unclear)
            whole = Claim(left, claim.relation, right, context, claim.rounding)
            made.append(written_out(whole, claim.sizes) if claim.sizes else whole)
        return made

    def _for_example(self, claim: OpenClaim, made: Sequence[Claim]) -> Reading | None:
        """The claim for the values of an example that were given before it."""
        if claim.general:
            return None
        found: list[Claim] = []
        numeric = all(not names(one.left) or not names(one.right) for one in made)
        given_values = [*claim.examples.values(), *(claim.cases.values() if numeric else ())]
        for one in made:
            bodies = (definition.body for definition in one.context.definitions)
            reached = frozenset[str]().union(*map(names, (one.left, one.right, *bodies)))
            values = [
                h
                for h in given_values
                if any(fact_names(f) & reached for f in h.facts) and h not in one.context.hypotheses
            ]
            scalars = [h for h in values if len(h.facts) == 1]
            values.extend(listed_in_full((*one.context.hypotheses, *values)))
            if not values:
                return None
            given = (*one.context.hypotheses, *values)
            context = replace(one.context, hypotheses=given)
            if scalars and not is_worked_out(context, one.left, one.right):
                return None
            known = given_sizes(context.hypotheses)
            small = {range_: n for range_, n in known.items() if n <= MOST_POSITIONS}
            found.append(written_out(replace(one, context=context), small))
        cases = set(claim.cases.values()).difference(*(one.context.hypotheses for one in made))
        of_case = any(h in cases for one in found for h in one.context.hypotheses)
        return Reading(tuple(found), partial=OF_CASE if of_case else "")

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
        defined = {definition.name for definition in context.definitions}
        return tuple(
            h
            for h in held
            if any(not fact_names(f) or fact_names(f) & mentioned for f in h.facts)
            and not all(_says_nothing_new(f, defined) for f in h.facts)
        )

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


def _may_say_what_it_is(step: Step) -> str:
    """``L(a, y) = L(p, y)``: that a is p, of which L is taken."""
    match step.left, step.right:
        case (
            s.Product(_, (f, s.Group(_, one)), ("",)),
            s.Product(_, (g, s.Group(_, other)), ("",)),
        ) if spelling(f) == spelling(g):
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
            yield part.variable.name.strip("{}")


def _has_parts(term: Term, name: str) -> bool:
    """Whether the term is made of ``w_1``, ``w_2``, ..., and not of w."""
    variables = [p for p in subterms(term) if isinstance(p, Variable)]
    if any(p.name.strip("{}") == name and not p.indices for p in variables):
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
