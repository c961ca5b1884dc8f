"""Small documents with constructs of published pages about losses and likelihoods.

Each stands in a right document, which is proved, and in a wrong twin, which is not.
"""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    """What each statement is: the verdict of a claim, the kind of all others."""
    report = derive.check(text, path="document.md")
    return [
        j.verdict.outcome if j.verdict is not None else j.statement.kind for j in report.judgements
    ]


def verdicts(text: str) -> list[str]:
    """The verdicts of the claims."""
    report = derive.check(text, path="document.md")
    return [j.verdict.outcome for j in report.claims if j.verdict is not None]


# ------------------------------------------------------------------ quotients of differentials

QUOTIENT = r"""With $\ell = -\sum_k h_k \log r_k$ we have

$$LEFT = RIGHT$$
"""


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\frac{-\partial \ell}{\partial r_k}", r"\frac{h_k}{r_k}", r"-\frac{h_k}{r_k}"),
        (r"\frac{-\partial \sum_k h_k \log r_k}{\partial r_j}", r"-\frac{h_j}{r_j}", r"-h_j"),
        (r"\frac{- \partial}{\partial r_k} \ell", r"\frac{h_k}{r_k}", r"\frac{-h_k}{r_k}"),
        (r"2 \frac{-\partial^2 \ell}{\partial r_k^2}", r"-2 h_k r_k^{-2}", r"2 h_k r_k^{-2}"),
        (r"\frac{\partial \ell}{d r_k}", r"-\frac{h_k}{r_k}", r"\frac{h_k}{r_k}"),
        (r"\frac{d \ell}{\partial r_k}", r"-\frac{h_k}{r_k}", r"-\frac{r_k}{h_k}"),
    ],
)
def test_a_minus_or_another_d_in_a_quotient(left: str, right: str, wrong: str) -> None:
    text = QUOTIENT.replace("LEFT", left)
    assert verdicts(text.replace("RIGHT", right)) == ["proved"]
    assert verdicts(text.replace("RIGHT", wrong)) == ["refuted"]


def test_a_fraction_of_a_negative_number_is_none() -> None:
    assert verdicts(r"$$\frac{-d}{2 d} = -\frac{1}{2}$$") == ["proved"]
    assert verdicts(r"$$\frac{-d}{2 d} = \frac{1}{2}$$") == ["refuted"]


# ------------------------------------------------------------------ conditions set as words

CASES = r"""Let $r_i = \frac{e^{a_i}}{\sum_k e^{a_k}}$. Then

$$\frac{\partial r_i}{\partial a_j} = \begin{cases}
-r_i r_j, & \text{SIGN} \\
r_i - r_i^2, & \text {i = j} \end{cases}$$
"""


@pytest.mark.parametrize("sign", [r"i \neq j", "if i ≠ j", r"i\ne j"])
def test_a_condition_may_be_set_as_words(sign: str) -> None:
    text = CASES.replace("SIGN", sign)
    assert outcomes(text) == ["definition", "proved", "proved"]
    assert verdicts(text.replace("r_i - r_i^2", "r_i + r_i^2")) == ["proved", "refuted"]


def test_words_with_an_equals_sign_are_words() -> None:
    assert outcomes(CASES.replace("SIGN", "the rest = others"))[1] in ("unread", "unproved")


# ------------------------------------------------------------------ definitions

AGAIN = r"""The loss of the probabilities $r$ is

$$\ell(r) = -\sum_k \log r_k$$

WORDS

$$\ell(r) = -\sum_k h_k \log r_k$$

Its slope is

$$\frac{\partial \ell}{\partial r_k} = -\frac{h_k}{r_k}$$
"""


def test_what_can_also_be_defined_is_defined() -> None:
    text = AGAIN.replace("WORDS", "For weights $h$ we can also define it as")
    assert outcomes(text) == ["definition", "definition", "proved"]
    assert verdicts(text.replace(r"-\frac{h_k}", r"\frac{h_k}")) == ["refuted"]


def test_what_can_also_be_written_is_claimed() -> None:
    text = AGAIN.replace("WORDS", "With the weights $h$ that we have, this can also be written as")
    assert verdicts(text)[0] != "proved"
    assert outcomes(text)[1] != "definition"


NAMED = r"""Let $S = \sum_k e^{a_k}$, where $\frac{e^{a_k}}{S} = r_k$. Then

$$\frac{\partial S}{\partial a_k} = WHAT$$
"""


def test_a_component_may_be_named_on_the_right() -> None:
    assert outcomes(NAMED.replace("WHAT", "r_k S")) == ["definition", "definition", "proved"]
    assert verdicts(NAMED.replace("WHAT", "r_k")) == ["refuted"]


def test_a_component_that_is_known_is_not_defined() -> None:
    text = r"""We have $r_k = a_k^2$. Let $S = \sum_k a_k$, where $\frac{a_k}{S} = r_k$."""
    assert outcomes(text) == ["definition", "definition", "refuted"]


DEPENDS = r"""For the scores $a_j$ and the class $c$ of example $i$ the loss is

$$\ell_i = -a_{c_i} + \log \sum_j e^{a_j}$$

$$\frac{\partial \ell_i(a_k)}{\partial a_k} = \frac{e^{a_k}}{\sum_j e^{a_j}} - WHAT$$
"""


def test_what_a_loss_depends_on_may_stand_in_brackets() -> None:
    assert verdicts(DEPENDS.replace("WHAT", "1(k = c_i)")) == ["proved"]
    assert verdicts(DEPENDS.replace("WHAT", "1")) != ["proved"]


