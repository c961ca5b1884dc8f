"""How authors write networks and softmax: right steps are proved, and their wrong twins are not."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    report = derive.check(text, format="markdown")
    return [c.verdict.outcome for c in report.claims if c.verdict is not None]


def last(text: str) -> str:
    return outcomes(text)[-1]


SOFTMAX = r"""The function $\rho$ takes the vector $\mathbf{a}$ and gives $\mathbf{q}$,

$$
q_m = \rho(\mathbf{a})_m = \frac{e^{a_m}}{\sum_{r=1}^M e^{a_r}}
\quad \text{for} \; m = 1 \cdots M
$$

"""
CALLED = r"""where $\Sigma_M = \sum_{r=1}^M e^{a_r} \, \text{for} \; m = 1 \cdots M$. Then

"""
LIST = r"""The input is $\mathbf{a} = [a_1, a_2, \ldots, a_n]^\top$, and
$g(\mathbf{a}) = \sum_i c_i a_i^2$.

"""
TWO = r"""The input is $\mathbf{a} = [a_1, a_2]$ and $g(\mathbf{a}) = a_1^2 + e^{a_2}$.

"""


@pytest.mark.parametrize(
    ("before", "claim", "outcome"),
    [
        # A component of a function that the chain goes on to define.
        (SOFTMAX, r"\sum_{m=1}^M q_m = 1", "proved"),
        (SOFTMAX, r"\sum_{m=1}^M q_m = 2", "refuted"),
        (SOFTMAX, r"\frac{\partial q_m}{\partial a_m} = q_m (1 - q_m)", "proved"),
        (SOFTMAX, r"\frac{\partial q_m}{\partial a_m} = q_m (1 + q_m)", "refuted"),
        (SOFTMAX, r"\rho(\mathbf{a})_m = q_m", "proved"),
        (SOFTMAX, r"\rho(\mathbf{a})_m = q_m^2", "refuted"),
        # A sum that is named for its size.
        (SOFTMAX + CALLED, r"q_i = e^{a_i} / \Sigma_M", "proved"),
        (SOFTMAX + CALLED, r"q_i = e^{-a_i} / \Sigma_M", "refuted"),
        (
            SOFTMAX + CALLED,
            r"\frac{\partial}{\partial a_i} \frac{e^{a_i}}{\Sigma_M}"
            r" = \frac{e^{a_i} \Sigma_M - e^{a_i} e^{a_i}}{\Sigma_M^2}",
            "proved",
        ),
        (
            SOFTMAX + CALLED,
            r"\frac{\partial}{\partial a_i} \frac{e^{a_i}}{\Sigma_M} = \frac{e^{a_i}}{\Sigma_M}",
            "refuted",
        ),
        # Vectors that are listed in a line.
        (LIST, r"\nabla g(\mathbf{a}) = [2 c_1 a_1, 2 c_2 a_2, \ldots, 2 c_n a_n]^\top", "proved"),
        (LIST, r"\nabla g(\mathbf{a}) = [c_1 a_1, c_2 a_2, \ldots, c_n a_n]^\top", "refuted"),
        (TWO, r"\nabla g(\mathbf{a}) = [2 a_1, e^{a_2}]", "proved"),
        (TWO, r"\nabla g(\mathbf{a}) = [2 a_2, e^{a_2}]", "refuted"),
        (TWO, r"\frac{\partial g}{\partial a_1} = 2 a_1", "proved"),
        (TWO, r"\frac{\partial g}{\partial a_1} = a_1", "refuted"),
    ],
)
def test_softmax_and_lists(before: str, claim: str, outcome: str) -> None:
    assert last(f"{before}$${claim}$$") == outcome


BATCH = r"""The prediction $\mathbf{q}$ has the entries $q_k$, the target $\mathbf{r}$ has $r_k$.
Let

$$ \xi(\mathbf{r}, \mathbf{q}) = -\sum_{k=1}^K r_k \log q_k. $$

For a batch of $n$ samples with the predictions $\mathbf{q}_s$ and the targets $\mathbf{r}_s$
the losses add up:

