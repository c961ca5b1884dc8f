"""Arrows that assign, arrows of a graph, stars behind names, chains of inequalities."""

from __future__ import annotations

import pytest

import derive
from tests.reader.outlines import rows


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


SIGMOID = r"Let $y = \frac{1}{1 + e^{-x}}$. Backwards: "


@pytest.mark.parametrize(
    "flow",
    [
        r"$\frac{\partial L}{\partial y} y (1 - y) \leftarrow \frac{\partial L}{\partial y}$",
        r"$-y^2 e^{-x} \leftarrow -y^2 \leftarrow 1$",
        r"$2x \leftarrow x$",
    ],
)
def test_what_flows_back_is_no_equation(flow: str) -> None:
    assert "refuted" not in outcomes(SIGMOID + flow)
    assert "proved" not in outcomes(SIGMOID + flow)


@pytest.mark.parametrize(
    ("update", "outcome"), [(r"w \leftarrow w - g", "proved"), (r"w \gets w - g", "proved")]
)
def test_what_is_assigned_is(update: str, outcome: str) -> None:
    text = rf"With $g = 2 w$ we set ${update} = -w$"
    assert outcomes(text) == [outcome]
    assert outcomes(text.replace("= -w", "= w")) == ["refuted"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Q* = 1", "Q^* = 1"), ("(Q*)", "(Q^*)"), ("f(x*, y)", "f(x^*, y)"), ("x*y", r"x \cdot y")],
)
def test_stars(written: str, meant: str) -> None:
    found = [row.replace(" * ", " cdot ") for row in rows(written)]
    assert found == rows(meant)


BOUND = r"""For $a > 0$

$$x^2 + 1 \leq x^2 + 1 + a^2$$

"""


def test_a_display_goes_on_with_an_inequality() -> None:
    assert outcomes(BOUND + "$$= (x^2 + a^2) + 1$$") == ["proved", "proved"]
    assert outcomes(BOUND + "$$= (x^2 + a^2) + 2$$") == ["proved", "refuted"]


def test_an_adjective_is_no_claim_about_the_display_before() -> None:
    text = BOUND + "We look for numbers that are $< 0$."
    report = derive.check(text, format="markdown")
    assert [j.verdict.outcome for j in report.claims if j.verdict] == ["proved"]
