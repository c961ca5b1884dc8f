"""How many positions there are: said by a number, by a space, in words, or not at all."""

from __future__ import annotations

import pytest

import derive

SOFTMAX = r"Let $p_k = e^{z_k} / \sum_{j=1}^K e^{z_j}$. "


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text).claims]


# Each page with the verdicts on its steps, the last of which are wrong.
PAGES = {
    "a hypothesis": (
        r"Let $N = 3$ and $s = \prod_{j=1}^N x_j^2$. Then"
        "\n\n$$ s = x_1^2 x_2^2 x_3^2 $$"
        "\n$$ \\frac{\\partial s}{\\partial x_1} = 2 x_1 x_2^2 x_3^2 $$"
        "\n$$ s = x_1^2 x_2^2 $$",
        "proved proved refuted",
    ),
    "there are": (
        r"There are $N = 3$ classes. Let $s = \sum_{j=1}^N x_j$."
        "\n\n$$ s = x_1 + x_2 + x_3 $$\n$$ s = x_1 + x_2 $$",
        "proved refuted",
    ),
    "beside the problem": (
        r"Consider binary classification, $K = 2$. "
        + SOFTMAX
        + "\n\n$$ p_1 = \\frac{1}{1 + e^{z_2 - z_1}} $$\n$$ p_1 + p_2 = 1 $$"
        "\n$$ p_1 = \\frac{1}{1 + e^{z_1 - z_2}} $$",
        "proved proved refuted",
    ),
    "two sums": (
        r"Let $N = 2$. Then"
        "\n\n$$ \\sum_{i=1}^N \\sum_{j \\neq i} x_i x_j = 2 x_1 x_2 $$"
        "\n$$ \\sum_{i=1}^N \\sum_{j \\neq i} x_i x_j = x_1 x_2 $$",
        "proved refuted",
    ),
    "a space": (
        r"Let $x, y \in \mathbb{R}^2$. Then"
        "\n\n$$ x^T y = x_1 y_1 + x_2 y_2 $$\n$$ \\|x\\|^2 = x_1^2 + x_2^2 $$"
        "\n$$ \\|x\\|^2 = x_1^2 - x_2^2 $$",
        "proved proved refuted",
    ),
    "the last component": (
        r"Let $x \in \mathbb{R}^3$ and $s = \sum_j x_j$. Then"
        "\n\n$$ s = x_1 + x_2 + x_3 $$\n$$ s = x_1 + x_3 $$",
        "proved refuted",
    ),
    "a matrix": (
        r"Let $W \in \mathbb{R}^{2 \times 3}$, $x \in \mathbb{R}^3$ and $z = W x$. Then"
        "\n\n$$ z_1 = W_{11} x_1 + W_{12} x_2 + W_{13} x_3 $$"
        "\n$$ \\frac{\\partial z_1}{\\partial W_{12}} = x_2 $$"
        "\n$$ z_1 = W_{11} x_1 + W_{21} x_2 + W_{31} x_3 $$",
        "proved proved unproved",
    ),
    "two digits below a matrix": (
        r"Let $z_i = \sum_j W_{ij} x_j$. Then"
        "\n\n$$ \\frac{\\partial z_1}{\\partial W_{12}} = x_2 $$"
        "\n$$ \\frac{\\partial z_1}{\\partial W_{21}} = x_1 $$",
        "proved refuted",
    ),
    "not said": (
        SOFTMAX + "\n\n$$ p_1 + p_2 = 1 $$\n$$ p_1 = \\frac{1}{1 + e^{z_1 - z_2}} $$",
        "conditional refuted",
    ),
    "said in words": (
        SOFTMAX + "For two classes,\n\n$$ p_1 + p_2 = 1 $$\n$$ p_1 - p_2 = 1 $$",
        "unproved refuted",
    ),
    "said of one sentence": (
        r"For $N = 3$, let $s = \sum_{j=1}^N x_j$. Then"
        "\n\n$$ s = x_1 + x_2 + x_3 $$\n$$ s = x_1 - x_2 + x_3 $$",
        "unproved refuted",
    ),
}


@pytest.mark.parametrize("page", PAGES)
def test_what_a_sum_written_out_is(page: str) -> None:
    text, expected = PAGES[page]
    assert " ".join(outcomes(text)) == expected


@pytest.mark.parametrize(
    "said", ["For general $N$,", "For any $N$,", "Now let $N$ be arbitrary. Then", "In general,"]
)
def test_a_size_that_is_free_again_proves_nothing(said: str) -> None:
    text = rf"Let $N = 2$ in this example. {said}" + "\n\n$$ \\sum_{i=1}^N x_i = x_1 + x_2 $$"
    assert outcomes(text) != ["proved"]


def test_the_last_position_is_the_third_of_three() -> None:
    text = "Let $N = 3$. Then\n\n$$ \\sum_{i=1}^{N-1} x_i + x_N = %s $$"
    assert outcomes(text % "x_1 + x_2 + x_3") == ["proved"]
    assert outcomes(text % "x_1 + x_2 + x_1") == ["refuted"]


