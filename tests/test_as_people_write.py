"""Small documents with what people write: names used again, cases of labels, words that suppose.

Each construct stands in a right document, which is proved, and in a wrong twin, which is not.
"""

from __future__ import annotations

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


def message(text: str) -> str:
    """What is said of the last claim."""
    verdict = derive.check(text, path="document.md").claims[-1].verdict
    assert verdict is not None
    return verdict.message


# ------------------------------------------------------------------ labels that are 0 or 1

LABELS = r"""
The label $u$ is 0 or 1, and $\rho = \frac{1}{1 + e^{-r}}$ is the chance of 1.

$$\ell = -u \log \rho - (1 - u) \log(1 - \rho) = \begin{cases}
-\log(1 - \rho) & u = 0 \\
WHAT & u = 1
\end{cases}$$
"""


def test_cases_of_a_label() -> None:
    assert verdicts(LABELS.replace("WHAT", r"-\log \rho")) == ["proved", "proved"]
    assert verdicts(LABELS.replace("WHAT", r"\log \rho")) == ["proved", "refuted"]


# ------------------------------------------------------------------ what claims nothing


def test_what_is_supposed_is_not_claimed() -> None:
    text = r"$$f = x^2 + 1$$ We have $f = 1$ only if we stand still, and $f = 1 + x^2$."
    assert outcomes(text) == ["definition", "hypothesis", "proved"]
    assert outcomes(text.replace(" + x^2$", " - x^2$"))[-1] == "conditional"


def test_only_defined_if_supposes() -> None:
    text = r"The logarithm is only defined if $r > 0$ holds. $$e^{\log r} = r$$"
    assert outcomes(text) == ["hypothesis", "proved"]


def test_a_definition_of_a_word_claims_nothing() -> None:
    text = r"""A map $f$ is **additive** if for all numbers we have

$$f(x + y) = f(x) + f(y)$$

For every such map we have

$$f(x + y) = f(x) + f(y)$$
"""
    assert outcomes(text)[:1] == ["definition"]
    assert outcomes(text)[-1] != "proved"


def test_a_proportion_defines_up_to_a_factor() -> None:
    text = r"We weigh with $w_i \propto e^{-r_i}$."
    assert outcomes(text) == ["definition"]
    assert outcomes(r"$$v_i = r_i^2$$ Hence $v_i \propto r_i$.") == ["definition", "unproved"]


def test_a_replacement_by_an_arrow_is_no_equation() -> None:
    assert outcomes(r"$$r \rightarrow r + s r$$") == ["definition"]
    assert outcomes(r"$$r \rightarrow s r$$") == ["unproved"]


def test_an_arrow_shows_a_map() -> None:
    assert outcomes(r"Any transformation $r \to r'$ of the inputs will do.") == ["hypothesis"]
    assert outcomes(r"The function $r \to 0$ quickly.") == ["unproved"]


def test_a_magnitude_beside_an_approximation_is_supposed() -> None:
    text = r"$$(1 + h)^2 \approx 1 + 2h, \quad h^2 \ll h$$"
    assert outcomes(text) == ["unproved", "hypothesis"]
    assert outcomes(r"$$h^2 \ll h$$") == ["unproved"]


def test_two_quantities_may_be_chosen_equal() -> None:
    text = r"""$$D = \sum_i q_i \log \frac{q_i}{r_i}$$

If we choose $q = r$, nothing is left. In general

$$D = \sum_i q_i \log q_i - SIGN$$

for positive numbers: $q_i > 0$ and $r_i > 0$.
"""
    right = outcomes(text.replace("SIGN", r"\sum_i q_i \log r_i"))
    assert right[:2] == ["definition", "hypothesis"]
    assert "refuted" not in right
    wrong = outcomes(text.replace("SIGN", r"\sum_i r_i \log r_i"))
    assert wrong[2] in ("refuted", "conditional")


# ------------------------------------------------------------------ names of several functions

ENTROPY = r"""The entropy is
$$H(p) = -\sum_a p(a) \log p(a)$$
and the cross-entropy is
$$H(p, q) = -\sum_a p(a) \log q(a)$$
so that
$$H(p, p) = FACTOR H(p)$$
"""


def test_functions_of_one_name_differ_in_their_arguments() -> None:
    assert verdicts(ENTROPY.replace("FACTOR", "")) == ["proved"]
    assert verdicts(ENTROPY.replace("FACTOR", "2")) == ["refuted"]


