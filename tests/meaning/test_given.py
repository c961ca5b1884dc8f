"""What is given in whatever words: sums that are 1, how many classes there are, recurrences."""

from __future__ import annotations

import pytest

import derive

GIVEN = r"For distributions $p$ and $q$ over $K$ outcomes, $\sum_k p_k = 1$ and $\sum_k q_k = 1$."


def verdicts(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\sum_k p_k (1 + \log q_k) = 1 + \sum_k p_k \log q_k", "proved"),
        (r"\sum_k (p_k - q_k) = 0", "proved"),
        (r"\sum_k p_k q_k = 1", "refuted"),
    ],
)
def test_sums_that_are_one(claim: str, outcome: str) -> None:
    assert verdicts(f"{GIVEN}\n\n$${claim}$$") == [outcome]


def test_a_sum_of_a_defined_name_is_claimed() -> None:
    text = r"Let $y_i = 2 x_i$. For distributions, $\sum_i y_i = 1$."
    assert verdicts(text) == ["refuted"]


def test_what_is_concluded_is_claimed() -> None:
    assert verdicts(r"It follows that $\sum_i y_i = 1$.") != []


def test_a_sum_that_is_one_of_what_is_defined_later_is_no_hypothesis() -> None:
    text = rf"""{GIVEN} If $q = softmax(z)$, then

$$\frac{{\partial}}{{\partial z_i}} \sum_k p_k \log q_k = SIGN(p_i - q_i)$$
"""
    assert verdicts(text.replace("SIGN", "")) == ["proved"]
    assert verdicts(text.replace("SIGN", "-")) == ["refuted"]


def test_the_number_of_classes_that_is_said() -> None:
    given = r"For a distribution $p$ over $K$ outcomes, $\sum_k p_k = 1$."
    text = given + r" For the uniform distribution $p_k = 1/K$, $$-\sum_k p_k \log p_k = \log K$$"
    assert verdicts(text) == ["proved"]
    assert verdicts(text.replace(r"\log K$$", r"-\log K$$")) == ["refuted"]
    assert verdicts(text.replace(" over $K$ outcomes", "")) == ["conditional"]


def test_an_error_with_an_index_is_defined() -> None:
    text = r"The error is $e_n = x_n - a$. $$x_n = a + e_n$$"
    assert verdicts(text) == ["proved"]
    assert verdicts(text.replace("a + e", "a - e")) == ["refuted"]


def test_a_recurrence_out_of_reach_is_kept() -> None:
    text = r"Let $f(x) = x^2 - a$. We iterate $x_{n+1} = x_n - \frac{f(x_n)}{f'(x_n)}$."
    assert verdicts(text) == []


def test_sections_on_different_losses_define_them_anew() -> None:
    text = r"""## MSE

$L = \sum_i (s_i - y_i)^2$ and $\frac{\partial L}{\partial s_i} = 2 (s_i - y_i)$.

## TITLE

$L = e^{-y s}$ and $\frac{\partial L}{\partial s} = -y e^{-y s}$.
"""
    assert verdicts(text.replace("TITLE", "Exponential loss")) == ["proved", "proved"]
    wrong = text.replace("TITLE", "Exponential loss").replace("= -y e", "= y e")
    assert verdicts(wrong) == ["proved", "refuted"]
    assert "proved" not in verdicts(text.replace("TITLE", "MSE again"))[1:]


@pytest.mark.parametrize(
    ("loss", "whole"),
    [
        (r"-\sum_i a_i \log q_i", r"\sum_i a_i"),
        (r"-\sum_i \sum_j a_{ij} \log q_{ij}", r"\sum_i \sum_j a_{ij}"),
    ],
)
def test_what_stands_beside_a_definition_is_given(loss: str, whole: str) -> None:
    page = f"$$C = {loss}, \\qquad {whole} = 1$$\n\nSo $$2 {whole} = 2$$"
    assert verdicts(page) == ["proved"]
    assert verdicts(page.replace("= 2$$", "= 3$$"))[-1] != "proved"


def test_a_sum_of_what_is_defined_is_claimed_beside_it() -> None:
    page = r"$$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}, \qquad \sum_i p_i = 1$$"
    assert verdicts(page) == ["proved"]
    assert verdicts(page.replace("= 1$$", "= 2$$")) == ["refuted"]


def test_what_no_longer_sums_to_one_is_said_not_to() -> None:
    page = (
        r"$$C = -\sum_i a_i \log q_i, \qquad \sum_i a_i = 1$$"
        + "\n\n# Other targets\n\nSAID, with "
        r"$q_i = e^{z_i} / \sum_j e^{z_j}$:"
        + "\n\n"
        + r"$$\frac{\partial C}{\partial z_k} = q_k - a_k$$"
    )
    assert verdicts(page.replace("SAID", "For all targets")) == ["proved"]
    other = page.replace("SAID", "For targets that do not sum to one")
    assert verdicts(other) == ["conditional"]
    assert verdicts(other.replace("q_k - a_k", r"q_k \sum_i a_i - a_k")) == ["proved"]
