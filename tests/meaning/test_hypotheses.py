"""What the text lets one assume, where, and about what."""

from __future__ import annotations

import pytest

import derive
from derive.logic.problem import Different, Equation, Hypothesis, Same
from tests.meaning.reading import (
    LOSS,
    SOFTMAX,
    claims,
    index,
    kinds,
    number,
    statements,
    total,
    var,
)

I, J, K = index("i"), index("j"), index("k")


def given(text: str, which: int = -1) -> tuple[Hypothesis, ...]:
    """The hypotheses in force at a claim."""
    (claim,) = claims(text)[which].readings[0].claims
    return claim.context.hypotheses


def test_since_introduces_a_fact_about_data() -> None:
    text = r"Since $\sum_i q_i = 1$, we have $$\sum_i 2 q_i = 2$$"
    assert kinds(text) == ["hypothesis", "claim"]
    (hypothesis,) = given(text)
    assert hypothesis.facts == (Equation(total(I, var("q", I)), number(1)),)


def test_a_fact_about_a_defined_name_is_a_claim() -> None:
    assert kinds(SOFTMAX + r"Since $\sum_i p_i = 2$, we go on.") == ["definition", "claim"]


def test_a_fact_is_not_used_before_it_is_stated() -> None:
    text = r"$$\sum_i 2 q_i = 2$$ Since $\sum_i q_i = 1$, we have $$\sum_i 3 q_i = 3$$"
    assert given(text, 0) == ()
    assert len(given(text, 1)) == 1


def test_an_equation_about_data_without_a_cue_is_a_claim() -> None:
    assert kinds(r"$$\sum_i q_i = 1$$") == ["claim"]


def test_words_within_a_formula_introduce_what_follows_them() -> None:
    for word in ("with", "where"):
        inside = rf"$$ f = 2 \sum_i q_i \quad \text{{{word}}} \quad \sum_i q_i = 1 $$"
        assert kinds(inside) == ["definition", "hypothesis"]
        assert kinds(inside.replace(word, "so")) == ["definition", "claim"]
        defined = SOFTMAX + inside.replace("q_i", "p_i")
        assert kinds(defined) == ["definition", "definition", "claim"]


def test_a_sentence_goes_on_to_give_facts() -> None:
    text = r"With $g = \sum_i q_i z_i$, i.e. $2 g = 2 \sum_i q_i z_i$, and $\sum_i q_i = 1$: "
    assert kinds(text) == ["definition", "claim", "hypothesis"]
    assert kinds(text.replace("With", "We see")) == ["definition", "claim", "claim"]
    assert kinds(text.replace(", and", ", so")) == ["definition", "claim", "claim"]


CASES = r"""
## Case 1: i = k

$$\frac{\partial p_i}{\partial x_k} = p_i (1 - p_i)$$

## Case 2: i ≠ k

$$\frac{\partial p_i}{\partial x_k} = - p_i p_k$$

## Both

$$\frac{\partial p_i}{\partial x_k} = p_i - p_i p_k$$
"""


def test_a_case_holds_until_the_next() -> None:
    text = SOFTMAX + CASES
    assert given(text, 0)[0].facts == (Same(I, K),)
    assert given(text, 1)[0].facts == (Different(I, K),)
    assert given(text, 2) == ()


def test_a_condition_in_a_sentence_holds_for_that_sentence() -> None:
    text = SOFTMAX + (
        r"If $i = k$, $\frac{\partial p_i}{\partial x_k} = p_i - p_i^2$. "
        r"In general $\frac{\partial p_i}{\partial x_k} = 0$."
    )
    assert given(text, 0)[0].facts == (Same(I, K),)
    assert given(text, 1) == ()


def test_a_condition_at_the_end_of_a_row() -> None:
    text = SOFTMAX + r"$$\frac{\partial p_i}{\partial x_k} = -p_i p_k, \quad i \neq k$$"
    assert given(text)[0].facts == (Different(I, K),)


def test_each_row_of_cases_is_a_claim_under_its_condition() -> None:
    text = SOFTMAX + (
        r"$$\frac{\partial p_i}{\partial x_k} = \begin{cases} p_i (1 - p_i) & i = k \\"
        r" -p_i p_k & i \neq k \end{cases}$$"
    )
    assert given(text, 0)[0].facts == (Same(I, K),)
    assert given(text, 1)[0].facts == (Different(I, K),)


def test_an_underbrace_states_a_fact_about_data() -> None:
    text = r"$$a \underbrace{\sum_j q_j}_{=1} - b = a - b$$"
    assert kinds(text) == ["hypothesis", "claim"]


