"""Notation of pages that nobody prepared: each in a right page, and in a wrong twin beside it."""

from __future__ import annotations

import pytest

from tests.meaning.reading import statements
from tests.test_as_people_write import outcomes, verdicts

SQUARES = "# Squares\n\nLet $s_{kl} = x_{kl}^2$.\n\n"
NORM = r"Let $n_k = \sum_{q} x_{kq}^2$." + "\n\n"


def last(text: str) -> str:
    """What is said of the last claim."""
    return verdicts(text)[-1]


# ------------------------------------------------------------------ chains of paragraphs

CHAIN = (
    NORM
    + r"""
<p>
$\frac{\partial n_k}{\partial x_{kj}}$
</p>

<p>
$= \frac{\partial x_{kj}^2}{\partial x_{kj}}$
</p>

$= 2 x_{kj}$

The last line stands by itself.
"""
)


def test_a_chain_goes_on_over_paragraphs() -> None:
    assert outcomes(CHAIN) == ["definition", "proved", "proved"]
    assert outcomes(CHAIN.replace("= 2 x", "= 3 x")) == ["definition", "proved", "refuted"]
    words = NORM + "The value is $n_k$ for now.\n\n$= 2 x_{kj}$"
    assert outcomes(words)[-1] == "unread"  # nothing says what is continued


@pytest.mark.parametrize("dot", [".", " . ", " ."])
def test_a_full_stop_between_factors(dot: str) -> None:
    text = NORM + rf"$\frac{{\partial n_k . n_k}}{{\partial x_{{kj}}}} = 4 x_{{kj}}{dot}n_k$"
    assert last(text) == "proved"
    assert last(text.replace("= 4", "= 2")) == "refuted"


def test_a_full_stop_that_ends_a_sentence() -> None:
    assert outcomes(r"$u = x. v = y$")[-1] == "unread"
    assert outcomes(r"$u = x . v = y$")[-1] == "unread"


# ------------------------------------------------------------------ conditions in titles


@pytest.mark.parametrize(
    ("title", "value", "other"),
    [
        (r"## $i = k$, $l \neq j$", "0", r"## $i = k$, $l = j$"),
        (r"## $i = k, l = j$", "2 x_{ij}", r"## $i = k, l \neq j$"),
        (r"## Case 1: $i = k$ and $l = j$", "2 x_{kl}", r"## Case 1: $i = k$"),
    ],
)
def test_two_conditions_in_a_title(title: str, value: str, other: str) -> None:
    text = (
        SQUARES + title + "\n\n" + rf"$\frac{{\partial s_{{kl}}}}{{\partial x_{{ij}}}} = {value}$"
    )
    assert last(text) == "proved"
    assert last(text.replace(f"= {value}$", "= x_{ij}$")) == "refuted"
    assert last(text.replace(title, other)) in ("refuted", "conditional")


def test_one_of_two_conditions_is_no_condition() -> None:
    claim = "\n\n" + r"$\frac{\partial s_{kl}}{\partial x_{ij}} = 0$"
    either = SQUARES + r"## $i \neq k$ or $l \neq j$" + claim
    assert last(either) == "unproved"
    assert last(SQUARES + r"## $i \neq k$" + claim) == "proved"


# ------------------------------------------------------------------ everyday commands


def test_short_names_of_commands() -> None:
    text = r"Let $J = w^2$. Then ${\part J \over \part w} = 2 w$, so $\triangledown_w J = 2 w$."
    assert verdicts(text) == ["proved", "proved"]
    assert verdicts(text.replace("= 2 w", "= w")) == ["refuted", "refuted"]


def test_the_product_sign_of_matrices_in_code() -> None:
    text = "$A \\in R^{N \\times K}$, $B \\in R^{K \\times M}$\n\n$C = A @ B$\n\n"
    assert last(text + r"$C_{ij} = \sum_k A_{ik} B_{kj}$") == "proved"
    assert last(text + r"$C_{ij} = \sum_k A_{ik} B_{jk}$") != "proved"


# ------------------------------------------------------------------ entries of a transpose

ENTRIES = r"Let $s_{ij} = \sum_k X_{ik} W_{kj}$." + "\n\n"


