"""Values that are supposed, several in one sentence, and what is said of small quantities."""

from __future__ import annotations

import pytest

import derive

PAGES = [
    (
        "Let $y = (x_1 + x_2) x_3$. Suppose that $x_1 = 4$, $x_2 = 2$ and $x_3 = -5$. "
        "Then $y = -30$.",
        "proved",
    ),
    (
        "Let $y = (x_1 + x_2) x_3$. Suppose that $x_1 = 4$, $x_2 = 2$ and $x_3 = -5$. "
        "Then $y = -29$.",
        "refuted",
    ),
    (
        "Let $y = x_1 x_2$. We assume the values $x_1 = 4$, $x_2 = 2$. Then $y = 8$.",
        "proved",
    ),
    ("Let $y = x_1 x_2$. Assuming $x_1 = 4$, $x_1 + 1 = 6$.", "refuted"),
    ("A layer computes $z = w x + b$. Suppose $z = 2$. Then $z^2 = 4$.", "unproved"),
    ("Let $z = w x + b$. Then $z = 2$.", "refuted"),
    (r"Let $f(x) = x^3$. For small $h$, $f(x + h) = f(x) + h f'(x)$.", "unproved"),
    (r"Let $f(x) = x^3$. Then $f(x + h) = f(x) + h f'(x)$.", "refuted"),
    (r"For small $h$, $x + x = 3 x$.", "refuted"),
]


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_outcomes(text: str, expected: str) -> None:
    verdicts = (j.verdict for j in derive.check(text).claims)
    assert " ".join(v.outcome for v in verdicts if v is not None) == expected
