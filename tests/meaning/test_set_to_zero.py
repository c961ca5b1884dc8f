"""``dL/dm = a = 0`` at the end of a chain sets the derivative to 0; it claims nothing."""

from __future__ import annotations

import pytest

import derive

START = r"""
$$\ell = -\frac{1}{2} \sum_{i=1}^n (x_i - \mu)^2$$

Then
"""
STEP = r"$$\frac{\partial \ell}{\partial \mu} = \sum_{i=1}^n (x_i - \mu) = 0$$"
ENDS = [
    r"so $\hat\mu = \frac{1}{n} \sum_i x_i$.",
    "\nwhich gives\n\n" + r"$$\mu = \frac{1}{n} \sum_i x_i$$",
    "\nHence we get\n\n" + r"$$\hat\mu = \frac{1}{n} \sum_i x_i$$",
]


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize("end", ENDS)
def test_what_is_solved_is_supposed(end: str) -> None:
    assert "refuted" not in outcomes(f"{START}{STEP}\n{end}")
    assert outcomes(f"{START}{STEP}\n{end}")[0] == "proved"


@pytest.mark.parametrize("end", ENDS)
def test_the_derivative_before_it_is_claimed(end: str) -> None:
    assert outcomes(f"{START}{STEP.replace('x_i -', 'x_i +')}\n{end}")[0] == "refuted"


def test_where_nothing_is_solved_it_may_be_either() -> None:
    assert outcomes(START + STEP) == ["proved", "unproved"]


def test_what_begins_with_the_derivative_is_claimed() -> None:
    assert outcomes(START + r"$$\frac{\partial \ell}{\partial \mu} = 0$$") == ["refuted"]


SOLVED = r"""# A rate

$$\ell(\lambda) = n \log \lambda - \lambda \sum_{i=1}^n w_i$$

Take the derivative and set it to zero:

$$\frac{d\ell}{d\lambda} = \frac{n}{\lambda} - \sum_{i=1}^n w_i = 0$$

## Solving for $\hat\lambda$

Multiply by $\lambda$:

$$n - \lambda \sum_i w_i = 0$$

$$\lambda \sum_i w_i = n$$

$$\hat\lambda_{ML} = \frac{n}{\sum_i w_i} = \frac{1}{\bar w}$$
"""


def test_what_is_solved_for_makes_the_derivative_zero() -> None:
    assert outcomes(SOLVED)[:4] == ["proved"] * 4
    for wrong in (r"\frac{\sum_i w_i}{n}", r"\frac{2 n}{\sum_i w_i}", r"-\frac{n}{\sum_i w_i}"):
        found = outcomes(SOLVED.replace(r"= \frac{n}{\sum_i w_i}", f"= {wrong}"))
        assert found[:4] == ["proved", "unproved", "unproved", "refuted"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"n - \lambda \sum_i w_i = 0", r"n + \lambda \sum_i w_i = 0"),
        (r"\lambda \sum_i w_i = n", r"\lambda \sum_i w_i = n - 1"),
        (r"\lambda \sum_i w_i = n", r"\sum_i w_i = n \lambda"),
    ],
)
def test_what_stands_between_holds_at_what_is_solved_for(right: str, wrong: str) -> None:
    assert "refuted" not in outcomes(SOLVED)
    assert SOLVED.count(right) == 1
    assert "refuted" in outcomes(SOLVED.replace(right, wrong))[1:3]


VARIANCE = r"""
$$\ell = -n \log \sigma - \frac{1}{2 \sigma^2} \sum_{i=1}^n (w_i - m)^2$$

$$\frac{\partial \ell}{\partial \sigma}
= -\frac{n}{\sigma} + \frac{1}{\sigma^3} \sum_{i=1}^n (w_i - m)^2 = 0$$

This gives

$$\frac{n}{\sigma} = \frac{1}{\sigma^3} \sum_{i=1}^n (w_i - m)^2$$

$$\sigma^2 = \frac{1}{n} \sum_{i=1}^n (w_i - m)^2$$
"""


def test_a_square_is_solved_for() -> None:
    assert outcomes(VARIANCE) == ["proved", "proved", "proved"]
    wrong = VARIANCE.replace(r"= \frac{1}{n} \sum", r"= \frac{1}{n + 1} \sum")
    assert outcomes(wrong)[-1] == "refuted"


def test_arrows_solve_too() -> None:
    text = r"""$$f = a x^2 - 2 b x$$

$$\frac{df}{dx} = 2 a x - 2 b = 0 \implies a x = b \implies x = \frac{b}{a}$$
"""
    assert outcomes(text) == ["proved", "proved", "proved"]
    assert outcomes(text.replace(r"\frac{b}{a}", r"\frac{a}{b}"))[-1] == "refuted"
    assert outcomes(text.replace("a x = b", "a x = -b"))[1] == "refuted"


