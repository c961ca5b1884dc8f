"""An equation that says something of a known name is claimed, and no definition without a word."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


LOG_RATE = r"Let $g(r) = n \log r - r \sum_{i=1}^n x_i$. "
PARABOLA = r"Let $h(v) = c v^2 - 6 v$. "

CONCLUDED = {
    "where a slope is zero": LOG_RATE
    + r"Setting $g'(r) = 0$ yields $$r = \frac1n \sum_{i=1}^n x_i$$",
    "with a hat": LOG_RATE + r"Setting $g'(r) = 0$ yields $$\hat r = \frac1n \sum_{i=1}^n x_i$$",
    "of a gradient": r"Let $g(w) = \|X w - y\|^2$, $X \in \mathbb{R}^{n \times d}$. "
    r"Setting $\nabla g = 0$ gives $$w = X^{-1} y$$",
    "in words": PARABOLA + r"The minimum of $h$ is attained at $v = \frac{6}{c}$.",
    "of an estimator": PARABOLA + r"Hence the minimiser is $$v^* = \frac{6}{c}$$",
    "with a word below": PARABOLA + r"Therefore the solution is $$v_{opt} = \frac{6}{c}$$",
    "from a hypothesis": r"If $c v^2 = k$ then $v = \frac{k}{c}$.",
    "from inequalities": "Suppose $v > 1$ and $v < 3$. Then $v = 2$.",
    "from a sum": r"Since $2 v + 1 = 7 k$, we have $v = (7 k + 1) / 2$.",
    "from what was supposed": "Suppose $4 v = k$. Then\n\n" + r"$$v = 4 k$$",
}


@pytest.mark.parametrize("text", CONCLUDED.values(), ids=CONCLUDED.keys())
def test_what_is_concluded_is_claimed(text: str) -> None:
    assert outcomes(text)[-1] in ("refuted", "unproved")


@pytest.mark.parametrize(
    "text",
    [
        r"If $c v = k$ then $v = \frac{k}{c}$.",
        r"Since $2 v + 1 = 7 k$, we have $v = (7 k - 1) / 2$.",
        "Suppose $4 v = k$. Then\n\n" + r"$$v = \frac{k}{4}$$",
    ],
)
def test_what_follows_from_a_hypothesis_is_proved(text: str) -> None:
    assert outcomes(text) == ["proved"]


SCORES = r"""# Model

Let $q_i = \frac{e^{s_i}}{\sum_j e^{s_j}}$ and $E = - \log q_c$.

# Loss

"""


def test_a_section_goes_on_with_what_another_defined_in_passing() -> None:
    assert outcomes(SCORES + r"$$E = \log \sum_j e^{s_j} - s_c$$") == ["proved"]
    assert outcomes(SCORES + r"$$E = \log \sum_j e^{s_j} + s_c$$") == ["conditional"]


def test_in_another_section_a_letter_may_be_given_another_meaning() -> None:
    text = "# One\n\nHere $u = a^2$.\n\n# Two\n\nHere $u = b^3$. Then $\\frac{du}{db} = 3 b^2$."
    assert outcomes(text) == ["proved"]


SAME = [
    r"Let $M = \log \sum_j e^{s_j}$. A more stable variant is $$M = \log \sum_j e^{s_j - c} - c$$",
    "Let $v = \\frac1n \\sum_i (x_i - m)^2$, where $m = \\frac1n \\sum_i x_i$.\n\n"
    "## Alternative formula\n\n$$v = \\frac1n \\sum_i x_i^2 + m^2$$",
    "1. $h(v) = (v - 1)^2$\n2. $h(v) = v^2 - v + 1$\n",
    "| | |\n|---|---|\n| start | $h(v) = (v - 1)^2$ |\n| expand | $h(v) = v^2 - v + 1$ |\n",
]


@pytest.mark.parametrize("text", SAME)
def test_another_way_to_write_something_is_no_other_thing(text: str) -> None:
    assert outcomes(text) == ["conditional"]


FAMILY = r"Let $h_c(v) = c v^2$. "
LAYERS = r"For every layer, $z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FAMILY + "$$h_3(v) = 4 v^2$$", ["conditional"]),
        (FAMILY + "$$h_3(v) = v^2 + 2 v^2$$", ["proved"]),
        (FAMILY + "$$h_3(v) = 3 v^2$$ $$h_3'(v) = 6 v$$", ["proved"]),
        (LAYERS + "$$z^{(2)} = W^{(1)} a^{(1)} + b^{(2)}$$", ["conditional"]),
        (LAYERS + "$$z^{(2)} = W^{(2)} a^{(1)} + b^{(2)}$$", []),
        (LAYERS + "In the first, $z^{(1)} = W^{(1)} x + b^{(1)}$.", []),
    ],
)
def test_a_case_of_a_family(text: str, expected: list[str]) -> None:
    assert outcomes(text) == expected


def test_an_index_that_is_computed_with_is_no_index_only() -> None:
    assert outcomes(r"Let $k_a(v) = a + v$. $$k_b(v) = a + v$$") == ["unproved"]


SQUARE = r"Let $A, B \in M_n(\mathbb{R})$ and $M = A B$. "


def test_matrices_are_members_of_spaces_by_name() -> None:
    assert outcomes(SQUARE + "$$M = B A$$") == ["conditional"]
    assert outcomes(SQUARE + "$$M^T = B^T A^T$$") == ["proved"]
    wide = r"Let $A \in M_{m,n}(\mathbb{R})$ and $B \in M_{n,m}(\mathbb{R})$. "
    assert outcomes(wide + r"$\operatorname{tr}(A B) = \operatorname{tr}(B A)$") == ["proved"]
    assert outcomes(wide + r"$A B = B A$") == ["unproved"]


def test_a_law_of_probabilities_is_not_proved() -> None:
    """Bayes' formula, right or wrong, says what P(A | B) is from here on; nobody checks it."""
    for right in (r"\frac{P(B \mid A) P(A)}{P(B)}", r"P(B \mid A)"):
        (statement,) = derive.check(rf"$$P(A \mid B) = {right}$$", format="markdown").judgements
        assert statement.statement.kind == "definition"
        assert "not proved" in statement.statement.note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$M = A B$$ $$M = B A$$", ["unproved"]),
        (r"Let $y = A x$ and $x = B z$. $\frac{\partial y}{\partial z} = B A$.", ["unproved"]),
        (r"Let $y = A x$ and $x = B z$. $\frac{\partial y}{\partial z} = A B$.", ["proved"]),
        ("Let $A$ and $B$ be numbers. $A B = B A$.", ["proved"]),
    ],
)
def test_letters_that_may_be_matrices_do_not_commute(text: str, expected: list[str]) -> None:
    assert outcomes(text) == expected
