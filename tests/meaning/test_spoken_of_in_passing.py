"""What a page writes down beside its steps: lists of cases, updates, conditions."""

from __future__ import annotations

import pytest

import derive

SLOPE = r"""Let $t$ be given and

$$f(z) = \ln(1 + e^{-z}) + (1 - t) z$$

$$
\begin{align*}
\frac{df}{dz} &= \frac{d}{dz} \ln(1 + e^{-z}) + \frac{d}{dz} (1 - t) z \\
&= -\frac{e^{-z}}{1 + e^{-z}} + %s
\end{align*}
$$
"""
LISTED = r"""If $y$ is the label and $p$ the prediction, there are these cases:

$$
\begin{align*}
y = 1, p = 0, \quad \text{bad} \\
y = 0, p = 0, \quad \text{good} \\
y = 1, p = 1, \quad \text{good}
\end{align*}
$$

With

$$L(y, p) = -y \ln(p) - (1 - y) \ln(1 - p)$$

we get

$$\frac{\partial L}{\partial p} = %s$$
"""
VANISHES = r"""Let $g_i = \sum_k U_{ik} (p_k - t_k)$.

Nothing is lost exactly when:

$$U (p - t) = \mathbf{0}$$

In any case

$$2 g_i = 2 \sum_k U_{ik} p_k %s 2 \sum_k U_{ik} t_k$$
"""
ORDERED = r"""Let $a_j = \frac{e^{z_j}}{\sum_k e^{z_k}}$ with $z_j = \sum_d w_{jd} x_d$.

Class $j$ wins where

$$a_j > a_k \iff z_j > z_k$$

and always

$$a_j %s$$
"""
HALF = r"""The boundary lies where $p = 0.5$:

$$
\begin{align*}
0.5 &= \frac{1}{1 + e^{-x}} \\
\Rightarrow 1 &= 0.5 + 0.5 e^{-x} \\
\Rightarrow 1 &= e^{-x}
\end{align*}
$$
"""


def outcomes(text: str) -> list[str]:
    found = derive.check(text, format="markdown").judgements
    return [j.verdict.outcome if j.verdict else j.statement.kind for j in found]


@pytest.mark.parametrize(
    ("document", "right", "wrong"),
    [
        (SLOPE, "(1 - t)", "(1 + t)"),
        (LISTED, r"-\frac{y}{p} + \frac{1 - y}{1 - p}", r"-\frac{y}{p} - \frac{1 - y}{1 - p}"),
    ],
)
def test_the_step_itself_is_judged(document: str, right: str, wrong: str) -> None:
    assert {"refuted", "conditional", "unproved"}.isdisjoint(outcomes(document % right))
    assert outcomes(document % right)[-1] == "proved"
    assert outcomes(document % wrong)[-1] == "refuted"


def test_where_it_vanishes_is_no_claim() -> None:
    assert outcomes(VANISHES % "-") == ["definition", "hypothesis", "proved"]
    assert outcomes(VANISHES % "+")[1:] == ["hypothesis", "refuted"]
    assert outcomes(VANISHES.replace("exactly when:", "always:") % "-")[1] == "unproved"


def test_of_comparisons_that_are_equivalent_neither_is_claimed() -> None:
    found = outcomes(ORDERED % "> 0")
    assert found == ["definition", "definition", "unproved", "unproved", "proved"]
    assert outcomes(ORDERED % "> 1")[-1] == "refuted"


def test_an_equation_that_is_solved_gives_no_inference() -> None:
    assert "refuted" not in outcomes(HALF)
    twice = r"$$y = 2 x \implies y = 3 x$$"
    assert outcomes(twice)[-1] in ("refuted", "unproved")


def test_a_value_under_a_condition_defines_nothing() -> None:
    page = r"""Let $p = X w$ for a matrix $X$ of samples.

- When $p_i = 1$, we have $\log(p_i) = \log(1) = 0$, so nothing is lost.

In general

$$\log(p_i) + \log(2) = %s$$
"""
    assert outcomes(page % r"\log(2 p_i)")[-1] != "refuted"
    assert outcomes(page % r"\log(3 p_i)")[-1] != "proved"


def test_what_data_may_satisfy_is_not_refuted() -> None:
    assert outcomes(r"The boundary is a circle ($x_1^2 + x_2^2 = 1$).")[-1] != "refuted"
    assert outcomes(r"$$x_1^2 + x_2^2 - x_2^2 = x_1^2 + 1$$") == ["refuted"]
    assert outcomes(r"$$\frac{x^2 + 1}{x^2 + 1} = 2$$") == ["refuted"]


def test_a_size_that_is_worked_out() -> None:
    page = r"""Let $x \in \mathbb{R}^d$ with $d = 28 \times 28 + 1 = %s$ entries."""
    assert "refuted" not in outcomes(page % 785)
    assert outcomes(page % 784)[-1] == "refuted"


def test_a_new_value_made_of_the_old_one_is_no_equation() -> None:
    page = r"""Let $g = 2 a x$.

$$w_{20} = w_{20} + a \cdot x$$

$$2 g = %s$$
"""
    assert outcomes(page % "4 a x") == ["definition", "unproved", "proved"]
    assert outcomes(page % "3 a x")[1:] == ["unproved", "refuted"]


ANOTHER = r"""The output is $p = g(z)$ with $z = \theta^T x$.
Unlike the linear model $p = \theta^T x$,
here $g$ is the logistic function $g(z) = \frac{1}{1 + e^{-z}}$, so

$$\frac{dp}{dz} = %s$$
"""


