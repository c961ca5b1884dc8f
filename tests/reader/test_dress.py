"""What only dresses a formula, and signs that stand for others."""

from __future__ import annotations

import pytest

import derive
from tests.reader.outlines import parsed, rows


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\colorbox{red}{ $a = b$. }", ["a = b"]),
        (r"\bbox[yellow,5px,border: 2px solid red] { a = b \qquad (7.1) }", ["a = b # (7.1)"]),
        (r"\textcircled{1} \quad a = b", ["a = b"]),
        (r"\definecolor{pale}{rgb}{0.8, 0.9, 1.0} a = b", ["a = b"]),
        (r"\because a = b \\ \therefore c = d", ["a = b # since", "c = d # therefore"]),
        (r"a = b \space c", ["a = (b c)"]),
    ],
)
def test_it_is_taken_off(source: str, expected: list[str]) -> None:
    assert rows(source) == expected


def test_a_bar_that_nothing_closes_is_that_of_a_condition() -> None:
    assert rows(r"p(x \lvert y)") == rows(r"p(x \mid y)")
    assert rows(r"p(\lvert x \rvert \lvert y)") == rows(r"p(\lvert x \rvert \mid y)")
    assert rows(r"\lvert x \rvert") == rows("|x|")


@pytest.mark.parametrize("source", [r"Eq. \space 5.2", "Eq. 1.1", r"Part \space 2"])
def test_a_reference_is_no_formula(source: str) -> None:
    assert parsed(source).rows == ()


@pytest.mark.parametrize(
    "slope", [r"{\partial y}/{\partial z}", "{dy}/{dz}", r"{\mathrm{d} y}/{\mathrm{d} z}"]
)
def test_a_derivative_with_braces_around_a_slash(slope: str) -> None:
    page = rf"Let $y = \frac{{1}}{{1 + e^{{-z}}}}$. Then ${slope} = y (1 - y)$."
    report = derive.check(page)
    assert [j.verdict.outcome for j in report.claims if j.verdict] == ["proved"]
    report = derive.check(page.replace("1 - y", "1 + y"))
    assert [j.verdict.outcome for j in report.claims if j.verdict] == ["refuted"]


@pytest.mark.parametrize(
    "mention", [r"\|\cdot\|", r"\langle \cdot, \cdot \rangle", r"\pi(\cdot \mid x)", r"f(\cdot)"]
)
def test_a_dot_in_place_of_an_argument_is_read(mention: str) -> None:
    report = derive.check(rf"With ${mention}$ as before, $(a + b)^2 = a^2 + 2 a b + b^2$.")
    assert [j.statement.kind for j in report.judgements] == ["claim"]


def test_a_dot_in_place_of_an_argument_is_no_quantity() -> None:
    verdict = derive.check(r"$$f(\cdot) + x = f(\cdot) + x$$").claims[0].verdict
    assert verdict is not None
    assert verdict.outcome == "unproved"


@pytest.mark.parametrize("source", [r"a \cdot \cdot b", r"\cdot b", r"f(\cdot b)"])
def test_other_dots_are_unreadable(source: str) -> None:
    assert "Unreadable" in repr(parsed(source))


def test_a_reason_with_the_sign_for_because() -> None:
    page = r"$(a + 1)^2 = (b + 1)^2 \because a = b$"
    for text, outcome in ((page, "proved"), (page.replace("(b + 1)^2", "b^2"), "refuted")):
        (claim,) = derive.check(text).claims
        assert claim.verdict is not None
        assert claim.verdict.outcome == outcome


def test_a_word_in_brackets_in_front_says_what_the_formula_is() -> None:
    assert rows(r"(Mean) \space \mu = a") == [r"\mu = a # (Mean)"]
    assert rows("(Mean) = a") != ["a"]
    assert rows("(A B) x = a") == ["(((A B)) x) = a"]