def test_an_underbrace_about_a_defined_quantity_is_a_claim() -> None:
    text = SOFTMAX + r"$$a \underbrace{\sum_j p_j}_{=1} - b = a - b$$"
    assert kinds(text) == ["definition", "claim", "claim"]


def test_one_hot_means_three_equations() -> None:
    text = (
        SOFTMAX + LOSS + r"Here $q_i$ is the label (one-hot encoding)." + "\n\n$$\\sum_i q_i = 1$$"
    )
    (hypothesis,) = given(text)
    assert hypothesis.source.startswith("q")
    assert len(hypothesis.facts) == 3


def test_soft_targets_are_not_one_hot() -> None:
    text = r"Here $q_i$ need not be one-hot." + "\n\n$$\\sum_i q_i = 1$$"
    assert given(text) == ()


def test_an_assumption_ends_with_its_section() -> None:
    text = (
        "# A\n\nAssume $\\sum_i q_i = 1$.\n\n$$\\sum_i 2q_i = 2$$\n\n# B\n\n$$\\sum_i 3 q_i = 3$$"
    )
    assert len(given(text, 0)) == 1
    assert given(text, 1) == ()


def test_hypotheses_are_statements() -> None:
    statement = statements(r"Since $\sum_i q_i = 1$, all is well.")[0]
    assert (statement.kind, statement.left, statement.right) == ("hypothesis", r"\sum_i q_i", "1")


def test_a_condition_behind_a_formula_holds_for_it_alone() -> None:
    text = SOFTMAX + (
        r"We have $\frac{\partial p_i}{\partial x_k} = -p_i p_k$ if $i \neq k$. "
        r"And $\frac{\partial p_i}{\partial x_k} = p_i p_k$."
    )
    assert given(text, 0)[0].facts == (Different(I, K),)
    assert given(text, 1) == ()


def test_a_condition_in_words_takes_a_claim_out_of_reach() -> None:
    (claim,) = claims(r"$$f = x^2$$ Then $f = 0$ if we choose well.")
    assert claim.readings == ()


def test_what_holds_only_if_something_else_does_is_supposed() -> None:
    assert kinds(r"$$f = x^2$$ Then $f = 1$ only if we choose well.")[-1] == "hypothesis"
    assert kinds(r"$$f = x^2$$ Then $f = 1$ only once.")[-1] == "claim"


def test_a_reason_beside_a_row_is_a_fact_about_data() -> None:
    text = r"$$a \sum_i q_i = a \quad (\text{since } \sum_i q_i = 1)$$"
    assert kinds(text) == ["hypothesis", "claim"]
    assert given(text)[0].facts == (Equation(total(I, var("q", I)), number(1)),)


def test_a_reason_about_a_defined_name_is_claimed_and_not_used() -> None:
    text = SOFTMAX + r"$$a \sum_i p_i = 2a \quad (\text{since } \sum_i p_i = 2)$$"
    assert kinds(text) == ["definition", "claim", "claim"]
    assert given(text, -1) == ()


def test_a_reason_may_follow_its_step() -> None:
    assert len(given(r"$$\sum_i 2 q_i = 2$$ since $\sum_i q_i = 1$.")) == 1


def test_an_assumption_further_down_is_no_reason() -> None:
    text = "$$\\sum_i 2 q_i = 2$$\n\nLater we assume that $\\sum_i q_i = 1$."
    assert given(text) == ()


def test_two_cases_that_are_only_distinguished_are_not_assumed() -> None:
    text = SOFTMAX + (
        r"Depending on whether $i = k$ or not: $$\frac{\partial p_i}{\partial x_k} = p_i$$"
    )
    assert given(text) == ()


def test_the_class_of_a_one_hot_label() -> None:
    text = (
        r"Given a one-hot label $\mathbf{q}$ with $q_k = 1$ and $\mathbf{x}$:"
        "\n\n" + r"$$\sum_i q_i x_i = x_k$$"
    )
    stated = [fact for h in given(text) for fact in h.facts]
    assert any(
        isinstance(f, Equation) and f.left is var("q", index("i'")) and len(f.every) == 1
        for f in stated
    )


