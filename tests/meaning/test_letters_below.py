"""Letters below a name: labels, positions, and what is summed over without a sign."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return " ".join(verdict.outcome for verdict in found if verdict is not None)


SCATTER = """\
The total scatter is

$$ S_t = \\sum_n (x_n - m)^2 $$

and within the classes it is

$$ S_w = \\sum_n (x_n - m_n)^2 $$

Between the classes it is

$$ S_b = S_t - S_w $$

so that

"""


def test_labels_are_no_positions() -> None:
    assert outcomes(SCATTER + "$$ S_t = S_w + S_b $$") == "proved"
    assert outcomes(SCATTER + "$$ S_t = S_w - S_b $$") == "refuted"
    given = "Let $S$ be symmetric. The scatter between the classes is\n\n$$ S_b = S_t - S_w $$\n"
    assert "refuted" not in outcomes(given)


def test_letters_that_run_are_positions() -> None:
    """t is summed over, and stands for positions of S also where it is not."""
    slope = "\\frac{\\partial M}{\\partial S_b}"
    text = f"Let $M = \\sum_t S_t$ for all $t$. Then\n\n$$ {slope} = 1 $$\n\n$$ S_b = S_a - S_c $$"
    assert outcomes(text).split()[0] == "proved"
    assert outcomes(text.replace("= 1", "= 2")).split()[0] == "refuted"


def test_repeated_letters_where_no_sums_are_written() -> None:
    text = "Let $C = AB$. In components,\n\n$$ C_{ij} = A_{ik} B_{kj} $$\n"
    assert outcomes(text) == "unproved"
    assert outcomes(text.replace("A_{ik}", "A_{ki}")) in ("refuted", "conditional")


def test_repeated_letters_where_sums_are_written() -> None:
    text = "Let $y_i = \\sum_j W_{ij} x_j$. Then\n\n$$ y_i = W_{ij} x_j $$\n"
    assert outcomes(text) == "refuted"


@pytest.mark.parametrize(
    "words",
    [
        "The loss is zero for all the examples for which",
        "We count the pairs such that",
        "We look at examples obeying",
    ],
)
def test_a_condition_on_examples_is_no_claim(words: str) -> None:
    text = (
        f"Let $a_i$ be the score of example $i$ and $b$ the margin. {words}\n\n$$ a_i + b = a_j $$"
    )
    assert outcomes(text) == "unproved"
    assert outcomes(text.replace(words, "Then always")) == "refuted"
