"""Lines of a display as statements, conditions and notes."""

from __future__ import annotations

import pytest

from tests.reader.outlines import parsed, rows


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("u = a, v = b", ["u = a", "v = b"]),
        (r"u = a, \quad v = b", ["u = a", "v = b"]),
        (r"a = b \text{ and } c = d", ["a = b", "c = d # and"]),
        (r"a = b \text{, where } b = c^2", ["a = b", "b = (c sup 2) # where"]),
        (r"a = b \implies c = d", ["a = b", "c = d # implies"]),
        (r"\Rightarrow a = b", ["a = b # implies"]),
        (r"f = g \iff x > 0", ["f = g", "x > 0 # if and only if"]),
        (r"\implies \boxed{a = b}", ["a = b # implies"]),
        (r"\implies", ["_ implies _"]),
        (r"x \Rightarrow y", ["x implies y"]),
        (r"\text{Loss: } L = a", ["L = a # Loss:"]),
        (r"\text{Let } u = a. \text{ Then } v = u", ["u = a # Let", "v = u # Then"]),
        (r"z = a, \quad W \in \mathbb{R}^n", ["z = a", "W in (blackboard:R sup n)"]),
        (r"x = y \quad (a + b)", ["x = (y ((+ a + b)))"]),
        (r"\delta_{ij} = \mathbb{1} (i = j)", [r"(\delta sub (i j)) = (1 if i = j)"]),
        (r"x, y \in A, z = 1", ["[x, y] in A", "z = 1"]),
        (r"i = 1, \dots, N, z = a", ["i = [1, ..., N]", "z = a"]),
        (r"a \quad = \quad b", ["a = b"]),
        ("a = b, c", ["a = [b, c]"]),
        ("a =", ["a = _"]),
        ("= a", ["_ = a"]),
    ],
)
def test_several_statements_on_a_line(source: str, expected: list[str]) -> None:
    assert rows(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"a_i = b, \quad i = j", "i = j"),
        (r"a_i = b, \; i \neq j.", "i != j"),
        (r"a_i = b \quad (i \neq j)", "i != j"),
        (r"a_i = b, \quad (i \neq j)", "i != j"),
        (r"a_i = 0 (i \neq j)", "i != j"),
        (r"a = b, x > 0", "x > 0"),
        (r"a_i = b, \quad i = 1, \ldots, N", "i = [1, ..., N]"),
        (r"a = b \text{ if } i = y", "i = y"),
        (r"a = b \quad \text{for $i = y$}", "i = y"),
        (r"a = b \quad \text{if i ≠ j}", "i != j"),
        (r"a = b \quad if \quad i = j", "i = j"),
        (r"a_i = b\ \ for\ i = 1, ..., K", "i = [1, ..., K]"),
        (r"a = b, \quad \forall k", '("for all" k)'),
        (r"a = b \quad \text{for all } k \neq l", '("for all" k != l)'),
        (r"\forall k: a = b", '("for all" k)'),
        (r"\text{If } i = j: \quad a = b", "i = j"),
        (r"a = b \quad \text{since } \sum_j t_j = 1", '("since" (sum below j of (t sub j)) = 1)'),
        (r"a = b \text{ if } i = j \text{ and } k = l", '(i = j "and" k = l)'),
        (r"a_i = b, i \neq j, j = 1, \ldots, N", "[i != j, j = [1, ..., N]]"),
    ],
)
def test_conditions_at_the_end_of_a_row(source: str, expected: str) -> None:
    (found,) = rows(source)
    statement, _, limits = found.partition(" | ")
    assert limits == expected
    assert " = " in statement


@pytest.mark.parametrize(
    "source",
    ["a = b, \\quad c = d", "x = b, \\quad y = 2", "a_i = b, \\quad x = c", "p = 1 - p(y=1)"],
)
def test_an_equation_about_no_index_is_no_condition(source: str) -> None:
    assert not any(" | " in found for found in rows(source))


@pytest.mark.parametrize(
    ("source", "note"),
    [
        (r"a = b \quad \text{(quotient rule)}", "(quotient rule)"),
        (r"a = b \quad \text{quotient rule}", "quotient rule"),
        (r"a = b \qquad (3)", "(3)"),
        (r"a = b \quad \text{by } (3) \text{ and } \hat{y}", r"by (3) and \hat{y}"),
        (r"a = b \quad \text{(using } \hat{y}_j \text{ twice)}", r"(using \hat{y}_j twice)"),
        (r"a = b \quad \text{(as } f(x) \text{)}", "(as f(x) )"),
    ],
)
def test_words_beside_a_row_are_notes(source: str, note: str) -> None:
    assert rows(source) == [f"a = b # {note}"]


