"""Which equations define, and what is then claimed."""

from __future__ import annotations

import pytest

import derive
from derive.logic.terms import Application, Delta, Derivative
from tests.meaning.reading import (
    LOSS,
    SOFTMAX,
    claims,
    exp,
    index,
    kinds,
    log,
    minus,
    number,
    over,
    sides,
    statements,
    total,
    var,
)

I, J, K = index("i"), index("j"), index("k")


def test_the_first_equation_for_a_name_defines_it() -> None:
    (statement,) = statements(SOFTMAX)
    (definition,) = statement.definitions
    assert statement.kind == "definition"
    assert (definition.name, definition.indices) == ("p", (I,))
    assert definition.body is over(exp(var("x", I)), total(J, exp(var("x", J))))


def test_a_second_equation_for_the_name_is_a_claim() -> None:
    assert kinds(SOFTMAX + r"$$p_i = \frac{e^{x_i}}{2}$$") == ["definition", "claim"]


def test_a_chain_defines_once_and_claims_the_rest() -> None:
    assert kinds(r"$$A = x + x = 2x$$") == ["definition", "claim"]
    assert sides(r"$$A = x + x = 2x$$")[1].factors == (number(2), var("x"))  # type: ignore[attr-defined]


def test_each_step_of_a_chain_relates_its_neighbours() -> None:
    text = SOFTMAX + r"$$\begin{aligned} \log p_i &= x_i - s \\ &= x_i - 2s \end{aligned}$$"
    first, second = claims(text)
    assert second.left == "x_i - s"
    assert second.right == "x_i - 2s"
    assert first.place.line == second.place.line


def test_a_derivative_on_the_left_is_a_claim() -> None:
    text = SOFTMAX + LOSS + r"$$\frac{\partial H}{\partial x_k} = p_k - q_k$$"
    left, right = sides(text)
    assert left is Derivative(var("H"), var("x", K))
    assert right is minus(var("p", K), var("q", K))


def test_a_name_that_mentions_itself_is_not_defined() -> None:
    assert kinds(r"$$w = w - \alpha g$$") == ["claim"]


def test_a_definition_may_stand_on_the_right() -> None:
    text = r"We let $\sum_j e^{x_j} = \Sigma$ in what follows."
    (statement,) = statements(text)
    (definition,) = statement.definitions
    assert definition.name == "\\Sigma"
    assert definition.body is total(J, exp(var("x", J)))


def test_a_local_definition_keeps_the_letter_that_it_does_not_write() -> None:
    text = r"Here, $u = e^{x_j}$. Then $\frac{\partial u}{\partial x_k} = 0$."
    left, right = sides(text)
    assert left is Derivative(var("u", J), var("x", K))
    assert right is number(0)


def test_a_theorem_about_any_two_functions() -> None:
    text = r"If $f(x) = \frac{u(x)}{v(x)}$, then $f'(x) = \frac{u'(x)v(x) - u(x)v'(x)}{v(x)^2}$."
    x = var("x")
    left, _ = sides(text)
    assert left is Derivative(Application("f", (), (x,), (0,)), x)
    (claim,) = claims(text)[-1].readings[0].claims
    (definition,) = claim.context.definitions
    assert definition.arguments == ("x",)
    assert Application("u", (), (x,), (0,)) in definition.body.factors  # type: ignore[attr-defined]


def test_cases_over_indices_are_deltas() -> None:
    text = r"$$M_{ij} = \begin{cases} a_i & \text{if } i = j \\ 0 & \text{otherwise} \end{cases}$$"
    (definition,) = statements(text)[0].definitions
    first = definition.body.terms[0]  # type: ignore[attr-defined]
    assert first.factors == (var("a", I), Delta(I, J))


def test_a_letter_that_is_free_and_bound_is_noted_and_kept_apart() -> None:
    (statement,) = statements(r"$$p_i = \frac{e^{x_i}}{\sum_i e^{x_i}}$$")
    (definition,) = statement.definitions
    assert definition.body is over(exp(var("x", I)), total(I, exp(var("x", I))))
    assert "i" in statement.note


def test_a_letter_that_leaks_out_of_its_sum_is_free() -> None:
    right = sides(r"$$\left(\sum_j q_j\right) x_j = \sum_j q_j x_j$$")
    assert right[0].factors == (total(J, var("q", J)), var("x", J))  # type: ignore[attr-defined]


@pytest.mark.parametrize("written", [r"\ln", r"\log", r"\text{log}", "log"])
def test_logarithms_are_natural(written: str) -> None:
    left, _ = sides(rf"$$2 {written}(x) = {written}(x) + {written}(x)$$")
    assert left.factors[1] is log(var("x"))  # type: ignore[attr-defined]


def test_a_new_name_on_the_right_is_what_the_left_side_is_called() -> None:
    page = r"We have $\frac1m \sum_{i=1}^m y_i = \bar y$. $$\sum_{i=1}^m (y_i - \bar y) = 0$$"
    assert [s.kind for s in statements(page)] == ["definition", "claim"]
    verdict = derive.check(page).claims[0].verdict
    assert verdict is not None
    assert verdict.outcome == "proved"
    verdict = derive.check(page.replace("= 0$$", "= 1$$")).claims[0].verdict
    assert verdict is not None
    assert verdict.outcome == "refuted"


def test_a_name_with_a_meaning_on_the_right_is_claimed_of() -> None:
    page = r"Let $\mu = \sum_i y_i$. Then $\sum_i y_i + 1 = \mu$."
    assert [s.kind for s in statements(page)] == ["definition", "claim"]


def test_what_comes_out_is_called_by_a_new_name_with_an_index() -> None:
    page = (
        r"$$E = \frac12 \sum_j (p_j - y_j)^2$$"
        r"$$\frac{\partial E}{\partial p_j} = p_j - y_j = g_j$$"
        r"$$\sum_j g_j = \sum_j p_j - \sum_j y_j$$"
    )
    assert kinds(page) == ["definition", "claim", "definition", "claim"]
    outcomes = [j.verdict.outcome for j in derive.check(page).claims if j.verdict]
    assert outcomes == ["proved", "proved"]
    page = page.replace(r"p_j - \sum", r"p_j + \sum")
    assert [j.verdict.outcome for j in derive.check(page).claims if j.verdict][-1] == "refuted"


def test_a_logarithm_says_what_an_indexed_name_is() -> None:
    text = (
        "Since\n"
        r"$$\log u_i = x_i - \log \sum_k e^{x_k}$$"
        "\nwe get\n"
        r"$$\frac{\partial \log u_i}{\partial x_j} = \delta_{ij} - u_j$$"
    )
    outcomes = [j.verdict.outcome for j in derive.check(text).claims if j.verdict]
    assert outcomes == ["proved"]
    wrong = text.replace("- u_j", "+ u_j")
    assert [j.verdict.outcome for j in derive.check(wrong).claims if j.verdict] == ["refuted"]
