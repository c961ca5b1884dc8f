"""Right documents are proved whole, and no wrong version of one passes.

A wrong version has one edit.  The claims that it changed must be refuted or conditional, at
their line, and none of them may be proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import derive
from derive.prover.verdict import Judgement, Report
from tests import wrong_versions
from tests.conftest import DOCUMENTS
from tests.wrong_versions import Wrong

Written = tuple[int, str, str, str]


def written(judgement: Judgement) -> Written:
    statement = judgement.statement
    return statement.place.line, statement.left, statement.relation, statement.right


@cache
def statements(text: str, path: str) -> frozenset[Written]:
    """What stands where in a document."""
    return frozenset(map(written, derive.check(text, path=path).judgements))


def problems(report: Report) -> list[str]:
    """Every statement that is not as it should be in a right document."""
    return [
        f"{j.statement.place.line}: {j.statement.kind} {j.verdict.outcome if j.verdict else ''} "
        f"{' '.join(map(str, written(j)))} {j.statement.message}"
        for j in report.judgements
        if j.statement.kind == "unread" or (j.verdict and j.verdict.outcome != "proved")
    ]


def judgements_at(report: Report, line: int) -> Iterator[Judgement]:
    for judgement in report.judgements:
        place = judgement.statement.place
        if judgement.verdict is not None and place.line <= line <= place.end_line:
            yield judgement


def assert_caught(text: str, wrong: Wrong, path: str) -> None:
    report = derive.check(wrong.of(text), path=path)
    if wrong.caught is None:
        before = statements(text, path)
        changed = [j for j in report.claims if written(j) not in before]
        here = [j for j in changed if j in list(judgements_at(report, wrong.line))]
    else:  # a hypothesis: the steps themselves are as they were
        changed = here = list(judgements_at(report, wrong.caught))
    outcomes = [(written(judgement), judgement.verdict) for judgement in here]
    assert any(v and v.outcome in ("refuted", "conditional") for _, v in outcomes), outcomes
    for judgement in changed:
        assert judgement.verdict is not None
        proved = judgement.verdict.outcome == "proved"
        if judgement.statement.place.line == wrong.supposed:
            assert proved
            assert [h.line for h in judgement.verdict.hypotheses] == [wrong.line]
        else:
            assert not proved, written(judgement)
        if judgement.verdict.outcome in ("refuted", "conditional"):
            assert judgement.verdict.counterexample is not None


# ------------------------------------------------------------------ documents of the project


@pytest.mark.parametrize("name", sorted(wrong_versions.OWN))
def test_own_documents_are_proved_whole(name: str) -> None:
    report = derive.check_file(DOCUMENTS / name)
    assert problems(report) == []
    assert sum(judgement.verdict is not None for judgement in report.judgements) >= 10


@pytest.mark.parametrize(
    ("name", "wrong"),
    [(name, wrong) for name, all_ in wrong_versions.OWN.items() for wrong in all_],
    ids=str,
)
def test_wrong_versions_of_own_documents_are_caught(name: str, wrong: Wrong) -> None:
    assert_caught((DOCUMENTS / name).read_text(), wrong, name)


# ------------------------------------------------------------------ the seeds


@pytest.mark.parametrize(("number", "at_least"), [(0, 13), (1, 36), (2, 17)])
def test_seeds_are_read_and_proved(seeds: list[Path], number: int, at_least: int) -> None:
    report = derive.check_file(seeds[number])
    claims = [judgement for judgement in report.judgements if judgement.verdict is not None]
    assert len(claims) >= at_least
    honest = [problem for problem in problems(report) if not (number == 2 and "46:" in problem)]
    assert honest == []


def test_the_step_that_holds_for_different_indices_only(seeds: list[Path]) -> None:
    """The text never says that j differs from i; a verdict that names it is the honest one."""
    report = derive.check_file(seeds[2])
    (step,) = judgements_at(report, 46)
    assert step.verdict is not None
    if step.verdict.outcome != "proved":
        assert step.verdict.outcome == "conditional"
        missing = {fact.source.replace(" ", "") for fact in step.verdict.missing}
        assert missing in ({r"i\neqj"}, {r"j\neqi"})


SEED_VERSIONS = [
    (number, wrong) for number, all_ in enumerate(wrong_versions.SEEDS) for wrong in all_
]


@pytest.mark.parametrize(("number", "wrong"), SEED_VERSIONS, ids=str)
def test_wrong_versions_of_seeds_are_caught(seeds: list[Path], number: int, wrong: Wrong) -> None:
    assert_caught(seeds[number].read_text(), wrong, seeds[number].name)


def test_at_least_ten_wrong_versions_of_each() -> None:
    for versions in (*wrong_versions.SEEDS, *wrong_versions.OWN.values()):
        assert len(versions) >= 10


def test_without_its_hypothesis_exactly_the_steps_that_need_it_are_conditional(
    seeds: list[Path],
) -> None:
    text = seeds[0].read_text()
    hypothesis = r"Since \( \sum_{i} t_i = 1 \) (target probabilities sum to 1):"
    assert hypothesis in text
    report = derive.check(text.replace(hypothesis, ""), path=seeds[0].name)
    outcomes = {
        judgement.statement.place.line: judgement.verdict
        for judgement in report.judgements
        if judgement.verdict is not None and judgement.verdict.outcome != "proved"
    }
    # The loss without the factor sum t = 1; its derivative, rewritten; and both results.
    assert sorted(outcomes) == [45, 51, 63, 69]
    for verdict in outcomes.values():
        assert verdict.outcome == "conditional"
        (missing,) = (fact.source.replace(" ", "") for fact in verdict.missing)
        assert re.fullmatch(r"\\sum_\{?(\w)\}?t_\{?\1\}?=1", missing), missing
