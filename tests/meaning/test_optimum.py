"""What is concluded where derivatives were set to zero: it holds there, and is proved from that."""

from __future__ import annotations

import pytest

import derive


def verdicts(text: str) -> list[derive.Verdict]:
    found = (judgement.verdict for judgement in derive.check(text, format="markdown").claims)
    return [verdict for verdict in found if verdict is not None]


def outcomes(text: str) -> list[str]:
    return [verdict.outcome for verdict in verdicts(text)]


WRONG = ("refuted", "conditional")  # another section may define anew

RIDGE = r"""Let $J(v) = \|A v - c\|^2 + \mu \|v\|^2$ for a matrix $A$ and vectors $v$ and $c$.

$$\nabla_v J = 2 A^T A v - 2 A^T c + 2 \mu v$$

"""
ZERO = r"$$2 A^T A v - 2 A^T c + 2 \mu v = 0$$" + "\n\n"
NORMAL = r"$$(A^T A + \mu I) v = A^T c$$"


@pytest.mark.parametrize(
    "said", ["## Set to zero\n\n", "Setting the gradient to zero:\n\n", "Set it equal to zero.\n\n"]
)
def test_normal_equations(said: str) -> None:
    gradient, normal = verdicts(RIDGE + said + ZERO + NORMAL)
    assert (gradient.outcome, normal.outcome) == ("proved", "proved")
    assert [h.line for h in normal.hypotheses] != []
    assert outcomes(RIDGE + said + ZERO + NORMAL.replace("+", "-"))[-1] == "refuted"
    assert outcomes(RIDGE + said + ZERO + NORMAL.replace("A^T c", "A^T v"))[-1] != "proved"


def test_they_do_not_hold_everywhere() -> None:
    assert outcomes(RIDGE + NORMAL)[-1] != "proved"


LAGRANGE = r"""The Lagrangian is
$$F(u, c, a) = \frac{1}{2} u^T u - \sum_{i=1}^n a_i (s_i (u^T p_i + c) - 1)$$

Setting the derivatives to zero gives

$$\frac{\partial F}{\partial u} = u - \sum_{i=1}^n a_i s_i p_i = 0
\implies u = \sum_{i=1}^n a_i s_i p_i$$

and, for $c$,

$$\frac{\partial F}{\partial c} = -\sum_{i=1}^n a_i s_i = 0 \implies \sum_{i=1}^n a_i s_i = 0$$

"""
BACK = "Substituting back:\n\n"
DUAL = r"""
$$F = \sum_{i=1}^n a_i - \frac{1}{2} \sum_{i=1}^n \sum_{j=1}^n a_i a_j s_i s_j p_i^T p_j$$
"""


@pytest.mark.parametrize("back", [BACK, "## Step 3: Substitute\n\n", "## The dual problem\n\n"])
def test_the_dual_of_a_quadratic_problem(back: str) -> None:
    assert set(outcomes(LAGRANGE + back + DUAL)) == {"proved"}
    assert outcomes(LAGRANGE + back + DUAL.replace(r"\frac{1}{2}", ""))[-1] in WRONG
    assert outcomes(LAGRANGE + back + DUAL.replace(" - ", " + "))[-1] in WRONG


def test_what_is_concluded_wrongly() -> None:
    assert "refuted" in outcomes(LAGRANGE.replace(r"implies u = ", r"implies u = -"))
    assert "refuted" in outcomes(LAGRANGE.replace("implies \\sum_{i=1}^n a_i s_i", "implies c"))


def test_another_section_is_not_at_the_optimum() -> None:
    assert outcomes(LAGRANGE + "## Gradient descent\n\n" + DUAL)[-1] != "proved"


def test_derivatives_are_not_what_they_are_at_the_optimum() -> None:
    wrong = r"$$\frac{\partial F}{\partial u} = 2 u - 2 \sum_{i=1}^n a_i s_i p_i$$"
    assert outcomes(LAGRANGE + BACK + wrong)[-1] == "refuted"


EIGEN = r"""Maximize $v^T C v$ subject to $v^T v = 1$, with a symmetric matrix $C$.
The Lagrangian is
$$F(v, \mu) = v^T C v - \mu (v^T v - 1)$$

Setting the gradient to zero:

$$\nabla_v F = 2 C v - 2 \mu v = 0$$

so that

$$C v = \mu v$$

The variance is then

$$v^T C v = \mu v^T v = \mu$$
"""


