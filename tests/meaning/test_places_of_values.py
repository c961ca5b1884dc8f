"""``w |_{x = 0}``: also where x stands in what w is made of."""

from __future__ import annotations

import pytest

import derive

MADE = r"Let $w = 2 x + 1$, $v = w^2$ and $f(t) = t^3$. Then "


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\left. w \right|_{x = 0} = 1", r"\left. w \right|_{x = 0} = w"),
        (r"\left. v \right|_{x = 1} = 9", r"\left. v \right|_{x = 1} = v"),
        (r"\left. (w + x) \right|_{x = 1} = 4", r"\left. (w + x) \right|_{x = 1} = w + 1"),
        (r"\left. f(w) \right|_{x = 0} = 1", r"\left. f(w) \right|_{x = 0} = f(w)"),
    ],
)
def test_a_value_at_a_place(right: str, wrong: str) -> None:
    (claim,) = derive.check(f"{MADE}${right}$.").claims
    assert claim.verdict.outcome in ("proved", "unproved")
    (claim,) = derive.check(f"{MADE}${wrong}$.").claims
    assert claim.verdict.outcome in ("refuted", "unproved")


def test_what_is_made_of_others_is_put_in() -> None:
    claims = derive.check(rf"{MADE}$\left. v \right|_{{x = 1}} = 9$.").claims
    assert [claim.verdict.outcome for claim in claims] == ["proved"]
