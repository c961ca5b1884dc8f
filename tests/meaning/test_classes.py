"""What the text says of the correct class, and what it does not say."""

from __future__ import annotations

import pytest

import derive

SOFTMAX = (
    r"The softmax is $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ and "
    r"the loss $L = -\sum_i y_i \log p_i$."
)
CORRECT = r"Then $$ L = -\log p_c $$"

SAYS_LABELS = (
    r"where $y_i$ is 1 for the correct class and 0 otherwise.",
    r"Here $y_i$ equals $1$ for the true class and $0$ for all other classes.",
    r"The label $y_i$ is one if $i$ is the target class and zero otherwise.",
    r"The label $y_i$ is 1 only at the index of the correct class, and 0 everywhere else.",
    r"The vector $y_i$ is 0 everywhere except for a 1 at the correct class.",
    r"For all incorrect classes $y_i$ is always 0.",
    r"and $y_i$ is zero for all other classes.",
)
SAYS_NO_LABELS = (
    r"Ideally $y_i$ would be 1 for the correct class and 0 otherwise.",
    r"where $y_i$ is close to 1 for the correct class and near 0 otherwise.",
    r"It is not supposed that $y_i$ is 1 for the correct class and 0 otherwise.",
    r"where $y_i$ is 0.9 for the correct class and 0.1 otherwise.",
    r"where $y_i$ is the weight of a class.",
    r"where $p_i$ is 1 for the correct class and 0 otherwise.",
)
SAYS_CLASS = (
    r"Let $c$ be the correct class.",
    r"Let $c$ be the index of the correct class.",
    r"Let the correct class be $c$.",
    r"We denote the true class by $c$.",
    r"Assume the index of the correct class is c.",
    r"Here $c$ denotes the target.",
    r"For an example with correct class $c$,",
    r"where $c$ is the ground truth label.",
)
SAYS_NO_CLASS = (
    r"Let $c$ be a class.",
    r"Let $c$ be the predicted class.",
    r"It is open whether $c$ is the correct class.",
    r"Let $c$ be the most likely class.",
    r"Here $c$ is not the correct class.",
    r"The probability of the correct class is $p_c$.",
)


def verdicts(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text).claims if j.verdict is not None]


@pytest.mark.parametrize("words", SAYS_LABELS)
def test_labels_in_words(words: str) -> None:
    gradient = r"Hence $$ \frac{\partial L}{\partial z_i} = p_i - y_i $$"
    assert verdicts(f"{SOFTMAX} {words} {gradient}") == ["proved"]
    assert verdicts(f"{SOFTMAX} {gradient} We go on. {words}") == ["conditional"]
    assert verdicts(f"{SOFTMAX} {words} {gradient.replace('p_i -', 'p_i +')}") == ["refuted"]


@pytest.mark.parametrize("words", SAYS_NO_LABELS)
def test_words_that_say_nothing_of_labels(words: str) -> None:
    gradient = r"Hence $$ \frac{\partial L}{\partial z_i} = p_i - y_i $$"
    assert verdicts(f"{SOFTMAX} {words} {gradient}") == ["conditional"]


@pytest.mark.parametrize("words", SAYS_CLASS)
def test_the_correct_class_in_words(words: str) -> None:
    assert verdicts(f"{SOFTMAX} Let $y$ be one-hot. {words} {CORRECT}") == ["proved"]
    assert verdicts(f"{SOFTMAX} {words} {CORRECT}") == ["conditional"]
    assert verdicts(f"{SOFTMAX} Let $y$ be one-hot. {words} {CORRECT.replace('-', '')}") == [
        "refuted"
    ]


@pytest.mark.parametrize("words", SAYS_NO_CLASS)
def test_words_that_do_not_say_which_class_is_correct(words: str) -> None:
    assert "proved" not in verdicts(f"{SOFTMAX} Let $y$ be one-hot. {words} {CORRECT}")


def test_what_is_said_behind_a_formula_holds_for_it() -> None:
    text = (
        rf"{SOFTMAX} Let $y$ be one-hot. We have $$ L = -\log p_c, $$ "
        "where $c$ is the correct class."
    )
    assert verdicts(text) == ["proved"]
    assert verdicts(text.replace("where", "Next,")) == ["conditional"]


def test_the_correct_class_holds_in_its_section_or_its_sentence() -> None:
    begin = f"# One\n\n{SOFTMAX} Let $y$ be one-hot."
    let, when = (
        r"Let $c$ be the correct class.",
        r"If $c$ is the correct class, then $L = -\log p_c$.",
    )
    assert verdicts(f"{begin} {let} We go on. {CORRECT}") == ["proved"]
    assert verdicts(f"{begin} {let}\n\n# Two\n\n{CORRECT}") == ["conditional"]
    assert verdicts(f"{begin} {when} {CORRECT}") == ["proved", "conditional"]


