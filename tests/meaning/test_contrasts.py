"""What is defined in one case is not used in the opposite one: "Otherwise, □"."""

from __future__ import annotations

import pytest

import derive
from derive.meaning.contrasts import contrast, opening

OPPOSITES = [
    ("If the network is linear,", "Otherwise"),
    ("At the minimum,", "Away from the minimum,"),
    ("For linear activations,", "For nonlinear activations,"),
    ("For a regular matrix,", "For an irregular matrix,"),
    ("With a penalty,", "Without a penalty,"),
    ("When it is normalized,", "When it is not normalized,"),
]
OTHERS = [
    ("In the forward pass,", "In the backward pass,"),
    ("For the hidden layer,", "For the output layer,"),
    ("For the linear layer,", "For the nonlinear layer,"),
    ("Before the update,", "After the update,"),
    ("For the first example,", "Otherwise put, here"),
]


def outcomes(text: str) -> list[str]:
    claims = derive.check(text, format="markdown").claims
    return [j.verdict.outcome for j in claims if j.verdict is not None]


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposites(one: str, other: str) -> None:
    assert contrast(opening(one), opening(other))
    text = f"{one} $t = 2 x$, so that $t - 2 x = 0$.\n\n{other} $t - 2 x = 0$."
    assert outcomes(text) == ["proved", "unproved"]
    again = f"{one} $t = 2 x$, so that $t - 2 x = 0$.\n\n{one} $t - 2 x = 0$."
    assert outcomes(again) == ["proved", "proved"]


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_no_opposites(one: str, other: str) -> None:
    text = f"{one} $z = 2 x$.\n\n{other} $\\frac{{dz}}{{dx}} = 2$."
    assert outcomes(text) == ["proved"]


@pytest.mark.parametrize("other", ["", "At the minimum"])
def test_what_is_no_opposite_of_itself(other: str) -> None:
    assert not contrast("At the minimum", other)
