"""Equations about names that have a meaning: another definition, or a claim."""

from __future__ import annotations

import pytest

import derive


def judged(text: str) -> list[tuple[str, str]]:
    report = derive.check(text, format="markdown")
    return [
        (j.statement.kind, j.verdict.outcome if j.verdict is not None else "")
        for j in report.judgements
        if j.statement.kind in ("claim", "definition")
    ]


def outcomes(text: str) -> list[str]:
    return [outcome for kind, outcome in judged(text) if kind == "claim"]


TABLE = r"""Some derivatives:

$$
h(t) = t^3 \quad \rightarrow \quad \frac{dh}{dt} = 3 t^2 \\
h(t) = e^{2 t} \quad \rightarrow \quad \frac{dh}{dt} = 2 e^{2 t} \\
h(t) = \frac{1}{t} \quad \rightarrow \quad \frac{dh}{dt} = -\frac{1}{t^2}
$$
"""


def test_each_row_of_a_table_of_derivatives_has_a_function_of_its_own() -> None:
    assert outcomes(TABLE) == ["proved"] * 3
    assert outcomes(TABLE.replace("= 2 e^", "= e^")) == ["proved", "refuted", "proved"]
    assert outcomes(TABLE.replace("= -\\frac", "= \\frac"))[-1] == "refuted"


def test_an_arrow_between_two_equations_claims_nothing_itself() -> None:
    text = r"$$ y = (a + b)^2 \rightarrow y = a^2 + 2 a b + b^2 $$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("+ 2 a b", "")) != ["proved"]


def test_the_cells_of_a_table() -> None:
    text = """| function | slope |
|---|---|
| $g(s) = s^2$ | $g'(s) = 2 s$ |
| $g(s) = e^s$ | $g'(s) = e^s$ |
"""
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("$g'(s) = e^s$", "$g'(s) = s e^s$")) == ["proved", "refuted"]


SECTIONS = r"""## One

The cost is $J = (u - 1)^2$, and $\frac{\partial J}{\partial u} = 2 (u - 1)$.

## Two

For this one the cost is measured as

$$J = e^{-u}$$

which has the derivative

$$\frac{\partial J}{\partial u} = -e^{-u}$$
"""


def test_what_follows_a_restatement_is_judged_with_it() -> None:
    assert outcomes(SECTIONS) == ["proved", "conditional", "proved"]
    assert outcomes(SECTIONS.replace("= -e^", "= 2 e^"))[-1] == "refuted"


def test_what_holds_with_the_meaning_before_only_is_not_proved() -> None:
    text = SECTIONS.replace(r"= -e^{-u}$$", "= 2 (u - 1)$$")
    assert outcomes(text)[-1] == "unproved"


def test_the_verdict_says_which_equation_it_rests_on() -> None:
    last = derive.check(SECTIONS, format="markdown").claims[-1].verdict
    assert last is not None
    assert "line 9" in last.message


def test_in_the_same_calculation_it_may_be_a_slip() -> None:
    text = r"""$$c = (a + b)^2$$

Now

$$c = a^2 + b^2$$

$$\frac{\partial c}{\partial a} = 2 a$$
"""
    assert outcomes(text) == ["conditional", "conditional"]
    assert outcomes(text.replace("= 2 a$$", "= 2 (a + b)$$")) == ["conditional", "proved"]
    assert outcomes(text.replace("= 2 a$$", "= 3 a$$"))[-1] == "refuted"


@pytest.mark.parametrize(
    "words",
    ["Therefore", "Simplifying,", "so we get", "By the chain rule", "This is", "Recall that"],
)
def test_a_step_of_a_calculation_is_claimed(words: str) -> None:
    text = f"$$c = (a + b)^2$$ {words} $$c = a^2 + b^2$$"
    assert outcomes(text) == ["refuted"]
    assert outcomes(text.replace("+ b^2", "+ 2 a b + b^2")) == ["proved"]


def test_a_row_of_a_display_goes_on_with_the_one_above() -> None:
    text = r"$$\begin{aligned} c &= (a + b)^2 \\ c &= a^2 + b^2 \end{aligned}$$"
    assert outcomes(text) == ["refuted"]


def test_another_value_of_a_constant_is_no_claim() -> None:
    text = "The runs differ: $w = 2$ in the first. In the other run $w = 3$."
    assert "refuted" not in outcomes(text)
    assert outcomes("Let $w = 2$. Then $w = 3$.") == ["refuted"]


THREE = (
    SECTIONS
    + r"""
## Three

The cost is $J = (u - 1)^2$ again, and its derivative is

$$\frac{\partial J}{\partial u} = 2 (u - 1)$$
"""
)


def test_what_is_said_again_in_the_same_words_is_no_other_meaning() -> None:
    text = SECTIONS.replace("J = e^{-u}", "J = (u - 1)^2").replace("= -e^{-u}", "= 2 (u - 1)")
    found = [s for s in derive.check(text, format="markdown").claims if s.statement.elsewise]
    assert outcomes(text) == ["proved", "proved", "proved"]
    assert not found
    assert outcomes(text.replace("= 2 (u - 1)$$", "= u - 1$$"))[-1] == "refuted"
    other = text.replace("J = (u - 1)^2$$", "J = (u + 1)^2$$")
    assert any(s.statement.elsewise for s in derive.check(other, format="markdown").claims)


def test_the_first_meaning_may_come_back() -> None:
    assert outcomes(THREE)[-1] == "proved"
    assert outcomes(THREE.replace("= 2 (u - 1)$$", "= -e^{-u}$$"))[-1] != "proved"
