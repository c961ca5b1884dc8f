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