def test_what_another_model_says_is_not_said_of_this_one() -> None:
    assert outcomes(ANOTHER % "p (1 - p)")[2:] == ["unread", "definition", "proved"]
    assert outcomes(ANOTHER % "p (1 + p)")[-1] == "refuted"
    here = ANOTHER.replace("Unlike the linear model", "For the linear model")
    assert "unread" not in outcomes(here % "p (1 - p)")


SLOPE = r"$\frac{d}{dx} x^2 = %s$"


@pytest.mark.parametrize(
    "words", ["%s, not %s.", "%s and not %s.", "%s (not %s).", "%s, but not %s, as many think."]
)
def test_what_an_equation_is_not_is_not_claimed(words: str) -> None:
    page = f"We find {words} And {SLOPE}."
    assert outcomes(page % (SLOPE % "2x", SLOPE % "x", "2x")) == ["proved", "unread", "proved"]
    assert outcomes(page % (SLOPE % "x", SLOPE % "2x", "3x")) == ["refuted", "unread", "refuted"]


def test_none_of_a_list_that_it_is_not_is_claimed() -> None:
    page = f"We find {SLOPE}, but not {SLOPE}, {SLOPE} or {SLOPE}. And {SLOPE}."
    found = outcomes(page % ("2x", "x", "3x", "4x", "x"))
    assert found == ["proved", "unread", "unread", "unread", "refuted"]


def test_what_it_is_instead_is_claimed() -> None:
    page = f"The slope is not {SLOPE}, but {SLOPE}."
    assert outcomes(page % ("x", "2x")) == ["unread", "proved"]
    assert outcomes(page % ("2x", "x")) == ["unread", "refuted"]


def test_not_with_if_supposes() -> None:
    page = r"If not $i = j$, then $\delta_{ij} = %s$."
    assert outcomes(page % "0") == ["hypothesis", "proved"]
    assert outcomes(page % "1") == ["hypothesis", "refuted"]
    page = r"Let $x \ge 0$ and not $x = 0$. Then $\frac{x}{x} = %s$."
    assert outcomes(page % "1") == ["hypothesis", "unread", "proved"]
    assert outcomes(page % "2") == ["hypothesis", "unread", "refuted"]


def test_a_function_of_a_number_that_is_made_of_others() -> None:
    page = ANOTHER.replace("Unlike the linear model $p = \\theta^T x$,\nhere", "Here")
    assert outcomes(page % "p (1 - p)")[2:] == ["definition", "proved"]
    assert outcomes(page % "p - 1")[-1] == "refuted"


def test_a_branch_supposes_its_condition() -> None:
    page = r"""Let $d_i = %s$.

* If the sign of the difference changes:
  $d_i = -a_i$
* Else if it stays the same:
  $d_i = a_i$
"""
    assert {"refuted", "conditional", "proved"}.isdisjoint(outcomes(page % "2 b_i"))


def test_two_equal_signs_are_one() -> None:
    page = r"""Here $y$ is a one-hot vector, that is, $y_i$ is 1 if and only if $i %s o$. So

$$\sum_i y_i s_i = s_o$$
"""
    assert outcomes(page % "==") == outcomes(page % "=")


SUM = r"""When there is an addition, as follows:

$$A = b + c$$

we can find the derivative:

$$\frac{dA}{db} = 1$$

When there is a multiplication, as follows:

$$A = b \times c$$
"""
TABLE = r"""Some functions are

| Name | function |
| --- | --- |
| forward | $f(x) = x \log x$ |
| reverse | $f(x) = -\log x$ |
| square | $f(x) = (x - 1)^2$ |

So the forward one is $f = x \log x$, and $\log x^2 = %s$.
"""
DOTS = r"""Let $\sigma(x) = \frac{1}{1 + e^{-x}}$ and let $x_i$ be vectors with components $x_{ij}$.

$$\sum_i \frac{y_i - \sigma(x_i)}{\sigma(x_i) \cdot (1 - \sigma(x_i))} \cdot \sigma(x_i)
\cdot (1 - \sigma(x_i)) \cdot x_{ij} = \sum_i (y_i - \sigma(x_i)) \cdot x_{ij}$$
"""


def test_what_is_as_follows_does_not_follow() -> None:
    assert outcomes(SUM)[:2] == ["definition", "proved"]
    assert outcomes(SUM)[2] == "conditional"
    follows = SUM.replace("there is a multiplication, as follows", "this is so, it follows")
    assert outcomes(follows)[2] == "refuted"


def test_a_name_with_a_meaning_in_each_row_of_a_table() -> None:
    assert "refuted" not in outcomes(TABLE % r"\log(x x)")
    assert outcomes(TABLE % r"\log(x x)")[-1] == "proved"
    assert outcomes(TABLE % r"\log(x + x)")[-1] == "refuted"


def test_a_dot_between_values_of_one_function_may_be_component_by_component() -> None:
    assert "refuted" not in outcomes(DOTS)


def test_a_french_step_is_no_not() -> None:
    page = "On fixe un pas $d = 1$. Alors, pour le pas $d = 1$, on a $d + x = %s$."
    assert outcomes(page % "x + 1")[-1] == "proved"
    assert outcomes(page % "x + 2")[-1] == "refuted"
    assert "unread" not in outcomes(page % "x + 1")
