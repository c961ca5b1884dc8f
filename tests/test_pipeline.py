"""Several documents at once: order, and what happens to the others when one goes wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from derive import pipeline
from derive.pipeline import CannotCheck, Source, judge_all, read
from derive.prover.verdict import Report


def path_of(report: Report) -> str:
    return report.path


def dies_at_second(report: Report) -> str:
    if report.path.endswith("1.md"):
        os._exit(1)
    return report.path


def fails_at_second(report: Report) -> str:
    if report.path.endswith("1.md"):
        raise KeyError("something unforeseen")
    return report.path


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Source]:
    monkeypatch.setattr(pipeline, "WORTH_A_PROCESS", 1)
    paths = [tmp_path / f"{number}.md" for number in range(4)]
    for path in paths:
        path.write_text("Let $a = 1$.\n")
    return [Source(str(path)) for path in paths]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_outcomes_come_in_order(sources: list[Source], jobs: int) -> None:
    outcomes = list(judge_all(sources, path_of, jobs))
    assert [outcome.result for outcome in outcomes] == [source.path for source in sources]


def test_a_process_that_dies_takes_no_other_document_with_it(sources: list[Source]) -> None:
    outcomes = list(judge_all(sources, dies_at_second, 2))
    assert [bool(outcome.result) for outcome in outcomes] == [True, False, True, True]
    assert outcomes[1].internal


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_defect_is_one_line_and_the_rest_is_judged(sources: list[Source], jobs: int) -> None:
    outcomes = list(judge_all(sources, fails_at_second, jobs))
    assert [bool(outcome.result) for outcome in outcomes] == [True, False, True, True]
    assert outcomes[1].internal
    assert "KeyError: 'something unforeseen' at test_pipeline.py:" in outcomes[1].problem
    assert "\n" not in outcomes[1].problem


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "no such file"),
        (lambda path: path.mkdir(), "is a directory"),
        (lambda path: path.write_bytes(b"\x7fELF\x00\x00\x01"), ""),
        (lambda path: path.write_bytes(b"$a = b$ \xff\xfe\xfa"), ""),
    ],
    ids=["missing", "folder", "binary", "not UTF-8"],
)
def test_what_cannot_be_read_is_a_sentence(
    tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    path = tmp_path / "document.md"
    make(path)
    with pytest.raises(CannotCheck) as caught:
        read(Source(str(path)))
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
