"""How whole sentences and displays are read: nothing is hidden, nothing is invented."""

from __future__ import annotations

import pytest

from derive.logic.terms import Application, Delta, Derivative, Function, Label, Size, Sum
from tests.meaning.reading import (
    SOFTMAX,
    claims,
    index,
    kinds,
    number,
    sides,
    statements,
    total,
    var,
)

I, J, K = index("i"), index("j"), index("k")


# ------------------------------------------------------------------ steps that could hide


@pytest.mark.parametrize(
    "written",
    [
        r"$$s = \sum_i x_i$$ $$s \stackrel{?}{=} 3$$",
        r"$$s = \sum_i x_i$$ $$s \overset{(a)}{=} 3$$",
        r"$$s = \sum_i x_i$$ $$s = \stackrel{!}{=} 3$$",
        r"$$s = \sum_i x_i$$ $$s \equiv 3$$",
        r"$$s = \sum_i x_i$$ $$s := 3$$",
        r"$$s = \sum_i x_i \text{ and } s = 3$$",
        "$$s = \\sum_i x_i$$\n\n| step | claim |\n|---|---|\n| 1 | $s = 3$ |",
        r"$$s = \sum_i x_i$$ $$\implies s = 3$$",
    ],
)
def test_a_second_equation_is_a_claim_however_it_is_written(written: str) -> None:
    last = claims(written)[-1]
    assert (last.left, last.right) == ("s", "3")
    assert last.readings


@pytest.mark.parametrize("sign", [r"\approx", r"\propto", r"\to"])
def test_relations_that_are_no_equations_are_claims_without_a_reading(sign: str) -> None:
    (claim,) = claims(rf"$$x + y {sign} y + x$$")
    assert claim.readings == ()
    assert claim.message


def test_an_equals_sign_within_words_is_unread() -> None:
    assert "unread" in kinds(r"$$x + y \text{ where y = 2}$$")


def test_a_display_that_starts_with_a_relation_continues_the_one_before() -> None:
    (_, second) = claims(r"$$x + x = 2x$$" + "\n\n" + r"$$= 3x - x$$")
    assert (second.left, second.right) == ("2x", "3x - x")


def test_a_display_that_ends_with_a_relation_is_continued() -> None:
    text = r"$$x + x =$$" + "\n\n" + r"$$= 2x$$"
    (claim,) = claims(text)
    assert (claim.left, claim.right) == ("x + x", "2x")


# ------------------------------------------------------------------ definitions that are none


def test_two_names_do_not_define_each_other() -> None:
    assert kinds(r"$$a = b$$ $$b = a$$") == ["definition", "claim"]


def test_an_update_is_no_equation() -> None:
    statement = statements(r"We update the weights: $$w = w - \alpha g$$")[0]
    assert statement.kind == "definition"
    assert "update" in statement.message
    assert statement.definitions == ()


def test_a_value_in_a_sentence_about_cases_defines_nothing() -> None:
    text = r"We predict $y = 1$ if the score is large and $y = 0$ otherwise. $$y^2 = y$$"
    assert all(not s.definitions for s in statements(text))


def test_numbers_for_an_example_do_not_define() -> None:
    values = r"\begin{bmatrix} 0.5 \\ 0.25 \end{bmatrix}"
    text = rf"For example, $$\mathbf{{x}} = {values}$$ $$\sum_i x_i = 3$$"
    assert statements(text)[0].definitions == ()


def test_an_example_is_checked_with_the_numbers_given_for_it() -> None:
    text = (
        r"$$H = \sum_i x_i^2$$ $$\frac{\partial H}{\partial x} = 2 x$$ with $x \in \mathbb{R}^N$. "
        r"For example $$x = \begin{bmatrix} 0.5 \\ 0.25 \end{bmatrix}$$ "
        r"$$\frac{\partial H}{\partial x} = \begin{bmatrix} 1.0 \\ 0.7 \end{bmatrix}$$"
    )
    found = claims(text)[-1].readings[0].claims
    assert [c.right for c in found] == [number(1), number("7/10")]
    assert found[0].left.factors == (number(2), number("1/2"))  # type: ignore[attr-defined]


def test_what_a_step_puts_for_an_unclear_name_is_its_meaning() -> None:
    text = (
        r"$$p_j = \frac{e^j}{\sum_i e^i}$$ "
        r"$$\frac{\partial p_k}{\partial x_k} = \frac{\partial}{\partial x_k} e^{x_k}$$"
    )
    last = statements(text)[-1]
    assert [d.name for d in last.definitions] == ["p"]


def test_a_name_below_a_derivative_gets_its_meaning_there() -> None:
    left, right = r"\frac{\partial R}{\partial w}", r"\frac{\partial (\lambda w^2)}{\partial w}"
    text = rf"$${left} = {right} = 2 \lambda w$$"
    assert kinds(text) == ["definition", "claim"]


