"""The time for a step: what is not decided within it is unproved, whatever was found before."""

from __future__ import annotations

import pytest

import derive
from derive.prover import judge

SLASH = r"$a / 2 b = \frac{a}{2 b}$"


def verdict(text: str) -> derive.Verdict:
    (found,) = (j.verdict for j in derive.check(text, format="markdown").claims)
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["$x + x = 2 x$", "$x + x = 3 x$", r"$\log e^x = x$"])
def test_without_time_nothing_is_decided(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict(text).outcome in ("proved", "refuted")
    monkeypatch.setattr(judge, "STEP", 1e-9)
    found = verdict(text)
    assert found.outcome == "unproved"
    assert found.message


def test_what_may_be_meant_otherwise_and_is_not_decided_so_is_not_refuted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = verdict(SLASH)
    assert found.outcome == "unproved"
    assert found.message.endswith("it is proved")
    monkeypatch.setattr(judge, "AGAIN", 1e-9)
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
