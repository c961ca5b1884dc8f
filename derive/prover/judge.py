"""Verdicts: what prover and refuter say of a claim, put together; they share no calculus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeVar

from derive.algebra.arithmetic import Refused
from derive.clock import Overdue, late, limited, stopped, used
from derive.logic.checker import Rejected, Theorem
from derive.logic.facts import Condition, Facts
from derive.logic.problem import (
    AtLeast,
    Claim,
    Definition,
    Different,
    Equation,
    Hypothesis,
    Same,
)
from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Derivative,
    Index,
    Mul,
    Number,
    Pow,
    Sum,
    Term,
    Variable,
    alpha_equal,
    free_indices,
    names,
    substitute,
    subterms,
)
from derive.meaning.choices import Choice
from derive.meaning.facts import fact_names
from derive.meaning.facts import is_symmetry as is_of_symmetry
from derive.meaning.graphs import MARK
from derive.meaning.notation import latex, readable
from derive.meaning.rounding import given_sizes, with_numbers
from derive.meaning.spelling import OWN
from derive.meaning.statement import Meaning, Position, Reading, Statement, position
from derive.meaning.valued import OF_EXAMPLE
from derive.prover.alone import ReadAlone
from derive.prover.called import of_all_data
from derive.prover.edge import allows, off_the_edge
from derive.prover.exclusive import is_one_of_cases
from derive.prover.explain import definitions, hypotheses, rules, steps
from derive.prover.factorials import ONLY_NAMES, at_known_factorials
from derive.prover.imaginary import of_ordinary_calculus, of_real_numbers_only
from derive.prover.later import counted_from_the_last
from derive.prover.lettered import letters_in
from derive.prover.loose import WITHIN, rounded_in_parts, within_rounding
from derive.prover.lost import lost_slope
from derive.prover.missing import candidates, is_often_unsaid, says_nothing, with_hypothesis
from derive.prover.normal import FEW
from derive.prover.outside import (
    AT_NUMBERS,
    NOT_SUPPOSED,
    is_outside,
    shifts_within,
    within_positions,
)
from derive.prover.past import (
    differentiated_by,
    with_others_fixed,
    with_past_fixed,
    with_slopes_written,
)
from derive.prover.powers import proved_where
from derive.prover.prove import OUTSIDE, prove
from derive.prover.repeated import may_be_summed, writes_sums
from derive.prover.restated import NO_INFERENCE, as_restated, restating
from derive.prover.rounding import RULE, is_rounding
from derive.prover.shorten import begin
from derive.prover.strangers import addend, of_nothing, stranger, unmet_variable, with_slope_told
from derive.prover.supposed import is_condition, is_solvable, is_symmetry
from derive.prover.tells import tells_slope
from derive.prover.told import case_before
from derive.prover.transposed import is_transposed_gradient, shows_layout
from derive.prover.unsaid import (
    holds_other_arguments,
    is_difference_quotient,
    is_unrelated,
    law_of_an_open_function,
    made_of_itself,
    made_of_others,
    of_one_moment,
    of_two_layers,
    reached,
    slope_of_an_open_name,
    slope_on_one_side,
    sloped_only,
    slopes_in_a_circle,
    slopes_of_an_unknown,
    spoken_of,
    written_otherwise,
)
from derive.prover.verdict import Judgement, Outcome, Report, Verdict
from derive.refuter.counterexample import Counterexample
from derive.refuter.refute import Effort, hypotheses_have_model, sample

T = TypeVar("T")

RELATED = re.compile(r"\b(?:row|column) i being\b")
BEGINNINGS = "nothing that was read relates what the two sides begin with"

FEW_ALONE = "false as it stands; no counterexample was found where"
CONTRADICTORY = "the hypotheses contradict each other, so nothing follows from them"

IN_THE_LIMIT = "a difference quotient is a derivative only in the limit"

EMPTY = "it is false where a sum runs over nothing; no other counterexample was found"

LEFT = "which may not hold here"
CONDITION = "it is a condition on data, and nothing that was read says that it holds"

# A glance at a hypothesis that might be missing: most do not help, and fail at once.
OTHERS = 3.0, 0.06  # seconds for all other ways to read the document, and more for each claim
PATIENCE = 2.0  # seconds, for all of them together
FIRST = 1.0  # seconds for a proof before a counterexample is looked for: what has one, has no proof
QUICK = Effort(operations=200_000, seconds=0.3, more_rounds=4)
CONFIRMING = Effort(brief=True)
CONFIRMING_QUICKLY = Effort(seconds=1.0, brief=True)
STOPPED = 1.5  # times a limit: what did not ask in between is stopped
STEP = 6.0  # seconds for a step as it is read first
ALONE = 1.5  # for a statement of a stretch that is read by itself
AGAIN = 3.5  # and for it in all other ways to read it
OUT_OF_TIME = "the time for one step was used up before it was decided"
UNREAD = "the time was used up before all ways to read the document were tried"

SIGNS = {">": ">", ">=": r"\geq", "!=": r"\neq"}

# From the worst to the best: a claim about vectors is as good as its worst component.
ORDER: tuple[Outcome, ...] = ("refuted", "conditional", "unproved", "proved")


def judge(meaning: Meaning) -> Report:
    """The verdict on every claim of a document."""
    seconds = OTHERS[0] + OTHERS[1] * sum(s.kind == "claim" for s in meaning.statements)
    others = _Others(meaning, left=seconds, anew=seconds)
    alone = ReadAlone(meaning, seconds / 2, _judged_alone)
    judgements: list[Judgement] = []
    outcomes: dict[Position, Outcome | None] = {}
    resting: set[Position] = set()
    pending = list(meaning.statements)
    while pending:
        statement = pending.pop(0)
        first = _in_time(statement)
        other = others.defining(statement, first)
        if other is not None:
            others = replace(others, meaning=other, found={})
            place = _position(statement)
            pending = [s for s in other.statements if _position(s) >= place]
        else:
            first = as_restated(statement, first, outcomes, resting, _in_time)
            outcomes[_position(statement)] = first.outcome if first is not None else None
            if first is not None and first.message.endswith(LEFT):
                resting.add(_position(statement))
            first = restating(statement, first)
            last = _concluded(statement, others.reconsidered(statement, first), others.meaning)
            judgements.append(alone.decided(Judgement(statement, last)))
    meaning = others.meaning
    judged = _in_either_layout(_through_conditions(judgements))
    return Report(meaning.path, meaning.title, judged, meaning.guesses, meaning.front_matter)


def _concluded(statement: Statement, found: Verdict | None, meaning: Meaning) -> Verdict | None:
    """The verdict, in the light of all that the document says."""
    last = _of_open_functions(statement, found, meaning)
    last = _by_parts(statement, last, meaning)
    last = of_real_numbers_only(statement, last, meaning.unreal)
    last = of_ordinary_calculus(statement, last, meaning)
    return of_all_data(statement, last, meaning.qualities, verdict)


def _judged_alone(statement: Statement, meaning: Meaning, refutes: bool) -> Verdict | None:
    """The verdict on a statement of a reading of its own, if it is proved, or refuted."""
    with limited(ALONE):
        first = restating(statement, _in_time(statement))
        if first is None or first.outcome not in ("proved", *(["refuted"] if refutes else [])):
            return None
        if first.outcome == "refuted":
            first = _Others(meaning, left=ALONE, anew=0).reconsidered(statement, first)
        last = _concluded(statement, first, meaning)
    return last if last is not None and last.outcome in ("proved", "refuted") else None


def _in_either_layout(judgements: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """False gradients by a matrix that hold for its transpose, where no true one shows a layout."""
    if any(_holds_for(one, shows_layout, "proved") for one in judgements):
        return judgements
    verdict = Verdict("unproved", message="it holds of the transpose, as in numerator layout")
    return tuple(
        replace(one, verdict=verdict)
        if _holds_for(one, is_transposed_gradient, "refuted", "conditional")
        else one
        for one in judgements
    )


def _holds_for(
    judgement: Judgement, condition: Callable[[str, Claim], bool], *outcomes: Outcome
) -> bool:
    """Whether a claim with one of the outcomes is of a kind."""
    if judgement.verdict is None or judgement.verdict.outcome not in outcomes:
        return False
    claims = (claim for reading in judgement.statement.readings for claim in reading.claims)
    return any(condition(judgement.statement.left, claim) for claim in claims)


def _through_conditions(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """``|w| = w^T w = 1``: where the last equation is a condition, the one before is, too."""
    found = list(judgements)
    for n in reversed(range(len(found) - 1)):
        one, other = found[n], found[n + 1]
        if one.verdict is None or one.verdict.outcome not in ("refuted", "conditional"):
            continue
        if other.verdict is None or other.verdict.message != CONDITION:
            continue
        left, right = one.statement, other.statement
        if left.right != right.left or left.place.line != right.place.line:
            continue
        claims = [c for r in left.readings for c in r.claims]
        ends = [c.right for r in right.readings for c in r.claims]
        if len(claims) == len(ends) == 1 and is_condition(replace(claims[0], right=ends[0])):
            found[n] = replace(one, verdict=Verdict("unproved", message=CONDITION))
    return tuple(found)


@dataclass
class _Others:
    """The other ways to read a document, each read when a claim first asks for it.

    ``left``: how long all of them together may still take; ``anew``: and those of them in which
    an equation is another definition; ``step``: and how long it may take to judge one step in
    them, once they are read; ``lines``: whether a matrix has certain vectors for its rows or
    for its columns, as what was proved so far supposes.
    """

    meaning: Meaning
    left: float
    anew: float
    found: dict[str, dict[Position, Statement]] = field(default_factory=dict)
    step: float = field(default_factory=lambda: AGAIN)
    lines: dict[str, str] = field(default_factory=dict)

    def defining(self, statement: Statement, first: Verdict | None) -> Meaning | None:
        """The document with a refuted equation as another definition, where it is meant so."""
        doubtful = any(reading.doubtful for reading in statement.readings)
        refuted = first is not None and (
            first.outcome == "refuted" or (doubtful and first.outcome == "unproved")
        )
        if not refuted or self.meaning.reread is None:
            return None
        for choice in self.meaning.choices:
            if choice.line and choice.line == statement.place.line and self.anew > 0:
                before = used()
                other = self.meaning.reread(choice)
                self.anew -= used() - before
                place = _position(statement)
                if any(s.kind == "definition" and _position(s) == place for s in other.statements):
                    return other
        return None

    def reconsidered(self, statement: Statement, first: Verdict | None) -> Verdict | None:
        """The verdict, and whether it would be another if the document were read otherwise."""
        if first is None or not statement.readings:
            return first
        self.step = AGAIN
        if first.outcome == "proved":
            return self._doubted(statement, first)
        asks_more: Verdict | None = None
        for choice in sorted(self.meaning.choices, key=lambda choice: choice.last):
            if choice.last and first.outcome != "refuted":
                continue
            if not self.meaning.concerns(choice, statement) or self._is_otherwise(choice):
                continue
            if self.left <= 0 or self.step <= 0:  # the author may have meant it so
                false = first.outcome in ("refuted", "conditional")
                return asks_more or (Verdict("unproved", message=UNREAD) if false else first)
            second = self._judged(choice, statement, _otherwise)
            if second is not None and second.message.startswith(FEW_ALONE):
                if first.outcome == "refuted" and not choice.supposed:
                    asks_more = asks_more or _both(first, second, choice)
                continue
            if (
                second is not None
                and second.outcome == "conditional"
                and (not choice.supposed or first.outcome == "conditional")
            ):
                second = None  # nothing is gained
            if second is not None and second.outcome == "conditional":
                asks_more = asks_more or _both(first, second, choice)
            elif second is not None:
                if choice.told:
                    kind, _, matrix = choice.key.partition(":")
                    self.lines[matrix] = kind
                return _both(first, second, choice)
        return asks_more or first

    def _is_otherwise(self, choice: Choice) -> bool:
        """Whether what was proved supposes columns, and this rows, or the other way round."""
        kind, _, matrix = choice.key.partition(":")
        return choice.told and self.lines.get(matrix, kind) != kind

    def _doubted(self, statement: Statement, first: Verdict) -> Verdict:
        """What is proved, and in which other reading of its notation it would be false."""
        for choice in self.meaning.choices:
            if choice.supposed or choice.convention or self.left <= 0 or self.step <= 0:
                continue
            if not self.meaning.concerns(choice, statement):
                continue
            second = self._judged(choice, statement, _as_another_claim)
            if second is not None and second.outcome in ("refuted", "conditional"):
                told = f"with {choice.other} it would be {second.outcome}"
                return replace(first, message="; ".join(filter(None, (first.message, told))))
        return first

    def _judged(
        self,
        choice: Choice,
        statement: Statement,
        judged: Callable[[Statement, Statement], Verdict | None],
    ) -> Verdict | None:
        """The verdict on a statement in another reading."""
        started = used()
        other = self._read(choice).get(_position(statement))
        read = used()
        try:
            with limited(self.step), stopped(AGAIN * STOPPED):
                second = judged(statement, other) if other is not None else None
                if late():
                    second = Verdict("unproved", message=OUT_OF_TIME)
        except Overdue:
            second = Verdict("unproved", message=OUT_OF_TIME)
        self.step -= used() - read
        self.left -= used() - started
        return second

    def _read(self, choice: Choice) -> dict[Position, Statement]:
        if choice.key not in self.found:
            read = self.meaning.reread
            statements = read(choice).statements if read is not None else ()
            self.found[choice.key] = {_position(s): s for s in reversed(statements)}
        return self.found[choice.key]


def _of_open_functions(
    statement: Statement, found: Verdict | None, meaning: Meaning
) -> Verdict | None:
    """``log p(x) = ...`` says what p is where nothing else does: it is not refuted.

    Nor is a condition on data, nor what holds a name that the document never introduces.
    """
    if found is None or found.outcome not in ("refuted", "conditional"):
        return found
    claims = [claim for reading in statement.readings for claim in reading.claims]
    left, right = statement.left, statement.right
    if any(is_symmetry(left, right, claim) for claim in claims):
        return Verdict("unproved", message=CONDITION)
    earlier = statement.earlier.claims if statement.earlier is not None else ()
    symmetries = [is_of_symmetry(Equation(c.left, c.right)) for c in earlier]
    if earlier and all(symmetries) and all(map(is_condition, earlier)):
        return Verdict("unproved", message=CONDITION)
    if earlier and all(isinstance(c.left, Variable) and _is_a_value(c) for c in earlier):
        return Verdict("unproved", message=CONDITION)  # "p = 0.8", before the text says what p is
    if (
        earlier
        and all(map(_is_value_at, earlier))
        and _is_of_another_section(claims, statement, meaning)
    ):
        return Verdict("unproved", message=CONDITION)
    beside = _otherwise_beside(statement, claims, meaning)
    if beside:
        said = f"the line says of {readable(beside)} what it was not before"
        return Verdict("unproved", message=said)
    summed = next(filter(None, map(_on_one_side_only, claims)), "") if meaning.summed else ""
    if summed:
        said = f"{summed} stands on one side only, and whether it is summed there is not clear"
        return Verdict("unproved", message=said)
    summed = "" if writes_sums(meaning) else may_be_summed(claims, QUICK)
    if summed:
        return Verdict(
            "unproved", message=f"it holds where {summed} is summed over, which is not said"
        )
    again = _repeated(statement, claims)
    if again:
        said = f"line {again} says the same, in which a name was read otherwise"
        return Verdict("unproved", message=said)
    if any(map(is_difference_quotient, (*claims, *earlier))):
        return Verdict("unproved", message=IN_THE_LIMIT)
    if found.message != NO_INFERENCE and any(map(is_unrelated, claims)):
        return Verdict("unproved", message="nothing that was read relates the two sides")
    if is_one_of_cases(statement, meaning):
        return Verdict("unproved", message=CONDITION)
    unmet = unmet_variable(claims, meaning)
    if found.message != NO_INFERENCE:
        unmet = unmet or next(filter(None, map(of_nothing, claims)), "")
    if unmet:
        said = f"nothing that was read says what depends on {readable(unmet)}"
        return Verdict("unproved", message=said)
    known = _known_by_its_slope(claims, meaning) if found.message != NO_INFERENCE else ""
    if known:
        return Verdict("unproved", message=f"nothing that was read says what {readable(known)} is")
    primed = "'" in left + right or "prime" in left + right
    twins = next(filter(None, (written_otherwise(claim, primed) for claim in claims)), None)
    named = any(RELATED.search(h.source) for h in found.missing)
    if twins is not None and not named and found.message != NO_INFERENCE:
        one, other = map(readable, twins)
        said = f"nothing that was read says what {one} and {other} have to do with each other"
        if one == other:
            said = f"{one} is written bold and plain, and may be one quantity"
        return Verdict("unproved", message=said)
    line = _said_before(statement, found, meaning) or _counted(statement, found, meaning)
    if line:
        missing = ", ".join(readable(h.source) for h in found.missing)
        said = f"it holds for {missing}, which line {line} says, perhaps of this step, too"
        return Verdict("unproved", message=said)
    if found.outcome == "conditional":
        anew = not any(h.facts for h in found.missing)  # what else it would define is none of it
        added = addend(claims, meaning) if anew else ""
        said = f"nothing that was read says what {readable(added)} is"
        return Verdict("unproved", message=said) if added else found
    valued = _valued(statement)
    if any(map(is_condition, claims)) or any(is_solvable(claim, valued) for claim in claims):
        return Verdict("unproved", message=CONDITION)
    law = next(filter(None, map(_summed_law, claims)), "")
    if law:
        return Verdict(
            "unproved", message=f"nothing that was read says that {readable(law)} sums to 1"
        )
    density = next(filter(None, map(_density, claims)), "")
    if density:
        return Verdict(
            "unproved", message=f"nothing that was read says that {readable(density)} is positive"
        )
    lonely = next(filter(None, (_on_one_side(claim, functions=True) for claim in claims)), "")
    if found.message != NO_INFERENCE:  # that one step does not follow from another is certain
        lonely = lonely or stranger(claims, meaning)
    if lonely:
        said = f"nothing that was read says what {readable(lonely)} is"
        return Verdict("unproved", message=said)
    case = case_before(statement, meaning, QUICK)
    return Verdict("unproved", message=case) if case else found


def _known_by_its_slope(claims: Sequence[Claim], meaning: Meaning) -> str:
    """An open quantity of which a slope is told, where a claim may hold of what has that slope."""
    for claim in claims:
        told = with_slope_told(claim, meaning)
        if told is not None:
            name, known = told
            with limited(PATIENCE):
                false = known is not None and sample(known, QUICK).contradiction is not None
            if not false:
                return name
    return ""


def _said_before(statement: Statement, found: Verdict, meaning: Meaning) -> int:
    """The line of the section that says of its letters what a claim lacks; 0 for none."""
    lacking = {
        frozenset((getattr(fact.left, "name", ""), getattr(fact.right, "name", "")))
        for hypothesis in found.missing
        for fact in hypothesis.facts
        if isinstance(fact, Different)
    }
    if not lacking or any(len(h.facts) != 1 for h in found.missing):
        return 0
    for other in meaning.statements:
        held = other.hypothesis.facts if other.hypothesis is not None else ()
        pairs = {
            frozenset((getattr(fact.left, "name", ""), getattr(fact.right, "name", "")))
            for fact in held
            if isinstance(fact, Different)
        }
        before = other.place.line < statement.place.line and other.section == statement.section
        if before and statement.section and pairs & lacking:
            return other.place.line
    return 0


def _counted(statement: Statement, found: Verdict, meaning: Meaning) -> int:
    """The line before the claim that speaks of as many things as it lacks positions; 0 for none."""
    sizes = given_sizes(found.missing)
    if len(found.missing) != 1 or not sizes:
        return 0
    (number,) = sizes.values()
    supposed = (
        other.place
        for other in meaning.statements
        if other.hypothesis is not None and given_sizes((other.hypothesis,)) == sizes
    )
    spoken = (place for place, n in meaning.counts if n == number)
    here = (statement.place.cell or 0, statement.place.line)
    before = [p for p in (*supposed, *spoken) if (p.cell or 0, p.line) <= here]
    return before[-1].line if before else 0


def _summed_law(claim: Claim) -> str:
    """The ``P(z \\mid x)`` of an inequality between sums over z, such as that of Jensen."""
    if claim.relation == "=":
        return ""
    for side in (claim.left, claim.right):
        for whole in (part for part in subterms(side) if isinstance(part, Sum)):
            for part in subterms(whole.body):
                if isinstance(part, Variable) and "\\mid" in part.name:
                    if whole.index in part.indices and not spoken_of(claim, names(part)):
                        return part.name
    return ""


def _density(claim: Claim) -> str:
    """The open ``p(x)`` of an inequality that may hold as p is a density, and is not negative."""
    if claim.relation in ("=", "!="):
        return ""
    terms = (claim.left, claim.right, *(d.body for d in claim.context.definitions))
    for part in (part for term in terms for part in subterms(term)):
        if isinstance(part, Variable | Application) and not claim.context.definition(part.name):
            bare = part.name.strip("{}")
            applied = isinstance(part, Application) or "(" in bare or "_" in bare
            if applied and re.match(r"[pPq](?![A-Za-z])", bare):
                return part.name
    return ""


def _valued(statement: Statement) -> frozenset[str]:
    """The names to which an example gives values."""
    worked = statement.example.claims if statement.example is not None else ()
    said = (fact for c in worked for h in c.context.hypotheses for fact in h.facts)
    return frozenset().union(*map(fact_names, said))


def _repeated(statement: Statement, claims: Sequence[Claim]) -> int:
    """The line of a definition that the statement repeats word for word; 0 for none."""
    written = "".join((statement.left + statement.relation + statement.right).split())
    for claim in claims:
        for name in sorted(names(claim.left)):
            known = claim.context.definition(name)
            if known is not None and "".join(known.source.split()) == written:
                return known.line
    return 0


def _by_parts(statement: Statement, found: Verdict | None, meaning: Meaning) -> Verdict | None:
    """A derivative with the other paths held fixed, where the document follows each by itself.

    That it does is seen from its derivatives by the quantities on those paths.
    """
    if found is None or found.outcome != "refuted" or len(statement.readings) != 1:
        return found
    claims = statement.readings[0].claims
    if len(claims) != 1:
        return found
    elsewhere = _of_another_function(statement, claims[0])
    if elsewhere is not None:
        return elsewhere
    followed = {
        variable.name.removesuffix(MARK)
        for other in meaning.statements
        for reading in other.readings
        for claim in reading.claims
        for variable in differentiated_by(claim)
    }
    for parts in (held(claims[0]) for held in (with_others_fixed, with_slopes_written)):
        if parts is None or not parts[2] <= followed:
            continue
        with limited(PATIENCE):
            held = _with_some_fixed(parts[:2])
        if held is not None:
            return replace(held, counterexample=found.counterexample)
    return found


def _of_another_function(statement: Statement, claim: Claim) -> Verdict | None:
    """``\\partial L / \\partial x = y`` on the line of ``L = x y``, and elsewhere ``y = x^2``."""
    parts = with_others_fixed(claim)
    slopes = [part for part in subterms(claim.left) if isinstance(part, Derivative)]
    whole = slopes[0].body if len(slopes) == 1 else None
    if parts is None or not isinstance(whole, Variable):
        return None
    own = claim.context.definition(whole.name)
    others = [d for d in claim.context.definitions if d.name in parts[2]]
    here = own is not None and own.line == statement.place.line and own.line > 0
    if not here or any(d.line == statement.place.line for d in others):
        return None
    with limited(PATIENCE):
        held = _with_some_fixed(parts[:2])
    if held is None or not others:
        return None
    told = ", ".join(f"{readable(d.name)} as line {d.line} says" for d in others)
    held_fixed = ", ".join(readable(d.name) for d in others)
    said = f"with {told} it is refuted, with {held_fixed} held fixed it is proved"
    return Verdict("unproved", message=said)


def _position(statement: Statement) -> Position:
    return position(statement.place)


def _otherwise(statement: Statement, other: Statement) -> Verdict | None:
    """The verdict on another reading, if that makes the statement true, or may do so for most N."""
    if other.kind == "definition" and other.definitions:
        return Verdict("proved", message="a definition")
    if not _differs(statement, other):
        return None
    found = _statement(other)
    if found is None or found.message.startswith(FEW_ALONE):
        return found
    return found if found.outcome in ("proved", "conditional") else None


def _as_another_claim(statement: Statement, other: Statement) -> Verdict | None:
    """The verdict on another reading, if that makes another claim of the statement."""
    return _statement(other) if _differs(statement, other) else None


def _differs(statement: Statement, other: Statement) -> bool:
    """Whether another reading makes another claim of a statement."""
    claims = [r.claims for r in other.readings]
    return other.kind == "claim" and claims not in ([], [r.claims for r in statement.readings])


def _both(first: Verdict, second: Verdict, choice: Choice) -> Verdict:
    """What is said where two readings differ: what may be meant otherwise is not refuted."""
    undecided = second.message == OUT_OF_TIME
    if choice.told and second.outcome == "proved":
        return replace(second, message=f"with {readable(choice.other)}")
    if choice.supposed and first.outcome in ("refuted", "conditional") and not undecided:
        supposed = Hypothesis((), choice.other)
        said = f"false as it stands; true if {supposed.source}"
        return replace(
            second,
            outcome="conditional",
            missing=(supposed, *second.missing),
            counterexample=first.counterexample,
            message=" and ".join((said, *(h.source for h in second.missing))),
        )
    holds = "it is a definition" if second.message else "it is proved"
    if undecided:
        holds = "it was not decided in time"
    if second.message.startswith(FEW_ALONE):
        holds = f"it is {second.message}"
    message = f"read with {choice.usual} it is {first.outcome}, with {choice.other} {holds}"
    return Verdict("unproved", message=message)


def _in_time(statement: Statement) -> Verdict | None:
    try:
        with limited(STEP), stopped(STEP * STOPPED):
            return _statement(statement)
    except Overdue:
        return Verdict("unproved", message=OUT_OF_TIME)


def _statement(statement: Statement) -> Verdict | None:
    if statement.kind != "claim":
        return None
    if not statement.readings:
        return Verdict("unproved", message=statement.message)
    try:
        found = _of_letters_written(statement, _by_readings(statement))
        found = _inferred(statement, found)
        found = _as_it_stands(statement, _in_numbers(statement, found))
    except Exception as error:  # the other steps of the document are still to be judged
        return _failed(error)
    if late() and found.outcome != "unproved":  # something may not have been looked at
        return Verdict("unproved", message=OUT_OF_TIME)
    return found


def _failed(error: Exception) -> Verdict:
    """``m_1``, where m_t is defined by m_{t-1}: a shift from the first position leads outside."""
    if isinstance(error, ValueError) and str(error).startswith("no index"):
        return Verdict("unproved", message=OUTSIDE)
    return Verdict("unproved", message=f"internal error, please report it: {error!r}")


def _of_letters_written(statement: Statement, found: Verdict) -> Verdict:
    """Where two indices coincide is nothing to suppose of a matrix that is written without them."""
    if found.outcome != "conditional":
        return found
    claims = (claim for reading in statement.readings for claim in reading.claims)
    sources = {d.source for claim in claims for d in claim.context.definitions}
    written = " ".join((statement.left, statement.right, *sources))
    facts = (fact for hypothesis in found.missing for fact in hypothesis.facts)
    pairs = (f for f in facts if isinstance(f, Same | Different))
    letters = {i.name for f in pairs for i in (f.left, f.right) if isinstance(i, Index)}
    if letters <= letters_in(written):
        return found
    with limited(PATIENCE):
        others = [_supposing(c, coinciding=False) for r in statement.readings for c in r.claims]
    other = next((o for o in others if o is not None and o.outcome == "conditional"), None)
    if len(others) == 1 and other is not None:
        return replace(other, counterexample=found.counterexample)
    return Verdict("refuted", counterexample=found.counterexample)


def _inferred(statement: Statement, found: Verdict) -> Verdict:
    """``a = b implies a = c`` is no inference where b and c differ, whatever a is."""
    if found.outcome != "unproved" or statement.inference is None:
        return found
    inference = verdict(statement.inference)
    if inference.outcome not in ("refuted", "conditional"):
        return found
    return replace(inference, message=NO_INFERENCE)


def _as_it_stands(statement: Statement, found: Verdict) -> Verdict:
    """A step that is true of what it names is not refuted by what the text makes of it later.

    ``dS/db = -2 sum x_i (y_i - a - b x_i)``, and then, at the minimum, ``a = c - b d``.
    """
    if found.outcome not in ("refuted", "conditional"):
        return found
    if statement.valued is not None and _reading(statement.valued).outcome == "proved":
        at = readable(statement.valued.description)
        return Verdict("unproved", message=f"it is proved where {at}, as is said further down")
    if statement.earlier is None:
        return found
    earlier = _reading(statement.earlier)
    if all(_is_bound(c) and is_condition(c) for c in statement.earlier.claims):
        return Verdict("unproved", message=CONDITION)
    if earlier.outcome != "proved" or all(map(_is_zero, statement.earlier.claims)):
        return found
    named = ", ".join(map(readable, statement.earlier.description.split(", ")))
    return Verdict(
        "unproved",
        message=f"with {named} as defined further down it is {found.outcome}, "
        f"with {named} as data it is proved",
    )


def _in_numbers(statement: Statement, found: Verdict) -> Verdict:
    """A step that is said of the values of an example: ``y_1 = 0.09`` after ``z = (1, 2, 3)``.

    An equation with a number is meant of the example; any other may be meant of all data.
    """
    if found.outcome == "proved" or statement.example is None:
        return found
    example = _reading(statement.example)
    numeric = all(map(_is_with_number, statement.example.claims))
    if numeric and example.message.endswith(LEFT):
        return example
    left = any(_is_about(h, statement.example) for h in statement.example.left)
    known = not left and _is_worked_out(statement.example)
    if numeric and example.outcome == "refuted" and not known:
        return Verdict("unproved", message=OF_EXAMPLE)
    mentioned = [h for h in statement.example.mentioned if _is_about(h, statement.example)]
    if mentioned and (example.outcome == "proved" or found.outcome in ("refuted", "conditional")):
        values = " and ".join(readable(h.source) for h in mentioned)
        said = f"it is {example.outcome} for {values}, which the text may only mention"
        return Verdict("unproved", message=said)
    if numeric and example.outcome == "proved" and statement.example.unsaid:
        return _under(statement.example.unsaid, example, found)
    if numeric and (example.outcome in ("proved", "refuted") or example.message == WITHIN):
        return example
    if statement.example.partial:
        return found
    if found.outcome == "unproved" or example.outcome == "refuted":
        return found
    values = f"for the values of the example it is {example.outcome}"
    return Verdict("unproved", message=f"{found.outcome} for other data, {values}")


def _is_about(hypothesis: Hypothesis, reading: Reading) -> bool:
    """Whether a hypothesis is in force for what is read."""
    return any(hypothesis in claim.context.hypotheses for claim in reading.claims)


def _under(unsaid: tuple[Hypothesis, ...], proved: Verdict, found: Verdict) -> Verdict:
    """What is proved under hypotheses that the text does not give, and was found without them."""
    said = " and ".join(h.source for h in unsaid)
    if found.counterexample is None:
        return Verdict("unproved", message=f"it holds for {readable(said)}, which nothing says")
    return replace(
        proved,
        outcome="conditional",
        hypotheses=tuple(h for h in proved.hypotheses if h not in unsaid),
        missing=unsaid,
        counterexample=found.counterexample,
        message=f"false as it stands; true if {said}",
    )


def _is_worked_out(reading: Reading) -> bool:
    """Whether the example gives values to all data that the claims are made of."""
    for claim in reading.claims:
        stated = (fact for hypothesis in claim.context.hypotheses for fact in hypothesis.facts)
        told = frozenset().union(*map(fact_names, stated))
        told = told.union(*(d.arguments for d in claim.context.definitions))
        made_of = reached(claim, names(claim.left) | names(claim.right))
        if any(n not in told and claim.context.definition(n) is None for n in made_of):
            return False
    return True


def _is_with_number(claim: Claim) -> bool:
    """Whether one side of the claim is made of numbers alone."""
    return not names(claim.left) or not names(claim.right)


def _on_one_side_only(claim: Claim) -> str:
    """An index of one side that the other has not; "" for none."""
    left, right = (frozenset(i.name for i in free_indices(x)) for x in (claim.left, claim.right))
    return min(left ^ right, default="")


def _is_a_value(claim: Claim) -> bool:
    """Whether an equation says which number a quantity without a definition is."""
    number = isinstance(claim.right, Number) and claim.relation == "="
    return number and is_condition(claim)


def _is_value_at(claim: Claim) -> bool:
    """``f(2) = 1 / (1 + e)`` of an open f."""
    match claim.left:
        case Application(name):
            return names(claim.left) == {name} and not names(claim.right)
    return False


def _is_of_another_section(claims: Sequence[Claim], statement: Statement, meaning: Meaning) -> bool:
    """Whether what the left sides are is said in another section only, which may have its own."""
    lines = {
        known.line
        for claim in claims
        for name in names(claim.left)
        if (known := claim.context.definition(name)) is not None
    }
    sections = {other.section for other in meaning.statements if other.place.line in lines}
    return bool(sections) and statement.section not in sections


def _otherwise_beside(statement: Statement, claims: Sequence[Claim], meaning: Meaning) -> str:
    """The z of "dz/dw = x, since z = w x" where z was something else before; "" for none.

    Which of the two the slope is of, the line says; that of the z of before is another.
    """
    here = statement.place
    sloped = {
        claim.left.body.name
        for claim in claims
        if isinstance(claim.left, Derivative) and isinstance(claim.left.body, Variable)
    }
    for other in meaning.statements if sloped else ():
        there = other.place
        if (there.cell, there.line) != (here.cell, here.line) or there.column <= here.column:
            continue
        for claim in (c for reading in other.readings for c in reading.claims):
            if isinstance(claim.left, Variable) and claim.left.name in sloped:
                if _defined_before(claim) and sample(claim, QUICK).contradiction is not None:
                    return claim.left.name
    return ""


def _is_bound(claim: Claim) -> bool:
    """``x \\geq 0``, ``x < 1``: which number a quantity is larger or smaller than."""
    compared = claim.relation not in ("=", "!=")
    return compared and (isinstance(claim.left, Number) or isinstance(claim.right, Number))


def _is_zero(claim: Claim) -> bool:
    """Whether both sides are 0 where they were looked at."""
    witness = sample(claim, QUICK).witness
    return witness is None or {witness.left, witness.right} == {"0"}


def _by_readings(statement: Statement) -> Verdict:
    first, *others = (_reading(reading) for reading in statement.readings)
    for other, reading in zip(others, statement.readings[1:], strict=True):
        if other.outcome != first.outcome:
            return replace(
                first,
                outcome="unproved" if first.outcome == "proved" else first.outcome,
                message=f"read as {statement.readings[0].description} it is {first.outcome}, "
                f"read as {reading.description} it is {other.outcome}",
            )
    return first


def _reading(reading: Reading) -> Verdict:
    left = [h for claim in reading.claims for h in claim.context.hypotheses if h in reading.left]
    if not left:
        return _supposing_all(reading)
    without = _supposing_all(_without_left(reading))
    if without.outcome == "proved":
        return without
    still = _supposing_all(reading)
    if still.message == CONTRADICTORY:  # what is supposed now is not what was
        return without
    rests = next((h for h in still.hypotheses if h in left), None)
    if rests is None or still.outcome not in ("proved", "conditional"):
        return still
    at = f"{readable(rests.source)} (line {rests.line})"
    return Verdict("unproved", message=f"it rests on {at}, {LEFT}")


def _supposing_all(reading: Reading) -> Verdict:
    if any(verdict(claim).outcome != "proved" for claim in reading.given):
        return Verdict("unproved", message=reading.otherwise)
    verdicts = [verdict(claim) for claim in reading.claims]
    worst = min(verdicts, key=lambda v: ORDER.index(v.outcome))
    if reading.partial and worst.outcome in ("proved", "conditional"):
        return Verdict("unproved", message=reading.partial)
    if reading.torn and worst.outcome == "proved":
        return Verdict("unproved", message=reading.torn)
    if worst.outcome == "refuted" and all(
        within_rounding(claim, reading.decimals)
        for claim, found in zip(reading.claims, verdicts, strict=True)
        if found.outcome in ("refuted", "conditional")
    ):
        if all(rounded_in_parts(claim, reading.decimals) for claim in reading.claims):
            (context, *_) = (claim.context for claim in reading.claims)
            return Verdict("proved", rules=(RULE,), hypotheses=with_numbers(context))
        return Verdict("unproved", message=WITHIN)
    if reading.doubtful == OF_EXAMPLE and any(map(_is_always_another, reading.claims, verdicts)):
        return worst
    if reading.doubtful.endswith(ONLY_NAMES) and len(reading.claims) == 1:
        for known in at_known_factorials(reading.claims[0]):
            found = verdict(known)
            if found.outcome == "refuted":
                return found
    if reading.doubtful and worst.outcome in ("refuted", "conditional"):
        return Verdict("unproved", message=reading.doubtful)
    if len(verdicts) == 1:
        return worst
    return replace(
        worst,
        rules=_union(v.rules for v in verdicts),
        definitions=_union(v.definitions for v in verdicts),
        hypotheses=_union(v.hypotheses for v in verdicts),
        conditions=_union(v.conditions for v in verdicts),
        theorems=_union(v.theorems for v in verdicts),
    )


def _without_left(reading: Reading) -> Reading:
    """The claims without the hypotheses that the text may have left."""
    claims = []
    for claim in reading.claims:
        kept = tuple(h for h in claim.context.hypotheses if h not in reading.left)
        claims.append(replace(claim, context=replace(claim.context, hypotheses=kept)))
    return replace(reading, claims=tuple(claims), left=())


def _is_always_another(claim: Claim, found: Verdict) -> bool:
    """Whether a side that depends on data is the same number for all data, and not that claimed."""
    seen = found.counterexample
    if found.outcome != "refuted" or seen is None:
        return False
    side, text = (claim.left, seen.left) if names(claim.left) else (claim.right, seen.right)
    try:
        value = Number(Fraction(text))
    except ValueError:
        return False
    if isinstance(side, Derivative) and value == Number(Fraction(0)):
        return False  # nothing was read of how it depends on what it is derived by
    return (
        prove(replace(claim, left=side, right=value, rounding=None), PATIENCE).theorem is not None
    )


def verdict(claim: Claim) -> Verdict:
    """What can be said of one claim, for certain."""
    with limited(FIRST):
        attempt = prove(claim)
        broken_off = attempt.theorem is None and late()
    if attempt.theorem is not None:
        return _confirmed(attempt.theorem)
    survey = sample(claim) if broken_off else None
    if survey is not None and survey.contradiction is None:
        attempt = prove(claim)
        if attempt.theorem is not None:
            return _confirmed(attempt.theorem)
    again = counted_from_the_last(claim)
    theorem = prove(again).theorem if again is not None else None
    if theorem is not None:
        return _confirmed(theorem)
    if is_rounding(claim):
        return Verdict("proved", rules=(RULE,), hypotheses=with_numbers(claim.context))
    lonely = _on_one_side(claim) or slopes_of_an_unknown(claim) or made_of_itself(claim)
    lonely = lonely or slopes_in_a_circle(claim)
    lonely = lonely or slope_on_one_side(claim) or slope_of_an_open_name(claim)
    lonely = lonely or law_of_an_open_function(claim)
    if lonely:
        return Verdict("unproved", message=f"nothing that was read says what {readable(lonely)} is")
    survey = survey or sample(claim)
    if survey.contradiction is None:
        if hypotheses_have_model(claim.context) is False:
            return Verdict("unproved", message=CONTRADICTORY)
        nowhere = survey.reason if survey.points == 0 else ""
        inside = None if nowhere else _off_the_edge(claim)
        if inside is not None:
            return inside
        powers = "" if nowhere else proved_where(claim, PATIENCE)
        return Verdict("unproved", message=nowhere or powers or attempt.reason)
    if claim.context.unclear:
        named = ", ".join(map(readable, claim.context.unclear))
        return Verdict(
            "unproved", message=f"it depends on how {named} is defined, which is unclear"
        )
    strange = made_of_others(claim)
    if strange:
        said = f"what was read of {readable(strange)} does not depend on what it is derived by"
        return Verdict("unproved", message=said)
    law = _law(claim) or tells_slope(claim)
    if law:
        return Verdict("unproved", message=f"nothing that was read says what {law} is")
    apart = of_one_moment(claim)
    if apart:
        said = (
            f"nothing that was read says whether {readable(apart[0])} depends on {apart[1]} alone"
        )
        return Verdict("unproved", message=said)
    layered = of_two_layers(claim)
    if layered:
        said = f"{readable(layered)} of one layer is made of that of the next"
        return Verdict("unproved", message=said)
    found = _plain_names(survey.contradiction)
    if _are_beginnings(claim, found):
        return Verdict("unproved", message=BEGINNINGS)
    if is_outside(claim, found):
        nearer = within_positions(claim)
        if nearer is not None:
            return verdict(nearer)
        if shifts_within(claim):
            return Verdict("unproved", message=NOT_SUPPOSED)
    if claim.relation != "=":  # a sign that is missing would say no more than the claim
        return Verdict("refuted", counterexample=found)
    return _missing(claim, found)


def _are_beginnings(claim: Claim, found: Counterexample) -> bool:
    """``A_{l-1} = a_{l-1}`` where both are defined from A_{l-1} and a_{l-1}, at the first l.

    What either begins with is data, and the claim says how these two are related.
    """
    match claim.left, claim.right:
        case Variable(one), Variable(other) if one != other:
            outside = {name.rpartition("_")[0] for name in found.values if AT_NUMBERS.search(name)}
            return {one, other} <= outside
    return False


def _off_the_edge(claim: Claim) -> Verdict | None:
    """Proved but for x = 0, where x >= 0 is supposed and a side has no value at x = 0."""
    for elsewhere, there, hypothesis in off_the_edge(claim):
        survey = sample(there, QUICK)
        theorem = prove(elsewhere).theorem if survey.model and not survey.points else None
        found = _confirmed(theorem, CONFIRMING_QUICKLY) if theorem is not None else None
        if found is not None and found.outcome == "proved":
            told = found.hypotheses  # x > 0 is x != 0 and what was supposed, x >= 0
            used = tuple(h for h in claim.context.hypotheses if h in told or allows(h, hypothesis))
            conditions = tuple(dict.fromkeys((*found.conditions, hypothesis.source)))
            return replace(found, hypotheses=used, conditions=conditions)
    return None


def _law(claim: Claim) -> str:
    """An open name of which the claim says how its derivative comes from its values.

    ``dp_i/dx_j = p_i (d_ij - p_j)`` is false of most p; whoever writes it knows which p is meant.
    A law that scales with the name, such as the product rule, is one for all.  And so it is of
    ``dL/dx_j = sum_i y_i (p_j - d_ij)``, where L is made of p, and the slopes of p stand nowhere.
    """
    unknown = {u.name for u in claim.context.unknowns}
    for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if not isinstance(side, Derivative) or not isinstance(side.body, Variable):
            continue
        name = side.body.name
        if name in unknown and name in names(other) and _degree(other, name) != 1:
            return name
        below = (reached(claim, frozenset({name})) - {name}) & unknown & names(other)
        if below and not any(isinstance(part, Derivative) for part in subterms(other)):
            return min(below)
    return ""


def _degree(term: Term, name: str) -> Fraction | None:
    """The power of a factor c by which the term grows where ``name`` grows by c; None: no power."""
    if name not in names(term):
        return Fraction(0)
    match term:
        case Variable() | Application():
            return Fraction(1)
        case Derivative(body, _):
            return _degree(body, name)
        case Binder(_, _, body):
            return _degree(body, name)
        case Mul(factors):
            degrees = [_degree(f, name) for f in factors]
            return None if None in degrees else sum((d for d in degrees if d), Fraction(0))
        case Add(terms):
            found = {_degree(t, name) for t in terms}
            return found.pop() if len(found) == 1 else None
        case Pow(base, Number(value)):
            degree = _degree(base, name)
            return None if degree is None else degree * value
    return None


def _on_one_side(claim: Claim, functions: bool = False) -> str:
    """An open quantity that stands on one side only: the equation may be what defines it."""
    open_names = {u.name for u in claim.context.unknowns}
    if functions:
        open_names = {
            part.name
            for side in (claim.left, claim.right)
            for part in subterms(side)
            if isinstance(part, Application) and claim.context.definition(part.name) is None
        }
    left, right = names(claim.left) & open_names, names(claim.right) & open_names
    lonely = left ^ right
    if lonely:  # a name on the other side may be defined by it
        lonely -= reached(claim, names(claim.left)) & reached(claim, names(claim.right))
        lonely -= {name for name in lonely if sloped_only(claim, name)}
    return min(lonely, default="")


def _confirmed(theorem: Theorem, effort: Effort = CONFIRMING) -> Verdict:
    """A proof counts once the refuter has seen a point where it speaks of something."""
    claim = _of_any_size(theorem)
    survey = sample(claim, effort)
    if survey.contradiction is not None:
        return Verdict(
            "unproved",
            message="internal error: there is a proof and a counterexample; please report it",
        )
    if survey.points == 0:
        contradictory = hypotheses_have_model(claim.context) is False
        nowhere = "no point was found at which both sides are defined"
        return Verdict("unproved", message=CONTRADICTORY if contradictory else nowhere)
    lost = lost_slope(claim, survey.witness)
    if lost:
        return Verdict("unproved", message=f"nothing that was read says what {lost} depends on")
    with limited(PATIENCE):
        vain = _vain(theorem, survey.witness)
    if vain is not None:
        said = f"line {vain.line}, taken for a definition of {readable(vain.name)}"
        return Verdict("unproved", message=f"{said}, makes both sides 0")
    return Verdict(
        "proved",
        rules=rules(theorem),
        definitions=definitions(theorem),
        hypotheses=hypotheses(theorem),
        conditions=_conditions(claim),
        theorems=(theorem,),
    )


def _of_any_size(theorem: Theorem) -> Claim:
    """The claim without a size such as N = 784, if the proof does not need it, to be looked at."""
    context = theorem.claim.context
    used = {step.argument[0] for step in steps(theorem) if step.rule == "hypothesis"}
    fewer = tuple(  # in their places, which the proof counts
        replace(h, facts=())
        if n not in used and any(size > FEW for size in given_sizes((h,)).values())
        else h
        for n, h in enumerate(context.hypotheses)
    )
    if fewer == context.hypotheses:
        return theorem.claim
    weaker = replace(theorem.claim, context=replace(context, hypotheses=fewer))
    try:
        return Theorem(weaker, theorem.proof).claim
    except Rejected:
        return theorem.claim


def _vain(theorem: Theorem, witness: Counterexample | None) -> Definition | None:
    """A definition of components without which the sides would be neither 0 nor equal.

    ``y = m x + c``, or ``y_i = m x_i + c``, beside ``sum_i (y_i - (m x_i + c))^2`` is a model of
    the data y_i; who takes it for their definition makes that sum, and all that follows, 0.
    """
    claim = theorem.claim
    written = isinstance(claim.left, Number) or isinstance(claim.right, Number)
    if (
        claim.relation != "="
        or written
        or witness is None
        or {witness.left, witness.right} != {"0"}
    ):
        return None
    used = [d for d in claim.context.definitions if d.name in definitions(theorem)]
    for definition in (d for d in used if d.indices and d.line):
        others = (Variable(d.name, d.indices) for d in used if d is not definition)
        whole = "_" not in definition.source.partition("=")[0]  # y for all its components
        for term in (*others, *([claim.left] if whole else [])):
            zero = prove(replace(claim, left=term, right=Number(Fraction(0)))).theorem
            if zero is not None and definition.name in definitions(zero):
                if not _holds_without(claim, definition):
                    return definition
    return None


def _holds_without(claim: Claim, definition: Definition) -> bool:
    """Whether the claim is proved for any values of what the definition defines."""
    others = tuple(d for d in claim.context.definitions if d is not definition)
    freed = replace(claim, context=replace(claim.context, definitions=others))
    return prove(freed, PATIENCE).theorem is not None


def _inside_sums(facts: Facts, term: Term) -> frozenset[Condition]:
    """Where a term is defined, told at each position that a sum with exceptions goes over."""
    return frozenset(
        condition._replace(every=(*condition.every, part.index))
        if part.index in free_indices(condition.term)
        else condition
        for part in subterms(term)
        if isinstance(part, Binder) and part.excluded
        for condition in facts.requires(part.body)
    )


def _conditions(claim: Claim) -> tuple[str, ...]:
    """What must hold for both sides to be defined, as far as it is not certain."""
    facts = Facts(claim.context)
    try:
        left, right, scope = begin(claim)
        sides = _inside_sums(facts, left) | _inside_sums(facts, right)
        needed = scope.facts.conditions | sides  # those that are told hold in any case
    except Refused:
        return ()
    open_ = [c for c in needed if c.relation in SIGNS and not facts.holds(c)]
    written = (f"{latex(_plain(c))} {SIGNS[c.relation]} 0" for c in open_)
    return tuple(sorted({text.replace(MARK, "") for text in written}))  # their values are equal


def _plain_names(found: Counterexample) -> Counterexample:
    """The counterexample without what only stands in for a quantity that is differentiated by."""
    values = {name: value for name, value in found.values.items() if MARK not in name}
    return replace(found, values=values)


def _plain(condition: Condition) -> Term:
    """The term of a condition, with letters for people where it speaks of every position."""
    taken = {letter.name for letter in free_indices(condition.term)}
    free = (letter for letter in "ijklmnpqrs" if letter not in taken)
    new = {old: Index(name, old.range) for old, name in zip(condition.every, free, strict=False)}
    return substitute(condition.term, dict(new))


def _missing(claim: Claim, counterexample: Counterexample) -> Verdict:
    """Refuted, or true under a hypothesis that the text does not give."""
    with limited(PATIENCE):
        found = _supposing(claim)
    if found is not None:
        return replace(found, counterexample=counterexample if found.missing else None)
    if _is_empty_there(claim):
        return Verdict("unproved", message=EMPTY)
    return Verdict("refuted", counterexample=counterexample, message=_defined_before(claim))


def _is_empty_there(claim: Claim) -> bool:
    """Whether a claim fails only where a sum such as ``\\sum_{j \\neq i}`` runs over nothing.

    Who writes ``\\sum_{i=2}^{N-1}`` has thought of where it begins and ends.
    """
    bodies = (d.body for d in claim.context.definitions)
    ranges = {
        part.index.range
        for term in (claim.left, claim.right, *bodies)
        for part in subterms(term)
        if isinstance(part, Sum) and any(isinstance(x, Index) for x in part.excluded)
    }
    if not ranges:
        return False
    facts = tuple(AtLeast(range_, 2) for range_ in sorted(ranges))
    stronger = with_hypothesis(claim, Hypothesis(facts, "of more than one position"))
    seen = sample(stronger, QUICK)
    return seen.contradiction is None and seen.points > 0


def _supposing(claim: Claim, coinciding: bool = True) -> Verdict | None:
    """The verdict on a false claim under the smallest hypothesis that makes it true.

    ``coinciding``: also where two indices coincide, or differ.
    """
    for candidate in candidates(claim, coinciding):
        if late():
            break
        stronger = with_hypothesis(claim, candidate)
        survey = sample(stronger, QUICK)
        if survey.contradiction is not None:
            continue
        attempt = prove(stronger)
        if attempt.theorem is None:
            if is_often_unsaid(candidate) and survey.points:
                where = readable(candidate.source)
                said = f"{FEW_ALONE} {where}"
                return Verdict("unproved", message=said)
            continue
        nothing = says_nothing(stronger)
        if nothing is not None and sample(nothing, QUICK).contradiction is None:
            continue
        if _is_said_by(claim, candidate):
            return Verdict("unproved", message=CONDITION)
        confirmed = _confirmed(attempt.theorem, CONFIRMING_QUICKLY)
        if confirmed.outcome == "proved":
            others = tuple(h for h in confirmed.hypotheses if h is not candidate)
            return replace(
                confirmed,
                outcome="conditional",
                hypotheses=others,
                missing=(candidate,),
                message=f"false as it stands; true if {candidate.source}",
            )
    found = _with_some_fixed(with_past_fixed(claim))
    if found is not None and holds_other_arguments(claim):
        fixed = " and ".join(readable(h.source) for h in found.missing)
        return replace(found, outcome="unproved", missing=(), message=f"with {fixed} it is proved")
    return found


def _is_said_by(claim: Claim, candidate: Hypothesis) -> bool:
    """Whether a hypothesis says of open data just what is claimed of it: ``\\sum_i t_i = 1``."""
    return all(
        isinstance(fact, Equation)
        and alpha_equal(fact.left, claim.left)
        and alpha_equal(fact.right, claim.right)
        for fact in candidate.facts
    )


def _with_some_fixed(found: tuple[Claim, Hypothesis] | None) -> Verdict | None:
    """What is true of one step of a recurrence alone, or with what stands between held fixed."""
    if found is None:
        return None
    fixed, hypothesis = found
    theorem = prove(fixed).theorem
    confirmed = _confirmed(theorem, CONFIRMING) if theorem is not None else None
    if confirmed is None or confirmed.outcome != "proved":
        return None
    return replace(
        confirmed,
        outcome="conditional",
        missing=(hypothesis,),
        message=f"false as it stands; true with {hypothesis.source}",
    )


def _defined_before(claim: Claim) -> str:
    """A second definition of a name is a claim about the first: where that one stands."""
    if isinstance(claim.left, (Variable, Application)):
        known = claim.context.definition(claim.left.name)
        if known is not None and known.line and known.body is not claim.right:
            return f"line {known.line} says what {readable(known.name.replace(OWN, ''))} is"
    return ""


def _union(parts: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in part))
