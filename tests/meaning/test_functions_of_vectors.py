"""Functions of vectors and matrices: their arguments are no numbers, also at other places."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    return [step.verdict.outcome for step in derive.check(text, format="markdown").claims]


SQUARE = r"Let $x, y \in \mathbb{R}^n$ and $f(x) = \|x\|^2$." + "\n\n"
TRACE = r"Let $f(W) = \operatorname{tr}(W^T W)$." + "\n\n"
FORM = r"Let $f(x) = \frac12 x^T A x + b^T x$ for a symmetric matrix $A$." + "\n\n"
STEP = r"Let $L(w) = \|w\|^2$ and $w' = w - \eta \nabla L(w)$." + "\n\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (SQUARE + r"$$ f(x) = \sum_i x_i^2 $$ $$ \nabla f(x) = 2 x $$", "proved"),
        (SQUARE + r"$$ f(y) = \|y\|^2 $$ $$ f(2x) = 4 f(x) $$", "proved"),
        (SQUARE + r"$$ f(y) = \|y\|^2 $$ $$ f(x + y) = f(x) + 2 x^T y + f(y) $$", "proved"),
        (SQUARE + r"$$ f(y) = \|y\|^2 $$ $$ f(x + y) = f(x) + f(y) $$", "refuted"),
        (SQUARE + r"$$ f(y) = \|y\|^2 $$ $$ f(x) = n x^2 $$", "unproved"),
        (SQUARE + r"$$ f(y) = \|y\|^2 $$ $$ \nabla f(x) = 2 n x $$", "refuted"),
        (TRACE + r"$$ f(A + B) = f(A) + 2 \operatorname{tr}(A^T B) + f(B) $$", "proved"),
        (TRACE + r"$$ f(W) = \|W\|_F^2 $$", "proved"),
        (FORM + r"$$ \nabla f(x) = A x + b $$", "unproved"),
        (FORM + r"$$ f(x + h) = f(x) + (A x + b)^T h + \frac12 h^T A h $$", "unproved"),
        (FORM + r"$$ f(x + h) = f(x) + (A x + b)^T h + h^T A h $$", "refuted"),
        (FORM + r"$$ \nabla f(x) = 2 A x + b $$", "refuted"),
        (FORM.replace("for a", "with a") + r"$$ \nabla f(x) = A x + b $$", "proved"),
        # w' is another vector than w.
        (STEP + r"$$ L(w') = (1 - 2 \eta)^2 L(w) $$", "proved"),
        (STEP + r"$$ L(w') = (1 - 2 \eta) L(w) $$", "refuted"),
        (STEP + r"$$ L(w') = L(w) $$", "refuted"),
    ],
)
def test_the_last_step(text: str, verdict: str) -> None:
    assert outcomes(text)[-1] == verdict
