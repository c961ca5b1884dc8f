"""Layers that only the letters below tell apart, and errors E that are no means."""

from __future__ import annotations

import re

import pytest

import derive


def verdicts(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims]


NETWORK = r"""
The hidden units compute $a_j = \sum_i w_{ji} x_i$ and $z_j = h(a_j)$, the outputs
$a_k = \sum_j w_{kj} z_j$ and $y_k = \sigma(a_k)$, where $\sigma(s) = \frac{1}{1 + e^{-s}}$ and
$h(s) = \tanh(s)$. The error is $E = \frac{1}{2} \sum_k (y_k - t_k)^2$.

Let $\delta_k = \frac{\partial E}{\partial a_k}$ and $\delta_j = \frac{\partial E}{\partial a_j}$.
"""

RIGHT = [
    r"\delta_k = (y_k - t_k) y_k (1 - y_k)",
    r"\frac{\partial E}{\partial w_{kj}} = \delta_k z_j",
    r"\delta_j = (1 - z_j^2) \sum_k w_{kj} \delta_k",
    r"\frac{\partial E}{\partial w_{ji}} = \delta_j x_i",
    r"\frac{\partial a_k}{\partial z_j} = w_{kj}",
    r"\frac{\partial E}{\partial x_i} = \sum_j w_{ji} \delta_j",
]

WRONG = [
    r"\delta_k = (t_k - y_k) y_k (1 - y_k)",
    r"\frac{\partial E}{\partial w_{kj}} = \delta_j z_j",
    r"\frac{\partial E}{\partial w_{kj}} = \delta_k a_j",
    r"\delta_j = (1 - z_j^2) w_{kj} \delta_k",
    r"\delta_j = (1 - z_j^2) \sum_k w_{jk} \delta_k",
    r"\frac{\partial E}{\partial w_{ji}} = \delta_k x_i",
    r"\frac{\partial E}{\partial x_i} = w_{ji} \delta_j",
]


@pytest.mark.parametrize("step", RIGHT)
def test_each_layer_has_quantities_of_its_own(step: str) -> None:
    assert verdicts(f"{NETWORK}\n$$ {step} $$\n")[-1] == "proved"


@pytest.mark.parametrize("step", WRONG)
def test_what_mixes_the_layers_is_refuted(step: str) -> None:
    """Of a delta it is conditional: the line might give the name another meaning."""
    assert verdicts(f"{NETWORK}\n$$ {step} $$\n")[-1] in ("refuted", "conditional")


def test_the_document_says_that_letters_stand_for_layers() -> None:
    assert "a with another letter is of another layer" in derive.check(NETWORK).guesses


def test_functions_with_the_letter_of_their_layer() -> None:
    text = r"""
Let $z_j = b_j + \sum_i a_i w_{ij}$ and $a_j = g_j(z_j)$, and let $z_k = b_k + \sum_j a_j w_{jk}$.

$$ \frac{\partial z_k}{\partial w_{ij}} = w_{jk} g_j'(z_j) a_i $$
$$ \frac{\partial z_k}{\partial b_j} = w_{jk} g_j'(z_j) $$
$$ \frac{\partial z_k}{\partial w_{ij}} = w_{jk} a_i $$
"""
    assert verdicts(text)[-3:-1] == ["proved", "proved"]
    assert verdicts(text)[-1] != "proved"


UNITS = r"""
We write $v_j = \sum_i w_{ij} o_i$ and $o_j = \varphi(v_j)$. The error is $E$.
"""


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (r"\frac{\partial v_j}{\partial w_{ij}} = o_i", "proved"),
        (r"\frac{\partial o_j}{\partial v_j} = \varphi'(v_j)", "proved"),
        (
            r"\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial o_j}"
            r" \frac{\partial o_j}{\partial v_j} \frac{\partial v_j}{\partial w_{ij}}",
            "proved",
        ),
        (r"\frac{\partial v_j}{\partial w_{ij}} = o_j", "refuted"),
        (r"\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial o_j} o_i", "refuted"),
    ],
)
def test_units_and_those_that_feed_them(step: str, outcome: str) -> None:
    assert verdicts(f"{UNITS}\n$$ {step} $$\n")[-1] == outcome


def test_units_that_feed_each_other_are_of_one_kind() -> None:
    text = r"""
Let $h_i = \sum_j w_{ij} s_j$ with $w_{ij} = w_{ji}$, and let the energy be
$E = -\frac{1}{2} \sum_i \sum_j w_{ij} s_i s_j$. The units are updated by $s_i = f(h_i)$.

$$ \frac{\partial E}{\partial s_i} = -\sum_j w_{ij} s_j $$
"""
    assert verdicts(text)[-1] == "proved"


BIASED = r"""
The activation of a unit is $a_j = \sum_{i=1}^D w_{ji} x_i + w_{j0}$, its output $z_j = h(a_j)$.
"""


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (r"\frac{\partial a_j}{\partial w_{ji}} = x_i", "proved"),
        (r"\frac{\partial a_j}{\partial w_{j0}} = 1", "proved"),
        (r"\frac{\partial z_j}{\partial w_{j0}} = h'(a_j)", "proved"),
        (r"\frac{\partial a_j}{\partial w_{j0}} = 0", "refuted"),
        (r"\frac{\partial a_j}{\partial w_{ji}} = 1", "refuted"),
    ],
)
def test_the_bias_of_a_unit_beside_its_weights(step: str, outcome: str) -> None:
    assert verdicts(f"{BIASED}\n$$ {step} $$\n")[-1] == outcome


