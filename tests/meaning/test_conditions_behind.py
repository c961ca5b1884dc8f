"""Conditions that stand behind what they are said of: "A if x > 0, and B if x < 0"."""

from __future__ import annotations

import pytest

import derive
from derive.report.wording import formula

SOFTMAX = r"Let $p_i = e^{z_i} / \sum_j e^{z_j}$. "
RELU = r"Let $f(x) = \max(0, x)$. "
ELU = r"Let $f(x) = \begin{cases} x & x > 0 \\ a (e^x - 1) & x \leq 0 \end{cases}$. "
LOSS = r"Let $L = -y \log p - (1 - y) \log (1 - p)$. "

# Each text, and its last step wrong.
PAGES = [
    (
        SOFTMAX + r"Then $\frac{\partial p_i}{\partial z_k} = p_i (1 - p_i)$ if $i = k$, and "
        r"$\frac{\partial p_i}{\partial z_k} = -p_i p_k$ if $i \neq k$.",
        "= -p_i p_k",
        "= p_i p_k",
    ),
    (
        SOFTMAX + r"If $i = k$ then $\frac{\partial p_i}{\partial z_k} = p_i (1 - p_i)$, and "
        r"$\frac{\partial p_i}{\partial z_k} = -p_i p_k$ if $i \neq k$.",
        "= -p_i p_k",
        "= p_i p_k",
    ),
    (
        SOFTMAX + r"The derivative $\frac{\partial p_i}{\partial z_k}$ is $p_i (1 - p_i)$ if "
        r"$i = k$, and $-p_i p_k$ if $i \neq k$.",
        "$-p_i p_k",
        "$p_i p_k",
    ),
    (RELU + "Then $f'(x) = 1$ if $x > 0$, and $f'(x) = 0$ if $x < 0$.", "= 0$ if", "= 1$ if"),
    (RELU + "Then $f'(x) = 1$ for $x > 0$ and $0$ for $x < 0$.", "$0$ for", "$2$ for"),
    (RELU + "Then $f'(x) = 1$ when $x > 0$ and $0$ otherwise.", "$0$ other", "$2$ other"),
    (RELU + "If $x > 0$, then $f'(x) = 1$; if $x < 0$, then $f'(x) = 0$.", "= 0$.", "= 1$."),
    (
        RELU + r"$$f'(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}$$",
        "0 & ",
        "-1 & ",
    ),
    (
        RELU + r"$$f'(x) = \begin{cases} 1 & x \geq 0 \\ 0 & x < 0 \end{cases}$$",
        "0 & x <",
        "1 & x <",
    ),
    (
        ELU + r"$$f'(x) = \begin{cases} 1 & x > 0 \\ f(x) + a & x \leq 0 \end{cases}$$",
        "f(x) + a & x",
        "f(x) - a & x",
    ),
    (
        r"We have $\sqrt{x^2} = x$ when $x \geq 0$ and $\sqrt{x^2} = -x$ when $x < 0$.",
        "= -x",
        "= 2x",
    ),
    (r"Then $|u|=u$ for $u\ge0$ and $|u|=-u$ for $u<0$.", "=-u", "=2u"),
    (r"Then $|u| = u$ for $u>0$, $|u| = -u$ for $u<0$.", "= -u", "= 2u"),
    (r"We have $\frac{a b}{a} = b$ if $a \neq 0$.", "= b", "= a"),
    (r"$\log(ab) = \log a + \log b$ if $a > 0$ and $b > 0$.", "a + ", "a - "),
    (
        LOSS + r"Then $L = -\log p$ if $y = 1$, and $L = -\log(1 - p)$ if $y = 0$.",
        r"-\log(1 - p)$ if",
        r"\log(1 - p)$ if",
    ),
    (
        r"Let $t_i = 1$ if $i = c$, and $t_i = 0$ if $i \neq c$. Then $\sum_i t_i a_i = a_c$.",
        "= a_c",
        "= 2 a_c",
    ),
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(("text", "right", "wrong"), PAGES)
def test_each_clause_is_judged_under_its_own_condition(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    found = outcomes(text)
    assert found
    assert set(found) == {"proved"}
    *others, last = outcomes(text.replace(right, wrong))
    assert set(others) <= {"proved"}
    assert len(others) == len(found) - 1
    assert last in ("refuted", "conditional")


def test_a_condition_is_over_with_its_clause() -> None:
    text = RELU + "Then $f'(x) = 1$ if $x > 0$. The slope is $f'(x) = 1$."
    assert outcomes(text) == ["proved", "conditional"]


def test_what_follows_from_a_clause_is_said_under_its_condition() -> None:
    assert outcomes(r"We have $|a| = a$ if $a > 0$, so $|a| + a = 2 a$.") == ["proved", "proved"]


@pytest.mark.parametrize(
    "between", [", and ", " and ", "; and ", ", while ", ", and therefore ", ",\nand\n\n"]
)
@pytest.mark.parametrize("condition", ["for $a > 0$", "if $a > 0$", "when $a > 0$"])
def test_what_comes_after_a_condition_is_claimed(condition: str, between: str) -> None:
    start = f"We have $|a| = a$ {condition}{between}"
    assert outcomes(start + r"$\log e^x = 2 x$.") == ["proved", "unproved"]
    assert outcomes(start + r"$\frac{a^2}{|a|} = a$.") == ["proved", "proved"]
    assert outcomes(start + r"$\frac{a^2}{|a|} = 2 a$.") == ["proved", "refuted"]


def test_two_conditions_behind_a_claim() -> None:
    text = r"We have $|a b| = a b$ for $a > 0$ and $b > 0$, and $|a| |b| = a b$."
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("= a b$.", "= a$.")) == ["proved", "refuted"]


def test_a_value_for_two_names() -> None:
    assert outcomes("Let $c = d = 2$. Then $c d = 4$.") == ["proved"]
    assert outcomes("Let $c = d = 2$. Then $c d = 5$.") == ["refuted"]


def test_an_edge_without_a_value_is_named() -> None:
    text = RELU + r"For $x \geq 0$, $f'(x) = 1$."
    (step,) = derive.check(text, format="markdown").claims
    assert step.verdict is not None
    assert step.verdict.outcome == "proved"
    assert step.verdict.conditions == (r"x \neq 0",)


def test_an_edge_with_another_value_refutes() -> None:
    step = r"Let $f(x) = \begin{cases} 1 & x > 0 \\ 0 & x \leq 0 \end{cases}$. "
    assert outcomes(step + r"For $x \geq 0$, $f(x) = 1$.") in (["refuted"], ["conditional"])
    assert outcomes(step + "For $x > 0$, $f(x) = 1$.") == ["proved"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("is $2 x$", "proved"),
        ("is simply $2 x$", "proved"),
        ("is then given by $2 x$", "proved"),
        ("equals $2 x$ for $x > 0$", "proved"),
        ("is $3 x$", "refuted"),
        ("becomes $3 x$", "refuted"),
    ],
)
def test_a_derivative_is_what_the_words_say(words: str, expected: str) -> None:
    text = r"Let $f(x) = x^2$. Its slope $\frac{df}{dx}$ " + words + "."
    assert outcomes(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        r"The gradient $\frac{\partial L}{\partial W}$ is $m \times n$.",
        r"The gradient $\frac{\partial L}{\partial W}$ is $\neq 0$.",
        r"The norm of $\frac{\partial L}{\partial w}$ is $3 a$.",
        r"The largest slope $f'(x)$ is $2 a$.",
        r"Find the point where $f'(x)$ is $0$.",
        r"At the minimum, the derivative $f'(x)$ is $0$.",
        r"The gradient $\frac{\partial L}{\partial y}$ is $\delta$ in our notation.",
        r"Here $\nabla L$ is $n$-dimensional.",
    ],
)
def test_what_a_derivative_is_like_is_no_equation(text: str) -> None:
    assert outcomes(text) == []


