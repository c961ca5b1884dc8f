"""A network in numbers, forwards and backwards, each number rounded where it is written."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""Input $x = 3$, target $t = 1$, weights $u = 0.4$ and $v = 1.5$, biases $b = 0$, $c = 0$.
Activation is the sigmoid, $\sigma(z) = 1/(1+e^{-z})$.

$$z = u x + b = 0.4 \times 3 + 0 = 1.2$$

$$h = \sigma(z) = \frac{1}{1+e^{-1.2}} = 0.7685$$

$$y = v h + c = 1.5 \times 0.7685 + 0 = 1.1528$$

$$L = \frac{1}{2}(y - t)^2 = \frac{1}{2}(1.1528 - 1)^2$$

$$\frac{\partial L}{\partial y} = (y - t) = 1.1528 - 1 = 0.1528$$

$$\frac{\partial L}{\partial v} = \frac{\partial L}{\partial y} \cdot \frac{\partial y}{\partial v}
= 0.1528 \times 0.7685 = 0.1174$$

The slope of the sigmoid, evaluated at $z = 1.2$, is

$$\frac{\partial h}{\partial z} = \sigma(z)(1-\sigma(z)) = 0.7685 \times (1-0.7685) = 0.1779$$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


def test_each_number_is_the_rounding_of_what_it_stands_for() -> None:
    found = outcomes(PAGE)
    assert "refuted" not in found
    assert found.count("proved") >= len(found) - 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"1.5 \times 0.7685 + 0", r"1.5 \times 0.7785 + 0"),
        (r"1.5 \times 0.7685 + 0", r"1.4 \times 0.7685 + 0"),
        (r"(1.1528 - 1)^2", r"(1.1428 - 1)^2"),
        (r"= 1.1528 - 1 =", r"= 1.1528 + 1 ="),
        (r"0.1528 \times 0.7685", r"0.1528 \times 0.7865"),
        (r"0.1528 \times 0.7685", r"-0.1528 \times 0.7685"),
        ("= 0.1174", "= 0.1184"),
        (r"\times (1-0.7685)", r"\times (1+0.7685)"),
    ],
)
def test_other_numbers(right: str, wrong: str) -> None:
    found = outcomes(PAGE.replace(right, wrong))
    assert "refuted" in found


def test_a_last_digit_that_is_off_is_not_proved() -> None:
    text = "Let $x = 2$ and $h = x^3 / 7$. Then $3 h = 3.4285$ and $3 h = 3.4286$."
    first, second = outcomes(text)
    assert first != "proved"
    assert second == "proved"
