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

COUNTS = r"""# Counts

We observe $x_1, \dots, x_n$.

$$L(p) = \prod_{i=1}^n p^{x_i} (1-p)^{1-x_i}$$

$$\ell(p) = \log L(p) = \sum_{i=1}^n x_i \log p + (1-x_i) \log (1-p)$$

$$\ell'(p) = \frac{1}{p}\sum_i x_i - \frac{1}{1-p} \sum_i (1-x_i)$$

# Events

$$L(\lambda) = \prod_{i=1}^n \frac{\lambda^{x_i} e^{-\lambda}}{x_i!}$$

$$\ell(\lambda) = \log L(\lambda) = \sum_i x_i \log \lambda - n\lambda - \sum_i \log x_i!$$

$$\frac{d\ell}{d\lambda} = \frac{1}{\lambda} \sum_i x_i - n$$
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
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("x^* = 1", "x^* = 2")) == ["proved", "refuted"]
    plain = r"$$f(x) = x^2 - 2 x$$ $$f'(x) = 2 x - 2 = 0$$"
    assert outcomes(plain) == ["proved", "refuted"]


def test_a_bare_name_is_the_function_that_has_the_variable() -> None:
    text = r"$$g(p) = p^2$$ $$g(m, s) = m s^2$$ $$\frac{\partial g}{\partial s} = 2 m s$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= 2 m s$$", "= 2 m$$")) == ["refuted"]
    assert outcomes(text.replace(r"{\partial s} = 2 m s", r"{\partial p} = 2 p")) == ["proved"]


def test_what_is_proved_where_the_bases_of_powers_are_positive() -> None:
    """For p < 0 the powers have values where the counts are whole: nothing is proved of these."""
    report = derive.check(COUNTS, format="markdown")
    found = {j.statement.place.line: j.verdict for j in report.claims if j.verdict is not None}
    unproved = {line: v.message for line, v in found.items() if v.outcome == "unproved"}
    assert unproved == {
        9: "it is proved where p > 0 and 1 - p > 0, which the text does not say",
        17: "it is proved where λ > 0, which the text does not say",
    }
    assert {v.outcome for line, v in found.items() if line not in unproved} == {"proved"}


def test_and_where_the_text_says_so() -> None:
    said = COUNTS.replace(r"x_n$.", r"x_n$ with $0 < p < 1$ and $\lambda > 0$.")
    assert set(outcomes(said)) == {"proved"}
    assert outcomes(said.replace(r"- \frac{1}{1-p}", r"+ \frac{1}{1-p}"))[1] == "refuted"
    # Of x! no more is known than its name, and that 1! = 1, where this is false.
    assert outcomes(said.replace(r"\sum_i x_i - n$$", r"\sum_i x_i$$"))[-1] == "refuted"


MODEL = r"""# A coin for each example

With $q_k = \frac{1}{1 + e^{-v u_k}}$ the likelihood is

$$\begin{aligned}
L(v) &= \prod_{k=1}^K P(s_k \mid u_k) \\
&= \prod_{k=1}^K q_k^{s_k} (1 - q_k)^{1 - s_k}
\end{aligned}$$

and its logarithm has the slope

$$\frac{d \log L}{dv} = \sum_{k=1}^K (s_k - q_k) u_k$$
"""


def test_a_likelihood_is_what_the_chain_puts_for_the_probabilities() -> None:
    """Nothing says what P(s | u) is but the chain itself, which is no claim about L."""
    assert outcomes(MODEL) == ["unproved", "proved"]
    assert outcomes(MODEL.replace("(s_k - q_k)", "(q_k - s_k)")) == ["unproved", "refuted"]
    assert outcomes(MODEL.replace("= \\prod_{k=1}^K q_k^{s_k} (", "= \\prod_{k=1}^K (")) == [
        "unproved",
        "refuted",
    ]


def test_what_is_said_of_an_unexplained_probability_is_not_refuted() -> None:
    text = r"""The mean error of $K$ scores $c_k$ is

$$-\frac{1}{K} \log P(S \mid U) = -\frac{1}{K} \sum_{k=1}^K s_k \log c_k$$

and hence

$$-\log P(S \mid U) = -\sum_{k=1}^K s_k \log c_k$$

$$\sum_{k=1}^K s_k \log c_k = \log \prod_{k=1}^K c_k$$
"""
    assert outcomes(text) == ["unproved", "unproved", "refuted"]


def test_what_an_explained_probability_is_said_to_be_is_refuted() -> None:
    text = r"""$$P(s \mid u) = s u^2$$ $$P(s \mid u) = OTHER$$"""
    assert outcomes(text.replace("OTHER", "u^2 s")) == ["proved"]
    assert outcomes(text.replace("OTHER", "2 u s")) == ["refuted"]
    text = r"""The loss is $\ell = -\log P(s \mid u)$. $$e^{-\ell} = SIGN P(s \mid u)$$"""
    assert outcomes(text.replace("SIGN", "-")) == ["refuted"]
    assert "refuted" not in outcomes(text.replace("SIGN", ""))


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\log ((1-p)^4 p)", r"4 \log (1-p) + \log p", r"4 \log (1-p) - \log p"),
        (r"\log \frac{(1-p)^2}{(a+b)^3}", r"2 \log (1-p) - 3 \log (a+b)", r"2 \log (1-p)"),
        (r"3 \log (a+b) + \log c", r"\log ((a+b)^3 c)", r"\log ((a+b)^2 c)"),
    ],
)
def test_logarithms_of_powers_of_sums(left: str, right: str, wrong: str) -> None:
    assert outcomes(f"$${left} = {right}$$") == ["proved"]
    assert outcomes(f"$${left} = {wrong}$$") == ["refuted"]


def test_logarithms_of_what_is_so_defined() -> None:
    text = r"$$L(p) = (1-p)^4 p$$ $$\log L(p) = WHAT \log (1-p) + \log p$$"
    assert outcomes(text.replace("WHAT", "4")) == ["proved"]
    assert outcomes(text.replace("WHAT", "5")) == ["refuted"]


def test_the_sign_of_a_base_is_not_taken_for_granted() -> None:
    assert outcomes(r"$$\log ((a+b)^2) = \log (a^2 + 2 a b + b^2)$$") == ["proved"]
    assert outcomes(r"$$\log ((a+b)^2 c) = 2 \log (-a-b) + \log c$$") != ["refuted"]
    # For a + b < 0 and c < 0 both sides are defined, and differ from what a careless rule makes.
    assert outcomes(r"$$\log ((a+b)^3 c) = \log c + 3 \log (a+b) + d$$") == ["refuted"]
    assert outcomes(r"$$\log ((a+b) c) = \log (-c) + \log (-a-b)$$") != ["refuted"]


def test_a_mean_that_nothing_defines_is_not_refuted() -> None:
    text = r"$$\sum_{i=1}^n (w_i - \bar w) = WHAT$$"
    assert outcomes(text.replace("WHAT", r"n \bar w")) != ["proved"]
    given = r"Let $\bar w = \frac{1}{n} \sum_{i=1}^n w_i$. " + text
    assert outcomes(given.replace("WHAT", "0")) == ["proved"]
    assert outcomes(given.replace("WHAT", "1")) == ["refuted"]
    assert outcomes(text.replace("WHAT", r"0")) == ["unproved"]
