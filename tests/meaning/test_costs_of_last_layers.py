"""Costs of a network's output that are said late, in passing, or by way of those of examples."""

from __future__ import annotations

import pytest

import derive
from derive.report.wording import point

NETWORK = (
    r"In layer $l$, $$z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j$$ and $a^l_j = \sigma(z^l_j)$."
    "\n\n"
)
ERROR = r"The error is $$\delta^l_j = \frac{\partial C}{\partial z^l_j}.$$" "\n\n"
RIGHT_AND_WRONG = [
    (r"\delta^L_j = \frac{\partial C}{\partial a^L_j} \sigma'(z^L_j)", r"\sigma'(", r"\sigma("),
    (r"\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l)", r"\sigma'(", r"\sigma("),
    (r"\frac{\partial C}{\partial b^l_j} = \delta^l_j", r"= \delta", r"= 2 \delta"),
    (r"\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k \delta^l_j", r"a^{l-1}_k", r"a^l_k"),
]


def outcomes(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [j.verdict.outcome for j in report.claims if j.verdict]


@pytest.mark.parametrize(("right", "piece", "other"), RIGHT_AND_WRONG)
def test_a_cost_is_made_of_the_output_by_way_of_those_of_examples(
    right: str, piece: str, other: str
) -> None:
    cost = r"The cost is $$C = \frac{1}{n} \sum_x C_x$$ with $C_x = \frac{1}{2} \|y - a^L\|^2$. "
    page = NETWORK + cost + ERROR + r"Then $$%s$$"
    assert outcomes(page % right) == ["proved"]
    assert outcomes(page % right.replace(piece, other))[0] in ("refuted", "unproved")


@pytest.mark.parametrize(("right", "piece", "other"), RIGHT_AND_WRONG[1:])
def test_a_cost_of_two_layers_is_not_known_by_the_last_alone(
    right: str, piece: str, other: str
) -> None:
    cost = (
        r"The cost is $$C = \frac{1}{n} \sum_x C_x$$ with "
        r"$C_x = \frac{1}{2} \|y - a^L\|^2 + \sum_k a^{L-1}_k$. "
    )
    page = NETWORK + cost + ERROR + r"Then $$%s$$"
    assert outcomes(page % right) == ["unproved"]
    assert outcomes(page % right.replace(piece, other)) == ["unproved"]


@pytest.mark.parametrize(("right", "piece", "other"), RIGHT_AND_WRONG[2:])
def test_layers_may_be_explained_where_they_are_used(right: str, piece: str, other: str) -> None:
    page = (
        ERROR + r"Since $a_j^l = \sigma(z_j^l)$, $$%s$$ "
        r"Here is $$z_k^{l+1} = \sum_j w_{kj}^{l+1} a_j^l + b_k^{l+1}.$$"
    )
    assert outcomes(page % right) == ["proved"]
    assert outcomes(page % right.replace(piece, other))[0] in ("refuted", "unproved")


def test_the_cost_may_come_behind_the_error_of_the_output() -> None:
    page = (
        NETWORK + ERROR + r"For the output it is $$\delta^L_j = "
        r"\frac{\partial C}{\partial a^L_j} %s$$ For the quadratic cost "
        r"$$C = \frac{1}{2} \|y - a^L\|^2$$ this is $$\delta^L = %s \odot \sigma'(z^L).$$"
    )
    assert outcomes(page % (r"\sigma'(z^L_j)", "(a^L - y)")) == ["proved", "proved"]
    assert outcomes(page % (r"\sigma(z^L_j)", "(y - a^L)")) == ["unproved", "refuted"]


def test_a_condition_on_two_letters_says_nothing_where_only_one_stands() -> None:
    page = (
        r"Let $s = \sum_k u_k$. For $k \neq j$ the slope vanishes and $$a_j = 2 z_j.$$ Otherwise "
        r"$$c_{jk} = u_j$$ holds."
        "\n\n"
        r"Then $$\frac{\partial a_j}{\partial z_j} = %s$$"
    )
    assert outcomes(page % "2") == ["proved"]
    assert outcomes(page % "3") == ["refuted"]


def test_a_sum_without_an_index_runs_over_the_outputs_and_not_over_layers() -> None:
    page = NETWORK + (
        r"The cost is $$C = \sum (y_i - a^L_i)^2.$$ Then "
        r"$$\frac{\partial C}{\partial z^L_k} = 2 (a^L_k - y_k) %s$$"
    )
    assert outcomes(page % r"\sigma'(z^L_k)") == ["proved"]
    assert outcomes(page % r"\sigma(z^L_k)") == ["refuted"]


@pytest.mark.parametrize(("right", "piece", "other"), RIGHT_AND_WRONG[1:])
def test_a_name_that_is_used_for_something_else_from_here_on_is_no_more_what_it_was(
    right: str, piece: str, other: str
) -> None:
    page = (
        NETWORK + r"The cost is $$C = \frac{1}{n} \sum_x C_x.$$"
        "\n\n"
        r"For this section, we use $C$ to refer to the cost of one example (as opposed to "
        "earlier). " + ERROR + r"Then $$%s$$"
    )
    assert outcomes(page % right) == ["proved"]
    assert outcomes(page % right.replace(piece, other)) == ["refuted"]


def test_a_name_that_is_used_as_it_was_keeps_its_meaning() -> None:
    page = r"Let $C = 3 x^2$. We use $C$ to %s. Then $\frac{dC}{dx} = %s$."
    assert outcomes(page % ("find the slope", "6 x")) == ["proved"]
    assert outcomes(page % ("find the slope", "3 x")) == ["refuted"]
    other = "denote the cost of a batch from now on"
    assert outcomes(page % (other, "3 x")) == ["unproved"]


def test_a_counterexample_names_slopes_and_layers_as_their_author_does() -> None:
    page = NETWORK + ERROR + r"Then $$\frac{\partial C}{\partial w^l_{jk}} = a^l_k \delta^l_j$$"
    report = derive.check(page, format="markdown")
    (found,) = [j.verdict.counterexample for j in report.claims if j.verdict]
    assert found is not None
    assert "^{()}" not in point(found)
    assert "∂C/∂z = ((" in point(found)