def test_an_expected_value_of_something_discrete_is_a_sum() -> None:
    text = r"""The cross-entropy of two laws is
$$C(p, q) = -\mathbb{E}_{a \sim p}[\log q(a)]$$
and for discrete ones
$$C(p, q) = -\sum_a p(a) \log WHICH(a)$$
"""
    assert verdicts(text.replace("WHICH", "q")) == ["proved"]
    assert verdicts(text.replace("WHICH", "p")) == ["conditional"]  # if C is another one


# ------------------------------------------------------------------ names used again

AGAIN = r"""## One score

A score is $s = a^T x + b$ with $a \in \mathbb{R}^M$ and $b \in \mathbb{R}$.

## Many scores

WORDS we have one score for each of $C$ classes: the scores are given by the vector $s = A x + b$
with $A \in \mathbb{R}^{C \times M}$ and $b \in \mathbb{R}^C$. Then

$$e^{s_i} = e^{\sum_m A_{im} x_m} e^{b_i}$$
"""


def test_a_section_may_use_a_name_for_something_else() -> None:
    assert verdicts(AGAIN.replace("WORDS", "Now")) == ["proved"]
    wrong = AGAIN.replace("WORDS", "Now").replace("e^{b_i}", "b_i")
    assert verdicts(wrong) == ["refuted"]


def test_a_wrong_summary_is_no_new_definition() -> None:
    text = r"""## Loss

$$L = \sum_i (r_i - t_i)^2$$

## Summary

Now we know all: the loss is

$$L = SUM$$
"""
    assert verdicts(text.replace("SUM", r"\sum_i (t_i - r_i)^2")) == ["proved"]
    assert verdicts(text.replace("SUM", r"\sum_i (t_i + r_i)^2")) == ["refuted"]


def test_a_later_declaration_of_the_values_replaces_an_earlier_one() -> None:
    text = r"Let $u \in \{0, 1\}$. $$u^2 = u$$ Now let $u \in \{-1, 1\}$. $$u^2 = WHAT$$"
    assert verdicts(text.replace("WHAT", "1")) == ["proved", "proved"]
    assert verdicts(text.replace("WHAT", "u"))[-1] != "proved"


# ------------------------------------------------------------------ vectors written out

COLUMN = r"""
$$
\begin{bmatrix} u_1 \\ u_2 \\ \vdots \\ u_n \end{bmatrix} \cdot \begin{bmatrix} w \end{bmatrix} + c
= \begin{bmatrix} u_1 w + c \\ SECOND \\ \vdots \\ LAST \end{bmatrix} = V
$$

$$\sum_i V_i = w \sum_i u_i + n c$$
"""


def test_a_column_with_dots_is_a_vector() -> None:
    right = COLUMN.replace("SECOND", "u_2 w + c").replace("LAST", "u_n w + c")
    assert outcomes(right) == ["proved", "definition", "proved"]
    wrong = COLUMN.replace("SECOND", "u_2 w + c").replace("LAST", "u_n w - c")
    assert outcomes(wrong)[0] != "proved"
    other = right.replace("u_1 w + c", "u_1 + w c").replace("u_2 w + c", "u_2 + w c")
    assert outcomes(other.replace("u_n w + c", "u_n + w c"))[0] == "refuted"


PAIR = r"""## Many

Let $s = A x + b$ with $A \in \mathbb{R}^{C \times M}$ and $b \in \mathbb{R}^C$, and

$$q = \text{softmax}(s)$$

## Two

With two classes

$$q = \frac{1}{e^{s_1} + e^{s_2}} \begin{bmatrix} e^{s_1} \\ SECOND \end{bmatrix}$$
"""


def test_a_vector_that_is_written_out_has_so_many_entries() -> None:
    assert verdicts(PAIR.replace("SECOND", "e^{s_2}")) == ["proved"]
    assert verdicts(PAIR.replace("SECOND", "e^{s_1}")) == ["conditional"]  # if q is another one


# ------------------------------------------------------------------ what does not follow

INFERENCE = r"""
$$\frac{\partial E}{\partial w} = 2 x r$$
$$\implies$$
$$\frac{\partial E}{\partial w} = RIGHT$$
"""


def test_what_does_not_follow_is_refuted_whatever_it_is_about() -> None:
    assert verdicts(INFERENCE.replace("RIGHT", "x r + r x"))[1] != "refuted"
    assert verdicts(INFERENCE.replace("RIGHT", "x r"))[1] == "refuted"
    assert "follow" in message(INFERENCE.replace("RIGHT", "x r"))


