"""A short run of damaged documents; ``python -m tests.fuzz_documents --minutes 60`` is the long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

import derive
from derive.prover.verdict import Report, Verdict
from tests.conftest import DOCUMENTS
from tests.fuzz_documents import EDITS, ask, damaged, defect, texts

SOURCES = texts([DOCUMENTS])
RIGHT = "Let $f = x^2$. Then $f + f = 2 x^2$ and $f = 3x$."


@pytest.mark.parametrize("seed", range(8))
def test_damaged_documents_are_judged(seed: int) -> None:
    assert not ask(str(seed), [source[:1500] for source in SOURCES], Counter())


def test_a_seed_makes_its_document_again() -> None:
    assert damaged(SOURCES, Random("1.2")) == damaged(SOURCES, Random("1.2"))
    assert len({damaged(SOURCES, Random(str(seed))) for seed in range(20)}) == 20


@pytest.mark.parametrize("edit", EDITS)
def test_each_edit_changes_documents_and_takes_the_empty_one(edit: Callable[..., str]) -> None:
    assert any(edit(RIGHT, SOURCES, Random(seed)) != RIGHT for seed in range(20))
    for seed in range(20):
        edit("", SOURCES, Random(seed))


def test_a_sound_document_has_no_defect() -> None:
    counts: Counter[str] = Counter()
    assert defect(RIGHT, counts) == ""
    assert counts["definition"] == counts["proved"] == counts["refuted"] == 1


def test_a_refusal_is_no_defect() -> None:
    counts: Counter[str] = Counter()
    assert defect("a\0b", counts) == ""
    assert counts["documents refused"] == 1


def _altered(report: Report, verdict: Verdict) -> Report:
    last = replace(report.judgements[-1], verdict=verdict)
    return replace(report, judgements=(*report.judgements[:-1], last))


@pytest.mark.parametrize(
    ("verdict", "noticed"),
    [
        (Verdict("unproved", message="internal error, please report it: x"), "internal error"),
        (Verdict("unproved"), "without a reason"),
        (Verdict("refuted"), "without a counterexample"),
    ],
)
def test_what_must_not_be_is_noticed(
    verdict: Verdict, noticed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = _altered(derive.check(RIGHT), verdict)
    monkeypatch.setattr(derive, "check", lambda *_, **__: report)
    assert noticed in defect(RIGHT, Counter())


def test_what_is_raised_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Report:
        raise KeyError("x")

    monkeypatch.setattr(derive, "check", fail)
    assert "raised KeyError" in defect(RIGHT, Counter())
