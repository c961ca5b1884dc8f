"""Layers and moments that are numbered from the one before: ``z_{l+1} = W_l a_l``."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [j.verdict.outcome for j in report.claims if j.verdict]


SIGMOID = r"The activation is $f(z) = \frac{1}{1 + e^{-z}}$. "
BELOW = r"$$z_{l+1} = w_l a_l + b_l$$ $$a_{l+1} = f(z_{l+1})$$ "
ABOVE = r"$$z^{(l+1)} = w^{(l)} a^{(l)} + b^{(l)}$$ $$a^{(l+1)} = f(z^{(l+1)})$$ "


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\frac{\partial z_{l+1}}{\partial w_l} = a_l", "proved"),
        (r"\frac{\partial z_{l+1}}{\partial a_l} = w_l", "proved"),
        (r"\frac{\partial a_{l+1}}{\partial a_l} = f'(z_{l+1}) w_l", "proved"),
        (r"\frac{\partial a_{l+1}}{\partial a_l} = a_{l+1} (1 - a_{l+1}) w_l", "proved"),
    ],
)
@pytest.mark.parametrize("above", [False, True])
def test_slopes_from_layer_to_layer(claim: str, expected: str, above: bool) -> None:
    def written(text: str) -> str:
        if not above:
            return text
        return text.replace("_{l+1}", "^{(l+1)}").replace("_l", "^{(l)}")

    network = SIGMOID + (ABOVE if above else BELOW)
    assert outcomes(network + f"$${written(claim)}$$") == [expected]
    for right, wrong in (
        ("= a_l", "= a_{l+1}"),
        ("= w_l", "= 2 w_l"),
        ("f'(", "f("),
        ("1 - ", "1 + "),
    ):
        if right in claim:
            false = written(claim.replace(right, wrong))
            assert outcomes(network + f"$${false}$$")[0] in ("refuted", "conditional", "unproved")


def test_what_holds_now_holds_of_the_next_moment() -> None:
    hidden = r"Let $h_t = \tanh(w h_{t-1} + u x_t)$. Then "
    assert outcomes(hidden + r"$$h_{t+1} = \tanh(w h_t + u x_{t+1})$$") == ["proved"]
    assert outcomes(hidden + r"$$\frac{\partial h_{t+1}}{\partial h_t} = (1 - h_{t+1}^2) w$$") == [
        "proved"
    ]
    assert outcomes(hidden + r"$$h_{t+1} = \tanh(w h_t + u x_t)$$") != ["proved"]
    assert outcomes(hidden + r"$$\frac{\partial h_{t+1}}{\partial h_t} = (1 - h_t^2) w$$") != [
        "proved"
    ]


def test_a_later_definition_serves_what_was_said_before() -> None:
    text = (
        SIGMOID
        + r"In each layer $a_i^{(l)} = f(z_i^{(l)})$. Then "
        + (r"$$z^{(l+1)} = W^{(l)} a^{(l)} + b^{(l)}$$ $$a^{(l+1)} = f(z^{(l+1)})$$")
    )
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("a^{(l+1)} = f(", "a^{(l+1)} = 2 f(")) == ["refuted"]


def test_a_name_in_the_middle_of_a_chain() -> None:
    text = r"Let $f(z) = z^2$ and $z = w x$. $$h(x) = a = f(z)$$ $$\frac{da}{dz} = 2 z$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= 2 z$$", "= z$$")) == ["refuted"]
    # a name that was there before is no new one
    known = r"Let $a = w x$ and $f(z) = z^2$. $$h(x) = a = f(w x)$$"
    assert outcomes(known)[-1] == "refuted"


def test_a_derivative_says_of_what_its_function_is_one() -> None:
    text = (
        r"$$\frac{d s}{dx} = \frac{d}{dx} \left[ \frac{1}{1 + e^{-x}} \right]"
        r" = s(x) \cdot \frac{e^{-x}}{1 + e^{-x}} = s(x) \cdot (1 - s(x))$$"
    )
    assert outcomes(text) == ["proved", "proved"]
    assert outcomes(text.replace("(1 - s(x))", "(1 + s(x))"))[-1] == "refuted"


RECURRENT = r"""
$$\begin{align}
z^{(t)} &= W_h h^{(t-1)} + W_x x^{(t)} + b \\
h^{(t)} &= \sigma(z^{(t)})
\end{align}$$

