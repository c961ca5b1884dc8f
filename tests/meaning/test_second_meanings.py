"""Signs and names that authors use in a second meaning, and what is said of one case alone."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


def kinds(text: str) -> list[str]:
    return [j.statement.kind for j in derive.check(text, format="markdown").judgements]


def test_what_a_sign_represents() -> None:
    text = r"""Let $q_i = \frac{e^{a_i}}{\sum_k e^{a_k}}$. We write the sign $\Sigma$ SAYS
$\sum_k e^{a_k}$ to be short.

$$\frac{e^{a_i}}{\Sigma} \frac{\Sigma - e^{a_j}}{\Sigma} = q_i (1 - q_j)$$
"""
    for says in ("to represent", "symbol to denote", "to stand for the sum"):
        assert outcomes(text.replace("SAYS", says)) == ["proved"]
    wrong = text.replace("SAYS", "to represent").replace("(1 - q_j)", "(1 + q_j)")
    assert outcomes(wrong) == ["refuted"]


def test_a_sign_that_defines_does_so_again() -> None:
    text = r"""$$h(p) := \frac{1}{p}$$ For logarithms we take $$h(p) := \log \frac{1}{p}$$
$$h'(p) = -\frac{1}{p}$$
"""
    assert kinds(text) == ["definition", "definition", "claim"]
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace(r"= -\frac{1}{p}$$", r"= -\frac{1}{p^2}$$")) == ["refuted"]


SAMPLE = r"""The loss is $E = \sum_i (u_i - t_i)^2$ with $u_i = v c_i$.

WORDS

$$\frac{\partial E}{\partial v} = 2 (u_i - t_i) c_i$$
"""


@pytest.mark.parametrize("words", ["For a single sample $i$ we have", "Per example it is"])
def test_what_is_said_of_one_sample_is_not_refuted_by_the_sum(words: str) -> None:
    assert outcomes(SAMPLE.replace("WORDS", words)) == ["unproved"]


def test_a_sum_that_is_left_out_is_an_error() -> None:
    assert outcomes(SAMPLE.replace("WORDS", "The slope is")) == ["refuted"]


def test_the_identity_of_a_declared_size() -> None:
    text = r"""For $\mathbf x, \mathbf v \in \mathbb{R}^d$:

$$(\mathbf I_d - 2 \mathbf v \mathbf v^\top) \mathbf x
= \mathbf x - 2 (\mathbf v^\top \mathbf x) \mathbf v$$
"""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("x - 2 (", "x + 2 (")) == ["refuted"]


@pytest.mark.parametrize(
    "text", [r"$\|w\|_2 = 1$ for $w \in \mathbb{R}^d$", r"$\sum_i w_i x_i > 0$"]
)
def test_a_condition_on_data_is_not_refuted(text: str) -> None:
    assert "refuted" not in outcomes(text)
    assert "proved" not in outcomes(text)


def test_a_norm_that_is_worked_out_is_claimed() -> None:
    text = r"Let $w_i = 2 \frac{v_i}{\sqrt{\sum_j v_j^2}}$. $$\sqrt{\sum_i w_i^2} = 1$$"
    assert outcomes(text) == ["refuted"]
    assert outcomes(text.replace("= 2 ", "= ")) == ["proved"]


def test_a_function_of_another_name_says_what_the_name_is() -> None:
    text = r"Let $L(q, t) = (q - t)^2$. The output is called $q$. $$L(s, t) = L(q, t)$$"
    assert outcomes(text) == ["unproved"]


def test_an_indicator_of_what_is_true() -> None:
    assert outcomes(r"We have $1\{True\} = 1$ and $1\{False\} = 0$.") == ["proved", "proved"]
    assert outcomes(r"We have $1\{True\} = 0$.") == ["refuted"]


def test_steps_that_are_counted_above() -> None:
    text = r"$$w^{t+1} = w^t - \frac{a}{s^t} g^t$$ $$s^t = \sqrt{b (s^{t-1})^2 + (1 - b) (g^t)^2}$$"
    assert kinds(text) == ["definition", "definition"]
    assert kinds(r"$$x^{n+1} = x^n x$$") == ["claim"]
    assert outcomes(r"$$x^{n+1} = x^n + x$$") == ["refuted"]


def test_values_of_what_is_differentiated_define_nothing() -> None:
    text = r"""The unit is worked out as

$$p = \frac{1}{1 + e^{-2}}$$

and its slope is

$$\frac{\partial p}{\partial s} = p (1 - p)$$
"""
    assert "refuted" not in outcomes(text)
    assert "proved" not in outcomes(text)


def test_plain_letters_are_those_of_one_example_where_it_is_said() -> None:
    """``y`` beside ``y^{(i)}``: the loss there is that of the example, no sum over all."""
    page = (
        r"Let $h(x) = \theta x$ and $$E(\theta) = \sum_{i=1}^n (y^{(i)} - h(x^{(i)}))^2$$"
        "\n\nFor one example:\n\n"
        r"$$\frac{d}{d \theta} E(\theta) = -2 (y - h(x)) x$$"
    )
    assert outcomes(page)[-1] == "unproved"
    assert outcomes(page.replace("- h", "+ h"))[-1] != "proved"


TAKEN = r"""Let $f(x) = x^2$. Then $f'(x) = 2x$. For $f(x) = x^3$ we have $f'(x) = 3x^2$, and for
$f(x) = e^x$, $f'(x) = RIGHT$.
"""


def test_functions_that_are_taken_one_after_another() -> None:
    def outcomes(text: str) -> list[str]:
        claims = derive.check(text, format="markdown").claims
        return [j.verdict.outcome for j in claims if j.verdict]

    assert outcomes(TAKEN.replace("RIGHT", "e^x")) == ["proved"] * 3
    assert outcomes(TAKEN.replace("RIGHT", "x e^x")) == ["proved", "proved", "refuted"]
    assert "proved" not in outcomes(r"Let $f(x) = x^2$. If $f(x) = 0$, then $f'(x) = 2$.")


def test_values_with_which_a_function_is_worked_out_are_no_definitions() -> None:
    text = r"""Take $f(x, y) = x y$. With $x = -2, y = 5$ we get $f = -10$.

In general $\frac{\partial f}{\partial x} = RIGHT$."""
    found = derive.check(text.replace("RIGHT", "y"), format="markdown").claims
    assert [j.verdict.outcome for j in found if j.verdict] == ["proved", "proved"]
    (_, wrong) = derive.check(text.replace("RIGHT", "5"), format="markdown").claims
    assert wrong.verdict is not None
    assert wrong.verdict.outcome != "proved"