LOSS_OF_W = "Let $L = (w x - y)^2$. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The derivative of $x^2$ is $2 x$.", ["proved"]),
        ("The derivative of $x^2$ is $3 x$.", ["refuted"]),
        ("The derivative of $e^{2 x}$ with respect to $x$ is $2 e^{2 x}$.", ["proved"]),
        ("Differentiating $x^2$ gives $3 x$.", ["refuted"]),
        (LOSS_OF_W + "The gradient of $L$ w.r.t. $w$ is $2 (w x - y) x$.", ["proved"]),
        (LOSS_OF_W + "The gradient of $L$ with respect to $w$ is\n$$2 (w x + y) x$$", ["refuted"]),
        # Nothing is claimed of these.
        ("The derivative of $x^2$ is not $3 x$.", []),
        ("One may think that the derivative of $x^2$ is $3 x$.", []),
        ("The second derivative of $x^2$ is $3 x$.", []),
        ("The gradient of $x$ is $n$-dimensional.", []),
        ("The derivative of $W$ is $m \\times n$.", []),
        ("The derivative of $a x^2$ is $2 x$.", []),
    ],
)
def test_the_derivative_of_something_in_words(text: str, expected: list[str]) -> None:
    assert outcomes(text) == expected


def test_what_words_say_is_shown_as_a_formula() -> None:
    (step,) = derive.check("The derivative of $x^2$ is $3 x$.", format="markdown").claims
    assert step.statement.left == r"\frac{\partial}{\partial x}\left(x^2\right)"
    assert (step.statement.relation, step.statement.right) == ("equals", "3 x")
    assert (step.statement.place.line, step.statement.place.column) == (1, 20)
    assert formula(step.statement) == "∂/∂x (x²) equals 3x"


