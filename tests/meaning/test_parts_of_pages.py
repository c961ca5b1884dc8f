"""What one part of a page says of a name that another part uses for something else."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    found = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in found if j.verdict is not None]


EXAMPLE = r"""
# Rules

**Example**: Let $y = x \sin(x)$.
- $\frac{dy}{dx} = \sin(x) + x \cos(x)$

# Backward

$$
\frac{\partial L}{\partial y} \cdot \frac{\partial y}{\partial x}
= \frac{\partial L}{\partial y} f'(x)
$$
"""


def test_an_example_ends_with_its_section() -> None:
    assert outcomes(EXAMPLE) == ["proved", "unproved"]
    assert outcomes(EXAMPLE.replace(r"x \cos(x)$", r"\cos(x)$"))[0] == "refuted"


TABLE = r"""$$f(x) = \frac{1}{x} \rightarrow \frac{df}{dx} = -1/x^2$$

$$f_a(x) = a x \rightarrow \frac{df}{dx} = RIGHT$$
"""


def test_the_function_of_the_row() -> None:
    assert outcomes(TABLE.replace("RIGHT", "a")) == ["proved", "proved"]
    assert outcomes(TABLE.replace("RIGHT", "x")) == ["proved", "refuted"]


SECTIONS = r"""
# ReLU

$$a = \max(0, z)$$

Vectorization yields

$$A^{[l]} = \max(0, Z^{[l]})$$

# Sigmoid

$$a = \frac{1}{1 + \exp(-z)}$$

Vectorization yields

$$A^{[l]} = \frac{1}{1 + \exp(-Z^{[l]})}$$
"""


def test_a_section_about_another_function() -> None:
    assert outcomes(SECTIONS) == []
    assert outcomes(SECTIONS.replace("# Sigmoid\n", "")) != []


def test_a_seed_of_automatic_differentiation() -> None:
    text = r"""
Let $x(t) = t^2$ be a path, and $f(x_1, x_2) = x_1 x_2$.

- $x_1 = 2$, $\dot{x}_1 = 1$
- $x_2 = 3$, $\dot{x}_2 = 0$
"""
    assert "refuted" not in outcomes(text)


@pytest.mark.parametrize("bold", [r"\mathbf{a}", "a"])
def test_what_enters_the_first_layer(bold: str) -> None:
    text = r"""
In layer $l$, $z^{l} = W^{l} A^{l-1} + b^{l}$ and $A^{l} = \sigma(z^{l})$ with an activation.
The input is $A^0 = x$.

$$\frac{\partial A^l_i}{\partial z^l_i} = \sigma'(z^l_i)$$
"""
    assert outcomes(text.replace("A", bold)) == ["proved"]


NUMBERS = r"""
# Background

$$y = f(x), \quad x \in \mathbb{R}^n, \quad y \in \mathbb{R}^m$$

# Tanh

The scalar derivative can be expressed by the output. Let:

$$y = \tanh(x)$$

Then:

$$\frac{dy}{dx} = RIGHT$$
"""


def test_numbers_in_one_section() -> None:
    assert outcomes(NUMBERS.replace("RIGHT", "1 - y^2")) == ["proved"]
    assert outcomes(NUMBERS.replace("RIGHT", "1 + y^2")) != ["proved"]


def test_which_is_the_largest() -> None:
    text = r"Let $z \in \mathbb{R}^n$." + "\n\n" + r"$$z_k = \max z$$"
    assert outcomes(text) == ["unproved"]


TENSORS = r"""In tensor notation a product is written by its entries.

$$\frac{\partial (X_{ij} A_{ji})}{\partial X_{kl}} = \delta_{ik} \delta_{jl} A_{ji} = RIGHT$$
"""


def test_sums_that_tensor_notation_leaves_out() -> None:
    assert outcomes(TENSORS.replace("RIGHT", "A_{lk}")) == ["proved", "proved"]
    assert outcomes(TENSORS.replace("RIGHT", "A_{kl}")) != ["proved", "proved"]
    plain = TENSORS.replace("In tensor notation a", "A").replace("RIGHT", "A_{lk}")
    assert "proved" not in outcomes(plain)[1:]


def test_entries_that_stand_for_the_identity() -> None:
    text = r"$$\frac{\partial x_k}{\partial x_l} = \delta_{kl} = I$$"
    assert outcomes(text) == ["proved", "unproved"]
    assert outcomes(r"$$\delta_{ij} = \delta_{ji}$$") == ["proved"]


TABLES = r"""
| With a mean | Formula |
|---|---|
| Output | $u = \frac{x - m}{s}$ |

| Without | Formula |
|---|---|
| Output | $u = \frac{x}{r}$ |

# Without a mean

$$u_i = \frac{x_i}{r}$$

$$\frac{\partial u_j}{\partial r} = RIGHT$$
"""


def test_a_section_about_a_row_of_a_table() -> None:
    assert outcomes(TABLES.replace("RIGHT", r"-\frac{x_j}{r^2}"))[-1] == "proved"
    assert outcomes(TABLES.replace("RIGHT", r"\frac{x_j}{r^2}"))[-1] != "proved"