def test_other_brackets_are_factors() -> None:
    text = r"We have $\rho_i = 2 a_i$. $$3 \rho_i (b_i) = WHAT$$"
    assert verdicts(text.replace("WHAT", "6 a_i b_i")) == ["proved"]
    assert verdicts(text.replace("WHAT", "6 a_i b_i^2")) != ["proved"]


# ------------------------------------------------------------------ bold vectors and components

BOLD = r"""The squared error of the weights is

$$\ell(\mathbf{v}) = \sum_{i=1}^n (h_i - \mathbf{v}^T \mathbf{u}_i)^2$$

and its slope is

$$\frac{\partial \ell}{\partial v_j} = -2 \sum_i (h_i - \mathbf{v}^T \mathbf{u}_i) u_{WHICH}$$
"""


def test_what_has_one_index_more_is_a_component_of_a_bold_vector() -> None:
    assert verdicts(BOLD.replace("WHICH", "{ij}")) == ["proved"]
    assert verdicts(BOLD.replace("WHICH", "{ij}").replace("-2", "2")) == ["refuted"]
    assert verdicts(BOLD.replace("WHICH", "{ij}^2")) == ["refuted"]
    step = r"""
$$\mathbf{v}_{new} = \mathbf{v}_{old} + \eta \sum_i (h_i - \mathbf{v}^T \mathbf{u}_i) \mathbf{u}_i$$
"""
    assert verdicts(BOLD.replace("WHICH", "{ij}") + step)[:1] == ["proved"]


def test_a_plain_name_with_as_many_indices_is_another_quantity() -> None:
    text = (
        r"With $u_i = \mathbf{v}^T \mathbf{u}_i$ we have $$\sum_i u_i = \mathbf{v}^T \sum_i WHAT$$"
    )
    assert verdicts(text.replace("WHAT", r"\mathbf{u}_i")) == ["proved"]
    assert verdicts(text.replace("WHAT", r"2 \mathbf{u}_i")) == ["refuted"]


# ------------------------------------------------------------------ values that are only spoken of


def test_one_or_the_other_value_is_no_contradiction() -> None:
    text = r"""We write for the class $h = 1$ or $h = 0$ of a score $a$:

$$\begin{aligned} f(a) &= \frac{1}{1 + e^{-a}} = WHAT \end{aligned}$$
"""
    assert verdicts(text.replace("WHAT", r"\frac{e^a}{1 + e^a}")) == ["proved"]
    assert verdicts(text.replace("WHAT", r"\frac{e^a}{1 - e^a}")) == ["refuted"]


def test_a_function_in_the_middle_of_a_chain_is_defined_there() -> None:
    text = r"""$$L = P(h | u) = c^h (1 - c)^{1 - h}$$

$$\log P(h | u) = WHAT$$
"""
    right = text.replace("WHAT", r"\log (c^h (1 - c)^{1 - h})")
    assert verdicts(right) == ["proved"]
    assert verdicts(right.replace(r"= \log (", r"= 2 \log (")) == ["refuted"]


SPOKEN = r"""Let $r_i = \frac{e^{a_i}}{\sum_j e^{a_j}}$.

WORDS

$$\sum_i r_i = RIGHT$$
"""


@pytest.mark.parametrize(
    "words",
    [
        "If, let's say, the share $r_2 = 0.8$, then the model is rather sure.",
        "The decision boundary is linear ($v^T u + c = 0$).",
        "It lies on the other side of the hyperplane $v^T u = c$, which separates both.",
    ],
)
def test_what_is_only_spoken_of_is_not_claimed(words: str) -> None:
    text = SPOKEN.replace("WORDS", words)
    assert verdicts(text.replace("RIGHT", "1")) == ["proved"]
    assert verdicts(text.replace("RIGHT", "2")) == ["refuted"]


@pytest.mark.parametrize(
    "words",
    ["Hence we have $r_2 = 0.8$.", "On this line $r_1 + r_2 = 5$.", "So $v^T u = c$."],
)
def test_and_what_is_claimed_is_judged(words: str) -> None:
    text = SPOKEN.replace("WORDS", words).replace("RIGHT", "1")
    assert verdicts(text) != ["proved"]


def test_a_word_after_a_bare_text_command() -> None:
    text = r"$$\frac{d (u^2)}{dx} = WHAT \\ \text where \ u = 3 x$$"
    assert verdicts(text.replace("WHAT", "18 x")) == ["proved"]
    assert verdicts(text.replace("WHAT", "9 x")) == ["refuted"]


def test_a_raised_target_is_a_power() -> None:
    text = r"The chance of the targets $t_n$ is $$\log(a^t b^{1 - t}) = WHAT$$ for each."
    right = text.replace("WHAT", r"t \log a + (1 - t) \log b")
    assert verdicts(right) == ["proved"]
    assert verdicts(right.replace("(1 - t)", "(1 + t)")) == ["refuted"]


def test_the_rank_of_one_matrix_is_not_that_of_all() -> None:
    text = r"""The system with the matrix $A$ has one solution where $r(A) = n$, and here it has.

$$r(C) = n$$
"""
    assert "proved" not in verdicts(text)
    plain = r"Let $f(x) = 3$. $$f(y) = 3$$"
    assert verdicts(plain) == ["proved"]
    assert verdicts(plain.replace("f(y) = 3", "f(y) = 2")) == ["refuted"]