def test_labels_and_tags() -> None:
    first, second = parsed(r"a &= b \label{eq:a} \\ c &= d \tag{7}", "align").rows
    assert (first.label, first.tag) == ("eq:a", "")
    assert (second.label, second.tag) == ("", "7")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"a &= b \\ &= c", ["a = b", "_ = c"]),
        (r"a &= b + \\ &\quad c", ["a = (+ b + c)"]),
        (r"a &= b \\ &\quad + c \\ &= d", ["a = (+ b + c)", "_ = d"]),
        (r"a &= b \\ &\quad - c", ["a = (+ b - c)"]),
        (r"a = b \\ -c = d", ["a = b", "(- c) = d"]),
        (r"a &= b \\ &\quad \cdot c", ["a = (b cdot c)"]),
        (r"a &= b + \\ &+ c", ["a = (+ b + c)"]),
        (r"a &= \\ &= b", ["a = b"]),
        (r"a &= b \\ & c", ["a = (b c)"]),
        (r"a &= \left( b \right. \\ & \left. + c \right) d", ["a = (((+ b + c)) d)"]),
        (r"a &= \Big( b \\ & c \Big) \\ &= d", ["a = ((b c))", "_ = d"]),
        (r"a &=& b \\ &=& c", ["a = b", "_ = c"]),
        (r"a &= b & c &= d", ["a = b", "c = d"]),
        (r"a &= b && \text{chain rule}", ["a = b # chain rule"]),
        (r"a &= b \\[2pt] c &= d \\* e &= f \\", ["a = b", "c = d", "e = f"]),
        (r"a &= b \\ \intertext{and so} c &= d", ["a = b", "c = d # and so"]),
        (r"a &= b \\ &\stackrel{(1)}{=} c", ["a = b", "_ =^(1) c"]),
    ],
)
def test_lines_of_an_alignment(source: str, expected: list[str]) -> None:
    assert rows(source, "align") == expected


@pytest.mark.parametrize(
    "environment", ["aligned", "align*", "alignat", "gather", "split", "multline", "eqnarray*"]
)
def test_environments_whose_rows_are_rows(environment: str) -> None:
    argument = "{2}" if environment == "alignat" else ""
    source = rf"\begin{{{environment}}}{argument} a &= b \\ c &= d \end{{{environment}}}"
    assert rows(source) == ["a = b", "c = d"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            r"\begin{equation}\begin{split} a &= b \\ &= c \end{split}\end{equation}",
            ["a = b", "_ = c"],
        ),
        (r"$$ \begin{aligned} a &= b \end{aligned} $$", ["a = b"]),
        (r"a = \begin{aligned}[t] & b \\ & + c \end{aligned}", ["a = (+ b + c)"]),
        (r"\left\{ \begin{aligned} a &= b \\ c &= d \end{aligned} \right.", ["a = b", "c = d"]),
        (r"\begin{cases} a = b \\ c = d & i \neq j \end{cases}", ["a = b", "c = d | i != j"]),
        (r"\begin{array}{rcl} a &=& b \\ c &=& d \end{array}", ["a = b", "c = d"]),
        (
            r"\begin{equation} \begin{cases} a = b \\ c = d \end{cases} \end{equation}",
            ["a = b", "c = d"],
        ),
        (r"\boxed{\begin{aligned} a &= b \\ c &= d \end{aligned}}", ["a = b", "c = d"]),
        (
            r"x + \begin{aligned} a &= b \\ c &= d \end{aligned}",
            ["unread: a new statement begins inside a bracket or box"],
        ),
    ],
)
def test_nested_environments(source: str, expected: list[str]) -> None:
    assert rows(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\begin{cases} a & i = j \\ b & i \neq j \end{cases}", "{a if i = j; b if i != j}"),
        (r"\begin{cases} a, & \text{if } x > 0, \\ b, & \text{otherwise.} \end{cases}",
         '{a if x > 0; b if "otherwise"}'),
        (r"\begin{cases} a & \text{if $i=y$}\newline b & \text{if $i \neq y$} \end{cases}",
         "{a if i = y; b if i != y}"),
        (r"\begin{cases} a, i = j \\ b, i \neq j \end{cases}", "{a if i = j; b if i != j}"),
        (r"\left\{\begin{matrix} a & if & i=j \\ b & if & i \neq j \end{matrix}\right.",
         "{a if i = j; b if i != j}"),
        (r"\begin{cases} a & if\ i=j \\ b & otherwise \end{cases}",
         '{a if i = j; b if "otherwise"}'),
        (r"\begin{cases} a & (i = j) \\ b \end{cases}", "{a if i = j; b if _}"),
        (r"\left\{ \begin{array}{lr} a, & i = j \\ b, & i \neq j \end{array} \right.",
         "{a if i = j; b if i != j}"),
        (r"\begin{dcases} \begin{aligned} a + \\ b \end{aligned} & i = j \\ c \end{dcases}",
         "{(+ a + b) if i = j; c if _}"),
        (r"\begin{cases} a & \text{for } i = j \text{ and } k = l \end{cases}",
         '{a if (i = j "and" k = l)}'),
    ],
)  # fmt: skip
def test_cases(source: str, expected: str) -> None:
    assert rows("f = " + source) == ["f = " + expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}", "|a, b; c, d|"),
        (r"\left[ \begin{array}{cc} a & b \end{array} \right]", "|a, b|"),
        (r"\begin{pmatrix} a \\ \vdots \\ b \end{pmatrix}^T", "(|a; ...; b| sup T)"),
        (r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}", "(det |a, b; c, d|)"),
    ],
)
def test_matrices(source: str, expected: str) -> None:
    assert rows("A = " + source) == ["A = " + expected]
