"""What a page leaves to its words or to its reader, so that no counterexample shows anything."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> str:
    found = derive.check(text, format="markdown").claims
    return " ".join(j.verdict.outcome for j in found if j.verdict)


WEIGHTS = r"$$w_{ij} = e^{-d_{ij}^2}$$" + "\n\n" + r"$$C = \sum_{ij} v_{ij} w_{ij}$$" + "\n\n"
TAIL = r"$$\frac{1 - q^n}{1 - q} = \frac{1}{1 - q} = \frac{2}{1 - q}$$ "
MEAN = r"$$a_{ij} = \frac{1}{U}\sum_{u}^{U} q_{iju}$$" + "\n\n"
STIFFNESS = "\n\n" r"$$k_{iju} = q_{iju} a_{ij}$$"
SHARES = r"Let $w_i = e^{x_i}$ and $q_i = w_i / Z$"
SIGNS = "Let $M^{-} = a + x$, $M^0 = x$ and $M^{+} = a - x$. Then "
KERNEL = "## First\n\n$w = e^{-f}$, so\n\n" r"$$\frac{dw}{df} = -w$$" "\n\n## Second\n\n"
COLUMNS = "| | $a=3$ | $a=2$ |\n|-|-|-|\n| b | 1 | 2 |\n\nThe column $a = 3$ is flat.\n\n"

DIAGONAL = r"Let $s_i = \frac{e^{x_i}}{\sum_k e^{x_k}}$." + "\n\n"
SLOPE = r"$$\frac{\partial s_i}{\partial x_j} = -s_i s_j$$"

PAGES = [
    # p^1 beside 1 - p is a power, and no first of several p.
    (r"$$(k - 1) p^1 (1 - p)^{k-2} p^{1} = (k-1) (1-p)^{k-2} p^{2}$$", "proved"),
    (r"$$(k - 1) p^1 (1 - p)^{k-2} p^{1} = (k-1) (1-p)^{k-2} p^{3}$$", "refuted"),
    # A number before a fraction of numbers may be added to it.
    (r"Let $q = \frac{1}{2}$. Then $$10 q = 4\frac{2}{2}$$", "unproved"),
    (r"Let $q = \frac{1}{2}$. Then $$10 q = \frac{9}{2}$$", "refuted"),
    # In the limit, what becomes nothing is left out; what does not stays.
    (TAIL + "where n is very large.", "unproved refuted"),
    (TAIL + "where q is not 1.", "refuted refuted"),
    # Nothing says how the distances d depend on the y.
    (WEIGHTS + r"$$\frac{\partial C}{\partial y_i} = 2 \sum_j v_{ij} w_{ij} (y_i - y_j)$$",
     "unproved"),
    (WEIGHTS + r"$$\frac{\partial C}{\partial d_{ij}} = 2 v_{ij} w_{ij} d_{ij}$$", "refuted"),
    # The k of "i = k" is an index, though a k_{iju} is a quantity.
    (MEAN + r"$$\frac{\partial a_{ij}}{\partial q_{kmu}} = \frac{1}{U}$$" "\nwhen $i = k$ and "
     "$j = m$ and zero for everything else." + STIFFNESS, "proved"),
    (MEAN + r"$$\frac{\partial a_{ij}}{\partial q_{kmu}} = \frac{2}{U}$$" "\nwhen $i = k$ and "
     "$j = m$ and zero for everything else." + STIFFNESS, "refuted"),
    # What only words say of Z.
    (SHARES + r", where $Z$ is the sum of the weights. Then $$\log Z = \log \sum_j w_j$$",
     "unproved"),
    (SHARES + r", where $Z = \sum_j w_j$. Then $$\log Z = 2 \log \sum_j w_j$$", "refuted"),
    # S is new at the end of the chain.
    (r"$$q_i = \frac{w_i}{\sum_k w_k} = \frac{w_i}{S}$$ $$\frac{q_i}{2} = \frac{w_i}{2 S}$$",
     "proved"),
    (r"$$q_i = \frac{w_i}{\sum_k w_k} = \frac{w_i}{S}$$ $$\frac{q_i}{2} = \frac{w_i}{S}$$",
     "refuted"),
    (r"$$q_i = \frac{w_i}{\sum_k w_k} = \frac{w_i}{\sum_k w_k^2}$$", "refuted"),
    # A 0 between a plus and a minus is no power.
    (SIGNS + r"$$M^{+} + M^{-} + M^0 = 2 a + x$$", "proved"),
    (SIGNS + r"$$M^{+} + M^{-} + M^0 = 2 a + 1$$", "refuted"),
    # Another kernel, of which no section before has spoken.
    (KERNEL + r"The slope for the Cauchy kernel is $$\frac{dw}{df} = -w^2$$", "proved unproved"),
    (KERNEL + r"The slope is again $$\frac{dw}{df} = -w^2$$", "proved refuted"),
    # The columns of a table; a set of numbers; what an assignment does.
    (COLUMNS + r"$$\frac{a}{a^2} = \frac{1}{a}$$", "proved"),
    (COLUMNS + r"$$\frac{a}{a^2} = \frac{1}{3}$$", "unproved"),
    (r"$$\mathbb{R}^{m \times 1} \cdot \mathbb{R}^{1 \times n} = \mathbb{R}^{m \times n}$$",
     "unproved"),
    (r"We rescale each feature: $$x_i \leftarrow \frac{x_i - m}{s}$$ $$(x_i - x_i)^2 = 0$$",
     "proved"),
    # Where k counts up to a rounded quotient, and an integral ends, no sizes are named.
    (r"$$S = \sum_{k=1}^{\lfloor a / b \rfloor} x_k$$" "\n\nIf $a = 1/3$, then $$3 a = 1$$",
     "proved"),
    (r"$$S = \sum_{k=1}^{\lfloor a / b \rfloor} x_k$$" "\n\nIf $a = 1/3$, then $$3 a = 2$$",
     "unproved"),
    # Capital letters below a loss name it, and are no positions.
    (r"$$C_{ij} = v_{ij}^2$$ $$C_{EE} = \sum_{ij} v_{ij}^2$$ $$C_{EE} = \sum_{ij} v_{ij} v_{ij}$$",
     "proved"),
    (r"$$C_{ij} = v_{ij}^2$$ $$C_{EE} = \sum_{ij} v_{ij}^2$$ $$C_{EE} = \sum_{ij} v_{ij}$$",
     "refuted"),
    # P of two arguments is another than P of one.
    (r"$$\log \frac{1}{P(x) P(y)} = \log \frac{1}{P(x, y)}$$", "unproved"),
    (r"$$\log \frac{1}{P(x) P(y)} = \log \frac{1}{P(x)} + \log \frac{1}{P(y)}$$", "proved"),
    # What is supposed in brackets.
    ("In the simple case of balanced weights (i.e. $u + v = 1$) we get $$u a + v a = a$$",
     "unproved"),
    ("We use balanced weights. $$u a + v a = a$$", "refuted"),
    # Braces around a name alone stand for a function of it, such as the fractional part.
    (r"$\lbrace 2 t \rbrace = 2 \lbrace t \rbrace$ for small t.", "unproved"),
    (r"$$(\lbrace t \rbrace - 1)^2 = \lbrace t \rbrace^2 - 2 \lbrace t \rbrace + 1$$", "proved"),
    (r"$$(\lbrace t \rbrace - 1)^2 = \lbrace t \rbrace^2 - 2 \lbrace t \rbrace - 1$$", "unproved"),
    (r"$$a \left\{ b + c \right\} = a b + c$$", "refuted"),
    # Another point in another section; in the same one, it is the same point.
    ("## One\n\nThe root is $z_0 = 1/4$.\n\n## Two\n\nThe root is $z_0 = 1/8$, so $$8 z_0 = 1$$",
     "proved"),
    ("## One\n\nThe root is $z_0 = 1/4$.\n\n## Two\n\nThe root is $z_0 = 1/8$, so $$4 z_0 = 1$$",
     "refuted"),
    ("The root is $z_0' = 1/4$.\n\n## Two\n\nHere $z_0' \\approx 0.31$ is the root.", "unproved"),
    # The last layer's output has a name of its own.
    (r"Let $a = x^2$. The output is $$a = o$$", "unproved"),
    (r"Let $a = x^2$. Therefore $$a = x$$", "refuted"),
    # What lacks a condition that its section says of the same letters before.
    (DIAGONAL + "## Off\n\nWe derive $s_i$ by $x_j$, where $j \\neq i$. We use a rule.\n\n" + SLOPE,
     "unproved"),
    (DIAGONAL + "## Off\n\nWe derive $s_i$ by $x_j$. We use a rule.\n\n" + SLOPE, "conditional"),
    # How far nabla reaches; a name with words above.
    (r"Let $s_i = e^{x_i}$. $$\nabla_x (y^T \log s) = \nabla_x y \log s$$", "unproved"),
    (r"$$2 S^{\text{repeated row}} - S^{\text{repeated row}} = S^{\text{repeated row}}$$",
     "proved"),
    (r"$$2 S^{\text{repeated row}} - S^{\text{repeated row}} = 2 S^{\text{repeated row}}$$",
     "refuted"),
    # What is said of each of several names.
    (r"For $a, b > 0$ we have $$\log(a b) = \log a + \log b$$", "proved"),
    (r"For $a, b > 0$ we have $$\sqrt{a^2} = -a$$", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_what_is_left_open(text: str, expected: str) -> None:
    assert outcomes(text) == expected


def test_what_comes_out_may_be_given_a_name_of_letters_that_are_known() -> None:
    text = r"Let $y = x^2$ and $z = x_h$. The sum is $$y + x = y_h$$"
    assert [j.verdict.outcome for j in derive.check(text).claims] == ["unproved"]


def test_a_quantity_that_only_slopes_speak_of_is_open() -> None:
    """How y depends on z is shown in a picture, and the first equation says no more."""
    text = r"""
$$\frac{\partial f}{\partial z_i}
  = \frac{\partial f}{\partial y_i} \frac{\partial y_i}{\partial z_i}$$
$$\frac{\partial f}{\partial z_i} = \frac{\partial f}{\partial y_i} \cdot \gamma$$
"""
    found = [j.verdict.outcome for j in derive.check(text).claims]
    assert "refuted" not in found
    assert "conditional" not in found
