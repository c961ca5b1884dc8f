"""What is not claimed of all data, or of what was read: rounding, goals, systems, other cases."""

from __future__ import annotations

import pytest

import derive


def kinds(text: str) -> str:
    """The verdicts on the claims of a document, and the kinds of its other statements."""
    found = derive.check(text, format="markdown").judgements
    return " ".join(j.verdict.outcome if j.verdict else j.statement.kind for j in found)


SQUARES = "Let $d_{kl} = (y_k - y_l)^2$.\n\n"
SYSTEM = r"""$$E(m, b) = 14 m^2 + 3 b^2 + 12 m b - 42 m - 20 b$$

$$\frac{\partial E}{\partial m} = 28 m + 12 b - 42 = 0$$

$$\frac{\partial E}{\partial b} = 6 b + 12 m - 20 = 0$$

Solving for $m$ and $b$ we get

"""
LIKELIHOOD = r"""$$
\begin{aligned}
L(m; x) &= \prod_{i=1}^n f X_i(x_i) \\
&= \prod_{i=1}^n e^{-(x_i - m)^2}
\end{aligned}
$$

$$\ell(m) = \log L(m; x)$$

"""
SHARES = r"""## By rows

$$q_{ij} = \frac{w_{ij}}{\sum_k w_{ik}}$$

## By pairs

WORDS:

$$q_{ij} = \frac{w_{ij}}{\sum_k \sum_l w_{kl}}$$

We have

$$q_{ij} = \frac{w_{ij}}{\sum_{kl} w_{kl}} = \frac{w_{ij}}{S}$$

and so

$$\sum_{ij} q_{ij} = \frac{1}{S} \sum_{ij} w_{ij} = 1$$
"""
SYMMETRIC = (
    r"$$q_{ij} = \frac{w_{ij}}{\sum_k \sum_l w_{kl}}$$" + "\n\n"
    r"The function makes symmetric weights, so that $w_{ij} = w_{ji}$, and "
)

DOCUMENTS = [
    # Decimals in the middle of what is computed.
    (r"$$\frac{e^{2.85}}{Z} = \frac{17.29}{Z}$$", "unproved"),
    (r"$$\frac{e^{2.85}}{Z} = \frac{17.99}{Z}$$", "refuted"),
    (r"$$\frac{e^{2.85}}{Z} = \frac{17.29}{Y}$$", "unproved"),
    (r"$$0.357 \cdot 0.24 + 0.239 \cdot 0.52 - 0.405 \cdot 0.31 = 0.086 + 0.124 - 0.126$$",
     "proved"),
    (r"$$0.357 \cdot 0.24 + 0.239 \cdot 0.52 - 0.405 \cdot 0.31 = 0.086 + 0.124 - 0.096$$",
     "refuted"),
    # Nabla of nothing, and a distance that is 0.
    (r"It bounds the gradients ($\|\nabla\| \leq 1/4$).", "unproved"),
    (r"$$I = \|\mathbf{C}_{enc} - \mathbf{C}_{dec}\|_2 = 0$$", "definition unproved"),
    (r"Let $v = 2 u$. $$\|v - u\| = 0$$", "definition refuted"),
    # How a sequence begins, and what replaces a value.
    (r"It falls: $\epsilon_k = \epsilon_0 \cdot \gamma^k$", "unproved"),
    (r"Let $\alpha = 1$. In the loop $\alpha \leftarrow c \alpha$.", "definition definition"),
    # Goals, and relations that go on with words.
    ("Find $z$ such that $f(z) = 0$. A fixed point has $f(z) = z$.", "unproved definition"),
    (r"$$\lambda_2 = 3.59$$" + "\n\nIn cases where both are $< 0$, it is a maximum.",
     "definition unread"),
    (r"$$\lambda_2 = 3.59$$" + "\n\nwhich is $< 0$.", "definition refuted"),
    # Several equations together.
    (SYSTEM + "$$4 m - 2 = 0$$", "definition proved unproved proved unproved unproved"),
    (SYSTEM + "$$E(m, b) = 14 m^2$$", "definition proved unproved proved unproved refuted"),
    # A function that is given, and one that is called by what nobody introduced.
    ("# A\n\n$$f(x, y) = 3 x^2 y$$\n\n# B\n\nGiven $f(x, y) = x^2 + y$, "
     r"$\frac{\partial f}{\partial x} = 2 x$.", "definition definition proved"),
    ("# A\n\n$$f(x, y) = 3 x^2 y$$\n\n# B\n\nGiven $f(x, y) = x^2 + y$, "
     r"$\frac{\partial f}{\partial x} = 6 x y$.", "definition definition refuted"),
    (LIKELIHOOD + r"$$\ell(m) = -\sum_{i=1}^n (x_i - m)^2$$",
     "definition unproved definition proved"),
    (LIKELIHOOD + r"$$\ell(m) = -\sum_{i=1}^n (x_i + m)^2$$",
     "definition unproved definition refuted"),
    (r"$$Out = H W + Bias$$ $$\frac{\partial Out}{\partial W} = Hidden$$", "definition unproved"),
    (r"$$Out = H W + Bias$$ $$\frac{\partial Out}{\partial W} = Bias$$", "definition refuted"),
    # What is made of other data than it is derived by.
    (r"$$L_i = \frac{e^{y_i}}{\sum_j e^{y_j}}$$ It was seen that "
     r"$$\frac{\partial L_i}{\partial f_k} = p_k - \mathbb{1}[k = i], \quad "
     r"p_i = \frac{e^{f_i}}{\sum_j e^{f_j}}$$", "definition unproved definition"),
    (r"$$L_i = -\log \frac{e^{y_i}}{\sum_j e^{y_j}}$$ $$\frac{\partial L_i}{\partial f_k} = p_k$$",
     "definition unproved"),
    # Where what was supposed does not hold.
    (SQUARES + r"Either $k = h$ or $l = h$, otherwise $\partial d_{kl} / \partial y_h = 0$.",
     "definition hypothesis hypothesis proved"),
    (SQUARES + r"If $k = l$ then $d_{kl} = 0$, otherwise "
     r"$\partial d_{kl} / \partial y_k = 2 (y_k - y_l)$.",
     "definition hypothesis proved proved"),
    (SQUARES + r"If $k = l$ then $d_{kl} = 0$, otherwise $\partial d_{kl} / \partial y_k = 0$.",
     "definition hypothesis proved refuted"),
    (SQUARES + r"For $k = l$ it vanishes. Otherwise "
     r"$\partial d_{kl} / \partial y_k = 2 (y_k - y_l)$.", "definition hypothesis proved"),
    # Another way, and what a part of the right side is called.
    (SHARES.replace("WORDS", "Another way is"),
     "definition definition proved definition proved proved"),
    (SYMMETRIC + "$q_{ij} = q_{ji}$.", "definition hypothesis proved"),
    (SYMMETRIC + "$q_{ij} = 2 q_{ji}$.", "definition hypothesis refuted"),
    (SYMMETRIC + "$q_{ij} = q_{ji}$.\n\n" r"$$w_{ij} = e^{-b_i}$$",
     "definition hypothesis unproved definition"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_what_is_claimed_and_what_is_not(text: str, expected: str) -> None:
    assert kinds(text) == expected


def test_the_first_way_is_meant_where_no_other_is_announced() -> None:
    assert "refuted" in kinds(SHARES.replace("WORDS", "Hence")) or "conditional" in kinds(
        SHARES.replace("WORDS", "Hence")
    )
