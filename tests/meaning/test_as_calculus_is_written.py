"""Ways of writing of pages about calculus: values of variables, words in formulas, functions."""

from __future__ import annotations

import pytest

import derive


def kinds(text: str) -> str:
    """The verdicts on the claims of a document, and the kinds of its other statements."""
    found = derive.check(text, format="markdown").judgements
    return " ".join(j.verdict.outcome if j.verdict else j.statement.kind for j in found)


DESCENT = r"""# Two variables

$$f(x, y) = 3 x^2 y^3$$

$$\frac{\partial f}{\partial x} = SLOPE$$

# Descent

$$f(x) = e^x$$

$$f'(x) = e^x = 0$$

$$\begin{bmatrix} x_k \\ y_k \end{bmatrix} = \begin{bmatrix} x_{k-1} \\ y_{k-1} \end{bmatrix}
- \alpha \nabla f(x_{k-1}, y_{k-1})$$
"""
NEURON = r"""# A neuron

$$\hat y = w_1 x_1 + w_2 x_2 + b$$

$$\frac{\partial \hat y}{\partial w_1} = SLOPE$$

$$w_1 \leftarrow w_1 - \alpha \frac{\partial \hat y}{\partial w_1}$$

# Newton

$$x_{k+1} = x_k - \frac{g(x_k)}{g'(x_k)}$$
"""
TARGET = r"""Forward: $y = w x + b$, and the loss is $L = \frac{1}{2} (y - \hat{y})^2$.

$$\frac{\partial L}{\partial w} = \frac{\partial L}{\partial y} \frac{\partial y}{\partial w}
= SLOPE$$
"""

DOCUMENTS = [
    (DESCENT.replace("SLOPE", "6 x y^3"), "definition proved definition proved"),
    (DESCENT.replace("SLOPE", "6 x y^2"), "definition refuted definition proved"),
    (NEURON.replace("SLOPE", "x_1"), "definition proved definition definition"),
    (NEURON.replace("SLOPE", "x_2"), "definition refuted definition definition"),
    # What is to be learnt, where y is what is computed.
    (TARGET.replace("SLOPE", r"(y - \hat{y}) x"), "definition definition proved proved"),
    (TARGET.replace("SLOPE", r"(y - \hat{y}) w"), "definition definition proved refuted"),
    (r"Let $L = \frac{1}{2} (t - \hat{y})^2 + w^2$. $$\frac{\partial L}{\partial w} = 2 w$$",
     "definition unproved"),
    # A value that a variable has further down, or had in another section.
    ("# A\n\n$$\ne^x = 1\n$$\n\n# B\n\n$$\nx = 0\n$$", "unproved definition"),
    ("# A\n\n$$\ne^x = 2\n$$\n\n# B\n\n$$\nx = 0\n$$", "refuted definition"),
    ("# A\n\n$$\nx = 0\n$$\n\n# B\n\n$$\nf(x) = x^2\n$$\n\n$$\nf'(x) = 0\n$$",
     "definition definition refuted"),
    ("# A\n\n$$\nx = 0\n$$\n\n# B\n\n$$\nf(x) = x^2\n$$\n\n$$\nf'(x) = 2 x\n$$",
     "definition definition proved"),
    ("# A\n\nIt is $x = 0$.\n\n# B\n\n$$\nf(x) = x^2\n$$\n\n$$\nf'(x) = 0\n$$",
     "hypothesis definition refuted"),
    ("# A\n\n$$f(x) = x^2$$ At $$x = 0$$ we have $$f'(x) = 0$$", "definition hypothesis proved"),
    # Signs of exponents without braces.
    (r"$$x^-2 y = \frac{y}{x^2}$$", "proved"),
    (r"$$x^-2 y = \frac{y}{x}$$", "refuted"),
    (r"$$x^-12 = \frac{1}{x^{12}}$$", "proved"),
    (r"$$\frac{d}{dx} e^-x = -e^-x$$", "proved"),
    (r"$$\frac{d}{dx} e^-x = e^-x$$", "refuted"),
    # Words that are typed as letters.
    (r"$$s = \frac{1}{1 + e^{-x}}$$ $$let \: t = 1 + e^{-x}$$ $$\frac{ds}{dt} = -t^{-2}$$",
     "definition definition proved"),
    (r"$$s = \frac{1}{1 + e^{-x}}$$ $$let t = 1 + e^{-x}$$ $$\frac{ds}{dt} = t^{-2}$$",
     "definition definition refuted"),
    (r"Let $u = 2 x$. $$hence \; u = x + x$$", "definition proved"),
    (r"Let $u = 2 x$. $$hence \; u = 3 x$$", "definition conditional"),
    # A function as a quantity.
    (r"If $z = f(g(x))$, then $$\frac{dz}{dx} = \frac{dz}{dg} \cdot \frac{dg}{dx}$$",
     "definition proved"),
    (r"If $z = f(g(x))$, then $$\frac{dz}{dx} = \frac{dz}{dg} + \frac{dg}{dx}$$",
     "definition unproved"),
    (r"Let $g(x) = x^2$ and $z = g(x)^2$. $$\frac{dz}{dg} = 2 g(x)$$",
     "definition definition proved"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_pages_about_calculus(text: str, expected: str) -> None:
    assert kinds(text).startswith(expected)
