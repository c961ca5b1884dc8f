"""What a text names or gives a value in passing: ``=: B``, two values of f, a typed letter."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


def kinds(text: str) -> list[str]:
    return [j.statement.kind for j in derive.check(text).judgements]


NAMED = r"""
$$q_i = \frac{e^{x_i}}{e^{x_i} + \sum_{k \neq i} e^{x_k}} =: \frac{e^{x_i}}{e^{x_i} + B}$$

and with this

$$\frac{\partial q_i}{\partial x_i} = \frac{B e^{x_i}}{(e^{x_i} + B)^2}$$
"""


def test_a_sign_turned_round_names_a_part_of_what_stands_before_it() -> None:
    assert kinds(NAMED) == ["definition", "definition", "claim"]
    assert outcomes(NAMED) == ["proved"]
    wrong = NAMED.replace(r"\frac{B e^{x_i}}", r"\frac{2 B e^{x_i}}")
    assert outcomes(wrong) == ["refuted"]


def test_what_is_named_in_a_way_that_was_not_read_is_kept_and_may_be_said_later() -> None:
    text = r"""
$$q_i = \frac{e^{x_i}}{\sum_k e^{x_k}} =: \frac{e^{x_i} S}{S^2}$$

$$\frac{\partial q_i}{\partial x_i} = \frac{S e^{x_i}}{S^2}$$

Let $S = \sum_k e^{x_k}$. Then $\frac{\partial S}{\partial x_i} = e^{x_i}$.
"""
    assert outcomes(text)[-1] == "proved"
    assert outcomes(text.replace("= e^{x_i}$.", "= 2 e^{x_i}$."))[-1] == "refuted"
    assert "refuted" not in outcomes(text)


def test_values_at_two_places_define_no_constant_function() -> None:
    text = r"Suppose: $$f(s, a_0) = 3, \quad f(s, a_1) = 1$$"
    assert kinds(text) == ["hypothesis", "hypothesis"]
    assert kinds("Let $h(s, u) = 3$, and $h(s, v) = 4$.") == ["hypothesis", "hypothesis"]


def test_a_function_that_is_defined_has_its_values() -> None:
    text = "Let $f(s, x) = 3 x$. Then $$f(s, 1) = 3, \\quad f(s, 2) = 5.$$"
    assert outcomes(text) == ["proved", "refuted"]


TYPED = r"""
We set u=exp(a<sub>0</sub>)+exp(a<sub>1</sub>). Then

$$\frac{\partial}{\partial a_0} \frac{e^{a_0}}{u} = \frac{e^{a_0} u - e^{2 a_0}}{u^2}$$
"""


def test_a_letter_that_words_define_is_not_taken_for_data() -> None:
    assert outcomes(TYPED) == ["unproved"]
    for code in ("u", "`u = exp(0.2)`"):
        other = TYPED.replace("u=exp(a<sub>0</sub>)+exp(a<sub>1</sub>)", code)
        assert outcomes(other) == ["refuted"]


CHAIN = r"""
Let $g_j = y_j (1 - y_j)$. Then

$$\begin{aligned}
c_h &= b_h \sum_{j} g_j w_{hj} \\
&= - e_h x
\end{aligned}$$
"""


def test_a_name_that_nothing_introduces_may_be_what_comes_out() -> None:
    assert outcomes(CHAIN) == ["unproved"]
    assert outcomes(CHAIN.replace("- e_h x", "2 c_h")) == ["refuted"]


SECTIONS = r"""
# Exercise 1

The mean is $m_k = \frac{1}{N} \sum_n x_{nk}$.

# Exercise 2

Let $s(x) = 1/(1+e^{-x})$. We introduce the shorthand notation $m_n = s(w^T x_n + b)$. Then

$$\frac{\partial m_n}{\partial b} = m_n (1 - m_n)$$
"""


def test_notation_that_is_introduced_is_defined_anew() -> None:
    assert outcomes(SECTIONS) == ["proved"]
    assert outcomes(SECTIONS.replace("(1 - m_n)$$", "(1 + m_n)$$")) == ["refuted"]


@pytest.mark.parametrize("introduced", ["with", "for"])
def test_numbers_of_several_pictures_are_no_definition(introduced: str) -> None:
    text = rf"""
The line is $y = a x - 1$. Here is the graph of $y$, {introduced} $a=+2$.
Two values are better than the others, $a=-1$ (left) and $a=+1$ (right).

The minimum at $a=+1$ is global.
"""
    assert "definition" not in kinds(text)[1:]
    assert set(outcomes(text)) <= {"proved", "unproved"}


RESPONSE = r"""
Let $u = w^T x$. The canonical response function is

$$g(u) = \mathbb{E}[T(y); u] = e^{u} = e^{w^T x}$$
"""


def test_a_sufficient_statistic_is_no_random_variable_above_a_vector() -> None:
    """The T of w^T is a transpose, and that of T(y) a function."""
    assert "refuted" not in outcomes(RESPONSE)
    assert outcomes(RESPONSE)[-1] == "proved"
    assert outcomes(RESPONSE.replace("= e^{w^T x}", "= e^{2 w^T x}"))[-1] == "refuted"
