"""The page: every statement appears, with its verdict in words and the reasons for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import derive
from derive.prover.verdict import Report
from derive.report.layout import Style, columns
from derive.report.summary import Summary
from derive.report.text import axioms, page, totals
from tests.report import reports


def lines(report: Report, *, width: int = 80, verbose: bool = False) -> list[str]:
    return page(report, Style(width), verbose=verbose).splitlines()


def beneath(label: str, written: list[str]) -> str:
    """What stands beside a label."""
    return next(line.split(label, 1)[1].strip() for line in written if label in line)


def test_title_path_and_sections_in_order() -> None:
    written = lines(reports.every_kind())
    assert written[:2] == ["The loss", "loss.md"]
    headings = [line for line in written if line in ("Softmax", "Loss", "  Step 1")]
    assert headings == ["Softmax", "Loss", "  Step 1"]


def test_a_first_heading_that_is_not_above_all_others_is_no_title() -> None:
    whole = reports.report(reports.hypothesis(), reports.definition())
    written = lines(replace(whole, title="Loss"))
    assert written[0] == "loss.md"
    assert "The loss" in written
    written = lines(replace(whole, title="Loss", front_matter="layout: post\ntitle: 'Of losses'\n"))
    assert written[:2] == ["Of losses", "loss.md"]


def test_a_proved_step_names_each_rule_once_and_what_it_used() -> None:
    written = lines(reports.report(reports.proved()))
    assert beneath("✓ proved", written) == "by definition of y, derivative of the logarithm"
    assert beneath("using", written).endswith("(line 20)")
    assert beneath("provided", written) in ("N >= 2", "N ≥ 2")


def test_a_refuted_step_shows_the_point_and_both_sides() -> None:
    written = lines(reports.report(reports.refuted()))
    assert any(line.strip() == "✗ refuted" for line in written)
    assert beneath("  at ", written) == "N = 2, i = 1, z = (1/2, -3), c = 7"
    assert "the left side is 0.1966 and the right side 0.8034" in "\n".join(written)


def test_a_conditional_step_names_what_is_missing() -> None:
    written = lines(reports.report(reports.conditional()))
    assert beneath("△ conditional", written).startswith("true only if i ")
    assert beneath("  at ", written).startswith("N = 2")


def test_unproved_and_unread_say_why() -> None:
    written = lines(reports.report(reports.unproved(), reports.unread()))
    assert beneath("? unproved", written) == "products are out of reach"
    assert beneath("? unread", written) == r"\oint is not understood"
    assert any(line.strip() == r"50   \oint x" for line in written)


def test_intermediate_lines_only_when_asked() -> None:
    report = reports.report(reports.really_proved())
    assert not any("[derivative" in line for line in lines(report))
    verbose = lines(report, verbose=True)
    place = next(n for n, line in enumerate(verbose) if "✓ proved" in line)
    steps = [line for line in verbose[place + 2 :] if line.endswith("]")]
    assert "[derivative of the logarithm]" in steps[0]
    assert len(steps) >= 3


def test_cases_are_named() -> None:
    report = reports.report(reports.proved_by_cases())
    cases = [line for line in lines(report, verbose=True) if line.strip().startswith("case i")]
    assert len(cases) == 2


def test_the_hypotheses_that_the_results_rest_on() -> None:
    written = lines(reports.every_kind())
    place = written.index("The proofs rest on")
    assert written[place + 1].endswith("(line 20)")


def test_results_without_hypotheses_say_so() -> None:
    assert "no hypothesis" in "\n".join(lines(reports.report(reports.really_proved())))
    assert "rest on" not in "\n".join(lines(reports.report(reports.refuted())))


def test_the_last_line_counts() -> None:
    assert lines(reports.every_kind())[-1] == (
        "4 claims: 1 proved, 1 refuted, 1 conditional, 1 unproved; 1 formula not read"
    )


def test_several_documents_are_added_up() -> None:
    one = Summary.of(reports.every_kind())
    assert totals([one, one], Style()).startswith("2 documents, 8 claims: 2 proved")


@pytest.mark.parametrize("width", [50, 80, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = "+".join(rf" \sum_{{j}} t_j \log z_{{{n}}} " for n in range(40))
    report = reports.report(
        reports.claim(reports.proved().verdict, right=long),  # type: ignore[arg-type]
        reports.every_kind().judgements[3],
    )
    for line in lines(report, width=width, verbose=True):
        assert columns(line) <= width


def test_colour_marks_verdicts_and_changes_no_word() -> None:
    import re

    plain = page(reports.every_kind(), Style(80))
    coloured = page(reports.every_kind(), Style(80, colour=True))
    assert "\x1b[32m✓ proved\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_axioms_list_definitions_hypotheses_and_rules_that_were_used() -> None:
    written = axioms(reports.every_kind(), Style())
    definitions, rest = written.split("Hypotheses")
    hypotheses, rest = rest.split("Conditions")
    conditions, rules = rest.split("Rules")
    assert "N" in conditions
    assert "   8   " in definitions
    assert "  20   " in hypotheses
    assert "derivative of the logarithm" in rules


def test_axioms_leave_out_what_no_proof_used() -> None:
    written = axioms(reports.report(reports.definition(), reports.hypothesis()), Style())
    assert "   8   " not in written
    assert "  20   " not in written


def test_the_rule_of_a_function_of_the_table_is_spelled_in_words() -> None:
    found = derive.check(r"Let $x > 0$. $$\frac{d}{dx} |x| = 1$$", format="markdown")
    assert any(line.endswith("[definition of the function]") for line in lines(found, verbose=True))
