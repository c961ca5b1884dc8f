"""Letters in brackets and above names that only tell which one is meant."""

from __future__ import annotations

import derive


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


def test_an_argument_that_does_not_stand_in_the_definition() -> None:
    text = r"Let $I(\mu) = n / \sigma^2$. Then $I(\sigma^2) = n / (2 \sigma^4)$."
    assert outcomes(text) == ["unproved"]
    assert outcomes(r"Let $I(\mu) = n / \sigma^2$. Then $I(\mu) = 2 n / \sigma^2$.") != ["proved"]
    assert outcomes(r"Let $f(x) = a b$. Then $f(2) = 2 a b$.") == ["refuted"]


SOFTMAX = r"Let $p_i = e^{z_i^o} / \sum_j e^{z_j^o}$. Then "


def test_the_letter_of_the_output_layer_is_no_index() -> None:
    assert outcomes(SOFTMAX + r"$$\sum_i p_i = 1$$") == ["proved"]
    assert outcomes(SOFTMAX + r"$$\log p_i = z_i^o - \log \sum_j e^{z_j^o}$$") == ["proved"]
    assert outcomes(SOFTMAX + r"$$\log p_i = z_i^o + \log \sum_j e^{z_j^o}$$") == ["refuted"]
    assert outcomes(SOFTMAX + r"$$\log p_i = z_i - \log \sum_j e^{z_j}$$") == ["unproved"]
