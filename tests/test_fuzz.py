"""A short run of the fuzzer; ``python -m tests.fuzz --minutes 30`` is the long one."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.logic.checker import Rejected, Rewriting, Theorem
from derive.logic.problem import AtLeast, Claim, Context, Different, Equation, Same, Sign
from derive.logic.terms import (
    Add,
    Delta,
    Derivative,
    Function,
    Label,
    Number,
    Pow,
    Shift,
    Sum,
    Term,
    Variable,
    children,
    free_indices,
    names,
    own_indices,
    subterms,
)
from derive.prover.prove import prove
from derive.refuter.refute import sample
from tests.fuzz import EFFORT, Figures, ask, examine, forms
from tests.random_claims import (
    DEFINITIONS,
    FREE,
    ONE,
    Question,
    random_context,
    random_question,
    random_term,
)

often = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@often
@given(st.integers(0, 10**9))
def test_prover_and_refuter_agree(seed: int) -> None:
    figures = Figures()
    examine(random_question(Random(seed)), str(seed), figures)
    assert not figures.disagreements


@often
@given(st.integers(0, 10**9))
def test_a_term_equals_its_normal_forms(seed: int) -> None:
    figures = Figures()
    forms(random_question(Random(seed)), str(seed), figures)
    assert not figures.disagreements


@often
@given(st.integers(0, 10**9))
def test_no_term_is_itself_and_one_more(seed: int) -> None:
    rng = Random(seed)
    term, context = random_term(rng, 3), random_context(rng)
    claim = Claim(term, "=", Add((term, ONE)), context)
    assert prove(claim).theorem is None or sample(claim, EFFORT).points == 0


@often
@given(st.integers(0, 10**9))
def test_a_proof_does_not_prove_another_claim(seed: int) -> None:
    """The right side plus 1 is not what the proof of the right side proves."""
    claim = random_question(Random(seed)).claim
    theorem = prove(claim).theorem
    if theorem is None or not isinstance(theorem.proof, Rewriting):
        return
    other = Claim(claim.left, "=", Add((claim.right, Number(ONE.value))), claim.context)
    try:
        Theorem(other, theorem.proof)
    except Rejected:
        return
    assert sample(other, EFFORT).points == 0


def test_random_claims_are_well_formed_and_of_every_kind() -> None:
    questions = [random_question(Random(seed)) for seed in range(300)]
    assert {question.kind for question in questions} == {
        "harmless", "harmful", "rules", "identity", "near identity"
    }  # fmt: skip
    for question in questions:
        free = free_indices(question.claim.left) | free_indices(question.claim.right)
        assert free <= set(FREE)


def test_the_same_seed_asks_the_same_question() -> None:
    assert random_question(Random("1.2.3")) == random_question(Random("1.2.3"))
    figures = Figures()
    ask("1.2.3", figures)
    assert figures.counts["claims"] == 1


def test_a_disagreement_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A prover that proves what is false is caught."""
    x = Variable("x", ())
    true, false = Claim(x, "=", x, Context()), Claim(x, "=", Add((x, ONE)), Context())
    monkeypatch.setattr("tests.fuzz.prove", lambda _: prove(true))
    figures = Figures()
    examine(Question("harmful", false), "1", figures)
    assert figures.counts["DISAGREEMENTS: proved and refuted"] == 1
    examine(Question("harmful", true), "1", figures)
    assert len(figures.disagreements) == 1


def inner(term: Term, kind: type[Term]) -> list[Term]:
    """What stands strictly within the terms of a kind."""
    return [
        deeper
        for part in subterms(term)
        if isinstance(part, kind)
        for child in children(part)
        for deeper in subterms(child)
    ]


CONSTRUCTS: dict[str, Callable[[Term], bool]] = {
    "nested sums": lambda t: any(isinstance(p, Sum) for p in inner(t, Sum)),
    "sums of a sum": lambda t: any(isinstance(p, Sum) for p in inner(t, Pow)),
    "excluded sums": lambda t: any(isinstance(p, Sum) and p.excluded for p in subterms(t)),
    "deltas": lambda t: any(isinstance(p, Delta) for p in subterms(t)),
    "deltas under sums": lambda t: any(isinstance(p, Delta) for p in inner(t, Sum)),
    "coinciding indices": lambda t: (
        any(isinstance(p, Variable) and len(p.indices) > len(set(p.indices)) for p in subterms(t))
        or any(isinstance(p, Sum) and p.index in free_indices(t) for p in subterms(t))
    ),
    "roots": lambda t: any(
        isinstance(p, Pow) and isinstance(p.exponent, Number) and p.exponent.value.denominator > 1
        for p in subterms(t)
    ),
    "logarithms": lambda t: any(isinstance(p, Function) and p.name == "log" for p in subterms(t)),
    "derivatives": lambda t: any(isinstance(p, Derivative) for p in subterms(t)),
    "derivatives of derivatives": lambda t: any(
        isinstance(p, Derivative) for p in inner(t, Derivative)
    ),
    "definitions": lambda t: bool(names(t) & {d.name for d in DEFINITIONS}),
    "denominators under sums": lambda t: any(
        isinstance(p, Pow) and isinstance(p.exponent, Number) and p.exponent.value < 0
        for p in inner(t, Sum)
    ),
    "labels": lambda t: any(isinstance(i, Label) for p in subterms(t) for i in own_indices(p)),
    "neighbours": lambda t: any(isinstance(i, Shift) for p in subterms(t) for i in own_indices(p)),
}


def test_every_construct_of_the_language_is_asked_about() -> None:
    sides = []
    contexts = []
    for seed in range(600):
        claim = random_question(Random(f"constructs.{seed}")).claim
        sides += [claim.left, claim.right]
        contexts.append(claim.context)
    for name, stands_in in CONSTRUCTS.items():
        assert sum(map(stands_in, sides)) >= 3, name
    facts = {type(f) for c in contexts for h in c.hypotheses for f in h.facts}
    assert facts == {Equation, Sign, Same, Different, AtLeast}
