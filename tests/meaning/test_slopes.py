"""Derivatives of a defined function at a value: f'(2), f'(w x + b), and wrong twins."""

from __future__ import annotations

import pytest

import derive

SQUARE = "Let $f(x) = x^2$. "
CUBE = "Let $f(x) = x^3$. "
LOGISTIC = r"Let $\sigma(z) = \frac{1}{1 + e^{-z}}$. "


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(
    ("before", "right", "wrong"),
    [
        (SQUARE, "$f'(2) = 4$", "$f'(2) = 5$"),
        (SQUARE, "$f'(a + b) = 2 a + 2 b$", "$f'(a + b) = 2 a + b$"),
        (SQUARE, "$f'(2 x) = 4 x$", "$f'(2 x) = 2 x$"),
        (SQUARE, "$f'(f(x)) = 2 x^2$", "$f'(f(x)) = 2 x$"),
        (SQUARE, "$f'(f'(x)) = 4 x$", "$f'(f'(x)) = 2 x$"),
        (SQUARE, r"$\left. f'(x) \right|_{x = 3} = 6$", r"$\left. f'(x) \right|_{x = 3} = 9$"),
        (CUBE, "$f''(2) = 12$", "$f''(2) = 6$"),
        (r"Let $f(x) = \log x$. ", "$f'(1/a) = a$", "$f'(1/a) = 1/a$"),
        (LOGISTIC, r"$\sigma'(0) = \frac{1}{4}$", r"$\sigma'(0) = \frac{1}{2}$"),
        (
            LOGISTIC + r"Let $a = \sigma(w x + b)$. ",
            r"$\frac{\partial a}{\partial w} = \sigma'(w x + b) x$",
            r"$\frac{\partial a}{\partial w} = \sigma'(w x + b) w$",
        ),
        (
            LOGISTIC + r"Let $L = \sum_i \sigma(w x_i)$. ",
            r"$\frac{dL}{dw} = \sum_i \sigma'(w x_i) x_i$",
            r"$\frac{dL}{dw} = \sum_i \sigma'(w x_i)$",
        ),
        (
            LOGISTIC,
            r"$\sigma'(w x + b) = \sigma(w x + b) (1 - \sigma(w x + b))$",
            r"$\sigma'(w x + b) = \sigma(w x + b) (1 - \sigma(w x))$",
        ),
        (
            SQUARE + "Let $h(x) = f(3 x + 1)$. ",
            "$h'(x) = 3 f'(3 x + 1)$",
            "$h'(x) = f'(3 x + 1)$",
        ),
        # of nothing is known what moves with x: below another derivative it stays as it is
        (CUBE, "$f''(x) = 6 x$", r"$\frac{d}{dx} f'(2 x) = 0$"),
        (CUBE, "$f''(x) = 6 x$", r"$\frac{d}{dx} f'(2 x) = f''(2 x)$"),
    ],
)
def test_the_value_of_a_derivative(before: str, right: str, wrong: str) -> None:
    assert outcomes(before + "Then " + right) == ["proved"]
    assert outcomes(before + "Then " + wrong) == ["refuted"]


@pytest.mark.parametrize(
    "text", ["Let $f(x) = |x|$. Then $f'(0) = 1$", r"Let $f(x) = \log x$. Then $f'(-1) = -1$"]
)
def test_where_there_is_no_derivative_nothing_is_proved(text: str) -> None:
    assert outcomes(text) == ["unproved"]


def test_a_definition_by_a_derivative_at_a_value_moves_with_it() -> None:
    text = CUBE + r"Let $g = f'(2 x)$. Then $\frac{dg}{dx} = 0$"
    assert outcomes(text) == ["refuted"]


def test_the_slope_of_a_loss_of_an_open_name_is_not_known() -> None:
    """Nothing says what p is, but its author knows how it depends on x."""
    text = (
        r"$$\frac{\partial p_i}{\partial x_j} = p_i \frac{\partial \log p_i}{\partial x_j}$$ "
        r"With $L = -\sum_i y_i \log p_i$, "
        r"$$\frac{\partial L}{\partial x_j} = -\sum_i y_i (\delta_{ij} - p_j)$$"
    )
    assert outcomes(text)[-1] == "unproved"
    known = r"Let $p_i = e^{x_i} / \sum_k e^{x_k}$. " + text
    assert outcomes(known)[-1] == "proved"
    assert outcomes(known.replace("- p_j)", "+ p_j)"))[-1] == "refuted"


RESIDUALS = r"Let $f(\theta) = \frac{1}{2} \sum_i r_i(\theta)^2$. Then "
FIRST = r"\frac{\partial f}{\partial \theta_j}"
SECOND = r"\frac{\partial^2 f}{\partial \theta_j \partial \theta_k}"
OF_BOTH = r"\frac{\partial r_i}{\partial \theta_j} \frac{\partial r_i}{\partial \theta_k}"
TWICE = r"r_i \frac{\partial^2 r_i}{\partial \theta_j \partial \theta_k}"


@pytest.mark.parametrize(
    ("step", "right"),
    [
        (rf"${FIRST} = \sum_i r_i \frac{{\partial r_i}}{{\partial \theta_j}}$", True),
        (rf"${FIRST} = 2 \sum_i r_i \frac{{\partial r_i}}{{\partial \theta_j}}$", False),
        (rf"${SECOND} = \sum_i ({OF_BOTH} + {TWICE})$", True),
        (rf"${SECOND} = \sum_i {OF_BOTH}$", False),
    ],
)
def test_what_has_a_slope_by_what_stands_in_its_brackets_is_no_factor(
    step: str, right: bool
) -> None:
    (outcome,) = outcomes(RESIDUALS + step)
    assert outcome == "proved" if right else outcome in ("unproved", "refuted")