@pytest.mark.parametrize("entry", ["X_{ki}^T", r"X^\top_{ki}"])
def test_an_entry_of_a_transpose(entry: str) -> None:
    claim = rf"$$\sum_i X_{{ik}} s_{{ij}} = \sum_i {entry} s_{{ij}}$$"
    assert last(ENTRIES + claim) == "proved"
    assert last(ENTRIES + claim.replace("_{ki}", "_{ik}")) in ("refuted", "conditional")


def test_matrices_with_two_labels_are_transposed_as_a_whole() -> None:
    text = r"Let $y = W_{xh} W_{hy} v$. Then $W_{hy}^T W_{hy} v = W_{yh} W_{hy} v$."
    assert last(text) != "proved"


# ------------------------------------------------------------------ what prose supposes

ONLY = r"""
Let $p_i = e^{z_i} / \sum_j e^{z_j}$. The label is one-hot: $y = [0, \dots, 1, \dots, 0]$.

$$L = -\sum_i y_i \log p_i$$

Since only $y_c = 1$, this becomes $L = -\log p_c$.
"""


def test_only_one_component_is_one() -> None:
    assert last(ONLY) == "proved"
    assert last(ONLY.replace("one-hot: ", "").replace("only ", "")) != "proved"
    assert last(ONLY.replace("becomes $L = -", "becomes $L = ")) in ("refuted", "conditional")


# ------------------------------------------------------------------ indices and labels


def test_a_computed_index_is_out_of_reach() -> None:
    text = r"$$y_i = \sum_{a=0}^{m-1} k_a u_{(i+a)}$$" + "\n\n"
    assert last(text + r"$$\frac{\partial y_i}{\partial k_a} = u_{(i+a)}$$") == "unproved"
    assert last(text + r"$$\frac{\partial y_i}{\partial k_a} = 2 u_{(i+a)}$$") == "unproved"
    assert outcomes(r"$$y_{(i+1)} = 2 y_i$$") == outcomes(r"$$y_{i+1} = 2 y_i$$")


def test_an_index_above_an_index_is_a_slip() -> None:
    text = r"$$s_{ij}^{l} = r_{ij}^{l} v_{ij}$$" + "\n\n"
    right = r"$$\frac{\partial s_{ij}^{l}}{\partial v_{ij}} = r_{ij}^{l}$$"
    assert last(text + right) == "proved"
    assert last(text + right.replace("= r_{ij}^{l}", "= r_{ij^{l}}")) == "unproved"
    assert last(text + right.replace("= r", "= 2 r")) == "refuted"


GATES = r"""
$$f_t = \tanh(W_{xf} x_t + W_{hf} q_t)$$
$$o_t = \tanh(W_{xo} x_t + W_{ho} q_t)$$
$$i_t = \tanh(W_{xi} x_t + W_{hi} q_t)$$
$$C_t = f_t * i_t$$

Many steps multiply: $\prod_{j=1}^{T-t} f_{t+j}$. For one gate and its input,

$$\frac{\partial L}{\partial W_{xo}} = \frac{\partial L}{\partial o_t} * (1 - o_t^2) \cdot (x_t)^T$$

$$C_t = i_t * f_t$$
"""


def test_the_letters_of_gates_are_no_indices() -> None:
    found = statements(GATES)
    assert [s.kind for s in found[:4]] == ["definition"] * 4
    assert last(GATES) == "proved"
    assert last(GATES.replace("C_t = i_t * f_t", "C_t = i_t * o_t")) == "conditional"


def test_when_lists_conditions() -> None:
    text = (
        "The output has size $(W - F + 2P)/S + 1$.\n\nWhen $S = 1, P = (F - 1)/2$ it is kept.\n\n"
    )
    assert "refuted" not in outcomes(text + "Suppose we are using $S = 1$ and $P = 1$.")
    assert last(text + "Let $u = P^2$. Then $u = 1$.") != "proved"
    assert "claim" not in outcomes(text)


def test_what_is_differentiated_is_no_number_of_positions() -> None:
    text = r"""
$$y_i = g x_i + b$$

$$\frac{\partial C}{\partial b} = \frac{\partial C}{\partial y_i} \frac{\partial y_i}{\partial b}$$
"""
    assert last(text) in ("refuted", "unproved")  # the sum over i is missing
    whole = text.replace(
        r"= \frac{\partial C}{\partial y_i}", r"= \sum_i \frac{\partial C}{\partial y_i}"
    )
    assert last(whole) == "proved"


