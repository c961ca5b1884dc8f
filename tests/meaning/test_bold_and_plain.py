"""A plain letter on a page where it is bold elsewhere: a number, or the vector written plainly."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""Let $h(\mathbf{u}) = \sum_i u_i^2$ for a vector $\mathbf{u}$. Its slope is
$$\frac{\partial h}{\partial \mathbf{u}} = 2 \mathbf{u}.$$

# One variable

STEP
"""


def outcomes(step: str) -> list[str]:
    report = derive.check(PAGE.replace("STEP", step), format="markdown")
    return [c.verdict.outcome for c in report.claims if c.verdict]


@pytest.mark.parametrize(
    "step",
    [
        r"$$3 u^3 - 3 u^2 = 3 u (u - 1) u$$",
        r"$$\frac{d}{du} (c u) = c$$",
        r"$$12 u^3 - 12 u^2 - 24 u = 12 u (u - 2)(u + 1)$$",
    ],
)
def test_right_steps_about_a_number_are_not_refuted(step: str) -> None:
    first, second = outcomes(step)
    assert first == "proved"
    assert second in ("proved", "unproved")


def test_the_bold_vector_is_judged() -> None:
    assert outcomes(r"$$4 h(\mathbf{u}) = 5 \sum_i u_i^2$$")[-1] == "refuted"
    wrong = PAGE.replace("2 \\mathbf{u}", "3 \\mathbf{u}").replace("STEP", "")
    (claim,) = derive.check(wrong, format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == "refuted"


def test_numbers_beside_a_matrix_of_the_same_letter() -> None:
    text = r"""The data are $X_i$ and $Y_i$, and $S = \sum_{i=1}^n X_i^2$. With several variables
the weights are $(\mathbf{X}^T \mathbf{X})^{-1} \mathbf{X}^T \mathbf{Y}$. Here

$$\sum_{i=1}^n (X_i - Y_i)^2 = S - 2 \sum_{i=1}^n X_i Y_i SIGN \sum_{i=1}^n Y_i^2$$"""
    report = derive.check(text.replace("SIGN", "+"), format="markdown")
    assert [c.verdict.outcome for c in report.claims if c.verdict] == ["proved"]
    report = derive.check(text.replace("SIGN", "-"), format="markdown")
    assert [c.verdict.outcome for c in report.claims if c.verdict] == ["refuted"]


def test_a_slope_by_a_component_that_is_bold_there_alone() -> None:
    text = r"""$$s(\mathbf{z})_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$$

If $i = j$:
$$\frac{\partial s(\mathbf{z})_i}{\partial \mathbf{z}_j}
= \left(\frac{e^{z_j}}{\sum_k e^{z_k}}\right)' = s(\mathbf{z})_j (1 - s(\mathbf{z})_j)$$
"""
    for page, outcome in ((text, "proved"), (text.replace("(1 -", "(2 -"), "refuted")):
        claims = derive.check(page, format="markdown").claims
        assert [j.verdict.outcome for j in claims if j.verdict] == ["proved", outcome]
    vectors = text + r"Here $\mathbf{z}_j^T \mathbf{z}_j = 1$."  # there are several z
    claims = derive.check(vectors, format="markdown").claims
    assert next(j.verdict.outcome for j in claims if j.verdict) != "proved"