def test_an_eigenvector() -> None:
    assert set(outcomes(EIGEN)) == {"proved"}
    assert "refuted" in outcomes(EIGEN.replace("$$C v = ", "$$C v = 2 "))
    assert "refuted" in outcomes(EIGEN.replace(r"v^T v = \mu$$", r"v^T v = 2 \mu$$"))


def test_another_loss_has_another_optimum() -> None:
    page = (
        r"Let $E(v) = \|A v - c\|^2$ for a matrix $A$ and vectors $v$ and $c$. Setting the "
        r"gradient to zero gives $$\nabla_v E = 2 A^T A v - 2 A^T c = 0$$ so $A^T A v = A^T c$. "
        r"With a penalty, $R(v) = \|A v - c\|^2 + \mu \|v\|^2$, setting the gradient to zero gives "
        r"$$\nabla_v R = 2 A^T A v - 2 A^T c + 2 \mu v = 0$$ so "
    )
    assert outcomes(page + NORMAL) == ["proved"] * 4
    assert outcomes(page + "$A^T A v = A^T c$.") == ["proved"] * 3 + ["refuted"]


FIT = r"""Let $J(v) = \|A v - c\|^2$ for a matrix $A$ and vectors $v$ and $c$.

$$\nabla_v J = 2 A^T A v - 2 A^T c$$

Setting the gradient to zero:

$$2 A^T A v - 2 A^T c = 0$$

"""
NORMAL_2 = "$$A^T A v = A^T c$$"
LEAVING = [
    "Gradient descent starts with an arbitrary $v$. Then ",
    "For every $v$ we have ",
    "In general, $v$ is not optimal. Then ",
    "During training ",
    "With a learning rate of 1 ",
]


@pytest.mark.parametrize("words", LEAVING)
def test_words_leave_the_optimum(words: str) -> None:
    normal = NORMAL_2
    assert outcomes(FIT + "Hence " + normal) == ["proved", "proved"]
    assert outcomes(FIT + words + normal) == ["proved", "unproved"]
    assert outcomes(FIT + words + normal + "\n\nAt the optimum, " + normal)[1:] == [
        "unproved",
        "proved",
    ]


def test_words_behind_leave_the_optimum() -> None:
    page = (
        r"Let $f(x) = x^2 - 2 a x$. Then $f'(x) = 2 x - 2 a$. Set $f'(x) = 0$:"
        "\n\n$$2 x - 2 a = 0$$\n\nThe function is then "
    )
    assert outcomes(page + "$$f(x) = -a^2$$ for all $a$.") == ["proved", "proved"]
    assert outcomes(page + "$$f(x) = -a^2$$ for all $x$.") == ["proved", "unproved"]


def test_a_method_is_no_place() -> None:
    title = "## Optimization by gradient descent\n\n"
    assert outcomes(FIT + title + NORMAL_2)[-1] != "proved"
    assert outcomes(FIT + "## The optimum\n\n" + NORMAL_2)[-1] == "proved"


def test_two_functions_are_least_at_two_places() -> None:
    page = (
        r"Let $f(x) = x^2 - 2 a x$. $\frac{df}{dx} = 2 x - 2 a$. Setting the derivative to zero "
        r"gives $2 x - 2 a = 0$. Let $g(x) = x^3 - 3 b x$. $\frac{dg}{dx} = 3 x^2 - 3 b$. Setting "
        r"the derivative to zero gives $3 x^2 - 3 b = 0$. Hence "
    )
    assert outcomes(page + "$$3 x^2 + 1 = 3 b + 1$$")[-1] == "proved"
    assert outcomes(page + "$$3 a^2 + 1 = 3 b + 1$$")[-1] == "unproved"


def test_what_is_set_to_zero_may_be_made_of_what_moves() -> None:
    page = (
        r"Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ and $L = -\sum_i t_i \log p_i$ with "
        r"$\sum_i t_i = 1$. $$\frac{\partial L}{\partial z_i} = p_i - t_i$$ Setting this to zero: "
    )
    assert outcomes(page + "$$p_i - t_i = 0$$") == ["proved"]
    assert outcomes(page.replace("p_i - t_i$$", "t_i - p_i$$") + "$$p_i - t_i = 0$$") == ["refuted"]