def test_which_size_is_missing() -> None:
    (step,) = derive.check(SOFTMAX + "\n\n$$ p_1 + p_2 = 1 $$").claims
    assert [h.source for h in step.verdict.missing] == ["K = 2"]
    assert step.verdict.counterexample is not None


# Components that are listed, and whether these are all: the values of z_1 and z_2 say nothing
# of a third class.
LISTED = r"Let $s = \sum_{j=1}^N x_j$. Suppose that $x_1 = 3$ and $x_2 = 1$. Then"


def test_components_that_are_listed_are_all_only_under_a_condition() -> None:
    (step,) = derive.check(LISTED + "\n\n$$ s = 4 $$").claims
    assert step.verdict.outcome == "conditional"
    assert [h.source for h in step.verdict.missing] == ["N = 2"]


@pytest.mark.parametrize(
    "before",
    [
        r"There are $N \geq 3$ of them.",
        r"There are $N = 10$ of them.",
        r"Let $x \in \mathbb{R}^3$.",
    ],
)
def test_components_that_are_listed_are_not_all_where_there_are_more(before: str) -> None:
    assert outcomes(f"{before} {LISTED}\n\n$$ s = 4 $$") == ["refuted"]


@pytest.mark.parametrize("before", ["Here is an example.", "There are two numbers."])
def test_an_example_lists_all_components_and_says_so(before: str) -> None:
    right, wrong = derive.check(f"{before} {LISTED}\n\n$$ s = 4 $$\n$$ s = 5 $$").claims
    assert right.verdict.outcome == "proved"
    assert "N = 2" in [h.source for h in right.verdict.hypotheses]
    assert wrong.verdict.outcome == "refuted"


def test_a_rounded_number_shows_that_all_components_are_listed() -> None:
    given = SOFTMAX + "Let $z_1 = 1$ and $z_2 = 2$."
    right, wrong = derive.check(given + "\n\n$$ p_1 = 0.2689 $$\n$$ p_1 = 0.2789 $$").claims
    assert right.verdict.outcome == "proved"
    assert "K = 2" in [h.source for h in right.verdict.hypotheses]
    assert wrong.verdict.outcome == "refuted"


# Digits below a name that number vectors, and no components.
@pytest.mark.parametrize(
    "text",
    [
        r"Let $x \in \mathbb{R}^2$ and $x_1, x_2 \in \mathbb{R}^2$ be examples.",
        r"Let $x \in \mathbb{R}^2$. Then $x_1^T x_2$ is the similarity of two examples.",
        r"Let $x \in \mathbb{R}^2$. The examples are $x_1 = (1, 0)$ and $x_2 = (0, 1)$.",
        r"Let $x \in \mathbb{R}^2$. The examples are $x_1$, $x_2$ and $x_3$.",
    ],
)
def test_vectors_that_are_numbered_are_no_components(text: str) -> None:
    assert outcomes(text + "\n\n$$ \\|x\\|^2 = x_1^2 + x_2^2 $$") != ["proved"]


def test_sums_over_many_positions_are_not_written_out() -> None:
    text = r"Let $N = 1000000000$ and $s = \sum_{j=1}^N x_j$." + "\n\n$$ s = x_1 + x_2 $$"
    assert outcomes(text) in (["unproved"], ["refuted"])


OPEN = r"Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. "
FAR = r"Let $p_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}$. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OPEN + "With $K = 2$ classes, $p_1 + p_2 = 1$.", "proved"),
        (OPEN + "We have $N = 2$ classes, so $p_1 + p_2 = 1$.", "proved"),
        (OPEN + "With $K = 3$ classes, $p_1 + p_2 = 1$.", "refuted"),
        (OPEN + "With $K = 2$ classes, $p_1 - p_2 = 1$.", "refuted"),
        # K says how many examples there are, or may
        (OPEN + "With $K = 2$ examples, $p_1 + p_2 = 1$.", "conditional"),
        (OPEN + "With $K = 2$ classes and a batch, $p_1 + p_2 = 1$.", "conditional"),
        (FAR + "With $K = 2$ classes, $p_1 + p_2 = 1$.", "proved"),
        (
            FAR + "With $K = 2$ classes, $p_1 + p_2 = 1$. "
            "With $K = 3$ classes, $p_1 + p_2 + p_3 = 1$.",
            "proved proved",
        ),
        (
            FAR + "With $K = 3$ classes, $p_1 + p_2 + p_3 = 1$. "
            "With $K = 2$ classes, $p_1 - p_2 = 1$.",
            "proved refuted",
        ),
        (
            OPEN + "With $K = 2$ classes, $p_1 + p_2 = 1$.\n\n## Many classes\n\n"
            "$$ p_1 + p_2 = 1 $$",
            "proved unproved",
        ),
        (
            OPEN + "With $K = 2$ classes, $p_1 + p_2 = 1$. In general, $p_1 + p_2 = 1$.",
            "proved unproved",
        ),
    ],
)
def test_a_number_of_classes(text: str, expected: str) -> None:
    found = [claim.verdict for claim in derive.check(text, format="markdown").claims]
    assert " ".join(verdict.outcome for verdict in found if verdict is not None) == expected