# ------------------------------------------------------------------ components as functions


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            r"$g(z_i) = \frac{e^{z_i}}{\sum_j e^{z_j}}$"
            "\n\n"
            r"$\frac{\partial g(z_i)}{\partial z_j} = g(z_i) (\delta_{ij} - g(z_j))$",
            r"(\delta_{ij} + g(z_j))",
        ),
        (
            r"$softmax(z_{ij}) = \frac{e^{z_{ij}}}{\sum_k e^{z_{ik}}}$"
            "\n\n"
            r"$\frac{\partial softmax(z_{ij})}{\partial z_{il}} ="
            r" softmax(z_{ij}) (\delta_{jl} - softmax(z_{il}))$",
            r"(\delta_{jl} + softmax(z_{il}))",
        ),
        (
            r"$rms(x)_i = \sqrt{\frac{1}{N} \sum_{j=0}^{N-1} x_{ij}^2}$"
            "\n\n"
            r"$\frac{\partial t^2}{\partial t} = 2 t$"
            "\n\n"
            r"$\frac{\partial rms(x)_i}{\partial x_{ij}} = \frac{x_{ij}}{N rms(x)_i}$",
            r"\frac{x_{ij}}{2 N rms(x)_i}",
        ),
    ],
)
def test_components_that_are_written_as_functions(text: str, wrong: str) -> None:
    assert set(verdicts(text)) == {"proved"}
    ends = (r"(\delta_{ij} - g(z_j))", r"(\delta_{jl} - softmax(z_{il}))")
    right = next((end for end in ends if end in text), r"\frac{x_{ij}}{N rms(x)_i}")
    assert last(text.replace(right, wrong)) == "refuted"


def test_a_function_of_numbers_stays_one() -> None:
    text = r"$$s(x)_i = x_i \sum_j x_j$$ $$s(a)_i = a_i \sum_j a_j$$"
    assert last(text) == "proved"
    assert last(text.replace(r"= a_i \sum_j a_j", r"= a_i \sum_j x_j")) != "proved"
    other = r"$r(x)_i = \sum_j x_{ij}$, and $r(x)_{ij} = 0$."
    assert last(other) != "proved"


def test_a_sum_up_to_an_index_has_no_size() -> None:
    text = r"$c(x)_{i} = \sum_{j=0}^{i} x_{j}$" + "\n\n"
    assert last(text + r"$\frac{\partial c(x)_i}{\partial x_0} = 0$") == "unproved"


def test_a_mean_counts_from_zero_where_all_sums_do() -> None:
    text = r"$m_i = \frac{1}{N} \sum_{j=0}^{N-1} x_{ij}$" + "\n\n"
    assert last(text + r"$m_i = \frac{1}{N} \sum_{j} x_{ij}$") == "proved"
    assert last(text + r"$m_i = \frac{2}{N} \sum_{j} x_{ij}$") == "refuted"


def test_another_name_of_a_declared_size() -> None:
    text = r"$x \in R^{n}$ and $s = \sum_{k=0}^{K-1} x_k$, so "
    assert last(text + r"$s = \sum_{k=0}^{n-1} x_k$.") == "unproved"  # of K < n it is false
    first = r"Let $x \in \mathbb{R}^n$, $K < n$ and $s = \sum_{i=1}^n x_i$. "
    assert last(first + r"$$\sum_{i=1}^K x_i = s$$") == "unproved"
    assert last(first + "$$K = n$$") == "refuted"


def test_part_of_what_a_function_is_of() -> None:
    text = r"Let $f(x_1, \dots, x_n) = \sum_{i=1}^n x_i^2$. "
    assert last(text + r"$$f(x_2, \dots, x_n) = \sum_{i=1}^n x_i^2$$") == "unproved"
    assert last(text + r"$$f(x_1, \dots, x_n) - f(x_2, \dots, x_n) = x_1^2$$") == "unproved"


def test_a_gradient_that_the_text_takes_by_a_parameter() -> None:
    text = r"Let $f_w(x) = w^T x$. With $\nabla$ for the gradient with respect to $w$, "
    assert last(text + r"$$\nabla f_w(x) = x$$") == "unproved"
    assert last(text + r"$$\nabla f_w(x) = w$$") == "unproved"