def test_other_classes_than_the_correct_one() -> None:
    begin = rf"{SOFTMAX} Let $y$ be one-hot, let $c$ be the correct class and $q = \log p_c$."
    for words in (r"For $j \neq c$,", r"For an incorrect class $j$,", r"If $j$ is not the target,"):
        assert verdicts(rf"{begin} {words} $$ \frac{{\partial L}}{{\partial z_j}} = p_j $$") == [
            "proved"
        ]
        assert verdicts(
            rf"{begin} {words} $$ \frac{{\partial L}}{{\partial z_j}} = p_j - 1 $$"
        ) == ["refuted"]
    assert verdicts(rf"{begin} For every class $c$, $$ L = -\log p_c $$") == ["conditional"]
    unsaid = rf"{begin} For a class $j$, $$ \frac{{\partial L}}{{\partial z_j}} = p_j $$"
    assert "proved" not in verdicts(unsaid)


def test_an_index_that_is_named_for_the_correct_class() -> None:
    begin = rf"{SOFTMAX} Let $y$ be one-hot."
    assert verdicts(rf"{begin} $$ L = -\log p_{{true}} $$") == ["proved"]
    assert verdicts(rf"{begin} $$ L = -\log p_{{\text{{target}}}} $$") == ["proved"]
    assert "proved" not in verdicts(rf"{begin} $$ L = -\log p_{{first}} $$")


def test_cases_that_a_sentence_spells_out() -> None:
    text = rf"""
{SOFTMAX.replace("L = -", "H = ")}

Let $y_k = 1$ if $k = c$ and OTHER otherwise. Then $$ -\sum_k y_k \log p_k = -\log p_c $$
"""
    for other in ("$y_k = 0$", "0", "$0$"):
        assert verdicts(text.replace("OTHER", other))[-1:] == ["proved"], other
    assert verdicts(text.replace("OTHER", "$y_k = 2$"))[-1:] == ["refuted"]
    slope = (
        rf"{SOFTMAX} We get $\frac{{\partial p_i}}{{\partial z_j}} = p_i (1 - p_i)$ "
        "if $i = j$ and $-p_i p_j$ otherwise."
    )
    assert verdicts(slope) == ["proved", "proved"]
    assert verdicts(slope.replace("-p_i p_j", "p_i p_j")) == ["proved", "refuted"]


def test_a_row_that_holds_otherwise_holds_where_no_other_does() -> None:
    rows = r"""
$$ \frac{\partial p_i}{\partial z_j}
= \begin{cases} p_i (1 - p_i) & \text{if } i = j \\ -p_i p_j & \text{otherwise} \end{cases} $$
"""
    assert verdicts(SOFTMAX + rows) == ["proved", "proved"]
    assert verdicts(SOFTMAX + rows.replace("-p_i p_j", "p_i p_j")) == ["proved", "refuted"]
    numbers = r"$$ |x| = \begin{cases} x & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases} $$"
    assert "refuted" not in verdicts(numbers)


def test_what_is_recalled_with_an_if_is_said_all_the_same() -> None:
    gradient = r"$$ \frac{\partial L}{\partial z_i} = p_i - y_i $$"
    for words in ("And, if you'll recall that", "If we remember that", "We recall that"):
        assert verdicts(f"{SOFTMAX} {words} $y$ is one-hot, we are done. Thus {gradient}") == [
            "proved"
        ]
    passing = f"{SOFTMAX} If $y$ is one-hot, it is simple. Thus {gradient}"
    assert verdicts(passing) == ["conditional"]
    general = f"{SOFTMAX} Let $y$ be one-hot. Networks, in general, end so. Thus {gradient}"
    assert verdicts(general) == ["proved"]
    other = f"{SOFTMAX} Let $y$ be one-hot. Then $L \\geq 0$. In general, {gradient}"
    assert verdicts(other)[-1] == "conditional"


ONE = r"""
Let $\hat{y}_w = e^{s_w} / \sum_x e^{s_x}$. The true distribution $y$ is a one-hot vector with a 1
for the true outside word o, and 0 everywhere else.

$$ -\sum_w y_w \log \hat{y}_w = -\log \hat{y}_o $$
"""


def test_where_the_one_of_a_label_stands_is_no_passing_case() -> None:
    assert verdicts(ONE) == ["proved"]
    assert verdicts(ONE.replace(r"= -\log", r"= \log")) == ["refuted"]
    unsaid = ONE.replace("with a 1\nfor the true outside word o, and 0 everywhere else", "as well")
    assert verdicts(unsaid) == ["conditional"]
    assert verdicts(ONE.replace("word o,", "word c,")) == ["conditional"]
