"""reStructuredText."""

from __future__ import annotations

import pytest

from derive.reader.document import Formula, Heading
from derive.reader.formats import document_from_text


def formulas(text: str) -> list[Formula]:
    return [i for i in document_from_text(text, "a.rst").items if isinstance(i, Formula)]


def contents(text: str) -> list[str]:
    return [formula.content for formula in formulas(text)]


def test_the_math_directive() -> None:
    (found,) = formulas(".. math::\n   :label: x\n\n   a &= b \\\\\n     &= c\n\nText.")
    assert found.content == "a &= b \\\\\n     &= c"
    assert found.display
    assert contents(".. math:: a = b") == ["a = b"]
    assert contents(".. math::\n\n   a = b\n\n   c = d\n\nText") == ["a = b", "c = d"]
    assert contents(".. note::\n\n   .. math::\n\n      a = b\n") == ["a = b"]
    environment = ".. math::\n   :nowrap:\n\n   \\begin{align}\n   a &= b\n   \\end{align}\n"
    assert [(f.environment, f.content) for f in formulas(environment)] == [("align", "a &= b")]


def test_the_math_role() -> None:
    (found,) = formulas("Let :math:`a = b` hold.")
    assert (found.content, found.display) == ("a = b", False)
    assert contents("Let :math:`a\n= b` hold, :math:`c`.") == ["a\n= b", "c"]
    assert contents(".. default-role:: math\n\nLet `a` be.") == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "``:math:`a```", ".. code-block:: c\n\n   :math:`a`\n", "Code::\n\n   :math:`a`\n\n   b\n",
        ".. a comment :math:`a`\n   goes on :math:`a`\n", "Costs $5 and $6", ">>> :math:`a`\n",
        ".. _target: http://a.b/\n", ":ref:`a` and `a`_", "http://a.b/:math:`a",
    ],
)  # fmt: skip
def test_what_is_no_formula(text: str) -> None:
    assert contents(text) == []
    assert contents(f"{text}\n\nThen :math:`c`.") == ["c"]


def test_headings_by_order_of_their_styles() -> None:
    text = (
        "=====\nTitle\n=====\n\nOne :math:`x`\n-------------\n\nTwo\n~~~~\n\nThree\n-----\n\n"
        "**Case 1: i = j**\n\nCase 2: :math:`i \\ne j`\n\nText.\n"
    )
    found = [i for i in document_from_text(text, "a.rst").items if isinstance(i, Heading)]
    assert [(h.level, h.title) for h in found] == [
        (1, "Title"), (2, "One :math:`x`"), (3, "Two"), (2, "Three"), (9, "Case 1: i = j"),
        (9, "Case 2: :math:`i \\ne j`"),
    ]  # fmt: skip


def test_footnotes_tables_and_lists_are_read() -> None:
    text = (
        ".. [1] A note :math:`a`.\n\n* :math:`b`\n* :math:`c`\n\n"
        "+---+---+\n| :math:`d` | e |\n+---+---+\n"
    )
    assert contents(text) == ["a", "b", "c", "d"]


def test_a_role_that_is_never_closed_is_reported() -> None:
    first, second = formulas("Let :math:`a = b\n\nThen :math:`c`.")
    assert first.problem == "this formula is never closed"
    assert (first.content, second.content) == ("a = b", "c")