where $W_h$ is a matrix and $\sigma(x) = \frac{1}{1 + e^{-x}}$.
"""


def test_moments_and_components_in_brackets() -> None:
    step = r"$$\frac{\partial z_{[p]}^{(k)}}{\partial h_{[j]}^{(k-1)}} = W_{h[p,j]}$$"
    assert outcomes(RECURRENT + step) == ["proved"]
    assert outcomes(RECURRENT + step.replace("[p,j]}$$", "[j,p]}$$")) == ["conditional"]
    both = (
        r"$$\frac{\partial h_{[i]}^{(k)}}{\partial h_{[j]}^{(k-1)}} ="
        r" \sigma'(z_{[i]}^{(k)}) \times W_{h[i,j]}$$"
    )
    assert outcomes(RECURRENT + both) == ["proved"]
    assert outcomes(RECURRENT + both.replace("z_{[i]}^{(k)})", "z_{[i]}^{(k-1)})")) != ["proved"]
    total = (
        r"$$\frac{\partial h_{[i]}^{(k)}}{\partial h_{[j]}^{(k-1)}} = \sum_{p=1}^{D_h}"
        r" \frac{\partial h_{[i]}^{(k)}}{\partial z_{[p]}^{(k)}}"
        r" \frac{\partial z_{[p]}^{(k)}}{\partial h_{[j]}^{(k-1)}}$$"
    )
    assert outcomes(RECURRENT + total) == ["proved"]
    assert outcomes(RECURRENT + total.replace(r"\sum", r"2 \sum")) != ["proved"]


def test_conditions_of_rows_that_are_set_as_words() -> None:
    cases = (
        r"$$\frac{\partial h_{[p]}^{(k)}}{\partial z_{[m]}^{(k)}} = \begin{cases}"
        r" 0, & \text{p $\ne$ m} \\ \sigma'(z_{[p]}^{(k)}), & \text{if $p$ = m} \end{cases}$$"
    )
    assert outcomes(RECURRENT + cases) == ["proved", "proved"]
    assert "refuted" in outcomes(
        RECURRENT + cases.replace(r"$\ne$", "=").replace("$p$ =", r"$p \ne$")
    )


def test_a_quantity_is_defined_at_the_moment_before() -> None:
    text = r"Let $h^{(k)} = w_k x$ and $$g^{(k-1)} = 2 h^{(k-1)}$$ Then $g^{(k)} = 2 w_k x$."
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= 2 w_k x$.", "= 2 w_{k-1} x$.")) == ["refuted"]


def test_one_of_many_may_be_written_with_a_size() -> None:
    text = r"Let $g^{(k)} = \frac{1}{2} h^{(k)}$ for all $k$. $$2 g^{(T-2)} = 3 h^{(T-3)}$$"
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace("T-2", "k").replace("T-3", "k")) == ["refuted"]


def test_what_nothing_reaches_has_no_slope() -> None:
    text = r"Let $q = v^2$, $r = u^2$. $$\frac{\partial q}{\partial s} = u - u + 0 r$$"
    assert outcomes(text) == ["unproved"]


EXAMPLES = r"""The examples are $\{(x^{(1)}, y^{(1)}), \ldots, (x^{(m)}, y^{(m)})\}$, the loss

$$J = \frac{1}{m} \sum_{i=1}^m \frac{1}{2} (w x^{(i)} - y^{(i)})^2$$
"""


def test_the_last_of_the_examples_is_no_index() -> None:
    slope = (
        r"$$\frac{\partial J}{\partial w} ="
        r" \frac{1}{m} \sum_{i=1}^m (w x^{(i)} - y^{(i)}) x^{(i)}$$"
    )
    assert outcomes(f"{EXAMPLES}\n{slope}") == ["proved"]
    wrong = slope.replace(r"\frac{1}{m}", r"\frac{2}{m}")
    assert outcomes(f"{EXAMPLES}\n{wrong}") == ["refuted"]


def test_a_component_of_a_defined_vector_is_not_open() -> None:
    model = r"The model is $y^{(i)} = w^T x^{(i)} + b$ and "
    loss = r"$$J = \frac{1}{m} \sum_{i=1}^m (\hat{y}^{(i)} - y^{(i)})^2$$"
    whole = r" where $\boldsymbol{\hat{y}} = \boldsymbol{X} \cdot \boldsymbol{w} + b$. "
    slope = (
        r"$$\frac{\partial J}{\partial b} = \frac{2}{m} \sum_{i=1}^m (\hat{y}^{(i)} - y^{(i)})$$"
    )
    assert outcomes(model + loss + whole + slope) == ["unproved"]
    assert outcomes(model + loss + slope) == ["refuted"]