def test_a_word_between_two_formulas_is_no_factor() -> None:
    (step,) = derive.check("The derivative of $\\log x$ is $2/x$.", format="markdown").claims
    assert formula(step.statement) == "∂/∂x (log x) equals 2/x"


@pytest.mark.parametrize(
    ("given", "said", "outcome"),
    [
        (r"p = \frac{1}{1 + e^{-z}}", "$p$ is $p (1 - p)$", "proved"),
        (r"p = \frac{1}{1 + e^{-z}}", "$p$ is $1$", "refuted"),
        (r"p = \frac{1}{1 + e^{-z}}", "$p^2$ is $2 p$", "refuted"),
        (r"p = \frac{1}{1 + e^{-z}}", r"$\log p$ is $1 - p$", "proved"),
        ("f(x) = x^3", "$f$ is $3 x^2$", "proved"),
        ("f(x) = x^3", "$f$ is $3 f^2$", "refuted"),
    ],
)
def test_the_derivative_of_what_is_defined(given: str, said: str, outcome: str) -> None:
    """It is by what the name is made of, and not by the name."""
    (claim,) = derive.check(f"Let ${given}$. The derivative of {said}.").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == outcome


def test_the_derivative_of_what_is_made_of_two() -> None:
    assert not derive.check("Let $p = a z$. The derivative of $p$ is $1$.").claims


@pytest.mark.parametrize(
    "behind",
    [
        r"with $\sum_k p_k = 1$.",
        r", assuming that $\sum_k p_k = 1$.",
        r"under the constraint $\sum_k p_k = 1$.",
        r"(with $\sum_k p_k = 1$).",
    ],
)
def test_a_constraint_behind_a_step_is_said_of_it(behind: str) -> None:
    text = r"Let $G = 1 - \sum_k p_k^2$. Then $G = \sum_k p_k (1 - p_k)$ "
    assert outcomes(text + behind) == ["proved"]
    assert outcomes(text.replace("(1 - p_k)", "(1 + p_k)") + behind) == ["refuted"]


@pytest.mark.parametrize(
    "after",
    [
        r"; with $\sum_k p_k = 1$ we get $a = a \sum_k p_k$.",
        r". With $\sum_k p_k = 1$, $a = a \sum_k p_k$.",
        r", but with $\sum_k a_k = 1$.",
    ],
)
def test_a_constraint_of_the_next_step_is_not_said_of_the_one_before(after: str) -> None:
    text = r"Let $G = 1 - \sum_k p_k^2$. Then $G = \sum_k p_k (1 - p_k)$"
    assert outcomes(text + after)[0] != "proved"


CASES = r"""$$p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$$

if $i = jCOLON$
$$\frac{\partial p_i}{\partial z_j} = p_j (1 - p_i)$$

if $i \neq jCOLON$
$$\frac{\partial p_i}{\partial z_j} = -p_i p_j$$
"""


@pytest.mark.parametrize("colon", [":", ""])
def test_a_small_if_that_leads_to_a_display(colon: str) -> None:
    text = CASES.replace("COLON", colon)
    claims = derive.check(text, format="markdown").claims
    assert [j.verdict.outcome for j in claims if j.verdict] == ["proved", "proved"]
    turned = text.replace(r"i \neq", "i !").replace("i = j", r"i \neq j").replace("i !", "i =")
    claims = derive.check(turned, format="markdown").claims
    assert [j.verdict.outcome for j in claims if j.verdict] == ["refuted", "refuted"]


def test_a_small_if_behind_each_display() -> None:
    text = r"""Let $p_i = e^{z_i} / \sum_k e^{z_k}$. Then

$$\frac{\partial p_i}{\partial z_j} = p_j (1 - p_i)$$

if $i = j$

$$\frac{\partial p_i}{\partial z_j} = -p_i p_j$$

if $i \neq j$.
"""
    claims = derive.check(text, format="markdown").claims
    assert [j.verdict.outcome for j in claims if j.verdict] == ["proved", "proved"]
