"""One line for each finding, as a compiler prints it."""

from __future__ import annotations

import re

from derive.report.findings import findings, reading
from derive.report.layout import Style
from tests.report import reports


def test_proved_steps_are_silent() -> None:
    silent = reports.report(reports.definition(), reports.hypothesis(), reports.proved())
    assert list(findings(silent, Style())) == []


def test_place_severity_and_order() -> None:
    found = [line.split(" ")[:2] for line in findings(reports.every_kind(), Style())]
    assert found == [
        ["loss.md:40:4:", "error:"],
        ["loss.md:44:4:", "warning:"],
        ["loss.md:52:4:", "warning:"],
        ["loss.md:50:4:", "warning:"],
    ]


def test_each_finding_is_one_line() -> None:
    for line in findings(reports.every_kind(), Style()):
        assert re.fullmatch(r"[^:\n]+:\d+:\d+: (error|warning): [^\n]+", line)


def test_a_refutation_shows_point_and_sides() -> None:
    (line,) = findings(reports.report(reports.refuted()), Style())
    assert "refuted: for N = 2, i = 1, z = (1/2, -3), c = 7" in line
    assert "the left side is 0.1966 and the right side 0.8034" in line


def test_what_is_missing_is_named() -> None:
    (line,) = findings(reports.report(reports.conditional()), Style())
    assert re.search(r"true only if i (≠|\\neq) j", line)


def test_the_reason_of_what_is_open() -> None:
    unproved, unread = findings(reports.report(reports.unproved(), reports.unread()), Style())
    assert unproved.endswith("not proved: products are out of reach")
    assert unread.endswith(r"\oint x: not read: \oint is not understood")


def test_reading_shows_every_statement_and_every_guess() -> None:
    written = "\n".join(reading(reports.every_kind(), Style()))
    assert "loss.md:8:4: definition: " in written
    assert "loss.md:20:4: hypothesis: " in written
    assert "loss.md:30:4: claim: " in written
    assert "loss.md:50:4: unread: " in written
    assert "guessed: e is Euler's number" in written
    assert "loss.md: guessed throughout: sigma is a function" in written
    assert "for all i = 1, ..., N" in written