"""


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (
            r"\sum_{s=1}^n \xi(\mathbf{r}_s, \mathbf{q}_s)"
            r" = -\sum_{s=1}^n \sum_{k=1}^K r_{sk} \log q_{sk}",
            "proved",
        ),
        (
            r"\sum_{s=1}^n \xi(\mathbf{r}_s, \mathbf{q}_s)"
            r" = \sum_{s=1}^n \sum_{k=1}^K r_{sk} \log q_{sk}",
            "refuted",
        ),
        (
            r"\sum_{s=1}^n \xi(\mathbf{r}_s, \mathbf{q}_s)"
            r" = -\sum_{s=1}^n \sum_{k=1}^K r_{sk} \log q_{sk}$$ Then $$"
            r"\frac{\partial \xi}{\partial q_k} = -\frac{r_k}{q_k}",
            "proved",
        ),
        (
            r"\sum_{s=1}^n \xi(\mathbf{r}_s, \mathbf{q}_s)"
            r" = -\sum_{s=1}^n \sum_{k=1}^K r_{sk} \log q_{sk}$$ Then $$"
            r"\frac{\partial \xi}{\partial q_k} = -\frac{q_k}{r_k}",
            "refuted",
        ),
    ],
)
def test_one_example_beside_a_batch(claim: str, outcome: str) -> None:
    assert last(f"{BATCH}$${claim}$$") == outcome


OF_LOGITS = r"""Let $q_k = \frac{e^{a_k}}{\sum_j e^{a_j}}$ and
$\xi(\mathbf{a}) = -\sum_k r_k \log q_k$, where $\sum_k r_k = 1$. Then
"""


@pytest.mark.parametrize(
    ("right", "outcome"),
    [
        (r"\log \sum_j e^{b_j} - \sum_k r_k b_k", "proved"),
        (r"\log \sum_j e^{a_j} - \sum_k r_k b_k", "refuted"),
        (r"\xi(\mathbf{a})", "refuted"),
    ],
)
def test_a_function_that_depends_by_way_of_others(right: str, outcome: str) -> None:
    assert last(rf"{OF_LOGITS}$$\xi(\mathbf{{b}}) = {right}$$") == outcome


RADIAL = r"""The hidden units are $\mathbf{h} = e^{-(\mathbf{x} \cdot w_h)^2}$, the outputs are
$\mathbf{y} = \frac{1}{1 + e^{-(\mathbf{h} + b_o)}}$ and the loss of one sample is

$$ \xi(t_i, y_i) = -t_i \log(y_i) - (1 - t_i) \log(1 - y_i). $$

"""
CHAIN = r"""$$
\frac{\partial \xi_i}{\partial b_o} = \frac{\partial \xi_i}{\partial y_i}
\frac{\partial y_i}{\partial z_{oi}} \frac{\partial z_{oi}}{\partial b_o} = (y_i - t_i)
$$

with $z_{oi} = h_i + b_o$. With $z_{hi} = x_i w_h$ it follows that

"""


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\frac{\partial \xi_i}{\partial z_{hi}} = -2 z_{hi} h_i (y_i - t_i)", "proved"),
        (r"\frac{\partial \xi_i}{\partial z_{hi}} = 2 z_{hi} h_i (y_i - t_i)", "refuted"),
        (
            r"\frac{\partial \xi_i}{\partial w_h} ="
            r" \frac{\partial \xi_i}{\partial h_i} \frac{\partial h_i}{\partial z_{hi}} x_i",
            "proved",
        ),
        (
            r"\frac{\partial \xi_i}{\partial w_h} ="
            r" \frac{\partial \xi_i}{\partial h_i} \frac{\partial h_i}{\partial z_{hi}} 2 x_i",
            "refuted",
        ),
    ],
)
def test_letters_that_tell_layers_apart(claim: str, outcome: str) -> None:
    found = outcomes(f"{RADIAL}{CHAIN}$${claim}$$")
    assert found[:2] == ["proved", "proved"]  # by z_o, which is explained behind the display
    assert found[-1] == outcome


def test_a_wrong_chain_rule_by_what_is_explained_behind_it() -> None:
    wrong = CHAIN.replace("= (y_i - t_i)", "= (t_i - y_i)")
    assert outcomes(f"{RADIAL}{wrong}")[:2] == ["proved", "refuted"]


ROWS = r"""Sample $i$ is $\mathbf{x}_i$ with the entries $x_{ij}$, the weights are $\mathbf{w}$.
The output is $y_i = \sigma(z_i)$ with $\sigma(a) = \frac{1}{1 + e^{-a}}$ and
$z_i = \mathbf{x}_i \cdot \mathbf{w}^T$.

"""


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\frac{\partial y_i}{\partial \mathbf{w}} = y_i (1 - y_i) \mathbf{x}_i", "proved"),
        (r"\frac{\partial y_i}{\partial \mathbf{w}} = y_i (1 + y_i) \mathbf{x}_i", "refuted"),
        (r"\frac{\partial z_i}{\partial \mathbf{w}} = \mathbf{x}_i", "proved"),
    ],
)
def test_a_dot_product_of_rows(claim: str, outcome: str) -> None:
    assert last(f"{ROWS}$${claim}$$") == outcome


ALONE = r"""# Several outputs

