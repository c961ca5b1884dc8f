"""Gradients by a matrix that hold for its transpose: another layout, and nothing false."""

from __future__ import annotations

import pytest

import derive

SETTING = r"Let $z_i = \sum_j W_{ij} x_j$ and $L = \frac{1}{2} \sum_i (z_i - t_i)^2$. Then "


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (r"\frac{\partial L}{\partial W} = (z - t) x^T", "proved"),
        (r"\frac{\partial L}{\partial W} = x (z - t)^T", "unproved"),
        (r"\frac{\partial L}{\partial W} = 2 x (z - t)^T", "refuted"),
        (r"\frac{\partial L}{\partial W} = x (z + t)^T", "refuted"),
        (r"\frac{\partial L}{\partial W_{ij}} = (z_i - t_i) x_j", "proved"),
    ],
)
def test_the_layout_is_a_convention(step: str, outcome: str) -> None:
    assert outcomes(f"{SETTING} $${step}$$") == [outcome]


def test_an_entry_is_the_same_in_each_layout() -> None:
    step = r"\frac{\partial L}{\partial W_{ij}} = (z_j - t_j) x_i"
    assert outcomes(f"{SETTING} $${step}$$")[0] in ("refuted", "conditional")


def test_other_gradients_show_the_layout() -> None:
    by_z = SETTING.replace("Then ", r"Let $E = \frac{1}{2} \sum_i z_i^2$. ")
    right = r"$$\frac{\partial E}{\partial W} = z x^T$$" + "\n\n"
    turned = r"$$\frac{\partial L}{\partial W} = x (z - t)^T$$" + "\n\n"
    wrong = "refuted", "conditional"
    assert outcomes(by_z + right + turned)[0] == "proved"
    assert outcomes(by_z + right + turned)[1] in wrong
    assert outcomes(by_z + turned + right)[0] in wrong
    assert outcomes(by_z + turned + right.replace("z x^T", "x z^T")) == ["unproved"] * 2
