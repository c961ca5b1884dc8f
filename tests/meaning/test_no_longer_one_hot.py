"""What is said in words to be assumed no longer is not supposed by these words."""

from __future__ import annotations

import pytest

import derive

LOSS = r"Let $p_i = e^{z_i} / \sum_j e^{z_j}$ and $L = -\sum_i t_i \log p_i$"
SLOPE = "\n\n$$\\frac{\\partial L}{\\partial z_k} = p_k - t_k$$\n\n"
SINCE = SLOPE.replace("t_k$$", "t_k \\quad (\\because \\textstyle\\sum_i t_i = 1)$$")


def outcomes(text: str) -> list[str]:
    report = derive.check(text)
    return [j.verdict.outcome for j in report.judgements if j.verdict is not None]


@pytest.mark.parametrize(
    "words",
    [
        "We no longer assume that $t$ is one-hot.",
        "We do not assume that $t$ is one-hot any more.",
        "Now we drop the assumption that $t$ is one-hot.",
        "Without the assumption that $t$ is one-hot:",
    ],
)
@pytest.mark.parametrize("first", [SLOPE, SINCE])
def test_one_hot_no_longer(words: str, first: str) -> None:
    text = LOSS + ", where $t$ is one-hot." + first + words + SLOPE
    before, after = outcomes(text)
    assert before == "proved"
    assert after in ("conditional", "unproved")  # where the first may hold no longer


def test_what_was_said_of_the_sum_before_stays() -> None:
    text = (
        LOSS
        + r", where $\sum_i t_i = 1$ and $t$ is one-hot. We no longer assume that $t$ is one-hot."
    )
    assert outcomes(text + SLOPE + r"$$\sum_i t_i^2 = 1$$") == ["proved", "conditional"]


def test_never_assumed() -> None:
    assert outcomes(LOSS + ". We do not assume that $t$ is one-hot." + SLOPE) == ["conditional"]
    assert outcomes(
        LOSS + ". We do not assume more of $z$. The target $t$ is one-hot." + SLOPE
    ) == ["proved"]