def test_titles_that_deny_a_condition() -> None:
    for title in ("Not the case $i = k$", "Unless $i = k$", "All but $i = k$", "$i = k$?"):
        text = r"Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$." + f"\n\n## {title}\n\n"
        assert last(text + r"$$\frac{\partial p_i}{\partial z_k} = p_i (1 - p_k)$$") == "unproved"


def test_an_error_that_carries_indices_is_no_power_of_e() -> None:
    text = r"The error of layer $l$ is $e^l_k$. Let $p_k = e^{l_k}$. "
    assert last(text + "$$e^l_k = p_k$$") != "proved"


def test_what_is_said_of_a_function_of_another_argument() -> None:
    text = r"Let $g(x)_i = a_i x_i$. "
    assert last(text + r"$$g(a)_i = a_i x_i$$") != "proved"


def test_only_one_component_of_labels_that_are_not_one_hot() -> None:
    text = r"Labels are one-hot in other work; ours may hold several ones. We assume only $t_c=1$. "
    assert last(text + r"$$\sum_i t_i = 1$$") != "proved"


def test_a_derivative_without_its_upper_sign() -> None:
    text = (
        r"Let $f = x^2 y$. Then $\frac{\partial f}{\partial x} = \frac{x^2 y}{\partial x} = 2xy$."
    )
    assert verdicts(text) == ["proved", "proved"]
    assert verdicts(text.replace("2xy", "3xy")) == ["proved", "refuted"]


# ------------------------------------------------------------------ slips that the page corrects

SLIPS = r"""
$$p_i = \frac{e^{a_i}}{\sum_{k=1}^N e^a_k}$$

Then $p_i = \frac{e^{a_i}}{\sum_k e^{a_k}}$ and

$$\frac{\partial p_i}{\partial a_j} = p_i (\delta_{ij} - p_j)$$
"""


def test_letters_that_do_not_match() -> None:
    text = SLIPS + r"$$p_j = \frac{e^{a_i}}{\sum_k e^{a_k}}$$"
    assert last(text) == "conditional"  # on i = j: what is wrong is not put right in silence


def test_an_index_below_the_number_e() -> None:
    assert outcomes(SLIPS) == ["definition", "proved", "proved"]
    assert last(SLIPS.replace("- p_j)", "+ p_j)")) == "refuted"
    left = r"\frac{\partial p_j}{\partial a_j}"
    assert last(SLIPS.replace(r"\frac{\partial p_i}{\partial a_j}", left)) == "conditional"
    assert last(SLIPS.replace("e^a_k", "e^t_k")) != "proved"


def test_the_forgotten_mark_of_a_delta() -> None:
    text = r"$\delta{ij} = \begin{cases} 1 & i = j \\ 0 & i \neq j \end{cases}$"
    assert verdicts(text) == ["proved", "proved"]
    assert verdicts(text.replace("0 &", "2 &")) == ["proved", "refuted"]


def test_an_article_is_no_vector() -> None:
    text = SLIPS + "\n\nHere $y$ is a one hot vector, so $\\sum_k y_k = 1$. $H = \\sum_k y_k a_k$."
    found = [s for s in statements(text) if s.kind == "hypothesis"]
    assert any("y" in s.left for s in found)
    assert not any(s.left.startswith("a ") for s in found)


def test_a_variable_that_stands_nowhere_else() -> None:
    text = (
        SLIPS + r"$$L = -\sum_k y_k \log p_k$$ Then $\frac{\partial L}{\partial o_i} = p_i - y_i$."
    )
    assert last(text) == "unproved"
    assert last(text + " Here $o_i = 2$.") != "proved"
    assert last(text.replace(r"\partial o_i", r"\partial a_i")) == "conditional"


# ------------------------------------------------------------------ errors, columns, extensions

FACTORS = r"""
$$\hat{r}_{ij} = p_i^T q_j = \sum_{k=1}^K p_{ik} q_{kj}$$

$$e_{ij}^2 = (r_{ij} - \hat{r}_{ij})^2$$

$$\frac{\partial}{\partial p_{ik}} e_{ij}^2 = -2 (r_{ij} - \hat{r}_{ij}) q_{kj} = -2 e_{ij} q_{kj}$$
"""


def test_an_error_and_the_columns_of_a_matrix() -> None:
    assert set(verdicts(FACTORS)) == {"proved"}
    assert last(FACTORS.replace("= -2 e", "= 2 e")) == "unproved"  # e^2 does not say its sign
    assert last(FACTORS.replace("= -2 e", "= -3 e")) == "refuted"
    assert last(FACTORS.replace("e_{ij} q_{kj}", "e_{ij} q_{jk}")) != "proved"


