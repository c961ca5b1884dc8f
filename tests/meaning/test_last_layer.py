"""The last layer L of a network, whose layers are counted by l, and its output a^L."""

from __future__ import annotations

import pytest

import derive

SINGLE = (
    r"In layer $l$, $$z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j$$ and $a^l_j = \sigma(z^l_j)$. "
    r"The error is $$\delta^l_j = \frac{\partial C}{\partial z^l_j}.$$ Then "
)
ABBREVIATED = (
    r"In layer $l$, $$a^{l} = \sigma(w^l a^{l-1} + b^l)$$ with $z^l = w^l a^{l-1} + b^l$. "
    r"The error is $$\delta^l_j = \frac{\partial C}{\partial z^l_j}.$$ Then "
)
QUADRATIC = r"The cost is $$C = \frac{1}{2} \sum_j (y_j - a^L_j)^2.$$ "
SIGMOID = r"Let $\sigma(z) = \frac{1}{1 + e^{-z}}$. "


def outcomes(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [j.verdict.outcome for j in report.claims if j.verdict]


RIGHT_AND_WRONG = [
    (r"\delta^L_j = \frac{\partial C}{\partial a^L_j} \sigma'(z^L_j)", r"\sigma'(", r"\sigma("),
    (
        r"\frac{\partial C}{\partial z^L_j} = "
        r"\frac{\partial C}{\partial a^L_j} \frac{\partial a^L_j}{\partial z^L_j}",
        r"= \frac{\partial C}{\partial a^L_j}",
        r"= 2 \frac{\partial C}{\partial a^L_j}",
    ),
    (
        r"\frac{\partial C}{\partial w^L_{jk}} = "
        r"\frac{\partial C}{\partial a^L_j} \sigma'(z^L_j) a^{L-1}_k",
        r"a^{L-1}_k",
        r"a^L_k",
    ),
    (r"\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k \delta^l_j", r"a^{l-1}_k", r"a^l_k"),
    (r"\frac{\partial C}{\partial b^l_j} = \delta^l_j", r"= \delta", r"= -\delta"),
    (
        r"\delta^l_j = \sum_k w^{l+1}_{kj} \delta^{l+1}_k \sigma'(z^l_j)",
        r"w^{l+1}_{kj}",
        r"w^{l+1}_{jk}",
    ),
]


@pytest.mark.parametrize(("claim", "right", "wrong"), RIGHT_AND_WRONG)
@pytest.mark.parametrize("network", [SINGLE, ABBREVIATED])
def test_the_four_equations_of_backpropagation(
    network: str, claim: str, right: str, wrong: str
) -> None:
    assert outcomes(network + f"$${claim}$$") == ["proved"]
    assert right in claim
    assert outcomes(network + f"$${claim.replace(right, wrong)}$$") != ["proved"]


def test_they_hold_of_a_cost_that_is_known() -> None:
    equations = "".join(f"$${claim}$$ " for claim, _, _ in RIGHT_AND_WRONG)
    known = outcomes(SIGMOID + QUADRATIC + SINGLE + equations)
    assert known == ["proved"] * len(RIGHT_AND_WRONG)


@pytest.mark.parametrize("network", [SINGLE, ABBREVIATED])
def test_a_cost_of_the_output_has_slopes_in_all_layers(network: str) -> None:
    known = SIGMOID + QUADRATIC + network
    assert outcomes(known + r"$$\delta^L_j = (a^L_j - y_j) \sigma'(z^L_j)$$") == ["proved"]
    assert outcomes(known + r"$$\delta^L_j = (a^L_j - y_j) a^L_j (1 - a^L_j)$$") == ["proved"]
    for wrong in (r"(y_j - a^L_j) \sigma'(z^L_j)", r"(a^L_j - y_j) a^L_j (1 + a^L_j)"):
        assert outcomes(known + rf"$$\delta^L_j = {wrong}$$") == ["refuted"]
    # of the layers before it says nothing
    assert outcomes(known + r"$$\delta^l_j = (a^l_j - y_j) \sigma'(z^l_j)$$") != ["proved"]


def test_a_loss_that_nothing_defines_may_have_any_slope() -> None:
    claim = r"$$\frac{\partial C}{\partial z^L_j} = z^L_j - y_j$$"
    assert outcomes(SINGLE + claim) == ["unproved"]
    assert outcomes(SINGLE + claim.replace("^L", "^l")) == ["unproved"]
    assert outcomes(SINGLE + r"$$\frac{\partial C}{\partial z^l_j} = 2 \delta^l_j$$") == ["refuted"]


@pytest.mark.parametrize(
    "place",
    [
        r"Take the $l^{th}$ layer and the $(l+1)^{th}$ one. ",
        r"From $\delta^L$ comes $\delta^{L-1}$, and so on. ",
        r"The loss of an example in words is $l(h, y)$. ",
        r"The identity $\sigma(z) = z$ is an example of what is left out here. ",
    ],
)
def test_the_letter_of_the_layers_is_one_whatever_else_is_said(place: str) -> None:
    claim = r"$$\frac{\partial z^l_j}{\partial w^l_{jk}} = a^{l-1}_k$$"
    assert outcomes(place + SINGLE + claim)[-1] == "proved"
    assert outcomes(place + SINGLE + claim.replace("= a^{l-1}_k", "= a^{l}_k"))[-1] != "proved"


def test_a_power_of_a_number_is_none_of_the_layers() -> None:
    text = r"Let $r > 0$. In layer $l$ the rate is $$r^{l+1} - r^l = r^l (r - 1).$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("(r - 1)", "(1 - r)")) == ["refuted"]


COST = r"""The cost of one example is $C_0 = \sum_j (a_j^{(L)} - y_j)^2$, where

$$z_j^{(L)} = \sum_k w_{jk}^{(L)} a_k^{(L-1)} + b_j^{(L)}$$

$$a_j^{(L)} = \sigma(z_j^{(L)})$$

"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"w_{jk}^{(L)}} = a_k^{(L-1)} \sigma'(z_j^{(L)}) 2 (a_j^{(L)} - y_j)$$",
            r"w_{jk}^{(L)}} = a_k^{(L)} \sigma'(z_j^{(L)}) 2 (a_j^{(L)} - y_j)$$",
        ),
        (
            r"b_j^{(L)}} = \sigma'(z_j^{(L)}) 2 (a_j^{(L)} - y_j)$$",
            r"b_j^{(L)}} = \sigma'(z_j^{(L)}) (a_j^{(L)} - y_j)$$",
        ),
    ],
)
def test_a_cost_by_the_parameters_of_the_last_layer(right: str, wrong: str) -> None:
    """What came before the last layer does not depend on its weights."""
    slope = COST + r"$$\frac{\partial C_0}{\partial "
    assert [j.verdict.outcome for j in derive.check(slope + right).claims if j.verdict] == [
        "proved"
    ]
    assert [j.verdict.outcome for j in derive.check(slope + wrong).claims if j.verdict] == [
        "refuted"
    ]
