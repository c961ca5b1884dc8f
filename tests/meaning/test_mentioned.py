"""What a text only mentions is no hypothesis and no definition; what it claims is no hypothesis."""

from __future__ import annotations

import pytest

import derive

SIGMOID = "\\sigma(x) = \\frac{1}{1 + e^{-x}}"
SOFTMAX = "Let $p_i = e^{z_i} / \\sum_j e^{z_j}$. "


def outcomes(text: str) -> list[str]:
    """The verdicts on the claims of a document, and the kinds of its other statements."""
    found = derive.check(text, path="a.md").judgements
    return [j.verdict.outcome if j.verdict else j.statement.kind for j in found]


# Sum t = 1 is mentioned, and not (or no longer) supposed: 2 times the sum is not 2.
NOT_SUPPOSED = [
    "We do not assume that $\\sum_i t_i = 1$.",
    "Note that we no longer assume $\\sum_i t_i = 1$.",
    "Assume $\\sum_i t_i = 1$.\n\nNow drop this assumption.",
    "Assume $\\sum_i t_i = 1$.\n\nThen, dropping this assumption for a moment,",
    "Assume $\\sum_i t_i = 1$.\n\nLet us relax the assumption that $\\sum_i t_i = 1$.",
    "Some authors assume that $\\sum_i t_i = 1$. We don't.",
    "Rather than assuming $\\sum_i t_i = 1$, we keep the weights free.",
    "If $\\sum_i t_i = 1$ were true, things would be simple. But it is not.",
    "It is not true that $\\sum_i t_i = 1$.",
    "It is false that $\\sum_i t_i = 1$.",
    "One might think that $\\sum_i t_i = 1$.",
    "Is $\\sum_i t_i = 1$? We shall see.",
    "Here $\\sum_i t_i = 1$ does not hold.",
    "It does not matter whether $\\sum_i t_i = 1$ or not.",
    "The bound is sharp only if $\\sum_i t_i = 1$.",
    "The bound is sharp if and only if $\\sum_i t_i = 1$.",
]


@pytest.mark.parametrize("words", NOT_SUPPOSED)
def test_what_is_only_mentioned_supposes_nothing(words: str) -> None:
    assert outcomes(f"{words}\n\n$$ \\sum_i 2 t_i = 2 $$\n")[-1] == "conditional"


SUPPOSED = [
    "Assume that $\\sum_i t_i = 1$.",
    "Without loss of generality assume $\\sum_i t_i = 1$.",
    "We may assume without loss of generality that $\\sum_i t_i = 1$.",
    "Do not forget that $\\sum_i t_i = 1$.",
    "Keep in mind that $\\sum_i t_i = 1$.",
    "Assume $\\sum_i t_i = 1$.\n\nWe will not drop this assumption.",
    "Assume $\\sum_i t_i = 1$.\n\nIf we drop this assumption, the gradient is longer.",
    "Since exactly one class is correct, $\\sum_i t_i = 1$.",
    "We choose weights with $\\sum_i t_i = 1$.",
    "The weights are subject to $$ \\sum_i t_i = 1. $$",
    "We minimise under the constraint $$ \\sum_i t_i = 1. $$",
]


@pytest.mark.parametrize("words", SUPPOSED)
def test_what_is_supposed_is_used(words: str) -> None:
    assert outcomes(f"{words}\n\nThen\n\n$$ \\sum_i 2 t_i = 2 $$\n")[-1] == "proved"


def test_a_fact_behind_where_holds_for_the_claim_before() -> None:
    claim = (
        "Our goal is to derive the gradient\n\n$$ \\frac{\\partial L}{\\partial z_i} = p_i - t_i $$"
    )
    where = "where $p_i = e^{z_i}/\\sum_j e^{z_j}$ and $L = -\\sum_i t_i \\log p_i$"
    assert outcomes(f"{claim}\n\n{where} with $\\sum_i t_i = 1$.\n")[0] == "proved"
    assert outcomes(f"{claim}\n\n{where}.\n\n# More\n\nAssume $\\sum_i t_i = 1$.\n")[0] != "proved"


