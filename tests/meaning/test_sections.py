r"""Letters that one section, exercise or formula uses otherwise than the rest of the document."""

from __future__ import annotations

import pytest

import derive

# In all these pages x_n is a vector of many components, and X and y are made of the examples.
REGRESSION = r"""# Regression

Let $x_n \in \mathbb{R}^D$ be the inputs, $X \in \mathbb{R}^{N \times D}$ the matrix of these, and
$y \in \mathbb{R}^N$ the targets. Then $\hat{y} = X w$ with $w \in \mathbb{R}^D$.

"""
MATRICES = r"""# Matrices

Let $A, B \in \mathbb{R}^{n \times n}$ be matrices and $u, v \in \mathbb{R}^n$ vectors.

"""
SCORES = r"""# Scores

Let $a(x) = w^T x$ with $w, x \in \mathbb{R}^n$, so that $\nabla_x a(x) = w$.

"""
ALONE = "alone uses"


def last(text: str) -> tuple[str, str]:
    """The outcome and the message of what is claimed last."""
    verdict = derive.check(text).claims[-1].verdict
    assert verdict is not None
    return verdict.outcome, verdict.message


# A document's beginning, a section behind it with a place for a step, right steps and wrong ones,
# and what is said of the wrong ones.
SECTIONS = {
    "an exponent": (
        REGRESSION,
        r"Let $\sigma(x) = 1 / (1 + e^{-x})$ and $g(x) = e^{-x^2 / 2}$. Then $$ @ $$",
        (
            r"\frac{d}{dx} g(x) = -x g(x)",
            r"\frac{d^2}{dx^2} g(x) = (x^2 - 1) g(x)",
            r"\frac{e^{-x}}{(1 + e^{-x})^2} = \sigma(x) (1 - \sigma(x))",
        ),
        (
            r"\frac{d}{dx} g(x) = x g(x)",
            r"\frac{d^2}{dx^2} g(x) = (x^2 + 1) g(x)",
            r"\frac{e^{-x}}{(1 + e^{-x})^2} = \sigma(x) (1 + \sigma(x))",
        ),
        "refuted",
    ),
    "an inverse": (
        REGRESSION,
        r"Let $y = 1 / (1 + e^{-x})$. Then $$ @ $$",
        (r"\frac{1}{y} - 1 = e^{-x}", r"\log \frac{y}{1 - y} = x"),
        (r"\frac{1}{y} + 1 = e^{-x}", r"\log \frac{1 - y}{y} = x"),
        "refuted",
    ),
    "components": (
        SCORES,
        r"Let $a \in \mathbb{R}^n$. Then $$ @ $$",
        (
            r"\sum_j a_j x_j + \sum_k a_k x_k = 2 \sum_i a_i x_i",
            r"\sum_{j \neq i} a_j x_j + a_i x_i = \sum_j a_j x_j",
        ),
        (
            r"\sum_j a_j x_j + \sum_k a_k x_k = \sum_i a_i x_i",
            r"\sum_{j \neq i} a_j x_j - a_i x_i = \sum_j a_j x_j",
            r"\frac{\partial}{\partial x_i} \sum_j a_j x_j = x_i",
        ),
        "unproved",
    ),
}


@pytest.mark.parametrize("name", SECTIONS)
def test_letters_of_a_section(name: str) -> None:
    beginning, text, right, wrong, said = SECTIONS[name]
    for step in right:
        outcome, message = last(f"{beginning}# A function\n\n{text.replace('@', step)}")
        assert (outcome, ALONE in message) == ("proved", True), (step, message)
    for step in wrong:
        outcome, message = last(f"{beginning}# A function\n\n{text.replace('@', step)}")
        assert outcome == said, (step, message)


def test_a_letter_declared_anew() -> None:
    """Where it was a function of x before, a vector a is none of it once the text says so."""
    page = f"{SCORES}# Next\n\nLet $a \\in \\mathbb{{R}}^n$. Then\n\n$$ @ $$\n"
    step = r"\frac{\partial}{\partial x_i} \sum_j a_j x_j = "
    assert last(page.replace("@", step + "a_i"))[0] == "proved"
    assert last(page.replace("@", step + "x_i"))[0] == "unproved"


def test_letters_of_an_exercise() -> None:
    """An item of a list that holds a display is a section, and so is a cell of a notebook."""
    page = REGRESSION + (
        "- **[1]** Let $L = \\frac{1}{2} \\sum_n (y_n - w^T x_n)^2$. Then\n"
        "$$ \\frac{\\partial L}{\\partial w} = -\\sum_n (y_n - w^T x_n) x_n $$\n\n"
        "- **[2]** Let $g(x) = e^{-x^2 / 2}$. Then\n$$ \\frac{d}{dx} g(x) = @ x g(x) $$\n"
    )
    assert last(page.replace("@", "-"))[0] == "proved"
    assert last(page.replace("@", "2"))[0] == "refuted"


# What is true of numbers, and not of what the letters are.
TRAPS = {
    "powers of e": (MATRICES, r"e^{A + B} = e^A e^B"),
    "squares": (MATRICES, r"(1 + A + B)^2 = 1 + 2 A + 2 B + A^2 + 2 A B + B^2"),
    "products": (MATRICES, r"(1 + A)(1 + B) = (1 + B)(1 + A)"),
    "logarithms": (MATRICES, r"\log(1 + A B) = \log(1 + B A)"),
    "squares of products": (MATRICES, r"(u \cdot v)^2 = u^2 v^2"),
    "sums and products": (MATRICES, r"(1 + u \cdot v)^2 = 1 + 2 u \cdot v + u^2 v^2"),
    "bars": (MATRICES, r"1 + |u v| = 1 + |u| |v|"),
    "bars beside a square": (MATRICES, r"1 + |u v| = 1 + |u| |v| + u^2 - u^2"),
    "what depends": (
        REGRESSION + "Let $z = X w$. ",
        r"\frac{\partial}{\partial w} e^{-z^2} = 0",
    ),
    "a square of what depends": (
        REGRESSION + "Let $z = X w$. ",
        r"\frac{\partial}{\partial w} (1 - z)^2 = 0",
    ),
    "an expected value": (
        "# Data\n\nLet $x \\in \\mathbb{R}^n$ be a random vector.\n\n",
        r"\mathbb{E}[x^2 - 1] = x^2 - 1",
    ),
    "what depends in a way that was not read": (
        REGRESSION + "Let $z_n = g(w^T x_n) X$. ",
        r"\frac{\partial}{\partial w} \log(1 + e^{-z} + e^{-x}) = 0",
    ),
    "an inverse function": (
        "# Data\n\nLet $f(x) = x^T x$ with $x \\in \\mathbb{R}^n$.\n\n",
        r"1 + f f^{-1}(y) = 1 + y",
    ),
}


@pytest.mark.parametrize("name", TRAPS)
@pytest.mark.parametrize("title", ["# Next\n\n", ""])
def test_what_is_true_of_numbers_only(name: str, title: str) -> None:
    beginning, step = TRAPS[name]
    outcome, message = last(f"{beginning}{title}Then\n\n$$ {step} $$\n")
    assert outcome != "proved", message


def test_a_stretch_says_what_it_was_read_with() -> None:
    report = derive.check(
        REGRESSION + "# Next\n\nLet $g(x) = 1 + x^2$. Then $$ \\frac{d}{dx} g(x) = 3 x $$"
    )
    verdict = report.claims[-1].verdict
    assert verdict is not None
    assert verdict.counterexample is not None
    assert verdict.message == "with x as this section alone uses it"
    assert list(verdict.counterexample.values) == ["x'"]
