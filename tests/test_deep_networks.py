"""Networks of any depth: errors go from layer to layer, and weights are matrices."""

from __future__ import annotations

import pytest

import derive

LAYERS = r"""The layers are $z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$ and $a^{(l)} = \sigma(z^{(l)})$
with the sigmoid $\sigma$. Let $\delta^{(l)} = \frac{\partial L}{\partial z^{(l)}}$. Then

"""
RIGHT = [
    r"\frac{\partial L}{\partial W^{(l)}} = \delta^{(l)} (a^{(l-1)})^T",
    r"\frac{\partial L}{\partial b^{(l)}} = \delta^{(l)}",
    r"\frac{\partial L}{\partial a^{(l)}} = (W^{(l+1)})^T \delta^{(l+1)}",
    r"\frac{\partial L}{\partial a^{(l-1)}} = (W^{(l)})^T \delta^{(l)}",
    r"\delta^{(l)} = (W^{(l+1)})^T \delta^{(l+1)} \odot \sigma'(z^{(l)})",
    r"\delta^{(l)} = (W^{(l+1)})^T \delta^{(l+1)} \odot a^{(l)} \odot (1 - a^{(l)})",
    r"\frac{\partial z^{(l+1)}}{\partial a^{(l)}} = W^{(l+1)}",
]
WRONG = [
    r"\frac{\partial L}{\partial W^{(l)}} = 2 \delta^{(l)} (a^{(l-1)})^T",
    r"\frac{\partial L}{\partial W^{(l)}} = \delta^{(l)} (a^{(l)})^T",
    r"\frac{\partial L}{\partial b^{(l)}} = \delta^{(l+1)}",
    r"\frac{\partial L}{\partial a^{(l)}} = W^{(l+1)} \delta^{(l+1)}",
    r"\frac{\partial L}{\partial a^{(l)}} = (W^{(l)})^T \delta^{(l)}",
    r"\delta^{(l)} = (W^{(l+1)})^T \delta^{(l+1)} \odot \sigma(z^{(l)})",
    r"\delta^{(l)} = (W^{(l+1)})^T \delta^{(l+1)} \odot \sigma'(z^{(l+1)})",
    r"\delta^{(l)} = W^{(l+1)} \delta^{(l+1)} \odot \sigma'(z^{(l)})",
    r"\delta^{(l)} = (W^{(l+1)})^T \delta^{(l+1)}",
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


def brackets(text: str) -> str:
    """The layers in square brackets."""
    for inside in ("l", "l-1", "l+1"):
        text = text.replace(f"^{{({inside})}}", f"^{{[{inside}]}}")
    return text


@pytest.mark.parametrize("claim", RIGHT)
def test_what_is_right(claim: str) -> None:
    assert outcomes(f"{LAYERS}$$ {RIGHT[4]} $$\n\n$$ {claim} $$") == ["proved", "proved"]
    assert outcomes(brackets(f"{LAYERS}$$ {RIGHT[4]} $$\n\n$$ {claim} $$")) == ["proved", "proved"]


@pytest.mark.parametrize("claim", WRONG)
def test_what_is_wrong(claim: str) -> None:
    assert outcomes(f"{LAYERS}$$ {RIGHT[4]} $$\n\n$$ {claim} $$") == ["proved", "refuted"]


def test_factors_in_the_wrong_order_are_not_proved() -> None:
    claim = r"\frac{\partial L}{\partial W^{(l)}} = (a^{(l-1)})^T \delta^{(l)}"
    assert outcomes(f"{LAYERS}$$ {RIGHT[4]} $$\n\n$$ {claim} $$")[-1] != "proved"
    assert outcomes(f"{LAYERS}$$ {claim} $$")[-1] != "proved"


def test_numbers_in_each_layer() -> None:
    text = r"Let $z^{(l)} = w^{(l)} a^{(l-1)} + b^{(l)}$ and $a^{(l)} = \tanh(z^{(l)})$. "
    slope = r"$$\frac{\partial z^{(l)}}{\partial w^{(l)}} = a^{(l-1)}$$"
    assert outcomes(text + slope) == ["proved"]
    assert outcomes(text + slope.replace("= a^{(l-1)}", "= a^{(l)}")) == ["refuted"]
    slope = r"$$\frac{\partial a^{(l)}}{\partial a^{(l-1)}} = (1 - (a^{(l)})^2) w^{(l)}$$"
    assert outcomes(text + slope) == ["proved"]
    assert outcomes(text + slope.replace("(a^{(l)})^2", "(a^{(l-1)})^2")) == ["refuted"]


def test_a_loss_may_depend_on_the_moments_of_a_recurrence_in_other_ways() -> None:
    text = (
        r"The state is $h_t = \tanh(a_t)$ with $a_t = W h_{t-1} + U x_t$, and $y_t = V h_t$. "
        r"Let $g_t = \frac{\partial L}{\partial a_t}$. "
        r"$$\frac{\partial L}{\partial h_t} = W^T g_{t+1}$$"
    )
    assert outcomes(text) != ["proved"]
    assert outcomes(text.replace(", and $y_t = V h_t$", "")) != ["proved"]


def test_a_way_around_a_layer_is_seen() -> None:
    text = LAYERS.replace(r"\sigma(z^{(l)})", r"\sigma(z^{(l)}) + a^{(l-1)}")
    assert "proved" not in outcomes(f"{text}$$ {RIGHT[4]} $$")
    assert "proved" not in outcomes(f"{text}$$ {RIGHT[2]} $$")
    text = LAYERS + r"$$ c^{(l)} = a^{(l)} + 1 $$" + "\n\n"
    assert "proved" not in outcomes(f"{text}$$ {RIGHT[2]} $$")


def test_what_is_no_loss_is_a_constant() -> None:
    text = LAYERS + r"Let $c$ be a constant. $$\frac{\partial c}{\partial W^{(l)}} = 0$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= 0", "= 1")) == ["refuted"]


def test_a_gradient_alone_does_not_say_that_weights_are_matrices_and_is_not_refuted() -> None:
    for claim in (RIGHT[0], WRONG[1]):
        assert outcomes(f"{LAYERS}$$ {claim} $$") == ["unproved"]