# Words that introduce a step.  None of them supposes it: it is judged, and false.
INTRODUCTIONS = [
    "Using the distributive law,",
    "With it,",
    "With this,",
    "With this notation,",
    "With the product rule we write",
    "With a little algebra,",
    "Here we get",
    "Given these,",
    "Because of this,",
    "Since everything cancels,",
    "Since the function is odd,",
    "Under this assumption",
    "Under these assumptions, one has",
    "The assumption gives",
    "The condition becomes",
    "By definition,",
    "Put together,",
    "We can write",
    "That is to say",
    "Collecting this set of terms,",
    "Recalling the above,",
    "Knowing this,",
    "When we differentiate,",
    "For the weights,",
    "In the general case",
    "In our case we have",
    "In the case of two classes,",
    "As is the case for the sigmoid",
    "We choose the plus sign:",
    "In vector notation,",
    "Let us compute:",
    "Let's see what happens:",
    "Let us write the sum out:",
    "The constraint implies",
    "Provided all is well,",
    "Due to symmetry,",
    "It is well known that",
    "This only gives",
    "We only need",
    "Things simplify if we note that",
    "Whenever we need it we can use",
    "If we differentiate",
]


@pytest.mark.parametrize("words", INTRODUCTIONS)
def test_words_that_introduce_a_step_do_not_suppose_it(words: str) -> None:
    wrong = "(a + b)^2 + c = a^2 + b^2 + c"
    right = "(a + b)^2 + c = a^2 + 2ab + b^2 + c"
    assert outcomes(f"{words}\n\n$$ {wrong} $$\n") == ["refuted"]
    assert outcomes(f"{words}\n\n$$ {right} $$\n") == ["proved"]


@pytest.mark.parametrize("words", INTRODUCTIONS)
def test_nor_where_it_is_about_what_is_defined(words: str) -> None:
    left = "\\frac{\\partial p_i}{\\partial z_k}"
    text = f"{SOFTMAX}{words}\n\n$$ {left} = p_i (\\delta_{{ik}} - p_k) $$\n"
    assert outcomes(text) == ["definition", "proved"]
    text = f"{SOFTMAX}{words}\n\n$$ {left} = p_i p_k $$\n"
    assert outcomes(text) == ["definition", "refuted"]


def test_an_identity_in_passing_is_claimed() -> None:
    for words in ("Since", "Because", "Using that", "where"):
        text = f"{words} $\\log(x + y) = \\log x + \\log y$, we get $$ a = \\log(x + y). $$\n"
        assert outcomes(text)[0] in ("refuted", "conditional"), words
    assert outcomes("Assume $(a + b)^2 = a^2 + b^2$.")[0] == "hypothesis"


def test_a_mistake_that_is_quoted_defines_nothing() -> None:
    text = (
        "A common mistake is to define the sigmoid as $\\sigma(x) = e^x$.\n\n"
        f"The right definition is\n\n$$ {SIGMOID} $$\n\nHence\n\n"
    )
    assert outcomes(f"{text}$$ \\sigma'(x) = e^x $$\n")[1:] == ["definition", "refuted"]
    right = "$$ \\sigma'(x) = \\sigma(x) (1 - \\sigma(x)) $$\n"
    assert outcomes(text + right)[1:] == ["definition", "proved"]


def test_a_goal_defines_nothing() -> None:
    text = "We want to prove that $S = a^2 + b^2$.\n\nLet $S = (a + b)^2$.\n\n"
    assert outcomes(f"{text}$$ S = a^2 + b^2 $$\n") == ["unproved", "definition", "unproved"]
    assert outcomes(f"{text}$$ S = a^2 + 2 a b + b^2 $$\n")[1] == "definition"


def test_a_value_for_the_moment_ends_with_its_section() -> None:
    text = "Let $z = w x + b$. For the moment set $b = 0$.\n\n$$ z = w x $$\n\n## The bias\n\n"
    assert outcomes(f"{text}Thus $$ z = w x $$\n")[-1] == "refuted"
    assert outcomes(text)[-1] == "proved"
    text = "Let $z = w x + b$. Set $b = 0$.\n\nNow let $b$ be arbitrary.\n\nThen $$ z = w x $$\n"
    assert outcomes(text)[-1] == "refuted"


def test_what_an_example_finds_is_claimed() -> None:
    assert outcomes("For example, with $a = 3$, $a^2 = 9$.\n") == ["hypothesis", "proved"]
    assert outcomes("For example, with $a = 3$, $a^2 = 6$.\n") == ["hypothesis", "refuted"]


