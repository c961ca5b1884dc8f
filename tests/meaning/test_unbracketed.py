r"""``\operatorname{erf} x``: a function without brackets, and no product with a number erf."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


SLOPE = r"$$\frac{d}{dx} \operatorname{NAME} x = RIGHT$$"


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("erf", r"\frac{2}{\sqrt{\pi}} e^{-x^2}", r"\frac{2}{\sqrt{\pi}} e^{x^2}"),
        ("softplus", r"\frac{1}{1 + e^{-x}}", r"\frac{1}{1 + e^{x}}"),
        ("sigmoid", r"\frac{e^x}{(1 + e^x)^2}", r"\frac{e^x}{1 + e^x}"),
    ],
)
def test_a_known_function(name: str, right: str, wrong: str) -> None:
    text = SLOPE.replace("NAME", name)
    assert outcomes(text.replace("RIGHT", right)) == ["proved"]
    assert outcomes(text.replace("RIGHT", wrong)) == ["refuted"]


def test_in_a_definition() -> None:
    text = r"Let $g = \operatorname{erf} x$. Then $\frac{dg}{dx} = \frac{2}{\sqrt{\pi}} e^{-x^2}$."
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("{-x", "{x")) == ["refuted"]


@pytest.mark.parametrize("name", ["arsinh", "erfc", "logit", "swish"])
def test_of_others_only_the_name_is_known(name: str) -> None:
    assert outcomes(SLOPE.replace("NAME", name).replace("RIGHT", "0")) == ["unproved"]


def test_how_far_it_reaches_may_be_unclear() -> None:
    assert outcomes(r"$$2 \operatorname{erf} x y = y \operatorname{erf} x + 1$$") == ["unproved"]


def test_a_word_that_is_defined_is_a_number() -> None:
    text = r"Let $\text{mean} = \frac{1}{2} (a + b)$. Then $2 \text{mean} \, c = (a + b) c$."
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("(a + b) c", "(a - b) c")) == ["refuted"]


@pytest.mark.parametrize("word", ["foo", "sigm", "act"])
def test_an_operator_name_is_applied_to_what_stands_behind_it(word: str) -> None:
    f = rf"\operatorname{{{word}}}"
    body = r"\frac{1}{1 + e^{-x}}" if word == "sigm" else "x^2"
    slope = rf"{f} x (1 - {f} x)" if word == "sigm" else "2x"
    text = rf"Let ${f} x = {body}$. Then $\frac{{d}}{{dx}} {f} x = "
    assert outcomes(text + rf"{slope}$.")[-1] == "proved"
    assert outcomes(text + rf"-{slope}$.")[-1] == "refuted"


def test_an_open_operator_is_a_function_too() -> None:
    text = r"Let $L = \operatorname{foo} x$. Then $\frac{dL}{dx} = "
    assert outcomes(text + r"\operatorname{foo}' x$.") == ["proved"]
    assert outcomes(text + r"x \operatorname{foo}' x$.") == ["refuted"]


def test_a_word_that_stands_alone_is_a_number() -> None:
    text = r"Let $J = \operatorname{loss} w$, where $\operatorname{loss} = a$. "
    assert outcomes(text + r"Then $\frac{dJ}{dw} = a$.") == ["proved"]
    assert outcomes(text + r"Then $\frac{dJ}{dw} = w$.") == ["refuted"]