def test_a_bias_among_the_weights() -> None:
    text = r"""With $x_0 = 1$ the activation is $a_j = \sum_{i=0}^D w_{ji} x_i$.

$$ \frac{\partial a_j}{\partial w_{ji}} = x_i $$
$$ \frac{\partial a_j}{\partial w_{j0}} = x_0 $$
"""
    assert verdicts(text)[-2:] == ["proved", "proved"]


# One layer, whatever letters are taken: nothing is told apart.
ONE_LAYER = [
    r"""Let $z_k = \sum_j w_{kj} x_j$. So $z_i = \sum_l w_{il} x_l$.""",
    r"""Let $z_k = \sum_j w_{kj} x_j$. So $z_j = \sum_i w_{ji} x_i$.""",
    r"""Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. So $p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}$.""",
]


@pytest.mark.parametrize("text", ONE_LAYER)
def test_other_letters_for_the_same_units(text: str) -> None:
    assert verdicts(text) == ["proved"]


def test_a_letter_of_no_layer_leaves_all_as_it_is() -> None:
    text = NETWORK + r"$$ \sum_l w_{kl} z_l = a_k $$"
    assert not any("layer" in guess for guess in derive.check(text).guesses)


ERROR = r"""
The error of one example is

$$ E_n(w) = -t_n \log y_n - (1 - t_n) \log (1 - y_n) $$

and that of all is $E(w) = \frac{1}{N} \sum_{n=1}^N E_n(w)$, where
$y_n = \frac{1}{1 + e^{-a_n}}$ and $a_n = w_0 x_n + w_1$.
"""


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (r"\frac{\partial E(w)}{\partial w_0} = \frac{1}{N} \sum_n (y_n - t_n) x_n", "proved"),
        (r"\frac{\partial E(w)}{\partial w_1} = \frac{1}{N} \sum_n (y_n - t_n)", "proved"),
        (r"\frac{\partial E(w)}{\partial w_1} = \frac{1}{N} \sum_n (y_n - t_n) x_n", "refuted"),
        (r"\frac{\partial E_n(w)}{\partial w_0} = (t_n - y_n) x_n", "refuted"),
    ],
)
def test_an_error_that_is_differentiated_is_no_mean(step: str, outcome: str) -> None:
    assert verdicts(f"{ERROR}\n$$ {step} $$\n")[-1] == outcome


def test_a_mean_that_is_not_differentiated_by_its_argument_stays_one() -> None:
    report = derive.check(r"Here $E(z) = m$ and $\frac{d E(z)}{d t} = 0$.")
    assert [j.statement.kind for j in report.judgements] == ["hypothesis", "claim"]


@pytest.mark.parametrize("layer", ["l", "(l)", r"\ell", "[l]"])
def test_layers_that_a_letter_above_counts(layer: str) -> None:
    before = layer.replace("l)", "l-1)").replace("l]", "l-1]")
    before = before if before != layer else f"{layer}-1"
    text = rf"""
Let $z^{{{layer}}}_j = \sum_k w^{{{layer}}}_{{jk}} a^{{{before}}}_k + b^{{{layer}}}_j$ and
$a^{{{layer}}}_j = \sigma(z^{{{layer}}}_j)$. The cost is $C$.

$$ \frac{{\partial C}}{{\partial w^{{{layer}}}_{{jk}}}}
   = a^{{{before}}}_k \frac{{\partial C}}{{\partial z^{{{layer}}}_j}} $$
$$ \frac{{\partial C}}{{\partial b^{{{layer}}}_j}}
   = \frac{{\partial C}}{{\partial z^{{{layer}}}_j}} $$
$$ \frac{{\partial C}}{{\partial w^{{{layer}}}_{{jk}}}}
   = a^{{{layer}}}_k \frac{{\partial C}}{{\partial z^{{{layer}}}_j}} $$
"""
    assert verdicts(text)[-3:-1] == ["proved", "proved"]
    assert verdicts(text)[-1] != "proved"


def test_vectors_of_layers_that_a_bare_letter_above_counts() -> None:
    text = r"""
The layers are $z^l = W^l a^{l-1} + b^l$ and $a^l = \sigma(z^l)$. With the cost $C$ let
$\delta^l = \frac{\partial C}{\partial z^l}$.

$$ \delta^l = ((W^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l) $$
$$ \frac{\partial C}{\partial b^l} = \delta^l $$
$$ \frac{\partial C}{\partial W^l} = \delta^l (a^{l-1})^T $$
$$ \frac{\partial C}{\partial b^l} = 2 \delta^l $$
$$ \frac{\partial C}{\partial W^l} = \delta^l (b^l)^T $$
"""
    bold = re.sub(r"([Wabz]|\\delta)\^", r"\\mathbf{\1}^", text)
    found = verdicts(bold)
    assert found[:3] == ["proved", "proved", "proved"]
    assert "proved" not in found[3:]