def test_a_definition_that_was_not_understood_is_not_made_anew() -> None:
    text = "Let $S = \\sum_{k=1}^n k$.\n\n$$ S = n^2 $$\n"
    assert outcomes(text) == ["definition", "unproved"]


def test_a_question_that_presupposes_defines() -> None:
    for words in ("What is the derivative of $f(x) = x^2$?", "Why not let $f(x) = x^2$?"):
        assert outcomes(f"{words}\n\n$$ f'(x) = 2x $$\n") == ["definition", "proved"]
        assert outcomes(f"{words}\n\n$$ f'(x) = x $$\n") == ["definition", "refuted"]


LOSS = "Let $L = (y - w x)^2$.\n\n"


@pytest.mark.parametrize(
    "words",
    ["For instance,", "As an example,", "Consider a single example.", "Recall from before:"],
)
def test_a_second_equation_for_a_loss_is_claimed(words: str) -> None:
    assert outcomes(f"{LOSS}{words}\n\n$$ L = y^2 - w^2 x^2 $$\n")[-1] in ("refuted", "conditional")
    assert outcomes(f"{LOSS}{words}\n\n$$ L = y^2 - 2 w x y + w^2 x^2 $$\n")[-1] == "proved"


def test_an_instance_of_a_model_is_an_example() -> None:
    text = "The model is $y = w x + b$, for example:\n\n$$ y = x^2 + 1 $$\n"
    assert outcomes(text)[-1] == "definition"


@pytest.mark.parametrize("words", ["We are looking for", "Unless stated otherwise"])
def test_looking_for_an_equation_supposes_nothing(words: str) -> None:
    left = "\\frac{\\partial p_i}{\\partial z_k}"
    text = f"{SOFTMAX}{words}\n\n$$ {left} = p_i p_k $$\n"
    assert outcomes(text) == ["definition", "refuted"]


def test_what_is_denied_unless_it_holds() -> None:
    text = f"{LOSS}The gradient is not zero unless $\\frac{{\\partial L}}{{\\partial w}} = 0$.\n"
    assert outcomes(text) == ["definition", "unread"]


@pytest.mark.parametrize(
    "words",
    [
        "The derivative {} does not depend on $y$.",
        "We see that {} fails to be zero at $1$.",
        "We do not assume anything else: {}.",
        "Without assuming more, {}.",
        "Either way {}.",
        "Contrary to intuition, {}.",
        "It is not hard to see that {}.",
        "You might expect something else, but {}.",
        "It is wrong to say $f'(x) = 3x$; in fact {}.",
        "We see {}, don't we?",
        "How come {}?",
        "For now, {}.",
    ],
)
def test_words_around_a_claim_that_do_not_deny_it(words: str) -> None:
    text = f"Let $f(x) = x^2$. {words}\n"
    assert outcomes(text.replace("{}", "$f'(x) = x$"))[-1] == "refuted"
    assert outcomes(text.replace("{}", "$f'(x) = 2x$"))[-1] == "proved"


def test_what_would_follow_from_what_is_false() -> None:
    """ "If we had ..." claims nothing, and what would follow is not judged in general."""
    text = r"If we had $(a + b)^2 = a^2 + b^2$, then $2 a b = 0$ would follow. But $a a = a^2$."
    report = derive.check(text)
    assert [s.verdict.outcome for s in report.claims if s.verdict] == ["unproved", "proved"]
    assert report.judgements[0].statement.kind == "unread"
    (step,) = derive.check(r"If we had $x > 0$, then $|x| = x$.").claims
    assert step.verdict is not None
    assert step.verdict.outcome == "proved"


@pytest.mark.parametrize(
    "words",
    [
        "A naive reader may write □. This is not correct.",
        "Some write □, but this is false.",
        "We might get □, which is wrong.",
        "Here it is □.\n\nOf course, this is just wrong.",
    ],
)
def test_what_the_text_calls_false_is_no_finding(words: str) -> None:
    text = "Let $y = w x$.\n\n" + words.replace("□", "$$ \\frac{dy}{dw} = w $$")
    assert outcomes(text) == ["definition", "unread"]


@pytest.mark.parametrize("words", ["□. This is right.", "□. It is not a problem.", "□"])
def test_what_the_text_does_not_call_false_is_judged(words: str) -> None:
    text = "Let $y = w x$.\n\nWe get " + words.replace("□", "$$ \\frac{dy}{dw} = w $$")
    assert outcomes(text) == ["definition", "refuted"]
