"""What an example supposes that a paragraph opens in bold: it may be over in the next such one."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return " ".join(verdict.outcome for verdict in found if verdict is not None)


SQUARE = "Let $f(x) = x^2$.\n\n**Example.** Take $x = 3$. Then $f(x) = 9$.\n\n"
SIGMOID = (
    "Let $\\sigma(z) = 1/(1+e^{-z})$.\n\n*Example:* Let $z = 0$. Then $\\sigma(z) = \\frac12$.\n\n"
)
PAGES = {
    "another part": (SQUARE + "**Derivative.** $f'(x) = 6$.", "proved unproved"),
    "its solution": (SQUARE + "**Solution.** $f'(x) = 6$.", "proved proved"),
    "what holds of all": (SQUARE + "**Derivative.** $f'(x) = 2x$.", "proved proved"),
    "what holds of none": (SQUARE + "**Derivative.** $f'(x) = x$.", "proved refuted"),
    "a value that is supposed": (
        SIGMOID + r"*Property:* $\sigma'(z) = \frac14$.",
        "proved unproved",
    ),
    "a property": (
        SIGMOID + r"*Property:* $\sigma'(z) = \sigma(z)(1-\sigma(z))$.",
        "proved proved",
    ),
    "no property": (
        SIGMOID + r"*Property:* $\sigma'(z) = \sigma(z)(1+\sigma(z))$.",
        "proved refuted",
    ),
    "another example": (
        SIGMOID + r"*Example:* Let $z = 1$. Then $\sigma(z) = \frac12$.",
        "proved refuted",
    ),
    "no example": (
        "Let $a = 2$. Then $a^2 = 4$.\n\n**Result.** $a^4 = 16$, $a^3 = 9$.",
        "proved proved refuted",
    ),
    "a theorem": (
        "**Theorem.** Let $a > 0$. Then $\\sqrt{a^2} = a$.\n\n**Proof.** $\\sqrt{a^2} = a$.\n\n"
        "**Corollary.** $\\sqrt{a^2} = a$.",
        "proved proved unproved",
    ),
}


@pytest.mark.parametrize(("text", "expected"), PAGES.values(), ids=PAGES)
def test_pages(text: str, expected: str) -> None:
    assert outcomes(text) == expected


@pytest.mark.parametrize(("last", "expected"), [("y", "unproved"), ("1", "refuted")])
def test_a_number_that_is_called_something(last: str, expected: str) -> None:
    assert outcomes(rf"For example, $$\log 1 = {last}$$") == expected
