"""What a text is silent about is no constant where it plays the part of what varies."""

from __future__ import annotations

import pytest

import derive

SQUARE = r"with $L = \frac12 (w x - y)^2$"
SLOPE = r"$$\frac{dJ}{dw} = (w x - y) x$$"
SILENT = [
    rf"Let $J = L + R$ {SQUARE}. {SLOPE}",
    rf"Let $J = L + \lambda \Omega$ {SQUARE}. {SLOPE}",
    rf"Let $\tilde J = L + \mathcal{{R}}$ {SQUARE}. " + SLOPE.replace("{dJ}", r"{d\tilde J}"),
    rf"Let $J = L + R$ {SQUARE}. " + r"$$\frac{dJ}{dw} = \frac{dL}{dw}$$",
    r"Let $J = L + \lambda w^2$ with $L = (a - y)^2$. $$\frac{dJ}{dw} = 2 \lambda w$$",
    r"Let $J = (a - y)^2 + w^2$ with the prediction $a$. $$\frac{dJ}{dw} = 2 w$$",
    r"Let $J = (a - y)^2 + w^2$, where $a$ is the output activation. $$\frac{dJ}{dw} = 2 w$$",
    r"Let $J = (\hat y - y)^2 + w^2$. $$\frac{dJ}{dw} = 2 w$$",
    r"Let $E = T + V$ with $T = \frac12 m v^2$. $$\frac{dE}{dv} = m v$$",
    # Nothing says how they depend on the variable at all.
    r"Let $E = T + V$ with $T = \frac12 m v^2$. $$\frac{dE}{dt} = 0$$",
    r"Let $L = -\sum_i t_i \log y_i$. $$\frac{\partial L}{\partial w} = 0$$",
    r"Let $L = -\sum_i t_i \log y_i$. $$\frac{\partial L}{\partial z_k} = 0$$",
]
SAID = [
    rf"Let $J = L + R$ {SQUARE}, where $R$ does not depend on $w$. {SLOPE}",
    rf"Let $J = L + R$ {SQUARE} and a constant $R$. {SLOPE}",
    rf"Let $J = L + R$ {SQUARE}, and $R$ is fixed. {SLOPE}",
    rf"Let $J = L + C$ {SQUARE}. {SLOPE}",
    rf"Let $J = L + R$ {SQUARE}. " + r"$$\frac{dJ}{dw} = (w x - y) x + \frac{dR}{dw}$$",
    r"Let $J = (a - y)^2 + w^2$ with the prediction $a$. "
    r"$$\frac{dJ}{dw} = 2 (a - y) \frac{da}{dw} + 2 w$$",
    r"Let $J = (a - y)^2 + w^2$ with the target $a$. $$\frac{dJ}{dw} = 2 w$$",
    r"Let $c$ be a constant. $$\frac{dc}{dx} = 0$$",
    r"The constants $a$ and $b$ are given. $$\frac{d}{dx} (a + b) = 0$$",
    r"Let $f(x, y) = x^2$. $$\frac{\partial f}{\partial y} = 0$$",
    r"$$\frac{d}{dx} (x^2 + C) = 2 x$$",
    r"Let $s = L + v t$. $$\frac{ds}{dt} = v$$",
]


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize("text", SILENT)
def test_it_is_not_proved(text: str) -> None:
    assert outcomes(text) == ["unproved"]


@pytest.mark.parametrize("text", SAID)
def test_what_the_text_says_counts(text: str) -> None:
    assert outcomes(text) == ["proved"]


def test_the_message_names_what_is_taken_for_granted() -> None:
    (claim,) = derive.check(SILENT[0], format="markdown").claims
    assert claim.verdict is not None
    assert (
        claim.verdict.message == "it holds if R does not depend on w, which the text does not say"
    )


@pytest.mark.parametrize(
    ("words", "outcome"),
    [("is not constant", "unproved"), ("is constant", "proved"), ("is not fixed", "unproved")],
)
def test_a_denial_says_the_opposite(words: str, outcome: str) -> None:
    assert outcomes(rf"Let $J = L + R$ {SQUARE}. Here $R$ {words}. {SLOPE}") == [outcome]


def test_a_name_without_its_index_is_not_refuted() -> None:
    text = r"Let $u_i = a x_i$ and $y_i = c u_i$. $$\frac{\partial y_k}{\partial u_k} = WHAT$$"
    right = text.replace("WHAT", r"\frac{\partial (c u)}{\partial u_k}")
    assert [j.verdict.outcome for j in derive.check(right).claims if j.verdict] == ["unproved"]
    wrong = text.replace("WHAT", "c u_k")
    assert [j.verdict.outcome for j in derive.check(wrong).claims if j.verdict] == ["refuted"]


def test_entries_of_a_matrix_that_nothing_explains() -> None:
    text = (
        r"$$\begin{bmatrix} z_{11} & z_{12} \\ z_{21} & z_{22} \end{bmatrix} ="
        r"\begin{bmatrix} x_{11} y_{11} & x_{12} y_{12} \\ x_{21} y_{21} & x_{22} y_{22}"
        r"\end{bmatrix}$$"
    )
    assert [j.verdict.outcome for j in derive.check(text).claims if j.verdict] == ["unproved"]
    wrong = text.replace("z_{11}", "x_{11}").replace("z_", "x_")
    assert [j.verdict.outcome for j in derive.check(wrong).claims if j.verdict] == ["refuted"]


def test_a_matrix_is_split_into_others_that_nothing_explains() -> None:
    text = r"The matrix $B = Z^T Z$ can be split as $B = V \Lambda V^T$, so $B = (V \Lambda) V^T$."
    assert [j.verdict.outcome for j in derive.check(text).claims if j.verdict] == ["unproved"] * 2
    wrong = r"The matrix $B = Z^T Z$ can be written as $B = 2 Z^T Z$."
    assert [j.verdict.outcome for j in derive.check(wrong).claims if j.verdict] == ["refuted"]