# ------------------------------------------------------------------ suppositions


def test_a_value_may_be_supposed_of_what_is_defined_later() -> None:
    text = r"""The gate is $$g(z) = \frac{1}{1 + e^{-z}}$$ When $z = 0$, $g(z) = VALUE$.

    Later, $$z = w x + b$$
    """
    assert verdicts(text.replace("VALUE", "1/2")) == ["proved"]
    assert verdicts(text.replace("VALUE", "1/3")) == ["refuted"]


def test_a_position_of_the_label_may_be_missing() -> None:
    text = r"$$L = -\sum_i y_i \log p_i$$ For the right class $c$ this is $$L = WHAT$$"
    (verdict,) = verdicts(text.replace("WHAT", r"-\log p_c"))
    assert verdict == "conditional"
    (verdict,) = verdicts(text.replace("WHAT", r"-y_i \log p_i"))
    assert verdict == "refuted"


# ------------------------------------------------------------------ what a counterexample shows


STRAY = r"""
$$q = e^{-a}$$

$$-\log q = \begin{cases} a & FIRST \\ 2 a & SECOND \end{cases}$$
"""


def test_a_condition_about_nothing_in_the_formula_refutes_nothing() -> None:
    stray = STRAY.replace("FIRST", "u = 0").replace("SECOND", "u = 1")
    assert verdicts(stray) == ["proved", "unproved"]
    about = STRAY.replace("FIRST", "a = 1").replace("SECOND", "a = 2")
    assert verdicts(about) == ["proved", "refuted"]


def test_a_few_out_of_many() -> None:
    assert verdicts(r"$$\binom{n}{2} = \frac{n (n - 1)}{2}$$") == ["proved"]
    assert verdicts(r"$$\binom{n}{2} = \frac{n (n + 1)}{2}$$") == ["refuted"]


def test_a_prediction_is_defined_by_the_largest_score() -> None:
    text = "## One\n\nWe take $$c = a + b$$\n\n## Other\n\nWe take $$c = \\arg\\max_i s_i$$\n"
    assert outcomes(text) == ["definition", "definition"]


def test_a_bold_number_is_the_number() -> None:
    text = r"""Let $\mathbf{r} \in \mathbb{R}^n$ and $$o = \sum_{i=1}^n r_i^2$$ Then
    $$\frac{\partial \mathbf{o}}{\partial \mathbf{r}} = FACTOR \mathbf{r}$$ as $o$ says.
    """
    assert verdicts(text.replace("FACTOR", "2")) == ["proved"]
    assert verdicts(text.replace("FACTOR", "3"))[0] != "proved"


def test_another_convention_may_change_a_definition() -> None:
    text = r"""## Loss

    For labels 0 and 1 the loss is $$L = u r^2$$

    ## Other labels

    With labels -1 and 1 only the loss changes: $$L = r^2 - u r$$
    """
    assert verdicts(text.replace("    ", "")) == ["unproved"]
    assert verdicts(text.replace("    ", "").replace("changes", "stays")) == ["conditional"]


COMPONENT = r"""
$$m = \frac{1}{n} \sum_{i=1}^n x_i$$

Consider $c_1$:

$$c_1 = x_1 - m$$

In general

$$\frac{\partial c_k}{\partial x_i} = \delta_{ik} - RIGHT$$
"""


def test_one_component_stands_for_all() -> None:
    assert outcomes(COMPONENT.replace("RIGHT", r"\frac{1}{n}"))[1:] == ["definition", "proved"]
    assert outcomes(COMPONENT.replace("RIGHT", r"\frac{2}{n}"))[2] == "unproved"
    assert "first component" in message(COMPONENT.replace("RIGHT", r"\frac{2}{n}"))


BERNOULLI = r"""
With $0 < \rho < 1$ the chance of a label is

$$P(u | \rho) = \begin{cases} 1 - \rho & u = 0 \\ \rho & u = 1 \end{cases}$$

so that

$$\log P(u | \rho) = u \log \rho + (1 - u) \log(1 - RIGHT)$$
"""


def test_what_cases_of_a_label_define() -> None:
    assert verdicts(BERNOULLI.replace("RIGHT", r"\rho")) == ["proved"]
    assert verdicts(BERNOULLI.replace("RIGHT", r"\rho / 2")) != ["proved"]
    slope = BERNOULLI + r"$$\frac{\partial P(u | \rho)}{\partial u} = 2 \rho - 1$$"
    assert verdicts(slope.replace("RIGHT", r"\rho"))[-1] != "proved"
