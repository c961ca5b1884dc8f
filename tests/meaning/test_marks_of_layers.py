"""Functions of a layer, errors of named layers, and of which layer or position a text speaks."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [j.verdict.outcome for j in report.claims if j.verdict]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"\tanh^{(k)}(Z^{(k)}) = \frac{1 - \exp(-2 Z^{(k)})}{1 + \exp(-2 Z^{(k)})}",
            r"\tanh^{(k)}(Z^{(k)}) = \frac{1 - \exp(-Z^{(k)})}{1 + \exp(-2 Z^{(k)})}",
        ),
        (
            r"\text{ReLU}^{[k]}(Z^{[k]}) = \max(Z^{[k]}, 0)",
            r"\text{ReLU}^{[k]}(Z^{[k]}) = \max(Z^{[k]}, 1)",
        ),
    ],
)
def test_a_function_with_the_mark_of_its_argument_is_that_of_a_layer(
    right: str, wrong: str
) -> None:
    assert outcomes(f"In layer $k$, $${right}$$") == ["proved"]
    assert outcomes(f"In layer $k$, $${wrong}$$") == ["refuted"]


def test_a_mark_in_brackets_of_no_layer_may_be_a_derivative() -> None:
    assert outcomes(r"Then $\tanh^{(2)}(x) = \tanh(x)$.") == ["unproved"]
    assert outcomes(r"Then $\tanh^{(2)}(x) = \tanh(x) \cdot \tanh(x)$.") == ["unproved"]


def test_the_output_and_the_hidden_layer_are_no_positions() -> None:
    page = (
        r"The error of the output layer is $$E_o = (\hat{y} - y) R'(Z_O)$$ with $Z_{11}$ the last "
        r"and $\hat{y} = R(Z_o)$, and that of the hidden one $$E_h = E_o W_o R'(Z_h).$$ "
        r"Then $E_h = (\hat{y} - y) R'(Z_O) W_o %s$."
    )
    assert outcomes(page % "R'(Z_h)") == ["proved"]
    assert outcomes(page % "R'(Z_o)") != ["proved"]


def test_the_layer_or_step_that_is_spoken_of_is_no_definition() -> None:
    page = (
        r"Let $z_i^{(l+1)} = \sum_j W_{ij}^{(l)} a_j^{(l)}$ with "
        r"$J = \frac{1}{2} \sum_i (a_i^{(n_l)} - y_i)^2$. For the last layer, $l = n_l$, we have "
        r"$$\frac{\partial J}{\partial a_i^{(n_l)}} = %s.$$ For previous layers, $l < n_l$, "
        r"it goes on."
    )
    assert outcomes(page % "a_i^{(n_l)} - y_i") == ["proved"]
    assert outcomes(page % "y_i - a_i^{(n_l)}") == ["refuted"]


def test_what_is_defined_for_the_last_step_is_said_of_no_other() -> None:
    page = (
        r"Let $s = \sum_t h_t$. For the last step, $t = T$, it is $o_t = 2 h_t$. For others, "
        r"$t < T$, it is $o_t = 3 h_t$."
        "\n\n"
        r"Then $\frac{\partial o_t}{\partial h_t} = %s$."
    )
    assert outcomes(page % "2") == ["unproved", "unproved"]
    assert outcomes(page % "3") == ["unproved", "unproved"]


@pytest.mark.parametrize("arrow", [r"\rightarrow", r"\to", r"\implies"])
def test_an_arrow_leads_from_a_condition_on_indices_to_what_holds(arrow: str) -> None:
    page = r"The softmax is $p_i = e^{z_i} / \sum_k e^{z_k}$. Then $$%s %s %s$$"
    slope = r"\frac{\partial p_i}{\partial z_j} = "
    assert outcomes(page % (r"i \neq j", arrow, slope + "-p_i p_j")) == ["proved"]
    assert outcomes(page % (r"i \neq j", arrow, slope + "p_i p_j")) == ["refuted"]
    assert outcomes(page % ("i = j", arrow, slope + "p_i (1 - p_i)")) == ["proved"]
    assert outcomes(page % ("i = j", arrow, slope + "-p_i p_i")) == ["refuted"]


def test_an_arrow_from_a_function_to_its_slope_is_no_condition() -> None:
    page = r"$$f(x, y) = x + y \quad \rightarrow \quad \frac{\partial f}{\partial x} = %s$$"
    assert outcomes(page % "1") == ["proved"]
    assert outcomes(page % "y") == ["refuted"]


def test_a_number_of_rows_and_columns_is_no_product() -> None:
    assert outcomes(r"When the size of $a$ is $N \times M - 1 = N \times 1$, we stop.") == [
        "unproved"
    ]
    assert outcomes(r"The shape of $A$ is $N \times M = M \times N$.") == ["unproved"]
    assert outcomes(r"Then $2 \times 3 = 6$ and $2 \times 3 = 5$.") == ["proved", "refuted"]


def test_a_function_of_numbers_is_applied_to_each_entry_of_a_column() -> None:
    page = (
        r"If the function is $f(x) = x^2$, then applied to a vector it is "
        r"$$f\left(\left[\begin{array}{c} 2 \\ 3 \end{array}\right]\right) = "
        r"\left[\begin{array}{c} f(2) \\ %s \end{array}\right]$$"
    )
    assert outcomes(page % "f(3)") == ["proved"]
    assert outcomes(page % "f(2)") == ["refuted"]


def test_a_function_says_what_it_depends_on_behind_an_arrow() -> None:
    page = (
        r"The neuron computes $x \rightarrow y = y(x)$. Later, $y = 2 x$, so $\frac{dy}{dx} = %s$."
    )
    assert outcomes(page % "2")[-1] == "proved"
    assert outcomes(page % "3")[-1] == "refuted"


def test_what_is_known_of_a_quantity_that_moves_says_what_it_is() -> None:
    page = (
        r"In index notation, in which repeated indices are summed, "
        r"$$y_{ij} = x_{ik} c_{kj} + b_j$$ "
        r"$$\frac{\partial y_{ij}}{\partial a_{pq}} = "
        r"x_{ik} \frac{\partial c_{kj}}{\partial a_{pq}}$$"
        "\n\n"
        r"As $C = A^T$, we know that $c_{kj} = a_{jk}$. So "
        r"$$\frac{\partial y_{ij}}{\partial a_{pq}} = "
        r"x_{ik} \frac{\partial a_{jk}}{\partial a_{pq}} = %s$$"
    )
    assert outcomes(page % r"x_{iq} \delta_{jp}") == ["proved"] * 3
    assert outcomes(page % r"x_{ip} \delta_{jq}")[-1] != "proved"
