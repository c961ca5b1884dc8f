"""A short run of the fuzzer; ``python -m tests.fuzz --minutes 30`` is the long one."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.logic.checker import Rejected, Rewriting, Theorem
from derive.logic.problem import Claim, Context
from derive.logic.terms import Add, Number, Variable, free_indices
from derive.prover.prove import prove
from derive.refuter.refute import sample
from tests.fuzz import EFFORT, Figures, ask, examine, forms
from tests.random_claims import FREE, ONE, Question, random_context, random_question, random_term

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
