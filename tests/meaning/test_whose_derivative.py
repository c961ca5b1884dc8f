"""A derivative that is told in words behind the function that it is of."""

from __future__ import annotations

import pytest

import derive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $h(v) = v^3$, whose derivative is $3 v^2$.", ["proved"]),
        (r"Let $h(v) = v^3$, whose derivative is $3 v$.", ["refuted"]),
        (r"Let $h(v) = e^{2 v}$. Its derivative is $2 h(v)$.", ["proved"]),
        (r"Let $h(v) = e^{2 v}$. Its derivative is $h(v)$.", ["refuted"]),
        (r"The function $h(v) = v^2$ has derivative $v$ everywhere.", ["refuted"]),
        (r"Let $h(v) = v^3$. Its derivative is $h'(v) = 3 v^2$.", ["proved"]),
        (r"Let $h(v) = v^3$, whose derivative is denoted by $d$.", []),
        (r"Let $h(v) = v^3$. Its second derivative is $6 v$.", []),
    ],
)
def test_a_derivative_in_words(text: str, expected: list[str]) -> None:
    claims = derive.check(text, format="markdown").claims
    assert [claim.verdict.outcome for claim in claims] == expected
