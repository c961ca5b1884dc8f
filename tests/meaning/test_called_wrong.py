"""What the text may call wrong itself is no finding; a right equation is proved all the same."""

from __future__ import annotations

import pytest

import derive

SLOPE = r"$\frac{d}{dx} x^2 = %s$"

# Where %s stands is what the author does not claim.
CALLED_WRONG = [
    "It is a common misconception that %s.",
    "It is easy to make the sign error %s.",
    "A mistake that is often seen is %s.",
    "Common error: %s.",
    "The buggy code computes %s.",
    "Naively, one would write %s.",
    "It would be wrong to conclude that %s.",
    "**Wrong:** %s. **Right:** $x + x = 2x$.",
    "Erratum: an earlier version said %s.",
    "In the first edition this read %s.",
    "No one would say %s.",
    "It cannot be that %s.",
    "Neither %s nor $x = x + 1$ holds.",
    "We reject the idea that %s.",
    "Some students write %s.",
    "The claim %s in [2] contains a sign error.",
    "We read %s there; it should be $x + x = 2x$.",
    "~~%s~~",
    "Were the exponent another, we would have %s.",
]

# Words of the same kind that take nothing back.
CLAIMED = [
    "The error is small, and %s.",
    "The derivative of the error gives %s.",
    "For the wrong class, %s.",
    "With the false positives we get %s.",
    "We find %s. This error is propagated back.",
    "The first layer gives %s.",
    "This is what we would expect: %s.",
    "Some algebra shows that %s.",
    "The sign is a mistake there, the correct slope is %s.",
    "Contrary to what one may think, %s.",
]


def outcomes(text: str) -> list[str]:
    judged = derive.check(text, format="markdown").judgements
    return [j.verdict.outcome if j.verdict else j.statement.kind for j in judged]


@pytest.mark.parametrize("page", CALLED_WRONG)
def test_what_the_text_may_call_wrong_is_not_refuted(page: str) -> None:
    assert outcomes(page % (SLOPE % "x"))[0] in ("unproved", "unread")
    assert outcomes(page % (SLOPE % "2x"))[0] in ("proved", "unread")


@pytest.mark.parametrize("page", CLAIMED)
def test_what_it_claims_is_refuted(page: str) -> None:
    assert outcomes(page % (SLOPE % "x"))[0] == "refuted"
    assert outcomes(page % (SLOPE % "2x"))[0] == "proved"


def test_the_next_claim_is_judged() -> None:
    page = f"It is a misconception that {SLOPE % 'x'}.\n\nIn fact, {SLOPE}."
    assert outcomes(page % "2x")[1:] == ["proved"]
    assert outcomes(page % "3x")[1:] == ["refuted"]