def test_what_is_squared_may_be_a_distance() -> None:
    text = r"Let $d^2 = (x - y)^2$. Then "
    assert last(text + "$d = x - y$.") != "proved"


def test_an_extension_may_define_anew() -> None:
    text = FACTORS + r"We add a term: $$e_{ij}^2 = (r_{ij} - \hat{r}_{ij})^2 + b p_{ij}^2$$"
    assert last(text) == "unproved"
    assert last(text.replace("^2 + b", "^2 c + b")) == "refuted"


def test_bounds_of_an_open_function() -> None:
    text = r"$a_i = \phi(x_i)$, and $\|\phi'(x_i)\| = \gamma \leq 1$."
    assert "refuted" not in verdicts(text)
    assert last(r"Let $g = x^2$. Then $g \leq 1$.") == "refuted"


def test_a_sum_that_does_not_say_its_index() -> None:
    text = (
        r"$$L = \sum_k y_k x_k^2$$ $$\frac{\partial L}{\partial x_i} ="
        r" \sum_k y_k \frac{\partial x_k^2}{\partial x_i}"
    )
    assert last(text + r" = \sum y_k \frac{\partial x_k^2}{\partial x_i}$$") == "proved"
    assert last(text + r" = \sum x_k \frac{\partial x_k^2}{\partial x_i}$$") == "refuted"


def test_two_cases_of_a_sign() -> None:
    text = (
        "Let $f = x^2$.\n\n- Positive slope: $\\frac{df}{dx} > 0$\n- Negative: $\\frac{df}{dx} < 0$"
    )
    assert set(verdicts(text)) == {"unproved"}
    assert last(text.replace("< 0", "> 1")) == "refuted"


def test_the_class_that_is_named_once() -> None:
    text = (
        ONLY
        + r"""
## Gradient

Case 1: $k \neq c$

$$\frac{\partial L}{\partial z_k} = p_k$$
"""
    )
    assert last(text) == "proved"
    assert last(text.replace(r"k \neq c", "k = c")) == "refuted"


def test_how_an_open_quantity_goes_on() -> None:
    text = (
        r"$$\bar{v}_{t+1} = \frac{1}{P} \sum_{p=1}^P v_{t+1}^p$$"
        r" $$u_{t+1}^p = u_t^p + r (v_{t+1}^p - \bar{v}_{t+1})$$"
    )
    assert last(text) == "unproved"
    anew = text + r" $$\bar{v}_{t+1} = \frac{2}{P} \sum_{p=1}^P v_{t+1}^p$$"
    assert last(anew) == "conditional"  # if it is another v


def test_a_condition_below_a_name_is_no_name() -> None:
    text = r"Let $f = x^2$. Then $\frac{df}{dx} = 2 x (\chi_{k j \neq c} - \chi_{k j = c})$."
    assert last(text) == "unproved"
    assert last(text.replace(r"(\chi_{k j \neq c} - \chi_{k j = c})", "3")) == "refuted"


# ------------------------------------------------------------------ formulas that hold nothing


@pytest.mark.parametrize("text", [
    r"Let $f(x) = x^2$ at $\,$ the start. Then $f'(x) = 3 x$.",
    r"Assume $u = 2 v$ when $~$ ends. Then $u + v = 4 v$.",
])  # fmt: skip
def test_a_formula_may_hold_nothing(text: str) -> None:
    assert last(text) == "refuted"


# ------------------------------------------------------------------ exp with a superscript

EXP = r"""
$$ q_a = \frac{\exp^{v_a}}{\sum_b \exp^{v_b}} $$

For $a \neq c$, $$ \frac{\partial q_a}{\partial v_c} = \frac{0 - \exp^{v_a} * \exp^{v_c}}{(\sum_b \exp^{v_b})^2} = WHAT $$
"""  # noqa: E501


def test_exp_with_a_superscript_is_a_power_of_e() -> None:
    assert verdicts(EXP.replace("WHAT", "- q_a q_c")) == ["proved", "proved"]
    assert verdicts(EXP.replace("WHAT", "q_a q_c")) == ["proved", "refuted"]
    squared = r"$\exp^2(r) = e^{2 r}$ and $\exp^2(r) = e^{r^2}$."
    assert verdicts(squared) == ["proved", "refuted"]


