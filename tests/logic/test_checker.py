"""The checker says no: a proof with one rule application altered proves nothing."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from derive.algebra.arithmetic import Refused
from derive.logic import checker, facts, functions, problem, rules, terms
from derive.logic.checker import (
    Cases,
    Proof,
    Rejected,
    Rewriting,
    Step,
    Theorem,
    apply,
    cases,
    opening,
)
from derive.logic.problem import (
    AtLeast,
    Claim,
    Context,
    Definition,
    Different,
    Equation,
    Hypothesis,
    Same,
    Sign,
)
from derive.logic.rules import RULES
from derive.logic.terms import Index, Label, Position, Shift, Term, canonical
from derive.prover.prove import prove
from derive.refuter.refute import Effort, refute
from tests.refuter.formulas import (
    LOSS,
    ONE,
    ONE_HOT,
    POSITIVE_X,
    SOFTMAX,
    TARGETS_SUM_TO_ONE,
    TWO,
    ZERO,
    L,
    N,
    claim,
    d,
    delta,
    different,
    exp,
    fn,
    given,
    i,
    j,
    k,
    log,
    m,
    minus,
    neg,
    over,
    plus,
    power,
    s,
    same,
    sqrt,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)

TOTAL = summed(m, exp(z(m)))

CLAIMS: dict[str, Claim] = {
    "softmax sums to one": claim(summed(i, s(i)), ONE, definitions=(SOFTMAX,)),
    "Jacobian of softmax": claim(
        d(s(i), z(k)), times(s(i), minus(delta(i, k), s(k))), definitions=(SOFTMAX,)
    ),
    "gradient of the cross-entropy": claim(
        d(L, z(k)), minus(s(k), t(k)), TARGETS_SUM_TO_ONE, definitions=(SOFTMAX, LOSS)
    ),
    "loss in logits": claim(
        L,
        minus(log(TOTAL), summed(i, times(t(i), z(i)))),
        TARGETS_SUM_TO_ONE,
        definitions=(SOFTMAX, LOSS),
    ),
    "an excluded term": claim(
        summed(j, times(t(j), z(j)), k), minus(summed(i, times(t(i), z(i))), times(t(k), z(k)))
    ),
    "different indices": claim(d(s(i), z(k)), neg(times(s(i), s(k))), different(i, k),
                               definitions=(SOFTMAX,)),
    "the same index": claim(d(s(i), z(k)), times(s(i), minus(ONE, s(i))), same(i, k),
                            definitions=(SOFTMAX,)),
    "one-hot": claim(times(t(i), t(k)), times(delta(i, k), t(i)), ONE_HOT),
    "a root": claim(sqrt(power(x, 2)), x, POSITIVE_X),
    "a logarithm": claim(log(over(exp(z(i)), TOTAL)), minus(z(i), log(TOTAL))),
    "a mean": claim(summed(i, over(z(i), N)), over(summed(i, z(i)), N)),
    "an interchange": claim(
        summed(i, summed(j, times(z(i), t(j)))), times(summed(j, t(j)), summed(i, z(i)))
    ),
}  # fmt: skip


def theorem(name: str) -> Theorem:
    found = prove(CLAIMS[name]).theorem
    assert found is not None, name
    return found


THEOREMS = {name: theorem(name) for name in CLAIMS}


# An argument of the wrong kind may end in a TypeError; a theorem it does not make.
NO_THEOREM = (Rejected, TypeError, IndexError)


def parts(proof: Proof) -> Iterator[tuple[Rewriting, Any]]:
    """The rewritings of a proof, each with a function that puts another in its place."""
    if isinstance(proof, Rewriting):
        yield proof, lambda new: new
        return
    for n, inner in enumerate(proof.proofs):
        for part, put in parts(inner):
            yield (
                part,
                lambda new, n=n, put=put: replace(
                    proof, proofs=(*proof.proofs[:n], put(new), *proof.proofs[n + 1 :])
                ),
            )


def sides(part: Rewriting) -> Iterator[tuple[str, tuple[Step, ...]]]:
    yield "left", part.left
    yield "right", part.right


def alterations(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """A step dropped, moved, applied elsewhere, or with another rule or argument."""
    for n, step in enumerate(steps):
        before, after = steps[:n], steps[n + 1 :]
        yield before + after
        if after:
            yield (*before, after[0], step, *after[1:])
        for rule in RULES:
            if rule != step.rule:
                yield (*before, replace(step, rule=rule), *after)
        yield (*before, replace(step, rule="wishful thinking"), *after)
        for path in ((*step.path, 0), step.path[:-1], (*step.path[:-1], 7)):
            if path != step.path:
                yield (*before, replace(step, path=path), *after)
        for argument in (None, 0, 1, "z", ONE, ZERO):
            if step.argument is not None and argument != step.argument:
                yield (*before, replace(step, argument=argument), *after)


def steps_of(proof: Proof) -> int:
    return sum(len(steps) for part, _ in parts(proof) for _, steps in sides(part))


# ------------------------------------------------------------------ proofs are needed


def test_a_theorem_cannot_be_had_without_a_proof() -> None:
    with pytest.raises(TypeError):
        Theorem(CLAIMS["a mean"])  # type: ignore[call-arg]
    with pytest.raises(Rejected, match="do not meet"):
        Theorem(CLAIMS["Jacobian of softmax"], Rewriting((), ()))
    with pytest.raises(NO_THEOREM):
        Theorem(claim(x, y), Rewriting((), ()))


def test_a_theorem_is_not_made_of_another() -> None:
    true = THEOREMS["softmax sums to one"]
    assert replace(true, proof=true.proof) == true
    for wrong in (TWO, ZERO, summed(i, s(i), k)):
        with pytest.raises(NO_THEOREM):
            replace(true, claim=replace(true.claim, right=wrong))
    with pytest.raises(dataclasses.FrozenInstanceError):
        true.claim = claim(ONE, TWO)  # type: ignore[misc]


def test_an_inequality_is_a_theorem_where_the_sign_of_the_difference_is_certain() -> None:
    plain, larger = Rewriting((), ()), plus(exp(x), power(y, 2))
    for relation, left, right in (
        (">", larger, power(y, 2)), (">=", larger, exp(x)), ("!=", larger, power(y, 2)),
        ("<", power(y, 2), larger), ("<=", exp(x), larger), (">=", x, x), ("<=", x, x),
    ):  # fmt: skip
        assert Theorem(claim(left, right, relation=relation), plain)
    for relation, left, right in (
        (">", larger, exp(x)), (">", power(y, 2), larger), (">=", power(y, 2), larger),
        ("<", larger, power(y, 2)), ("<=", larger, power(y, 2)), ("<", exp(x), larger),
        (">", x, x), ("<", x, x), ("!=", x, x), (">=", x, y), ("!=", x, y), ("=", x, y),
    ):  # fmt: skip
        with pytest.raises(Rejected, match="do not meet"):
            Theorem(claim(left, right, relation=relation), plain)


@pytest.mark.parametrize("name", CLAIMS)
def test_proofs_are_replayed(name: str) -> None:
    found = THEOREMS[name]
    assert Theorem(found.claim, found.proof) == found


@pytest.mark.parametrize("name", CLAIMS)
def test_no_proof_proves_a_false_claim(name: str) -> None:
    """The proof of a claim, offered for one with a wrong sign or a wrong constant."""
    found = THEOREMS[name]
    for right in (neg(found.claim.right), plus(found.claim.right, ONE)):
        wrong = replace(found.claim, right=right)
        assert refute(wrong, Effort(seconds=60)) is not None
        with pytest.raises(NO_THEOREM):
            Theorem(wrong, found.proof)


@pytest.mark.parametrize("name", CLAIMS)
def test_one_rule_application_altered(name: str) -> None:
    """What is left still proves the claim itself (the two sides met all the same) or nothing."""
    found = THEOREMS[name]
    wrong = replace(found.claim, right=plus(found.claim.right, ONE))
    rejected = accepted = 0
    for part, put in parts(found.proof):
        for side, steps in sides(part):
            for altered in alterations(steps):
                proof = put(replace(part, **{side: altered}))
                with pytest.raises(NO_THEOREM):
                    Theorem(wrong, proof)
                try:
                    Theorem(found.claim, proof)
                    accepted += 1
                except NO_THEOREM:
                    rejected += 1
    assert rejected + accepted > 0 or steps_of(found.proof) == 0
    assert rejected > 10 * accepted or steps_of(found.proof) == 0


def test_every_step_that_is_dropped_from_a_shortest_proof_is_missed() -> None:
    short = Theorem(
        claim(d(exp(z(i)), z(k)), times(exp(z(i)), delta(i, k))),
        Rewriting(
            (Step((), "derivative of the exponential"), Step((1,), "derivative of a variable")), ()
        ),
    )
    left = short.proof.left  # type: ignore[union-attr]
    for altered in (left[:1], left[1:], left[::-1], (), (left[0], left[0]), (left[1], left[1])):
        with pytest.raises(NO_THEOREM):
            Theorem(short.claim, Rewriting(altered, ()))
    for other in set(RULES) - {left[0].rule}:
        with pytest.raises(NO_THEOREM):
            Theorem(short.claim, Rewriting((replace(left[0], rule=other), left[1]), ()))
    for other in set(RULES) - {left[1].rule}:
        with pytest.raises(NO_THEOREM):
            Theorem(short.claim, Rewriting((left[0], replace(left[1], rule=other)), ()))
    for path in ((), (0,), (2,), (-1,), (1, 0), (0, 1)):
        with pytest.raises(NO_THEOREM):
            Theorem(short.claim, Rewriting((left[0], replace(left[1], path=path)), ()))
    with pytest.raises(NO_THEOREM):  # the right steps, on the wrong side
        Theorem(short.claim, Rewriting((), left))


def test_an_arithmetic_step_with_another_result_is_rejected() -> None:
    question = claim(power(plus(x, ONE), 2), plus(power(x, 2), times(TWO, x), ONE))
    for wrong in (plus(power(x, 2), ONE), power(x, 2), ONE, x):
        with pytest.raises(NO_THEOREM):
            Theorem(question, Rewriting((Step((), "arithmetic", wrong),), ()))
    assert Theorem(question, Rewriting((Step((), "arithmetic", canonical(question.right)),), ()))


# ------------------------------------------------------------------ hypotheses and definitions


def test_a_hypothesis_that_is_not_in_force_proves_nothing() -> None:
    found = THEOREMS["gradient of the cross-entropy"]
    context = found.claim.context
    without = replace(found.claim, context=replace(context, hypotheses=()))
    with pytest.raises(NO_THEOREM):
        Theorem(without, found.proof)
    two = given(Equation(summed(i, t(i)), TWO))
    other = replace(found.claim, context=replace(context, hypotheses=(two,)))
    with pytest.raises(NO_THEOREM):
        Theorem(other, found.proof)


def test_another_definition_proves_nothing() -> None:
    found = THEOREMS["softmax sums to one"]
    doubled = Definition("s", (i,), (), times(TWO, SOFTMAX.body))
    for definitions in ((), (doubled,)):
        context = replace(found.claim.context, definitions=definitions)
        with pytest.raises(NO_THEOREM):
            Theorem(replace(found.claim, context=context), found.proof)


def test_a_sign_that_is_not_in_force_proves_nothing() -> None:
    found = THEOREMS["a root"]
    for hypotheses in ((), (given(Sign(x, "!=")),), (given(Sign(y, ">")),)):
        context = replace(found.claim.context, hypotheses=hypotheses)
        with pytest.raises(NO_THEOREM):
            Theorem(replace(found.claim, context=context), found.proof)


# ------------------------------------------------------------------ cases


QUESTION = claim(times(delta(i, k), z(i)), times(delta(i, k), z(k)))
EQUAL = Rewriting((), ())
APART = Rewriting((), ())


def cases_of(question: Claim) -> Cases:
    proof = prove(question).theorem
    assert proof is not None
    assert isinstance(proof.proof, Cases)
    return proof.proof


def test_both_cases_are_needed() -> None:
    proof = cases_of(QUESTION)
    assert Theorem(QUESTION, proof)
    for fewer in (proof.proofs[:1], proof.proofs[1:], (), proof.proofs * 2):
        with pytest.raises(Rejected):
            Theorem(QUESTION, replace(proof, proofs=fewer))


def test_the_proof_of_one_case_is_not_that_of_the_other() -> None:
    question = claim(delta(i, k), times(delta(i, k), delta(i, k), ONE))
    other = claim(times(delta(i, k), z(i)), times(delta(i, k), z(k)))
    proof = cases_of(other)
    equal, _ = proof.proofs
    with pytest.raises(NO_THEOREM):
        Theorem(other, Cases(proof.about, (equal, equal)))
    assert Theorem(question, Rewriting((), ()))


def test_a_case_may_be_left_out_only_where_a_hypothesis_excludes_it() -> None:
    true_apart = claim(delta(i, k), ZERO, different(i, k))
    apart = Rewriting((Step((), "Kronecker delta of different indices"),), ())
    assert Theorem(true_apart, Cases((i, k), (apart,)))
    with pytest.raises(NO_THEOREM):
        Theorem(claim(delta(i, k), ZERO), Cases((i, k), (apart,)))
    with pytest.raises(NO_THEOREM):  # the hypothesis is about other indices
        Theorem(claim(delta(i, k), ZERO, different(i, j)), Cases((i, k), (apart,)))
    true_same = claim(delta(i, k), ONE, same(i, k))
    together = Rewriting((), ())
    assert Theorem(true_same, Cases((i, k), (together,)))
    with pytest.raises(NO_THEOREM):
        Theorem(claim(delta(i, k), ONE), Cases((i, k), (together,)))
    with pytest.raises(NO_THEOREM):
        Theorem(claim(delta(i, k), ONE, same(i, j)), Cases((i, k), (together,)))


def test_cases_about_an_index_and_itself_or_one_of_another_range() -> None:
    for second in (i, Index("i", "M"), Position(1, "M")):
        with pytest.raises(Rejected, match="not all cases"):
            Theorem(QUESTION, Cases((i, second), (EQUAL, APART)))


def test_the_cases_of_a_sign() -> None:
    question = claim(times(fn("sign", x), fn("abs", x)), x)
    positive, negative, zero = cases(question, x)
    assert [c.context.hypotheses[-1].facts for c in (positive, negative, zero)] == [
        (Sign(x, ">"),), (Sign(x, "<"),), (Equation(x, ZERO),),
    ]  # fmt: skip
    proof = cases_of(question)
    assert proof.about is x
    assert Theorem(question, proof)
    for order in permutations(proof.proofs):
        if order != proof.proofs:
            with pytest.raises(NO_THEOREM):
                Theorem(question, replace(proof, proofs=order))
    with pytest.raises(NO_THEOREM):
        Theorem(question, replace(proof, proofs=proof.proofs[:2]))  # x may be 0
    nonzero = claim(power(fn("sign", x), 2), ONE, given(Sign(x, "!=")))
    assert Theorem(nonzero, Cases(x, cases_of(nonzero).proofs))
    assert len(cases(nonzero, x)) == 2


@pytest.mark.parametrize("wrong", [x, minus(ZERO, x), ONE, power(x, 2), y])
def test_a_sign_does_not_prove_what_fails_in_one_case(wrong: Term) -> None:
    """|x| is x, and -x, and 0: each in one case only."""
    proof = cases_of(claim(times(fn("sign", x), fn("abs", x)), x))
    for about in (x, y, wrong):
        with pytest.raises(NO_THEOREM):
            Theorem(claim(fn("abs", x), wrong), Cases(about, proof.proofs))
    assert prove(claim(fn("abs", x), wrong)).theorem is None


def test_a_term_that_may_be_undefined_has_no_sign_in_any_case() -> None:
    """Where log x has no value, none of the cases holds."""
    for about in (log(x), over(ONE, x), z(m), z(Index("#1", "N"))):
        with pytest.raises(Rejected, match="not all cases"):
            Theorem(claim(fn("abs", y), y), Cases(about, (EQUAL, EQUAL, EQUAL)))
    assert len(cases(claim(log(x), ZERO), log(x))) == 3  # the claim speaks of x > 0


def test_a_letter_that_sums_bind_is_not_that_of_a_case() -> None:
    """|z_1| + ... + |z_N| is not |z_1 + ... + z_N|, whatever the sign of one z_i."""
    inner = Index("#1", "N")
    total = claim(summed(i, fn("abs", z(i))), fn("abs", summed(i, z(i))))
    with pytest.raises(Rejected, match="not all cases"):
        Theorem(total, Cases(z(inner), (EQUAL, EQUAL, EQUAL)))
    assert prove(total).theorem is None


def test_a_case_is_about_the_whole_claim() -> None:
    """In the case i = k every i becomes k, but for those that are letters of a hypothesis."""
    own = given(Equation(times(z(i), t(i)), ONE, (i,)), Sign(var("p", i), ">", (i,)))
    about = given(Equation(z(i), ONE), Sign(var("q", i), ">"), Different(i, j), Same(i, m))
    size = given(AtLeast("N", 2))
    moved, _ = cases(claim(times(z(i), z(j)), t(i), own, about, size), (i, k))
    assert moved.left is times(z(k), z(j))
    assert moved.right is t(k)
    first, second, third = (h.facts for h in moved.context.hypotheses)
    assert first == own.facts
    assert second == (
        Equation(z(k), ONE), Sign(var("q", k), ">"), Different(k, j), Same(k, m),
    )  # fmt: skip
    assert third == size.facts


def test_exclusions_of_a_hypothesis_follow_the_case() -> None:
    fact = Equation(var("w", i, j), ZERO, (j,), ((i, j),))
    (moved,) = cases(claim(x, y, given(fact)), (i, k))[0].context.hypotheses[0].facts
    assert moved == Equation(var("w", k, j), ZERO, (j,), ((k, j),))
    (clash,) = cases(claim(x, y, given(fact)), (i, j))[0].context.hypotheses[0].facts
    assert isinstance(clash, Equation)
    (letter,) = clash.every
    assert letter is not j
    assert clash == Equation(var("w", j, letter), ZERO, (letter,), ((j, letter),))


def test_the_other_case_adds_one_hypothesis() -> None:
    _, other = cases(QUESTION, (i, k))
    assert (other.left, other.right) == (QUESTION.left, QUESTION.right)
    assert [h.facts for h in other.context.hypotheses] == [(Different(i, k),)]
    _, _, scope = opening(other)
    assert scope.differ(i, k)
    assert scope.differ(k, i)
    assert not scope.differ(i, j)


def test_a_position_without_a_neighbour_is_no_case() -> None:
    question = claim(z(Shift(i, -1)), z(Shift(i, -1)))
    with pytest.raises(Rejected, match="no index -1 steps"):
        Theorem(question, Cases((i, Position(1, "N")), (EQUAL, APART)))


def test_cases_of_a_label() -> None:
    label = Label("c", (), "N")
    question = claim(times(delta(i, label), z(i)), times(delta(i, label), z(label)))
    assert Theorem(question, cases_of(question))
    wrong = claim(delta(i, label), ONE)
    with pytest.raises(NO_THEOREM):
        Theorem(wrong, Cases((i, label), (Rewriting((), ()), Rewriting((), ()))))


# ------------------------------------------------------------------ paths


def test_a_rule_is_applied_where_the_path_leads() -> None:
    _, _, scope = opening(claim(x, x))
    term = plus(x, times(TWO, delta(i, i)))
    step = Step((1, 1), "Kronecker delta of equal indices")
    assert apply(term, step, scope) is plus(x, times(TWO, ONE))
    for path in ((), (0,), (1,), (1, 0), (2,), (1, 2), (-1, 1), (1, -1), (1, 1, 0)):
        with pytest.raises(Refused):
            apply(term, replace(step, path=path), scope)


def test_an_exponent_that_is_a_number_stays_one() -> None:
    """x^0 is 1 at x = 0, and x^(0 * 2) is undefined there, as is (0 * 2) x^(0 * 2 - 1)."""
    _, _, scope = opening(claim(x, x))
    step = Step((1,), "arithmetic", times(ZERO, TWO))
    with pytest.raises(Refused):
        apply(power(x, ZERO), step, scope)
    assert apply(power(exp(x), ZERO), step, scope) is power(exp(x), times(ZERO, TWO))
    assert apply(plus(x, ZERO), step, scope) is plus(x, times(ZERO, TWO))
    back = Step((1,), "arithmetic", ZERO)
    assert apply(power(x, times(ZERO, TWO)), back, scope) is power(x, ZERO)


def test_below_a_sum_its_letter_differs_from_the_excluded_ones() -> None:
    _, _, scope = opening(claim(x, x))
    step = Step((0,), "Kronecker delta of different indices")
    assert apply(summed(j, delta(j, k), k), step, scope) is summed(j, ZERO, k)
    for term in (summed(j, delta(j, k)), summed(j, delta(j, k), i), summed(j, delta(i, k), i)):
        with pytest.raises(Refused):
            apply(term, step, scope)


def test_a_hypothesis_about_a_letter_does_not_speak_of_a_bound_one() -> None:
    question = claim(x, x, different(i, k))
    _, _, scope = opening(question)
    step = Step((0,), "Kronecker delta of different indices")
    with pytest.raises(Refused):  # this i is the sum's own
        apply(summed(i, delta(i, k)), step, scope)
    assert apply(summed(j, delta(i, k)), step, scope) is summed(j, ZERO)


def test_definedness_of_the_sides_may_be_used() -> None:
    """log x = ... speaks of x > 0 only, so |x| = x; but x alone does not."""
    absolute = Rewriting((Step((0,), "absolute value"),), ())
    assert Theorem(claim(times(fn("abs", x), log(x)), times(x, log(x))), absolute)
    with pytest.raises(NO_THEOREM):
        Theorem(claim(times(fn("abs", x), exp(x)), times(x, exp(x))), absolute)


def test_what_the_other_side_needs_may_be_used() -> None:
    """2 log x speaks of x > 0 only, and log x^2 alone of x != 0."""
    power_rule = Rewriting((Step((), "logarithm of a power"),), ())
    assert Theorem(claim(log(power(x, 2)), times(TWO, log(x))), power_rule)
    with pytest.raises(NO_THEOREM):
        Theorem(claim(log(power(x, 2)), times(TWO, x)), power_rule)


def test_an_index_does_not_differ_from_itself_whatever_the_text_says() -> None:
    context = Context((), (given(Different(i, i)),))
    zero = Rewriting((Step((), "Kronecker delta of different indices"),), ())
    with pytest.raises(NO_THEOREM):
        Theorem(Claim(delta(i, i), "=", ZERO, context), zero)


def test_bound_letters_of_the_claim_are_made_its_own() -> None:
    left, right, _ = opening(claim(summed(i, z(i)), summed(j, z(j))))
    assert left is right
    assert Theorem(claim(summed(i, z(i)), summed(j, z(j))), Rewriting((), ()))
    with pytest.raises(NO_THEOREM):
        Theorem(claim(summed(i, z(i)), summed(j, z(k))), Rewriting((), ()))


# ------------------------------------------------------------------ what must be trusted


def test_rules_are_named_in_words() -> None:
    assert all(name == name.strip() and formula for name, formula in RULES.items())
    assert len(RULES) == len(set(RULES))
    used = {
        step.rule
        for found in THEOREMS.values()
        for part, _ in parts(found.proof)
        for _, steps in sides(part)
        for step in steps
    }
    assert used <= set(RULES)
    assert len(used) >= 10


def test_only_the_checker_makes_theorems() -> None:
    """No module of the program goes around ``Theorem(...)``, by which a proof is replayed."""
    root = Path(inspect.getfile(checker)).parent.parent
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "attr", getattr(node, "id", ""))
            assert name not in ("__new__", "__setattr__") or "terms.py" in path.name, path


def test_logic_uses_no_algebra_system() -> None:
    folder = Path(inspect.getfile(checker)).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            for module in modules:
                assert module.partition(".")[0] not in ("sympy", "numpy", "flint", "mpmath"), path


def test_a_hypothesis_is_used_in_either_direction_with_all_its_letters() -> None:
    fact = Equation(power(z(i), 2), z(i), (i,))
    question = claim(z(k), power(z(k), 2), given(fact))
    assert Theorem(question, Rewriting((Step((), "hypothesis", (0, 0, False, ((i, k),))),), ()))
    for argument in (
        (0, 0, True, ((i, k),)), (0, 0, False, ((i, j),)), (0, 0, False, ()),
        (0, 0, False, ((i, k), (j, k))), (0, 0, False, ((i, Index("k", "M")),)),
        (0, 0, False, ((i, Shift(k, 1)),)),
    ):  # fmt: skip
        with pytest.raises(NO_THEOREM):
            Theorem(question, Rewriting((Step((), "hypothesis", argument),), ()))
    unknown = claim(z(k), power(z(k), 2), Hypothesis((), ""), given(fact))
    assert Theorem(unknown, Rewriting((Step((), "hypothesis", (1, 0, False, ((i, k),))),), ()))


def test_nothing_that_a_theorem_rests_on_can_be_changed() -> None:
    for module in (checker, facts, functions, problem, rules, terms):
        for made in vars(module).values():
            if isinstance(made, type) and dataclasses.is_dataclass(made):
                assert made.__dataclass_params__.frozen, made  # type: ignore[attr-defined]


@pytest.mark.parametrize("fact", [Equation(t(i), delta(i, k), (i,)), Equation(t(j), delta(j, k))])
def test_a_root_of_what_is_a_delta_by_hypothesis(fact: Equation) -> None:
    """At j != k the left side is 0: the root rule and delta^2 = delta would cancel the delta."""
    root, slope = sqrt(times(t(j), x)), over(ONE, times(TWO, sqrt(x)))
    wrong = claim(d(root, x), slope, given(fact), POSITIVE_X)
    assert prove(wrong).theorem is None
    right = claim(d(root, x), times(t(j), slope), given(fact), POSITIVE_X)
    assert prove(right).theorem is not None