Let $q_i = e^{x_i} y_i$ and $s = \eta^T x$.

# One output

The density is $p(y; \eta) = b(y) \exp(\eta y - a(\eta))$. Then

"""


@pytest.mark.parametrize(
    ("sign", "outcome"),
    [("-", "proved"), ("+", "unproved")],
)
def test_a_number_in_one_section_and_a_vector_in_another(sign: str, outcome: str) -> None:
    slope = r"\frac{\partial}{\partial \eta}"
    right = rf"b(y) \exp(\eta y - a(\eta)) \left(y {sign} {slope} a(\eta)\right)"
    assert last(rf"{ALONE}$${slope} p(y; \eta) = {right}$$") == outcome


LIMIT = r"""The loss is $\ell = -t \log y - (1 - t) \log(1 - y)$. It goes to infinity
$(\underset{y \rightarrow 0}{\text{lim}}{(-\log(y))} = +\infty)$. Its slope is

"""


@pytest.mark.parametrize(
    ("sign", "outcome"),
    [("+", "proved"), ("-", "refuted")],
)
def test_the_letter_of_a_limit_is_a_number(sign: str, outcome: str) -> None:
    right = rf"-\frac{{t}}{{y}} {sign} \frac{{1 - t}}{{1 - y}}"
    assert last(rf"{LIMIT}$$\frac{{\partial \ell}}{{\partial y}} = {right}$$") == outcome


HOT = r"""Let $q_k = \frac{e^{a_k}}{\sum_j e^{a_j}}$ and $L = -\sum_k r_k \log q_k$. %s

$$ \frac{\partial L}{\partial a_i} = %s $$"""
ONE_CLASS = (
    r"Each $r_k$ depends on $\mathbf{a}$, and only one class can be active in the $\mathbf{r}$."
)


@pytest.mark.parametrize(
    ("words", "right", "outcome"),
    [
        (ONE_CLASS, "q_i - r_i", "proved"),
        (ONE_CLASS, "q_i + r_i", "refuted"),
        ("", "q_i - r_i", "conditional"),
    ],
)
def test_only_one_class_is_active(words: str, right: str, outcome: str) -> None:
    assert last(HOT % (words, right)) == outcome


def test_what_is_said_of_two_classes_is_not_refuted_by_three() -> None:
    text = r"""Let $q_k = \frac{e^{a_k}}{\sum_j e^{a_j}}$. Note that for a 2 class system
    $q_1 = 1 - q_2$."""
    assert last(text) not in ("refuted", "proved")
    assert last(text.replace("for a 2 class system", "therefore")) == "conditional"
    assert last(text.replace("1 - q_2", "1 + q_2")) != "proved"


@pytest.mark.parametrize(("right", "outcome"), [("x", "proved"), ("t", "refuted")])
def test_a_roman_t_is_a_transpose(right: str, outcome: str) -> None:
    text = r"""Over $T$ steps, $s = \sum_{k=1}^T r_k$. Let
    $v = \boldsymbol{t}^{\mathrm{T}} \boldsymbol{x}$. Then
    $$\frac{\partial v}{\partial \boldsymbol{t}} = \boldsymbol{%s}$$"""
    assert last(text % right) == outcome


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\text{softmax}(a_i) = \frac{e^{a_i}}{\sum_j e^{a_j}}", "proved"),
        (r"\text{softmax}(a_i) = \frac{e^{a_i}}{\sum_j e^{-a_j}}", "refuted"),
        (r"\text{softmax}(a_i - c) = \text{softmax}(a_i)", "proved"),
        (r"\text{softmax}(2 a_i) = \text{softmax}(a_i)", "refuted"),
        (
            r"\text{softmax}(a_i) = \frac{e^{a_i - \max(a_i)}}{\sum_i e^{a_i - \max(a_i)}}",
            "proved",
        ),
        (
            r"\text{softmax}(a_i) = \frac{e^{a_i - \max(a_i)}}{\sum_i e^{a_i}}",
            "refuted",
        ),
        (
            r"\frac{\partial\, \text{softmax}(a_i)}{\partial a_i}"
            r" = \text{softmax}(a_i) (1 - \text{softmax}(a_i))",
            "proved",
        ),
        (
            r"\frac{\partial\, \text{softmax}(a_i)}{\partial a_i}"
            r" = \text{softmax}(a_i) (2 - \text{softmax}(a_i))",
            "refuted",
        ),
        (r"\text{softmax}(c) = e^c", "unproved"),  # of a number: nothing says of which
    ],
)
def test_softmax_of_a_component(claim: str, outcome: str) -> None:
    assert last(f"Let $c$ be a number and $a_i$ the scores. $${claim}$$") == outcome


SPACE = r"For all $\mathbf{A} \in \mathbb{R}^{n \times n}$ and $\mathbf{x} \in \mathbb{R}^n$ "


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (
            r"\nabla_{\mathbf{x}} \mathbf{x}^\top \mathbf{A} \mathbf{x}"
            r" = (\mathbf{A} + \mathbf{A}^\top) \mathbf{x}",
            "proved",
        ),
        (
            r"\nabla_{\mathbf{x}} \mathbf{x}^\top \mathbf{A} \mathbf{x}"
            r" = (\mathbf{A} - \mathbf{A}^\top) \mathbf{x}",
            "refuted",
        ),
        (r"\nabla_{\mathbf{x}} \mathbf{x}^\top \mathbf{x} = 2 \mathbf{x}", "proved"),
        (r"\nabla_{\mathbf{x}} \mathbf{x}^\top \mathbf{x} = \mathbf{x}", "refuted"),
    ],
)
def test_a_gradient_of_a_product(claim: str, outcome: str) -> None:
    assert last(f"{SPACE}$${claim}$$") == outcome


LAYERS = r"""Layer $l$ takes what layer $l-1$ gives, for $l \geq 2$:
$z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j$ and $a^l_j = f(z^l_j)$ with the function
$f(z) = \frac{1}{1 + e^{-z}}$. For the cost $C$ let
$\delta^l_j = \frac{\partial C}{\partial z^l_j}$. Then

