"""Events, random variables and expected values: what is no term is not computed with."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str | None]:
    report = derive.check(text, format="markdown")
    return [j.verdict.outcome for j in report.claims if j.verdict]


@pytest.mark.parametrize(
    "text",
    [
        # That the mean of a constant is the constant makes no identity of the mean.
        r"A random variable has a mean with $E[c] = c$ for constants. $$E[X^2] = E[X]^2$$",
        r"The expectation of a constant is $E(c) = c$. $$E(X^2) = E(X)^2$$",
        # F(a) is P(X <= a), and not P(X <= x).
        r"Let $$F(x) = P(X \leq x)$$ Then $$F(a) = F(b)$$",
        r"Let $$F_X(x) = P(X \leq x)$$ Then $$\frac{d F_X(x)}{dx} = 0$$",
        # Sets are not multiplied.
        r"Let $f(x) = x^2$. $$f(a \cap b) = f(a b)$$",
        r"Let $f(x) = x^2$. $$f(a \cup b) = f(a) + f(b)$$",
        r"$$a \oplus b = a b$$",
    ],
)
def test_what_has_no_term_is_neither_proved_nor_refuted(text: str) -> None:
    assert outcomes(text)[-1] == "unproved"


def test_an_expectation_is_linear() -> None:
    text = "The expectation is linear: $$E(2 X) = 2 E(X)$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= 2 E(X)", "= 4 E(X)")) == ["unproved"]  # "linear" is a law


def test_an_energy_may_be_called_e() -> None:
    text = r"The energy is $E(v) = \frac{1}{2} m v^2$. $$\frac{dE}{dv} = m v$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= m v$$", "= 2 m v$$")) == ["refuted"]
    text = r"The expected error is $$E(v, w) = v w^2$$ and $$\frac{\partial E}{\partial v} = w^2$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= w^2$$", "= w$$")) == ["refuted"]


def test_capitals_below_a_density_name_its_random_variables() -> None:
    joint = (
        r"For random variables $X$, $Y$ let $$p_{XY}(x, y) = x^2 y$$ and $$p_X(x) = x^2$$"
        r"and $$p_Y(y) = y$$. Then "
    )
    assert outcomes(joint + "$$p_{XY}(x, y) = p_X(x) p_Y(y)$$") == ["proved"]
    assert outcomes(joint + "$$p_{XY}(x, y) = p_X(x) + p_Y(y)$$") == ["refuted"]


def test_values_of_one_function_do_not_define_it() -> None:
    text = (
        r"Events are independent where $P(A \mid B) = P(A)$. For all events $P(A) \geq 0$"
        r" and $P(A \cap B) = P(A) P(B)$"
    )
    assert set(outcomes(text)) == {"unproved"}


def test_a_feature_map_is_applied_to_no_component() -> None:
    kernel = (
        r"A kernel is $k(\mathbf x, \mathbf y) = \varphi(\mathbf x)^T \varphi(\mathbf y)$. "
        r"There $$k(\mathbf x, \mathbf y) = (1 + \mathbf x^T \mathbf y)^2$$"
    )
    assert outcomes(kernel) == ["unproved"]
    wrong = kernel + r" so that $$(1 + \mathbf x^T \mathbf y)^2 = 1 + (\mathbf x^T \mathbf y)^2$$"
    assert outcomes(wrong)[-1] == "refuted"


def test_bars_around_a_matrix_are_its_determinant() -> None:
    matrix = r"For the matrix $$A = \begin{bmatrix} 1 & 3 \\ 3 & 2 \end{bmatrix}$$ "
    assert outcomes(matrix + "$|A| = -7$.") == ["unproved"]
    assert outcomes(matrix + r"$\|A\|^2 = 23$.") == ["proved"]
    assert outcomes(matrix + r"$\|A\|^2 = 24$.") != ["proved"]


def test_bars_around_a_matrix_are_a_norm_where_nothing_speaks_of_determinants() -> None:
    square = r"Let $A$ be an $n \times n$ matrix{}. $$|A|^2 = \sum_{{i,j}} A_{{ij}}^2$$"
    assert outcomes(square.format("")) == ["proved"]
    assert outcomes(square.format(" and $|A|$ its determinant")) == ["unproved"]
    assert outcomes(square.format("").replace("A_{ij}^2", "2 A_{ij}^2")) == ["unproved"]


def test_what_follows_in_a_case_is_not_said_of_all() -> None:
    loss = r"The loss is $\ell(t) = \max\{0, 1 - t\}$." + "\n\n"
    case = (
        r"If an example is on the right side, $t$ is large. Therefore it is zero ($\ell(t) = 0$)."
    )
    assert outcomes(loss + case) == ["unproved"]
    assert outcomes(loss + r"It is never negative. Therefore $\ell(t) = 0$.") == ["refuted"]


def test_a_condition_that_is_not_understood_is_not_dropped() -> None:
    text = (
        r"The slope is $D_{ij} = a_{ij} + c w_{ij}$ if $j \neq 0$. "
        r"It is $D_{ij} = a_{ij}$ if $j = 0$."
    )
    assert outcomes(text) == ["unproved"]
    assert outcomes(text.replace(" if $j = 0$", "")) != ["unproved"]


def test_what_is_said_of_some_is_not_said_of_all() -> None:
    assert outcomes("There is a number $x$ with $x^2 = 3 x + 1$.") == ["unproved"]
    assert outcomes("For some $y$, $e^y = 2 + y$.") == ["unproved"]
    matrix = (
        r"Let $$A = \begin{bmatrix} 1 & 2 \\ 2 & 1 \end{bmatrix}$$ For some $u$, $u^T A u = 0$."
    )
    assert outcomes(matrix) == ["unproved"]
    assert outcomes("There is a simple formula: $x^2 = 3 x + 1$.") == ["refuted"]


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (r"\frac{\partial}{\partial w} \log p(y|x) = (y - \sigma(w^T x)) x", "proved"),
        (r"\frac{\partial}{\partial w} \log p(y|x) = (\sigma(w^T x) - y) x", "refuted"),
        (r"p(y = 1 | x) + p(y = 0 | x) = 1", "proved"),
    ],
)
def test_what_is_given_is_not_compared_with_a_number(step: str, outcome: str) -> None:
    """The x of ``p(y = 1 | x)`` is a vector where ``w^T x`` is taken."""
    text = rf"""Let $\sigma(z) = \frac{{1}}{{1 + e^{{-z}}}}$, $p(y = 1 | x) = \sigma(w^T x)$ and
$p(y = 0 | x) = 1 - \sigma(w^T x)$. Both are

$$ p(y | x) = \sigma(w^T x)^y (1 - \sigma(w^T x))^{{1-y}} $$

$$ {step} $$
"""
    assert derive.check(text).claims[-1].verdict.outcome == outcome


@pytest.mark.parametrize("bars", [r"\mid\mid", r"\mid \mid", "||", r"\|", r"\parallel"])
def test_two_bars_are_one_sign_however_they_are_written(bars: str) -> None:
    text = rf"""
$$ \text{{KL}}(P_i \mid \mid Q_i) = \sum_j p_{{ij}} \log \frac{{p_{{ij}}}}{{q_{{ij}}}} $$
$$ C = \sum_i KL(P_i {bars} Q_i) $$
$$ C = \sum_i \sum_j p_{{ij}} \log \frac{{p_{{ij}}}}{{q_{{ij}}}} $$
$$ C = \sum_i \sum_j q_{{ij}} \log \frac{{p_{{ij}}}}{{q_{{ij}}}} $$
"""
    assert outcomes(text)[0] == "proved"
    assert outcomes(text)[1] in ("refuted", "conditional")
