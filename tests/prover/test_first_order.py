"""Equations that hold to first order, of a function that is open and of one that is known."""

from __future__ import annotations

import derive


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


def test_a_function_that_is_defined_later_is_open_before() -> None:
    taylor = "For small $h$ we have $$f(x+h) = f(x) + h f'(x)$$"
    assert outcomes(taylor) == ["unproved"]
    assert outcomes(f"{taylor} Take $$f(x) = x^3$$ as an example.") == ["unproved"]


def test_a_function_that_is_known_is_not() -> None:
    assert outcomes("Let $f(x) = x^3$. Then $$f(x+h) = f(x) + f(h) + h f'(x)$$") == ["refuted"]
