"""What words say of a sum that is 1: of whom, over what, and where they do not say it."""

from __future__ import annotations

import pytest

import derive

LOSS = r"Let $L = -\sum_i t_i z_i + \sum_i t_i \log \sum_j e^{z_j}$"
RESULT = r"$$ L = \log \sum_j e^{z_j} - \sum_i t_i z_i $$"
ROWS = (
    r"Let $L_n = -\sum_k t_{nk} z_{nk} + \sum_k t_{nk} \log \sum_j e^{z_{nj}}$ "
    r"for $n = 1, \ldots, N$ and $k = 1, \ldots, K$. "
)
OF_ROWS = r"$$ L_n = \log \sum_j e^{z_{nj}} - \sum_k t_{nk} z_{nk} $$"
BOTH = r"Let $K = \sum_i t_i (\log t_i - \log p_i) + \sum_i t_i - \sum_i p_i$. "
OF_BOTH = r"$$ K = \sum_i t_i \log t_i - \sum_i t_i \log p_i $$"


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    "said",
    [
        r", where $t$ sums to one. Then",
        r", where the $t_i$ sum to 1. Then",
        r" with $t$ summing up to $1$. Then",
        r". The entries of $t$ add up to one. Then",
        r". The $t_i$ are nonnegative, and they sum to one. Then",
        r". The targets $t_i$ satisfy $t_i \geq 0$ and sum to one. Then",
        r". Here $t_1, \ldots, t_N$ sum to one. Then",
        r". Let $t$ be a vector whose entries sum to one. Then",
        r". If $t$ sums to one, then",
        r". The sum of the $t_i$ is one. Then",
        r" for a probability distribution $t$. Then",
        r". Let $t$ be a distribution over the classes. Then",
        r". Let $t$ and $u$ be distributions over $K$ classes. Then",
        r". Here $t$ is a discrete distribution. Then",
        r". For two probability distributions $u$ and $t$,",
    ],
)
def test_words_say_that_a_sum_is_one(said: str) -> None:
    assert outcomes(f"{LOSS}{said}\n{RESULT}") == ["proved"]


@pytest.mark.parametrize(
    "said",
    [
        r", where $t$ does not sum to one. Then",
        r" for a probability distribution $u$ and weights $t$. Then",
        r". Let $u$ be a distribution over the classes. Then",
        r". Let $t$ be a distribution over functions. Then",
        r". Here $t$ is not a discrete distribution. Then",
        r". Unlike for a probability distribution $t$,",
        r" for an unnormalised probability distribution $t$. Then",
        r", where the $z_i$ sum to one. Then",
        r". The $t_i$ sum to one half. Then",
        r". The $t_i$ sum to 1.5. Then",
        r". The squares of the $t_i$ sum to one. Then",
        r". The first two $t_i$ sum to one. Then",
        r". $L$ is a function of $t$ and $z$ sums to one. Then",
        r". $t$ are the labels and the weights sum to one. Then",
        r". $L$ is the mean of $t$ with weights that sum to one. Then",
        r". Does $t$ sum to one? We have",
        r". Nobody says that the $t_i$ sum to one. Then",
        r". Nothing makes $t$ sum to one. Then",
        r". None of this needs that $t$ sums to one. Then",
        r". Often $t$ sums to one. Then",
        r". Unlike in classification, where the $t_i$ sum to one, here they do not. Then",
        r". If $t$ sums to one, it is simple. In general,",
        r". The $t_i$ sum to one. From now on, the $t_i$ need not sum to one. Then",
    ],
)
def test_words_do_not_say_that_a_sum_is_one(said: str) -> None:
    assert outcomes(f"{LOSS}{said}\n{RESULT}")[-1] != "proved"


@pytest.mark.parametrize("reason", ["because the $t_i$ sum to one", "where $t$ sums to one"])
def test_the_reason_may_stand_behind_the_step(reason: str) -> None:
    assert outcomes(f"{LOSS}. Then\n{RESULT}\n{reason}.") == ["proved"]
    assert outcomes(f"{LOSS}. Then\n{RESULT}\n{reason.replace('t', 'z')}.") != ["proved"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (r"The rows of $t$ sum to one. Then", True),
        (r"The $t_{nk}$ sum to one over $k$. Then", True),
        (r"For each $n$ the $t_{nk}$ sum to one. Then", True),
        (r"The columns of $t$ sum to one. Then", False),
        (r"The $t_{nk}$ sum to one over $n$. Then", False),
        (r"The $t_{nk}$ sum to one over $n$ and $k$. Then", False),
        (r"For each $k$ the $t_{nk}$ sum to one. Then", False),
        (r"All $t_{nk}$ together sum to one. Then", False),
    ],
)
def test_over_which_index_a_sum_is_one(said: str, expected: bool) -> None:
    assert (outcomes(f"{ROWS}{said}\n{OF_ROWS}") == ["proved"]) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (r"Here $t$ and $p$ sum to one. Then", True),
        (r"Both $t_i$ and $p_i$ sum to 1. Then", True),
        (r"$t$ sums to one, and so does $p$. Then", True),
        (r"Let $t$ and $p$ be probability vectors. Then", True),
        (r"Here $t$ sums to one but $p$ does not. Then", False),
        (r"Neither $t$ nor $p$ sums to one. Then", False),
    ],
)
def test_of_how_many_it_is_said(said: str, expected: bool) -> None:
    assert (outcomes(f"{BOTH}{said}\n{OF_BOTH}") == ["proved"]) is expected


@pytest.mark.parametrize(
    "said",
    [
        r". Here $t$ (a probability distribution) is given. Then",
        r" for the targets $t$ (a distribution over classes). Then",
        r" with $t$ a soft label, that is, a probability distribution. Then",
        r". Let $t$ be a soft label, i.e. a vector of probabilities. Then",
        r" with targets $t$. As the targets sum to one,",
        r" with weights $t_i \geq 0$. The weights are nonnegative and sum to one. Then",
        r". Let $t_i$ be the true labels. Since the labels sum to one,",
    ],
)
def test_appositions_and_nouns_say_that_a_sum_is_one(said: str) -> None:
    assert outcomes(f"{LOSS}{said}\n{RESULT}") == ["proved"]


@pytest.mark.parametrize(
    "said",
    [
        r". Here $z$ (a probability distribution) is given. Then",
        r" for the targets $t$ (not a probability distribution). Then",
        r" for the targets $t$ (a probability distribution is not needed). Then",
        r" with $t$ a soft label, that is, a vector of numbers. Then",
        r" with targets $t$. If the weights sum to one, all is well. Then",
        r" with targets $t$ and weights $z$. As the weights sum to one,",
        r" with targets $t$ and targets $z$. As the targets sum to one,",
        r" with targets $t$. The targets need not sum to one. Then",
        r" with targets $t$. The squares of the targets sum to one. Then",
    ],
)
def test_other_appositions_and_nouns_do_not(said: str) -> None:
    assert outcomes(f"{LOSS}{said}\n{RESULT}")[-1] != "proved"
