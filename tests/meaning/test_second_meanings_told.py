"""What a name means where it is listed, applied or explained: no false alarms, and wrong twins."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    return " ".join(j.verdict.outcome for j in derive.check(text).claims if j.verdict)


NODES = (
    "# Nodes\n\nThere are two.\n\n## Sums\n\nThe sum is\n\n$$z = f(x, y) = x + y$$\n\nwith\n\n"
    r"$$\frac{\partial z}{\partial x} = 1$$" + "\n\n## Products\n\nThe product is "
    "\n\n$$z = f(x, y) = x y$$\n\nwith\n\n"
)
LABELS = "The loss is $L = -\\sum_c t_{ic} x_{ic}$. Since $t_i$ is one-hot, it is one term.\n\n"
LAYERS = r"The error is $d_j^l = \partial C / \partial b_j^l$." + "\n\n"
CURVES = "# One\n\nThe curve is $$f(2) = \\frac{1}{1 + e^{-2}}$$\n\n"
SCORE = r"Let $u = a x + b y$ and $L = u^2$." + "\n\n"

PAGES = [
    # A function of x and y has two variables, and another section another function.
    (NODES + r"$$\frac{\partial z}{\partial x} = y$$", "proved proved proved"),
    (NODES + r"$$\frac{\partial z}{\partial x} = x$$", "proved proved refuted"),
    # What depends on x, as another section says, is a variable of a function of both.
    ("# One\n\nHere $y = f(x)$.\n\n# Two\n\nThe sum is\n\n$$f(x, y) = x + y$$\n\nso that "
     "$$f(x, y) - x = y$$", "proved"),
    ("# One\n\nHere $y = f(x)$.\n\n# Two\n\nThe sum is\n\n$$f(x, y) = x + y$$\n\nso that "
     "$$f(x, y) - x = x$$", "unproved"),
    # Entries of data are as an example has them.
    (LABELS + "There $t_{11} = 1$ and $t_{12} = 0$.", "unproved unproved"),
    (LABELS + "There $t_{11} = 2$ holds.", "refuted"),
    # A length that was measured; no length is negative.
    (LAYERS + r"In this run $\|d^1\| = 0.07$.", "unproved"),
    (LAYERS + r"In this run $\|d^1\| = -0.07$.", "refuted"),
    # Another section may have another function of this name.
    (CURVES + "# Two\n\nThe other curve is $$f(x) = \\max(0, x)$$", "unproved"),
    (CURVES + "where $$f(x) = \\max(0, x)$$", "refuted"),
    # What a slope is of is said behind it.
    (SCORE + r"- $\frac{\partial u}{\partial a} = y$ (since $u = a y + b x$)", "unproved refuted"),
    (SCORE + r"- $\frac{\partial u}{\partial a} = y$ (since $u = a x + b y$)", "refuted proved"),
    # Nothing says how p, q and r hang together.
    (r"$$\frac{\partial l}{\partial p} = 3 \left[ v \frac{\partial l}{\partial q}"
     r" + w \frac{\partial l}{\partial r} \right]$$", "unproved"),
    (r"Let $q = p$ and $r = p$. $$\frac{\partial l}{\partial p} = 3 \left[ v "
     r"\frac{\partial l}{\partial q} + w \frac{\partial l}{\partial r} \right]$$", "unproved"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), PAGES)
def test_second_meaning(page: str, expected: str) -> None:
    found = outcomes(page).split()
    wanted = expected.split()
    assert found[-len(wanted) :] == wanted
