"""The slope of a function that stands without its argument is that of its value there."""

from __future__ import annotations

import pytest

import derive


def verdicts(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims]


SAMPLES = r"Let $\hat{y}_n = w x_n$ and $R = \frac{1}{N} \sum_n \ell(\hat{y}_n, y_n)$." + "\n\n"
UNITS = r"Let $z_i = \sum_j w_{ij} x_j$ and $a_i = f(z_i)$. The loss is $L$." + "\n\n"
MODEL = r"Let $\hat{y} = w x + b$ and $J = L(\hat{y}, y) + \lambda r(w)$." + "\n\n"

RIGHT = [
    SAMPLES
    + r"$$\frac{dR}{dw} = \frac{1}{N} \sum_n \frac{\partial \ell}{\partial \hat{y}_n} x_n$$",
    SAMPLES
    + r"$$\frac{dR}{dw} = \frac{1}{N} \sum_i \frac{\partial \ell}{\partial \hat{y}_i} x_i$$",
    UNITS + r"$$\frac{\partial a_i}{\partial z_i} = \frac{\partial f}{\partial z_i}$$",
    UNITS
    + r"$$\frac{\partial L}{\partial w_{ij}} = \frac{\partial L}{\partial a_i}"
    + r" \frac{\partial f}{\partial z_i} x_j$$",
    MODEL
    + r"$$\frac{\partial J}{\partial w} = \frac{\partial L}{\partial \hat{y}} x + \lambda r'(w)$$",
    MODEL
    + r"$$\frac{\partial J}{\partial w} = \frac{\partial L}{\partial w}"
    + r" + \lambda \frac{dr}{dw}$$",
    MODEL + r"$$\frac{\partial J}{\partial b} = \frac{\partial L}{\partial \hat{y}}$$",
]

WRONG = [
    SAMPLES + r"$$\frac{dR}{dw} = \frac{1}{N} \sum_n \frac{\partial \ell}{\partial y_n} x_n$$",
    SAMPLES + r"$$\frac{dR}{dw} = \frac{1}{N} \sum_n \frac{\partial \ell}{\partial \hat{y}_n}$$",
    UNITS + r"$$\frac{\partial a_i}{\partial x_j} = \frac{\partial f}{\partial z_i} x_j$$",
    UNITS
    + r"$$\frac{\partial L}{\partial x_j} = \frac{\partial L}{\partial a_i}"
    + r" \frac{\partial f}{\partial z_i} w_{ij}$$",
    MODEL
    + r"$$\frac{\partial J}{\partial w} = \frac{\partial L}{\partial \hat{y}} + \lambda r'(w)$$",
    MODEL + r"$$\frac{\partial J}{\partial b} = \frac{\partial L}{\partial y}$$",
]


@pytest.mark.parametrize("text", RIGHT)
def test_it_is_that_of_its_value(text: str) -> None:
    assert verdicts(text)[-1] == "proved"


@pytest.mark.parametrize("text", WRONG)
def test_and_no_other(text: str) -> None:
    assert verdicts(text)[-1] in ("refuted", "unproved")


def test_a_quantity_with_a_definition_of_its_own_is_no_such_function() -> None:
    text = r"""Let $f(x) = x^2$ and $y = f(u)$ with $u = 3 x$.

$$\frac{df}{dx} = 2 x$$
$$\frac{dy}{dx} = 18 x$$
$$\frac{df}{dx} = 18 x$$
"""
    assert verdicts(text) == ["proved", "proved", "refuted"]


def test_a_slope_that_does_not_say_by_what() -> None:
    text = (
        UNITS
        + r"$$\frac{\partial a_i}{\partial z_i} = \frac{\partial f}{\partial z_i}$$"
        + r" $$\nabla f = 0$$"
    )
    assert verdicts(text) == ["proved", "unproved"]


SIGMOID = r"Let $\sigma(x) = \frac{1}{1 + e^{-x}}$." + "\n\n"
TANH = r"Let $h(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}$ and $a = h(z)$, where $z = w t$." + "\n\n"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (SIGMOID + r"$$\sigma = \frac{1}{1 + e^{-z}}$$", "proved"),
        (SIGMOID + r"$$\sigma = \frac{1}{1 + e^{z}}$$", "conditional"),
        (SIGMOID + r"$$\frac{d\sigma}{dz} = \sigma (1 - \sigma)$$", "proved"),
        (SIGMOID + r"$$\frac{d\sigma}{dz} = \sigma - \sigma^2$$", "proved"),
        (SIGMOID + r"$$\frac{d\sigma}{dz} = \sigma (1 + \sigma)$$", "refuted"),
        (TANH + r"$$\frac{dh}{dz} = 1 - h^2$$", "proved"),
        (TANH + r"$$\frac{dh}{dz} = 1 - h$$", "refuted"),
        # Other letters that the function is made of, and another x.
        (r"Let $J(w) = w^2 + b^2$. $$\frac{dJ}{db} = 2 b$$", "proved"),
        (r"Let $f(x) = x^2$ and $x = 3 z$. $$\frac{df}{dz} = 18 z$$", "proved"),
        (r"Let $f(x) = x^2$ and $x = 3 z$. $$\frac{df}{dz} = 2 z$$", "refuted"),
        (r"Let $f(x) = x^2$ and $u = x^2$. $$f = u$$", "proved"),
    ],
)
def test_a_function_beside_another_letter_stands_for_its_value(text: str, outcome: str) -> None:
    assert verdicts(text)[-1] == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (r"$$\frac{dL}{dx} = \frac{dL}{dy} (1 + f'(x))$$", "proved"),
        (r"$$\frac{dL}{dx} = \frac{dL}{dy} f'(x)$$", "refuted"),
        (r"$$\frac{dL}{dx} = \frac{dL}{dy}$$", "refuted"),
        # It may say which f is meant.
        (r"$$\frac{dL}{dx} = \frac{dL}{dy} (1 + f(x))$$", "unproved"),
    ],
)
def test_a_chain_rule_that_lacks_a_path_is_wrong_for_every_function(
    text: str, outcome: str
) -> None:
    assert verdicts(r"The block is $y = x + f(x)$, with a loss $L$. " + text) == [outcome]


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a} x", "proved"),
        (r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a}", "refuted"),
        (r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial y} g'(a)", "proved"),
        (r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial y} g'(a) x", "refuted"),
    ],
)
def test_the_slopes_of_an_open_loss(step: str, outcome: str) -> None:
    text = r"Let $a = w x + b$ and $y = g(a)$. The loss is $L$." + f"\n\n$$ {step} $$\n"
    assert verdicts(text)[-1] == outcome