"""


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\frac{\partial C}{\partial b^l_j} = \delta^l_j", "proved"),
        (r"\frac{\partial C}{\partial b^l_j} = 2 \delta^l_j", "refuted"),
        (r"\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k \delta^l_j", "proved"),
        (r"\frac{\partial C}{\partial w^l_{jk}} = a^l_k \delta^l_j", "refuted"),
        (r"\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot f'(z^l)", "proved"),
        (r"\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot f(z^l)", "refuted"),
    ],
)
def test_layers_above_names(claim: str, outcome: str) -> None:
    text = rf"{LAYERS}$$\delta^l = ((w^{{l+1}})^T \delta^{{l+1}}) \odot f'(z^l)$$" + "\n\n"
    assert last(f"{text}$${claim}$$") == outcome


def test_powers_of_a_number_are_no_layers() -> None:
    text = r"Let $x > 0$ and $p = x^l$. $$x p = x^{l+1}$$"
    assert last(text) == "proved"
    assert last(text.replace("l+1", "l+2")) == "refuted"


LABELLED = r"""Let $p_j = \frac{e^{z_j}}{\sum_l e^{z_l}}$ and
$L = -\sum_{j=1}^k 1\{y = j\} \log p_j$ for the class $y$, and
$J = -\sum_{i=1}^m \sum_{j=1}^k 1\{y^{(i)} = j\} \log q^{(i)}_j$. Then

"""


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\frac{\partial L}{\partial z_j} = p_j - 1\{y = j\}", "proved"),
        (r"\frac{\partial L}{\partial z_j} = p_j - 2 \cdot 1\{y = j\}", "conditional"),  # j != y
        (r"\frac{\partial L}{\partial z_j} = 2 p_j - 1\{y = j\}", "refuted"),
        (
            r"\frac{\partial J}{\partial q^{(i)}_j} = -\frac{1\{y^{(i)} = j\}}{q^{(i)}_j}",
            "proved",
        ),
        (
            r"\frac{\partial J}{\partial q^{(i)}_j} = -\frac{1\{y^{(i)} = j\}}{(q^{(i)}_j)^2}",
            "refuted",
        ),
        (r"1\{y = 3 z_j\} = 0", "unproved"),
    ],
)
def test_an_indicator_of_the_class(claim: str, outcome: str) -> None:
    assert last(f"{LABELLED}$${claim}$$") == outcome


def test_what_is_said_of_the_last_layer_is_not_said_of_all() -> None:
    text = r"""The layers are $z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$ and
$a^{(l)} = \sigma(z^{(l)})$ with the sigmoid $\sigma$. The error of the last layer is

$$\delta^{(L)} = \frac{\partial C}{\partial \hat{y}} \cdot \sigma'(z^{(L)})$$

and those before it are

$$\delta^{(l)} = (\delta^{(l+1)} W^{(l+1)}) \cdot \sigma'(z^{(l)})$$"""
    assert last(text) == "unproved"
