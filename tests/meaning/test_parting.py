"""Ranges that a few formulas take for one, and all others for two."""

from __future__ import annotations

import pytest

import derive
from derive.meaning.parting import parted

PREDICTION = (
    r"Let $\hat y_i = \sum_{j=1}^{d} x_{ij} w_j$ be the prediction for example $i$." + "\n\n"
)
LOSS = r"$$L = \sum_{i=1}^{n} (\hat y_i - y_i)^2$$" + "\n\n"
RIGHT = r"$$\frac{\partial L}{\partial w_k} = 2 \sum_{i=1}^{n} (\hat y_i - y_i) x_{ik}$$" + "\n\n"
WRONG = r"$$\frac{\partial L}{\partial w_k} = 2 \sum_{i=1}^{n} (\hat y_i + y_i) x_{ik}$$" + "\n\n"
# The targets are n, and here they are d, as the weights are.
SLIP = r"$$\sum_{i=1}^{d} 2 y_i = 2 \sum_{i=1}^{d} y_i$$" + "\n\n"
MEAN = r"The mean is $$\bar y = \frac{1}{d} \sum_{i=1}^{d} y_i$$" + "\n\n"
FALSE_OF_ALL = r"$$\sum_{i=1}^{n} y_i = \sum_{i=1}^{d} y_i$$" + "\n\n"
MEETS = "it takes d and n positions for the same, unlike most of the document"

PAGES = [
    (PREDICTION + LOSS + RIGHT + SLIP, "proved unproved"),
    (PREDICTION + LOSS + WRONG + SLIP, "refuted unproved"),
    (PREDICTION + LOSS + SLIP + RIGHT, "unproved proved"),
    (PREDICTION + LOSS + MEAN + RIGHT, "proved"),
    (PREDICTION + LOSS + MEAN + WRONG, "refuted"),
    (PREDICTION + LOSS + RIGHT + FALSE_OF_ALL, "proved unproved"),
]


def judged(text: str) -> list[tuple[str, str]]:
    verdicts = (j.verdict for j in derive.check(text).claims)
    return [(v.outcome, v.message) for v in verdicts if v is not None]


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_one_formula_does_not_spoil_the_others(text: str, expected: str) -> None:
    assert " ".join(outcome for outcome, _ in judged(text)) == expected


def test_the_formula_itself_is_told() -> None:
    assert (MEETS in dict(judged(PREDICTION + LOSS + RIGHT + SLIP)).values()) is True


def test_a_sum_that_ends_at_its_own_letter_spoils_no_other() -> None:
    text = r"$$S = \sum_{i=1}^n x_i$$ $$\sum_{n=1}^n x_n = S$$ $$\sum_{i=1}^n 2 x_i = %s$$"
    assert judged(text % "2 S")[-1][0] == "proved"
    assert judged(text % "3 S")[-1][0] == "refuted"


def test_the_most_common_joins_are_kept() -> None:
    links = [
        ("bound:1", "size:n"), ("bound:1", "slot:y:0"),
        ("bound:2", "size:n"), ("bound:2", "slot:y:0"), ("bound:2", "slot:x:0"),
        ("bound:3", "size:d"), ("bound:3", "slot:x:1"), ("bound:3", "slot:w:0"),
        ("bound:4", "size:d"), ("bound:4", "slot:y:0"),
    ]  # fmt: skip
    found = parted(links)
    assert found["slot:y:0"] == found["slot:x:0"] == found["size:n"]
    assert found["slot:w:0"] == found["slot:x:1"] == found["size:d"] != found["size:n"]


def test_positions_from_0_are_those_of_the_same_size() -> None:
    found = parted([("bound:1", "size:K"), ("bound:1", "slot:z:0"), ("slot:z:0", "size:K+1")])
    assert found["size:K"] == found["size:K+1"] == found["slot:z:0"]


def test_a_function_says_once_what_its_uses_repeat() -> None:
    links = [("slot:z:0", "slot:x:0")] * 9 + [("bound:1", "slot:x:0"), ("bound:1", "size:m")]
    links += [("bound:2", "slot:x:0"), ("bound:2", "size:m"), ("bound:3", "slot:z:0")]
    links += [("bound:3", "size:n"), ("bound:4", "slot:z:0"), ("bound:4", "size:n")]
    found = parted(links)
    assert found["slot:x:0"] == found["size:m"] != found["size:n"] == found["slot:z:0"]


VARIANCE = (
    r"Let $m = \frac{1}{N} \sum_{n=1}^N x_n$ and $v = \frac1N \sum_{n=1}^N (x_n - m)^2$." + "\n\n"
)
# M is the size of another sum over the same, and not N.
OTHER = r"$$v = \frac{1}{N} \sum_{n=1}^{M} x_n^2 - m^2$$" + "\n\n"
SLOPE = r"$$\frac{\partial v}{\partial x_k} = \frac{2}{%s} (x_k - m)$$"


@pytest.mark.parametrize(("size", "expected"), [("N", {"proved"}), ("M", {"refuted", "unproved"})])
def test_a_size_is_no_other_one(size: str, expected: set[str]) -> None:
    for text in (VARIANCE + OTHER + SLOPE % size, VARIANCE + SLOPE % size + "\n\n" + OTHER):
        outcomes = [outcome for outcome, _ in judged(text)]
        assert "unproved" in outcomes
        outcomes.remove("unproved")
        assert set(outcomes) <= expected