def test_a_variance_is_defined_by_its_square() -> None:
    text = r"$$\sigma^2 = \frac{1}{N} \sum_i x_i^2$$"
    (statement,) = statements(text)
    assert statement.definitions[0].name == "\\sigma"
    assert "positive root" in statement.note


# ------------------------------------------------------------------ functions and products


def test_brackets_after_a_name_with_a_value_are_a_factor() -> None:
    left, _ = sides(r"$$y = x$$ $$y(1-y) = y - y^2$$")
    assert left.factors[0] is var("y")  # type: ignore[attr-defined]


def test_brackets_after_a_name_with_an_index_are_a_factor() -> None:
    left, _ = sides(SOFTMAX + r"$$p_i(1-p_i) = p_i$$")
    assert left.factors[0] is var("p", I)  # type: ignore[attr-defined]


def test_a_function_of_the_document_is_applied() -> None:
    left, _ = sides(r"$$g(x) = x^2$$ $$g(a + b) = y$$")
    assert isinstance(left, Application)


def test_a_function_that_is_differentiated_stands_for_its_value() -> None:
    text = r"$$f(x, y) = x^2 y$$ $$f(1, 2) = 2$$ $$\frac{\partial f}{\partial x} = 2xy$$"
    left, _ = sides(text)
    x, y = var("x"), var("y")
    assert left is Derivative(Application("f", (), (x, y), (0, 0)), x)


def test_sigma_is_the_sigmoid_only_where_the_text_says_so() -> None:
    left, _ = sides(r"With the sigmoid $\sigma$: $$\sigma(w x) = 2 y$$")
    other, _ = sides(r"$$\sigma(w x) = 2 y$$")
    assert isinstance(left, Function)
    assert not isinstance(other, Function)


def test_arguments_may_only_say_what_a_quantity_depends_on() -> None:
    text = r"$$J(w) = \sum_i (w x_i - y_i)^2$$ $$\frac{dJ}{dw} = 2 \sum_i (w x_i - y_i) x_i$$"
    left, _ = sides(text)
    assert left is Derivative(var("J"), var("w"))


def test_a_probability_is_one_quantity_for_each_index_in_it() -> None:
    left, _ = sides(r"$$\sum_i P(y = i \mid x) = w$$")
    assert isinstance(left, Sum)
    assert left.body.indices == (left.index,)  # type: ignore[attr-defined]


def test_e_is_a_name_where_it_has_an_index() -> None:
    left, _ = sides(r"$$\sum_i e_i = y$$")
    assert left is total(I, var("e", I))


def test_the_loss_is_not_the_number_e() -> None:
    left, right = sides(r"$$E = w x$$ $$\frac{\partial E}{\partial w} = x e^0$$")
    assert left is Derivative(var("E"), var("w"))
    assert right.factors[1] is Function("exp", (number(0),))  # type: ignore[attr-defined]


# ------------------------------------------------------------------ other notation


def test_a_mean_without_an_upper_bound() -> None:
    (definition,) = statements(r"$$\mu = \frac{1}{N} \sum_i x_i$$")[0].definitions
    assert Size("N") in {f.base for f in definition.body.factors if hasattr(f, "base")}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "written",
    [r"\delta_{ik}", r"\mathbb{1}\{i = k\}", r"1_{i=k}", r"\mathbf{1}[i = k]"],
)
def test_deltas(written: str) -> None:
    text = SOFTMAX + rf"$$\frac{{\partial x_i}}{{\partial x_k}} = {written}$$"
    assert sides(text)[1] in (Delta(I, K), Delta(K, I))


def test_an_indicator_of_a_label() -> None:
    text = r"$$L_n = -\log p_{n, y_n}$$ $$\sum_k w_k p_{nk} = \sum_k w_k \mathbb{1}[k = y_n]$$"
    _, right = sides(text)
    deltas = [f for f in right.body.factors if isinstance(f, Delta)]  # type: ignore[attr-defined]
    assert isinstance(deltas[0].right, Label)


def test_a_missing_differential_is_understood_with_a_note() -> None:
    text = SOFTMAX + r"$$\frac{\partial}{x_k} p_k = p_k$$"
    (claim,) = claims(text)
    assert claim.note


def test_each_statement_has_its_section() -> None:
    text = "# One\n\n## Two\n\n$$x + x = 2x$$"
    assert claims(text)[0].section == ("One", "Two")


def test_words_beside_a_step_are_its_reasons() -> None:
    (claim,) = claims(r"$$x + x = 2x \quad \text{(collecting)}$$")
    assert "collecting" in " ".join(claim.reasons)
