"""Conditions that the text supposes before a claim, and perhaps for the claim, too.

"If $x > 0$, the function is the identity. Its slope is $f'(x) = 1$": the second sentence goes on
in the case that the first one tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from derive.logic.problem import AtLeast, Claim, Equation, Fact, Hypothesis, Sign
from derive.logic.terms import Number, Variable, names
from derive.meaning.facts import every_letter, fact_names
from derive.meaning.notation import readable
from derive.meaning.statement import Meaning, Statement
from derive.meaning.thresholds import in_all_forms
from derive.prover.missing import with_hypothesis
from derive.prover.supposed import is_condition
from derive.prover.unsaid import reached
from derive.refuter.refute import Effort, sample

__all__ = ["case_before"]

_MOST = 3


def case_before(statement: Statement, meaning: Meaning, effort: Effort) -> str:
    """A case told before in the section, in which no counterexample is found; "" for none."""
    claims = [claim for reading in statement.readings for claim in reading.claims]
    if len(claims) != 1:
        return ""
    values = _values_together(statement, claims[0], meaning)
    for hypothesis in (*_told_before(statement, claims[0], meaning, effort), *values):
        if _may_hold(claims[0], hypothesis, effort):
            return (
                f"it may hold for {readable(hypothesis.source)}, which line {hypothesis.line} "
                "says, perhaps of this step, too"
            )
    return ""


def _may_hold(claim: Claim, supposed: Hypothesis, effort: Effort) -> bool:
    """Whether no counterexample is found where the hypothesis holds, and it can hold."""
    there = with_hypothesis(claim, supposed)
    survey = sample(replace(there, context=in_all_forms(there.context)), effort)
    return survey.contradiction is None and survey.points > 0


def _told_before(
    statement: Statement, claim: Claim, meaning: Meaning, effort: Effort
) -> Iterator[Hypothesis]:
    """The last conditions by size of what the claim is about, which do not hold for it as read.

    And a value that was given right before it, or for what was claimed right before it: "Here
    $b = 0$" goes on as long as what comes first behind it is true there only.
    """
    if statement.general:
        return
    written = names(claim.left) | names(claim.right)
    about = reached(claim, written)
    in_force = {fact for h in claim.context.hypotheses for fact in h.facts}
    found, goes_on, over = 0, True, False
    behind: list[Claim] = []  # the claims between, the last one first
    for other in reversed(meaning.statements):
        told = other.hypothesis or _condition(other)
        facts = told.facts if told is not None else ()
        place, here = other.place, statement.place
        if (place.line, place.column) >= (here.line, here.column) or found == _MOST:
            continue
        in_a_case = other.kind == "claim" and _in_a_case(other, in_force)
        over = over or in_a_case
        goes_on = goes_on and (other.kind == "hypothesis" or in_a_case)
        valued = told is not None and _gives_value(told)
        if valued and not goes_on and told is not None:
            first = behind[-1:] if other.section == statement.section and not over else ()
            valued = any(_holds_there_only(one, told, effort) for one in first)
        goes_on = goes_on and not valued
        if other.kind == "claim":
            behind += [one for reading in other.readings[:1] for one in reading.claims[:1]]
            over = over or other.general
        if other.section != statement.section or not facts or in_force.issuperset(facts):
            continue
        sized = any(isinstance(fact, AtLeast) for fact in facts)  # N >= 2, and what it says
        of_size = (
            sized or all(isinstance(fact, Sign) for fact in facts) or told is not other.hypothesis
        )
        if (
            told is not None
            and (of_size or (valued and not (over and written & _about(told))))
            and _about(told) <= about
        ):
            found += 1
            yield told


def _holds_there_only(claim: Claim, supposed: Hypothesis, effort: Effort) -> bool:
    """Whether a claim behind a supposition is false without it, and may be true with it."""
    if claim.relation != "=" or {*supposed.facts} <= {
        f for h in claim.context.hypotheses for f in h.facts
    }:
        return False
    false = sample(claim, effort).contradiction is not None
    return false and _may_hold(claim, supposed, effort)


def _values_together(
    statement: Statement, claim: Claim, meaning: Meaning
) -> tuple[Hypothesis, ...]:
    """``Y_{11} = 1, Y_{12} = 0``, told of an example before in the section: all of them at once.

    A value without a place, as in ``b = 0``, only right before the step.
    """
    about = reached(claim, names(claim.left) | names(claim.right))
    place = statement.place.line, statement.place.column
    told: list[Hypothesis] = []
    goes_on = True
    for other in reversed(meaning.statements):
        if (other.place.line, other.place.column) >= place or other.section != statement.section:
            continue
        value = other.hypothesis or _condition(other)
        goes_on = goes_on and value is not None
        match value.facts if value is not None else ():
            case (Equation(Variable(name, indices), Number(), ()),) if name in about:
                if value is not None and (goes_on or indices or any(map(str.isdigit, name))):
                    told.append(value)
    if not told:
        return ()
    told.reverse()
    facts = tuple(fact for value in told for fact in value.facts)
    return (replace(told[0], facts=facts, source=", ".join(value.source for value in told)),)


def _about(told: Hypothesis) -> frozenset[str]:
    return frozenset().union(*map(fact_names, told.facts))


def _in_a_case(other: Statement, in_force: Set[Fact]) -> bool:
    """ "If b = 0, □": whether it is claimed for a value that does not hold any more."""
    claims = (claim for reading in other.readings for claim in reading.claims)
    over = (h for claim in claims for h in claim.context.hypotheses if _gives_value(h))
    return any(not in_force >= {*h.facts} for h in over)


def _gives_value(told: Hypothesis) -> bool:
    """``b = 0``, "Note that □": a value of one number, given in passing."""
    match told.facts:
        case (Equation(Variable(_, ()), Number(), ()),):
            return True
    return False


def _condition(other: Statement) -> Hypothesis | None:
    """``z_N = 0``, of data that nothing else relates: what a claim would be, if it were one."""
    claims = [claim for reading in other.readings for claim in reading.claims]
    if other.kind != "claim" or len(claims) != 1 or claims[0].relation != "=":
        return None
    if not is_condition(claims[0]):
        return None
    stated = every_letter((Equation(claims[0].left, claims[0].right),))
    source = f"{other.left} {other.relation} {other.right}"
    return Hypothesis(stated, source, other.place.line)
