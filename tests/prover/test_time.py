"""The time for a step: what is not decided within it is unproved, whatever was found before."""

from __future__ import annotations

import pytest

import derive
from derive.clock import used
from derive.logic.problem import Claim, Context
from derive.logic.terms import Index, Label, Variable
from derive.prover import judge
from derive.prover.prove import prove

SLASH = r"$a / 2 b = \frac{a}{2 b}$"


def verdict(text: str) -> derive.Verdict:
    (found,) = (j.verdict for j in derive.check(text, format="markdown").claims)
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["$x + x = 2 x$", "$x + x = 3 x$", r"$\log e^x = x$"])
def test_without_time_nothing_is_decided(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict(text).outcome in ("proved", "refuted")
    monkeypatch.setattr(judge, "STEP", -1.0)
    found = verdict(text)
    assert found.outcome == "unproved"
    assert found.message


def test_what_may_be_meant_otherwise_and_is_not_decided_so_is_not_refuted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = verdict(SLASH)
    assert found.outcome == "unproved"
    assert found.message.endswith("it is proved")
    late = judge.Verdict("unproved", message=judge.OUT_OF_TIME)
    monkeypatch.setattr(judge, "_otherwise", lambda *_: late)
    found = verdict(SLASH)
    assert found.outcome == "unproved"
    assert found.message.endswith("it was not decided in time")


@pytest.mark.parametrize(("text", "outcome"), [(SLASH, "unproved"), ("$2 a b = a b$", "refuted")])
def test_without_time_for_the_other_readings_nothing_is_refuted_that_has_some(
    text: str, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "OTHERS", (0.0, 0.0))
    found = verdict(text)
    assert found.outcome == outcome
    assert (found.message == judge.UNREAD) == (text == SLASH)


def test_an_index_is_not_taken_for_a_label_that_it_stands_in() -> None:
    """The case ``k = y_{kk}`` would lead to ``y_{y_{kk} y_{kk}}``, twice as long, and so on."""
    k = Index("k", "N")
    labelled, plain = (Variable("x", (at,)) for at in (Label("y", (k, k), "N"), k))
    before = used()
    assert prove(Claim(labelled, "=", plain, Context())).theorem is None
    assert used() - before < 1
