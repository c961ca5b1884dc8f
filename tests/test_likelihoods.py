"""Maximum likelihood as textbooks write it: products over examples, one likelihood a section."""

from __future__ import annotations

import pytest

import derive

EXPONENTIAL = r"""# Exponential

$$L(\lambda) = \prod_{i=1}^n \lambda e^{-\lambda x_i} = \lambda^n e^{-\lambda \sum_i x_i}$$

$$\ell(\lambda) = \log L(\lambda) = n \log \lambda - \lambda \sum_{i} x_i$$

$$\ell'(\lambda) = \frac{n}{\lambda} - \sum_i x_i = 0 \implies \hat\lambda = \frac{n}{\sum_i x_i}$$
"""

GAUSSIAN = r"""# Gaussian

$$L(\mu, \sigma) = \prod_{i=1}^n \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x_i-\mu)^2}{2\sigma^2}}$$

$$\ell(\mu, \sigma) = \log L(\mu, \sigma)
= -\frac{n}{2} \log(2\pi) - n \log \sigma - \frac{1}{2\sigma^2}\sum_i (x_i - \mu)^2$$

$$\frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2} \sum_i (x_i - \mu)$$

$$\frac{\partial \ell}{\partial \sigma}
= -\frac{n}{\sigma} + \frac{1}{\sigma^3}\sum_i (x_i - \mu)^2$$
"""

WRONG = [
    (r"= \lambda^n e", r"= \lambda e"),
    (r"e^{-\lambda \sum_i x_i}$$", r"e^{\lambda \sum_i x_i}$$"),
    (r"= n \log \lambda", r"= \log \lambda"),
    (r"= \frac{n}{\lambda} -", r"= \frac{1}{\lambda} -"),
    (r"- n \log \sigma", r"- \log \sigma"),
    (r"= \frac{1}{\sigma^2} \sum_i", r"= \frac{1}{\sigma} \sum_i"),
    (r"-\frac{n}{\sigma} +", r"\frac{n}{\sigma} +"),
    (r"\frac{1}{\sigma^3}", r"\frac{1}{\sigma^2}"),
]


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize("text", [EXPONENTIAL, GAUSSIAN, EXPONENTIAL + "\n" + GAUSSIAN])
def test_each_step_is_proved(text: str) -> None:
    found = outcomes(text)
    assert len(found) >= 3
    assert set(found) == {"proved"}


@pytest.mark.parametrize(("right", "wrong"), WRONG)
def test_a_wrong_step_is_refuted(right: str, wrong: str) -> None:
    text = EXPONENTIAL + "\n" + GAUSSIAN
    assert text.count(right) == 1
    found = outcomes(text.replace(right, wrong))
    assert "refuted" in found
    assert set(found) <= {"proved", "refuted"}


def test_what_is_set_to_zero_behind_an_arrow_is_no_claim() -> None:
    text = r"$$f(x) = x^2 - 2 x$$ $$f'(x) = 2 x - 2 = 0 \implies x^* = 1$$"
    assert outcomes(text) == ["proved"]
    plain = r"$$f(x) = x^2 - 2 x$$ $$f'(x) = 2 x - 2 = 0$$"
    assert outcomes(plain) == ["proved", "refuted"]


def test_a_bare_name_is_the_function_that_has_the_variable() -> None:
    text = r"$$g(p) = p^2$$ $$g(m, s) = m s^2$$ $$\frac{\partial g}{\partial s} = 2 m s$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= 2 m s$$", "= 2 m$$")) == ["refuted"]
    assert outcomes(text.replace(r"{\partial s} = 2 m s", r"{\partial p} = 2 p")) == ["proved"]
