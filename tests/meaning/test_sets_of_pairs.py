"""``\\sum_{(i, j) \\in \\Omega}`` runs over some pairs, and not over all."""

from __future__ import annotations

import pytest

import derive

OBSERVED = r"Let $L = \sum_{(i,j) \in \Omega} (r_{ij} - u_i v_j)^2$. "
ALL = r"Let $L = \sum_i \sum_j (r_{ij} - u_i v_j)^2$. "


def outcome(text: str) -> str:
    *_, last = derive.check(text, format="markdown").claims
    assert last.verdict is not None
    return last.verdict.outcome


@pytest.mark.parametrize(
    "claim",
    [
        r"$$\frac{\partial L}{\partial u_i} = -2 \sum_j (r_{ij} - u_i v_j) v_j$$",
        r"$$L = \sum_i \sum_j (r_{ij}^2 - 2 r_{ij} u_i v_j + u_i^2 v_j^2)$$",
    ],
)
def test_all_pairs(claim: str) -> None:
    assert outcome(ALL + claim) == "proved"
    assert outcome(OBSERVED + claim) == "unproved"
    assert outcome(ALL + claim.replace("- ", "+ ")) in ("refuted", "conditional")


def test_a_number_of_points_beside_numbers_of_each() -> None:
    weights = r"""For the $N$ points let $r_{ik} = \frac{\pi_k f_{ik}}{\sum_j \pi_j f_{ij}}$
and $N_k = \sum_i r_{ik}$. """
    assert outcome(weights + r"$$\sum_k N_k = N$$") in ("proved", "unproved")
    assert outcome(weights + r"$$\sum_k N_k = 1$$") == "refuted"
