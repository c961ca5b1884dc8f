"""``y = f(x) + noise`` says what the noise is: y is observed, and does not move with f."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


MODELS = [
    r"Let $y_i = a x_i + \varepsilon_i$ with $\varepsilon_i \sim \mathcal{N}(0, s^2)$.",
    r"The model is $y_i = a x_i + \epsilon_i$, where the $\epsilon_i$ are noise.",
    r"We observe $y_i = a x_i + e_i$, $e_i \sim N(0, 1)$.",
]
FIT = r" Let $$F(a) = \sum_{i=1}^n (y_i - a x_i)^2$$ "
SLOPE = r"$$\frac{dF}{da} = -2 \sum_{i=1}^n (y_i - a x_i) x_i$$"


@pytest.mark.parametrize("model", MODELS)
def test_what_is_observed_does_not_move(model: str) -> None:
    assert outcomes(model + FIT + SLOPE) == ["proved"]
    assert outcomes(model + FIT + SLOPE.replace("-2", "2")) == ["refuted"]
    assert outcomes(model + FIT + r"$$\frac{dF}{da} = 0$$") != ["proved"]


def test_the_noise_is_what_is_left() -> None:
    model, noise = MODELS[0], r"$$F(a) = \sum_i \varepsilon_i^2$$"
    assert outcomes(model + FIT + noise) == ["proved"]
    assert outcomes(model + FIT + noise.replace("^2", "^3")) != ["proved"]


def test_a_sample_that_is_differentiated_moves() -> None:
    sample = r"With $\epsilon \sim \mathcal{N}(0, 1)$ let $z = m + \epsilon$."
    assert outcomes(sample + r"$$\frac{dz}{dm} = 1$$") == ["proved"]
    assert outcomes(sample + r"$$\frac{dz}{dm} = 0$$") == ["refuted"]


def test_a_small_constant_is_no_noise() -> None:
    text = r"Let $s = v + \epsilon$ and $r = \sqrt{s}$. $$\frac{dr}{dv} = \frac{1}{2 r}$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("{2 r}", "{r}")) == ["refuted"]


SOLVED = r"""$$F(a) = n \log a - a \sum_{i=1}^n x_i$$
$$\frac{dF}{da} = \frac{n}{a} - \sum_{i=1}^n x_i$$
Setting this to zero yields
$$\hat{a} = \frac{n}{\sum_{i=1}^n x_i}$$
"""


def test_what_is_set_to_zero_need_not_be_written() -> None:
    assert outcomes(SOLVED) == ["proved", "proved"]
    assert outcomes(SOLVED.replace(r"\frac{n}{\sum", r"\frac{1}{\sum")) == ["proved", "refuted"]


def test_what_is_computed_from_noise_is_not_refuted() -> None:
    text = (
        r"Let $z = m + \epsilon$ with $\epsilon \sim \mathcal{N}(0, 1)$ and $F = (z - a)^2$. "
        r"$$\frac{dF}{dm} = 2 (z - a)$$"
    )
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("2 (z", "3 (z")) == ["refuted"]


COMPUTED = [
    r"We sample $z = m + \epsilon$ with $\epsilon \sim \mathcal{N}(0, 1)$.",
    r"Noise is added to the data: $z = m + \epsilon$.",
    r"The action is $z = m + \epsilon$ with exploration noise $\epsilon$.",
]


@pytest.mark.parametrize("said", COMPUTED)
def test_what_is_computed_moves_with_what_it_is_computed_from(said: str) -> None:
    """It is in doubt where nothing says that it is observed."""
    text = said + r" The loss is $F = (z - a)^2 + m^2$. $$\frac{dF}{dm} = 2 (z - a) + 2 m$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("2 (z - a) + 2 m$", "2 m$")) != ["proved"]
    assert outcomes(text.replace("2 (z - a) + 2 m$", "3 m$")) == ["refuted"]


def test_what_is_observed_in_words_or_beside_its_model() -> None:
    loss = r" Let $F = (y - a x)^2 + a^2$. $$\frac{dF}{da} = 2 a - 2 (y - a x) x$$"
    model = r"Let $y = a x + \varepsilon$ with $\varepsilon \sim \mathcal{N}(0, 1)$."
    assert outcomes(model + loss) == ["proved"]
    assert outcomes(model + loss.replace("- 2 (y", "+ 2 (y")) == ["refuted"]
    hat = r" Let $p = a x$ and $F = (y - p)^2$. $$\frac{dF}{da} = -2 (y - p) x$$"
    assert outcomes("We observe " + model[4:] + hat) == ["proved"]
    assert outcomes("Let " + model[4:] + hat) == ["unproved"]