def test_where_another_derivative_comes_first_nothing_is_solved() -> None:
    text = r"""$$f = x^2 - 2 x + y^2$$

$$\frac{\partial f}{\partial x} = 2 x - 2 = 0$$

$$\frac{\partial f}{\partial y} = 2 y$$

$$x = 3$$
"""
    assert outcomes(text)[0] == "proved"
    assert len(outcomes(text)) <= 3  # x = 3 is not claimed to solve anything


DUAL = r"""The Lagrangian is
$$L(w, b, \alpha) = \frac12 \|w\|^2 - \sum_{i=1}^n \alpha_i (y_i (w^T x_i + b) - 1)$$
"""
BACK = r"""$$L = \sum_i \alpha_i - \frac12 \sum_i \sum_j \alpha_i \alpha_j y_i y_j x_i^T x_j$$"""
STATIONARY = [
    r"""$$\frac{\partial L}{\partial w} = w - \sum_i \alpha_i y_i x_i$$
$$\frac{\partial L}{\partial b} = -\sum_i \alpha_i y_i$$
Setting the derivatives to zero gives $w = \sum_i \alpha_i y_i x_i$ and
$\sum_i \alpha_i y_i = 0$. Substituting back,
""",
    r"""Setting the derivatives to zero gives $w = \sum_i \alpha_i y_i x_i$ and
$\sum_i \alpha_i y_i = 0$. Substituting back,
""",
    r"""Setting $\frac{\partial L}{\partial w} = 0$ gives
$$w = \sum_i \alpha_i y_i x_i$$
and the condition $\frac{\partial L}{\partial b} = 0$ gives $\sum_i \alpha_i y_i = 0$. Then
""",
]


@pytest.mark.parametrize("said", STATIONARY)
def test_what_is_put_back_is_not_refuted(said: str) -> None:
    assert "refuted" not in outcomes(f"{DUAL}\n{said}\n{BACK}")
    assert outcomes(f"{DUAL}\n{said}\n{BACK.replace('- ', '+ ')}")[-1] != "proved"
    assert outcomes(f"{DUAL}\n{BACK}")[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "At the optimum,",
        "The optimality condition is",
        "The gradient vanishes:",
        "For a minimum we need",
        "KKT:",
    ],
)
def test_where_the_derivative_is_zero(said: str) -> None:
    start = "Let $f = (x - a)^2$."
    assert "refuted" not in outcomes(rf"{start} {said} $\frac{{\partial f}}{{\partial x}} = 0$.")
    wrong = rf"{start} {said} $\frac{{\partial f}}{{\partial x}} = 2 (x + a)$."
    assert outcomes(wrong)[-1] == "refuted"
    assert outcomes(rf"{start} Then $\frac{{\partial f}}{{\partial x}} = 0$.") == ["refuted"]


def test_what_is_concluded_from_a_slope_that_cannot_be_used_is_no_hypothesis() -> None:
    text = (
        r"$$f(p) = k \log p + (n - k) \log (1 - p)$$ "
        r"$$f'(p) = \frac{k}{p} - \frac{n - k}{1 - p}$$ "
        "Setting this to zero gives $k (1 - p) = (n - k) p$."
    )
    report = derive.check(text, format="markdown")
    assert [j.statement.kind for j in report.judgements] == ["definition", "claim", "claim"]
    assert outcomes(text) == ["proved", "unproved"]


MODEL = (
    r"The model is $\hat y_i = w x_i + b$, the loss "
    r"$$L = \frac{1}{n} \sum_{i=1}^n (\hat y_i - y_i)^2.$$ "
    r"$$\frac{\partial L}{\partial b} = \frac{2}{n} \sum_{i=1}^n (\hat y_i - y_i)$$ "
    r"Setting this to zero, "
)


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (r"$b = \frac{1}{n} \sum_i y_i - w \frac{1}{n} \sum_i x_i$.", "proved"),
        (r"$b = \frac{1}{n} \sum_i y_i + w \frac{1}{n} \sum_i x_i$.", "refuted"),
        (r"$\sum_i \hat y_i = \sum_i y_i$, so $b = \frac{1}{n} (\sum_i y_i - w \sum_i x_i)$.", "proved"),  # noqa: E501
        (r"$\sum_i \hat y_i = 2 \sum_i y_i$, so $b = \frac{1}{n} (\sum_i y_i - w \sum_i x_i)$.", "refuted"),  # noqa: E501
    ],
)  # fmt: skip
def test_the_solution_is_put_into_what_is_made_of_the_variable(step: str, outcome: str) -> None:
    found = [c.verdict.outcome for c in derive.check(MODEL + step, format="markdown").claims]
    assert found[1] == outcome