# ------------------------------------------------------------------ rules of differentiation


@pytest.mark.parametrize("rule", [
    r"\frac{d}{dr} (u v) = u' v SIGN u v'",
    r"(u v)' = u' v SIGN u v'",
    r"\frac{d}{dr} \frac{u}{v} = \frac{u' v SIGN (- u v')}{v^2}",
    r"\left(\frac{u}{v}\right)' = \frac{u' v SIGN (- u v')}{v^2}",
    r"\frac{d}{dr} (u^2 + v) = 2 u u' SIGN v'",
])  # fmt: skip
def test_a_rule_is_about_functions(rule: str) -> None:
    assert verdicts(f"The rule is ${rule.replace('SIGN', '+')}$.") == ["proved"]
    assert verdicts(f"The rule is ${rule.replace('SIGN', '-')}$.") == ["refuted"]


def test_a_rule_shares_only_the_letter() -> None:
    text = r"Let $f_k = w_k x$. By the rule $(f g)' = f' g + f g'$, $\frac{d f_k}{d x} = WHAT$."
    assert verdicts(text.replace("WHAT", "w_k")) == ["proved", "proved"]
    assert verdicts(text.replace("WHAT", "x")) == ["proved", "refuted"]


def test_the_prime_behind_an_exponential_is_of_all_of_it() -> None:
    text = r"$\frac{\partial}{\partial r_k} \sum_a e^{r_a} = \sum_a {e^{r_a}}' = WHAT$."
    assert verdicts(text.replace("WHAT", "e^{r_k}")) == ["proved", "proved"]
    assert verdicts(text.replace("WHAT", "e^{-r_k}")) == ["proved", "refuted"]


# ------------------------------------------------------------------ letters that mean something


def test_pi_may_be_a_probability() -> None:
    text = r"$$\pi = \frac{e^{r}}{1 + e^{r}}$$ The odds are $\frac{\pi}{1 - \pi} = WHAT$."
    assert outcomes(text.replace("WHAT", "e^r")) == ["definition", "proved"]
    assert outcomes(text.replace("WHAT", "e^{-r}")) == ["definition", "refuted"]


def test_an_inverse_function_is_no_quotient() -> None:
    text = r"The logit is $\ell(q) = \sigma^{-1}(q) = \ln \frac{q}{1 - q}$."
    assert last(text) == "unproved"
    assert last(r"Let $r = \sigma^{-1} (q + u)$. Then $r \sigma = q - u$.") == "refuted"


# ------------------------------------------------------------------ other cases, other sections

MODELS = r"""
# Cheatsheet

## Counts

**Mean**

$$ m_a = e^{v_a} $$

**Loss**

$$ J = \sum_a m_a - \sum_a y_a \log m_a $$

## Squares

**Mean**

$$ m_a = v_a $$

**Loss**

$$ J = \frac12 \sum_a (y_a - m_a)^2 $$

**Gradient**

$$ \frac{\partial J}{\partial v_a} = WHAT $$
"""


def test_sections_of_one_title_speak_of_two_models() -> None:
    assert verdicts(MODELS.replace("WHAT", "m_a - y_a")) == ["proved"]
    assert verdicts(MODELS.replace("WHAT", "y_a - m_a")) == ["refuted"]
    again = MODELS.replace("**Mean**\n\n$$ m_a = v_a", "**Slope**\n\n$$ m_a = v_a")
    assert verdicts(again.replace("WHAT", "m_a - y_a"))[0] == "conditional"


def test_an_example_of_a_rule_has_its_own_function() -> None:
    text = (
        r"If $f(r) = \frac{g(r)}{h(r)}$, then $f'(r) = \frac{g'(r) h(r) - g(r) h'(r)}{h(r)^2}$."
        "\n\n"
        r"Example: Find the derivative of $f(r) = \frac{r}{1 + r}$: "
        r"$$f'(r) = \frac{WHAT}{(1 + r)^2}$$"
    )
    assert outcomes(text.replace("WHAT", "1"))[-2:] == ["definition", "proved"]
    assert last(text.replace("WHAT", "r")) == "refuted"


