"""A delta with two indices that the document defines itself is not Kronecker's."""

from __future__ import annotations

import pytest

import derive

ERRORS = r"""The output errors are $\delta_{nk} = y_{nk} - t_{nk}$, and
$E = \frac12 \sum_n \sum_k \delta_{nk}^2$.
"""
DIFFERENCES = r"Define $\delta_{ij} = x_i - x_j$."
DISTANCE = r"Let $\delta_{ij}$ denote the distance between $i$ and $j$."
BACKWARD = r"""Let $\delta_j = y_j - t_j$ be the error, and $\delta_{ij} = w_{ij} \delta_j$ the part
of it that goes back to $i$.
"""
SLOPES = r"""Let $E = \frac12 \sum_n \sum_k (y_{nk} - t_{nk})^2$, $y_{nk} = \sum_j w_{kj} x_{nj}$
and $\delta_{nk} = \frac{\partial E}{\partial y_{nk}}$.
"""
BOTH = r"""The errors are $\delta_{nk} = y_{nk} - t_{nk}$ with the softmax
$y_{nk} = \frac{e^{a_{nk}}}{\sum_j e^{a_{nj}}}$, of which the derivative is
$$\frac{\partial y_{nk}}{\partial a_{nj}} = y_{nk} (\delta_{kj} - y_{nj})$$
"""
KRONECKER = (
    r"Here $\delta_{ij} = \frac{\partial x_i}{\partial x_j}$, and $\delta_{ij}$ is 1 if $i = j$."
)

RIGHT = [
    (ERRORS, r"\frac{\partial E}{\partial y_{nk}} = \delta_{nk}"),
    (DIFFERENCES, r"\delta_{ii} = 0"),
    (DIFFERENCES, r"\delta_{ij} = -\delta_{ji}"),
    (BACKWARD, r"\sum_j \delta_{ij} = \sum_j w_{ij} (y_j - t_j)"),
    (SLOPES, r"\delta_{nk} = y_{nk} - t_{nk}"),
    (SLOPES, r"\frac{\partial E}{\partial w_{kj}} = \sum_n \delta_{nk} x_{nj}"),
    (BOTH, r"\frac{\partial y_{nk}}{\partial a_{nj}} = y_{nj} (\delta_{kj} - y_{nk})"),
    (BOTH, r"\delta_{nk}^2 = y_{nk}^2 - 2 y_{nk} t_{nk} + t_{nk}^2"),
    (KRONECKER, r"\sum_j \delta_{ij} x_j = x_i"),
]
WRONG = [
    (ERRORS, r"\frac{\partial E}{\partial y_{nk}} = 2 \delta_{nk}"),
    (ERRORS, r"\sum_k \delta_{nk} = 1"),
    (ERRORS, r"\delta_{nk}^2 = \delta_{nk}"),
    (DIFFERENCES, r"\delta_{ii} = 1"),
    (DISTANCE, r"\sum_j \delta_{ij} x_j = x_i"),
    (BACKWARD, r"\sum_j \delta_{ij} = 1"),
    (BACKWARD, r"\delta_{ij}^2 = \delta_{ij}"),
    (BOTH, r"\sum_k \delta_{nk} = 1"),
    (KRONECKER, r"\sum_j \delta_{ij} x_j = 2 x_i"),
]


def verdicts(before: str, claim: str) -> list[str]:
    claims = derive.check(f"{before}\n\n$${claim}$$", format="markdown").claims
    return [step.verdict.outcome for step in claims if step.verdict is not None]


@pytest.mark.parametrize(("before", "claim"), RIGHT)
def test_right(before: str, claim: str) -> None:
    assert set(verdicts(before, claim)) == {"proved"}


@pytest.mark.parametrize(("before", "claim"), WRONG)
def test_wrong(before: str, claim: str) -> None:
    *earlier, last = verdicts(before, claim)
    assert (set(earlier) <= {"proved"}, last) == (True, "refuted")


def test_which_is_meant_is_not_said() -> None:
    text = r"Let $\delta_{ij} = x_i - x_j$. $$\delta_{kl}^2 = \delta_{kl}$$"
    report = derive.check(text, format="markdown")
    assert [s.statement.kind for s in report.judgements][-1] == "unread"


@pytest.mark.parametrize(
    ("step", "outcomes"),
    [
        (r"\frac{\partial E}{\partial v_{ih}} = (b_h - t_h) x_i", ("proved",)),
        (r"\Delta v_{ih} = -\eta (b_h - t_h) x_i", ("proved",)),
        (r"\Delta v_{ih} = -\eta (b_h - t_h) x_h", ("refuted", "conditional")),
        (r"\Delta v_{ih} = \eta (b_h - t_h) x_i", ("refuted", "conditional")),
    ],
)
def test_an_increment_is_no_product_with_a_matrix(step: str, outcomes: tuple[str, ...]) -> None:
    text = rf"""The old rule was $\Delta \mathbf{{w}} = \eta (y - \hat{{y}}) \mathbf{{x}}$. Let

$$ \Delta v_{{ih}} = -\eta \frac{{\partial E}}{{\partial v_{{ih}}}} $$

where $E = \frac{{1}}{{2}} \sum_h (b_h - t_h)^2$ and $b_h = \sum_i v_{{ih}} x_i$.

$$ {step} $$
"""
    assert derive.check(text).claims[-1].verdict.outcome in outcomes