def test_what_solves_an_equation_is_no_definition() -> None:
    text = r"""
Let $f = -\sum_i (x_i - m)^2$.

Setting $\frac{d f}{d m} = 0$ gives $m = \frac{1}{n} \sum_{i=1}^n x_i$.

$$ \frac{d f}{d m} = 2 \sum_i (x_i - m) $$
"""
    assert kinds(text) == ["definition", "hypothesis", "claim", "claim"]
    solution, derivative = statements(text)[2:]
    assert r"\frac{\partial f}{\partial m} = 0" in [
        h.source for h in solution.readings[0].claims[0].context.hypotheses
    ]
    (claim,) = derivative.readings[0].claims
    assert claim.context.definition("m") is None
    assert kinds(text.replace("Setting", "We get"))[1] == "claim"


def test_what_is_said_in_a_case_is_claimed() -> None:
    """The case is what stands beside the word, not what follows a colon or a comma."""
    for words in ("The scalar case: ", "In this case, ", "In that case "):
        assert kinds(rf"Let $c_i = 2 a_i$. {words}$\sum_i a_i = 1$.") == ["definition", "claim"]
    for words in ("Case 1: ", "In the case "):
        text = rf"Let $c_i = 2 a_i$. {words}$\sum_i a_i = 1$."
        assert kinds(text) == ["definition", "hypothesis"]


@pytest.mark.parametrize(
    "text",
    [
        "The batches have a random size $m < n$ each.",
        "It correlates ($R^2 = 0.96$) with the distance.",
        "For $K$ classes, the rank is lower as $d > (K - 1)$ here.",
    ],
)
def test_what_limits_data_in_passing_is_no_claim(text: str) -> None:
    assert [s.kind for s in statements(text)][:1] == ["hypothesis"]
    report = derive.check(text + " $$e^{a + b} = e^a e^b$$ $$e^{a + b} = e^a + e^b$$")
    assert [j.verdict.outcome for j in report.claims if j.verdict] == ["proved", "refuted"]


def test_a_comparison_with_a_formula_is_a_claim() -> None:
    assert [s.kind for s in statements(r"We have $a^2 + b^2 \ge 2 a b$.")] == ["claim"]
    assert [s.kind for s in statements("We have $x^2 = 4$.")] == ["claim"]
    assert [s.kind for s in statements(r"Let $f = x^2$. Here $f < x$.")] == ["definition", "claim"]


def test_a_value_in_words_about_a_known_quantity_is_a_case() -> None:
    text = r"The label is $t$. We write the probability that the class is $t = 1$ given $z$ as " + (
        r"$P = t z$. Then $P = z$."
    )
    report = derive.check(text)
    assert [j.verdict.outcome for j in report.claims if j.verdict] == ["refuted"]


def test_points_at_which_something_is_shown_define_nothing() -> None:
    text = (
        "The state is $s = u v$. It is shown in the point sampled at $u = 1, v = 2$, and in the "
        "points sampled at $u = 1, v = 0.5$ and $u = 1, v = -0.5$. The best would be $u = v = 1$."
    )
    assert [s.kind for s in statements(text)] == ["definition", *["hypothesis"] * 8]
    report = derive.check(text + r" Then $$s = v^2$$ $$\frac{\partial s}{\partial u} = v$$")
    assert [j.verdict.outcome for j in report.claims if j.verdict] == ["refuted", "proved"]


def test_a_copy_of_data_is_no_claim() -> None:
    text = r"With $z^{(t)} = w^{(t)} x$ the weights are copies, which is just saying $w^{(t)} = w$."
    assert "claim" not in [s.kind for s in statements(text)]
    text = r"Let $w^{(t)} = t^2$ and $w = 3$. Then $w^{(t)} = w$."
    report = derive.check(text)
    assert all(j.verdict is None or j.verdict.outcome != "proved" for j in report.claims)


def test_what_data_are_said_to_satisfy_is_supposed() -> None:
    text = r"""The targets satisfy $\sum_k t_k = 1$ and are data. The outputs
$p_k = e^{z_k} / \sum_j e^{z_j}$ satisfy $\sum_k p_k = 1$.

$$\sum_k (p_k - t_k) = 0$$
"""
    assert kinds(text) == ["hypothesis", "definition", "claim", "claim"]
    identity = r"The numbers satisfy $(a + b)^2 = a^2 + b^2$."
    assert kinds(identity) == ["claim"]


def test_what_is_had_with_something_given_is_claimed() -> None:
    text = r"With $x_{i1} = 1$ we have $\sum_i x_{i1} z = z \sum_i x_{i1}$ and $\sum_i x_{i2} = 5$."
    assert kinds(text) == ["hypothesis", "claim", "claim"]
    assert kinds(r"With $\sum_i t_i = 1$ and $\sum_i u_i = 1$ we go on.") == ["hypothesis"] * 2