def test_a_value_before_the_definition_is_one_of_an_example() -> None:
    text = r"Say the chance of rain is $q = 0.8$. $$q = \frac{1}{1 + e^{-r}}$$"
    assert verdicts(text) == []  # a definition, and nothing that a proof could rest on
    assert last(text + r" So $1 - q = \frac{1}{1 + e^r}$.") == "proved"
    assert last(text + r" So $q + 1 = 1.8$.") == "unproved"
    assert verdicts(r"$$q = \frac{1}{1 + e^{-r}}$$ Thus $q = 0.8$.") == ["refuted"]


# ------------------------------------------------------------------ the class of a label

CLASS = r"""
The loss of example $n$ is $J_n = -\sum_i y_i^{(n)} \log q_i^{(n)}$.

If it is of class $c$, then $y_c^{(n)} = 1$ and $y_i^{(n)} = 0$ for all $i \neq c$. So

$$ J_n = WHAT $$
"""


def test_what_labels_ire_in_i_case() -> None:
    assert verdicts(CLASS.replace("WHAT", r"-\log q_c^{(n)}")) == ["proved"]
    assert verdicts(CLASS.replace("WHAT", r"\log q_c^{(n)}")) == ["refuted"]
    half = CLASS.replace(r" and $y_i^{(n)} = 0$ for all $i \neq c$", "")
    assert verdicts(half.replace("WHAT", r"-\log q_c^{(n)}")) != ["proved"]


# ------------------------------------------------------------------ sizes, gradients, displays


def test_a_sum_may_end_at_a_size_with_a_number_below() -> None:
    text = r"""
Let $s_a = e^{v_a} / Z$ with $Z = \sum_{b=1}^{n_1} e^{v_b}$. Then

$$\frac{\partial s_a}{\partial v_c}
= \frac{\delta_{ac} e^{v_a} \sum_{b=1}^{n_1} e^{v_b} WHAT}{Z^2}$$
"""
    assert last(text.replace("WHAT", "- e^{v_a} e^{v_c}")) == "proved"
    assert last(text.replace("WHAT", "+ e^{v_a} e^{v_c}")) == "refuted"


BARE = r"""
Let $\ell = \sum_a (w_a - y_a)^2$. Then $\frac{\partial \ell}{\partial w_c} = 2 (w_c - y_c)$.

In vectors, $$\nabla \ell = WHAT$$
"""


def test_a_bare_gradient_is_by_what_the_page_differentiates_by() -> None:
    assert verdicts(BARE.replace("WHAT", "2 (w - y)")) == ["proved", "proved"]
    assert verdicts(BARE.replace("WHAT", "2 (y - w)")) == ["proved", "refuted"]
    two = BARE.replace("In", r"And $\frac{\partial \ell}{\partial y_c} = 2 (y_c - w_c)$. In")
    assert last(two.replace("WHAT", "2 (w - y)")) == "unproved"


GOES_ON = r"""
Let $q_c = \frac{e^{v_c}}{\sum_a e^{v_a}}$.

$$ \frac{\partial}{\partial v_c} \log \sum_a e^{v_a} = \frac{e^{v_c}}{\sum_a e^{v_a}} $$

The share of class $c$ is what we called $q_c$, so we can write

$$ = WHAT $$
"""


def test_a_display_goes_on_over_a_paragraph_with_formulas() -> None:
    assert verdicts(GOES_ON.replace("WHAT", "q_c")) == ["proved", "proved"]
    assert verdicts(GOES_ON.replace("WHAT", "1 - q_c")) == ["proved", "refuted"]
    for between in ("# Shares\n\nThe share", "We know that $a = a$. The share"):
        apart = GOES_ON.replace("The share", between)
        assert "unread" in outcomes(apart.replace("WHAT", "q_c"))


def test_capitals_of_greek_letters_that_look_latin() -> None:
    assert verdicts(r"Let $\Beta = r^2$. Then $\frac{d\Beta}{dr} = 2 r$.") == ["proved"]
    assert verdicts(r"Let $\Beta = r^2$. Then $\frac{d\Beta}{dr} = r$.") == ["refuted"]


EINSTEIN = r"""
In Einstein notation sums are implied: $J = - y_a \log q_a$ with $q_a = e^{v_a} / e^{v_m}$.

$$ - y_a \frac{\partial \log q_a}{\partial v_c} = - y_a \delta_{ac} + y_a e^{v_p} \delta_{pc} $$
"""


