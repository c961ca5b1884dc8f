r"""``x_i, i = 1, \dots, N``: over what the letter of some names runs, which claims nothing."""

from __future__ import annotations

import pytest

import derive

LISTS = (
    r"$z_i, i = 1, 2, \dots, C$",
    r"$z_i, i = 1, \dots, C$",
    r"$(z_i, y_i), i = 1, \dots, C$",
    r"$z_i, y_i, i = 1, 2, \dots, C$",
)


@pytest.mark.parametrize("listed", LISTS)
def test_a_range_behind_names(listed: str) -> None:
    page = (
        f"Let {listed} be given. Then\n\n"
        "$$ \\frac{\\partial}{\\partial z_k} \\sum_{i=1}^C z_i^2 = 2 z_k $$\n"
        "$$ \\sum_{i=1}^C (z_i + 1) = \\sum_{i=1}^C z_i + C $$\n"
        "$$ \\frac{\\partial}{\\partial z_k} \\sum_{i=1}^C z_i^2 = z_k $$\n"
    )
    report = derive.check(page)
    assert report.judgements[0].statement.kind == "hypothesis"
    outcomes = [c.verdict.outcome for c in report.claims if c.verdict is not None]
    assert outcomes == ["proved", "proved", "refuted"]


def test_what_has_not_the_letter_is_claimed() -> None:
    """The z of ``z, i = 1, 2`` is no family of i: what is said there is not known."""
    report = derive.check(r"Let $z, i = 1, \dots, C$. Then $$ z + z = 2 z $$")
    assert report.claims[0].statement.left == "z, i"
