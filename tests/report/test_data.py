"""JSON, version 1: the keys that design.md promises, with the values of the report."""

from __future__ import annotations

import json

from derive.report.data import as_text, document, envelope
from tests.report import reports

PROMISED = {
    "kind", "line", "column", "end_line", "end_column", "lhs", "relation", "rhs", "verdict",
    "rules", "hypotheses", "conditions", "missing", "counterexample", "message",
}  # fmt: skip


def statements() -> list[dict[str, object]]:
    written = as_text(envelope([document(reports.every_kind())]))
    statements: list[dict[str, object]] = json.loads(written)["documents"][0]["statements"]
    return statements


def test_every_statement_has_every_promised_key() -> None:
    for statement in statements():
        assert statement.keys() >= PROMISED


def test_kinds_and_verdicts_in_order() -> None:
    assert [(s["kind"], s["verdict"]) for s in statements()] == [
        ("definition", None),
        ("hypothesis", None),
        ("claim", "proved"),
        ("claim", "refuted"),
        ("claim", "conditional"),
        ("claim", "unproved"),
        ("unread", None),
    ]


def test_place_and_latex_are_the_author_s() -> None:
    first = statements()[0]
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (8, 4, 8, 61)
    assert (first["lhs"], first["relation"]) == ("y_i", "=")
    assert first["rhs"] == r"\frac{e^{z_i}}{\sum_j e^{z_j}}"


def test_proof_names_rules_hypotheses_and_conditions() -> None:
    proved = statements()[2]
    assert proved["rules"] == [
        "definition", "derivative of the logarithm", "definition"
    ]  # fmt: skip
    assert proved["hypotheses"] == [r"\sum_i t_i = 1"]
    assert proved["conditions"] == ["N >= 2"]
    assert proved["counterexample"] is None


def test_counterexample_as_numbers() -> None:
    assert statements()[3]["counterexample"] == {
        "N": 2,
        "sizes": {"N": 2},
        "indices": {"i": 1},
        "values": {"z": ["1/2", "-3"], "c": "7"},
        "shapes": {"z": [2], "c": []},
        "lhs": "0.1966",
        "rhs": "0.8034",
    }


def test_conditional_names_what_is_missing() -> None:
    conditional = statements()[4]
    assert conditional["missing"] == [r"i \neq j"]
    assert conditional["counterexample"] is not None


def test_unread_keeps_the_text_and_the_reason() -> None:
    unread = statements()[6]
    assert unread["lhs"] == r"\oint x"
    assert unread["message"] == r"\oint is not understood"


def test_summary_adds_up_over_documents() -> None:
    one = document(reports.every_kind())
    both = envelope([one, document(reports.report(reports.proved()))])
    assert both["version"] == 1
    assert both["summary"] == {
        "claims": 5, "proved": 2, "refuted": 1, "conditional": 1, "unproved": 1, "unread": 1
    }  # fmt: skip
    assert both["documents"][0]["path"] == "loss.md"


def test_a_document_that_could_not_be_checked_is_named() -> None:
    together = envelope([], [("missing.md", "no such file or directory")])
    assert together["documents"] == []
    assert together["problems"] == [{"path": "missing.md", "message": "no such file or directory"}]