def test_a_letter_that_may_be_summed_refutes_nothing() -> None:
    assert last(EINSTEIN) == "unproved"


# ------------------------------------------------------------------ labels above names, batches

SMOOTH = r"""
With smoothed labels $y_k^{LS} = (1 - r) y_k + \frac{r}{K}$ of a one-hot $y$ the loss is
$L = -\sum_{k=1}^K y_k^{LS} \log p_k$, where $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$.

$$ \frac{\partial L}{\partial z_k} = WHAT $$
"""


def test_capitals_above_a_name_are_a_label() -> None:
    assert last(SMOOTH.replace("WHAT", "p_k - y_k^{LS}")) == "proved"
    assert last(SMOOTH.replace("WHAT", "y_k^{LS} - p_k")) == "refuted"
    worded = SMOOTH.replace("{LS}", r"{\text{smooth}}")
    assert last(worded.replace("WHAT", r"p_k - y_k^{\text{smooth}}")) == "proved"
    power = r"Let $M$ and $N$ be numbers. Then $r^{MN} = r^{NM}$ and $2^{MN} = 2^M 2^N$."
    assert verdicts(power) == ["proved", "refuted"]


BATCH = r"""
For a batch of $m$ examples let $J = \frac{1}{2m} \sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)})^2$.

$$ \nabla_\theta J = WHAT $$

where $X$ has the rows $x^{(i)}$.
"""


def test_a_vector_of_all_labels() -> None:
    assert last(BATCH.replace("WHAT", r"\frac{1}{m} X^T (X \theta - y)")) == "proved"
    assert last(BATCH.replace("WHAT", r"\frac{1}{m} X^T (y - X \theta)")) == "refuted"


ROWS = r"""
SAID $Y$, let $Z = X W$ and $P_{ij} = \frac{e^{Z_{ij}}}{\sum_k e^{Z_{ik}}}$. The loss is

$$ L = -\sum_i \sum_j Y_{ij} \log P_{ij} $$

$$ \frac{\partial L}{\partial W} = WHAT $$
"""


@pytest.mark.parametrize("said", ["With one-hot rows of", "For one-hot labels"])
def test_rows_that_are_one_hot(said: str) -> None:
    text = ROWS.replace("SAID", said)
    assert last(text.replace("WHAT", "X^T (P - Y)")) == "proved"
    assert last(text.replace("WHAT", "X^T (Y - P)")) == "refuted"


def test_words_before_a_comma_name_nothing_behind_it() -> None:
    text = ROWS.replace("SAID $Y$, let", r"Let $Y$ be the one-hot label matrix,")
    assert last(text.replace("WHAT", "X^T (P - Y)")) == "proved"


DISTIL = r"""
Let $s(z)_i = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}}$ and $L = -\sum_i s(v)_i \log s(z)_i$.

$$ \frac{\partial L}{\partial z_i} = WHAT $$
"""


def test_what_a_function_of_vectors_is_applied_to_is_a_vector() -> None:
    assert last(DISTIL.replace("WHAT", r"\frac{1}{T} (s(z)_i - s(v)_i)")) == "proved"
    assert last(DISTIL.replace("WHAT", r"\frac{1}{T} (s(v)_i - s(z)_i)")) == "refuted"


@pytest.mark.parametrize("said", [
    "row $i$ of $X$ is $x^{(i)}$",
    "the $i$-th row of $X$ is $x^{(i)T}$",
    "the rows of $X$ are $x^{(i)T}$",
    "$X$ is the design matrix with rows $x^{(i)}$",
])  # fmt: skip
def test_ways_to_say_what_the_rows_are(said: str) -> None:
    text = BATCH.replace("$X$ has the rows $x^{(i)}$", said)
    assert last(text.replace("WHAT", r"\frac{1}{m} X^T (X \theta - y)")) == "proved"
    assert last(text.replace("WHAT", r"\frac{1}{m} X^T (y - X \theta)")) == "refuted"


def test_the_gradient_of_a_function_that_is_known() -> None:
    text = r"For scores $r_1, \ldots, r_n$ $$\nabla \text{LSE}(r) = WHAT$$"
    assert last(text.replace("WHAT", r"\text{softmax}(r)")) == "proved"
    assert last(text.replace("WHAT", r"-\text{softmax}(r)")) == "refuted"
