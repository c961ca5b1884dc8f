"""Open functions that a text applies to each component of a vector."""

from __future__ import annotations

import pytest

import derive
from derive.meaning.activations import activations

LAYER = r"""Let $\mathbf{z} = W \mathbf{x} + \mathbf{b}$ and $\mathbf{a} = f(\mathbf{z})$. SAID
The loss is $L = \frac{1}{2} \|\mathbf{a} - \mathbf{y}\|^2$.

$$\frac{\partial L}{\partial \mathbf{a}} = \mathbf{a} - \mathbf{y}$$

$$\frac{\partial L}{\partial \mathbf{z}} = (\mathbf{a} - \mathbf{y}) TIMES$$
"""


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


def page(said: str, times: str = r"* f'(\mathbf{z})") -> str:
    return LAYER.replace("SAID", said).replace("TIMES", times)


@pytest.mark.parametrize(
    "said",
    [
        "Here $f$ is applied elementwise.",
        "The function $f$ acts component-wise.",
        "We apply $f$ to each component.",
        "It is an elementwise activation function $f$.",
        "The activation function $f$ is smooth.",
    ],
)
def test_words_say_that_a_function_is_applied_to_each_component(said: str) -> None:
    assert outcomes(page(said)) == ["proved", "proved"]
    assert outcomes(page(said, r"* f(\mathbf{z})"))[-1] == "refuted"
    assert outcomes(page(said, r"* f'(\mathbf{a})"))[-1] != "proved"


def test_a_slope_at_each_place_says_it_too() -> None:
    assert outcomes(page("", r"\odot f'(\mathbf{z})")) == ["proved", "proved"]
    assert outcomes(page("", r"\circ f'(\mathbf{z})")) == ["proved", "proved"]
    assert outcomes(page("", r"+ f'(\mathbf{z})"))[-1] != "proved"


def test_where_nothing_says_so() -> None:
    assert outcomes(page(""))[-1] != "proved"
    said = "Note that $f$ is not applied elementwise."
    assert outcomes(page(said))[-1] != "proved"


def test_usual_letters_where_there_is_no_softmax() -> None:
    assert "\\sigma" in activations("A network.", ())
    assert activations("With a softmax $\\sigma$.", ()) == frozenset()
    assert activations("A softmax follows the elementwise function $g$.", ()) == {"g"}


def test_a_letter_that_only_the_brackets_of_a_function_hold() -> None:
    text = r"""Let $z_i = w x_i$ and $p_i = \sigma(z_i)$ with $\sigma(z) = \frac{1}{1 + e^{-z}}$.

$$\sigma'(z) = \sigma(z) (1 - \sigma(z))$$
"""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("(1 - \\s", "(1 + \\s")) == ["refuted"]