PLACES = [
    "At $a = b$, $L = 0$.",
    "The minimum is $a = b$.",
    "The minimum is at $a = b$.",
    "It vanishes iff $a = b$.",
    "Near $a = b$ it is small.",
    "Gradient descent converges to $a = b$.",
]


@pytest.mark.parametrize("said", PLACES)
def test_a_place_is_no_definition(said: str) -> None:
    page = rf"Let $L = (a - b)^2$. {said} The derivative is $$\frac{{dL}}{{da}} = 2 (a - b)$$"
    assert outcomes(page)[-1] == "proved"
    assert outcomes(page.replace("2 (a - b)$", "3 (a - b)$"))[-1] in ("refuted", "unproved")


def test_a_slope_at_a_place() -> None:
    page = "Let $f(x) = x^2$. The derivative at $x = a$ is $2 a$. "
    assert outcomes(page + "$$f'(x) = 2 x$$")[-1] == "proved"
    assert outcomes(page + "$$f'(x) = 2 a$$")[-1] != "proved"


ELSEWHERE = [
    "Now consider the function $h(v) = v^2$. It satisfies",
    "Note that, as a function of $v$, it is a parabola:",
    "Let us check this by expanding the square:",
    "If there is no closed form, one iterates. One step changes it by",
    "**Exercise 2.** Expand the square.",
]


@pytest.mark.parametrize("words", ELSEWHERE)
def test_what_does_not_go_on_is_said_of_all_values(words: str) -> None:
    page = (
        r"Let $J(v) = (v - a)^2$. $$\frac{dJ}{dv} = 2 (v - a)$$ Setting the derivative to zero:"
        "\n\n$$2 (v - a) = 0$$\n\n"
    )
    wrong = "$$(v - a)^2 = v^2 - a^2$$"
    assert outcomes(page + words + "\n\n" + wrong)[-1] == "unproved"
    assert outcomes(page + words + "\n\n$$(v - a)^2 = v^2 - 2 a v + a^2$$")[-1] == "proved"
    for on in ("Hence", "Then we have", "The least value is", ""):
        assert outcomes(page + on + "\n\n" + wrong)[-1] == "proved"


TOLD = r"""The Lagrangian is
$$F(u, c, a) = \frac{1}{2} u^T u - \sum_{i=1}^n a_i (s_i (u^T p_i + c) - 1)$$

We set the derivatives with respect to $u$ and $c$ to zero:

$$\frac{\partial F}{\partial u} = u - \sum_{i=1}^n a_i s_i p_i = 0$$

$$\frac{\partial F}{\partial c} = -\sum_{i=1}^n a_i s_i = 0$$

The first condition tells us that

$$u = \sum_{i=1}^n a_i s_i p_i$$

The second says

$$\sum_{i=1}^n a_i s_i = 0$$

Plugging both into the Lagrangian eliminates $u$ and $c$:
"""


def test_conditions_that_are_told_one_by_one() -> None:
    """Also where the derivative, as that by c, holds nothing that was varied."""
    assert set(outcomes(TOLD + DUAL)) == {"proved"}
    assert outcomes(TOLD.replace("$$u = ", "$$u = 2 ") + DUAL)[2] == "refuted"
    assert outcomes(TOLD + DUAL.replace(r"\frac{1}{2}", ""))[-1] == "refuted"


def test_what_setting_a_gradient_to_zero_gives_has_to_follow() -> None:
    """It was supposed, whatever it said, where ``= 0`` itself is not written."""
    page = (
        r"Let $E(v) = \|A v - c\|^2$ for a matrix $A$ and vectors $v$ and $c$."
        "\n\n"
        r"$$\nabla_v E = 2 A^T (A v - c)$$"
        "\n\n"
        r"Setting this to zero gives $A^T A v = A^T c$."
    )
    assert outcomes(page) == ["proved", "proved"]
    assert outcomes(page.replace("$A^T A v = A^T c$", "$A A^T v = A^T c$"))[1] in WRONG
    assert outcomes(page.replace("$A^T A v = A^T c$", "$A^T A v = 2 A^T c$")) == [
        "proved",
        "refuted",
    ]
